use super::*;
use crate::office::Membre;
use crate::task::minutes::record::{Attendance, Item, Kind};

fn office() -> Office {
    let mut office = Office::default();
    office.conseil.membres = ["Odile BRUNHELLE", "Marc-Antoine CASTILLET", "Gérald MAZUREIL"]
        .map(|nom| Membre { nom: nom.into(), ..Membre::default() })
        .into();
    office.organisme.nom = Some("Valbrune-sur-Orle".into());
    office.organisme.adresse = Some("1 place du Lavoir".into());
    office.organisme.telephone = Some("04 65 71 00 10".into());
    office
}

fn meeting(clauses: &[&str]) -> Meeting {
    let clauses = clauses.iter().map(|c| (*c).to_owned()).collect();
    Meeting {
        attendance: Attendance {
            present: vec!["Sabine Rostagnou".into()],
            ..Attendance::default()
        },
        items: vec![Item { title: "Voirie".into(), clauses, ..Item::default() }],
        ..Meeting::empty(Kind::Council)
    }
}

fn masked(text: &str) -> Masked {
    let notes = ["devis de l'entreprise Terravoie reçu", "le pont est fermé", "avis favorable"];
    let mask = Mask::new(&meeting(&notes), &office());
    mask.sentence(text, &mut Letters::default(), Ballot::Other)
}

fn check(table: &[(&str, &str)]) {
    for (text, expected) in table {
        assert_eq!(masked(text).text, *expected, "{text}");
    }
}

#[test]
fn persons_who_are_no_members_are_hidden() {
    check(&[
        ("Mme Lucie Tarvier demande un délai.", "Mme X demande un délai."),
        ("M. Dupond vend un terrain à Mme Durand.", "M. X vend un terrain à Mme Y."),
        ("M. Dupond et M. Dupond.", "M. X et M. X."),
        ("La famille Le Goff demande une clé.", "La famille X demande une clé."),
        ("Une clé est remise à Lucie Tarvier.", "Une clé est remise à une personne."),
        ("La demande de Lucie Tarvier est lue.", "La demande d’une personne est lue."),
        ("Rémi B. demande le prix.", "Une personne demande le prix."),
        ("C. Pinsardel demande le prix.", "Une personne demande le prix."),
        ("La clé est rendue par TARVIER Lucie.", "La clé est rendue par une personne."),
        ("La lettre de mme tarvier est lue.", "La lettre de mme X est lue."),
        ("Le Dr Morvan écrit au conseil.", "Le Dr X écrit au conseil."),
        ("Me Gouzien, notaire, a écrit.", "Me X, notaire, a écrit."),
        ("La lettre de Enzo et Manon est lue.", "La lettre de personnes est lue."),
        ("La réunion se tient chez Hélène.", "La réunion se tient au domicile d’une personne."),
    ]);
}

#[test]
fn a_namesake_of_a_member_is_somebody_else() {
    check(&[
        ("Mme Lucie Castillet demande un délai.", "Mme X demande un délai."),
        ("Lucie Castillet demande un délai.", "Une personne demande un délai."),
        ("Mme Odile Prigent demande un délai.", "Mme X demande un délai."),
        ("Odile Prigent demande un délai.", "Une personne demande un délai."),
        ("M. Castillet demande un délai.", "M. Castillet demande un délai."),
        ("Marc-Antoine Castillet demande un délai.", "Marc-Antoine Castillet demande un délai."),
    ]);
}

#[test]
fn members_bodies_and_places_keep_their_names() {
    for text in [
        "Odile BRUNHELLE présente le dossier.",
        "Sabine Rostagnou demande le coût.",
        "L’entreprise Bellanger est retenue pour 48750 € HT.",
        "Orle TP 27900 € HT et Gravibat 22980 € HT ont répondu.",
        "Couvertures Bellanger refait le toit.",
        "Le devis de Terravoie est retenu ; Terravoie commence en mai.",
        "L’association Les Bleuets reçoit 800 €.",
        "Le comité Jean Jaurès reçoit 800 €.",
        "La rue Jean Jaurès et le chemin des Fontaines sont refaits.",
        "Les travaux de la fibre passent à Saint-Pierre.",
        "La commune de Valbrune-sur-Orle adhère.",
        "Le repas de Noël et le bal du 14 juillet sont maintenus.",
        "La DETR et le CAUE sont sollicités.",
        "Abribus cassé place du Marché, plainte déposée à la gendarmerie.",
        "Monsieur le Préfet et Madame la Maire ont signé.",
        "La députée Mme Verlaine soutient le projet.",
        "La réunion a lieu à Corvaille le 5 mai.",
        "Le rendez-vous est à 9 h 30 place du Lavoir.",
        "Les habitants de la rue Haute demandent un banc.",
        "La mairie est au 1 place du Lavoir, 04 65 71 00 10.",
        "La maison de santé ouvre le 3 mai.",
        "La dette de la commune baisse de 12000 €.",
        "43 élèves sont attendus, contre 47.",
        "Gérald Mazureil est contre la hausse.",
    ] {
        let found = masked(text);
        assert_eq!(found.text, text);
        assert_eq!(found.hidden, [], "{text}");
    }
}

#[test]
fn a_name_that_nothing_explains_is_hidden_as_doubtful() {
    let found = masked("Le terrain de Kerdoncuff est vendu.");
    assert_eq!(found.text, "Le terrain de [nom masqué] est vendu.");
    assert_eq!(found.hidden, [(Why::Doubtful, "Kerdoncuff".to_owned())]);
    // What another text shows to be a person is one.
    let mask = Mask::new(&meeting(&["Mme Lucie Tarvier doit 720 €"]), &office());
    let found =
        mask.sentence("La dette de Tarvier est de 720 €.", &mut Letters::default(), Ballot::Other);
    assert_eq!(found.text, "La dette d’une personne est de 720 €.");
}

#[test]
fn addresses_and_contacts_are_hidden() {
    check(&[
        ("Le logement du 2 rue du Four est libre.", "Le logement du [adresse masquée] est libre."),
        ("Appeler le 06 12 34 56 78.", "Appeler le [téléphone masqué]."),
        ("Écrire à lucie@exemple.fr avant mai.", "Écrire à [courriel masqué] avant mai."),
        (
            "Un couple demeurant au hameau du Bas demande une clé.",
            "Un couple demeurant [adresse masquée] demande une clé.",
        ),
        (
            "Un couple domicilié rue du Four est reçu.",
            "Un couple domicilié [adresse masquée] est reçu.",
        ),
        ("La voiture AB-123-CD gêne le car.", "La voiture [donnée masquée] gêne le car."),
        (
            "Une personne née le 3 mai 1950 est inscrite.",
            "Une personne [donnée masquée] est inscrite.",
        ),
    ]);
}

#[test]
fn what_is_private_of_someone_is_left_out() {
    check(&[
        (
            "Mme Lucie Tarvier, hospitalisée, demande une remise de 240 €.",
            "Mme X demande une remise de 240 €.",
        ),
        ("Un locataire a 720 € d’impayés.", "Un locataire a 720 € d’impayés."),
        ("M. Dupond (en plein divorce) garde son terrain.", "M. X garde son terrain."),
        ("Gérald Mazureil est en arrêt maladie.", "Une situation individuelle est évoquée."),
        ("Un agent a reçu un blâme, son poste est ouvert.", "Son poste est ouvert."),
        ("Mme Durand est surendettée.", "Une situation individuelle est évoquée."),
    ]);
}

#[test]
fn who_voted_what_is_told_only_of_a_public_ballot() {
    let text = "Gérald Mazureil et Sabine Rostagnou votent contre.";
    check(&[
        (text, "Des membres du conseil votent contre."),
        ("Gérald Mazureil s’abstient.", "Un membre du conseil s’abstient."),
        (
            "Gérald Mazureil ne prend pas part au vote.",
            "Gérald Mazureil ne prend pas part au vote.",
        ),
        (
            "Abstention de Gérald Mazureil, faute de chiffres.",
            "Abstention d’un membre du conseil, faute de chiffres.",
        ),
    ]);
    let mask = Mask::new(&meeting(&[]), &office());
    let public = mask.sentence(text, &mut Letters::default(), Ballot::Public);
    assert_eq!(public.text, text);
}

#[test]
fn officers_of_an_association_keep_their_names() {
    let mut meeting = meeting(&["C. Pinsardel, trésorier, présente les comptes"]);
    meeting.kind = Kind::Association;
    let mask = Mask::new(&meeting, &Office::default());
    let told = |text: &str| mask.sentence(text, &mut Letters::default(), Ballot::Other).text;
    assert_eq!(
        told("Les élus sont Pinsardel et Rémi B."),
        "Les élus sont Pinsardel et une personne."
    );
    assert_eq!(told("Le trésorier Luc Aubin est élu."), "Le trésorier Luc Aubin est élu.");
}
