//! Minutes from a transcript: raw speech of an hour, with or without names of speakers.
//!
//! The plot: lines become sentences of who says what ([`speech`], [`clean`]), sentences fall into
//! subjects ([`topic`]); rules find who is there ([`people`]), what is decided and voted
//! ([`decide`]), who takes what on ([`undertake`]), what is left open ([`left`]); the sentences
//! that carry a fact are told in indirect speech ([`account`]). Every sentence is looked at by
//! every rule, so nothing is left unread whatever the length, and memory grows with the text alone.
//! The model is asked only where a rule cannot tell whether somebody takes something on, a closed
//! choice for each such line.

pub mod account;
pub mod clean;
pub mod decide;
pub mod left;
pub mod people;
pub mod speech;
pub mod talk;
pub mod topic;
pub mod undertake;

use std::sync::LazyLock;

use regex::Regex;

use self::people::Speakers;
use self::speech::Speech;
use self::talk::Talk;
use super::header;
use super::record::{Action, Item, Kind, Meeting};
use super::structure::Piece;
use super::working;
use crate::engine::{EngineError, Message, Request, Role, Sampling};
use crate::finding::{Finding, FindingKind};
use crate::ground::arithmetic;
use crate::notes::Notes;
use crate::office::Office;
use crate::reading::name::Roster;
use crate::reading::{PartialDate, pattern};
use crate::task::wording::{blank, capital};
use crate::task::{Draft, Inputs, Model, Progress, Sink, TaskError, Usage};

/// Words of a text below which nothing is a transcript.
const FEWEST_WORDS: usize = 120;

/// Lines that the model is asked about, at most: the others stay out and are counted.
const MOST_CHOICES: usize = 60;

/// A choice counts when the first answer is so much more probable than the second.
const MARGIN: f64 = 0.25;

/// Whether the notes are speech written down rather than notes.
pub fn is_speech(notes: &Notes) -> bool {
    static SPOKEN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:je|j['’]|moi|tu|vous|nous|on|c['’]est|[çc]a|oui|ouais|euh+|heu|ben|bah|hein|voil[àa]|donc|alors|l[àa]|ok|merci|d['’]accord|est-ce|quoi|bonsoir|bonjour)",
        )
    });
    static PHANTOM: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?m)^\s*[\[(]?\d{1,2}:\d{2}:\d{2}"));
    let text = notes.text();
    let words = text.split_whitespace().count();
    if words < FEWEST_WORDS {
        return false;
    }
    let spoken = SPOKEN.find_iter(text).count() * 100 / words;
    let hesitations = clean::hesitations(text) * 1000 / words;
    let labels = speech::labels(notes);
    let turns: usize = labels.values().filter(|n| **n > 1).sum();
    let lines = notes.lines().filter(|l| !l.text.trim().is_empty()).count().max(1);
    let stamps = PHANTOM.find_iter(text).count();
    let labelled = turns * 2 >= lines && labels.values().filter(|n| **n > 1).count() > 1;
    let words_a_line = words / lines;
    spoken >= 10
        || (spoken >= 6 && (hesitations >= 4 || (labelled && words_a_line >= 7) || stamps * 3 >= lines))
}

/// Drafts the minutes of a transcript.
///
/// # Errors
/// When the model fails or the user stops it.
pub fn draft(
    inputs: &Inputs<'_>,
    kind: Kind,
    model: &mut Model<'_>,
    sink: &mut Sink<'_>,
) -> Result<Draft, TaskError> {
    let mut read = read(inputs.notes, inputs.office, kind);
    let words = inputs.notes.text().split_whitespace().count();
    let asked = read.unsure.len().min(MOST_CHOICES);
    sink(Progress::Transcript { words, seconds: words / 2000 + asked * 2 });
    let usage = choose(&mut read, model, sink)?;
    let Transcript { mut meeting, mut findings, .. } = read;
    working::settle(&mut meeting, &mut findings);
    findings.sort_by_key(|f| f.notes.as_ref().map_or(usize::MAX, |s| s.start));
    let document = super::template::document(&meeting, inputs.office);
    let record = serde_json::to_value(&meeting).unwrap_or_default();
    Ok(Draft { document, findings, record, usage, notes_read: 1.0 })
}

/// A transcript, read by rule.
pub struct Transcript {
    /// The record.
    pub meeting: Meeting,
    /// Points to check.
    pub findings: Vec<Finding>,
    /// Sentences that may be actions, with who says them.
    unsure: Vec<(Option<String>, speech::Sentence)>,
}

/// Reads the transcript into a record; no model.
pub fn read(notes: &Notes, office: &Office, kind: Kind) -> Transcript {
    let roster = Roster::new(&office.conseil.membres);
    let speech = speech::read(notes);
    // What is doubted, asked or corrected aloud is no doubt of the notes.
    let mut findings: Vec<Finding> = arithmetic::check(notes, office)
        .into_iter()
        .filter(|f| matches!(f.kind, FindingKind::Weekday))
        .collect();
    let mut meeting = Meeting::empty(kind);
    meeting.body.clone_from(&office.organisme.nom);
    let date = heading(notes, &speech, office, &roster, &mut meeting);
    let speakers = people::speakers(&speech, &roster);
    people::attendance(&speech, &speakers, &roster, &mut meeting.attendance, &mut findings);
    unnamed(&speakers, &mut findings);
    let topics = topic::topics(&speech.sentences);
    meeting.items = items(&topics, &speech);
    let titles: Vec<String> = meeting.items.iter().map(|i| i.title.clone()).collect();
    let talk =
        Talk { sentences: &speech.sentences, speakers: &speakers, topics: &topics, titles: &titles };
    let unsure = fill(&talk, &roster, date, &mut meeting, &mut findings);
    let unsure = unsure
        .into_iter()
        .map(|at| (talk.speaker(at).map(str::to_owned), speech.sentences[at].clone()))
        .collect();
    merge_topics(&mut meeting);
    if kind != Kind::Working {
        into_items(&mut meeting);
    }
    Transcript { meeting, findings, unsure }
}

/// The lines over the speech, and the date that they or the first sentences give.
fn heading(
    notes: &Notes,
    speech: &Speech,
    office: &Office,
    roster: &Roster,
    meeting: &mut Meeting,
) -> Option<PartialDate> {
    let date = header::date(notes).map(|(date, _)| date).or_else(|| {
        speech.sentences.iter().take(12).find_map(|s| {
            crate::reading::facts(&s.text).into_iter().find_map(|f| match f.fact {
                crate::reading::Fact::Date(date) if date.day.is_some() => Some(date),
                _ => None,
            })
        })
    });
    meeting.date = date.map(|d| d.to_french());
    let mut header = header::Header { office, roster, date, first_number: None };
    for (index, (text, span)) in speech.heading.iter().enumerate() {
        let text = working::as_attendance(text);
        let piece = Piece { text: &text, span: span.clone() };
        let read = header.read(index, &piece, meeting, &mut Vec::new());
        if index == 0 {
            meeting.label = working::label(&text).filter(|_| meeting.kind == Kind::Working);
            meeting.body.clone_from(&office.organisme.nom);
        } else if !read {
            meeting.remarks.push(crate::task::prose::by_rule(&text));
        }
    }
    spoken_hours(speech, meeting);
    date
}

/// « il est 18h30, on commence », « il est 20h, on s'arrête là ».
fn spoken_hours(speech: &Speech, meeting: &mut Meeting) {
    static BEGINS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)\b(?:on\s+(?:commence|d[ée]marre|attaque|ouvre|y\s+va)|j['’]ouvre|(?:s[ée]ance|r[ée]union)\s+(?:est\s+)?ouverte)\b")
    });
    static ENDS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)\b(?:on\s+(?:s['’]arr[êe]te|termine|finit|cl[ôo]t\w*|l[èe]ve)|je\s+l[èe]ve|(?:s[ée]ance|r[ée]union)\s+(?:est\s+)?(?:lev[ée]e|close|termin[ée]e))\b")
    });
    let hour = |text: &str| {
        crate::reading::facts(text).into_iter().find_map(|f| match f.fact {
            crate::reading::Fact::Hour(hour) => Some(hour.to_french()),
            _ => None,
        })
    };
    let count = speech.sentences.len();
    let first = speech.sentences.iter().take(15).find(|s| BEGINS.is_match(&s.text) && hour(&s.text).is_some());
    let last = speech.sentences.iter().skip(count.saturating_sub(15)).find(|s| ENDS.is_match(&s.text) && hour(&s.text).is_some());
    meeting.opened = meeting.opened.take().or_else(|| hour(&first?.text));
    meeting.closed = meeting.closed.take().or_else(|| hour(&last?.text));
}

/// Voices that nobody named.
fn unnamed(speakers: &Speakers, findings: &mut Vec<Finding>) {
    let unnamed = speakers.unnamed();
    if !unnamed.is_empty() {
        findings.push(Finding::check(
            FindingKind::Name,
            None,
            format!(
                "Voix sans nom dans la transcription ({}) : dites qui parle, les présences et les actions en dépendent.",
                unnamed.join(", ")
            ),
        ));
    }
}

/// One item for each topic.
fn items(topics: &[topic::Topic], speech: &Speech) -> Vec<Item> {
    topics
        .iter()
        .enumerate()
        .map(|(index, topic)| {
            let title = match (topic.title.is_empty(), index, topics.len()) {
                (false, ..) => topic.title.clone(),
                (true, 0, 2..) => "Ouverture de la réunion".to_owned(),
                _ => "Échanges".to_owned(),
            };
            let sentences = speech.sentences.get(topic.sentences.clone()).unwrap_or_default();
            let start = sentences.first().map_or(0, |s| s.span.start);
            let end = sentences.last().map_or(start, |s| s.span.end);
            Item { title, treated: index, span: start..end, ..Item::default() }
        })
        .collect()
}

/// Runs the rules over the talk; answers which sentences may be actions.
fn fill(
    talk: &Talk<'_>,
    roster: &Roster,
    date: Option<PartialDate>,
    meeting: &mut Meeting,
    findings: &mut Vec<Finding>,
) -> Vec<usize> {
    let mut used = vec![false; talk.sentences.len()];
    let mut mark = |at: usize| {
        if let Some(place) = used.get_mut(at) {
            *place = true;
        }
    };
    let decided = decide::read(talk, roster, findings);
    decided.used.iter().for_each(|at| mark(*at));
    let next = left::next_meeting(talk, date);
    if let Some((at, phrase)) = next {
        mark(at);
        meeting.next_meeting = Some(phrase);
    }
    let taken = undertake::read(talk, roster);
    taken.used.iter().for_each(|at| mark(*at));
    let open = left::open_points(talk);
    open.iter().for_each(|(at, _)| mark(*at));
    meeting.decisions = decided.decisions.into_iter().map(|(_, d)| d).collect();
    meeting.actions = taken.actions.into_iter().map(|(_, a)| a).collect();
    meeting.open_points = open.into_iter().map(|(_, p)| p).collect();
    for (at, question) in decided.unsettled {
        let text = crate::task::prose::by_rule(&question);
        let span = talk.sentences[at].span.clone();
        let later = meeting.decisions.iter().any(|d| d.span.start > span.start && d.span.start < span.start + 600);
        if !later {
            meeting.open_points.push(super::record::OpenPoint { text, span });
        }
    }
    meeting.open_points.sort_by_key(|p| p.span.start);
    let mut unused = 0;
    for index in 0..talk.sentences.len() {
        if used.get(index) == Some(&true) {
            continue;
        }
        let told = account::told(talk, index, roster);
        match (told, talk.topic(index).and_then(|at| meeting.items.get_mut(at))) {
            (Some(text), Some(item)) => {
                item.clauses.push(talk.sentences[index].text.clone());
                item.account.push(text);
            }
            _ => unused += 1,
        }
    }
    if unused > 0 {
        let total = talk.sentences.len();
        findings.push(Finding::info(
            FindingKind::Unused,
            None,
            format!("Transcription lue en entier : {unused} phrases sur {total} sans fait à retenir ne sont pas reprises dans le document."),
        ));
    }
    taken.unsure.into_iter().filter(|at| used.get(*at) == Some(&false)).collect()
}

/// Topics of one title are one item; those of which nothing is kept go.
fn merge_topics(meeting: &mut Meeting) {
    let mut items: Vec<Item> = Vec::new();
    for item in std::mem::take(&mut meeting.items) {
        match items.iter_mut().find(|i| i.title == item.title) {
            Some(first) => {
                first.clauses.extend(item.clauses);
                first.account.extend(item.account);
                first.span.end = first.span.end.max(item.span.end);
            }
            None => items.push(item),
        }
    }
    items.retain(|item| {
        let holds = |start: usize| item.span.contains(&start);
        !item.account.is_empty()
            || meeting.decisions.iter().any(|d| holds(d.span.start))
            || meeting.actions.iter().any(|a| holds(a.span.start))
            || meeting.open_points.iter().any(|p| holds(p.span.start))
    });
    meeting.items = items;
}

/// Minutes of a council or an assembly have no list of decisions: each goes into its item.
fn into_items(meeting: &mut Meeting) {
    for decision in &meeting.decisions {
        let item = meeting.items.iter_mut().find(|i| Some(&i.title) == decision.subject.as_ref());
        if let Some(item) = item {
            item.account.push(format!("Décision : {}", decision.text));
        }
    }
}

/// Asks the model, for each line that no rule could place, what it is.
fn choose(
    read: &mut Transcript,
    model: &mut Model<'_>,
    sink: &mut Sink<'_>,
) -> Result<Usage, TaskError> {
    const LABELS: [&str; 3] = ["action", "information", "autre"];
    let usage = Usage::default();
    if read.unsure.is_empty() {
        return Ok(usage);
    }
    let mut session = model.engine.session(model.cancel.clone());
    let opening = opening();
    let unsure = std::mem::take(&mut read.unsure);
    let total = unsure.len().min(MOST_CHOICES);
    for (index, (who, sentence)) in unsure.into_iter().take(MOST_CHOICES).enumerate() {
        sink(Progress::Item { index: index + 1, total, title: "phrases incertaines" });
        let mut messages = opening.clone();
        messages.push(Message::new(Role::User, format!("Phrase : {}", sentence.text)));
        let request = Request {
            messages: &messages,
            fixed: opening.len(),
            max_tokens: 4,
            sampling: Sampling::Greedy,
            stop: &["\n"],
            grammar: None,
        };
        let shares = match session.choose(&request, &LABELS) {
            Ok(shares) => shares,
            Err(EngineError::Failed(_)) => break,
            Err(error) => return Err(error.into()),
        };
        let action = shares.first().copied().unwrap_or(0.0);
        let best_other = shares.iter().skip(1).copied().fold(0.0, f64::max);
        if action > best_other + MARGIN {
            read.meeting.actions.push(Action {
                who: who.clone(),
                what: format!("{} (« {} »)", blank("quoi"), sentence.text),
                when: None,
                span: sentence.span.clone(),
            });
        } else if (action - best_other).abs() <= MARGIN {
            read.findings.push(Finding::check(
                FindingKind::Uncertain,
                Some(sentence.span.clone()),
                format!(
                    "{} dit « {} » : action ou simple parole ? Laissé hors du tableau des actions.",
                    who.as_deref().map_or("Quelqu’un".to_owned(), capital),
                    sentence.text
                ),
            ));
        }
    }
    read.meeting.actions.sort_by_key(|a| a.span.start);
    Ok(usage)
}

/// The rules and examples of the choice, the same for every line.
fn opening() -> Vec<Message> {
    let mut messages = vec![Message::new(
        Role::System,
        "Tu classes des phrases dites en réunion. Réponds par un seul mot : action si la personne s'engage à faire quelque chose après la réunion, information si elle raconte un fait, autre sinon.",
    )];
    for (said, label) in [
        ("Je peux passer prendre les clés chez Vasseur.", "action"),
        ("Je peux vous lire le courrier si vous voulez.", "autre"),
        ("Je veux bien tenir la caisse samedi.", "action"),
        ("Je veux dire que c'est cher.", "autre"),
        ("Je peux vous donner le chiffre de l'an dernier.", "information"),
    ] {
        messages.push(Message::new(Role::User, format!("Phrase : {said}")));
        messages.push(Message::new(Role::Assistant, label));
    }
    messages
}

#[cfg(test)]
mod tests;
