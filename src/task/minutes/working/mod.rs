//! Working meetings (board, commission, team): what was said, decided, given to do, left open.
//!
//! Lines are placed under their subject ([`cut`]), cut into clauses, and each clause goes to one
//! place: a decision ([`signs`]), an action ([`action`]), a point left open, or the account of its
//! subject. What is not said to be decided stays undecided; a person or a date that the notes do
//! not give is a blank to fill and a finding.

pub mod about;
pub mod action;
mod amend;
mod convened;
pub mod cut;
pub mod deadline;
mod doubtful;
pub mod names;
mod plain;
mod run_on;
pub mod signs;
mod sorter;
pub mod sums;
pub mod table;
pub mod template;
pub mod verb;

use self::about::{about, sentence_case};
use self::cut::Under;
use self::names::{everyone, names_person};
use self::signs::Sign;
use self::sorter::Sorter;
use super::header;
use super::items::Reader;
use super::people::People;
use super::record::{Action, Decision, Item, Kind, Meeting, OpenPoint};
use super::structure::Piece;
use super::{correction, roll, title};
use crate::finding::{Finding, FindingKind};
use crate::ground::arithmetic;
use crate::notes::Notes;
use crate::office::Office;
use crate::reading::gossip::Sure;
use crate::reading::name::Roster;
use crate::reading::{facts, words};
use crate::task::aside;
use crate::task::wording::blank;

/// Reads the notes of a working meeting into its record; no model.
pub fn read(notes: &Notes, office: &Office) -> (Meeting, Vec<Finding>) {
    let mut findings = Vec::new();
    let first = super::several::first(notes, &mut findings);
    let notes = first.as_ref().unwrap_or(notes);
    findings.extend(arithmetic::check(notes, office));
    aside::add_computed(&mut findings, sums::check(notes));
    let parted = run_on::parted(notes, &mut findings);
    let notes = parted.as_ref().unwrap_or(notes);
    let plain = plain::plain(notes, &mut findings);
    let notes = plain.as_ref().unwrap_or(notes);
    let mut meeting = Meeting::empty(Kind::Working);
    let dated = header::date(notes);
    meeting.date = dated.as_ref().map(|(date, _)| date.to_french());
    meeting.body.clone_from(&office.organisme.nom);
    let members = everyone(notes, office);
    let roster = Roster::new(&members);
    let is_person = |text: &str| names_person(text, &roster);
    let is_known = |text: &str| names::names_known(text, &roster);
    let cut = cut::cut(notes, &|text| names_person(text, &roster));
    let date = dated.as_ref().map(|(date, _)| *date);
    let mut heading = header::Header::new(office, &roster, date, notes);
    let people = People::new(&roster, office);
    let elsewhere = Vec::new();
    let date = arithmetic::main_date(notes);
    let reader = Reader {
        office,
        roster: &roster,
        people: &people,
        elsewhere: &elsewhere,
        mayor: None,
        date,
        sure: Sure::EVERYDAY,
    };
    meeting.items = subjects(&cut);
    let mut sorter = Sorter {
        reader: &reader,
        person: &is_person,
        known: &is_known,
        small_names: {
            let typed = |name: &&String| {
                let first = name.split([' ', '-']).next().unwrap_or(name);
                !notes.text().contains(first)
            };
            roster.names().iter().filter(typed).cloned().collect()
        },
        untitled: Item::default(),
        corrections: Vec::new(),
        afterwards: None,
        votes: Vec::new(),
        called: convened::convened(notes),
        me: names::writer(notes).and_then(|me| super::people::person(&me, &roster)),
        tables: &cut.tables,
    };
    let mut body_begun = false;
    for (index, line) in cut.lines.iter().enumerate() {
        match line.under {
            Under::Meeting => {
                let mut name_findings = Vec::new();
                about(line, &mut heading, &mut meeting, &mut name_findings, index, &mut sorter);
                findings.extend(name_findings);
            }
            Under::Agenda => agenda(line.piece.text, &mut meeting),
            _ => {
                // The lines under the title may go on about the meeting: « 18h30-20h, salle B ».
                let early = !body_begun && line.subject.is_none() && index < 5;
                let short = line.piece.text.split_whitespace().count() <= 10;
                let plain = signs::read(line.piece.text) == Sign::Plain;
                if early
                    && short
                    && plain
                    && line.under == Under::Subject
                    && action::read(line.piece.text, &is_person).is_none()
                    && heading.read(index, &line.piece, &mut meeting)
                {
                    continue;
                }
                // A line of dates, hours and a place under the title: « jeudi 10 décembre – 9 h 30 ».
                let dated = facts(line.piece.text).first().is_some_and(|f| f.span.start == 0);
                let short = line.piece.text.split_whitespace().count() <= 14;
                if early && short && plain && dated && line.under == Under::Subject {
                    let text = format!("réunion {}", line.piece.text.replace('–', "-"));
                    let piece = Piece { text: &text, span: line.piece.span.clone() };
                    if heading.read(1, &piece, &mut meeting) {
                        continue;
                    }
                }
                body_begun = true;
                sorter.line(line, &mut meeting, &mut findings);
            }
        }
    }
    // Whoever is named at a working meeting is a person of its own, member of the sheet or not.
    let mut settled = Vec::new();
    roll::settle(&mut heading.roll, &people, &mut meeting, &mut settled);
    findings.extend(settled.into_iter().filter(|f| f.kind != FindingKind::Name));
    for (clause, total, span) in std::mem::take(&mut sorter.votes) {
        findings.extend(voters(&clause, total, span, &meeting.attendance.present));
    }
    findings.extend(doubtful::check(notes, office, &meeting.attendance));
    if !sorter.untitled.clauses.is_empty() {
        let title = if meeting.items.is_empty() { "Échanges" } else { "Autres points" };
        let untitled = Item {
            title: title.to_owned(),
            treated: usize::MAX,
            ..std::mem::take(&mut sorter.untitled)
        };
        meeting.items.push(untitled);
    }
    // A subject of which every line was left out is none.
    let of_it = cut.lines.iter().filter(|l| l.under != Under::Meeting);
    let spoken: Vec<usize> = of_it.filter_map(|l| l.subject).collect();
    for anew in std::mem::take(&mut sorter.corrections) {
        let piece = Piece { text: &anew.text, span: anew.span.clone() };
        if amend::apply(&piece, &mut meeting, &mut findings) {
            continue;
        }
        if anew.sure {
            correct(&piece, &people, &mut meeting, &mut findings);
        } else {
            sorter.told_after_all(&anew, &mut meeting, &mut findings);
        }
    }
    super::blank_wrong_sums(notes, &findings, &mut meeting.items);
    let told = |item: &Item, meeting: &Meeting| {
        let inside = |span: &crate::notes::Span| item.span.contains(&span.start);
        !item.clauses.is_empty()
            || meeting.decisions.iter().any(|d| d.subject.as_ref() == Some(&item.title))
            || meeting.actions.iter().any(|a| inside(&a.span))
            || meeting.open_points.iter().any(|p| inside(&p.span))
    };
    let items = std::mem::take(&mut meeting.items);
    meeting.items =
        items.into_iter().filter(|i| !spoken.contains(&i.treated) || told(i, &meeting)).collect();
    absent_people(&meeting, &mut findings);
    // What was asked before it was settled is no doubt.
    let said: Vec<_> = cut.lines.iter().filter(|l| l.under == Under::Said).collect();
    findings.retain(|f| {
        let inside = |span: &crate::notes::Span| {
            said.iter().any(|l| l.piece.span.start < span.end && span.start < l.piece.span.end)
        };
        f.kind != FindingKind::Uncertain || !f.notes.as_ref().is_some_and(inside)
    });
    // A doubt about an action is told by what the action lacks.
    let lacking: Vec<_> = meeting
        .actions
        .iter()
        .filter(|a| a.who.is_none() || a.when.is_none())
        .map(|a| a.span.clone())
        .collect();
    findings.retain(|f| {
        let inside = |span: &crate::notes::Span| {
            lacking.iter().any(|s| s.start <= span.end && span.start <= s.end)
        };
        f.kind != FindingKind::Uncertain || !f.notes.as_ref().is_some_and(inside)
    });
    // A doubt that stands among the points left open is told there.
    findings.retain(|f| {
        let told = |span: &crate::notes::Span| {
            meeting.open_points.iter().any(|p| p.span.start <= span.end && span.start <= p.span.end)
        };
        f.kind != FindingKind::Uncertain || !f.notes.as_ref().is_some_and(told)
    });
    settle(&mut meeting, &mut findings);
    super::language::check(notes, &meeting, &mut findings);
    (meeting, findings)
}

/// A vote of more people than those who are there.
pub fn voters(
    said: &str,
    total: u32,
    span: crate::notes::Span,
    present: &[String],
) -> Option<Finding> {
    let there = u32::try_from(present.len()).unwrap_or(u32::MAX);
    (present.len() > 2 && total > there).then(|| {
        Finding::check(
            FindingKind::Vote,
            Some(span),
            format!("Vote « {said} » : {total} voix en tout pour {there} présents ; à vérifier."),
        )
    })
}

/// Applies a correction to the account and to the decisions.
fn correct(
    piece: &Piece<'_>,
    people: &People<'_>,
    meeting: &mut Meeting,
    findings: &mut Vec<Finding>,
) {
    // « lire 16 places et non 14 » says nothing of the hours.
    let of_hours =
        facts(piece.text).iter().any(|f| matches!(f.fact, crate::reading::Fact::Hour(_)));
    let kept = if of_hours {
        [None, None, None]
    } else {
        [meeting.opened.take(), meeting.closed.take(), meeting.next_meeting.take()]
    };
    // The counts of a vote are no prices: « 4 voix » stays when 4 € becomes 5 €.
    words!(RESULT, r"\s: (?:adopté|rejeté|approuvé)\b.*$");
    let result = |text: &str| RESULT.find(text).map_or(text.len(), |m| m.start());
    let results: Vec<String> = meeting
        .decisions
        .iter()
        .map(|d| d.text.get(result(&d.text)..).unwrap_or_default().to_owned())
        .collect();
    let decided = meeting
        .decisions
        .iter()
        .map(|d| d.text.get(..result(&d.text)).unwrap_or_default().to_owned())
        .collect();
    meeting
        .items
        .push(Item { title: "décisions".to_owned(), clauses: decided, ..Item::default() });
    correction::apply(piece, people, meeting, findings);
    if let Some(decided) = meeting.items.pop() {
        let told = decided.clauses.into_iter().zip(results);
        for (decision, (text, result)) in meeting.decisions.iter_mut().zip(told) {
            decision.text = text + &result;
        }
    }
    let [opened, closed, next] = kept;
    meeting.opened = meeting.opened.take().or(opened);
    meeting.closed = meeting.closed.take().or(closed);
    meeting.next_meeting = meeting.next_meeting.take().or(next);
}

/// People who are not there and whom the account quotes or names.
fn absent_people(meeting: &Meeting, findings: &mut Vec<Finding>) {
    let a = &meeting.attendance;
    for name in a.excused.iter().chain(&a.absent) {
        let mut clauses = meeting.items.iter().flat_map(|item| &item.clauses);
        // « le pré de Mme Garel » quotes nobody.
        let speaks = |clause: &&String| {
            clause.match_indices(name.as_str()).any(|(at, _)| {
                let before = clause[..at].trim_end();
                let word = before.rsplit([' ', '’', '\'']).next().unwrap_or_default();
                !["de", "d", "à", "chez", "pour", "avec", "par"].contains(&word)
            })
        };
        let cited = clauses.find(speaks);
        if let Some(clause) = cited {
            findings.push(Finding::check(
                FindingKind::AbsentSpeaker,
                None,
                format!("{name} n’était pas là : « {clause} » ne peut être qu’une position rapportée, à vérifier."),
            ));
        }
    }
}

/// What every record of a working meeting goes through: doubles, and what is missing.
pub fn settle(meeting: &mut Meeting, findings: &mut Vec<Finding>) {
    dedup(meeting);
    missing(meeting, findings);
}

/// One item for each subject.
fn subjects(cut: &cut::Cut<'_>) -> Vec<Item> {
    cut.subjects
        .iter()
        .enumerate()
        .map(|(index, subject)| {
            let lines = cut.lines.iter().filter(|l| l.subject == Some(index));
            let spans: Vec<_> = lines.map(|l| l.piece.span.clone()).collect();
            let start = spans.first().map_or(0, |s| s.start);
            Item {
                number: subject.number,
                title: title::title(&sentence_case(&subject.title)),
                treated: index,
                span: start..spans.last().map_or(start, |s| s.end),
                ..Item::default()
            }
        })
        .collect()
}

fn agenda(text: &str, meeting: &mut Meeting) {
    words!(NUMBER, r"^\d{1,2}\s*[.)/:-]*\s*");
    let one = NUMBER.is_match(text) && NUMBER.find_iter(text).count() == 1;
    let parts: Vec<&str> = if text.contains(';') {
        text.split(';').collect()
    } else if one {
        vec![text]
    } else {
        text.split([',', '/']).collect()
    };
    for part in parts {
        let entry = NUMBER.replace(part.trim(), "").trim().to_owned();
        if !entry.is_empty() {
            meeting.agenda.push(title::title(&entry));
        }
    }
}

/// The same decision or action told twice (under its subject, then in a list) is one.
fn dedup(meeting: &mut Meeting) {
    let mut decisions: Vec<Decision> = Vec::new();
    for decision in std::mem::take(&mut meeting.decisions) {
        if !decisions.iter().any(|d| same(&d.text, &decision.text)) {
            decisions.push(decision);
        }
    }
    meeting.decisions = decisions;
    let mut actions: Vec<Action> = Vec::new();
    for action in std::mem::take(&mut meeting.actions) {
        let known = actions.iter_mut().find(|a| {
            same(&a.what, &action.what)
                && (a.who.is_none() || action.who.is_none() || a.who == action.who)
        });
        match known {
            Some(known) => {
                known.who = known.who.take().or(action.who);
                known.when = known.when.take().or(action.when);
            }
            None => actions.push(action),
        }
    }
    meeting.actions = actions;
    let mut open: Vec<OpenPoint> = Vec::new();
    for point in std::mem::take(&mut meeting.open_points) {
        if !open.iter().any(|p| same(&p.text, &point.text)) {
            open.push(point);
        }
    }
    meeting.open_points = open;
}

/// Whether two texts hold the same words, case and accents apart.
fn same(a: &str, b: &str) -> bool {
    let words = |text: &str| {
        let folded = crate::reading::fold(text);
        let mut words: Vec<String> = folded
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.len() > 2)
            .map(str::to_owned)
            .collect();
        words.sort();
        words
    };
    words(a) == words(b)
}

/// One finding for each kind of thing that has to be filled in.
fn missing(meeting: &Meeting, findings: &mut Vec<Finding>) {
    let undated: Vec<&Action> =
        meeting.actions.iter().filter(|a| a.who.is_some() && a.when.is_none()).collect();
    if let [first, _, ..] = undated.as_slice() {
        let told = undated
            .iter()
            .map(|a| format!("« {} » ({})", a.what, a.who.as_deref().unwrap_or_default()));
        findings.push(Finding::check(
            FindingKind::Missing,
            Some(first.span.clone()),
            format!(
                "{} actions sans échéance dans les notes, à compléter : {}.",
                undated.len(),
                told.collect::<Vec<_>>().join(" ; ")
            ),
        ));
    }
    for action in &meeting.actions {
        let lacks = match (&action.who, &action.when) {
            (None, None) => "ni qui ni pour quand",
            (None, Some(_)) => "pas qui s’en charge",
            (Some(_), None) if undated.len() < 2 => "pas pour quand",
            (Some(_), _) => continue,
        };
        findings.push(Finding::check(
            FindingKind::Missing,
            Some(action.span.clone()),
            format!(
                "Action « {} »{} : les notes ne disent {lacks}, à compléter.",
                action.what,
                action.who.as_ref().map_or(String::new(), |who| format!(" ({who})"))
            ),
        ));
    }
    let table = [
        (meeting.date.is_none(), "la date de la réunion"),
        (
            meeting.attendance.present.is_empty() && meeting.attendance.present_count.is_none(),
            "les présents",
        ),
    ];
    for (absent, what) in table {
        if absent {
            findings.push(Finding::check(
                FindingKind::Missing,
                None,
                format!("Les notes ne donnent pas {what} : à compléter dans le document."),
            ));
        }
    }
}

/// What stands where the notes do not say who or when.
pub fn or_blank(value: Option<&String>, what: &str) -> String {
    value.cloned().unwrap_or_else(|| blank(what))
}

#[cfg(test)]
mod odd;
#[cfg(test)]
mod tests;
