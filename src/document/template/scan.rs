//! Fields of a template's part, found in its paragraphs.
//!
//! A paragraph's text lies in pieces: Word cuts a word in runs where the spelling, the language or
//! a hesitation of the typist changes, LibreOffice in spans. The pieces are read as one text, so
//! that a field is found however it is cut; what is written in its place goes where its first
//! character stood, in that piece's own look. Text in tables, text boxes, page headers and footers
//! is read alike. Deleted text of tracked changes is not text.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::super::letterhead::Field;
use super::super::source::attribute;

/// Which format a part is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Word.
    Docx,
    /// LibreOffice.
    Odt,
}

/// What has to be written in place of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum What {
    /// A value.
    Field(Field),
    /// The whole draft.
    Body,
}

/// A mark `{{ … }}`, by its place in its paragraph's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) range: Range<usize>,
    pub(super) what: What,
}

/// A piece of a paragraph's text.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// Its place in the part: for Word the whole element `w:t`.
    pub(super) range: Range<usize>,
    pub(super) text: String,
    /// Where the properties of its run stand, in Word.
    pub(super) run: Option<Range<usize>>,
    /// The style of its span, in LibreOffice.
    pub(super) span: Option<String>,
}

/// A paragraph.
#[derive(Debug, Clone, Default)]
pub(super) struct Paragraph {
    pub(super) range: Range<usize>,
    pub(super) pieces: Vec<Piece>,
    pub(super) slots: Vec<Slot>,
    /// Where its properties stand, in Word.
    pub(super) properties: Option<Range<usize>>,
    /// Its style, in LibreOffice.
    pub(super) style: Option<String>,
    /// Whether a picture or a text box is anchored in it.
    pub(super) anchors: bool,
    /// Whether a section of Word ends with it.
    pub(super) ends_section: bool,
    /// Whether it stands in a list or a text box, where a whole draft has no place.
    pub(super) confined: bool,
    /// Width of the cell it stands in, in Word.
    pub(super) cell: Option<u32>,
}

/// What a part holds.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// The paragraphs with marks.
    pub(super) paragraphs: Vec<Paragraph>,
    /// All its words.
    pub(super) words: String,
    /// Whether it holds a picture.
    pub(super) picture: bool,
    /// Where the text ends.
    pub(super) end: Option<usize>,
    /// Room for text on the last page of Word, in twips.
    pub(super) width: Option<u32>,
}

/// Why a part cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// Not well-formed XML.
    Broken,
    /// A name that no field has.
    Unknown(String),
    /// Two braces that open and do not close in their paragraph.
    Unclosed(String),
}

/// Reads a part.
pub(super) fn scan(source: &str, dialect: Dialect) -> Result<Scan, Fault> {
    let mut reader = Reader::from_str(source);
    let mut state = State::new(source, dialect);
    loop {
        let start = position(&reader)?;
        let event = reader.read_event().map_err(|_| Fault::Broken)?;
        let range = start..position(&reader)?;
        match event {
            Event::Start(tag) => state.start(&tag, range),
            Event::Empty(tag) => state.empty(&tag, range),
            Event::End(_) => state.end(range)?,
            Event::Text(_) | Event::GeneralRef(_) | Event::CData(_) => state.text(range)?,
            Event::Eof if state.open.is_empty() => return Ok(state.scan),
            Event::Eof => return Err(Fault::Broken),
            _ => {}
        }
    }
}

fn position(reader: &Reader<&[u8]>) -> Result<usize, Fault> {
    usize::try_from(reader.buffer_position()).map_err(|_| Fault::Broken)
}

struct Open {
    name: String,
    /// Where its content starts.
    content: usize,
    start: usize,
    /// For a span, its style.
    style: Option<String>,
}

struct State<'s> {
    dialect: Dialect,
    source: &'s str,
    open: Vec<Open>,
    paragraphs: Vec<Paragraph>,
    run: Option<Range<usize>>,
    cells: Vec<Option<u32>>,
    page: Option<u32>,
    scan: Scan,
}

impl<'s> State<'s> {
    fn new(source: &'s str, dialect: Dialect) -> Self {
        Self {
            dialect,
            source,
            open: Vec::new(),
            paragraphs: Vec::new(),
            run: None,
            cells: Vec::new(),
            page: None,
            scan: Scan::default(),
        }
    }

    fn inside(&self, name: &str) -> bool {
        self.open.iter().any(|open| open.name == name)
    }

    fn start(&mut self, tag: &BytesStart<'_>, range: Range<usize>) {
        let name = tag.name().0.to_owned();
        self.seen(&name);
        match name.as_str() {
            "w:p" | "text:p" | "text:h" => {
                let confined = ["w:txbxContent", "draw:text-box", "text:list", "text:note"]
                    .iter()
                    .any(|n| self.inside(n));
                self.paragraphs.push(Paragraph {
                    range: range.clone(),
                    style: attribute(tag, "text:style-name"),
                    confined,
                    cell: self.cells.last().copied().flatten(),
                    ..Paragraph::default()
                });
            }
            "w:r" => self.run = None,
            "w:tc" => self.cells.push(None),
            "w:sectPr" if self.parent() == Some("w:body") => self.scan.end = Some(range.start),
            _ => {}
        }
        let style = (name == "text:span").then(|| attribute(tag, "text:style-name")).flatten();
        self.open.push(Open { name, content: range.end, start: range.start, style });
    }

    fn empty(&mut self, tag: &BytesStart<'_>, range: Range<usize>) {
        let name = tag.name().0.to_owned();
        self.seen(&name);
        let number = |key: &str| attribute(tag, key).and_then(|value| value.parse::<u32>().ok());
        match name.as_str() {
            "text:s" | "text:tab" | "text:line-break" if self.dialect == Dialect::Odt => {
                self.piece(range, " ".to_owned());
            }
            "w:tcW" if attribute(tag, "w:type").as_deref() == Some("dxa") => {
                if let Some(cell) = self.cells.last_mut() {
                    *cell = number("w:w");
                }
            }
            "w:pgSz" => self.page = number("w:w"),
            "w:pgMar" => {
                let margins = number("w:left").zip(number("w:right"));
                self.scan.width = self
                    .page
                    .zip(margins)
                    .map(|(page, (left, right))| page.saturating_sub(left.saturating_add(right)));
            }
            "w:sectPr" if self.parent() == Some("w:body") => self.scan.end = Some(range.start),
            _ => {}
        }
    }

    /// What counts wherever it stands.
    fn seen(&mut self, name: &str) {
        match name {
            "w:drawing"
            | "w:pict"
            | "w:object"
            | "mc:AlternateContent"
            | "draw:frame"
            | "draw:custom-shape" => {
                self.paragraphs.iter_mut().for_each(|paragraph| paragraph.anchors = true);
            }
            // A shape filled with a picture names it; one filled with a colour does not.
            "pic:pic" | "a:blip" | "v:imagedata" | "draw:image" => self.scan.picture = true,
            "w:sectPr" if self.parent() == Some("w:pPr") => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.ends_section = true;
                }
            }
            _ => {}
        }
    }

    fn parent(&self) -> Option<&str> {
        self.open.last().map(|open| open.name.as_str())
    }

    fn end(&mut self, range: Range<usize>) -> Result<(), Fault> {
        let Some(open) = self.open.pop() else { return Err(Fault::Broken) };
        let content = open.content..range.start;
        match open.name.as_str() {
            "w:t" => {
                let text = decoded(self.source.get(content).unwrap_or_default())?;
                self.piece(open.start..range.end, text);
            }
            "w:rPr" if self.parent() == Some("w:r") => self.run = Some(content),
            "w:pPr" if self.parent() == Some("w:p") => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.properties = Some(content);
                }
            }
            "w:tc" => {
                self.cells.pop();
            }
            "w:p" | "text:p" | "text:h" => {
                if let Some(mut paragraph) = self.paragraphs.pop() {
                    paragraph.range.end = range.end;
                    self.finish(paragraph)?;
                }
            }
            "w:body" | "office:text" => {
                self.scan.end.get_or_insert(range.start);
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, range: Range<usize>) -> Result<(), Fault> {
        if self.dialect == Dialect::Odt && !self.paragraphs.is_empty() {
            let text = decoded(self.source.get(range.clone()).unwrap_or_default())?;
            self.piece(range, text);
        }
        Ok(())
    }

    fn piece(&mut self, range: Range<usize>, text: String) {
        let (run, span) = (self.run.clone(), self.open.iter().rev().find_map(|o| o.style.clone()));
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.pieces.push(Piece { range, text, run, span });
        }
    }

    fn finish(&mut self, mut paragraph: Paragraph) -> Result<(), Fault> {
        if self.inside("text:tracked-changes") {
            return Ok(());
        }
        let text: String = paragraph.pieces.iter().map(|piece| piece.text.as_str()).collect();
        self.scan.words.push_str(&text);
        self.scan.words.push('\n');
        paragraph.slots = slots(&text)?;
        if !paragraph.slots.is_empty() {
            self.scan.paragraphs.push(paragraph);
        }
        Ok(())
    }
}

fn decoded(raw: &str) -> Result<String, Fault> {
    if let Some(plain) = raw.strip_prefix("<![CDATA[").and_then(|raw| raw.strip_suffix("]]>")) {
        return Ok(plain.to_owned());
    }
    quick_xml::escape::unescape(raw).map(|text| text.into_owned()).map_err(|_| Fault::Broken)
}

/// The marks of a text.
fn slots(text: &str) -> Result<Vec<Slot>, Fault> {
    let mut slots = Vec::new();
    let mut done = 0;
    while let Some(open) = text.get(done..).and_then(|rest| rest.find("{{")) {
        let start = done + open;
        let rest = text.get(start + 2..).unwrap_or_default();
        let name = match rest.find("}}") {
            Some(close) if !rest.get(..close).is_some_and(|name| name.contains("{{")) => {
                rest.get(..close).unwrap_or_default()
            }
            _ => return Err(Fault::Unclosed(rest.split_whitespace().next().unwrap_or("").into())),
        };
        let end = start + 2 + name.len() + 2;
        let name = name.trim();
        let what = match Field::named(name) {
            Some(field) => What::Field(field),
            None if super::super::letterhead::fold(name) == "corps" => What::Body,
            None => return Err(Fault::Unknown(name.to_owned())),
        };
        slots.push(Slot { range: start..end, what });
        done = end;
    }
    Ok(slots)
}

impl Paragraph {
    /// Whether the whole draft goes here.
    pub(super) fn takes_body(&self) -> bool {
        self.slots.iter().any(|slot| slot.what == What::Body)
    }

    /// Whether nothing but the mark of the draft is written here.
    pub(super) fn is_bare(&self) -> bool {
        let text: String = self.pieces.iter().map(|piece| piece.text.as_str()).collect();
        let [slot] = self.slots.as_slice() else { return false };
        let around = [text.get(..slot.range.start), text.get(slot.range.end..)];
        around.into_iter().flatten().all(|text| text.trim().is_empty())
    }

    /// The pieces that change, each with its text cut at values: `Ok` is a text of the template,
    /// `Err` a value to write.
    pub(super) fn changes<'v>(
        &self,
        value: &dyn Fn(What) -> &'v str,
    ) -> Vec<(&Piece, Vec<Result<String, &'v str>>)> {
        let mut changes = Vec::new();
        let mut start = 0;
        for piece in &self.pieces {
            let end = start + piece.text.len();
            let touched = |slot: &&Slot| slot.range.start < end && slot.range.end > start;
            let touching: Vec<&Slot> = self.slots.iter().filter(touched).collect();
            if !touching.is_empty() {
                let mut parts = Vec::new();
                let mut done = start;
                for slot in touching {
                    let before = piece.text.get(done - start..slot.range.start.max(done) - start);
                    parts.push(Ok(before.unwrap_or_default().to_owned()));
                    if slot.range.start >= start {
                        parts.push(Err(value(slot.what)));
                    }
                    done = slot.range.end.min(end);
                }
                parts.push(Ok(piece.text.get(done - start..).unwrap_or_default().to_owned()));
                changes.push((piece, parts));
            }
            start = end;
        }
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str, dialect: Dialect) -> Vec<What> {
        let scan = scan(source, dialect).unwrap();
        scan.paragraphs.iter().flat_map(|p| &p.slots).map(|slot| slot.what).collect()
    }

    #[test]
    fn a_field_is_found_however_it_is_cut() {
        let title = vec![What::Field(Field::Title)];
        for source in [
            "<w:p><w:r><w:t>a {{ titre }} b</w:t></w:r></w:p>",
            "<w:p><w:r><w:t>{</w:t></w:r><w:proofErr/><w:r><w:t>{ ti</w:t></w:r><w:r><w:t>tre }</w:t></w:r><w:r><w:t>}</w:t></w:r></w:p>",
            "<w:p><w:r><w:t>{{\u{a0}TITRE}}</w:t></w:r></w:p>",
        ] {
            assert_eq!(found(source, Dialect::Docx), title, "{source}");
        }
        for source in [
            "<text:p>{{ titre }}</text:p>",
            "<text:p>x &amp; {<text:span text:style-name=\"T1\">{ ti</text:span>tre<text:s/>}}</text:p>",
            "<text:h>{{titre}}</text:h>",
        ] {
            assert_eq!(found(source, Dialect::Odt), title, "{source}");
        }
        let outer = "<w:p><w:r><w:txbxContent><w:p><w:r><w:t>{{ titre }}</w:t></w:r></w:p></w:txbxContent></w:r></w:p>";
        assert_eq!(found(outer, Dialect::Docx), title);
    }

    #[test]
    fn what_is_no_field_is_said() {
        let fault =
            |text: &str| scan(&format!("<text:p>{text}</text:p>"), Dialect::Odt).unwrap_err();
        assert_eq!(fault("{{ machin }}"), Fault::Unknown("machin".into()));
        assert_eq!(fault("{{ }}"), Fault::Unknown(String::new()));
        assert_eq!(fault("{{ titre }"), Fault::Unclosed("titre".into()));
        assert_eq!(scan("<text:p>", Dialect::Odt).unwrap_err(), Fault::Broken);
        assert!(found("<text:p>{ titre } et }}</text:p>", Dialect::Odt).is_empty());
    }

    #[test]
    fn a_value_goes_where_its_field_began() {
        let source = "<text:p>le {<text:span text:style-name=\"T1\">{ da</text:span>te }}, à {{ lieu }}.</text:p>";
        let scan = scan(source, Dialect::Odt).unwrap();
        let value =
            |what: What| if what == What::Field(Field::Date) { "3 mai" } else { "Valbrune" };
        let written: String = scan.paragraphs[0]
            .changes(&value)
            .into_iter()
            .flat_map(|(_, parts)| parts)
            .map(|part| part.unwrap_or_else(str::to_owned))
            .collect();
        assert_eq!(written, "le 3 mai, à Valbrune.");
    }

    #[test]
    fn deleted_text_holds_no_field() {
        let source = "<office:text><text:tracked-changes><text:p>{{ machin }}</text:p></text:tracked-changes></office:text>";
        assert!(found(source, Dialect::Odt).is_empty());
    }
}
