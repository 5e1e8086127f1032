//! What is here: importing, noticing changes, removing, and the commands that show it.

use super::*;

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
    check("mamba.gguf", &gguf("mamba", 100), "architecture mamba");
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
    assert!(before.contains("luth-1.7b       Luth-1.7B-Instruct (à importer d'un fichier .gguf)"));

    let path = office.write("bourg.gguf", &gguf("qwen2", 100));
    let said = run(&|out| greffier::cli::models::import(&office.store, &path, &cancel, out));
    assert!(said.unwrap().starts_with("fichier hors registre, accepté sous le nom bourg"));
    assert!(list().contains("bourg (importé, hors registre)"));
    let said = run(&|out| greffier::cli::models::verify(&office.store, None, &cancel, out));
    assert!(said.unwrap().starts_with("bourg : intact ("));
    let prepared = office.store.folder();
    let said = run(&|out| greffier::cli::models::remove(&office.store, prepared, "bourg", out));
    assert!(said.unwrap().starts_with("bourg est supprimé, "));
    let refused =
        run(&|out| greffier::cli::models::install(&office.store, Some("luth-1.7b"), &cancel, out));
    assert!(refused.unwrap_err().to_string().contains("n'a pas de source connue"));
}
