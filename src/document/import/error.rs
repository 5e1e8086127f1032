//! Why a file cannot be read, and what the user can do about it.

use super::sniff::ENDINGS;
use super::{MAX_FILE_BYTES, MAX_TEXT_BYTES};

/// A file that is not read. The text is what the user sees.
#[derive(Debug, thiserror::Error)]
#[error("{name} {reason}")]
pub struct ImportError {
    /// The file as the user knows it: its name in quotes, or standard input.
    pub name: String,
    /// What is wrong with it.
    pub reason: Reason,
}

/// What is wrong with a file; the text follows its name.
#[derive(Debug, thiserror::Error)]
pub enum Reason {
    /// The file does not exist.
    #[error("n'existe pas : vérifiez le nom du fichier et son dossier")]
    NotFound,
    /// The path is a folder.
    #[error("est un dossier : indiquez le fichier de notes qu'il contient")]
    Folder,
    /// The ending is not one that is read.
    #[error("n'est pas d'un format lu ({}) : {hint}", endings())]
    Ending {
        /// What to save it as.
        hint: &'static str,
    },
    /// The content is of a kind that is known but not read.
    #[error("{0}")]
    NotRead(&'static str),
    /// Nothing can be made of the bytes.
    #[error("n'est pas du texte : enregistrez vos notes en .docx, .odt ou .txt")]
    Binary,
    /// The whole file is too big.
    #[error(
        "dépasse {} Mo : retirez-en les images, ou copiez vos notes dans un fichier .txt",
        MAX_FILE_BYTES / 1_000_000
    )]
    FileTooBig,
    /// Too much text to be notes.
    #[error(
        "contient {0} octets de texte, plus que les {MAX_TEXT_BYTES} acceptés : découpez vos notes en plusieurs fichiers"
    )]
    TextTooBig(usize),
    /// Nothing but white space.
    #[error("ne contient aucun texte : écrivez vos notes puis relancez la commande")]
    Empty,
    /// A password is needed.
    #[error(
        "est protégé par un mot de passe : ouvrez-le, enregistrez-en une copie sans mot de passe, puis relancez la commande"
    )]
    Encrypted,
    /// The content is not what its format promises.
    #[error(
        "est abîmé ou incomplet ({}) : ouvrez-le et enregistrez-le de nouveau{NEW_COPY}",
        short(.0)
    )]
    Damaged(String),
    /// The content is built in a way no office program does.
    #[error(
        "n'est pas un document ordinaire ({0}) : copiez-en le texte dans un nouveau document, puis relancez la commande"
    )]
    Hostile(&'static str),
    /// Reading it takes too long.
    #[error(
        "n'a pas pu être lu en {0} secondes : copiez-en le texte dans un document .docx, .odt ou .txt"
    )]
    TooSlow(u64),
    /// The system refused.
    #[error("ne peut pas être lu : {0}")]
    Io(std::io::Error),
}

const NEW_COPY: &str = ", ou copiez-en le texte dans un fichier .txt";

/// What a library says, on one line: it may quote the file.
fn short(said: &str) -> String {
    let line = said.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().filter(|c| !c.is_control()).take(120).collect()
}

fn endings() -> String {
    ENDINGS.map(|(ending, _)| format!(".{ending}")).join(", ")
}
