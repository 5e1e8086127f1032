//! Notes of a telephone without stops: wide gaps part what is said, « point 3 cimetiere    deux devis
//! retenu le premier    9 pour ».

use std::sync::LazyLock;

use regex::Regex;

use super::Row;
use crate::reading::pattern;

/// A gap that nobody types between the fields of a list.
static GAP: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?P<before>[\p{L}\d)€%.,!?])[ ]{4,}(?P<after>[\p{L}\d(«])"));
/// How many lines have such gaps in notes typed so.
const FEWEST: usize = 4;

/// What stands between gaps, one a line, in notes where several lines have them.
pub(super) fn apply(rows: Vec<Row>) -> Vec<Row> {
    let gapped = rows.iter().filter(|row| GAP.is_match(&row.text)).count();
    let tabbed = rows.iter().any(|row| row.text.trim().contains('\t'));
    if gapped < FEWEST || tabbed {
        return rows;
    }
    rows.into_iter()
        .flat_map(|row| {
            let parts = GAP.replace_all(&row.text, "${before}\n${after}").into_owned();
            let parts: Vec<Row> = parts
                .split('\n')
                .map(|text| Row { text: text.to_owned(), span: row.span.clone() })
                .collect();
            parts
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(lines: &[&str]) -> Vec<String> {
        let typed = lines.iter().map(|l| Row { text: (*l).to_owned(), span: 0..0 }).collect();
        apply(typed).into_iter().map(|row| row.text).collect()
    }

    #[test]
    fn wide_gaps_part_what_is_said() {
        let typed = [
            "2 lavoir    devis 900 euros    8 pour",
            "3 fibre    rien de neuf",
            "4 divers    loto le 3 mai    on ferme",
            "public    deux personnes",
        ];
        let expected = [
            "2 lavoir",
            "devis 900 euros",
            "8 pour",
            "3 fibre",
            "rien de neuf",
            "4 divers",
            "loto le 3 mai",
            "on ferme",
            "public",
            "deux personnes",
        ];
        assert_eq!(rows(&typed), expected);
        assert_eq!(rows(&typed[..3]), typed[..3], "three lines may be a list of fields");
    }
}
