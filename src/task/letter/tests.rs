use super::*;
use crate::notes::Notes;
use crate::task::testing::{self, check};

fn drafted(notes: &str, form: Form) -> (String, String) {
    testing::drafted(notes, &move |inputs, model, sink| {
        let wanted = Wanted { form: Some(form), ..Wanted::default() };
        draft(inputs, &wanted, model, sink)
    })
}

#[test]
fn an_acceptance_carries_conditions_and_leaves_the_aside_out() {
    let (text, findings) =
        drafted(include_str!("../../../tests/fixtures/lettre-accord.txt"), Form::Letter);
    check(
        &text,
        &[
            "Monsieur Fabien Tarvolle",
            "6 chemin des Aulnes",
            "00310 Corvelin",
            "MP/2027-031",
            "Corvelin, le 8 mars 2027",
            "suite favorable",
            "2 mars 2027",
            "4 mars 2027",
            "17 avril 2027",
            "14 h",
            "19 h",
            "150 €",
            "2 avril 2027",
            "entre 9 h et 12 h",
            "à votre charge",
            "règlement de la salle ; état des lieux",
            "Le maire",
            "Je vous prie d'agréer, Monsieur,",
        ],
        &["entre nous", "sale", "recours"],
    );
    check(&findings, &["sale"], &[]);
}

#[test]
fn an_invitation_to_an_authority_repeats_her_title() {
    let (text, _) =
        drafted(include_str!("../../../tests/fixtures/lettre-invitation.txt"), Form::Letter);
    check(
        &text,
        &[
            "Madame la Députée,",
            "haute considération",
            "samedi 9 octobre 2027",
            "11 h 30",
            "412000 € HT",
            "120000 €",
            "24 septembre 2027",
            "03 53 01 20 20",
            "Lucie Marambot",
            "1er septembre 2027",
        ],
        &["chaleureux", "Bonjour"],
    );
}

#[test]
fn an_email_keeps_health_and_anger_out() {
    let (text, findings) =
        drafted(include_str!("../../../tests/fixtures/courriel-cantine.txt"), Form::Email);
    check(
        &text,
        &[
            "**Objet :** Grève",
            "11 février 2027",
            "7 h 30 à 8 h 30",
            "9 février",
            "03 53 01 20 20",
            "Cordialement",
        ],
        &["cancer", "Orsanne", "honteux", "Corvelin, le"],
    );
    check(&findings, &["cancer", "honteux"], &[]);
}

#[test]
fn a_refusal_leaves_court_and_legal_ground_to_complete() {
    let notes = "refus M. Ludovic Serpane\nil demande une benne devant le 3 rue Basse du 4 au 9 mai 2027\n\
                 motifs :\n- rue trop étroite\n- passage du car scolaire\narticle de loi ?\n";
    let (text, findings) = drafted(notes, Form::Letter);
    check(
        &text,
        &[
            "je ne peux pas y donner une suite favorable",
            "rue trop étroite ;",
            "passage du car scolaire.",
            "[À COMPLÉTER : fondement juridique]",
            "[À COMPLÉTER : tribunal administratif]",
            "deux mois",
            "auprès de Monsieur le Maire",
            "[À COMPLÉTER : date]",
        ],
        &[],
    );
    check(&findings, &["fondement", "tribunal"], &[]);
}

#[test]
fn a_building_permit_gets_no_remedies_of_the_common_kind() {
    let (text, findings) = drafted(
        "refus permis de construire Mme Irma Galvone\nmotif : zone inondable",
        Form::Letter,
    );
    check(&text, &["zone inondable"], &["deux mois"]);
    check(&findings, &["Urbanisme"], &[]);
}

#[test]
fn a_share_that_does_not_come_out_is_left_to_complete() {
    let (text, findings) = drafted(
        "relance subvention préau -> M. le préfet\ncoût 50000 € HT, on demande 30 % soit 51000 €",
        Form::Letter,
    );
    check(&text, &["50000 €", "[À COMPLÉTER : montant]", "Monsieur le Préfet,"], &["51 000"]);
    check(&findings.replace(['\u{a0}', '\u{202f}'], " "), &["15000 €"], &[]);
}

#[test]
fn a_partial_answer_says_what_is_granted_what_is_not_and_how_to_contest() {
    let (text, _) = drafted(
        "courrier à Mme Judith Corvenal\nson courrier du 8 février 2027 reçu le 10\n\
         réponse partielle : oui pour un panneau, non pour un ralentisseur\nen date du 16/02/2027",
        Form::Letter,
    );
    check(
        &text,
        &[
            "le 10 février 2027",
            "courrier du 8 février 2027",
            "Corvelin, le 16 février 2027",
            "favorable est donnée pour un panneau",
            "ne peut pas être donnée pour un ralentisseur",
            "deux mois",
        ],
        &[],
    );
}

proptest::proptest! {
    #[test]
    fn any_notes_give_a_draft(text in "[a-zéÀ0-9(){}:,;?!\"'’/+€% \n>-]{1,120}|\\PC{1,40}") {
        if Notes::from_text(&text).is_ok() {
            let _ = drafted(&text, Form::Letter);
        }
    }
}
