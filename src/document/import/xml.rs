//! The XML of office parts, as a stream of elements with bounds.
//!
//! Names are compared without their prefix, so that the strict and the transitional namespaces of
//! Office Open XML are one. There are no document types and no entities in office files: one that
//! has them is refused, so that nothing is ever expanded or fetched.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::Reason;

/// Elements inside one another; documents with tables in tables have some thirty.
const MAX_DEPTH: usize = 200;

/// What a part is made of, in order.
#[derive(Clone, Copy)]
pub(super) enum Node<'a> {
    /// An element begins.
    Open(&'a Element<'a>),
    /// An element ends.
    Close(&'a str),
    /// Words.
    Text(&'a str),
}

/// The beginning of an element.
pub(super) struct Element<'a> {
    start: BytesStart<'a>,
}

impl Element<'_> {
    /// Its name without prefix.
    pub(super) fn name(&self) -> &str {
        self.start.local_name().into_inner()
    }

    /// The value of an attribute, named without prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.start.attributes();
        let found = attributes
            .with_checks(false)
            .flatten()
            .find(|attribute| attribute.key.local_name().into_inner() == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
    }

    /// Whether an attribute has that value.
    pub(super) fn says(&self, name: &str, value: &str) -> bool {
        self.attribute(name).is_some_and(|found| found == value)
    }
}

/// Where a reader is: the elements that are open, and whether it passes over one.
#[derive(Default)]
pub(super) struct Place {
    open: Vec<String>,
    /// How many were open around the one that is passed over.
    skipped: Option<usize>,
}

impl Place {
    /// The innermost element that is open; while one is being opened, the one around it.
    pub(super) fn last(&self) -> &str {
        self.open.last().map_or("", String::as_str)
    }

    /// The element around the innermost one.
    pub(super) fn above(&self) -> &str {
        self.open.iter().rev().nth(1).map_or("", String::as_str)
    }

    /// Passes over the element that is being opened, with all that it holds.
    pub(super) fn skip(&mut self) {
        self.skipped = Some(self.open.len());
    }
}

/// Reads a part element by element, and passes over what it has no use for.
pub(super) trait Visit {
    /// Where the reader is.
    fn place(&mut self) -> &mut Place;

    /// An element begins.
    fn open(&mut self, name: &str, element: &Element<'_>);

    /// An element ends.
    fn close(&mut self, name: &str);

    /// Words.
    fn text(&mut self, text: &str);

    /// Takes the next piece of the part.
    fn visit(&mut self, node: Node<'_>) {
        match node {
            Node::Open(element) => {
                let name = element.name().to_owned();
                if self.place().skipped.is_none() {
                    self.open(&name, element);
                }
                self.place().open.push(name);
            }
            Node::Close(name) => {
                let place = self.place();
                place.open.pop();
                match place.skipped {
                    Some(depth) if depth < place.open.len() => {}
                    Some(_) => place.skipped = None,
                    None => self.close(name),
                }
            }
            Node::Text(text) if self.place().skipped.is_none() => self.text(text),
            Node::Text(_) => {}
        }
    }
}

/// Walks a reader through a part.
///
/// # Errors
/// As [`walk`].
pub(super) fn read(xml: &str, reader: &mut dyn Visit) -> Result<(), Reason> {
    walk(xml, &mut |node| {
        reader.visit(node);
        Ok(())
    })
}

/// Walks through a part.
///
/// # Errors
/// When it is not whole, or is built as no office file is; and whatever `visit` answers.
pub(super) fn walk(
    xml: &str,
    visit: &mut dyn FnMut(Node<'_>) -> Result<(), Reason>,
) -> Result<(), Reason> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut depth = 0_usize;
    loop {
        let event = reader.read_event().map_err(|error| Reason::Damaged(error.to_string()))?;
        match event {
            Event::Start(start) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(Reason::Hostile("éléments trop imbriqués"));
                }
                visit(Node::Open(&Element { start }))?;
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                visit(Node::Close(end.local_name().into_inner()))?;
            }
            Event::Text(text) => visit(Node::Text(&text.xml10_content()))?,
            Event::CData(text) => visit(Node::Text(&text.xml10_content()))?,
            Event::GeneralRef(reference) => {
                let resolved = match reference.resolve_char_ref() {
                    Ok(Some(character)) => Some(character.to_string()),
                    _ => {
                        quick_xml::escape::resolve_predefined_entity(&reference).map(str::to_owned)
                    }
                };
                let text = resolved.ok_or(Reason::Hostile("entités XML"))?;
                visit(Node::Text(&text))?;
            }
            Event::DocType(_) => return Err(Reason::Hostile("déclaration de type XML")),
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(Reason::Damaged("fin manquante".to_owned())),
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}
