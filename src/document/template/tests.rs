use super::*;
use crate::document::package::{Packing, zip};
use crate::document::properties::{any_document, missing, words};
use proptest::prelude::*;

const W: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const RELATED: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A file as a French Word makes it: other identifiers, no list yet.
fn docx(body: &str, header: &str, styles: &str) -> Vec<u8> {
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    let part = |name: &str, kind: &str| {
        format!("<Override PartName=\"/word/{name}.xml\" ContentType=\"{word}.{kind}+xml\"/>")
    };
    let types = format!(
        "<Types>{}{}{}</Types>",
        part("document", "document.main"),
        part("header1", "header"),
        part("styles", "styles")
    );
    let document = format!("<w:document {W}><w:body>{body}</w:body></w:document>");
    let header = format!("<w:hdr {W}><w:p><w:r><w:t>{header}</w:t></w:r></w:p></w:hdr>");
    let styles = format!(
        "<w:styles {W}><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normale\"><w:name w:val=\"Normal\"/></w:style>{styles}</w:styles>"
    );
    let related = format!(
        "<Relationships><Relationship Id=\"rId1\" Type=\"{RELATED}/styles\" Target=\"styles.xml\"/></Relationships>"
    );
    let top = format!(
        "<Relationships><Relationship Id=\"rId1\" Type=\"{RELATED}/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
    );
    let packed = Packing::Deflated;
    zip(&[
        ("[Content_Types].xml", packed, &types),
        ("_rels/.rels", packed, &top),
        ("word/document.xml", packed, &document),
        ("word/_rels/document.xml.rels", packed, &related),
        ("word/header1.xml", packed, &header),
        ("word/styles.xml", packed, &styles),
    ])
    .unwrap()
}

fn odt(body: &str, automatic: &str) -> Vec<u8> {
    let names = "xmlns:office=\"o\" xmlns:text=\"t\" xmlns:style=\"s\"";
    let content = format!(
        "<office:document-content {names}>{automatic}<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    let styles = format!(
        "<office:document-styles {names}><office:styles><style:style style:name=\"Heading_20_2\" style:family=\"paragraph\"/></office:styles></office:document-styles>"
    );
    let packed = Packing::Deflated;
    zip(&[
        ("mimetype", Packing::Stored, crate::document::odt::MIME),
        ("content.xml", packed, &content),
        ("styles.xml", packed, &styles),
    ])
    .unwrap()
}

fn mark(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// The part of that name, once the document is on that paper.
fn part(bytes: Vec<u8>, dialect: Dialect, document: &Document, name: &str) -> String {
    let written = Template::parse(bytes, dialect).unwrap().write(document).unwrap();
    Package::open(written).unwrap().text(name).unwrap().unwrap()
}

fn minutes() -> Document {
    let mut document = Document::new("PV du 3");
    document.push(Block::heading(2, "1. Vœux"));
    document.push(Block::paragraph("Un texte."));
    document.push(Block::numbered(["a".into()]));
    document
}

#[test]
fn styles_are_known_by_their_names() {
    let own = "<w:style w:type=\"paragraph\" w:styleId=\"Titre2\"><w:name w:val=\"heading 2\"/></w:style>";
    let bytes = || docx(&mark("{{ corps }}"), "", own);
    let text = part(bytes(), Dialect::Docx, &minutes(), "word/document.xml");
    assert!(text.contains("<w:pStyle w:val=\"Titre2\"/>"), "{text}");
    assert!(text.contains("<w:pStyle w:val=\"BodyText\"/>"), "{text}");
    let styles = part(bytes(), Dialect::Docx, &minutes(), "word/styles.xml");
    assert!(
        styles.contains("<w:name w:val=\"Body Text\"/><w:basedOn w:val=\"Normale\"/>"),
        "{styles}"
    );
    assert_eq!(styles.matches("heading 2").count(), 1, "{styles}");
    // A part that the template lacks is there, and said to be.
    let lists = part(bytes(), Dialect::Docx, &minutes(), "word/numbering.xml");
    assert!(lists.contains("<w:num "), "{lists}");
    let types = part(bytes(), Dialect::Docx, &minutes(), "[Content_Types].xml");
    assert!(types.contains("/word/numbering.xml"), "{types}");
    let related = part(bytes(), Dialect::Docx, &minutes(), "word/_rels/document.xml.rels");
    assert!(related.contains("Target=\"numbering.xml\""), "{related}");
}

#[test]
fn the_text_takes_the_look_of_its_mark() {
    let marked = "<w:p><w:pPr><w:pStyle w:val=\"Lettre\"/><w:pageBreakBefore/><w:jc w:val=\"both\"/></w:pPr>\
        <w:r><w:rPr><w:rFonts w:ascii=\"Georgia\"/><w:sz w:val=\"24\"/></w:rPr><w:t>{{ corps }}</w:t></w:r></w:p>";
    let text = part(docx(marked, "", ""), Dialect::Docx, &minutes(), "word/document.xml");
    assert!(
        text.contains("<w:pPr><w:pStyle w:val=\"Lettre\"/><w:keepNext/><w:jc w:val=\"both\"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii=\"Georgia\"/><w:sz w:val=\"24\"/></w:rPr><w:t xml:space=\"preserve\">Un texte."),
        "{text}"
    );
    assert_eq!(text.matches("pageBreakBefore").count(), 1, "{text}");
    let automatic = "<office:automatic-styles><style:style style:name=\"P1\" style:family=\"paragraph\" style:parent-style-name=\"Standard\" style:master-page-name=\"Premiere\">\
        <style:text-properties style:font-name=\"Georgia\"/></style:style></office:automatic-styles>";
    let marked = "<text:p text:style-name=\"P1\">{{ corps }}</text:p>";
    let text = part(odt(marked, automatic), Dialect::Odt, &minutes(), "content.xml");
    // The page style begins with the heading, the typeface goes to the text.
    assert!(text.contains("style:parent-style-name=\"Heading_20_2\" style:master-page-name=\"Premiere\"></style:style>"), "{text}");
    let taken = "<style:paragraph-properties fo:keep-with-next=\"always\"/><style:text-properties style:font-name=\"Georgia\"/>";
    assert!(text.contains(&format!("\"Text_20_body\">{taken}")), "{text}");
    // The list under it has the same typeface.
    assert!(
        text.contains(
            "<text:span text:style-name=\"GreffierT1\">a</text:span></text:p></text:list-item>"
        ),
        "{text}"
    );
    assert!(
        text.contains("xmlns:fo=\"urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0\"")
    );
    let styles = part(odt(marked, automatic), Dialect::Odt, &minutes(), "styles.xml");
    assert!(
        styles.contains("\"Text_20_body\"") && styles.matches("Heading_20_2").count() == 1,
        "{styles}"
    );
}

#[test]
fn what_is_anchored_where_the_text_goes_stays() {
    let picture = "<w:p><w:r><w:drawing/></w:r><w:r><w:t>{{ corps }}</w:t></w:r></w:p>";
    let text = part(docx(picture, "", ""), Dialect::Docx, &minutes(), "word/document.xml");
    assert!(text.find("<w:drawing/>").unwrap() < text.find("Un texte.").unwrap(), "{text}");
    let section = "<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:t>{{ corps }}</w:t></w:r></w:p><w:p/>";
    let text = part(docx(section, "", ""), Dialect::Docx, &minutes(), "word/document.xml");
    assert!(text.find("Un texte.").unwrap() < text.find("<w:sectPr/>").unwrap(), "{text}");
    assert!(!text.contains("{{"), "{text}");
}

#[test]
fn values_are_text_with_their_lines() {
    let mut document = minutes();
    document.fields.insert(Field::Recipient, "A & B\n <3 rue>".into());
    let text = part(
        docx(&mark("x {{ destinataire }}"), "{{ titre }}", ""),
        Dialect::Docx,
        &document,
        "word/document.xml",
    );
    assert!(
        text.contains(">x A &amp; B</w:t><w:br/><w:t xml:space=\"preserve\"> &lt;3 rue&gt;</w:t>"),
        "{text}"
    );
    let header = part(
        docx("<w:p/>", "{{ titre }} {{ telephone }}", ""),
        Dialect::Docx,
        &document,
        "word/header1.xml",
    );
    assert!(header.contains(">PV du 3 [À COMPLÉTER : téléphone]<"), "{header}");
    let text = part(
        odt("<text:p>{{ destinataire }}</text:p>", ""),
        Dialect::Odt,
        &document,
        "content.xml",
    );
    assert!(
        text.contains(
            "<text:p>A &amp; B<text:line-break/><text:s text:c=\"1\"/>&lt;3 rue&gt;</text:p>"
        ),
        "{text}"
    );
}

#[test]
fn the_draft_has_one_place_in_the_text() {
    let wrong = |bytes, dialect| Template::parse(bytes, dialect).unwrap_err();
    let boxed =
        format!("<w:p><w:r><w:txbxContent>{}</w:txbxContent></w:r></w:p>", mark("{{ corps }}"));
    for bytes in [
        docx(&(mark("{{ corps }}") + &mark("{{ corps }}")), "", ""),
        docx("<w:p/>", "{{ corps }}", ""),
        docx(&mark("Madame, {{ corps }}"), "", ""),
        docx(&boxed, "", ""),
    ] {
        assert!(matches!(wrong(bytes, Dialect::Docx), Wrong::MisplacedBody));
    }
    let listed =
        "<text:list><text:list-item><text:p>{{ corps }}</text:p></text:list-item></text:list>";
    assert!(matches!(wrong(odt(listed, ""), Dialect::Odt), Wrong::MisplacedBody));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn any_document_goes_on_paper(document in any_document()) {
        let bytes = docx(&mark("{{ corps }}"), "", "");
        let text = part(bytes, Dialect::Docx, &document, "word/document.xml");
        let pieces = crate::document::source::elements(&text, &["w:t", "w:p", "w:br"]).unwrap();
        let said: String = pieces
            .into_iter()
            .map(|piece| match piece.name.as_str() {
                "w:t" => quick_xml::escape::unescape(&text[piece.content]).unwrap().into_owned(),
                _ => "\n".to_owned(),
            })
            .collect();
        prop_assert_eq!(missing(&words(&document), &said), None);
        let bytes = odt("<text:p>{{ corps }}</text:p>", "");
        let text = part(bytes, Dialect::Odt, &document, "content.xml");
        prop_assert!(crate::document::source::elements(&text, &["text:p"]).is_some());
    }

    #[test]
    fn any_bytes_are_a_template_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Template::parse(bytes.clone(), Dialect::Docx).is_err());
        prop_assert!(Template::parse(bytes, Dialect::Odt).is_err());
    }
}

#[test]
fn a_template_that_cannot_take_a_list_is_refused_before_the_draft() {
    let bytes = docx(&mark("{{ corps }}"), "", "");
    let package = Package::open(bytes).unwrap();
    let styles = format!("<w:styles {W}/>");
    let bytes = package.with(&[("word/styles.xml".to_owned(), styles)].into()).unwrap();
    assert!(matches!(Template::parse(bytes, Dialect::Docx), Err(Wrong::Refused(Refused::Broken))));
}
