//! Rows of tables as the lines that a secretary types for them, which are also those that the rules
//! that read notes know: « présents : Martel, Aubrac » where one cell names the other, « Velmarre,
//! excusée, pouvoir à Aubrac » where there are more. A cross says what its column is called.

/// What the first row of a table calls its columns.
#[derive(Debug, Default)]
pub(super) struct Columns(Option<Vec<String>>);

/// What only says « yes » under the name of a column.
const CROSSES: [&str; 10] = ["x", "X", "×", "✓", "✔", "✗", "✘", "☒", "☑", "●"];
/// A list of names in a cell has lines of so many words at most.
const NAME_WORDS: usize = 5;

impl Columns {
    /// The lines of a row, from those of its cells; the first row gives the columns their names.
    pub(super) fn row(&mut self, cells: Vec<Vec<String>>) -> Vec<String> {
        if cells.iter().all(Vec::is_empty) {
            return Vec::new();
        }
        let Some(names) = &self.0 else {
            let lines = row_lines(&cells);
            let first = |cell: &Vec<String>| cell.first().cloned().unwrap_or_default();
            self.0 = Some(cells.iter().map(first).collect());
            return lines;
        };
        let mut gap = false;
        let mut out = Vec::new();
        for (at, mut cell) in cells.into_iter().enumerate() {
            let name = names.get(at).map_or("", |name| name.trim());
            if let [only] = cell.as_mut_slice() {
                if CROSSES.contains(&only.trim()) && !name.is_empty() {
                    let name = name.to_lowercase();
                    *only = name.strip_suffix('s').unwrap_or(&name).to_owned();
                } else if only.trim() == "☐" {
                    cell.clear();
                } else if gap && is_figure(only) && !name.is_empty() && !is_figure(name) {
                    // Where cells before it are empty, its place no longer tells what it counts.
                    *only = format!("{name} {only}");
                }
            }
            gap |= cell.is_empty();
            out.push(cell);
        }
        join_names(names, &mut out);
        row_lines(&out)
    }

    /// The line of a row whose cells hold one line each.
    pub(super) fn line(&mut self, cells: &[String]) -> Option<String> {
        let lines = |cell: &String| {
            let cell = cell.trim();
            if cell.is_empty() { Vec::new() } else { vec![cell.to_owned()] }
        };
        self.row(cells.iter().map(lines).collect()).into_iter().next()
    }
}

/// First name and family name in columns of their own are one name.
fn join_names(names: &[String], cells: &mut [Vec<String>]) {
    let column = |wanted: &[&str]| {
        names.iter().position(|name| wanted.contains(&name.trim().to_lowercase().as_str()))
    };
    let (Some(family), Some(first)) =
        (column(&["nom", "noms"]), column(&["prénom", "prenom", "prénoms"]))
    else {
        return;
    };
    let (Some([family_name]), Some([first_name])) =
        (cells.get(family).map(Vec::as_slice), cells.get(first).map(Vec::as_slice))
    else {
        return;
    };
    let whole = format!("{} {}", first_name.trim(), family_name.trim());
    if let Some(cell) = cells.get_mut(family.min(first)) {
        *cell = vec![whole];
    }
    if let Some(cell) = cells.get_mut(family.max(first)) {
        cell.clear();
    }
}

fn is_figure(text: &str) -> bool {
    text.trim_start_matches(['-', '+', ' ']).starts_with(|c: char| c.is_ascii_digit())
}

/// The lines of a row.
fn row_lines(cells: &[Vec<String>]) -> Vec<String> {
    let filled: Vec<&Vec<String>> = cells.iter().filter(|cell| !cell.is_empty()).collect();
    if filled.iter().all(|cell| cell.len() == 1) {
        let cells: Vec<&str> =
            filled.iter().flat_map(|cell| cell.iter()).map(|c| c.trim()).collect();
        return joined(&cells).into_iter().collect();
    }
    let is_name = |line: &String| line.split_whitespace().count() <= NAME_WORDS;
    match filled.as_slice() {
        [label, words] if label.len() == 1 => {
            let label = label.concat();
            let label = label.trim().trim_end_matches([':', ' ']);
            if words.iter().all(is_name) {
                let names: Vec<&str> = words.iter().map(|name| name.trim()).collect();
                return vec![format!("{label} : {}", names.join(", "))];
            }
            // The number or the name of an item beside what was said about it.
            let mut lines = (*words).clone();
            if let Some(first) = lines.first_mut() {
                *first = format!("{label} : {first}");
            }
            lines
        }
        _ => filled.into_iter().flatten().cloned().collect(),
    }
}

/// Cells on one line.
pub(super) fn joined(cells: &[&str]) -> Option<String> {
    match cells {
        [] => None,
        [label, value] => Some(format!("{} : {value}", label.trim_end_matches([':', ' ']))),
        _ => Some(cells.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(rows: &[&[&str]]) -> Vec<String> {
        let mut columns = Columns::default();
        let split = |cell: &&str| cell.split_terminator('\n').map(str::to_owned).collect();
        rows.iter().flat_map(|row| columns.row(row.iter().map(split).collect())).collect()
    }

    #[test]
    fn rows_are_what_a_secretary_types() {
        let table: [(&[&[&str]], &[&str]); 7] = [
            (&[&["présents", "Martel, Aubrac"]], &["présents : Martel, Aubrac"]),
            (&[&["Présents :", "Martel\nAubrac"]], &["Présents : Martel, Aubrac"]),
            (&[&["", "", ""], &["a", "", "b", "c"]], &["a, b, c"]),
            (
                &[&["2", "toiture : 3 devis reçus, Bellanger retenue\n8 pour"]],
                &["2 : toiture : 3 devis reçus, Bellanger retenue", "8 pour"],
            ),
            (
                &[&["Élu", "Présents", "Excusés"], &["Martel", "x", ""], &["Velmarre", "☐", "☒"]],
                &["Élu, Présents, Excusés", "Martel : présent", "Velmarre : excusé"],
            ),
            (
                &[&["Nom", "Prénom", "État"], &["Martel", "Luc", "présent"]],
                &["Nom, Prénom, État", "Luc Martel : présent"],
            ),
            (
                &[&["Poste", "Recettes", "Dépenses"], &["Fête", "", "300 €"]],
                &["Poste, Recettes, Dépenses", "Fête : Dépenses 300 €"],
            ),
        ];
        for (rows, expected) in table {
            assert_eq!(lines(rows), expected, "{rows:?}");
        }
    }
}
