//! Who was called to the meeting, where the notes then only say who of them did not come:
//! « convoqués : Ada Roy, le club (Luc Noval + Ève Ost) », « tous là sauf Noval excusé ».

use crate::notes::Notes;
use crate::reading::{fold, words};
use crate::task::minutes::people::split;
use crate::task::wording::capital;

words!(
    CALLED,
    r"(?i)^\W*(?:(?:personnes|membres)\s+)?(?:convoqu[ée]e?s?|convi[ée]e?s?|membres|composition)\s*:\s*(?P<list>.+)$"
);
words!(
    ALL_HERE,
    r"(?i)^\W*(?:tous|toutes|tout\s+le\s+monde)\s+(?:[ée]taient\s+|[ée]tait\s+|est\s+|sont\s+)?(?:l[àa]|pr[ée]sente?s?|venus?)\b\s*,?\s*(?:(?:sauf|except[ée]|hormis|moins)\s+(?P<out>.+?))?[\s.]*$"
);
words!(SORRY, r"(?i)[\s,(]+(?:\w+\s+)?excus\w*\)?$");
words!(
    LATE,
    r"(?i)[\s,(]+(?:(?:qui\s+)?(?:est\s+)?arriv\w*)\s+(?:[àa]\s+)?(?P<hour>\d{1,2}\s*[h:]\s*\d{0,2})\)?$"
);
words!(OFFICE, r"(?i)\s+(?:pdte?|pr[ée]sidente?|secr[ée]taire|tr[ée]sori[eè]re?|adjointe?)\.?$");

/// The people who were called, where a line says that all of them came, or all but some.
pub(super) fn convened(notes: &Notes) -> Vec<String> {
    if !notes.lines().any(|line| ALL_HERE.is_match(line.text)) {
        return Vec::new();
    }
    let called = notes
        .lines()
        .find_map(|line| CALLED.captures(line.text).map(|found| found["list"].to_owned()));
    let Some(list) = called else { return Vec::new() };
    let shouted = !list.chars().any(char::is_lowercase);
    split(&list).into_iter().flat_map(|part| persons(part, shouted)).collect()
}

/// Whether a line says who of those called came.
pub(super) fn is_roll(text: &str) -> bool {
    ALL_HERE.is_match(text)
}

/// « tous là sauf Noval excusé » with the names of those called.
pub(super) fn told(text: &str, called: &[String]) -> Option<String> {
    let found = ALL_HERE.captures(text).filter(|_| !called.is_empty())?;
    let mut present: Vec<String> = called.to_vec();
    let (mut excused, mut absent) = (Vec::new(), Vec::new());
    let out =
        found.name("out").map_or_else(String::new, |out| out.as_str().replace(" ET ", " et "));
    for part in split(&out) {
        let late = LATE.captures(part);
        let sorry = SORRY.find(part);
        let end = late.as_ref().and_then(|f| f.get(0)).or(sorry).map_or(part.len(), |m| m.start());
        let who = fold(part.get(..end)?.trim());
        let name = present
            .iter()
            .position(|name| fold(name).split(' ').any(|w| w == who) || fold(name) == who);
        let name = present.remove(name?);
        match late {
            Some(late) => present.push(format!("{name} (arrivée à {})", &late["hour"])),
            None if sorry.is_some() => excused.push(name),
            None => absent.push(name),
        }
    }
    let lists = [("présents", present), ("excusés", excused), ("absents", absent)];
    let lists = lists.into_iter().filter(|(_, names)| !names.is_empty());
    let told: Vec<String> =
        lists.map(|(label, names)| format!("{label} : {}", names.join(", "))).collect();
    Some(told.join(" / "))
}

/// The people of one entry: those in brackets speak for the body before them.
fn persons(part: &str, shouted: bool) -> Vec<String> {
    let inside = part.split_once('(').map(|(_, inside)| inside.trim_end_matches([')', ' ', '.']));
    let named = |text: &str| text.split_whitespace().count() >= 2;
    let names: Vec<&str> = match inside {
        Some(inside) if split(inside).iter().any(|name| named(name)) => split(inside),
        _ => vec![part.split('(').next().unwrap_or(part)],
    };
    names
        .into_iter()
        .map(|name| {
            let name = OFFICE.replace(name.trim(), "").into_owned();
            let name = if shouted { in_small(&name) } else { name };
            if fold(&name) == "maire" { "le maire".to_owned() } else { name }
        })
        .filter(|name| !name.is_empty())
        .collect()
}

/// « GUSTAVE MERLE » as a name is typed.
fn in_small(name: &str) -> String {
    let word = |word: &str| -> String {
        word.split('-').map(|part| capital(&part.to_lowercase())).collect::<Vec<_>>().join("-")
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_called_are_there_but_for_some() {
        let text = "convoqués : le maire, Ada Roy, le club (Luc Noval président + Ève Ost)\ntous là sauf Roy excusée et Ost arrivée à 18h40";
        let called = convened(&Notes::from_text(text).unwrap());
        assert_eq!(called, ["le maire", "Ada Roy", "Luc Noval", "Ève Ost"]);
        assert_eq!(
            told("tous là sauf Roy excusée et Ost arrivée à 18h40", &called).unwrap(),
            "présents : le maire, Luc Noval, Ève Ost (arrivée à 18h40) / excusés : Ada Roy"
        );
        let loud = "CONVOQUES : MAIRE, Z. OSTIN-VIAL, VTT (KARIM AUBIN)\nTOUS LA SAUF AUBIN";
        let called = convened(&Notes::from_text(loud).unwrap());
        assert_eq!(called, ["le maire", "Z. Ostin-Vial", "Karim Aubin"]);
        assert_eq!(
            told("TOUS LA SAUF AUBIN", &called).unwrap(),
            "présents : le maire, Z. Ostin-Vial / absents : Karim Aubin"
        );
        assert_eq!(told("tous là sauf Talmont", &called), None);
        assert!(
            convened(&Notes::from_text("convoqués le 3 mai\ntous d'accord").unwrap()).is_empty()
        );
    }
}
