//! The office sheet (`--fiche`): what the office knows once and for all, in TOML.
//!
//! Everything is optional: what is unknown becomes `[À COMPLÉTER : …]` in a draft. A wrong key or
//! type is refused with its line, so that a typing error never silently loses a setting; the
//! reasons are put in French by `office/reason.rs`, since a secretary reads them.

pub(crate) mod reason;

use std::io::Read;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::french;

/// The commented sheet that `greffier fiche` writes; every key is there, commented out.
pub const TEMPLATE: &str = include_str!("office_template.toml");

/// The most a sheet may weigh.
const MAX_SHEET_BYTES: u64 = 1_000_000;

/// Why a sheet cannot be used. The text is what the user sees.
#[derive(Debug, thiserror::Error)]
pub enum OfficeError {
    /// The file does not exist.
    #[error(
        "la fiche « {} » n'existe pas : vérifiez son nom, ou créez-la avec « greffier fiche »",
        .0.display()
    )]
    NotFound(PathBuf),
    /// The path is a folder.
    #[error("« {} » est un dossier : indiquez la fiche (.toml) qu'il contient", .0.display())]
    Folder(PathBuf),
    /// The system refuses access.
    #[error(
        "la fiche « {} » ne peut pas être lue : vous n'avez pas le droit de l'ouvrir",
        .0.display()
    )]
    Denied(PathBuf),
    /// Too big to be a sheet, or not text.
    #[error("« {} » n'est pas une fiche : indiquez un fichier de texte (.toml)", .0.display())]
    NotASheet(PathBuf),
    /// The file cannot be read.
    #[error("impossible de lire la fiche « {} » : {source}", path.display())]
    Io {
        /// The sheet.
        path: PathBuf,
        /// The system's own error.
        source: std::io::Error,
    },
    /// A key or a value is wrong.
    #[error("fiche « {} », ligne {line} : {reason}", path.display())]
    Content {
        /// The sheet.
        path: PathBuf,
        /// Line of the fault, from 1.
        line: usize,
        /// What is wrong, in French.
        reason: String,
    },
}

/// The whole sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Office {
    /// The body that writes.
    pub organisme: Organisme,
    /// The council or board.
    pub conseil: Conseil,
    /// Employees.
    pub personnel: Personnel,
    /// What an association's own rules say.
    pub statuts: Statuts,
    /// Letters.
    pub courrier: Courrier,
    /// Posters.
    pub affiche: Affiche,
    /// The office's own paper.
    pub modele: Modele,
}

/// The body that writes.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Organisme {
    /// Its name.
    pub nom: Option<String>,
    /// `commune`, `association`, …
    pub nature: Option<String>,
    /// Postal code.
    pub code_postal: Option<String>,
    /// Street address.
    pub adresse: Option<String>,
    /// Département.
    pub departement: Option<String>,
    /// Phone.
    pub telephone: Option<String>,
    /// E-mail.
    pub courriel: Option<String>,
    /// Inhabitants.
    pub population: Option<u32>,
    /// How acts are published: `affichage`, `papier`, `electronique`.
    pub publicite_actes: Option<String>,
    /// Whether there is a web site.
    pub site_internet: Option<bool>,
    /// The administrative court that letters of refusal name.
    pub tribunal_administratif: Option<String>,
}

impl Organisme {
    /// The name after what is of it: « d'Épinay », « du Teil », « de Trévol ».
    pub fn of_name(&self) -> Option<String> {
        let name = self.nom.as_deref()?;
        let first = name.split([' ', '-']).next().unwrap_or_default();
        Some(match (first, name.split_once(' ')) {
            ("Le", Some((_, rest))) => format!("du {rest}"),
            ("Les", Some((_, rest))) => format!("des {rest}"),
            _ if french::elides(first) => format!("d'{name}"),
            _ => format!("de {name}"),
        })
    }
}

/// The council or board.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Conseil {
    /// Seats currently held: the base of the quorum.
    pub membres_en_exercice: Option<u32>,
    /// « Madame la Maire », « Monsieur le Maire », …
    pub titre_maire: Option<String>,
    /// The mayor, as « Prénom NOM ».
    pub maire: Option<String>,
    /// The members.
    pub membres: Vec<Membre>,
}

/// A member of the council or board.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Membre {
    /// As « Prénom NOM ».
    pub nom: String,
    /// `maire`, `1er adjoint`, …
    #[serde(default)]
    pub fonction: Option<String>,
    /// « M. » or « Mme », when the office wants it printed.
    #[serde(default)]
    pub civilite: Option<String>,
}

/// Employees.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Personnel {
    /// The town clerk, who is not a member of the council.
    pub secretaire_de_mairie: Option<String>,
}

/// What an association's own rules say: for it the statutes are the law.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Statuts {
    /// Share of the members that must be there, as `"1/3"`.
    pub quorum_fraction: Option<Fraction>,
    /// Most proxies one member may hold.
    pub pouvoirs_max: Option<u32>,
    /// How a vote is won.
    pub majorite: Option<Majorite>,
}

/// How a vote is won.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Majorite {
    /// More votes for than against.
    Simple,
    /// More than half of the votes cast.
    Absolue,
    /// Two thirds of the votes cast.
    DeuxTiers,
    /// Three quarters of the votes cast.
    TroisQuarts,
}

/// A share of a whole, above 0 and at most 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fraction {
    numerator: u32,
    denominator: u32,
}

/// A text that is not a share.
#[derive(Debug, thiserror::Error)]
#[error("« {0} » n'est pas une fraction : écrivez par exemple \"1/3\"")]
pub struct NotAFraction(String);

impl Fraction {
    /// The least whole number of members that is at least this share of `whole`.
    pub fn at_least_of(self, whole: u32) -> u32 {
        let share =
            (u64::from(whole) * u64::from(self.numerator)).div_ceil(u64::from(self.denominator));
        u32::try_from(share).unwrap_or(whole)
    }
}

impl TryFrom<String> for Fraction {
    type Error = NotAFraction;

    fn try_from(text: String) -> Result<Self, NotAFraction> {
        let parts = text.split_once('/').and_then(|(numerator, denominator)| {
            Some((numerator.trim().parse().ok()?, denominator.trim().parse().ok()?))
        });
        match parts {
            Some((numerator, denominator)) if 0 < numerator && numerator <= denominator => {
                Ok(Self { numerator, denominator })
            }
            _ => Err(NotAFraction(text)),
        }
    }
}

impl From<Fraction> for String {
    fn from(share: Fraction) -> Self {
        format!("{}/{}", share.numerator, share.denominator)
    }
}

/// Letters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Courrier {
    /// Who signs, as « Prénom NOM ».
    pub signataire: Option<String>,
    /// In what capacity: « La maire », « Le président ».
    pub fonction_signataire: Option<String>,
    /// Where letters are dated from.
    pub lieu: Option<String>,
}

/// Posters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Affiche {
    /// The printer's mention, printed at the foot.
    pub mention_imprimeur: Option<String>,
    /// The colour of printed sheets, a name or a code.
    pub couleur: Option<String>,
    /// The organiser's sign: a file, from the folder of this sheet.
    pub logo: Option<String>,
    /// The picture of printed sheets: a file, from the folder of this sheet.
    pub image: Option<String>,
}

/// The office's own paper: files that the user made, beside the sheet or by a whole path.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Modele {
    /// For documents of Word.
    pub docx: Option<PathBuf>,
    /// For documents of LibreOffice.
    pub odt: Option<PathBuf>,
}

impl Office {
    /// Where the sheet is looked for when the user names none.
    pub fn default_path(config_dir: &Path) -> PathBuf {
        config_dir.join("fiche.toml")
    }

    /// Reads a sheet, in UTF-8 or Windows-1252 as notes are.
    ///
    /// # Errors
    /// When the file cannot be read, or a key or value is wrong.
    pub fn read(path: &Path) -> Result<Self, OfficeError> {
        let mut office = Self::parse(path, &decode(path, read_bytes(path)?)?)?;
        // Files are named from where the sheet lies, wherever the program is started.
        let folder = path.parent().unwrap_or(Path::new(""));
        for file in [&mut office.affiche.logo, &mut office.affiche.image].into_iter().flatten() {
            *file = folder.join(&file).to_string_lossy().into_owned();
        }
        Ok(office)
    }

    /// Parses a sheet; the path is for messages.
    ///
    /// # Errors
    /// When a key or value is wrong.
    pub fn parse(path: &Path, text: &str) -> Result<Self, OfficeError> {
        toml::from_str(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start).min(text.len());
            let (line, reason) = reason::explain(text, start, error.message(), "organisme");
            OfficeError::Content { path: path.to_owned(), line, reason }
        })
    }
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, OfficeError> {
    let refused = |source: std::io::Error| match source.kind() {
        std::io::ErrorKind::NotFound => OfficeError::NotFound(path.to_owned()),
        std::io::ErrorKind::PermissionDenied => OfficeError::Denied(path.to_owned()),
        std::io::ErrorKind::IsADirectory => OfficeError::Folder(path.to_owned()),
        _ => OfficeError::Io { path: path.to_owned(), source },
    };
    if std::fs::metadata(path).map_err(refused)?.is_dir() {
        return Err(OfficeError::Folder(path.to_owned()));
    }
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(MAX_SHEET_BYTES + 1).read_to_end(&mut bytes))
        .map_err(refused)?;
    Ok(bytes)
}

fn decode(path: &Path, bytes: Vec<u8>) -> Result<String, OfficeError> {
    if bytes.len() as u64 > MAX_SHEET_BYTES || bytes.contains(&0) {
        return Err(OfficeError::NotASheet(path.to_owned()));
    }
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|error| encoding_rs::WINDOWS_1252.decode(error.as_bytes()).0.into_owned());
    Ok(text.trim_start_matches('\u{feff}').replace("\r\n", "\n"))
}

#[cfg(test)]
mod tests;
