//! Percentages, products, averages and totals that do not come out.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{NUMBER, pattern};
use crate::finding::{Finding, FindingKind};
use crate::notes::{Line, Notes, Span};
use crate::reading::amount::{french_cents, parse_cents};
use crate::reading::{Fact, Found, facts};

pub(super) fn sums(notes: &Notes) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut before: Vec<Found> = Vec::new();
    let mut column: Vec<u64> = Vec::new();
    // The total that does not come out, as the notes state it.
    let mut questioned: Option<u64> = None;
    for line in notes.lines() {
        let found = facts(line.text);
        findings.extend(percentage(&line, &found, &before));
        findings.extend(products(&line));
        findings.extend(averages(&line));
        let listed = total_of_list(&line).or_else(|| total_of_plus(&line));
        let total = listed.or_else(|| total_of_column(&line, &column));
        findings.extend(questioned.and_then(|total| rest_of_total(&line, total)));
        if total.is_some() {
            questioned = last_amount(&found);
        }
        findings.extend(total);
        match (column_entry(line.text), row(line.text)) {
            (Some(cents), _) => column.push(cents),
            (None, Some(cents)) => column = cents,
            (None, None) => column.clear(),
        }
        before = without_shares(line.text, found);
    }
    findings
}

/// The place is that of the number stated, in the line.
fn wrong(line: &Line<'_>, place: Span, what: &str, stated: &str) -> Finding {
    Finding::check(
        FindingKind::Sum,
        Some(line.start + place.start..line.start + place.end),
        format!("{what}, les notes disent {stated} : vérifiez avant de reprendre ce nombre."),
    )
}

/// What stands between a rate and the share that it makes.
static RESULT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^[ )]*(?:,[ ]*)?(?:soit|=|=>|c'est[ -][àa][ -]dire)[ ]*$"));

/// The facts without what a percentage makes: « 30 % soit 600 » is no base of the next line.
fn without_shares(text: &str, found: Vec<Found>) -> Vec<Found> {
    let shares: Vec<Span> = found
        .windows(2)
        .filter_map(|pair| {
            let [rate, share] = pair else { return None };
            let gap = text.get(rate.span.end..share.span.start)?;
            let of = matches!(rate.fact, Fact::Percent(_)) && RESULT.is_match(gap);
            of.then(|| share.span.clone())
        })
        .collect();
    found.into_iter().filter(|one| !shares.contains(&one.span)).collect()
}

/// `86400 HT … 40 % soit 35460`, `40 % de 86400 = 35460`; the base may stand on the line before.
fn percentage(line: &Line<'_>, found: &[Found], before: &[Found]) -> Option<Finding> {
    static OF: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^[ ]*(?:de|d'|sur)[ ]+$"));
    let gap = |a: &Found, b: &Found| line.text.get(a.span.end..b.span.start);
    let (index, rate, percent) = found.iter().enumerate().find_map(|(index, f)| match &f.fact {
        Fact::Percent(rate) => Some((index, parse_cents(rate)?, f)),
        _ => None,
    })?;
    let next = found.get(index + 1)?;
    let (base, result) = if OF.is_match(gap(percent, next)?) {
        let result = found.get(index + 2)?;
        if !RESULT.is_match(gap(next, result)?) {
            return None;
        }
        (money(&next.fact)?, result)
    } else {
        if !RESULT.is_match(gap(percent, next)?) {
            return None;
        }
        let here = found.get(..index)?;
        (only_amount(here).or_else(|| only_amount(before).filter(|_| here.is_empty()))?, next)
    };
    let after = line.text.get(result.span.end..)?;
    if !is_money(&result.fact) && counts_things(after) {
        return None;
    }
    let stated = money(&result.fact)?;
    // The base is in cents and the rate in hundredths of a per cent.
    let part = base.checked_mul(rate)? / 10_000;
    let sign = line.text.get(..percent.span.start)?.trim_end().chars().last();
    let fits = [part, base + part, base.saturating_sub(part)].iter().any(|e| close(*e, stated));
    // A grant is a share of what a thing costs without tax, whatever amount stands nearest.
    let of_net = base.checked_mul(5)? / 6;
    let others = found.iter().chain(before).filter_map(|f| money(&f.fact)).chain([of_net]);
    let other = others
        .filter(|amount| *amount > stated)
        .filter_map(|amount| Some(amount.checked_mul(rate)? / 10_000))
        .any(|share| close(share, stated));
    if fits || other || part == 0 {
        return None;
    }
    let (expected, what) = match sign {
        Some('+') => (base + part, "plus "),
        Some('-' | '−') => (base.saturating_sub(part), "moins "),
        _ => (part, ""),
    };
    let [rate, base, expected, stated] = [rate, base, expected, stated].map(french_cents);
    let what = if what.is_empty() {
        format!("{rate} % de {base} font {expected}")
    } else {
        format!("{base} {what}{rate} % font {expected}")
    };
    Some(wrong(line, result.span.clone(), &what, &stated))
}

/// Equal but for rounding to the euro, or to the hundred of a round announced amount.
fn close(expected: u64, stated: u64) -> bool {
    let gap = expected.abs_diff(stated);
    let small = expected < 10_000 && gap <= 1 || expected >= 10_000 && gap <= 100;
    small || (stated.is_multiple_of(10_000) && gap < 10_000 && gap * 50 < expected)
}

/// The single amount with a currency or tax mark, else the single number of a thousand or more.
fn only_amount(found: &[Found]) -> Option<u64> {
    let amounts: Vec<u64> =
        found.iter().filter(|f| is_money(&f.fact)).filter_map(|f| money(&f.fact)).collect();
    match amounts.as_slice() {
        [only] => return Some(*only),
        [] => {}
        _ => return None,
    }
    let numbers: Vec<u64> =
        found.iter().filter_map(|f| money(&f.fact)).filter(|cents| *cents >= 220_000).collect();
    match numbers.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

/// Whether a number is followed by what it counts: « soit 19 élèves ».
fn counts_things(after: &str) -> bool {
    const NOT_THINGS: [&str; 12] =
        ["de", "pour", "sur", "en", "par", "à", "a", "et", "reste", "le", "la", "au"];
    let word: String =
        after.trim_start_matches(' ').chars().take_while(|c| c.is_alphabetic()).collect();
    !word.is_empty() && !NOT_THINGS.contains(&word.as_str())
}

/// `64 x 22 = 1408`.
fn products(line: &Line<'_>) -> Vec<Finding> {
    static PRODUCT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)(?:^|[^\d.,/x×*])({NUMBER})[ ]?(?:€[ ]?|\p{{L}}{{3,}}[ ])?[x×*][ ]?({NUMBER})[ ]?(?:€[ ]?|\p{{L}}{{3,}}[ ])?(?:=|soit)[ ]?({NUMBER})"
        ))
    });
    let mut findings = Vec::new();
    for captures in PRODUCT.captures_iter(line.text) {
        let Some([a, b, stated]) = cents_of(&captures) else { continue };
        let Some(expected) = a.checked_mul(b).map(|product| product / 100) else { continue };
        let rounded = stated.is_multiple_of(100)
            && expected.abs_diff(stated) < 100
            && !expected.is_multiple_of(100);
        if expected.abs_diff(stated) > 1 && !rounded {
            let [a, b, expected, stated] = [a, b, expected, stated].map(french_cents);
            let place = captures.get(3).map_or(0..line.text.len(), |m| m.range());
            findings.push(wrong(line, place, &format!("{a} × {b} = {expected}"), &stated));
        }
    }
    findings
}

/// `22 sorties, 412 participations = moy 18,7`, `412 / 22 = 18,7`.
fn averages(line: &Line<'_>) -> Vec<Finding> {
    static AVERAGE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:^|[^\d.,/])(\d+)[ ]+\p{L}+(?:,|[ ]+et|[ ]*/|[ ]*:|[ ]+pour)[ ]+(\d+)[ ]+\p{L}+[ ]*(?:=|=>|->|soit|,|\()[ ]*(?:une[ ]+)?moy(?:enne)?\.?[ ]*(?:de|:|=)?[ ]*(\d+(?:[.,]\d+)?)",
        )
    });
    static QUOTIENT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:^|[^\d.,/])(\d+)(?:[ ]+\p{L}+)?[ ]*[/÷][ ]*(\d+)(?:[ ]+\p{L}+)?[ ]*=[ ]*(?:moy(?:enne)?\.?[ ]*)?(\d+(?:[.,]\d+)?)",
        )
    });
    static ROUNDED_UP: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)quorum|majorit"));
    if ROUNDED_UP.is_match(line.text) {
        return Vec::new();
    }
    let averages = AVERAGE.captures_iter(line.text).map(|captures| (captures, true));
    let quotients = QUOTIENT.captures_iter(line.text).map(|captures| (captures, false));
    let mut findings = Vec::new();
    for (captures, either_way) in averages.chain(quotients) {
        let Some([first, second, stated]) = cents_of(&captures) else { continue };
        // « 22 sorties, 412 participations = moy 18,7 » divides the second by the first.
        let (big, small) =
            if either_way && second > first { (second, first) } else { (first, second) };
        if small == 0 {
            continue;
        }
        let expected = (big * 100 + small / 2) / small;
        let decimals = captures.get(3).is_some_and(|m| m.as_str().contains([',', '.']));
        let tolerance = if decimals { 10 } else { 99 };
        if expected.abs_diff(stated) > tolerance {
            // One decimal is what an average is told with.
            let shown = (expected + 5) / 10;
            let shown = format!("{},{}", shown / 10, shown % 10);
            let shown = shown.strip_suffix(",0").unwrap_or(&shown);
            let written = captures.get(3).map_or("", |m| m.as_str()).replace('.', ",");
            let [big, small] = [big, small].map(french_cents);
            let place = captures.get(3).map_or(0..line.text.len(), |m| m.range());
            findings.push(wrong(
                line,
                place,
                &format!("{big} divisé par {small} donne {shown}"),
                &written,
            ));
        }
    }
    findings
}

fn cents_of(captures: &Captures<'_>) -> Option<[u64; 3]> {
    let read = |index| parse_cents(captures.get(index)?.as_str());
    Some([read(1)?, read(2)?, read(3)?])
}

/// A list of amounts with its total: `assurance 386,20 balisage 512 … -> 2207,45`.
fn total_of_list(line: &Line<'_>) -> Option<Finding> {
    static TOTAL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)(?:[,;][ ]*)?(?:(?:->|=>|→)[ ]*(?:total[ ]*)?[:=]?[ ]*|\b(?:soit[ ]+)?(?:au[ ]+|en[ ]+)?(?:total|tout)(?:[ ]+de)?[ ]*[:=]?[ ]*|=[ ]*(?:total[ ]*:?[ ]*)?)({NUMBER})[ ]?(?:€|euros?)?(?:[ .]*$|,[ ])"
        ))
    });
    let captures = TOTAL.captures(line.text)?;
    let stated = parse_cents(captures.get(1)?.as_str())?;
    let list = line.text.get(..captures.get(0)?.start())?;
    let after = |text: Option<(&'_ str, &'_ str)>| text.map(|(_, rest)| rest.to_owned());
    let last = after(list.rsplit_once(':')).and_then(|l| terms(&l)).filter(|t| t.len() > 1);
    let first = || after(list.split_once(':')).map_or_else(|| terms(list), |l| terms(&l));
    compare(line, captures.get(1)?.range(), &last.or_else(first)?, stated)
}

/// Terms and announced total; nothing when the two are too far apart to be of the same things.
fn compare(line: &Line<'_>, place: Span, terms: &[u64], stated: u64) -> Option<Finding> {
    let expected: u64 = terms.iter().sum();
    let near = expected.abs_diff(stated) <= expected / 4;
    if terms.len() < 2 || expected == stated || !near {
        return None;
    }
    let shown: Vec<String> = terms.iter().map(|term| french_cents(*term)).collect();
    let what = format!("{} font {}", shown.join(" + "), french_cents(expected));
    Some(wrong(line, place, &what, &french_cents(stated)))
}

/// `29 signatures + 9 pouvoirs = 39`.
fn total_of_plus(line: &Line<'_>) -> Option<Finding> {
    static PLUS: LazyLock<Regex> = LazyLock::new(|| {
        let term = format!(r"{NUMBER}[ ]?(?:€|\p{{L}}[\p{{L}}'’]*)?(?:[ ]\p{{L}}[\p{{L}}'’]*)?");
        pattern(&format!(
            r"(?i)(?:^|[^\d.,/+-])({term}(?:[ ]*\+[ ]*{term})+)[ ]*(?:=|soit)[ ]*({NUMBER})"
        ))
    });
    let captures = PLUS.captures(line.text)?;
    let total = captures.get(2)?;
    let stated = parse_cents(total.as_str())?;
    let terms: Option<Vec<u64>> = captures
        .get(1)?
        .as_str()
        .split('+')
        .map(|term| parse_cents(term.trim().trim_end_matches(|c: char| !c.is_ascii_digit())))
        .collect();
    compare(line, total.range(), &terms?, stated)
}

/// A line `total 46,50` under lines of one amount each.
fn total_of_column(line: &Line<'_>, column: &[u64]) -> Option<Finding> {
    static TOTAL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)^[ \t*=>-]*(?:soit[ ]+)?(?:au[ ]+|en[ ]+)?(?:total|tout)[^\d]{{0,15}}({NUMBER})[ ]?(?:€|euros?|e)?[ .]*$"
        ))
    });
    let total = TOTAL.captures(line.text)?.get(1)?;
    compare(line, total.range(), column, parse_cents(total.as_str())?)
}

fn column_entry(text: &str) -> Option<u64> {
    static ENTRY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)^[ \t*-]*\p{{L}}[\p{{L}} '’.-]*?[ ]?[:=]?[ ]?\+?[ ]?({NUMBER})[ ]?(?:€|euros?)?(?:[ ]?(?:ttc|ht))?[ .]*$"
        ))
    });
    static TOTAL: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\btotal|\ben tout\b"));
    if TOTAL.is_match(text) {
        return None;
    }
    let plain = ENTRY.captures(text).and_then(|found| parse_cents(found.get(1)?.as_str()));
    plain.or_else(|| result_of_line(text))
}

/// « 3 jours à 45 € = 135 € », « ménage 20 € article 6 »: the only amount of a line, or what one
/// makes.
fn result_of_line(text: &str) -> Option<u64> {
    let found = facts(text);
    let amounts: Vec<&Found> = found.iter().filter(|found| is_money(&found.fact)).collect();
    let [.., last] = amounts.as_slice() else { return None };
    let before = text.get(..last.span.start)?.trim_end();
    let after = text.get(last.span.end..)?;
    let labelled = text.trim_start_matches([' ', '*', '-', '\t']).starts_with(char::is_alphabetic);
    static SAYS_WHERE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^\s*[,(]?\s*(?:selon\s+|cf\.?\s+|voir\s+)?art(?:icle)?\b"));
    let ends = after.trim_matches(['.', ' ']).is_empty();
    let alone = amounts.len() == 1 && (ends || SAYS_WHERE.is_match(after));
    let makes = before.ends_with('=') && ends;
    (labelled && (makes || alone)).then(|| money(&last.fact)).flatten()
}

/// The last amount of a line, or its last number.
fn last_amount(found: &[Found]) -> Option<u64> {
    let amounts = found.iter().rev().find(|found| is_money(&found.fact));
    amounts.or(found.last()).and_then(|found| money(&found.fact))
}

/// « acompte 50 €, reste 133 € » under a total that does not come out: neither does the rest.
fn rest_of_total(line: &Line<'_>, total: u64) -> Option<Finding> {
    static REST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)\b(?:reste(?:\s+(?:[àa]\s+payer|d[ûu]))?|solde|net\s+[àa]\s+payer)\b[^\d]{{0,15}}({NUMBER})"
        ))
    });
    let stated = REST.captures(line.text)?.get(1)?;
    let left = parse_cents(stated.as_str())?;
    let paid = facts(line.text)
        .iter()
        .filter_map(|found| money(&found.fact))
        .any(|paid| paid > 0 && total.checked_sub(paid) == Some(left));
    let what = format!("Le reste ({}) suit du total {}", french_cents(left), french_cents(total));
    (paid || left == total).then(|| {
        Finding::check(
            FindingKind::Sum,
            Some(line.start + stated.start()..line.start + stated.end()),
            format!("{what}, qui ne tombe pas juste : vérifiez avant de reprendre ce nombre."),
        )
    })
}

/// The amounts of a line that lists them: `toit 1 200 ttc / parquet 900 ttc`.
fn row(text: &str) -> Option<Vec<u64>> {
    static BETWEEN: LazyLock<Regex> = LazyLock::new(|| pattern(r"[ ]/[ ]|;|,[ ]"));
    let entries: Option<Vec<u64>> = BETWEEN.split(text).map(column_entry).collect();
    entries.filter(|entries| entries.len() > 1)
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
    // « +3 528 plaques +1 900 chaudière »: what each is for follows it.
    static SIGNED: LazyLock<Regex> =
        LazyLock::new(|| pattern(&format!(r"\+[ ]?({NUMBER})[ ]?(?:€|euros?\b)?[ ]+[^\d+]*")));
    if list.trim_start().starts_with('+') {
        let signed: Vec<_> = SIGNED.captures_iter(list).collect();
        let covered: usize = signed.iter().filter_map(|c| c.get(0)).map(|m| m.len()).sum();
        if covered == list.trim_start().len() {
            return signed.iter().map(|c| parse_cents(c.get(1)?.as_str())).collect();
        }
    }
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

fn is_money(fact: &Fact) -> bool {
    matches!(fact, Fact::Amount(_))
}

/// The cents of an amount or of a plain number.
pub(super) fn money(fact: &Fact) -> Option<u64> {
    match fact {
        Fact::Amount(amount) => Some(amount.cents),
        Fact::Number(number) => parse_cents(number),
        _ => None,
    }
}
