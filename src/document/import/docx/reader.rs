//! The elements of one part of a Word document, as lines.

use std::collections::BTreeMap;

use super::super::Reason;
use super::super::lines::{self, Lines};
use super::super::xml::{self, Element, Node, Place, Visit as _};
use super::numbers::{Counter, Numbers};
use super::styles::{Styles, is_on};

/// What the parts of a document share.
pub(super) struct Parts {
    /// Its styles.
    pub(super) styles: Styles,
    /// Its lists.
    pub(super) numbers: Numbers,
}

/// Footnotes or endnotes by their identifier.
pub(super) type Notes = BTreeMap<String, String>;

/// Reads the part that holds the footnotes or the endnotes.
///
/// # Errors
/// When it is damaged.
pub(super) fn notes(xml: &str, parts: &Parts) -> Result<Notes, Reason> {
    let mut notes = Notes::new();
    let none = Notes::new();
    let mut open: Option<(String, Reader<'_>)> = None;
    xml::walk(xml, &mut |node| {
        match &node {
            Node::Open(element) if matches!(element.name(), "footnote" | "endnote") => {
                // The lines drawn above notes are notes of a type of their own.
                if element.attribute("type").is_none_or(|kind| kind == "normal") {
                    let id = element.attribute("id").unwrap_or_default();
                    open = Some((id, Reader::new(parts, &none, &none)));
                }
                return Ok(());
            }
            Node::Close("footnote" | "endnote") => {
                if let Some((id, reader)) = open.take() {
                    let lines = reader.finish().lines;
                    let words: Vec<&str> =
                        lines.iter().map(|line| line.trim()).filter(|l| !l.is_empty()).collect();
                    notes.insert(id, words.join(" "));
                }
                return Ok(());
            }
            _ => {}
        }
        if let Some((_, reader)) = &mut open {
            reader.visit(node);
        }
        Ok(())
    })?;
    Ok(notes)
}

/// What a part came to.
pub(super) struct Read {
    /// Its lines.
    pub(super) lines: Vec<String>,
    /// Headers and footers that it names: what they are, and their identifier.
    pub(super) edges: Vec<(&'static str, String)>,
    /// Pictures and drawings.
    pub(super) images: usize,
    /// Tables of contents.
    pub(super) contents: usize,
    /// Other files that it takes in.
    pub(super) inserted_files: usize,
}

/// A field, such as a page number: its instruction, then what Word last showed.
#[derive(Default)]
struct Field {
    instruction: String,
    shows: bool,
}

/// A paragraph that is open.
#[derive(Default)]
struct Paragraph {
    style: String,
    number: Option<String>,
    level: Option<usize>,
    hidden: bool,
    /// Its end was deleted in tracked changes: the next one goes on with it.
    joined: bool,
    /// It shows a page number.
    has_page: bool,
}

/// Reads one part.
pub(super) struct Reader<'a> {
    parts: &'a Parts,
    footnotes: &'a Notes,
    endnotes: &'a Notes,
    lines: Lines,
    counter: Counter,
    place: Place,
    paragraphs: Vec<Paragraph>,
    /// Whether the runs that are open are hidden.
    hidden: Vec<bool>,
    fields: Vec<Field>,
    /// A paragraph whose end was deleted waits for the next one.
    waiting: bool,
    row_deleted: Vec<bool>,
    /// Whether the content controls that are open show only their prompt.
    prompts: Vec<bool>,
    edges: Vec<(&'static str, String)>,
    images: usize,
    contents: usize,
    inserted_files: usize,
}

impl<'a> Reader<'a> {
    /// Begins a part.
    pub(super) fn new(parts: &'a Parts, footnotes: &'a Notes, endnotes: &'a Notes) -> Self {
        Self {
            parts,
            footnotes,
            endnotes,
            lines: Lines::default(),
            counter: Counter::default(),
            place: Place::default(),
            paragraphs: Vec::new(),
            hidden: Vec::new(),
            fields: Vec::new(),
            waiting: false,
            row_deleted: Vec::new(),
            prompts: Vec::new(),
            edges: Vec::new(),
            images: 0,
            contents: 0,
            inserted_files: 0,
        }
    }

    /// What the part came to.
    pub(super) fn finish(self) -> Read {
        Read {
            lines: self.lines.finish(),
            edges: self.edges,
            images: self.images,
            contents: self.contents,
            inserted_files: self.inserted_files,
        }
    }

    /// Writes words, unless they are hidden or Word's own.
    fn write(&mut self, text: &str) {
        let hidden = self.hidden.contains(&true) || self.paragraphs.iter().any(|p| p.hidden);
        let generated = self.fields.iter().any(|field| {
            let word = field.instruction.split_whitespace().next().unwrap_or_default();
            matches!(word, "PAGE" | "NUMPAGES" | "SECTIONPAGES" | "TOC")
        });
        if !hidden && !generated {
            self.lines.push(text);
        }
    }

    fn hide(&mut self, hidden: bool) {
        if let Some(run) = self.hidden.last_mut() {
            *run |= hidden;
        }
    }

    fn paragraph(&mut self, change: impl FnOnce(&mut Paragraph)) {
        if let Some(paragraph) = self.paragraphs.last_mut() {
            change(paragraph);
        }
    }

    fn open_paragraph(&mut self) {
        if self.waiting {
            self.waiting = false;
            self.paragraphs.push(Paragraph { number: Some("0".into()), ..Paragraph::default() });
            return;
        }
        self.paragraphs.push(Paragraph::default());
        self.lines.open_paragraph("");
    }

    /// Puts the dash or number before a paragraph, once its properties are known.
    fn number(&mut self) {
        let Some(paragraph) = self.paragraphs.last() else { return };
        let parts = self.parts;
        let own = paragraph.number.as_deref().map(|number| (number, paragraph.level));
        let Some((number, level)) = own.or_else(|| parts.styles.number(&paragraph.style)) else {
            return;
        };
        let level = paragraph.level.or(level);
        let label = parts.numbers.label(&mut self.counter, number, level, &paragraph.style);
        self.lines.push(&label);
    }

    fn close_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        if paragraph.has_page {
            self.lines.amend(lines::without_page_words);
        }
        if paragraph.joined && self.paragraphs.is_empty() {
            self.waiting = true;
        } else {
            self.lines.close_paragraph();
        }
    }

    fn end_waiting(&mut self) {
        if std::mem::take(&mut self.waiting) {
            self.lines.close_paragraph();
        }
    }

    fn open_field(&mut self, field: Field) {
        self.fields.push(field);
        self.field_shows();
    }

    fn field_mark(&mut self, kind: &str) {
        match kind {
            "begin" => self.fields.push(Field::default()),
            "separate" => {
                if let Some(field) = self.fields.last_mut() {
                    field.shows = true;
                }
                self.field_shows();
            }
            "end" => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    /// Notes what kind of field begins to show its result.
    fn field_shows(&mut self) {
        let Some(field) = self.fields.last() else { return };
        match field.instruction.split_whitespace().next() {
            Some("PAGE" | "NUMPAGES" | "SECTIONPAGES") => {
                self.paragraph(|paragraph| paragraph.has_page = true);
            }
            Some("TOC") => self.contents += 1,
            _ => {}
        }
    }

    /// Puts a note where it is called, as a person who types would.
    fn note(&mut self, element: &Element<'_>, notes: &Notes) {
        let id = element.attribute("id").unwrap_or_default();
        if let Some(words) = notes.get(&id).filter(|words| !words.is_empty()) {
            self.write(&format!(" ({words})"));
        }
    }
}

impl xml::Visit for Reader<'_> {
    fn place(&mut self) -> &mut Place {
        &mut self.place
    }

    fn open(&mut self, name: &str, element: &Element<'_>) {
        let parent = self.place.last().to_owned();
        let above = self.place.above().to_owned();
        let value = || element.attribute("val");
        match (name, parent.as_str()) {
            ("del" | "moveFrom", "rPr") if above == "pPr" => {
                self.paragraph(|paragraph| paragraph.joined = true);
            }
            ("del", "trPr") => {
                if let Some(deleted) = self.row_deleted.last_mut() {
                    *deleted = true;
                }
            }
            // The drawing again, for old programs; and formatting before a tracked change.
            ("Fallback" | "del" | "moveFrom" | "rt", _) => self.place.skip(),
            (change, _) if change.ends_with("Change") => self.place.skip(),
            ("sdtContent", _) if self.prompts.last() == Some(&true) => self.place.skip(),
            ("showingPlcHdr", _) => {
                if let Some(prompt) = self.prompts.last_mut() {
                    *prompt = is_on(value());
                }
            }
            ("sdt", _) => self.prompts.push(false),
            ("p", _) => self.open_paragraph(),
            ("pStyle", "pPr") => {
                let style = value().unwrap_or_default();
                let hidden = self.parts.styles.hides(&style);
                self.paragraph(|paragraph| {
                    paragraph.hidden = hidden;
                    paragraph.style = style;
                });
            }
            ("numId", "numPr") => {
                let number = value();
                self.paragraph(|paragraph| paragraph.number = number);
            }
            ("ilvl", "numPr") => {
                let level = value().and_then(|level| level.parse().ok());
                self.paragraph(|paragraph| paragraph.level = level);
            }
            ("r", _) => self.hidden.push(false),
            ("vanish", "rPr") if above == "r" => self.hide(is_on(value())),
            ("rStyle", "rPr") if above == "r" => {
                self.hide(self.parts.styles.hides(&value().unwrap_or_default()));
            }
            ("tab", "r") | ("ptab", _) => self.write(" "),
            ("br" | "cr", "r") | ("br", "p") => self.write("\n"),
            ("noBreakHyphen", _) => self.write("-"),
            ("sym", _) => {
                let code = element.attribute("char").and_then(|c| u32::from_str_radix(&c, 16).ok());
                if let Some(sign) = code.and_then(char::from_u32) {
                    self.write(&sign.to_string());
                }
            }
            ("fldSimple", _) => {
                let instruction = element.attribute("instr").unwrap_or_default();
                self.open_field(Field { instruction, shows: true });
            }
            ("fldChar", _) => {
                self.field_mark(&element.attribute("fldCharType").unwrap_or_default());
            }
            ("footnoteReference", _) => self.note(element, self.footnotes),
            ("endnoteReference", _) => self.note(element, self.endnotes),
            ("tbl", _) => {
                self.end_waiting();
                self.lines.open_table();
            }
            ("tr", _) => self.row_deleted.push(false),
            ("tc", _) => self.lines.open_cell(),
            ("headerReference" | "footerReference", _) => {
                let kind = if name == "headerReference" { "header" } else { "footer" };
                self.edges.push((kind, element.attribute("id").unwrap_or_default()));
            }
            ("blip" | "imagedata" | "relIds" | "chart", _) => self.images += 1,
            ("altChunk", _) => self.inserted_files += 1,
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "pPr" => self.number(),
            "p" => self.close_paragraph(),
            "r" => {
                self.hidden.pop();
            }
            "fldSimple" => {
                self.fields.pop();
            }
            "sdt" => {
                self.prompts.pop();
            }
            "tc" => {
                self.end_waiting();
                self.lines.close_cell();
            }
            "tr" => match self.row_deleted.pop() {
                Some(true) => self.lines.drop_row(),
                _ => self.lines.close_row(),
            },
            "tbl" => self.lines.close_table(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        match self.place.last() {
            "t" => self.write(text),
            "instrText" => {
                if let Some(field) = self.fields.last_mut().filter(|field| !field.shows) {
                    field.instruction.push_str(text);
                }
            }
            _ => {}
        }
    }
}
