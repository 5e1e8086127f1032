//! What the tests of letters and posters share: a draft made by rule, and what it must hold.

use std::path::Path;

use super::{Draft, Inputs, Model, Sink, TaskError, Trust};
use crate::document::markdown;
use crate::engine::CancelToken;
use crate::engine::scripted::ScriptedEngine;
use crate::notes::Notes;
use crate::office::Office;
use crate::prompt::Prompts;

const SHEET: &str = include_str!("../../tests/fixtures/lettre-accord.fiche.toml");

type Task = dyn Fn(&Inputs<'_>, &mut Model<'_>, &mut Sink<'_>) -> Result<Draft, TaskError>;

/// The draft as text with plain spaces and apostrophes, and its findings as one text. The model
/// answers nothing: sentences are made by rule.
pub(super) fn drafted(notes: &str, task: &Task) -> (String, String) {
    let notes = Notes::from_text(notes).unwrap();
    let office = Office::parse(Path::new("fiche.toml"), SHEET).unwrap();
    let prompts = Prompts::default();
    let inputs = Inputs { notes: &notes, office: &office, prompts: &prompts, seed: 1 };
    let mut engine = ScriptedEngine::with(|_| String::new());
    let mut model = Model {
        engine: &mut engine,
        cancel: CancelToken::default(),
        trust: Trust { floor: 0.0, free: true },
    };
    let draft = task(&inputs, &mut model, &mut |_| {}).unwrap();
    let text =
        markdown::write(&draft.document).replace(['\u{a0}', '\u{202f}'], " ").replace('’', "'");
    let findings: Vec<String> = draft.findings.into_iter().map(|f| f.message).collect();
    (text, findings.join("\n"))
}

/// Every wanted text is there, no unwanted one is.
pub(super) fn check(text: &str, wanted: &[&str], unwanted: &[&str]) {
    for fact in wanted {
        assert!(text.contains(fact), "« {fact} » manque :\n{text}");
    }
    for fact in unwanted {
        assert!(!text.contains(fact), "« {fact} » en trop :\n{text}");
    }
}
