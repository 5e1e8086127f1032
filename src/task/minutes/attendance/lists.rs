//! Lists of names and sentences that stand for one: « tous présents sauf Ada », « Luc est excusé », « Ada
//! a donné pouvoir à Luc ».

use std::sync::LazyLock;

use regex::Regex;

use super::heads::Head;
use super::segment::{EVERYONE, NO_NEWS, NOBODY, STATE, state};
use super::{Category, Reader, in_a_row};
use crate::reading::{fold, pattern};
use crate::task::minutes::people::{looks_like_name, segments, split};
use crate::task::minutes::record::Proxy;
use crate::task::minutes::{proxy, run};

static MISSING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:(?:il\s+)?manque(?:nt)?|pas\s+l[àa]|sans\s+nouvelles?\s+de)\s*:?\s+(.+)$|^de\s+(.+?),?\s+aucune?\s+nouvelles?\W*$",
    )
});
/// A civility before several names: « MM. Ripotier et Falgas ».
static SEVERAL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:(MM\.?|Messieurs|MM)|(Mmes\.?|Mesdames))\s+"));
static ONE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:Mmes?|MM?\.?|Mr|Mlle|Madame|Monsieur)\s"));

impl Reader<'_> {
    /// A list under its category.
    pub(super) fn listed(&mut self, list: &str, head: &Head) {
        if let Some(count) = head.count {
            self.count(head.category, count);
        }
        // « Représentés : 8   Votants : 37 » goes on with another number.
        static NUMBER: LazyLock<Regex> =
            LazyLock::new(|| pattern(r"^(\d{1,4})(?:\s*[-–(]|\s+\p{L}|$)"));
        if let Some(count) = NUMBER.captures(list).and_then(|f| f.get(1)?.as_str().parse().ok()) {
            self.count(head.category, count);
            return;
        }
        // « Ada, Luc, Ève = 3 »
        static SUM: LazyLock<Regex> = LazyLock::new(|| {
            pattern(r"\s*(?:=|soit)\s*(\d{1,3})(?:\s+(?:pr[ée]sents?|votants?))?\W*$")
        });
        let list = match SUM.captures(list) {
            Some(found) => {
                if let Ok(count) = found[1].parse() {
                    self.count(head.category, count);
                }
                &list[..found.get(0).map_or(list.len(), |m| m.start())]
            }
            None => list,
        };
        self.roll.open = Some(head.category);
        if head.category == Category::Present
            && let Some(found) = EVERYONE.captures(list)
        {
            self.roll.everyone = true;
            let out = found.name("out").map_or("", |m| m.as_str());
            for segment in segments(out) {
                self.segment(&segment, Category::Absent);
            }
            return;
        }
        if let Some((names, _)) = in_a_row(list, self.people) {
            for name in names {
                self.roll.read += 1;
                self.place(&name, head.category);
            }
            return;
        }
        let mut civility = "";
        let run = run::names(list).filter(|_| self.people.roster.listed(list).is_none());
        for named in run.iter().flatten() {
            self.roll.read += 1;
            if let Some(short) = &named.short {
                self.roll.called.push((short.clone(), named.name.clone()));
            }
            self.place(&named.name, head.category);
        }
        if run.is_some() {
            return;
        }
        for segment in segments(list) {
            let segment = match SEVERAL.captures(&segment) {
                Some(found) => {
                    civility = if found.get(1).is_some() { "M. " } else { "Mme " };
                    let whole = found.get(0).map_or(0, |m| m.end());
                    format!("{civility}{}", &segment[whole..])
                }
                None if ONE.is_match(&segment) => {
                    civility = "";
                    segment
                }
                None => format!("{civility}{segment}"),
            };
            self.segment(&segment, head.category);
        }
    }

    /// « tous présents sauf Ada (exc) et Luc ».
    pub(super) fn everyone(&mut self, text: &str) -> bool {
        let Some(found) = EVERYONE.captures(text) else { return false };
        let folded = fold(text);
        if !["present", " la", "complet"].iter().any(|w| folded.contains(w)) {
            return false;
        }
        self.roll.everyone = true;
        if let Some(out) = found.name("out") {
            for segment in segments(out.as_str()) {
                self.segment(&segment, Category::Absent);
            }
        }
        true
    }

    /// A line of proxies without a heading: « Ada a donné pouvoir à Luc ».
    pub(super) fn proxies(&mut self, text: &str) -> bool {
        // « et Madame Nivernol avait fait de même, à Madame Vaubresson également »
        let text =
            text.replace("fait de même,", "donné pouvoir").replace("fait de même", "donné pouvoir");
        let segments = segments(text.trim_end_matches('.').trim_end_matches(" également"));
        let found: Option<Vec<_>> = segments
            .iter()
            .enumerate()
            .map(|(index, s)| {
                // « Ada a donné pouvoir à Luc, Ève à Zoé »
                proxy::read(s, Category::Absent, self.people).filter(|_| proxy::named(s)).or_else(
                    || {
                        let both = |p: &Proxy| {
                            let names = self.people.roster.names();
                            names.contains(&p.giver) && names.contains(&p.holder)
                        };
                        proxy::read(s, Category::Represented, self.people)
                            .filter(|p| index > 0 && both(p))
                    },
                )
            })
            .collect();
        let Some(found) = found.filter(|f| !f.is_empty()) else { return false };
        for proxy in found {
            self.roll.read += 2;
            self.attendance.proxies.push(proxy);
        }
        for segment in &segments {
            self.flag_proxy(segment);
        }
        true
    }

    /// « Quérimont abs », « Ada et Luc sont excusés », « Luc n'est pas là », and several of these
    /// that wide spaces part.
    pub(super) fn states(&mut self, text: &str) -> bool {
        static WIDE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s{2,}|\t"));
        let parts: Vec<&str> = WIDE.split(text.trim()).filter(|part| !part.is_empty()).collect();
        if parts.len() > 1 && parts.iter().all(|p| STATE.is_match(p) || NO_NEWS.is_match(p)) {
            let mut read = false;
            for part in parts {
                read |= self.state_of(part);
            }
            return read;
        }
        self.state_of(text)
    }

    fn state_of(&mut self, text: &str) -> bool {
        if let Some(who) = MISSING.captures(text).and_then(|f| f.get(1).or(f.get(2))) {
            let all: Vec<&str> =
                split(who.as_str()).into_iter().map(|s| s.trim_start_matches("de ")).collect();
            if all.iter().all(|s| self.people.member(s).is_some() || looks_like_name(s)) {
                for segment in all {
                    self.segment(segment, Category::Absent);
                }
                return true;
            }
        }
        // « Talmont absent (comme d'habitude) »
        let text = match text.rsplit_once('(') {
            Some((before, aside)) if aside.trim_end().ends_with(')') => {
                let plain = !aside.chars().any(|c| c.is_ascii_digit() || c.is_uppercase());
                let told = proxy::named(aside) || STATE.is_match(aside.trim_end_matches(')'));
                if plain && !told { before.trim_end() } else { text }
            }
            _ => text,
        };
        let typed = text;
        let bare = NO_NEWS.find(text).map_or(text, |said| &text[..said.start()]);
        let text = if STATE.is_match(text) { text } else { bare };
        let Some(found) = STATE.find(text) else {
            // « Labrugne, pas de nouvelles »
            let all: Vec<&str> = if bare.len() < typed.len() { split(bare) } else { Vec::new() };
            let known = !all.is_empty() && all.iter().all(|s| self.people.member(s).is_some());
            for segment in all.iter().filter(|_| known) {
                self.segment(segment, Category::Absent);
            }
            return known;
        };
        let who = text[..found.start()].trim();
        let all = segments(who);
        let known = !all.is_empty()
            && all.iter().all(|s| {
                self.people.member(s).is_some()
                    || self.people.roster.listed(s).is_some()
                    || (looks_like_name(s) && self.people.named(s).is_some())
                    || proxy::read(s, Category::Absent, self.people).is_some()
                    || STATE.is_match(s)
            });
        if !known || who.split_whitespace().count() > 40 {
            return false;
        }
        let category = state(found.as_str());
        for segment in all {
            self.segment(&segment, category);
        }
        true
    }

    /// A line that goes on with the category of the one before: nothing but names.
    pub(super) fn goes_on(&mut self, text: &str, category: Category) -> bool {
        let all = segments(text);
        let names = !text.contains(':')
            && !all.is_empty()
            && all.iter().all(|s| {
                self.people.member(s).is_some()
                    || self.people.roster.listed(s).is_some()
                    || proxy::read(s, category, self.people).is_some()
                    || (looks_like_name(s)
                        && s.split_whitespace().count() >= 2
                        && !s.chars().any(|c| c.is_ascii_digit()))
                    || NOBODY.is_match(s)
            });
        if names {
            self.roll.open = Some(category);
            for segment in all {
                self.segment(&segment, category);
            }
        }
        names
    }
}
