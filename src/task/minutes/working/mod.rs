//! Working meetings (board, commission, team): what was said, decided, given to do, left open.
//!
//! Lines are placed under their subject ([`cut`]), cut into clauses, and each clause goes to one
//! place: a decision ([`signs`]), an action ([`action`]), a point left open, or the account of its
//! subject. What is not said to be decided stays undecided; a person or a date that the notes do
//! not give is a blank to fill and a finding.

pub mod action;
pub mod cut;
pub mod deadline;
pub mod signs;
pub mod template;
pub mod verb;

use self::action::Found;
use self::cut::{Placed, Under};
use self::signs::Sign;
use super::items::{self, Reader};
use super::record::{Action, Decision, Item, Kind, Meeting, OpenPoint};
use super::structure::Piece;
use super::{header, vote};
use crate::finding::{Finding, FindingKind};
use crate::ground::arithmetic;
use crate::notes::Notes;
use crate::office::{Membre, Office};
use crate::reading::name::{Resolution, Roster, candidate_names};
use crate::reading::remark::{self, Remark};
use crate::reading::{facts, words};
use crate::task::aside;
use crate::task::prose::by_rule;
use crate::task::wording::{blank, capital};

/// Reads the notes of a working meeting into its record; no model.
pub fn read(notes: &Notes, office: &Office) -> (Meeting, Vec<Finding>) {
    let mut findings = arithmetic::check(notes, office);
    let mut meeting = Meeting::empty(Kind::Working);
    let dated = header::date(notes);
    meeting.date = dated.as_ref().map(|(date, _)| date.to_french());
    meeting.body.clone_from(&office.organisme.nom);
    let members = everyone(notes, office);
    let roster = Roster::new(&members);
    let is_person = |text: &str| names_person(text, &roster);
    let cut = cut::cut(notes, &|text| names_person(text, &roster));
    let mut heading = header::Header {
        office,
        roster: &roster,
        date: dated.as_ref().map(|(date, _)| *date),
        first_number: None,
    };
    let reader = Reader { office, roster: &roster, date: arithmetic::main_date(notes) };
    meeting.items = subjects(&cut);
    let mut sorter = Sorter { reader: &reader, person: &is_person, untitled: Item::default() };
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
                    && heading.read(index, &line.piece, &mut meeting, &mut Vec::new())
                {
                    continue;
                }
                body_begun = true;
                sorter.line(line, &mut meeting, &mut findings);
            }
        }
    }
    if !sorter.untitled.clauses.is_empty() {
        let title = if meeting.items.is_empty() { "Échanges" } else { "Autres points" };
        let untitled = Item { title: title.to_owned(), ..sorter.untitled };
        meeting.items.push(untitled);
    }
    settle(&mut meeting, &mut findings);
    (meeting, findings)
}

/// What every record of a working meeting goes through: doubles, and what is missing.
pub fn settle(meeting: &mut Meeting, findings: &mut Vec<Finding>) {
    dedup(meeting);
    missing(meeting, findings);
}

/// Members of the sheet, and the people whom the notes list as present or not.
fn everyone(notes: &Notes, office: &Office) -> Vec<Membre> {
    let mut members = office.conseil.membres.clone();
    let listed = Roster::new(&members);
    let mut attendance = super::record::Attendance::default();
    for line in notes.lines() {
        let text = as_attendance(line.text.trim());
        let piece = Piece { text: &text, span: line.span() };
        if cut::about_meeting(&text) {
            super::attendance::read(&piece, &listed, &mut attendance, &mut Vec::new());
        }
    }
    for member in attendance.members() {
        let name = bare_name(&member.nom);
        if !name.is_empty() && !members.iter().any(|m| m.nom == name) {
            members.push(Membre { nom: name, ..Membre::default() });
        }
    }
    members
}

/// « Participants : », « étaient là : » as the attendance reader knows them.
pub fn as_attendance(text: &str) -> String {
    words!(ALSO, r"(?i)^(?:-\s*)?(?:participants?(?:\s+pr[ée]sents?)?|participantes|[ée]taient\s+l[àa]|l[àa])\s*:");
    ALSO.replace(text, "présents :").into_owned()
}

/// A name without what brackets say of it: « Paul (trésorier) ».
fn bare_name(name: &str) -> String {
    name.split('(').next().unwrap_or(name).trim().to_owned()
}

/// Whether a few words name one or several people: members, people of the attendance, otherwise
/// capitalised words that are no common word.
fn names_person(text: &str, roster: &Roster) -> bool {
    words!(AND, r"\s*(?:,|/|&|\+|\bet\b)\s*");
    let text = text.trim().trim_end_matches('.').trim();
    if text.is_empty() || text.chars().any(|c| c.is_ascii_digit()) {
        return false;
    }
    AND.split(text).all(|part| {
        let part = part.trim();
        matches!(part.to_lowercase().as_str(), "moi" | "je")
            || matches!(roster.resolve(part), Resolution::Known(_))
            || (roster.names().is_empty() && looks_named(part))
            || (part.split_whitespace().count() >= 2 && looks_named(part))
            || (looks_named(part) && GIVEN_NAMES.contains(&crate::reading::fold(part).as_str()))
    })
}

/// Capitalised words, none of them common.
fn looks_named(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let civil = words.first().is_some_and(|w| {
        ["M.", "M", "Mr", "Mme", "Mlle", "Monsieur", "Madame"].contains(w)
    });
    (1..=4).contains(&words.len())
        && (civil || words.iter().all(|w| w.starts_with(char::is_uppercase)))
        && candidate_names(text).first().is_some_and(|s| s.start == 0 && s.end + 2 >= text.len())
        && words.iter().any(|w| w.chars().any(char::is_lowercase))
}

static GIVEN_NAMES: std::sync::LazyLock<Vec<&'static str>> =
    std::sync::LazyLock::new(|| include_str!("given_names.txt").split_whitespace().collect());

/// Whether the word is a first name that many people bear.
pub fn is_given_name(word: &str) -> bool {
    GIVEN_NAMES.contains(&crate::reading::fold(word).as_str())
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
                title: items::title(&sentence_case(&subject.title)),
                treated: index,
                span: start..spans.last().map_or(start, |s| s.end),
                ..Item::default()
            }
        })
        .collect()
}

/// A title typed in capitals in small letters: « BUVETTE DU 14 » is « Buvette du 14 ».
fn sentence_case(title: &str) -> String {
    let shouted = !title.chars().any(char::is_lowercase)
        && title.chars().filter(|c| c.is_alphabetic()).count() > 4;
    if shouted { capital(&title.to_lowercase()) } else { title.to_owned() }
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
        let title = NUMBER.replace(part.trim(), "").trim().to_owned();
        if !title.is_empty() {
            meeting.agenda.push(items::title(&title));
        }
    }
}

/// A line about the meeting itself.
fn about(
    line: &Placed<'_>,
    heading: &mut header::Header<'_>,
    meeting: &mut Meeting,
    findings: &mut Vec<Finding>,
    index: usize,
    sorter: &mut Sorter<'_>,
) {
    words!(AGAIN, r"(?i)^(?:(?:on\s+se\s+(?:revoit|retrouve)|(?:re)?rdv|prochaine\s+fois)\s*:?\s*(?:le\s+)?)(?P<rest>.+)$");
    let text = as_attendance(line.piece.text);
    let text = match AGAIN.captures(&text) {
        Some(found) if !facts(&text).is_empty() => format!("prochaine réunion {}", &found["rest"]),
        _ => text,
    };
    let piece = Piece { text: &text, span: line.piece.span.clone() };
    let index = if line.first { 0 } else { index.max(1) };
    let mut unknown = Vec::new();
    let read = heading.read(index, &piece, meeting, &mut unknown);
    if line.first {
        meeting.body.clone_from(&heading.office.organisme.nom);
        meeting.label = label(line.piece.text);
        return;
    }
    findings.extend(unknown.into_iter().filter(|f| f.kind != FindingKind::Name));
    if !read {
        sorter.line(&Placed { under: Under::Subject, ..line.clone() }, meeting, findings);
    }
}

/// What kind of meeting the first line announces: « Réunion du bureau », « Commission voirie ».
pub fn label(first: &str) -> Option<String> {
    words!(LEAD, r"(?i)^(?:#+\s*)?(?:(?:notes?|cr|compte[- ]?rendu|pv|prise\s+de\s+notes)\b\s*(?:de\s+(?:la\s+)?|du\s+|d['’])?[:–-]?\s*)+");
    words!(TAIL, r"(?i)(?:[\s,–-]|\b(?:du|le|de|des|la|au|à|en|a)\b|\b(?:lundi|lun|mardi|mar|mercredi|mer|jeudi|jeu|vendredi|ven|samedi|sam|dimanche|dim)\b\.?)+$");
    let rest = LEAD.replace(first.trim(), "");
    let end = facts(&rest).first().map_or(rest.len(), |f| f.span.start);
    let end = end.min(rest.find(['(', ';', '–', ':']).unwrap_or(rest.len()));
    let end = end.min(rest.find(" - ").unwrap_or(rest.len()));
    let name = TAIL.replace(rest.get(..end)?, "");
    let name = name.trim().trim_matches([',', '.', '-', '#', '*']).trim();
    let words = name.split_whitespace().count();
    if words == 0 || words > 9 {
        return None;
    }
    let name = crate::reading::abbreviation::spell_out(&sentence_case(name));
    let name = name.strip_prefix("réu ").map_or(name.clone(), |rest| format!("réunion {rest}"));
    let name = if name.to_lowercase() == "réu" { "Réunion".to_owned() } else { name };
    Some(capital(&name))
}

/// Puts each clause in its one place.
struct Sorter<'a> {
    reader: &'a Reader<'a>,
    person: &'a dyn Fn(&str) -> bool,
    /// What stands under no subject.
    untitled: Item,
}

impl Sorter<'_> {
    fn line(&mut self, line: &Placed<'_>, meeting: &mut Meeting, findings: &mut Vec<Finding>) {
        let piece = &line.piece;
        let before = self.item(line, meeting).clauses.len();
        match line.under {
            Under::Actions => {
                if let Some(text) = self.cleaned(piece.text, piece, findings) {
                    let found = action::listed(&text, self.person);
                    self.act(found, piece, meeting, findings);
                }
                return;
            }
            Under::Decisions => return self.decided(line, meeting, findings),
            Under::Open => {
                if let Some(text) = self.cleaned(piece.text, piece, findings) {
                    self.open(&text, piece, meeting);
                }
                return;
            }
            _ => {}
        }
        let mut text = piece.text.to_owned();
        if let Some((vote, span)) = vote::find(&text, self.reader.roster)
            && (vote.unanimous || vote.total() > 1)
        {
            text = vote::without(&text, &span);
            let subject = self.item(line, meeting).title.clone();
            let about = if text.trim().is_empty() { subject } else { text.clone() };
            let about = self.cleaned(&about, piece, findings).unwrap_or_default();
            let result = super::template::formula(Kind::Working, &vote);
            let text = format!("{} : {result}", capital(about.trim_end_matches(['.', ' ', ':'])));
            let subject = self.title(line, meeting);
            meeting.decisions.push(Decision { text, subject, span: piece.span.clone() });
            return;
        }
        let mut clauses: Vec<String> = Vec::new();
        for clause in items::clauses(&text) {
            // « réserver le camion. Qui ? » is one action.
            let asks_who = clause.to_lowercase().starts_with("qui ?")
                || clause.to_lowercase().trim_end_matches([' ', '?']) == "qui";
            match clauses.last_mut() {
                Some(last) if asks_who => last.push_str(&format!(" — {clause}")),
                _ => clauses.push(clause.to_owned()),
            }
        }
        for clause in clauses {
            let clause = clause.replace(" — ", ". ");
            self.clause(&clause, line, meeting, findings);
        }
        debug_assert!(self.item(line, meeting).clauses.len() >= before);
    }

    fn clause(
        &mut self,
        clause: &str,
        line: &Placed<'_>,
        meeting: &mut Meeting,
        findings: &mut Vec<Finding>,
    ) {
        let piece = &line.piece;
        let Some(text) = self.cleaned(clause, piece, findings) else { return };
        if let Some(found) = action::read(&text, self.person) {
            return self.act(found, piece, meeting, findings);
        }
        // « Paul : ok pour le 12 » is what Paul says.
        let said = text.split_once(':').is_some_and(|(who, _)| (self.person)(who.trim()));
        match signs::read(&text) {
            Sign::Decision(decision) if !said => {
                let subject = self.title(line, meeting);
                let text = by_rule(&decision);
                meeting.decisions.push(Decision { text, subject, span: piece.span.clone() });
            }
            Sign::Open if !said || text.trim_end().ends_with('?') || !signs::wishes(&text) => {
                self.open(&text, piece, meeting);
            }
            _ => self.item_mut(line, meeting).clauses.push(text),
        }
    }

    /// A line under « Décisions »: decided, unless its own words say that it is not.
    fn decided(&self, line: &Placed<'_>, meeting: &mut Meeting, findings: &mut Vec<Finding>) {
        let piece = &line.piece;
        let Some(text) = self.cleaned(piece.text, piece, findings) else { return };
        if signs::wishes(&text) || (signs::read(&text) == Sign::Open && text.ends_with('?')) {
            return self.open(&text, piece, meeting);
        }
        let decision = match signs::read(&text) {
            Sign::Decision(decision) => decision,
            _ => text,
        };
        let subject = self.title(line, meeting);
        meeting.decisions.push(Decision {
            text: by_rule(&decision),
            subject,
            span: piece.span.clone(),
        });
    }

    fn open(&self, text: &str, piece: &Piece<'_>, meeting: &mut Meeting) {
        let text = by_rule(text);
        meeting.open_points.push(OpenPoint { text, span: piece.span.clone() });
    }

    fn act(
        &self,
        found: Found,
        piece: &Piece<'_>,
        meeting: &mut Meeting,
        findings: &mut Vec<Finding>,
    ) {
        let first_person = |who: &String| matches!(who.to_lowercase().as_str(), "moi" | "je");
        let who = match found.who {
            Some(who) if first_person(&who) => {
                if meeting.secretary.is_none() {
                    findings.push(Finding::check(
                        FindingKind::Name,
                        Some(piece.span.clone()),
                        format!("Action « {} » : les notes disent « {who} » sans dire qui les prend.", found.what),
                    ));
                }
                meeting.secretary.clone()
            }
            Some(who) => Some(self.reader.with_names(&who)),
            None => None,
        };
        let what = crate::task::wording::clean(&found.what);
        meeting.actions.push(Action { who, what, when: found.when, span: piece.span.clone() });
    }

    /// The clause as the document may carry it; nothing when it is a private remark.
    fn cleaned(
        &self,
        clause: &str,
        piece: &Piece<'_>,
        findings: &mut Vec<Finding>,
    ) -> Option<String> {
        let instruction = remark::classify(clause)
            .filter(|r| matches!(r, Remark::Instruction | Remark::Internal));
        if let Some(remark) = instruction {
            findings.push(aside::finding(remark, clause, piece.span.clone()));
            return None;
        }
        let mut scratch = Item::default();
        self.reader.clause(clause, piece, &mut scratch, findings);
        scratch.clauses.pop().filter(|text| text.chars().any(char::is_alphanumeric))
    }

    fn title(&self, line: &Placed<'_>, meeting: &Meeting) -> Option<String> {
        line.subject.and_then(|at| meeting.items.get(at)).map(|item| item.title.clone())
    }

    fn item<'i>(&'i self, line: &Placed<'_>, meeting: &'i Meeting) -> &'i Item {
        line.subject.and_then(|at| meeting.items.get(at)).unwrap_or(&self.untitled)
    }

    fn item_mut<'i>(&'i mut self, line: &Placed<'_>, meeting: &'i mut Meeting) -> &'i mut Item {
        line.subject.and_then(|at| meeting.items.get_mut(at)).unwrap_or(&mut self.untitled)
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
    for action in &meeting.actions {
        let lacks = match (&action.who, &action.when) {
            (None, None) => "ni qui ni pour quand",
            (None, Some(_)) => "pas qui s’en charge",
            (Some(_), None) => "pas pour quand",
            (Some(_), Some(_)) => continue,
        };
        findings.push(Finding::check(
            FindingKind::Missing,
            Some(action.span.clone()),
            format!("Action « {} » : les notes ne disent {lacks}, à compléter.", action.what),
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
mod tests;
