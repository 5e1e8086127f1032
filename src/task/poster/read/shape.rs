//! The words of a line on the page: its block, how dear it is, plain words for those of the trade.

use std::sync::LazyLock;

use regex::Regex;

use super::fields::is_of_programme;
use crate::reading::date::{WEEKDAYS, weekdays_pattern};
use crate::reading::{Fact, facts, fold, pattern, remark, words};
use crate::task::poster::record::BlockKind;
use crate::task::wording;

/// « de 10 h à 18 h », « à 18 h 30 », « à partir de 9 h ».
pub(super) fn hours(text: &str) -> String {
    let found: Vec<String> = facts(text)
        .into_iter()
        .filter_map(|f| if let Fact::Hour(hour) = f.fact { Some(hour.to_french()) } else { None })
        .collect();
    words!(FROM, r"(?i)\b(?:partir de|d[èe]s)\s+\d{1,2}\s?[h:]");
    match found.as_slice() {
        [one] if FROM.is_match(text) => format!("à partir de {one}"),
        [one] => format!("à {one}"),
        [from, to] => format!("de {from} à {to}"),
        many => many.join(", "),
    }
}

/// « jusqu'à 14 h » leaves the hour at which it begins.
pub(super) fn until(told: &str, new: &str) -> Option<String> {
    let hour = |text: &str| {
        facts(text).into_iter().find_map(|found| match found.fact {
            Fact::Hour(hour) => Some(hour.to_french()),
            _ => None,
        })
    };
    let ends = new.to_lowercase().contains("jusqu");
    if ends { Some(format!("de {} à {}", hour(told)?, hour(new)?)) } else { None }
}

/// The hour at which the public is let in, when a line of the programme says it.
pub(super) fn opening_hour(line: &str) -> Option<String> {
    OPENING.is_match(line).then_some(())?;
    let hour = facts(line).into_iter().find_map(|f| match f.fact {
        Fact::Hour(hour) => Some(hour.to_french()),
        _ => None,
    })?;
    Some(format!("à partir de {hour}"))
}

/// What a line puts side by side: « sam doublettes / dim triplettes » is a line for each day.
pub(super) fn pieces(line: &str) -> Vec<String> {
    let parts: Vec<&str> = line.split(" / ").map(str::trim).filter(|p| !p.is_empty()).collect();
    if parts.len() > 1 && parts.iter().all(|part| DAY_FIRST.is_match(part)) {
        return parts.iter().map(|part| (*part).to_owned()).collect();
    }
    // « 11h défilé, 14h30 atelier »: every hour has its line.
    let bare = PROGRAMME.replace(line, "");
    let clauses = remark::clauses(&bare);
    if clauses.len() > 1 && clauses.iter().all(|clause| is_of_programme(clause)) {
        return clauses.iter().map(|clause| clause.trim().to_owned()).collect();
    }
    vec![parts.join(", ")]
}

/// Streets of a list as other lines name them: « Moulin » is « rue du Moulin » when the notes
/// speak of it.
pub(super) fn streets(list: &str, notes: &str) -> String {
    let named: Vec<String> = list
        .split(", ")
        .map(|item| {
            let item = SIDE.replace(item.trim(), " (côté ${side} uniquement)").into_owned();
            let bare = item.split(" (").next().unwrap_or(&item);
            if WAY.is_match(bare) || bare.is_empty() {
                return item;
            }
            let full = pattern(&format!(
                r"(?i)\b(?:rue|avenue|chemin|impasse|route|place|quai|boulevard|all[ée]e) (?:du |des |de la |de l['’]|de )?{}\b",
                regex::escape(bare)
            ));
            match full.find(notes) {
                Some(found) => item.replacen(bare, found.as_str(), 1),
                None => item,
            }
        })
        .collect();
    named.join(", ")
}

/// Which block a line belongs to, and how dear it is. On a notice, what to do is dear.
pub(super) fn block_of(text: &str, notice: bool) -> (BlockKind, u8) {
    let found = facts(text);
    let has = |test: fn(&Fact) -> bool| found.iter().any(|f| test(&f.fact));
    let contact = has(|f| matches!(f, Fact::Phone(_) | Fact::Email(_)));
    let date = has(|f| matches!(f, Fact::Date(_)));
    let timed = has(|f| matches!(f, Fact::Hour(_)));
    let price = has(|f| matches!(f, Fact::Amount(_)));
    // Who speaks or plays is what people come for.
    if (BY.is_match(text) || CAST.is_match(text)) && !contact && !price {
        let long = text.split_whitespace().count() > LONG_CAST;
        return (BlockKind::Programme, if long { 2 } else { 1 });
    }
    if RAIN.is_match(text) {
        return (BlockKind::Practical, if date { 1 } else { 2 });
    }
    if PRIZE.is_match(text) {
        return (BlockKind::Programme, 3);
    }
    // What a programme tells hour by hour stays together, whatever it costs.
    if is_of_programme(text) && !contact {
        return (BlockKind::Programme, 2);
    }
    if text.contains(OPEN_PRICE) {
        return (BlockKind::Prices, 1);
    }
    if price
        || (FREE.is_match(text)
            && (!timed || text.ends_with(", gratuit"))
            && !PARKING.is_match(text))
    {
        return (BlockKind::Prices, 1);
    }
    if DEADLINE.is_match(text) && (date || contact) {
        return (BlockKind::Contact, 1);
    }
    if contact && (BOOKING.is_match(text) || URGENT.is_match(text) || (notice && timed)) {
        return (BlockKind::Contact, 1);
    }
    if ACCESS.is_match(text) || OF_AGE.is_match(text) || REQUIRED.is_match(text) {
        return (BlockKind::Practical, 1);
    }
    // « 10 % des ventes pour l'école »
    if has(|f| matches!(f, Fact::Percent(_))) {
        return (BlockKind::Prices, 2);
    }
    if notice && CLOSED.is_match(text) {
        return (BlockKind::Programme, 1);
    }
    // Who passes and which way is what a notice of closed roads is for.
    if notice && ROADS.is_match(text) && !contact {
        let rank = if PREPARED.is_match(text) { 2 } else { 1 };
        return (BlockKind::Programme, rank);
    }
    if notice && (ADVICE.is_match(text) || SUBJECT.is_match(text)) {
        let block = if ADVICE.is_match(text) { BlockKind::Practical } else { BlockKind::Programme };
        return (block, 1);
    }
    if contact {
        // « contact : … » and nothing else is what people look for.
        let mut words = text.to_owned();
        found.iter().rev().for_each(|found| words.replace_range(found.span.clone(), "x"));
        let alone = CONTACT.is_match(text) && words.split_whitespace().count() <= 8;
        return (
            BlockKind::Contact,
            if alone {
                1
            } else if notice {
                2
            } else {
                3
            },
        );
    }
    if BOOKING.is_match(text) {
        return (BlockKind::Contact, 2);
    }
    // When the public has to be there.
    if timed && OPENING.is_match(text) {
        return (BlockKind::Programme, 1);
    }
    if FOOD.is_match(text) || PURPOSE.is_match(text) {
        return (BlockKind::Programme, 2);
    }
    if TO_BRING.is_match(text) {
        return (BlockKind::Practical, 2);
    }
    if ROOM_FOR.is_match(text) || SOLD_AT.is_match(text) {
        let sold = SOLD_AT.is_match(text);
        let block = if sold { BlockKind::Contact } else { BlockKind::Practical };
        let short = text.split_whitespace().count() <= 4;
        return (block, if sold || short { 1 } else { 2 });
    }
    if ON_SHOW.is_match(text) {
        let told = text.to_lowercase().starts_with("au programme");
        let long = text.split_whitespace().count() > LONG_CAST;
        return (BlockKind::Programme, if told && !long { 1 } else { 2 });
    }
    if EXHIBITORS.is_match(text) || ROOM_FOR.is_match(text) || (PRACTICAL.is_match(text) && !timed)
    {
        return (BlockKind::Practical, 3);
    }
    // Another day with its hour, or who plays: what people come for.
    if timed && (date || NAMED_ACT.is_match(text)) {
        return (BlockKind::Programme, 1);
    }
    if date || timed || WEEKDAY.is_match(text) {
        return (BlockKind::Programme, 2);
    }
    let words = text.split_whitespace().count();
    (BlockKind::Programme, if words <= 6 { 4 } else { 5 })
}

/// Words from which a line on who plays may give way.
const LONG_CAST: usize = 22;

/// A price that the user has to fill in.
const OPEN_PRICE: &str = "COMPLÉTER : tarif";

/// Whether a line says where to go in the rain.
pub(in crate::task::poster) fn is_of_rain(text: &str) -> bool {
    RAIN.is_match(text)
}

/// Whether a clause says how to come and get in.
pub(super) fn is_practical(clause: &str) -> bool {
    ACCESS.is_match(clause) || PRACTICAL.is_match(clause)
}

/// Words of the trade told in plain ones.
pub(super) fn simple(text: &str) -> String {
    JARGON
        .iter()
        .fold(text.to_owned(), |text, (words, plain)| words.replace_all(&text, *plain).into_owned())
}

/// Telegraphic turns of posters as they are printed.
pub(super) fn worded(text: &str) -> String {
    let text = SHORT_DAY.replace(text, |found: &regex::Captures<'_>| {
        let short = found["day"].to_lowercase();
        let day = WEEKDAYS.iter().find(|day| day.starts_with(short.as_str()));
        day.map_or_else(|| found[0].to_owned(), |day| format!("{day} "))
    });
    TURNS
        .iter()
        .fold(day_apart(&text), |text, (words, turn)| words.replace(&text, *turn).into_owned())
}

/// « samedi soir bal » as « samedi soir : bal »; « samedi soir » is a time and nothing else.
fn day_apart(text: &str) -> String {
    let Some(found) = DAY_AND_MORE.captures(text) else { return text.to_owned() };
    let part = found.name("part").map_or("", |part| part.as_str());
    let rest = found["rest"].trim_matches([',', ' ']);
    let word: String = rest.chars().take_while(|c| c.is_alphabetic()).collect();
    let least = if part.is_empty() { 4 } else { 3 };
    let told = word.chars().count() >= least && !AFTER_DAY.contains(&fold(&word).as_str());
    if told { format!("{}{part} : {rest}", &found["day"]) } else { text.to_owned() }
}

/// Words after a weekday that say when, not what.
const AFTER_DAY: [&str; 13] = [
    "matin",
    "midi",
    "soir",
    "soiree",
    "apres",
    "prochain",
    "dernier",
    "premier",
    "seulement",
    "uniquement",
    "compris",
    "inclus",
    "partir",
];

/// Capitals that French owes to some names: « Noël », « place du Lavoir », « rue des Tilleuls ».
pub(super) fn proper(text: &str) -> String {
    let text = NOEL.replace_all(text, "Noël").into_owned();
    let text = SAINT
        .replace_all(&text, |found: &regex::Captures<'_>| {
            format!("{}-{}", wording::capital(&found["saint"]), wording::capital(&found["name"]))
        })
        .into_owned();
    STREET_NAME
        .replace_all(&text, |found: &regex::Captures<'_>| {
            let name = &found["name"];
            // « rue de l'École »: the article is no part of the name. « rue barrée » is no name.
            let own = name.starts_with("l'")
                || name.starts_with("l’")
                || COMMON_AFTER_WAY.contains(&fold(name).as_str());
            if own {
                return found[0].to_owned();
            }
            format!("{}{}", &found["way"], wording::capital(name))
        })
        .into_owned()
}

const COMMON_AFTER_WAY: [&str; 10] = [
    "barree",
    "barrees",
    "fermee",
    "fermees",
    "seront",
    "sera",
    "entre",
    "concernees",
    "devant",
    "pour",
];

words!(SHORT_DAY, r"(?i)^(?P<day>lun|mar|mer|jeu|vend?|sam|dim)\.? ");
words!(
    OPENING,
    r"(?i)^(?:pointage|accueil|ouverture(?: des portes)?|rendez-vous|d[ée]part|d[ée]but)\b[^\d]{0,12}\d"
);
words!(DAY_FIRST, r"(?i)^(?:lun|mar|mer|jeu|ven|sam|dim)(?:di|\.|credi|edi|manche|dredi)?\b");
words!(
    SIDE,
    r"(?i),? (?:que (?:le |du )?|seulement |uniquement )(?:le |du )?c[ôo]t[ée] (?P<side>pair|impair|droit|gauche|nord|sud|est|ouest)$"
);
words!(
    WAY,
    r"(?i)\b(?:rue|avenue|chemin|impasse|route|place|quai|boulevard|all[ée]e|hameau|lotissement|cit[ée]|r[ée]sidence|quartier|pont)\b"
);
words!(
    FREE,
    r"(?i)\b(?:entr[ée]e (?:libre|gratuite)|gratuit(?:e|s|es|ement)?|prix libre|participation libre)\b"
);
words!(PROGRAMME, r"(?i)^(?:au )?programme\s*:\s*");
words!(PREPARED, r"(?i)^(?:secours|pompiers)\b");
words!(
    TO_BRING,
    r"(?i)\b(?:apporter|venir avec|pr[ée]voir|se munir|amener|pr[êe]t[ée]e?s?|obligatoires?)\b|^(?:parking|stationnement|se garer|transport|navette|minibus)\b"
);
words!(ROOM_FOR, r"(?i)\b(?:maximum|maxi?|limit[ée]e?s? [àa]|\d+ places)\b");
words!(PARKING, r"(?i)^(?:parking|stationnement|navette)s?\b");
words!(BY, r"^(?:[Pp]ar|[Aa]vec|[Aa]nim[ée]e? par) (?:M\. |Mme )?\p{Lu}\p{Ll}+ \p{Lu}");
// Who plays, speaks or leads.
words!(
    CAST,
    r"(?i)^(?:et |avec )?(?:anim|propos|pr[ée]sent|dirig|encadr|racont|cont|jou|interpr[ée]t|command|men|guid)[ée]+e?s? par\b|^(?:avec |par |et )?(?:l['’]|la |le |les |un |une )?(?:ensemble|chorale|ch[œo]e?ur|orchestre|harmonie|fanfare|batucada|trio|quatuor|quintette|duo|groupe|compagnie|cie|troupe|dj|conf[ée]renci[eè]re?|conteu[rs]e?|auteur|autrice|musiciens?|accord[ée]oniste|pianiste|organiste|clowns?|magicien\p{L}*)\b|^avec (?:l['’]|la |les? )?(?:\p{Ll}+ ){0,3}\p{Lu}"
);
// What nobody takes part without.
words!(
    REQUIRED,
    r"(?i)\b(?:licence|certificat|attestation|pass|autorisation parentale|PPS)\b.*\b(?:obligatoires?|exig[ée]e?s?|demand[ée]e?s?)\b|\bautorisation parentale\b"
);
words!(
    SOLD_AT,
    r"(?i)^(?:vente (?:des? )?)?(?:billets?|billetterie|places?|cartes?|tickets?)\b.{0,30}\b(?:[àa] (?:la|l['’])|au|aux|chez|sur place|en vente|en ligne)\b|\ben vente (?:[àa]|au|chez|sur)\b"
);
// What is to be seen and done.
words!(
    ON_SHOW,
    r"(?i)^(?:au programme|ateliers?|animations?|jeux|stands?|d[ée]monstrations?|spectacles?|exposition|remise des prix|tombola|d[ée]fil[ée]|ce qu['’]on (?:fera|verra|apprendra)|on (?:fera|verra|apprendra))\b|^\d+ (?:tracteurs|exposants|stands|voitures|chars|choristes|musiciens|artistes)\b|^(?:titres?|licence|certificat|casque|lampe|chaussures|tenue|bottes|casquette|mineurs?)\b"
);
words!(NAMED_ACT, r"\b(?:avec|par) (?:[Ll]es? |[Ll]a )?\p{Lu}\p{Ll}+");
words!(CONTACT, r"(?i)^(?:contacts?|renseignements?|infos?|informations?)\b");
words!(
    RAIN,
    r"(?i)^(?:(?:repli|report\p{L}*)\s*)?(?:(?:si|en cas de|s['’]il|cas de)\s+)?(?:pluie|pleut|il pleut|[çc]a (?:flotte|tombe)|mauvais(?:e)? (?:temps|m[ée]t[ée]o)|intemp[ée]ries|orages?)\b"
);
words!(PRIZE, r"(?i)€ de (?:lots?|dotation|prix|bons d['’]achat)\b|\blots? [àa] gagner\b");
words!(DEADLINE, r"(?i)\b(?:avant le|jusqu['’]au|au plus tard|dernier d[ée]lai)\b");
words!(URGENT, r"(?i)\b(?:urgences?|fuites?|astreinte|d[ée]pannage|danger)\b");
words!(
    ADVICE,
    r"(?i)^(?:conseils?|consignes?|pensez|penser|faites|faire|[ée]vite[rz]|ne pas|attention|bouteilles)\b|^arr[êe]t[ée] (?:municipal |n° ?)?\d|\bcommerces? (?:restent|reste)\b|\bdistribu\w+\b"
);
words!(
    SUBJECT,
    r"(?i)^(?:projet|sujet|th[èe]me|objet|ordre du jour|au programme|raison|motif)\s*:|^(?:remplacement|r[ée]fection|pose|r[ée]paration|r[ée]novation|enfouissement|entretien) (?:de |du |des |d['’])"
);
words!(CLOSED, r"(?i)\b(?:barr[ée]e|d[ée]viation|ferm[ée]e?s?|coup[ée]e?s?|interdite?s?)\b");
words!(FOOD, r"(?i)\b(?:buvette|restauration|repas|go[ûu]ter|cr[êe]pes|grillades|sandwich\w*)\b");
words!(PURPOSE, r"(?i)^au profit d|^(?:les )?(?:recettes?|b[ée]n[ée]fices?) (?:pour|au profit)");
words!(EXHIBITORS, r"(?i)\b(?:exposants?|vendeurs?|installation)\b");
words!(
    BOOKING,
    r"(?i)\b(?:r[ée]servations?|r[ée]server|r[ée]servez|inscri\w+|sur demande|avant le|questionnaire)\b"
);
words!(
    pub(super) ACCESS,
    r"(?i)\b(?:acc[èe]s|accessibles?|fauteuils?|PMR|mobilit[ée] r[ée]duite|handicap\w*|poussettes?|plain[- ]pied|ascenseur|langue des signes|boucle magn[ée]tique)\b"
);
words!(
    PRACTICAL,
    r"(?i)\b(?:parking|stationnement|(?:se )?garer|navettes?|covoiturage|pluie|repli|facebook|site|contact|chaussures|vestiaires|toilettes|wc|interdits?|pas d['’e]|barr[ée]e|d[ée]viation)\b"
);
words!(
    DAY_AND_MORE,
    &format!(
        r"(?i)^(?P<day>{})(?P<part> (?:matin|midi|soir|soir[ée]e|apr[èe]s-midi))?(?P<rest>[ ,].*)$",
        weekdays_pattern()
    )
);
words!(
    ROADS,
    r"(?i)\b(?:voitures?|camions?|poids lourds|pi[ée]tons?|v[ée]los?|cyclistes?|riverains?|secours|pompiers|passerelle|d[ée]viation|circulation|stationnement|car scolaire|cars? scolaires|arr[êe]t (?:de bus|du car|d[ée]plac[ée]e?)|poubelles|bacs|ordures|commerces?|entreprises? ouvertes?)\b"
);
words!(
    OF_AGE,
    r"(?i)\b(?:[àa] partir de|d[èe]s|plus de|moins de|jusqu['’][àa]|de \d+ [àa]|\d+ [àa]) ?\d+ ans\b"
);
words!(WEEKDAY, &format!(r"(?i)\b(?:{})\b", weekdays_pattern()));
words!(SAINT, r"\b(?P<saint>[Ss]ainte?)-(?P<name>\p{Ll}[\p{L}]+)");
words!(NOEL, r"(?i)\bno[ëe]l\b");
words!(
    STREET_NAME,
    r"\b(?P<way>(?:rue|place|avenue|chemin|impasse) (?:des |du |de la |de l['’]|de )?)(?P<name>\p{Ll}[\p{L}'’-]{3,})"
);

/// Words of the trade and what readers understand.
static JARGON: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    [
        (r"(?i)\b(?:nouvelle )?redevance incitative\s*\(\s*(?:on paie|vous payez) (?:le nombre de|selon le nombre de) lev[ée]es\s*\)", "nouveau tarif des déchets (vous payez selon le nombre de fois où votre bac est vidé)"),
        (r"(?i)\bredevance incitative\b", "tarif des déchets selon l'usage"),
        (r"\b(?:rd|Rd) ?(\d{1,4})\b", "RD $1"),
        (r"\b(?:rn|Rn) ?(\d{1,4})\b", "RN $1"),
        (r"(?i)\s+ok(,|$)", "$1"),
        (r"(?i)\bconf\.", "conférence"),
        (r"(?i)\bconf\b", "conférence"),
        (r"(?i)\bravito\b", "ravitaillement"),
        (r"(?i)\ble (?:dim)\b\.?", "le dimanche"),
        (r"(?i)\ble (?:sam)\b\.?", "le samedi"),
        (r"(?i)\ble (?:ven)\b\.?", "le vendredi"),
        (r"(?i)\badministr[ée]s\b", "habitants"),
        (r"(?i)\bon paie\b", "vous payez"),
        (r"(?i)\bPMR\b", "personnes à mobilité réduite"),
        (r"(?i)\bsujet : ", ""),
        (r"(?i)\s*,?\s*pour ceux qui (?:ne )?(?:peuvent|pourront) pas.*$", ""),
        (r"(?i)^accès fauteuils? par (?P<way>rue|place|route|cour|porte|rampe|grille|cale|ruelle)\b", "accès en fauteuil par la $way"),
        (r"(?i)^accès fauteuils? par (?P<way>chemin|portail|parking|portillon|quai|c[ôo]t[ée])\b", "accès en fauteuil par le $way"),
        (r"(?i)^accès fauteuils? par\b", "accès en fauteuil par"),
        (r"(?i)\s+ok (?:pour (?:les )?)?fauteuils?(?: roulants?)?\b", ", accès en fauteuil"),
        (r"(?i)^animation : ", ""),
        (r"(?i)^contact autre :?\s*", "contact : "),
    ]
    .into_iter()
    .map(|(words, plain)| (pattern(words), plain))
    .collect()
});

/// Turns of telegraphic notes and what is printed for them.
static TURNS: LazyLock<Vec<(Regex, &'static str)>> = LazyLock::new(|| {
    [
        (r"(?i)^(?:l['’]|les? |la )?(?P<what>\p{L}+) c['’]?est (?:à |a )?(?P<when>\d{1,2} h)".to_owned(), "${what} à ${when}"),
        (r"(?i)^on s['’]inscrit\b".to_owned(), "inscription"),
        (r"(?i)^on r[ée]serve\b".to_owned(), "réservation"),
        (r"(?i)\bca passe\b".to_owned(), "ça passe"),
        (
            r"(?i)^(?P<who>visiteurs|public|spectateurs) (?:(?:c['’]est |entr[ée]e )?)gratuite?s?\b".to_owned(),
            "entrée gratuite pour le public",
        ),
        (r"(?i)^si pluie,?\s*:?\s*(?P<what>report[ée]e?s?) (?:le |au )?(?P<when>\p{L}+ \d)".to_owned(), "en cas de pluie : ${what} au ${when}"),
        (r"(?i)^s(?:i|['’]il) (?:pluie|pleut|il pleut|[çc]a flotte)\b,?\s*:?\s*".to_owned(), "en cas de pluie : "),
        (r"(?i)^places?\s*:\s*(?P<count>\d+)\b".to_owned(), "${count} places"),
        (r"(?i)^contacts?\s+(?P<at>\S+@)".to_owned(), "contact : ${at}"),
        (
            r"(?i)^(?:les sous|l['’]argent|les? b[ée]n[ée]fices?|la recette|les gains)(?: c['’]est| ir(?:a|ont)| va| vont)? (?:pour|[àa]) ".to_owned(),
            "au profit de ",
        ),
        (r"\bau profit de le ".to_owned(), "au profit du "),
        (r"\bau profit de les ".to_owned(), "au profit des "),
        (r"(?i)\b(?P<what>inscriptions?|r[ée]servations?)(?P<until>[^:]*?) courriel (?P<at>\S+@)".to_owned(), "${what}${until} par courriel ${at}"),
    ]
    .into_iter()
    .map(|(words, turn)| (pattern(&words), turn))
    .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telegraphic_turns_are_printed_in_words() {
        for (notes, printed) in [
            ("si pluie reporté samedi 12 juin", "en cas de pluie : reporté au samedi 12 juin"),
            ("s'il pleut, sous la halle", "en cas de pluie : sous la halle"),
            ("les sous c'est pour le voyage des CM2", "au profit du voyage des CM2"),
            ("spectateurs gratuit", "entrée gratuite pour le public"),
            ("sam doublettes", "samedi : doublettes"),
            ("sam soir", "samedi soir"),
            ("dim matin marche de 8 km", "dimanche matin : marche de 8 km"),
            ("vendredi soir, bal sous la halle", "vendredi soir : bal sous la halle"),
            ("l'accueil c'est 8 h 45", "accueil à 8 h 45"),
            ("on s'inscrit au bureau", "inscription au bureau"),
            ("samedi 4 juin", "samedi 4 juin"),
        ] {
            assert_eq!(worded(notes), printed);
        }
    }

    #[test]
    fn each_day_has_its_line() {
        assert_eq!(pieces("sam doublettes / dim triplettes"), ["sam doublettes", "dim triplettes"]);
        assert_eq!(pieces("accueil 9h / départ 10h"), ["accueil 9h, départ 10h"]);
    }

    #[test]
    fn streets_take_the_way_that_the_notes_give_them() {
        let notes = "travaux rue du Moulin\nrues : Moulin, impasse du Puits que le côté impair";
        assert_eq!(
            streets("Moulin, impasse du Puits que le côté impair", notes),
            "rue du Moulin, impasse du Puits (côté impair uniquement)"
        );
    }

    #[test]
    fn what_is_won_is_no_price() {
        assert_eq!(block_of("300 € de lots", false).0, BlockKind::Programme);
        assert_eq!(block_of("Accueil 8 h, départ 9 h", false), (BlockKind::Programme, 1));
        assert_eq!(block_of("Repas 12 €", false).0, BlockKind::Prices);
        assert_eq!(block_of("Jeux de 14 h à 16 h gratuits", false).0, BlockKind::Programme);
        assert_eq!(block_of("Fuite : 02 61 00 00 00", true), (BlockKind::Contact, 1));
        assert_eq!(
            block_of("En cas de pluie : reporté au 5 mai", false),
            (BlockKind::Practical, 1)
        );
    }
}
