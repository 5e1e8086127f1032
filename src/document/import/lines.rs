//! Lines as a person would have typed them, from paragraphs, tables and boxes.
//!
//! A paragraph inside another one is the text of a box, and comes after it. Rows of tables are
//! [`Columns`]'s.

use super::MAX_TEXT_BYTES;
use super::columns::Columns;

/// Cells of the widest rows that office programs have.
const MAX_CELLS: usize = 16_384;

/// Text being collected.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// Finished lines.
    done: Vec<String>,
    /// Paragraphs begun, the innermost last, each with the lines of its boxes.
    open: Vec<Paragraph>,
    /// Tables begun, the innermost last.
    tables: Vec<Table>,
    /// Bytes of cells and rows that stand for several. Past the most that is taken over, what is
    /// not repeated matters no more: the text is refused.
    repeated: usize,
}

#[derive(Debug, Default)]
struct Paragraph {
    text: String,
    boxes: Vec<String>,
    /// Tables that were open when it began.
    tables: usize,
}

#[derive(Debug, Default)]
struct Table {
    /// Paragraphs that were open when it began.
    paragraphs: usize,
    row: Vec<Vec<String>>,
    in_cell: bool,
    columns: Columns,
}

impl Lines {
    /// Begins a paragraph, with its dash or number.
    pub(super) fn open_paragraph(&mut self, label: &str) {
        self.open.push(Paragraph {
            text: label.to_owned(),
            boxes: Vec::new(),
            tables: self.tables.len(),
        });
    }

    /// Adds words to the paragraph; words outside any paragraph are none of the text.
    pub(super) fn push(&mut self, text: &str) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.text.push_str(text);
        }
    }

    /// Whether a paragraph is open.
    pub(super) fn in_paragraph(&self) -> bool {
        !self.open.is_empty()
    }

    /// Whether the paragraph ends in white space, or is empty.
    pub(super) fn ends_in_space(&self) -> bool {
        self.open.last().is_none_or(|p| p.text.is_empty() || p.text.ends_with([' ', '\n']))
    }

    /// Ends the paragraph: each of its lines is a line.
    pub(super) fn close_paragraph(&mut self) {
        let Some(paragraph) = self.open.pop() else { return };
        self.emit(paragraph.text.split('\n').map(|line| line.trim_end().to_owned()).collect());
        self.emit(paragraph.boxes);
    }

    /// Changes each line of the paragraph.
    pub(super) fn amend(&mut self, change: fn(&str) -> String) {
        if let Some(paragraph) = self.open.last_mut() {
            let lines: Vec<String> = paragraph.text.split('\n').map(change).collect();
            paragraph.text = lines.join("\n");
        }
    }

    /// Begins a table.
    pub(super) fn open_table(&mut self) {
        self.tables.push(Table { paragraphs: self.open.len(), ..Table::default() });
    }

    /// Begins a cell.
    pub(super) fn open_cell(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.row.push(Vec::new());
            table.in_cell = true;
        }
    }

    /// Ends a cell.
    pub(super) fn close_cell(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.in_cell = false;
        }
    }

    /// Lets the cell that was closed stand for so many.
    pub(super) fn repeat_cell(&mut self, times: usize) {
        let Some(table) = self.tables.last_mut() else { return };
        let Some(cell) = table.row.last().cloned() else { return };
        let weight: usize = cell.iter().map(|line| line.len() + 2).sum();
        for _ in 1..times {
            if table.row.len() >= MAX_CELLS || self.repeated > MAX_TEXT_BYTES {
                break;
            }
            self.repeated += weight;
            table.row.push(cell.clone());
        }
    }

    /// Ends a row.
    pub(super) fn close_row(&mut self) {
        self.close_row_repeated(1);
    }

    /// Ends a row that stands for so many.
    pub(super) fn close_row_repeated(&mut self, times: usize) {
        let Some(table) = self.tables.last_mut() else { return };
        table.in_cell = false;
        let lines = table.columns.row(std::mem::take(&mut table.row));
        let weight: usize = lines.iter().map(|line| line.len() + 1).sum();
        for _ in 1..times {
            if lines.is_empty() || self.repeated > MAX_TEXT_BYTES {
                break;
            }
            self.repeated += weight;
            self.emit_outside(lines.clone());
        }
        self.emit_outside(lines);
    }

    /// Puts what the cell holds on one line.
    pub(super) fn flatten_cell(&mut self) {
        if let Some(cell) = self.tables.last_mut().and_then(|table| table.row.last_mut())
            && cell.len() > 1
        {
            *cell = vec![cell.join(" ")];
        }
    }

    /// Leaves out the row that is open.
    pub(super) fn drop_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.row.clear();
            table.in_cell = false;
        }
    }

    /// Ends a table.
    pub(super) fn close_table(&mut self) {
        self.close_row();
        self.tables.pop();
    }

    /// Every line, whatever is still open.
    pub(super) fn finish(mut self) -> Vec<String> {
        while !self.open.is_empty() || !self.tables.is_empty() {
            let inner = self.open.last().is_some_and(|p| p.tables >= self.tables.len());
            if inner { self.close_paragraph() } else { self.close_table() }
        }
        self.done
    }

    /// Lines of the table's row go where the table stands.
    fn emit_outside(&mut self, lines: Vec<String>) {
        if let Some(table) = self.tables.pop() {
            self.emit(lines);
            self.tables.push(table);
        }
    }

    /// Lines go into the innermost cell or paragraph that is open.
    fn emit(&mut self, mut lines: Vec<String>) {
        let paragraphs = self.open.len();
        if let Some(table) = self.tables.last_mut().filter(|t| t.paragraphs >= paragraphs) {
            if table.in_cell
                && let Some(cell) = table.row.last_mut()
            {
                cell.extend(lines.into_iter().filter(|line| !line.trim().is_empty()));
            }
            return;
        }
        match self.open.last_mut() {
            Some(paragraph) => paragraph.boxes.append(&mut lines),
            None => self.done.append(&mut lines),
        }
    }
}

/// The lines as one text, in the signs that a person types: no more than one empty line in a row,
/// none at the ends.
pub(super) fn text(lines: &[String]) -> String {
    let mut out = String::new();
    for line in lines {
        let line = typed(line);
        let line = line.trim_end();
        if line.is_empty() && (out.is_empty() || out.ends_with("\n\n")) {
            continue;
        }
        out.push_str(line);
        out.push('\n');
    }
    out.truncate(out.trim_end().len());
    out
}

/// How many, with its noun: « 1 image », « 3 images ».
pub(super) fn count(number: usize, one: &str, several: &str) -> Option<String> {
    match number {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {several}")),
    }
}

/// The text of a document between the lines that its pages repeat, without their page numbers.
pub(super) fn framed(header: Vec<String>, body: Vec<String>, footer: Vec<String>) -> String {
    let mut lines = header;
    let separate = |lines: &mut Vec<String>| {
        if !lines.is_empty() {
            lines.push(String::new());
        }
    };
    separate(&mut lines);
    lines.extend(body);
    if !footer.is_empty() {
        separate(&mut lines);
        lines.extend(footer);
    }
    text(&lines)
}

/// The line without what stands around a page number: « Page 2 sur 5 », « - 3 - ».
pub(super) fn without_page_words(line: &str) -> String {
    let is_around = |word: &&str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        bare.is_empty() || ["page", "pages", "p", "sur", "de", "n"].contains(&bare.as_str())
    };
    let words: Vec<&str> = line.split_whitespace().collect();
    let end = words.iter().rposition(|word| !is_around(word)).map_or(0, |last| last + 1);
    let start = words.iter().position(|word| !is_around(word)).unwrap_or(end);
    words.get(start..end).unwrap_or_default().join(" ")
}

/// The line in the signs that a keyboard has: spaces that do not break are spaces, and the arrow
/// that Word makes of `-->` is one again.
fn typed(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for character in line.chars() {
        match character {
            '\u{a0}' | '\u{202f}' | '\u{2007}' | '\u{2009}' | '\t' => out.push(' '),
            // Marks of hyphenation, of joining and of byte order, which show nothing.
            '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            '\u{2011}' => out.push('-'),
            // Wingdings, in the private codes under which office programs keep it.
            '\u{f0e0}' | '\u{f0e8}' => out.push_str("->"),
            '\u{f0df}' | '\u{f0e7}' => out.push_str("<-"),
            '\u{f0fc}' => out.push('✓'),
            '\u{f0fe}' | '\u{f078}' => out.push('☒'),
            '\u{f0a8}' | '\u{f06f}' => out.push('☐'),
            '\u{e000}'..='\u{f8ff}' => {}
            control if control.is_control() => {}
            _ => out.push(character),
        }
    }
    out
}
