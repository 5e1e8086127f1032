//! One segment of a list: a name, with what is said of it.

use std::sync::LazyLock;

use regex::Regex;

use super::heads::without_office;
use super::{Category, Reader, push};
use crate::reading::{Fact, facts, fold, pattern};
use crate::task::minutes::movement::{self, Movement};
use crate::task::minutes::people::{self, split};
use crate::task::minutes::proxy;
use crate::task::minutes::record::{Arrival, Departure, When};

pub(super) static EVERYONE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:(?:le\s+)?conseil\s+(?:est\s+)?)?(?:tou(?:s|tes)(?:\s+les?\s+\p{L}+)?|tout\s+le\s+monde|l['’]ensemble\s+d\w+\s+\p{L}+|au\s+(?:grand\s+)?complet)\b(?:\s+(?:est|sont|[ée]taient|[ée]tait|l[àa]|pr[ée]sente?s?|ce\s+soir|[àa]\s+l['’]ouverture))*\s*,?\s*(?:(?:sauf|except[ée]e?s?|hormis|moins|[àa]\s+l['’]exception\s+d\w*['’]?)\s*:?\s*(?P<out>.+))?$",
    )
});
/// Words of a list that are no names.
pub(super) static NOBODY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:aucune?|n[ée]ant|personne|0|-|ras|/|maire|adjointe?s?|\d(?:er|e|[èe]me|nde?|re|ère)\s+adjointe?s?|conseill[eè]re?s?(?:\s+\p{L}+)*|1re\s+adjointe|le\s+public|public|presse|correspondante?.*|journalistes?.*|(?:et\s+)?tous\s+les\s+autres|(?:donc|soit|[çc]a\s+fait|cela\s+fait|on\s+est)\s+[\p{L}\d]+(?:\s+en\s+tout)?)$",
    )
});
pub(super) static STATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)[\s,(]*(?:(?:est|sont|[ée]tait|[ée]taient)\s+)?\b(abs(?:ent\w*)?|exc(?:us[ée]\w*)?|pr[ée]sente?s?|n['’ ]?(?:est|[ée]tait|sont)\s+pas\s+(?:l[àa]|venue?s?|pr[ée]sente?s?)|pas\s+(?:l[àa]|venue?s?)|s['’ ]?\s?(?:est|[ée]taient|[ée]tait)\s+(?:fait\s+excuser|excus[ée]e?s?)|se\s+sont\s+(?:fait\s+excuser|excus[ée]e?s?))\)?\.?(?:\s*,?\s*(?:mais\s+)?\(?(?:non\s+exc(?:us\w*)?\b\.?|excus\w*|(?:et\s+)?(?:pas\s+(?:de\s+|d['’])|sans|non)\s*(?:laisser\s+de\s+)?\w+|aussi|ce\s+soir)\)?)?\s*\.?$",
    )
});
pub(super) static NO_NEWS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)[\s,]+(?:(?:il|elle)\s+)?(?:n['’]\s?a\s+|a\s+)?(?:rien\s+(?:re[çc]u|dit)|(?:pas|sans|aucune?)\s+(?:de\s+|d['’])?(?:nouvelles?|r[ée]ponse)|pas\s+pr[ée]venu)\W*$",
    )
});
/// What somebody is, after the name: « (maire) », « 1ère adj », « trésorière ».
static ROLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)[\s,(]+(?:(?:le|la)\s+)?(?:(?:\d+\s*(?:er|[èe]re|re|e|[èe]me|nde?)|premi[eè]re?|deuxi[èe]me|second[e]?)\s+)?(adj(?:ointe?)?\b\.?|maire(?:\s+d[ée]l[ée]gu[ée]e?)?|conseill[eè]re?s?(?:\s+d[ée]l[ée]gu[ée]e?)?|pr[ée]sidente?|pdte?|vice-pr\w+|tr[ée]sori[eè]re?s?|tr[ée]s\b\.?)(?:\s+adjointe?)?\s*\)?$",
    )
});
static UNTIL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^(?:jusqu['’]|part\b|parti|d[ée]p(?:art)?\b|quitte|->)"));
static FROM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:[àa]\s+partir|d[èe]s|depuis|arr\b|arriv|retard|en\s+retard|[àa]\s+\d{1,2}\s*h|\d{1,2}\s*h)",
    )
});

impl Reader<'_> {
    /// One segment of a list: a name with what is said of it.
    pub(super) fn segment(&mut self, segment: &str, category: Category) {
        let segment = segment.trim().trim_start_matches(['-', '–', '•', '*', ' ']);
        if self.is_no_single_name(segment, category) {
            return;
        }
        let (category, segment) = match NO_NEWS.find(segment) {
            Some(said) if category != Category::Present => {
                (Category::Absent, &segment[..said.start()])
            }
            _ => (category, segment),
        };
        let (category, words) = match STATE.find(segment) {
            Some(mark) => (state(mark.as_str()), &segment[..mark.start()]),
            None => (category, segment),
        };
        let (words, role) = match without_office(words.trim()) {
            named if named.len() < words.trim().len() && self.people.member(named).is_some() => {
                let mayor = fold(words).trim_start().starts_with("le maire")
                    || fold(words).trim_start().starts_with("la maire");
                (named, if mayor { "maire" } else { "" })
            }
            _ => without_role(words),
        };
        let (words, inner) = match words.split_once('(') {
            Some((name, inner)) => (name, inner.trim_end_matches(')').trim()),
            None => (words, ""),
        };
        let words = words.trim().trim_end_matches([':', '-', ',']).trim();
        // « le maire (Henri Calvignac) »
        let the_mayor = people::is_the_mayor(words) && self.people.listed(inner).is_some();
        let (words, inner) = if the_mayor { (inner, "") } else { (words, inner) };
        if self.people.is_clerk(words) || self.people.is_clerk(inner) {
            let clerk = self.people.office.personnel.secretaire_de_mairie.clone();
            self.roll.assistants.push(clerk.unwrap_or_else(|| words.to_owned()));
            return;
        }
        for name in self.whom(words, inner) {
            if fold(inner).contains("secretaire") && !fold(inner).contains("mairie") {
                self.roll.secretary = Some(name.clone());
            }
            if the_mayor || fold(role) == "maire" {
                self.roll.mayor = Some(name.clone());
            }
            self.marked(&name, inner, category);
        }
    }

    /// Reads a segment that is no name alone: a number, « tous », nobody, somebody who comes or
    /// goes, a proxy.
    fn is_no_single_name(&mut self, segment: &str, category: Category) -> bool {
        if let Ok(count) = segment.trim_matches(['(', ')']).parse() {
            self.count(category, count);
            return true;
        }
        if let Some(found) = EVERYONE.captures(segment).filter(|_| category == Category::Present) {
            self.roll.everyone = true;
            for part in found.name("out").map(|m| split(m.as_str())).unwrap_or_default() {
                self.segment(part, Category::Absent);
            }
            return true;
        }
        if NOBODY.is_match(segment) {
            return true;
        }
        // « pouvoirs : Ada en présente 3, les autres 1 » tells how many each holds.
        static HOLDS: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)\b(?:en\s+(?:pr[ée]sente|porte|a|d[ée]tient)|d[ée]tient|porte|les\s+autres)\s+(?:\p{L}+\s+)?\d",
            )
        });
        if category == Category::Represented && HOLDS.is_match(segment) {
            return true;
        }
        let moved = movement::read(&segment.replace(" qui ", " "), self.people, None, false);
        if !moved.is_empty() {
            self.roll.read += moved.len();
            moved.into_iter().for_each(|movement| push(movement, self.attendance));
            return true;
        }
        if let Some(proxy) = proxy::read(segment, category, self.people) {
            self.roll.read += 2;
            self.flag_proxy(segment);
            // « présents : Castillet (+ Grimonet) » names a holder who is there.
            if category == Category::Present && proxy::holder_first(segment, category, self.people)
            {
                self.place(&proxy.holder, Category::Present);
            }
            self.attendance.proxies.push(proxy);
            return true;
        }
        false
    }

    /// Whom the words mean, « moi » included; the brackets may say who that is.
    fn whom(&mut self, words: &str, inner: &str) -> Vec<String> {
        let me = matches!(fold(words).as_str(), "moi" | "moi-meme" | "je");
        let named = if me {
            let own = inner.split(',').find_map(|part| self.people.member(part));
            self.roll.me = self.roll.me.clone().or(own.clone());
            own.or_else(|| self.people.named(words))
        } else {
            None
        };
        match named {
            Some(name) => vec![name],
            // Without a sheet nobody says who the mayor is, but the mayor is there.
            None if people::is_the_mayor(words) && self.people.named(words).is_none() => {
                self.roll.mayor = Some(words.to_lowercase());
                vec![words.to_lowercase()]
            }
            None => self.resolve(words),
        }
    }

    /// A member with what the brackets say: late, gone early, or nothing of that.
    fn marked(&mut self, name: &str, inner: &str, category: Category) {
        let hour = facts(inner).into_iter().find_map(|f| match f.fact {
            Fact::Hour(hour) => Some(hour.to_french()),
            _ => None,
        });
        let (when, item) = movement::when(inner, None);
        let told = hour.is_some() || when != When::Unknown;
        if told && UNTIL.is_match(inner) {
            // « jusqu'au point 4 » takes part in it, « part au point 4 » may not.
            let when = match (when, fold(inner).starts_with("jusqu")) {
                (When::Before(n), true) => When::After(n),
                (when, _) => when,
            };
            let name = name.to_owned();
            let departure = Departure { name, hour, item, when, ..Departure::default() };
            self.place(&departure.name, category);
            push(Movement::Out(departure), self.attendance);
        } else if told && FROM.is_match(inner) {
            push(
                Movement::In(Arrival { name: name.to_owned(), hour, item, when }),
                self.attendance,
            );
        } else {
            self.place(name, category);
        }
    }

    /// The members that words name, or the words themselves, which will be flagged.
    fn resolve(&mut self, words: &str) -> Vec<String> {
        self.roll.read += 1;
        if !self.people.unknown(words)
            && let Some(name) = self.people.named(words)
        {
            return vec![name];
        }
        if let Some(listed) = self.people.roster.listed(words) {
            self.roll.read += listed.len() - 1;
            return listed
                .into_iter()
                .map(|m| self.people.roster.full_name(m).to_owned())
                .collect();
        }
        let known = self.people.named(words).filter(|n| self.people.roster.names().contains(n));
        if let Some(name) = known {
            return vec![name];
        }
        // « Mme Talmont archi »: what follows a name in small letters is no part of it.
        let words = if self.people.small_letters { words } else { named_part(words) };
        let small = words.split_whitespace().count() <= 3
            && words.chars().all(|c| c.is_alphabetic() || " .-'’".contains(c))
            && self.people.roster.names().len() > 1
            && words.chars().count() > 3;
        match self.people.listed(words).or_else(|| small.then(|| words.to_owned())) {
            Some(name) => {
                let name = people::surname_last(&name);
                self.roll.unknown.push((name.clone(), self.span.clone()));
                vec![name]
            }
            None => Vec::new(),
        }
    }

    /// Both names of a proxy are checked against the sheet.
    pub(super) fn flag_proxy(&mut self, segment: &str) {
        let Some((giver, holder)) = proxy::words(segment, self.people) else { return };
        for words in [giver, holder] {
            if self.people.unknown(&words)
                && let Some(name) = self.people.named(&words)
                && !self.people.roster.names().contains(&name)
            {
                self.roll.unknown.push((name, self.span.clone()));
            }
        }
    }

    /// Puts a name in the list of its category.
    pub(super) fn place(&mut self, name: &str, category: Category) {
        let list = match category {
            Category::Present => &mut self.attendance.present,
            Category::Absent => &mut self.attendance.absent,
            // A name under « pouvoirs » without a holder.
            Category::Excused | Category::Represented => &mut self.attendance.excused,
        };
        if !list.iter().any(|n| n == name) {
            list.push(name.to_owned());
        }
    }
}

/// The words without what somebody is, and what that is: « Ada Vernier (maire) ».
fn without_role(words: &str) -> (&str, &str) {
    match ROLE.captures(words) {
        Some(found)
            if !people::is_the_mayor(words.trim())
                && found.get(0).is_some_and(|m| people::holds_name(&words[..m.start()])) =>
        {
            let end = found.get(0).map_or(words.len(), |m| m.start());
            (&words[..end], found.get(1).map_or("", |m| m.as_str()))
        }
        _ => (words, ""),
    }
}

/// The words up to the last that has a capital.
fn named_part(words: &str) -> &str {
    let capital = |word: &str| word.chars().any(char::is_uppercase);
    if !words.split_whitespace().next().is_some_and(capital) {
        return words;
    }
    let mut end = words.len();
    while let Some((before, last)) = words[..end].rsplit_once(' ') {
        if last.is_empty() || !capital(last) {
            end = before.len();
        } else {
            break;
        }
    }
    let named = &words[..end];
    if people::holds_name(named) { named } else { words }
}

/// What a mark after a name says.
pub(super) fn state(mark: &str) -> Category {
    let folded = fold(mark);
    let word = folded.trim_start_matches([' ', ',', '(']);
    let word =
        ["est ", "sont ", "etait ", "etaient "].iter().fold(word, |w, p| w.trim_start_matches(p));
    if folded.contains("non exc")
        || folded.contains("sans excus")
        || word.starts_with("n'")
        || word.starts_with("pas")
        || word.starts_with("n ")
    {
        Category::Absent
    } else if word.starts_with("pre") {
        Category::Present
    } else if folded.contains("exc") {
        Category::Excused
    } else {
        Category::Absent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_a_name_in_small_letters_is_no_part_of_it() {
        assert_eq!(named_part("Mme Rivaud archi"), "Mme Rivaud");
        assert_eq!(named_part("Ève de Rivaud"), "Ève de Rivaud");
    }
}
