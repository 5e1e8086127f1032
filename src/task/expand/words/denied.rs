//! « pas encore livré », « toujours pas remis la clé »: what is denied, told with its verb.
//!
//! « ne » stands before the auxiliary and « pas » between it and the participle, so the three are one
//! word of the sentence here: « n'est pas encore livrée », « n'a pas été livrée ».

use super::{Before, Kind, Need, Shape, Word};
use crate::french::{Gender, Number};
use crate::reading::fold;

/// Joins what is denied into one word, which is the verb of its statement.
pub(super) fn join(words: &[Word]) -> Vec<Word> {
    let mut joined: Vec<Word> = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let length = if is_told(&joined, word) { denied(&words[at..]) } else { None };
        match length.and_then(|length| words.get(at..at + length)) {
            Some(run) => {
                let person = joined.last().is_some_and(|word| word.kind == Kind::Name);
                joined.push(verb(run, person));
                at += run.len();
            }
            None => {
                joined.push(word.clone());
                at += 1;
            }
        }
    }
    joined
}

/// Whether the statement that a word stands in has a subject and no verb so far.
fn is_told(before: &[Word], word: &Word) -> bool {
    let start = before.iter().rposition(|word| word.mark.is_some()).unwrap_or(0);
    let statement = before.get(start..).unwrap_or_default();
    word.mark.is_none()
        && statement.iter().any(|word| word.noun || word.kind == Kind::Name)
        && !statement.iter().any(|word| word.finite && !word.noun || text(word) == "ne")
        && !statement.last().is_some_and(|word| word.connects)
}

/// How many words deny something: « toujours », « pas », « encore », the participle.
fn denied(words: &[Word]) -> Option<usize> {
    let is = |at: usize, known: &[&str]| {
        words.get(at).is_some_and(|word| known.contains(&text(word).as_str()))
    };
    let pas = usize::from(is(0, &["toujours"]));
    let said = pas + 1 + usize::from(is(pas + 1, &["encore", "assez", "bien"]));
    let tells = |word: &&Word| word.says.is_some_and(|says| says.participle || !word.noun);
    let word = words.get(said).filter(tells)?;
    let alone = words.get(1..=said)?.iter().all(|word| word.mark.is_none());
    let kind = matches!(word.kind, Kind::Plain | Kind::Ambiguous);
    (is(pas, &["pas", "non"]) && alone && kind).then_some(said + 1)
}

/// The run as a verb; `person` if somebody is named before it, who may have done or not done it.
fn verb(run: &[Word], person: bool) -> Word {
    let (said, negation) = run.split_last().unwrap_or_else(|| unreachable!("a run has two words"));
    let negation: Vec<String> = negation.iter().map(text).collect();
    let non = negation == ["non"];
    let negation = if non { "pas".into() } else { negation.join(" ") };
    let participle = said.says.is_some_and(|says| says.participle);
    let acted = person || ACTED.iter().any(|stem| fold(&text(said)).starts_with(stem));
    let mut forms = Vec::new();
    for shape in &said.forms {
        let one = shape.number != Some(Number::Plural);
        let (is, has) = if one { ("n'est", "n'a") } else { ("ne sont", "n'ont") };
        let mut told = |text: String| {
            forms.push(Shape { text, gender: shape.gender, number: shape.number });
        };
        told(format!("{is} {negation} {}", shape.text));
        if non {
            told(format!("{} non {}", if one { "est" } else { "sont" }, shape.text));
        }
        if participle && !said.moves {
            told(format!("{has} {negation} été {}", shape.text));
        }
        let bare = shape.gender != Some(Gender::Feminine) && one;
        if participle && !said.moves && acted && bare {
            told(format!("n'a {negation} {}", shape.text));
            let several = format!("n'ont {negation} {}", shape.text);
            forms.push(Shape { text: several, gender: None, number: Some(Number::Plural) });
        }
    }
    Word {
        forms,
        kind: Kind::Plain,
        noun: false,
        need: Need::Nothing,
        finite: true,
        conjugated: true,
        says: None,
        before: Before::Subject,
        ..said.clone()
    }
}

fn text(word: &Word) -> String {
    word.forms.first().map_or(String::new(), |form| form.text.to_lowercase())
}

/// How participles begin that tell what their subject did, never what was done to it.
const ACTED: [&str; 10] = [
    "repondu",
    "reagi",
    "abouti",
    "bouge",
    "avance",
    "commence",
    "fonctionne",
    "marche",
    "participe",
    "suffi",
];

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::*;

    #[test]
    fn what_is_denied_is_the_verb_of_its_statement() {
        for (clause, expected) in [
            ("sauvegarde pas faite depuis mars", Some("n'est pas faite")),
            ("colis toujours pas livrés", Some("ne sont toujours pas livrés")),
            ("agence pas encore répondu", Some("n'a pas encore répondu")),
            ("Marlot pas venue", Some("n'est pas venue")),
            ("réserves non levées", Some("ne sont pas levées")),
            ("pas livré", None),
            ("le car ne passe pas", None),
            ("buses livrées mais pas posées", None),
        ] {
            let words = words(clause);
            let found = words.iter().find(|word| word.finite && word.forms.len() > 1);
            let found = found.filter(|word| text(word).contains(" pas "));
            let spelled = |wanted: &str| {
                found.is_some_and(|word| word.forms.iter().any(|form| form.text == wanted))
            };
            match expected {
                Some(wanted) => assert!(spelled(wanted), "{clause}: {found:?}"),
                None => assert!(found.is_none(), "{clause}: {found:?}"),
            }
        }
    }
}
