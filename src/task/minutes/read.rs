//! Notes into a checked record; no model.

use std::sync::LazyLock;

use regex::Regex;

use super::items::{self, Reader};
use super::numbering::number_deliberations;
use super::people::People;
use super::record::{Item, Kind, Meeting, When};
use super::structure::{self, Entry, Piece, Structure};
use super::unclassified::{about_hour, told, unclassified};
use super::wrong_sums::blank_wrong_sums;
use super::{
    attendance, checks, clauses, correction, header, language, missing, output, roll, several,
    working,
};
use crate::finding::{Finding, FindingKind};
use crate::ground::arithmetic;
use crate::notes::Notes;
use crate::office::Office;
use crate::reading::fold;
use crate::reading::gossip::Sure;
use crate::reading::name::Roster;
use crate::reading::{Fact, PartialDate, cardinal, facts, pattern};
use crate::task::prose::by_rule;

/// Reads the notes into a checked record; no model.
pub fn read(notes: &Notes, office: &Office, kind: Kind) -> (Meeting, Vec<Finding>) {
    if kind == Kind::Working {
        return working::read(notes, office);
    }
    let mut findings = Vec::new();
    let first = several::first(notes, &mut findings);
    let notes = first.as_ref().unwrap_or(notes);
    findings.extend(arithmetic::check(notes, office));
    let roster = Roster::new(&office.conseil.membres).with_habits_of(notes.text());
    let dated = header::date(notes).map(|(date, _)| date);
    let mut meeting = of_the_office(office, kind);
    meeting.date = dated.as_ref().map(PartialDate::to_french);
    let structure = structure::cut(notes);
    let mut reader = header::Header::new(office, &roster, dated, notes);
    let corrections = read_header(&structure, &mut reader, &mut meeting, &mut findings);
    other_members(office, &meeting, &mut findings);
    let first_number = reader.first_number.take();
    let header::Header { people, mut roll, board, .. } = reader;
    let mayor = roll.mayor.take();
    roll::settle(&mut roll, &people, &mut meeting, &mut findings);
    presided_by_office(mayor, board, &mut meeting, &mut findings);
    let called = std::mem::take(&mut roll.called);
    if kind == Kind::Council && meeting.chair.is_none() {
        meeting.chair.clone_from(&office.conseil.maire);
    }
    let foreign = !office.conseil.membres.is_empty() && roll::foreign(&roll);
    if foreign {
        roll::set_apart(&people, &mut meeting, &mut findings);
        let first = structure.header.first().and_then(|piece| header::body(piece.text));
        meeting.body = meeting.body.take().or(first);
    } else {
        roll::unknown_one_by_one(&roll, &people, &mut findings);
    }
    if own_members(office, foreign) {
        unknown_secretary(&people, &meeting, &mut findings);
    }
    let me = roll.me.clone().or(people.me).or_else(|| meeting.secretary.clone());
    // Without a sheet of these members they are those that the attendance names.
    let listed = meeting.attendance.members();
    let members = if own_members(office, foreign) { &office.conseil.membres } else { &listed };
    let roster = Roster::new(members).with_habits_of(notes.text());
    let small_letters = header::in_small_letters(notes);
    let people = People { me, small_letters, ..People::new(&roster, office) };
    let elsewhere = arithmetic::of_another_body(notes);
    let chair = meeting.chair.clone().filter(|_| kind == Kind::Council);
    let item_reader = Reader {
        office,
        roster: &roster,
        people: &people,
        elsewhere: &elsewhere,
        mayor: office.conseil.maire.as_ref().or(chair.as_ref()),
        date: arithmetic::main_date(notes),
        sure: Sure::MINUTES,
    };
    let mut moves = Vec::new();
    meeting.items = items::read(&structure, &item_reader, &mut moves, &mut findings);
    one_miscellany(&mut meeting.items);
    discharge_apart(&mut meeting.items);
    for movement in moves {
        attendance::push(movement, &mut meeting.attendance);
    }
    roll::late_ones(&roll, &mut meeting.attendance);
    left_after(&mut meeting);
    named_in_full(&called, &mut meeting.items);
    by_statutes(notes, office, &mut meeting);
    late_notice(notes, &meeting, &mut findings);
    meeting.agenda = agenda_titles(&structure, &meeting.items);
    for piece in corrections {
        correction::apply(piece, &people, &mut meeting, &mut findings);
    }
    blank_wrong_sums(notes, &findings, &mut meeting.items);
    if kind == Kind::Association {
        without_extraordinary(notes, &mut meeting.items);
    }
    checks::check(&mut meeting, &people, arithmetic::proxy_limit(notes, office), &mut findings);
    number_deliberations(&mut meeting, first_number.as_deref());
    output::complete(&mut meeting, office);
    missing::missing(&meeting, &mut findings);
    language::check(notes, &meeting, &mut findings);
    (meeting, findings)
}

/// A discharge that is voted with the accounts and has an entry of its own goes there.
fn discharge_apart(items: &mut [Item]) {
    let is_discharge = |text: &str| fold(text).starts_with("quitus");
    let empty =
        |item: &Item| item.vote.is_none() && item.parts.is_empty() && item.clauses.is_empty();
    let Some(own) = items.iter().position(|item| is_discharge(&item.title) && empty(item)) else {
        return;
    };
    let told = items.iter_mut().find_map(|item| {
        let at = item.parts.iter().position(|part| is_discharge(&part.subject))?;
        let part = item.parts.remove(at);
        if let [_] = item.parts.as_slice()
            && item.vote.is_none()
        {
            item.vote = item.parts.pop().map(|rest| rest.vote);
        }
        Some((part, item.span.clone()))
    });
    if let Some((part, span)) = told {
        items[own].vote = Some(part.vote);
        items[own].span = span;
    }
}

/// « QD ⇥ Ada ⇥ … » on several rows is one item: its matters, in their order.
fn one_miscellany(items: &mut Vec<Item>) {
    let Some(first) = items.iter().position(|item| item.miscellaneous) else { return };
    let title = items[first].title.clone();
    let again = |item: &Item| {
        item.miscellaneous && item.title == title && item.vote.is_none() && item.parts.is_empty()
    };
    let mut later = Vec::new();
    let mut index = first + 1;
    while index < items.len() {
        if again(&items[index]) {
            later.push(items.remove(index));
        } else {
            index += 1;
        }
    }
    let Some(kept) = items.get_mut(first) else { return };
    for item in later {
        kept.span.start = kept.span.start.min(item.span.start);
        kept.span.end = kept.span.end.max(item.span.end);
        kept.treated = kept.treated.min(item.treated);
        kept.clauses.extend(item.clauses);
    }
}

/// A number of members that is not that of the sheet: somebody resigned, or the sheet is old.
fn other_members(office: &Office, meeting: &Meeting, findings: &mut Vec<Finding>) {
    let own = office.conseil.membres_en_exercice.filter(|_| meeting.kind == Kind::Council);
    if let (Some(sheet), Some(told)) = (own, meeting.attendance.in_office)
        && sheet != told
    {
        findings.push(Finding::check(
            FindingKind::Quorum,
            None,
            format!(
                "Membres en exercice : {told} d’après les notes, {sheet} d’après la fiche ; le document suit les notes, vérifiez (démission, siège vacant)."
            ),
        ));
    }
}

/// Whether the sheet lists the members of the body that meets.
fn own_members(office: &Office, foreign: bool) -> bool {
    !office.conseil.membres.is_empty() && !foreign
}

/// The secretary of a council is one of its members: another name is to be checked.
fn unknown_secretary(people: &People<'_>, meeting: &Meeting, findings: &mut Vec<Finding>) {
    let Some(name) = meeting.secretary.as_ref().filter(|_| meeting.kind == Kind::Council) else {
        return;
    };
    if people.roster.names().contains(name) || !people.unknown(name) {
        return;
    }
    findings.push(Finding::check(
        FindingKind::Name,
        None,
        format!(
            "Secrétaire de séance : « {name} » n’est pas parmi les membres de la fiche ; nom gardé tel quel, vérifiez qui a été désigné."
        ),
    ));
}

/// Whether the office sheet is that of the body that meets.
fn is_about_office(office: &Office, kind: Kind) -> bool {
    match kind {
        Kind::Council => true,
        Kind::Association | Kind::Working => {
            office.organisme.nature.as_deref() == Some("association")
        }
    }
}

/// A record that holds nothing but what the office sheet says of the body that meets.
fn of_the_office(office: &Office, kind: Kind) -> Meeting {
    let mut meeting = Meeting::empty(kind);
    if is_about_office(office, kind) {
        meeting.body.clone_from(&office.organisme.nom);
    }
    if kind == Kind::Council {
        meeting.attendance.in_office = office.conseil.membres_en_exercice;
    }
    meeting
}

/// Reads the lines before and after the items; answers those that correct what others say.
fn read_header<'a>(
    structure: &'a Structure<'a>,
    reader: &mut header::Header<'_>,
    meeting: &mut Meeting,
    findings: &mut Vec<Finding>,
) -> Vec<&'a Piece<'a>> {
    let mut corrections = Vec::new();
    for (index, piece) in structure.header.iter().chain(&structure.closing).enumerate() {
        if correction::is_one(piece.text) {
            corrections.push(piece);
            continue;
        }
        about_hour(piece, findings);
        for (at, text) in clauses::sentences(piece.text) {
            let start = piece.span.start + at;
            let sentence = Piece { text, span: start..start + text.len() };
            if clauses::is_filler(text) {
                continue;
            }
            let read = reader.read(index, &sentence, meeting);
            if attendance::of_first_assembly(text) {
                meeting.remarks.push(by_rule(text));
            } else if !read && !told(findings, &sentence) {
                unclassified(&sentence, meeting, findings);
            }
        }
    }
    corrections
}

/// What the statutes of an association ask, where the header did not say it: the majority and the
/// quorum.
fn by_statutes(notes: &Notes, office: &Office, meeting: &mut Meeting) {
    if meeting.kind != Kind::Association {
        return;
    }
    if meeting.majority.is_none() {
        meeting.majority = header::majority(notes.text());
        meeting.majority_of_all = header::of_all(notes.text());
    }
    let share = office.statuts.quorum_fraction.filter(|_| is_about_office(office, meeting.kind));
    let told = meeting.attendance.quorum.is_some() || meeting.attendance.quorum_fraction.is_some();
    if !told {
        let members = meeting.attendance.in_office;
        meeting.attendance.quorum = share.zip(members).map(|(share, all)| share.at_least_of(all));
    }
}

/// The notice that the statutes ask of an association, where the notes tell it: « art. 16 :
/// convocation quinze jours avant ».
fn late_notice(notes: &Notes, meeting: &Meeting, findings: &mut Vec<Finding>) {
    static ASKED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\bconvo(?:c\w*|qu\w*)\b[^.;\n]{0,30}?\b(?P<n>\d{1,2}|huit|dix|quinze|vingt|trente)\s+jours\s+(?:francs\s+)?(?:au\s+moins\s+)?(?:avant|[àa]\s+l['’]avance)",
        )
    });
    let day = |text: Option<&String>| {
        facts(text?).into_iter().find_map(|found| match found.fact {
            Fact::Date(date) => date.civil(),
            _ => None,
        })
    };
    if meeting.kind != Kind::Association {
        return;
    }
    let Some(found) = ASKED.captures(notes.text()) else { return };
    let asked = found["n"].parse().ok().or_else(|| cardinal::value_of(&fold(&found["n"])));
    let (Some(asked), Some(sent), Some(held)) =
        (asked, day(meeting.convocation.as_ref()), day(meeting.date.as_ref()))
    else {
        return;
    };
    let days = (held - sent).get_days();
    if i64::from(days) < i64::from(asked) {
        let place = found.get(0).map(|m| m.range());
        findings.push(Finding::check(
            FindingKind::Missing,
            place,
            format!(
                "Convocation {} : {days} jours avant l’assemblée, les statuts en demandent {asked} d’après les notes ; vérifiez le délai.",
                meeting.convocation.as_deref().unwrap_or_default()
            ),
        ));
    }
}

/// An ordinary assembly does not vote what is for an extraordinary one.
fn without_extraordinary(notes: &Notes, items: &mut [Item]) {
    let spans = arithmetic::for_extraordinary(notes);
    let voted = |i: &&mut Item| {
        let vote = i.vote.as_ref().map(|v| &v.span);
        vote.is_some_and(|v| spans.iter().any(|s| s.start <= v.start && v.end <= s.end))
    };
    items.iter_mut().filter(voted).for_each(|item| item.vote = None);
}

/// Who presides by office where the notes do not say who did: the mayor who is there; for an
/// association its president, which is then to be checked, as is its secretary.
fn presided_by_office(
    mayor: Option<String>,
    board: header::Board,
    meeting: &mut Meeting,
    findings: &mut Vec<Finding>,
) {
    if meeting.kind == Kind::Council {
        let there = |name: &String| meeting.attendance.present.contains(name);
        meeting.chair = meeting.chair.take().or(mayor.filter(there));
        return;
    }
    let mut told = |place: &mut Option<String>, officer: Option<String>, what: &str| {
        if place.is_none()
            && let Some(name) = officer
        {
            findings.push(Finding::check(
                FindingKind::Missing,
                None,
                format!("{what} : {name}, d’après le bureau que donnent les notes ; vérifiez."),
            ));
            *place = Some(name);
        }
    };
    told(&mut meeting.chair, board.president, "Présidence de séance");
    told(&mut meeting.secretary, board.secretary, "Secrétariat de séance");
}

/// Members who left after an item that the notes name: « parti après les comptes ».
fn left_after(meeting: &mut Meeting) {
    let entries: Vec<Entry> = (1..)
        .zip(&meeting.items)
        .map(|(number, item)| Entry { number, title: item.title.clone() })
        .collect();
    for departure in &mut meeting.attendance.departures {
        let named = structure::match_entry(&departure.after, &entries);
        let item = named.and_then(|n| meeting.items.get(usize::try_from(n).ok()?.checked_sub(1)?));
        if let Some(item) = item {
            departure.when = When::At(item.span.end);
            departure.item = item.number;
        }
    }
}

/// What the roll says somebody is called gives way to their name in the accounts too.
fn named_in_full(called: &[(String, String)], items: &mut [Item]) {
    for (short, name) in called {
        let Ok(word) = Regex::new(&format!(r"\b{}\b", regex::escape(short))) else { continue };
        for clause in items.iter_mut().flat_map(|item| &mut item.clauses) {
            *clause = word.replace_all(clause, name.as_str()).into_owned();
        }
    }
}

/// Agenda titles as the items carry them.
fn agenda_titles(structure: &Structure<'_>, items: &[Item]) -> Vec<String> {
    structure
        .agenda
        .iter()
        .filter_map(|entry| items.iter().find(|i| i.number == Some(entry.number)))
        .map(|item| item.title.clone())
        .collect()
}

#[cfg(test)]
mod tests;
