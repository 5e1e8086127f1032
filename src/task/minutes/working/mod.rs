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
mod sums;
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
use crate::reading::remark::{self, Questions, Remark};
use crate::reading::{facts, words};
use crate::task::aside;
use crate::task::prose::by_rule;
use crate::task::wording::{blank, capital};

/// Reads the notes of a working meeting into its record; no model.
pub fn read(notes: &Notes, office: &Office) -> (Meeting, Vec<Finding>) {
    let mut findings = arithmetic::check(notes, office);
    aside::add_computed(&mut findings, sums::check(notes));
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
    let mut sorter = Sorter {
        reader: &reader,
        person: &is_person,
        untitled: Item::default(),
        corrections: Vec::new(),
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
        let untitled = Item {
            title: title.to_owned(),
            treated: usize::MAX,
            ..std::mem::take(&mut sorter.untitled)
        };
        meeting.items.push(untitled);
    }
    // A subject of which every line was left out is none.
    let spoken: Vec<usize> = cut.lines.iter().filter_map(|l| l.subject).collect();
    for (text, span) in sorter.corrections {
        correct(&Piece { text: &text, span }, &mut meeting, &mut findings);
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
    // A doubt about an action is told by what the action lacks.
    let lacking: Vec<_> = meeting
        .actions
        .iter()
        .filter(|a| a.who.is_none() || a.when.is_none())
        .map(|a| a.span.clone())
        .collect();
    findings.retain(|f| {
        let inside = |span: &crate::notes::Span| lacking.iter().any(|s| s.contains(&span.start));
        f.kind != FindingKind::Uncertain || !f.notes.as_ref().is_some_and(inside)
    });
    settle(&mut meeting, &mut findings);
    (meeting, findings)
}

/// Applies a correction to the account and to the decisions.
fn correct(piece: &Piece<'_>, meeting: &mut Meeting, findings: &mut Vec<Finding>) {
    // « lire 16 places et non 14 » says nothing of the hours.
    let of_hours =
        facts(piece.text).iter().any(|f| matches!(f.fact, crate::reading::Fact::Hour(_)));
    let kept = if of_hours {
        [None, None, None]
    } else {
        [meeting.opened.take(), meeting.closed.take(), meeting.next_meeting.take()]
    };
    let decided = meeting.decisions.iter().map(|d| d.text.clone()).collect();
    meeting
        .items
        .push(Item { title: "décisions".to_owned(), clauses: decided, ..Item::default() });
    items::correct(piece, meeting, findings);
    if let Some(decided) = meeting.items.pop() {
        for (decision, text) in meeting.decisions.iter_mut().zip(decided.clauses) {
            decision.text = text;
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
        let cited = clauses.find(|clause| clause.contains(name.as_str()));
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
    words!(
        ALSO,
        r"(?i)^(?:-\s*)?(?:participants?(?:\s+pr[ée]sents?)?|participantes|[ée]taient\s+l[àa]|l[àa])\s*:"
    );
    words!(MISSING, r"(?i)^pas\s+(?:l[àa]|venue?s?)\s*:");
    words!(ME, r"(?i)\bmoi\s*(?:=|:|\()\s*(?P<name>\p{Lu}[^,;/()]*)\)?");
    words!(ROLES, r"(?i)\s*\((?:anim|pr[ée]sid|secr[ée]?t|tr[ée]s)[^()]*\)");
    let text = ALSO.replace(text, "présents :");
    let excused = crate::reading::fold(&text).contains("excus");
    let text = MISSING.replace(&text, if excused { "excusés :" } else { "absents :" });
    let text = ME.replace_all(&text, "$name");
    if cut::about_meeting(&text) {
        ROLES.replace_all(&text, "").into_owned()
    } else {
        text.into_owned()
    }
}

/// Who « moi » is, and who leads the meeting, where the list of those present says so.
fn roles(text: &str, roster: &Roster, meeting: &mut Meeting) {
    words!(ME, r"(?i)\bmoi\s*(?:=|:|\()\s*(?P<name>\p{Lu}[^,;/()]*)");
    words!(LEADS, r"(?P<name>\p{Lu}[^,;/():]*?)\s*\((?i:anim\w*\.?|pr[ée]side)\)");
    let named = |found: &regex::Captures<'_>| {
        super::attendance::person(found.name("name")?.as_str(), roster)
    };
    if meeting.secretary.is_none() {
        meeting.secretary = ME.captures(text).and_then(|f| named(&f));
    }
    if meeting.chair.is_none() {
        meeting.chair = LEADS.captures(text).and_then(|f| named(&f));
    }
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
            || by_initials(part, roster.names()).is_some()
            || matches!(roster.resolve(part), Resolution::Known(_))
            || (roster.names().is_empty() && looks_named(part))
            || (part.split_whitespace().count() >= 2 && looks_named(part))
            || (looks_named(part) && GIVEN_NAMES.contains(&crate::reading::fold(part).as_str()))
    })
}

/// The person whose initials these are, when they are those of one person only.
fn by_initials<'n>(letters: &str, names: &'n [String]) -> Option<&'n String> {
    let count = letters.chars().count();
    if !(2..=3).contains(&count) || !letters.chars().all(char::is_uppercase) {
        return None;
    }
    let initials = |name: &str| -> String {
        name.split([' ', '-'])
            .filter_map(|word| word.chars().next())
            .filter(|c| c.is_uppercase())
            .collect()
    };
    let mut named = names.iter().filter(|name| initials(name) == letters);
    let first = named.next()?;
    named.next().is_none().then_some(first)
}

/// The text with initials of people written out.
fn with_initials(text: &str, names: &[String]) -> String {
    words!(LETTERS, r"\b\p{Lu}{2,3}\b");
    if !text.chars().any(char::is_lowercase) && text.split_whitespace().count() > 2 {
        return text.to_owned();
    }
    LETTERS
        .replace_all(text, |found: &regex::Captures<'_>| {
            by_initials(&found[0], names).map_or_else(|| found[0].to_owned(), Clone::clone)
        })
        .into_owned()
}

/// Capitalised words, none of them common.
fn looks_named(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let civil = words
        .first()
        .is_some_and(|w| ["M.", "M", "Mr", "Mme", "Mlle", "Monsieur", "Madame"].contains(w));
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
    words!(
        AGAIN,
        r"(?i)^(?:(?:on\s+se\s+(?:revoit|retrouve)|(?:re)?rdv|prochaine\s+fois)\s*:?\s*(?:le\s+)?)(?P<rest>.+)$"
    );
    words!(HOURS, r"(\d\s*h\s*\d*)\s*(?:-{1,2}>|→|=>|/)\s*(\d)");
    words!(REMOTE, r"(?i)\b(?:chez\s+\p{Lu}\p{L}+|(?:en\s+)?visio\w*)");
    roles(line.piece.text, heading.roster, meeting);
    let text = HOURS.replace_all(&as_attendance(line.piece.text), "$1 - $2").into_owned();
    let text = match AGAIN.captures(&text) {
        Some(found) if !facts(&text).is_empty() => format!("prochaine réunion {}", &found["rest"]),
        _ => text,
    };
    if meeting.place.is_none() && index < 4 && !text.to_lowercase().starts_with("proch") {
        meeting.place = REMOTE
            .find(&text)
            .map(|m| m.as_str().replace("visio", "en visio").replace("en en ", "en "));
    }
    let text = if line.first { after_label(&text) } else { text };
    let piece = Piece { text: &text, span: line.piece.span.clone() };
    let index = if line.first { 0 } else { index.max(1) };
    let mut unknown = Vec::new();
    let read = heading.read(index, &piece, meeting, &mut unknown);
    if let Some(name) =
        meeting.secretary.as_ref().and_then(|s| by_initials(s, heading.roster.names()))
    {
        meeting.secretary = Some(name.clone());
    }
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

/// The first line without the name of the meeting, which is neither a place nor a body.
fn after_label(first: &str) -> String {
    let end = facts(first).first().map_or(first.len(), |f| f.span.start);
    let rest = first.get(end..).unwrap_or("");
    format!("réunion {rest}")
}

/// What kind of meeting the first line announces: « Réunion du bureau », « Commission voirie ».
pub fn label(first: &str) -> Option<String> {
    words!(
        LEAD,
        r"(?i)^(?:#+\s*)?(?:(?:notes?|cr|compte[- ]?rendu|pv|prise\s+de\s+notes)\b\s*(?:de\s+(?:la\s+)?|du\s+|d['’])?[:–-]?\s*)+"
    );
    words!(
        TAIL,
        r"(?i)(?:[\s,–-]|\b(?:du|le|de|des|la|au|à|en|a)\b|\b(?:lundi|lun|mardi|mar|mercredi|mer|jeudi|jeu|vendredi|ven|samedi|sam|dimanche|dim)\b\.?)+$"
    );
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
    /// Lines that correct others.
    corrections: Vec<(String, crate::notes::Span)>,
}

words!(
    CORRECTS,
    r"(?i)\bcorrig\w*|\brectif\w*|\berratum\b|\bcorrections?\b|\blire\s+[^.;]*\d[^.;]*\b(?:et\s+non|au\s+lieu)|^\s*!!"
);
words!(
    AGREES,
    r"(?i)^(?:tout\s+le\s+monde|tous|ok|d['’]accord|valid[ée]e?|adopt[ée]e?|vot[ée]e?|accord|c['’]est\s+(?:bon|ok|valid[ée]))\b"
);

fn small(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |f| f.to_lowercase().collect::<String>() + letters.as_str())
}

impl Sorter<'_> {
    fn line(&mut self, line: &Placed<'_>, meeting: &mut Meeting, findings: &mut Vec<Finding>) {
        let piece = &line.piece;
        if remark::holds(piece.text, Remark::Private) {
            let sifted = remark::sift(piece.text, Questions::Content);
            for (remark, text) in &sifted.dropped {
                findings.push(aside::finding(*remark, text, piece.span.clone()));
            }
            if sifted.kept.trim().is_empty() {
                return;
            }
        }
        if CORRECTS.is_match(piece.text) && piece.text.chars().any(|c| c.is_ascii_digit()) {
            self.corrections
                .push((with_initials(piece.text, self.reader.roster.names()), piece.span.clone()));
            return;
        }
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
                    self.open(&text, line, meeting);
                }
                return;
            }
            _ => {}
        }
        words!(PER, r"(?i)(\p{L})\s/\s(jour|semaine|mois|an|heure|personne|enfant|foyer|m²)\b");
        let text = PER.replace_all(piece.text, "$1 par $2").into_owned();
        let mut clauses: Vec<String> = Vec::new();
        for clause in items::clauses(&text) {
            // « réserver le camion. Qui ? » is one action.
            let asks_who = clause.to_lowercase().starts_with("qui ?")
                || clause.to_lowercase().trim_end_matches([' ', '?']) == "qui";
            match clauses.last_mut() {
                Some(last) if asks_who => last.push_str(&format!(". {clause}")),
                _ => clauses.push(clause.to_owned()),
            }
        }
        for (at, clause) in clauses.iter().enumerate() {
            if !self.ballot(clause, line, meeting, findings) {
                let before = at.checked_sub(1).and_then(|at| clauses.get(at));
                self.clause(clause, before, line, meeting, findings);
            }
        }
    }

    /// A clause that tells a vote: what is voted, with its counts.
    fn ballot(
        &self,
        clause: &str,
        line: &Placed<'_>,
        meeting: &mut Meeting,
        findings: &mut Vec<Finding>,
    ) -> bool {
        let piece = &line.piece;
        let Some((vote, span)) = vote::find(clause, self.reader.roster) else { return false };
        if !vote.unanimous && vote.total() < 2 {
            return false;
        }
        let rest = vote::without(clause, &span);
        let subject = self.title(line, meeting);
        let about = if rest.trim().is_empty() { subject.clone().unwrap_or_default() } else { rest };
        let about = self.cleaned(&about, piece, findings).unwrap_or_default();
        let about = capital(about.trim_end_matches(['.', ' ', ':', ',']));
        let result = super::template::formula(Kind::Working, &vote);
        let text = if about.to_lowercase().contains("avis") {
            let counts =
                result.trim_end_matches('.').replace("adopté par ", "").replace("adopté ", "");
            format!("{about} ({counts}).")
        } else {
            format!("{about} : {result}")
        };
        meeting.decisions.push(Decision { text, subject, span: piece.span.clone() });
        true
    }

    fn clause(
        &mut self,
        clause: &str,
        before: Option<&String>,
        line: &Placed<'_>,
        meeting: &mut Meeting,
        findings: &mut Vec<Finding>,
    ) {
        let piece = &line.piece;
        let Some(text) = self.cleaned(clause, piece, findings) else { return };
        if let Some(mut found) = action::read(&text, self.person) {
            let points =
                ["le ", "la ", "les ", "l’", "en "].iter().any(|p| found.what.starts_with(p));
            if let Some(before) = before.filter(|_| points) {
                found.what.push_str(&format!(" (« {} »)", before.trim()));
            }
            return self.act(found, piece, meeting, findings);
        }
        // « Paul : ok pour le 12 » is what Paul says.
        let said = text.split_once(':').is_some_and(|(who, _)| (self.person)(who.trim()));
        match signs::read(&text) {
            Sign::Decision(decision) if !said => {
                // « 12 séances à 35 €. Tout le monde est d'accord »: what is agreed stands before.
                let agrees = AGREES.is_match(&decision) && facts(&decision).is_empty();
                let object = if agrees && before.is_some() {
                    self.item_mut(line, meeting).clauses.pop()
                } else {
                    None
                };
                let decision = match object {
                    Some(object) => {
                        format!("{} : {}", object.trim_end_matches('.'), small(&decision))
                    }
                    None => decision,
                };
                let subject = self.title(line, meeting);
                let text = by_rule(&decision);
                meeting.decisions.push(Decision { text, subject, span: piece.span.clone() });
            }
            Sign::Open
                if signs::unsettled(&text)
                    || !said
                    || text.trim_end().ends_with('?')
                    || !signs::wishes(&text) =>
            {
                self.open(&text, line, meeting);
            }
            _ => self.item_mut(line, meeting).clauses.push(text),
        }
    }

    /// A line under « Décisions »: decided, unless its own words say that it is not.
    fn decided(&self, line: &Placed<'_>, meeting: &mut Meeting, findings: &mut Vec<Finding>) {
        let piece = &line.piece;
        let Some(text) = self.cleaned(piece.text, piece, findings) else { return };
        if signs::wishes(&text) || (signs::read(&text) == Sign::Open && text.ends_with('?')) {
            return self.open(&text, line, meeting);
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

    fn open(&self, text: &str, line: &Placed<'_>, meeting: &mut Meeting) {
        let subject = self.title(line, meeting);
        let span = line.piece.span.clone();
        meeting.open_points.push(OpenPoint { text: by_rule(text), subject, span });
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
                        format!(
                            "Action « {} » : les notes disent « {who} » sans dire qui les prend.",
                            found.what
                        ),
                    ));
                }
                meeting.secretary.clone()
            }
            Some(who) => Some(self.reader.with_names(&who)),
            None => None,
        };
        let who = who.map(|who| who.replace(" + ", " et ").replace(" & ", " et "));
        let mut what = crate::task::wording::clean(&found.what);
        // « Paul rédige → 8 mars »: what he writes is the subject.
        let title = meeting.items.iter().find(|i| i.span.contains(&piece.span.start));
        if let Some(item) = title.filter(|_| !what.contains(' ') && verb::is_infinitive(&what)) {
            what.push_str(&format!(" ({})", small(&item.title)));
        }
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
        let clause = with_initials(clause, self.reader.roster.names());
        self.reader.clause(&clause, piece, &mut scratch, findings);
        // « M. Guivarel » listed with a civility or an initial is not doubled.
        let clause = scratch.clauses.pop().map(|text| text.replace("M. M. ", "M. "));
        clause.filter(|text| text.chars().any(char::is_alphanumeric))
    }

    fn title(&self, line: &Placed<'_>, meeting: &Meeting) -> Option<String> {
        line.subject.and_then(|at| meeting.items.get(at)).map(|item| item.title.clone())
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
mod tests;
