//! Reminders that whoever writes the notes typed to themselves: « racheter du café », « poser mes
//! congés ». They are no matter of the meeting.

use std::sync::LazyLock;

use regex::Regex;

use crate::reading::pattern;
use crate::reading::remark::holds_hard_fact;

/// Somebody's own affairs: « ma fiche de paie », « mes RTT ».
static OWN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:ma|mon|mes)\s+(?:fiches?|paie|cong[ée]s?|rtt|heures|lundi|mardi|mercredi|jeudi|vendredi|samedi|rdv|rendez-vous|courses?|voiture|bulletin|chien|chat|enfants?|m[èe]re|p[èe]re|fille|fils|mari|femme)\b",
    )
});
/// « moi : rendre les clés ».
static TO_MYSELF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:moi|perso|pour\s+moi|note\s+perso\w*)\s*[:,-]\s*(?:penser\s+[àa]\s+)?\p{L}+(?:er|ir|re)\b",
    )
});
/// What is bought, printed or put away for the office itself.
static CHORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:\p{L}+\s*,\s*)?(?:(?:ne\s+pas\s+oublier|penser?|rappelle[- ]toi|n['’]oublie\s+pas)\s+(?:de\s+|[àa]\s+|d['’])?)?(?:scanner|num[ée]riser|r?acheter|r?apporter|(?:re)?commander|r?appeler|rendre|r[ée]cup[ée]rer|imprimer|photocopier|ranger|reprendre|ramener|demander)\b.*\b(?:gobelets?|caf[ée]s?|sucre|papier|ramettes?|enveloppes?|timbres?|feuilles?|encre|cartouches?|toner|imprimante|photocopi\w+|cl[ée]s?|piles?|ampoules?|stylos?|agrafes?|classeurs?|essuie-\p{L}+|SAV|pain|lait|th[ée]|biscuits?|serviettes?|assiettes?|ordi(?:nateur)?)\b",
    )
});

/// Whether a line is such a reminder: without a date, an amount or anybody who would do it.
pub(super) fn is_one(line: &str) -> bool {
    let words = line.split_whitespace().count();
    TO_MYSELF.is_match(line)
        || words <= 14 && !holds_hard_fact(line) && (OWN.is_match(line) || CHORE.is_match(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reminders_are_told_from_what_the_meeting_decides() {
        let table = [
            ("- racheter des ampoules", true),
            ("moi : passer à la banque lundi", true),
            ("penser à commander des timbres !", true),
            ("* appeler le SAV du photocopieur, demander mon lundi", true),
            ("acheter un tracteur", false),
            ("acheter des gobelets réutilisables, 240 €", false),
            ("la commune commande un devis", false),
            ("Ada relance l'entreprise", false),
            ("rendre la caution aux locataires", false),
        ];
        for (line, expected) in table {
            assert_eq!(is_one(line), expected, "{line}");
        }
    }
}
