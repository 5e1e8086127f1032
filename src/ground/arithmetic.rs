//! What does not add up in the notes: weekdays against dates, percentages, tax, products, sums
//! with an announced total, differences; and lines that the notes themselves doubt.
//!
//! Only patterns whose terms are certain are computed: a false alarm costs trust. Votes and
//! quorum belong to the minutes, which know who may vote.

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use crate::finding::{Finding, FindingKind};
use crate::notes::{Line, Notes};
use crate::office::Membre;
use crate::reading::amount::{french_cents, parse_cents};
use crate::reading::date::weekday_name;
use crate::reading::name::Roster;
use crate::reading::{Amount, Fact, Found, PartialDate, Tax, facts, fold};

/// Every point of the notes that does not add up or is said with doubt, in the order of the notes.
pub fn check(notes: &Notes, members: Option<&[Membre]>) -> Vec<Finding> {
    let roster = Roster::new(members.unwrap_or_default());
    let mut findings = weekdays(notes);
    let mut totals: Vec<(usize, u64, Side)> = Vec::new();
    for line in notes.lines() {
        let found = facts(line.text);
        findings.extend(percentages(&line, &found));
        findings.extend(taxes(&line, &found));
        findings.extend(products(&line));
        findings.extend(sum(&line));
        findings.extend(difference(&line, &found, &totals));
        findings.extend(uncertain(&line, &roster));
        if let Some((total, side)) = announced_total(line.text) {
            totals.push((line.number, total, side));
        }
    }
    findings.sort_by_key(|finding| finding.notes.as_ref().map_or(0, |span| span.start));
    findings
}

/// The date that the notes as a whole are about: the first full one with a weekday, else the
/// first full one.
pub fn main_date(notes: &Notes) -> Option<Date> {
    let dates: Vec<PartialDate> = facts(notes.text())
        .into_iter()
        .filter_map(|found| match found.fact {
            Fact::Date(date) if date.civil().is_some() => Some(date),
            _ => None,
        })
        .collect();
    let with_weekday = dates.iter().find(|date| date.weekday.is_some());
    with_weekday.or(dates.first()).and_then(PartialDate::civil)
}

fn weekdays(notes: &Notes) -> Vec<Finding> {
    let reference = main_date(notes);
    let mut findings = Vec::new();
    for Found { fact, span } in facts(notes.text()) {
        let Fact::Date(date) = fact else { continue };
        let resolved = match (date.year, reference) {
            (None, Some(reference)) => date.near(reference),
            _ => date,
        };
        if let (Some(actual), Some(claimed)) = (resolved.wrong_weekday(), resolved.weekday) {
            let written = PartialDate { weekday: None, ..resolved }.to_french();
            let (actual, claimed) = (weekday_name(actual), weekday_name(claimed));
            findings.push(Finding::check(
                FindingKind::Weekday,
                Some(span),
                format!("Le {written} est un {actual} (notes : {claimed})."),
            ));
        }
    }
    findings
}

/// `30 % de 12000 € = 3600`, `86400 HT … 40 % soit 35460`.
fn percentages(line: &Line<'_>, found: &[Found]) -> Option<Finding> {
    percentage_of(line, found).or_else(|| percentage_after(line, found))
}

fn percentage_of(line: &Line<'_>, found: &[Found]) -> Option<Finding> {
    found.windows(3).find_map(|run| {
        let [percent, base, result] = run else { return None };
        let (Fact::Percent(rate), Fact::Amount(amount)) = (&percent.fact, &base.fact) else {
            return None;
        };
        let gap = |a: &Found, b: &Found| line.text.get(a.span.end..b.span.start).map(str::trim);
        let linked = matches!(gap(percent, base)?, "de" | "sur")
            && matches!(gap(base, result)?, "=" | "soit" | ", soit" | "->");
        if !linked {
            return None;
        }
        wrong_percentage(line, parse_cents(rate)?, *amount, money(&result.fact)?)
    })
}

fn percentage_after(line: &Line<'_>, found: &[Found]) -> Option<Finding> {
    static RESULT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^[ ]*(?:,[ ]*)?(?:soit|=|->|=>)[ ]*$"));
    let (index, rate, percent) = found.iter().enumerate().find_map(|(index, f)| match &f.fact {
        Fact::Percent(rate) => Some((index, parse_cents(rate)?, f)),
        _ => None,
    })?;
    let result = found.get(index + 1)?;
    let stated = money(&result.fact)?;
    if !RESULT.is_match(line.text.get(percent.span.end..result.span.start)?) {
        return None;
    }
    let bases: Vec<Amount> = found
        .iter()
        .take(index)
        .filter_map(|f| match f.fact {
            Fact::Amount(amount) => Some(amount),
            _ => None,
        })
        .collect();
    let [base] = bases.as_slice() else { return None };
    wrong_percentage(line, rate, *base, stated)
}

fn wrong_percentage(line: &Line<'_>, rate: u64, base: Amount, stated: u64) -> Option<Finding> {
    // The base is in cents and the rate in hundredths of a per cent.
    let expected = base.cents.checked_mul(rate)? / 10_000;
    (expected.abs_diff(stated) > 100).then(|| {
        Finding::check(
            FindingKind::Sum,
            Some(line.span()),
            format!(
                "{} % de {} font {} € (notes : {}).",
                french_cents(rate),
                base.to_french(),
                french_cents(expected),
                french_cents(stated),
            ),
        )
    })
}

/// A net amount and the same with tax: `24650 HT = 29580 TTC`.
fn taxes(line: &Line<'_>, found: &[Found]) -> Option<Finding> {
    let of = |tax: Tax| {
        let amounts = found.iter().filter_map(move |f| match f.fact {
            Fact::Amount(amount) if amount.tax == Some(tax) => Some(amount.cents),
            _ => None,
        });
        amounts.collect::<Vec<_>>()
    };
    if let ([net], [gross]) = (of(Tax::Excluded).as_slice(), of(Tax::Included).as_slice()) {
        return wrong_tax(line, *net, *gross);
    }
    found.windows(2).find_map(|pair| {
        let [
            Found { fact: Fact::Amount(net), span: a },
            Found { fact: Fact::Amount(gross), span: b },
        ] = pair
        else {
            return None;
        };
        let gap = line.text.get(a.end..b.start)?.trim();
        let linked = matches!(gap, "soit" | ", soit" | "=" | "->" | "(" | "/" | "(soit");
        let taxed = net.tax == Some(Tax::Excluded) && gross.tax == Some(Tax::Included);
        if linked && taxed { wrong_tax(line, net.cents, gross.cents) } else { None }
    })
}

fn wrong_tax(line: &Line<'_>, net: u64, gross: u64) -> Option<Finding> {
    let fits = [2_000, 1_000, 550, 210].iter().any(|rate: &u64| {
        net.checked_mul(10_000 + rate).is_some_and(|total| (total / 10_000).abs_diff(gross) <= 100)
    });
    // Far from any rate, the two amounts are of two things.
    let comparable = gross > net && gross - net < net / 2;
    if fits || !comparable {
        return None;
    }
    let twenty = french_cents(net.checked_mul(12)? / 10);
    Some(Finding::check(
        FindingKind::Sum,
        Some(line.span()),
        format!(
            "{} € HT et {} € TTC ne correspondent à aucun taux de TVA (à 20 % : {twenty} € TTC).",
            french_cents(net),
            french_cents(gross),
        ),
    ))
}

/// `64 x 22 = 1408`, `412 participations / 22 sorties = 18,7`.
fn products(line: &Line<'_>) -> Vec<Finding> {
    static PRODUCT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)(?:^|[^\d.,/])({NUMBER})[ ]?(?:€[ ]?)?[x×*][ ]?({NUMBER})[ ]?(?:€[ ]?)?(?:=|soit)[ ]?({NUMBER})"
        ))
    });
    static AVERAGE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(\d+)[ ]+\p{L}+,[ ]+(\d+)[ ]+\p{L}+[ ]*(?:=|soit|,)[ ]*moy(?:enne)?\.?[ ]+(?:de[ ]+)?(\d+(?:[.,]\d+)?)",
        )
    });
    static QUOTIENT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:^|[^\d.,/])(\d+)(?:[ ]+\p{L}+)?[ ]*[/÷:][ ]*(\d+)(?:[ ]+\p{L}+)?[ ]*=[ ]*(?:moy(?:enne)?\.?[ ]*)?(\d+(?:[.,]\d+)?)",
        )
    });
    let mut findings = Vec::new();
    for captures in PRODUCT.captures_iter(line.text) {
        let Some([a, b, stated]) = cents_of(&captures) else { continue };
        let Some(expected) = a.checked_mul(b).map(|product| product / 100) else { continue };
        if expected.abs_diff(stated) > 1 {
            let [a, b, expected, stated] = [a, b, expected, stated].map(french_cents);
            findings.push(Finding::check(
                FindingKind::Sum,
                Some(line.span()),
                format!("{a} × {b} = {expected} (notes : {stated})."),
            ));
        }
    }
    let averages = AVERAGE.captures_iter(line.text).map(|captures| (captures, true));
    let quotients = QUOTIENT.captures_iter(line.text).map(|captures| (captures, false));
    for (captures, other_way) in averages.chain(quotients) {
        let Some([first, second, stated]) = cents_of(&captures) else { continue };
        // « 22 sorties, 412 participations = moy 18,7 » divides the second by the first.
        let (big, small) =
            if other_way && second > first { (second, first) } else { (first, second) };
        if small == 0 {
            continue;
        }
        let tenths = (big * 10 + small / 2) / small;
        if (tenths * 10).abs_diff(stated) > 10 {
            let [big, small, expected, stated] =
                [big, small, tenths * 10, stated].map(french_cents);
            findings.push(Finding::check(
                FindingKind::Sum,
                Some(line.span()),
                format!("{big} divisé par {small} donne {expected} (notes : {stated})."),
            ));
        }
    }
    findings
}

fn cents_of(captures: &regex::Captures<'_>) -> Option<[u64; 3]> {
    let read = |index| parse_cents(captures.get(index)?.as_str());
    Some([read(1)?, read(2)?, read(3)?])
}

/// A list of amounts with its total: `assurance 386,20 balisage 512 … -> 2207,45`.
fn sum(line: &Line<'_>) -> Option<Finding> {
    static TOTAL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)(?:(?:->|=>|→)[ ]*(?:total[ ]*)?[:=]?[ ]*|\btotal[ ]*[:=]?[ ]*|=[ ]*)({NUMBER})[ ]?(?:€|euros?)?[ .]*$"
        ))
    });
    let captures = TOTAL.captures(line.text)?;
    let announced = captures.get(1)?;
    let stated = parse_cents(announced.as_str())?;
    let list = line.text.get(..captures.get(0)?.start())?;
    let list = list.split_once(':').map_or(list, |(_, rest)| rest);
    let terms = terms(list)?;
    let expected: u64 = terms.iter().sum();
    if terms.len() < 2 || expected == stated {
        return None;
    }
    // A total smaller than a term, or far away, is of something else.
    let near = expected.abs_diff(stated) <= expected / 4;
    near.then(|| {
        let shown: Vec<String> = terms.iter().map(|term| french_cents(*term)).collect();
        Finding::check(
            FindingKind::Sum,
            Some(line.span()),
            format!(
                "{} font {} (notes : {}).",
                shown.join(" + "),
                french_cents(expected),
                french_cents(stated)
            ),
        )
    })
}

/// The amounts of a list « label amount label amount »; nothing when a part cannot be read so.
fn terms(list: &str) -> Option<Vec<u64>> {
    static ENTRY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)^[ ]*[/,;+]?[ ]*(?:et[ ]+)?\p{{L}}[\p{{L}}\d'’ ().-]*?[ ]:?[ ]?(?:{NUMBER}[ ]?[x×][ ]?{NUMBER}[ ]?=[ ]?)?({NUMBER})[ ]?(?:€|euros?\b)?(?:[ ]|[/,;+]|$)"
        ))
    });
    static BARE: LazyLock<Regex> =
        LazyLock::new(|| pattern(&format!(r"^[ ]*\+?[ ]*({NUMBER})[ ]?€?[ ]*(?:\+|$)")));
    let mut rest = list;
    let mut terms = Vec::new();
    while !rest.trim().is_empty() {
        let captures = ENTRY.captures(rest).or_else(|| BARE.captures(rest))?;
        let amount = captures.get(1)?;
        terms.push(parse_cents(amount.as_str())?);
        rest = rest.get(amount.end()..)?.trim_start_matches(['€', ' ']);
        rest = rest.strip_prefix("euros").unwrap_or(rest);
    }
    Some(terms)
}

/// Which side of the accounts a total is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Income,
    Expense,
}

/// The total of a line of income or of expenses.
fn announced_total(text: &str) -> Option<(u64, Side)> {
    let folded = fold(text);
    let start = folded.trim_start_matches([' ', '-', '*', '+']);
    let side = if ["recette", "produit", "entree", "total recette"]
        .iter()
        .any(|w| start.starts_with(w))
    {
        Side::Income
    } else if ["depense", "charge", "sortie", "total depense"].iter().any(|w| start.starts_with(w))
    {
        Side::Expense
    } else {
        return None;
    };
    let amounts: Vec<u64> = facts(text).iter().filter_map(|found| money(&found.fact)).collect();
    let total = folded.contains("->")
        || folded.contains("=>")
        || folded.contains("total")
        || folded.contains('=');
    match amounts.as_slice() {
        [only] => Some((*only, side)),
        [.., last] if total => Some((*last, side)),
        _ => None,
    }
}

/// `excédent 261,05` under a total of income and a total of expenses.
fn difference(line: &Line<'_>, found: &[Found], totals: &[(usize, u64, Side)]) -> Option<Finding> {
    static INLINE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)\brecettes?[ ]*[:=]?[ ]*({NUMBER})\b.*?\bd[ée]penses?[ ]*[:=]?[ ]*({NUMBER})\b[^\d]*?\b(exc[ée]dent|d[ée]ficit|b[ée]n[ée]fice|r[ée]sultat|perte|solde)[ ]*[:=]?[ ]*({NUMBER})"
        ))
    });
    if let Some(captures) = INLINE.captures(line.text) {
        let read = |index| parse_cents(captures.get(index)?.as_str());
        let word = captures.get(3)?.as_str();
        return wrong_difference(line, read(1)?, read(2)?, word, read(4)?);
    }
    static RESULT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^[ \t-]*(?:soit[ ]+)?(?:un[ ]+)?(exc[ée]dent|d[ée]ficit|b[ée]n[ée]fice|r[ée]sultat|perte)\b",
        )
    });
    let word = RESULT.captures(line.text)?.get(1)?.as_str();
    let amounts: Vec<u64> = found.iter().filter_map(|found| money(&found.fact)).collect();
    let [stated] = amounts.as_slice() else { return None };
    let last = |wanted: Side| {
        let near =
            |(number, _, side): &&(usize, u64, Side)| *side == wanted && line.number - number <= 6;
        totals.iter().rev().find(near).map(|(_, total, _)| *total)
    };
    let (income, expense) = (last(Side::Income)?, last(Side::Expense)?);
    wrong_difference(line, income, expense, word, *stated)
}

fn wrong_difference(
    line: &Line<'_>,
    income: u64,
    expense: u64,
    word: &str,
    stated: u64,
) -> Option<Finding> {
    let expected = income.abs_diff(expense);
    (expected != stated).then(|| {
        Finding::check(
            FindingKind::Sum,
            Some(line.span()),
            format!(
                "{} − {} = {} € (notes : {} {} €).",
                french_cents(income),
                french_cents(expense),
                french_cents(expected),
                word.to_lowercase(),
                french_cents(stated),
            ),
        )
    })
}

/// A line that asks, doubts, or leaves two possibilities.
fn uncertain(line: &Line<'_>, roster: &Roster) -> Option<Finding> {
    static DOUBT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b[àa] v[ée]rif|\b[àa] confirmer\b|\bje (?:ne )?sais (?:plus|pas)\b|\bje crois\b|\bpas s[ûu]re?\b|\b[àa] pr[ée]ciser\b|\b[àa] voir\b.*\?|\bsi .{2,30} confirme\b|\bsous r[ée]serve\b|\?\?",
        )
    });
    static ASKS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:demand\w*|question\w*|quest|interroge\w*|souhaite\w*|pourquoi|peut-on|est-ce|r[ée]pon\w*)\b|->",
        )
    });
    let text = line.text.trim();
    let doubted = DOUBT.is_match(text)
        || text.match_indices('?').any(|(at, _)| {
            let clause =
                text.get(..at).unwrap_or("").rsplit(['.', '/', ';', '!']).next().unwrap_or("");
            let before = clause.trim();
            // A speaker's question is what was said, not a doubt of the writer.
            let spoken = ASKS.is_match(before)
                || before.split_once(':').is_some_and(|(speaker, _)| looks_named(speaker, roster))
                || (looks_named(before.split_whitespace().next().unwrap_or(""), roster)
                    && !before.contains(" ou "));
            !before.is_empty() && !spoken
        });
    doubted.then(|| {
        Finding::check(
            FindingKind::Uncertain,
            Some(line.span()),
            format!("Point incertain dans les notes : « {text} »."),
        )
    })
}

/// Whether a few words are the mark of a speaker: a member, or one or two capitalised words.
fn looks_named(words: &str, roster: &Roster) -> bool {
    let words = words.trim().trim_start_matches(['-', '*', ' ']);
    !roster.mentions(words).is_empty()
        || (words.split_whitespace().count() <= 3
            && crate::reading::name::candidate_names(words).first().is_some_and(|s| s.start == 0))
}

fn money(fact: &Fact) -> Option<u64> {
    match fact {
        Fact::Amount(amount) => Some(amount.cents),
        Fact::Number(number) => parse_cents(number),
        _ => None,
    }
}

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("patterns are tested")
}

const NUMBER: &str = r"(?:\d{1,3}(?:[ \u{a0}\u{202f}]\d{3})+(?:,\d{1,2})?|\d+(?:[.,]\d{1,2})?)";

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn messages(text: &str) -> Vec<String> {
        let notes = Notes::from_text(text).unwrap();
        check(&notes, None).into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn weekdays_are_compared_with_dates() {
        for (text, expected) in [
            ("jeudi 18 sept 2026 salle", "Le 18 septembre 2026 est un vendredi (notes : jeudi)."),
            (
                "AG sam 10/10/26\nsortie dim 24 octobre",
                "Le 24 octobre 2026 est un samedi (notes : dimanche).",
            ),
            (
                "lettre du lundi 23 nov 2026\nrdv lundi 8 janvier",
                "Le 8 janvier 2027 est un vendredi (notes : lundi).",
            ),
        ] {
            assert_eq!(messages(text), [expected], "{text}");
        }
        assert!(messages("dim 24 octobre, sans année nulle part").is_empty());
    }

    #[test]
    fn sums_that_do_not_come_out() {
        for (text, expected) in [
            (
                "isolation. 86400 HT. on demande 40 % soit 35460",
                "40 % de 86 400 € HT font 34 560 € (notes : 35 460).",
            ),
            ("subv 30 % de 12000 € = 3 700 €", "30 % de 12 000 € font 3 600 € (notes : 3 700)."),
            (
                "recettes 12500 €, dépenses 11 300 €, excédent 1100 €",
                "12 500 − 11 300 = 1 200 € (notes : excédent 1 100 €).",
            ),
            (
                "A 1200 € HT soit 1 440 € TTC, B 1500 HT soit 1700 ttc",
                "1 500 € HT et 1 700 € TTC ne correspondent à aucun taux de TVA (à 20 % : 1 800 € TTC).",
            ),
            ("cotis 64 x 22 = 1418", "64 × 22 = 1 408 (notes : 1 418)."),
            (
                "22 sorties, 412 participations = moy 19,7.",
                "412 divisé par 22 donne 18,70 (notes : 19,70).",
            ),
            (
                "dépenses : assurance 386,20 balisage 512 repas 100 -> 1098,20",
                "386,20 + 512 + 100 font 998,20 (notes : 1 098,20).",
            ),
            (
                "recettes : a 64 x 22 = 1408 / b 400 -> total 1808\ndépenses : 1600\nexcédent 280 €",
                "1 808 − 1 600 = 208 € (notes : excédent 280 €).",
            ),
            (
                "retenu 24650 HT = 29850 TTC",
                "24 650 € HT et 29 850 € TTC ne correspondent à aucun taux de TVA (à 20 % : 29 580 € TTC).",
            ),
        ] {
            assert_eq!(messages(text), [expected], "{text}");
        }
    }

    #[test]
    fn sums_that_come_out_are_silent() {
        for text in [
            "86400 HT, 40 % soit 34560",
            "cotis 64 x 22 = 1408 / subv mairie 400 / tombola 615,50  -> total 2423,50",
            "assurance 386,20 balisage 512 formation PSC1 480 repas 731,40 divers 97,85 -> 2207,45",
            "22 sorties, 412 participations = moy 18,7. rando",
            "24650 HT soit 29580 TTC",
            "devis A 1200 € HT soit 1 440 € TTC, devis B 1500 HT soit 1650 ttc",
            "mairie 60 % soit 2 700 €, région 40 % soit 1 800 €",
            "recettes 845,50 (tables 320 + buvette 525,50) dépenses 210 => bénéfice 635,50",
            "total 4 500 € dont 1 500 € commune",
            "prix 3,60 -> 3,80, extérieurs 4,50 -> 4,75. presta +7%",
            "cotis 2027 : 22 -> 24 € (l'assurance augmente) 30 pour 6 contre 2 abst",
        ] {
            assert_eq!(messages(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn doubts_of_the_writer_are_quoted_and_questions_of_speakers_are_not() {
        for text in
            ["garderie possible ? pas sûr", "réunion mardi chez hélène ?", "repas (à vérif)"]
        {
            assert_eq!(messages(text), [format!("Point incertain dans les notes : « {text} ».")]);
        }
        for text in ["Riou demande garantie décennale incluse ?", "Abgrall : familles prévenues ?"]
        {
            assert_eq!(messages(text), Vec::<String>::new(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_notes_can_be_checked(text in r"a(\PC|[0-9x=/%> .,:-]| HT| soit | total |\n){0,60}") {
            if let Ok(notes) = Notes::from_text(&text) {
                check(&notes, None);
            }
        }
    }
}
