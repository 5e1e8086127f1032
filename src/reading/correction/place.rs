//! A place that takes the place of another: « changement : gymnase pris => salle Rameau ».

use super::sentence::Sentence;
use super::target::Put;
use crate::french::{self, Gender};
use crate::reading::{fold, words};

/// Words that begin the name of a place where people are called together.
const HEADS: &str = r"(?:salle|gymnase|stade|halle|foyer|m[ée]diath[èe]que|biblioth[èe]que|[ée]cole|mairie|cin[ée]ma|chapelle|[ée]glise|th[ée][âa]tre|parvis|esplanade|kiosque|maison|pr[ée]au|place|parc|jardin)";

words!(
    MOVED,
    &format!(
        r"(?i)^\W*(?:(?:attention|nb|ps)\W+)?(?:changement|chang[ée]e?|rectif\w*|correction|erratum|finalement|non)\b(?:\s+de\s+(?:salle|lieu|place))?\W+(?:(?:le|la|l['’])\s*)?(?P<old>{HEADS})\b[^.;]*?(?:->|=>|→|\bdonc\b|\bc['’]est\b|\bfinalement\b)\s*:?\s*(?:[àa]\s+la\s+|au\s+|[àa]\s+l['’]|dans\s+la\s+|la\s+|le\s+)?(?P<new>{HEADS}\b[^;.(]*)$"
    )
);

/// The new place where the old one stood, in the sentences before.
pub(super) fn moved(sentences: &[Sentence<'_>], index: usize) -> Vec<Put> {
    let Some(found) = MOVED.captures(sentences[index].text) else { return Vec::new() };
    let (old, new) = (fold(&found["old"]), found["new"].trim());
    let before = sentences.iter().take(index);
    before.filter_map(|held| named(held, &old, new)).collect()
}

/// The place of that name in a sentence, with what is written there.
fn named(held: &Sentence<'_>, old: &str, new: &str) -> Option<Put> {
    words!(
        NAMED,
        &format!(
            r"(?P<lead>(?i:(?:[àa]\s+la|au|du|de\s+la|le|la)\s+))?\b(?P<head>(?i:{HEADS}))(?:\s+(?:(?:d[eu]s?|la|le|les)\s+|[dl]['’])*\p{{Lu}}[\p{{L}}'’-]*)*"
        )
    );
    let place = NAMED.captures_iter(held.text).find(|place| fold(&place["head"]) == old)?;
    let whole = place.get(0)?;
    let lead = place.name("lead").map_or("", |lead| lead.as_str().trim());
    let lead = match lead {
        "" => String::new(),
        lead => format!("{} ", article(lead, new)),
    };
    let with = format!("{lead}{new}");
    let at = held.span.start + whole.start()..held.span.start + whole.end();
    let old = held.text.get(whole.range())?.to_owned();
    Some(Put { at, with, old, new: new.to_owned() })
}

/// The article before the old place, as the new one has it.
fn article(old: &str, new: &str) -> &'static str {
    let head = new.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let feminine = french::noun_gender(&head.to_lowercase()) == Some(Gender::Feminine);
    let old = fold(old);
    match (old.as_str(), feminine) {
        ("au" | "a la", true) => "à la",
        ("au" | "a la", false) => "au",
        ("du" | "de la", true) => "de la",
        ("du" | "de la", false) => "du",
        (_, true) => "la",
        (_, false) => "le",
    }
}
