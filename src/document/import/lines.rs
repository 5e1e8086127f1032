//! Lines as a person would have typed them, from paragraphs, tables and boxes.
//!
//! A paragraph inside another one is the text of a box, and comes after it. A row whose cells hold
//! one line each becomes one line; a row that lays out whole paragraphs gives its lines in turn.

/// Between the cells of a row.
const CELLS: &str = " ; ";

/// Text being collected.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// Finished lines.
    done: Vec<String>,
    /// Paragraphs begun, the innermost last, each with the lines of its boxes.
    open: Vec<Paragraph>,
    /// Tables begun, the innermost last.
    tables: Vec<Table>,
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

    /// Adds a space for a tab.
    pub(super) fn tab(&mut self) {
        self.push(" ");
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

    /// Ends a row.
    pub(super) fn close_row(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.in_cell = false;
            let row = std::mem::take(&mut table.row);
            self.emit_outside(row_lines(row));
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

/// The lines of a row.
fn row_lines(row: Vec<Vec<String>>) -> Vec<String> {
    if row.iter().any(|cell| cell.len() > 1) {
        return row.into_iter().flatten().collect();
    }
    let cells: Vec<String> =
        row.into_iter().map(|cell| cell.into_iter().next().unwrap_or_default()).collect();
    joined(&cells).into_iter().collect()
}

/// The cells of a row on one line; a row of empty cells is no line.
pub(super) fn joined(cells: &[String]) -> Option<String> {
    let last = cells.iter().rposition(|cell| !cell.trim().is_empty())?;
    let cells: Vec<&str> = cells.iter().take(last + 1).map(|cell| cell.trim()).collect();
    Some(cells.join(CELLS))
}

/// The lines as one text: no more than one empty line in a row, none at the ends.
pub(super) fn text(lines: &[String]) -> String {
    let mut out = String::new();
    for line in lines {
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
