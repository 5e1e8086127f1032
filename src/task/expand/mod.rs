//! Constrained expansion: telegraphic clauses to sentences that can neither add nor lose a fact.
//!
//! The notes hold the words; what is missing is articles, prepositions, auxiliaries, agreement. A
//! clause is cut into a frame ([`frame`]) and words ([`words`]); these become a lattice ([`weave`])
//! whose every path carries each word once, in order, in one of its written forms, with a few small
//! words of a closed list between them; the model chooses the path (`Session::search`). What comes
//! out still goes through the grounding check and a check of agreement, and has to be fluent.

mod agreement;
mod frame;
mod syntax;
mod weave;
mod words;

use crate::engine::{EngineError, Lattice, Message, Request, Sampling, Session, Wanted};
use crate::ground::{self, Source};
use crate::reading::fold;
use crate::reading::name::is_first_name;
use frame::Plan;
use weave::{Part, Style};

/// Fluency of the best sentence below which a phrase without a verb is not tried either, where the
/// clause says something that wants one.
const HOPELESS: f64 = -0.9;

/// By how much less fluent a sentence may be whose verb was typed: what it says stands in the notes,
/// and rare words weigh more than its build.
const TYPED_VERB: f64 = 0.15;

/// What one clause became.
#[derive(Debug, Clone, PartialEq)]
pub struct Expansion {
    /// The best sentence found, accepted or not; empty if there is none.
    pub sentence: String,
    /// Mean log-probability of its tokens, the least of its sentences; 0 at best.
    pub fluency: f64,
    /// Why it is not accepted; `None` if it is.
    pub refused: Option<String>,
    /// Prompt tokens that had to be computed.
    pub tokens_in: usize,
    /// Tokens of the sentence.
    pub tokens_out: usize,
}

/// What an expansion is asked with.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The conversation, the clause last.
    pub messages: &'a [Message],
    /// How many of the first messages are always the same.
    pub fixed: usize,
    /// The clause as typed, for the check.
    pub notes: &'a str,
    /// The clause with abbreviations and facts spelled out.
    pub clause: &'a str,
    /// Set phrases that the sentence opens with, one of them, a verb among their words; none where
    /// it is free.
    pub leads: &'a [String],
    /// What else may be named.
    pub context: &'a str,
    /// The least fluency that is accepted.
    pub floor: f64,
}

/// Whether the model has a part in the sentence of this clause.
pub fn asks_model(clause: &str, context: &str) -> bool {
    frame::plan(&uncapitalised(clause, context)).iter().any(|plan| matches!(plan, Plan::Parts(_)))
}

/// Puts one clause into sentences.
///
/// # Errors
/// When the model fails or the user stops it.
pub fn expand(session: &mut dyn Session, ask: &Ask<'_>) -> Result<Expansion, EngineError> {
    let clause = uncapitalised(ask.clause, ask.context);
    let floor = if frame::has_verb(&clause) { ask.floor - TYPED_VERB } else { ask.floor };
    let ask = &Ask { clause: &clause, floor, ..*ask };
    let plans = if ask.leads.is_empty() {
        frame::plan(ask.clause)
    } else {
        frame::led(ask.leads, ask.clause)
    };
    if lacks_accents(ask.notes) && frame::may_be_done(ask.clause) {
        return Ok(unfit("accents manquants, deux sens possibles"));
    }
    let plain = !ask.leads.is_empty()
        || matches!(plans.as_slice(), [Plan::Parts(parts)] if frame::as_typed(parts).is_some());
    if let Some(why) = frame::unfit(ask.clause).filter(|_| plain) {
        return Ok(unfit(why));
    }
    let mut chosen_by_model = false;
    let mut whole = Expansion {
        sentence: String::new(),
        fluency: 0.0,
        refused: None,
        tokens_in: 0,
        tokens_out: 0,
    };
    for plan in plans {
        let text = match plan {
            Plan::Whole(text) => text,
            Plan::Parts(parts) => {
                let found = best_style(session, ask, &parts)?;
                chosen_by_model = true;
                whole.tokens_in += found.tokens_in;
                whole.tokens_out += found.tokens_out;
                whole.fluency = whole.fluency.min(found.fluency);
                whole.refused = whole.refused.or(found.refused);
                found.sentence
            }
        };
        if !whole.sentence.is_empty() {
            whole.sentence.push(' ');
        }
        whole.sentence.push_str(&text);
    }
    // What a rule made of the clause alone holds its words.
    if whole.refused.is_none() && chosen_by_model {
        whole.refused = fault(&whole.sentence, ask);
    }
    Ok(whole)
}

/// No sentence, and why none is asked.
fn unfit(why: &str) -> Expansion {
    Expansion {
        sentence: String::new(),
        fluency: f64::NEG_INFINITY,
        refused: Some(why.to_owned()),
        tokens_in: 0,
        tokens_out: 0,
    }
}

/// Whether a clause was typed without accents where it wants some.
fn lacks_accents(notes: &str) -> bool {
    notes.is_ascii() && crate::french::restored(notes) != notes
}

/// The clause without the capital of a common noun that opens it (« Festival : trois groupes
/// signés »), which would pass for somebody's name; whom the context names keeps it, and so does
/// who takes a side or asks (« Berger contre »).
fn uncapitalised(clause: &str, context: &str) -> String {
    let first = clause.split([' ', ',', ':']).next().unwrap_or_default();
    let rest = clause.get(first.len()..).unwrap_or_default();
    let small = first.to_lowercase();
    let capital = first.chars().filter(|c| c.is_uppercase()).count() == 1
        && first.starts_with(char::is_uppercase);
    let is_noun = || {
        let readings = crate::french::readings(&small);
        crate::french::is_word(&small)
            && readings.iter().any(|form| form.class == crate::french::Class::Noun)
    };
    // « Marc Oudinelle contre »: a full name, whatever else « marc » is.
    let named = || {
        rest.trim_start().starts_with(char::is_uppercase)
            || is_first_name(&fold(first))
            || context.split(|c: char| !c.is_alphanumeric()).any(|word| word == first)
    };
    if capital && is_noun() && !named() && !frame::is_said_of_somebody(rest) {
        format!("{small}{rest}")
    } else {
        clause.to_owned()
    }
}

/// The sentence with a verb or, where none is found, without: « Achat d'une tondeuse. »
fn best_style(
    session: &mut dyn Session,
    ask: &Ask<'_>,
    parts: &[Part],
) -> Result<Expansion, EngineError> {
    let typed = frame::as_typed(parts);
    if let Some(words) = typed.as_deref().filter(|words| syntax::only_names(words)) {
        let lattice = weave::weave(&[Part::Words(words.to_vec())], Style::Nominal);
        return search(session, ask, &lattice);
    }
    let verbal = search(session, ask, &weave::weave(parts, Style::Verbal))?;
    let Some(words) = typed else { return Ok(verbal) };
    let hopeless =
        !verbal.sentence.is_empty() && verbal.fluency < HOPELESS && syntax::tells(&words);
    if verbal.refused.is_none() || hopeless {
        return Ok(verbal);
    }
    let nominal = search(session, ask, &weave::weave(&[Part::Words(words)], Style::Nominal))?;
    let tokens = (verbal.tokens_in + nominal.tokens_in, verbal.tokens_out + nominal.tokens_out);
    let chosen = if nominal.refused.is_none() { nominal } else { verbal };
    Ok(Expansion { tokens_in: tokens.0, tokens_out: tokens.1, ..chosen })
}

/// The best sentence of one lattice that has no fault of agreement.
fn search(
    session: &mut dyn Session,
    ask: &Ask<'_>,
    lattice: &Lattice,
) -> Result<Expansion, EngineError> {
    let request = Request {
        messages: ask.messages,
        fixed: ask.fixed,
        max_tokens: ask.clause.len() + 64,
        sampling: Sampling::Greedy,
        stop: &[],
        grammar: None,
    };
    let wanted = Wanted { floor: ask.floor, suits: &|text| agreement::fault(text).is_none() };
    let found = session.search(&request, lattice, &wanted)?;
    let best = found.hypotheses.first();
    let sound = found.hypotheses.iter().find(|hypothesis| wanted.met_by(hypothesis));
    let (chosen, refused) = match (sound, best) {
        (Some(sound), _) => (sound, None),
        (None, Some(best)) if best.fluency() < ask.floor => {
            (best, Some(format!("peu fluide ({:.2})", best.fluency())))
        }
        (None, Some(best)) => (best, agreement::fault(&best.text)),
        (None, None) => {
            return Ok(Expansion {
                sentence: String::new(),
                fluency: f64::NEG_INFINITY,
                refused: Some("aucune phrase trouvée".into()),
                tokens_in: found.tokens_in,
                tokens_out: 0,
            });
        }
    };
    Ok(Expansion {
        sentence: chosen.text.clone(),
        fluency: chosen.fluency(),
        refused,
        tokens_in: found.tokens_in,
        tokens_out: chosen.tokens,
    })
}

/// Whether a text has a verb of its own, as far as the dictionary tells: « ménage » may be one.
pub fn has_verb(text: &str) -> bool {
    surely_has_verb(text) || words::words(text).iter().any(|word| word.finite)
}

/// Whether a text has a verb that can be nothing else: the word after « je », « nous », « vous », or
/// « être » and « avoir ».
pub fn surely_has_verb(text: &str) -> bool {
    const AUXILIARIES: [&str; 8] =
        ["est", "sont", "sera", "seront", "était", "étaient", "aura", "auront"];
    let words: Vec<&str> = text.split([' ', ',', '.']).collect();
    let speaks = |word: &str| ["je", "nous", "vous"].contains(&word.to_lowercase().as_str());
    let spoken = words.windows(2).any(|pair| {
        let [who, verb] = pair else { return false };
        speaks(who) && verb.ends_with(['z', 's', 'e', 'i', 'x'])
    });
    // « le conseil a voté », but not « rendez-vous a la mairie ».
    let done = |word: &str| {
        crate::french::readings(word)
            .iter()
            .any(|form| form.class == crate::french::Class::Participle)
    };
    spoken
        || words.windows(3).any(|three| {
            let [_, verb, next] = three else { return false };
            AUXILIARIES.contains(verb) || (["a", "ont"].contains(verb) && done(next))
        })
}

/// The first fault of the whole against its clause; a set phrase that opens it is not judged.
fn fault(sentence: &str, ask: &Ask<'_>) -> Option<String> {
    let lead = ask.leads.iter().filter(|lead| sentence.starts_with(lead.as_str()));
    let lead = lead.map(String::len).max().unwrap_or(0);
    let own = sentence.get(lead..).unwrap_or_default();
    let own = if lead > 0 { crate::task::wording::capital(own.trim_start()) } else { own.into() };
    let sentence = own.as_str();
    let notes = format!("{}\n{}", ask.notes, ask.clause);
    let faults = ground::check(sentence, Source { notes: &notes, context: ask.context });
    faults.first().map(ToString::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_common_noun_loses_the_capital_of_its_line_and_a_name_keeps_it() {
        for (clause, expected) in [
            ("Festival : trois groupes signés", "festival : trois groupes signés"),
            ("Recette brute 3 260 €", "recette brute 3 260 €"),
            ("Marc Lestrel contre la hausse", "Marc Lestrel contre la hausse"),
            ("Pierre absent", "Pierre absent"),
            ("Berger contre", "Berger contre"),
            ("Boulanger : four trop petit", "Boulanger : four trop petit"),
        ] {
            assert_eq!(uncapitalised(clause, "Ida Boulanger"), expected);
        }
    }
}
