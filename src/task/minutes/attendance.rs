//! Attendance in notes: present, late, represented, excused, absent.
//!
//! A line about attendance is a list of names under a category (`présents :`, `exc :`, `abs`), in
//! which a segment may carry its own mark (`Lenoir -> pvr à Duval`, `Petit exc. pas de pvr`). Names
//! are resolved through the office sheet; one that it does not know is kept as written.

use std::sync::LazyLock;

use regex::Regex;

use super::record::{Arrival, Attendance, Proxy};
use super::structure::Piece;
use crate::finding::{Finding, FindingKind};
use crate::reading::name::{Resolution, Roster};
use crate::reading::{Fact, facts, fold, pattern};

/// What a name is listed under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Category {
    Present,
    Excused,
    Absent,
    Represented,
}

static OPENS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:[ée]taient\s+|sont\s+|membres\s+|[ée]lus\s+|conseillers\s+)*(pr[ée]sent(?:e?s|\(e\)s)?\b|pr[ée]s\b|pr\s*:|excus\w*|exc\b|absent\w*|abs\b|pouvoirs?\b|pvrs?\b|procurations?\b|repr[ée]sent[ée]\w*)(?:\s+(?:et\s+)?(?:excus[ée]\w*|non\s+excus[ée]\w*))?",
    )
});
static ENDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(abs(?:ent\w*)?|exc(?:us[ée]\w*)?)\.?(?:\s+(?:pas\s+de|sans|non)\s+\w+)?\s*\.?$",
    )
});
static PROXY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(.+?)\s*(?:->|-->|=>|→|>|\()?\s*(?:(?:a\s+)?(?:donn[ée]e?|donne)\s+)?\b(?:pvrs?|pouvoirs?|procurations?|proc|repr[ée]sent[ée]e?)\b\.?\s*(?:à|a|par|:|->)?\s+(.+?)\)?$",
    )
});
static ARROW: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(.+?)\s*(?:->|-->|=>|→)\s*(.+)$"));
/// Under « pouvoirs : » the preposition is enough.
static TO: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(.+?)\s+(?:à|a|pour|par)\s+(.+)$"));
static HAS_PROXY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:a\s+(?:le|la|un|une)\s+)?(?:pouvoir|pvr|procuration)\s+(?:de|d['’])\s*(.+)$")
});
static NO_PROXY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:pas|sans|aucun)\s+(?:de\s+|d['’])?(?:pouvoir|pvr|procuration)")
});
static ARRIVES: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^(.+?)\s+(?:est\s+)?(?:arriv[ée]\w*|arrive)\b(.*)$"));
static AT_ITEM: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:pt|point|item|sujet|d[ée]lib)\s*(?:n°\s*)?(\d{1,2})\b"));
static COUNT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(\d{1,4})\s*(?:(?:membres|personnes|adh[ée]rents|conseillers|[ée]lus)\s+)?(pr[ée]sent\w*|signatures|[ée]marg\w*|pouvoirs?|pvrs?|procurations?|repr[ée]sent[ée]\w*)",
    )
});
static CIVILITY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^(?:mmes?|mm\.?|m\.|mr\.?|mlle|monsieur|madame)\s+"));

/// Reads one line of the header; answers whether it was about attendance.
pub fn read(
    piece: &Piece<'_>,
    roster: &Roster,
    attendance: &mut Attendance,
    findings: &mut Vec<Finding>,
) -> bool {
    arrival(piece, roster, attendance)
        || counts(piece.text, attendance)
        || names(piece, roster, attendance, findings)
}

/// « T. Jolivard arrive 20h50 (on était au pt 2) ».
fn arrival(piece: &Piece<'_>, roster: &Roster, attendance: &mut Attendance) -> bool {
    let Some(found) = ARRIVES.captures(piece.text) else { return false };
    let (who, rest) =
        (found.get(1).map_or("", |m| m.as_str()), found.get(2).map_or("", |m| m.as_str()));
    let Some(name) = person(who, roster) else { return false };
    let hour = facts(rest).into_iter().find_map(|f| match f.fact {
        Fact::Hour(hour) => Some(hour.to_french()),
        _ => None,
    });
    let item = AT_ITEM.captures(rest).and_then(|m| m.get(1)).and_then(|m| m.as_str().parse().ok());
    attendance.arrivals.push(Arrival { name, hour, item });
    true
}

/// « 29 signatures + 9 pouvoirs », « 12 présents ».
fn counts(text: &str, attendance: &mut Attendance) -> bool {
    let mut any = false;
    for found in COUNT.captures_iter(text) {
        let (Some(count), Some(word)) = (found.get(1), found.get(2)) else { continue };
        let Ok(count) = count.as_str().parse() else { continue };
        let word = fold(word.as_str());
        if word.starts_with("po")
            || word.starts_with("pv")
            || word.starts_with("pro")
            || word.starts_with("rep")
        {
            attendance.proxy_count = attendance.proxy_count.or(Some(count));
        } else {
            attendance.present_count = attendance.present_count.or(Some(count));
        }
        any = true;
    }
    any
}

fn names(
    piece: &Piece<'_>,
    roster: &Roster,
    attendance: &mut Attendance,
    findings: &mut Vec<Finding>,
) -> bool {
    let text = piece.text.trim_start_matches(['-', '–', '•', '*', ' ']);
    let (mut category, list) = match OPENS.captures(text) {
        Some(found) => {
            let key = fold(found.get(1).map_or("", |m| m.as_str()));
            let end = found.get(0).map_or(0, |m| m.end());
            let category = match key.get(..3) {
                Some("exc") => Category::Excused,
                Some("abs")
                    if fold(&text[..end]).contains("excus")
                        && !fold(&text[..end]).contains("non") =>
                {
                    Category::Excused
                }
                Some("abs") => Category::Absent,
                Some("pou" | "pvr" | "pro" | "rep") => Category::Represented,
                _ => Category::Present,
            };
            let list = text[end..].trim_start_matches(['.', ' ']);
            // « présents 12 » was read as a count; « présente le budget » is no attendance.
            let listed = list.starts_with([':', '=', '('])
                || list.chars().next().is_some_and(char::is_uppercase);
            if !listed {
                return false;
            }
            (category, list.trim_start_matches([':', '=', ' ']))
        }
        None => {
            // « Quérimont abs »: names, then the category; only when every segment is a member.
            let Some(found) = ENDS.find(text) else { return false };
            let who = text[..found.start()].trim();
            let known = !who.is_empty()
                && split(who).all(|s| {
                    matches!(roster.resolve(s), Resolution::Known(_)) || looks_like_name(s)
                });
            if !known || who.split_whitespace().count() > 12 {
                return false;
            }
            let category = if fold(found.as_str()).starts_with("exc") {
                Category::Excused
            } else {
                Category::Absent
            };
            for segment in split(who) {
                add(segment, category, piece, roster, attendance, findings);
            }
            return true;
        }
    };
    for segment in split(list) {
        // A new category inside the line: « présents : A, B. excusés : C ».
        let segment = match OPENS.find(segment) {
            Some(found) if found.end() < segment.len() => {
                let key = fold(found.as_str());
                category = match key.get(..3) {
                    Some("exc") => Category::Excused,
                    Some("abs") => Category::Absent,
                    Some("pou" | "pvr" | "pro" | "rep") => Category::Represented,
                    _ => Category::Present,
                };
                segment[found.end()..].trim_start_matches([':', '=', '.', ' '])
            }
            _ => segment,
        };
        add(segment, category, piece, roster, attendance, findings);
    }
    true
}

/// The segments of a list of names.
fn split(list: &str) -> impl Iterator<Item = &str> {
    list.split(['/', ',', ';', '\n'])
        .flat_map(|s| s.split(" et "))
        .flat_map(|s| s.split(" + "))
        .map(|s| s.trim().trim_end_matches('.').trim())
        .filter(|s| !s.is_empty())
}

fn looks_like_name(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_uppercase) && text.split_whitespace().count() <= 4
}

fn add(
    segment: &str,
    category: Category,
    piece: &Piece<'_>,
    roster: &Roster,
    attendance: &mut Attendance,
    findings: &mut Vec<Finding>,
) {
    let without_proxy = NO_PROXY.is_match(segment);
    if !without_proxy && let Some((giver, holder)) = proxy(segment, category, roster) {
        attendance.proxies.push(Proxy { giver, holder });
        return;
    }
    let marked = match ENDS.find(segment) {
        Some(mark) if fold(mark.as_str()).starts_with("exc") => {
            (Category::Excused, &segment[..mark.start()])
        }
        Some(mark) => (Category::Absent, &segment[..mark.start()]),
        None => (category, segment),
    };
    let (category, words) = marked;
    let words = words.trim().trim_end_matches(['(', ':', '-']).trim();
    let Some(name) = person(words, roster) else { return };
    if roster.names().len() > 1
        && matches!(roster.resolve(words), Resolution::Unknown | Resolution::Ambiguous(_))
    {
        findings.push(Finding::check(
            FindingKind::Name,
            Some(piece.span.clone()),
            format!("« {words} » ne correspond à aucun membre connu, ou à plusieurs : nom gardé tel quel."),
        ));
    }
    let list = match category {
        Category::Present => &mut attendance.present,
        Category::Excused => &mut attendance.excused,
        Category::Absent => &mut attendance.absent,
        // A name under « pouvoirs » without a holder.
        Category::Represented => &mut attendance.excused,
    };
    if !list.contains(&name) {
        list.push(name);
    }
}

/// Giver and holder of a proxy.
fn proxy(segment: &str, category: Category, roster: &Roster) -> Option<(String, String)> {
    if let Some(found) = HAS_PROXY.captures(segment) {
        let holder = &segment[..found.get(0)?.start()];
        return Some((
            person(found.get(1)?.as_str(), roster)?,
            person(holder.trim_end_matches(['(', ' ']), roster)?,
        ));
    }
    let found = PROXY.captures(segment).or_else(|| {
        let arrow =
            matches!(category, Category::Represented | Category::Excused | Category::Absent);
        if arrow { ARROW.captures(segment) } else { None }
    });
    let listed = category == Category::Represented;
    let found = found.or_else(|| if listed { TO.captures(segment) } else { None })?;
    let giver = found.get(1)?.as_str().trim_end_matches(['(', ' ', '-', ':']);
    Some((person(giver, roster)?, person(found.get(2)?.as_str(), roster)?))
}

/// A person's name: as the office sheet spells it, otherwise as written.
pub fn person(words: &str, roster: &Roster) -> Option<String> {
    let words = words.trim().trim_matches(['(', ')', ',', '.', ';', ':', '-']).trim();
    if let Resolution::Known(member) = roster.resolve(words) {
        return Some(roster.full_name(member).to_owned());
    }
    let bare = CIVILITY.replace(words, "");
    let named = bare.chars().next().is_some_and(char::is_uppercase)
        && bare.split_whitespace().count() <= 5
        && !bare.chars().any(|c| c.is_ascii_digit());
    if !named {
        return None;
    }
    // « Rostagnou (adjointe) » still names the member.
    if let Some((member, _)) = roster.mentions(words).first() {
        return Some(roster.full_name(*member).to_owned());
    }
    Some(words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::Membre;

    fn members() -> Vec<Membre> {
        ["Ada VERNIER", "Luc TALMONT", "Ève OSTIN", "Paul-Henri GARDÈRE", "Zoé MALBEC"]
            .map(|nom| Membre { nom: nom.into(), ..Membre::default() })
            .into()
    }

    fn check(lines: &[&str]) -> Attendance {
        let members = members();
        let roster = Roster::new(&members);
        let mut attendance = Attendance::default();
        for line in lines {
            let piece = Piece { text: line, span: 0..line.len() };
            assert!(read(&piece, &roster, &mut attendance, &mut Vec::new()), "{line}");
        }
        attendance
    }

    #[test]
    fn names_are_listed_under_their_category() {
        let found = check(&["présents : A. Vernier, L Talmont", "excusée : Ostin", "Malbec abs"]);
        assert_eq!(found.present, ["Ada VERNIER", "Luc TALMONT"]);
        assert_eq!(
            (found.excused, found.absent),
            (vec!["Ève OSTIN".into()], vec!["Zoé MALBEC".to_owned()])
        );
    }

    #[test]
    fn proxies_are_read_as_people_type_them() {
        let expected = Proxy { giver: "Ève OSTIN".into(), holder: "Ada VERNIER".into() };
        for line in [
            "exc : Ostin -> pvr à Vernier",
            "Excusés : Ostin (pouvoir à Vernier)",
            "pouvoirs : Ostin à Vernier",
            "absents : Ève Ostin donne pouvoir à Ada Vernier",
            "pouvoirs : Ostin -> Vernier",
            "excusés : Ostin a donné procuration à A. Vernier",
        ] {
            assert_eq!(check(&[line]).proxies, std::slice::from_ref(&expected), "{line}");
        }
    }

    #[test]
    fn an_excused_member_without_proxy_is_not_represented() {
        let found = check(&["exc : Ostin -> pvr à Vernier / Malbec exc. pas de pvr / Gardère"]);
        assert_eq!(found.proxies.len(), 1);
        assert_eq!(found.excused, ["Zoé MALBEC", "Paul-Henri GARDÈRE"]);
    }

    #[test]
    fn a_late_member_is_an_arrival_not_a_presence() {
        let found = check(&["Z. Malbec arrive 20h50 (on était au pt 2)"]);
        assert!(found.present.is_empty());
        assert_eq!(
            found.arrivals,
            [Arrival { name: "Zoé MALBEC".into(), hour: Some("20 h 50".into()), item: Some(2) }]
        );
    }

    #[test]
    fn numbers_stand_in_for_names() {
        let found = check(&["feuille émargement 29 signatures + 9 pouvoirs"]);
        assert_eq!((found.present_count, found.proxy_count), (Some(29), Some(9)));
    }

    #[test]
    fn other_lines_are_left_alone() {
        for line in [
            "présente le budget 2027",
            "absence de chauffage à l'école",
            "vente de pouvoirs magiques",
        ] {
            let members = members();
            let piece = Piece { text: line, span: 0..line.len() };
            let read =
                read(&piece, &Roster::new(&members), &mut Attendance::default(), &mut Vec::new());
            assert!(!read, "{line}");
        }
    }
}
