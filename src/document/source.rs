//! A part of an office file as text: elements found by place, changes made by place, every other byte
//! left as it is.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::xml::escaped;

/// Changes to a text, by place.
#[derive(Debug, Default)]
pub(super) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Puts a text in place of another.
    pub(super) fn replace(&mut self, range: Range<usize>, with: impl Into<String>) {
        self.0.push((range, with.into()));
    }

    /// Puts a text between two others.
    pub(super) fn insert(&mut self, at: usize, text: impl Into<String>) {
        self.replace(at..at, text);
    }

    /// The changed text. Changes do not overlap; at one place they keep the order they came in.
    pub(super) fn apply(mut self, source: &str) -> String {
        self.0.sort_by_key(|(range, _)| range.start);
        let mut output = String::with_capacity(source.len());
        let mut done = 0;
        for (range, text) in self.0 {
            output.push_str(source.get(done..range.start).unwrap_or_default());
            output.push_str(&text);
            done = range.end.max(done);
        }
        output.push_str(source.get(done..).unwrap_or_default());
        output
    }
}

/// The value of an attribute, named with its prefix.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|a| a.key.0 == name)?;
    quick_xml::escape::unescape(&found.value).ok().map(|value| value.into_owned())
}

/// An element of a part.
#[derive(Debug, Clone)]
pub(super) struct Element {
    /// Its name, with its prefix.
    pub(super) name: String,
    /// From its first character to its last.
    pub(super) range: Range<usize>,
    /// What it holds; empty for an element without content.
    pub(super) content: Range<usize>,
    /// Its attributes.
    pub(super) attributes: Vec<(String, String)>,
}

impl Element {
    /// The value of an attribute, named with its prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// The elements that `wanted` names, wherever they stand, in the order in which they end; `None`
/// when the text is not well formed.
pub(super) fn elements(source: &str, wanted: &[&str]) -> Option<Vec<Element>> {
    walk(source, &|name, _| wanted.contains(&name))
}

/// The outermost elements of a piece of XML.
pub(super) fn children(source: &str) -> Option<Vec<Element>> {
    walk(source, &|_, depth| depth == 0)
}

fn walk(source: &str, wanted: &dyn Fn(&str, usize) -> bool) -> Option<Vec<Element>> {
    let mut reader = Reader::from_str(source);
    let mut open: Vec<Element> = Vec::new();
    let mut found = Vec::new();
    loop {
        let start = usize::try_from(reader.buffer_position()).ok()?;
        let event = reader.read_event().ok()?;
        let end = usize::try_from(reader.buffer_position()).ok()?;
        match event {
            Event::Start(tag) => open.push(element(&tag, start, end)),
            Event::Empty(tag) if wanted(tag.name().0, open.len()) => {
                found.push(element(&tag, start, end));
            }
            Event::End(_) => {
                let mut element = open.pop()?;
                if wanted(&element.name, open.len()) {
                    element.range.end = end;
                    element.content.end = start;
                    found.push(element);
                }
            }
            Event::Eof => return open.is_empty().then_some(found),
            _ => {}
        }
    }
}

fn element(tag: &BytesStart<'_>, start: usize, end: usize) -> Element {
    let value = |value: &str| {
        quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), |v| v.into_owned())
    };
    let attributes = tag.attributes().flatten().map(|a| (a.key.0.to_owned(), value(&a.value)));
    Element {
        name: tag.name().0.to_owned(),
        range: start..end,
        content: end..end,
        attributes: attributes.collect(),
    }
}

/// The part with that text as its title, in place of the one it has or as one more property.
pub(super) fn titled(source: &str, title: &str, closing: &str) -> String {
    let element = format!("<dc:title>{}</dc:title>", escaped(title));
    let mut edits = Edits::default();
    let old = elements(source, &["dc:title"]).unwrap_or_default();
    match (old.first(), source.rfind(closing)) {
        (Some(old), _) => edits.replace(old.range.clone(), element),
        (None, Some(end)) if source.contains("xmlns:dc=") => edits.insert(end, element),
        (None, _) => {}
    }
    edits.apply(source)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_named_changes() {
        let source = "<a>\n <b x=\"1\">é</b >\n</a>";
        let found = elements(source, &["b"]).unwrap();
        let mut edits = Edits::default();
        edits.replace(found[0].content.clone(), "è");
        edits.insert(found[0].range.end, "<c/>");
        assert_eq!(edits.apply(source), "<a>\n <b x=\"1\">è</b ><c/>\n</a>");
        assert_eq!(found[0].attribute("x"), Some("1"));
        assert!(elements("<a><b></a>", &["b"]).is_none());
        assert!(elements("<a>", &["a"]).is_none());
    }

    #[test]
    fn a_title_is_replaced_or_added() {
        let old = "<m xmlns:dc=\"d\"><dc:title>x</dc:title></m>";
        assert_eq!(
            titled(old, "a & b", "</m>"),
            "<m xmlns:dc=\"d\"><dc:title>a &amp; b</dc:title></m>"
        );
        let none = "<m xmlns:dc=\"d\"></m>";
        assert_eq!(titled(none, "t", "</m>"), "<m xmlns:dc=\"d\"><dc:title>t</dc:title></m>");
    }
}
