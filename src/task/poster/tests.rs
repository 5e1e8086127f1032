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

proptest::proptest! {
    #[test]
    fn any_notes_give_a_draft(text in "[a-zéÀ0-9(){}:,;?!\"'’/+€% \n>-]{1,120}|\\PC{1,40}") {
        if Notes::from_text(&text).is_ok() {
            let _ = drafted(&text);
        }
    }
}
