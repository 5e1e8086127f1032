//! `greffier courriel` as it is typed: one record for both forms, tones and every format, the
//! message that is answered, and what does not go together. No model is asked.

use std::path::{Path, PathBuf};

use greffier::document::{Block, Document, Format, import};
use greffier::office::Office;
use greffier::reading::facts;
use greffier::task::Draft;
use greffier::task::letter::{self, Form, Wanted};

use crate::cli::check;
use crate::support::{Home, Run, by_rule, fixture};

const SHEET: &str = "lettre-accord.fiche.toml";

fn drafted(notes: &Path, wanted: &Wanted) -> Draft {
    let office = Office::read(Path::new(&fixture(SHEET))).unwrap();
    by_rule(notes, &office, &|inputs, model, sink| letter::draft(inputs, wanted, model, sink))
}

/// The record of a letter whose sentences are written, in a file of the home.
fn record(home: &Home) -> String {
    let wanted = Wanted { form: Some(Form::Letter), ..Wanted::default() };
    let draft = drafted(Path::new(&fixture("lettre-accord.txt")), &wanted);
    let file = home.file("lettre.toml", letter::dossier::write(&draft.record));
    file.to_str().unwrap().to_owned()
}

/// A run that ends well.
fn run(home: &Home, arguments: &[&str]) -> Run {
    let run = home.run(&[arguments, &["--fiche", &fixture(SHEET)]].concat());
    assert!(matches!(run.status, 0 | 1), "{arguments:?}: {}", run.stderr);
    run
}

/// With the spaces and apostrophes of a keyboard.
fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ").replace('’', "'")
}

#[test]
fn a_record_gives_both_forms_and_itself_again() {
    let home = Home::new();
    let record = record(&home);
    let letter = plain(&run(&home, &["courriel", "--depuis", &record]).stdout);
    let email =
        plain(&run(&home, &["courriel", "--depuis", &record, "--forme", "courriel"]).stdout);
    for fact in ["17 avril 2027", "150 €", "2 avril 2027", "MP/2027-031", "entre 9 h et 12 h"] {
        assert!(letter.contains(fact) && email.contains(fact), "{fact}:\n{letter}\n{email}");
    }
    for of_letters in ["Corvelin, le 8 mars 2027", "agréer", "6 chemin des Aulnes"] {
        assert!(letter.contains(of_letters) && !email.contains(of_letters), "{of_letters}");
    }
    let again = home.path().join("encore.toml");
    run(&home, &["courriel", "--depuis", &record, "--dossier", again.to_str().unwrap()]);
    let read = |path: &Path| std::fs::read_to_string(path).unwrap();
    assert_eq!(read(&again), read(Path::new(&record)));
}

#[test]
fn a_tone_changes_no_fact() {
    let home = Home::new();
    let record = record(&home);
    let told = |tone: &str| {
        let text = run(&home, &["courriel", "--depuis", &record, "--ton", tone]).stdout;
        facts(&text).into_iter().map(|found| found.fact).collect::<Vec<_>>()
    };
    let neutral = told("neutre");
    assert!(neutral.len() > 8, "{neutral:?}");
    assert_eq!(told("chaleureux"), neutral);
    assert_eq!(told("ferme"), neutral);
}

#[test]
fn a_letter_is_written_in_every_format() {
    let home = Home::new();
    let record = record(&home);
    for ending in ["md", "txt", "html", "docx", "odt", "pdf"] {
        let path = home.path().join(format!("lettre.{ending}"));
        let written = run(&home, &["courriel", "--depuis", &record, "-o", path.to_str().unwrap()]);
        assert_eq!(written.stdout, "", "{ending}");
        assert!(written.stderr.contains(&format!("lettre.{ending}")), "{}", written.stderr);
        let text = plain(&import::read(&path).unwrap().text);
        for fact in ["Corvelin, le 8 mars 2027", "samedi 17 avril 2027", "150 €", "Gaspard LIVEROL"]
        {
            assert!(text.contains(fact), "{ending}: « {fact} » in\n{text}");
        }
    }
}

#[test]
fn what_does_not_go_together_is_said() {
    let home = Home::new();
    let record = record(&home);
    let notes = fixture("courrier.txt");
    let message = home.file("message.eml", MAIL);
    let message = message.to_str().unwrap();
    check(&home, &["courriel"], 2, &["il manque <NOTES>"]);
    check(&home, &["courriel", &notes, "--forme", "fax"], 2, &["« fax »", "courriel, lettre"]);
    check(&home, &["courriel", &notes, "--ton", "sec"], 2, &["« sec »", "neutre, chaleureux"]);
    check(&home, &["courriel", &notes, "--depuis", &record], 2, &["ne va pas avec"]);
    let answered = ["courriel", "--depuis", &record, "--reponse-a", message];
    check(&home, &answered, 2, &["--reponse-a", "ne va pas avec"]);
    check(&home, &["courriel", &notes, "--type", "conseil"], 2, &["option inconnue « --type »"]);
    check(&home, &["courriel", &notes, "-o", "lettre.doc"], 2, &["lettre.doc", ".docx"]);
    check(&home, &["courriel", &notes, "--dossier", "lettre.odt"], 2, &["lettre.odt", ".toml"]);
    check(&home, &["courriel", "--depuis", "absent.toml"], 2, &["absent.toml", "--dossier"]);
    check(&home, &["courriel", "--depuis", &notes], 2, &["courrier.txt", "ligne 1"]);
    let slip = std::fs::read_to_string(&record).unwrap();
    let slip = home.file("faute.toml", slip.replace("forme = \"lettre\"", "forme = \"fax\""));
    check(&home, &["courriel", "--depuis", slip.to_str().unwrap()], 2, &["ligne", "courriel"]);
}

#[test]
fn a_message_that_cannot_be_read_is_said_before_the_model_runs() {
    let home = Home::new();
    let notes = fixture("courrier.txt");
    let picture = home.file("message.docx", b"\x89PNG\0\0");
    let empty = home.file("vide.eml", " \n");
    let folder = home.path().to_str().unwrap();
    for (path, words) in [
        ("absent.eml", ["absent.eml", "n'existe pas"]),
        (picture.to_str().unwrap(), ["message.docx", "image"]),
        (empty.to_str().unwrap(), ["vide.eml", "aucun texte"]),
        (folder, ["dossier", "indiquez le fichier"]),
    ] {
        check(&home, &["courriel", &notes, "--reponse-a", path], 2, &words);
    }
}

const MAIL: &str = "From: =?utf-8?q?L=C3=A9na_Ferri=C3=A8re?= <l.ferriere@exemple.fr>\n\
    Date: Tue, 3 Mar 2026 18:05:00 +0100\nSubject: RE: Demande de la salle des =?utf-8?q?f=C3=AAtes?=\n\
    Content-Type: text/plain; charset=utf-8\n\nBonjour,\n\nLa salle est-elle libre le 18 avril ?\n";

/// The same words in each format that a message comes in.
fn messages(home: &Home) -> [PathBuf; 3] {
    let words = "Bonjour,\nLa salle est-elle libre le 18 avril ?";
    let mut paper = Document::new("Demande");
    words.lines().for_each(|line| paper.push(Block::paragraph(line)));
    [
        home.file("message.eml", MAIL),
        home.file("message.txt", words),
        home.file("message.docx", Format::Docx.write(&paper).unwrap()),
    ]
}

#[test]
fn an_answer_takes_from_the_message_what_the_notes_do_not_say() {
    let home = Home::new();
    let notes = home.file("notes.txt", "réponse OUI\ncaution 200 €\nclés à prendre le 17 avril");
    for path in messages(&home) {
        let answers = Some(import::message(&path).unwrap());
        let draft = drafted(&notes, &Wanted { answers, ..Wanted::default() });
        let text = plain(&greffier::document::markdown::write(&draft.document));
        let told: Vec<&str> = draft.findings.iter().map(|f| f.message.as_str()).collect();
        let told = told.join("\n");
        assert!(text.contains("200 €") && text.contains("17 avril"), "{text}");
        // What the message asks is told to the office and never printed.
        assert!(told.contains("La salle est-elle libre"), "{told}");
        assert!(!text.contains("est-elle libre"), "{text}");
        let of_mail = ["3 mars 2026", "Demande de la salle des fêtes"];
        let mail = path.extension().is_some_and(|ending| ending == "eml");
        for taken in of_mail {
            assert_eq!(text.contains(taken), mail, "{taken} in {text}");
        }
        assert_eq!(told.contains("Léna Ferrière"), mail, "{told}");
    }
}
