//! Verbs of minutes: from the forms that people type or say to the infinitive that a list of
//! actions or decisions needs, and from « je » to the third person.
//!
//! Only forms that are certain are turned; for any other the caller keeps the words as they are.

/// The infinitive of a verb in the third person, present or future: « contacte », « enverra ».
pub fn infinitive(verb: &str) -> Option<String> {
    let verb = verb.to_lowercase();
    if let Some((_, infinitive)) = IRREGULAR.iter().find(|(form, _)| *form == verb) {
        return Some((*infinitive).to_owned());
    }
    if let Some(future) = verb.strip_suffix('a').filter(|f| f.len() > 3) {
        let regular = future.ends_with("er") || future.ends_with("ir");
        return if regular { Some(future.to_owned()) } else { future_in_re(future) };
    }
    let stem = verb.strip_suffix('e').filter(|s| s.chars().count() > 1)?;
    Some(format!("{}er", full_stem(stem)))
}

/// « mettr » gives « mettre ».
fn future_in_re(future: &str) -> Option<String> {
    ["dr", "tr", "pr", "vr"].iter().any(|end| future.ends_with(end)).then(|| format!("{future}e"))
}

/// The stem of the infinitive: « gèr » gives « gér », « achèt » « achet », « appell » « appel ».
fn full_stem(stem: &str) -> String {
    if stem.ends_with("appell") || stem.ends_with("jett") || stem.ends_with("épell") {
        return stem[..stem.len() - 1].to_owned();
    }
    for ending in ["oi", "ui"] {
        if let Some(start) = stem.strip_suffix(ending) {
            return format!("{start}{}y", &ending[..1]);
        }
    }
    let mut letters: Vec<char> = stem.chars().collect();
    let last = letters.len().saturating_sub(1);
    let near = letters.iter().rposition(|c| *c == 'è').filter(|at| at + 3 > last && *at < last);
    if let Some(at) = near {
        let mute = ["achèt", "mèn", "lèv", "pès", "achèv", "promèn", "sèm"];
        letters[at] = if mute.iter().any(|m| stem.ends_with(m)) { 'e' } else { 'é' };
    }
    letters.into_iter().collect()
}

/// The third person of a verb said with « je » or « tu »: « fais » gives « fait ».
pub fn third_person(verb: &str) -> String {
    let low = verb.to_lowercase();
    let irregular = match low.as_str() {
        "ai" | "as" => Some("a"),
        "suis" | "es" => Some("est"),
        "vais" | "vas" => Some("va"),
        "ouvres" => Some("ouvre"),
        _ => None,
    };
    if let Some(form) = irregular {
        return form.to_owned();
    }
    for (ending, third) in [
        ("rai", "ra"),
        ("ras", "ra"),
        ("es", "e"),
        ("ds", "d"),
        ("ts", "t"),
        ("cs", "c"),
        ("x", "t"),
        ("s", "t"),
    ] {
        if let Some(stem) = low.strip_suffix(ending) {
            return format!("{stem}{third}");
        }
    }
    low
}

/// Whether the word is an infinitive that a list of things to do may begin with.
pub fn is_infinitive(word: &str) -> bool {
    let low = word.to_lowercase();
    let known = IRREGULAR.iter().any(|(_, infinitive)| *infinitive == low);
    known
        || (crate::task::wording::begins_with_infinitive(&low)
            && (low.ends_with("er") || low.ends_with("ir"))
            && (!low.ends_with("oir") || OIR.contains(&low.as_str()))
            && (!low.ends_with("ier") || low.ends_with("fier") || IER.contains(&low.as_str()))
            && !NOUNS.contains(&low.as_str()))
}

/// Of the words in -oir most are nouns (« miroir », « tiroir »); these are verbs.
const OIR: [&str; 8] =
    ["voir", "revoir", "prévoir", "recevoir", "concevoir", "percevoir", "promouvoir", "asseoir"];

/// Of the words in -ier most are nouns (« artificier », « calendrier »); these are verbs.
const IER: [&str; 17] = [
    "étudier",
    "trier",
    "plier",
    "relier",
    "publier",
    "copier",
    "photocopier",
    "oublier",
    "remercier",
    "expédier",
    "dédier",
    "parier",
    "associer",
    "apprécier",
    "marier",
    "multiplier",
    "envier",
];

/// Nouns and adjectives that end like infinitives.
const NOUNS: [&str; 34] = [
    "premier",
    "dernier",
    "métier",
    "escalier",
    "panier",
    "cahier",
    "calendrier",
    "mobilier",
    "sentier",
    "particulier",
    "financier",
    "courrier",
    "papier",
    "atelier",
    "quartier",
    "hiver",
    "loisir",
    "plaisir",
    "avenir",
    "désir",
    "souvenir",
    "foyer",
    "loyer",
    "goûter",
    "dîner",
    "déjeuner",
    "fichier",
    "clavier",
    "passager",
    "boulanger",
    "étranger",
    "policier",
    "escalier",
    "trésorier",
];

/// Verbs of doing: a person before one of them, in the present, is given that to do.
pub(super) const ACTS: [&str; 82] = [
    "modifier",
    "redemander",
    "téléphoner",
    "contacter",
    "appeler",
    "rappeler",
    "relancer",
    "envoyer",
    "renvoyer",
    "écrire",
    "préparer",
    "rédiger",
    "faire",
    "réserver",
    "acheter",
    "commander",
    "imprimer",
    "récupérer",
    "vérifier",
    "gérer",
    "transmettre",
    "chercher",
    "organiser",
    "apporter",
    "rapporter",
    "amener",
    "prendre",
    "mettre",
    "voir",
    "demander",
    "établir",
    "installer",
    "monter",
    "démonter",
    "réparer",
    "nettoyer",
    "ranger",
    "poser",
    "distribuer",
    "coller",
    "diffuser",
    "publier",
    "inscrire",
    "inviter",
    "prévenir",
    "avertir",
    "informer",
    "négocier",
    "signer",
    "payer",
    "régler",
    "rembourser",
    "louer",
    "emprunter",
    "rendre",
    "finir",
    "terminer",
    "compléter",
    "remplir",
    "corriger",
    "relire",
    "actualiser",
    "chiffrer",
    "rencontrer",
    "visiter",
    "tenir",
    "fournir",
    "photographier",
    "dessiner",
    "déposer",
    "retirer",
    "consulter",
    "recontacter",
    "animer",
    "solliciter",
    "lancer",
    "suivre",
    "recevoir",
    "refaire",
    "retrouver",
    "recenser",
    "estimer",
];

/// Third person and infinitive of verbs that no rule turns.
const IRREGULAR: [(&str, &str); 80] = [
    ("recevra", "recevoir"),
    ("prenne", "prendre"),
    ("fasse", "faire"),
    ("mette", "mettre"),
    ("parte", "partir"),
    ("choisisse", "choisir"),
    ("fait", "faire"),
    ("refait", "refaire"),
    ("fera", "faire"),
    ("prend", "prendre"),
    ("reprend", "reprendre"),
    ("prendra", "prendre"),
    ("met", "mettre"),
    ("mettra", "mettre"),
    ("remet", "remettre"),
    ("transmet", "transmettre"),
    ("voit", "voir"),
    ("revoit", "revoir"),
    ("verra", "voir"),
    ("va", "aller"),
    ("ira", "aller"),
    ("écrit", "écrire"),
    ("inscrit", "inscrire"),
    ("lit", "lire"),
    ("relit", "relire"),
    ("dit", "dire"),
    ("tient", "tenir"),
    ("maintient", "maintenir"),
    ("retient", "retenir"),
    ("obtient", "obtenir"),
    ("vient", "venir"),
    ("revient", "revenir"),
    ("prévient", "prévenir"),
    ("choisit", "choisir"),
    ("fournit", "fournir"),
    ("finit", "finir"),
    ("établit", "établir"),
    ("remplit", "remplir"),
    ("saisit", "saisir"),
    ("réunit", "réunir"),
    ("avertit", "avertir"),
    ("agrandit", "agrandir"),
    ("élargit", "élargir"),
    ("réfléchit", "réfléchir"),
    ("construit", "construire"),
    ("produit", "produire"),
    ("conduit", "conduire"),
    ("reconduit", "reconduire"),
    ("réduit", "réduire"),
    ("suit", "suivre"),
    ("poursuit", "poursuivre"),
    ("rend", "rendre"),
    ("attend", "attendre"),
    ("vend", "vendre"),
    ("répond", "répondre"),
    ("part", "partir"),
    ("sort", "sortir"),
    ("ouvre", "ouvrir"),
    ("rouvre", "rouvrir"),
    ("offre", "offrir"),
    ("couvre", "couvrir"),
    ("reçoit", "recevoir"),
    ("peint", "peindre"),
    ("repeint", "repeindre"),
    ("sert", "servir"),
    ("accueille", "accueillir"),
    ("paie", "payer"),
    ("paye", "payer"),
    ("essaie", "essayer"),
    ("enverra", "envoyer"),
    ("renverra", "renvoyer"),
    ("souscrit", "souscrire"),
    ("soumet", "soumettre"),
    ("permet", "permettre"),
    ("joint", "joindre"),
    ("rejoint", "rejoindre"),
    ("convient", "convenir"),
    ("renonce", "renoncer"),
    ("opte", "opter"),
    ("recueille", "recueillir"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_become_infinitives() {
        let table = [
            ("contacte", "contacter"),
            ("appelle", "appeler"),
            ("rappelle", "rappeler"),
            ("envoie", "envoyer"),
            ("gère", "gérer"),
            ("achète", "acheter"),
            ("récupère", "récupérer"),
            ("installe", "installer"),
            ("contactera", "contacter"),
            ("enverra", "envoyer"),
            ("prend", "prendre"),
            ("prendra", "prendre"),
            ("prépare", "préparer"),
            ("vérifie", "vérifier"),
            ("complète", "compléter"),
            ("finira", "finir"),
            ("suit", "suivre"),
        ];
        for (verb, expected) in table {
            assert_eq!(infinitive(verb).as_deref(), Some(expected), "{verb}");
        }
        assert_eq!(infinitive("budget"), None);
    }

    #[test]
    fn what_is_said_with_je_or_tu_is_told_of_a_third_person() {
        let table = [
            ("ai", "a"),
            ("suis", "est"),
            ("propose", "propose"),
            ("appelles", "appelle"),
            ("fais", "fait"),
            ("peux", "peut"),
            ("prends", "prend"),
            ("mets", "met"),
            ("enverrai", "enverra"),
            ("voulais", "voulait"),
            ("vois", "voit"),
        ];
        for (verb, expected) in table {
            assert_eq!(third_person(verb), expected, "{verb}");
        }
    }

    #[test]
    fn nouns_are_no_infinitives() {
        for word in ["courrier", "calendrier", "budget", "loyer"] {
            assert!(!is_infinitive(word), "{word}");
        }
        for word in ["réserver", "voir", "faire", "prévenir", "mettre"] {
            assert!(is_infinitive(word), "{word}");
        }
    }
}
