//! SHA-256 digests as people read them.

use sha2::{Digest, Sha256};

/// The digest computed so far, in lower-case hexadecimal.
pub(crate) fn hexadecimal(hasher: Sha256) -> String {
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
