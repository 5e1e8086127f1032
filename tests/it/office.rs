//! Word and LibreOffice files: opened by LibreOffice and read back, plain and on the office's paper.
//!
//! LibreOffice judges here what a user would see. One run of it converts every document of these
//! tests.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use greffier::document::letterhead::Field;
use greffier::document::template::Template;
use greffier::document::{Align, Block, Document, Format};
use greffier::office::Office;
use greffier::task::letter::{self, Form};
use greffier::task::minutes::output::{Output as Wanting, Wanted};
use greffier::task::minutes::{self, record::Kind};
use greffier::task::{letterhead, poster};
use greffier::typography;

use crate::support::{Home, Run, Task, by_rule, fixture};

/// A draft by rule, as it is printed.
fn drafted(notes: &str, task: &Task<'_>) -> Document {
    let office = Office::read(Path::new(&fixture("corvaille.toml"))).unwrap();
    let mut document = by_rule(Path::new(&fixture(notes)), &office, task).document;
    letterhead::complete(&mut document, &office);
    typography::apply(&mut document);
    document
}

fn council() -> Document {
    drafted("conseil.txt", &|inputs, model, sink| {
        minutes::draft(inputs, Kind::Council, &Wanted::default(), model, sink)
    })
}

fn letter() -> Document {
    let wanted = letter::Wanted { form: Some(Form::Letter), tone: None, answers: None };
    drafted("courrier.txt", &|inputs, model, sink| letter::draft(inputs, &wanted, model, sink))
}

fn poster() -> Document {
    drafted("affiche.txt", &|inputs, model, sink| {
        poster::draft(inputs, poster::Room::Text, model, sink)
    })
}

fn working() -> Document {
    drafted("reunions/bureau.txt", &|inputs, model, sink| {
        minutes::draft(inputs, Kind::Working, &Wanted::default(), model, sink)
    })
}

fn deliberations() -> Document {
    let wanted = Wanted { output: Wanting::Deliberations, first_number: None };
    drafted("conseil.txt", &|inputs, model, sink| {
        minutes::draft(inputs, Kind::Council, &wanted, model, sink)
    })
}

/// Every kind of draft, with the names of its files.
fn drafts() -> [(&'static str, &'static str, Document); 6] {
    [
        ("pv.docx", "pv.odt", council()),
        ("lettre.docx", "lettre.odt", letter()),
        ("affiche.docx", "affiche.odt", poster()),
        ("reunion.docx", "reunion.odt", working()),
        ("liste.docx", "liste.odt", deliberations()),
        ("tout.docx", "tout.odt", everything()),
    ]
}

/// Every kind of block, over more than one page.
fn everything() -> Document {
    let mut document = Document::new("Essai d'ensemble & titre");
    document.push(Block::aligned(Align::Center, "Commune de Valbrune\nHaute-Orle"));
    document.push(Block::heading(1, "Essai d'ensemble"));
    document.push(Block::aligned(Align::Right, "Mme Aude RIVAL\n3 rue Haute"));
    for level in 2..=4 {
        document.push(Block::heading(level, format!("Rubrique{level}")));
        document.push(Block::labelled("Objet", "[À COMPLÉTER : objet] et 29\u{202f}580\u{a0}€"));
        document.push(Block::dashes((1..=8).map(|n| format!("tiret{level}{n} ;"))));
        document.push(Block::numbered((1..=8).map(|n| format!("numéro{level}{n}"))));
    }
    document.push(Block::Table {
        header: vec!["Qui".into(), "Quoi".into(), "Quand".into()],
        rows: (1..=40)
            .map(|n| {
                vec![format!("personne{n}"), "faire ceci et cela ".repeat(4), format!("le{n}")]
            })
            .collect(),
    });
    document.push(Block::paragraph("Dernières paroles."));
    document.push(Block::Signatures(vec![
        "La maire,\nOdile BRUNHELLE".into(),
        "Secrétariat,\nCathy VERNOIX".into(),
    ]));
    document
}

fn template(name: &str, format: Format) -> Template {
    Template::read(Path::new(&fixture(&format!("modeles/{name}"))), format).unwrap()
}

/// What LibreOffice shows of a file.
struct Shown {
    text: String,
    info: String,
}

/// Every document of these tests, as LibreOffice prints it.
static SHOWN: LazyLock<BTreeMap<&str, Shown>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let mut files: Vec<(&str, Vec<u8>)> = Vec::new();
    for (docx, odt, document) in drafts() {
        files.push((docx, Format::Docx.write(&document).unwrap()));
        files.push((odt, Format::Odt.write(&document).unwrap()));
    }
    let paper = template("lettre.docx", Format::Docx);
    files.push(("papier-lettre.docx", paper.write(&letter()).unwrap()));
    files.push(("papier-tout.docx", paper.write(&everything()).unwrap()));
    let paper = template("lettre.odt", Format::Odt);
    files.push(("papier-lettre.odt", paper.write(&letter()).unwrap()));
    files.push(("papier-tout.odt", paper.write(&everything()).unwrap()));
    let paper = template("sans-corps.docx", Format::Docx);
    files.push(("papier-pv.docx", paper.write(&council()).unwrap()));
    // Files of the same name but for their ending would be printed over each other.
    let pages: Vec<PathBuf> = files
        .iter()
        .map(|(name, bytes)| {
            let own = folder.path().join(name.replace('.', "-"));
            let own = own.with_extension(name.rsplit('.').next().unwrap());
            fs::write(&own, bytes).unwrap();
            own
        })
        .collect();
    let profile = folder.path().join("profil");
    let mut arguments = vec![
        format!("-env:UserInstallation=file://{}", profile.display()),
        "--headless".into(),
        "--convert-to".into(),
        "pdf".into(),
        "--outdir".into(),
        folder.path().display().to_string(),
    ];
    arguments.extend(pages.iter().map(|page| page.display().to_string()));
    run("soffice", "libreoffice-writer", &arguments);
    // To look at the pages: a folder where files and pages are kept.
    if let Some(kept) = std::env::var_os("GREFFIER_KEEP_PAGES") {
        for entry in fs::read_dir(folder.path()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                fs::copy(&path, Path::new(&kept).join(path.file_name().unwrap())).unwrap();
            }
        }
    }
    let shown = files.iter().zip(&pages).map(|((name, _), page)| {
        let pdf = page.with_extension("pdf").display().to_string();
        let text = run("pdftotext", "poppler-utils", &[pdf.clone(), "-".into()]);
        let info = run("pdfinfo", "poppler-utils", &[pdf]);
        (*name, Shown { text: plain(&text), info })
    });
    shown.collect()
});

/// Runs a program that these tests need; without it they fail, and say what to install.
#[expect(clippy::disallowed_methods, reason = "the tests start the program that judges the files")]
fn run(program: &str, package: &str, arguments: &[String]) -> String {
    let output = Command::new(program).args(arguments).output();
    let output: Output = output.unwrap_or_else(|error| {
        panic!("{program} ({error}): these tests need it, install the Debian package {package}")
    });
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Words with one space between two.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn shown(name: &str) -> &'static Shown {
    &SHOWN[name]
}

/// The words of a document, without the rules and marks of plain text.
fn words(document: &Document) -> Vec<String> {
    let text = String::from_utf8(Format::Text.write(document).unwrap()).unwrap();
    let is_word = |word: &&str| word.chars().any(char::is_alphanumeric);
    text.split_whitespace().filter(is_word).map(str::to_owned).collect()
}

#[track_caller]
fn says_every_word(name: &str, document: &Document) {
    let shown = shown(name);
    for word in words(document) {
        assert!(shown.text.contains(&word), "« {word} » manque dans {name} :\n{}", shown.text);
    }
}

#[track_caller]
fn says_once(name: &str, text: &str) {
    let found = shown(name).text.matches(text).count();
    assert_eq!(found, 1, "« {text} » dans {name} :\n{}", shown(name).text);
}

#[test]
fn libreoffice_shows_every_word() {
    for (docx, odt, document) in drafts() {
        says_every_word(docx, &document);
        says_every_word(odt, &document);
    }
}

#[test]
fn pages_are_numbered_and_the_title_is_the_file_s() {
    for name in ["tout.docx", "tout.odt"] {
        let shown = shown(name);
        let pages = shown.info.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap();
        let pages: usize = pages.trim().parse().unwrap();
        assert!(pages > 1, "{name}");
        for page in 1..=pages {
            assert!(shown.text.contains(&format!("Page {page} / {pages}")), "{name} {page}");
        }
        let title = shown.info.lines().find(|line| line.starts_with("Title:")).unwrap();
        assert!(
            title.ends_with("Essai d’ensemble & titre")
                || title.ends_with("Essai d'ensemble & titre"),
            "{title}"
        );
        assert!(shown.info.contains("A4"), "{}", shown.info);
        // A header row comes again on each page of its table.
        assert!(shown.text.matches("Quand").count() > 1, "{name}");
        // Each numbered list begins at 1.
        assert_eq!(shown.text.matches(" 1. ").count(), 3, "{name}: {}", shown.text);
    }
}

#[test]
fn on_the_office_s_paper_nothing_is_said_twice() {
    // The paper itself says who writes.
    let mut letter = letter();
    letter.blocks.retain(|b| !matches!(b, Block::Letterhead { field: Field::Sender, .. }));
    for name in ["papier-lettre.docx", "papier-lettre.odt"] {
        says_once(name, "Mairie de Corvaille-sur-Aure");
        says_once(name, "Objet :");
        says_once(name, "Corvaille-sur-Aure, le 12 mars 2026");
        says_once(name, "2 place du Marché, 00310 Corvaille-sur-Aure");
        says_once(name, "04 65 71 22 00");
        says_once(name, "Jean-Luc MARTEL");
        let text = &shown(name).text;
        assert!(text.contains("[À COMPLÉTER : références]"), "{text}");
        assert!(!text.contains("{{") && !text.contains("}}"), "{text}");
        for word in words(&letter) {
            assert!(text.contains(&word), "« {word} » manque dans {name} : {text}");
        }
    }
}

#[test]
fn the_paper_takes_every_block() {
    for name in ["papier-tout.docx", "papier-tout.odt"] {
        let document = everything();
        let text = &shown(name).text;
        for word in words(&document) {
            assert!(text.contains(&word), "« {word} » manque dans {name} : {text}");
        }
    }
}

#[test]
fn without_a_place_for_it_the_draft_comes_last() {
    assert!(!template("sans-corps.docx", Format::Docx).has_body());
    assert!(template("lettre.docx", Format::Docx).has_body());
    let text = &shown("papier-pv.docx").text;
    let before = text.find("le document suivant").unwrap();
    assert!(before < text.find("Procès-verbal de la séance").unwrap());
    says_every_word("papier-pv.docx", &council());
}

/// The entries of a zip file.
fn entries(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut entries = BTreeMap::new();
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        entries.insert(entry.name().unwrap().into_owned(), content);
    }
    entries
}

/// The same file with a text of one of its parts changed.
fn with(bytes: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries(bytes) {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(&name, options).unwrap();
        if name == part {
            let text = String::from_utf8(content).unwrap();
            assert!(text.contains(from), "{from} in {part}");
            writer.write_all(text.replace(from, to).as_bytes()).unwrap();
        } else {
            writer.write_all(&content).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn what_has_no_field_stays_to_the_byte() {
    for (name, format, changed) in [
        (
            "lettre.docx",
            Format::Docx,
            &["word/document.xml", "word/footer1.xml", "docProps/core.xml"][..],
        ),
        ("lettre.odt", Format::Odt, &["content.xml", "styles.xml", "meta.xml"][..]),
    ] {
        let before = entries(&fs::read(fixture(&format!("modeles/{name}"))).unwrap());
        let written = template(name, format).write(&letter()).unwrap();
        assert_eq!(written, template(name, format).write(&letter()).unwrap(), "{name}");
        let after = entries(&written);
        assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
        for (part, content) in &before {
            let same = after[part] == *content;
            assert_eq!(same, !changed.contains(&part.as_str()), "{name} {part}");
        }
        // Styles of its own are added to, not changed.
        let after = entries(&template(name, format).write(&everything()).unwrap());
        let styles = if format == Format::Docx { "word/styles.xml" } else { "styles.xml" };
        let end = if format == Format::Docx { "</w:styles>" } else { "</office:styles>" };
        let own = String::from_utf8(before[styles].clone()).unwrap();
        let own = own.split(end).next().unwrap();
        assert!(String::from_utf8(after[styles].clone()).unwrap().starts_with(own), "{name}");
    }
}

/// A sheet with a template beside it, and the minutes of a record that needs no model.
fn on_paper(home: &Home, paper: &[(&str, &[u8])], output: &str) -> Run {
    let sheet = fs::read_to_string(fixture("corvaille.toml")).unwrap();
    let mut section = "\n[modele]\n".to_owned();
    for (name, content) in paper {
        home.file(name, content);
        let key = name.rsplit('.').next().unwrap();
        section.push_str(&format!("{key} = \"{name}\"\n"));
    }
    let sheet = home.file("fiche.toml", sheet + &section);
    let output = home.path().join(output);
    let notes = fixture("conseil.txt");
    let arguments = ["pv", &notes, "--liste-deliberations", "--fiche"];
    let more = [sheet.to_str().unwrap(), "-o", output.to_str().unwrap()];
    home.run(&[&arguments[..], &more[..]].concat())
}

#[test]
fn the_sheet_names_the_paper() {
    for ending in ["docx", "odt"] {
        let home = Home::new();
        let name = format!("lettre.{ending}");
        let paper = fs::read(fixture(&format!("modeles/{name}"))).unwrap();
        let run = on_paper(&home, &[(&name, &paper)], &format!("liste.{ending}"));
        assert!(matches!(run.status, 0 | 1), "{}", run.stderr);
        assert!(run.stderr.contains("Papier à en-tête"), "{}", run.stderr);
        let written = entries(&fs::read(home.path().join(format!("liste.{ending}"))).unwrap());
        let part = if ending == "docx" { "word/document.xml" } else { "content.xml" };
        let text = String::from_utf8(written[part].clone()).unwrap();
        assert!(text.contains("Approuvée") && !text.contains("{{"), "{text}");
    }
}

#[test]
fn a_format_without_a_template_is_written_without_and_said() {
    let home = Home::new();
    let paper = fs::read(fixture("modeles/lettre.odt")).unwrap();
    let run = on_paper(&home, &[("lettre.odt", &paper)], "liste.docx");
    assert!(matches!(run.status, 0 | 1), "{}", run.stderr);
    assert!(run.stderr.contains("écrit sans modèle"), "{}", run.stderr);
    let run = on_paper(&home, &[("lettre.odt", b"abc")], "liste.html");
    assert!(matches!(run.status, 0 | 1), "{}", run.stderr);
    let paper = fs::read(fixture("modeles/sans-corps.docx")).unwrap();
    let run = on_paper(&home, &[("sans-corps.docx", &paper)], "liste.docx");
    assert!(run.stderr.contains("à la fin"), "{}", run.stderr);
}

#[test]
fn a_template_that_cannot_serve_is_said_in_one_line_before_any_work() {
    let docx = fs::read(fixture("modeles/lettre.docx")).unwrap();
    let odt = fs::read(fixture("modeles/lettre.odt")).unwrap();
    let document = "word/document.xml";
    let body = "{{ corps }}";
    let types = "[Content_Types].xml";
    let table: [(&str, Vec<u8>, &str); 12] = [
        ("m.docx", b"du texte".to_vec(), "n'est pas un fichier .docx lisible"),
        ("m.docx", docx[..docx.len() / 2].to_vec(), "n'est pas un fichier .docx lisible"),
        ("m.docx", odt.clone(), "n'est pas un fichier .docx lisible"),
        ("m.odt", docx.clone(), "n'est pas un fichier .odt lisible"),
        ("m.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "mot de passe"),
        ("m.docx", with(&docx, document, "{{ objet }}", "{{ objt }}"), "{{ objt }}"),
        ("m.docx", with(&docx, document, "{{ objet }}", "{{ objet }"), "n'est pas fermé"),
        ("m.docx", with(&docx, document, "{{ objet }}", body), "une seule fois"),
        ("m.docx", with(&docx, document, body, "Bonjour {{ corps }}"), "une seule fois"),
        ("m.docx", with(&docx, document, "</w:body>", ""), "n'est pas un fichier .docx lisible"),
        (
            "m.docx",
            with(
                &docx,
                types,
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
                "application/vnd.ms-word.document.macroEnabled.main+xml",
            ),
            "macros",
        ),
        ("m.odt", with(&odt, "styles.xml", "{{ adresse }}", body), "en-tête"),
    ];
    for (name, content, said) in table {
        let home = Home::new();
        let output = format!("liste.{}", name.rsplit('.').next().unwrap());
        let run = on_paper(&home, &[(name, &content)], &output);
        assert_eq!(run.status, 2, "{said}: {}", run.stderr);
        assert!(run.stderr.contains(said), "« {said} » : {}", run.stderr);
        assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
        assert!(!home.path().join(output).exists());
    }
    let home = Home::new();
    let unknown = with(&docx, document, "{{ objet }}", "{{ objt }}");
    let run = on_paper(&home, &[("m.docx", &unknown)], "liste.docx");
    for known in ["corps", "destinataire", "signataire", "telephone"] {
        assert!(run.stderr.contains(known), "{}", run.stderr);
    }
    fs::remove_file(home.path().join("m.docx")).unwrap();
    let sheet = home.path().join("fiche.toml");
    let notes = fixture("conseil.txt");
    let output = home.path().join("pv.docx");
    let (sheet, output) = (sheet.to_str().unwrap(), output.to_str().unwrap());
    let run = home.run(&["pv", &notes, "--fiche", sheet, "-o", output]);
    assert_eq!(run.status, 2, "{}", run.stderr);
    assert!(run.stderr.contains("n'existe pas"), "{}", run.stderr);
}

#[test]
fn a_file_of_models_becomes_a_document() {
    let docx = fs::read(fixture("modeles/lettre.docx")).unwrap();
    let model = with(&docx, "[Content_Types].xml", "document.main+xml", "template.main+xml");
    let odt = fs::read(fixture("modeles/lettre.odt")).unwrap();
    let kind = "application/vnd.oasis.opendocument.text";
    let other = format!("{kind}-template");
    let named =
        with(&odt, "META-INF/manifest.xml", &format!("\"{kind}\""), &format!("\"{other}\""));
    let named = with(&named, "mimetype", kind, &other);
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes, format, part, gone) in [
        ("m.dotx", model, Format::Docx, "[Content_Types].xml", "template.main"),
        ("m.ott", named, Format::Odt, "META-INF/manifest.xml", "text-template"),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let written = entries(&Template::read(&path, format).unwrap().write(&letter()).unwrap());
        assert!(!String::from_utf8_lossy(&written[part]).contains(gone), "{name}");
        assert!(
            !String::from_utf8_lossy(&written.get("mimetype").cloned().unwrap_or_default())
                .contains(gone)
        );
    }
}
