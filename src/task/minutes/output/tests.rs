use std::path::Path;

use super::*;
use crate::document::markdown;
use crate::engine::CancelToken;
use crate::engine::scripted::ScriptedEngine;
use crate::finding::Severity;
use crate::prompt::Prompts;
use crate::task::Trust;
use crate::task::minutes::dossier;

const COUNCIL: &str = include_str!("../../../../tests/fixtures/conseil.txt");
const SHEET: &str = include_str!("../../../../tests/fixtures/corvaille.toml");
const ASSEMBLY: &str = "AG des Bleuets sam 10/10/26 salle polyvalente\ndebut 15h10 fin 17h35\nconvoc mail 24/09. statuts : quorum 1/3\nadhérents à jour 64\nfeuille émargement 29 signatures + 9 pouvoirs\npréside Hélène Mordelan secrétaire séance Oscar Tribolin\nodj : moral, financier, QD\nrapport moral Hélène : merci bénévoles\n vote unanimité\nfinancier : recettes 1 200,00\n quitus : 36 pour 0 contre 2 abst\nQD : prochaine sortie dim 25 octobre\n";
const WORKING: &str = "réunion du bureau mardi 3 mars 2026 18h30\nprésents : Ada Vernier, Luc Talmont\nBudget : 300 € restants, à voter en mai\nFête : 12 juin\n";

fn office() -> Office {
    Office::parse(Path::new("fiche.toml"), SHEET).unwrap()
}

/// A draft whose sentences are made by rule, and how often the model was asked.
fn drafted(
    notes: &str,
    office: &Office,
    wanted: &Wanted,
    meeting: Option<Meeting>,
) -> (Draft, usize) {
    let notes = Notes::from_text(notes).unwrap();
    let prompts = Prompts::default();
    let inputs = Inputs { notes: &notes, office, prompts: &prompts, seed: 1 };
    let mut engine = ScriptedEngine::with(|_| String::new());
    let mut model = Model {
        engine: &mut engine,
        cancel: CancelToken::default(),
        trust: Trust { floor: 0.0, free: true },
    };
    let draft = match meeting {
        Some(meeting) => from_record(&inputs, meeting, wanted, &mut model, &mut |_| {}),
        None => {
            let kind = crate::task::minutes::kind_of(&notes);
            crate::task::minutes::draft(&inputs, kind, wanted, &mut model, &mut |_| {})
        }
    };
    (draft.unwrap(), engine.requests().len())
}

fn with(output: Output) -> Wanted {
    Wanted { output, first_number: None }
}

fn corrected(draft: &Draft, slips: &[(&str, &str)]) -> Meeting {
    let mut text = dossier::write(&draft.record);
    for (from, to) in slips {
        assert!(text.contains(from), "{from} in:\n{text}");
        text = text.replacen(from, to, 1);
    }
    dossier::read(&text).unwrap()
}

#[test]
fn notes_and_their_record_give_the_same_documents() {
    let office = office();
    for notes in [COUNCIL, ASSEMBLY, WORKING] {
        let (first, asked) = drafted(notes, &office, &with(Output::Complete), None);
        assert!(asked > 0);
        let back = corrected(&first, &[]);
        let (second, asked) = drafted("x", &office, &with(Output::Complete), Some(back.clone()));
        assert_eq!(second.document, first.document, "{notes}");
        assert_eq!(second.record, first.record);
        assert_eq!(asked, 0, "sentences that were made are kept");
        for output in [Output::Public, Output::Deliberations] {
            let (from_notes, _) = drafted(notes, &office, &with(output), None);
            let (from_file, _) = drafted("x", &office, &with(output), Some(back.clone()));
            assert_eq!(from_file.document, from_notes.document, "{notes}");
        }
    }
}

#[test]
fn a_correction_reaches_the_document_and_its_checks() {
    let office = office();
    let (first, _) = drafted(COUNCIL, &office, &with(Output::Complete), None);
    let table = [
        ("pour = 6", "pour = 12", "12 pour, 1 contre"),
        ("secretaire = \"Inès CALVIGNAC\"", "# sans", "la ou le secrétaire"),
        ("unanimite = false", "unanimite = true", "l’unanimité ne va pas avec 1 contre"),
        ("membres_en_exercice = 11", "membres_en_exercice = 25", "Quorum non atteint"),
        ("a = \"Claire AUBRAC\"", "a = \"Paul GERVOISE\"", "n’est pas parmi les présents"),
        ("date = \"mardi 10 mars 2026\"", "date = \"lundi 10 mars 2026\"", "est un mardi"),
        (
            "presidence = \"Jean-Luc MARTEL\"",
            "presidence = \"Claire AUBRAC\"",
            "Claire AUBRAC préside",
        ),
    ];
    for (from, to, said) in table {
        let meeting = corrected(&first, &[(from, to)]);
        let (draft, _) = drafted("x", &office, &with(Output::Complete), Some(meeting));
        let messages: Vec<String> = draft.findings.iter().map(|f| f.message.clone()).collect();
        assert!(messages.iter().any(|m| m.contains(said)), "{said} in {messages:#?}");
        assert!(draft.findings.iter().all(|f| f.notes.is_none()));
    }
}

#[test]
fn an_account_that_is_emptied_is_written_again() {
    let office = office();
    let (first, _) = drafted(COUNCIL, &office, &with(Output::Complete), None);
    let mut meeting = corrected(&first, &[]);
    meeting.items[1].account.clear();
    meeting.items[2].account = vec!["Une phrase de la secrétaire.".into()];
    assert!(needs_model(&meeting, Output::Complete));
    assert!(!needs_model(&meeting, Output::Deliberations));
    let (draft, asked) = drafted("x", &office, &with(Output::Complete), Some(meeting));
    let text = markdown::write(&draft.document);
    assert!(text.contains("Une phrase de la secrétaire."));
    assert!(text.contains("Couvertures Bellanger") && asked > 0);
}

#[test]
fn a_first_number_numbers_what_the_notes_do_not() {
    let office = office();
    let numbered = |notes: &str, first: &str| {
        let wanted = Wanted { first_number: Some(first.into()), ..Wanted::default() };
        let (draft, _) = drafted(notes, &office, &wanted, None);
        let items = draft.record["items"].as_array().unwrap().clone();
        let numbers = items.iter().filter_map(|i| i["deliberation"].as_str().map(str::to_owned));
        numbers.collect::<Vec<_>>()
    };
    let silent = COUNCIL.replace("n° délib à partir de 2026-12\n", "");
    assert_eq!(numbered(&silent, "2026-098"), ["2026-098", "2026-099", "2026-100"]);
    assert_eq!(numbered(COUNCIL, "2026-41"), ["2026-12", "2026-13", "2026-14"]);
}

#[test]
fn the_list_of_deliberations_needs_no_model() {
    let office = office();
    let (draft, asked) = drafted(COUNCIL, &office, &with(Output::Deliberations), None);
    let text = markdown::write(&draft.document);
    for row in ["2026-12", "2026-13", "2026-14", "Approuvée", "10 mars 2026"] {
        assert!(text.contains(row), "{row} in:\n{text}");
    }
    assert!(!text.contains("Questions diverses") && !text.contains("PV du"), "{text}");
    let deadline = draft.findings.iter().find(|f| f.kind == FindingKind::Deadline).unwrap();
    assert!(deadline.message.contains("mardi 17 mars 2026"), "{deadline:?}");
    assert_eq!((deadline.severity, asked), (Severity::Info, 0));
}
