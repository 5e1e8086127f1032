//! Posters of other hands: what each has to say, what it may not, and what is told of it.

use std::path::Path;

use super::*;
use crate::document::markdown;
use crate::prompt::Prompts;

const TOWN: &str = r#"[organisme]
nom = "Bréville-les-Saules"
nature = "commune"
code_postal = "00730"
adresse = "2 place de la Halle"
telephone = "03 61 91 22 40"
courriel = "mairie@breville.example"
"#;

const CLUB: &str = r#"[organisme]
nom = "Le Ruban bleu"
nature = "association"
adresse = "8 rue des Lilas, Merlaie"
code_postal = "00490"
telephone = "05 36 49 61 12"
courriel = "bonjour@rubanbleu.example"
"#;

/// One poster: its sheet and its notes, what it says, what it does not, what the findings tell.
type Row = (
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
    &'static [&'static str],
);

/// The most words that such a poster may have.
const MOST_WORDS: usize = 120;

#[test]
fn posters_of_other_hands_say_what_they_have_to() {
    for (sheet, notes, wanted, unwanted, told) in ROWS {
        let office = Office::parse(Path::new("fiche.toml"), sheet).unwrap();
        let (text, findings) = drafted_for(notes, &office);
        let first: String = notes.lines().take(1).collect();
        check(&text, wanted, unwanted);
        check(&findings, told, &[]);
        assert!(text.split_whitespace().count() <= MOST_WORDS, "{first}: {text}");
    }
}

fn drafted_for(notes: &str, office: &Office) -> (String, String) {
    let (notes, prompts) = (Notes::from_text(notes).unwrap(), Prompts::default());
    let inputs = Inputs { notes: &notes, office, prompts: &prompts, seed: 1 };
    let mut engine = Searching { inner: ScriptedEngine::new(Vec::new()), likes: &[], searches: 0 };
    let mut model =
        Model { engine: &mut engine, cancel: CancelToken::default(), trust: Trust::NONE };
    let draft = draft(&inputs, Room::Text, &mut model, &mut |_| {}).unwrap();
    let text = markdown::write(&draft.document);
    let text = text.replace(['\u{a0}', '\u{202f}'], " ").replace('’', "'").replace('–', "-");
    let findings: Vec<String> = draft.findings.into_iter().map(|f| f.message).collect();
    (text, findings.join("\n").replace('’', "'"))
}

const ROWS: &[Row] = &[
    // Capitals, marks before the lines, a place that moves with its street, a price and a number left open.
    (
        CLUB,
        "AFFICHE BAL FOLK ET SOUPE AU CHAUDRON - A3 VITRINES\n\
         >> ORGA : LE RUBAN BLEU, 8 RUE DES LILAS, 00490 MERLAIE\n\
         >> SAMEDI 13 NOVEMBRE 2027 19H-1H\n\
         >> SALLE DES FÊTES\n\
         !! NON, TOITURE EN TRAVAUX => GRANGE DU PRIEURÉ, CHEMIN DES MOINES\n\
         18H30 ATELIER DANSE POUR DÉBUTANTS\n\
         20H SOUPE, APPORTER SON BOL ET SA CUILLÈRE\n\
         21H BAL AVEC LES SABOTS VOLANTS\n\
         ENTRÉE 7 €, GRATUIT MOINS DE 12 ANS\n\
         SOUPE 3 OU 4 €, À VOIR AVEC YVETTE\n\
         RÉSERVATION : bonjour@rubanbleu.example\n\
         YVETTE 06 39 98 44 10 (PAS DEMANDÉ SI ON PEUT METTRE SON NUMÉRO)\n\
         ON FERME À MINUIT FINALEMENT, PAS 1H, LE MAIRE VEUT PAS\n\
         PAS DE CHIENS\n\
         ACCÈS FAUTEUIL PAR LE CHEMIN DU HAUT\n\
         GASTON AMÈNE LA SONO\n\
         L'AN DERNIER LES GARS DE COURZY ÉTAIENT BOURRÉS, ON N'EN PARLE PAS\n\
         METTRE LE BAL LE PLUS FOU DU CANTON\n\
         IMPRIMÉ PAR NOUS",
        &[
            "# Bal folk et soupe au chaudron",
            "Samedi 13 novembre 2027, de 19 h à minuit",
            "Grange du prieuré, chemin des Moines",
            "18 h 30 atelier danse",
            "20 h soupe, apporter son bol",
            "Soupe : [À COMPLÉTER : tarif]",
            "par le chemin du Haut",
            "bonjour@rubanbleu.example",
            "Le Ruban bleu, 8 rue des Lilas",
        ],
        &["alle des fêtes", "toiture", "06 39", "aston", "Courzy", "plus fou", "vette", " 1 h"],
        &["3 ou 4 €", "06 39 98 44 10", "salle des fêtes"],
    ),
    // A plan of headings, days with their themes, words to avoid, the mail of the sheet.
    (
        TOWN,
        "1) Titre\n\
         2) Dates\n\
         3) Lieu\n\
         4) Tarif, inscriptions\n\
         \n\
         cycle de conférences de la bibliothèque, proposé par la commune\n\
         les mercredis à 18:30\n\
         6 oct. 2027 = les abeilles sauvages, par Colin Tavernel / 13 oct. = les haies du plateau\n\
         20 oct. = la rivière (film + débat) / sam. 27 oct. = soigner son sol\n\
         bibliothèque, 4 rue du Cloître, 2e étage, ascenseur\n\
         entrée libre, 60 places\n\
         titre genre \"Les mercredis du vivant\"\n\
         s'inscrire par mail mairie ou au tél de la mairie\n\
         on prête des coussins, on peut apporter sa chaise\n\
         Solène dit 45 places max en fait, sécurité\n\
         covoiturage : peut-être, Paul doit voir\n\
         ne pas écrire « écolo » ni « gratuit », mettre ouvert à tous\n\
         grâce au soutien de la majorité municipale -> non, enlever\n\
         logos commune + département",
        &[
            "# Les mercredis du vivant",
            "Mercredis 6, 13, 20 et 27 octobre 2027, à 18 h 30",
            "Bibliothèque, 4 rue du Cloître, 2e étage",
            "13 octobre : les haies du plateau",
            "27 octobre : soigner son sol",
            "Cycle de conférences",
            "45 places",
            "Ascenseur",
            "courriel mairie@breville.example ou au 03 61 91 22 40",
        ],
        &["Titre", "samedi 27", "60", "écolo", "covoiturage", "majorité", "olène", "genre"],
        &["mercredi", "covoiturage : peut-être, Paul doit voir"],
    ),
    // A table, one of its days and the room moved, a title that is a note.
    (
        CLUB,
        "Affiche stages de cirque des vacances (titre à trouver) - le Ruban bleu organise\n\
         Jour\tHoraire\tStage\tÀ prévoir\n\
         lun. 15/02/2027\t10:00-12:00\tjonglage\tpique-nique\n\
         mar. 16/02/2027\t10:00-12:00\téquilibre sur boule\tchaussons\n\
         jeu. 17/02/2027\t14:00-16:00\tacrobatie\ttenue souple\n\
         \n\
         Lieu\tgymnase des Tanneurs, 3 quai de la Seille, petite salle\n\
         Tarif\t12 € la séance, 30 € les trois\n\
         Âge\tde 7 à 12 ans\n\
         Inscription\tau numéro de l'asso avant le 8/02/2027\n\
         \n\
         Le jongleur a un rendez-vous le 15 : le jonglage passe au jeu. 18/02, même heure\n\
         Chauffage en panne dans la petite salle : on va dans la grande salle (vue avec le gardien)\n\
         Mme Ostrelin, 79 ans, a été cambriolée pendant le stage de l'an passé\n\
         Goûter le 19/02 ? la boulangère n'a pas répondu\n\
         Logos asso + ville ; imprimé au local ; A4",
        &[
            "# Stages de cirque des vacances\n",
            "Mardi 16 février, de 10 h à 12 h : équilibre sur boule, chaussons",
            "Jeudi 18 février, de 10 h à 12 h : jonglage",
            "17 février, de 14 h à 16 h : acrobatie",
            "Gymnase des Tanneurs, 3 quai de la Seille, grande salle",
            "Inscription : au 05 36 49 61 12 avant le 8 février 2027",
            "7 à 12 ans",
        ],
        &["15 février", "petite salle", "hauffage", "Ostrelin", "19 février", "jeudi 17", "Jour"],
        &["18 février 2027 au lieu de lundi 15 février", "Goûter le 19/02"],
    ),
    // A chat with its answers, a number taken back, an end that comes sooner.
    (
        CLUB,
        "[03/05 19:01] Lise : bon, l'affiche du vide-dressing ?\n\
         [03/05 19:02] Omar : oui ! c'est dimanche 20 juin 2027\n\
         [03/05 19:02] Omar : 10h-18h, cour de l'école\n\
         [03/05 19:05] Lise : la cour est prise par la kermesse\n\
         [03/05 19:06] Omar : ok donc FOYER RURAL, 5 rue du Lavoir\n\
         [03/05 19:08] Lise : portant 6 € en s'inscrivant avant le 11 juin\n\
         [03/05 19:09] Lise : chez Nadège 06 39 98 10 20\n\
         [03/05 19:10] Omar : non Nadège veut plus voir son portable sur les affiches, mettre celui de l'asso 05 36 49 61 12\n\
         [03/05 19:12] Omar : et on ferme à 17h, pas 18\n\
         [03/05 19:13] Lise : 👍 17h\n\
         [03/05 19:20] Omar : 11h défilé, 14h30 atelier couture avec Prisca, 16h tirage de la tombola\n\
         [03/05 19:22] Lise : atelier couture 5 € ou 8 ? faut voir\n\
         [03/05 19:25] Omar : essayage sur place, miroirs, gâteaux\n\
         [03/05 19:26] Lise : et mets \"le plus chic du coin\"\n\
         [03/05 19:27] Omar : non c'est faux\n\
         [03/05 19:30] Lise : si ça flotte on reste, c'est dedans\n\
         [03/05 19:31] Lise : bénévoles : installation samedi 19 à 16h\n\
         [03/05 19:33] Omar : sponsors en bas : mercerie Pluche\n\
         [03/05 19:34] Lise : en bas Le Ruban bleu, 8 rue des Lilas, 00490 Merlaie, imprimé par nos soins",
        &[
            "# Vide-dressing\n",
            "Dimanche 20 juin 2027, de 10 h à 17 h",
            "Foyer rural, 5 rue du Lavoir",
            "11 h défilé",
            "14 h 30 atelier couture avec Prisca",
            "16 h tirage de la tombola",
            "Portant 6 €",
            "05 36 49 61 12",
            "Le Ruban bleu, 8 rue des Lilas, 00490 Merlaie - Imprimé",
        ],
        &[
            "06 39",
            "adège",
            "18 h",
            "kermesse",
            "chic",
            "faux",
            "Bénévoles",
            "cour de l'école",
            "Oui",
            "Pluche",
            "8 ?",
        ],
        &["cour de l'école", "atelier couture 5 € ou 8"],
    ),
    // Courses with their hours and prices, a supplement, a gift not yet voted.
    (
        CLUB,
        "Cyclo des vendanges -- 12e édition -- affiche A4 boulangeries\n\
         >> sam 18 septembre 2027, place de la Halle\n\
         >> orga le Ruban bleu 8 rue des Lilas 00490 Merlaie\n\
         60 km départ 8h30 : 10 €\n\
         30 km départ 9h15 : 6 €\n\
         balade famille 12 km départ 10h gratuit\n\
         +2 € sur place\n\
         inscriptions jusqu'au mardi 14 sept : rubanbleu.example\n\
         contact bonjour@rubanbleu.example\n\
         le portable de Gilles : il ne veut pas qu'on le donne (06 39 98 33 21)\n\
         !! le grand circuit fait 65 km et non 60, pont fermé (vu le 3/04)\n\
         casque obligatoire, apporter une chambre à air\n\
         ravitaillement, douches, garage à vélos\n\
         repas 14 € sur réservation (saucisse, tarte)\n\
         50 centimes par inscrit pour les pompiers : le bureau vote lundi, pas sûr\n\
         se garer au pré Basset, fléché, pas devant l'école\n\
         pas écrire \"course\", mettre \"sortie\"\n\
         un cycliste est tombé l'an passé, Gilles veut qu'on mette \"à vos risques\" -> non\n\
         la plus belle sortie de la vallée\n\
         partenaires en bas : cave Montreuil\n\
         bénévoles : réunion jeudi 16 à 18h\n\
         imprimé par l'asso",
        &[
            "# Cyclo des vendanges\n",
            "65 km départ 8 h 30 : 10 €",
            "2 € de plus sur place",
            "Casque obligatoire, apporter une chambre à air",
            "Se garer au pré Basset",
            "Repas 14 €",
            "14 septembre : rubanbleu.example",
        ],
        &[
            "60 km",
            "06 39",
            "illes",
            "pompiers",
            "risques",
            "tombé",
            "plus belle",
            "éunion",
            "Montreuil",
            "boulangeries",
            "À COMPLÉTER",
        ],
        &["pour les pompiers : le bureau vote lundi, pas sûr", "06 39 98 33 21"],
    ),
    // A notice whose days move within their month.
    (
        TOWN,
        "avis à afficher : rue des Écoles barrée\n\
         -> du lundi 4 au vendredi 8 octobre 2027, jour et nuit\n\
         -> finalement du lundi 11 au vendredi 15, la machine n'est pas prête\n\
         arrêté 2027-41\n\
         réfection du trottoir par Terrasud\n\
         voitures : passer par la rue Haute et le chemin du Bief\n\
         camions interdits, déviation par la RD 14\n\
         piétons ok côté pair\n\
         car scolaire : arrêt déplacé place de la Halle, départ 7h35\n\
         poubelles à mettre au coin de la rue Haute le jeudi soir\n\
         pompiers prévenus\n\
         commerces ouverts\n\
         le bar râle, il dit qu'il va nous envoyer l'huissier\n\
         88 000 € HT, pas sur l'affiche\n\
         fin peut-être mercredi, ne pas le dire\n\
         un ouvrier s'est fait écraser le pied\n\
         questions : tél mairie\n\
         à coller le 27",
        &[
            "# Avis : rue des Écoles barrée",
            "Du lundi 11 au vendredi 15 octobre 2027, jour et nuit",
            "Rue des Écoles, Bréville",
            "rue Haute et le chemin du Bief",
            "RD 14",
            "départ 7 h 35",
            "Arrêté n° 2027-41",
            "Questions : 03 61 91 22 40",
        ],
        &["lundi 4", "machine", "râle", "huissier", "88", "mercredi", "ouvrier", "évenus"],
        &["vendredi 8 octobre"],
    ),
];
