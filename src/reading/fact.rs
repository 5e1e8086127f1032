//! Finds facts by pattern. Patterns are tried from the most certain to the least; a later one
//! never takes bytes that an earlier one holds, so `18/09` is not also the numbers 18 and 9.
//!
//! Left out: numbers in words, hours in words (« midi »), months alone (« en mai »).

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::amount::{Amount, Tax, parse_cents};
use super::date::{PartialDate, parse_month, parse_weekday};
use super::hour::Hour;
use super::{Fact, Found};
use crate::notes::Span;

/// Every fact of the text, in order, none overlapping another.
pub fn facts(text: &str) -> Vec<Found> {
    let mut finder = Finder { text, taken: vec![false; text.len()], found: Vec::new() };
    for rule in RULES.iter() {
        finder.apply(rule);
    }
    finder.found.sort_by_key(|found| found.span.start);
    finder.found
}

/// What a match means: facts with their spans, none for something that only looks like a fact
/// (the number of an item), or nothing when it is not what the pattern is for.
type Reader = fn(&str, &Captures<'_>) -> Option<Vec<Found>>;

struct Rule {
    pattern: Regex,
    read: Reader,
}

struct Finder<'a> {
    text: &'a str,
    taken: Vec<bool>,
    found: Vec<Found>,
}

impl Finder<'_> {
    fn apply(&mut self, rule: &Rule) {
        let mut at = 0;
        while let Some(captures) = rule.pattern.captures_at(self.text, at) {
            let Some(whole) = captures.get(0) else { return };
            let span = whole.range();
            let free = self.taken.get(span.clone()).is_some_and(|bytes| !bytes.contains(&true));
            let read = if free && !is_the_sea(self.text, &captures) {
                (rule.read)(self.text, &captures)
            } else {
                None
            };
            match read {
                Some(found) => {
                    // A year that turned out to be something else is left to later patterns.
                    let held = match (found.first(), found.last()) {
                        (Some(first), Some(last)) => first.span.start..last.span.end,
                        _ => span,
                    };
                    at = held.end.max(at + 1);
                    for byte in self.taken.get_mut(held).into_iter().flatten() {
                        *byte = true;
                    }
                    self.found.extend(found);
                }
                None => {
                    let first = self.text.get(span.start..).and_then(|rest| rest.chars().next());
                    at = span.start + first.map_or(1, char::len_utf8);
                }
            }
            if at > self.text.len() || !self.text.is_char_boundary(at) {
                return;
            }
        }
    }
}

/// « une sortie à la mer 20 juin » names no Wednesday.
fn is_the_sea(text: &str, captures: &Captures<'_>) -> bool {
    let Some(day) = captures.name("w").filter(|w| w.as_str().eq_ignore_ascii_case("mer")) else {
        return false;
    };
    let before = text.get(..day.start()).unwrap_or_default().trim_end().to_lowercase();
    ["la", "en", "de", "bord", "sur", "une"]
        .contains(&before.rsplit(' ').next().unwrap_or_default())
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let weekday = r"(?:\b(?P<w>lundi|lun|mardi|mar|mercredi|merc|mer|jeudi|jeu|vendredi|vend|ven|samedi|sam|dimanche|dim)\b\.?,?[ \u{a0}]+(?:le[ \u{a0}]+)?)?";
    // « sa 13.03.27 »: two letters are a weekday before figures alone.
    let weekday_short = weekday.replace("|dim)", "|dim|lu|ma|me|je|ve|sa|di)");
    let weekday_2 = weekday.replace("<w>", "<w2>");
    let month = r"(?P<m>janvier|janv|jan|f[ée]vrier|f[ée]vr|f[ée]v|mars|avril|avr|mai|juin|juillet|juill|juil|ao[ûu]t|septembre|sept|sep|octobre|oct|novembre|nov|d[ée]cembre|d[ée]c)\b";
    let number = r"(?P<n>\d{1,3}(?:[ \u{a0}\u{202f}.]\d{3})+(?:,\d{1,2})?|\d+(?:[.,]\d{1,2})?)";
    let tax = r"(?P<t>ttc\b|t\.t\.c\.|ht\b|h\.t\.|hors taxes?\b|toutes taxes comprises\b)";
    let rule =
        |words: &str, read: Reader| Rule { pattern: super::pattern(&format!("(?i){words}")), read };
    let exact = |words: &str, read: Reader| Rule { pattern: super::pattern(words), read };
    vec![
        rule(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", email),
        rule(r"\b(?:https?://|www\.)[^\s,;)»]+", reference),
        rule(r"(?m)^[ \t]*\d{1,2}[ ]?[/)](?:[ \t]|$)", item_mark),
        rule(r"(?m)^[ \t]*\d{1,2}(?:[.°]|[ ]?[-–])[ \t]+\p{L}", item_mark),
        rule(r"\b0[1-9](?:(?:[ \u{a0}\u{202f}]?\d){8}|(?:\.\d{2}){4}|(?:-\d{2}){4})\b", phone),
        rule(r"\+33[ \u{a0}]?(?:\(0\)[ ]?)?[1-9](?:[ \u{a0}.-]?\d{2}){4}\b", phone),
        rule(r"\b(?P<y>\d{4})-(?P<n>\d{2})-(?P<d>\d{2})\b", numeric_date),
        exact(r"\b[LRD](?:\.[ \u{a0}]?|[ \u{a0}]?\*?)\d{3,4}-\d+(?:-\d+)*\b", reference),
        exact(
            r"\b[A-Z]{2,}[A-Z0-9]*(?:[-/][A-Z0-9]+)*[-/]\d[A-Z0-9]*(?:[-/][A-Z0-9]+)*\b",
            reference,
        ),
        rule(
            &format!(
                r"{weekday}\b(?P<d>\d{{1,2}}|1er)[ \u{{a0}}]*(?P<link>au|et|-|–)[ \u{{a0}}]*(?P<second>{weekday_2}(?P<d2>\d{{1,2}})(?:/(?P<n>\d{{1,2}})(?:/(?P<y>\d{{4}}|\d{{2}}))?\b|[ \u{{a0}}]*{month}(?:\.?[ \u{{a0}}]+(?P<y4>\d{{4}})\b)?))"
            ),
            date_range,
        ),
        rule(
            &format!(
                r"{weekday}\b(?P<d>1er|\d{{1,2}})[ \u{{a0}}\u{{202f}}]*{month}(?:(?:\.?[ \u{{a0}}\u{{202f}}]+(?P<y>\d{{4}})\b)|(?:\.?[ ]+(?P<y2>2\d)\b))?"
            ),
            written_date,
        ),
        rule(
            &format!(
                r"{weekday_short}\b(?P<d>\d{{1,2}})[/.-](?P<n>\d{{1,2}})[/.-](?P<y>\d{{4}}|\d{{2}})\b"
            ),
            numeric_date,
        ),
        rule(&format!(r"{weekday_short}\b(?P<d>\d{{1,2}})/(?P<n>\d{{1,2}})\b"), short_date),
        rule(r"\b(?P<d>\d{1,2})[. ](?P<n>0[1-9]|1[0-2])\b", told_date),
        rule(r"\b\d{4}-\d{1,4}\b", reference),
        rule(r"\b(?P<h>\d{1,2})[ ]?[-–][ ]?(?P<h2>\d{1,2})[ ]?h\b", hour_range),
        rule(
            r"\b(?P<h>\d{1,2})[ \u{a0}\u{202f}]?h(?:eures?)?(?:[ \u{a0}\u{202f}]?(?P<min>\d{2})(?:[ ]?mi?n)?)?\b",
            hour,
        ),
        rule(r"\b(?P<h>\d{1,2}):(?P<min>\d{2})\b", hour),
        rule(r"\b(?P<n>\d+€\d{2})\b", euros_and_cents),
        rule(
            &format!(
                r"\b{number}[ \u{{a0}}\u{{202f}}]?(?:(?P<k>[kM])?€|(?P<k2>[kM])?(?:euros?|eur)\b)(?:[ \u{{a0}}\u{{202f}}]?{tax})?"
            ),
            amount,
        ),
        rule(&format!(r"\b{number}[ \u{{a0}}\u{{202f}}]?{tax}"), amount),
        rule(&format!(r"\b{number}[ \u{{a0}}]e\b"), short_euros),
        rule(r"\b(?P<n>\d+(?:[.,]\d+)?)[ \u{a0}\u{202f}]?(?:%|pour[ ]cent\b)", percent),
        rule(&format!(r"\b{month}\.?[ \u{{a0}}\u{{202f}}]+(?P<y>\d{{4}})\b"), written_date),
        rule(&format!(r"\b{month}\.?[ ]+(?P<y2>2[4-9]|3[0-2])\b"), month_of_year),
        exact(r"\b[A-Z]{1,5}\d{1,5}\b", reference),
        exact(r"\b(?P<letters>[A-Z]{1,3})[ \u{a0}](?P<digits>\d{1,4})\b", plot),
        rule(r"\b\d{1,2}/\d{1,2}\b", number_as_written),
        rule(r"\b\d{1,3}(?:[ \u{a0}\u{202f}]\d{3})+\b(?:,\d+)?|\d+(?:[.,]\d+)?", number_as_written),
    ]
});

fn one(fact: Fact, span: Span) -> Option<Vec<Found>> {
    Some(vec![Found { fact, span }])
}

fn span(captures: &Captures<'_>) -> Span {
    captures.get(0).map_or(0..0, |whole| whole.range())
}

fn written<'a>(captures: &'a Captures<'_>) -> &'a str {
    captures.get(0).map_or("", |whole| whole.as_str())
}

fn parsed<T: std::str::FromStr>(captures: &Captures<'_>, name: &str) -> Option<T> {
    captures.name(name)?.as_str().parse().ok()
}

fn email(_: &str, captures: &Captures<'_>) -> Option<Vec<Found>> {
    one(Fact::Email(written(captures).to_owned()), span(captures))
}

fn reference(_: &str, captures: &Captures<'_>) -> Option<Vec<Found>> {
    one(Fact::Reference(written(captures).to_owned()), span(captures))
}

fn item_mark(text: &str, captures: &Captures<'_>) -> Option<Vec<Found>> {
    // « 3 - 5 mai » opens a line without numbering an item.
    let end = span(captures).end;
    let rest = text.get(end..).unwrap_or("");
    let mark = written(captures);
    let unit = mark.contains(['-', '–']) && rest.starts_with(|c: char| !c.is_alphabetic());
    (!unit).then(Vec::new)
}

fn phone(_: &str, captures: &Captures<'_>) -> Option<Vec<Found>> {
    let mut digits: String = written(captures).chars().filter(char::is_ascii_digit).collect();
    if let Some(national) = digits.strip_prefix("33").filter(|_| digits.len() > 10) {
        digits = format!("0{}", national.trim_start_matches('0'));
    }
    if digits.len() != 10 {
        return None;
    }
    let pairs: Vec<&str> = (0..5).filter_map(|i| digits.get(2 * i..2 * i + 2)).collect();
    one(Fact::Phone(pairs.join(" ")), span(captures))
}

fn weekday(captures: &Captures<'_>, name: &str) -> Option<jiff::civil::Weekday> {
    captures.name(name).and_then(|word| parse_weekday(word.as_str()))
}

fn day(captures: &Captures<'_>, name: &str) -> Option<i8> {
    let written = captures.name(name)?.as_str();
    written.trim_end_matches(|c: char| !c.is_ascii_digit()).parse().ok()
}

/// The year written with two or four digits; nothing when it cannot be one.
fn year(written: &str) -> Option<i16> {
    let year: i16 = written.parse().ok()?;
    match written.len() {
        2 => Some(2000 + year),
        4 if (1800..2200).contains(&year) => Some(year),
        _ => None,
    }
}

fn numeric_date(text: &str, captures: &Captures<'_>) -> Option<Vec<Found>> {
    let span = span(captures);
    if touches_number(text, &span) {
        return None;
    }
    let year = year(captures.name("y")?.as_str())?;
    let date = PartialDate::new(
        weekday(captures, "w"),
        Some(parsed(captures, "d")?),
        parsed(captures, "n")?,
        Some(year),
    )?;
    one(Fact::Date(date), span)
}

/// `18/09`: a date only when it can hardly be a fraction, a score or an item.
fn short_date(text: &str, captures: &Captures<'_>) -> Option<Vec<Found>> {
    let span = span(captures);
    if touches_number(text, &span) {
        return None;
    }
    let (day_written, month_written) = (captures.name("d")?.as_str(), captures.name("n")?.as_str());
    let date = PartialDate::new(
        weekday(captures, "w"),
        Some(day_written.parse().ok()?),
        month_written.parse().ok()?,
        None,
    )?;
    let looks_like_one = month_written.len() == 2 && day_written != "1";
    let certain = date.weekday.is_some() || looks_like_one || announced(text, span.start);
    certain.then(|| vec![Found { fact: Fact::Date(date), span }])
}

/// « jusqu'au 10.03 », « reçu le 14 01 »: a date only after a word that announces one, and where
/// neither a unit nor another figure follows.
fn told_date(text: &str, captures: &Captures<'_>) -> Option<Vec<Found>> {
    static NO_DATE: LazyLock<Regex> = LazyLock::new(|| {
        super::pattern(
            r"(?i)^(?:[.,:/]\d|[ \u{a0}]?(?:\d|€|%|[xX×]|(?:euros?|h|m|km|kg|t|ha|g|l|cm|ans|mois)\b))",
        )
    });
    let span = span(captures);
    let after = text.get(span.end..).unwrap_or_default();
    if touches_number(text, &span) || NO_DATE.is_match(after) || !announced(text, span.start) {
        return None;
    }
    let date = PartialDate::new(None, Some(parsed(captures, "d")?), parsed(captures, "n")?, None)?;
    one(Fact::Date(date), span)
}

/// Whether the word before announces a date: « le », « avant », « au »…
fn announced(text: &str, start: usize) -> bool {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        super::pattern(
            r"(?i)\b(?:le|du|au|dès|avant|apr[èe]s|depuis|d'ici|CM|PV|convoc)[ \u{a0}]+$",
        )
    });
    let from = text.floor_char_boundary(start.saturating_sub(24));
    text.get(from..start).is_some_and(|before| BEFORE.is_match(before))
}

/// Whether the span is a part of something longer: `10/10/10/10`, `1.2.3.4`, `3,18/09`.
fn touches_number(text: &str, span: &Span) -> bool {
    let before = text.get(..span.start).unwrap_or("");
    let after = text.get(span.end..).unwrap_or("");
    let mut back = before.chars().rev();
    let glued_before = back.next().is_some_and(|c| "/-.,".contains(c))
        && back.next().is_some_and(|c| c.is_ascii_digit());
    let mut ahead = after.chars();
    let glued_after = ahead.next().is_some_and(|c| "/-.,".contains(c))
        && ahead.next().is_some_and(|c| c.is_ascii_digit());
    glued_before || glued_after
}

/// « à compter de janv. 27 », « contrôle de juin 26 »: a month comes before a year, never before its
/// day; « mars 26 personnes » counts people.
fn month_of_year(text: &str, captures: &Captures<'_>) -> Option<Vec<Found>> {
    const LINKS: [&str; 16] = [
        "au", "aux", "à", "jusqu", "et", "ou", "pour", "par", "le", "la", "les", "avec", "sans",
        "puis", "en", "dans",
    ];
    let short = captures.name("y2")?;
    let rest = text.get(short.end()..).unwrap_or_default();
    let decimal = rest.starts_with([',', '.'])
        && rest.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if decimal || rest.starts_with(|c: char| c.is_alphanumeric() || "%€:/-".contains(c)) {
        return None;
    }
    let word = rest.trim_start_matches(' ').split(|c: char| !c.is_alphanumeric()).next();
    let counted = word.is_some_and(|word| !word.is_empty() && !LINKS.contains(&word));
    let month = parse_month(captures.name("m")?.as_str())?;
    let year = short.as_str().parse::<i16>().ok()? + 2000;
    let date = PartialDate::new(None, None, month, Some(year)).filter(|_| !counted)?;
    one(Fact::Date(date), span(captures))
}

fn written_date(text: &str, captures: &Captures<'_>) -> Option<Vec<Found>> {
    let mut span = span(captures);
    let month_match = captures.name("m")?;
    let mut year = captures.name("y").and_then(|y| year(y.as_str()));
    if captures.name("y").is_some() && year.is_none() {
        span.end = month_match.end();
    }
    if let Some(short) = captures.name("y2") {
        // « 18 sept 26 » ends with a year, « 18 sept 20 personnes » does not.
        let rest = text.get(short.end()..).unwrap_or("").trim_start_matches([' ', '\u{a0}']);
        let wide = text.get(short.end()..).is_some_and(|rest| rest.starts_with("  "));
        let claimed = || {
            let year = short.as_str().parse::<i16>().ok().map(|y| 2000 + y);
            let month = parse_month(month_match.as_str())?;
            let day = captures.name("d").and_then(|_| day(captures, "d"));
            let date = PartialDate::new(weekday(captures, "w"), day, month, year)?;
            Some(date.weekday.is_some() && date.wrong_weekday().is_none())
        };
        let goes_on = rest.starts_with(|c: char| c.is_alphanumeric() || "%€:/,".contains(c));
        // A weekday that is that of the day makes the year certain, as does a wide gap.
        // « lundi 16 novembre 20 h » goes on with an hour, whatever the weekday.
        let hour = rest.strip_prefix(['h', 'H', ':']).is_some_and(|after| {
            !after.starts_with(char::is_alphabetic) || after.starts_with("eure")
        });
        // « 4 fév 27 18h30 »: an hour follows the year.
        let before_hour = {
            let digits = rest.chars().take_while(char::is_ascii_digit).count();
            (1..=2).contains(&digits)
                && rest.get(digits..).is_some_and(|r| r.trim_start().starts_with(['h', 'H']))
        };
        if hour || (goes_on && !wide && !before_hour && claimed() != Some(true)) {
            span.end = month_match.end();
        } else {
            year = short.as_str().parse::<i16>().ok().map(|y| 2000 + y);
        }
    }
    let day = captures.name("d").is_some().then(|| day(captures, "d")).flatten();
    if captures.name("d").is_some() && day.is_none() {
        return None;
    }
    if day.is_none() && year.is_none() {
        return None;
    }
    let date =
        PartialDate::new(weekday(captures, "w"), day, parse_month(month_match.as_str())?, year)?;
    one(Fact::Date(date), span)
}

/// « du 7 au 18 décembre 2026 » is two dates; the first takes the month and year of the second.
fn date_range(text: &str, captures: &Captures<'_>) -> Option<Vec<Found>> {
    let whole = span(captures);
    let month = match captures.name("m") {
        Some(month) => parse_month(month.as_str())?,
        None => parsed(captures, "n")?,
    };
    let year = captures.name("y").or(captures.name("y4")).and_then(|y| year(y.as_str()));
    let link = captures.name("link")?.as_str().to_lowercase();
    let before = text.get(..whole.start).unwrap_or("").trim_end().to_lowercase();
    let named = weekday(captures, "w").is_some();
    let plural = ["les", "des", "le", "du"].iter().any(|word| before.ends_with(word));
    // « 2-3/11 » or « lots 1 et 2 mars » would be guesses.
    let certain = match link.as_str() {
        "au" => true,
        "et" => named || plural,
        _ => captures.name("m").is_some(),
    };
    if !certain || touches_number(text, &whole) {
        return None;
    }
    let first = PartialDate::new(weekday(captures, "w"), day(captures, "d"), month, year)?;
    let second = PartialDate::new(weekday(captures, "w2"), day(captures, "d2"), month, year)?;
    if first.day >= second.day {
        return None;
    }
    let second_span = captures.name("second")?.range();
    Some(vec![
        Found { fact: Fact::Date(first), span: whole.start..captures.name("d")?.end() },
        Found { fact: Fact::Date(second), span: second_span },
    ])
}

fn clock(hour: u8, minute: u8) -> Option<Hour> {
    let valid = (hour < 24 && minute < 60) || (hour == 24 && minute == 0);
    valid.then_some(Hour { hour, minute })
}

fn hour(text: &str, captures: &Captures<'_>) -> Option<Vec<Found>> {
    let span = span(captures);
    let minute = match captures.name("min") {
        Some(minute) => minute.as_str().parse().ok()?,
        None => 0,
    };
    let after = text.get(span.end..).unwrap_or("");
    // `12:30:45`, `1:20` in a scale of a map.
    if after.starts_with(':') && written(captures).contains(':') {
        return None;
    }
    one(Fact::Hour(clock(parsed(captures, "h")?, minute)?), span)
}

fn hour_range(_: &str, captures: &Captures<'_>) -> Option<Vec<Found>> {
    let first = clock(parsed(captures, "h")?, 0)?;
    let second = clock(parsed(captures, "h2")?, 0)?;
    Some(vec![
        Found { fact: Fact::Hour(first), span: captures.name("h")?.range() },
        Found { fact: Fact::Hour(second), span: captures.name("h2")?.start()..span(captures).end },
    ])
}

fn tax(captures: &Captures<'_>) -> Option<Tax> {
    let written = captures.name("t")?.as_str();
    Some(if written.starts_with(['h', 'H']) { Tax::Excluded } else { Tax::Included })
}

fn amount(_: &str, captures: &Captures<'_>) -> Option<Vec<Found>> {
    let factor = match captures.name("k").or(captures.name("k2")).map(|k| k.as_str()) {
        None => 1,
        Some("k" | "K") => 1_000,
        Some(_) => 1_000_000,
    };
    let cents = parse_cents(captures.name("n")?.as_str())?.checked_mul(factor)?;
    one(Fact::Amount(Amount { cents, tax: tax(captures) }), span(captures))
}

/// « 15 e pour 2 »: euros, where no noun follows of which it would be the rank (« le 3 e lot »).
fn short_euros(text: &str, captures: &Captures<'_>) -> Option<Vec<Found>> {
    static PRICE: LazyLock<Regex> = LazyLock::new(|| {
        super::pattern(
            r"(?i)^\s*(?:$|[,;/.)(+=\n-]|(?:pour|par|de|d['’]|le|la|les|l['’]|chacun|chaque|[àa]|et|en|au|max\p{L}*|mini\p{L}*|ttc|ht|soit|sur|tout|tous|ok|valid\p{L}*|vot\p{L}*|art(?:icle)?\.? \d+|inscri\p{L}*|r[ée]serv\p{L}*|(?:la|le)\s+\p{L}+|pay\p{L}*|[àa]\s+pay\p{L}*)\b)",
        )
    });
    let span = span(captures);
    let rank = text.get(..span.start).is_some_and(|before| {
        ["le", "la", "du", "au"].contains(&before.trim_end().rsplit(' ').next().unwrap_or(""))
    });
    if rank || !PRICE.is_match(text.get(span.end..).unwrap_or("")) {
        return None;
    }
    amount(text, captures)
}

fn euros_and_cents(_: &str, captures: &Captures<'_>) -> Option<Vec<Found>> {
    let cents = parse_cents(&written(captures).replace('€', ","))?;
    one(Fact::Amount(Amount { cents, tax: None }), span(captures))
}

fn percent(_: &str, captures: &Captures<'_>) -> Option<Vec<Found>> {
    let number = captures.name("n")?.as_str().replace('.', ",");
    one(Fact::Percent(number), span(captures))
}

/// `AB 112`, `RD 47`: a plot or a road, unless the letters are a common office acronym.
fn plot(_: &str, captures: &Captures<'_>) -> Option<Vec<Found>> {
    const NOT_PLOTS: [&str; 27] = [
        "A", "CM", "CA", "BP", "CR", "QD", "PV", "AG", "AR", "TP", "HT", "DM", "CFU", "AGE", "AGO",
        "ODJ", "CC", "OK", "TVA", "DSP", "TTC", "NON", "OUI", "EN", "LE", "ET", "DE",
    ];
    let digits = captures.name("digits")?.as_str();
    let is_year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
    if is_year || NOT_PLOTS.contains(&captures.name("letters")?.as_str()) {
        return None;
    }
    one(Fact::Reference(written(captures).replace('\u{a0}', " ")), span(captures))
}

fn number_as_written(_: &str, captures: &Captures<'_>) -> Option<Vec<Found>> {
    let number: String = written(captures)
        .chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| if c == '.' { ',' } else { c })
        .collect();
    one(Fact::Number(number), span(captures))
}

#[cfg(test)]
#[path = "fact_tests.rs"]
mod tests;
