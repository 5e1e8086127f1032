use std::path::Path;

use super::*;
use crate::document::Format;
use crate::engine::CancelToken;
use crate::engine::scripted::ScriptedEngine;
use crate::notes::Notes;
use crate::office::Office;
use crate::prompt::Prompts;

const SHEET: &str = include_str!("../../../tests/fixtures/lettre-accord.fiche.toml");

fn drafted(notes: &str) -> (String, String) {
    let notes = Notes::from_text(notes).unwrap();
    let office = Office::parse(Path::new("fiche.toml"), SHEET).unwrap();
    let prompts = Prompts::default();
    let inputs = Inputs { notes: &notes, office: &office, prompts: &prompts, seed: 1 };
    let mut engine = ScriptedEngine::with(|_| String::new());
    let mut model = Model { engine: &mut engine, cancel: CancelToken::default() };
    let draft = draft(&inputs, &mut model, &mut |_| {}).unwrap();
    let text = Format::Markdown
        .write(&draft.document)
        .replace(['\u{a0}', '\u{202f}'], " ")
        .replace('’', "'");
    let findings: Vec<String> = draft.findings.into_iter().map(|f| f.message).collect();
    (text, findings.join("\n"))
}

fn check(text: &str, wanted: &[&str], unwanted: &[&str]) {
    for fact in wanted {
        assert!(text.contains(fact), "« {fact} » manque :\n{text}");
    }
    for fact in unwanted {
        assert!(!text.contains(fact), "« {fact} » en trop :\n{text}");
    }
}

#[test]
fn a_later_place_wins_and_praise_goes() {
    let (text, findings) =
        drafted(include_str!("../../../tests/fixtures/affiche-vide-grenier.txt"));
    check(
        &text,
        &[
            "# Vide-grenier",
            "6 juin 2027",
            "de 8 h à 17 h",
            "halle",
            "3 €",
            "28 mai",
            "06 39 98 12 34",
            "8 rue des Peupliers, 00310 Corvelin",
            "Buvette",
        ],
        &["stade", "meilleur", "bière", "bénévoles"],
    );
    check(&findings, &["stade municipal", "meilleur", "bière"], &[]);
}

#[test]
fn a_wrong_weekday_is_not_printed() {
    let (text, findings) = drafted("affiche loto\nlundi 6 juin 2027 14h salle des fêtes");
    check(&text, &["6 juin 2027", "Salle des fêtes"], &["lundi", "Lundi"]);
    check(&findings, &["dimanche"], &[]);
}

#[test]
fn a_doubtful_age_is_left_to_complete() {
    let (text, findings) = drafted(
        "affiche loto\ndimanche 6 juin 2027 14h salle des fêtes\nadulte 5 €, enfant 2 € (moins de 12 ans ou 14 ?)",
    );
    check(&text, &["2 € ([À COMPLÉTER : âge])"], &["12", "14 ?"]);
    check(&findings, &["moins de 12 ans ou 14"], &[]);
}

proptest::proptest! {
    #[test]
    fn any_notes_give_a_draft(text in "[a-zéÀ0-9(){}:,;?!\"'’/+€% \n>-]{1,120}|\\PC{1,40}") {
        if Notes::from_text(&text).is_ok() {
            let _ = drafted(&text);
        }
    }
}
