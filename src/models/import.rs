//! A model file that the user brings, for instance on a USB stick; no network.
//!
//! A file whose digest is in the registry becomes that model, whatever its name. Another file is
//! accepted under its own name if it is a whole GGUF of an architecture that the engine runs;
//! the caller says that nobody has vouched for it.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::error::ModelsError;
use super::fetch::Sources;
use super::registry::{self, Entry};
use super::store::{self, Installed, Store};
use super::{Event, Sink};
use crate::digest::hexadecimal;
use crate::engine::CancelToken;
use crate::engine::arch::Architecture;

/// Copies a file into the store, checking it on the way.
///
/// # Errors
/// [`ModelsError::Header`] for what is not a whole GGUF, [`ModelsError::NotRunnable`],
/// [`ModelsError::Impostor`] for a known name with other contents,
/// [`ModelsError::NotEnoughDisk`], [`ModelsError::Cancelled`].
pub fn import(
    sources: &Sources,
    store: &Store,
    path: &Path,
    cancel: &CancelToken,
    sink: &mut Sink<'_>,
) -> Result<Installed, ModelsError> {
    let header = store::read_header(path)?;
    let stem = safe_name(&path.file_stem().unwrap_or_default().to_string_lossy());
    if Architecture::of(&header.architecture).is_none() {
        let architecture = header.architecture;
        return Err(ModelsError::NotRunnable { name: path.display().to_string(), architecture });
    }
    store.create()?;
    if let Some(free) = (sources.free_bytes)(store.folder())
        && free < header.file_bytes
    {
        return Err(ModelsError::NotEnoughDisk {
            needed: header.file_bytes,
            free,
            folder: store.folder().to_owned(),
            smaller: None,
        });
    }
    // Dropped, hence removed, on every way out but the last.
    let copy =
        tempfile::Builder::new().prefix(".import-").suffix(".gguf").tempfile_in(store.folder());
    let mut copy = copy.map_err(ModelsError::io(store.folder()))?;
    let found = copy_and_digest(path, header.file_bytes, copy.as_file_mut(), store, cancel, sink)?;
    let entry = registry::find_digest(&found);
    if let (None, Some(namesake)) = (entry, namesake(&stem))
        && let Some(expected) = &namesake.sha256
    {
        return Err(ModelsError::Impostor {
            path: path.to_owned(),
            id: namesake.id.clone(),
            expected: expected.clone(),
            found,
        });
    }
    let _lock = store.lock(entry.map_or(stem.as_str(), |entry| entry.id.as_str()))?;
    store::readable_by_all(copy.path());
    let file_name = entry.map_or_else(|| format!("{stem}.gguf"), |entry| entry.file.clone());
    let ready = copy.into_temp_path().keep();
    let ready = ready.map_err(|error| ModelsError::io(store.folder())(error.error))?;
    let published = store.publish(&ready, &file_name, entry, &found);
    if published.is_err() {
        let _ = fs::remove_file(&ready);
    }
    published
}

/// The entry whose name or file name this is.
fn namesake(stem: &str) -> Option<&'static Entry> {
    let file = format!("{stem}.gguf");
    registry::find(stem)
        .or_else(|| registry::entries().iter().find(|entry| entry.file.eq_ignore_ascii_case(&file)))
}

fn copy_and_digest(
    path: &Path,
    total: u64,
    copy: &mut File,
    store: &Store,
    cancel: &CancelToken,
    sink: &mut Sink<'_>,
) -> Result<String, ModelsError> {
    let mut input = File::open(path).map_err(ModelsError::io(path))?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; store::BUFFER_BYTES];
    let mut done = 0;
    loop {
        if cancel.is_cancelled() {
            return Err(ModelsError::Cancelled);
        }
        let count = input.read(&mut buffer).map_err(ModelsError::io(path))?;
        if count == 0 {
            return Ok(hexadecimal(hasher));
        }
        let bytes = buffer.get(..count).unwrap_or_default();
        hasher.update(bytes);
        copy.write_all(bytes).map_err(ModelsError::io(&store.folder().join("copie")))?;
        done += count as u64;
        sink(Event::Fetching { done, total });
    }
}

/// Letters, digits and the signs of file names; nothing that leaves the folder.
fn safe_name(stem: &str) -> String {
    let safe: String = stem
        .chars()
        .map(|c| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' })
        .collect();
    let trimmed = safe.trim_matches(['-', '.']);
    if trimmed.is_empty() { "modele".to_owned() } else { trimmed.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_in_the_folder() {
        let check = |stem: &str, expected: &str| assert_eq!(safe_name(stem), expected);
        check("Croissant-1.3B.Q4_K_M", "Croissant-1.3B.Q4_K_M");
        check("modèle de la mairie", "modèle-de-la-mairie");
        check("../../etc/passwd", "etc-passwd");
        check("...", "modele");
        check("", "modele");
    }
}
