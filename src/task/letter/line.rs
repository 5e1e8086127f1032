//! What each line of a letter's notes is for, by its first words.
//!
//! A line that continues another (indented, or a dash under a heading) keeps that one's use
//! unless its own words say otherwise. A line that nothing claims is a fact of the matter, and
//! the body carries it.

use std::sync::LazyLock;

use regex::Regex;

use super::record::{Purpose, Role};
use crate::reading::pattern;

/// What a line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    /// « objet : … ».
    Subject,
    /// « destinataire : … », or a postal address.
    Recipient,
    /// References, ours or theirs.
    Reference,
    /// The letter's own date.
    Date,
    /// Papers joined.
    Attachments,
    /// Copies.
    Copies,
    /// Registered, by e-mail.
    Sending,
    /// « affaire suivie par … ».
    HandledBy,
    /// Who signs.
    Signature,
    /// The remedies are asked for.
    Remedies,
    /// The court.
    Court,
    /// The article of law.
    LegalGround,
    /// Yes or no.
    Answer,
    /// The message answered.
    Incoming,
    /// Reminders already sent.
    Reminders,
    /// The administration that the request is passed on to.
    Competent,
    /// What silence will mean.
    Silence,
    /// The number a request was registered under.
    Registered,
    /// A part of the body.
    Body(Role),
}

/// First words and what they announce, in the order they are tried.
const LABELS: [(&str, Slot); 33] = [
    (r"^(?:objet|sujet|obj\.?)\s*[:,]|^(?-i:OBJET|Objet|SUJET|Sujet)\s+", Slot::Subject),
    (
        r"^(?:destinataires?|dest\.?|adress[ée]e? [àa]|adresse)\s*[:=]|^(?:à|a|pour)\s*:|^(?:[àa]|pour) (?:m\.?|mr|mme|mlle|monsieur|madame) \p{L}[\p{L}'’-]+(?:,? (?:(?:vice-)?pr[ée]sidente?|maire|direct(?:eur|rice)|tr[ée]sori[eè]re?|secr[ée]taire|g[ée]rante?))?$|\b\d{5} \p{L}{3,}",
        Slot::Recipient,
    ),
    (
        r"^(?:(?:tu|vous|on|je|nous) (?:joins|joint|joignez|joignons)|pjs?|p\.j\.?|pi[èe]ces? jointes?|(?:[àa] )?joindre|ci[- ]joints?|en pj|en pi[èe]ces? jointes?|annexes?)\b|^(?:ci[- ])?jointe?s?\s*:",
        Slot::Attachments,
    ),
    (r"^(?:copies?|cc|en copie)\b", Slot::Copies),
    (r"\bsilence\b[^.;]*\b(?:rejet|refus|accord|accept)", Slot::Silence),
    (
        r"\b(?:ne )?relève (?:de|du|des)\b|\S (?:ne )?releve (?:de|du|des)\b|\bpas (?:de )?notre (?:comp[ée]tence|ressort)\b|^(?:[àa] )?transm(?:is|ise|ettre)\b|^comp[ée]ten(?:ce|t)",
        Slot::Competent,
    ),
    (
        r"^(?:il |elle )?(?:manque(?:nt)?|pi[èe]ces? manq(?:uantes?\b|\.|\b)|(?:dossier |demande )?incompl(?:et|[èe]te))\b",
        Slot::Body(Role::Missing),
    ),
    (r"^enregistr[ée]e?s?\b|\benregistr[ée]e? (?:sous|n°)", Slot::Registered),
    (
        r"^(?:(?:nos|notre|vos|votre|sa|ses|leur|ns?[/.]|vs?[/.])?\s*r[ée]f(?:[ée]rences?)?s?\.?)\s*(?::|\b)",
        Slot::Reference,
    ),
    (
        r"^(?:(?:[àa] |tu |on )?dat(?:[ée]e?s?|er)\b|^dat\.|^(?:lettre|courrier|r[ée]ponse) (?:à |a )?dat(?:er|[ée]e?) (?:du )?(?:\p{L}+ )?\d[^,]*\d{4}$|date (?:du |de la |de )?(?:courrier|lettre|mail|courriel|document)|courrier dat[ée]|(?:courrier |lettre |mail )?en date du\b)|^dt\.? (?:de )?(?:la )?(?:lettre|courrier)|^(?:la |le |cette |ce )?(?:lettre|courrier|mail|r[ée]ponse) (?:part|partira|sera dat[ée]e?) (?:le |du )?(?:\p{L}+ )?\d",
        Slot::Date,
    ),
    (
        r"\b(?:recommand[ée]e?|lrar|l\.r\.a\.r|rar)\b|^(?:envoi|envoyer|envoy[ée]e?|exp[ée]dier|remise? en main)\b|^(?:poste|pli|courrier|lettre) simple\b",
        Slot::Sending,
    ),
    (
        r"^(?:svc|service) ?:|\baff\. suivie? par\b|\b(?:affaire|dossier) (?:suivie?|g[ée]r[ée]e?) par\b|^suivie? par\b|^suivie?\s*:|^contact\b",
        Slot::HandledBy,
    ),
    (
        r"^sign\.|^ma signature\b|^(?P<label>signatures? (?:du |de la |de l['’]|de |d['’]|par )?)(?-i:\p{Lu})|^(?:signatures?\s*:\s*|signatures? (?:du |de la |de l['’]|de |d['’]|par )?(?:maire|pr[ée]sidente?|adjointe?|tr[ée]sori[eè]re?)|signatures?$|signataires?|c['’]est (?:moi|lui|elle|nous) qui signe|je signe|sign[ée]e?s? (?:par|de)?|signer|[àa] signer|signe|de la part d[eu])\b",
        Slot::Signature,
    ),
    (
        r"\b(?:les|voies de|d[ée]lais de|du) recours\b|^recours\b|\b(?:pas|aucun) (?:de )?recours [àa] (?:mettre|indiquer|pr[ée]voir)\b",
        Slot::Remedies,
    ),
    (r"\btribunal\b|^ta\b", Slot::Court),
    (
        r"^(?:articles?(?: de loi| l\b| r\b|\s*:)|base (?:l[ée]gale|juridique)|fondement|textes? de loi|article\b|loi\b|en vertu de|vu l['’]article)",
        Slot::LegalGround,
    ),
    (
        r"^(?:notre |la )?(?:r[ée]ponse|d[ée]cision)\s*(?:=|:|est|c['’]est|partielle|favorable|d[ée]favorable|n[ée]gative|positive|oui\b|non\b|ok\b)|^(?:on|nous) r[ée]pond(?:ons)?\s*:?\s*(?:non|oui|ok)\b|^(?:donc |alors |bref,? )?(?:c(?:['’]est)? )?(?:non|oui|ok|d['’]accord)\b\s*(?:[,;!:.]|$)|^(?:donc |alors |bref,? )?c(?:['’]est)? (?:non|oui|ok|d['’]accord)\b|^(?:donc |alors |bref,? )?(?:on|nous|je) (?:lui |leur )?(?:refus|accept|accord|donn\w* (?:notre|son) accord|di[ts]? (?:oui|non))|^accord (?:de principe|du|de la|donn[ée]|de (?:m\.|mr?|mme|monsieur|madame)\b)",
        Slot::Answer,
    ),
    (
        r"^(?:(?:les?|la|nos|mes) (?:motifs?|raisons?)\s*:?$|pourquoi|(?:donc |alors )?non,? (?:parce que?|car)|(?:motifs?|raisons?)(?:\s+(?:n°\s*)?(?:\d|un|deux|trois|quatre)\b\.?)?|parce que|justifications?|explications?)\b|^(?:(?:le |notre )?r[èe]glement int[ée]rieur|(?:les |nos )?statuts)\b",
        Slot::Body(Role::Reason),
    ),
    (
        r"^(?:proposer|propose|(?:on|nous|je) (?:peu[tx] |pouvons |veu[tx] |voulons |voudrai[st] )?(?:lui |leur |vous )?propos(?:er?|ons)|proposition|(?:[àa] la place,? )?(?:on|nous) propos(?:e|ons)(?: au choix)?|(?:ce )?qu['’]on peut (?:lui |leur )?proposer|ce qu['’]on peut (?:lui |leur )?proposer|[àa] la place|en revanche|par contre|alternatives?|solutions?|lui proposer|leur proposer)\b",
        Slot::Body(Role::Offer),
    ),
    (r"\brelances?\b", Slot::Reminders),
    (
        r"^(?:on|nous) demand(?:e|ons)(?: (?:aussi|donc|également))?\s*(?::|$|1\)\s*)",
        Slot::Body(Role::Request),
    ),
    (
        r"^(?:(?:lui |leur |leurs )?demander|questions?|(?:on|nous|je) (?:veut|voudr\w+|aimer\w+|souhait\w+) savoir|savoir|[àa] demander|ce qu['’]on (?:demande|veut)|nos questions|nos demandes|merci de (?:nous|me) (?:dire|indiquer|pr[ée]ciser|confirmer)|on demande [àa] savoir)\b",
        Slot::Body(Role::Question),
    ),
    (
        r"^(?:son|sa|leur|leurs|votre)\s+(?:mail|courriel|courrier|lettre|demande|appel|message|r[ée]clamation|coup de fil)\b.*\d|^(?:le |un |une )?(?:mail|courriel|courrier|lettre|appel|message|r[ée]clamation|coup de (?:fil|tel))\b.*\b(?:re[çc]ue?s?|arriv[ée]e?s?|du|le)\b\s*(?:\p{L}+\.? )?\d|^(?:dossier|demande)\b.*\b(?:re[çc]ue?|arriv[ée]e?|dat[ée]e?)\b.*\d|^(?:(?:sa|leur|votre) )?(?:dde|dem\.?) (?:(?:bien )?re[çc]ue?|arriv[ée]e?|dat[ée]e?|du)\b.*\d|^(?:il|elle|ils|elles) (?:nous |m['’] ?)?(?:a|ont) (?:bien )?[ée]crit\b.*\d|^(?:(?:bien )?re[çc]ue?s?|a [ée]crit|nous a [ée]crit)\b",
        Slot::Incoming,
    ),
    (
        r"^(?:elle|il|elles|ils) parl|^(?:autre (?:demande|point|question)|elle (?:demande|voulait|voudrait|veut) aussi|il (?:demande|voulait|voudrait|veut) aussi)",
        Slot::Body(Role::OtherMatter),
    ),
    (
        r"^se plain(?:t|gnent)\b|^(?:(?:elle|il|elles|ils|la dame|le monsieur|les parents|la famille|l['’]asso\w*|le club|le comit[ée])\s+(?:nous )?|sa |leur )?(?:demand(?:e|ent|ait|aient)|souhait(?:e|ent)|voudrai(?:t|ent)|veut|veulent|sollicit\w+)\b",
        Slot::Body(Role::Request),
    ),
    (r"^(?:dde|demande|dem\.?)\s*[=:]", Slot::Body(Role::Request)),
    (r"^(?:(?:la |le |les )?remerci\w+|merci|dire merci)\b", Slot::Body(Role::Thanks)),
    (r"\b(?:rdv|rendez[- ]vous|se voir|se rencontrer|permanence)\b", Slot::Body(Role::Appointment)),
    (
        r"^(?:sous )?conditions?\b|^[àa] condition|^(?:elle|il|elles|ils) (?:doit|doivent|devra|devront|peut|peuvent)\b|^(?:il faut|fournir|pr[ée]voir|apporter|rendre|penser [àa]|obligatoire)\b|^(?:il|elle)s? faut\b|^caution\b",
        Slot::Body(Role::Condition),
    ),
    (
        r"\b(?:si|sans) (?:pas de )?r[ée]ponse\b.*\bavant\b|^(?:r[ée]ponse|r[ée]pondre|date limite|d[ée]lai)\b|^r[ée]p\.|^avant\b|\bau plus tard\b",
        Slot::Body(Role::Deadline),
    ),
    (
        r"^(?:faits?|contexte|rappel|rappeler|projet|travaux|d[ée]tails?|infos?)\s*:",
        Slot::Body(Role::Context),
    ),
    (r"^(?:tel|t[ée]l[ée]phone|tél)\b", Slot::Body(Role::Appointment)),
    (r"^(?:date)\s*:", Slot::Date),
];

static COMPILED: LazyLock<Vec<(Regex, Slot)>> = LazyLock::new(|| {
    LABELS.iter().map(|(words, slot)| (pattern(&format!("(?i){words}")), *slot)).collect()
});

/// A letter of our own that is named by its date alone.
static OWN_DATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:lettre|courrier) du (?:\p{L}+ )?\d[\d/.]*(?:er)?(?: \p{L}+\.?)?(?: \d{4})?\s*$",
    )
});

/// « fait à Corvelin le 20/04/2027 ».
static DATED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:fait|r[ée]dig[ée]e?|[ée]crite?)\b.{0,40}\ble \D{0,10}\d|^dat[ée]e? (?:du |le )?(?:\p{L}+ )?\d",
    )
});

/// A full date and nothing else.
static BARE_DATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:[àa] )?(?:\p{L}[\p{L}'’-]*,? )?(?:le|ce) (?:\p{L}+ )?\d{1,2}(?:er)?(?:[/.]\d{1,2}[/.]| \p{L}+\.? )\d{2,4}(?:\s*\(\p{L}+\))?\.?$",
    )
});

/// « avant le 3 mars 2027 » is a day by which something is done.
static BY_DAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^(?:avant|apr[èe]s|d[èe]s|depuis|pour|jusqu\S*|sous|vers|d['’]ici)\b")
});

/// What the line's own words say it is for.
pub fn slot(line: &str, purpose: Purpose) -> Option<Slot> {
    let line = line.trim().trim_start_matches(['-', '–', '•', '*', '+', '(']).trim_start();
    let answers = purpose.answers();
    if !answers && OWN_DATE.is_match(line) {
        return Some(Slot::Date);
    }
    if DATED.is_match(line)
        || (purpose != Purpose::Invitation && BARE_DATE.is_match(line) && !BY_DAY.is_match(line))
    {
        return Some(Slot::Date);
    }
    let found = COMPILED.iter().find(|(words, _)| words.is_match(line)).map(|(_, slot)| *slot)?;
    match (found, purpose) {
        // Only a request that is passed on has another addressee.
        (Slot::Competent, purpose) if purpose != Purpose::Transfer => None,
        // « rendez-vous sur la place » is where the event begins.
        (Slot::Body(Role::Appointment), Purpose::Invitation) => None,
        // Our own earlier letters, when we write again.
        (Slot::Incoming, Purpose::Reminder) if !line.to_lowercase().starts_with("dossier") => {
            Some(Slot::Reminders)
        }
        // The date of an event, not of the letter.
        (Slot::Date, Purpose::Invitation) if line.to_lowercase().starts_with("date :") => None,
        // What the office asks for itself.
        (Slot::Body(Role::Appointment), _) if line.to_lowercase().contains("permanence") => None,
        _ => Some(found),
    }
}

/// Whether the line continues the one before.
pub fn continues(line: &str) -> bool {
    line.starts_with([' ', '\t', '+', '('])
}

/// Whether the line is an entry of a list.
pub fn is_entry(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with(['-', '–', '•', '◦', '*']) && !line.starts_with("--")
        || NUMBERED.is_match(line)
}

/// The line without the number or letter of its entry: « 2) », « b) ».
pub fn without_number(line: &str) -> &str {
    NUMBERED.find(line).and_then(|mark| line.get(mark.end()..)).unwrap_or(line)
}

/// One thing that was asked, with the answer to it: « panneau : oui, pose avant Noël », « FOURGON = NON :
/// l'assurance ne couvre que les agents ».
pub struct Point<'a> {
    /// What was asked.
    pub what: &'a str,
    /// What is answered.
    pub verdict: Verdict,
    /// What the notes say of it.
    pub rest: &'a str,
}

/// An answer to one thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Granted.
    Yes,
    /// Granted, but not as it was asked.
    InPart,
    /// Refused.
    No,
}

impl Verdict {
    /// As it stands after what was asked.
    pub const fn told(self) -> &'static str {
        match self {
            Self::Yes => "demande acceptée",
            Self::InPart => "demande acceptée en partie",
            Self::No => "demande refusée",
        }
    }
}

/// The answer to one thing that a line gives, if it gives one.
pub fn point(line: &str) -> Option<Point<'_>> {
    let bare = without_number(line).trim().trim_start_matches(['-', '–', '•', '*']).trim_start();
    let found = POINT.captures(bare)?;
    let part = |name: &str| found.name(name).map_or("", |found| found.as_str().trim());
    let verdict = match (found.name("yes"), found.name("but")) {
        (Some(_), None) => Verdict::Yes,
        (Some(_), Some(_)) => Verdict::InPart,
        (None, _) => Verdict::No,
    };
    let answers = part("what").to_lowercase();
    let labels = ["réponse", "reponse", "décision", "decision", "silence", "objet"];
    (!labels.iter().any(|label| answers.starts_with(label))).then(|| Point {
        what: part("what"),
        verdict,
        rest: part("rest"),
    })
}

/// Whether an entry of a list tells the answer to one thing.
pub fn tells_point(entry: &str) -> bool {
    [Verdict::Yes, Verdict::InPart, Verdict::No]
        .iter()
        .any(|verdict| entry.contains(&format!(" : {}", verdict.told())))
}

static POINT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?P<what>[^:=?]{3,70}?)(?:\s*(?::|=|->|→)\s*(?:c['’]est\s+)?|,?\s+c['’]est\s+)(?:(?P<yes>oui|ok|d['’]accord|accord[ée]e?s?|accept[ée]e?s?)|non|refus(?:[ée]e?s?)?|pas possible|impossible)\b(?P<but>\s*,?\s*mais\b)?[\s,.;:–-]*(?P<rest>.*)$",
    )
});

/// « 1) », « a) », « 2. ».
static NUMBERED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s*(?:\d{1,2}|[a-z])\)\s*|^\s*\d\s?[.-]\s+|^\s*\d/\s+|^\s+\d\s+"));

/// What the line says after its label: « pourquoi : x » gives « x ».
pub fn after_label(line: &str, slot: Slot) -> &str {
    let bare = line.trim().trim_start_matches(['-', '–', '•', '*', '+']).trim_start();
    let end = COMPILED
        .iter()
        .filter(|(_, s)| *s == slot)
        .find_map(|(words, _)| words.captures(bare))
        .and_then(|found| found.name("label").or_else(|| found.get(0)))
        .filter(|found| found.start() == 0)
        .map_or(0, |found| found.end());
    let keeps_words = matches!(
        slot,
        Slot::Body(
            Role::OtherMatter
                | Role::Condition
                | Role::Appointment
                | Role::Deadline
                | Role::Context
        ) | Slot::Incoming
            | Slot::Recipient
            | Slot::Sending
            | Slot::Reminders
            | Slot::Answer
            | Slot::Reference
    );
    if end == 0 {
        return bare;
    }
    match bare.find(':') {
        Some(colon)
            if colon <= end + 24
                && (colon >= end.saturating_sub(1))
                && label_like(&bare[..colon]) =>
        {
            bare[colon + 1..].trim()
        }
        _ if keeps_words => bare,
        _ => bare.get(end..).unwrap_or_default().trim_start_matches([':', '=', ' ']).trim(),
    }
}

/// Whether the words before a colon are a label rather than a statement.
fn label_like(words: &str) -> bool {
    words.split_whitespace().count() <= 4 && !words.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_signs_stands_whole_after_the_label() {
        for (line, rest) in [
            ("signature Odile Fermont, directrice", "Odile Fermont, directrice"),
            ("signature de Paul Arvois", "Paul Arvois"),
            ("signature : la trésorière", "la trésorière"),
        ] {
            assert_eq!(slot(line, Purpose::Request), Some(Slot::Signature), "{line}");
            assert_eq!(after_label(line, Slot::Signature), rest);
        }
        assert_ne!(slot("signature convention le 3 mai", Purpose::Request), Some(Slot::Signature));
    }

    #[test]
    fn a_day_by_which_something_is_done_does_not_date_the_letter() {
        let found = |line| slot(line, Purpose::Reminder);
        assert_eq!(found("tu dates du lundi 3 mai 2027"), Some(Slot::Date));
        assert_eq!(found("dat. ven 3/05/27"), Some(Slot::Date));
        assert_eq!(found("lettre datee du mardi 3 mai 2027"), Some(Slot::Date));
        assert_eq!(found("avant le 4 juin 2027"), Some(Slot::Body(Role::Deadline)));
        assert_eq!(found("Trévol, le 4 juin 2027"), Some(Slot::Date));
        assert_eq!(found("le 4 juin 2027"), Some(Slot::Date));
    }

    #[test]
    fn entries_may_bear_numbers_or_letters() {
        assert!(is_entry(" 2) salle annexe"));
        assert!(is_entry("b) préau"));
        assert!(!is_entry("3 tables"));
        assert_eq!(without_number(" 2) salle annexe"), "salle annexe");
        assert_eq!(without_number("salle annexe"), "salle annexe");
    }
}
