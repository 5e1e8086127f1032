mod hands;

use super::*;
use crate::engine::scripted::ScriptedEngine;
use crate::engine::{
    CancelToken, Completion, Engine, EngineError, Event, Hypothesis, Lattice, ModelInfo, Request,
    Search, Session, Wanted,
};
use crate::notes::Notes;
use crate::prompt::Prompts;
use crate::task::Trust;
use crate::task::testing::{self, check};

/// A model that finds these texts in a lattice, as far as it spells them, and counts its searches.
struct Searching {
    inner: ScriptedEngine<'static>,
    likes: &'static [&'static str],
    searches: usize,
}

impl Engine for Searching {
    fn model(&self) -> &ModelInfo {
        self.inner.model()
    }

    fn session(&mut self, _cancel: CancelToken) -> Box<dyn Session + '_> {
        Box::new(SearchingSession(self))
    }
}

struct SearchingSession<'a>(&'a mut Searching);

impl Session for SearchingSession<'_> {
    fn chat(
        &mut self,
        _request: &Request<'_>,
        _sink: &mut dyn FnMut(Event<'_>),
    ) -> Result<Completion, EngineError> {
        Err(EngineError::Failed("rien à écrire librement".into()))
    }

    fn search(
        &mut self,
        _request: &Request<'_>,
        lattice: &Lattice,
        _wanted: &Wanted<'_>,
    ) -> Result<Search, EngineError> {
        self.0.searches += 1;
        let found = self.0.likes.iter().filter(|text| lattice.spells(text)).map(|text| {
            Hypothesis { text: (*text).to_owned(), tokens: 4, given: 0, log_probability: -1.0 }
        });
        Ok(Search { hypotheses: found.collect(), tokens_in: 10 })
    }
}

/// The record that a model with such a taste brings, and how often it was asked.
fn chosen(notes: &str, likes: &'static [&'static str], trust: Trust) -> (Poster, Draft, usize) {
    let notes = Notes::from_text(notes).unwrap();
    let (office, prompts) = (Office::default(), Prompts::default());
    let inputs = Inputs { notes: &notes, office: &office, prompts: &prompts, seed: 1 };
    let mut engine = Searching { inner: ScriptedEngine::new(Vec::new()), likes, searches: 0 };
    let mut model = Model { engine: &mut engine, cancel: CancelToken::default(), trust };
    let draft = draft(&inputs, Room::Text, &mut model, &mut |_| {}).unwrap();
    let poster = serde_json::from_value(draft.record.clone()).unwrap();
    (poster, draft, engine.searches)
}

const TRUSTED: Trust = Trust { floor: -0.42, free: false };

const SCHOOL: &str = "affiche vide grenier école\ndimanche 6 juin 2027 8h-17h place du Marché\norganisé par les parents d'élèves, 2 rue Haute";

#[test]
fn the_model_chooses_title_and_invitation_among_what_the_notes_allow() {
    let likes: &[&str] = &[
        "Vide-grenier à Paris.",
        "Vide-grenier de l'école.",
        "Vide-grenier d'école.",
        "Les parents d'élèves vous invitent au vide-grenier de l'école.",
    ];
    let (poster, draft, searches) = chosen(SCHOOL, likes, TRUSTED);
    assert_eq!(poster.title.as_deref(), Some("Vide-grenier de l'école"));
    assert_eq!(poster.other_titles, ["Vide-grenier école", "Vide-grenier d'école"]);
    assert_eq!(
        poster.invitation.as_deref(),
        Some("Les parents d'élèves vous invitent au vide-grenier de l'école")
    );
    assert_eq!(poster.other_invitations.len(), 3, "{:?}", poster.other_invitations);
    assert_eq!(searches, 2);
    let told: Vec<&Finding> =
        draft.findings.iter().filter(|f| f.kind == FindingKind::Choice).collect();
    assert_eq!(told.len(), 1);
    check(
        &told[0].message,
        &["Autres titres possibles : « Vide-grenier école »", "autres accroches possibles : « "],
        &[],
    );
}

#[test]
fn a_model_without_a_floor_is_not_asked_and_the_notes_title_stays() {
    let (poster, _, searches) = chosen(SCHOOL, &["Vide-grenier d'école."], Trust::NONE);
    assert_eq!(poster.title.as_deref(), Some("Vide-grenier école"));
    assert_eq!(poster.other_titles, ["Vide-grenier de l'école"]);
    // The title lacks a word: what sentence it would make is not sure.
    assert_eq!((poster.invitation, searches), (None, 0));
}

#[test]
fn a_title_that_lacks_nothing_costs_no_call() {
    let notes = "affiche loto géant\nsamedi 5 juin 2027 20h salle des fêtes\norganisé par le foyer rural, 2 rue Haute";
    let (poster, draft, searches) = chosen(notes, &[], TRUSTED);
    assert_eq!(poster.title.as_deref(), Some("Loto géant"));
    assert!(poster.other_titles.is_empty());
    // The invitation alone; where the model finds none, the first of the list stands.
    assert_eq!(searches, 1);
    assert_eq!(poster.invitation.as_deref(), Some("Le foyer rural vous invite à son loto géant"));
    let text = crate::document::text::write(&draft.document);
    let place = |words: &str| text.find(words).unwrap();
    assert!(place("Loto") < place("vous invite") && place("vous invite") < place("5 juin"));
}

#[test]
fn the_invitation_takes_no_room_from_the_notes() {
    let lines: Vec<String> = (1..30).map(|n| format!("{n} € le panier garni numéro {n}")).collect();
    let notes = format!(
        "affiche loto\nsamedi 5 juin 2027 20h salle des fêtes\n{}\norganisé par le foyer rural, 2 rue Haute",
        lines.join("\n")
    );
    let (poster, draft, searches) = chosen(&notes, &[], TRUSTED);
    assert_eq!((poster.invitation, searches), (None, 0));
    assert!(draft.findings.iter().all(|f| f.kind != FindingKind::Choice));
}

#[test]
fn praise_in_a_title_is_told_and_goes() {
    let (text, findings) =
        drafted("affiche le plus grand loto exceptionnel de la région\nsamedi 5 juin 2027");
    check(&text, &["# Loto de la région"], &["plus grand", "exceptionnel"]);
    check(&findings, &["plus grand loto"], &[]);
}

fn drafted(notes: &str) -> (String, String) {
    testing::drafted(notes, &|inputs, model, sink| draft(inputs, Room::Text, model, sink))
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
        testing::drafted(&notes, &move |inputs, model, sink| draft(inputs, room, model, sink))
            .0
            .lines()
            .filter(|line| programme.iter().any(|what| line.contains(what)))
            .count()
    };
    assert_eq!(count(Room::Text), 6);
    assert_eq!(count(Room::Sheet), 7);
}

#[test]
fn notes_under_headings_are_read_as_others_are() {
    let (text, findings) = drafted(
        "QUOI : bourse aux livres\nQUAND : dimanche 21 mars 2027, 9h à 13h\nOÙ : salle du Beffroi\nQUI : le foyer rural, 2 rue Haute\nCOMBIEN : entrée libre\nhoraires : finalement jusqu'à 14h",
    );
    check(
        &text,
        &[
            "# Bourse aux livres",
            "21 mars 2027, de 9 h à 14 h",
            "Salle du Beffroi",
            "Foyer rural, 2 rue Haute",
            "Entrée libre",
        ],
        &["13 h", "QUOI", "Quand", "Combien", "COMPLÉTER"],
    );
    check(&findings, &["14 h au lieu de 13 h"], &[]);
}

#[test]
fn a_notice_says_where_it_is_in_its_title() {
    let (text, findings) = drafted(
        "coupure d'eau rue du Puits\nmardi 9 février 2027 de 8h30 à 12h\naffichée par la mairie, 1 rue Haute",
    );
    check(
        &text,
        &["# Coupure d'eau\n", "La mairie vous informe d'une coupure d'eau\n", "**Rue du Puits"],
        &["COMPLÉTER : lieu", "invite"],
    );
    check(&findings, &[], &["lieu"]);
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

#[test]
fn an_event_of_several_days_needs_no_hour_of_its_own() {
    let (_, findings) = drafted(
        "affiche salon du livre\nsam 12 et dim 13 juin 2027, halle de Trévol\nsam 12 : dédicaces 10h-18h, 2 €\ndim 13 : lectures 14h-17h, 2 €\norganisé par le foyer rural, 2 rue Haute",
    );
    check(&findings, &[], &["À compléter : heure"]);
    let (_, findings) = drafted(
        "affiche salon du livre\n12 juin 2027, halle de Trévol\norganisé par le foyer rural, 2 rue Haute",
    );
    check(&findings, &["À compléter : heure"], &[]);
}

/// The record of notes, by rule.
fn record_of(notes: &str) -> (Poster, Vec<Finding>) {
    let notes = Notes::from_text(notes).unwrap();
    read::read(&prepared(&notes), &Office::default())
}

#[test]
fn capitals_tables_and_one_breath_give_the_same_fields() {
    for (notes, title, date, place) in [
        (
            "AFFICHE CONFERENCE\nTITRE : LES FOURS A CHAUX\nSOUS-TITRE : CENT ANS DE FUMEE\nPAR ODILE FERMONT, GEOLOGUE\nSAMEDI 5 JUIN 2027 A 20H\nLIEU : SALLE RAMEAU\nHORAIRE CONFERENCE CHANGE (CAR EN RETARD) : 20H30",
            "Conférence : les fours à chaux",
            "samedi 5 juin 2027",
            "Salle rameau",
        ),
        (
            "Troc de plantes\nquoi\tquand\thoraires\ndépôt\tve 4.06.27\t17.00-19.00\ntroc\tsa 5.06.27\t9.00-12.00\nlieu : salle Rameau",
            "Troc de plantes",
            "vendredi 4 et samedi 5 juin 2027",
            "salle Rameau",
        ),
        (
            "pour l'affiche du loto des jeunes alors c'est à la salle Rameau, samedi 5 juin 2027 à 20h, l'accueil c'est 19h et les jeux commencent à 20h30, carton 4 €, crêpes, café et jus, on réserve au 05 61 00 11 22 avant le 1er juin",
            "Loto des jeunes",
            "samedi 5 juin 2027",
            "salle Rameau",
        ),
    ] {
        let (poster, _) = record_of(notes);
        assert_eq!(poster.title.as_deref(), Some(title));
        assert_eq!(poster.date.as_deref(), Some(date), "{title}");
        let told = poster.place.as_deref().map(str::to_lowercase);
        assert_eq!(told, Some(place.to_lowercase()), "{title}");
    }
}

#[test]
fn a_notice_typed_on_a_phone_keeps_who_passes_and_its_order() {
    let (poster, _) = record_of(
        "avis a afficher fermeture de la rue basse\ncommune de trevol arrete 2027-09\nferme du lundi 7 juin au vendredi 11 juin 2027 jour et nuit\ncamions plus de 7,5 t par la rd 12\npietons ca passe par la cour\nhoraires en gros et le plan en dessous",
    );
    assert_eq!(poster.date.as_deref(), Some("du lundi 7 juin au vendredi 11 juin 2027"));
    let lines: Vec<&str> = poster.lines.iter().map(|line| line.text.as_str()).collect();
    assert!(lines.contains(&"Arrêté n° 2027-09"), "{lines:?}");
    assert!(lines.contains(&"Camions plus de 7,5 t par la RD 12"), "{lines:?}");
    assert!(lines.contains(&"Piétons ça passe par la cour"), "{lines:?}");
    assert_eq!(poster.hours.as_deref(), Some("jour et nuit"));
    assert!(!lines.iter().any(|line| line.contains("dessous")), "{lines:?}");
}

#[test]
fn a_sum_that_does_not_come_out_is_not_printed() {
    let (poster, draft, _) = chosen(
        "affiche tournoi\nsamedi 5 juin 2027 à 9h\n30 € par trio, soit 9 € par joueur\nsalle Rameau",
        &[],
        Trust::NONE,
    );
    let lines: Vec<&str> = poster.lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(lines, ["30 € par trio"]);
    assert!(draft.findings.iter().any(|finding| finding.kind == FindingKind::Sum));
}
