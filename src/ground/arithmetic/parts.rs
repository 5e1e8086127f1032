//! Parts that do not make their whole, as people tell them: « vendu 80 € : 8 € pour le club et 70 €
//! pour vous », « trois devis … donc 239 € en tout », « région 40 000, département 30 000, le reste
//! pour la commune, 57 520 », « 20 € par équipe de 4, ce qui fait 6 € par tête ».

use std::sync::LazyLock;

use regex::Regex;

use super::sums::money;
use super::{NUMBER, pattern};
use crate::finding::{Finding, FindingKind};
use crate::notes::{Line, Notes, Span};
use crate::reading::amount::{french_cents, parse_cents};
use crate::reading::{Fact, Found, facts};

pub(super) fn parts(notes: &Notes) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut before: Option<u64> = None;
    for line in notes.lines() {
        findings.extend(shares(&line));
        findings.extend(in_all(&line));
        findings.extend(things(&line));
        findings.extend(rest(&line, before));
        findings.extend(each(&line, notes));
        let told = amounts(line.text);
        if !line.text.trim().is_empty() {
            before = match told.as_slice() {
                [(only, _)] => Some(*only),
                _ => None,
            };
        }
    }
    findings
}

/// « vendu 80 € : 8 € pour le club et 70 € pour vous »: what each has, of a sum told before.
fn shares(line: &Line<'_>) -> Option<Finding> {
    static SHARES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)({NUMBER}) ?(?:€|euros?)\s*[:=,(→-]+>?\s*({NUMBER}) ?(?:€|euros?) (?:pour|à|au|aux|vont|va)\b[^\d]{{2,40}}?\b(?:et|,|\+) ({NUMBER}) ?(?:€|euros?) (?:pour|à|au|aux|vont|va|reviennent)\b"
        ))
    });
    let found = SHARES.captures(line.text)?;
    let read = |index: usize| found.get(index).and_then(|m| parse_cents(m.as_str()));
    let (whole, one, other) = (read(1)?, read(2)?, read(3)?);
    let place = found.get(3)?.range();
    told_wrong(
        line,
        place,
        &format!("{} − {}", french_cents(whole), french_cents(one)),
        whole.checked_sub(one)?,
        other,
    )
}

/// « 84,50, plus la location 45 € et l'adhésion 15 €, donc 150 € en tout ».
fn in_all(line: &Line<'_>) -> Option<Finding> {
    static TOTAL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)\b(?:donc|soit|[çc]a fait|cela fait|ce qui fait|total(?: de)?)\s+(?:[^\d.;,]{{1,25}}\s)?({NUMBER}) ?(?:€|euros?)?\s+(?:en tout|au total|[àa] (?:r[ée]gler|payer|verser|pr[ée]voir))\b"
        ))
    });
    let found = TOTAL.captures(line.text)?;
    let stated = found.get(1)?;
    let list = line.text.get(..found.get(0)?.start())?;
    let list = list.rfind(". ").and_then(|end| list.get(end + 2..)).unwrap_or(list);
    let terms: Vec<u64> = amounts(list).into_iter().map(|(cents, _)| cents).collect();
    let sum: u64 = terms.iter().sum();
    let total = parse_cents(stated.as_str())?;
    let near = sum.abs_diff(total) * 4 <= sum;
    if terms.len() < 2 || !near {
        return None;
    }
    let shown: Vec<String> = terms.iter().map(|term| french_cents(*term)).collect();
    told_wrong(line, stated.range(), &shown.join(" + "), sum, total)
}

/// « 8 adultes et 3 enfants, ça fait 12 repas », « lot 4 9 parts lot 5 8 parts soit 18 parts »: counts
/// that do not make the count told after them.
fn things(line: &Line<'_>) -> Option<Finding> {
    static TOTAL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:donc|soit|[çc]a fait|cela fait|ce qui fait|au total|en tout)\s+(?P<n>\d{1,3})\s+(?P<what>\p{L}{3,})",
        )
    });
    static COUNT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?P<before>\p{L}+\.?\s+|[-–]\s?|^|[,;:(]\s*|\d\s+)(?P<n>\d{1,3})\s+(?P<what>\p{L}{3,})",
        )
    });
    const TIED: [&str; 12] =
        ["le", "du", "au", "les", "des", "aux", "n", "lot", "lots", "parcelle", "article", "point"];
    let found = TOTAL.captures(line.text)?;
    let (stated, what) = (found.name("n")?, found["what"].to_lowercase());
    let list = line.text.get(..found.get(0)?.start())?;
    let list = list.rfind([';', '(']).and_then(|end| list.get(end + 1..)).unwrap_or(list);
    let list = list.rfind(". ").and_then(|end| list.get(end + 2..)).unwrap_or(list);
    let told: Vec<(u64, String)> = COUNT
        .captures_iter(list)
        .filter(|count| !TIED.contains(&count["before"].trim().to_lowercase().as_str()))
        .filter_map(|count| Some((count["n"].parse().ok()?, count["what"].to_lowercase())))
        .collect();
    let same = |count: &&(u64, String)| count.1 == what;
    let of_kind: Vec<u64> = told.iter().filter(same).map(|(n, _)| *n).collect();
    let terms: Vec<u64> =
        if of_kind.len() > 1 { of_kind } else { told.iter().map(|(n, _)| *n).collect() };
    // Other values in between make another reckoning.
    let plain = facts(list).iter().all(|f| matches!(f.fact, Fact::Number(_) | Fact::Date(_)));
    let total: u64 = stated.as_str().parse().ok()?;
    let (sum, product): (u64, u64) = (terms.iter().sum(), terms.iter().product());
    let near = sum.abs_diff(total) * 4 <= sum;
    let times = product == total && !list.to_lowercase().contains(&what);
    if !(2..=4).contains(&terms.len()) || !plain || !near || times || sum == total {
        return None;
    }
    let shown: Vec<String> = terms.iter().map(u64::to_string).collect();
    Some(Finding::check(
        FindingKind::Sum,
        Some(line.start + stated.start()..line.start + stated.end()),
        format!(
            "{} = {sum}, les notes disent {total} ({what}) : vérifiez avant de reprendre ce nombre.",
            shown.join(" + ")
        ),
    ))
}

/// « région 40 000, souscription 21 350, le reste pour la commune, 57 520 », of the whole told on
/// the line before or first on this one.
fn rest(line: &Line<'_>, before: Option<u64>) -> Option<Finding> {
    static REST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(r"(?i)\b(?:le|notre) (?:reste|solde)\b[^\d.;]{{0,40}}({NUMBER})"))
    });
    let found = REST.captures(line.text)?;
    let stated = found.get(1)?;
    let list = line.text.get(..found.get(0)?.start())?;
    let mut terms: Vec<u64> = amounts(list).into_iter().map(|(cents, _)| cents).collect();
    let is_sum = amounts(line.text).iter().any(|(_, span)| *span == stated.range());
    let others = |terms: &[u64]| terms.iter().sum::<u64>();
    let whole = match (before, terms.first().copied()) {
        (_, Some(first)) if first > others(terms.get(1..)?) && terms.len() > 2 => {
            terms.remove(0);
            first
        }
        (Some(whole), _) => whole,
        _ => return None,
    };
    let total = parse_cents(stated.as_str())?;
    let left = whole.checked_sub(others(&terms))?;
    if !is_sum || terms.len() < 2 || left.abs_diff(total) * 4 > left {
        return None;
    }
    let shown: Vec<String> = terms.iter().map(|term| french_cents(*term)).collect();
    let what = format!("{} − {}", french_cents(whole), shown.join(" − "));
    told_wrong(line, stated.range(), &what, left, total)
}

/// « 20 € par équipe, ce qui fait 6 € par tête », where the notes say of how many a team is.
fn each(line: &Line<'_>, notes: &Notes) -> Option<Finding> {
    static EACH: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)({NUMBER}) ?(?:€|euros?) (?:par |l['’]|la |le |/ ?)(?P<group>[ée]quipe|famille|groupe|table|doublette|triplette|trio|quatuor|binôme|couple|duo)\b[^\d]{{0,25}}?(?:soit|ce qui fait|ce qui donne|donc|\(|=) ?({NUMBER}) ?(?:€|euros?) (?:par |chacune?|la |le |/ ?)(?:t[êe]te|personne|joueur|joueuse|enfant|pers|participant)?"
        ))
    });
    let found = EACH.captures(line.text)?;
    let group = found["group"].to_lowercase();
    let size = match group.as_str() {
        "doublette" | "binôme" | "couple" | "duo" => 2,
        "triplette" | "trio" => 3,
        "quatuor" => 4,
        group => {
            let of = pattern(&format!(r"(?i)\b{}s? de (\d{{1,2}})\b", regex::escape(group)));
            of.captures(notes.text())?[1].parse().ok()?
        }
    };
    let whole = parse_cents(found.get(1)?.as_str())?;
    let share = found.get(3)?;
    let what = format!("{} divisé par {size}", french_cents(whole));
    told_wrong(line, share.range(), &what, whole.checked_div(size)?, parse_cents(share.as_str())?)
}

/// What to say of a total, in hundredths, that its terms do not make.
pub(super) fn says_otherwise(terms: &str, right: u64, told: u64) -> String {
    format!(
        "{terms} = {}, les notes disent {} : vérifiez avant de reprendre ce nombre.",
        french_cents(right),
        french_cents(told)
    )
}

/// The finding that a computation gives another number than the one told.
fn told_wrong(line: &Line<'_>, place: Span, what: &str, right: u64, told: u64) -> Option<Finding> {
    (right.abs_diff(told) > 1).then(|| {
        Finding::check(
            FindingKind::Sum,
            Some(line.start + place.start..line.start + place.end),
            says_otherwise(what, right, told),
        )
    })
}

/// Amounts, numbers with cents and numbers of four digits or more, which are money too in a list of
/// it; no year.
fn amounts(text: &str) -> Vec<(u64, Span)> {
    let is_money = |found: &Found| match &found.fact {
        Fact::Amount(_) => true,
        Fact::Number(number) => {
            let cents = number.split_once(',').is_some_and(|(_, decimals)| decimals.len() == 2);
            let typed = text.get(found.span.clone()).unwrap_or_default();
            cents || (number.len() > 3 && typed.contains([' ', '\u{a0}', '\u{202f}']))
        }
        _ => false,
    };
    let found = facts(text).into_iter().filter(is_money);
    found.filter_map(|found| Some((money(&found.fact)?, found.span))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_have_to_make_their_whole() {
        for (text, expected) in [
            ("vendu 60 € : 6 € pour le club et 50 € pour vous", Some("60 − 6 = 54")),
            ("vendu 60 € : 6 € pour le club et 54 € pour vous", None),
            ("location 200 € : caution 150 €, ménage 40 €", None),
            (
                "repas 12,50, car 31,50 plus l'entrée 6 €, ça fait 60 € en tout",
                Some("12,50 + 31,50 + 6 = 50"),
            ),
            ("repas 12,50, car 31,50 plus l'entrée 6 €, donc 50 € en tout", None),
            (
                "Le toit, c'est 90 000 euros.\nÉtat 40 000, Département 20 500, le reste pour nous, 30 500.",
                Some("90 000 − 40 000 − 20 500 = 29 500"),
            ),
            ("travaux 9 000 €, aide 4 000 €, don 1 500 €, le reste 3 500 €", None),
            ("acompte 50 €, le reste est à régler avant le 15 janvier", None),
            ("équipes de 5\n30 € par équipe ce qui fait 7 € par tête", Some("30 divisé par 5 = 6")),
            ("16 € la doublette, soit 8 € par joueur", None),
            ("8 adultes et 3 enfants, ça fait 12 repas à prévoir", Some("8 + 3 = 11")),
            ("8 adultes et 3 enfants, ça fait 11 repas à prévoir", None),
            ("4 tables, 3 bancs : rue Basse, donc 8 meubles", Some("4 + 3 = 7")),
            ("2 agents 3 matins, soit 6 heures", None),
            ("tables cassées : 3 salle Haute, 2 préau, donc 6 tables", Some("3 + 2 = 5")),
            ("parcelle 4 9 parts parcelle 5 8 parts soit 18 parts en tout", Some("9 + 8 = 17")),
            (
                "Adhésion 20 € par an et une caution de 45 €, donc ils auront 70 € à régler",
                Some("20 + 45 = 65"),
            ),
            ("15 € par équipe, soit 9 € par joueur", None),
        ] {
            let notes = Notes::from_text(text).unwrap();
            let found = parts(&notes);
            let told = found.first().map(|finding| finding.message.as_str());
            match expected {
                Some(start) => assert!(
                    told.is_some_and(|told| told
                        .replace(['\u{a0}', '\u{202f}'], " ")
                        .starts_with(start)),
                    "{text}: {told:?}"
                ),
                None => assert_eq!(told, None, "{text}"),
            }
        }
    }
}
