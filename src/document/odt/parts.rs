//! The parts of an ODF text that are the same for every document, or nearly so.

use super::super::page;
use super::super::xml::{DECLARATION, escaped};
use super::styles::{DEFAULT, ROLES, Role};

/// `META-INF/manifest.xml`
pub(super) const MANIFEST: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
<manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\" manifest:version=\"1.2\">\
<manifest:file-entry manifest:full-path=\"/\" manifest:version=\"1.2\" manifest:media-type=\"application/vnd.oasis.opendocument.text\"/>\
<manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\"/>\
<manifest:file-entry manifest:full-path=\"styles.xml\" manifest:media-type=\"text/xml\"/>\
<manifest:file-entry manifest:full-path=\"meta.xml\" manifest:media-type=\"text/xml\"/>\
</manifest:manifest>";

/// The namespaces that our XML needs, by prefix.
pub(in crate::document) const NAMESPACES: [(&str, &str); 5] = [
    ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
    ("style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
    ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
    ("table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
    ("fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
];

fn namespaces() -> String {
    let declare = |(prefix, address)| format!(" xmlns:{prefix}=\"{address}\"");
    NAMESPACES.map(declare).concat()
}

/// The typeface, with the one that stands in for it.
fn fonts() -> String {
    format!(
        "<office:font-face-decls xmlns:svg=\"urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0\">\
         <style:font-face style:name=\"{font}\" svg:font-family=\"{font}, '{fallback}'\" style:font-family-generic=\"swiss\" style:font-pitch=\"variable\"/>\
         </office:font-face-decls>",
        font = page::FONT,
        fallback = page::FALLBACK_FONT
    )
}

/// `content.xml`
pub(super) fn content(automatic: &str, body: &str) -> String {
    format!(
        "{DECLARATION}<office:document-content{} office:version=\"1.2\">{}\
         <office:automatic-styles>{automatic}</office:automatic-styles>\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>",
        namespaces(),
        fonts()
    )
}

/// `styles.xml`: named styles, A4 with margins of 25 mm, « Page N / M » at the foot.
pub(super) fn styles(footer: bool) -> String {
    let named: String = ROLES.into_iter().map(Role::definition).collect();
    let (foot_style, foot) = if footer {
        (
            "<style:footer-style><style:header-footer-properties fo:min-height=\"5mm\" fo:margin-top=\"6mm\"/></style:footer-style>",
            format!(
                "<style:footer><text:p text:style-name=\"{}\">Page\u{a0}<text:page-number text:select-page=\"current\">1</text:page-number>\
                 \u{a0}/\u{a0}<text:page-count>1</text:page-count></text:p></style:footer>",
                Role::Footer.name()
            ),
        )
    } else {
        ("", String::new())
    };
    // The footer stands within the lower margin, so that the text ends where it would without one.
    let bottom = if footer { 14 } else { 25 };
    format!(
        "{DECLARATION}<office:document-styles{namespaces} office:version=\"1.2\">{fonts}<office:styles>\
         <style:default-style style:family=\"paragraph\">\
         <style:paragraph-properties fo:orphans=\"2\" fo:widows=\"2\" style:tab-stop-distance=\"12.5mm\" style:writing-mode=\"lr-tb\"/>\
         <style:text-properties style:font-name=\"{font}\" fo:font-size=\"{points}pt\" fo:language=\"fr\" fo:country=\"FR\"/></style:default-style>\
         <style:style style:name=\"{DEFAULT}\" style:family=\"paragraph\" style:class=\"text\"/>{named}</office:styles>\
         <office:automatic-styles><style:page-layout style:name=\"GreffierA4\">\
         <style:page-layout-properties fo:page-width=\"210mm\" fo:page-height=\"297mm\" style:print-orientation=\"portrait\" \
         fo:margin-top=\"25mm\" fo:margin-bottom=\"{bottom}mm\" fo:margin-left=\"25mm\" fo:margin-right=\"25mm\"/>{foot_style}\
         </style:page-layout></office:automatic-styles>\
         <office:master-styles><style:master-page style:name=\"Standard\" style:page-layout-name=\"GreffierA4\">{foot}</style:master-page></office:master-styles>\
         </office:document-styles>",
        namespaces = namespaces(),
        fonts = fonts(),
        font = page::FONT,
        points = page::FONT_POINTS,
    )
}

/// `meta.xml`; no date, which would make two files of the same draft differ.
pub(super) fn meta(title: &str) -> String {
    format!(
        "{DECLARATION}<office:document-meta xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" \
         xmlns:meta=\"urn:oasis:names:tc:opendocument:xmlns:meta:1.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" office:version=\"1.2\">\
         <office:meta><meta:generator>Greffier/{}</meta:generator><dc:title>{}</dc:title><dc:language>fr-FR</dc:language></office:meta></office:document-meta>",
        env!("CARGO_PKG_VERSION"),
        escaped(title)
    )
}
