//! The phrases by which a letter's notes give themselves away: purpose, references, media, dates.

use std::sync::LazyLock;

use regex::Regex;

use super::address::civil_name;
use super::line::{Verdict, point};
use super::record::Purpose;
use crate::notes::Span;
use crate::reading::{Fact, facts, pattern, words};
use crate::task::wording;

/// The statements of a line: cut where a new label opens in its middle.
pub(super) fn statements(line: &str, span: &Span) -> Vec<(String, Span)> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for found in INNER_LABEL.captures_iter(line) {
        let Some(label) = found.name("label") else { continue };
        if label.start() > start {
            pieces.push((start, label.start()));
            start = label.start();
        }
    }
    pieces.push((start, line.len()));
    pieces
        .into_iter()
        .filter_map(|(a, b)| {
            let text = line.get(a..b)?.trim_end().trim_end_matches([';', '.', ',']).to_owned();
            (!text.trim().is_empty()).then(|| (text, span.start + a..span.start + b))
        })
        .collect()
}

/// What the letter is for, from the words of the notes; the first line weighs most. Nothing where
/// no word tells.
pub(super) fn purpose(notes: &str) -> Option<Purpose> {
    let first = notes.lines().find(|l| !l.trim().is_empty()).unwrap_or_default();
    let first_table: [(&LazyLock<Regex>, Purpose); 10] = [
        (&CONDOLENCES, Purpose::Condolences),
        (&CONGRATULATIONS, Purpose::Congratulations),
        (&REMINDER, Purpose::Reminder),
        (&PARTIAL, Purpose::PartialAnswer),
        (&TRANSFER, Purpose::Transfer),
        (&REFUSAL, Purpose::Refusal),
        (&ACCEPTANCE, Purpose::Acceptance),
        (&INVITATION, Purpose::Invitation),
        (&ACKNOWLEDGEMENT, Purpose::Acknowledgement),
        (&REQUEST, Purpose::Request),
    ];
    let answer = notes.lines().skip(1).find(|l| {
        let low = l.trim().to_lowercase();
        matches(&ANSWERS_LINE, low.trim_start_matches("donc ").trim_start_matches("alors "))
    });
    let on = |word: &str| {
        notes
            .lines()
            .any(|line| line.trim().trim_end_matches([':', ' ']).eq_ignore_ascii_case(word))
    };
    let told = THEIR_ACCORD.replace_all(notes, "");
    let notes = &*told;
    if YES_TO.is_match(notes) && NO_TO.is_match(notes) {
        return Some(Purpose::PartialAnswer);
    }
    if matches(&PARTIAL, notes) || (on("oui pour") && on("non pour")) || answers_by_point(notes) {
        return Some(Purpose::PartialAnswer);
    }
    let by_words = |text: &str, sure: &[Purpose]| {
        let said = |(words, purpose): &&(&LazyLock<Regex>, Purpose)| {
            (sure.is_empty() || sure.contains(purpose)) && matches(words, text)
        };
        first_table.iter().find(said).map(|(_, purpose)| *purpose)
    };
    use Purpose::{
        Acceptance, Acknowledgement, Condolences, Invitation, Refusal, Request, Transfer,
    };
    let decided = [Refusal, Acceptance];
    let announced = [Condolences, Acknowledgement, Invitation, Request];
    by_words(first, &[])
        .or_else(|| answer.and_then(|line| by_words(line, &decided)))
        .or_else(|| matches(&TRANSFER, notes).then_some(Transfer))
        .or_else(|| matches(&UNANSWERED_YET, notes).then_some(Purpose::Reminder))
        // Further down, words of a request or an invitation have to open their line.
        .or_else(|| notes.lines().skip(1).find_map(|line| by_words(opening(line), &announced)))
        .or_else(|| by_words(notes, &decided))
        .or_else(|| notes.lines().any(|line| ASKS_FOR.is_match(line)).then_some(Request))
        .or_else(|| notes.lines().any(|line| IS_FOR.is_match(line)).then_some(Purpose::Information))
}

/// Whether one thing that was asked is granted and another refused, each in its line.
fn answers_by_point(notes: &str) -> bool {
    let verdicts: Vec<_> = notes.lines().filter_map(point).map(|point| point.verdict).collect();
    let refused = verdicts.contains(&Verdict::No);
    matches(&ANSWERS, notes) && refused && verdicts.iter().any(|verdict| *verdict != Verdict::No)
}

/// The first words of a line.
fn opening(line: &str) -> &str {
    let line = line.trim();
    let end = line.match_indices(' ').nth(3).map_or(line.len(), |(at, _)| at);
    line.get(..end).unwrap_or(line)
}

pub(super) fn matches(words: &LazyLock<Regex>, text: &str) -> bool {
    words.is_match(text)
}

/// The words of a header piece that say what it is about.
pub(super) fn topic(piece: &str, names_recipient: bool, after_first: bool) -> String {
    let mut text = piece.to_owned();
    if let Some((_, name)) = civil_name(&text) {
        let named = pattern(&format!(
            r"(?i)(?:\b(?:à|a|pour|de)\s+)?(?:Mme|Mlle|Madame|M\.?|Mr|Monsieur)\s+{}",
            regex::escape(&name)
        ));
        text = named.replace(&text, "").into_owned();
    }
    let mut before = String::new();
    while before != text {
        before.clone_from(&text);
        text = HEADER_WORDS.replace(text.trim(), "").into_owned();
    }
    if names_recipient
        && (after_first || NAMED.is_match(text.trim()))
        && civil_name(piece).is_none()
    {
        // « M. le maire pour l'inauguration »: what it is for is what it is about.
        if let Some((_, about)) = text.split_once(" pour ") {
            return about.trim().trim_matches([':', ',', ' ']).to_owned();
        }
        return String::new();
    }
    let text = BY_MAIL.replace(&text, "");
    let mut text = EMPTY_BRACKETS.replace_all(&text, "").into_owned();
    if names_recipient {
        text = OFFICE_HELD.replace(text.trim(), "").into_owned();
    }
    let text = text.trim().trim_matches([':', ',', '-', '–', ' ']);
    balanced(&OF_LETTERS.replace_all(text, "")).trim().trim_matches([':', ',', ' ']).to_owned()
}

/// The text without a bracket that has no other half.
fn balanced(text: &str) -> String {
    let (open, close) = (text.matches('(').count(), text.matches(')').count());
    match open.cmp(&close) {
        std::cmp::Ordering::Equal => text.to_owned(),
        std::cmp::Ordering::Greater => {
            text.rsplit_once('(').map_or_else(String::new, |(a, b)| format!("{a}{b}"))
        }
        std::cmp::Ordering::Less => text.replacen(')', "", 1),
    }
}

/// The papers of a list: « l'arrêté 2027-4 et la convention » are two.
pub(super) fn papers(list: &str) -> Vec<String> {
    wording::enumeration(&AND_PAPER.replace_all(list, ", $next"))
}

/// An attachment as listed: « AR du 27 fev » as « accusé de réception du 27 février ».
pub(super) fn attachment(paper: &str) -> String {
    let paper = PAPER_ARTICLE.replace(paper.trim(), "");
    let paper = paper
        .strip_prefix("AR ")
        .map_or_else(|| paper.to_string(), |rest| format!("accusé de réception {rest}"));
    wording::clean(&paper)
}

/// The medium a text names, as printed.
pub(super) fn medium(text: &str) -> Option<String> {
    let low = text.to_lowercase();
    [
        ("courriel", "courriel"),
        ("mail", "courriel"),
        ("tél", "appel téléphonique"),
        ("tel", "appel téléphonique"),
        ("appel", "appel téléphonique"),
        ("lettre", "lettre"),
        ("courrier", "courrier"),
        ("demande", "demande"),
        ("message", "message"),
        ("réclamation", "réclamation"),
    ]
    .iter()
    .find(|(word, _)| low.contains(word))
    .map(|(_, name)| (*name).to_owned())
}

/// The first date of a text, without its weekday.
pub(super) fn first_date(text: &str) -> Option<String> {
    facts(text).into_iter().find_map(|found| match found.fact {
        Fact::Date(mut date) if date.day.is_some() => {
            date.weekday = None;
            Some(date.to_french())
        }
        _ => None,
    })
}

/// A date without its weekday.
pub(super) fn bare_date(date: &str) -> String {
    let mut words = date.split_whitespace().peekable();
    if words.peek().is_some_and(|w| w.chars().all(char::is_alphabetic))
        && date.contains(|c: char| c.is_ascii_digit())
    {
        words.next();
    }
    words.collect::<Vec<_>>().join(" ")
}

/// A bare day said after a full date of the same month: « reçu le 4 novembre 2026 (AR le 5) ».
pub(super) fn same_month(date: &str, day: &str) -> Option<String> {
    let words: Vec<&str> = date.split_whitespace().collect();
    let place = words.iter().position(|w| w.trim_end_matches("er").parse::<u8>().is_ok())?;
    let received: u8 = words.get(place)?.trim_end_matches("er").parse().ok()?;
    let day_number: u8 = day.parse().ok()?;
    let rest = words.get(place + 1..)?.join(" ");
    (day_number >= received && !rest.is_empty()).then(|| format!("{day} {rest}"))
}

pub(super) fn ignore_case_replace(text: &str, from: &str, to: &str) -> String {
    pattern(&format!(r"(?i)\b{}\b", regex::escape(from)))
        .replacen(text, 1, regex::NoExpand(to))
        .into_owned()
}

words!(
    pub(super) SPELLING,
    r"(?P<first>\p{Lu}[\p{L}'’-]+)(?P<bracket>\s*\(ou (?P<second>\p{Lu}[\p{L}'’-]+)\s*\?[^)]*\))"
);
words!(
    pub(super) URBAN,
    r"(?i)\bpermis de construire\b|\bd[ée]claration pr[ée]alable\b|\bpermis d['’]am[ée]nager\b|\bcertificat d['’]urbanisme\b|\bpermis de d[ée]molir\b"
);
words!(pub(super) REMINDER, r"(?i)\brelances?\b|\brelancer\b|\brappel[ée]?r?\b.*\b(?:r[ée]ponse|courrier)\b");
words!(
    pub(super) PARTIAL,
    r"(?i)\br[ée]ponse partielle\b|\baccord partiel\b|\bpartiellement\b|\b(?:oui|ok) pour\b.*\bnon pour\b|\bnon pour\b.*\b(?:oui|ok) pour\b|\ben partie\b|\b(?:r[ée]ponse|d[ée]cision) *[=:] *(?:oui|ok)\b.*\bmais\b"
);
words!(
    pub(super) REFUSAL,
    r"(?i)\brefus(?:er|é|ons)?\b|\bc['’ ]?est (?:malheureusement |donc |h[ée]las )?(?:non|impossible|pas possible)\b|\b(?:on|nous) (?:ne )?(?:peut|pouvons) pas (?:lui |leur )?(?:accepter|accorder|autoriser|donner (?:suite|notre accord|l['’]accord)|dire oui|r[ée]pondre favorablement)\b|\bsuite d[ée]favorable\b|\b(?:r[ée]ponse|d[ée]cision) *(?:=|:|est)? *(?:c['’]est )?(?:non|n[ée]gative|d[ée]favorable)\b|\bc['’]est non\b|\bdire non\b|\bon dit non\b|\b(?:on|nous) r[ée]pond(?:ons)?\s*:?\s*non\b|\brejet\b"
);
words!(
    pub(super) ACCEPTANCE,
    r"(?i)\baccord\b|\baccept\w+\b|\b(?:r[ée]ponse|d[ée]cision) *(?:=|:|est)? *(?:c['’]est )?(?:oui|ok|positive|favorable)\b|\bc(?:['’]est)? (?:oui|ok)\b|\bfavorable\b|\bon dit oui\b|\bautorisation accord[ée]e\b"
);
// « dem. 1 : déplacer l'arrêt », « c'est pour la visite du moulin »
words!(ASKS_FOR, r"(?i)^\W*(?:dem\.?|demande)s?\s*(?:n°\s*)?\d\s*:|^\W*on demande\s*:?\s*$");
words!(IS_FOR, r"(?i)(?:^|\. )\W*c['’ ]?est pour (?:la |les? |l['’])");
// One thing granted and another refused, each in its sentence.
words!(YES_TO, r"(?i)\bc['’]est\s+(?:donc\s+)?(?:oui|d['’]accord|accord[ée])\b");
words!(NO_TO, r"(?i)\bc['’]est\s+(?:donc\s+)?(?:non|refus[ée]e?)\b");
// That somebody else agrees decides nothing for who writes.
words!(
    THEIR_ACCORD,
    r"(?i)\b(?:ils?|elles?|(?:la|le|les|l['’]|leur|son|sa)\s*(?:mairie|directrice|directeur|animatrice|parents|familles|propri[ée]taire|voisins?|[ée]cole|coll[èe]ge|r[ée]sidence|club|asso\w*|famille|commune|d[ée]partement|r[ée]gion|pr[ée]fecture))\s+(?:est|sont|[ée]tait|a|ont)\s+(?:bien\s+|tout\s+[àa]\s+fait\s+|donn[ée]\s+)?(?:d['’]\s?acc(?:ord|\.)|(?:son|leur)\s+accord)|\b(?:attend\w*|demand\w*|avoir|faut|sans|sous\s+r[ée]serve\s+d[eu]|avec)\s+(?:l['’]|l[ea]\s+|les\s+|leur\s+|son\s+|d['’])?accord(?:\s+(?:d[eu]s?|par)\b)?"
);
words!(
    pub(super) UNANSWERED_YET,
    r"(?i)\brest[ée]e?s? sans r[ée]ponse\b|\btoujours (?:pas (?:eu )?de r[ée]p|rien)|\b(?:1[eè]?re|1er|2e|2[eè]me|3e|seconde|deuxi[eè]me) relance\b"
);
words!(
    OFFICE_HELD,
    r"(?i)^(?:maire|pr[ée]fet|pr[ée]sidente?|direct(?:eur|rice))(?: (?:de (?:la )?|du |d['’])\p{Lu}[\p{L}'’-]*)?\s+(?:pour\s+)?"
);
words!(BY_MAIL, r"(?i)\s+par (?:mail|courriel|e-mail|lettre|courrier)\s*$");
words!(
    EMPTY_BRACKETS,
    r"(?i)\s*\([\s,;]*(?:pr[ée]sidente?|maire|direct(?:eur|rice)|adjointe?|secr[ée]taire)?[\s,;]*\)"
);
words!(pub(super) PROMISE, r"(?i)\b(?:on|nous) (?:verra|verrons|va voir|allons voir|avisera)\b|\b[àa] voir plus tard\b");
words!(pub(super) CONDOLENCES, r"(?i)\bcondol[ée]ances?\b");
words!(pub(super) CONGRATULATIONS, r"(?i)\bf[ée]licit(?:ations?|er|é)\b");
words!(
    pub(super) TRANSFER,
    r"(?i)\brel[è]ve (?:pas )?(?:de|du|des) (?:la |l['’])?(?:comp[ée]tence|ressort|conseil|d[ée]partement|r[ée]gion|pr[ée]fecture|sous-pr[ée]fecture|communaut[ée]|agglo|m[ée]tropole|syndicat|service|mairie|commune|ddt|dreal|drac|ars|caf|cpam|rectorat|gendarmerie|police|tr[ée]sor|imp[ôo]ts|[ée]tat|office|agence|spanc|sdis|com ?com|(?-i:\p{Lu}))|\b(?:qui|[çc]a|cela|il|elle|ne|n['’]en|demande|dossier|route|voirie|question|affaire|sujet) (?:ne )?releve (?:pas )?(?:de|du|des)\b|\bpas (?:de )?notre (?:comp[ée]tence|ressort)\b|\bpas comp[ée]tents?\b|\b(?:r[ée]orientation|transmission|transfert) (?:de )?(?:sa |la |leur )?(?:demande|courrier|mail)|\btransmettre (?:sa|la|leur) demande\b|\bdemande (?:à transmettre|transmise) (?:à|au|aux)\b"
);
words!(
    pub(super) COMPETENT,
    r"(?i)\b(?:rel[èe]ve|comp[ée]ten(?:ce|t)|transmi(?:s|se|ses|ssion|ttre)|transfert|r[ée]oriente[rz]?|c['’]est)\b[^,;:]*?\b(?P<link>du|de la|de l['’]|des|au|à la|à l['’]|aux|[àa]|de|le|la|l['’])\s*(?P<body>(?:conseil|d[ée]partement|r[ée]gion|pr[ée]fecture|sous-pr[ée]fecture|communaut[ée]|agglom[ée]ration|m[ée]tropole|syndicat|service|mairie|ddtm?|dreal|drac|ars|caf|cpam|rectorat|acad[ée]mie|gendarmerie|police|tr[ée]sor(?:erie)?|imp[ôo]ts|[ée]tat|office|agence|soci[ée]t[ée]|spanc|sdis|com ?com|cc|epci|\p{Lu})[^,;:()]*)"
);
words!(pub(super) TRUE_DATE, r" (?:le|ce|en) (?:\d|jour|lundi|mardi|mercredi|jeudi|vendredi).*$");
words!(
    pub(super) TO_THEIR,
    r"(?i)^\W*(?:[àa] )?(?P<what>(?:sa|son|leur|votre) (?:demande|courrier|lettre|mail|courriel|message)\b[^:]*?)\s*(?::\s*(?P<rest>.+))?$"
);
words!(
    pub(super) SILENCE,
    r"(?i)\bsilence\b[^.;]*\b(?P<what>rejet[ée]?e?|refus[ée]?e?|accord|accept[ée]e?|acceptation)\b|\bsans r[ée]ponse\b[^.;]*\b(?:vaut|consid[ée]r[ée]e? comme)\b[^.;]*\b(?P<other>rejet[ée]?e?|refus[ée]?e?|accord|accept[ée]e?|acceptation)\b"
);
words!(pub(super) BY_DATE, r"(?i),?\s*\b(?P<when>avant (?:le |la )?(?:\p{L}+ )?\d{1,2}(?:er)?[ /.]\S+(?: \d{4})?)\s*$");
words!(
    pub(super) REGISTERED,
    r"(?i)\benreg(?:istr[ée]e?s?\b)?\.?(?:[^;]*?\b(?:ss|sous)(?: le)?(?: *(?:n°|num[ée]ro|no\.?))?| *(?:n°|num[ée]ro|no\.?))? *(?P<number>20\d\d[ /-]\d{1,5}|\p{L}[\p{L}\d/-]*\d|\d+/[\d/-]*\d|\d{3,})"
);
words!(
    pub(super) REGISTERED_DAY,
    r"(?i)\benreg(?:istr[ée]e?s?\b)?\.? (?:le )?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?(?P<day>\d{1,2})(?: |$|,)(?:sous|ss|$)"
);
words!(pub(super) ANOTHER_LETTER, r"(?i)^\W*(?:(?:2e|2[eè]me|deuxi[eè]me|seconde?|autre)\s+)?(?:lettre|courrier|mail|courriel|r[ée]ponse|relance|invitation)\s+(?:n° ?\d+\b|\d+\s*:|(?:à|a|au|aux|pour)\s+(?:m\b|mr|mme|mlle|monsieur|madame|la|le|l['’]|\p{L}+s\b|\p{Lu}))");
words!(pub(super) RULED_OFF, r"^\s*[-=_*~]{3,}\s*$");
words!(pub(super) INVITATION, r"(?i)\binvit(?:ations?|er|ons|e|és?|s)?\b");
words!(pub(super) ACKNOWLEDGEMENT, r"(?i)\baccus[ée] de r[ée]ception\b|^\s*AR\b|\bbien re[çc]u sa demande\b");
words!(
    pub(super) REQUEST,
    r"(?i)\bdemand(?:e|er|ons) (?:de |d['’]|une? |la |le |[àa] )|\bdemande\b|\bsollicit\w+\b|\bsubvention\b"
);
words!(
    pub(super) HEADER_WORDS,
    r"(?i)^(?:(?:\d(?:e|re|er|[èe]re|[èe]me)|premi[èe]re|deuxi[èe]me|seconde|derni[èe]re)\s+relance|r[ée]pondre|inviter|[ée]crire|relancer|remercier|refuser|faire|envoyer|par (?:mail|courriel|lettre|courrier)|nouvelle relance|courriers?|lettres?|e?-?mails?|courriels?|r[ée]ponse|condol[ée]ances|f[ée]licitations|accus[ée] de r[ée]ception|AR|transmission|recommand[ée]e?|favorable|d[ée]favorable|n[ée]gative|positive|[àa] faire|[àa] (?:é|e)crire|refus|accord|acceptation|relance (?:n° ?)?\d+|relance|rappel|r[ée]p\.|fav\.|d[ée]fav\.|invitations?|invits?|information|infos?|partielle|pour|[àa]|de|du|la|le|aux?|d['’])(?:\s+|$|[,:])"
);
words!(
    pub(super) NAMED,
    r"(?i)^(?:mme|madame|m\.|mr?|monsieur|ma[îi]tre|soci[ée]t[ée]|sas|sarl|entreprise|ets|parents|familles|habitants|riverains|[ée]lus|associations|commerçants|usagers|b[ée]n[ée]voles|locataires)\b"
);
words!(
    pub(super) WAITING,
    r"(?i)\b(?:si|sans) (?:pas de )?r[ée]ponse\b.*?\bavant (?P<when>.+?),? (?:on|nous|ils|elle|il)\b.*$"
);
words!(
    pub(super) OURS,
    r"(?i)(?:\bnos? r[ée]f(?:[ée]rences?)?s?\.?|\bnotre r[ée]f(?:[ée]rence)?\.?|\bns?[/.]?\s?r[ée]f\.?|\bn/r)\s*:?\s*(?P<value>[^,;]+)"
);
words!(
    pub(super) THEIRS,
    r"(?i)(?:\b(?:vos?|votre|sa|ses|leurs?) r[ée]f(?:[ée]rences?)?s?\.?|\bv/?r[ée]f\.?|\bv/r)\s*:?\s*(?P<value>[^,;]+)"
);
words!(pub(super) SIGNED, r"(?i)[,(]?\s*\bsign[ée]e?s? (?:par )?.*$");
words!(
    pub(super) YES_NO,
    r"(?i)^\s*(?:=|:)?\s*(?:(?:on|nous)\s+r[ée]pond(?:ons)?|(?:donc |alors |bref,? )?(?:on|nous|je) (?:lui |leur )?di[ts]|(?:la |ma |notre )?r[ée]ponse|(?:la |ma |notre )?d[ée]cision)?\s*(?:=|:)?\s*(?:(?:donc |alors )?c(?:['’]est)?\s+)?(?:non|oui|ok|d['’]accord|n[ée]gative|positive|favorable|d[ée]favorable|refus[ée]?e?|accept[ée]e?|accord[ée]?e?)\b\s*(?:pour\b)?"
);
words!(pub(super) ACKNOWLEDGED_DAY, r"(?i)\b(?:AR|accus[ée])\b[^\d]*\ble (?P<day>\d{1,2})\b(?: *\)|\s*$|,)");
words!(pub(super) INNER_LABEL, r"(?i)[;.,]\s+(?P<label>(?:pj|pièces? jointes?|cc|copie)\s*:|r[èe]glement int[ée]rieur article)");
words!(
    pub(super) CONTENT_ORDER,
    r"(?i)^\s*(?:lui |leur |leurs? )?(?:dire|pr[ée]ciser|indiquer|rappeler|expliquer|signaler|mettre|informer|annoncer|ajouter)\s+(?:que |qu['’]|[àa] quel point )"
);
words!(
    pub(super) UNANSWERED,
    r"(?i)\s*(?:-->|->|=>|→)\s*(?:pas (?:encore )?r[ée]pondu\s*,?\s*)?(?:(?:lui|leur) (?:dire|r[ée]pondre|pr[ée]ciser) )?(?:qu['’]|que )?"
);
words!(pub(super) RECEIVED_DAY, r"(?i)\bre[çc]ue?s?(?: [çc]a| cela)? (?:le )?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?(?P<day>\d{1,2})(?: *\)|\s*$|,)");
// « (2e, la 1re c'était un courriel) » counts the letters, and says nothing of the matter.
words!(
    OF_LETTERS,
    r"(?i)\s*\((?:la |le )?(?:\d ?(?:e|er|re|[èe]me|[èe]re)|premi[èe]re|deuxi[èe]me|seconde)\b[^)]*\)?"
);
words!(
    ANSWERS,
    r"(?i)\br[ée]pon|\bdemand|\bre[çc]ue?\b|\bson (?:mail|courriel|courrier|message)|\baccord\b|\brefus"
);
words!(
    ANSWERS_LINE,
    r"^(?:(?:la|ma|notre|sa) )?(?:r[ée]ponse|d[ée]cision)\b|^c['’]est (?:non|oui)\b|^(?:on|nous|je) (?:lui |leur )?(?:r[ée]pond\w*|dit|dis)\b"
);
words!(
    AND_PAPER,
    r"(?i)\s+et\s+(?P<next>(?:les?\s|la\s|l['’]|mon\s|notre\s|votre\s|\d+\s|copies?\b|plans?\b|devis\b|attestations?\b|photos?\b|factures?\b|d[ée]lib\w*|arr[êe]t[ée]s?\b|r[èe]glements?\b|conventions?\b|RIB\b|bulletins?\b|formulaires?\b|rapports?\b|notices?\b))"
);
words!(PAPER_ARTICLE, r"(?i)^(?:les? |la |l['’])");
words!(pub(super) GRANTED, r"(?i)\b(?:oui|ok|d['’]accord) pour (?P<what>[^,;]+)");
words!(pub(super) DENIED, r"(?i)\bnon pour (?P<what>[^,;]+)");
