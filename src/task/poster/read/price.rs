//! Prices that the notes leave open: « 5 € ou 6 € ? », « tarif pas encore fixé ».

use super::Reader;
use crate::finding::{Finding, FindingKind};
use crate::notes::Span;
use crate::reading::{Fact, facts, words};
use crate::task::poster::record::{BlockKind, Line};
use crate::task::{aside, wording};

impl Reader<'_> {
    /// The line with a blank in the place of a price between two, which a finding tells.
    pub(super) fn undecided(&mut self, line: &str, span: &Span) -> String {
        let Some(found) = BETWEEN_TWO.find(line).or_else(|| NOT_FIXED.find(line)) else {
            return line.to_owned();
        };
        self.findings.push(Finding::check(
            FindingKind::Uncertain,
            Some(span.clone()),
            format!("Tarif à compléter, vos notes ne le fixent pas : « {line} »"),
        ));
        let before = line.get(..found.start()).unwrap_or_default().trim_end();
        let after = line.get(found.end()..).unwrap_or_default();
        let opens = before.is_empty() || before.ends_with([',', ':', '(', '-', '–']);
        let link = if opens { " " } else { " : " };
        format!("{before}{link}{}{after}", wording::blank("tarif")).trim().to_owned()
    }
}

impl Reader<'_> {
    /// « finalement gratuit, enlever les 3 € »: no line tells the price any more; whether the line
    /// said so.
    pub(super) fn free_now(&mut self, line: &str, span: &Span) -> bool {
        if !FREE_NOW.is_match(line) {
            return false;
        }
        let amounts = |text: &str| -> Vec<u64> {
            let found = facts(text).into_iter();
            found
                .filter_map(|f| if let Fact::Amount(a) = f.fact { Some(a.cents) } else { None })
                .collect()
        };
        let named = amounts(line);
        let of_entry = |text: &str| match named.as_slice() {
            [] => ENTRY.is_match(text),
            named => amounts(text).iter().any(|cents| named.contains(cents)),
        };
        let mut old = Vec::new();
        for told in &mut self.sessions {
            old.extend(told.session.price.take_if(|price| of_entry(price) || named.is_empty()));
        }
        self.poster.lines.retain(|held| {
            let goes = held.block == BlockKind::Prices && of_entry(&held.text);
            old.extend(goes.then(|| held.text.clone()));
            !goes
        });
        old.dedup();
        let what = if old.is_empty() {
            "gratuit".to_owned()
        } else {
            format!("gratuit au lieu de {}", old.join(", "))
        };
        self.findings.push(aside::correction(&what, line, span.clone()));
        self.poster.lines.push(Line {
            block: BlockKind::Prices,
            rank: 1,
            text: "Gratuit".into(),
            span: span.clone(),
        });
        true
    }

    /// « moins de 16 ans ou moins de 12, Odile vérifie »: an age between two is left to complete.
    pub(super) fn age_between(&mut self, line: &str, span: &Span) -> String {
        let Some(found) = TWO_AGES.find(line) else { return line.to_owned() };
        self.findings.push(Finding::check(
            FindingKind::Uncertain,
            Some(span.clone()),
            format!("Âge à compléter, vos notes en doutent : « {line} »"),
        ));
        let before = line.get(..found.start()).unwrap_or_default().trim_end_matches([' ', ',']);
        let after = line.get(found.end()..).unwrap_or_default();
        if before.is_empty() {
            return String::new();
        }
        format!("{before} ([À COMPLÉTER : âge]){after}")
    }
}

words!(
    FREE_NOW,
    r"(?i)\bgratuite?s?\b.*\b(?:finalement|au final|maintenant)\b|\b(?:finalement|au final|donc|rectif\w*|maintenant)\b.*\bgratuite?s?\b|\bgratuite?s?\b.*\b(?:enlever|retirer|supprimer|plus) (?:le tarif|les prix|les? \d|de \d)"
);
words!(ENTRY, r"(?i)^(?:entr[ée]e|tarif|prix|plein tarif|place)s?\b|^\d+(?:,\d+)? ?€$");
words!(
    TWO_AGES,
    r"(?i),?\s*(?:(?:pour )?les\s+)?(?:moins de |- de |plus de |d[èe]s |[àa] partir de )?\d{1,2}(?: ans)? ou (?:(?:de )?(?:moins de|plus de)|d[èe]s|[àa] partir de)? ?\d{1,2}(?: ans)?\s*(?:\?+|[,;(]?\s*(?:(?:\p{L}+ (?:v[ée]rifie|confirme|demande|regarde|voit|doit \p{L}+)|[àa] (?:voir|v[ée]rifier|confirmer|d[ée]cider)|(?:je |on )?(?:ne )?sai[st] (?:plus|pas))\b\)?[.\s]*)+)"
);
words!(
    BETWEEN_TWO,
    r"(?i)\b\d+(?:[,.]\d+)?\s*(?:€|euros?)\s*\(\s*(?:ou )?\d+(?:[,.]\d+)?\s*(?:€|euros?)?\s*\?+\s*\)|\b\d+(?:[,.]\d+)?\s*(?:(?:€|euros?|e)\s*(?:ou|/|-)\s*\d+(?:[,.]\d+)?(?:\s*(?:€|euros?\b|e\b))?|(?:ou|/|-)\s*\d+(?:[,.]\d+)?\s*(?:€|euros?\b|e\b))\s*(?:\?[\s?]*|[,;(]?\s*(?:(?:[àa]|faut|faudra|on va|il faut)\s+(?:voir|revoir|d[ée]cider|fixer|confirmer|trancher)\b|pas (?:encore )?(?:d[ée]cid|fix|tranch|vot)\w+|on (?:verra|sait pas|h[ée]site)\b))(?:\s*(?:voir avec|voir|demander [àa]|avec|faut voir|[àa] voir|[àa] d[ée]cider|on verra|au bureau|en r[ée]union)\b[^,;()]*|[^,;()?]{0,25}$)?\)?"
);
words!(
    NOT_FIXED,
    r"(?i)(?:^|\b)(?:tarifs?|prix)\s*:?\s*(?:pas (?:encore )?(?:fix|d[ée]cid|vot|connu)\w*|[àa] (?:d[ée]finir|fixer|d[ée]cider|confirmer|voir))\b[^,;()]*"
);

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::notes::Notes;
    use crate::office::Office;
    use crate::task::poster::read::read;

    fn lines(told: &str) -> (Vec<String>, Vec<String>) {
        let office = Office::parse(Path::new("fiche.toml"), "").unwrap();
        let notes = Notes::from_text(&format!("affiche loto\nsamedi 5 juin 2027 20h\n{told}"));
        let (poster, findings) = read(&notes.unwrap(), &office);
        let lines = poster.lines.into_iter().map(|line| line.text).collect();
        (lines, findings.into_iter().map(|finding| finding.message).collect())
    }

    #[test]
    fn what_becomes_free_has_no_price_any_more() {
        for told in [
            "entrée 4 €\nfinalement gratuit, le bureau a voté",
            "entrée 4 €\ntarif : gratuit au final, enlever les 4 €",
        ] {
            let (lines, findings) = lines(told);
            assert_eq!(lines, ["Gratuit"], "{told}");
            assert!(findings.iter().any(|f| f.contains("au lieu de")), "{findings:?}");
        }
    }

    #[test]
    fn an_age_between_two_is_left_to_complete() {
        for (told, printed) in [
            (
                "gratuit pour les enfants, moins de 10 ans ou moins de 8, Odile vérifie",
                "Gratuit pour les enfants ([À COMPLÉTER : âge])",
            ),
            ("gratuit - de 10 ans", "Gratuit pour les moins de 10 ans"),
            ("pour les 7 / 12 ans", "Pour les 7 à 12 ans"),
        ] {
            assert_eq!(lines(told).0, [printed], "{told}");
        }
    }

    #[test]
    fn a_price_between_two_is_left_to_complete() {
        let office = Office::parse(Path::new("fiche.toml"), "").unwrap();
        for (told, printed, open) in [
            ("soupe 3 ou 4 €, à voir avec Zoé", "Soupe : [À COMPLÉTER : tarif]", true),
            (
                "initiation vannerie, 8 € ou 9 € ? voir Odile",
                "Initiation vannerie, [À COMPLÉTER : tarif]",
                true,
            ),
            ("panier 2 € ou 3 ? faut voir", "Panier : [À COMPLÉTER : tarif]", true),
            ("tombola 2 € (3 ?)", "Tombola : [À COMPLÉTER : tarif]", true),
            ("crêpe 2 € ou 5 € les trois", "Crêpe 2 € ou 5 € les trois", false),
            ("tarif : pas encore fixé par le bureau", "[À COMPLÉTER : tarif]", true),
        ] {
            let text = format!("affiche loto\nsamedi 5 juin 2027 20h\n{told}");
            let notes = Notes::from_text(&text).unwrap();
            let (poster, findings) = read(&notes, &office);
            let lines: Vec<&str> = poster.lines.iter().map(|line| line.text.as_str()).collect();
            assert_eq!(lines, [printed], "{told}");
            assert_eq!(findings.iter().any(|f| f.message.contains(told)), open, "{findings:?}");
        }
    }
}
