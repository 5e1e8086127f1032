//! What can go wrong with models, in the user's words.

use std::io;
use std::path::{Path, PathBuf};

use crate::engine::header::HeaderError;

/// Why a model cannot be had or used. Every message is one line that says what to do next.
#[derive(Debug, thiserror::Error)]
pub enum ModelsError {
    /// No such name.
    #[error("modèle « {0} » inconnu : greffier modeles liste donne les noms")]
    Unknown(String),
    /// Known but not here.
    #[error("le modèle {0} n'est pas installé : greffier modeles installer {0}")]
    NotInstalled(String),
    /// Known, but the engine does not run its architecture.
    #[error(
        "greffier ne sait pas encore exécuter {name} (architecture {architecture}) : greffier modeles liste donne les modèles utilisables"
    )]
    NotRunnable {
        /// The model or file.
        name: String,
        /// Its architecture.
        architecture: String,
    },
    /// Known, but nothing can be fetched.
    #[error(
        "{name} n'a pas de source connue : téléchargez le fichier ({card}), puis greffier modeles importer FICHIER"
    )]
    NotFetchable {
        /// Name for people.
        name: String,
        /// Page of the model.
        card: String,
    },
    /// The file would not fit on the disk.
    #[error("il faut {} libres dans {}, il y en a {} : libérez de la place{}", size(*.needed), .folder.display(), size(*.free), instead(.smaller.as_deref()))]
    NotEnoughDisk {
        /// Bytes needed.
        needed: u64,
        /// Bytes free.
        free: u64,
        /// Where.
        folder: PathBuf,
        /// A smaller model that would fit.
        smaller: Option<String>,
    },
    /// The model would not fit in memory.
    #[error("{name} demande {} de mémoire, cette machine en a {}{}", size(*.needed), size(*.total), instead(.smaller.as_deref()))]
    NotEnoughMemory {
        /// Name for people.
        name: String,
        /// Bytes needed.
        needed: u64,
        /// Bytes of the machine.
        total: u64,
        /// A smaller model that would fit.
        smaller: Option<String>,
    },
    /// The disk filled up on the way.
    #[error("le disque est plein ({}) : libérez de la place et relancez, le téléchargement reprendra", .0.display())]
    DiskFull(PathBuf),
    /// Another process is at it.
    #[error("un autre greffier s'occupe déjà du modèle {0} : attendez qu'il ait fini")]
    Busy(String),
    /// The user asked to stop.
    #[error("arrêt demandé : relancez la même commande, elle reprendra où elle en était")]
    Cancelled,
    /// No source answered.
    #[error("{name} n'a pas pu être téléchargé ({}) ; sans réseau, apportez le fichier : greffier modeles importer FICHIER", .failures.join(" ; "))]
    NoSource {
        /// Name for people.
        name: String,
        /// One reason for each source tried.
        failures: Vec<String>,
    },
    /// The file is not the one expected.
    #[error("{} n'est pas le fichier attendu (sha256 {}…, attendu {}…) : greffier modeles supprimer {id}, puis greffier modeles installer {id}", .path.display(), short(.found), short(.expected))]
    WrongDigest {
        /// The file.
        path: PathBuf,
        /// Model it should be.
        id: String,
        /// Digest it should have.
        expected: String,
        /// Digest it has.
        found: String,
    },
    /// What came over the network is not the file expected; it is not kept.
    #[error("le fichier reçu pour {name} n'est pas celui attendu (sha256 {}…, attendu {}…) et a été effacé : réessayez plus tard, ou greffier modeles importer FICHIER", short(.found), short(.expected))]
    Rejected {
        /// Name for people.
        name: String,
        /// Digest it should have.
        expected: String,
        /// Digest it has.
        found: String,
    },
    /// An imported file bears a known name without being that model.
    #[error("{} porte le nom du modèle {id} mais son contenu diffère (sha256 {}…, attendu {}…) : recopiez-le, ou renommez-le pour l'importer sous un autre nom", .path.display(), short(.found), short(.expected))]
    Impostor {
        /// The file.
        path: PathBuf,
        /// Model whose name it bears.
        id: String,
        /// Digest of that model.
        expected: String,
        /// Digest it has.
        found: String,
    },
    /// The file is not a model that can be run.
    #[error("{} : {reason}", .path.display())]
    Header {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: HeaderError,
    },
    /// The disk refuses.
    #[error("{} : {reason} ; vérifiez le dossier et ses droits", .path.display())]
    Io {
        /// File or folder.
        path: PathBuf,
        /// What the system says.
        reason: io::Error,
    },
}

impl ModelsError {
    /// Names the path that the system complains about.
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |reason| {
            if reason.kind() == io::ErrorKind::StorageFull {
                let folder = path.parent().unwrap_or(path);
                return Self::DiskFull(folder.to_owned());
            }
            Self::Io { path: path.to_owned(), reason }
        }
    }
}

/// A number of bytes as a French reader expects it.
#[must_use]
pub fn size(bytes: u64) -> String {
    let hundredths = |unit: u64| {
        let value = (u128::from(bytes) * 100 + u128::from(unit) / 2) / u128::from(unit);
        format!("{},{:02}", value / 100, value % 100)
    };
    match bytes {
        995_000_000.. => format!("{} Go", hundredths(1_000_000_000)),
        1_000_000.. => format!("{} Mo", (bytes + 500_000) / 1_000_000),
        1_000.. => format!("{} ko", (bytes + 500) / 1_000),
        _ => format!("{bytes} octets"),
    }
}

fn instead(smaller: Option<&str>) -> String {
    match smaller {
        Some(id) => format!(" ; ou prenez un modèle plus petit : greffier modeles installer {id}"),
        None => String::new(),
    }
}

fn short(digest: &str) -> &str {
    digest.get(..12).unwrap_or(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_in_french() {
        let check = |bytes: u64, expected: &str| assert_eq!(size(bytes), expected);
        check(0, "0 octets");
        check(999, "999 octets");
        check(1_400, "1 ko");
        check(98_362_432, "98 Mo");
        check(491_400_064, "491 Mo");
        check(999_999_999, "1,00 Go");
        check(1_117_320_768, "1,12 Go");
        check(3_300_000_000, "3,30 Go");
    }

    #[test]
    fn full_disk_is_told_as_such() {
        let full = io::Error::from(io::ErrorKind::StorageFull);
        let error = ModelsError::io(Path::new("modeles/essai.gguf.part"))(full);
        assert_eq!(
            error.to_string(),
            "le disque est plein (modeles) : libérez de la place et relancez, le téléchargement reprendra"
        );
    }

    #[test]
    fn messages_are_one_line_with_a_remedy() {
        let disk = ModelsError::NotEnoughDisk {
            needed: 1_300_000_000,
            free: 300_000_000,
            folder: PathBuf::from("modeles"),
            smaller: Some("coder-0.5b".to_owned()),
        };
        assert_eq!(
            disk.to_string(),
            "il faut 1,30 Go libres dans modeles, il y en a 300 Mo : libérez de la place ; ou prenez un modèle plus petit : greffier modeles installer coder-0.5b"
        );
        let memory = ModelsError::NotEnoughMemory {
            name: "Modèle".to_owned(),
            needed: 3_300_000_000,
            total: 2_000_000_000,
            smaller: None,
        };
        assert_eq!(
            memory.to_string(),
            "Modèle demande 3,30 Go de mémoire, cette machine en a 2,00 Go"
        );
    }
}
