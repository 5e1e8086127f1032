//! Notes that order the letter from whoever types it: « Odile, tu me fais la réponse pour la chorale,
//! datée du … », « C'est à M. Roche, 3 rue Basse, chez nous ».

use super::Reader;
use crate::notes::Span;
use crate::reading::name::candidate_names;
use crate::reading::remark;
use crate::reading::words;
use crate::task::letter::address;
use crate::task::letter::line::{Slot, slot};
use crate::task::wording;

impl Reader<'_> {
    /// A first line that orders the letter: what it is about, and the fields that it gives. Whether
    /// it was one.
    pub(super) fn ordered(&mut self, line: &str, span: &Span) -> bool {
        let Some(found) = ORDERED.captures(line.trim()) else { return false };
        let mut clauses = remark::clauses(&found["rest"]).into_iter().peekable();
        let about = ABOUT.captures(clauses.next().unwrap_or_default());
        let about = about.map(|about| PLEASE.replace(about["about"].trim(), "").trim().to_owned());
        if let Some(about) = about.filter(|about| !about.is_empty()) {
            if address::civil_name(&about).is_some() {
                // Title, body and street follow the name, up to the first field.
                let mut who = about;
                while let Some(more) =
                    clauses.next_if(|clause| slot(clause.trim(), self.letter.purpose).is_none())
                {
                    who = format!("{who}, {}", more.trim().trim_end_matches('.'));
                }
                let who = self.at_home(&who);
                self.recipient(&who, span.clone());
            } else if address::names_body(&about) {
                self.place_note = Some(wording::capital(&wording::clean(&about)));
            } else {
                self.letter.subject = Some(wording::capital(&wording::clean(&about)));
            }
        }
        for clause in clauses {
            let clause = clause.trim().trim_end_matches('.');
            match slot(clause, self.letter.purpose) {
                Some(slot) if !matches!(slot, Slot::Body(_)) => {
                    self.line(clause, Some(slot), span.clone());
                }
                _ if TYPED.is_match(clause) || PLEASE.is_match(clause) => {}
                own => self.line(clause, own, span.clone()),
            }
        }
        true
    }

    /// « C'est à Anne Roy, 3 rue Basse, chez nous »: who is written to. Whether the line said it.
    pub(super) fn told_recipient(&mut self, line: &str, span: &Span) -> bool {
        if !self.letter.recipient.block().is_empty() {
            return false;
        }
        let Some(found) = IT_IS.captures(line.trim()) else { return false };
        let who = self.at_home(&found["who"]);
        let named = candidate_names(&who).first().is_some_and(|name| name.start == 0);
        let civil = CIVIL.is_match(&who);
        if !(civil || named && address::holds_street(&who)) {
            return false;
        }
        self.recipient(&who, span.clone());
        true
    }

    /// « …, chez nous »: the town of the sheet.
    fn at_home(&self, who: &str) -> String {
        let body = &self.office.organisme;
        let (Some(code), Some(town)) = (&body.code_postal, &body.nom) else {
            return who.to_owned();
        };
        AT_HOME.replace(who, regex::NoExpand(&format!(", {code} {town}"))).into_owned()
    }
}

words!(
    ORDERED,
    r"(?i)^\W*(?:(?-i:\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?),?\s+)?(?:bonjour,?\s+)?(?:(?:(?:est-ce\s+que\s+)?tu\s+(?:me\s+|nous\s+)?(?:fais|feras|[ée]cris|pr[ée]pares|tapes|r[ée]diges|(?:peux|pourrais)\s+(?:me\s+|nous\s+)?(?:faire|[ée]crire|pr[ée]parer|taper|r[ée]diger)))|je\s+te\s+dicte|(?:peux|pourrais)-tu\s+(?:me\s+|nous\s+)?(?:faire|[ée]crire|pr[ée]parer|taper|r[ée]diger)|(?:fais|pr[ée]pare|tape|r[ée]dige)-(?:moi|nous)|il\s+(?:me|nous)\s+(?:faut|faudrait))\s+(?:une?\s+|la\s+|le\s+|l['’])?(?:lettre|courrier|r[ée]ponse|e?-?mail|courriel|mot|message)\b(?P<rest>.*)$"
);
words!(
    ABOUT,
    r"(?i)^\s*(?:de\s+(?:refus|r[ée]ponse|relance|rappel|remerciements?)\s+)?(?:[àa]\s+(?:la\s+|l['’])?|aux?\s+|pour\s+(?:les?\s+|la\s+|l['’])?|sur\s+(?:les?\s+|la\s+|l['’])?|concernant\s+(?:les?\s+|la\s+|l['’])?)(?P<about>[^.]+)"
);
words!(PLEASE, r"(?i)\s*\b(?:s['’]il (?:te|vous) pla[iî]t|stp|svp|merci)\W*$");
words!(TYPED, r"(?i)^(?:tu|vous) (?:me |nous )?(?:mets|mettez|tapes|fais|faites|reprends)\b");
words!(
    IT_IS,
    r"(?i)^(?:c['’]est|elle est|il est|la lettre est|le courrier est|[àa] envoyer|[àa] adresser|destin[ée]e?|adress[ée]e?)\s+(?:(?:adress[ée]e?|destin[ée]e?)\s+)?(?:pour\s+|[àa]\s+)?(?P<who>\p{L}.*?)[. ]*$"
);
words!(CIVIL, r"^(?:M\.|M |Mr\b|Mme|Mlle|Monsieur|Madame)\s?");
words!(
    AT_HOME,
    r"(?i),\s*(?:de\s+)?(?:chez\s+nous|ici(?:\s+m[êe]me)?|dans\s+la\s+commune|au\s+bourg|au\s+village)(?:,?\s+\d{5})?$"
);

#[cfg(test)]
mod tests {
    use crate::notes::Notes;
    use crate::office::Office;
    use crate::task::letter::read::{Reading, read};
    use crate::task::letter::record::{Form, Purpose};

    fn of(notes: &str) -> Reading {
        let office: Office = toml::from_str(
            "[organisme]\nnom = \"Trévol\"\nnature = \"commune\"\ncode_postal = \"00120\"",
        )
        .unwrap();
        let notes = Notes::from_text(notes).unwrap();
        read(&notes, &office, Form::Letter, Purpose::Refusal)
    }

    #[test]
    fn an_order_to_type_a_letter_gives_its_fields_and_is_no_object() {
        for (first, subject, date) in [
            (
                "Odile, tu me fais la lettre pour les platanes, datée du 3 mars 2027",
                Some("Platanes"),
                Some("3 mars 2027"),
            ),
            (
                "Zoé je te dicte la réponse pour le préau, tu mets ça au propre.",
                Some("Préau"),
                None,
            ),
            ("Fais-moi un courrier pour la grille du lavoir stp", Some("Grille du lavoir"), None),
            ("Il nous faudrait une lettre, en recommandé", None, None),
            ("Peux-tu rédiger une réponse pour le club de tir, nos réf AB/2027-4", None, None),
        ] {
            let reading = of(&format!("{first}\nil veut un banc"));
            let letter = &reading.letter;
            assert_eq!(letter.subject.as_deref(), subject, "{first}");
            assert_eq!(letter.date.as_deref(), date, "{first}");
            assert!(letter.recipient.name.is_none(), "{first}");
        }
    }

    #[test]
    fn an_order_may_tell_who_is_written_to() {
        let reading = of(
            "Zoé, il me faut un courrier pour Mme Irma Galvone, gérante du camping du Lac, 4 route Haute, ici, en recommandé avec AR, daté du 8 mars 2027\nelle demande une terrasse",
        );
        let letter = &reading.letter;
        assert_eq!(
            letter.recipient.block(),
            ["Madame Irma Galvone", "Gérante du camping du Lac", "4 route Haute", "00120 Trévol"]
        );
        assert_eq!(letter.date.as_deref(), Some("8 mars 2027"));
        assert_eq!(letter.sending.len(), 1);
    }

    #[test]
    fn who_is_written_to_may_be_told_in_a_sentence() {
        for (line, name, title, last) in [
            (
                "C'est M. Paul Roche, président des Archers du Lac, 3 rue Basse, chez nous 00120.",
                "Paul Roche",
                Some("Président"),
                "00120 Trévol",
            ),
            (
                "C'est à Camille Roy, 12 route du Bois, chez nous.",
                "Camille Roy",
                None,
                "00120 Trévol",
            ),
            (
                "À envoyer à Mme Irma Galvone, 5 quai Neuf, 00310 Corvelin",
                "Irma Galvone",
                None,
                "00310 Corvelin",
            ),
        ] {
            let reading = of(&format!("Odile tu me fais la lettre pour les bancs\n{line}\nrefus"));
            let recipient = &reading.letter.recipient;
            assert_eq!(recipient.name.as_deref(), Some(name), "{line}");
            assert_eq!(recipient.title.as_deref(), title, "{line}");
            assert_eq!(recipient.address.last().map(String::as_str), Some(last), "{line}");
        }
        let reading = of("refus\nC'est la commune qui paie les bancs, 3 en tout");
        assert!(reading.letter.recipient.name.is_none());
    }
}
