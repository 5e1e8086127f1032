use super::*;
use crate::notes::Notes;
use crate::task::testing::{self, check};

fn drafted(notes: &str) -> (String, String) {
    testing::drafted(notes, &draft)
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
fn a_sheet_has_room_for_more_than_a_text() {
    let programme = ["vide-grenier", "messe", "jeux", "judo", "fanfare", "bal", "feu d'artifice"];
    let lines: Vec<String> =
        programme.iter().enumerate().map(|(n, what)| format!("{}h {what}", n + 10)).collect();
    let notes = format!(
        "affiche fête\nsamedi 6 juin 2026 de 10h à 23h, place du Marché\n{}",
        lines.join("\n")
    );
    let count = |room: Room| {
        testing::drafted(&notes, &move |inputs, _, _| Ok(draft_for(inputs, room)))
            .0
            .lines()
            .filter(|line| programme.iter().any(|what| line.contains(what)))
            .count()
    };
    assert_eq!(count(Room::Text), 6);
    assert_eq!(count(Room::Sheet), 7);
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

#[test]
fn a_new_date_takes_the_place_of_one_that_is_called_off() {
    let (text, findings) = drafted(
        "affiche concours / club de pétanque / Trévol\nsam 5 + dim 6 juin 2027 boulodrome du stade\n==> ANNULÉ terrain inondé. nouvelle date sam 12 et dim 13 juin même endroit\nsam doublettes / dim triplettes\naccueil 8h30 / jeu 9h\n12 e l'équipe, moins de 16 ans 6 e\ninscr jusqu'au lundi 2 juin tel Loulou 06 11 22 33 44\nloulou veut plus qu'on donne son tel, prendre celui du club 02 61 00 11 22",
    );
    check(
        &text,
        &[
            "# Concours de pétanque",
            "Samedi 12 et dimanche 13 juin 2027, à partir de 8 h 30",
            "Samedi : doublettes",
            "12 €",
            "6 €",
            "jusqu'au 2 juin",
            "02 61 00 11 22",
        ],
        &["samedi 5", "inondé", "lundi 2", "06 11", "Loulou"],
    );
    check(&findings, &["samedi 5 et dimanche 6 juin", "mercredi", "02 61 00 11 22"], &[]);
}

#[test]
fn a_notice_says_where_and_what_to_do() {
    let (text, findings) = drafted(
        "AVIS coupure de gaz, A4, à coller aux arbres\nmail de Luc hier soir\nmardi 8 juin 2027, coupé de 9h à 11h\nrues : Moulin, impasse du Puits que le côté impair, allée Verte (à confirmer, Luc dit non)\nremplacement du tuyau rue du Moulin\nconseils : fermer le robinet, ouvrir les fenêtres\nfuite : 02 61 00 00 00 jour et nuit\nportable de Luc 06 11 22 33 44 pour nous",
    );
    check(
        &text,
        &[
            "# Avis : coupure de gaz",
            "Rue du Moulin, impasse du Puits (côté impair uniquement), allée Verte (sous réserve)",
            "fermer le robinet",
            "02 61 00 00 00",
        ],
        &["Luc", "06 11", "arbres", "hier"],
    );
    check(&findings, &["allée Verte (à confirmer", "portable de Luc"], &[]);
}

#[test]
fn the_closing_hour_and_the_place_may_come_later() {
    let (text, findings) = drafted(
        "[02/04 18:02] Ines : on fait l'affiche de la bourse aux jouets\n[02/04 18:03] Ines : samedi 5 juin 2027\n[02/04 18:04] Paul : 9h-17h, place du Tertre\n[02/04 18:05] Ines : ok. donc SALLE DES SPORTS\n[02/04 18:06] Paul : et on ferme à 16h",
    );
    check(
        &text,
        &["# Bourse aux jouets", "de 9 h à 16 h", "Salle des sports"],
        &["17 h", "Tertre"],
    );
    check(&findings, &["17 h", "place du Tertre"], &[]);
}

proptest::proptest! {
    #[test]
    fn any_notes_give_a_draft(text in "[a-zéÀ0-9(){}:,;?!\"'’/+€% \n>-]{1,120}|\\PC{1,40}") {
        if Notes::from_text(&text).is_ok() {
            let _ = drafted(&text);
        }
    }
}
