//! A line that corrects itself: « départ à 8h10 --> non, rectif : 8h20 », « 1 € pour le club ->
//! finalement pour l'école »; and the name that a sentence puts in the place of another.

use super::phrase;
use super::sentence::Sentence;
use super::value;
use crate::notes::Span;
use crate::reading::{facts, words};

/// A piece of the notes and what is written there instead.
pub(super) struct Instead {
    pub(super) at: Span,
    pub(super) with: String,
    pub(super) old: String,
    pub(super) new: String,
}

// The words that take back what stands before the arrow, and the source that they may name.
words!(
    TAKES_BACK,
    r"(?ix)\s*(?:[-–—]+>|=+>|→|\s[-–—]+\s)\s*(?:(?:ah|oh|euh|eh)\W+)?
      (?P<no>non\b[\s,:!]*)?(?P<sure>(?:rectif\w*|correction|finalement|au\s+final|en\s+fait)\b[\s,]*)?
      (?:(?:bureau|ca|r[ée]union|conseil|mail|courriel|t[ée]l\w*|vu|dit|appel)?\s*(?:d[ue]|le|du|au)?\s*(?:\d{1,2}/\d{1,2}(?:/\d+)?|\p{Lu}\p{L}+|\p{Lu}\p{L}+\s+\d{1,2}/\d{1,2})\s*:)?
      [\s:]*(?:c['’]\s?est\s+|ce\s+sera\s+|plut[ôo]t\s+)*$"
);
words!(ARROW, r"\s*(?:[-–—]+>|=+>|→)|\s[-–—]+\s");
words!(LABEL, r"^\s*[^:]{2,25}?\s:\s|^\s*[^\s:]{2,25}:\s");

/// Prepositions by which the new words stand in the place of those after the same one.
const PLACED_BY: [&str; 12] =
    ["pour", "à", "a", "au", "aux", "chez", "avec", "par", "dans", "sous", "sur", "en"];

/// Words from which what follows the arrow says the whole thing anew.
const WHOLE: usize = 4;

/// What a sentence that takes its own words back comes to.
pub(super) fn taken_back(said: &Sentence<'_>) -> Option<Instead> {
    if phrase::decides(said.text) {
        return None;
    }
    ARROW.find_iter(said.text).find_map(|arrow| after(said, arrow.start()))
}

/// The words before an arrow with those after it in their place, where these take them back.
fn after(said: &Sentence<'_>, arrow: usize) -> Option<Instead> {
    let (old, rest) = said.text.split_at(arrow);
    // The shortest opening that takes back; what follows is the new text.
    let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8());
    let (end, sure) = ends
        .filter(|end| rest.get(*end..).is_some_and(|new| new.starts_with(char::is_alphanumeric)))
        .filter_map(|end| {
            let found = TAKES_BACK.captures(rest.get(..end)?)?;
            let whole = found.get(0)?.start() == 0;
            let told = found.name("no").is_some() || found.name("sure").is_some();
            (whole && told).then(|| (end, found.name("sure").is_some()))
        })
        .next_back()?;
    let new = rest.get(end..)?;
    if old.trim().is_empty() || old.contains('(') && !old.contains(')') {
        return None;
    }
    let with = by_value(old, new)
        .or_else(|| sure.then(|| by_preposition(old, new)).flatten())
        .or_else(|| (sure && new.split_whitespace().count() >= WHOLE).then(|| whole(old, new)))?;
    Some(Instead {
        at: said.span.clone(),
        with,
        old: old.trim().to_owned(),
        new: new.trim().to_owned(),
    })
}

/// « 8h20, le car est plein » in the place of the last hour before the arrow.
fn by_value(old: &str, new: &str) -> Option<String> {
    let first = facts(new).into_iter().next().filter(|first| {
        let lead = new.get(..first.span.start).unwrap_or_default().trim();
        ["", "à", "a", "le", "au", "de", "du"].contains(&lead)
    })?;
    let held = facts(old);
    let place = held.iter().rev().find(|held| value::alike(&first.fact, &held.fact))?;
    let written = value::written(&first, new, place, old);
    let before = old.get(..place.span.start)?;
    let after = new.get(first.span.end..)?;
    let tail = old.get(place.span.end..)?.trim_end();
    let units = tail.trim_matches([',', ' ', '.', '!']).split_whitespace().count() <= 2;
    Some(format!("{before}{written}{}{after}", if units { tail } else { "" }))
}

/// « pour l'école » in the place of « pour le club ».
fn by_preposition(old: &str, new: &str) -> Option<String> {
    let first = new.split_whitespace().next()?.to_lowercase();
    if !PLACED_BY.contains(&first.as_str()) {
        return None;
    }
    let start = LABEL.find(old).map_or(0, |label| label.end());
    let place = old.match_indices(first.as_str()).map(|(at, _)| at).filter(|at| {
        let before = old.get(..*at).unwrap_or_default();
        let after = old.get(at + first.len()..).unwrap_or_default();
        *at > start && before.ends_with(' ') && after.starts_with(' ')
    });
    let place = place.last()?;
    Some(format!("{}{new}", old.get(..place)?))
}

/// The new words alone, under the label of the old ones.
fn whole(old: &str, new: &str) -> String {
    let label = LABEL.find(old).map_or("", |label| label.as_str());
    let mark = old.len() - old.trim_start_matches(['-', '*', '•', ' ', '\t']).len();
    let mark = if label.is_empty() { old.get(..mark).unwrap_or_default() } else { "" };
    format!("{mark}{label}{new}")
}

// « Non pas Odile, elle est prise, avec Paul Arvois. »
words!(
    OTHER_PERSON,
    r"(?x)^\W*(?i:(?:ah|oh|euh|attention)\W+)?(?i:non\W+)?(?i:(?:pas|plus)\s+)(?i:(?:avec|chez|par|[àa]|pour)\s+)?
      (?P<old>\p{Lu}[\p{Ll}-]+)\b[^.;]*?(?:[,:;–-]|->|→|\b(?i:mais|donc|plut[ôo]t)\b)\s*
      (?i:(?:mais|donc|plut[ôo]t|c['’]est|ce\s+sera|avec|chez|par|voir|mettre)\s+)+
      (?P<new>\p{Lu}[\p{Ll}-]+(?:\s+\p{Lu}[\p{L}'’-]+)*)"
);

/// The name that a sentence puts in the place of another, wherever the sentences before tell that.
pub(super) fn person(sentences: &[Sentence<'_>], index: usize) -> Vec<Instead> {
    let Some(found) = OTHER_PERSON.captures(sentences[index].text) else { return Vec::new() };
    let (old, new) = (&found["old"], &found["new"]);
    let mut puts = Vec::new();
    for held in sentences.iter().take(index) {
        for (at, _) in held.text.match_indices(old) {
            let after = held.text.get(at + old.len()..).unwrap_or_default();
            let before = held.text.get(..at).unwrap_or_default();
            let parted = |c: char| !c.is_alphanumeric();
            let whole = before.is_empty() || before.ends_with(parted);
            if whole && (after.is_empty() || after.starts_with(parted)) {
                let at = held.span.start + at..held.span.start + at + old.len();
                puts.push(Instead { at, with: new.to_owned(), old: old.into(), new: new.into() });
            }
        }
    }
    puts
}

#[cfg(test)]
mod tests {
    use super::super::amended;
    use crate::notes::Notes;

    fn read(text: &str) -> Option<String> {
        let notes = Notes::from_text(text).unwrap();
        amended(&notes).map(|amended| amended.notes().text().trim_end().to_owned())
    }

    #[test]
    fn a_line_that_takes_its_words_back_says_the_new_ones() {
        for (told, left) in [
            (
                "départ du quai à 8h10 --> NON rectif CA du 3/02 : 8h20, le car est plein",
                "départ du quai à 8 h 20, le car est plein",
            ),
            ("caution 50 € -> non, 80 €", "caution 80 €"),
            (
                "2 € par carton pour le judo -> non finalement pour la crèche (vu le 3/02)",
                "2 € par carton pour la crèche (vu le 3/02)",
            ),
            (
                "repas tiré du sac - NON RECTIFICATION le comité fera des crêpes 2 €",
                "le comité fera des crêpes 2 €",
            ),
            ("repli : gymnase -> en fait on va sous la halle", "repli : on va sous la halle"),
        ] {
            assert_eq!(read(told).as_deref(), Some(left), "{told}");
        }
        for told in [
            "Luc propose 300 € -> finalement 250 € votés",
            "panneau demandé -> non, le maire refuse",
            "tarif : gratuit (on avait dit 3 € -> non, aide reçue)",
            "fax -> à rendre",
        ] {
            assert_eq!(read(told), None, "{told}");
        }
    }

    #[test]
    fn one_person_goes_in_the_place_of_another() {
        assert_eq!(
            read(
                "Visite lundi à 9 h avec Odile.\nNon pas Odile, elle est prise, avec Paul Arvois."
            )
            .as_deref(),
            Some("Visite lundi à 9 h avec Paul Arvois.")
        );
        assert_eq!(read("Visite avec Odile.\nPas Odile au bar, elle parle trop."), None);
    }
}
