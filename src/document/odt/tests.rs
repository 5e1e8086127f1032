use super::*;
use crate::document::Align;
use crate::document::docx::tests::assert_order;
use crate::document::package::Package;
use crate::document::properties::{any_document, missing, words};
use crate::document::source::elements;
use crate::document::xml::Xml;
use proptest::prelude::*;
use quick_xml::events::Event;

/// The order in which the schema has the children of an element.
const ORDER: [(&str, &[&str]); 7] = [
    (
        "office:document-content",
        &["office:font-face-decls", "office:automatic-styles", "office:body"],
    ),
    (
        "office:document-styles",
        &[
            "office:font-face-decls",
            "office:styles",
            "office:automatic-styles",
            "office:master-styles",
        ],
    ),
    ("text:list", &["text:list-item"]),
    ("text:list-item", &["text:p"]),
    ("table:table", &["table:table-column", "table:table-header-rows", "table:table-row"]),
    ("table:table-row", &["table:table-cell"]),
    ("style:page-layout", &["style:page-layout-properties", "style:footer-style"]),
];

/// The words of the text: paragraphs and line breaks part them.
fn text(content: &str) -> String {
    let body = content.split_once("<office:text>").unwrap().1;
    let body = body.split_once("</office:text>").unwrap().0;
    let mut reader = quick_xml::Reader::from_str(body);
    let mut text = String::new();
    loop {
        let start = usize::try_from(reader.buffer_position()).unwrap();
        let event = reader.read_event().unwrap();
        let raw = &body[start..usize::try_from(reader.buffer_position()).unwrap()];
        match event {
            Event::Text(_) | Event::GeneralRef(_) => {
                text.push_str(&quick_xml::escape::unescape(raw).unwrap());
            }
            Event::Empty(tag) if tag.name().0 == "text:line-break" => text.push('\n'),
            Event::Empty(tag) if tag.name().0 == "text:s" => text.push(' '),
            Event::End(tag) if tag.name().0 != "text:span" => text.push('\n'),
            Event::Eof => return text,
            _ => {}
        }
    }
}

#[test]
fn the_package_is_an_open_document() {
    let mut document = Document::new("Séance du 3 & 4");
    document.push(Block::heading(2, "1. Vœux"));
    document.push(Block::aligned(Align::Center, "LOTO"));
    document.push(Block::numbered(["a".into()]));
    document.push(Block::Table { header: vec!["N°".into()], rows: vec![vec!["1".into()]] });
    let bytes = write(&document).unwrap();
    // What identifies the format stands first, unpacked, without extra field.
    assert_eq!(&bytes[30..38], b"mimetype");
    assert_eq!(&bytes[28..30], &[0, 0]);
    assert_eq!(&bytes[38..38 + MIME.len()], MIME.as_bytes());
    let package = Package::open(bytes).unwrap();
    let part = |name: &str| package.text(name).unwrap().unwrap();
    let manifest = part("META-INF/manifest.xml");
    for name in package.names().iter().filter(|n| n.ends_with(".xml") && !n.contains("manifest")) {
        assert!(manifest.contains(&format!("\"{name}\"")), "{name}");
    }
    let content = part("content.xml");
    let styles = part("styles.xml") + &content;
    for used in elements(
        &content,
        &["text:h", "text:p", "text:span", "text:list", "table:table", "table:table-cell"],
    )
    .unwrap()
    {
        let keys = ["text:style-name", "table:style-name"];
        let name = keys.iter().find_map(|key| used.attribute(key)).unwrap();
        assert!(styles.contains(&format!("style:name=\"{name}\"")), "{name}");
    }
    assert!(content.contains("<table:table-header-rows>"));
    assert!(content.contains("text:outline-level=\"2\""));
    assert!(part("meta.xml").contains("<dc:title>Séance du 3 &amp; 4</dc:title>"));
}

#[test]
fn spaces_are_kept() {
    let spaced = |text: &str| {
        let mut xml = Xml::default();
        body::spaced(&mut xml, text);
        xml.finish()
    };
    assert_eq!(spaced("a b"), "a b");
    assert_eq!(
        spaced(" a  b\u{a0} "),
        "<text:s text:c=\"1\"/>a <text:s text:c=\"1\"/>b\u{a0}<text:s text:c=\"1\"/>"
    );
    assert_eq!(spaced("   "), "<text:s text:c=\"3\"/>");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_document_is_taken_and_no_word_is_lost(document in any_document()) {
        let bytes = write(&document).unwrap();
        prop_assert_eq!(&bytes, &write(&document).unwrap());
        let package = Package::open(bytes).unwrap();
        let content = package.text("content.xml").unwrap().unwrap();
        assert_order(&content, &ORDER);
        assert_order(&package.text("styles.xml").unwrap().unwrap(), &ORDER);
        prop_assert_eq!(missing(&words(&document), &text(&content)), None);
    }
}
