//! Documents on disk: formats, the office sheet, safe writing.

use std::fs;
use std::path::Path;

use greffier::cli::{output, sheet};
use greffier::document::{Align, Block, Document, Format};
use greffier::office::{Office, OfficeError, TEMPLATE};
use greffier::typography;

/// A letter with one block of each kind.
fn letter() -> Document {
    let mut document = Document::new("Courrier du 12 novembre 2026");
    document.push(Block::paragraph("Mairie de Valbrune-sur-Orle\n1 place du Lavoir"));
    document.push(Block::aligned(Align::Right, "Mme Aude RIVAL\n3 rue Haute"));
    document.push(Block::heading(1, "Camion-restaurant : votre demande"));
    document.push(Block::labelled("Objet", "demande du 4 novembre 2026, n°2026-41"));
    document.push(Block::paragraph("Je ne peux pas y donner suite (article L.2121-15) :"));
    document.push(Block::dashes([
        "le marché occupe la place de 16h à 20h ;".to_owned(),
        "la redevance est de 1500€ par an.".to_owned(),
    ]));
    document.push(Block::numbered(["Écrire.".to_owned(), "Attendre.".to_owned()]));
    document.push(Block::Table {
        header: vec!["Jour".into(), "Tarif".into()],
        rows: vec![vec!["mardi".into(), "8 €".into()], vec!["mercredi".into(), "8,50 €".into()]],
    });
    document.push(Block::paragraph("[À COMPLÉTER : fondement juridique]"));
    document
        .push(Block::Signatures(vec!["La maire,\nOdile BRUNHELLE".into(), "Le secrétaire".into()]));
    typography::apply(&mut document);
    document
}

fn written(format: Format) -> String {
    String::from_utf8(format.write(&letter()).unwrap()).unwrap()
}

/// A snapshot with non-breaking spaces made visible.
fn visible(text: &str) -> String {
    text.replace('\u{a0}', "⍽").replace('\u{202f}', "⍾")
}

#[test]
fn a_letter_in_markdown() {
    insta::assert_snapshot!(visible(&written(Format::Markdown)));
}

#[test]
fn a_letter_in_plain_text() {
    insta::assert_snapshot!(visible(&written(Format::Text)));
}

#[test]
fn a_letter_in_html() {
    let page = written(Format::Html);
    let (_, body) = page.split_once("<body>").unwrap();
    insta::assert_snapshot!(visible(body));
}

#[test]
fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pv.md");
    output::write(&path, b"premier").unwrap();
    output::write(&path, b"second").unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "second");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn the_check_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(output::check_destination(&folder.path().join("pv.html")).unwrap(), Format::Html);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn an_unwritable_place_is_refused_before_any_work() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |path: &Path| output::check_destination(path).unwrap_err().to_string();
    assert!(refused(folder.path()).contains("est un dossier"));
    assert!(refused(&folder.path().join("absent/pv.md")).contains("n'existe pas"));
    assert!(refused(&folder.path().join("pv.doc")).contains("format de sortie inconnu"));
    let locked = folder.path().join("pv.md");
    fs::write(&locked, "signé").unwrap();
    let mut permissions = fs::metadata(&locked).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&locked, permissions).unwrap();
    assert!(refused(&locked).contains("protégé en écriture"));
    assert!(output::write(&locked, b"autre").is_err());
    assert_eq!(fs::read_to_string(&locked).unwrap(), "signé");
    assert!(refused(&locked.join("pv.md")).contains("n'existe pas"));
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pv.md");
    fs::write(&path, "premier").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let link = folder.path().join("lien.md");
    symlink(&path, &link).unwrap();
    output::write(&link, b"second").unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "second");
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn the_sheet_is_written_once() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("greffier");
    let path = sheet::run(None, &settings).unwrap();
    assert_eq!(path, Office::default_path(&settings));
    assert_eq!(fs::read_to_string(&path).unwrap(), TEMPLATE);
    fs::write(&path, "[organisme]\nnom = \"V\"\n").unwrap();
    let error = sheet::run(None, &settings).unwrap_err();
    assert!(matches!(error.downcast_ref(), Some(output::OutputError::Exists(_))), "{error}");
    assert_eq!(Office::read(&path).unwrap().organisme.nom.as_deref(), Some("V"));
}

#[test]
fn a_settings_folder_that_cannot_be_made_is_a_wrong_use() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("occupé");
    fs::write(&file, "").unwrap();
    let error = sheet::run(None, &file.join("greffier")).unwrap_err();
    assert!(error.downcast_ref::<output::OutputError>().is_some(), "{error}");
}

#[test]
fn the_sheet_goes_where_it_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ma-fiche.toml");
    assert_eq!(sheet::run(Some(&path), folder.path()).unwrap(), path);
    let error = sheet::run(Some(folder.path()), folder.path()).unwrap_err();
    assert!(error.to_string().contains("est un dossier"), "{error}");
    let error = sheet::run(Some(&folder.path().join("a/b.toml")), folder.path()).unwrap_err();
    assert!(error.to_string().contains("n'existe pas"), "{error}");
}

#[test]
fn a_sheet_with_a_slip_is_refused_in_one_french_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fiche.toml");
    fs::write(&path, "[organisme]\nadress = \"1 place\"\n").unwrap();
    let error = Office::read(&path).unwrap_err();
    assert!(matches!(error, OfficeError::Content { line: 2, .. }));
    let message = error.to_string();
    assert!(
        message.ends_with("ligne 2 : clé « adress » inconnue ; vouliez-vous « adresse » ?"),
        "{message}"
    );
    assert!(!message.contains('\n'));
}
