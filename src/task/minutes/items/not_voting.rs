//! Members who leave the room or take no part in a vote.

use std::sync::LazyLock;

use regex::Regex;

use super::Reader;
use crate::notes::Span;
use crate::reading::pattern;
use crate::task::minutes::record::Item;

static NOT_VOTING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bsort(?:ent|ant)?\b|\b(?:est|sont|[ée]tait|[ée]taient|,|\()\s*sorti(?:e|s|es)?\b|^\W*\p{Lu}[\p{L}' -]{2,30}\s+sorti(?:e|s|es)?\b|\bquitt(?:e|ent|ant|[ée]e?)\b|\bse\s+retire(?:nt)?\b|\bs['’]est\s+retir|\b(?:ne\s+)?(?:vote|votent|prend|prennent|participe|participent)\s+(?:donc\s+)?pas\b|\bne\s+(?:prend|prennent|participe|participent)\s+(?:part\s+)?ni\b|\bpas\s+(?:pris\s+)?part\b|\bd[ée]port|\bsans\s+prendre\s+part\b|\b(?:n['’]\s?)?(?:a|ont)\s+pas\s+(?:vot|particip)|\ben\s+restant\s+hors\b",
    )
});
pub(super) static THE_MAYOR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bl[ea]\s+maire\b"));

impl Reader<'_> {
    /// Notes the members that a clause says not to vote; who presides in their place does.
    pub(super) fn leave_out(&self, clause: &str, item: &mut Item) {
        for name in self.not_voting(clause) {
            if !item.not_voting.contains(&name) && item.chair.as_ref() != Some(&name) {
                item.not_voting.push(name);
            }
        }
    }

    /// Members who leave or do not vote: those named last before the verb, else after it.
    pub(super) fn not_voting(&self, clause: &str) -> Vec<String> {
        let Some(verb) = NOT_VOTING.find(clause) else { return Vec::new() };
        let mut named: Vec<(String, Span)> = self
            .roster
            .mentions(clause)
            .into_iter()
            .map(|(member, span)| (self.roster.full_name(member).to_owned(), span))
            .collect();
        if let (Some(mayor), Some(found)) = (self.mayor, THE_MAYOR.find(clause)) {
            named.push((mayor.clone(), found.range()));
            named.sort_by_key(|(_, span)| span.start);
        }
        let before: Vec<_> = named.iter().filter(|(_, s)| s.end <= verb.start()).collect();
        if before.is_empty() {
            return named.into_iter().map(|(name, _)| name).collect();
        }
        let mut names: Vec<String> = Vec::new();
        let mut next = verb.start();
        for (name, span) in before.into_iter().rev() {
            let gap = clause.get(span.end..next).unwrap_or_default();
            let joined = matches!(gap.trim(), "et" | "," | "+" | "/" | "&");
            if !names.is_empty() && !joined {
                break;
            }
            names.insert(0, name.clone());
            next = span.start;
        }
        names
    }
}
