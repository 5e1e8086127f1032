//! A small table typed into the notes, cells parted by tabs: each row is told with the names of its
//! columns, and a row of totals is checked.

use super::Reader;
use crate::finding::{Finding, FindingKind};
use crate::notes::Span;
use crate::reading::amount::{french_cents, parse_cents};
use crate::reading::{fold, words};
use crate::task::letter::record::Role;
use crate::task::wording;

/// Names of the columns, and what stands in each so far.
pub(super) struct Table {
    columns: Vec<String>,
    sums: Vec<u64>,
}

impl Reader<'_> {
    /// Takes a line for a row of a table. Whether it was one.
    pub(super) fn row(&mut self, line: &str, span: &Span) -> bool {
        let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
        let [label, values @ ..] = cells.as_slice() else { return false };
        if values.len() < 2 || values.iter().any(|cell| cell.is_empty()) {
            self.table = None;
            return false;
        }
        let numbers: Option<Vec<u64>> = values
            .iter()
            .map(|cell| parse_cents(cell).filter(|_| !cell.contains(char::is_alphabetic)))
            .collect();
        let Some(numbers) = numbers else {
            let named = values.iter().all(|cell| !cell.starts_with(|c: char| c.is_ascii_digit()));
            self.table = named.then(|| Table {
                columns: values.iter().map(|cell| wording::clean(cell)).collect(),
                sums: vec![0; values.len()],
            });
            return named;
        };
        let Some(table) = self.table.as_mut().filter(|t| t.columns.len() == values.len()) else {
            return false;
        };
        let total = TOTAL.is_match(&fold(label));
        let mut told = Vec::new();
        for ((value, cents), (column, sum)) in
            values.iter().zip(numbers).zip(table.columns.iter().zip(table.sums.iter_mut()))
        {
            if total && *sum != cents && *sum > 0 {
                self.findings.push(Finding::check(
                    FindingKind::Sum,
                    Some(span.clone()),
                    format!(
                        "{column} : les lignes font {}, vos notes disent {value} : nombre laissé à compléter",
                        french_cents(*sum)
                    ),
                ));
                told.push(format!("{} {column}", wording::blank(&format!("total {column}"))));
            } else {
                told.push(format!("{value} {column}"));
            }
            if !total {
                *sum += cents;
            }
        }
        let label = if total { "total".to_owned() } else { (*label).to_owned() };
        self.body(Role::Context, &format!("{label} : {}", told.join(", ")), span.clone());
        true
    }
}

words!(TOTAL, r"^\W*(?:sous-?\s?)?(?:total|totaux|ensemble|en tout)\b");

#[cfg(test)]
mod tests {
    use crate::notes::Notes;
    use crate::office::Office;
    use crate::task::letter::read::read;
    use crate::task::letter::record::{Form, Purpose};

    #[test]
    fn rows_are_told_with_their_columns_and_totals_checked() {
        let notes = "lettre au syndic\nRelevés\teau\tgaz\nmars\t12\t40\navril\t14\t35\nTOTAL\t26\t85\nmerci";
        let notes = Notes::from_text(notes).unwrap();
        let reading = read(&notes, &Office::default(), Form::Letter, Purpose::Request);
        let texts: Vec<&str> = reading.items.iter().map(|item| item.text.as_str()).collect();
        assert_eq!(texts[..2], ["mars : 12 eau, 40 gaz", "avril : 14 eau, 35 gaz"]);
        assert!(texts[2].starts_with("total : 26 eau, [À COMPLÉTER"), "{texts:?}");
        assert!(reading.findings.iter().any(|f| f.message.contains("les lignes font 75")));
    }
}
