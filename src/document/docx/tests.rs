use super::*;
use crate::document::package::Package;
use crate::document::properties::{any_document, missing, words};
use crate::document::source::{children, elements};
use crate::document::{Align, Inline};
use proptest::prelude::*;

/// The order in which the schema has the children of an element; others are not looked at.
const ORDER: [(&str, &[&str]); 11] = [
    ("w:document", &["w:body"]),
    (
        "w:pPr",
        &[
            "w:pStyle",
            "w:keepNext",
            "w:keepLines",
            "w:pageBreakBefore",
            "w:widowControl",
            "w:numPr",
            "w:shd",
            "w:tabs",
            "w:spacing",
            "w:ind",
            "w:jc",
            "w:outlineLvl",
            "w:rPr",
        ],
    ),
    (
        "w:rPr",
        &["w:rStyle", "w:rFonts", "w:b", "w:bCs", "w:sz", "w:szCs", "w:u", "w:shd", "w:lang"],
    ),
    ("w:tbl", &["w:tblPr", "w:tblGrid", "w:tr"]),
    (
        "w:tblPr",
        &[
            "w:tblStyle",
            "w:tblW",
            "w:tblInd",
            "w:tblBorders",
            "w:tblLayout",
            "w:tblCellMar",
            "w:tblLook",
        ],
    ),
    ("w:tr", &["w:trPr", "w:tc"]),
    ("w:tcPr", &["w:tcW", "w:shd"]),
    ("w:sectPr", &["w:footerReference", "w:pgSz", "w:pgMar"]),
    (
        "w:style",
        &[
            "w:name",
            "w:basedOn",
            "w:next",
            "w:uiPriority",
            "w:semiHidden",
            "w:qFormat",
            "w:pPr",
            "w:rPr",
            "w:tblPr",
        ],
    ),
    ("w:numbering", &["w:abstractNum", "w:num"]),
    ("w:lvl", &["w:start", "w:numFmt", "w:lvlText", "w:lvlJc", "w:pPr"]),
];

pub(in crate::document) fn assert_order(part: &str, order: &[(&str, &[&str])]) {
    for (parent, names) in order {
        for element in elements(part, &[parent]).expect("well formed") {
            let places: Vec<usize> = children(&part[element.content])
                .unwrap()
                .iter()
                .map(|child| {
                    let place = names.iter().position(|name| *name == child.name);
                    place.unwrap_or_else(|| panic!("{} in {parent}", child.name))
                })
                .collect();
            assert!(places.is_sorted(), "{parent}: {}", &part[element.range]);
        }
    }
}

fn part(bytes: Vec<u8>, name: &str) -> String {
    Package::open(bytes).unwrap().text(name).unwrap().unwrap()
}

fn body(block: Block) -> String {
    let document = Document { blocks: vec![block], ..Document::new("t") };
    let document = part(write(&document).unwrap(), "word/document.xml");
    let body = document.split_once("<w:body>").unwrap().1;
    body.split_once("<w:sectPr>").unwrap().0.to_owned()
}

/// The words of the body; cells and paragraphs part them.
fn text(document: &str) -> String {
    let pieces = elements(document, &["w:t", "w:p", "w:br"]).unwrap();
    let text = pieces.into_iter().map(|piece| match piece.name.as_str() {
        "w:t" => quick_xml::escape::unescape(&document[piece.content]).unwrap().into_owned(),
        _ => "\n".to_owned(),
    });
    text.collect()
}

#[test]
fn the_parts_follow_the_schema() {
    let mut document = Document::new("Séance du 3 & 4");
    document.push(Block::heading(1, "Séance"));
    document.push(Block::aligned(Align::Right, "Mme RIVAL\n3 rue Haute"));
    document.push(Block::aligned(Align::Center, "LOTO"));
    document.push(Block::labelled("Objet", "[À COMPLÉTER : objet]"));
    document.push(Block::dashes(["a".into()]));
    document.push(Block::numbered(["a".into(), "b".into()]));
    document.push(Block::numbered(["c".into()]));
    let row = vec!["1".to_owned(), "2".to_owned()];
    document.push(Block::Table { header: row.clone(), rows: vec![row] });
    document.push(Block::Signatures(vec!["La maire,\nA".into(), "Le secrétaire".into()]));
    let package = Package::open(write(&document).unwrap()).unwrap();
    for name in package.names() {
        let part = package.text(name).unwrap().unwrap();
        assert_order(&part, &ORDER);
        let known = package.names().iter().any(|other| {
            let types = package.text("[Content_Types].xml").unwrap().unwrap();
            other == name
                && (types.contains(&format!("\"/{name}\""))
                    || name.ends_with(".rels")
                    || name.starts_with('['))
        });
        assert!(known, "{name} has no content type");
    }
    let text = package.text("word/document.xml").unwrap().unwrap();
    let styles = package.text("word/styles.xml").unwrap().unwrap();
    for used in elements(&text, &["w:pStyle", "w:rStyle", "w:tblStyle"]).unwrap() {
        let id = used.attribute("w:val").unwrap();
        assert!(styles.contains(&format!("w:styleId=\"{id}\"")), "{id}");
    }
    let numbering = package.text("word/numbering.xml").unwrap().unwrap();
    for used in elements(&text, &["w:numId"]).unwrap() {
        let id = used.attribute("w:val").unwrap();
        assert!(numbering.contains(&format!("w:numId=\"{id}\"")), "{id}");
    }
    assert_eq!(elements(&text, &["w:tblHeader"]).unwrap().len(), 1);
    let core = package.text("docProps/core.xml").unwrap().unwrap();
    assert!(core.contains("<dc:title>Séance du 3 &amp; 4</dc:title>"));
}

#[test]
fn spaces_breaks_and_weights_are_kept() {
    let block = Block::Paragraph {
        text: vec![
            Inline::Strong("Vote :".into()),
            Inline::Plain(" 20\u{a0}h\u{202f}30".into()),
            Inline::Break,
            Inline::Plain("fin\u{0}\u{ffff}".into()),
        ],
        align: Align::Left,
    };
    assert_eq!(
        body(block),
        "<w:p><w:pPr><w:pStyle w:val=\"BodyText\"/></w:pPr>\
         <w:r><w:rPr><w:rStyle w:val=\"Strong\"/></w:rPr><w:t xml:space=\"preserve\">Vote :</w:t></w:r>\
         <w:r><w:t xml:space=\"preserve\"> 20\u{a0}h\u{202f}30</w:t></w:r><w:r><w:br/></w:r>\
         <w:r><w:t xml:space=\"preserve\">fin</w:t></w:r></w:p>"
    );
}

#[test]
fn each_numbered_list_begins_at_one() {
    let mut document = Document::new("t");
    document.push(Block::numbered(["a".into()]));
    document.push(Block::numbered(["b".into()]));
    let numbering = part(write(&document).unwrap(), "word/numbering.xml");
    assert_eq!(elements(&numbering, &["w:startOverride"]).unwrap().len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_document_is_taken_and_no_word_is_lost(document in any_document()) {
        let bytes = write(&document).unwrap();
        prop_assert_eq!(&bytes, &write(&document).unwrap());
        let package = Package::open(bytes).unwrap();
        for name in package.names() {
            assert_order(&package.text(name).unwrap().unwrap(), &ORDER);
        }
        let text = text(&package.text("word/document.xml").unwrap().unwrap());
        prop_assert_eq!(missing(&words(&document), &text), None);
    }
}
