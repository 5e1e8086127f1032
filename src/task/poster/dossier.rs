//! The record of a poster as a file: `greffier affiche NOTES --dossier FILE` writes it, the user
//! corrects it, `greffier affiche --depuis FILE` makes the poster from it.

use serde_json::Value;

use super::record::Poster;
use crate::task::dossier::{self, Fault, Field, Shape, field};

/// The record, as JSON carries it, as a file to be corrected.
pub fn write(record: &Value) -> String {
    dossier::write(PREFACE, record, POSTER)
}

/// Reads a corrected file.
///
/// # Errors
/// The first slip, with its line and what to write.
pub fn read(text: &str) -> Result<Poster, Fault> {
    dossier::read(text, POSTER)
}

const PREFACE: &str = "\
Dossier d'une affiche, écrit par Greffier d'après vos notes. L'affiche en est tirée mot pour mot.
Corrigez ce qui doit l'être, enregistrez, puis : greffier affiche --depuis CE_FICHIER -o affiche.pdf

Un texte s'écrit entre guillemets droits, sur une ligne : \"comme ceci\".
Une ligne qui commence par # n'est pas lue. Pour donner un renseignement qui manque,
retirez le # devant sa ligne et remplacez l'exemple.
";

const POSTER: &[Field] = &[
    field("title", "titre", Shape::Value, "\"Vide-grenier\"", "Le titre, cinq mots au plus."),
    field(
        "other_titles",
        "autres_titres",
        Shape::Value,
        "",
        "D'autres titres possibles, qui ne sont pas imprimés : recopiez celui qui vous plaît à la ligne titre.",
    ),
    field(
        "invitation",
        "accroche",
        Shape::Value,
        "\"Le comité des fêtes vous invite à son vide-grenier\"",
        "La ligne sous le titre. Sans elle, l'affiche commence par le jour.",
    ),
    field(
        "other_invitations",
        "autres_accroches",
        Shape::Value,
        "",
        "D'autres accroches possibles, qui ne sont pas imprimées : recopiez celle qui vous plaît à la ligne accroche.",
    ),
    field("date", "date", Shape::Value, "\"dimanche 6 juin 2027\"", "Le jour."),
    field("hours", "horaires", Shape::Value, "\"de 8 h à 17 h\"", "Les heures."),
    field("place", "lieu", Shape::Value, "\"salle des fêtes\"", "Le lieu."),
    field(
        "organiser",
        "organisateur",
        Shape::Value,
        "\"Nom, adresse\"",
        "Qui pose l'affiche : le nom, puis l'adresse. C'est obligatoire.",
    ),
    field(
        "printed_in_house",
        "imprime_par_nos_soins",
        Shape::Value,
        "",
        "true si vous imprimez vous-mêmes, sinon false.",
    ),
    field(
        "information",
        "information",
        Shape::Value,
        "",
        "true pour une réunion d'information, false pour une fête ou une manifestation.",
    ),
    field(
        "lines",
        "lignes",
        Shape::Rows(LINE),
        "",
        "Les autres lignes, une par ligne. partie : \"programme\", \"tarifs\", \"pratique\" ou \"contact\".\nrang : 0 ou 1 reste toujours ; plus il est grand, plus tôt la ligne part faute de place.",
    ),
];

const LINE: &[Field] = &[
    field(
        "block",
        "partie",
        Shape::Choice(&[
            ("programme", "programme"),
            ("prices", "tarifs"),
            ("practical", "pratique"),
            ("contact", "contact"),
        ]),
        "",
        "",
    ),
    field("rank", "rang", Shape::Value, "", ""),
    field("text", "texte", Shape::Required, "", ""),
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::task::poster::record::{BlockKind, Line};

    fn any_poster() -> impl Strategy<Value = Poster> {
        let text = || proptest::option::of("[ -~éàœ€«»\"\\\\\n]{0,30}");
        let block = prop::sample::select(vec![
            BlockKind::Programme,
            BlockKind::Prices,
            BlockKind::Practical,
            BlockKind::Contact,
        ]);
        let line = (block, 0_u8..6, "[ -~éà€]{0,30}").prop_map(|(block, rank, text)| Line {
            block,
            rank,
            text,
            span: 0..0,
        });
        let lines = proptest::collection::vec(line, 0..5);
        let others = || proptest::collection::vec("[ -~éàœ\"\\\\\n]{0,20}", 0..3);
        let heads = (text(), text(), text(), text(), text(), text());
        (heads, others(), others(), lines, any::<(bool, bool)>()).prop_map(
            |(heads, other_titles, other_invitations, lines, (printed_in_house, information))| {
                let (title, invitation, date, hours, place, organiser) = heads;
                Poster {
                    title,
                    other_titles,
                    invitation,
                    other_invitations,
                    date,
                    hours,
                    place,
                    lines,
                    organiser,
                    printed_in_house,
                    information,
                }
            },
        )
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(poster in any_poster()) {
            let file = write(&serde_json::to_value(&poster).unwrap());
            prop_assert_eq!(read(&file), Ok(poster), "{}", file);
        }
    }

    #[test]
    fn a_slip_is_said_with_its_line() {
        let fault = read("titre = \"Loto\"\nlieux = \"salle\"\n").unwrap_err();
        assert_eq!(fault.line, 2);
        assert!(fault.reason.contains("« lieu »"), "{}", fault.reason);
        let fault = read("lignes = [\n  { partie = \"prix\", rang = 1, texte = \"3 €\" },\n]\n");
        assert!(fault.unwrap_err().reason.contains("\"tarifs\""));
        let fault = read("lignes = [\n  { partie = \"tarifs\", rang = 1 },\n]\n").unwrap_err();
        assert!(fault.reason.contains("texte"), "{}", fault.reason);
    }
}
