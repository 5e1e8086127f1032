//! What becomes of an item on which nobody votes.

use std::sync::LazyLock;

use regex::Regex;

use super::record::Outcome;
use crate::reading::pattern;

/// What becomes of an item without a vote, when a clause says so.
pub(super) fn outcome(clause: &str) -> Option<Outcome> {
    static POSTPONED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^\W*(?:(?:le\s+|ce\s+)?(?:point|sujet|dossier|d[ée]lib\w*|vote)\s+(?:est\s+)?)?(?:(?:donc\s+)?on\s+(?:ajourne|reporte)|ajourn[ée]e?s?|report[ée]e?s?|remise?\s+[àa]\s+(?:la\s+prochaine|plus\s+tard)|diff[ée]r[ée]e?s?)(?:[^\p{L}]|$)",
        )
    });
    static WITHDRAWN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^\W*(?:(?:le\s+|ce\s+)?(?:point|sujet|dossier|d[ée]lib\w*)\s+(?:est\s+)?)?retir[ée]e?s?(?:\s+d[eu]\s+l?['’]?\s?(?:ordre\s+du\s+jour|odj))?(?:[^\p{L}]|$)",
        )
    });
    static NO_VOTE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^\W*(?:pas\s+de\s+(?:vote|d[ée]lib\w*)|sans\s+vote|pour\s+info(?:rmation)?|simple\s+info\w*|info(?:rmation)?|(?:le\s+conseil\s+)?prend\s+acte|dont\s+acte)\W*$",
        )
    });
    [
        (&POSTPONED, Outcome::Postponed),
        (&WITHDRAWN, Outcome::Withdrawn),
        (&NO_VOTE, Outcome::Information),
    ]
    .into_iter()
    .find(|(re, _)| re.is_match(clause))
    .map(|(_, outcome)| outcome)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_are_read_at_the_head_of_a_clause() {
        for (clause, expected) in [
            ("ajourné", Some(Outcome::Postponed)),
            ("point reporté à la prochaine séance", Some(Outcome::Postponed)),
            ("retiré de l'ordre du jour", Some(Outcome::Withdrawn)),
            ("pas de vote", Some(Outcome::Information)),
            ("pour info", Some(Outcome::Information)),
            ("le conseil prend acte", Some(Outcome::Information)),
            ("travaux reportés au printemps par l'entreprise", None),
            ("info travaux rue Haute", None),
        ] {
            assert_eq!(outcome(clause), expected, "{clause}");
        }
    }
}
