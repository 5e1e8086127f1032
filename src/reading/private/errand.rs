//! Reminders that whoever writes the notes typed to themselves or to a colleague: « racheter du
//! café », « poser mes congés », « Zoé, tu mets ça au propre ». They are no matter of the meeting.

use crate::reading::remark::holds_hard_fact;
use crate::reading::words;

/// Where a reminder is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tasks {
    /// Where nobody is given anything to do: minutes of councils and assemblies.
    Foreign,
    /// Where people share tasks: what is to be bought may be one.
    Shared,
}

// Somebody's own affairs: « ma fiche de paie », « mes RTT ».
words!(
    OWN,
    r"(?i)\b(?:ma|mon|mes)\s+(?:fiches?|paie|cong[ée]s?|rtt|heures|lundi|mardi|mercredi|jeudi|vendredi|samedi|rdv|rendez-vous|courses?|voiture|bulletin|chien|chat|enfants?|m[èe]re|p[èe]re|fille|fils|mari|femme)\b"
);
// « moi : rendre les clés », « à moi : … ».
words!(
    TO_MYSELF,
    r"(?i)^\W*(?:(?:[àa]\s+)?moi|perso|pour\s+moi|note\s+perso\w*|pense-b[êe]te|m[ée]mo)\s*[:,-]\s*(?:penser\s+[àa]\s+)?\p{L}+(?:er|ir|re)\b"
);
// What is brought or said to the family of whoever writes: « rendre la perceuse à mon frère ».
words!(
    FAMILY,
    r"(?i)^\W*(?:(?:ne\s+pas\s+oublier|penser|pense)\s+(?:de\s+|[àa]\s+|d['’])?)?\p{L}+(?:er|ir|re)\b[^.;]{0,40}\b(?:[àa]|pour|chez|avec|de)\s+(?:ma|mon|mes)\s+(?:(?:grande?|petite?|belle|beau)[\s-]+)?(?:s[œo]e?urs?|fr[eè]res?|m[eè]re|p[eè]re|maman|papa|fille|fils|mari|femme|conjointe?|cousine?s?|tante|oncle|neveux?|ni[eè]ces?|copine?|copain|amie?|voisine?|gendre|parents|enfants|petits-enfants)\b"
);
// What is bought, printed or put away for the office itself.
words!(
    CHORE,
    r"(?i)^\W*(?:(?:ne\s+pas\s+oublier|penser)\s+(?:de\s+|[àa]\s+|d['’])?)?(?:r?acheter|r?apporter|(?:re)?commander|r?appeler|rendre|r[ée]cup[ée]rer|imprimer|photocopier|scanner|num[ée]riser|plastifier|agrafer|relier|sauvegarder|recharger|ranger|reprendre|ramener|demander)\b.*\b(?:gobelets?|caf[ée]s?|sucre|papier|ramettes?|enveloppes?|timbres?|encre|cartouches?|toner|imprimante|photocopi\w+|cl[ée]s?|piles?|ampoules?|stylos?|agrafes?|classeurs?|essuie-\p{L}+|SAV|pain|lait|th[ée]|biscuits?|serviettes?|assiettes?|ordi(?:nateur)?|dictaphone|magn[ée]to\w*|enregistreur|batterie|chargeur|feuilles?\s+(?:d['’][ée]margement|de\s+pr[ée]sence)|saucisses?|g[âa]teaux?|lessive)\b"
);
// What runs out in a cupboard, and whoever writes thinks of buying again.
words!(
    STOCK,
    r"(?i)^\W*(?:ne\s+pas\s+oublier|penser)\s+(?:de\s+|[àa]\s+|d['’])?r?acheter\s+(?:du|des|de\s+la|de\s+l['’]|une?)\s*(?:caf[ée]|sucre|th[ée]|lait|ramettes?|papier|toner|encre|cartouches?|timbres?|enveloppes?|essuie-\p{L}+|piles?)\b"
);
// What says outright that it is a reminder.
words!(
    pub(super) REMIND,
    r"(?i)\b(?:rappelle|rappelez)[- ](?:moi|toi|nous)\b|^\W*(?:\p{L}{3,}\s*,\s*)?(?:me|m['’])\s*rappel\w+\b|\bn['’]?\s?oublie[sz]?\s+pas\s+de\s+(?:me|m['’]|nous)\b|\b(?:pense|penser|oublie|oublier)\s+(?:pas\s+)?(?:bien\s+)?(?:[àa]|de|d['’])\s*(?:mon|ma|mes)\b"
);
// What is said to who types the notes: « tu mets ça au propre ».
words!(
    TO_TYPIST,
    r"(?i)\b(?:tu|vous)\s+(?:me\s+|nous\s+)?(?:(?:re)?mets|(?:re)?mettez|enl[eè]ves|enlevez|coupes|vires|tapes|recopies|relis|arranges)\b|\b(?:re)?mettre\s+(?:[çc]a\s+|tout\s+[çc]a\s+)?au\s+propre\b|\b(?:[çc]a|tout)\s+au\s+propre\b"
);

/// Whether a line, a sentence or what stands in brackets is such a reminder: without a date, an
/// amount or anybody who would do it.
pub fn is_one(said: &str, tasks: Tasks) -> bool {
    if holds_hard_fact(said) {
        return tasks == Tasks::Foreign && TO_MYSELF.is_match(said);
    }
    let short = said.split_whitespace().count() <= 12;
    let chore = said.split_whitespace().count() <= 16 && CHORE.is_match(said);
    if REMIND.is_match(said) || TO_TYPIST.is_match(said) || FAMILY.is_match(said) {
        return true;
    }
    match tasks {
        Tasks::Foreign => chore || TO_MYSELF.is_match(said) || short && OWN.is_match(said),
        Tasks::Shared => {
            let own = said.trim_start().starts_with('(') && said.trim_end().ends_with(')');
            let told = TO_MYSELF.captures(said).is_some();
            let bare = without_lead(said);
            STOCK.is_match(said)
                || (own && chore)
                || (told && CHORE.is_match(bare))
                || (short && OWN_LEAD.is_match(said))
        }
    }
}

words!(LEAD, r"(?i)^\W*(?:(?:[àa]\s+)?moi|perso|pour\s+moi|pense-b[êe]te|m[ée]mo)\s*[:,-]\s*");
words!(
    OWN_LEAD,
    r"(?i)^\W*(?:penser\s+(?:[àa]\s+)?|ne\s+pas\s+oublier\s+)?(?:\p{L}+er|prendre|rendre)\s+(?:ma|mon|mes)\s"
);

fn without_lead(said: &str) -> &str {
    LEAD.find(said).and_then(|lead| said.get(lead.end()..)).unwrap_or(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reminders_are_told_from_matters() {
        let table = [
            ("- racheter des ampoules", true),
            ("moi : passer à la banque lundi", true),
            ("Lou, n'oublie pas de me rendre la clé", true),
            ("me rappeler de prendre le pain", true),
            ("Penser à rapporter l'escabeau à mon beau-frère.", true),
            ("aller chercher le gâteau chez ma tante", true),
            ("penser à commander des timbres !", true),
            ("* appeler le SAV du photocopieur, demander mon lundi", true),
            ("recharger la batterie de l'enregistreur", true),
            ("Zoé, rappelle-moi de prendre du pain", true),
            ("Odile tu tapes tout ça au propre merci", true),
            ("acheter un tracteur", false),
            ("acheter des gobelets réutilisables, 240 €", false),
            ("la commune commande un devis", false),
            ("Ada relance l'entreprise", false),
            ("rendre la caution aux locataires", false),
            ("achat de piles pour les détecteurs", false),
        ];
        for (line, expected) in table {
            assert_eq!(is_one(line, Tasks::Foreign), expected, "{line}");
        }
    }

    #[test]
    fn what_a_working_meeting_shares_out_is_no_reminder() {
        let table = [
            ("(racheter des ampoules)", true),
            ("perso : rapporter les clés", true),
            ("poser mes RTT", true),
            ("acheter des piles pour les détecteurs", false),
            ("moi : préparer la lettre aux riverains", false),
            ("imprimer les feuilles d'émargement", false),
        ];
        for (line, expected) in table {
            assert_eq!(is_one(line, Tasks::Shared), expected, "{line}");
        }
    }
}
