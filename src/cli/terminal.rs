//! What a person sees on standard error: progress, findings, the receipt, errors.
//!
//! On a terminal one line is redrawn; elsewhere (a file, a pipe) one line is printed for each item.
//! Nothing is conveyed by colour.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::draft::Receipt;
use crate::document::import::Origin;
use crate::finding::{Finding, Severity};
use crate::notes::Notes;
use crate::task::Progress;

/// Says what is wrong, in one line.
pub fn error(message: &str) {
    say(&format!("greffier : {message}"));
}

/// A line for the person at the keyboard.
pub fn say(line: &str) {
    // A closed standard error must not stop the draft.
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Progress of one draft.
pub struct Terminal {
    bar: ProgressBar,
    is_terminal: bool,
    started: Instant,
    item: (usize, usize),
    title: String,
    tokens: usize,
    writing: Duration,
    last_token: Option<Instant>,
}

impl Terminal {
    /// A fresh display.
    pub fn new() -> Self {
        let is_terminal = std::io::stderr().is_terminal();
        let bar = if is_terminal { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template("{spinner} {wide_msg}") {
            bar.set_style(style);
        }
        Self {
            bar,
            is_terminal,
            started: Instant::now(),
            item: (0, 0),
            title: String::new(),
            tokens: 0,
            writing: Duration::ZERO,
            last_token: None,
        }
    }

    /// The model is being loaded.
    pub fn loading(&mut self, name: &str) {
        self.bar.enable_steady_tick(Duration::from_millis(120));
        self.bar.set_message(format!("Chargement du modèle {name}…"));
    }

    /// The weights are being put in the order of this program, once for each model.
    pub fn preparing(&mut self, done: u64, total: u64) {
        let percent = done * 100 / total.max(1);
        self.bar.set_message(format!("Préparation du modèle, la première fois : {percent} %"));
    }

    /// The model is ready.
    pub fn loaded(&mut self, name: &str, tier: &str) {
        self.note(&format!("Modèle : {name} ({tier}), sur cet ordinateur, sans réseau"));
        self.started = Instant::now();
    }

    /// How far the task is.
    pub fn progress(&mut self, progress: Progress<'_>) {
        match progress {
            Progress::Item { index, total, title } => {
                self.item = (index, total);
                self.title = title.to_owned();
                self.last_token = None;
                if self.is_terminal {
                    self.bar.set_message(self.line(""));
                } else {
                    say(&self.line(""));
                }
            }
            Progress::Transcript { words, seconds } => {
                let time = if seconds > 90 {
                    format!("environ {} minutes", seconds.div_ceil(60))
                } else {
                    "moins de 2 minutes".to_owned()
                };
                self.note(&format!("Transcription de {words} mots : {time}"));
            }
            Progress::Prompt { done, total } => {
                self.last_token = None;
                let percent = done * 100 / total.max(1);
                self.bar.set_message(self.line(&format!(" : lecture {percent} %")));
            }
            Progress::Token => {
                let now = Instant::now();
                if let Some(last) = self.last_token {
                    self.writing += now - last;
                    self.tokens += 1;
                }
                self.last_token = Some(now);
                self.bar.set_message(self.line(&format!(" : rédaction{}", self.speed())));
            }
        }
    }

    /// A line that stays.
    pub fn note(&self, line: &str) {
        if self.is_terminal { self.bar.println(line) } else { say(line) }
    }

    /// The task is over.
    pub fn finish(&mut self) {
        self.bar.finish_and_clear();
    }

    /// The points to check, numbered, those that need a decision first.
    pub fn findings(&self, findings: &[Finding], notes: &Notes) {
        let place_of = |finding: &Finding| {
            let start = finding.notes.as_ref()?.start;
            let line = notes.lines().filter(|l| l.start <= start).last()?;
            Some(match notes.origin() {
                Origin::Typed => format!(" [ligne {}]", line.number),
                Origin::Converted => format!(" [« {} »]", opening(line.text)),
            })
        };
        let groups = [
            (Severity::Check, "Points à vérifier (non reproduits dans le document)"),
            (Severity::Info, "Pour information"),
        ];
        for (severity, title) in groups {
            let group: Vec<&Finding> = findings.iter().filter(|f| f.severity == severity).collect();
            if group.is_empty() {
                continue;
            }
            say(&format!("\n{title} :"));
            for (index, finding) in group.iter().enumerate() {
                let place = place_of(finding).unwrap_or_default();
                say(&format!("{:3}. {}{place}", index + 1, finding.message));
            }
        }
    }

    /// What produced the draft.
    pub fn receipt(&self, receipt: &Receipt) {
        let decimal = |n: f64| format!("{n:.1}").replace('.', ",");
        if receipt.sha256.is_empty() {
            say("\nReçu : rédigé sans modèle de langue");
            return;
        }
        let digest = receipt.sha256.get(..12).unwrap_or(&receipt.sha256);
        say(&format!(
            "\nReçu : {} (empreinte {digest}…), graine {}, {} jetons lus, {} écrits{}, {} s ; notes lues à {:.0} % ; énergie non mesurée",
            receipt.model,
            receipt.seed,
            receipt.tokens_in,
            receipt.tokens_out,
            self.speed(),
            decimal(receipt.seconds),
            receipt.notes_read * 100.0,
        ));
    }

    fn speed(&self) -> String {
        let seconds = self.writing.as_secs_f64();
        if self.tokens < 5 || seconds <= 0.0 {
            return String::new();
        }
        format!(", {} jetons/s", format!("{:.1}", self.tokens as f64 / seconds).replace('.', ","))
    }

    fn line(&self, state: &str) -> String {
        let (index, total) = self.item;
        format!("Point {index} sur {total} : {}{state}{}", self.title, self.left())
    }

    /// Time left, from the items done so far; one is no measure, it may have cost no call.
    fn left(&self) -> String {
        let (index, total) = self.item;
        let done = index.saturating_sub(1);
        if done < 2 {
            return String::new();
        }
        let each = self.started.elapsed().as_secs_f64() / done as f64;
        let left = each * (total - done) as f64;
        if left > 90.0 {
            format!(" (reste environ {:.0} min)", (left / 60.0).ceil())
        } else {
            format!(" (reste environ {:.0} s)", left.max(1.0))
        }
    }
}

/// The first words of a line, enough to find it again.
fn opening(line: &str) -> String {
    const MOST: usize = 40;
    let line = line.trim();
    if line.chars().count() <= MOST {
        return line.to_owned();
    }
    let cut: String = line.chars().take(MOST).collect();
    let words = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{}…", words.trim_end_matches([',', ';', ':', ' ']))
}

impl Default for Terminal {
    fn default() -> Self {
        Self::new()
    }
}
