//! The real model on real notes. The default model is fetched by the program itself, as for a new
//! user, into the user's data folder (or `GREFFIER_HOME`); a model that cannot be had is a failure.

use greffier::models::registry::default_entry;

use crate::support::{Home, Run, finish, fixture, install, program};

fn draft(arguments: &[&str]) -> Run {
    install(&default_entry().id);
    let mut command = program();
    finish(command.args(arguments).arg("--json").arg("--fiche").arg(fixture("corvaille.toml")))
}

fn json(run: &Run) -> serde_json::Value {
    assert!(matches!(run.status, 0 | 1), "exit {}: {}", run.status, run.stderr);
    serde_json::from_str(&run.stdout).unwrap()
}

/// The document with plain spaces and apostrophes.
fn text(result: &serde_json::Value) -> String {
    result["document"].as_str().unwrap().replace(['\u{a0}', '\u{202f}'], " ").replace('’', "'")
}

#[test]
fn council_minutes_carry_the_facts_of_their_notes() {
    let run = draft(&["pv", &fixture("conseil.txt")]);
    let result = json(&run);
    let document = text(&result);
    for fact in [
        "Procès-verbal",
        "10 mars 2026",
        "19 h 30",
        "21 h 15",
        "4 mars",
        "Quorum",
        "Inès",
        "48750 €",
        "30 %",
        "30 avril",
        "3,25 €",
        "600 €",
        "20 juin 2026",
        "2026-12",
        "4 avril",
        "5 mai 2026",
        "6 voix pour, 1 voix contre et 1 abstention",
    ] {
        assert!(document.contains(fact), "« {fact} » is missing from:\n{document}");
    }
    let receipt = &result["receipt"];
    assert!(receipt["tokens_out"].as_u64().unwrap() > 20, "the model wrote nothing: {receipt}");
    assert_eq!(receipt["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(receipt["notes_read"], 1.0);
}

#[test]
fn the_same_request_gives_the_same_bytes() {
    let [first, second] = [(); 2].map(|()| {
        let run = draft(&["affiche", &fixture("affiche.txt")]);
        json(&run)["document"].clone()
    });
    assert_eq!(first, second);
}

#[test]
fn an_answer_takes_who_and_when_from_the_message() {
    let home = Home::new();
    let mail = "From: Léna Ferrière <l@exemple.fr>\nDate: Tue, 3 Mar 2026 18:05:00 +0100\n\
                Subject: Demande de salle\n\nLa salle est-elle libre ?\n";
    let message = home.file("message.eml", mail);
    let notes = home.file("notes.txt", "réponse OUI\ncaution 200 €");
    let (notes, message) = (notes.to_str().unwrap(), message.to_str().unwrap());
    let document = text(&json(&draft(&["courriel", notes, "--reponse-a", message])));
    for fact in ["Demande de salle", "3 mars 2026", "200 €"] {
        assert!(document.contains(fact), "« {fact} » is missing from:\n{document}");
    }
}

#[test]
fn a_letter_has_its_greeting_facts_and_closing() {
    let run = draft(&["courriel", &fixture("courrier.txt"), "--forme", "lettre"]);
    let document = text(&json(&run));
    for fact in ["Madame", "18 avril 2026", "40 €", "200 €", "10 avril", "12 mars 2026"] {
        assert!(document.contains(fact), "« {fact} » is missing from:\n{document}");
    }
}
