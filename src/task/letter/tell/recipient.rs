//! What the recipient is asked to do, in a frame: an answer by a day, a paper to send, nothing when
//! it is done already.

use std::sync::LazyLock;

use regex::Regex;

use super::{DETERMINERS, Frame, entry, led};
use crate::reading::{Fact, facts, fold, pattern, words};
use crate::task::article::{self, Link, linked};
use crate::task::expand::has_verb;
use crate::task::letter::question;
use crate::task::letter::record::{Letter, Tone};
use crate::task::wording::{begins_with_infinitive, small};

/// An answer that is awaited until a day.
pub(super) fn deadline(clause: &str) -> Option<Frame> {
    let found = ANSWER_BY.captures(clause)?;
    let rest = found.name("rest").map_or("", |m| m.as_str()).trim().trim_matches([',', ' ']);
    // « réponse avant le 3 mai -> Odile, 05 … »
    let to = rest.strip_prefix(':').map(|to| format!("({})", to.trim()));
    let rest = to.as_deref().unwrap_or(rest);
    let rest = PLEASE.replace(rest, "");
    let rest = rest.trim().trim_matches([',', ' ', '.']);
    if has_verb(rest) || rest.starts_with("est ") {
        return None;
    }
    let when = found.name("when")?.as_str().trim();
    let when = if facts(when).iter().any(|f| matches!(f.fact, Fact::Date(_)))
        && when.starts_with(|c: char| c.is_ascii_digit())
    {
        format!("le {when}")
    } else {
        when.to_owned()
    };
    let rest = match rest {
        "" => String::new(),
        // Where to answer.
        bracketed if bracketed.starts_with('(') => format!(" {bracketed}"),
        rest => format!(", {}", small(rest)),
    };
    Some(entry(&format!("Je vous remercie de me répondre avant {when}{rest}.")))
}

/// « si déjà payé, ne pas tenir compte du mail ».
pub(super) fn already_done(clause: &str) -> Option<Frame> {
    let found = ALREADY_DONE.captures(clause)?;
    let done = fold(&found["done"]);
    let done = DONE.iter().find(|word| fold(word) == done)?;
    let this = match found["what"].to_lowercase().as_str() {
        what @ ("lettre" | "relance") => format!("cette {what}"),
        "courrier" => "ce courrier".to_owned(),
        _ => "ce courriel".to_owned(),
    };
    Some(entry(&format!(
        "Si vous avez déjà {done}, je vous remercie de ne pas tenir compte de {this}."
    )))
}

/// « rendre la clé », « il faut fournir … », « attestation à envoyer avant le … ».
pub(super) fn act(letter: &Letter, clause: &str) -> Option<Frame> {
    let lead = match letter.tone {
        Tone::Firm => "Je vous demande de bien vouloir",
        Tone::Neutral | Tone::Warm => "Je vous remercie de bien vouloir",
    };
    let bare = MUST.replace(clause, "").into_owned();
    let bare = question::wish(&bare).unwrap_or(bare);
    if begins_with_infinitive(&bare) {
        let told = telegraphic_object(&bare);
        return Some(led(&[lead], &bare, format!("{lead} {}.", small(&told))));
    }
    let found = TO_DO.captures(clause)?;
    let (what, verb) = (found.name("what")?.as_str().trim(), found.name("verb")?.as_str());
    let rest = found.name("rest").map_or("", |m| m.as_str().trim());
    if !ACTS.contains(&fold(verb).as_str()) || what.contains(',') || has_verb(what) {
        return None;
    }
    let phrase = linked(Link::The, what)?;
    let lead = format!("{lead} {verb}");
    let told = format!("{lead} {phrase} {rest}").replace(" ,", ",");
    let by_rule = format!("{}.", told.trim_end());
    Some(Frame {
        leads: vec![lead],
        clause: format!("{what} {rest}").trim_end().to_owned(),
        by_rule,
    })
}

/// « fournir attestation d'assurance » as « fournir une attestation d'assurance ».
fn telegraphic_object(clause: &str) -> String {
    let Some((verb, object)) = clause.split_once(' ') else { return clause.to_owned() };
    let first = object.split([' ', ',']).next().unwrap_or_default();
    // « répondre avant le 3 mai » has no object.
    if BEFORE_NOUNS.contains(&fold(first).as_str())
        || DETERMINERS.contains(&fold(first).as_str())
        || first.contains(['\'', '’'])
    {
        return clause.to_owned();
    }
    match article::head(first).and_then(|_| linked(Link::A, object)) {
        Some(object) => format!("{verb} {object}"),
        None => clause.to_owned(),
    }
}

/// Small words that are nouns too, and are none after a verb.
const BEFORE_NOUNS: [&str; 9] =
    ["avant", "apres", "pour", "par", "sur", "sous", "entre", "contre", "devant"];

/// What one may have done before a reminder comes.
const DONE: [&str; 8] = ["payé", "réglé", "fait", "versé", "rendu", "renvoyé", "envoyé", "répondu"];

/// What a town hall asks people to do with a thing.
const ACTS: [&str; 24] = [
    "fournir",
    "envoyer",
    "retirer",
    "prendre",
    "rendre",
    "deposer",
    "apporter",
    "remettre",
    "retourner",
    "completer",
    "signer",
    "transmettre",
    "joindre",
    "prevoir",
    "regler",
    "payer",
    "restituer",
    "confirmer",
    "recuperer",
    "remplir",
    "adresser",
    "verser",
    "demander",
    "reserver",
];

words!(
    ALREADY_DONE,
    r"(?i)^(?:si|et si) (?:c['’]est )?d[ée]j[àa] (?P<done>\p{L}+)\s*,?\s*(?:merci de )?ne pas tenir compte (?:du|de ce|de la|de cette) (?P<what>mail|courriel|message|courrier|lettre|relance)\W*$"
);

static MUST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:il )?(?:faut|faudra) (?:aussi |également )?|^(?:merci de|pri[èe]re de|penser à|pensez à|ne pas oublier de) ",
    )
});

static TO_DO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^(?P<what>[^,;:]+?) à (?P<verb>\p{L}+(?:er|ir|re))\b(?P<rest>.*)$")
});

words!(PLEASE, r"(?i)^(?:s['’]il vous pla[iî]t|svp|merci)\b");

static ANSWER_BY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:une? )?(?:r[ée]ponse|r[ée]pondre|rsvp|confirmation|confirmer)(?: (?:souhait[ée]e?|attendue?|demand[ée]e?|s['’]il vous pla[iî]t|svp|impérative(?:ment)?|de (?:votre|sa) présence|présence))* ?:? ?(?:avant|pour|d['’]ici) (?P<when>(?:le |la |l['’])?(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?(?:\d{1,2}(?:er)? \p{L}+(?: \d{4})?|mi-\p{L}+|fin \p{L}+|\p{L}+))(?P<rest>.*)$",
    )
});
