//! The drafting verbs: read, load the model, run the task, show findings, write the document.
//!
//! Everything that can be wrong with the request is found before the model is loaded.

use std::path::{Path, PathBuf};
use std::time::Instant;

use serde::Serialize;

use super::args::{self, LetterForm, LetterTone, MeetingKind, Version};
use super::terminal::Terminal;
use super::{Exit, Failure, dossier, models, output, paper, printing};
use crate::document::import::{self, Remark};
use crate::document::markdown;
use crate::engine::absent::Absent;
use crate::engine::load::{self, Implementation};
use crate::engine::{CancelToken, Engine, EngineError, ModelInfo};
use crate::finding::{Finding, FindingKind, Severity};
use crate::models::{Installed, Resolved, Store, registry, resolve};
use crate::notes::Notes;
use crate::office::Office;
use crate::prompt::Prompts;
use crate::settings::Settings;
use crate::task::letter::{Form, Tone};
use crate::task::minutes::output::{Output, Wanted};
use crate::task::minutes::record::Kind;
use crate::task::{
    Draft, Inputs, Model, Sink, TaskError, Trust, letter, letterhead, minutes, poster,
};
use crate::typography;

/// `greffier pv`
///
/// # Errors
/// The exit status and the French line that say why there is no draft.
pub fn minutes(
    settings: &Settings,
    args: &args::Minutes,
    cancel: &CancelToken,
) -> Result<Exit, Failure> {
    let output = match (args.liste_deliberations, args.version) {
        (true, _) => Output::Deliberations,
        (false, Some(Version::Publique)) => Output::Public,
        (false, Some(Version::Complete) | None) => Output::Complete,
    };
    let wanted = Wanted { output, first_number: args.numero.clone() };
    let corrected = args.record.depuis.as_deref();
    let corrected =
        corrected.map(|path| dossier::read(path, minutes::dossier::read)).transpose()?;
    let (notes, meeting) = match corrected {
        Some((notes, meeting)) => (notes, Some(meeting)),
        // Without a record there are notes, as the arguments require.
        None => {
            let path = args.record.notes.as_deref().unwrap_or(Path::new("-"));
            (Notes::read(path).map_err(Failure::usage)?, None)
        }
    };
    let kind = match (&meeting, args.kind) {
        (Some(meeting), _) => meeting.kind,
        (None, Some(MeetingKind::Conseil)) => Kind::Council,
        (None, Some(MeetingKind::Association)) => Kind::Association,
        (None, Some(MeetingKind::Reunion)) => Kind::Working,
        (None, Some(MeetingKind::Transcription)) => minutes::transcript::kind_of(&notes),
        (None, None) => minutes::kind_of(&notes),
    };
    if output == Output::Deliberations && kind != Kind::Council {
        return Err(Failure::usage(
            "--liste-deliberations ne vaut que pour un conseil municipal : retirez cette option, ou précisez --type conseil",
        ));
    }
    let needs_model = match &meeting {
        Some(meeting) => minutes::output::needs_model(meeting, output),
        None => output != Output::Deliberations,
    };
    let job = Job {
        notes,
        options: &args.options,
        model: if needs_model { Need::Always } else { Need::Never },
        dossier: args.record.dossier.as_deref().map(|path| (path, minutes::dossier::write as _)),
        print: None,
    };
    run(settings, &job, cancel, &|inputs, model, sink| match &meeting {
        Some(meeting) => {
            minutes::output::from_record(inputs, meeting.clone(), &wanted, model, sink)
        }
        None if args.kind == Some(MeetingKind::Transcription) => {
            minutes::transcript::draft(inputs, kind, &wanted, model, sink)
        }
        None => minutes::draft(inputs, kind, &wanted, model, sink),
    })
}

/// `greffier courriel`
///
/// # Errors
/// The exit status and the French line that say why there is no draft.
pub fn letter(
    settings: &Settings,
    args: &args::Letter,
    cancel: &CancelToken,
) -> Result<Exit, Failure> {
    let form = args.forme.map(|form| match form {
        LetterForm::Courriel => Form::Email,
        LetterForm::Lettre => Form::Letter,
    });
    let tone = args.ton.map(|tone| match tone {
        LetterTone::Neutre => Tone::Neutral,
        LetterTone::Chaleureux => Tone::Warm,
        LetterTone::Ferme => Tone::Firm,
    });
    let answers = args.reponse_a.as_deref().map(import::message).transpose();
    let wanted = letter::Wanted { form, tone, answers: answers.map_err(Failure::usage)? };
    let corrected = args.record.depuis.as_deref();
    let corrected = corrected.map(|path| dossier::read(path, letter::dossier::read)).transpose()?;
    let (notes, corrected) = match corrected {
        Some((notes, letter)) => (notes, Some(letter)),
        // Without a record there are notes, as the arguments require.
        None => {
            let path = args.record.notes.as_deref().unwrap_or(Path::new("-"));
            (Notes::read(path).map_err(Failure::usage)?, None)
        }
    };
    let job = Job {
        notes,
        options: &args.options,
        model: match &corrected {
            Some(letter) if !letter.is_untold() => Need::Never,
            _ => Need::Always,
        },
        dossier: args.record.dossier.as_deref().map(|path| (path, letter::dossier::write as _)),
        print: None,
    };
    run(settings, &job, cancel, &|inputs, model, sink| match &corrected {
        Some(letter) => letter::from_record(inputs, letter.clone(), &wanted, model, sink),
        None => letter::draft(inputs, &wanted, model, sink),
    })
}

/// `greffier affiche`
///
/// # Errors
/// The exit status and the French line that say why there is no draft.
pub fn poster(
    settings: &Settings,
    args: &args::Poster,
    cancel: &CancelToken,
) -> Result<Exit, Failure> {
    let corrected = args
        .record
        .depuis
        .as_deref()
        .map(|path| dossier::read(path, poster::dossier::read))
        .transpose()?;
    let (notes, record) = match corrected {
        Some((notes, record)) => (notes, Some(record)),
        None => {
            let path = args.record.notes.as_deref().unwrap_or(Path::new("-"));
            (Notes::read(path).map_err(Failure::usage)?, None)
        }
    };
    let sheet = printing::Wanted::of(args, notes.text())?;
    let print = |draft: &Draft, office: &Office| match &sheet {
        Some(wanted) => wanted.print(draft, office),
        None => Ok(printing::Print::default()),
    };
    let room = if sheet.is_some() { poster::Room::Sheet } else { poster::Room::Text };
    let asks = |inputs: &Inputs<'_>| poster::asks_model(inputs, room);
    let job = Job {
        notes,
        options: &args.options,
        model: if record.is_some() { Need::Never } else { Need::IfInstalled(&asks) },
        dossier: args.record.dossier.as_deref().map(|path| (path, poster::dossier::write as _)),
        print: sheet.is_some().then_some(&print),
    };
    run(settings, &job, cancel, &|inputs, model, sink| match &record {
        Some(record) => Ok(poster::from_record(record, inputs.office)),
        None => poster::draft(inputs, room, model, sink),
    })
}

type Task<'a> = dyn Fn(&Inputs<'_>, &mut Model<'_>, &mut Sink<'_>) -> Result<Draft, TaskError> + 'a;

/// A record as the text of a file.
type WriteRecord = fn(&serde_json::Value) -> String;

/// The bytes of a printed sheet, and what had no room on it.
type PrintSheet<'a> = dyn Fn(&Draft, &Office) -> Result<printing::Print, Failure> + 'a;

/// Whether a command has use for a model.
enum Need<'a> {
    /// None is loaded.
    Never,
    /// Without one there is no draft.
    Always,
    /// Where the task finds something to ask in the notes; without one it goes by rule.
    IfInstalled(&'a dyn Fn(&Inputs<'_>) -> bool),
}

/// What one command drafts from, and where the results go.
struct Job<'a> {
    notes: Notes,
    options: &'a args::Options,
    /// Whether the task asks a model.
    model: Need<'a>,
    /// Where the record goes, and how it is written.
    dossier: Option<(&'a Path, WriteRecord)>,
    /// What makes the output where it is no document of text.
    print: Option<&'a PrintSheet<'a>>,
}

fn run(
    settings: &Settings,
    job: &Job<'_>,
    cancel: &CancelToken,
    task: &Task<'_>,
) -> Result<Exit, Failure> {
    let (args, notes) = (job.options, &job.notes);
    let format = match (args.sortie.as_deref(), job.print) {
        (Some(path), None) => Some(output::check_destination(path).map_err(Failure::usage)?),
        (Some(path), Some(_)) => {
            output::check_place(path).map_err(Failure::usage)?;
            None
        }
        (None, _) => None,
    };
    if let Some((path, _)) = job.dossier {
        dossier::check_destination(path)?;
    }
    let (office, folder) = office(settings, args.fiche.as_deref())?;
    let prompts = Prompts::new(Some(settings.prompts()));

    let mut terminal = Terminal::new();
    let template = paper::template(&office.modele, &folder, format, &terminal)?;
    let inputs = Inputs { notes, office: &office, prompts: &prompts, seed: args.graine };
    let name = args.modele.as_deref();
    let loaded = match job.model {
        Need::Always => Some(load_model(settings, name, cancel, &mut terminal)?),
        Need::IfInstalled(asks) if asks(&inputs) => {
            installed_model(settings, name, cancel, &mut terminal)?
        }
        Need::IfInstalled(_) | Need::Never => None,
    };
    let (mut engine, trust) = loaded.unwrap_or_else(|| (Box::new(Absent::new()), Trust::NONE));

    let started = Instant::now();
    let mut model = Model { engine: engine.as_mut(), cancel: cancel.clone(), trust };
    let draft = task(&inputs, &mut model, &mut |progress| terminal.progress(progress));
    terminal.finish();
    let mut draft = draft?;
    draft.findings.extend(notes.remarks().iter().map(told));
    let receipt =
        Receipt::new(engine.model(), args.graine, &draft, started.elapsed().as_secs_f64());

    if let (Some(path), Some(print)) = (args.sortie.as_deref(), job.print) {
        let printed = print(&draft, &office)?;
        draft.findings.extend(printed.findings);
        output::write(path, &printed.bytes).map_err(Failure::failed)?;
        terminal.note(&format!("Affiche écrite : {} ({})", path.display(), printed.label));
    }
    let mut typeset = draft.document.clone();
    letterhead::complete(&mut typeset, &office);
    typography::apply(&mut typeset);
    if let (Some(path), Some(format)) = (args.sortie.as_deref(), format) {
        let bytes = match &template {
            Some(template) => template.write(&typeset),
            None => format.write(&typeset),
        };
        let bytes = bytes.map_err(Failure::failed)?;
        output::write(path, &bytes).map_err(Failure::failed)?;
        draft.findings.extend(printing::unprintable(&format.missing_signs(&typeset)));
        terminal.note(&format!("Document écrit : {}", path.display()));
    }
    if let Some((path, write)) = job.dossier {
        output::write(path, write(&draft.record).as_bytes()).map_err(Failure::failed)?;
        terminal.note(&format!("Dossier écrit : {}", path.display()));
    }
    if args.json {
        // Programs search and compare: JSON carries plain spaces and ungrouped digits.
        let markdown = markdown::write(&draft.document);
        let json = json(&markdown, &draft, notes, &receipt).map_err(Failure::failed)?;
        output::print(&json).map_err(Failure::failed)?;
    } else if args.sortie.is_none() {
        output::print(&markdown::write(&typeset)).map_err(Failure::failed)?;
    }
    terminal.findings(&draft.findings, notes);
    terminal.receipt(&receipt);
    let to_check = draft.findings.iter().any(|f| f.severity == Severity::Check);
    Ok(if to_check { Exit::Check } else { Exit::Done })
}

/// What was not taken over from the file of notes, as a point of the draft.
fn told(remark: &Remark) -> Finding {
    match remark {
        Remark::LeftOut(what) => Finding::info(FindingKind::LeftOut, None, what),
        Remark::Unread(what) => Finding::check(FindingKind::Missing, None, what),
    }
}

/// A loaded model, and how far it is trusted.
type Loaded = (Box<dyn Engine>, Trust);

/// The model of that name, or the one to draft with, fetched if need be and loaded.
///
/// # Errors
/// The exit status and the French line that say why there is none.
pub(super) fn load_model(
    settings: &Settings,
    name: Option<&str>,
    cancel: &CancelToken,
    terminal: &mut Terminal,
) -> Result<Loaded, Failure> {
    let installed = models::ensure(&Store::at(&settings.models()), name, cancel)?;
    load_installed(settings, &installed, cancel, terminal)
}

/// The same where a model is there and trusted with a choice. What keeps it from being loaded is
/// told and does not stop the draft.
///
/// # Errors
/// When the user stops it.
fn installed_model(
    settings: &Settings,
    name: Option<&str>,
    cancel: &CancelToken,
    terminal: &mut Terminal,
) -> Result<Option<Loaded>, Failure> {
    let loaded = match resolve(&Store::at(&settings.models()), name) {
        Ok(Resolved::Installed(installed)) if trust_in(&installed).is_asked() => {
            load_installed(settings, &installed, cancel, terminal)
        }
        Ok(_) => return Ok(None),
        Err(error) => Err(error.into()),
    };
    match loaded {
        Ok(loaded) => Ok(Some(loaded)),
        Err(failure) if cancel.is_cancelled() => Err(failure),
        Err(failure) => {
            terminal.note(&format!("Rédigé par règle, sans modèle : {}", failure.message));
            Ok(None)
        }
    }
}

fn load_installed(
    settings: &Settings,
    installed: &Installed,
    cancel: &CancelToken,
    terminal: &mut Terminal,
) -> Result<Loaded, Failure> {
    terminal.loading(&installed.name);
    let options = load::Options {
        path: &installed.path,
        name: &installed.name,
        sha256: &installed.sha256,
        prepared: &settings.prepared(),
        threads: None,
        implementation: Implementation::Best,
        lookup: std::env::var_os("GREFFIER_LOOKUP").is_none_or(|value| value != "0"),
    };
    lower_priority();
    let engine = load::load(&options, cancel, &mut |done, total| terminal.preparing(done, total))
        .map_err(|error| too_large(error, installed))?;
    terminal.loaded(&engine.model().name, &engine.model().tier);
    Ok((engine, trust_in(installed)))
}

/// A model that nobody has judged is trusted as the default is.
fn trust_in(installed: &Installed) -> Trust {
    let judged = installed.entry.unwrap_or_else(|| registry::default_entry());
    Trust { floor: judged.prose_floor.unwrap_or(f64::INFINITY), free: judged.free_prose }
}

/// A model that does not fit, with the name of one that would.
fn too_large(error: EngineError, installed: &Installed) -> Failure {
    let EngineError::Memory { available, .. } = &error else { return error.into() };
    let fits = |other: &registry::Entry| other.memory_bytes <= *available;
    let smaller = installed.entry.and_then(|entry| registry::smaller_than(entry, &fits));
    let hint = smaller.map(|entry| format!(" ; essayez --modele {}", entry.id)).unwrap_or_default();
    let failure = Failure::from(error);
    Failure { message: failure.message + &hint, ..failure }
}

/// Lets the programs that the user works with go first.
fn lower_priority() {
    #[cfg(unix)]
    // A system that refuses leaves things as they were.
    let _ = rustix::process::nice(5);
}

/// The sheet the command names, else that of the settings folder, else an empty one; and the
/// folder that paths in it start from.
fn office(settings: &Settings, named: Option<&Path>) -> Result<(Office, PathBuf), Failure> {
    let default = settings.sheet();
    let path = match named {
        Some(path) => path,
        None if default.exists() => &default,
        None => return Ok((Office::default(), PathBuf::new())),
    };
    let office = Office::read(path).map_err(Failure::usage)?;
    Ok((office, path.parent().map(Path::to_owned).unwrap_or_default()))
}

/// What produced a draft, so that it can be produced again.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Receipt {
    /// Name of the model.
    pub model: String,
    /// SHA-256 of its file.
    pub sha256: String,
    /// Instruction set or implementation.
    pub tier: String,
    /// Seed of the draws.
    pub seed: u64,
    /// Share of the notes that was read.
    pub notes_read: f64,
    /// Prompt tokens computed.
    pub tokens_in: usize,
    /// Tokens written.
    pub tokens_out: usize,
    /// Seconds from loaded model to finished draft.
    pub seconds: f64,
    /// Energy, 0 where it is not known.
    pub energy_wh: f64,
    /// How the energy is known: `none` so far.
    pub energy_source: &'static str,
}

impl Receipt {
    fn new(model: &ModelInfo, seed: u64, draft: &Draft, seconds: f64) -> Self {
        Self {
            model: model.name.clone(),
            sha256: model.sha256.clone(),
            tier: model.tier.clone(),
            seed,
            notes_read: draft.notes_read,
            tokens_in: draft.usage.tokens_in,
            tokens_out: draft.usage.tokens_out,
            seconds: (seconds * 10.0).round() / 10.0,
            energy_wh: 0.0,
            energy_source: "none",
        }
    }
}

#[derive(Serialize)]
struct Printed<'a> {
    document: &'a str,
    findings: Vec<PrintedFinding<'a>>,
    record: &'a serde_json::Value,
    receipt: &'a Receipt,
}

/// A finding with spans in characters; `document` is where the draft carries the doubtful value,
/// when it does so exactly once.
#[derive(Serialize)]
struct PrintedFinding<'a> {
    kind: FindingKind,
    message: &'a str,
    severity: Severity,
    notes: Option<[usize; 2]>,
    document: Option<[usize; 2]>,
}

fn json(
    markdown: &str,
    draft: &Draft,
    notes: &Notes,
    receipt: &Receipt,
) -> Result<String, serde_json::Error> {
    let findings = draft.findings.iter().map(|finding| PrintedFinding {
        kind: finding.kind,
        message: &finding.message,
        severity: finding.severity,
        notes: finding.notes.as_ref().map(|span| notes.char_span(span)),
        document: carried(markdown, notes, finding),
    });
    let output = Printed {
        document: markdown,
        findings: findings.collect(),
        record: draft.published.as_ref().unwrap_or(&draft.record),
        receipt,
    };
    serde_json::to_string_pretty(&output).map(|text| text + "\n")
}

/// Where the document carries the words of the finding's span, when exactly once.
fn carried(markdown: &str, notes: &Notes, finding: &Finding) -> Option<[usize; 2]> {
    let words = notes.text().get(finding.notes.clone()?)?.trim();
    let start = markdown.find(words).filter(|_| words.len() > 3)?;
    let once = markdown.rfind(words) == Some(start);
    let count = |end: usize| markdown.get(..end).map_or(0, |s| s.chars().count());
    once.then(|| [count(start), count(start + words.len())])
}
