//! The record of a letter as a file: `greffier courriel NOTES --dossier FILE` writes it, the
//! secretary corrects it, `greffier courriel --depuis FILE` drafts from it, in either form.
//!
//! The file holds everything that the letter states, what the notes say of each part and the
//! sentences made of it; the notes are not needed any more.

use serde_json::Value;

use super::record::Letter;
use crate::task::dossier::{self, Fault, Field, Shape, field};

/// The record, as JSON carries it, as a file to be corrected.
pub fn write(record: &Value) -> String {
    dossier::write(PREFACE, record, LETTER)
}

/// Reads a corrected file.
///
/// # Errors
/// The first slip, with its line and what to write.
pub fn read(text: &str) -> Result<Letter, Fault> {
    dossier::read(text, LETTER)
}

const PREFACE: &str = "\
Dossier d'un courrier, écrit par Greffier d'après vos notes. Le document en est tiré mot pour mot.
Corrigez ce qui doit l'être, enregistrez, puis : greffier courriel --depuis CE_FICHIER
La même lettre en courriel : ajoutez --forme courriel (ou --forme lettre).

Un texte s'écrit entre guillemets droits, sur une ligne : \"comme ceci\".
Une liste s'écrit entre crochets, avec une virgule après chaque élément.
Une ligne qui commence par # n'est pas lue. Pour donner un renseignement qui manque,
retirez le # devant sa ligne et remplacez l'exemple.
";

use Shape::{Choice, Section, Sections, Value as Plain};

const LETTER: &[Field] = &[
    field(
        "form",
        "forme",
        Choice(&[("letter", "lettre"), ("email", "courriel")]),
        "",
        "\"lettre\" ou \"courriel\".",
    ),
    field(
        "purpose",
        "but",
        Choice(&[
            ("acceptance", "accord"),
            ("refusal", "refus"),
            ("partial_answer", "accord partiel"),
            ("request", "demande"),
            ("reminder", "relance"),
            ("invitation", "invitation"),
            ("acknowledgement", "accusé de réception"),
            ("transfer", "transmission"),
            ("condolences", "condoléances"),
            ("congratulations", "félicitations"),
            ("information", "information"),
        ]),
        "",
        "À quoi sert le courrier : \"accord\", \"refus\", \"accord partiel\", \"demande\", \"relance\",\n\"invitation\", \"accusé de réception\", \"transmission\", \"condoléances\", \"félicitations\" ou \"information\".",
    ),
    field(
        "tone",
        "ton",
        Choice(&[("neutral", "neutre"), ("warm", "chaleureux"), ("firm", "ferme")]),
        "",
        "Ton des formules : \"neutre\", \"chaleureux\" ou \"ferme\". Il ne change aucun fait.",
    ),
    field("date", "date", Plain, "\"23 novembre 2026\"", "Date du courrier."),
    field("subject", "objet", Plain, "\"Prêt de la salle des fêtes\"", "Objet, sans verbe."),
    field("our_reference", "nos_references", Plain, "\"OB/CV/2026-212\"", "Nos références."),
    field(
        "their_reference",
        "vos_references",
        Plain,
        "\"courriel du 3 novembre 2026\"",
        "Références du destinataire.",
    ),
    field(
        "sending",
        "envoi",
        Plain,
        "",
        "Mentions d'envoi d'une lettre : [\"Lettre recommandée avec accusé de réception\"].",
    ),
    field(
        "handled_by",
        "suivi_par",
        Plain,
        "\"Prénom NOM, 04 65 71 00 10\"",
        "Qui suit l'affaire.",
    ),
    field(
        "reminders",
        "courriers_precedents",
        Plain,
        "",
        "Pour une relance, les courriers déjà envoyés : [\"courriel du 12 juin 2026\"].",
    ),
    field(
        "competent",
        "administration_competente",
        Plain,
        "\"le conseil départemental\"",
        "À qui la demande est transmise, si elle ne relève pas de vous.",
    ),
    field(
        "silence",
        "silence",
        Choice(&[("refusal", "rejet"), ("acceptance", "acceptation")]),
        "\"rejet\"",
        "Accusé de réception : ce que vaut l'absence de réponse au bout de deux mois,\n\"rejet\" ou \"acceptation\". La règle dépend de la demande ; Greffier ne tranche pas.",
    ),
    field(
        "legal_ground",
        "fondement",
        Plain,
        "\"article L. 2212-2 du code …\"",
        "Refus : le texte sur lequel il se fonde.",
    ),
    field(
        "remedies",
        "recours",
        Plain,
        "",
        "true pour imprimer les voies et délais de recours, sinon false.",
    ),
    field("court", "tribunal", Plain, "\"Malivert\"", "Ville du tribunal administratif compétent."),
    field(
        "urban_planning",
        "urbanisme",
        Plain,
        "",
        "true pour un permis ou une déclaration préalable : les recours y sont autres et ne sont pas imprimés.",
    ),
    field("attachments", "pieces_jointes", Plain, "", "Pièces jointes, une par ligne."),
    field("copies", "copie_a", Plain, "", "Qui reçoit une copie."),
    field("sender", "expediteur", Section(SENDER), "", "Qui écrit."),
    field("recipient", "destinataire", Section(RECIPIENT), "", "À qui."),
    field("signatory", "signataire", Section(SIGNATORY), "", "Qui signe."),
    field(
        "incoming",
        "recu",
        Section(INCOMING),
        "",
        "Le message auquel on répond, s'il y en a un.",
    ),
    field(
        "parts",
        "parties",
        Sections("Partie", PART),
        "",
        "Le corps du courrier. Chaque partie s'ouvre par [[parties]] ; l'ordre du document est fixe.",
    ),
];

const SENDER: &[Field] = &[
    field("name", "nom", Plain, "\"Mairie de Valbrune-sur-Orle\"", "En tête de la lettre."),
    field("address", "adresse", Plain, "", "La rue, puis le code postal et la ville."),
    field("phone", "telephone", Plain, "\"04 65 71 00 10\"", "Téléphone."),
    field("email", "courriel", Plain, "\"mairie@valbrune.example\"", "Adresse électronique."),
    field("place", "lieu", Plain, "\"Valbrune-sur-Orle\"", "Lieu écrit avant la date."),
    field(
        "administration",
        "administration",
        Plain,
        "",
        "true pour une commune ou un autre service public, false pour une association :\nseule une administration motive ses refus en droit et indique les recours.",
    ),
];

const RECIPIENT: &[Field] = &[
    field(
        "rank",
        "rang",
        Choice(&[
            ("high", "autorité"),
            ("distinguished", "responsable"),
            ("company", "entreprise"),
            ("resident", "particulier"),
        ]),
        "",
        "Formules à employer : \"autorité\" (préfet, ministre, parlementaire), \"responsable\" (maire,\nprésident, directeur, notaire…), \"entreprise\" ou \"particulier\".",
    ),
    field(
        "civility",
        "civilite",
        Choice(&[("madame", "Madame"), ("monsieur", "Monsieur"), ("both", "Madame et Monsieur")]),
        "\"Madame\"",
        "\"Madame\", \"Monsieur\" ou \"Madame et Monsieur\" ; sans elle, on écrit « Madame, Monsieur, ».",
    ),
    field("title", "titre", Plain, "\"Directrice\"", "Titre, avec une majuscule."),
    field(
        "appeal",
        "appel",
        Plain,
        "\"Madame le Maire\"",
        "Formule d'appel, si elle doit être autre ; elle est reprise à la fin.",
    ),
    field("several", "plusieurs", Plain, "", "true pour « Mesdames, Messieurs, », sinon false."),
    field("name", "nom", Plain, "\"Prénom Nom\"", "Prénom et nom."),
    field("organisation", "organisme", Plain, "\"Conseil départemental\"", "Organisme."),
    field("attention", "attention", Plain, "\"à l'attention de …\"", "À l'attention de qui."),
    field("address", "adresse", Plain, "", "La rue, puis le code postal et la ville."),
];

const SIGNATORY: &[Field] = &[
    field("quality", "qualite", Plain, "\"La maire\"", "Au-dessus du nom."),
    field(
        "title",
        "titre",
        Plain,
        "\"Madame la Maire\"",
        "Comment les voies de recours nomment la personne.",
    ),
    field("name", "nom", Plain, "\"Prénom NOM\"", "Qui signe."),
    field(
        "feminine",
        "feminin",
        Plain,
        "true",
        "true si « je » est une femme (« reconnaissante »), false si c'est un homme.",
    ),
];

const INCOMING: &[Field] = &[
    field("medium", "nature", Plain, "\"courriel\"", "\"courrier\", \"courriel\", \"demande\"…"),
    field("dated", "date", Plain, "\"3 novembre 2026\"", "La date qu'il porte."),
    field("received", "recu_le", Plain, "\"4 novembre 2026\"", "Le jour où il est arrivé."),
    field(
        "acknowledged",
        "accuse_le",
        Plain,
        "\"5 novembre 2026\"",
        "Le jour où l'on en a accusé réception.",
    ),
    field("subject", "objet", Plain, "\"Demande de salle\"", "Son objet, tel qu'il l'écrit."),
    field(
        "registered",
        "enregistre_le",
        Plain,
        "\"5 novembre 2026\"",
        "Le jour où il a été enregistré.",
    ),
    field("number", "numero", Plain, "\"2026-118\"", "Le numéro d'enregistrement."),
    field(
        "electronic",
        "voie_electronique",
        Plain,
        "",
        "true si la demande est venue par courriel ou téléservice, sinon false.",
    ),
    field(
        "asks",
        "demandes",
        Plain,
        "",
        "Ce que le message demande, pour mémoire ; n'est pas imprimé.",
    ),
];

const PART: &[Field] = &[
    field(
        "role",
        "sorte",
        Choice(&[
            ("request", "demande"),
            ("context", "faits"),
            ("decision", "décision"),
            ("reason", "motifs"),
            ("offer", "proposition"),
            ("condition", "conditions"),
            ("missing", "pièces manquantes"),
            ("other_matter", "autre point"),
            ("question", "questions"),
            ("deadline", "délai"),
            ("appointment", "rendez-vous"),
            ("thanks", "remerciements"),
        ]),
        "",
        "Ce que fait la partie : \"demande\", \"faits\", \"décision\", \"motifs\", \"proposition\",\n\"conditions\", \"pièces manquantes\", \"autre point\", \"questions\", \"délai\", \"rendez-vous\",\n\"remerciements\".",
    ),
    field(
        "clauses",
        "notes",
        Plain,
        "",
        "Ce que disent vos notes. N'est pas imprimé quand il y a une rédaction.",
    ),
    field(
        "items",
        "redaction",
        Plain,
        "",
        "Ce que dit le document, gardé tel quel : une phrase finit par un point, le reste devient une\nliste. Pour que tout soit refait d'après « notes », écrivez : redaction = []",
    ),
];

#[cfg(test)]
mod tests {
    use super::super::record::{Form, Part, Purpose, Role, Silence, Tone};
    use super::*;
    use proptest::prelude::*;

    fn record(letter: &Letter) -> Value {
        serde_json::to_value(letter).unwrap()
    }

    #[test]
    fn a_slip_is_said_with_its_line() {
        for (text, line, word) in [
            ("forme = \"fax\"\n", 1, "lettre"),
            ("forme = \"lettre\"\nojet = \"x\"\n", 2, "objet"),
            ("[destinataire]\ncivilite = \"Mme\"\n", 2, "Madame"),
            ("[[parties]]\nsorte = \"motif\"\n", 2, "motifs"),
        ] {
            let fault = read(text).unwrap_err();
            assert_eq!(fault.line, line, "{text}: {}", fault.reason);
            assert!(fault.reason.contains(word), "{}", fault.reason);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(
            texts in proptest::collection::vec("[a-zé \"\\\\#\\[\\]=À0-9]{0,20}", 8),
            form in prop_oneof![Just(Form::Letter), Just(Form::Email)],
            purpose in prop_oneof![Just(Purpose::Refusal), Just(Purpose::Acknowledgement)],
            tone in prop_oneof![Just(Tone::Warm), Just(Tone::Firm)],
            role in 0..12usize,
            silence in proptest::option::of(Just(Silence::Refusal)),
        ) {
            let mut letter = Letter { form, purpose, tone, silence, ..Letter::default() };
            letter.subject = texts.first().cloned();
            letter.sender.address = texts[1..3].to_vec();
            letter.recipient.name = texts.get(3).cloned();
            letter.incoming.dated = texts.get(4).cloned();
            letter.parts.push(Part {
                role: Role::ALL[role],
                clauses: texts[5..7].to_vec(),
                items: texts[7..8].to_vec(),
            });
            let text = write(&record(&letter));
            prop_assert_eq!(read(&text).map_err(|f| f.reason), Ok(letter));
        }
    }
}
