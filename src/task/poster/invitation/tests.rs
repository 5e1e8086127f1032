use super::*;
use crate::office::Office;
use crate::task::poster::read;

fn invited(notes: &str) -> Vec<String> {
    let notes = Notes::from_text(notes).unwrap();
    let poster = read::read(&notes, &Office::default()).0;
    candidates(&poster, &notes, MAX_WORDS)
}

#[test]
fn sentences_are_filled_with_the_notes_words_and_agree() {
    let table: [(&str, &str, &[&str]); 11] = [
        (
            "affiche vide grenier\ndimanche 6 juin 2027 place du Marché\norganisé par le comité des fêtes, 3 rue Haute",
            "Le comité des fêtes vous invite à son vide-grenier",
            &[
                "Le comité des fêtes vous invite au vide-grenier",
                "Le comité des fêtes vous propose un vide-grenier",
                "Rendez-vous place du Marché le dimanche 6 juin pour le vide-grenier",
                "Vous êtes invités au vide-grenier",
            ],
        ),
        (
            "exposition de peinture\nsamedi 5 juin 2027\norganisé par les Pinceaux du lac",
            "Les Pinceaux du lac vous invitent à leur exposition de peinture",
            &["Les Pinceaux du lac vous proposent une exposition de peinture"],
        ),
        (
            "fête de l'école\norganisé par l'APEL",
            "L'APEL vous invite à la fête de l'école",
            &["Vous êtes invités à la fête de l'école"],
        ),
        (
            "portes ouvertes\norganisé par la médiathèque",
            "La médiathèque vous invite à ses portes ouvertes",
            &["La médiathèque vous invite aux portes ouvertes"],
        ),
        (
            "réunion publique sur l'eau\nmardi 5 janvier 2027 salle polyvalente\norganisé par mairie",
            "La mairie vous invite à une réunion publique sur l'eau",
            &[
                "Rendez-vous à la salle polyvalente le mardi 5 janvier pour la réunion publique sur l'eau",
            ],
        ),
        (
            "3e loto\norganisé par Corvelin Animation",
            "Corvelin Animation vous invite à son 3e loto",
            &["Corvelin Animation vous invite au 3e loto"],
        ),
        (
            "repas dansant\norganisé par le foyer rural\nvenez en famille",
            "Le foyer rural vous invite à son repas dansant",
            &["Le foyer rural vous attend en famille au repas dansant"],
        ),
        // The organiser's own words are not said twice.
        (
            "fête des pêcheurs\norganisé par les pêcheurs de Brame",
            "Vous êtes invités à la fête des pêcheurs",
            &[],
        ),
        // Two organisers: the verb's number would be a guess.
        ("kermesse\norganisé par l'école et la mairie", "Vous êtes invités à la kermesse", &[]),
        (
            "coupure d'eau rue Haute\nmardi 5 janvier 2027\norganisé par la mairie",
            "La mairie vous informe d'une coupure d'eau",
            &["La mairie vous informe de la coupure d'eau"],
        ),
        (
            "travaux de voirie\norganisé par la mairie",
            "La mairie vous informe de travaux de voirie",
            &["La mairie vous informe des travaux de voirie"],
        ),
    ];
    for (notes, first, also) in table {
        let found = invited(notes);
        assert_eq!(found.first().map(String::as_str), Some(first), "{notes}: {found:#?}");
        for text in also {
            assert!(found.iter().any(|f| f == text), "{notes}: « {text} » in {found:#?}");
        }
    }
}

#[test]
fn what_is_no_event_or_no_noun_phrase_has_no_invitation() {
    for notes in [
        "horaires de la mairie\norganisé par la mairie",
        "coupure d'eau rue Haute",
        "route barrée\norganisé par la mairie",
        "recherche bénévoles\norganisé par le comité des fêtes",
        // Something is missing between the nouns, and nobody filled the gap.
        "fête pompiers\norganisé par le comité des fêtes",
        "réunion publique ; l'eau\norganisé par la mairie",
        "repas et bal\norganisé par le comité des fêtes",
        "affiche",
    ] {
        assert_eq!(invited(notes), [""; 0], "{notes}");
    }
}

#[test]
fn nothing_is_praised_nor_made_up() {
    let notes = "affiche le plus beau loto de la région\nsamedi 5 juin 2027 salle des fêtes\nvenez nombreux, ambiance exceptionnelle\norganisé par le comité des fêtes";
    let found = invited(notes).join("\n").to_lowercase();
    assert!(found.contains("le comité des fêtes vous invite"), "{found}");
    for word in ["plus beau", "nombreux", "exceptionnel", "famille", "meilleur"] {
        assert!(!found.contains(word), "{found}");
    }
}

#[test]
fn a_line_that_says_what_the_record_no_longer_says_is_told() {
    let mut poster = Poster {
        title: Some("Loto".into()),
        date: Some("samedi 5 juin 2027".into()),
        place: Some("salle des fêtes".into()),
        organiser: Some("Comité des fêtes".into()),
        ..Poster::default()
    };
    for (text, fits) in [
        ("Le comité des fêtes vous invite à son loto", true),
        ("Rendez-vous à la salle des fêtes le samedi 5 juin pour le loto !", true),
        ("Venez danser et chanter", true),
        ("Rendez-vous le samedi 12 juin pour le loto", false),
        ("Rendez-vous place du Tilleul pour le loto", false),
    ] {
        poster.invitation = Some(text.into());
        assert_eq!(stale(&poster).is_none(), fits, "{text}: {:?}", stale(&poster));
    }
}
