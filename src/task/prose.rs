//! Sentences from telegraphic clauses: the only place where a task calls the model for prose.
//!
//! The caller hands over passages (an item of an agenda, a paragraph of a letter) cut into clauses.
//! Each clause is asked on its own, after rules and worked examples that are read once and kept.
//! Constrained expansion ([`expand`]) comes first: what it writes cannot add or lose a fact. A model
//! that is trusted for it may then write freely, and is asked once more, told what was wrong; the
//! answer is kept only if the grounding check finds no fault in it against its own clause. What is
//! left goes in by rule, with a finding that quotes it.
//!
//! Free prose alone was tried first: the default model loses numbers, adds reasons, and one clause
//! in three was refused.

use crate::engine::{
    Completion, EngineError, Event, Lattice, Message, Request, Role, Sampling, Session, Wanted,
};
use crate::finding::{Finding, FindingKind};
use crate::french;
use crate::ground::{self, Source};
use crate::notes::Span;
use crate::prompt::PromptError;
use crate::reading::{abbreviation, expand_facts};
use crate::task::expand::{self, Ask, Expansion};
use crate::task::{Inputs, Model, Progress, Sink, TaskError, Trust, Usage, wording};

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
    task: &'static str,
    inputs: &'a Inputs<'a>,
    context: String,
    session: Box<dyn Session + 'm>,
    opening: Vec<Message>,
    trust: Trust,
    usage: Usage,
}

/// Clauses of no more words than this are set by rule: the model has nothing to add to them.
const SHORT_CLAUSE_WORDS: usize = 4;

/// Temperature of the second attempt; the first is greedy.
const RETRY_TEMPERATURE: f64 = 0.4;

impl<'a, 'm> Writer<'a, 'm> {
    /// Opens a conversation with the model. Sentences may name what `context` names beside their
    /// own clause: the record and the office sheet, as text.
    ///
    /// # Errors
    /// When a prompt of the settings folder is wrong.
    pub fn new(
        task: &'static str,
        inputs: &'a Inputs<'a>,
        context: String,
        model: &'m mut Model<'_>,
    ) -> Result<Self, TaskError> {
        let opening = inputs.prompts.opening(task)?;
        let session = model.engine.session(model.cancel.clone());
        Ok(Self {
            task,
            inputs,
            context,
            session,
            opening,
            trust: model.trust,
            usage: Usage::default(),
        })
    }

    /// What the model cost so far.
    pub fn usage(&self) -> Usage {
        self.usage
    }

    /// Puts one passage into sentences.
    ///
    /// # Errors
    /// When the model fails, the user stops it, or a prompt of the settings folder is wrong.
    pub fn account(
        &mut self,
        passage: &Passage,
        sink: &mut Sink<'_>,
    ) -> Result<Account, TaskError> {
        let mut sentences = Vec::new();
        let mut by_rule = Vec::new();
        for clause in &passage.clauses {
            let prepared = prepare(clause);
            // What is to be filled in is no matter for a sentence.
            let plain = !prepared.contains("[À COMPLÉTER");
            let written = if plain && prepared.split_whitespace().count() > SHORT_CLAUSE_WORDS {
                let written = self.write(&passage.title, clause, &prepared, sink)?;
                if written.is_none() {
                    by_rule.push(format!("« {} »", clause.trim()));
                }
                written
            } else {
                None
            };
            sentences.push(match written {
                Some(text) => Sentence { text, from_model: true },
                None => Sentence { text: sentence(&prepared), from_model: false },
            });
        }
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
        Ok(Account { sentences, findings })
    }

    /// The model's sentence for one clause that opens with one of these leads, if one holds. The
    /// leads are set phrases; only what follows them is the model's, and checked.
    ///
    /// # Errors
    /// As [`Self::account`].
    pub fn sentence(
        &mut self,
        title: &str,
        clause: &str,
        leads: &[String],
        sink: &mut Sink<'_>,
    ) -> Result<Option<String>, TaskError> {
        let prepared = prepare(clause);
        if leads.is_empty() {
            return self.write(title, clause, &prepared, sink);
        }
        // No sentence of a model without a floor would be kept: none is asked.
        if !self.trust.is_asked() {
            return Ok(None);
        }
        let expansion = self.expand_after(leads, title, clause, &prepared)?;
        sink(Progress::Token);
        Ok(expansion.refused.is_none().then_some(expansion.sentence))
    }

    /// The model's sentence for one clause, if one holds.
    fn write(
        &mut self,
        title: &str,
        clause: &str,
        prepared: &str,
        sink: &mut Sink<'_>,
    ) -> Result<Option<String>, TaskError> {
        // No sentence of a model without a floor would be kept: none is asked.
        if !self.trust.is_asked() && expand::asks_model(prepared, &self.context) {
            return Ok(None);
        }
        let expansion = self.expand(title, clause, prepared)?;
        sink(Progress::Token);
        if expansion.refused.is_none() {
            return Ok(Some(expansion.sentence));
        }
        if self.trust.free { self.write_freely(title, clause, prepared, sink) } else { Ok(None) }
    }

    /// The clause by constrained expansion, accepted or not.
    ///
    /// # Errors
    /// As [`Self::account`].
    pub fn expand(
        &mut self,
        title: &str,
        clause: &str,
        prepared: &str,
    ) -> Result<Expansion, TaskError> {
        self.expand_after(&[], title, clause, prepared)
    }

    /// The texts that a lattice spells, the likeliest first, as far as the model went: where a rule
    /// vouches for each of them and only the best is wanted.
    ///
    /// # Errors
    /// As [`Self::account`].
    pub fn ranked(
        &mut self,
        title: &str,
        clause: &str,
        lattice: &Lattice,
        sink: &mut Sink<'_>,
    ) -> Result<Vec<String>, TaskError> {
        let messages = self.asking(title, clause)?;
        let request = Request {
            messages: &messages,
            fixed: self.opening.len(),
            max_tokens: clause.len() + 64,
            sampling: Sampling::Greedy,
            stop: &[],
            grammar: None,
        };
        let wanted = Wanted { floor: f64::NEG_INFINITY, suits: &|_| true };
        let found = self.session.search(&request, lattice, &wanted)?;
        self.usage.tokens_in += found.tokens_in;
        self.usage.tokens_out += found.hypotheses.first().map_or(0, |best| best.tokens);
        sink(Progress::Token);
        Ok(found.hypotheses.into_iter().map(|hypothesis| hypothesis.text).collect())
    }

    /// The clause after one of these leads, or free where there is none.
    fn expand_after(
        &mut self,
        leads: &[String],
        title: &str,
        clause: &str,
        prepared: &str,
    ) -> Result<Expansion, TaskError> {
        let messages = self.asking(title, prepared)?;
        let ask = Ask {
            messages: &messages,
            fixed: self.opening.len(),
            notes: clause,
            clause: prepared,
            leads,
            context: &format!("{}\n{title}", self.context),
            floor: self.trust.floor,
        };
        let expansion = expand::expand(self.session.as_mut(), &ask)?;
        self.usage.tokens_in += expansion.tokens_in;
        self.usage.tokens_out += expansion.tokens_out;
        Ok(expansion)
    }

    /// The clause in the model's own words, if one of two attempts holds.
    fn write_freely(
        &mut self,
        title: &str,
        clause: &str,
        prepared: &str,
        sink: &mut Sink<'_>,
    ) -> Result<Option<String>, TaskError> {
        let notes = format!("{clause}\n{prepared}");
        let context = format!("{}\n{title}", self.context);
        let source = Source { notes: &notes, context: &context };
        let mut messages = self.asking(title, prepared)?;
        let first = self.ask(&messages, Sampling::Greedy, prepared, sink)?;
        let faults = ground::check(&first, source);
        if faults.is_empty() {
            return Ok(Some(first));
        }
        let mut complaints: Vec<String> = faults.iter().map(ToString::to_string).collect();
        complaints.truncate(2);
        messages.push(Message::new(Role::Assistant, first));
        messages.push(self.inputs.prompts.retry(self.task, &complaints.join(" ; "), prepared)?);
        let sampling = Sampling::Seeded {
            seed: self.inputs.seed,
            temperature: RETRY_TEMPERATURE,
            top_p: 0.95,
        };
        let second = self.ask(&messages, sampling, prepared, sink)?;
        Ok(ground::check(&second, source).is_empty().then_some(second))
    }

    /// The conversation that asks for one clause.
    fn asking(&self, title: &str, clause: &str) -> Result<Vec<Message>, PromptError> {
        let mut messages = self.opening.clone();
        messages.push(self.inputs.prompts.clause(self.task, title, clause)?);
        Ok(messages)
    }

    /// One answer to a conversation.
    fn ask(
        &mut self,
        messages: &[Message],
        sampling: Sampling,
        prepared: &str,
        sink: &mut Sink<'_>,
    ) -> Result<String, EngineError> {
        let request = Request {
            messages,
            fixed: self.opening.len(),
            // A sentence runs to twice its clause at most; French takes some three letters a token.
            max_tokens: prepared.len() * 2 / 3 + 24,
            sampling,
            stop: &["\n"],
            grammar: None,
        };
        let completion = self.session.chat(&request, &mut |event| match event {
            Event::Prompt { done, total } => sink(Progress::Prompt { done, total }),
            Event::Token { .. } => sink(Progress::Token),
            Event::End { .. } => {}
        })?;
        self.usage.add(&completion);
        // « 24 euros » and « 18 heures 30 » are written as the rest of the document writes them.
        Ok(expand_facts(completion.text.trim()))
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

/// The clause as the model sees it: abbreviations and facts spelled out, list marks gone.
pub fn prepare(clause: &str) -> String {
    let clause = clause.trim().trim_start_matches(['-', '–', '•', '*', '>']).trim_start();
    expand_facts(&french::restored(&abbreviation::spell_out(clause)))
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
    let text = crate::reading::cells::apart(&text);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = text.trim_end_matches([',', ';', ':', ' ']);
    if text.is_empty() || text.ends_with(['.', '!', '?', '…']) {
        wording::capital(text)
    } else {
        wording::capital(text) + "."
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::CancelToken;
    use crate::engine::scripted::ScriptedEngine;
    use crate::notes::Notes;
    use crate::office::Office;
    use crate::prompt::Prompts;

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

    fn account(answers: &[&str], clauses: &[&str]) -> (Account, usize) {
        let notes = Notes::from_text("notes").unwrap();
        let (office, prompts) = (Office::default(), Prompts::default());
        let inputs = Inputs { notes: &notes, office: &office, prompts: &prompts, seed: 1 };
        let mut engine = ScriptedEngine::new(answers.iter().map(|a| (*a).to_owned()).collect());
        let passage = Passage {
            title: "Voirie".into(),
            clauses: clauses.iter().map(|c| (*c).to_owned()).collect(),
            span: 0..5,
        };
        let trust = Trust { floor: 0.0, free: true };
        let mut model = Model { engine: &mut engine, cancel: CancelToken::default(), trust };
        let mut writer = Writer::new("minutes", &inputs, String::new(), &mut model).unwrap();
        let account = writer.account(&passage, &mut |_| {}).unwrap();
        drop(writer);
        (account, engine.requests().len())
    }

    const CLAUSE: &str = "chemin du Lavoir à refaire avant le 3 mai";
    const SOUND: &str = "Le chemin du Lavoir est à refaire avant le 3 mai.";

    #[test]
    fn a_sound_sentence_is_kept_at_once() {
        let (account, calls) = account(&[SOUND], &[CLAUSE]);
        assert_eq!((account.text().as_str(), calls), (SOUND, 1));
        assert!(account.sentences[0].from_model && account.findings.is_empty());
    }

    #[test]
    fn an_invented_number_is_asked_again_once() {
        let wrong = "Le chemin du Lavoir est à refaire avant le 13 mai.";
        let (account, calls) = account(&[wrong, SOUND], &[CLAUSE]);
        assert_eq!((account.text().as_str(), calls), (SOUND, 2));
    }

    #[test]
    fn two_failures_give_the_rule_made_sentence_and_a_finding() {
        let wrong = "Le chemin de Paris coûte 500 €.";
        let (account, calls) = account(&[wrong, wrong, SOUND], &[CLAUSE]);
        assert_eq!(account.text(), "Chemin du Lavoir à refaire avant le 3 mai.");
        assert_eq!((calls, account.findings.len()), (2, 1));
        assert!(account.findings[0].message.contains(CLAUSE));
    }

    #[test]
    fn a_short_clause_costs_no_call() {
        assert_eq!(account(&[], &["rien à signaler"]).1, 0);
    }
}
