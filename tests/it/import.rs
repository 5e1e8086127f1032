//! Notes in office formats: the same document as from the same notes typed, and what was not taken
//! over is told.

use crate::support::{Home, fixture};

#[test]
fn notes_in_office_formats_give_the_same_document_as_typed() {
    let home = Home::new();
    let draft = |notes: &str| {
        let record = home.path().join("seance.toml");
        let record = record.to_str().unwrap();
        let arguments = ["pv", notes, "--liste-deliberations", "--dossier", record];
        let run = home.run(&arguments);
        assert!(matches!(run.status, 0 | 1), "{notes}: {}", run.stderr);
        (run.stdout, std::fs::read_to_string(record).unwrap())
    };
    let typed = draft(&fixture("conseil.txt"));
    assert!(typed.0.contains("Approuvée"), "{}", typed.0);
    for name in ["bureau/conseil.docx", "bureau/conseil.odt", "bureau/conseil.pdf"] {
        assert_eq!(draft(&fixture(name)), typed, "{name}");
    }
}

#[test]
fn what_is_not_taken_over_is_told() {
    let home = Home::new();
    let run = home.run(&["pv", &fixture("bureau/seance.docx"), "--liste-deliberations"]);
    assert!(run.stderr.contains("1 commentaire non repris"), "{}", run.stderr);
    assert!(run.stdout.contains("oiture"), "{}", run.stdout);
}

#[test]
fn attendance_is_read_from_a_table() {
    let home = Home::new();
    let record = home.path().join("seance.toml");
    let record = record.to_str().unwrap();
    home.run(&["pv", &fixture("bureau/seance.odt"), "--liste-deliberations", "--dossier", record]);
    let record = std::fs::read_to_string(record).unwrap();
    for name in ["\"Martel\"", "\"Roussillac\"", "{ de = \"Velmarre\", a = \"Aubrac\" }"] {
        assert!(record.contains(name), "{name} in {record}");
    }
}

#[test]
fn a_protected_file_stops_before_the_model() {
    let home = Home::new();
    let run = home.run(&["pv", &fixture("bureau/protege.pdf")]);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("mot de passe"), "{}", run.stderr);
}

/// Writes what the fuzz target starts from: real files, each behind the byte that names its ending.
#[test]
fn seeds_of_office_files() {
    let folder = std::env::var_os("GREFFIER_SEEDS").map_or_else(
        || std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("office_files"),
        std::path::PathBuf::from,
    );
    std::fs::create_dir_all(&folder).unwrap();
    let mail = "From: a@exemple.fr\nDate: Tue, 10 Mar 2026 10:00:00 +0100\nSubject: CM\n\n8 pour\n";
    std::fs::write(folder.join("eml"), [&[2], mail.as_bytes()].concat()).unwrap();
    for (first, name) in [
        (0, "conseil.docx"),
        (0, "seance.docx"),
        (1, "seance.odt"),
        (1, "seance.fodt"),
        (1, "seance.pdf"),
        (1, "protege.pdf"),
        (4, "liste.csv"),
        (5, "liste.xlsx"),
        (5, "liste.ods"),
    ] {
        let content = std::fs::read(fixture(&format!("bureau/{name}"))).unwrap();
        std::fs::write(folder.join(name), [&[first], content.as_slice()].concat()).unwrap();
    }
}
