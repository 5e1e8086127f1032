//! What an assembly may not do by its own rules: proxies over the limit, statutes changed in an
//! ordinary assembly, a bureau that the board elects after the closing, more votes than ballots.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern;
use crate::finding::{Finding, FindingKind};
use crate::notes::{Line, Notes, Span};
use crate::office::Office;
use crate::reading::{Fact, Hour, facts, fold};

pub(super) fn assembly(notes: &Notes, office: &Office) -> Vec<Finding> {
    static ASSEMBLY: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\bA\.?G\.?(?:O\.?)?\b|(?i:assembl[ée]e g[ée]n[ée]rale)"));
    let ordinary = ASSEMBLY.is_match(notes.text()) && !opens_extraordinary(notes);
    let limit = limit(notes, office);
    let closing = closing(notes);
    let mut findings = ballots(notes);
    for line in notes.lines() {
        if let Some(limit) = limit {
            findings.extend(proxies(&line, limit));
        }
        if ordinary {
            findings.extend(statutes(&line));
            findings.extend(board(&line, closing));
        }
    }
    findings
}

fn opens_extraordinary(notes: &Notes) -> bool {
    let mut opening = notes.lines().filter(|line| !line.text.trim().is_empty()).take(2);
    opening.any(|line| extraordinary(line.text) && statutes(&line).is_none())
}

/// Lines on which an ordinary assembly votes what is for an extraordinary one.
pub fn for_extraordinary(notes: &Notes) -> Vec<Span> {
    static ASSEMBLY: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\bA\.?G\.?(?:O\.?)?\b|(?i:assembl[ée]e g[ée]n[ée]rale)"));
    if !ASSEMBLY.is_match(notes.text()) || opens_extraordinary(notes) {
        return Vec::new();
    }
    notes.lines().filter(|line| statutes(line).is_some()).map(|line| line.span()).collect()
}

/// Lines that tell what the board decided after the assembly: they are for minutes of their own.
pub fn of_another_body(notes: &Notes) -> Vec<Span> {
    static ASSEMBLY: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\bA\.?G\.?(?:[OE]\.?)?\b|(?i:assembl[ée]e)"));
    if !ASSEMBLY.is_match(notes.text()) {
        return Vec::new();
    }
    let closing = closing(notes);
    notes.lines().filter(|line| board(line, closing).is_some()).map(|line| line.span()).collect()
}

fn extraordinary(text: &str) -> bool {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"\bA\.?G\.?E\.?\b|(?i:assembl[ée]e (?:g[ée]n[ée]rale )?extraordinaire)")
    });
    NAMED.is_match(text)
}

/// A written count: digits or a small French number word.
fn count(written: &str) -> Option<u32> {
    const WORDS: [&str; 10] =
        ["un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"];
    let folded = fold(written);
    let word = WORDS.iter().position(|word| *word == folded || (folded == "une" && *word == "un"));
    word.and_then(|index| u32::try_from(index + 1).ok()).or_else(|| folded.parse().ok())
}

const COUNT: &str = r"(?:\d{1,2}|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)";

/// Most proxies one member may hold, by the notes or else by the sheet.
pub fn limit(notes: &Notes, office: &Office) -> Option<u32> {
    proxy_limit(notes.text()).or(office.statuts.pouvoirs_max)
}

fn proxy_limit(text: &str) -> Option<u32> {
    static LIMIT: LazyLock<Regex> = LazyLock::new(|| {
        let proxy = r"(?:pouvoirs?|pvrs?|procurations?|mandats?)";
        let most = r"(?:max(?:i|imum)?|au[ ]plus|maxi)\b";
        pattern(&format!(
            r"(?i)\b{proxy}[ ]*:?[ ]*(?:limit[ée]s?[ ]+à[ ]+)?({COUNT})[ ]+{most}|\b({COUNT})[ ]+{proxy}[ ]+{most}|\b{proxy}[ ]*:?[ ]*{most}[ ]*:?[ ]*({COUNT})\b|\b{most}[ ]*({COUNT})[ ]+{proxy}\b|\b{proxy}[ ]+limit[ée]s?[ ]+à[ ]+({COUNT})\b|\b{proxy}\b[^\n;.]{{0,20}}\b{most}[ ]*({COUNT})[ ]*(?:par|/)|\b({COUNT})[ ]+(?:seule?[ ]+)?{proxy}[ ]*(?:par|/)[ ]*(?:personne|pers|membre|t[êe]te)"
        ))
    });
    let captures = LIMIT.captures(text)?;
    let written = captures.iter().skip(1).flatten().next()?;
    count(written.as_str())
}

/// `pouvoirs : J Lavergnole en a 3`, `Lavergnole : 3 pouvoirs`.
fn proxies(line: &Line<'_>, limit: u32) -> Vec<Finding> {
    static ABOUT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b(?:pouvoirs?|pvrs?|procurations?|mandats?)\b"));
    static HOLDS: LazyLock<Regex> = LazyLock::new(|| {
        let name = r"(?:(?:M\.|Mme|Mlle|M)[ ])?(?:\p{Lu}{1,2}\.?[ ])?\p{Lu}[\p{L}'’-]+(?:[ ]\p{Lu}[\p{L}'’.-]*)*";
        let proxy = r"(?:pouvoirs?|pvrs?|procurations?|mandats?)";
        pattern(&format!(
            r"\b({name})[ ]+(?:(?:en[ ]+)(?:a|avait|porte|d[ée]tient|pr[ée]sente)[ ]+({COUNT})\b|(?:a|avait|porte|d[ée]tient|pr[ée]sente|avec)[ ]+({COUNT})[ ]+{proxy}|[:(=]?[ ]*({COUNT})[ ]+{proxy}\b)"
        ))
    });
    if !ABOUT.is_match(line.text) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for captures in HOLDS.captures_iter(line.text) {
        let Some(name) = captures.get(1).map(|m| m.as_str()) else { continue };
        let held = captures.iter().skip(2).flatten().next().and_then(|m| count(m.as_str()));
        let Some(held) = held.filter(|held| *held > limit) else { continue };
        // « 4 CA 5 pouvoirs » numbers the agenda.
        if name.chars().count() <= 3 && name.chars().all(char::is_uppercase) {
            continue;
        }
        // « Pouvoirs : » or « Total 9 pouvoirs » is no person.
        if ["pouvoir", "total", "feuille", "emargement", "il ", "nombre"]
            .iter()
            .any(|word| fold(name).starts_with(word))
        {
            continue;
        }
        findings.push(Finding::check(
            FindingKind::Proxy,
            Some(line.span()),
            format!(
                "{name} détient {held} pouvoirs, les statuts en permettent {limit} par personne : comptez de nouveau les votants."
            ),
        ));
    }
    findings
}

/// Something voted that its own line says to be for an extraordinary assembly.
fn statutes(line: &Line<'_>) -> Option<Finding> {
    static VOTED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:vot[ée]+e?s?|adopt[ée]+e?s?|approuv[ée]+e?s?|unanim\w*|accept[ée]+e?s?|tout le monde|ok)(?:[^\p{L}]|$)|\b\d+ pour\b",
        )
    });
    static CHANGE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:modif\w*|chang\w*|transf\w*|nouveaux|r[ée]vision)\b.{0,30}\b(?:statuts|si[èe]ge|nom de l'association)\b|\bsi[èe]ge social\b|\bdissolution\b",
        )
    });
    static LATER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:[àa] voter|sera (?:vot|soumis|propos)|pas (?:de vote|vot[ée])|prochaine AGE|convoquer)\b",
        )
    });
    let about = extraordinary(line.text) || CHANGE.is_match(line.text);
    if !about || !VOTED.is_match(line.text) || LATER.is_match(line.text) {
        return None;
    }
    let text = line.text.trim();
    // The subject stands before the vote.
    let subject = match text.split_once(':') {
        Some((label, rest)) if label.chars().count() <= 20 && !rest.trim().is_empty() => rest,
        _ => text,
    };
    let end = subject.find([',', '(', ';', ':']).unwrap_or(subject.len());
    let subject = subject.get(..end).unwrap_or(subject).trim();
    Some(Finding::check(
        FindingKind::OffAgenda,
        Some(line.span()),
        format!(
            "« {subject} » relève d'une assemblée extraordinaire d'après les notes (statuts) : non présenté comme adopté."
        ),
    ))
}

fn closing(notes: &Notes) -> Option<Hour> {
    static END: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:fin|cl[ôo]ture|cl[oô]se?|lev[ée]e|termin[ée]e?)\b(?:[ ]+(?:de[ ]+)?(?:la[ ]+)?(?:s[ée]ance|r[ée]union|AG))?[ ]*(?:à|a|vers|:)?[ ]*$",
        )
    });
    let text = notes.text();
    facts(text).into_iter().rev().find_map(|found| match found.fact {
        Fact::Hour(hour) if END.is_match(line_before(text, found.span.start)) => Some(hour),
        _ => None,
    })
}

fn line_before(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or("");
    before.rsplit('\n').next().unwrap_or("")
}

/// `bureau élu par le CA juste après 17h45`.
fn board(line: &Line<'_>, closing: Option<Hour>) -> Option<Finding> {
    static ELECTED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^[ \t*-]*(?:QD[ ]*:[ ]*)?((?:le[ ]+)?(?:nouveau[ ]+)?[\p{L} ]{2,30}?)[ ]*:?[ ]+(?:est[ ]+|a [ée]t[ée][ ]+)?([ée]lue?s?|d[ée]sign[ée]+e?s?|nomm[ée]+e?s?)[ ]+par[ ]+le[ ]+(?:nouveau[ ]+)?(?:CA\b|conseil d'administration)",
        )
    });
    static BY_BOARD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:le[ ]+)?(?:nouveau[ ]+)?(?:CA|conseil d'administration)\b.{0,30}\b(?:(?:[ée]lit|d[ée]signe)\b.{0,12}|se[ ]+r[ée]unit\b.{0,40}|s'est[ ]+r[ée]uni\b.{0,40})\bbureau\b",
        )
    });
    static AFTER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)juste apr[èe]s|apr[èe]s l'(?:AG|assembl[ée]e)|[àa] l'issue|dans la foul[ée]e|s'est r[ée]uni",
        )
    });
    // « le bureau sera élu par le CA du 3 » announces what the board has to do.
    static TO_COME: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b(?:sera|seront|devra|[ée]lira|se r[ée]unira)\b"));
    if TO_COME.is_match(line.text) {
        return None;
    }
    let subject = match ELECTED.captures(line.text) {
        Some(captures) => {
            let subject = captures.get(1)?.as_str().trim();
            format!("« {subject} {} par le CA »", captures.get(2)?.as_str())
        }
        None if BY_BOARD.is_match(line.text) => "L'élection du bureau par le CA".to_owned(),
        None => return None,
    };
    let hour = facts(line.text).into_iter().find_map(|found| match found.fact {
        Fact::Hour(hour) => Some(hour),
        _ => None,
    });
    let minutes = |hour: Hour| u32::from(hour.hour) * 60 + u32::from(hour.minute);
    let when = match (hour, closing) {
        (Some(hour), Some(closing)) if minutes(hour) >= minutes(closing) => format!(
            ", à {}, après la fin de l'assemblée ({})",
            hour.to_french(),
            closing.to_french()
        ),
        (Some(_), Some(_)) => return None,
        _ if AFTER.is_match(line.text) => ", après l'assemblée".to_owned(),
        _ => return None,
    };
    Some(Finding::check(
        FindingKind::OffAgenda,
        Some(line.span()),
        format!("{subject}{when}, relève d'un procès-verbal du CA : à écrire à part."),
    ))
}

/// `38 bulletins 2 blancs. Mordelan 35 …`: nobody has more votes than there are valid ballots.
fn ballots(notes: &Notes) -> Vec<Finding> {
    static BALLOTS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(\d{1,5})[ ]+bulletins?\b"));
    static VOID: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\b(\d{1,4})[ ]+(?:bulletins?[ ]+)?(?:blancs?|nuls?)\b"));
    static VALID: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:(\d{1,5})[ ]+(?:suffrages?[ ]+)?exprim[ée]s?|exprim[ée]s?[ ]*:?[ ]*(\d{1,5}))\b",
        )
    });
    static SCORE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(\p{Lu}[\p{L}'’-]+(?:[ ]\p{Lu}[\p{L}'’-]+)*)[ ]*[:=]?[ ]*(\d{1,5})(?:[ ]+voix)?[ ]*(?:[,;./)+]|->|$|[ ]\p{Lu}|[ ]et\b|élu)",
        )
    });
    let number = |m: Option<regex::Match<'_>>| m.and_then(|m| m.as_str().parse::<u32>().ok());
    let lines: Vec<Line<'_>> = notes.lines().collect();
    let mut findings = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let Some(cast) = BALLOTS.captures(line.text) else { continue };
        let Some(total) = number(cast.get(1)) else { continue };
        let void: u32 = VOID.captures_iter(line.text).filter_map(|c| number(c.get(1))).sum();
        let valid = total.saturating_sub(void);
        if let Some(said) = VALID.captures(line.text).and_then(|c| number(c.get(1).or(c.get(2))))
            && said != valid
            && void > 0
        {
            findings.push(Finding::check(
                FindingKind::Sum,
                Some(line.span()),
                format!("{total} bulletins moins {} font {valid} suffrages exprimés, les notes disent {said} : vérifiez.", void_ballots(void)),
            ));
        }
        let after = cast.get(0).map_or(0, |m| m.end());
        let rest = line.text.get(after..).unwrap_or("");
        let scored: Vec<(&str, u32)> = scores(&SCORE, rest);
        // The scores may stand on the next line.
        let (place, scored) = match lines.get(index + 1) {
            Some(next) if scored.is_empty() => (next, scores(&SCORE, next.text)),
            _ => (line, scored),
        };
        for (name, votes) in scored.into_iter().filter(|(_, votes)| *votes > valid) {
            findings.push(Finding::check(
                FindingKind::Sum,
                Some(place.span()),
                format!("{name} aurait {votes} voix pour {valid} suffrages exprimés ({total} bulletins moins {}) : vérifiez le dépouillement.", void_ballots(void)),
            ));
        }
    }
    findings
}

fn scores<'a>(score: &Regex, text: &'a str) -> Vec<(&'a str, u32)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(captures) = score.captures_at(text, at) {
        let (Some(name), Some(votes)) = (captures.get(1), captures.get(2)) else { break };
        if let Ok(votes) = votes.as_str().parse() {
            found.push((name.as_str(), votes));
        }
        // What follows a score may open the next one.
        at = votes.end();
    }
    found
}

fn void_ballots(count: u32) -> String {
    let plural = if count > 1 { "s" } else { "" };
    format!("{count} blanc{plural} ou nul{plural}")
}
