//! A clause of a letter as a sentence: how it is put to the model, and what the rule makes of it.
//!
//! A frame fixes what its kind makes certain: what the recipient asks (« Vous souhaitez … »), what
//! is asked of him (« Je vous remercie de bien vouloir … »), what is offered, who acts. The model
//! fills in the rest of it under its mask; where it has nothing that holds, the rule says the clause
//! in the frame, or with the verb that the dictionary is sure of (« Les repas ne sont pas
//! facturés. »), or leaves it an entry of a list that a sentence introduces.

mod recipient;
mod stated;

use std::sync::LazyLock;

use jiff::civil::Date;
use regex::Regex;

use self::recipient::{act, already_done, deadline};
use self::stated::stated;
use super::line::tells_point;
use super::record::{Letter, Purpose, Role};
use super::term;
use crate::french::{self, Number};
use crate::reading::{Fact, facts, pattern, remark, words};
use crate::task::article::{self, Link, linked};
use crate::task::expand::{has_verb, surely_has_verb};
use crate::task::prose::Writer;
use crate::task::wording::{begins_with_infinitive, capital, small};
use crate::task::{Sink, TaskError};

/// What a clause became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    /// A sentence, or an entry of a list (no full stop).
    pub(super) text: String,
    /// Whether the model was asked and had nothing that holds.
    pub(super) by_rule: bool,
}

/// Clauses of no more words than this are set by rule: the model has nothing to add to them.
const SHORT_CLAUSE_WORDS: usize = 4;

/// Puts one clause into a sentence, by the model or by the rule.
///
/// # Errors
/// When the model fails, the user stops it, or a prompt of the settings folder is wrong.
pub(super) fn tell(
    letter: &Letter,
    role: Role,
    clause: &str,
    title: &str,
    writer: &mut Writer<'_, '_>,
    sink: &mut Sink<'_>,
) -> Result<Told, TaskError> {
    let frame = frame(letter, role, &french::restored(clause));
    let settled = frame.clause.is_empty()
        // What is to be filled in is no matter for a sentence.
        || clause.contains("[À COMPLÉTER")
        || (frame.by_rule.ends_with('.') && clause.split_whitespace().count() <= SHORT_CLAUSE_WORDS);
    if settled {
        return Ok(Told { text: frame.by_rule, by_rule: false });
    }
    let opening = frame.leads.as_slice();
    Ok(match writer.sentence(title, &frame.clause, opening, sink)? {
        // A phrase without a verb is an entry of a list.
        Some(text) if has_verb(&text) || !opening.is_empty() => Told { text, by_rule: false },
        Some(text) => Told { text: text.trim_end_matches('.').to_owned(), by_rule: false },
        None => Told { text: frame.by_rule, by_rule: true },
    })
}

/// A clause in its frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Frame {
    /// What the sentence opens with, to be chosen among; nothing where it is free.
    pub(super) leads: Vec<String>,
    /// What the model has to put into the sentence.
    pub(super) clause: String,
    /// What the rule makes of it: a sentence, or an entry of a list (no full stop).
    pub(super) by_rule: String,
}

/// The frame of a clause, by what its part does in the letter.
pub(super) fn frame(letter: &Letter, role: Role, clause: &str) -> Frame {
    let clause = clause.trim().trim_end_matches(['.', ',', ';']).trim();
    match role {
        Role::Request => request(letter, clause),
        Role::Offer => offer(letter, clause),
        Role::Question | Role::Missing | Role::Thanks | Role::Appointment => entry(clause),
        Role::Deadline => deadline(clause).unwrap_or_else(|| statement(letter, clause)),
        // Whose death it is stands in a set phrase.
        Role::Context if letter.purpose == Purpose::Condolences && DEATH.is_match(clause) => {
            entry(clause)
        }
        Role::Context | Role::Decision | Role::Reason | Role::Condition | Role::OtherMatter => {
            statement(letter, clause)
        }
    }
}

/// What goes in as it is.
fn entry(clause: &str) -> Frame {
    Frame { leads: Vec::new(), clause: String::new(), by_rule: clause.to_owned() }
}

fn led(leads: &[&str], clause: &str, by_rule: String) -> Frame {
    let leads = leads.iter().map(|lead| (*lead).to_owned()).collect();
    Frame { leads, clause: clause.to_owned(), by_rule }
}

/// « Vous souhaitez installer … », « Vous demandez un branchement … ».
fn request(letter: &Letter, clause: &str) -> Frame {
    let answers = letter.purpose.answers();
    let (wish, ask) = if answers {
        ("Vous souhaitez", "Vous demandez")
    } else {
        ("Nous souhaitons", "Nous demandons")
    };
    // Several things asked for stand in a list.
    if !answers && several_asked(letter) {
        return entry(clause);
    }
    // « elle demande à prolonger … »
    let wanted = clause.strip_prefix("à ").or(clause.strip_prefix("de "));
    let wanted = wanted.filter(|wanted| begins_with_infinitive(wanted));
    let wanted = wanted.map(|wanted| wanted.replace(", et à ", " et ").replace(" et à ", " et "));
    let clause = wanted.as_deref().unwrap_or(clause);
    if begins_with_infinitive(clause) {
        return led(&[wish], clause, format!("{wish} {}.", small(clause)));
    }
    // « vous signalez … »
    if clause.to_lowercase().starts_with(if answers { "vous " } else { "nous " }) {
        return entry(&format!("{}.", capital(clause)));
    }
    if surely_has_verb(clause) {
        return entry(clause);
    }
    // « salle des fêtes le 3 mai » is a thing that is known, « branchement gratuit » one among others.
    let clause = &PRICED_THING.replace(clause, "$thing de $price").into_owned();
    let known = KNOWN_THING.is_match(clause);
    let link = if known { Link::The } else { Link::A };
    match linked(link, clause) {
        Some(phrase) => led(&[ask, wish], clause, format!("{ask} {phrase}.")),
        None => entry(clause),
    }
}

fn several_asked(letter: &Letter) -> bool {
    letter.parts.iter().any(|part| part.role == Role::Request && part.clauses.len() > 1)
}

/// « Je vous propose … ».
fn offer(letter: &Letter, clause: &str) -> Frame {
    let lead = if letter.purpose == Purpose::Refusal {
        "En revanche, je peux vous proposer"
    } else {
        "Je vous propose"
    };
    if let Some(frame) = spoken(clause) {
        return frame;
    }
    let clause = clause.strip_prefix("de ").or(clause.strip_prefix("d'")).unwrap_or(clause);
    if begins_with_infinitive(clause) {
        let elided = clause.split(' ').next().is_some_and(french::elides);
        let link = if elided { " d'" } else { " de " };
        let by_rule = format!("{lead}{link}{clause}.");
        if elided {
            return entry(&by_rule);
        }
        return Frame { leads: vec![format!("{lead} de")], clause: clause.to_owned(), by_rule };
    }
    if has_verb(clause) {
        return statement(letter, clause);
    }
    let link = if KNOWN_THING.is_match(clause) { Link::The } else { Link::A };
    let by_rule = match linked(link, clause) {
        // A list of hours and prices reads better after a colon.
        Some(phrase) if !clause.contains(',') => format!("{lead} {phrase}."),
        _ => format!("{lead} la solution suivante : {}.", small(clause)),
    };
    led(&[lead], clause, by_rule)
}

/// A clause that states something, or asks something of the recipient.
fn statement(letter: &Letter, clause: &str) -> Frame {
    // What is granted or refused, one by one, stands in a list.
    let one_by_one = clause.starts_with("accordé : ") || clause.starts_with("refusé : ");
    if one_by_one || tells_point(clause) {
        return entry(clause);
    }
    if let Some(frame) = spoken(clause).or_else(|| already_done(clause)) {
        return frame;
    }
    if asks_recipient(letter)
        && let Some(frame) = act(letter, clause)
    {
        return frame;
    }
    let today = letter.date.as_deref().and_then(term::civil);
    let by_rule = event(letter, clause, today)
        .or_else(|| piece_by_piece(letter, clause, today))
        .or_else(|| stated(clause, today))
        .unwrap_or_else(|| clause.to_owned());
    Frame { leads: Vec::new(), clause: clause.to_owned(), by_rule }
}

/// « inauguration samedi 9 octobre à 11 h », « jeudi 11 février pas de cantine ».
fn event(letter: &Letter, clause: &str, today: Option<Date>) -> Option<String> {
    let found = facts(clause).into_iter().find(|found| matches!(found.fact, Fact::Date(_)))?;
    let past = today.zip(term::civil(clause)).is_some_and(|(now, day)| day < now);
    if past || surely_has_verb(clause) {
        return None;
    }
    let (before, day) = (clause.get(..found.span.start)?.trim(), clause.get(found.span.clone())?);
    let before = before.strip_suffix("le").unwrap_or(before).trim();
    let after = clause.get(found.span.end..)?.trim();
    // « réponse avant le 10 mars » is no event.
    if UNTIL.is_match(before) {
        return None;
    }
    if before.is_empty() && after.starts_with("pas de ") {
        return Some(format!("Il n'y aura {after} le {}.", day.trim()));
    }
    if letter.purpose != Purpose::Invitation {
        return None;
    }
    let told = format!("le {} {after}", day.trim()).replace(" ,", ",");
    if before.is_empty() {
        return Some(format!("Cet événement aura lieu {}.", told.trim_end()));
    }
    let plain = before.split(' ').count() <= 6 && !before.contains([',', ';', ':']);
    let subject = linked(Link::The, before).filter(|_| plain)?;
    let (_, number) = article::head(before.split(' ').next()?)?;
    let verb = if number == Some(Number::Plural) { "auront lieu" } else { "aura lieu" };
    Some(format!("{} {verb} {}.", capital(&subject), told.trim_end()))
}

/// « tarif 40 €, caution 200 €, clés à prendre la veille »: a sentence each, or none.
fn piece_by_piece(letter: &Letter, clause: &str, today: Option<Date>) -> Option<String> {
    let pieces = remark::clauses(clause);
    if pieces.len() < 2 || surely_has_verb(clause) {
        return None;
    }
    let told: Option<Vec<String>> = pieces
        .into_iter()
        .map(|piece| {
            let piece = piece.trim();
            let asked = asks_recipient(letter).then(|| act(letter, piece)).flatten();
            asked.map(|frame| frame.by_rule).or_else(|| stated(piece, today))
        })
        .collect();
    told.map(|told| told.join(" "))
}

/// « vous devez … », « nous pouvons … »: the model has only the rest to write.
fn spoken(clause: &str) -> Option<Frame> {
    let found = SPOKEN.captures(clause)?;
    let lead = capital(found.name("lead")?.as_str());
    let rest = found.name("rest").map_or("", |m| m.as_str());
    let by_rule = format!("{}.", capital(clause));
    if rest.split_whitespace().count() < 4 || rest.contains(" : ") {
        return Some(entry(&by_rule));
    }
    Some(Frame { leads: vec![lead], clause: rest.to_owned(), by_rule })
}

/// Whether what the notes want done is to be done by the recipient.
fn asks_recipient(letter: &Letter) -> bool {
    !matches!(letter.purpose, Purpose::Request | Purpose::Reminder) && !letter.purpose.personal()
}

const DETERMINERS: [&str; 18] = [
    "le", "la", "les", "un", "une", "des", "du", "de", "au", "aux", "votre", "vos", "notre", "nos",
    "ce", "cette", "son", "sa",
];

static PRICED_THING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?P<thing>\p{L}+) (?P<price>\d[\d \u{a0}]*(?:,\d+)? ?€)"));
static KNOWN_THING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^\p{L}+ (?:des|du|de la|de l['’])|^\p{L}+ (?:\p{L}+ )?(?:le|du|les|tous les) ")
});
static DEATH: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^(?:le |du )?d[ée]c[èe]s\b"));
static SPOKEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?P<lead>(?:aussi |enfin )?(?:(?:vous|nous) (?:(?:ne|n['’]|nous|vous|y|en|le|la|les|l['’]) ?)*\p{L}+(?:ez|ons|mes|tes)|je (?:ne |n['’]|vous |le |la )*\p{L}+)(?: pas| aussi| également)?)(?: (?P<rest>.+))?$",
    )
});
words!(UNTIL, r"(?i)\b(?:avant|jusqu['’]au|d['’]ici|au plus tard)$");

#[cfg(test)]
mod tests {
    use super::*;

    fn by_rule(purpose: Purpose, role: Role, clause: &str) -> String {
        frame(&Letter { purpose, ..Letter::default() }, role, clause).by_rule
    }

    #[test]
    fn clauses_become_sentences_where_the_dictionary_is_sure() {
        use Purpose::{Acceptance, Information, Refusal, Reminder};
        let table = [
            (Acceptance, Role::Condition, "caution 150 €", "La caution est de 150 €."),
            (
                Acceptance,
                Role::Condition,
                "rendre la salle balayée",
                "Je vous remercie de bien vouloir rendre la salle balayée.",
            ),
            (
                Acceptance,
                Role::Context,
                "attestation d'assurance à envoyer avant le 10 avril",
                "Je vous remercie de bien vouloir envoyer l'attestation d'assurance avant le 10 avril.",
            ),
            (Information, Role::Context, "repas non facturés", "Les repas ne sont pas facturés."),
            (
                Information,
                Role::Context,
                "accueil du matin maintenu de 7 h 30 à 8 h 30",
                "L'accueil du matin est maintenu de 7 h 30 à 8 h 30.",
            ),
            (
                Acceptance,
                Role::Condition,
                "vous devez refaire demande écrite avant le 15 janvier",
                "Vous devez refaire demande écrite avant le 15 janvier.",
            ),
            (
                Reminder,
                Role::Deadline,
                "réponse avant le 15 mars 2027",
                "Je vous remercie de me répondre avant le 15 mars 2027.",
            ),
            (
                Refusal,
                Role::Request,
                "mettre votre camion place de l'Église",
                "Vous souhaitez mettre votre camion place de l'Église.",
            ),
            (
                Refusal,
                Role::Request,
                "à couvrir la cour, et à poser un banc",
                "Vous souhaitez couvrir la cour et poser un banc.",
            ),
            (
                Refusal,
                Role::Request,
                "branchement électrique gratuit",
                "Vous demandez un branchement électrique gratuit.",
            ),
            (Reminder, Role::Context, "plan de financement : 40 %", "plan de financement : 40 %"),
        ];
        for (purpose, role, clause, expected) in table {
            assert_eq!(by_rule(purpose, role, clause), expected, "{clause}");
        }
    }

    #[test]
    fn who_acts_leads_and_the_model_writes_the_rest() {
        let letter = Letter { purpose: Purpose::Refusal, ..Letter::default() };
        let framed =
            frame(&letter, Role::Condition, "vous devez refaire demande écrite avant le 3 mai");
        assert_eq!(framed.leads, ["Vous devez"]);
        assert_eq!(framed.clause, "refaire demande écrite avant le 3 mai");
    }
}
