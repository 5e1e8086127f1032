//! The state of a prompt's fixed beginning, kept on disk.
//!
//! Every draft of a kind begins with the same rules and examples. What the model makes of them is
//! computed once and read back, to the bit, in a few milliseconds. A file is named after all that
//! its content depends on (model, numerics, tokens), and carries a digest: one that is damaged, cut
//! or foreign is computed again, never used. Nothing of a user's text is in it: callers name the
//! messages that are fixed.

use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::cache::{Layout, Sequence};
use crate::digest::hexadecimal;

/// Changes with the layout of the file.
const MAGIC: &[u8; 8] = b"GREFPFX1";

/// States kept; the oldest makes room.
const KEPT: usize = 12;

/// Shortest beginning worth a file.
const SHORTEST: usize = 32;

/// Where states are kept, and for which model.
#[derive(Debug)]
pub(super) struct Prefixes {
    folder: PathBuf,
    /// Identity of the model and version of the numerics.
    key: String,
}

impl Prefixes {
    pub(super) fn new(folder: &Path, identity: &str, numerics: &str) -> Self {
        Self { folder: folder.to_owned(), key: format!("{identity} {numerics}") }
    }

    fn path(&self, tokens: &[u32]) -> PathBuf {
        let mut digest = Sha256::new();
        digest.update(&self.key);
        for token in tokens {
            digest.update(token.to_le_bytes());
        }
        self.folder.join(format!("{}.prefix", hexadecimal(digest)))
    }

    /// The state after these tokens, if it is there and sound.
    pub(super) fn load(&self, layout: Layout, tokens: &[u32]) -> Option<Sequence> {
        if tokens.len() < SHORTEST {
            return None;
        }
        let path = self.path(tokens);
        let expected = MAGIC.len() + 32 + layout.sequence_bytes(tokens.len());
        if std::fs::metadata(&path).ok()?.len() != expected as u64 {
            return None;
        }
        let bytes = std::fs::read(&path).ok()?;
        let (magic, rest) = bytes.split_first_chunk::<8>()?;
        let (digest, data) = rest.split_first_chunk::<32>()?;
        // The name, where the key went in, is part of what the digest covers.
        if magic != MAGIC || self.digest(&path, data) != *digest {
            return None;
        }
        let (halves, _) = data.as_chunks::<2>();
        let page = |page: &[[u8; 2]]| page.iter().map(|half| u16::from_le_bytes(*half)).collect();
        let pages = halves.chunks(layout.page()).map(page).collect();
        Sequence::restore(layout, tokens.to_vec(), pages)
    }

    /// Keeps a state. Where it cannot be written it is computed again next time.
    pub(super) fn save(&self, sequence: &Sequence) {
        if sequence.len() >= SHORTEST {
            let _ = self.write(sequence);
        }
    }

    fn write(&self, sequence: &Sequence) -> std::io::Result<()> {
        std::fs::create_dir_all(&self.folder)?;
        let path = self.path(sequence.tokens());
        let mut data = Vec::new();
        for page in sequence.pages() {
            data.extend(page.iter().flat_map(|half| half.to_le_bytes()));
        }
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        file.write_all(MAGIC)?;
        file.write_all(&self.digest(&path, &data))?;
        file.write_all(&data)?;
        file.persist(&path)?;
        self.make_room()
    }

    fn digest(&self, path: &Path, data: &[u8]) -> [u8; 32] {
        let mut digest = Sha256::new();
        digest.update(path.file_name().unwrap_or_default().as_encoded_bytes());
        digest.update(data);
        digest.finalize().into()
    }

    /// Removes the oldest states beyond [`KEPT`].
    fn make_room(&self) -> std::io::Result<()> {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(&self.folder)? {
            let entry = entry?;
            if entry.path().extension().is_some_and(|extension| extension == "prefix") {
                files.push((entry.metadata()?.modified()?, entry.path()));
            }
        }
        files.sort();
        let spare = files.len().saturating_sub(KEPT);
        files.iter().take(spare).try_for_each(|(_, path)| std::fs::remove_file(path))
    }
}
