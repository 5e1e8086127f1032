//! Wrong use and unreadable input: one French line that names the value and says what to do, the
//! right exit status, nothing on standard output, and no model asked for.

use crate::support::{Home, Run, fixture};

/// Runs, and checks status and words of the message.
pub fn check(home: &Home, arguments: &[&str], status: i32, words: &[&str]) {
    let run = home.run(arguments);
    assert_eq!(run.status, status, "{arguments:?}: {}", run.stderr);
    assert_eq!(run.stdout, "", "{arguments:?}");
    let lines: Vec<&str> = run.stderr.lines().collect();
    assert_eq!(lines.len(), 1, "{arguments:?}: {}", run.stderr);
    for word in words {
        assert!(run.stderr.contains(word), "{arguments:?}: « {word} » in {}", run.stderr);
    }
}

/// The secretary writes the sentences of a record: here, the notes as they are.
fn write_sentences(record: &str) {
    let told = std::fs::read_to_string(record).unwrap().replace("\nnotes = [", "\nredaction = [");
    let told: Vec<&str> = told.lines().filter(|line| *line != "redaction = []").collect();
    std::fs::write(record, told.join("\n")).unwrap();
}

#[test]
fn wrong_use_is_said_in_french() {
    let home = Home::new();
    let notes = fixture("conseil.txt");
    check(&home, &["proces"], 2, &["commande inconnue « proces »"]);
    check(&home, &["pv"], 2, &["il manque <NOTES>"]);
    check(&home, &["pv", &notes, "--typ", "conseil"], 2, &["« --typ »", "--type"]);
    check(&home, &["pv", &notes, "--type", "mairie"], 2, &["« mairie »", "reunion, transcription"]);
    check(&home, &["pv", &notes, "--graine", "x"], 2, &["« x »", "--graine"]);
}

#[test]
fn a_record_that_cannot_be_used_is_said_before_the_model_runs() {
    let home = Home::new();
    let notes = fixture("conseil.txt");
    let slip = home.file("faute.toml", "type = \"conseil\"\nouvertur = \"20 h\"\n");
    let slip = slip.to_str().unwrap();
    check(&home, &["pv", "--depuis", slip], 2, &["faute.toml", "ligne 2", "ouverture"]);
    check(&home, &["pv", "--depuis", "absent.toml"], 2, &["absent.toml", "--dossier"]);
    check(&home, &["pv", &notes, "--depuis", slip], 2, &["ne va pas avec"]);
    check(&home, &["pv", &notes, "--dossier", "seance.md"], 2, &["seance.md", ".toml"]);
    check(&home, &["pv", &notes, "--numero", "abc"], 2, &["« abc »", "--numero"]);
    check(&home, &["pv", &notes, "--version", "privee"], 2, &["complete, publique"]);
    check(
        &home,
        &["pv", &notes, "--liste-deliberations", "--type", "association"],
        2,
        &["conseil municipal"],
    );
}

#[test]
fn the_list_and_a_finished_record_need_no_model() {
    let home = Home::new();
    let notes = fixture("conseil.txt");
    let record = home.path().join("seance.toml");
    let record = record.to_str().unwrap();
    let run = home.run(&["pv", &notes, "--liste-deliberations", "--dossier", record]);
    assert!(matches!(run.status, 0 | 1), "{}", run.stderr);
    assert!(
        run.stdout.contains("| 2026-12 |") && run.stdout.contains("Approuvée"),
        "{}",
        run.stdout
    );
    assert!(run.stderr.contains("mardi 17 mars 2026"), "{}", run.stderr);
    write_sentences(record);
    let run = home.run(&["pv", "--depuis", record, "--version", "publique"]);
    assert!(matches!(run.status, 0 | 1), "{}", run.stderr);
    assert!(run.stdout.contains("Version destinée à la publication"), "{}", run.stdout);
    assert!(run.stdout.contains("Couvertures Bellanger"), "{}", run.stdout);
}

#[test]
fn the_record_printed_with_a_public_document_is_public() {
    let home = Home::new();
    let notes = std::fs::read_to_string(fixture("conseil.txt")).unwrap();
    let private =
        "\n demande de M. Ursin Badoul, 14 rue des Lices, 06 39 98 45 12, pour sa clôture";
    let notes = home.file("notes.txt", notes.replacen("\n\n4/", &format!("{private}\n\n4/"), 1));
    let record = home.path().join("seance.toml");
    let record = record.to_str().unwrap();
    let notes = notes.to_str().unwrap();
    let list = home.run(&["pv", notes, "--liste-deliberations", "--dossier", record, "--json"]);
    // What the office keeps is whole.
    let kept = std::fs::read_to_string(record).unwrap();
    assert!(kept.contains("Badoul"), "{kept}");
    write_sentences(record);
    let public = home.run(&["pv", "--depuis", record, "--version", "publique", "--json"]);
    let whole = home.run(&["pv", "--depuis", record, "--json"]);
    let printed = |run: &Run| -> serde_json::Value {
        assert!(matches!(run.status, 0 | 1), "{}", run.stderr);
        serde_json::from_str(&run.stdout).unwrap()
    };
    let (list, public, whole) = (printed(&list), printed(&public), printed(&whole));
    for word in ["Badoul", "rue des Lices", "06 39 98 45 12"] {
        for (result, hidden) in [(&list, true), (&public, true), (&whole, false)] {
            let says = |key: &str| result[key].to_string().contains(word);
            assert_eq!(!says("record"), hidden, "{word} in {}", result["record"]);
            assert!(!hidden || !says("document"), "{word} in {}", result["document"]);
        }
        assert!(public["findings"].to_string().contains(word), "{}", public["findings"]);
    }
}

#[test]
fn a_poster_is_printed_corrected_and_printed_again_without_model() {
    let home = Home::new();
    let notes = fixture("affiche.txt");
    let sheet = fixture("corvaille.toml");
    let at = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let (pdf, record) = (at("affiche.pdf"), at("affiche.toml"));
    let run = home.run(&[
        "affiche",
        &notes,
        "--fiche",
        &sheet,
        "-o",
        &pdf,
        "--dossier",
        &record,
        "--format",
        "A3",
        "--modele-affiche",
        "vague",
        "--couleur",
        "vert",
        "--qr",
        "agenda",
    ]);
    assert!(matches!(run.status, 0 | 1), "{}", run.stderr);
    assert_eq!(run.stdout, "");
    assert!(run.stderr.contains("A3, modèle « vague »"), "{}", run.stderr);
    let page = pdf_extract::extract_text(&pdf).unwrap();
    assert!(page.contains("Corvaille-sur-Aure") && page.contains("agenda"), "{page}");

    let corrected = std::fs::read_to_string(&record).unwrap();
    let corrected = corrected.replace("place du Marché", "stade des Aulnes");
    std::fs::write(&record, corrected).unwrap();
    let png = at("affiche.png");
    let run = home.run(&["affiche", "--depuis", &record, "--fiche", &sheet, "-o", &png]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(std::fs::read(&png).unwrap().starts_with(b"\x89PNG"));
    let run = home.run(&["affiche", "--depuis", &record, "--fiche", &sheet]);
    assert!(run.stdout.contains("Stade des Aulnes"), "{}", run.stdout);
}

#[test]
fn what_a_printed_poster_cannot_use_is_said() {
    let home = Home::new();
    let notes = fixture("affiche.txt");
    let pdf = home.path().join("affiche.pdf");
    let pdf = pdf.to_str().unwrap();
    let broken = home.file("photo.jpg", b"\xff\xd8\xff\xe0 rien");
    let broken = broken.to_str().unwrap();
    let with = |more: &[&'static str]| {
        [&["affiche", &notes, "-o", pdf], more].concat().iter().map(|s| (*s).to_owned()).collect()
    };
    let check = |arguments: Vec<String>, words: &[&str]| {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        check(&home, &arguments, 2, words);
        assert!(!std::fs::exists(pdf).unwrap());
    };
    check(with(&["--couleur", "fuchsia"]), &["« fuchsia »", "violet"]);
    check(with(&["--modele-affiche", "joli"]), &["« joli »", "bandeau, cadre"]);
    check(with(&["--image", "absente.png"]), &["absente.png", "n'existe pas"]);
    check(with(&["--qr", "site"]), &["--qr site", "adresse de site"]);
    let image = ["affiche", &notes, "-o", pdf, "--image", broken].map(str::to_owned).to_vec();
    check(image, &["photo.jpg", "abîmée"]);
    let text = ["affiche", &notes, "--format", "a3"].map(str::to_owned).to_vec();
    check(text, &["--format", "-o affiche.pdf"]);
    let sheet = home.file("fiche.toml", "[affiche]\nlogo = \"logo.png\"\n");
    let sheet = sheet.to_str().unwrap();
    let logo = ["affiche", &notes, "-o", pdf, "--fiche", sheet].map(str::to_owned).to_vec();
    check(logo, &["logo.png", "n'existe pas"]);
}

#[test]
fn a_poster_s_record_that_cannot_be_used_is_said() {
    let home = Home::new();
    let notes = fixture("affiche.txt");
    let at = |name: &str| home.path().join(name).to_str().unwrap().to_owned();
    let record = at("affiche.toml");
    let run = home.run(&["affiche", &notes, "--dossier", &record]);
    assert!(matches!(run.status, 0 | 1), "{}", run.stderr);
    assert!(run.stdout.contains("Marché") && run.stderr.contains("Dossier écrit"));
    check(&home, &["affiche"], 2, &["il manque <NOTES>"]);
    check(&home, &["affiche", &notes, "--depuis", &record], 2, &["ne va pas avec"]);
    check(&home, &["affiche", "--depuis", "absent.toml"], 2, &["absent.toml", "--dossier"]);
    check(&home, &["affiche", &notes, "--dossier", "affiche.md"], 2, &["affiche.md", ".toml"]);
    check(&home, &["affiche", "--depuis", &notes], 2, &["affiche.txt", "ligne 1"]);
    let slip = std::fs::read_to_string(&record).unwrap().replace("\ntitre =", "\ntitr =");
    let slip = home.file("faute.toml", slip);
    check(&home, &["affiche", "--depuis", slip.to_str().unwrap()], 2, &["« titr »", "« titre »"]);
    let no_folder = at("absent/affiche.pdf");
    check(&home, &["affiche", "--depuis", &record, "-o", &no_folder], 2, &["absent"]);
    check(&home, &["affiche", "--depuis", &record, "--couleur", "vert"], 2, &["-o affiche.pdf"]);
    let empty = home.file("vide.png", "");
    let pdf = at("affiche.pdf");
    let image = ["affiche", "--depuis", &record, "-o", &pdf, "--image", empty.to_str().unwrap()];
    check(&home, &image, 2, &["vide.png", "png ou jpg"]);
}

#[test]
fn a_list_of_deliberations_is_printed() {
    let home = Home::new();
    let pdf = home.path().join("liste.pdf");
    let pdf = pdf.to_str().unwrap();
    let run = home.run(&["pv", &fixture("conseil.txt"), "--liste-deliberations", "-o", pdf]);
    assert!(matches!(run.status, 0 | 1), "{}", run.stderr);
    let page = pdf_extract::extract_text(pdf).unwrap();
    assert!(page.contains("2026-12") && page.contains("Approuvée"), "{page}");
}

#[test]
fn help_is_french_and_lists_every_verb() {
    let run = Home::new().run(&["--help"]);
    assert_eq!(run.status, 0);
    for word in ["pv", "courriel", "affiche", "fiche", "modeles", "Codes de sortie"] {
        assert!(run.stdout.contains(word), "{word} in {}", run.stdout);
    }
    for english in ["Usage:", "Options:", "Commands:", "Print help"] {
        assert!(!run.stdout.contains(english), "{english} in {}", run.stdout);
    }
}

#[test]
fn notes_that_cannot_be_read() {
    let home = Home::new();
    let empty = home.file("vide.txt", " \n\n");
    check(&home, &["pv", empty.to_str().unwrap()], 2, &["vide.txt", "aucun texte"]);
    let binary = home.file("image.txt", b"\x89PNG\0\0\0");
    check(&home, &["pv", binary.to_str().unwrap()], 2, &["image.txt", "texte"]);
    let big = home.file("gros.txt", "mot ".repeat(800_000));
    check(&home, &["pv", big.to_str().unwrap()], 2, &["gros.txt", "3200000 octets", "découpez"]);
    let ending = home.file("notes.pages", "texte");
    check(&home, &["pv", ending.to_str().unwrap()], 2, &["notes.pages", ".txt"]);
    check(&home, &["pv", "absent.txt"], 2, &["absent.txt", "n'existe pas"]);
    check(&home, &["pv", home.path().to_str().unwrap()], 2, &["dossier"]);
}

#[test]
fn a_wrong_sheet_is_said_with_its_line() {
    let home = Home::new();
    let notes = fixture("conseil.txt");
    let key = home.file("cle.toml", "[organisme]\nnom = \"Corvaille\"\nadress = \"1 rue\"\n");
    check(&home, &["pv", &notes, "--fiche", key.to_str().unwrap()], 2, &["ligne 3", "adress"]);
    let kind = home.file("type.toml", "[conseil]\nmembres_en_exercice = \"onze\"\n");
    check(&home, &["pv", &notes, "--fiche", kind.to_str().unwrap()], 2, &["ligne 2"]);
    check(&home, &["pv", &notes, "--fiche", "absente.toml"], 2, &["absente.toml"]);
}

#[test]
fn an_output_that_cannot_be_written_is_said_before_the_model_runs() {
    let home = Home::new();
    let notes = fixture("conseil.txt");
    check(&home, &["pv", &notes, "-o", "pv.xyz"], 2, &["pv.xyz", ".md"]);
    let missing = home.path().join("absent").join("pv.md");
    check(&home, &["pv", &notes, "-o", missing.to_str().unwrap()], 2, &["absent"]);
    let folder = home.path().join("dossier.md");
    std::fs::create_dir(&folder).unwrap();
    check(&home, &["pv", &notes, "-o", folder.to_str().unwrap()], 2, &["dossier.md"]);
}

#[test]
fn without_pip_or_hub_the_missing_model_is_said_with_the_remedy() {
    let run = Home::new().run(&["pv", &fixture("conseil.txt")]);
    assert_eq!(run.status, 3, "{}", run.stderr);
    assert!(run.stderr.contains("modeles importer"), "{}", run.stderr);
    assert_eq!(run.stdout, "");
}

#[test]
fn an_unknown_model_is_said_with_the_list_of_known_ones() {
    let home = Home::new();
    let run = home.run(&["pv", &fixture("conseil.txt"), "--modele", "geant-70b"]);
    assert!(matches!(run.status, 2 | 3), "{}", run.stderr);
    assert!(
        run.stderr.contains("geant-70b") && run.stderr.contains("modeles liste"),
        "{}",
        run.stderr
    );
}
