//! Prices for a unit typed without their currency: « 11,50 -> 12,00 / nuit » counts euros.

use std::sync::LazyLock;

use regex::Regex;

use super::Row;
use crate::reading::pattern;

/// Two decimals and a unit of what is sold.
static PRICE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?P<n>(?:^|[^\d,.])\d{1,4},\d{2})\s*(?P<per>/\s*(?:nuit(?:[ée]e)?|st[eè]re|tonne|repas|panier|pers(?:onne)?|enfant|adulte|s[ée]ance|jour|mois|m3|m2|m²|m³|ml|kg|km|litre|heure|h)s?\b)",
    )
});

/// The notes with the sign of the euro before such a unit.
pub(super) fn apply(rows: Vec<Row>) -> Vec<Row> {
    rows.into_iter()
        .map(|row| Row {
            text: PRICE.replace_all(&row.text, "$n € $per").into_owned(),
            span: row.span,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_for_a_unit_counts_euros() {
        for (typed, expected) in [
            ("emplacement 9,20 -> 9,80 / nuit", "emplacement 9,20 -> 9,80 € / nuit"),
            ("bois 52,50/stère livré", "bois 52,50 € /stère livré"),
            ("3,10 € / repas", "3,10 € / repas"),
            ("débit 12,5 / heure", "débit 12,5 / heure"),
            ("le 12/05, 8 enfants", "le 12/05, 8 enfants"),
        ] {
            let rows = vec![Row { text: typed.to_owned(), span: 0..typed.len() }];
            assert_eq!(apply(rows)[0].text, expected);
        }
    }
}
