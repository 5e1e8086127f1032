//! Office files are zip archives: their parts, within limits that are checked before anything is
//! unpacked.
//!
//! Names of entries are only compared, never used as paths, and nothing is written to disk.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::{Reason, text};

/// Entries of the largest office files: a few hundred pictures.
const MAX_ENTRIES: usize = 2000;
/// Bytes of all entries, unpacked.
const MAX_UNPACKED: u64 = 200_000_000;
/// Bytes of one part that is read, unpacked.
pub(super) const MAX_PART: u64 = 30_000_000;
/// How much smaller than its content a file may be; text shrinks to a tenth or twentieth.
const MAX_RATIO: u64 = 250;
/// Small files may shrink as they like.
const RATIO_FROM: u64 = 20_000_000;

/// An office file.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
}

impl<'a> Package<'a> {
    /// Opens the archive and checks what it announces.
    ///
    /// # Errors
    /// When it is damaged, encrypted or beyond the limits.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Reason> {
        if announced_entries(bytes).is_some_and(|entries| entries > MAX_ENTRIES) {
            return Err(Reason::Hostile("trop de fichiers à l'intérieur"));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        if archive.len() > MAX_ENTRIES {
            return Err(Reason::Hostile("trop de fichiers à l'intérieur"));
        }
        let mut unpacked = 0_u64;
        for index in 0..archive.len() {
            let entry = archive.by_index_data(index).map_err(|error| damaged(&error))?;
            if entry.encrypted() {
                return Err(Reason::Encrypted);
            }
            unpacked = unpacked.saturating_add(entry.size());
        }
        let ratio = unpacked / (bytes.len() as u64).max(1);
        if unpacked > MAX_UNPACKED || (unpacked > RATIO_FROM && ratio > MAX_RATIO) {
            return Err(Reason::Hostile("contenu démesuré une fois décompressé"));
        }
        Ok(Self { archive })
    }

    /// Whether there is such an entry.
    pub(super) fn has(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    /// Names of the entries.
    pub(super) fn names(&self) -> impl Iterator<Item = String> {
        self.archive.file_names().filter_map(|name| name.ok().map(|name| name.into_owned()))
    }

    /// Unpacked size of an entry, as announced.
    pub(super) fn size(&self, name: &str) -> u64 {
        let index = self.archive.index_for_name(name);
        let entry = index.and_then(|index| self.archive.by_index_data(index).ok());
        entry.map_or(0, |entry| entry.size())
    }

    /// The text of a part; none where there is no such part.
    ///
    /// # Errors
    /// When it cannot be unpacked, is too big, or is no text.
    pub(super) fn part(&mut self, name: &str) -> Result<Option<String>, Reason> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let entry = self.archive.by_index(index).map_err(|error| damaged(&error))?;
        let mut bytes = Vec::new();
        // What an archive announces may be false: the limit holds for what comes out.
        entry
            .take(MAX_PART + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| Reason::Damaged(error.to_string()))?;
        if bytes.len() as u64 > MAX_PART {
            return Err(Reason::Hostile("contenu démesuré une fois décompressé"));
        }
        text::decode(&bytes).map(Some).map_err(|_| Reason::Damaged(format!("« {name} » illisible")))
    }
}

/// The number of entries that the end of the archive announces.
fn announced_entries(bytes: &[u8]) -> Option<usize> {
    // The end record is 22 bytes, then a comment of 65 535 at most.
    let tail = bytes.get(bytes.len().saturating_sub(22 + 65_535)..)?;
    let at = tail.windows(4).rposition(|mark| mark == b"PK\x05\x06")?;
    let count = tail.get(at + 10..at + 12)?;
    Some(usize::from(u16::from_le_bytes([*count.first()?, *count.get(1)?])))
}

fn damaged(error: &ZipError) -> Reason {
    match error {
        ZipError::UnsupportedArchive(why) if *why == ZipError::PASSWORD_REQUIRED => {
            Reason::Encrypted
        }
        _ => Reason::Damaged("archive illisible".to_owned()),
    }
}
