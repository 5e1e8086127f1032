//! The elements of an `OpenDocument` file, as lines.

use std::collections::BTreeMap;

use super::super::lines::{self, Lines};
use super::super::numbering::{self, Counts, MAX_LEVELS};
use super::super::xml::{self, Element, Place};
use super::styles::{OUTLINE, Styles};

/// Cells or rows that one element may stand for; programs fill sheets up with empty ones.
const MOST_REPEATED: usize = 256;

/// What a document came to.
#[derive(Default)]
pub(super) struct Read {
    /// Lines repeated at the top of pages.
    pub(super) headers: Vec<String>,
    /// The lines of the document.
    pub(super) body: Vec<String>,
    /// Lines repeated at the foot of pages.
    pub(super) footers: Vec<String>,
    /// Comments.
    pub(super) comments: usize,
    /// Pictures.
    pub(super) images: usize,
    /// Tables of contents.
    pub(super) contents: usize,
    /// Rows that are hidden or filtered out.
    pub(super) hidden_rows: usize,
    /// Sheets that are hidden.
    pub(super) hidden_sheets: usize,
    /// It is a spreadsheet.
    pub(super) is_sheet: bool,
}

/// A list that is open.
struct List {
    style: String,
    /// An item was opened and has had no paragraph yet.
    fresh: bool,
}

/// Reads a document.
pub(super) struct Reader<'a> {
    styles: &'a Styles,
    read: Read,
    lines: Lines,
    place: Place,
    lists: Vec<List>,
    /// Counts of the list that is open, and of those that may be continued.
    counts: Counts,
    by_style: BTreeMap<String, Counts>,
    by_id: BTreeMap<String, Counts>,
    list_id: Option<String>,
    outline: Counts,
    /// Whether the paragraphs that are open show a page number.
    pages: Vec<bool>,
    /// Paragraphs of a note, put where it is called.
    notes: Vec<Lines>,
    /// The sheets of a spreadsheet: name and lines.
    sheets: Vec<(String, Vec<String>)>,
    /// How often the open cell and row stand.
    cell: usize,
    row: usize,
}

impl<'a> Reader<'a> {
    /// Begins a document.
    pub(super) fn new(styles: &'a Styles) -> Self {
        Self {
            styles,
            read: Read::default(),
            lines: Lines::default(),
            place: Place::default(),
            lists: Vec::new(),
            counts: Counts::new(),
            by_style: BTreeMap::new(),
            by_id: BTreeMap::new(),
            list_id: None,
            outline: Counts::new(),
            pages: Vec::new(),
            notes: Vec::new(),
            sheets: Vec::new(),
            cell: 1,
            row: 1,
        }
    }

    /// What the document came to.
    pub(super) fn finish(mut self) -> Read {
        let mut sheets: Vec<(String, Vec<String>)> = std::mem::take(&mut self.sheets);
        sheets.retain(|(_, lines)| !lines.is_empty());
        let several = sheets.len() > 1;
        for (name, lines) in sheets {
            if several {
                self.read.body.extend([String::new(), name]);
            }
            self.read.body.extend(lines);
        }
        self.read
    }

    /// Whether text here is words: in a drawing it may also stand between shapes.
    fn in_words(&self) -> bool {
        !matches!(
            self.place.last(),
            "frame"
                | "text-box"
                | "custom-shape"
                | "g"
                | "list"
                | "list-item"
                | "table"
                | "table-row"
                | "table-cell"
                | "note"
                | "note-body"
        )
    }

    fn write(&mut self, text: &str) {
        self.lines.push(text);
    }

    fn open_paragraph(&mut self, name: &str, style: Option<&str>, element: &Element<'_>) {
        if self.styles.hides(style) {
            self.place.skip();
            return;
        }
        let level = self.lists.len().saturating_sub(1);
        let label = match self.lists.last_mut().map(|list| std::mem::take(&mut list.fresh)) {
            Some(true) => self.list_label(level),
            None if name == "h" => self.outline_label(element),
            _ => String::new(),
        };
        self.lines.open_paragraph(&label);
        self.pages.push(false);
    }

    fn list_label(&mut self, level: usize) -> String {
        let style = self.lists.last().map_or("", |list| list.style.as_str());
        let levels = self.styles.levels(style);
        let level = level.min(MAX_LEVELS - 1);
        if level >= levels.len() {
            return format!("{}- ", "  ".repeat(level));
        }
        numbering::next(&mut self.counts, level, levels);
        numbering::label(&self.counts, level, levels)
    }

    /// Numbers of headings, where the document has them; headings are not indented.
    fn outline_label(&mut self, element: &Element<'_>) -> String {
        let level = element.attribute("outline-level").and_then(|level| level.parse().ok());
        let level = level.unwrap_or(1_usize).clamp(1, MAX_LEVELS) - 1;
        let levels = self.styles.levels(OUTLINE);
        if element.says("is-list-header", "true") || level >= levels.len() {
            return String::new();
        }
        numbering::next(&mut self.outline, level, levels);
        numbering::label(&self.outline, level, levels).trim_start().to_owned()
    }

    fn open_list(&mut self, style: Option<String>, element: &Element<'_>) {
        let inherited = self.lists.last().map(|list| list.style.clone());
        let style = style.or(inherited).unwrap_or_default();
        if self.lists.is_empty() {
            self.counts = match element.attribute("continue-list") {
                Some(id) => self.by_id.get(&id).cloned().unwrap_or_default(),
                None if element.says("continue-numbering", "true") => {
                    self.by_style.get(&style).cloned().unwrap_or_default()
                }
                None => Counts::new(),
            };
            self.list_id = element.attribute("id");
        }
        self.lists.push(List { style, fresh: false });
    }

    fn close_list(&mut self) {
        let Some(list) = self.lists.pop() else { return };
        if self.lists.is_empty() {
            if let Some(id) = self.list_id.take() {
                self.by_id.insert(id, self.counts.clone());
            }
            self.by_style.insert(list.style, self.counts.clone());
        }
    }

    fn open_table(&mut self, style: Option<&str>, element: &Element<'_>) {
        if self.read.is_sheet {
            if self.styles.hides(style) {
                self.read.hidden_sheets += 1;
                self.place.skip();
                return;
            }
            let name = element.attribute("name").unwrap_or_default();
            self.sheets.push((name, Vec::new()));
        }
        self.lines.open_table();
    }

    fn close_table(&mut self) {
        self.lines.close_table();
        if self.read.is_sheet
            && let Some((_, lines)) = self.sheets.last_mut()
        {
            *lines = std::mem::take(&mut self.lines).finish();
        }
    }

    /// Keeps each line at the edge of pages once.
    fn close_edge(&mut self, of: fn(&mut Read) -> &mut Vec<String>) {
        let lines = std::mem::take(&mut self.lines).finish();
        let told = of(&mut self.read);
        for line in lines.into_iter().filter(|line| !line.trim().is_empty()) {
            if !told.contains(&line) {
                told.push(line);
            }
        }
    }
}

impl xml::Visit for Reader<'_> {
    fn place(&mut self) -> &mut Place {
        &mut self.place
    }

    fn open(&mut self, name: &str, element: &Element<'_>) {
        let style = element.attribute("style-name");
        match name {
            // What the program keeps beside the text.
            "tracked-changes"
            | "automatic-styles"
            | "styles"
            | "font-face-decls"
            | "meta"
            | "settings"
            | "scripts"
            | "forms"
            | "sequence-decls"
            | "variable-decls"
            | "user-field-decls"
            | "content-validations"
            | "database-ranges"
            | "named-expressions"
            | "calculation-settings"
            | "number"
            | "note-citation"
            | "hidden-text"
            | "ruby-text"
            | "event-listeners"
            | "object"
            | "binary-data"
            | "label-ranges"
            | "table-source"
            | "shapes" => self.place.skip(),
            // What a picture is called; in a paragraph the title is a field that shows words.
            "title" | "desc" if !self.in_words() => self.place.skip(),
            "annotation" => {
                self.read.comments += 1;
                self.place.skip();
            }
            "table-of-content" => {
                self.read.contents += 1;
                self.place.skip();
            }
            "image" => self.read.images += 1,
            "section" if self.styles.hides(style.as_deref()) || element.says("display", "none") => {
                self.place.skip();
            }
            "hidden-paragraph" if !element.says("is-hidden", "false") => {
                self.lines.amend(|_| String::new());
                self.place.skip();
            }
            // The edges of pages come before the body in the file as here.
            "header" | "header-first" | "header-left" | "footer" | "footer-first"
            | "footer-left"
                if self.place.last() == "master-page" && element.says("display", "false") =>
            {
                self.place.skip();
            }
            "spreadsheet" => self.read.is_sheet = true,
            "p" | "h" => self.open_paragraph(name, style.as_deref(), element),
            "span" if self.styles.hides(style.as_deref()) => self.place.skip(),
            "s" => {
                let count = element.attribute("c").and_then(|c| c.parse().ok()).unwrap_or(1_usize);
                self.write(&" ".repeat(count.min(MOST_REPEATED)));
            }
            "tab" => self.write(" "),
            "line-break" => self.write("\n"),
            "page-number" | "page-count" | "page-continuation" => {
                if let Some(page) = self.pages.last_mut() {
                    *page = true;
                }
                self.place.skip();
            }
            "note" => self.notes.push(std::mem::take(&mut self.lines)),
            "list" => self.open_list(style, element),
            "list-item" => {
                if let Some(list) = self.lists.last_mut() {
                    list.fresh = true;
                }
                let start = element.attribute("start-value").and_then(|s| s.parse().ok());
                if let Some(before) = start.and_then(|start: usize| start.checked_sub(1)) {
                    self.counts.insert(self.lists.len().saturating_sub(1), before);
                }
            }
            "table" => self.open_table(style.as_deref(), element),
            "table-row" => {
                self.row = repeated(element, "number-rows-repeated");
                if element.attribute("visibility").is_some_and(|v| v != "visible") {
                    self.place.skip();
                    // Empty rows are hidden to the end of the sheet; those say nothing.
                    self.read.hidden_rows += usize::from(self.row < MOST_REPEATED) * self.row;
                }
            }
            "table-cell" | "covered-table-cell" => {
                self.cell = repeated(element, "number-columns-repeated");
                self.lines.open_cell();
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "h" => {
                if self.pages.pop() == Some(true) {
                    self.lines.amend(lines::without_page_words);
                }
                self.lines.close_paragraph();
            }
            "note" => {
                let outer = self.notes.pop().unwrap_or_default();
                let note = std::mem::replace(&mut self.lines, outer).finish();
                let words: Vec<&str> =
                    note.iter().map(|line| line.trim()).filter(|l| !l.is_empty()).collect();
                if !words.is_empty() {
                    self.lines.push(&format!(" ({})", words.join(" ")));
                }
            }
            "list" => self.close_list(),
            "table-cell" | "covered-table-cell" => {
                self.lines.close_cell();
                if self.read.is_sheet {
                    self.lines.flatten_cell();
                }
                self.lines.repeat_cell(self.cell);
            }
            "table-row" => self.lines.close_row_repeated(self.row),
            "table" => self.close_table(),
            "header" | "header-first" | "header-left" => self.close_edge(|read| &mut read.headers),
            "footer" | "footer-first" | "footer-left" => self.close_edge(|read| &mut read.footers),
            "body" if self.place.last().starts_with("document") => {
                self.read.body = std::mem::take(&mut self.lines).finish();
            }
            _ => {}
        }
    }

    /// Writes words; white space in the file is one space, as layouts of XML have it.
    fn text(&mut self, text: &str) {
        if !self.lines.in_paragraph() || !self.in_words() {
            return;
        }
        let is_space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
        let mut pending = false;
        let mut out = String::with_capacity(text.len());
        for (index, word) in text.split(is_space).enumerate() {
            pending |= index > 0;
            if word.is_empty() {
                continue;
            }
            if std::mem::take(&mut pending) && !(out.is_empty() && self.lines.ends_in_space()) {
                out.push(' ');
            }
            out.push_str(word);
        }
        if pending && !(out.is_empty() && self.lines.ends_in_space()) {
            out.push(' ');
        }
        self.lines.push(&out);
    }
}

fn repeated(element: &Element<'_>, name: &str) -> usize {
    let times = element.attribute(name).and_then(|times| times.parse().ok());
    times.unwrap_or(1_usize).clamp(1, MOST_REPEATED)
}
