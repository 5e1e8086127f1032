//! What people say, without what they did not mean to: hesitations, repeated words, false starts.
//! Words that carry a fact are never touched.

use crate::reading::{fold, spoken};

/// The sentence without hesitations and repetitions, a capital first.
pub fn clean(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut kept: Vec<String> = Vec::with_capacity(words.len());
    let mut index = 0;
    while let Some(word) = words.get(index) {
        if let Some(count) = filler(&words[index..], kept.is_empty()) {
            // The sign that ends a hesitation ends what stands before it.
            let sign = words.get(index + count - 1).map_or("", |w| ending(w));
            if let Some(last) = kept.last_mut()
                && !sign.is_empty()
                && sign != ","
                && !last.ends_with(['.', '?', '!', '…'])
            {
                let bare = last.trim_end_matches(',').len();
                last.truncate(bare);
                last.push_str(sign);
            }
            index += count;
            continue;
        }
        kept.push((*word).to_owned());
        index += 1;
    }
    let text = capital(&without_repeats(&kept).join(" "));
    let text = text.replace(" ,", ",").replace(",,", ",").replace(",.", ".").replace(",?", " ?");
    let text = spoken::in_figures(&text);
    // « de, du transport »: the word begun and begun again; « un, l'approbation » counts.
    crate::reading::words!(
        BEGUN,
        r"(?i)\b(?:de|du|des|le|la|les|au|aux),\s+(?P<again>(?:de|du|des|le|la|les|un|une|au|aux)\s|[ld]['’])"
    );
    let text = BEGUN.replace_all(&text, "$again");
    crate::reading::words!(
        CENTS,
        r"(?i)\b(\d(?:[\d ]*\d)?)\s*euros?(?:\s+et)?\s+(\d{2})(?:\s+centimes)?\b"
    );
    let text = CENTS.replace_all(&text, "$1,$2 euros");
    text.trim_matches([' ', ',', '-', '–']).to_owned()
}

/// Marks of hesitation in a text, as a share of its words: how speech is told from notes.
pub fn hesitations(text: &str) -> usize {
    text.split_whitespace().filter(|w| HESITATIONS.contains(&bare(w).as_str())).count()
}

/// How many words from here are only a hesitation.
fn filler(words: &[&str], first: bool) -> Option<usize> {
    let at = |index: usize| words.get(index).map(|w| bare(w)).unwrap_or_default();
    let one = at(0);
    if HESITATIONS.contains(&one.as_str())
        || (one.is_empty()
            && words.first()?.len() < 4
            && !words.first()?.contains([':', '€', '%', '+', '='])
            && !words.first()?.chars().any(char::is_alphanumeric))
    {
        return Some(1);
    }
    let two = format!("{one} {}", at(1));
    let closed =
        |index: usize| words.get(index).is_none_or(|w| w.ends_with([',', '.', '?', '!', '…']));
    if ALWAYS.contains(&two.as_str()) {
        // « en fait partie », « du coup d'envoi » are words.
        let next = at(2);
        let a_word = ["partie", "un", "une", "le", "la", "les", "du", "l'objet", "d'envoi", "de"]
            .contains(&next.as_str());
        return (!a_word).then_some(2);
    }
    if ASIDES.contains(&two.as_str()) && (closed(1) || first) && words.get(1).is_some() {
        return closed(1).then_some(2);
    }
    // « bon, », « enfin, », « quoi. » hesitate only where a sign follows.
    let hesitates = match one.as_str() {
        "bon" | "enfin" | "ok" | "bref" | "alors" | "donc" | "ecoute" | "ecoutez" | "ouais" => {
            first && words[0].ends_with(',')
        }
        "quoi" => !first && words[0].ends_with([',', '.', '!', '…']),
        "genre" => words[0].ends_with(','),
        _ => false,
    };
    if hesitates {
        return Some(1);
    }
    // « le- », « je… » is a word begun and left.
    let left = words[0].ends_with(['-', '…']) && !words[0].starts_with(['-', '–']);
    let begun = words[0].trim_end_matches(['-', '…', '.']);
    (left && words.len() > 1 && begun.chars().count() <= 4 && at(1).starts_with(&fold(begun)))
        .then_some(1)
}

/// Words said twice in a row, one to three at a time, are said once.
fn without_repeats(words: &[String]) -> Vec<String> {
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut index = 0;
    'words: while index < words.len() {
        for size in (1..=3).rev() {
            let (Some(here), Some(next)) =
                (words.get(index..index + size), words.get(index + size..index + 2 * size))
            else {
                continue;
            };
            let same = here.iter().zip(next).all(|(a, b)| bare(a) == bare(b));
            let words_only = here.iter().all(|w| {
                let bare = bare(w);
                !bare.is_empty()
                    && !w.chars().any(|c| c.is_ascii_digit())
                    && (size > 1 || !MAY_REPEAT.contains(&bare.as_str()))
            });
            let ended = here.iter().any(|w| w.ends_with(['.', '?', '!']));
            if same && words_only && !ended {
                index += size;
                continue 'words;
            }
        }
        out.push(words[index].clone());
        index += 1;
    }
    out
}

/// The word folded, without signs around it.
fn bare(word: &str) -> String {
    fold(word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’' && c != '-'))
        .trim_matches('-')
        .to_owned()
}

/// The sign that closes a word.
fn ending(word: &str) -> &str {
    let start = word.trim_end_matches([',', '.', '?', '!', '…']).len();
    word.get(start..).unwrap_or("")
}

fn capital(text: &str) -> String {
    crate::task::wording::capital(text.trim_start_matches([',', ' ', '-', '.', '…']))
}

const HESITATIONS: [&str; 20] = [
    "euh", "euhh", "heu", "heuu", "hum", "hmm", "mmh", "mm", "ben", "bah", "beh", "hein", "voila",
    "pff", "hop", "eh", "oh", "ah", "euuh", "mhm",
];
const ALWAYS: [&str; 3] = ["du coup", "en fait", "tu vois"];
const ASIDES: [&str; 8] =
    ["vous voyez", "tu sais", "vous savez", "quand meme", "en gros", "je veux", "si tu", "on va"];
/// Words that French says twice: « nous nous retrouvons ».
const MAY_REPEAT: [&str; 4] = ["nous", "vous", "faire", "tout"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hesitations_and_repetitions_go() {
        let table = [
            ("euh bon ben le le devis est de 480 euros, hein.", "Bon le devis est de 480 euros."),
            ("je je propose le 12 juin", "Je propose le 12 juin"),
            ("on a on a reçu 3 devis", "On a reçu 3 devis"),
            ("du coup, on garde le barnum, voilà.", "On garde le barnum."),
            ("en fait c'est 12 euros quoi.", "C'est 12 euros."),
            ("nous nous retrouvons le 3 mai", "Nous nous retrouvons le 3 mai"),
            ("bon, alors, le budget", "Le budget"),
            ("le prix passe de 20 20 euros", "Le prix passe de 20 20 euros"),
            ("cela en fait partie", "Cela en fait partie"),
            ("euh", ""),
            (
                "le prix de, du barnum, c'est quatre-vingts euros",
                "Le prix du barnum, c'est 80 euros",
            ),
            ("un, l'approbation des comptes", "Un, l'approbation des comptes"),
        ];
        for (said, expected) in table {
            assert_eq!(clean(said), expected, "{said}");
        }
    }
}
