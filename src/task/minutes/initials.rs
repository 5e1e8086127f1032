//! Notes that call members by their initials, after a list of who is who: « AG Armand Guéroult /
//! CT Colette Taillepied ». Each is called by name before anything is read, and the list becomes
//! that of the members present where the notes say that the others are.

use std::sync::LazyLock;

use regex::Regex;

use super::table::Flat;
use crate::notes::{Line, Notes};
use crate::reading::pattern;

/// A member of the list.
struct Member<'a> {
    initials: &'a str,
    name: &'a str,
    /// With what the list says of them: « Ada Vernier (maire) ».
    listed: &'a str,
}

/// Letters that are an institution or a kind of act before they are somebody's.
const ACTS: [&str; 12] =
    ["PV", "CM", "CR", "QD", "HT", "BP", "DM", "CA", "RI", "TTC", "CFU", "EPCI"];

/// How far down the list may stand.
const REACH: usize = 15;

/// The notes with names in place of initials, line by line; `None` where they list none.
pub(super) fn spelled(notes: &Notes) -> Option<Flat> {
    let lines: Vec<Line<'_>> = notes.lines().collect();
    let lists: Vec<(usize, Vec<Member<'_>>)> = lines
        .iter()
        .enumerate()
        .take(REACH)
        .filter_map(|(index, line)| Some((index, members(line.text)?)))
        .collect();
    let all: Vec<&Member<'_>> = lists.iter().flat_map(|(_, members)| members).collect();
    if all.len() < 3 {
        return None;
    }
    let listed = |index: usize| lists.iter().any(|(at, _)| *at == index);
    let first = lists.first().map(|(index, _)| *index);
    let others = lines.iter().position(|line| OTHERS.is_match(line.text));
    let away: Vec<&str> = lines
        .iter()
        .enumerate()
        .filter(|(index, _)| !listed(*index))
        .flat_map(|(_, line)| away(line.text, &all))
        .collect();
    let present = others.map(|_| {
        let there: Vec<&str> = all
            .iter()
            .filter(|member| !away.contains(&member.initials))
            .map(|member| member.listed)
            .collect();
        format!("Présents : {}", there.join(", "))
    });
    let text: Vec<String> = lines
        .iter()
        .enumerate()
        .map(|(index, line)| match &present {
            Some(list) if first == Some(index) => list.clone(),
            _ if listed(index) => String::new(),
            Some(_) if others == Some(index) => {
                in_names(&OTHERS.replace(line.text, ""), &all).trim().to_owned()
            }
            _ => in_names(line.text, &all),
        })
        .collect();
    Some(Flat { notes: Notes::from_text(&text.join("\n")).ok()? })
}

/// « Les autres sont là dès le début. »
static OTHERS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:tou(?:s|tes)\s+)?les\s+autres\s+(?:sont\s+|[ée]taient\s+)?(?:l[àa]\b|pr[ée]sente?s?\b)[^.;]*[.;]?\s*",
    )
});

/// The members that a line lists with their initials: all its parts have to.
fn members(text: &str) -> Option<Vec<Member<'_>>> {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)^\W*(?:initiales|l[ée]gende|abr[ée]viations|membres)\s*:\s*")
    });
    static PAIR: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(\p{Lu}{2,3})\s*[:=–-]?\s*((\p{Lu}[\p{L}'’-]+(?:\s+(?:de\s+|du\s+|le\s+|la\s+)?\p{Lu}[\p{L}'’-]+)+)(?:\s*\([^()]*\))?)$",
        )
    });
    let text = &text[LABEL.find(text).map_or(0, |label| label.end())..];
    let parts: Option<Vec<Member<'_>>> = text
        .split(['/', ';', ',', '|'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| {
            let found = PAIR.captures(part)?;
            let (initials, listed, name) =
                (found.get(1)?.as_str(), found.get(2)?.as_str(), found.get(3)?.as_str());
            fits(initials, name).then_some(Member { initials, name, listed })
        })
        .collect();
    parts.filter(|parts| !parts.is_empty())
}

/// Whether the letters are those that the name begins with.
fn fits(initials: &str, name: &str) -> bool {
    let plain = |c: char| crate::reading::fold(&c.to_string());
    let mut words = name.split([' ', '-']).filter_map(|word| word.chars().next()).map(plain);
    initials.chars().map(plain).all(|letter| words.any(|first| first == letter))
}

/// Who a line says not to be there at the opening.
fn away<'a>(text: &str, members: &[&Member<'a>]) -> Vec<&'a str> {
    static NOT_THERE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^\W*(?:excus\w*|abs\w*|pouvoirs?|procurations?)\b"));
    static LATE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)^\W*(\p{Lu}{2,3})\s*:?\s*(?:est\s+)?(?:arriv\w*|en\s+retard)\b")
    });
    static BRACKETS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\([^()]*\)|(?:->|=>|→)[^,;/]*"));
    let known = |word: &str| members.iter().find(|m| m.initials == word).map(|m| m.initials);
    if let Some(late) = LATE.captures(text) {
        return known(&late[1]).into_iter().collect();
    }
    if !NOT_THERE.is_match(text) {
        return Vec::new();
    }
    let bare = BRACKETS.replace_all(text, "");
    bare.split(|c: char| !c.is_alphabetic()).filter_map(known).collect()
}

/// The line with the members' names.
fn in_names(text: &str, members: &[&Member<'_>]) -> String {
    static LETTERS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b\p{Lu}{2,3}\b"));
    LETTERS
        .replace_all(text, |found: &regex::Captures<'_>| {
            let letters = &found[0];
            let member = members.iter().find(|m| m.initials == letters);
            member.filter(|_| !ACTS.contains(&letters)).map_or(letters, |m| m.name).to_owned()
        })
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_called_by_name() {
        let text = "CM du 3 mars\nInitiales : AV Ada Vernier (maire) / LT Luc Talmont\nEO Ève Ostin / JN Jean Noval\nExcusé : LT (pouvoir à EO)\nJN : arrive à 19h\nLes autres sont là.\n1. PV : EO relit\nLT/EO au PV";
        let notes = Notes::from_text(text).unwrap();
        let flat = spelled(&notes).unwrap();
        assert_eq!(
            flat.notes.text().trim_end().split('\n').collect::<Vec<_>>(),
            [
                "CM du 3 mars",
                "Présents : Ada Vernier (maire), Ève Ostin",
                "",
                "Excusé : Luc Talmont (pouvoir à Ève Ostin)",
                "Jean Noval : arrive à 19h",
                "",
                "1. PV : Ève Ostin relit",
                "Luc Talmont/Ève Ostin au PV",
            ]
        );
    }

    #[test]
    fn notes_without_such_a_list_stay() {
        for text in ["CM\nAV Ada Vernier\nDETR demandée", "CM\nprésents : Ada Vernier, Luc Talmont"]
        {
            assert!(spelled(&Notes::from_text(text).unwrap()).is_none(), "{text}");
        }
    }
}
