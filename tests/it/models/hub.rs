//! Fetching from a hub, which one thread plays on 127.0.0.1.

use super::*;

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
