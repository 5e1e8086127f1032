//! The office sheet (`--fiche`): what the office knows once and for all, in TOML.
//!
//! Everything is optional: what is unknown becomes `[À COMPLÉTER : …]` in a draft. A wrong key or
//! type is refused with its line, so that a typing error never silently loses a setting.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// Why a sheet cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum OfficeError {
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

impl Office {
    /// Reads a sheet.
    ///
    /// # Errors
    /// When the file cannot be read, or a key or value is wrong.
    pub fn read(path: &Path) -> Result<Self, OfficeError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| OfficeError::Io { path: path.to_owned(), source })?;
        Self::parse(path, &text)
    }

    /// Parses a sheet; the path is for messages.
    ///
    /// # Errors
    /// When a key or value is wrong.
    pub fn parse(path: &Path, text: &str) -> Result<Self, OfficeError> {
        toml::from_str(text).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start).min(text.len());
            OfficeError::Content {
                path: path.to_owned(),
                line: text.as_bytes()[..start].iter().filter(|b| **b == b'\n').count() + 1,
                reason: error.message().to_owned(),
            }
        })
    }
}
