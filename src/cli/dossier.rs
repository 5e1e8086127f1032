//! `--dossier` and `--depuis`: the record behind a document as a file that the user corrects.

use std::io::{ErrorKind, Read};
use std::path::Path;

use super::{Failure, output};
use crate::document::import::MAX_TEXT_BYTES;
use crate::notes::Notes;
use crate::task::dossier::Fault;

/// The most a record may weigh: it holds the notes and their sentences, with keys and comments.
const MAX_BYTES: usize = 4 * MAX_TEXT_BYTES;

/// Reads a corrected record; its text stands where notes would.
///
/// # Errors
/// When the file cannot be read, or holds a slip: its line and what to write.
pub fn read<T>(path: &Path, parse: fn(&str) -> Result<T, Fault>) -> Result<(Notes, T), Failure> {
    let text = text(path).map_err(Failure::usage)?;
    let record = parse(&text).map_err(|fault| {
        Failure::usage(format!(
            "dossier « {} », ligne {} : {}",
            path.display(),
            fault.line,
            fault.reason
        ))
    })?;
    let notes = Notes::from_text(&text).map_err(Failure::usage)?;
    Ok((notes, record))
}

/// Checks that a record can be written there, before the model runs.
///
/// # Errors
/// When the name does not end in `.toml`, or the place may not be written.
pub fn check_destination(path: &Path) -> Result<(), Failure> {
    if path.extension().is_none_or(|ending| !ending.eq_ignore_ascii_case("toml")) {
        return Err(Failure::usage(format!(
            "« {} » : un dossier s'écrit dans un fichier .toml, changez la fin du nom",
            path.display()
        )));
    }
    output::check_place(path).map_err(Failure::usage)
}

/// The text of the file, in UTF-8 or Windows-1252 as notes are.
fn text(path: &Path) -> Result<String, String> {
    let name = path.display();
    let refused = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => {
            format!("le dossier « {name} » n'existe pas : écrivez-le avec --dossier")
        }
        ErrorKind::PermissionDenied => {
            format!("« {name} » ne peut pas être lu : vous n'avez pas le droit de l'ouvrir")
        }
        _ => format!("impossible de lire « {name} » : {error}"),
    };
    if std::fs::metadata(path).map_err(refused)?.is_dir() {
        return Err(format!(
            "« {name} » est un dossier de fichiers : indiquez le .toml qu'il contient"
        ));
    }
    let file = std::fs::File::open(path).map_err(refused)?;
    let mut bytes = Vec::new();
    file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(refused)?;
    if bytes.len() > MAX_BYTES || bytes.contains(&0) {
        return Err(format!(
            "« {name} » n'est pas un dossier de Greffier : indiquez le fichier .toml écrit par --dossier"
        ));
    }
    let text = String::from_utf8(bytes)
        .unwrap_or_else(|error| encoding_rs::WINDOWS_1252.decode(error.as_bytes()).0.into_owned());
    Ok(text.trim_start_matches('\u{feff}').replace("\r\n", "\n"))
}
