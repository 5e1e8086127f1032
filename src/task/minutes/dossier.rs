//! The record of a meeting as a file: `greffier pv NOTES --dossier FILE` writes it, the secretary
//! corrects it, `greffier pv --depuis FILE` drafts from it.
//!
//! The file holds everything that the document states; the notes are not needed any more. What is
//! left out are places in the notes, and what the checks compute anew.

use serde_json::Value;

use super::record::Meeting;
use crate::task::dossier::{self, Fault, Field, Shape, field};

/// The record, as JSON carries it, as a file to be corrected.
pub fn write(record: &Value) -> String {
    dossier::write(PREFACE, record, MEETING)
}

/// Reads a corrected file.
///
/// # Errors
/// The first slip, with its line and what to write.
pub fn read(text: &str) -> Result<Meeting, Fault> {
    dossier::read(text, MEETING)
}

const PREFACE: &str = "\
Dossier de séance, écrit par Greffier d'après vos notes. Le document en est tiré mot pour mot.
Corrigez ce qui doit l'être, enregistrez, puis : greffier pv --depuis CE_FICHIER

Un texte s'écrit entre guillemets droits, sur une ligne : \"comme ceci\".
Une liste s'écrit entre crochets, avec une virgule après chaque élément.
Une ligne qui commence par # n'est pas lue. Pour donner un renseignement qui manque,
retirez le # devant sa ligne et remplacez l'exemple.
";

use Shape::{Choice, Computed, Required, Rows, Section, Sections, Value as Plain};

const MEETING: &[Field] = &[
    field(
        "kind",
        "type",
        Choice(&[("council", "conseil"), ("association", "association"), ("working", "reunion")]),
        "",
        "Sorte de réunion : \"conseil\", \"association\" ou \"reunion\".",
    ),
    field(
        "label",
        "nature",
        Plain,
        "\"Réunion du bureau\"",
        "Quelle réunion, en tête d'un compte rendu.",
    ),
    field("body", "organisme", Plain, "\"Nom de la commune\"", "La commune ou l'association."),
    field("departement", "departement", Plain, "\"Nom du département\"", "Département, en tête."),
    field("date", "date", Plain, "\"vendredi 18 septembre 2026\"", "Date de la séance."),
    field("place", "lieu", Plain, "\"salle du conseil\"", "Lieu."),
    field("opened", "ouverture", Plain, "\"20 h 30\"", "Heure d'ouverture."),
    field("closed", "fin", Plain, "\"22 h 40\"", "Heure de fin."),
    field(
        "convocation",
        "convocation",
        Plain,
        "\"le 11 septembre 2026, par courriel\"",
        "Date et mode de convocation, comme dans la phrase : « convoqué le 11 septembre 2026 ».",
    ),
    field("chair", "presidence", Plain, "\"Prénom NOM\"", "Qui préside."),
    field(
        "chair_title",
        "qualite_presidence",
        Plain,
        "\"La maire\"",
        "À quel titre signe la personne qui préside : \"La maire\", \"Le maire\".",
    ),
    field("secretary", "secretaire", Plain, "\"Prénom NOM\"", "Secrétaire de séance."),
    field(
        "assistants",
        "assistance",
        Plain,
        "",
        "Agents qui assistent le secrétaire de séance ; ils ne sont pas membres.",
    ),
    field("guests", "invites", Plain, "", "Personnes présentes sans droit de vote."),
    field(
        "session",
        "session",
        Plain,
        "\"extraordinaire\"",
        "Assemblée \"ordinaire\" ou \"extraordinaire\".",
    ),
    field(
        "majority",
        "majorite",
        Plain,
        "[2, 3]",
        "Majorité des statuts, en fraction des voix : deux tiers s'écrit [2, 3].",
    ),
    field(
        "majority_of_all",
        "majorite_des_presents",
        Plain,
        "true",
        "Cette majorité se compte sur tous les présents et représentés, abstentions comprises.",
    ),
    field(
        "second_notice",
        "seconde_convocation",
        Plain,
        "",
        "true si l'assemblée est convoquée une seconde fois, faute de quorum ; sinon false.",
    ),
    field(
        "remarks",
        "remarques",
        Plain,
        "",
        "Phrases d'avant le premier point, reprises telles quelles.",
    ),
    field("agenda", "ordre_du_jour", Plain, "", "Titres de l'ordre du jour, dans l'ordre."),
    field(
        "next_meeting",
        "prochaine_reunion",
        Plain,
        "\"vendredi 16 octobre à 20 h 30\"",
        "Prochaine réunion.",
    ),
    field(
        "decisions",
        "decisions",
        Rows(DECISION),
        "",
        "Décisions d'un compte rendu : { texte = \"La salle est louée.\", point = \"Fête\" },",
    ),
    field(
        "actions",
        "actions",
        Rows(ACTION),
        "",
        "Actions d'un compte rendu : { qui = \"Prénom\", quoi = \"relancer\", pour = \"15 octobre\" },",
    ),
    field(
        "open_points",
        "points_ouverts",
        Rows(DECISION),
        "",
        "Points laissés ouverts : { texte = \"La date reste à fixer.\", point = \"Fête\" },",
    ),
    field("attendance", "presences", Section(ATTENDANCE), "", ""),
    field(
        "items",
        "points",
        Sections("Point", ITEM),
        "",
        "Les points, dans l'ordre du document. Chaque point s'ouvre par [[points]].",
    ),
];

const ATTENDANCE: &[Field] = &[
    field(
        "in_office",
        "membres_en_exercice",
        Plain,
        "15",
        "Membres en exercice (conseil) ou à jour de cotisation (association).",
    ),
    field(
        "quorum",
        "quorum",
        Plain,
        "8",
        "Quorum. Pour un conseil il est recalculé d'après les membres en exercice.",
    ),
    field(
        "quorum_fraction",
        "fraction_quorum",
        Plain,
        "[1, 3]",
        "Quorum des statuts, en fraction des membres : un tiers s'écrit [1, 3].",
    ),
    field("present", "presents", Plain, "", "Présents à l'ouverture."),
    field(
        "present_count",
        "nombre_presents",
        Plain,
        "29",
        "Leur nombre, seulement si la liste n'est pas donnée.",
    ),
    field(
        "arrivals",
        "arrivees",
        Rows(ARRIVAL),
        "",
        "Arrivées en cours de séance, une par ligne :\n  { nom = \"Prénom NOM\", heure = \"20 h 50\", point = 2 },",
    ),
    field(
        "proxies",
        "pouvoirs",
        Rows(PROXY),
        "",
        "Pouvoirs, un par ligne : { de = \"le membre absent\", a = \"le membre présent\" },",
    ),
    field(
        "proxy_count",
        "nombre_pouvoirs",
        Plain,
        "9",
        "Leur nombre, seulement si la liste n'est pas donnée.",
    ),
    field(
        "without_vote",
        "presents_sans_vote",
        Plain,
        "2",
        "Combien des présents ne peuvent pas voter.",
    ),
    field(
        "departures",
        "departs",
        Rows(DEPARTURE),
        "",
        "Départs en cours de séance, un par ligne :\n  { nom = \"Prénom NOM\", heure = \"21 h 10\", point = 4, pouvoir_a = \"Prénom NOM\" },",
    ),
    field("excused", "excuses", Plain, "", "Absents excusés sans pouvoir."),
    field("absent", "absents", Plain, "", "Absents non excusés."),
    field("audience", "public", Plain, "\"6 personnes dans le public\"", "Le public."),
];

const DECISION: &[Field] =
    &[field("text", "texte", Required, "", ""), field("subject", "point", Plain, "", "")];

const ACTION: &[Field] = &[
    field("who", "qui", Plain, "", ""),
    field("what", "quoi", Required, "", ""),
    field("when", "pour", Plain, "", ""),
];

const DEPARTURE: &[Field] = &[
    field("name", "nom", Required, "", ""),
    field("hour", "heure", Plain, "", ""),
    field("item", "point", Plain, "", ""),
    field("holder", "pouvoir_a", Plain, "", ""),
];

const ARRIVAL: &[Field] = &[
    field("name", "nom", Required, "", ""),
    field("hour", "heure", Plain, "", ""),
    field("item", "point", Plain, "", ""),
];

const PROXY: &[Field] =
    &[field("giver", "de", Required, "", ""), field("holder", "a", Required, "", "")];

const ITEM: &[Field] = &[
    field("number", "numero", Plain, "1", "Numéro à l'ordre du jour."),
    field("title", "titre", Required, "", "Titre."),
    field("deliberation", "deliberation", Plain, "\"2026-41\"", "Numéro de la délibération."),
    field(
        "miscellaneous",
        "questions_diverses",
        Plain,
        "",
        "true pour les questions diverses, où rien ne se vote ; sinon false.",
    ),
    field(
        "treated",
        "rang",
        Plain,
        "1",
        "Rang dans la séance : il dit qui était arrivé quand le point est venu.",
    ),
    field(
        "clauses",
        "notes",
        Plain,
        "",
        "Ce que disent vos notes. N'est pas imprimé quand il y a une rédaction.",
    ),
    field(
        "account",
        "redaction",
        Plain,
        "",
        "Les phrases du document, gardées telles quelles. Pour qu'elles soient refaites d'après\n« notes », écrivez : redaction = []",
    ),
    field(
        "not_voting",
        "ne_votent_pas",
        Plain,
        "",
        "Membres qui n'ont pas pris part au vote de ce point.",
    ),
    field(
        "public_ballot",
        "scrutin_public",
        Plain,
        "",
        "true si le scrutin est public (les votants sont alors nommés), sinon false.",
    ),
    field(
        "secret_ballot",
        "scrutin_secret",
        Plain,
        "",
        "true si le scrutin est secret (personne n'est alors nommé), sinon false.",
    ),
    field(
        "chair",
        "presidence",
        Plain,
        "\"Prénom NOM\"",
        "Qui préside ce point, si ce n'est pas qui préside la séance.",
    ),
    field(
        "outcome",
        "suite",
        Choice(&[
            ("postponed", "reporté"),
            ("withdrawn", "retiré"),
            ("information", "information"),
        ]),
        "\"reporté\"",
        "Ce que le point est devenu sans vote : \"reporté\", \"retiré\" ou \"information\".",
    ),
    field(
        "quorum_lost",
        "presents_sans_quorum",
        Plain,
        "5",
        "Nombre de présents, si le quorum n'y était plus.",
    ),
    field(
        "parts",
        "votes_separes",
        Sections("Vote séparé", PART),
        "",
        "Votes séparés sur une partie du point, chacun avec son sujet.",
    ),
    field(
        "vote",
        "vote",
        Section(VOTE),
        "",
        "Le vote, s'il y en a eu un ; sans cette section, le point est une information.",
    ),
    field(
        "closed_session",
        "huis_clos",
        Section(CLOSED_SESSION),
        "",
        "Le huis clos, s'il y en a eu un pour ce point.",
    ),
];

const PART: &[Field] =
    &[field("subject", "sujet", Required, "", ""), field("vote", "vote", Section(VOTE), "", "")];

const VOTE: &[Field] = &[
    field("in_favour", "pour", Plain, "10", "Voix, pouvoirs compris."),
    field("against", "contre", Plain, "2", ""),
    field("abstentions", "abstentions", Plain, "1", ""),
    field("unanimous", "unanimite", Plain, "false", "true si le vote est unanime, sinon false."),
    field(
        "names",
        "votants",
        Plain,
        "[[\"Prénom NOM\"], [], []]",
        "Scrutin public seulement, trois listes : pour, contre, abstentions.",
    ),
    field("blank", "blancs_ou_nuls", Plain, "1", "Bulletins blancs ou nuls d'un scrutin secret."),
    field("result", "adopte", Plain, "true", "true ou false, quand les nombres ne le disent pas."),
    field(
        "casting",
        "voix_preponderante",
        Plain,
        "false",
        "true si la voix du président a départagé.",
    ),
    field("possible", "possible", Computed, "", ""),
];

const CLOSED_SESSION: &[Field] = &[
    field("requested_by", "demande_par", Plain, "\"Madame la Maire\"", "Qui l'a demandé."),
    field("unanimous", "unanimite", Plain, "true", "true si décidé à l'unanimité, sinon false."),
    field("public_left", "sortie_du_public", Plain, "\"22 h 05\"", "Heures du public."),
    field("public_back", "retour_du_public", Plain, "\"22 h 20\"", ""),
];

#[cfg(test)]
mod tests;
