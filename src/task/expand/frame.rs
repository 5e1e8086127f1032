//! What kind of thing a clause says, by rule: who asks and what is answered, who is for or against
//! and why, who says what, amounts side by side; otherwise a plain statement.
//!
//! A frame fixes what its kind makes certain (« X demande si », « X est contre ») and leaves the
//! rest to the model's choice of small words.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::syntax;
use super::weave::Part;
use super::words::{Before, Kind, Mark, Need, TITLE, Word, is_role, names, words};
use crate::french;
use crate::reading::{Fact, facts, fold, pattern};

/// One sentence to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Plan {
    /// Made by rule, whole.
    Whole(String),
    /// To be chosen by the model.
    Parts(Vec<Part>),
}

/// Why a clause is no matter for sentences, if it is none: what it lists or computes is clearer as
/// it stands, and a model would make it say something else.
pub(super) fn unfit(clause: &str) -> Option<&'static str> {
    let words = words(clause);
    let amounts = words.iter().filter(|word| word.kind == Kind::Fact).count();
    let people = words.iter().filter(|word| word.kind == Kind::Name && word.mark.is_none());
    // « chasse 250 € » has no verb, though it might be one.
    let verb = |word: &Word| {
        let soit = word.forms.first().is_some_and(|form| form.text == "soit");
        word.finite && word.kind == Kind::Plain && !soit
    };
    let told = words.iter().any(verb) || offers(clause).is_some();
    let signs = clause.contains(['=', '×']) || SUM.is_match(clause);
    if clause.contains("[À COMPLÉTER") {
        Some("reste à compléter")
    } else if says_more_or_no_more(&words) {
        Some("« plus » : deux sens possibles")
    } else if LONG_BRACKET.is_match(clause) {
        Some("longue parenthèse")
    } else if signs || (amounts > 3 && !told) {
        Some("liste ou calcul")
    } else if people.clone().count() > 3 || people.clone().any(many_names) {
        Some("liste de noms")
    } else if REFERENCE_FIRST.is_match(clause) {
        Some("commence par une référence")
    } else {
        None
    }
}

/// « plus demandé », « plus à jour »: more, or no more, where no « ne » says which.
fn says_more_or_no_more(words: &[Word]) -> bool {
    const PLACES: [&str; 5] = ["à", "en", "dans", "aux", "au"];
    let text = |word: &Word| word.forms.first().map_or(String::new(), |form| form.text.clone());
    let denied = |word: &Word| text(word) == "ne" || text(word).starts_with("n'");
    let unsure = |next: &Word| {
        next.says.is_some_and(|says| says.participle)
            || next.kind == Kind::Small && PLACES.contains(&text(next).as_str())
    };
    words.windows(2).enumerate().any(|(at, pair)| {
        let [plus, next] = pair else { return false };
        text(plus) == "plus" && unsure(next) && !words.iter().take(at).any(denied)
    })
}

/// Whether what looks like one name is several in a row.
fn many_names(word: &Word) -> bool {
    let text = word.forms.first().map_or("", |form| form.text.as_str());
    text.split_whitespace().filter(|part| part.starts_with(char::is_uppercase)).count() > 3
}

/// Whether a verb was typed that is nothing else.
pub(super) fn has_verb(clause: &str) -> bool {
    words(clause).iter().any(|word| word.finite && word.kind == Kind::Plain)
}

/// The sentences of a clause.
pub(super) fn plan(clause: &str) -> Vec<Plan> {
    let clause = clause.trim().trim_end_matches(['.', ',', ';', ':']).trim();
    if clause.is_empty() {
        return Vec::new();
    }
    let known = open_question(clause).or_else(|| correction(clause)).or_else(|| proxy(clause));
    if let Some(plans) = known {
        return plans;
    }
    if let Some((speaker, rest)) = speaker(clause) {
        let said = question(&speaker, rest)
            .or_else(|| position(&speaker, rest))
            .or_else(|| statement(&speaker, rest));
        if let Some(plans) = said {
            return plans;
        }
    }
    if let Some(plans) = offers(clause) {
        return plans;
    }
    if let Some((name, result, rest)) = retained(clause) {
        let verb =
            vec![format!("{name} est {result}"), format!("L'entreprise {name} est {result}e")];
        let verb = if result.ends_with('e') { vec![verb[0].clone()] } else { verb };
        return vec![Plan::Parts(match words(rest).as_slice() {
            [] => vec![Part::Text(verb)],
            rest => vec![Part::Text(verb), Part::Words(rest.to_vec())],
        })];
    }
    // « plus de gobelets en stock », « pas d'agent le mercredi », but « plus de 30 personnes »
    if let Some(found) = NO_MORE.find(clause) {
        let mut rest = words(clause.get(found.end()..).unwrap_or_default().trim_start());
        // « pas de », « aucune »: no article comes after them.
        if let Some(first) = rest.first_mut() {
            (first.need, first.before) = (Need::Nothing, Before::Nothing);
        }
        let told = found.as_str().to_lowercase();
        // « pas d'éclairage »
        let elided = ["d'", "d’"].into_iter().find_map(|de| told.strip_suffix(de));
        if elided.is_some() {
            for form in rest.first_mut().into_iter().flat_map(|word| &mut word.forms) {
                form.text.insert_str(0, "d'");
            }
        }
        let opening = format!("Il n'y a {}", elided.unwrap_or(&told).trim());
        if !rest.is_empty() && rest.first().is_some_and(|word| word.kind != Kind::Fact) {
            return vec![Plan::Parts(vec![Part::Text(vec![opening]), Part::Words(rest)])];
        }
    }
    // « reste carré C à saisir », « manque deux bancs »; « reste à payer : 760 € » is a heading.
    if let Some(found) = IMPERSONAL.captures(clause).filter(|_| !clause.contains(':')) {
        let verb = if fold(&found["verb"]).starts_with('m') { "manque" } else { "reste" };
        let opening = format!("Il {verb}{}", found.name("adverb").map_or("", |m| m.as_str()));
        let rest = words(clause.get(found.get(0).map_or(0, |m| m.end())..).unwrap_or_default());
        if rest.iter().any(|word| word.noun || word.kind == Kind::Fact) {
            return vec![Plan::Parts(vec![Part::Text(vec![opening]), Part::Words(rest)])];
        }
    }
    let words = words(clause);
    // « X défibrillateur de la salle »: who speaks of what, and no more is known.
    if let [first, second, ..] = words.as_slice()
        && first.kind == Kind::Name
        && second.kind == Kind::Noun
        && second.mark.is_none()
        && !words.iter().any(|word| word.finite)
        && speaker(clause).is_some()
    {
        let name = first.forms.first().map_or("", |form| form.text.as_str());
        // « X secrétaire de séance »
        let role = second.forms.first().is_some_and(|form| is_role(&form.text));
        let about = Part::Text(vec![format!("{name} {}", if role { "est" } else { "évoque" })]);
        return vec![Plan::Parts(vec![
            about,
            Part::Words(words.get(1..).unwrap_or_default().to_vec()),
        ])];
    }
    // « Prévenir les riverains une semaine avant »
    if words.first().is_some_and(|word| word.kind == Kind::Infinitive)
        && !words.iter().any(|word| word.finite)
    {
        return vec![Plan::Parts(vec![Part::Text(vec!["Il faut".into()]), Part::Words(words)])];
    }
    let opens = |word: &Word| matches!(word.kind, Kind::Small | Kind::Name);
    if complete(&words) && words.first().is_some_and(opens) {
        return vec![Plan::Whole(crate::task::wording::capital(clause) + ".")];
    }
    if let Some(parts) = about(&words) {
        return vec![Plan::Parts(parts)];
    }
    vec![Plan::Parts(vec![Part::Words(words)])]
}

/// « médecin : cabinet prêt mais aucun candidat »: a heading and what is told under it, of which it is
/// not the subject. « licences : 118 » says how many there are.
fn about(words: &[Word]) -> Option<Vec<Part>> {
    let at = words.iter().position(|word| word.mark.is_some())?;
    let (heading, told) = words.split_at_checked(at)?;
    let (first, opening) = (heading.first()?, told.first()?);
    let named = first.forms.first().is_some_and(|form| {
        let folded = fold(&form.text);
        ANNOUNCES.contains(&folded.trim_end_matches('s'))
    });
    let counts = opening.kind == Kind::Fact && !syntax::tells(told);
    let ends = matches!(opening.kind, Kind::Time | Kind::Small | Kind::Infinitive);
    if !matches!(opening.mark, Some(Mark::Colon | Mark::Explains))
        || !syntax::is_noun(first)
        || named
        || counts
        || ends
        || syntax::tells(heading)
        || !told.iter().any(syntax::is_noun)
    {
        return None;
    }
    let mut heading = heading.to_vec();
    for word in &mut heading {
        word.before = word.before.without_verb();
    }
    let mut told = told.to_vec();
    if let Some(opening) = told.first_mut() {
        opening.mark = Some(Mark::Topic);
        let noun =
            syntax::is_noun(opening) && !opening.forms.iter().any(|form| form.text.contains('\''));
        opening.need = if noun { Need::Determiner } else { opening.need };
    }
    Some(vec![Part::Opening(vec!["Concernant".into()]), Part::Words(heading), Part::Words(told)])
}

/// The words of a clause as it was typed, its heading among them, where it has no other frame.
pub(super) fn as_typed(parts: &[Part]) -> Option<Vec<Word>> {
    match parts {
        [Part::Words(words)] => Some(words.clone()),
        [Part::Opening(_), Part::Words(heading), Part::Words(told)]
            if told.first().is_some_and(|word| word.mark == Some(Mark::Topic)) =>
        {
            let mut words = [heading.as_slice(), told].concat();
            if let Some(opening) = words.get_mut(heading.len()) {
                opening.mark = Some(if syntax::tells(told) { Mark::Explains } else { Mark::Colon });
            }
            Some(words)
        }
        _ => None,
    }
}

/// Nouns that announce what follows them: it is what they are.
const ANNOUNCES: [&str; 14] = [
    "reponse", "motif", "raison", "question", "rappel", "idee", "sujet", "reste", "total", "objet",
    "titre", "theme", "cause", "but",
];

/// Whether what follows a word is told of a person: a side that is taken, a question, an absence.
pub(super) fn is_said_of_somebody(rest: &str) -> bool {
    POSITION.is_match(rest) || ASKS.is_match(rest) || PROXY.is_match(rest) || ACTS.is_match(rest)
}

/// Whether a verb of the clause may be a participle that lost its accent, which says another thing:
/// « benevole blesse au montage ». Its object would follow a verb at once.
pub(super) fn may_be_done(clause: &str) -> bool {
    let tokens: Vec<&str> = clause.split_whitespace().collect();
    tokens.iter().enumerate().skip(1).any(|(at, token)| {
        let word = token.trim_end_matches([',', ';', '.']);
        let next = tokens.get(at + 1).map(|next| fold(next));
        const LINKS: [&str; 12] = [
            "a", "au", "aux", "en", "dans", "sur", "pour", "chez", "avant", "apres", "depuis",
            "sous",
        ];
        let alone = word.len() < token.len()
            || next.is_none_or(|next| LINKS.contains(&next.as_str()) || next == "à");
        let readings = french::readings(word);
        let verb = readings.iter().all(|form| form.class == french::Class::Finite);
        let accented = word.strip_suffix('e').map(|stem| french::readings(&format!("{stem}é")));
        alone
            && !readings.is_empty()
            && verb
            && accented.is_some_and(|forms| {
                forms.iter().any(|form| form.class == french::Class::Participle)
            })
    })
}

/// A clause that one of these set phrases opens.
pub(super) fn led(leads: &[String], clause: &str) -> Vec<Plan> {
    let clause = clause.trim().trim_end_matches(['.', ',', ';', ':']).trim();
    vec![Plan::Parts(vec![Part::Text(leads.to_vec()), Part::Words(words(clause))])]
}

/// Whether words are a sentence already: a verb, and nothing that leans on the word before it. The
/// model has nothing to add to them.
fn complete(words: &[Word]) -> bool {
    let leans = |(index, word): (usize, &Word)| {
        // « s'abstient car voisin »
        let reason = |before: &Word| {
            before.subordinates && !word.finite && !matches!(word.kind, Kind::Small | Kind::Name)
        };
        index > 0 && word.need != Need::Nothing && word.mark.is_none()
            || matches!(word.mark, Some(Mark::Colon | Mark::Explains | Mark::And))
            || index.checked_sub(1).and_then(|i| words.get(i)).is_some_and(reason)
    };
    // « avant prochain conseil », « contacte SDE »
    let bare = |(index, word): (usize, &Word)| {
        let before = words.get(index.saturating_sub(2)..index).unwrap_or_default();
        // « de geler achats »: what stands before a verb says nothing of its object.
        let before = match before {
            [_, verb] if verb.kind == Kind::Infinitive => &before[1..],
            before => before,
        };
        matches!(word.kind, Kind::Noun | Kind::Ambiguous | Kind::Name)
            && index > 0
            && !word.forms.iter().any(|form| form.text.contains(['\'', '’']))
            && word.mark.is_none()
            && !before.iter().any(|word| matches!(word.kind, Kind::Small | Kind::Fact))
            && !word.finite
    };
    words.iter().any(|word| word.finite)
        && !words.iter().enumerate().any(leans)
        && !words.iter().enumerate().any(bare)
}

/// « retenu Terravoie, 3 semaines »: the name, the result, the rest.
fn retained(clause: &str) -> Option<(&str, &str, &str)> {
    let found = RETAINED.captures(clause)?;
    let after = found.get(0)?.end();
    let rest = clause.get(after..)?;
    let name = names(rest).into_iter().find(|span| span.start == 0)?;
    let (name, rest) = rest.split_at_checked(name.end)?;
    Some((name, found.name("result")?.as_str(), rest.trim_start_matches([' ', ',', ':', '='])))
}

/// Who a clause opens with, if it is a person, and the rest.
fn speaker(clause: &str) -> Option<(String, &str)> {
    let title = TITLE.find(clause).or_else(|| SOMEBODY.find(clause));
    let end = match title {
        Some(found) => found.end(),
        None => names(clause).into_iter().find(|span| span.start == 0)?.end,
    };
    let (name, rest) = clause.split_at_checked(end)?;
    // « Le Bihan » is found without its article.
    Some((name.trim().to_owned(), rest))
}

/// « Faut-il refaire le parquet ? Non, ponçage suffisant »: a question that nobody is said to ask,
/// as typed, and its answer.
fn open_question(clause: &str) -> Option<Vec<Plan>> {
    let (question, answer) = clause.split_once('?')?;
    let (question, answer) =
        (question.trim(), answer.trim_start_matches([' ', ':', '-', '>', '→']));
    let first = fold(question.split([' ', '\'', '’']).next().unwrap_or_default());
    let inverted = ["-il", "-elle", "-on", "-ils", "-elles"].iter().any(|end| first.ends_with(end));
    let asks = inverted || first == "est-ce" || INTERROGATIVE.contains(&first.as_str());
    // « Castan : combien de devis ? » has somebody who asks.
    let nobody = || {
        speaker(clause).is_none_or(|(name, _)| french::is_word(&name.to_lowercase()))
            && !question.contains(':')
    };
    if answer.is_empty() || !(asks || nobody()) {
        return None;
    }
    let asked = Plan::Whole(format!("{} ?", crate::task::wording::capital(question)));
    let reply = answer.trim_end_matches('.');
    let side = ["oui", "non"].into_iter().find(|side| {
        let rest = fold(reply).strip_prefix(side).map(str::to_owned);
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
    });
    let said = match side {
        Some(side) => {
            let rest = reply.get(side.len()..)?.trim_start_matches([' ', ',', ':', ';']);
            let opening = crate::task::wording::capital(side);
            match words(rest) {
                rest if rest.is_empty() => answered(side),
                rest => {
                    Plan::Parts(vec![Part::Opening(vec![format!("{opening},")]), Part::Words(rest)])
                }
            }
        }
        None => {
            let words = words(reply);
            // « Merlonge, jusqu'à fin mai »: no verb is meant.
            let bare = words.first().is_some_and(|word| word.kind == Kind::Name);
            if bare && !syntax::tells(&words) {
                Plan::Whole(crate::task::wording::capital(reply) + ".")
            } else {
                Plan::Parts(vec![Part::Words(words)])
            }
        }
    };
    Some(vec![asked, said])
}

/// « erreur dans le procès-verbal : lire 2 310 € au lieu de 2 130 € »
fn correction(clause: &str) -> Option<Vec<Plan>> {
    let found = CORRECTION.captures(clause)?;
    let lead = format!(": il faut lire {} au lieu de {}", &found["new"], &found["old"]);
    Some(vec![Plan::Parts(vec![Part::Words(words(&found["head"])), Part::Text(vec![lead])])])
}

/// « Yannick absent, excusé, pouvoir à Brigitte »
fn proxy(clause: &str) -> Option<Vec<Plan>> {
    let (giver, rest) = speaker(clause)?;
    let found = PROXY.captures(rest)?;
    let states: Vec<&str> = found["states"]
        .split([',', ' '])
        .map(|state| state.trim_matches(['(', ')']))
        .filter(|state| !state.is_empty() && fold(state) != "et")
        .collect();
    let state = match states.as_slice() {
        [] => String::new(),
        [only] => format!("est {only} et "),
        [before @ .., last] => format!("est {}, {last}, et ", before.join(", ")),
    };
    let holder = found["holder"].trim();
    Some(vec![Plan::Whole(format!("{giver} {state}a donné pouvoir à {holder}."))])
}

/// « X demande si … », « X : … ? », with the answer that an arrow or a colon brings.
fn question(speaker: &str, rest: &str) -> Option<Vec<Plan>> {
    let asks = ASKS.captures(rest);
    let (body, asked) = match &asks {
        Some(found) => (found.name("what")?.as_str(), true),
        None => (rest.trim_start().strip_prefix(':')?.trim(), false),
    };
    let marked = body.contains('?');
    let (body, answer) = answer_of(body);
    if !asked && !marked {
        return None;
    }
    let body = body.replace('?', "");
    let body = body.trim();
    let folded = fold(body);
    let first = folded.split([' ', '\'']).next().unwrap_or_default();
    let whether = Part::Opening(vec![format!("{speaker} demande si")]);
    let asks_for = Part::Text(vec![format!("{speaker} demande")]);
    let (opening, body) = if first == "si" {
        (whether, body.get(2..).unwrap_or_default().trim())
    } else if INTERROGATIVE.contains(&first) || !(states(body) || (!asked && says(body))) {
        (asks_for, body)
    } else {
        (whether, body)
    };
    if body.is_empty() {
        return None;
    }
    let mut plans = vec![Plan::Parts(vec![opening, Part::Words(words(body))])];
    plans.extend(answer.map(answered));
    Some(plans)
}

/// Whether a text says how something is, its verb left out: « garantie décennale incluse ».
fn states(text: &str) -> bool {
    let last = fold(text.split_whitespace().last().unwrap_or_default());
    let predicate =
        |stem: &str| last.strip_prefix(stem).is_some_and(|end| ["", "e", "s", "es"].contains(&end));
    text.split_whitespace().count() > 1 && PREDICATES.iter().any(|stem| predicate(stem))
}

/// Whether a text has a verb of its own.
fn says(text: &str) -> bool {
    words(text).iter().any(|word| word.finite)
}

/// The question and its answer.
fn answer_of(body: &str) -> (&str, Option<&str>) {
    let Some(found) = ANSWER.captures(body) else { return (body, None) };
    let start = found.get(0).map_or(body.len(), |m| m.start());
    let answer = ["arrow", "short", "after"].iter().find_map(|name| found.name(name));
    let question = body.get(..start).unwrap_or(body).trim();
    // The mark goes with the answer that follows it, and still makes a question.
    (question, answer.map(|m| m.as_str().trim()).filter(|a| !a.is_empty()))
}

fn answered(answer: &str) -> Plan {
    match fold(answer).as_str() {
        "oui" | "ok" => Plan::Whole("Il est répondu que oui.".into()),
        "non" => Plan::Whole("Il est répondu que non.".into()),
        _ => Plan::Parts(vec![
            Part::Text(vec!["Il est répondu que".into(), "Il est répondu :".into()]),
            Part::Words(words(answer)),
        ]),
    }
}

/// « X contre la hausse (inflation) ».
fn position(speaker: &str, rest: &str) -> Option<Vec<Plan>> {
    let found = POSITION.captures(rest)?;
    let side = match fold(&found["side"]).as_str() {
        "contre" => "est contre",
        // « X : pour les jeunes, un local » takes no side.
        "pour" if text_of(&found, "what").is_empty() => "est favorable",
        "pour" => return None,
        "favorable" => "est favorable",
        "defavorable" => "est défavorable",
        side if side.starts_with("pas") => "n'est pas d'accord",
        _ => "est d'accord",
    };
    let what = text_of(&found, "what");
    let why = text_of(&found, "why");
    if what.is_empty() && why.is_empty() {
        return Some(vec![Plan::Whole(format!("{speaker} {side}."))]);
    }
    let mut parts = vec![Part::Text(vec![format!("{speaker} {side}")])];
    if !what.is_empty() {
        parts.push(Part::Words(words(what)));
    }
    if !why.is_empty() {
        let reasons: &[&str] = match fold(why).split(' ').next() {
            // « à condition de », « sous réserve de »: no reason.
            Some("a" | "sous" | "si" | "sauf" | "mais") => &[","],
            _ => {
                &[":", ", en raison de", ", estimant", ", évoquant", ", car il y a", ", car c'est"]
            }
        };
        parts.push(Part::Text(reasons.iter().map(|r| (*r).to_owned()).collect()));
        parts.push(Part::Words(words(why)));
    }
    Some(vec![Plan::Parts(parts)])
}

/// « X : la gendarmerie n'a pas vu plus de cambriolages ».
fn statement(speaker: &str, rest: &str) -> Option<Vec<Plan>> {
    let said = rest.trim_start().strip_prefix(':')?.trim();
    if names_a_thing(speaker) {
        return None;
    }
    let only_facts = words(said).iter().all(|w| w.kind == Kind::Fact);
    if said.is_empty() || only_facts {
        return None;
    }
    let verbs =
        ["indique", "signale", "évoque", "précise", "signale qu'il y a", "estime qu'il y a"];
    let openings = verbs.map(|verb| format!("{speaker} {verb}")).to_vec();
    Some(vec![Plan::Parts(vec![Part::Text(openings), Part::Words(words(said))])])
}

/// « Festival : trois groupes signés »: a noun of the dictionary that names no trade or office. A
/// surname may be one too, and reads well before a colon.
fn names_a_thing(speaker: &str) -> bool {
    const WHO: [&str; 12] = [
        "eur", "euse", "rice", "ier", "iere", "aire", "ant", "ante", "ent", "ente", "iste", "able",
    ];
    let folded = fold(speaker);
    french::noun_gender(&speaker.to_lowercase()).is_some()
        && !WHO.iter().any(|end| folded.ends_with(end))
}

/// « 3 devis : A 100 €, B 200 € »: what costs what, kept side by side.
fn offers(clause: &str) -> Option<Vec<Plan>> {
    let amounts: Vec<_> =
        facts(clause).into_iter().filter(|f| matches!(f.fact, Fact::Amount(_))).collect();
    let named = names(clause);
    let (first, rest) = amounts.split_first()?;
    if rest.is_empty() {
        return None;
    }
    let opener = named.iter().rfind(|name| name.end <= first.span.start)?;
    // A name before every amount, and next to nothing else between them.
    let mut offers = Vec::new();
    let mut start = opener.start;
    for (index, amount) in amounts.iter().enumerate() {
        let between = clause.get(start..amount.span.start)?;
        let name = between.trim().trim_start_matches([',', ';']).trim();
        let name = name.strip_prefix("et ").unwrap_or(name).trim().trim_end_matches([':', '=']);
        let holds = named.iter().any(|n| n.start >= start && n.end <= amount.span.start);
        if !holds || name.split_whitespace().count() > 6 {
            return None;
        }
        let price = clause.get(amount.span.clone())?;
        let next = amounts.get(index + 1).map_or(clause.len(), |a| a.span.start);
        let after = clause.get(amount.span.end..next)?;
        let tail_end = if index + 1 == amounts.len() {
            after.len()
        } else {
            after.find([',', ';']).or_else(|| after.find(" et ")).unwrap_or(0)
        };
        let tail = after.get(..tail_end)?.trim().trim_end_matches([',', ';']);
        let tail = if tail.is_empty() { String::new() } else { format!(" {tail}") };
        let bare = name.strip_suffix(" pour").unwrap_or(name).trim();
        offers.push(format!("{bare} pour {price}{tail}"));
        start = amount.span.end + tail_end;
    }
    let head = clause.get(..opener.start)?.trim().trim_end_matches([':', ',']).trim();
    let (last, before) = offers.split_last()?;
    let list = format!("{} et {last}", before.join(", "));
    if head.is_empty() {
        return Some(vec![Plan::Whole(crate::task::wording::capital(&list) + ".")]);
    }
    Some(vec![Plan::Parts(vec![
        Part::Words(words(head)),
        Part::Text(vec![
            format!(": {list}"),
            format!("ont été reçus : {list}"),
            format!("sont présentés : {list}"),
        ]),
    ])])
}

fn text_of<'a>(found: &'a Captures<'_>, name: &str) -> &'a str {
    found.name(name).map_or("", |m| m.as_str().trim().trim_matches(['(', ')', ',', ':']).trim())
}

/// What a thing is said to be, more than what kind of thing it is.
const PREDICATES: [&str; 24] = [
    "inclus",
    "compris",
    "prevu",
    "prevenu",
    "possible",
    "obligatoire",
    "termine",
    "fini",
    "concerne",
    "paye",
    "necessaire",
    "suffisant",
    "assure",
    "informe",
    "pret",
    "regle",
    "rembourse",
    "autorise",
    "connu",
    "signe",
    "recu",
    "livre",
    "valable",
    "finance",
];

const INTERROGATIVE: [&str; 13] = [
    "pourquoi", "quand", "comment", "combien", "qui", "ou", "quel", "quelle", "quels", "quelles",
    "quoi", "ce", "qu",
];

static CORRECTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?P<head>.+?)\s*[:,]\s*(?:il faut\s+)?lire\s+(?P<new>.+?)\s+(?:au lieu de|et non(?: pas)?)\s+(?P<old>.+)$",
    )
});
static PROXY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?P<states>(?:[\s,(]*(?:et\s+)?(?:absente?|excus[ée]e?|emp[êe]ch[ée]e?|souffrante?|malade)\)?)*)[\s,:]*(?:(?:a\s+)?donn[ée]e?\s+)?pouvoir\s+(?:à|a)\s+(?P<holder>[^,;:]+)$",
    )
});
static RETAINED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^(?P<result>retenue?|choisie?|[ée]lue?|d[ée]sign[ée]e?|nomm[ée]e?)\s*:?\s+")
});
static LONG_BRACKET: LazyLock<Regex> = LazyLock::new(|| pattern(r"\([^()]*\s[^()]*\s[^()]*\)"));
static SUM: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\d\s*[x×*]\s*\d|(?:^|\s)[+-]\s?\d|\w\s\+\s+\p{Ll}"));
static REFERENCE_FIRST: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d{4}-\d"));
static SOMEBODY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?:[Uu]ne?|[Dd]es|[Pp]lusieurs|[Qq]uelques|\d+) (?:[ée]lue?s?|membres?|habitante?s?|parents?)",
    )
});
static ASKS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*:?\s*(?:se\s+)?(?:demande(?:nt|ra)?|demandait|veut\s+savoir|voudrait\s+savoir|questionne)\s+(?P<what>.+)$",
    )
});
static ANSWER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\s*(?:(?:-->|->|=>|→|:\s*r[ée]ponse\s*:?|r[ée]p\.?\s*:)\s*(?P<arrow>.*)|:\s*(?P<short>oui|non)\s*|\?\s*:?\s*(?:(?:-->|->|=>|→)\s*)?(?P<after>[^\s:?].*))$",
    )
});
static NO_MORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^(?:(?:pas|plus) (?:encore |toujours )?|toujours pas )(?:de\s|d['’]|aucune?\s)")
});

static IMPERSONAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:il )?(?P<verb>reste(?:nt|ra)?|manque(?:nt|ra)?)(?P<adverb>(?: (?:toujours|encore|donc|seulement))?) ",
    )
});

/// What only people do or are in notes.
static ACTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^ (?:s['’]abst|propose|souhaite|craint|regrette|rappelle|pr[ée]f[èe]re|s['’]|se |h[ée]sitant|inqui[eè]t|absent|excus|d['’]accord|r[ée]serv[ée]|abs\b|vote\b|refuse|accepte|insiste|trouve|pense|estime|signale|indique|veut|voudrait)",
    )
});
static POSITION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*:?\s*(?:est\s+|serait\s+|reste\s+)?(?P<side>contre|pour|favorable|d[ée]favorable|(?:pas\s+)?d['’]accord)\b\s*(?P<what>[^,(:;]*)(?:[,(:;]\s*(?P<why>.+))?$",
    )
});

#[cfg(test)]
mod tests;
