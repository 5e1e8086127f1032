//! Minutes of a council, an association or a working meeting, from telegraphic notes.
//!
//! The notes are cut into header, agenda and sections ([`structure`]); rules read attendance,
//! header fields, votes and items into a [`record::Meeting`]; arithmetic checks it ([`checks`]);
//! the model puts each item's clauses into sentences ([`crate::task::prose`]); the document is a
//! pure function of the record ([`template`]). The record is also a file that the user corrects
//! ([`dossier`]), and the source of two further documents ([`output`]): the version for publication
//! ([`public`]) and the list of deliberations ([`list`]).
//!
//! Working meetings have their own reading and page ([`working`]); speech written down is read by
//! [`transcript`], whatever the kind of meeting.

pub mod attendance;
pub mod checks;
pub mod clauses;
pub mod correction;
pub mod dossier;
mod head;
pub mod header;
mod initials;
pub mod items;
pub mod language;
pub mod list;
pub mod mask;
pub mod missing;
pub mod movement;
mod outcome;
pub mod output;
mod outsider;
pub mod people;
pub mod person;
pub mod presence;
pub mod proxy;
pub mod public;
pub mod record;
pub mod roll;
mod run;
pub mod several;
mod sheets;
pub mod structure;
mod table;
mod telling;
pub mod template;
mod title;
pub mod transcript;
pub mod vote;
pub mod working;

use std::sync::LazyLock;

use regex::Regex;

use self::items::Reader;
use self::output::Wanted;
use self::people::People;
use self::record::{Item, Kind, Meeting};
use crate::finding::{Finding, FindingKind};
use crate::ground::arithmetic;
use crate::notes::Notes;
use crate::office::Office;
use crate::reading::amount::parse_cents;
use crate::reading::capitals;
use crate::reading::correction::is_swap;
use crate::reading::gossip::{self, Sure};
use crate::reading::name::Roster;
use crate::reading::private::{self, Matter, Tasks};
use crate::reading::remark::{self, Remark};
use crate::reading::{Fact, facts, pattern};
use crate::task::prose::{Passage, Writer, by_rule};
use crate::task::{Draft, Inputs, Model, Progress, Sink, TaskError, Usage, aside, wording};

/// Drafts the minutes.
///
/// # Errors
/// When the model fails, the user stops it, or a prompt of the settings folder is wrong.
pub fn draft(
    inputs: &Inputs<'_>,
    kind: Kind,
    wanted: &Wanted,
    model: &mut Model<'_>,
    sink: &mut Sink<'_>,
) -> Result<Draft, TaskError> {
    if let Some(relaxed) = capitals::relaxed(inputs.notes) {
        let small = Inputs { notes: &relaxed, ..*inputs };
        return draft(&small, kind, wanted, model, sink);
    }
    let speech = transcript::is_speech(inputs.notes);
    let matter = if kind == Kind::Working { Matter::Meeting } else { Matter::Minutes };
    if let Some(apart) = private::apart(inputs.notes, matter).filter(|_| !speech) {
        let rest = Inputs { notes: &apart.notes, ..*inputs };
        let mut draft = draft(&rest, kind, wanted, model, sink)?;
        aside::add_apart(&mut draft.findings, apart.dropped);
        return Ok(draft);
    }
    if let Some(sorted) = sheets::sorted(inputs.notes) {
        let lines = Inputs { notes: &sorted.notes, ..*inputs };
        let mut draft = draft(&lines, kind, wanted, model, sink)?;
        sorted.take_back(&mut draft.findings);
        return Ok(draft);
    }
    // Working meetings read tables themselves, by who does what and when.
    let flat = (kind != Kind::Working)
        .then(|| table::flattened(inputs.notes).or_else(|| initials::spelled(inputs.notes)))
        .flatten();
    if let Some(flat) = flat {
        let lines = Inputs { notes: &flat.notes, ..*inputs };
        let mut draft = draft(&lines, kind, wanted, model, sink)?;
        flat.take_back(inputs.notes, &mut draft.findings);
        return Ok(draft);
    }
    if speech {
        return transcript::draft(inputs, kind, wanted, model, sink);
    }
    let (meeting, findings) = read(inputs.notes, inputs.office, kind);
    output::finish(inputs, meeting, findings, wanted, model, sink)
}

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
    let mut meeting = Meeting::empty(kind);
    let dated = header::date(notes);
    meeting.date = dated.as_ref().map(|(date, _)| date.to_french());
    let about_office = match kind {
        Kind::Council => true,
        Kind::Association | Kind::Working => {
            office.organisme.nature.as_deref() == Some("association")
        }
    };
    if about_office {
        meeting.body.clone_from(&office.organisme.nom);
    }
    if kind == Kind::Council {
        meeting.attendance.in_office = office.conseil.membres_en_exercice;
    }
    let structure = structure::cut(notes);
    let dated = dated.map(|(date, _)| date);
    let mut reader = header::Header::new(office, &roster, dated, notes);
    let mut corrections = Vec::new();
    for (index, piece) in structure.header.iter().chain(&structure.closing).enumerate() {
        if is_swap(&structure.swaps, &piece.span) || correction::is_one(piece.text) {
            corrections.push(piece);
            continue;
        }
        about_hour(piece, &mut findings);
        for (at, text) in clauses::sentences(piece.text) {
            let start = piece.span.start + at;
            let sentence = structure::Piece { text, span: start..start + text.len() };
            if clauses::is_filler(text) {
                continue;
            }
            if !reader.read(index, &sentence, &mut meeting) && !told(&findings, &sentence) {
                unclassified(&sentence, &mut meeting, &mut findings);
            }
        }
    }
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
    let me = roll.me.or(people.me).or_else(|| meeting.secretary.clone());
    // Without a sheet of these members they are those that the attendance names.
    let listed = meeting.attendance.members();
    let own = !office.conseil.membres.is_empty() && !foreign;
    let members = if own { &office.conseil.membres } else { &listed };
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
    for movement in moves {
        attendance::push(movement, &mut meeting.attendance);
    }
    left_after(&mut meeting);
    named_in_full(&called, &mut meeting.items);
    if kind == Kind::Association && meeting.majority.is_none() {
        meeting.majority = header::majority(notes.text());
    }
    let share = office.statuts.quorum_fraction.filter(|_| about_office);
    let told = meeting.attendance.quorum.is_some() || meeting.attendance.quorum_fraction.is_some();
    if kind == Kind::Association && !told {
        let members = meeting.attendance.in_office;
        meeting.attendance.quorum = share.zip(members).map(|(share, all)| share.at_least_of(all));
    }
    meeting.agenda = agenda_titles(&structure, &meeting.items);
    for piece in corrections {
        correction::apply(piece, &people, &mut meeting, &mut findings);
    }
    blank_wrong_sums(notes, &findings, &mut meeting.items);
    if kind == Kind::Association {
        let spans = arithmetic::for_extraordinary(notes);
        let voted = |i: &&mut Item| {
            let vote = i.vote.as_ref().map(|v| &v.span);
            vote.is_some_and(|v| spans.iter().any(|s| s.start <= v.start && v.end <= s.end))
        };
        meeting.items.iter_mut().filter(voted).for_each(|item| item.vote = None);
    }
    checks::check(&mut meeting, &people, arithmetic::proxy_limit(notes, office), &mut findings);
    number_deliberations(&mut meeting, first_number.as_deref());
    output::complete(&mut meeting, office);
    missing::missing(&meeting, &mut findings);
    language::check(notes, &meeting, &mut findings);
    (meeting, findings)
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
    let entries: Vec<structure::Entry> = (1..)
        .zip(&meeting.items)
        .map(|(number, item)| structure::Entry { number, title: item.title.clone() })
        .collect();
    for departure in &mut meeting.attendance.departures {
        let named = structure::match_entry(&departure.after, &entries);
        let item = named.and_then(|n| meeting.items.get(usize::try_from(n).ok()?.checked_sub(1)?));
        if let Some(item) = item {
            departure.when = record::When::At(item.span.end);
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

/// An hour that the notes give for about right is printed as it is, and told.
fn about_hour(piece: &structure::Piece<'_>, findings: &mut Vec<Finding>) {
    static ABOUT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b\d{1,2}\s*(?:h|heures?)\s*\d{0,2}\s+et\s+(?:qq\w*|quelques?\b\w*)|\b(?:fini[e]?|lev[ée]e?|termin[ée]e?|ouvert[e]?|commenc\w+|d[ée]but)\s+(?:vers|environ)\s+(?:\d{1,2}\s*(?:h\b\s*\d{0,2}|heures?)|midi(?:\s+moins\s+le\s+quart)?|minuit)",
        )
    });
    if let Some(found) = ABOUT.find(piece.text) {
        findings.push(Finding::check(
            FindingKind::Uncertain,
            Some(piece.span.clone()),
            format!(
                "Heure de début ou de fin approximative dans les notes (« {} ») : vérifiez-la.",
                found.as_str()
            ),
        ));
    }
}

/// A number that does not come out stays out of the document: « excédent 261,05 € » becomes
/// « excédent [À COMPLÉTER : montant] » where the sums say otherwise.
fn blank_wrong_sums(notes: &Notes, findings: &[Finding], items: &mut [Item]) {
    for finding in findings.iter().filter(|f| f.kind == FindingKind::Sum) {
        let Some(span) = finding.notes.clone() else { continue };
        let Some(doubtful) = notes.text().get(span.clone()) else { continue };
        // The finding has to point at one value.
        let numbers = facts(doubtful);
        let [value] = numbers.as_slice() else { continue };
        let Some(wrong) = cents(&value.fact) else { continue };
        // « solde 200 »: another 200 of the same item is no balance.
        let label = doubtful.split(|c: char| !c.is_alphabetic()).find(|w| w.chars().count() > 3);
        let label = label.map(crate::reading::fold);
        for item in
            items.iter_mut().filter(|i| i.span.start <= span.start && span.end <= i.span.end)
        {
            let labelled = |clause: &str| {
                label.as_ref().is_some_and(|l| crate::reading::fold(clause).contains(l))
            };
            let some = item.clauses.iter().any(|c| labelled(c));
            for clause in item.clauses.iter_mut().filter(|c| !some || labelled(c)) {
                for found in facts(clause).into_iter().rev() {
                    if cents(&found.fact) == Some(wrong) {
                        clause.replace_range(found.span, &wording::blank("montant"));
                    }
                }
            }
        }
    }
}

/// The value of an amount or of a plain number, in hundredths.
fn cents(fact: &Fact) -> Option<u64> {
    match fact {
        Fact::Amount(amount) => Some(amount.cents),
        Fact::Number(number) => parse_cents(number),
        _ => None,
    }
}

/// Whether a finding already tells of this sentence what matters.
fn told(findings: &[Finding], sentence: &structure::Piece<'_>) -> bool {
    findings.iter().filter(|f| f.kind == FindingKind::Proxy).any(|f| {
        f.notes.as_ref().is_some_and(|s| s.start < sentence.span.end && sentence.span.start < s.end)
    })
}

/// A header line that no field holds is told as it stands, unless it is no matter for minutes.
fn unclassified(piece: &structure::Piece<'_>, meeting: &mut Meeting, findings: &mut Vec<Finding>) {
    // « l'un des pouvoirs est de M. Talmont, qui n'a pas payé »: for the count, not for print.
    static UNPAID: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:n['’]\s?(?:a|ont|est|sont)\s+pas|pas)\s+(?:encore\s+)?(?:pay[ée]\w*|cotis[ée]\w*|r[ée]gl[ée]\w*|[àa]\s+jour)\b",
        )
    });
    if meeting.kind == Kind::Association && UNPAID.is_match(piece.text) {
        findings.push(Finding::check(
            FindingKind::Proxy,
            Some(piece.span.clone()),
            format!(
                "Droit de vote à vérifier avant de compter les voix, non repris dans le document : « {} »",
                piece.text
            ),
        ));
        return;
    }
    let remark = remark::classify(piece.text)
        .filter(|r| !matches!(r, Remark::Doubt | Remark::Internal | Remark::Promotion))
        .or_else(|| private::is_errand(piece.text, Tasks::Foreign).then_some(Remark::Internal))
        .or_else(|| gossip::is_one(piece.text, Sure::MINUTES).then_some(Remark::Gossip));
    if let Some(remark) = remark {
        findings.push(aside::finding(remark, piece.text, piece.span.clone()));
        return;
    }
    meeting.remarks.push(by_rule(piece.text));
    findings.push(Finding::info(
        FindingKind::Unused,
        Some(piece.span.clone()),
        format!("Ligne non reconnue, reprise telle quelle dans le document : « {} »", piece.text),
    ));
}

/// Agenda titles as the items carry them.
fn agenda_titles(structure: &structure::Structure<'_>, items: &[Item]) -> Vec<String> {
    structure
        .agenda
        .iter()
        .filter_map(|entry| items.iter().find(|i| i.number == Some(entry.number)))
        .map(|item| item.title.clone())
        .collect()
}

/// Numbers the deliberations from the number the notes give: voted items in agenda order, the
/// approval of the last minutes apart.
fn number_deliberations(meeting: &mut Meeting, first: Option<&str>) {
    let Some(first) = first else { return };
    if meeting.items.iter().any(|item| item.deliberation.is_some()) {
        return;
    }
    let split = first.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
    let (prefix, digits) = first.split_at(split);
    let Ok(start) = digits.parse::<u32>() else { return };
    let width = digits.len();
    let decided = |i: &Item| (i.vote.is_some() || !i.parts.is_empty()) && i.quorum_lost.is_none();
    let voted = meeting.items.iter_mut().filter(|i| decided(i) && !approves_minutes(&i.title));
    for (offset, item) in (0..).zip(voted) {
        item.deliberation = Some(format!("{prefix}{:0width$}", start.saturating_add(offset)));
    }
}

/// Whether the item approves the minutes of the last meeting, which is no deliberation.
fn approves_minutes(title: &str) -> bool {
    let folded = crate::reading::fold(title);
    folded == "pv"
        || folded.starts_with("pv ")
        || folded.contains("proces-verbal")
        || folded.starts_with("approbation du pv")
}

/// Whether the item's clauses are still to be put into sentences; those that a user corrected are
/// kept as they are.
fn is_untold(item: &Item) -> bool {
    !item.clauses.is_empty() && item.account.is_empty()
}

/// Puts the clauses of every item that has no account yet into sentences.
fn write(
    inputs: &Inputs<'_>,
    meeting: &mut Meeting,
    model: &mut Model<'_>,
    findings: &mut Vec<Finding>,
    sink: &mut Sink<'_>,
) -> Result<Usage, TaskError> {
    let context = context(meeting, inputs.office);
    let total = meeting.items.iter().filter(|i| is_untold(i)).count();
    if total == 0 {
        return Ok(Usage::default());
    }
    let mut writer = Writer::new("minutes", inputs, context, model)?;
    let mut index = 0;
    for item in &mut meeting.items {
        if !is_untold(item) {
            continue;
        }
        index += 1;
        sink(Progress::Item { index, total, title: &item.title });
        let passage = Passage {
            title: item.title.clone(),
            clauses: item.clauses.clone(),
            span: item.span.clone(),
        };
        let account = writer.account(&passage, sink)?;
        item.account = account.sentences.into_iter().map(|s| s.text).collect();
        findings.extend(account.findings);
    }
    Ok(writer.usage())
}

/// What any sentence may name: the members, the office, the people of the header.
fn context(meeting: &Meeting, office: &Office) -> String {
    let mut context = String::new();
    for member in &office.conseil.membres {
        context.push_str(&member.nom);
        context.push('\n');
    }
    let extra = [
        &meeting.body,
        &meeting.chair,
        &meeting.secretary,
        &office.organisme.nom,
        &office.conseil.titre_maire,
    ];
    for text in extra.into_iter().flatten() {
        context.push_str(text);
        context.push('\n');
    }
    context
}

/// Words by which notes announce a working meeting.
const WORKING: [&str; 17] = [
    "reunion",
    "reu",
    "gt",
    "ca",
    "bureau",
    "commission",
    "comite",
    "cr",
    "administration",
    "copil",
    "codir",
    "equipe",
    "point",
    "brief",
    "atelier",
    "groupe",
    "rencontre",
];

/// The kind of meeting that the first lines announce, else speech or a council.
pub fn kind_of(notes: &Notes) -> Kind {
    let lines = notes.lines().map(|l| l.text).filter(|t| !t.trim().is_empty()).take(2);
    announced(&lines.collect::<Vec<_>>().join(" ")).unwrap_or_else(|| {
        match transcript::is_speech(notes) {
            true => Kind::Working,
            false => Kind::Council,
        }
    })
}

/// The kind of meeting that the first lines announce; nothing when they announce none.
fn announced(first: &str) -> Option<Kind> {
    let folded = crate::reading::fold(first);
    let has =
        |words: &[&str]| folded.split(|c: char| !c.is_alphanumeric()).any(|w| words.contains(&w));
    if has(&["cm", "municipal", "conseil"]) && !folded.contains("conseil d'administration") {
        Some(Kind::Council)
    } else if has(&["ag", "ago", "age", "assemblee"]) {
        Some(Kind::Association)
    } else {
        has(&WORKING).then_some(Kind::Working)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_does_not_come_out_stays_out() {
        let text = "AG des Bleuets sam 10/10/26\n1/ financier :\n recettes 1 200,00\n dépenses 1 000,00\n excédent 210 €\n";
        let notes = Notes::from_text(text).unwrap();
        let (meeting, findings) = read(&notes, &Office::default(), Kind::Association);
        assert!(findings.iter().any(|f| f.kind == FindingKind::Sum), "{findings:?}");
        let clauses = meeting.items[0].clauses.join(" | ");
        assert!(clauses.contains("excédent [À COMPLÉTER : montant]"), "{clauses}");
        assert!(!clauses.contains("210"), "{clauses}");
    }

    /// Chair, secretary, people present, people voting through others, of notes without a sheet.
    fn roll_of(text: &str, kind: Kind) -> [String; 4] {
        let notes = Notes::from_text(text).unwrap();
        let flat = table::flattened(&notes);
        let notes = flat.as_ref().map_or(&notes, |flat| &flat.notes);
        let (meeting, _) = read(notes, &Office::default(), kind);
        let a = &meeting.attendance;
        let count = |names: &[String], count: Option<u32>| {
            count.filter(|_| names.is_empty()).map_or(names.join(", "), |n| n.to_string())
        };
        let givers: Vec<String> =
            a.proxies.iter().map(|p| format!("{} > {}", p.giver, p.holder)).collect();
        [
            meeting.chair.clone().unwrap_or_default(),
            meeting.secretary.clone().unwrap_or_default(),
            count(&a.present, a.present_count),
            count(&givers, a.proxy_count),
        ]
    }

    #[test]
    fn a_small_assembly_is_read_without_agenda() {
        let text = "ag du verger\nsamedi 12/12/26, 10h et qqch\ny avait : Lulu (Lucienne Vernier) Paul Talmont Alice Ostin les 2 Noval (Marc et Julie)\n= 6\nLulu préside, moi j'écris (Alice)\n\nbilan : tout va\n ok pour tout le monde\nsous (Paul tient la caisse)\n début 40\n 3 pour 2 contre\nprix du cidre : 4 pour 1 contre\nbureau  Lulu reste présidente. Paul T. trop pris\nparti avant la fin Marc (après les sous)\nfini vers midi";
        let notes = Notes::from_text(text).unwrap();
        let (meeting, findings) = read(&notes, &Office::default(), Kind::Association);
        assert_eq!(meeting.chair.as_deref(), Some("Lucienne Vernier"));
        assert_eq!(meeting.secretary.as_deref(), Some("Alice Ostin"));
        let titles: Vec<&str> = meeting.items.iter().map(|i| i.title.as_str()).collect();
        assert_eq!(titles, ["Bilan", "Sous", "Prix du cidre", "Bureau"]);
        let account = meeting.items[3].clauses.join(" | ");
        assert!(account.starts_with("Lucienne Vernier reste présidente"), "{account}");
        assert!(account.contains("Paul Talmont trop pris"), "{account}");
        assert_eq!(meeting.items[1].clauses[0], "Paul Talmont tient la caisse");
        let told = |words: &str| findings.iter().any(|f| f.message.contains(words));
        assert!(told("comptent 6 présents, mais en nomment 5"), "{findings:?}");
        assert!(told("« 10h et qqch »") && told("« fini vers midi »"), "{findings:?}");
        // Marc Noval had left when the price was voted: four voters are left.
        assert!(told("4 votants au plus"), "{findings:?}");
    }

    #[test]
    fn the_roll_is_read_as_people_type_it() {
        let table = [
            (
                "cm 4 fev 27\npres: le maire (henri calvignac), josiane beaufrelon 1ere adj, marc tuilier\npouv: claire fontvieille -> josiane\nsecr: marc\n> voirie\nok 4 pour\n> ecole\nrien\n",
                Kind::Council,
                [
                    "Henri Calvignac",
                    "Marc Tuilier",
                    "Henri Calvignac, Josiane Beaufrelon, Marc Tuilier",
                    "Claire Fontvieille > Josiane Beaufrelon",
                ],
            ),
            (
                "Séance ouverte à 20 heures par Monsieur Aubin Lestrade, maire.\nLe maire fait l'appel : sont présents Aubin Lestrade, Myriam Coustal, Bernard Vialelle. Yves Marquézy est absent et a donné pouvoir à Bernard Vialelle.\nMyriam Coustal accepte d'être secrétaire.\nPoint 1 : haies. Rien.",
                Kind::Council,
                [
                    "Aubin Lestrade",
                    "Myriam Coustal",
                    "Aubin Lestrade, Myriam Coustal, Bernard Vialelle",
                    "Yves Marquézy > Bernard Vialelle",
                ],
            ),
            (
                "Conseil municipal\nÉtaient présents : Mme Parmentelle Solange (maire), MM. Ripotier Luc et Falgas Thierry\nAbsent ayant donné procuration : M. Vernaculo Paul (procuration à M. Ripotier)\n1. Eau : ok",
                Kind::Council,
                [
                    "Mme Solange Parmentelle",
                    "",
                    "Mme Solange Parmentelle, M. Luc Ripotier, M. Thierry Falgas",
                    "M. Vernaculo Paul > M. Luc Ripotier",
                ],
            ),
            (
                "AGE\nMembres inscrits : 48     Présents : 29     Représentés : 8     Votants : 37\nPrésident de séance : Yannick Fourvel      Secrétaire de séance : Brigitte Samaran\n1- siège : ok",
                Kind::Association,
                ["Yannick Fourvel", "Brigitte Samaran", "29", "8"],
            ),
            (
                "AG\nBureau : Sabine Corentel présidente, Jules Audrain trésorier, Nadège Poulvet secrétaire\n62 adhérents, 25 présents + 9 pouvoirs = 34\nBilan : ok\nCotisation : 12 €",
                Kind::Association,
                ["Sabine Corentel", "Nadège Poulvet", "25", "9"],
            ),
            (
                "AG des Jardins\n21 étaient présents et 6 avaient donné pouvoir.\nJeanne Morvandieu, présidente, a présidé la séance. Le secrétaire de séance était Ousmane Kébrillat.\nBilan : ok",
                Kind::Association,
                ["Jeanne Morvandieu", "Ousmane Kébrillat", "21", "6"],
            ),
            (
                "CM du 3 mars 2027\nPrésents\tAbsents\tPouvoirs\nAda Vernier\tZoé Roy\tIda Noval > Ada Vernier\nLuc Talmont\n\n1/ eau : ok",
                Kind::Council,
                ["", "", "Ada Vernier, Luc Talmont", "Ida Noval > Ada Vernier"],
            ),
        ];
        for (text, kind, expected) in table {
            assert_eq!(roll_of(text, kind), expected, "{text}");
        }
    }
}
