use super::*;
use crate::office::Membre;

fn roster() -> Roster {
    let members: Vec<Membre> = ["Ada VERNIER", "Luc TALMONT", "Ève OSTIN"]
        .map(|nom| Membre { nom: nom.into(), ..Membre::default() })
        .into();
    Roster::new(&members)
}

/// « 10/2/1 » with « U » for unanimity, « + » for the rest in favour, « A » or « R » for a result.
fn told(line: &str) -> String {
    let Some((vote, _)) = find(line, &roster()) else { return "none".into() };
    let show = |n: Option<u32>| n.map_or("-".to_owned(), |n| n.to_string());
    let mut out = [vote.in_favour, vote.against, vote.abstentions].map(show).join("/");
    for (mark, on) in [
        ("U", vote.unanimous),
        ("+", vote.rest_in_favour),
        ("A", vote.result == Some(true)),
        ("R", vote.result == Some(false)),
        ("C", vote.casting),
    ] {
        if on {
            out.push_str(mark);
        }
    }
    if vote.others > 0 {
        out.push_str(&format!("?{}", vote.others));
    }
    if let Some(blank) = vote.blank {
        out.push_str(&format!("b{blank}"));
    }
    out
}

fn check(table: &[(&str, &str)]) {
    for (line, expected) in table {
        assert_eq!(told(line), *expected, "{line}");
    }
}

#[test]
fn ballots_are_read_in_other_words() {
    check(&[
        ("7 oui 6 non 1 blanc", "7/6/-b1"),
        ("oui : 7, non : 6", "7/6/-"),
        ("39 oui", "39/-/-"),
        ("quitus : idem 30 / 3 abst.", "30/-/3"),
        ("Le loyer baisse. 12 oui, 3 abst.", "12/-/3"),
        ("oui 31, non 6, abst. 2", "31/6/2"),
        ("24 oui, 13 non, 2 abst.", "24/13/2"),
        ("vote : 9 oui et 1 blanc", "9/-/-b1"),
        ("5 pour, 7 contre, 1 abst. → NON", "5/7/1R"),
        ("unanimité (33)", "33/-/-U"),
        ("3 oui de la commission", "none"),
        ("P/C/A  7/1/2", "7/1/2"),
        ("pour/contre/abst : 7/1/2", "7/1/2"),
        ("main levée 5 pour 5 contre, le maire est pour donc ça passe", "5/5/-AC"),
        ("6 pour 5 contre, le maire est pour donc content", "6/5/-"),
        ("ok tous", "-/-/-U"),
        ("vote pour l'achat d'une tondeuse, tout le monde ok", "-/-/-U"),
        ("tout le monde est d'accord pour la tondeuse", "none"),
    ]);
    let line = "main levée 5 pour 5 contre, la maire est contre donc rejeté";
    let (_, span) = find(line, &roster()).unwrap();
    assert_eq!(without(line, &span), "");
}

#[test]
fn counts_are_read_as_people_type_them() {
    check(&[
        ("10 pour 2 contre (A B) 1 abst (moi)", "10/2/1"),
        ("RAS, 12 pour", "12/-/-"),
        ("10 P 1 A", "10/-/1"),
        ("10P 2C 1A", "10/2/1"),
        ("P : 10 C : 2 A : 1", "10/2/1"),
        ("P10 C2 A1", "10/2/1"),
        ("P=10, C=2, A=1", "10/2/1"),
        ("pour 10 contre 2 abst 1", "10/2/1"),
        ("Pour : 10 - Contre : 2 - Abst. : 1", "10/2/1"),
        ("Pour 10, Contre 2, Abst 1", "10/2/1"),
        ("vote : pour 9, contre 0, abstention 2", "9/0/2"),
        ("vote 10/2/1", "10/2/1"),
        ("adopté (10/2/1)", "10/2/1A"),
        ("10/2/1", "10/2/1"),
        ("7 P / 3 C / 1 A", "7/3/1"),
        ("-> 11 P", "11/-/-"),
        ("quitus : 36 pour 0 contre 2 abst", "36/0/2"),
        ("8 voix pour, 3 contre", "8/3/-"),
        ("dix voix pour, une contre", "10/1/-"),
        ("12 pour, pas de contre, aucune abstention", "12/0/0"),
        ("adopté par 10 voix contre 2", "10/2/-A"),
        ("adopté par 10 voix contre 2 et 1 abstention", "10/2/1A"),
        ("8 pour ok", "8/-/-"),
        ("13 votants, 10 pour 3 contre", "10/3/-"),
        ("Votants 13 Pour 13 Contre 0 Abstention 0", "13/0/0"),
        ("Votants : 13. Pour : 9. Contre : 3 (Ostin). Abstention : 1", "9/3/1"),
        ("7 pour 1 contre 1 abstention", "7/1/1"),
    ]);
}

#[test]
fn unanimity_has_many_names() {
    check(&[
        ("adopté à l'unanimité", "-/-/-UA"),
        ("adopte a l unanimite", "-/-/-UA"),
        ("unan.", "-/-/-U"),
        ("UN", "-/-/-U"),
        ("vote : UN", "-/-/-U"),
        ("vote UN.", "-/-/-U"),
        ("tous pour", "-/-/-U"),
        ("pour : tous", "-/-/-U"),
        ("vote unanime", "-/-/-U"),
        ("à l’unanimité des membres présents", "-/-/-U"),
        ("13 pour unanimité", "13/-/-U"),
        ("on achète, tout le monde est d accord, vote", "-/-/-U"),
    ]);
}

#[test]
fn exceptions_leave_the_others_in_favour() {
    check(&[
        ("adopté moins 1 abst (Ostin)", "-/-/1+A"),
        ("unanimité moins 2 abstentions", "-/-/2+"),
        ("unanimité moins une voix contre", "-/1/-+"),
        ("unanimité moins une voix", "-/-/-+?1"),
        ("unan - 1 contre", "-/1/-+"),
        ("tous pour sauf Ostin", "-/-/-+?1"),
        ("tous pour sauf Ostin (contre)", "-/1/-+"),
        ("tous pour sauf Ostin et Talmont qui s'abstiennent", "-/-/2+"),
        ("tous pour sauf 2 abst", "-/-/2+"),
        ("2 contre, les autres pour", "-/2/-+"),
        ("1 abst, le reste pour", "-/-/1+"),
        ("à l'unanimité, 2 abst", "-/-/2+"),
        ("adopté, 1 abst", "-/-/1+A"),
    ]);
}

#[test]
fn results_are_read_with_or_without_counts() {
    check(&[
        ("rejeté 4 pour 8 contre", "4/8/-R"),
        ("4 pour 8 contre -> rejeté", "4/8/-R"),
        ("13 pour 9 contre -> adopté", "13/9/-A"),
        ("rejeté", "-/-/-R"),
        ("-> adopté", "-/-/-A"),
        ("approuvé à la majorité", "-/-/-A"),
        ("la proposition est rejetée", "-/-/-R"),
        ("rejeté par 8 voix contre 4", "4/8/-R"),
        ("6 pour 6 contre, voix prépondérante du maire (pour)", "6/6/-AC"),
        ("6 pour 6 contre, voix prépondérante du maire -> adopté", "6/6/-AC"),
        ("6 pour 6 contre, voix prépondérante du maire", "6/6/-C"),
        ("5 pour, 5 contre, sa voix l'emporte, adopté", "5/5/-AC"),
        ("unanimité des huit votants", "-/-/-U"),
        ("il envoie le plan à tout le monde pour le 3 mai", "none"),
        ("tout le monde pour", "-/-/-U"),
        ("12 bulletins : 8 pour 3 contre 1 blanc", "8/3/-b1"),
    ]);
}

#[test]
fn other_lines_hold_no_vote() {
    for line in [
        "rentrée : 43 élèves contre 47",
        "3 pour la cantine du soir",
        "une personne est contre",
        "devis accepté par le syndicat en mai",
        "2 devis pour 300 €",
        "réunion le 12/03/26",
        "Ostin contre la hausse",
        "prix 3,10 pour les enfants",
        "UN devis reçu",
        "lampes à 5/10/15 W",
        "subvention refusée par la région l'an dernier",
    ] {
        assert_eq!(told(line), "none", "{line}");
    }
}

#[test]
fn the_rest_of_the_line_is_kept() {
    let table = [
        ("13 pour 1 contre", ""),
        ("prix adopté. 10 pour 2 contre. retour à 22h", "prix adopté. retour à 22h"),
        ("vote unanimité", ""),
        ("vote pas. unanimité. il revient 21h45", "vote pas. il revient 21h45"),
        ("La motion recueille 6 voix pour et 6 voix contre.", ""),
        ("Le compte est adopté par 10 voix pour et 1 abstention.", "Le compte est adopté"),
        ("Le PV du 3 mai est approuvé à l'unanimité.", "Le PV du 3 mai est approuvé"),
        ("devis retenu -> 11 P", "devis retenu"),
        ("13 pour 9 contre -> adopté", ""),
        ("tarif voté : 10 pour 2 contre (Ostin Talmont)", "tarif"),
    ];
    for (line, expected) in table {
        let (_, span) = find(line, &roster()).unwrap();
        assert_eq!(without(line, &span), expected, "{line}");
    }
}

#[test]
fn names_are_counted_when_the_notes_give_them() {
    let (vote, _) = find("contre : Vernier (+Talmont). abst : Ostin", &roster()).unwrap();
    assert_eq!((vote.in_favour, vote.against, vote.abstentions), (None, Some(2), Some(1)));
    for (line, expected) in [
        ("10 pour 2 contre (Vernier Talmont)", vec!["Ada VERNIER", "Luc TALMONT"]),
        ("10 pour 1 contre (Dupuy)", vec!["Dupuy"]),
        ("10 pour 1 contre (trop cher)", vec![]),
    ] {
        let (vote, _) = find(line, &roster()).unwrap();
        assert_eq!(vote.names.map(|n| n[1].clone()).unwrap_or_default(), expected, "{line}");
    }
}

#[test]
fn a_member_may_be_said_to_vote_alone() {
    for (clause, expected) in [
        ("Ostin s'abstient", Some(("Ève OSTIN", 2))),
        ("Talmont vote contre", Some(("Luc TALMONT", 1))),
        ("Vernier a voté pour", Some(("Ada VERNIER", 0))),
        ("Ostin contre la hausse", None),
        ("Ostin et Talmont votent", None),
    ] {
        let expected = expected.map(|(name, side)| (name.to_owned(), side));
        assert_eq!(voter(clause, &roster()), expected, "{clause}");
    }
}

#[test]
fn two_votes_of_one_item_are_told_apart() {
    let vote = |line: &str| find(line, &roster()).unwrap().0;
    for (first, second, expected) in [
        ("10 pour 2 contre", "9 pour 3 contre", true),
        ("unanimité", "10 pour 2 contre", true),
        ("unanimité", "unanimité", true),
        ("pour : Vernier", "contre : Ostin", false),
        ("10 pour", "2 contre, le reste pour", false),
        ("10 pour 2 contre", "10 pour 2 contre", false),
    ] {
        assert_eq!(conflict(&vote(first), &vote(second)), expected, "{first} | {second}");
    }
}

#[test]
fn small_letters_count_votes_when_they_have_two_sides() {
    for (line, expected) in [
        ("6 p 1 c 1 abs", "6/1/1"),
        ("vote 7 p 2 a", "7/-/2"),
        ("3 p de la cantine", "none"),
        ("majorité des 2/3 non atteinte, rejeté : 21 pour, 14 contre", "21/14/-R"),
    ] {
        assert_eq!(told(line), expected, "{line}");
    }
}

#[test]
fn what_a_vote_leaves_behind_is_no_account() {
    for (line, expected) in [
        ("Les voix se répartissent ainsi : 13 pour, 12 contre", ""),
        ("9 bulletins, 1 nul, 7 voix pour la liste", "9 bulletins"),
        ("Quitus lui est donné par 24 voix pour, 1 contre", "Quitus lui est donné"),
        ("Voté à l'unanimité (7 voix).", ""),
    ] {
        let (_, span) = find(line, &roster()).unwrap();
        assert_eq!(without(line, &span), expected, "{line}");
    }
}
