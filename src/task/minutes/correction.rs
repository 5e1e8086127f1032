//! Corrections that come later in the notes win: the new value, vote or state takes the place of
//! the old one in every text of the record that holds it, and a finding tells it.

mod by_words;

use std::sync::LazyLock;

use regex::Regex;

use super::people::People;
use super::record::{Item, Meeting};
use super::structure::{Entry, Piece, match_entry};
use super::vote;
use crate::finding::Finding;
use crate::reading::amount::parse_cents;
use crate::reading::correction::{pair, replace_value};
use crate::reading::{Fact, facts, fold, pattern};
use crate::task::aside;

static OPENS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:attention\s*:?\s*)?(?:rectif\w*|errat(?:um|a)|corr\b|corrections?|corriger|[àa]\s+corriger|erreurs?|apr[èe]s\s+(?:relecture|v[ée]rification|recomptage)|correctif)\b",
    )
});
static HINTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:p\.?\s?s\b|(?:points?|pts?|r[ée]s(?:olution)?)\s*\d{1,2}\s*:|et\s+\p{L}+\s+m['’]|relu\b|non\b|finalement\b|en\s+fait\b|au\s+final\b|attention\b|pr[ée]cision\b|oubli\b|recompt\w*|apr[èe]s\s+coup)|\b(?:rectif\w*|corrig\w*|recompt[ée]\w*|erreur)\b|\blire\b.*\b(?:et\s+non|au\s+lieu)\b",
    )
});
static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:points?|pts?|item|sujet|d[ée]lib\w*|r[ée]s(?:olution|ol|o)?\.?|question)\s*(?:n°\s*)?(\d{1,2})\b",
    )
});
static STATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)([^:,;]+?)\s+(?:[ée]tait|est|c['’]est)\s+(?:bien\s+|en\s+fait\s+|finalement\s+)?(pr[ée]sente?|excus[ée]e?|absente?)\b",
    )
});

/// A value said anew without the old one: « ah non c'est 165 », « c'est 600 en fait », « je me suis
/// trompée ».
static ANEW: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)\b(?:ah|euh|oups|mince|zut|h[ée])\s*,?\s+non\b
        | \b(?:je|j['’])\s*(?:me\s+(?:suis|[ée]tais)\s+tromp|ai\s+(?:mal\s+(?:not|entendu|lu|[ée]crit)|invers))
        | \bs['’]\s?(?:est|[ée]tait)\s+tromp | \bmal\s+not[ée]\b
        | \b(?:c['’ ]?\s?est|ce\s+sera|[çc]a\s+sera|[çc]a\s+fait)\s+(?:bien\s+|plut[ôo]t\s+)?\d[\d\s.,h]*(?:€|euros?|eur|%)?\s*,?\s*(?:\p{L}+\s+){0,2}(?:finalement|en\s+fait|au\s+final)\b
        | \b(?:finalement|en\s+fait|au\s+final)\s*,?\s+(?:c['’ ]?\s?est|ce\s+sera|[çc]a\s+sera)\s+(?:bien\s+|plut[ôo]t\s+)?\d",
    )
});

/// « attention point 3, avec 24 voix c'est rejeté »: another result than the one noted.
static OVERTURNS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:.{0,60}?\b(?:attention|relu|repris|apr[èe]s\s+coup|recompt\w*|v[ée]rifi\w*|erreur)\b)[^.;]*\b(?:points?|pts?|r[ée]s(?:olution)?\.?|d[ée]lib\w*)\s*(?:n°\s*)?\d{1,2}\b.*\b(?:c['’]\s?est|est|donc|finalement)\s+(?:donc\s+|bien\s+)?(?P<no>rejet[ée]e?|refus[ée]e?|(?:non|pas)\s+adopt[ée]e?)?(?P<yes>adopt[ée]e?)?",
    )
});

/// Whether a line corrects what stands before it; weaker words need a value that replaces another.
pub fn is_one(text: &str) -> bool {
    OPENS.is_match(text)
        || OVERTURNS.is_match(text)
        || HINTS.is_match(text) && pair(text).is_some()
        || ANEW.is_match(text) && facts(text).iter().any(|f| by_words::is_value(&f.fact))
}

/// Applies a correction.
pub fn apply(
    piece: &Piece<'_>,
    people: &People<'_>,
    meeting: &mut Meeting,
    findings: &mut Vec<Finding>,
) {
    let number = ITEM.captures(piece.text).and_then(|f| f.get(1)?.as_str().parse::<u32>().ok());
    let target = target(piece.text, number, &meeting.items);
    let done = state(piece, people, meeting)
        .or_else(|| result(piece, target, meeting))
        .or_else(|| ballot(piece, people, target, meeting))
        .or_else(|| target.and_then(|_| value(piece, target, meeting)))
        .or_else(|| value(piece, None, meeting))
        .or_else(|| movement(piece, people, meeting))
        .or_else(|| labelled(piece, meeting))
        .or_else(|| by_words::apply(piece.text, target, meeting));
    findings.push(match done {
        Some(what) => aside::correction(&what, piece.text, piece.span.clone()),
        None => aside::uncorrected(piece.text, piece.span.clone()),
    });
}

/// The item that the correction names, by number or by the words of its title.
fn target(text: &str, number: Option<u32>, items: &[Item]) -> Option<usize> {
    if let Some(number) = number {
        return items.iter().position(|i| i.number == Some(number));
    }
    let entries: Vec<Entry> = (1..)
        .zip(items)
        .map(|(number, item)| Entry { number, title: item.title.clone() })
        .collect();
    let found = usize::try_from(match_entry(text, &entries)?).ok()?;
    found.checked_sub(1)
}

/// « Quérimont était excusé ».
fn state(piece: &Piece<'_>, people: &People<'_>, meeting: &mut Meeting) -> Option<String> {
    let found = STATE.captures(piece.text)?;
    let name = people.member(found.get(1)?.as_str())?;
    let state = fold(found.get(2)?.as_str());
    let a = &mut meeting.attendance;
    for list in [&mut a.present, &mut a.excused, &mut a.absent] {
        list.retain(|n| *n != name);
    }
    let (list, what) = match state.get(..2) {
        Some("pr") => (&mut a.present, "parmi les présents"),
        Some("ex") => (&mut a.excused, "parmi les excusés"),
        _ => (&mut a.absent, "parmi les absents"),
    };
    list.push(name.clone());
    Some(format!("{name} {what}"))
}

/// « attention point 3, avec 24 voix c'est rejeté ».
fn result(piece: &Piece<'_>, target: Option<usize>, meeting: &mut Meeting) -> Option<String> {
    let found = OVERTURNS.captures(piece.text)?;
    let adopted = match (found.name("no"), found.name("yes")) {
        (Some(_), _) => false,
        (_, Some(_)) => true,
        _ => return None,
    };
    let item = meeting.items.get_mut(target?)?;
    item.vote.as_mut()?.result = Some(adopted);
    let what = if adopted { "adopté" } else { "rejeté" };
    Some(format!("résultat du point « {} » : {what}", item.title))
}

/// « c'est 17 pour 5 contre au point 1 ».
fn ballot(
    piece: &Piece<'_>,
    people: &People<'_>,
    target: Option<usize>,
    meeting: &mut Meeting,
) -> Option<String> {
    let (mut vote, span) = vote::find(piece.text, people.roster)?;
    let counted =
        vote.in_favour.is_some() && vote.total() > vote.in_favour.unwrap_or(0) || vote.unanimous;
    if !counted {
        return None;
    }
    let item = meeting.items.get_mut(target?)?;
    let old = item.vote.take();
    vote.span = old.as_ref().map_or_else(|| piece.span.clone(), |v| v.span.clone());
    vote.result = vote.result.or(old.and_then(|v| v.result));
    item.vote = Some(vote);
    Some(format!("vote du point « {} » : {}", item.title, piece.text.get(span)?.trim()))
}

/// « Talmont est arrivé à 19h40, pas à 19h35 »: the hour of a movement that the record holds.
fn movement(piece: &Piece<'_>, people: &People<'_>, meeting: &mut Meeting) -> Option<String> {
    let (new, old) = pair(piece.text)?;
    let hour = |text: &str| {
        facts(text).into_iter().find_map(|f| match f.fact {
            Fact::Hour(hour) => Some(hour.to_french()),
            _ => None,
        })
    };
    let (new, old) = (hour(&new)?, hour(&old)?);
    let named: Vec<&str> = people
        .roster
        .mentions(piece.text)
        .into_iter()
        .map(|(member, _)| people.roster.full_name(member))
        .collect();
    let attendance = &mut meeting.attendance;
    let arrivals = attendance.arrivals.iter_mut().map(|a| (&a.name, &mut a.hour));
    let departures = attendance.departures.iter_mut().map(|d| (&d.name, &mut d.hour));
    let (name, place) = arrivals.chain(departures).find(|(name, hour)| {
        named.contains(&name.as_str()) && hour.as_deref() == Some(old.as_str())
    })?;
    *place = Some(new.clone());
    Some(format!("{name}, {new} au lieu de {old}"))
}

/// A number in place of another, in the item that the correction names or everywhere.
fn value(piece: &Piece<'_>, target: Option<usize>, meeting: &mut Meeting) -> Option<String> {
    let (new, old) = pair(piece.text)?;
    let mut applied: Vec<String> = Vec::new();
    if target.is_none() {
        applied.extend(count(piece.text, &old, &new, meeting));
    }
    let mut replace = |text: &mut String, place: &str, unit: Option<&str>| {
        if replace_value(text, &old, &new, unit) {
            applied.push(place.to_owned());
        }
    };
    // An hour may be that of the meeting; « 16 places et non 14 » is not.
    if target.is_none() && old.contains('h') {
        for (field, place) in [
            (&mut meeting.opened, "ouverture"),
            (&mut meeting.closed, "fin de séance"),
            (&mut meeting.next_meeting, "prochaine réunion"),
        ] {
            if let Some(text) = field {
                replace(text, place, None);
            }
        }
    }
    let unit = unit(piece.text);
    let counted =
        |text: &str| unit.as_deref().is_some_and(|unit| text.contains(&format!("{old} {unit}")));
    let of_unit = meeting.items.iter().flat_map(|i| &i.clauses).any(|c| counted(c));
    let unit = unit.as_deref().filter(|_| of_unit);
    for (index, item) in meeting.items.iter_mut().enumerate() {
        if target.is_some_and(|t| t != index) {
            continue;
        }
        for clause in &mut item.clauses {
            replace(clause, &item.title, unit);
        }
        for part in &mut item.parts {
            replace(&mut part.subject, &item.title, unit);
        }
    }
    applied.dedup();
    (!applied.is_empty()).then(|| format!("{new} au lieu de {old} ({})", applied.join(", ")))
}

/// « 33 présents et pas 34 ».
fn count(text: &str, old: &str, new: &str, meeting: &mut Meeting) -> Option<String> {
    let attendance = &mut meeting.attendance;
    let counts =
        [(&mut attendance.present_count, "présents"), (&mut attendance.proxy_count, "pouvoirs")];
    let named = |what: &str| fold(text).contains(fold(what).trim_end_matches('s'));
    for (count, what) in counts {
        if named(what) && count.is_some_and(|n| n.to_string() == old) {
            *count = new.parse().ok();
            return Some(what.to_owned());
        }
    }
    None
}

/// The thing that a corrected number counts: « places » in « 16 places et non 14 ».
fn unit(text: &str) -> Option<String> {
    static UNIT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\d\s+(\p{L}{4,})\s+(?:et\s+non|pas|non\s+pas|au\s+lieu)\b"));
    let unit = UNIT.captures(text)?.get(1)?.as_str().to_lowercase();
    (!unit.starts_with("euro")).then_some(unit)
}

/// Values said anew after their label: « les lots c'est 1 867,40, total 7 129,95 ». The value
/// that the same label has in the items, and that is nearest, gives way.
fn labelled(piece: &Piece<'_>, meeting: &mut Meeting) -> Option<String> {
    static PAIR: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(\p{L}{3,})\s*(?:c['’ ]\s?est|[:=]|est\s+de|est|->|=>|\+)?\s*(\d{1,3}(?:[ \u{a0}]\d{3})+(?:,\d{1,2})?|\d+(?:[.,]\d{1,2})?)",
        )
    });
    let label = |word: &str| fold(word).chars().take(3).collect::<String>();
    let mut applied = Vec::new();
    for found in PAIR.captures_iter(piece.text) {
        let (Some(word), Some(new)) = (found.get(1), found.get(2)) else { continue };
        let Some(value) = parse_cents(new.as_str()) else { continue };
        let mut nearest: Option<(u64, usize, usize, crate::notes::Span)> = None;
        for (index, item) in meeting.items.iter().enumerate() {
            for (at, clause) in item.clauses.iter().enumerate() {
                for old in PAIR.captures_iter(clause) {
                    let (Some(name), Some(number)) = (old.get(1), old.get(2)) else { continue };
                    let Some(before) = parse_cents(number.as_str()) else { continue };
                    let gap = before.abs_diff(value);
                    let near = gap > 0 && gap.saturating_mul(5) < value;
                    let better = nearest.as_ref().is_none_or(|(best, ..)| gap < *best);
                    if label(name.as_str()) == label(word.as_str()) && near && better {
                        nearest = Some((gap, index, at, number.range()));
                    }
                }
            }
        }
        let Some((_, index, at, span)) = nearest else { continue };
        let Some(clause) = meeting.items.get_mut(index).and_then(|i| i.clauses.get_mut(at)) else {
            continue;
        };
        let old = clause.get(span.clone()).unwrap_or_default().to_owned();
        clause.replace_range(span, new.as_str());
        applied.push(format!("{} au lieu de {old} ({})", new.as_str(), word.as_str()));
    }
    (!applied.is_empty()).then(|| applied.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::FindingKind;
    use crate::office::{Membre, Office};
    use crate::reading::name::Roster;
    use crate::task::minutes::record::{Kind, Vote};

    fn corrected(lines: &[&str]) -> (Meeting, Vec<Finding>) {
        let members = [Membre { nom: "Ada VERNIER".into(), ..Membre::default() }];
        let (roster, office) = (Roster::new(&members), Office::default());
        let people = People::new(&roster, &office);
        let mut meeting = Meeting::empty(Kind::Council);
        meeting.closed = Some("22 h 30".into());
        meeting.attendance.absent = vec!["Ada VERNIER".into()];
        let item = |number, title: &str, clause: &str| Item {
            number: Some(number),
            title: title.into(),
            clauses: vec![clause.into()],
            vote: Some(Vote {
                in_favour: Some(18),
                against: Some(4),
                possible: true,
                ..Vote::default()
            }),
            ..Item::default()
        };
        meeting.items = vec![
            item(1, "Cantine", "le prix passe de 3,60 à 3,80, et 13,80 pour deux"),
            item(2, "Voirie", "subvention de 650 €, plafond 3,80"),
        ];
        let mut findings = Vec::new();
        for text in lines {
            apply(&Piece { text, span: 0..text.len() }, &people, &mut meeting, &mut findings);
        }
        (meeting, findings)
    }

    #[test]
    fn a_later_correction_wins_and_is_flagged() {
        let (meeting, findings) = corrected(&[
            "rectif point 1 : c'est 3,85 qu'on a voté pas 3,80",
            "correction : fin 22h40 et non 22h30",
            "Après relecture, la subvention du point 2 est de 560 € et non de 650 €.",
        ]);
        assert_eq!(meeting.items[0].clauses, ["le prix passe de 3,60 à 3,85, et 13,80 pour deux"]);
        assert_eq!(meeting.items[1].clauses, ["subvention de 560 €, plafond 3,80"]);
        assert_eq!(meeting.closed.as_deref(), Some("22 h 40"));
        assert!(
            findings
                .iter()
                .all(|f| f.kind == FindingKind::Correction && f.message.contains("retenue"))
        );
    }

    #[test]
    fn votes_and_attendance_are_corrected_too() {
        let (meeting, _) = corrected(&[
            "Erreur : c'est 17 pour 5 contre au point 1 (recompté)",
            "rectif voirie : 12 pour 10 contre",
            "erreur : Vernier était excusée",
        ]);
        let counts: Vec<_> = meeting
            .items
            .iter()
            .map(|i| i.vote.as_ref().map(|v| (v.in_favour, v.against)))
            .collect();
        assert_eq!(counts, [Some((Some(17), Some(5))), Some((Some(12), Some(10)))]);
        assert_eq!(meeting.attendance.excused, ["Ada VERNIER"]);
        assert!(meeting.attendance.absent.is_empty());
    }

    #[test]
    fn values_are_corrected_by_their_label() {
        let members: [Membre; 0] = [];
        let (roster, office) = (Roster::new(&members), Office::default());
        let people = People::new(&roster, &office);
        let mut meeting = Meeting::empty(Kind::Association);
        meeting.items = vec![Item {
            clauses: vec!["recettes tot 8165,80".into(), "lots 1 876,40, tot 7138,95".into()],
            ..Item::default()
        }];
        let text = "rectif : les lots c est 1 867,40 donc total 7129,95";
        apply(&Piece { text, span: 0..text.len() }, &people, &mut meeting, &mut Vec::new());
        assert_eq!(
            meeting.items[0].clauses,
            ["recettes tot 8165,80", "lots 1 867,40, tot 7129,95"]
        );
    }

    #[test]
    fn a_value_said_anew_takes_the_place_of_the_one_its_words_name() {
        let members: [Membre; 0] = [];
        let (roster, office) = (Roster::new(&members), Office::default());
        let people = People::new(&roster, &office);
        let item = |number, title: &str, clauses: &[&str]| Item {
            number: Some(number),
            title: title.into(),
            clauses: clauses.iter().map(|c| (*c).to_owned()).collect(),
            ..Item::default()
        };
        let table = [
            ("le bail du garage ah non c est 95 finalement", 0, "bail de 24 mois, 95 € par mois"),
            ("CORR : acompte, c'est 180 en fait", 1, "location 400, acompte 180"),
            ("point 2 : euh non ça sera 410 finalement", 1, "location 410, acompte 150"),
            ("je me suis trompée, c'est 3 % la hausse", 2, "hausse de 3 %, 2 ans"),
        ];
        for (text, at, expected) in table {
            let mut meeting = Meeting::empty(Kind::Association);
            meeting.items = vec![
                item(1, "Garage communal", &["bail de 24 mois, 80 € par mois"]),
                item(2, "Salle", &["location 400, acompte 150"]),
                item(3, "Eau", &["hausse de 2 %, 2 ans"]),
            ];
            apply(&Piece { text, span: 0..text.len() }, &people, &mut meeting, &mut Vec::new());
            assert_eq!(meeting.items[at].clauses, [expected], "{text}");
        }
    }

    #[test]
    fn what_cannot_be_applied_is_told() {
        let (_, findings) = corrected(&["rectif : voir avec Ada"]);
        assert!(findings[0].message.contains("vous-même"), "{findings:?}");
    }

    #[test]
    fn corrections_are_known_by_their_words() {
        for (text, expected) in [
            ("ATTENTION rectif Solène : au final c'est 3,85 pas 3,80", true),
            ("correction : la caution c est 600 et pas 500", true),
            ("Finalement 22h40 et non 22h30", true),
            ("non : 12 € au lieu de 10", true),
            ("Finalement on retient Terravoie", false),
            ("non, pas de garantie", false),
            ("Attention travaux rue Haute", false),
            ("CORR : la jauge, c'est 80", true),
            ("le bail des garages ah non c est 95 finalement", true),
            ("point 4 : taux 2,5 % et pas 2 %", true),
            ("je me suis trompé, c'est 1 250 la participation", true),
            ("finalement amendement : 30 adultes -> 9 pour", false),
            ("euh non, pas de vote", false),
        ] {
            assert_eq!(is_one(text), expected, "{text}");
        }
    }
}
