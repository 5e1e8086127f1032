//! What a heading tells beside the title of its item: who presents it, facts that the agenda does not
//! hold, what a bracket adds.

use std::sync::LazyLock;

use regex::Regex;

use super::Reader;
use crate::reading::remark;
use crate::reading::{expand_facts, facts, fold, pattern};
use crate::task::expand::has_verb;
use crate::task::minutes::person::is_first_name;
use crate::task::minutes::record::Item;
use crate::task::minutes::structure::Section;
use crate::task::minutes::title::in_small_letters;

impl Reader<'_> {
    /// Adds to an item what its heading tells; the title is that of the agenda if there is one.
    pub(super) fn heading(&self, section: &Section<'_>, title: &str, item: &mut Item) {
        if let Some(presenter) = presenter(&section.heading) {
            item.clauses.push(format!("{presenter} présente le dossier"));
        }
        if let Some(aside) = self.qualifier(&section.heading) {
            item.title = format!("{} ({aside})", item.title);
        }
        item.clauses.extend(self.untold(section, title, item));
        item.clauses.extend(self.in_brackets(&section.heading));
    }

    /// « fête du village samedi 20 juin 2026 : … »: a heading may hold facts that the title of the
    /// agenda does not.
    fn untold(&self, section: &Section<'_>, title: &str, item: &Item) -> Option<String> {
        let expanded = format!("{} {}", expand_facts(title), item.title);
        let written = expand_facts(&section.heading);
        let untold = facts(&written)
            .into_iter()
            .any(|f| written.get(f.span).is_some_and(|fact| !expanded.contains(fact)));
        if !untold || section.lines.first().is_some_and(|p| p.text.starts_with(&section.heading)) {
            return None;
        }
        let shouted = !section.heading.chars().any(char::is_lowercase);
        let heading =
            if shouted { in_small_letters(&section.heading) } else { section.heading.clone() };
        // Who presents it is told by a sentence of its own.
        let bare = match heading.split_once(" (") {
            Some((title, rest)) if !self.roster.mentions(rest).is_empty() => title,
            _ => heading.as_str(),
        };
        Some(self.with_names(bare))
    }

    /// « chemin des fontaines (Estravel) »: a member in brackets presents the item.
    fn in_brackets(&self, heading: &str) -> Option<String> {
        let (_, rest) = heading.split_once('(')?;
        let mentions = self.roster.mentions(rest);
        let (member, span) = mentions.first()?;
        let inside = rest.split(')').next().unwrap_or(rest);
        let beside = inside.split_whitespace().count();
        let named = rest.get(span.clone()).map_or(0, |name| name.split_whitespace().count());
        Some(if beside <= named + 2 {
            format!("{} présente le dossier", self.roster.full_name(*member))
        } else {
            // « sous (Ada tient la caisse) » says something else.
            self.with_names(inside)
        })
    }

    /// What a bracket at the end of a heading adds to its title: « (art. 3) », « (toiture) »; not
    /// who presents the item, nor how it is treated.
    fn qualifier(&self, heading: &str) -> Option<String> {
        static LAST: LazyLock<Regex> =
            LazyLock::new(|| pattern(r"\(([^()]{2,50})\)(?:\s*,\s*sans\s+vote)?\W*$"));
        static TREATED: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)\b(?:suite|infos?|information|d[ée]bat|votes?|vot[ée]\w*|discussion|huis|rapporteur|pas\s+pr[ée]vu|hors|ajout\w*)\b",
            )
        });
        let inside = LAST.captures(heading)?.get(1)?.as_str().trim();
        if inside.split('-').all(|part| is_first_name(&fold(part))) {
            return None;
        }
        let plain = (1..=4).contains(&inside.split_whitespace().count())
            && !TREATED.is_match(inside)
            && self.roster.mentions(inside).is_empty()
            && remark::classify(inside).is_none()
            && !has_verb(inside)
            && !has_verb(&inside.to_lowercase());
        plain.then(|| expand_facts(inside))
    }
}

/// « RAPPORT MORAL (Ada) »: a first name alone in brackets, of somebody no list names.
fn presenter(heading: &str) -> Option<&str> {
    let inside = heading.trim_end().strip_suffix(')')?.rsplit_once('(')?.1.trim();
    // « (Ada présente) »
    static PRESENTS: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)\s+(?:pr[ée]sente|rapporte|expose)$"));
    let inside = PRESENTS.find(inside).map_or(inside, |verb| &inside[..verb.start()]);
    let given = inside.starts_with(char::is_uppercase)
        && inside.split('-').all(|part| is_first_name(&fold(part)));
    given.then_some(inside)
}
