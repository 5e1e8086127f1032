//! XML that is written: well formed by construction, whatever the text.
//!
//! Tags are a stack, so that none stays open or closes another; text is escaped, and characters
//! that XML 1.0 forbids, even as references, are dropped.

use quick_xml::escape::escape;

/// The first line of every part.
pub(super) const DECLARATION: &str =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// A piece of XML under construction.
#[derive(Debug, Default)]
pub(super) struct Xml {
    output: String,
    open: Vec<&'static str>,
}

impl Xml {
    /// Opens an element.
    pub(super) fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes, ">");
        self.open.push(name);
    }

    /// Closes the element opened last.
    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.output.push_str("</");
            self.output.push_str(name);
            self.output.push('>');
        }
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes, "/>");
    }

    /// An element that holds only text.
    pub(super) fn element(&mut self, name: &'static str, attributes: &[(&str, &str)], text: &str) {
        self.open(name, attributes);
        self.text(text);
        self.close();
    }

    /// Text.
    pub(super) fn text(&mut self, text: &str) {
        self.output.push_str(&escaped(text));
    }

    /// XML that is whole in itself.
    pub(super) fn raw(&mut self, xml: &str) {
        self.output.push_str(xml);
    }

    /// The XML, every element closed.
    pub(super) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.output
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)], end: &str) {
        self.output.push('<');
        self.output.push_str(name);
        for (key, value) in attributes {
            self.output.push_str(&format!(" {key}=\"{}\"", escaped(value)));
        }
        self.output.push_str(end);
    }
}

/// Text as it may stand in an element or in an attribute.
pub(super) fn escaped(text: &str) -> String {
    let allowed: String = text.chars().filter(|c| is_allowed(*c)).collect();
    escape(allowed).into_owned()
}

/// `Char` of XML 1.0.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_close_in_order_and_text_is_escaped() {
        let mut xml = Xml::default();
        xml.open("a", &[("b", "\"<")]);
        xml.open("c", &[]);
        xml.text("x & y\u{0}\u{b}\u{ffff}\u{a0}z");
        xml.close();
        xml.empty("d", &[]);
        assert_eq!(xml.finish(), "<a b=\"&quot;&lt;\"><c>x &amp; y\u{a0}z</c><d/></a>");
    }
}
