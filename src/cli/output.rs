//! Writing the result: a whole file or none, and standard output that may close early.
//!
//! The destination is checked before the model runs, so that nobody waits a minute to learn that
//! a folder does not exist; it is written beside its place and then renamed, so that a crash or a
//! full disk never leaves half a document where a whole one was.

use std::fs::{File, Metadata};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::document::{Format, UnknownFormat};

/// Why a result cannot be written: a wrong use, exit status 2. The text is what the user sees.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The ending is not one that is written.
    #[error(transparent)]
    Format(#[from] UnknownFormat),
    /// The destination is a folder.
    #[error("« {} » est un dossier : indiquez un nom de fichier, comme pv.html", .0.display())]
    Folder(PathBuf),
    /// The destination is neither a file nor new.
    #[error("« {} » n'est pas un fichier ordinaire : choisissez un autre nom", .0.display())]
    Special(PathBuf),
    /// The folder of the destination does not exist.
    #[error("le dossier « {} » n'existe pas : créez-le ou choisissez-en un autre", .0.display())]
    MissingFolder(PathBuf),
    /// The file or its folder may not be written.
    #[error(
        "« {} » est protégé en écriture : choisissez un autre fichier ou un autre dossier",
        .0.display()
    )]
    ReadOnly(PathBuf),
    /// No room left.
    #[error("plus de place sur le disque pour « {} » : libérez de la place", .0.display())]
    Full(PathBuf),
    /// A file that must not be overwritten is there already.
    #[error(
        "« {} » existe déjà et n'a pas été modifié : choisissez un autre nom avec -o",
        .0.display()
    )]
    Exists(PathBuf),
    /// The system refused for another reason.
    #[error("impossible d'écrire « {} » : {source}", path.display())]
    Io {
        /// The destination.
        path: PathBuf,
        /// The system's own error.
        source: std::io::Error,
    },
}

/// Checks that a result can be written there, and says in which format.
///
/// # Errors
/// When the ending is unknown, the folder is missing, or the place may not be written.
pub fn check_destination(path: &Path) -> Result<Format, OutputError> {
    let target = Target::of(path)?;
    let format = Format::from_path(path)?;
    target.try_folder()?;
    Ok(format)
}

/// Checks that a file of any ending can be written there.
///
/// # Errors
/// When the folder is missing, or the place may not be written.
pub fn check_place(path: &Path) -> Result<(), OutputError> {
    Target::of(path)?.try_folder()
}

/// Writes a whole file, over the one that may be there, whose permissions stay.
///
/// # Errors
/// When it cannot be written; what was there is then untouched.
pub fn write(path: &Path, content: &[u8]) -> Result<(), OutputError> {
    let target = Target::of(path)?;
    let file = target.filled(content)?;
    file.persist(&target.file).map_err(|error| refusal(path, error.error))?;
    Ok(())
}

/// Writes a whole file where there is none.
///
/// # Errors
/// When there is one already, or it cannot be written.
pub fn write_new(path: &Path, content: &[u8]) -> Result<(), OutputError> {
    if std::fs::symlink_metadata(path).is_ok() {
        return Err(OutputError::Exists(path.to_owned()));
    }
    let target = Target::of(path)?;
    let file = target.filled(content)?;
    file.persist_noclobber(&target.file).map_err(|error| refusal(path, error.error))?;
    Ok(())
}

/// Writes to standard output.
///
/// # Errors
/// When it fails for another reason than a reader that has seen enough (`| head`).
pub fn print(text: &str) -> std::io::Result<()> {
    print_to(&mut std::io::stdout().lock(), text)
}

fn print_to(output: &mut dyn Write, text: &str) -> std::io::Result<()> {
    match output.write_all(text.as_bytes()).and_then(|()| output.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// A place that looks fit to be written.
struct Target {
    /// As the user named it, for messages.
    named: PathBuf,
    /// With symbolic links followed, so that a link stays a link.
    file: PathBuf,
    folder: PathBuf,
    existing: Option<Metadata>,
}

impl Target {
    fn of(path: &Path) -> Result<Self, OutputError> {
        let existing = match std::fs::metadata(path) {
            Ok(metadata) => Some(metadata),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            // A file stands where a folder is named; said below.
            Err(error) if error.kind() == ErrorKind::NotADirectory => None,
            Err(error) => return Err(refusal(path, error)),
        };
        if let Some(metadata) = &existing {
            if metadata.is_dir() {
                return Err(OutputError::Folder(path.to_owned()));
            }
            if !metadata.is_file() {
                return Err(OutputError::Special(path.to_owned()));
            }
            if metadata.permissions().readonly() {
                return Err(OutputError::ReadOnly(path.to_owned()));
            }
        }
        let file = if existing.is_some() {
            std::fs::canonicalize(path).map_err(|error| refusal(path, error))?
        } else {
            path.to_owned()
        };
        let folder = match file.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        if !folder.is_dir() {
            return Err(OutputError::MissingFolder(folder));
        }
        Ok(Self { named: path.to_owned(), file, folder, existing })
    }

    /// The only proof that a folder takes files is to put one there; dropping it removes it.
    fn try_folder(&self) -> Result<(), OutputError> {
        self.temporary().map(drop)
    }

    fn temporary(&self) -> Result<NamedTempFile, OutputError> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".greffier-");
        // Temporary files are private by default; a document is as readable as any other file.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        builder.tempfile_in(&self.folder).map_err(|error| refusal(&self.named, error))
    }

    /// The content in a file beside its place, safely on the disk.
    fn filled(&self, content: &[u8]) -> Result<NamedTempFile, OutputError> {
        let mut file = self.temporary()?;
        self.fill(file.as_file_mut(), content).map_err(|error| refusal(&self.named, error))?;
        Ok(file)
    }

    fn fill(&self, file: &mut File, content: &[u8]) -> std::io::Result<()> {
        file.write_all(content)?;
        if let Some(metadata) = &self.existing {
            file.set_permissions(metadata.permissions())?;
        }
        file.sync_all()
    }
}

/// The reason behind a system error.
pub(super) fn refusal(path: &Path, source: std::io::Error) -> OutputError {
    let path = path.to_owned();
    match source.kind() {
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => OutputError::ReadOnly(path),
        ErrorKind::AlreadyExists => OutputError::Exists(path),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => OutputError::Full(path),
        _ => OutputError::Io { path, source },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Closed(ErrorKind);

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_that_stops_is_a_success() {
        assert!(print_to(&mut Closed(ErrorKind::BrokenPipe), "texte").is_ok());
        assert!(print_to(&mut Closed(ErrorKind::StorageFull), "texte").is_err());
    }

    #[test]
    fn a_name_without_folder_is_in_the_current_one() {
        let target = Target::of(Path::new("un-nom-qui-n-existe-pas.md")).unwrap();
        assert_eq!(target.folder, Path::new("."));
    }
}
