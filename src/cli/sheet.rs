//! `greffier fiche`: writes the commented office sheet for the user to fill in.
//!
//! A sheet that is there already holds the office's own values and is never overwritten.

use std::path::{Path, PathBuf};

use super::output;
use crate::office::{Office, TEMPLATE};

/// Writes the sheet to `destination`, or to its default place in the settings folder, which is
/// made if need be; gives back where it is.
///
/// # Errors
/// An [`output::OutputError`] (wrong use, exit status 2) when a file is there already or the
/// place may not be written.
pub fn run(destination: Option<&Path>, config_dir: &Path) -> anyhow::Result<PathBuf> {
    let path = match destination {
        Some(path) => path.to_owned(),
        None => {
            std::fs::create_dir_all(config_dir)
                .map_err(|error| output::refusal(config_dir, error))?;
            Office::default_path(config_dir)
        }
    };
    if path.is_dir() {
        return Err(output::OutputError::Folder(path).into());
    }
    output::write_new(&path, TEMPLATE.as_bytes())?;
    Ok(path)
}
