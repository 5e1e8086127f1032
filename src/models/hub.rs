//! A model from the Hugging Face hub.
//!
//! The `hf-hub` crate speaks the protocol (redirects, ranges, resuming). It waits without limit
//! and cannot be stopped, so it runs on its own thread, which reports through a channel: silence
//! for too long, or the user's wish to stop, leaves it behind. Before that thread starts, a bare
//! connection tells within seconds whether the hub can be reached at all.
//!
//! No token is sent: every model of the registry is public.

use std::fs;
use std::net::{TcpStream, ToSocketAddrs};
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use hf_hub::api::Progress;
use hf_hub::api::sync::{ApiBuilder, ApiError};
use hf_hub::{Cache, Repo, RepoType};

use super::error::ModelsError;
use super::fetch::{Delivered, Failure, Job};
use super::store;

/// Fetches one file of a repository into the entry's own cache folder.
pub(super) fn fetch(
    job: &mut Job<'_>,
    repository: &str,
    revision: &str,
    file: &str,
) -> Result<Delivered, Failure> {
    if !reachable(&job.sources.endpoint, job.sources.reach) {
        return Err(Failure::Next("injoignable".to_owned()));
    }
    let folder = job.store.hub_folder(job.entry);
    fs::create_dir_all(&folder).map_err(ModelsError::io(&folder))?;
    let (report, reports) = channel();
    let stop = Arc::new(AtomicBool::new(false));
    let errand = Errand {
        endpoint: job.sources.endpoint.clone(),
        folder: folder.clone(),
        repo: Repo::with_revision(repository.to_owned(), RepoType::Model, revision.to_owned()),
        file: file.to_owned(),
        sha256: job.entry.sha256.clone(),
        bytes: job.entry.sha256.as_ref().and(job.entry.bytes),
        stop: Arc::clone(&stop),
    };
    thread::spawn(move || {
        let outcome = errand.run(&report);
        // The receiver is gone when nobody waits any more.
        let _ = report.send(Report::Done(outcome));
    });
    let outcome = follow(job, &reports);
    stop.store(true, Ordering::Relaxed);
    if store::tree_bytes(&folder) == 0 {
        store::remove_any(&folder)?;
    }
    outcome
}

/// Passes the thread's reports on until it is done, silent for too long, or not wanted any more.
fn follow(job: &mut Job<'_>, reports: &Receiver<Report>) -> Result<Delivered, Failure> {
    let (mut done, mut total) = (0, job.entry.bytes.unwrap_or(0));
    let mut heard = Instant::now();
    loop {
        if job.cancel.is_cancelled() {
            return Err(Failure::Stop(ModelsError::Cancelled));
        }
        match reports.recv_timeout(Duration::from_millis(100)) {
            Ok(Report::Total(bytes)) => total = bytes,
            Ok(Report::More(bytes)) => {
                done += bytes;
                job.fetching(done, total);
            }
            Ok(Report::Done(Ok((path, declared)))) => {
                return Ok(Delivered { path, declared: Some(declared) });
            }
            Ok(Report::Done(Err(Refusal::DiskFull))) => {
                let folder = job.store.folder().to_owned();
                return Err(Failure::Stop(ModelsError::DiskFull(folder)));
            }
            Ok(Report::Done(Err(Refusal::Other(reason)))) => return Err(Failure::Next(reason)),
            Err(RecvTimeoutError::Timeout) if heard.elapsed() < job.sources.stall => continue,
            Err(RecvTimeoutError::Timeout) => {
                return Err(Failure::Next("ne répond plus".to_owned()));
            }
            Err(RecvTimeoutError::Disconnected) => {
                return Err(Failure::Next("réponse incompréhensible".to_owned()));
            }
        }
        heard = Instant::now();
    }
}

enum Report {
    Total(u64),
    More(u64),
    Done(Result<(PathBuf, String), Refusal>),
}

enum Refusal {
    DiskFull,
    Other(String),
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        match error {
            ApiError::IoError(error) if error.kind() == std::io::ErrorKind::StorageFull => {
                Self::DiskFull
            }
            error => Self::Other(in_french(&error.to_string())),
        }
    }
}

/// What the thread has to do.
struct Errand {
    endpoint: String,
    folder: PathBuf,
    repo: Repo,
    file: String,
    sha256: Option<String>,
    /// Only where it is exact.
    bytes: Option<u64>,
    stop: Arc<AtomicBool>,
}

impl Errand {
    fn run(self, report: &Sender<Report>) -> Result<(PathBuf, String), Refusal> {
        let cache = Cache::new(self.folder);
        let api = ApiBuilder::from_cache(cache.clone())
            .with_endpoint(self.endpoint)
            .with_token(None)
            .with_progress(false)
            .build()?;
        let repo = api.repo(self.repo.clone());
        let metadata = api.metadata(&repo.url(&self.file))?;
        let (declared, size) = (metadata.etag().to_lowercase(), metadata.size() as u64);
        // The hub names large files by their SHA-256. Knowing it first saves a gigabyte when the
        // hub has another file, and is the only proof where the registry has none.
        if declared.len() != 64 || !declared.chars().all(|c| c.is_ascii_hexdigit()) {
            return Err(Refusal::Other("pas d'empreinte sha256 annoncée".to_owned()));
        }
        if self.sha256.is_some_and(|sha256| sha256 != declared)
            || self.bytes.is_some_and(|bytes| bytes != size)
        {
            return Err(Refusal::Other("le fichier proposé n'est pas celui attendu".to_owned()));
        }
        let _ = report.send(Report::Total(size));

        let blob = cache.repo(self.repo).blob_path(metadata.etag());
        let partial = blob.with_extension("part");
        // hf-hub would fetch a complete file again, and asks for the bytes after the last of one
        // that is complete but for its name.
        for path in [&blob, &partial] {
            match fs::metadata(path).map(|metadata| metadata.len()) {
                Ok(length) if length == size => return Ok((path.clone(), declared)),
                Ok(length) if length > size => drop(fs::remove_file(path)),
                _ => {}
            }
        }
        let watch = Watch { report: report.clone(), stop: self.stop };
        let pointer = repo.download_with_progress(&self.file, watch)?;
        let path = pointer.canonicalize().map_err(|error| Refusal::Other(error.to_string()))?;
        Ok((path, declared))
    }
}

/// Reports what comes in, and leaves the download when told to.
struct Watch {
    report: Sender<Report>,
    stop: Arc<AtomicBool>,
}

impl Progress for Watch {
    fn init(&mut self, _size: usize, _file: &str) {}

    fn update(&mut self, size: usize) {
        if self.stop.load(Ordering::Relaxed) {
            // hf-hub offers no other way out of a download. Its own guards release the file and
            // the lock; nothing is printed, and only this thread ends.
            resume_unwind(Box::new("stopped"));
        }
        let _ = self.report.send(Report::More(size as u64));
    }

    fn finish(&mut self) {}
}

/// Whether something listens at the endpoint, known within `limit`. Behind a proxy nothing can be
/// tried directly; the proxy itself answers fast.
fn reachable(endpoint: &str, limit: Duration) -> bool {
    let proxies = ["HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY"];
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if proxies.iter().any(|name| set(name) || set(&name.to_lowercase())) {
        return true;
    }
    let Some(address) = address(endpoint) else { return false };
    let (report, reports) = channel();
    // Looking up a name has no time limit of its own.
    thread::spawn(move || {
        let found = address.to_socket_addrs().is_ok_and(|mut addresses| {
            addresses.any(|address| TcpStream::connect_timeout(&address, limit).is_ok())
        });
        let _ = report.send(found);
    });
    reports.recv_timeout(limit).unwrap_or(false)
}

/// `host:port` of an address.
fn address(endpoint: &str) -> Option<String> {
    let (scheme, rest) = endpoint.split_once("://")?;
    let host = rest.split('/').next().filter(|host| !host.is_empty())?;
    let host = host.rsplit('@').next().unwrap_or(host);
    let has_port = host.rsplit(':').next().is_some_and(|port| {
        port.len() < host.len() && !port.is_empty() && port.chars().all(|c| c.is_ascii_digit())
    });
    match scheme {
        _ if has_port => Some(host.to_owned()),
        "https" => Some(format!("{host}:443")),
        "http" => Some(format!("{host}:80")),
        _ => None,
    }
}

/// The usual failures; the library's own words for the others.
fn in_french(text: &str) -> String {
    let text: String = text.lines().next().unwrap_or_default().chars().take(120).collect();
    match text {
        text if text.contains("certificate") => {
            "certificat refusé, réseau filtré ou horloge fausse".to_owned()
        }
        text if text.contains("404") => "fichier absent".to_owned(),
        text if text.contains("401") || text.contains("403") => "accès refusé".to_owned(),
        text if text.contains("407") => "le mandataire (proxy) demande un mot de passe".to_owned(),
        text => format!("échange interrompu ({text})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        let check = |endpoint: &str, expected: Option<&str>| {
            assert_eq!(address(endpoint).as_deref(), expected, "{endpoint}");
        };
        check("https://huggingface.co", Some("huggingface.co:443"));
        check("http://miroir.mairie.example/hf", Some("miroir.mairie.example:80"));
        check("http://127.0.0.1:8080", Some("127.0.0.1:8080"));
        check("https://[::1]:8443", Some("[::1]:8443"));
        check("ftp://miroir.example", None);
        check("huggingface.co", None);
        check("https://", None);
    }
}
