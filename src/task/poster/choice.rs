//! Which of the wordings that rules allow the poster bears: the model's part, two short searches at
//! most.
//!
//! A model that nobody trusts with sentences is not asked: then the title stays as the notes have
//! it, the invitation is the first of its list.

use super::invitation;
use super::record::Poster;
use super::title::Title;
use crate::engine::Lattice;
use crate::finding::{Finding, FindingKind};
use crate::ground::{self, Source};
use crate::notes::Notes;
use crate::task::prose::Writer;
use crate::task::{Inputs, Model, Sink, TaskError, Usage};

/// Other wordings that are offered beside the chosen one.
const OFFERED: usize = 3;

/// Chooses with the model, or without one.
pub(super) struct Chooser<'a, 'm> {
    writer: Option<Writer<'a, 'm>>,
}

impl<'a, 'm> Chooser<'a, 'm> {
    /// Opens a conversation with a model that is trusted.
    ///
    /// # Errors
    /// When a prompt of the settings folder is wrong.
    pub(super) fn new(inputs: &'a Inputs<'a>, model: &'m mut Model<'_>) -> Result<Self, TaskError> {
        let asked = model.trust.is_asked();
        let writer = asked.then(|| Writer::new("poster", inputs, String::new(), model));
        Ok(Self { writer: writer.transpose()? })
    }

    /// What the model cost.
    pub(super) fn usage(&self) -> Usage {
        self.writer.as_ref().map(Writer::usage).unwrap_or_default()
    }

    /// Gives the poster the title that reads best in so many words more, and offers others.
    ///
    /// # Errors
    /// When the model fails or the user stops it.
    pub(super) fn title(
        &mut self,
        poster: &mut Poster,
        room: usize,
        sink: &mut Sink<'_>,
    ) -> Result<(), TaskError> {
        let Some(typed) = poster.title.clone() else { return Ok(()) };
        let title = Title::of(&typed);
        if !title.is_open() {
            return Ok(());
        }
        let mut ranked = self.ranked("Titre", &typed, &title.lattice(), sink)?;
        let words = |text: &str| text.split_whitespace().count();
        ranked.retain(|text| words(text) <= words(&typed) + room);
        let same_words = |text: &String| {
            let source = Source { notes: &typed, context: "" };
            ground::check(&format!("{text}."), source).is_empty()
        };
        ranked.retain(same_words);
        if ranked.is_empty() {
            ranked.push(typed.clone());
        }
        // What the notes have, and the usual way to fill its gaps, are offered in any case.
        for text in [title.usual(), typed].into_iter().rev() {
            if !ranked.contains(&text) {
                ranked.insert(1, text);
            }
        }
        let mut ranked = ranked.into_iter();
        poster.title = ranked.next();
        let named = std::mem::take(&mut poster.other_titles);
        poster.other_titles = ranked.take(OFFERED).chain(named).collect();
        Ok(())
    }

    /// Gives the poster the invitation that reads best in so many words, and offers others.
    ///
    /// # Errors
    /// When the model fails or the user stops it.
    pub(super) fn invitation(
        &mut self,
        poster: &mut Poster,
        notes: &Notes,
        room: usize,
        sink: &mut Sink<'_>,
    ) -> Result<(), TaskError> {
        let candidates = invitation::candidates(poster, notes, room);
        let mut ranked = Vec::new();
        if candidates.len() > 1 {
            let mut lattice = Lattice::new();
            for candidate in &candidates {
                lattice.edge(Lattice::START, &format!("{candidate}."), Lattice::END);
            }
            let who = poster.organiser.as_deref().and_then(|who| who.split(", ").next());
            let told: Vec<&str> = poster.title.as_deref().into_iter().chain(who).collect();
            ranked = self.ranked("Invitation", &told.join(", "), &lattice, sink)?;
        }
        for candidate in candidates {
            if !ranked.contains(&candidate) {
                ranked.push(candidate);
            }
        }
        let mut ranked = ranked.into_iter();
        poster.invitation = ranked.next();
        poster.other_invitations = ranked.take(OFFERED).collect();
        Ok(())
    }

    /// The texts of a lattice that the model came to, the likeliest first, without their full stop.
    fn ranked(
        &mut self,
        what: &str,
        note: &str,
        lattice: &Lattice,
        sink: &mut Sink<'_>,
    ) -> Result<Vec<String>, TaskError> {
        let Some(writer) = &mut self.writer else { return Ok(Vec::new()) };
        let texts = writer.ranked(what, note, lattice, sink)?;
        Ok(texts.iter().map(|text| text.trim_end_matches('.').to_owned()).collect())
    }
}

/// The wordings that were not taken, for the user to choose among.
pub(super) fn others(poster: &Poster) -> Option<Finding> {
    let quoted = |texts: &[String]| {
        let texts: Vec<String> = texts.iter().map(|text| format!("« {text} »")).collect();
        texts.join(", ")
    };
    let kinds = [("titres", &poster.other_titles), ("accroches", &poster.other_invitations)];
    let told: Vec<String> = kinds
        .into_iter()
        .filter(|(_, texts)| !texts.is_empty())
        .map(|(what, texts)| format!("autres {what} possibles : {}", quoted(texts)))
        .collect();
    let message = crate::task::wording::capital(&told.join(" ; "));
    (!told.is_empty()).then(|| {
        let how = "pour en prendre, corrigez le dossier de l'affiche (--dossier)";
        Finding::info(FindingKind::Choice, None, format!("{message} ; {how}"))
    })
}
