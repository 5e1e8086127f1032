//! Notes laid out as a table, with tabs or bars: each row as the line it would have been.
//!
//! A table of attendance has its categories as columns, or a column that says of each name whether
//! it is there; it becomes one line a category. A table of items has a column for what is treated and one for the vote; each row becomes a numbered line.
//! Rows of two cells are a label and its value. The other readers know only lines, so that the
//! notes are rewritten line by line before anything is read, and the places of findings are taken
//! back to the lines that were typed. Cells that go on in the next row, and tables within items,
//! are left as they are.

use std::sync::LazyLock;

use regex::Regex;

use crate::finding::{Finding, FindingKind};
use crate::notes::{Line, Notes, Span};
use crate::reading::amount::{french_cents, parse_cents};
use crate::reading::{Fact, facts, fold, pattern};

/// Notes without tables, with as many lines as those that were typed.
pub(super) struct Flat {
    /// The rewritten notes.
    pub(super) notes: Notes,
}

/// The notes with their tables as lines; `None` when they hold no table.
pub(super) fn flattened(notes: &Notes) -> Option<Flat> {
    let lines: Vec<Line<'_>> = notes.lines().collect();
    let mut out: Vec<String> = lines.iter().map(|line| line.text.to_owned()).collect();
    let mut any = false;
    let mut index = 0;
    while index < lines.len() {
        let rows = table_from(&lines, index);
        let Some(header) = rows.first() else {
            index += 1;
            continue;
        };
        let columns: Vec<Column> = header.iter().map(|cell| Column::of(cell)).collect();
        let listed = columns.iter().filter(|c| **c == Column::Attendance).count();
        let titles = columns.iter().filter(|c| **c == Column::Title).count();
        let body = rows.get(1..).unwrap_or_default();
        let target = out.get_mut(index..index + rows.len()).unwrap_or_default();
        if let Some(states) = told_beside(&rows) {
            states_of(&states, target);
            any = true;
        } else if is_matrix(&rows) {
            matrix(header, body, target);
            any = true;
        } else if listed >= 2 && listed == header.iter().filter(|c| !c.is_empty()).count() {
            attendance(header, body, target);
            any = true;
        } else if columns.contains(&Column::Name) && columns.contains(&Column::State) {
            states(&columns, body, target);
            any = true;
        } else if titles >= 1 && columns.len() >= 3 && !body.is_empty() {
            items(&columns, body, target);
            any = true;
        } else {
            for (row, line) in rows.iter().zip(target) {
                if let [label, value] = row.as_slice()
                    && !label.is_empty()
                    && !value.is_empty()
                    && !label.ends_with(':')
                {
                    *line = format!("{label} : {value}");
                    any = true;
                } else if let [label, value] = row.as_slice() {
                    *line = format!("{label} {value}").trim().to_owned();
                } else if row.len() > 2 {
                    *line = labelled(row);
                    any = true;
                }
            }
        }
        index += rows.len();
    }
    any.then(|| Notes::from_text(&out.join("\n")).ok().map(|notes| Flat { notes })).flatten()
}

/// The notes of a working meeting with the tables that only give values as lines, and the totals
/// of columns that do not come out. Other tables are read there by who does what and when.
pub(super) fn values_in_lines(notes: &Notes) -> Option<(Flat, Vec<Finding>)> {
    let lines: Vec<Line<'_>> = notes.lines().collect();
    let mut out: Vec<String> = lines.iter().map(|line| line.text.to_owned()).collect();
    let (mut findings, mut any, mut index) = (Vec::new(), false, 0);
    while index < lines.len() {
        let rows = table_from(&lines, index);
        let Some((header, body)) = rows.split_first() else {
            index += 1;
            continue;
        };
        let place = index..index + rows.len();
        let known = lines.get(index).and_then(|line| super::working::table::head(line.text));
        if known.is_none() && is_matrix(&rows) {
            let target = out.get_mut(place.clone()).unwrap_or_default();
            matrix(header, body, target);
            for line in target.iter_mut().skip(1) {
                line.insert_str(0, "- ");
            }
            // No empty line between a title and the first row.
            target.rotate_left(1);
            findings.extend(wrong_totals(header, body, lines.get(place.end - 1)));
            any = true;
        }
        index = place.end;
    }
    let flat = any.then(|| Notes::from_text(&out.join("\n")).ok()).flatten()?;
    Some((Flat { notes: flat }, findings))
}

/// The notes of a working meeting whose rows are a label and what it says, « lieu ⇥ mairie », as lines
/// with a colon; lists of people between tabs as one list. Tables with columns stay.
pub(super) fn labels_in_lines(notes: &Notes) -> Option<Flat> {
    static PEOPLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:pr[ée]sente?s?|pr[ée]s\.?|excus[ée]e?s?|exc\.?|absente?s?|abs\.?|participant\w*|invit[ée]e?s?)$",
        )
    });
    let lines: Vec<Line<'_>> = notes.lines().collect();
    let mut out: Vec<String> = lines.iter().map(|line| line.text.to_owned()).collect();
    let labels = lines.iter().filter(|line| label_of(line.text).is_some()).count();
    let mut any = false;
    let mut index = 0;
    while index < lines.len() {
        let Some(line) = lines.get(index) else { break };
        if super::working::table::head(line.text).is_some() {
            let rows = lines.get(index..).unwrap_or_default();
            index += rows.iter().take_while(|l| l.text.contains('\t')).count().max(1);
            continue;
        }
        let rows = block(&lines, index);
        if rows > 2 {
            index += rows;
            continue;
        }
        if let Some((label, cells)) = label_of(line.text)
            && let Some(told) = out.get_mut(index)
            && (labels >= 4 || PEOPLE.is_match(label))
        {
            let people = PEOPLE.is_match(label);
            // « âge moyen ⇥ 63 ans » is a value, no title over what follows.
            let value = |cell: &&str| has_digits(cell) && cell.split_whitespace().count() <= 3;
            let values = !people && (cells.len() > 1 || cells.iter().all(value));
            let mark = if values { "- " } else { "" };
            *told = format!("{mark}{label} : {}", cells.join(", "));
            any = true;
        }
        index += 1;
    }
    any.then(|| Notes::from_text(&out.join("\n")).ok().map(|notes| Flat { notes })).flatten()
}

/// A short label and the cells after it; the date of the meeting keeps its own form.
fn label_of(line: &str) -> Option<(&str, Vec<&str>)> {
    let (label, rest) = line.split_once('\t')?;
    let label = label.trim().trim_end_matches([':', ' ']);
    let cells: Vec<&str> = rest.split('\t').map(str::trim).filter(|c| !c.is_empty()).collect();
    let short = (1..=3).contains(&label.split_whitespace().count());
    let worded = label.chars().next().is_some_and(char::is_alphabetic);
    let dated = matches!(fold(label).as_str(), "date" | "lieu" | "heure" | "heures");
    (short && worded && !dated && !cells.is_empty()).then_some((label, cells))
}

/// How many rows from here on have as many cells, three at least: a table.
fn block(lines: &[Line<'_>], index: usize) -> usize {
    let count = |line: &Line<'_>| line.text.matches('\t').count();
    let own = lines.get(index).map_or(0, count);
    let rows = lines.get(index..).unwrap_or_default();
    if own < 2 { 0 } else { rows.iter().take_while(|line| count(line) == own).count() }
}

/// Columns whose last row is their total, and another than the rows above make.
fn wrong_totals(header: &[String], body: &[Vec<String>], line: Option<&Line<'_>>) -> Vec<Finding> {
    let Some((total, above)) = body.split_last().filter(|(total, above)| {
        above.len() > 1 && total.first().is_some_and(|label| fold(label).starts_with("total"))
    }) else {
        return Vec::new();
    };
    let wrong = |at: usize| {
        let stated = parse_cents(total.get(at)?)?;
        let cells = above.iter().map(|row| parse_cents(row.get(at)?));
        let sum = cells.collect::<Option<Vec<u64>>>()?.iter().sum::<u64>();
        (sum != stated).then(|| {
            let message = format!(
                "Total de la colonne « {} » : les lignes font {}, les notes disent {} ; à vérifier.",
                header.get(at).map_or("", String::as_str),
                french_cents(sum),
                french_cents(stated)
            );
            Finding::check(FindingKind::Sum, line.map(Line::span), message)
        })
    };
    (1..header.len()).filter_map(wrong).collect()
}

impl Flat {
    /// Takes the places of findings back to the typed notes: the lines they stand in.
    pub(super) fn take_back(&self, typed: &Notes, findings: &mut [Finding]) {
        for finding in findings {
            if let Some(span) = &mut finding.notes {
                *span = self.lines_of(span, typed);
            }
        }
    }

    fn lines_of(&self, span: &Span, typed: &Notes) -> Span {
        let line = |at: usize| {
            self.notes.text().get(..at).map_or(0, |before| before.matches('\n').count())
        };
        let (first, last) = (line(span.start), line(span.end.max(span.start + 1) - 1));
        let lines: Vec<Line<'_>> = typed.lines().collect();
        let start = lines.get(first).map_or(0, |line| line.start);
        let end = lines.get(last).or(lines.last()).map_or(start, |line| line.span().end);
        start..end.max(start)
    }
}

/// What a column of a table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Attendance,
    Number,
    Title,
    /// Who presents the item.
    Speaker,
    Vote,
    /// « Pour », « Contre », « Abst. ».
    Count,
    /// Members, one a row.
    Name,
    /// Whether they are there.
    State,
    Other,
}

impl Column {
    fn of(cell: &str) -> Self {
        static ATTENDANCE: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"^(?:(?:les |membres |elus )?(?:presents?|absents?|excuses?|pouvoirs?|procurations?|representes?)(?: excuses?)?)(?: \(?\d+\)?)?$",
            )
        });
        let folded = fold(cell);
        let is = |words: &[&str]| words.iter().any(|word| folded.starts_with(word));
        if ATTENDANCE.is_match(&folded) {
            Self::Attendance
        } else if matches!(folded.as_str(), "n°" | "n" | "no" | "num" | "numero" | "#" | "ordre") {
            Self::Number
        } else if is(&["pour", "contre", "abst"]) && folded.split_whitespace().count() == 1 {
            Self::Count
        } else if is(&["nom", "conseiller", "elu", "membre", "prenom"]) {
            Self::Name
        } else if ["p/a", "p/a/e", "presence", "present", "statut", "etat"]
            .contains(&folded.as_str())
        {
            Self::State
        } else if is(&["rapp", "presente par"]) {
            Self::Speaker
        } else if is(&[
            "objet",
            "point",
            "sujet",
            "theme",
            "question",
            "intitule",
            "delib",
            "ordre du jour",
        ]) {
            Self::Title
        } else if is(&["vote", "resultat", "scrutin", "voix"]) {
            Self::Vote
        } else {
            Self::Other
        }
    }
}

/// The cells of one row: between bars, or between tabs. Bars at both ends are a frame.
fn cells(text: &str) -> Option<Vec<String>> {
    let text = text.trim_end();
    let parts: Vec<&str> =
        if text.matches('|').count() >= 1 && text.contains(" | ") || text.starts_with('|') {
            text.trim().trim_matches('|').split('|').collect()
        } else if text.contains('\t') && !text.starts_with('\t') {
            text.split('\t').collect()
        } else {
            return None;
        };
    (parts.len() >= 2).then(|| parts.into_iter().map(|part| part.trim().to_owned()).collect())
}

/// The rows of the table that opens at this line. Rules between rows are rows without cells.
fn table_from(lines: &[Line<'_>], index: usize) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    for line in lines.get(index..).unwrap_or_default() {
        let ruled =
            !line.text.trim().is_empty() && line.text.chars().all(|c| "-|+=: \t─│┼".contains(c));
        // In a list of names the last column may be empty: « ESTRAVEL » alone.
        let in_column = rows.first().is_some_and(|header| {
            header.iter().all(|cell| Column::of(cell) == Column::Attendance)
                && line.text.split_whitespace().count().clamp(1, 3)
                    == line.text.split_whitespace().count()
                && !line.text.contains(':')
        });
        // Columns with nothing above the first: « ⇥ avant ⇥ après ».
        let headless = rows.is_empty().then(|| line.text.strip_prefix('\t')).flatten();
        let headless = headless.filter(|rest| rest.contains('\t') && !has_digits(rest));
        let row = cells(line.text).or_else(|| {
            let named = headless?.split('\t').map(|cell| cell.trim().to_owned());
            Some(std::iter::once(String::new()).chain(named).collect())
        });
        match row {
            _ if ruled && !rows.is_empty() => rows.push(Vec::new()),
            Some(row) => rows.push(row),
            None if in_column => rows.push(vec![line.text.trim().to_owned()]),
            None => break,
        }
    }
    rows
}

/// Names with a mark beside each that says whether they are there, and nothing above: name, list,
/// what else the row says.
fn told_beside(rows: &[Vec<String>]) -> Option<Vec<(String, usize, Vec<String>)>> {
    static MARK: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"^(?:(p|pr|pres|presente?|x|oui)|(e|exc|excusee?)|(a|abs|absente?|non|ane))\.?$")
    });
    let told: Vec<(String, usize, Vec<String>)> = rows
        .iter()
        .filter_map(|row| {
            let folded = fold(row.get(1)?);
            let found = MARK.captures(&folded)?;
            let list = (0..3).find(|at| found.get(at + 1).is_some())?;
            let name = row.first().filter(|name| !name.is_empty() && !has_digits(name))?;
            Some((name.clone(), list, row.get(2..)?.to_vec()))
        })
        .collect();
    (told.len() >= 3 && told.len() == rows.len()).then_some(told)
}

/// One line a category of those whom a mark places, and one for who presides.
fn states_of(told: &[(String, usize, Vec<String>)], lines: &mut [String]) {
    static PRESIDES: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)^(?:pr[ée]side(?:nte?)?(?:\s+(?:de\s+)?s[ée]ance)?|pdte?)$")
    });
    for line in &mut *lines {
        line.clear();
    }
    let mut written: Vec<String> = Vec::new();
    for (at, category) in ["Présents", "Excusés", "Absents"].iter().enumerate() {
        let names: Vec<String> = told
            .iter()
            .filter(|(_, list, _)| *list == at)
            .map(|(name, _, rest)| {
                let said: Vec<&str> = rest
                    .iter()
                    .map(String::as_str)
                    .filter(|cell| !cell.is_empty() && !PRESIDES.is_match(cell))
                    .collect();
                if said.is_empty() { name.clone() } else { format!("{name} ({})", said.join(", ")) }
            })
            .collect();
        if !names.is_empty() {
            written.push(format!("{category} : {}", names.join(", ")));
        }
    }
    let chair = told.iter().find(|(.., rest)| rest.iter().any(|cell| PRESIDES.is_match(cell)));
    written.extend(chair.map(|(name, ..)| format!("Présidence : {name}")));
    let room = lines.len().saturating_sub(1);
    for (index, text) in written.into_iter().enumerate() {
        let Some(line) = lines.get_mut(index.min(room)) else { continue };
        if !line.is_empty() {
            line.push_str(" / ");
        }
        line.push_str(&text);
    }
}

/// Whether columns have words above them and values below: « parcelle ⇥ surface ⇥ volume ».
fn is_matrix(rows: &[Vec<String>]) -> bool {
    let Some((header, body)) = rows.split_first() else { return false };
    let named = header.iter().filter(|cell| !cell.is_empty()).count();
    // « tarif 65 ans » heads a column, « 3 devis » fills one.
    let named_by = |cell: &str| {
        cell.chars().next().is_some_and(char::is_alphabetic)
            && cell.split_whitespace().count() > 1
            && facts(cell).iter().all(|found| matches!(found.fact, Fact::Number(_)))
    };
    let words = |cell: &String| {
        (!has_digits(cell) || named_by(cell))
            && cell.split_whitespace().count() <= 3
            && Column::of(cell) == Column::Other
    };
    let label = |word: &str| fold(word).split(' ').any(|w| LABELS.contains(&w));
    header.len() >= 3
        && named + 1 >= header.len()
        && header.iter().skip(1).all(|cell| !cell.is_empty())
        && header.iter().all(|cell| words(cell) && !label(cell))
        && !body.is_empty()
        && body.iter().all(|row| row.len() == header.len())
        && body.iter().all(|row| row.iter().skip(1).any(|cell| has_digits(cell)))
}

/// Each row as a line of its own: « parcelle 7 : surface 4 ha, volume 30 m3 ».
fn matrix(header: &[String], body: &[Vec<String>], lines: &mut [String]) {
    if let Some(first) = lines.first_mut() {
        first.clear();
    }
    for (row, line) in body.iter().zip(lines.iter_mut().skip(1)) {
        let named = row.iter().zip(header);
        let values: Vec<String> = named
            .skip(1)
            .filter(|(cell, _)| !cell.is_empty())
            .map(|(cell, above)| format!("{above} {cell}"))
            .collect();
        let label = row.first().map_or("", String::as_str);
        // « parcelle 7 », but « habitants » says enough.
        let above = header.first().filter(|_| !label.chars().any(char::is_alphabetic));
        let label = above.map_or(label.to_owned(), |above| format!("{above} {label}"));
        *line = format!("{} : {}", label.trim(), values.join(", "));
    }
}

fn has_digits(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
}

/// One line a category, on the first rows of the table.
fn attendance(header: &[String], body: &[Vec<String>], lines: &mut [String]) {
    for line in &mut *lines {
        line.clear();
    }
    let listed: Vec<String> = header
        .iter()
        .enumerate()
        .map(|(column, category)| {
            let names =
                body.iter().filter_map(|row| row.get(column)).filter(|name| !name.is_empty());
            let names: Vec<&str> = names.map(String::as_str).collect();
            format!("{category} : {}", names.join(", "))
        })
        .collect();
    // A table has a row for its header and one for each name: room for a line a category, but
    // where names are few the last line takes several.
    let room = lines.len().saturating_sub(1);
    for (index, text) in listed.into_iter().enumerate() {
        let Some(line) = lines.get_mut(index.min(room)) else { continue };
        if !line.is_empty() {
            line.push_str(" / ");
        }
        line.push_str(&text);
    }
}

/// Words of a form before what is filled in.
const LABELS: [&str; 8] =
    ["secr", "secretaire", "president", "presidence", "fin", "debut", "lieu", "date"];

/// Label and values in turn: « Présidence | Ada | Secrétaire | Luc », « Horaires | 19:00 | 21:20 ».
fn labelled(row: &[String]) -> String {
    let row: Vec<&str> = row.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
    let is_label = |cell: &str| {
        cell.chars().next().is_some_and(char::is_alphabetic)
            && fold(cell).split(|c: char| !c.is_alphanumeric()).any(|word| LABELS.contains(&word))
    };
    match row.as_slice() {
        [label, value, second, rest @ ..] if is_label(second) && !rest.is_empty() => {
            format!("{label} : {value} // {second} : {}", rest.join(" - "))
        }
        [label, values @ ..] if !values.is_empty() => {
            format!("{} : {}", label.trim_end_matches([':', ' ']), values.join(" - "))
        }
        _ => row.join(" "),
    }
}

/// Members with the cell that says whether they are there, and what else the row says of them.
fn states(columns: &[Column], body: &[Vec<String>], lines: &mut [String]) {
    for line in &mut *lines {
        line.clear();
    }
    let mut lists: [Vec<String>; 3] = Default::default();
    for row in body {
        let of = |wanted: Column| -> Vec<&str> {
            let cells = columns.iter().zip(row).filter(|(column, _)| **column == wanted);
            cells.map(|(_, cell)| cell.as_str()).filter(|cell| !cell.is_empty()).collect()
        };
        let name = of(Column::Name).join(" ");
        if name.is_empty() {
            continue;
        }
        let state = fold(of(Column::State).first().copied().unwrap_or_default());
        let told = of(Column::Other).join(", ");
        let list = match state.chars().next() {
            Some('a' | 'n') => 2,
            Some('e') => 1,
            Some(_) => 0,
            None => 2,
        };
        // « DUPRAYE C. »: the initial goes first.
        let name = match name.rsplit_once(' ') {
            Some((surname, initial)) if initial.ends_with('.') => format!("{initial} {surname}"),
            _ => name,
        };
        let entry = if told.is_empty() { name } else { format!("{name} ({told})") };
        if let Some(list) = lists.get_mut(list) {
            list.push(entry);
        }
    }
    let categories = ["Présents", "Excusés", "Absents"];
    let told = categories.iter().zip(&lists).filter(|(_, names)| !names.is_empty());
    for ((category, names), line) in told.zip(lines) {
        *line = format!("{category} : {}", names.join(", "));
    }
}

/// One numbered line a row: title, account, vote.
fn items(columns: &[Column], body: &[Vec<String>], lines: &mut [String]) {
    if let Some(header) = lines.first_mut() {
        header.clear();
    }
    let mut counted = 0;
    for (row, line) in body.iter().zip(lines.iter_mut().skip(1)) {
        let of = |wanted: Column| -> Vec<&str> {
            let cells = columns.iter().zip(row).filter(|(column, _)| **column == wanted);
            cells
                .map(|(_, cell)| cell.as_str())
                .filter(|c| c.chars().any(char::is_alphanumeric))
                .collect()
        };
        let title = of(Column::Title).join(" ");
        if title.is_empty() {
            *line = row.join(" ").trim().to_owned();
            continue;
        }
        counted += 1;
        let number = of(Column::Number)
            .first()
            .and_then(|n| n.trim_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().ok());
        let mut text =
            format!("{}/ {title} : {}", number.unwrap_or(counted), of(Column::Other).join(". "));
        if let Some(speaker) = of(Column::Speaker).first() {
            text = text.replacen(&format!("{title} :"), &format!("{title} ({speaker}) :"), 1);
        }
        let sides = ["Pour", "Contre", "Abst."];
        let counts: Vec<String> = of(Column::Count)
            .iter()
            .zip(sides)
            .filter(|(count, _)| count.chars().all(|c| c.is_ascii_digit()))
            .map(|(count, side)| format!("{side} : {count}"))
            .collect();
        let mut vote = of(Column::Vote);
        vote.extend(counts.iter().map(String::as_str));
        let vote = vote.join(", ");
        if !vote.is_empty() {
            if !text.ends_with(['.', ' ', ':']) {
                text.push('.');
            }
            text.push_str(&format!(" Vote : {vote}"));
        }
        *line = text;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(text: &str) -> String {
        let notes = Notes::from_text(text).unwrap();
        flattened(&notes).map_or_else(|| "none".into(), |flat| flat.notes.text().to_owned())
    }

    #[test]
    fn tables_become_lines() {
        let table = [
            ("CM du 3 mars\nprésents : A, B", "none"),
            (
                "CM\nPrésents\tAbsents\nAda\tLuc\nÈve\n\nsuite",
                "CM\nPrésents : Ada, Ève\nAbsents : Luc\n\n\nsuite",
            ),
            (
                "N° | Objet | Discussion | Vote\n1 | PV | - | U\n2 | Eau | tarif 2 € | 9 P",
                "\n1/ PV :  Vote : U\n2/ Eau : tarif 2 €. Vote : 9 P",
            ),
            (
                "NOM\tP/A\tObs.\nROY J.\tP\t\nNOVAL Y.\tA\tpouvoir à ROY\nTALMONT C.\tP\tarr. 19:25",
                "Présents : J. ROY, C. TALMONT (arr. 19:25)\nAbsents : Y. NOVAL (pouvoir à ROY)\n\n",
            ),
            (
                "N°\tObjet\tRapp.\tPour\tContre\tAbst.\tNotes\n2\tTaxe\tRoy\t8\t2\t1\ttaux 3 %",
                "\n2/ Taxe (Roy) : taux 3 %. Vote : Pour : 8, Contre : 2, Abst. : 1",
            ),
            (
                "Horaires\t19:00\t21:20\nPrésidence\tRoy\tSecr. de séance\tNoval",
                "Horaires : 19:00 - 21:20\nPrésidence : Roy // Secr. de séance : Noval",
            ),
            (
                "CM\nROY\tP\tpréside\nNOVAL\tEXC\tpouvoir à ROY\nTALMONT\tP\t\nOSTIN\tABS",
                "CM\nPrésents : ROY, TALMONT\nExcusés : NOVAL (pouvoir à ROY)\nAbsents : OSTIN\nPrésidence : ROY",
            ),
            (
                "lot\tsurface\tprix\n3\t12 ares\t900 €\n8\t4 ares\t250 €",
                "\nlot 3 : surface 12 ares, prix 900 €\nlot 8 : surface 4 ares, prix 250 €",
            ),
            (
                "tarifs\n\tété\thiver\nadulte\t4 €\t3 €\nenfant\t2 €\t2 €\nvoté",
                "tarifs\n\nadulte : été 4 €, hiver 3 €\nenfant : été 2 €, hiver 2 €\nvoté",
            ),
            ("Lieu\tmairie\nSecrétaire :\tAda", "Lieu : mairie\nSecrétaire : Ada"),
            (
                "| Point | Décision |  Résultat |\n|---|---|---|\n| Eau | tarif 2 € | 9 pour |",
                "\n\n1/ Eau : tarif 2 €. Vote : 9 pour",
            ),
        ];
        for (text, expected) in table {
            let expected = expected.trim_start_matches('\n');
            assert_eq!(flat(text).trim_start_matches('\n'), expected, "{text}");
        }
    }

    #[test]
    fn findings_point_at_the_typed_lines() {
        let typed = Notes::from_text("CM\nN° | Objet | Vote\n1 | Eau | 9 P").unwrap();
        let flat = flattened(&typed).unwrap();
        let at = flat.notes.text().find("Eau").unwrap();
        let mut findings =
            [Finding::info(crate::finding::FindingKind::Unused, Some(at..at + 3), "x")];
        flat.take_back(&typed, &mut findings);
        let span = findings[0].notes.clone().unwrap();
        assert_eq!(&typed.text()[span], "1 | Eau | 9 P");
    }

    #[test]
    fn a_table_of_values_is_read_row_by_row_and_its_total_checked() {
        let typed = "Bois\nLOT\tSTÈRES\tPRIX\nNord\t12\t340\nSud\t7\t205\nTOTAL\t19\t555\nfin";
        let (flat, findings) = values_in_lines(&Notes::from_text(typed).unwrap()).unwrap();
        let first = flat.notes.lines().nth(1).map(|l| l.text.to_owned());
        assert_eq!(first.as_deref(), Some("- Nord : STÈRES 12, PRIX 340"));
        assert_eq!(findings.len(), 1, "{findings:?}");
        assert!(findings[0].message.contains("545"), "{findings:?}");
        let who = "quoi\tqui\tquand\nbois 12\tAda\t3 mai\nfil 4\tLuc\t5 mai";
        assert!(values_in_lines(&Notes::from_text(who).unwrap()).is_none());
    }
}
