//! Sentences from telegraphic clauses: the only place where a task calls the model for prose.
//!
//! The caller hands over one passage (an item of an agenda, a paragraph of a letter) cut into
//! clauses. One short call with worked examples puts each clause, under its number, into a
//! sentence or two; each is kept only if the grounding check finds no fault in it against its own
//! clause. The clauses that fail are asked once more, told what was wrong; those that fail again go
//! in by rule, with a finding that quotes them. The constrained expansion of clauses can take the
//! place of [`Writer::account`] without a change to its callers.

use std::borrow::Cow;

use crate::engine::{Completion, EngineError, Event, Message, Request, Role, Sampling, Session};
use crate::finding::{Finding, FindingKind};
use crate::ground::{self, Fault, Source};
use crate::notes::Span;
use crate::reading::{abbreviation, expand_facts};
use crate::task::{Inputs, Model, Progress, Sink, TaskError, Usage};

/// A piece of notes to be put into sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What it is about: the item's title, the letter's purpose.
    pub title: String,
    /// The clauses, as in the notes; private remarks already taken out.
    pub clauses: Vec<String>,
    /// Where they stand in the notes.
    pub span: Span,
}

/// Sentences, and where they come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The sentences of each clause, in order.
    pub sentences: Vec<Sentence>,
    /// What the user should know of how they were written.
    pub findings: Vec<Finding>,
}

/// What one clause became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// One or two French sentences.
    pub text: String,
    /// Whether the model wrote them; otherwise they were made by rule.
    pub from_model: bool,
}

impl Account {
    /// The sentences as one paragraph.
    pub fn text(&self) -> String {
        self.sentences.iter().map(|s| s.text.as_str()).collect::<Vec<_>>().join(" ")
    }
}

/// Puts passages into sentences with the prompts of one task (`minutes`, `letter`).
pub struct Writer<'a, 'm> {
    /// Folder of the prompts.
    pub task: &'static str,
    /// The request.
    pub inputs: &'a Inputs<'a>,
    /// What sentences may name beside their notes: record and office sheet, as text.
    pub context: String,
    /// The model.
    pub model: &'a mut Model<'m>,
    /// What it cost so far.
    pub usage: Usage,
}

/// Clauses shorter than this many words are set by rule: the model has nothing to add to them.
const SHORT_CLAUSE_WORDS: usize = 3;

/// Temperature of the second attempt; the first is greedy.
const RETRY_TEMPERATURE: f64 = 0.4;

impl Writer<'_, '_> {
    /// Puts one passage into sentences.
    ///
    /// # Errors
    /// When the model fails, the user stops it, or a prompt of the settings folder is wrong.
    pub fn account(
        &mut self,
        passage: &Passage,
        sink: &mut Sink<'_>,
    ) -> Result<Account, TaskError> {
        let prepared: Vec<String> = passage.clauses.iter().map(|c| prepare(c)).collect();
        let mut written: Vec<Option<String>> = vec![None; prepared.len()];
        let mut open: Vec<usize> = (0..prepared.len())
            .filter(|i| prepared[*i].split_whitespace().count() > SHORT_CLAUSE_WORDS)
            .collect();
        let asked = open.clone();
        if !open.is_empty() {
            let clauses: Vec<String> = open.iter().map(|i| prepared[*i].clone()).collect();
            let mut messages = self.inputs.prompts.passage(self.task, &passage.title, &clauses)?;
            let mut session = self.model.engine.session(self.model.cancel.clone());
            let first = ask(session.as_mut(), &messages, Sampling::Greedy, &clauses, sink)?;
            self.usage.add(&first);
            let faults =
                keep_sound(&first.text, passage, &prepared, &self.context, &mut open, &mut written);
            if !open.is_empty() {
                let clauses: Vec<String> = open.iter().map(|i| prepared[*i].clone()).collect();
                messages.push(Message::new(Role::Assistant, first.text));
                messages.push(self.inputs.prompts.retry(self.task, &faults, &clauses)?);
                let sampling = Sampling::Seeded {
                    seed: self.inputs.seed,
                    temperature: RETRY_TEMPERATURE,
                    top_p: 0.95,
                };
                let second = ask(session.as_mut(), &messages, sampling, &clauses, sink)?;
                self.usage.add(&second);
                keep_sound(
                    &second.text,
                    passage,
                    &prepared,
                    &self.context,
                    &mut open,
                    &mut written,
                );
            }
        }
        let by_rule: Vec<String> = asked
            .iter()
            .filter(|i| written[**i].is_none())
            .map(|i| format!("« {} »", passage.clauses[*i].trim()))
            .collect();
        let mut findings = Vec::new();
        if !by_rule.is_empty() {
            findings.push(Finding::info(
                FindingKind::Prose,
                Some(passage.span.clone()),
                format!(
                    "{} : repris presque tel quel de vos notes, à mettre en forme : {}",
                    passage.title,
                    by_rule.join(" ; ")
                ),
            ));
        }
        let sentences = written
            .into_iter()
            .zip(&prepared)
            .map(|(text, clause)| match text {
                Some(text) => Sentence { text, from_model: true },
                None => Sentence { text: sentence(clause), from_model: false },
            })
            .collect();
        Ok(Account { sentences, findings })
    }
}

impl Usage {
    /// Adds what one answer cost.
    pub fn add(&mut self, completion: &Completion) {
        self.tokens_in += completion.tokens_in;
        self.tokens_out += completion.tokens_out;
    }
}

/// A clause as a sentence, by rule: abbreviations spelled out, dates and amounts written in
/// French, a capital and a full stop. Keeps every fact; adds none.
pub fn by_rule(clause: &str) -> String {
    sentence(&prepare(clause))
}

/// Asks the session, passing its events on.
fn ask(
    session: &mut dyn Session,
    messages: &[Message],
    sampling: Sampling,
    clauses: &[String],
    sink: &mut Sink<'_>,
) -> Result<Completion, EngineError> {
    let letters: usize = clauses.iter().map(String::len).sum();
    let request = Request {
        messages,
        // A sentence runs to twice its clause at most; French takes some three letters a token.
        max_tokens: letters * 2 / 3 + 24 * clauses.len(),
        sampling,
        stop: &["\nPoint :", "\n\n"],
    };
    session.chat(&request, &mut |event| match event {
        Event::Prompt { done, total } => sink(Progress::Prompt { done, total }),
        Event::Token { .. } => sink(Progress::Token),
        Event::End { .. } => {}
    })
}

/// Keeps the sentences that hold against their own clause, takes their clauses off the open list,
/// and says in French what was wrong with the others.
fn keep_sound(
    answer: &str,
    passage: &Passage,
    prepared: &[String],
    context: &str,
    open: &mut Vec<usize>,
    written: &mut [Option<String>],
) -> String {
    let answers = numbered_lines(answer);
    let mut complaints: Vec<String> = Vec::new();
    let asked = std::mem::take(open);
    for (position, index) in asked.iter().copied().enumerate() {
        let line = answers.iter().find(|(number, _)| *number == position + 1);
        let faults = match line {
            None => vec![Fault::Form("une note n'a pas de phrase")],
            Some((_, text)) => {
                let notes = format!("{}\n{}", passage.clauses[index], prepared[index]);
                let context = format!("{context}\n{}", passage.title);
                ground::check(text, Source { notes: &notes, context: &context })
            }
        };
        match line {
            Some((_, text)) if faults.is_empty() => written[index] = Some(text.clone()),
            _ => {
                open.push(index);
                complaints.extend(faults.iter().map(ToString::to_string));
            }
        }
    }
    complaints.dedup();
    complaints.truncate(4);
    complaints.join(" ; ")
}

/// The lines `1) …`, `2) …` of an answer; a lone line without a number is the first.
fn numbered_lines(answer: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for line in answer.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let digits: String = line.chars().take_while(char::is_ascii_digit).collect();
        let rest = line.get(digits.len()..).unwrap_or_default();
        match (digits.parse::<usize>(), rest.strip_prefix([')', '.'])) {
            (Ok(number), Some(text)) => lines.push((number, text.trim().to_owned())),
            _ => match lines.last_mut() {
                Some((_, text)) => {
                    text.push(' ');
                    text.push_str(line);
                }
                None => lines.push((1, line.to_owned())),
            },
        }
    }
    lines
}

/// The clause as the model sees it: abbreviations and facts spelled out, list marks gone.
fn prepare(clause: &str) -> String {
    let clause = clause.trim().trim_start_matches(['-', '–', '•', '*', '>']).trim_start();
    expand_facts(&abbreviation::spell_out(clause))
}

/// A capital first, a full stop last, arrows as punctuation.
fn sentence(clause: &str) -> String {
    let mut text = String::with_capacity(clause.len() + 1);
    let flat = clause.replace("-->", "->").replace("=>", "->").replace('→', "->");
    for (index, part) in flat.split("->").enumerate() {
        if index > 0 {
            let length = text.trim_end().trim_end_matches([',', ';', ':']).trim_end().len();
            text.truncate(length);
            text.push_str(" : ");
        }
        text.push_str(part.trim());
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_end_matches([',', ';', ':', ' ']).to_owned();
    match text.chars().next() {
        None => text,
        Some(first) => {
            let capital: Cow<'_, str> = if first.is_lowercase() {
                format!("{}{}", first.to_uppercase(), &text[first.len_utf8()..]).into()
            } else {
                text.as_str().into()
            };
            if text.ends_with(['.', '!', '?', '…']) {
                capital.into()
            } else {
                format!("{capital}.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_made_sentence_has_its_capital_and_full_stop() {
        let table = [
            ("toiture refaite", "Toiture refaite."),
            ("qui garde la clé ?", "Qui garde la clé ?"),
            ("prix 22 -> 24", "Prix 22 : 24."),
            ("élu absent ;", "Élu absent."),
            ("", ""),
        ];
        for (clause, expected) in table {
            assert_eq!(sentence(clause), expected, "{clause}");
        }
    }

    #[test]
    fn an_answer_is_read_by_its_numbers() {
        let lines = numbered_lines("1) Une phrase.\nSa suite.\n3. Une autre.");
        assert_eq!(lines, [(1, "Une phrase. Sa suite.".into()), (3, "Une autre.".into())]);
        assert_eq!(numbered_lines("Sans numéro."), [(1, "Sans numéro.".to_owned())]);
    }
}
