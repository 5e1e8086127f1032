//! The parts of a Word file that are the same for every document, or nearly so.

use super::super::xml::{DECLARATION, escaped};
use super::twips;

/// `_rels/.rels`
pub(super) const RELATIONS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties\" Target=\"docProps/app.xml\"/>\
</Relationships>";

/// `docProps/app.xml`; the version has the form that Word asks for.
pub(super) const APP: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">\
<Application>Greffier</Application></Properties>";

/// `word/settings.xml`: French separators, and the layout of Word 2013 and later, without which
/// the file opens in « mode de compatibilité ».
pub(super) const SETTINGS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
<w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"709\"/><w:characterSpacingControl w:val=\"doNotCompress\"/>\
<w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
<w:themeFontLang w:val=\"fr-FR\"/><w:decimalSymbol w:val=\",\"/><w:listSeparator w:val=\";\"/></w:settings>";

/// `word/fontTable.xml`: what stands in for the typeface.
pub(super) const FONTS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<w:fonts xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
<w:font w:name=\"Arial\"><w:altName w:val=\"Liberation Sans\"/><w:family w:val=\"swiss\"/><w:pitch w:val=\"variable\"/></w:font></w:fonts>";

/// `word/footer1.xml`: « Page N / M ».
pub(super) const FOOTER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<w:ftr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
<w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>\
<w:r><w:t xml:space=\"preserve\">Page\u{a0}</w:t></w:r>\
<w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple>\
<w:r><w:t xml:space=\"preserve\">\u{a0}/\u{a0}</w:t></w:r>\
<w:fldSimple w:instr=\" NUMPAGES \"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>";

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// `[Content_Types].xml`
pub(super) fn content_types(footer: bool) -> String {
    let part = |name: &str, kind: &str| {
        format!("<Override PartName=\"/{name}\" ContentType=\"{kind}+xml\"/>")
    };
    let mut parts = part("word/document.xml", &format!("{WORD}.document.main"));
    for name in ["styles", "numbering", "settings", "fontTable"] {
        parts.push_str(&part(&format!("word/{name}.xml"), &format!("{WORD}.{name}")));
    }
    if footer {
        parts.push_str(&part("word/footer1.xml", &format!("{WORD}.footer")));
    }
    parts.push_str(&part(
        "docProps/core.xml",
        "application/vnd.openxmlformats-package.core-properties",
    ));
    parts.push_str(&part(
        "docProps/app.xml",
        "application/vnd.openxmlformats-officedocument.extended-properties",
    ));
    format!(
        "{DECLARATION}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{parts}</Types>"
    )
}

/// `word/_rels/document.xml.rels`
pub(super) fn document_relations(footer: bool) -> String {
    let mut parts = vec!["styles", "numbering", "settings", "fontTable"];
    if footer {
        parts.push("footer");
    }
    let relations: String = (1..)
        .zip(parts)
        .map(|(id, part)| {
            let target = if part == "footer" { "footer1" } else { part };
            format!(
                "<Relationship Id=\"rId{id}\" Type=\"{OFFICE}/{part}\" Target=\"{target}.xml\"/>"
            )
        })
        .collect();
    format!(
        "{DECLARATION}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}</Relationships>"
    )
}

/// `docProps/core.xml`; no date, which would make two files of the same draft differ.
pub(super) fn core(title: &str) -> String {
    format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:language>fr-FR</dc:language></cp:coreProperties>",
        escaped(title)
    )
}

/// `word/document.xml`: A4, margins of 25 mm; the footer is the fifth relation.
pub(super) fn document(body: &str, footer: bool) -> String {
    let footer = if footer { "<w:footerReference w:type=\"default\" r:id=\"rId5\"/>" } else { "" };
    let (width, height, margin, edge) = (twips(210.0), twips(297.0), twips(25.0), twips(12.5));
    format!(
        "{DECLARATION}<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"{OFFICE}\">\
         <w:body>{body}<w:sectPr>{footer}<w:pgSz w:w=\"{width}\" w:h=\"{height}\"/>\
         <w:pgMar w:top=\"{margin}\" w:right=\"{margin}\" w:bottom=\"{margin}\" w:left=\"{margin}\" \
         w:header=\"{edge}\" w:footer=\"{edge}\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    )
}
