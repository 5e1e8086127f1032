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
mod opening;
pub mod oral;
pub mod people;
mod reversal;
pub mod speech;
pub mod talk;
pub mod tidy;
pub mod topic;
pub mod undertake;

use std::sync::LazyLock;

use regex::Regex;

use self::people::Speakers;
use self::speech::Speech;
use self::talk::Talk;
use super::header;
use super::output::{self, Wanted};
use super::people::People;
use super::person::is_first_name;
use super::record::{Action, Item, Kind, Meeting};
use super::structure::Piece;
use super::working;
use crate::engine::{EngineError, Message, Request, Role, Sampling};
use crate::finding::{Finding, FindingKind};
use crate::french;
use crate::ground::arithmetic;
use crate::notes::Notes;
use crate::office::Office;
use crate::reading::name::Roster;
use crate::reading::{PartialDate, fold, pattern};
use crate::task::wording::{blank, capital};
use crate::task::{Draft, Inputs, Model, Progress, Sink, TaskError};

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
    static PHANTOM: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?m)^\s*[\[(]?\d{1,2}:\d{2}:\d{2}"));
    let text = notes.text();
    let words = text.split_whitespace().count();
    if words < FEWEST_WORDS || speech::in_bullets(notes) {
        return false;
    }
    let spoken = SPOKEN.find_iter(text).count() * 100 / words;
    let hesitations = clean::hesitations(text) * 1000 / words;
    let labels = speech::labels(notes);
    let turns: usize = labels.values().filter(|n| **n > 1).sum();
    let lines = notes.lines().filter(|l| !l.text.trim().is_empty()).count().max(1);
    let stamps = PHANTOM.find_iter(text).count();
    // Nobody speaks in sums, arrows and counts: however familiar its words, that is notes.
    static TYPED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?m)^[ \t]+\S|[=→]|->|\s/\s|\b\d+\s*(?:pour|contre|abst\w*)\b|^\W*(?i:odj|pr[ée]sents?)\s*[:=]",
        )
    });
    let typed = notes.lines().filter(|l| TYPED.is_match(l.text)).count();
    if typed * 4 >= lines && stamps == 0 && hesitations < 10 {
        return false;
    }
    let labelled = turns * 2 >= lines && labels.values().filter(|n| **n > 1).count() > 1;
    let words_a_line = words / lines;
    // « Dit : … Tranché : … Reste : … » are the headings of notes, not voices.
    let heading = |label: &str| {
        let word = label.split_whitespace().next().unwrap_or_default().to_lowercase();
        french::is_word(&word) && !is_first_name(&fold(&word))
    };
    let mut repeated = labels.iter().filter(|(_, n)| **n > 1).map(|(label, _)| label).peekable();
    if repeated.peek().is_some() && repeated.all(|label| heading(label)) {
        return hesitations >= 4;
    }
    spoken >= 10
        || (spoken >= 6
            && (hesitations >= 4 || (labelled && words_a_line >= 7) || stamps * 3 >= lines))
}

/// The body that meets, as speech tells it: a council or an assembly only where the first lines or
/// the opening say so; otherwise a working meeting.
pub fn kind_of(notes: &Notes) -> Kind {
    crate::reading::words!(
        COUNCIL,
        r"(?i)\b(?:s[ée]ance|r[ée]union)\s+(?:\p{L}+\s+)?d[ue]\s+(?:notre\s+|ce\s+)?conseil\s+municipal\b|\b(?:ce|notre)\s+conseil\s+municipal\b|\bconseill[eè]re?s?\s+municipa(?:l|ux|les?)\s+(?:pr[ée]sent|en\s+exercice)"
    );
    crate::reading::words!(
        ASSEMBLY,
        r"(?i)\b(?:cette|notre|(?:bienvenue|on\s+est|nous\s+sommes)\s+[àa]\s+(?:l['’]|notre\s+|cette\s+)|ouvr\w+\s+(?:l['’]|notre\s+|cette\s+))\s*(?:assembl[ée]e\s+g[ée]n[ée]rale|AG)\b"
    );
    let titles: Vec<String> = speech::read(notes).heading.into_iter().map(|(t, _)| t).collect();
    let named = super::announced(&titles.join(" "));
    let spoken: Vec<&str> = notes.lines().take(40).map(|l| l.text).collect();
    let says = |re: &Regex| spoken.iter().any(|text| re.is_match(text));
    named.unwrap_or_else(|| match (says(&COUNCIL), says(&ASSEMBLY)) {
        (true, _) => Kind::Council,
        (_, true) => Kind::Association,
        _ => Kind::Working,
    })
}

/// Drafts the minutes of a transcript.
///
/// # Errors
/// When the model fails or the user stops it.
pub fn draft(
    inputs: &Inputs<'_>,
    kind: Kind,
    wanted: &Wanted,
    model: &mut Model<'_>,
    sink: &mut Sink<'_>,
) -> Result<Draft, TaskError> {
    let mut read = read(inputs.notes, inputs.office, kind);
    let words = inputs.notes.text().split_whitespace().count();
    let asked = read.unsure.len().min(MOST_CHOICES);
    sink(Progress::Transcript { words, seconds: words / 2000 + asked * 2 });
    choose(&mut read, model, sink)?;
    let Transcript { mut meeting, mut findings, .. } = read;
    working::settle(&mut meeting, &mut findings);
    output::complete(&mut meeting, inputs.office);
    output::finish(inputs, meeting, findings, wanted, model, sink)
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
    let mut several = Vec::new();
    let first = super::several::first(notes, &mut several);
    let notes = first.as_ref().unwrap_or(notes);
    let mut speech = speech::read(notes);
    // What is doubted, asked or corrected aloud is no doubt of the notes.
    let mut findings: Vec<Finding> = arithmetic::check(notes, office)
        .into_iter()
        .filter(|f| matches!(f.kind, FindingKind::Weekday | FindingKind::Sum))
        .collect();
    findings.append(&mut several);
    super::language::check(notes, &Meeting::empty(kind), &mut findings);
    findings.retain(|f| f.kind != FindingKind::Missing);
    crate::task::aside::add_computed(&mut findings, working::sums::check(notes));
    tidy::doubtful(notes, &mut speech.sentences, &findings);
    let mut meeting = Meeting::empty(kind);
    meeting.body.clone_from(&office.organisme.nom);
    let date = heading(notes, &speech, office, &roster, &mut meeting, &mut findings);
    if let Some(year) = date.and_then(|date| date.year) {
        tidy::days_of_a_list(&mut speech.sentences, year, &mut findings);
    }
    let speakers = people::speakers(&speech, &roster);
    people::attendance(&speech, &speakers, &roster, &mut meeting.attendance, &mut findings);
    people::proxies(&speech, &roster, &mut meeting.attendance);
    unnamed(&speakers, &mut findings);
    tidy::correct(&mut speech.sentences, &mut findings);
    tidy::hide(&mut speech.sentences, &mut findings);
    reversal::take_back(&mut speech.sentences, &mut findings);
    people::undertakings(&speech, &meeting.attendance, &mut findings);
    let topics = topic::topics(&speech.sentences);
    meeting.items = items(&topics, &speech);
    let titles: Vec<String> = meeting.items.iter().map(|i| i.title.clone()).collect();
    let proper = account::proper(speech.sentences.iter().map(|s| s.text.as_str()));
    let talk = Talk {
        sentences: &speech.sentences,
        speakers: &speakers,
        topics: &topics,
        titles: &titles,
        proper: &proper,
    };
    let unsure = fill(&talk, &roster, date, &mut meeting, &mut findings);
    let unsure = unsure
        .into_iter()
        .map(|at| (talk.speaker(at).map(str::to_owned), speech.sentences[at].clone()))
        .collect();
    merge_topics(&mut meeting);
    left::listed(&meeting, &mut findings);
    if kind != Kind::Working {
        into_items(&mut meeting, office, &mut findings);
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
    findings: &mut Vec<Finding>,
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
    let mut header = header::Header::new(office, roster, date, notes);
    let titles = opening::titles(speech, findings);
    for (index, (title, span)) in titles.iter().enumerate() {
        let text = working::names::as_attendance(title);
        // « réunion du bureau du comité » names the meeting, no place.
        let text = match (index, meeting.kind) {
            (0, Kind::Working) => working::about::after_label(&text),
            _ => text,
        };
        // « là : Ada Roy, Luc. Zoé Bert excusée »: each sentence has its list.
        if working::cut::about_meeting(&text) {
            for (_, list) in working::names::lists(&text) {
                let list = opening::without_me(list);
                header.read(index.max(1), &Piece { text: &list, span: span.clone() }, meeting);
            }
            continue;
        }
        let piece = Piece { text: &text, span: span.clone() };
        let read = header.read(index, &piece, meeting);
        if index == 0 {
            meeting.label = working::about::label(title).filter(|_| meeting.kind == Kind::Working);
            meeting.body.clone_from(&office.organisme.nom);
        } else if !read {
            meeting.remarks.push(crate::task::prose::by_rule(&text));
        }
    }
    spoken_hours(speech, meeting);
    if meeting.kind != Kind::Working {
        said_at_the_opening(speech, roster, &mut header, meeting);
    }
    date
}

/// What a council's minutes require and its opening tells: the notice, the secretary, the place.
fn said_at_the_opening(
    speech: &Speech,
    roster: &Roster,
    header: &mut header::Header<'_>,
    meeting: &mut Meeting,
) {
    crate::reading::words!(
        PLACE,
        r"(?i)\bon\s+est\s+(?:dans|à|au)\s+(?:la\s+|l['’])?(?P<place>(?:salle|mairie|foyer|[ée]cole)[^,.?!]*)"
    );
    let opening = speech.sentences.iter().take(40);
    for (index, sentence) in opening.enumerate() {
        let text = sentence.text.as_str();
        if text.to_lowercase().contains("convocation") && meeting.convocation.is_none() {
            let piece = Piece { text, span: sentence.span.clone() };
            header.read(9, &piece, meeting);
        }
        if meeting.place.is_none()
            && let Some(found) = PLACE.captures(text)
        {
            meeting.place = Some(found["place"].trim().to_owned());
        }
        if text.to_lowercase().contains("secrétaire de séance") && meeting.secretary.is_none() {
            let next = speech.sentences.iter().skip(index).take(4);
            meeting.secretary = next
                .flat_map(|s| roster.mentions(&s.text))
                .next()
                .map(|(member, _)| roster.full_name(member).to_owned());
        }
    }
}

/// « il est 18h30, on commence », « il est 20h, on s'arrête là ».
fn spoken_hours(speech: &Speech, meeting: &mut Meeting) {
    static BEGINS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:on\s+(?:(?:va\s+)?commence[r]?|d[ée]marre|attaque|ouvre|y\s+va)|j['’]ouvre|(?:s[ée]ance|r[ée]union)\s+(?:est\s+)?ouverte)\b",
        )
    });
    static ENDS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:on\s+(?:s['’]arr[êe]te|termine|finit|cl[ôo]t\w*|l[èe]ve)|je\s+l[èe]ve|(?:s[ée]ance|r[ée]union)\s+(?:est\s+)?(?:lev[ée]e|close|termin[ée]e))\b",
        )
    });
    let hour = |text: &str| {
        crate::reading::facts(text).into_iter().find_map(|f| match f.fact {
            crate::reading::Fact::Hour(hour) => Some(hour.to_french()),
            _ => None,
        })
    };
    let count = speech.sentences.len();
    // « on commence, j'ai un train à 19 h » tells no opening: the hour stands beside the words.
    let beside = |text: &str| {
        let said = BEGINS.find(text)?;
        let near = |f: &crate::reading::Found| {
            matches!(f.fact, crate::reading::Fact::Hour(_))
                && f.span.start <= said.end() + 15
                && said.start() <= f.span.end + 25
        };
        crate::reading::facts(text).iter().any(near).then_some(())
    };
    let first = speech.sentences.iter().take(15).find(|s| beside(&s.text).is_some());
    let last = speech
        .sentences
        .iter()
        .skip(count.saturating_sub(15))
        .find(|s| ENDS.is_match(&s.text) && hour(&s.text).is_some());
    meeting.opened = meeting.opened.take().or_else(|| hour(&first?.text));
    meeting.closed = meeting.closed.take().or_else(|| hour(&last?.text));
    // « il est 18 heures 10, réunion du foyer »
    static NOW: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bil\s+est\s*,?\s*\d"));
    let now = |s: &&speech::Sentence| NOW.is_match(&s.text) && hour(&s.text).is_some();
    let first = speech.sentences.iter().take(8).find(now);
    meeting.opened = meeting.opened.take().or_else(|| hour(&first?.text));
    let last = speech.sentences.iter().skip(count.saturating_sub(12)).rev().find(now);
    meeting.closed = meeting.closed.take().or_else(|| hour(&last?.text));
    // « Il est 19h10. On s'arrête là. »
    let tail: Vec<&str> =
        speech.sentences.iter().skip(count.saturating_sub(12)).map(|s| s.text.as_str()).collect();
    for pair in tail.windows(2) {
        if let [before, after] = pair
            && ENDS.is_match(after)
            && meeting.closed.is_none()
        {
            meeting.closed = hour(before);
        }
    }
    opening::said(speech, meeting);
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
    let mut decided = decide::read(talk, roster, findings);
    decided.used.iter().for_each(|at| mark(*at));
    if meeting.kind == Kind::Working {
        let present = &meeting.attendance.present;
        findings.extend(decided.votes.iter().filter_map(|(at, vote)| {
            let said = talk.sentences.get(*at)?;
            working::voters(&said.text, vote.total(), said.span.clone(), present)
        }));
    }
    let next = left::next_meeting(talk, date);
    if let Some((dates, phrase)) = next {
        dates.iter().for_each(|at| mark(*at));
        let at = dates.first().copied().unwrap_or_default();
        // « 26 novembre. C'est bon pour tout le monde ? » agrees on the date.
        let last = dates.last().map_or(at, |last| last + 3);
        decided.decisions.retain(|(index, decision)| {
            let hollow = decision.text.contains("[À COMPLÉTER") && (at..=last).contains(index);
            if hollow {
                findings.retain(|f| {
                    f.kind != FindingKind::Uncertain || f.notes.as_ref() != Some(&decision.span)
                });
            }
            !hollow
        });
        // « Le jeudi 11 février ? — Oui, 18 heures, ici » fix the date.
        for near in at..(at + 6).min(talk.sentences.len()) {
            let text = &talk.sentences[near].text;
            let dated = crate::reading::facts(text)
                .iter()
                .any(|f| matches!(f.fact, crate::reading::Fact::Date(_)));
            if dated && text.split_whitespace().count() <= 14 {
                mark(near);
            }
        }
        meeting.next_meeting = Some(phrase);
    }
    let taken = undertake::read(talk, roster);
    taken.used.iter().for_each(|at| mark(*at));
    let open = left::open_points(talk);
    open.iter().for_each(|(at, _)| mark(*at));
    if meeting.kind != Kind::Working {
        for (at, vote) in decided.votes {
            if let Some(item) = talk.topic(at).and_then(|t| meeting.items.get_mut(t)) {
                item.vote =
                    Some(super::record::Vote { span: talk.sentences[at].span.clone(), ..vote });
            }
        }
    }
    meeting.decisions = decided.decisions.into_iter().map(|(_, d)| d).collect();
    meeting.actions = taken.actions.into_iter().map(|(_, a)| a).collect();
    meeting.open_points = open.into_iter().map(|(_, p)| p).collect();
    for (at, question) in decided.unsettled {
        let text = crate::task::prose::by_rule(&question);
        let span = talk.sentences[at].span.clone();
        let later = meeting
            .decisions
            .iter()
            .any(|d| d.span.start > span.start && d.span.start < span.start + 600);
        if !later {
            meeting.open_points.push(super::record::OpenPoint {
                text,
                subject: talk.title(at),
                span,
            });
        }
    }
    meeting.open_points.sort_by_key(|p| p.span.start);
    for topic in talk.topics {
        let first = talk.sentences.get(topic.sentences.start);
        if first.is_some_and(|s| s.text.split_whitespace().count() <= 10) && !topic.title.is_empty()
        {
            mark(topic.sentences.start);
        }
    }
    let mut unused = 0;
    let mut untold = None;
    for at in about_the_hour(talk) {
        mark(at);
    }
    for index in 0..talk.sentences.len() {
        if used.get(index) == Some(&true) {
            continue;
        }
        let told = account::told(talk, index, roster);
        match (told, talk.topic(index).and_then(|at| meeting.items.get_mut(at))) {
            (Some(told), Some(item)) => {
                let before = index.checked_sub(1).filter(|at| {
                    untold == Some(*at)
                        && account::points_back(&talk.sentences[index].text)
                        && talk.speaker(*at) == talk.speaker(index)
                        && talk.topic(*at) == talk.topic(index)
                });
                if let Some(context) = before.and_then(|at| account::context(talk, at)) {
                    context.add_to(&mut item.account);
                    unused -= 1;
                }
                item.clauses.push(talk.sentences[index].text.clone());
                told.add_to(&mut item.account);
            }
            _ => {
                unused += 1;
                untold = Some(index);
            }
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

/// Sentences that open or close the meeting: the record holds their hour.
fn about_the_hour(talk: &Talk<'_>) -> Vec<usize> {
    crate::reading::words!(
        HOUR,
        r"(?i)\b(?:on\s+commence|on\s+va\s+commencer|on\s+s['’]arr[êe]te|je\s+l[èe]ve|il\s+est\s*,?\s*\d)"
    );
    let count = talk.sentences.len();
    let ends = |at: usize| at < 8 || at + 12 > count;
    (0..count).filter(|at| ends(*at) && HOUR.is_match(&talk.sentences[*at].text)).collect()
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
                first.vote = first.vote.take().or(item.vote);
            }
            None => items.push(item),
        }
    }
    items.retain(|item| {
        let holds = |start: usize| item.span.contains(&start);
        !item.account.is_empty()
            || item.vote.is_some()
            || meeting.decisions.iter().any(|d| holds(d.span.start))
            || meeting.actions.iter().any(|a| holds(a.span.start))
            || meeting.open_points.iter().any(|p| holds(p.span.start))
    });
    meeting.items = items;
}

/// Minutes of a council or an assembly have no list of decisions: each goes into its item.
fn into_items(meeting: &mut Meeting, office: &Office, findings: &mut Vec<Finding>) {
    if meeting.kind == Kind::Council {
        meeting.attendance.in_office = office.conseil.membres_en_exercice;
        meeting.chair.clone_from(&office.conseil.maire);
        // Whoever speaks as « le maire » is the mayor.
        if let Some(mayor) = &office.conseil.maire {
            let present = &mut meeting.attendance.present;
            present.retain(|name| name != mayor);
            for name in present.iter_mut().filter(|n| matches!(n.as_str(), "Le maire" | "La maire"))
            {
                name.clone_from(mayor);
            }
        }
    }
    // The roll call and the like: the record holds what it says.
    meeting.items.retain(|i| i.title != "Ouverture de la réunion");
    for item in &mut meeting.items {
        item.miscellaneous = item.title.starts_with("Questions diverses");
    }
    for (number, item) in (1..).zip(&mut meeting.items) {
        item.number = Some(number);
    }
    for decision in &meeting.decisions {
        let item = meeting.items.iter_mut().find(|i| Some(&i.title) == decision.subject.as_ref());
        let told = findings.iter().any(|f| f.kind == FindingKind::OffAgenda);
        if !told && item.as_ref().is_some_and(|i| i.miscellaneous) {
            findings.push(Finding::check(
                FindingKind::OffAgenda,
                Some(decision.span.clone()),
                format!(
                    "« {} » : décidé hors de l’ordre du jour, parmi les questions diverses. Le document ne le donne pas comme voté : à inscrire à l’ordre du jour d’une prochaine séance.",
                    decision.text
                ),
            ));
        }
        let Some(item) = item.filter(|i| !i.miscellaneous) else { continue };
        // The result stands in the vote of the item.
        let voted = decision.text.find(" : adopté").or_else(|| decision.text.find(" : rejeté"));
        match voted.and_then(|at| decision.text.get(..at)) {
            Some(object) if object.starts_with("Point «") => {}
            Some(object) => item.account.push(format!("Mis aux voix : {object}.")),
            None => item.account.push(format!("Il est décidé : {}", decision.text)),
        }
    }
    meeting.actions.clear();
    meeting.open_points.clear();
    let roster = Roster::new(&office.conseil.membres);
    super::checks::check(meeting, &People::new(&roster, office), None, findings);
    super::missing::missing(meeting, findings);
}

/// Asks the model, for each line that no rule could place, what it is.
fn choose(
    read: &mut Transcript,
    model: &mut Model<'_>,
    sink: &mut Sink<'_>,
) -> Result<(), TaskError> {
    const LABELS: [&str; 3] = ["action", "information", "autre"];
    if read.unsure.is_empty() {
        return Ok(());
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
    Ok(())
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
