//! The office's own paper: a docx or odt file that the user made, with marks for what Greffier
//! writes.
//!
//! `{{ corps }}` stands for the whole draft, `{{ date }}` and the like for the fields of
//! [`letterhead`]. A template is read and judged before anything is drafted; what is wrong with it
//! is said then. Parts and pieces without a mark stay as they are, to the byte: the letterhead, its
//! styles, its pictures. Two exceptions: styles, and definitions of lists, that the draft needs and
//! the template lacks are added to its own; the document's title takes the place of the template's
//! in the metadata.
//!
//! The draft's text takes the look of the paragraph that holds `{{ corps }}`, its headings, lists
//! and tables the template's styles of Word's and LibreOffice's own names. Without `{{ corps }}` it
//! goes at the end.

mod docx;
mod odt;
mod scan;

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::letterhead::{self, Field, Printed};
use super::package::{Package, Refused};
use super::{Block, Document, ExportError, Format, runs};
use scan::{Dialect, Fault, Scan, What};

/// The most a template may weigh.
const MAX_BYTES: u64 = 20_000_000;

/// Why a template cannot be used. The text is what the user sees.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// It does not exist.
    #[error(
        "le modèle « {} » n'existe pas : vérifiez son nom sous [modele] dans la fiche",
        .0.display()
    )]
    NotFound(PathBuf),
    /// It is a folder.
    #[error("le modèle « {} » est un dossier : indiquez un fichier .docx ou .odt", .0.display())]
    Folder(PathBuf),
    /// The system refuses access.
    #[error("le modèle « {} » ne peut pas être lu : vous n'avez pas le droit de l'ouvrir", .0.display())]
    Denied(PathBuf),
    /// It cannot be read.
    #[error("impossible de lire le modèle « {} » : {source}", path.display())]
    Io {
        /// The template.
        path: PathBuf,
        /// The system's own error.
        source: std::io::Error,
    },
    /// More than the limits.
    #[error(
        "le modèle « {} » est trop gros (20 Mo, 2000 fichiers et 200 Mo dépliés au plus) : réduisez ses images",
        .0.display()
    )]
    TooBig(PathBuf),
    /// Another kind of file, or a damaged one.
    #[error(
        "le modèle « {} » n'est pas un fichier .{kind} lisible : ouvrez-le et enregistrez-le de nouveau en .{kind}",
        path.display()
    )]
    Broken {
        /// The template.
        path: PathBuf,
        /// The ending it should have.
        kind: &'static str,
    },
    /// Protected.
    #[error(
        "le modèle « {} » est protégé par un mot de passe : enregistrez-le sans mot de passe",
        .0.display()
    )]
    Encrypted(PathBuf),
    /// It holds programs.
    #[error(
        "le modèle « {} » contient des macros : enregistrez-le en .docx, sans macros",
        .0.display()
    )]
    Macros(PathBuf),
    /// A mark that no field has.
    #[error(
        "modèle « {} » : le champ {{{{ {name} }}}} est inconnu ; champs possibles : {known}",
        path.display()
    )]
    UnknownField {
        /// The template.
        path: PathBuf,
        /// What stands between the braces.
        name: String,
        /// What may.
        known: String,
    },
    /// A mark that does not end.
    #[error(
        "modèle « {} » : le champ {{{{ {name} n'est pas fermé : écrivez-le entre {{{{ et }}}}, dans un seul paragraphe",
        path.display()
    )]
    Unclosed {
        /// The template.
        path: PathBuf,
        /// The word after the braces.
        name: String,
    },
    /// The draft cannot go there.
    #[error(
        "modèle « {} » : {{{{ corps }}}} doit être une seule fois, seul dans un paragraphe du texte (ni en-tête ou pied de page, ni zone de texte, ni liste)",
        .0.display()
    )]
    MisplacedBody(PathBuf),
}

/// A template that can be filled.
#[derive(Debug)]
pub struct Template {
    package: Package,
    dialect: Dialect,
    parts: Vec<Part>,
    printed: Printed,
}

/// A part with text.
#[derive(Debug)]
struct Part {
    name: String,
    source: String,
    scan: Scan,
    role: PartRole,
}

/// What a part is to the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PartRole {
    /// It holds the text.
    Text,
    /// Page headers and footers, and for Word notes.
    Margin,
}

impl Template {
    /// Reads a template for a format that templates serve.
    ///
    /// # Errors
    /// When the file cannot be read, is no such file, or holds a mark that cannot be filled.
    pub fn read(path: &Path, format: Format) -> Result<Self, TemplateError> {
        let dialect = dialect(format).unwrap_or(Dialect::Docx);
        let bytes = read_bytes(path)?;
        Self::parse(bytes, dialect).map_err(|wrong| wrong.of(path, dialect))
    }

    fn parse(bytes: Vec<u8>, dialect: Dialect) -> Result<Self, Wrong> {
        // A file of Word under a password, and one of before 2007, are of this other kind.
        if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
            return Err(Wrong::Refused(Refused::Encrypted));
        }
        let package = Package::open(bytes)?;
        let named = match dialect {
            Dialect::Docx => docx::parts(&package)?,
            Dialect::Odt => odt::parts(&package)?,
        };
        let mut parts = Vec::new();
        for (name, role) in named {
            let Some(source) = package.text(&name)? else { continue };
            let scan = scan::scan(&source, dialect)?;
            parts.push(Part { name, source, scan, role });
        }
        let all = || parts.iter().flat_map(|p| p.scan.paragraphs.iter().map(move |q| (p.role, q)));
        let bodies: Vec<_> = all().filter(|(_, paragraph)| paragraph.takes_body()).collect();
        let well_placed = |(role, paragraph): &(PartRole, &scan::Paragraph)| {
            *role == PartRole::Text && !paragraph.confined && paragraph.is_bare()
        };
        if bodies.len() > 1 || !bodies.iter().all(well_placed) {
            return Err(Wrong::MisplacedBody);
        }
        let mut printed = Printed::default();
        for (role, slot) in all().flat_map(|(role, p)| p.slots.iter().map(move |s| (role, s))) {
            if let What::Field(field) = slot.what {
                printed.fields.insert(field);
                printed.title_in_text |= field == Field::Title && role == PartRole::Text;
            }
        }
        for part in &parts {
            printed.words.push_str(&part.scan.words);
            printed.picture |= part.scan.picture;
        }
        printed.words = letterhead::fold(&printed.words);
        let template = Self { package, dialect, parts, printed };
        // Filling it shows whatever else would be wrong with the file.
        template.write(&probe()).map_err(|_| Wrong::Refused(Refused::Broken))?;
        Ok(template)
    }

    /// Whether it says where the draft goes; otherwise that is at its end.
    pub fn has_body(&self) -> bool {
        self.parts.iter().flat_map(|part| &part.scan.paragraphs).any(|p| p.takes_body())
    }

    /// The document on the office's paper, as the bytes of a file.
    ///
    /// # Errors
    /// When the file cannot be made.
    pub fn write(&self, document: &Document) -> Result<Vec<u8>, ExportError> {
        let body = letterhead::body(document, &self.printed);
        let changed = match self.dialect {
            Dialect::Docx => docx::fill(self, document, &body),
            Dialect::Odt => odt::fill(self, document, &body),
        };
        self.package.with(&changed.ok_or_else(|| ExportError("modèle illisible".to_owned()))?)
    }

    /// The part that holds the text.
    fn text(&self) -> Option<&Part> {
        self.parts.iter().find(|part| part.role == PartRole::Text)
    }
}

/// Parts by name, with their new content.
type Changed = BTreeMap<String, String>;

/// The blocks left to print.
type Body<'b> = [&'b Block];

/// The values of a document's fields, blanks included; a document without an object has a title.
fn values(document: &Document) -> BTreeMap<Field, String> {
    Field::ALL
        .into_iter()
        .map(|field| {
            let value = document.fields.get(&field).filter(|value| !value.trim().is_empty());
            let value = value.cloned().or_else(|| match field {
                Field::Title | Field::Subject => Some(runs::title(document)),
                _ => None,
            });
            let value = value.unwrap_or_else(|| field.blank());
            // Between the capacity and the name there is room to sign.
            let signed = field == Field::Signatory;
            (field, if signed { value.replace(",\n", ",\n\n\n\n") } else { value })
        })
        .collect()
}

/// A document that needs every part of a template.
fn probe() -> Document {
    let mut document = Document::new("Essai");
    document.push(Block::heading(2, "Titre"));
    document.push(Block::numbered(["Point".to_owned()]));
    document.push(Block::Table { header: vec!["Colonne".to_owned()], rows: Vec::new() });
    document
}

fn dialect(format: Format) -> Option<Dialect> {
    match format {
        Format::Docx => Some(Dialect::Docx),
        Format::Odt => Some(Dialect::Odt),
        _ => None,
    }
}

/// What is wrong with a template, before it is known which.
#[derive(Debug)]
enum Wrong {
    Refused(Refused),
    Fault(Fault),
    Macros,
    MisplacedBody,
}

impl From<Refused> for Wrong {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<Fault> for Wrong {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl Wrong {
    fn of(self, path: &Path, dialect: Dialect) -> TemplateError {
        let path = path.to_owned();
        let kind = match dialect {
            Dialect::Docx => "docx",
            Dialect::Odt => "odt",
        };
        match self {
            Self::Refused(Refused::TooBig) => TemplateError::TooBig(path),
            Self::Refused(Refused::Encrypted) => TemplateError::Encrypted(path),
            Self::Refused(Refused::Broken) | Self::Fault(Fault::Broken) => {
                TemplateError::Broken { path, kind }
            }
            Self::Fault(Fault::Unknown(name)) => {
                let names = Field::ALL.iter().map(|field| field.name());
                let known = std::iter::once("corps").chain(names).collect::<Vec<_>>().join(", ");
                TemplateError::UnknownField { path, name, known }
            }
            Self::Fault(Fault::Unclosed(name)) => TemplateError::Unclosed { path, name },
            Self::Macros => TemplateError::Macros(path),
            Self::MisplacedBody => TemplateError::MisplacedBody(path),
        }
    }
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, TemplateError> {
    let refused = |source: std::io::Error| match source.kind() {
        std::io::ErrorKind::NotFound => TemplateError::NotFound(path.to_owned()),
        std::io::ErrorKind::PermissionDenied => TemplateError::Denied(path.to_owned()),
        _ => TemplateError::Io { path: path.to_owned(), source },
    };
    if std::fs::metadata(path).map_err(refused)?.is_dir() {
        return Err(TemplateError::Folder(path.to_owned()));
    }
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes))
        .map_err(refused)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(TemplateError::TooBig(path.to_owned()));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests;
