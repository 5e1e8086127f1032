//! `greffier phrases`: one clause a line, each put into a sentence; what a model is judged by.

use std::time::Instant;

use serde::Serialize;

use super::args::Phrases;
use super::terminal::Terminal;
use super::{Exit, Failure, draft, output};
use crate::document::import::Remark;
use crate::engine::CancelToken;
use crate::notes::Notes;
use crate::office::Office;
use crate::prompt::Prompts;
use crate::settings::Settings;
use crate::task::prose::{self, Writer};
use crate::task::{Inputs, Model};
use crate::typography;

/// What one clause became.
#[derive(Serialize)]
struct Line<'a> {
    clause: &'a str,
    sentence: &'a str,
    /// Mean log-probability of a token; absent where the model wrote nothing.
    fluency: Option<f64>,
    accepted: bool,
    why: Option<&'a str>,
    tokens_in: usize,
    tokens_out: usize,
    seconds: f64,
}

/// `greffier phrases`
///
/// # Errors
/// The exit status and the French line that say why there are no sentences.
pub fn run(settings: &Settings, args: &Phrases, cancel: &CancelToken) -> Result<Exit, Failure> {
    let notes = Notes::read(&args.notes).map_err(Failure::usage)?;
    let (office, prompts) = (Office::default(), Prompts::new(Some(settings.prompts())));
    let mut terminal = Terminal::new();
    let (mut engine, trust) =
        draft::load_model(settings, args.modele.as_deref(), cancel, &mut terminal)?;
    terminal.finish();
    for Remark::LeftOut(what) | Remark::Unread(what) in notes.remarks() {
        terminal.note(what);
    }
    let inputs = Inputs { notes: &notes, office: &office, prompts: &prompts, seed: 1 };
    let mut model = Model { engine: engine.as_mut(), cancel: cancel.clone(), trust };
    let mut writer = Writer::new("minutes", &inputs, String::new(), &mut model)?;
    for line in notes.lines() {
        let clause = line.text.trim();
        if clause.is_empty() {
            continue;
        }
        let started = Instant::now();
        let expansion = writer.expand("Séance", clause, &prose::prepare(clause))?;
        let line = Line {
            clause,
            sentence: &typography::french(&expansion.sentence),
            fluency: expansion.fluency.is_finite().then_some(expansion.fluency),
            accepted: expansion.refused.is_none(),
            why: expansion.refused.as_deref(),
            tokens_in: expansion.tokens_in,
            tokens_out: expansion.tokens_out,
            seconds: (started.elapsed().as_secs_f64() * 100.0).round() / 100.0,
        };
        let text = if args.json {
            serde_json::to_string(&line).map_err(Failure::failed)? + "\n"
        } else {
            let why = line.why.map_or(String::new(), |why| format!("  [{why}]"));
            format!("{clause}\n    {}{why}\n", line.sentence)
        };
        output::print(&text).map_err(Failure::failed)?;
    }
    Ok(Exit::Done)
}
