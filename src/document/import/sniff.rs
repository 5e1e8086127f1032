//! What a file is: by its first bytes where its format marks them, else by its ending.

use super::package::Package;
use super::{Reason, docx, odt};

/// A format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Plain text or Markdown.
    Text,
    /// A page.
    Html,
    /// An e-mail.
    Mail,
    /// Pages as they are printed.
    Pdf,
    /// Values with a separator between them.
    Separated,
    /// An office file: which one, its content says.
    Office,
    /// `OpenDocument` in one piece of XML.
    Flat,
}

/// An office file that is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Office {
    /// Office Open XML text, with the name of its main part.
    Word {
        /// Where its text is.
        main: String,
    },
    /// `OpenDocument` text or spreadsheet.
    OpenDocument,
    /// Office Open XML workbook.
    Workbook,
}

/// The endings that are read.
pub(super) const ENDINGS: [(&str, Kind); 15] = [
    ("docx", Kind::Office),
    ("odt", Kind::Office),
    ("fodt", Kind::Flat),
    ("pdf", Kind::Pdf),
    ("txt", Kind::Text),
    ("text", Kind::Text),
    ("md", Kind::Text),
    ("html", Kind::Html),
    ("htm", Kind::Html),
    ("eml", Kind::Mail),
    ("xlsx", Kind::Office),
    ("ods", Kind::Office),
    ("fods", Kind::Flat),
    ("csv", Kind::Separated),
    ("tsv", Kind::Separated),
];

const SAVE_AS: &str = "enregistrez le document en .docx ou .odt";
const TYPE_IT: &str = "tapez-en le texte dans un document .docx, .odt ou .txt";

/// Endings that offices use and that are not read, with what to do.
const UNREAD: [(&str, &str); 12] = [
    ("doc", SAVE_AS),
    ("rtf", SAVE_AS),
    ("pages", "exportez le document en .docx depuis Pages"),
    ("wps", SAVE_AS),
    ("xls", "enregistrez le tableau en .xlsx, .ods ou .csv"),
    ("ppt", "enregistrez la présentation en .pdf"),
    ("pptx", "enregistrez la présentation en .pdf"),
    ("odp", "enregistrez la présentation en .pdf"),
    ("msg", "enregistrez le message en .eml, ou copiez-en le texte dans un fichier .txt"),
    ("jpg", TYPE_IT),
    ("jpeg", TYPE_IT),
    ("png", TYPE_IT),
];

/// First bytes of what is not read, with what it is and what to do.
const FOREIGN: [(&[u8], &str); 11] = [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"{\\rtf", "est un document RTF : enregistrez-le en .docx ou .odt"),
    (b"\xff\xd8\xff", PICTURE),
    (b"\x89PNG", PICTURE),
    (b"GIF8", PICTURE),
    (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE),
    (b"ID3", SOUND),
    (b"OggS", SOUND),
    (b"\x1f\x8b", ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", ARCHIVE),
];
const OLD_OFFICE: &str = "est un ancien document de bureau (.doc, .xls) ou un document protégé par un mot de passe : enregistrez-le sans mot de passe, en .docx ou .odt";
const PICTURE: &str =
    "est une image, sans texte à lire : tapez-en le texte dans un document .docx, .odt ou .txt";
const SOUND: &str = "est un enregistrement sonore : donnez sa transcription, en texte";
const APPLE: &str = "est un document Pages ou Numbers : exportez-le en .docx ou .xlsx";
const SLIDES: &str = "est une présentation ou un dessin : enregistrez-le en .pdf";
const NOT_OFFICE: &str = "ce n'est pas un document de bureau";
const NOT_TEXT: &str =
    "n'est ni un texte ni un tableau : copiez-en le texte dans un document .docx ou .odt";
const ARCHIVE: &str = "est une archive : ouvrez-la et indiquez le document qu'elle contient";

/// What the file is.
///
/// # Errors
/// When it is nothing that is read.
pub(super) fn kind(ending: Option<&str>, bytes: &[u8]) -> Result<Kind, Reason> {
    if let Some((_, what)) = FOREIGN.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Err(Reason::NotRead(what));
    }
    // Some programs write a few bytes of their own before the mark.
    if bytes.get(..1024).unwrap_or(bytes).windows(5).any(|mark| mark == b"%PDF-") {
        return Ok(Kind::Pdf);
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Ok(Kind::Office);
    }
    if let Some(kind) = is_flat(bytes) {
        return kind;
    }
    if is_page(bytes) {
        return Ok(Kind::Html);
    }
    let Some(ending) = ending else {
        return Ok(if is_mail(bytes) { Kind::Mail } else { Kind::Text });
    };
    match ENDINGS.iter().find(|(known, _)| *known == ending) {
        // A text under the name of an office file is still a text.
        Some((_, Kind::Office | Kind::Flat | Kind::Pdf)) => match super::text::decode(bytes) {
            Ok(_) => return Ok(Kind::Text),
            Err(_) => return Err(Reason::Damaged(NOT_OFFICE.to_owned())),
        },
        Some((_, kind)) => return Ok(*kind),
        None => {}
    }
    let hint = UNREAD.iter().find(|(known, _)| *known == ending).map_or(SAVE_AS, |(_, hint)| hint);
    Err(Reason::Ending { hint })
}

/// Which office file a package is.
///
/// # Errors
/// When it is none that is read.
pub(super) fn office(package: &mut Package<'_>) -> Result<Office, Reason> {
    if package.has(odt::TYPE_PART) || package.has("content.xml") {
        let kind = package.part(odt::TYPE_PART)?.unwrap_or_default();
        return open_document(&kind, ARCHIVE).map(|()| Office::OpenDocument);
    }
    if package.names().any(|name| name.starts_with("Index/") && name.ends_with(".iwa")) {
        return Err(Reason::NotRead(APPLE));
    }
    match docx::main_part(package)? {
        Some(main) if main.starts_with("ppt/") => Err(Reason::NotRead(SLIDES)),
        Some(main) if main.starts_with("xl/") => Ok(Office::Workbook),
        Some(main) => Ok(Office::Word { main }),
        None if package.has("word/document.xml") => {
            Ok(Office::Word { main: "word/document.xml".to_owned() })
        }
        None => Err(Reason::NotRead(ARCHIVE)),
    }
}

/// Whether `OpenDocument` of that type is read; `other` is what else it may be.
fn open_document(kind: &str, other: &'static str) -> Result<(), Reason> {
    let kind = kind.trim().rsplit('.').next().unwrap_or_default();
    // Texts and their templates, letters to many, texts made for the web, sheets.
    match kind.split('-').next() {
        Some("text" | "spreadsheet" | "") => Ok(()),
        Some("presentation" | "graphics") => Err(Reason::NotRead(SLIDES)),
        _ => Err(Reason::NotRead(other)),
    }
}

/// What an `OpenDocument` in one piece of XML is, if the text is one.
fn is_flat(bytes: &[u8]) -> Option<Result<Kind, Reason>> {
    let head = String::from_utf8_lossy(bytes.get(..4096).unwrap_or(bytes)).into_owned();
    let start = head.trim_start_matches('\u{feff}').trim_start();
    let (before, root) = start.split_once("<office:document")?;
    let opens = before.is_empty() || before.starts_with("<?xml");
    if !opens || !root.starts_with(char::is_whitespace) {
        return None;
    }
    let kind = root.split_once("office:mimetype=\"").and_then(|(_, kind)| kind.split('"').next());
    Some(open_document(kind.unwrap_or_default(), NOT_TEXT).map(|()| Kind::Flat))
}

/// Whether the text says that it is a page.
fn is_page(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..256).unwrap_or(bytes)).to_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    head.starts_with("<!doctype html") || head.starts_with("<html")
}

/// Whether the text opens with the header fields that mail programs write, not only those that a
/// person may type.
fn is_mail(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..8192).unwrap_or(bytes)).into_owned();
    let fields: Vec<String> = head
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_once(':').map(|(field, _)| field.to_ascii_lowercase()))
        .collect();
    let has = |field: &str| fields.iter().any(|f| f == field);
    has("from") && (has("message-id") || has("mime-version") || has("received"))
}
