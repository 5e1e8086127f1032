//! Minutes kept as a table: a row of column names, then a row for each subject.
//!
//! Columns are known by their names; a table of which fewer than two are known is read as lines.

use crate::reading::{fold, words};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// What the row is about.
    Subject,
    /// What was said of it.
    Account,
    /// What was decided.
    Decision,
    /// What is to be done.
    What,
    /// Who does it.
    Who,
    /// By when.
    When,
}

/// The columns of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    columns: Vec<Column>,
}

/// Names of columns, without accents.
const NAMES: [(Column, &[&str]); 6] = [
    (
        Column::Subject,
        &["sujet", "point", "theme", "objet", "dossier", "ordre du jour", "rubrique"],
    ),
    (Column::What, &["quoi", "action", "tache", "a faire", "suite"]),
    (Column::Who, &["qui", "responsable", "resp", "pilote", "porteur", "charge"]),
    (Column::When, &["quand", "echeance", "date", "delai", "pour quand", "pour le", "limite"]),
    (Column::Decision, &["decision", "decide", "conclusion", "releve"]),
    (
        Column::Account,
        &[
            "discussion",
            "echange",
            "remarque",
            "commentaire",
            "avancement",
            "etat",
            "infos",
            "information",
            "contenu",
            "debat",
            "observation",
            "detail",
        ],
    ),
];

/// The cells of a row: at least two, parted by bars or tabs.
pub(super) fn cells(line: &str) -> Option<Vec<&str>> {
    let line = line.trim_matches([' ', '|']);
    let sign = if line.contains('|') { '|' } else { '\t' };
    let cells: Vec<&str> = line.split(sign).map(str::trim).collect();
    (cells.len() > 1).then_some(cells)
}

/// The columns that a line names, when it names columns and nothing else.
pub(in crate::task::minutes) fn head(line: &str) -> Option<Head> {
    let cells = cells(line)?;
    let columns: Option<Vec<Column>> = cells
        .iter()
        .map(|cell| {
            let name = fold(cell);
            let named = |known: &&(Column, &[&str])| known.1.iter().any(|n| name.starts_with(n));
            NAMES.iter().find(named).map(|(column, _)| *column)
        })
        .collect();
    let columns = columns?;
    let short = cells.iter().all(|c| c.split_whitespace().count() <= 3);
    (short && columns.len() > 1).then_some(Head { columns })
}

impl Head {
    /// What the cells of this row under a column say, « ? » and dashes apart.
    pub(super) fn cell<'c>(&self, cells: &[&'c str], column: Column) -> Option<&'c str> {
        words!(NOTHING, r"^[?\-–/\s.]*$");
        self.columns
            .iter()
            .zip(cells)
            .find(|(c, cell)| **c == column && !NOTHING.is_match(cell))
            .map(|(_, cell)| *cell)
    }

    /// The title of the row, where the table tells more than who does what.
    pub(super) fn subject(&self, cells: &[&str]) -> Option<String> {
        let tells = self.columns.iter().any(|c| matches!(c, Column::Account | Column::Decision));
        self.cell(cells, Column::Subject).filter(|_| tells).map(str::to_owned)
    }
}

/// The line under column names in Markdown: « |---|---| ».
pub(super) fn is_rule(cells: &[&str]) -> bool {
    cells.iter().all(|c| !c.is_empty() && c.chars().all(|c| "-: ".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_their_names() {
        use Column::{Account, Decision, Subject, What, When, Who};
        let table: [(&str, Option<&[Column]>); 5] = [
            (
                "Sujet | Discussion | Décision | Qui | Échéance",
                Some(&[Subject, Account, Decision, Who, When]),
            ),
            ("| Action | Pilote | Délai |", Some(&[What, Who, When])),
            ("quoi\tqui\tpour quand", Some(&[What, Who, When])),
            ("Ada | devis | 12/03", None),
            ("point budget", None),
        ];
        for (line, expected) in table {
            assert_eq!(head(line).map(|h| h.columns).as_deref(), expected, "{line}");
        }
    }
}
