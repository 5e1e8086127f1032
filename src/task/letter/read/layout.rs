//! How the lines of a letter's notes are laid out: marks before every line, several fields on one
//! line, sums of money without their sign.

use crate::notes::{Notes, Span};
use crate::reading::date::WEEKDAYS;
use crate::reading::sentence::is_abbreviated;
use crate::reading::{Fact, facts, words};
use crate::task::letter::line::{self, Slot, slot};
use crate::task::letter::record::Purpose;
use crate::task::wording;

/// The mark that stands before most lines, which then makes no list of them.
pub(super) fn common_mark(notes: &str) -> Option<char> {
    let lines: Vec<&str> = notes.lines().filter(|line| !line.trim().is_empty()).collect();
    ['*', '-', '•', '–'].into_iter().find(|mark| {
        let marked = lines
            .iter()
            .filter(|line| line.strip_prefix(*mark).is_some_and(|l| l.starts_with(' ')));
        let marked = marked.count();
        marked >= 4 && 2 * marked > lines.len()
    })
}

/// The line without the mark that all lines bear.
pub(super) fn unmarked(line: &str, mark: Option<char>) -> &str {
    mark.and_then(|mark| line.strip_prefix(mark)).map_or(line, str::trim_start)
}

/// The fields of a line that holds several: « réf AB/12 / date 3 mars 2027 / signé le maire ».
/// Nothing when it holds at most one.
pub(super) fn fields(line: &str, span: &Span, purpose: Purpose) -> Option<Vec<(String, Span)>> {
    let mut starts = vec![0];
    // « sign. le maire » is one field.
    let between = BETWEEN.find_iter(line).filter(|found| {
        let before = line.get(..found.start()).unwrap_or_default();
        let letter = before.chars().next_back().is_some_and(char::is_alphabetic)
            && !before.chars().rev().nth(1).is_some_and(char::is_alphanumeric);
        !found.as_str().starts_with('.') || !(letter || is_abbreviated(before))
    });
    starts.extend(between.map(|found| found.end()));
    starts.extend(PLACE_AND_DAY.captures_iter(line).filter_map(|c| Some(c.name("day")?.start())));
    let inner = |c: regex::Captures<'_>| Some(c.name("field").or(c.name("signed"))?.start());
    starts.extend(INNER_FIELD.captures_iter(line).filter_map(inner));
    starts.sort_unstable();
    starts.dedup();
    starts.push(line.len());
    let pieces: Vec<(String, Span)> = starts
        .windows(2)
        .filter_map(|ends| {
            let [a, b] = *ends else { return None };
            let text = line.get(a..b)?.trim().trim_end_matches(['/', '.', ';', ',', ' ', '–', '-']);
            let day = OWN_DAY.captures(text).map(|found| found["day"].to_owned());
            let day = day.or_else(|| is_day(text).then(|| text.to_owned()));
            let text = day.map_or_else(|| text.to_owned(), |day| format!("le {day}"));
            (!text.is_empty()).then(|| (text, span.start + a..span.start + b))
        })
        .collect();
    let known = pieces.iter().filter(|(text, _)| slot(text, purpose).is_some_and(is_field)).count();
    (known >= 2).then_some(pieces)
}

const fn is_field(slot: Slot) -> bool {
    matches!(
        slot,
        Slot::Reference
            | Slot::Date
            | Slot::Signature
            | Slot::Sending
            | Slot::Attachments
            | Slot::HandledBy
            | Slot::Copies
    )
}

/// « le mardi 3 mars 2027 » and nothing else.
pub(super) fn is_bare_day(text: &str) -> bool {
    text.strip_prefix("le ").is_some_and(is_day)
}

/// Whether the text is a full date and nothing else.
fn is_day(text: &str) -> bool {
    matches!(facts(text).as_slice(), [one] if one.span == (0..text.len())
        && matches!(one.fact, Fact::Date(date) if date.civil().is_some()))
}

/// « QUAND vendredi 3 mai » without the question that it answers.
pub(super) fn without_label(line: &str) -> String {
    let line = ASKED.replace(line, "");
    let line = SHORT_DAY.replace_all(&line, |found: &regex::Captures<'_>| {
        let short = found["day"].to_lowercase();
        let day = WEEKDAYS.iter().find(|day| day.starts_with(short.as_str()));
        day.map_or_else(|| found[0].to_owned(), |day| format!("{day} {}", &found["n"]))
    });
    line.into_owned()
}

/// Thousands with their sign in a line that speaks of money: « devis HT : toiture 41 300, pose 5 400 ».
pub(super) fn grouped_sums(line: &str) -> String {
    if !OF_MONEY.is_match(line) {
        return line.to_owned();
    }
    let mut out = String::with_capacity(line.len() + 8);
    let mut done = 0;
    for found in THOUSANDS.find_iter(line) {
        let rest = line.get(found.end()..).unwrap_or_default();
        let before = line.get(..found.start()).unwrap_or_default();
        let joined = before.ends_with(|c: char| c.is_ascii_digit() || "/.,-".contains(c));
        if joined || LABELLED.is_match(before) || !AFTER_SUM.is_match(rest) {
            continue;
        }
        out.push_str(line.get(done..found.end()).unwrap_or_default());
        out.push_str(" €");
        done = found.end();
    }
    out.push_str(line.get(done..).unwrap_or_default());
    out
}

/// What the list under a heading is about to be done with: « comment payer : » is for « payer ».
pub(super) fn way_to(heading: &str) -> Option<&str> {
    let verb = WAY_TO.captures(heading)?.name("verb")?.as_str();
    wording::begins_with_infinitive(verb).then_some(verb)
}

/// A day by which all is to be done, and nothing else: « avant le 3 mars 2027 ».
pub(super) fn is_bare_deadline(line: &str) -> bool {
    let Some(found) = BY.find(line) else { return false };
    let rest = line.get(found.end()..).unwrap_or_default().trim_end_matches([' ', '.', '!']);
    matches!(facts(rest).as_slice(), [one] if one.span == (0..rest.len())
        && matches!(one.fact, Fact::Date(_)))
}

/// The line without its brackets, and what they hold.
pub(super) fn unbracketed(line: &str) -> Option<(String, String)> {
    let found = BRACKETED.captures(line)?;
    let bare = line.replacen(&found[0], "", 1).trim().to_owned();
    (!bare.is_empty()).then(|| (bare, found["inside"].trim().to_owned()))
}

/// Where an answer goes, on a line of its own: « -> mairie@x.example ou 01 … ».
pub(super) fn address_of_answer(line: &str) -> Option<&str> {
    let rest = line.trim().strip_prefix("->").or(line.trim().strip_prefix('→'))?.trim();
    let found = facts(rest);
    let contact = |fact: &Fact| matches!(fact, Fact::Phone(_) | Fact::Email(_));
    let first = found.first()?;
    let last = found.last()?;
    (first.span.start == 0 && last.span.end == rest.len() && found.iter().all(|f| contact(&f.fact)))
        .then_some(rest)
}

/// Whether the line says nothing but what the list after it holds: « Financement : », « Déroulé ».
pub(super) fn opens_list(line: &str, notes: &Notes, span: &Span) -> bool {
    let bare = line.trim();
    let next = notes.lines().find(|other| other.span().start > span.start);
    let Some(next) = next.map(|next| next.text.to_owned()) else { return false };
    let own_indent = bare.len() < line.trim_end().len();
    let entry = line::is_entry(&next) || (line::continues(&next) && !own_indent);
    let timed = HOUR_FIRST.is_match(&next) && bare.split_whitespace().count() <= 2;
    let heading = bare.ends_with(':') || bare.split_whitespace().count() <= 6;
    facts(bare).is_empty()
        && !bare.ends_with(['.', '?', '!'])
        && heading
        && (entry || timed)
        && (bare.ends_with(':') || HEADING.is_match(bare) || timed)
}

/// « rdv samedi 6 : mairie fermée -> proposer jeudi 4 »: why not then, and when instead.
pub(super) fn other_appointment(line: &str) -> Option<(String, String)> {
    let found = INSTEAD.captures(line)?;
    let asked = found["asked"].trim().trim_end_matches([',', ';', '-', '–', ' ']);
    Some((asked.to_owned(), format!("rdv {}", found["offered"].trim())))
}

/// Sums with their sign where the word before them says that they are money: « caution 300 »,
/// « chèque de caution (500) ».
pub(super) fn priced(line: &str) -> String {
    let mut out = String::with_capacity(line.len() + 8);
    let mut done = 0;
    for found in MONEY.captures_iter(line) {
        let Some(number) = found.name("n").or_else(|| found.name("large")) else { continue };
        let rest = line.get(number.end()..).unwrap_or_default();
        if number.start() < done || !AFTER_SUM.is_match(rest) {
            continue;
        }
        out.push_str(line.get(done..number.end()).unwrap_or_default());
        out.push_str(" €");
        done = number.end();
    }
    out.push_str(line.get(done..).unwrap_or_default());
    out
}

words!(
    INSTEAD,
    r"(?i)^(?:rdv|rendez-vous)(?: demand[ée])?\s+(?P<asked>.*\d.*?)\s*(?:-+>|=>|→|,|;|:)\s*(?:on )?(?:lui |leur |vous )?propos(?:er|e|ons)(?: plut[ôo]t)?\s+(?P<offered>.*\d.*)$"
);
words!(WAY_TO, r"(?i)\bcomment (?P<verb>\p{L}+)\s*:?\s*$");
words!(SHORT_DAY, r"(?i)\b(?P<day>lun|mar|mer|jeu|ven|sam|dim)\.\s+(?P<n>\d)");
words!(BY, r"(?i)^\W*avant (?:le )?");
words!(BRACKETED, r"\s*\((?P<inside>[^()]+)\)");
words!(BETWEEN, r"\s+/\s+|[.;]\s+|\s+[–-]\s+|\s{3,}|\t+");
words!(
    INNER_FIELD,
    r"(?i),\s+(?P<field>(?:dat[ée]e? (?:du |le )?|sign[ée]e? |signature |nos r[ée]f|vos r[ée]f|n[./]? ?r[ée]f|le (?:\p{L}+ )?\d{1,2}(?:er)? \p{L}{3,} \d{4}\s*$)\S?)|\d{4}\s+(?P<signed>sign[ée]e? (?:par )?\S)"
);
words!(
    OWN_DAY,
    r"(?i)^(?:lettre|courrier|r[ée]ponse) (?:(?:à |a )?dat[ée]e?r? )?du (?P<day>(?:\p{L}+ )?\d.*\d{4})$"
);
words!(
    ASKED,
    r"^(?:(?:QUAND|OÙ|OU|QUI|QUOI|DATE|LIEU|HORAIRES?)\s*:?\s+|(?i:quand|où|quoi|lieu)\s*:\s*)"
);
words!(
    OF_MONEY,
    r"(?i)€|\b(?:euros?|devis|budget|co[ûu]ts?|montants?|financement|subventions?|subv|total|facture|HT|TTC)\b"
);
words!(THOUSANDS, r"\b[1-9]\d{0,2}[ \x{a0}\x{202f}]\d{3}\b");
words!(LABELLED, r"(?i)(?:n°|r[ée]f\.?|dossier|contrat|TSA|CS|BP)\s*$");
words!(HOUR_FIRST, r"^\s*\d{1,2} ?[hH:]");
words!(
    HEADING,
    r"(?i)^(?:(?:donc |alors )?non,? (?:parce que?|car)|pourquoi|motifs?|raisons?|conditions?|comment\b.*|financement|d[ée]roul[ée]|programme|(?:ce )?qu['’]on peut (?:lui |leur )?proposer|ce qu['’]on peut (?:lui |leur )?proposer|.*\bon propose(?: au choix)?|(?:on|nous) demand\w+(?: aussi)?)$"
);
words!(PLACE_AND_DAY, r",\s+(?P<day>\p{Lu}[\p{L}'’-]+,? le (?:\p{L}+ )?\d)");
words!(
    MONEY,
    r"(?i)\b(?:(?:arrhes|acompte|caution|loyer|location|forfait|m[ée]nage|subv\w*|avance|cotisation|adh[ée]sion|franchise)\s*(?:de |est de |:|=|\()?\s*(?P<n>\d{2,}(?:[ .]\d{3})*(?:,\d{2})?)|(?:total|reste|solde|montant|€(?: par \p{L}+)?,? soit|\de? e(?: par \p{L}+)?,? soit)\s*(?:de |:|=)?\s*(?P<large>\d{3,}(?:[ .]\d{3})*(?:,\d{2})?))"
);
words!(
    AFTER_SUM,
    r"(?i)^(?:$|\s*[.,;)!]|\s*(?:->|=|→)|\s+(?:vers[ée]|pay[ée]|encaiss|donc\b|forfait|ch[èe]que|par |soit |et |/|en |qu))"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_before_every_line_makes_no_list() {
        let notes = "lettre au syndic\n* fuite au 3e\n* vue par M. Roche\n* on demande :\n   - un plombier\n* avant lundi";
        assert_eq!(common_mark(notes), Some('*'));
        assert_eq!(unmarked("* fuite au 3e", Some('*')), "fuite au 3e");
        assert_eq!(common_mark("lettre\ndemander\n- a\n- b\n- c\nmerci\nsalut\nfin"), None);
    }

    #[test]
    fn one_line_may_hold_several_fields() {
        let texts = |line: &str| {
            fields(line, &(0..line.len()), Purpose::Request)
                .map(|found| found.into_iter().map(|(text, _)| text).collect::<Vec<_>>())
        };
        assert_eq!(
            texts("réf AB/2027-12 / date mardi 2 mars 2027 / signé le maire"),
            Some(vec![
                "réf AB/2027-12".into(),
                "date mardi 2 mars 2027".into(),
                "signé le maire".into()
            ])
        );
        assert_eq!(
            texts("recommandé AR. nos réf AB/27. mardi 2 mars 2027. signature du maire"),
            Some(vec![
                "recommandé AR".into(),
                "nos réf AB/27".into(),
                "le mardi 2 mars 2027".into(),
                "signature du maire".into()
            ])
        );
        assert_eq!(
            texts("lettre datee du mardi 2 mars 2027 signee par anne"),
            Some(vec!["le mardi 2 mars 2027".into(), "signee par anne".into()])
        );
        assert_eq!(texts("le toit fuit. la salle est fermée"), None);
    }

    #[test]
    fn thousands_are_money_in_a_line_of_money() {
        for (notes, read) in [
            (
                "devis : clôture 12 600, portail 3 150 -> total 15 750 €",
                "devis : clôture 12 600 €, portail 3 150 € -> total 15 750 €",
            ),
            ("budget 4 200 ; 1 500 habitants", "budget 4 200 € ; 1 500 habitants"),
            ("facture, contrat 8 120, TSA 30 112", "facture, contrat 8 120, TSA 30 112"),
            ("12 600 personnes, 3 150", "12 600 personnes, 3 150"),
        ] {
            assert_eq!(grouped_sums(notes), read);
        }
    }

    #[test]
    fn a_heading_only_opens_the_list_under_it() {
        let opens = |text: &str| {
            let notes = Notes::from_text(text).unwrap();
            let first = notes.lines().next().unwrap();
            opens_list(first.text, &notes, &first.span())
        };
        assert!(opens("Recettes :\n- buvette 80 €"));
        assert!(opens("conditions\n1) ménage fait"));
        assert!(opens("Déroulé\n18h accueil"));
        assert!(!opens("Recettes : buvette 80 €\n- tombola"));
        assert!(!opens("le portail est cassé\n- appeler Luc"));
        assert!(!opens("conditions\nménage fait"));
    }

    #[test]
    fn a_day_under_a_list_is_for_all_of_it() {
        assert!(is_bare_deadline("avant le 4 juin 2027"));
        assert!(is_bare_deadline("avant le lundi 4 juin !"));
        assert!(!is_bare_deadline("avant le 4 juin, en mairie"));
        assert!(!is_bare_deadline("avant midi"));
        assert_eq!(way_to("comment réserver :"), Some("réserver"));
        assert_eq!(way_to("comment ça marche"), None);
    }

    #[test]
    fn an_address_on_its_own_line_is_where_to_answer() {
        assert_eq!(
            address_of_answer(" -> club@trevol.example ou 05 61 00 11 22"),
            Some("club@trevol.example ou 05 61 00 11 22")
        );
        assert_eq!(address_of_answer("-> appeler le 05 61 00 11 22"), None);
    }

    #[test]
    fn an_appointment_that_cannot_be_gives_way_to_the_one_offered() {
        assert_eq!(
            other_appointment("rdv lundi 3/05 : bureau fermé -> lui proposer mardi 4/05 à 9h"),
            Some(("lundi 3/05 : bureau fermé".into(), "rdv mardi 4/05 à 9h".into()))
        );
        assert_eq!(other_appointment("rdv lundi 3/05 à 9h"), None);
    }

    #[test]
    fn sums_of_money_get_their_sign() {
        for (notes, read) in [
            ("caution 200 chèque", "caution 200 € chèque"),
            ("le chèque de caution (450) est gardé", "le chèque de caution (450 €) est gardé"),
            ("arrhes 80 versées, reste 240", "arrhes 80 € versées, reste 240 €"),
            ("location 3 jours", "location 3 jours"),
            ("location 12 tables", "location 12 tables"),
            ("facture 2026-118", "facture 2026-118"),
            ("caution 200 €", "caution 200 €"),
        ] {
            assert_eq!(priced(notes), read);
        }
    }
}
