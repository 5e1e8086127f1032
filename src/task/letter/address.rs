//! Who a letter is for: name, rank, address, and how one greets that rank.
//!
//! The rank comes from titles written in the notes, never from a guess on a name. Without a
//! written « Mme » or « M. » the greeting is « Madame, Monsieur, ».

use std::sync::LazyLock;

use regex::Regex;
use serde::{Deserialize, Serialize};

use crate::office::Office;
use crate::reading::name::candidate_names;
use crate::reading::pattern;
use crate::task::wording;

/// Whether the recipient is a man or a woman, as the notes write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Civility {
    /// « Mme ».
    Madame,
    /// « M. ».
    Monsieur,
    /// « M. et Mme ».
    Both,
}

/// What is owed to the recipient in greeting and closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    /// An authority of the State or a member of parliament: « haute considération ».
    High,
    /// A president, a mayor, a director: « considération distinguée ».
    Distinguished,
    /// A company or a group of people.
    Company,
    /// Anyone else.
    #[default]
    Resident,
}

/// Who a letter is for.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Recipient {
    /// What is owed.
    pub rank: Rank,
    /// As the notes write it.
    pub civility: Option<Civility>,
    /// « Sous-Préfète », « Président », « Maître ».
    pub title: Option<String>,
    /// The greeting itself, where it is not what rank and title make of it: « Madame le Maire ».
    pub appeal: Option<String>,
    /// Whether several people are written to: « Mesdames, Messieurs ».
    pub several: bool,
    /// First name and surname, or the surname alone.
    pub name: Option<String>,
    /// The body: « sous-préfecture », « SARL … ».
    pub organisation: Option<String>,
    /// « à l'attention de … ».
    pub attention: Option<String>,
    /// Street, then postal code and town.
    pub address: Vec<String>,
}

/// Titles: pattern, masculine, feminine, rank. The gravest first, so that « sous-préfet » is not
/// read as « préfet ».
const TITLES: [(&str, &str, &str, Rank); 20] = [
    (r"sous[- ]pr[ée]f(?:et|[èe]te|ecture)?", "Sous-Préfet", "Sous-Préfète", Rank::High),
    (r"pr[ée]f(?:et|[èe]te|ecture)", "Préfet", "Préfète", Rank::High),
    (r"ministre", "Ministre", "Ministre", Rank::High),
    (r"d[ée]put[ée]e?", "Député", "Députée", Rank::High),
    (r"s[ée]nat(?:eur|rice)", "Sénateur", "Sénatrice", Rank::High),
    (r"procureure?", "Procureur", "Procureure", Rank::High),
    (r"recteur|rectrice", "Recteur", "Rectrice", Rank::High),
    (r"vice[- ]pr[ée]sidente?", "Vice-Président", "Vice-Présidente", Rank::Distinguished),
    (r"pr[ée]sidente?", "Président", "Présidente", Rank::Distinguished),
    (
        r"conseill(?:er|[èe]re) d[ée]partementale?",
        "Conseiller départemental",
        "Conseillère départementale",
        Rank::Distinguished,
    ),
    (
        r"conseill(?:er|[èe]re) r[ée]gionale?",
        "Conseiller régional",
        "Conseillère régionale",
        Rank::Distinguished,
    ),
    (r"maire", "Maire", "Maire", Rank::Distinguished),
    (r"direct(?:eur|rice)", "Directeur", "Directrice", Rank::Distinguished),
    (r"inspect(?:eur|rice)", "Inspecteur", "Inspectrice", Rank::Distinguished),
    (r"proviseure?", "Proviseur", "Proviseure", Rank::Distinguished),
    (r"principale?", "Principal", "Principale", Rank::Distinguished),
    (r"chef(?:fe)? de service", "Chef de service", "Cheffe de service", Rank::Distinguished),
    (r"comptable publi(?:c|que)|tr[ée]sori[eè]re?", "Trésorier", "Trésorière", Rank::Distinguished),
    (r"commandante?", "Commandant", "Commandante", Rank::Distinguished),
    (
        r"ma[iî]tre|(?-i:Me)|notaire|avocate?|commissaire de justice|huissi[eè]re?",
        "Maître",
        "Maître",
        Rank::Distinguished,
    ),
];

static TITLE: LazyLock<Vec<(Regex, &'static str, &'static str, Rank)>> = LazyLock::new(|| {
    TITLES
        .iter()
        .map(|(words, man, woman, rank)| {
            (pattern(&format!(r"(?i)\b(?:{words})\b")), *man, *woman, *rank)
        })
        .collect()
});

static COMPANY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:sarl|sas|sasu|eurl|sci|scop|ets|[ée]tablissements|entreprise|soci[ée]t[ée]|assureur|assurances?|association|asso|club|comit[ée]|service|bureau|conseil (?:d[ée]partemental|r[ée]gional)|communaut[ée] de communes|syndicat)\b",
    )
});

/// People written to together.
static PEOPLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:parents|familles|habitant(?:e?s)?|riverain(?:e?s)|commerçants|[ée]lu(?:e?s)|abonn[ée]s|usagers|locataires|b[ée]n[ée]voles|partenaires|financeurs|donateurs|m[ée]c[èe]nes|adh[ée]rent(?:e?s)|associations|agriculteurs|artisans|voisins|exposants)\b",
    )
});

/// « M. et Mme X ».
static COUPLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i:\b(?:m\.?|mr|monsieur) (?:et|&) (?:mme|madame)|\b(?:mme|madame) (?:et|&) (?:m\.?|mr|monsieur))\s+(?P<name>\p{Lu}[\p{L}'’-]*(?:\s+\p{Lu}[\p{L}'’-]+){0,2})",
    )
});

/// The body that somebody heads: « présidente du conseil départemental ».
static HEADED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*(?:adjointe?\s+)?(?:du\b|de la\b|de l['’]|des\b|de\b)?\s*(?P<body>(?:conseil|communaut[ée]|syndicat|[ée]cole|coll[èe]ge|lyc[ée]e|association|asso|club|comit[ée]|service|centre|caisse|agence|office|maison|ehpad|h[ôo]pital|f[ée]d[ée]ration|union|m[ée]tropole|agglom[ée]ration|r[ée]gion|CC|CCAS|SDIS|DDT|DDTM|DREAL|DRAC|CAF)\b[^,;:(]*)",
    )
});

/// « de la scierie Roche et Fils »: a thing with a name of its own.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^\s*(?:de la|du|de l['’]|des)\s*(?P<body>\p{Ll}{4,} (?:\p{Ll}{4,} )?\p{Lu}[^,;:(]*)")
});

/// « des Archers du Lac »: a body known by its name alone.
static PROPER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^\s*(?P<link>de la|du|de l['’]|des|de|d['’])\s*(?P<body>(?:«\s?)?\p{Lu}[^,;:(]*)")
});

/// « maire de Corvelin ».
static TOWN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^\s*(?:de |d['’])(?P<town>\p{Lu}[\p{L}'’-]*(?:[ -]\p{Lu}[\p{L}'’-]*)*)")
});

static CIVIL_NAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?P<civility>Mme|Madame|Mlle|mme|madame|M\.|Mr|M|Monsieur|monsieur|mr)\.?\s+(?P<name>(?:(?:de|du|d'|le|la|von|van)\s+)?\p{Lu}[\p{L}'’-]*(?:\s+(?:(?:de|du|d')\s+)?\p{Lu}[\p{L}'’-]+){0,2})",
    )
});

static POSTAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<before>.*?)[,;–-]?\s*\b(?P<code>\d{5})\s+(?P<town>\p{L}[\p{L}'’ -]*)(?P<after>.*)",
    )
});

static AFTER_TOWN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\s(?:adh[ée]rente?|cliente?|locataire|abonn[ée]e?|membre|dossier|contrat|r[ée]f|t[ée]l|mail|courriel|portable)\b.*$",
    )
});

static STREET: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b\d{1,4}\s*(?:bis|ter|quater)?\s*,?\s+)?\b(?:ZA|ZI|ZAC|zone|rue|ruelle|faubourg|mont[ée]e|sentier|esplanade|r[ée]sidence|avenue|av|bd|boulevard|place|chemin|impasse|route|all[ée]e|quai|rte|imp\.|lieu-dit|lotissement|square|cours|hameau|BP \d+)\b.*$",
    )
});

/// The civility and the name written in the text, when there are some.
pub fn civil_name(text: &str) -> Option<(Civility, String)> {
    if let Some(found) = COUPLE.captures(text) {
        return Some((Civility::Both, found["name"].trim().to_owned()));
    }
    let found = CIVIL_NAME.captures(text)?;
    let civility = match found["civility"].to_lowercase().as_str() {
        "mme" | "madame" | "mlle" => Civility::Madame,
        _ => Civility::Monsieur,
    };
    let name = found["name"].trim();
    // « M. le Président Armand Roche » bears the title with the name.
    let bare = TITLE.iter().find_map(|title| {
        let place = title.0.find(name)?;
        let lead = name.get(..place.start())?.trim();
        let rest = name.get(place.end()..)?.trim();
        let titled = ["", "le", "la", "l'", "l’"].contains(&lead);
        (titled && rest.starts_with(char::is_uppercase)).then(|| rest.to_owned())
    });
    Some((civility, bare.unwrap_or_else(|| name.to_owned())))
}

/// Whether the text holds a street.
pub(super) fn holds_street(text: &str) -> bool {
    STREET.is_match(text) && text.contains(|c: char| c.is_ascii_digit())
}

/// Whether the words speak of a body, wherever they name it: « moto-club », « l'école ».
pub(super) fn names_body(text: &str) -> bool {
    COMPANY.is_match(text)
        || ["club", "mairie", "école", "collège"].iter().any(|w| text.contains(w))
}

/// Reads what a text says of the recipient into the record.
pub fn read(text: &str, recipient: &mut Recipient) {
    let low = text.to_lowercase();
    let feminine = [
        "mme",
        "madame",
        " la ",
        "préfète",
        "prefete",
        "directrice",
        "présidente",
        "députée",
        "sénatrice",
    ]
    .iter()
    .any(|w| format!(" {low} ").contains(w));
    let masculine =
        ["m. ", "monsieur", " le ", "m le "].iter().any(|w| format!(" {low} ").contains(w));
    // « Mme la Présidente » names an office, no person.
    let titled = |name: &str| {
        TITLE.iter().any(|title| title.0.find(name).is_some_and(|t| t.end() == name.len()))
    };
    if let Some((civility, name)) = civil_name(text).filter(|(_, name)| !titled(name)) {
        recipient.civility.get_or_insert(civility);
        if recipient.name.as_ref().is_none_or(|n| !n.contains(name.as_str())) {
            recipient.name.get_or_insert(name);
        }
    }
    if recipient.title.is_none()
        && let Some((found, (_, man, woman, rank))) =
            TITLE.iter().find_map(|title| Some((title.0.find(text)?, title)))
    {
        recipient.rank = *rank;
        headed(text.get(found.end()..).unwrap_or_default(), man, recipient);
        // A body named without its head (« la sous-préfecture ») does not say who heads it.
        let by_word = text.to_lowercase();
        let said = by_word.contains("mme")
            || by_word.contains("madame")
            || by_word.contains("m. ")
            || by_word.contains("monsieur")
            || by_word.contains("m le")
            || *man == "Maître"
            || !by_word.contains("préfecture");
        if said {
            let woman_said =
                feminine && !(masculine && !low.contains("mme") && !low.contains("madame"));
            recipient.title = Some(if woman_said { (*woman).into() } else { (*man).into() });
            if *man != "Maître" {
                recipient.civility =
                    Some(if woman_said { Civility::Madame } else { Civility::Monsieur });
            }
            // « Mme le maire »: as the person is called, or as the notes have it.
            if woman_said && man == woman && low.contains(&format!("mme le {}", man.to_lowercase()))
            {
                recipient.appeal = Some(format!("Madame le {man}"));
            }
        }
    } else if recipient.title.is_none() && recipient.rank == Rank::Resident {
        let unnamed = recipient.civility.is_none() && recipient.name.is_none();
        if unnamed && PEOPLE.is_match(text) {
            recipient.several = true;
        } else if unnamed && COMPANY.is_match(text) {
            recipient.rank = Rank::Company;
        }
    }
    if recipient.attention.is_none() {
        let marks = [
            "à l'attention de",
            "à l’attention de",
            "à l'attention du",
            "à l’attention du",
            "a l'attention de",
            "a l'attention du",
            "à l'attention des",
            "a l'attention des",
        ];
        if let Some(place) = marks.iter().find_map(|m| low.find(m)) {
            recipient.attention =
                text.get(place..).map(|t| t.trim().trim_end_matches(')').to_owned());
        }
    }
}

/// Whether the words name a body: a company, an association, a service.
pub(super) fn is_body(text: &str) -> bool {
    COMPANY.find(text).is_some_and(|found| found.start() == 0)
}

/// Whether the text names people written to together, and nothing else: « riverains ».
pub(super) fn is_people(text: &str) -> bool {
    PEOPLE.find(text.trim()).is_some_and(|found| found.len() == text.trim().len())
}

/// How many people the text names with their civility.
pub(super) fn civil_names(text: &str) -> usize {
    if COUPLE.is_match(text) { 1 } else { CIVIL_NAME.find_iter(text).count() }
}

/// What the recipient heads, from the words after the title.
fn headed(after: &str, title: &str, recipient: &mut Recipient) {
    if recipient.organisation.is_some() {
        return;
    }
    if title == "Maire"
        && let Some(found) = TOWN.captures(after)
    {
        recipient.organisation = Some(format!("Mairie de {}", &found["town"]));
    } else if let Some(found) = HEADED.captures(after).or_else(|| NAMED.captures(after)) {
        let body = wording::clean(found["body"].trim());
        // « présidente de l'association » does not say which.
        let which = body.contains(' ') || body.contains(char::is_uppercase);
        recipient.organisation = Some(wording::capital(&body)).filter(|b| which && !b.is_empty());
    } else if title != "Maire"
        && let Some(found) = PROPER.captures(after)
    {
        let article = match &found["link"] {
            "des" => "Les ",
            "du" => "Le ",
            "de la" => "La ",
            "de l'" | "de l’" => "L'",
            _ => "",
        };
        recipient.organisation = Some(format!("{article}{}", found["body"].trim()));
    }
}

/// Reads a line that holds a postal address; what follows the town is handed back.
pub fn read_postal(line: &str, office: &Office, recipient: &mut Recipient) -> Option<String> {
    let found = POSTAL.captures(line)?;
    let mut before = found["before"].trim().trim_end_matches([',', '-', '–']).trim().to_owned();
    let code = &found["code"];
    let town = found["town"].trim().trim_end_matches(['-', '–']).trim().to_owned();
    let mut after =
        found["after"].trim().trim_start_matches(['-', '–', ',', ';', '(', ' ']).trim().to_owned();
    // « 00120 trevol adherent n 58 »: what follows the town without a comma.
    let cut = AFTER_TOWN.find(&town).map_or(town.len(), |found| found.start());
    if let Some(more) = town.get(cut..).map(str::trim).filter(|more| !more.is_empty()) {
        after = format!("{more} {after}").trim().to_owned();
    }
    let town = town.get(..cut).unwrap_or(&town).trim().to_owned();
    let own = office.organisme.nom.clone().filter(|name| {
        office.organisme.code_postal.as_deref() == Some(code)
            && name.to_lowercase().starts_with(&town.to_lowercase())
    });
    let town = own.unwrap_or_else(|| capitalise_words(&town));
    let street = STREET.find(&before).map(|m| m.start());
    if let Some(place) = street {
        let name = before
            .get(..place)
            .unwrap_or_default()
            .trim()
            .trim_end_matches([',', '-', '–', ':'])
            .trim();
        if !name.is_empty() {
            name_from(name, recipient);
        }
        let street = before.get(place..).unwrap_or_default().trim().to_owned();
        recipient.address.push(street_name(&street));
    } else if !before.is_empty() {
        name_from(&std::mem::take(&mut before), recipient);
    }
    recipient.address.push(format!("{code} {town}"));
    (!after.is_empty()).then_some(after)
}

/// A name written before the street: a person's, or a body's.
fn name_from(text: &str, recipient: &mut Recipient) {
    read(text, recipient);
    let bare = civil_name(text).map_or_else(|| text.to_owned(), |(_, name)| name);
    let same =
        recipient.name.as_ref().is_none_or(|n| bare.to_lowercase().contains(&n.to_lowercase()));
    if recipient.title.is_some() && (text.contains([',', '(']) || civil_name(text).is_none()) {
        titled_from(text, recipient);
    } else if recipient.rank == Rank::Company {
        recipient.organisation = Some(bare);
    } else if same {
        recipient.name = Some(bare);
        // « Mme Irma Galvone, gérante du camping du Lac »
        let more = text.split_once(',').map(|(_, more)| more.trim()).filter(|m| !m.is_empty());
        if let Some(more) = more.filter(|_| civil_name(text).is_some()) {
            recipient.attention.get_or_insert(wording::capital(&wording::clean(more)));
        }
    }
}

/// « Mme la présidente du conseil départemental, Irma Galvone (hôtel du département »: the name, the
/// body, and what stands before the street.
fn titled_from(text: &str, recipient: &mut Recipient) {
    for piece in text.split([',', '(', ')']).map(str::trim).filter(|piece| !piece.is_empty()) {
        let titled = TITLE.iter().any(|title| title.0.is_match(piece));
        let named = matches!(candidate_names(piece).as_slice(), [one] if one.len() == piece.len());
        if civil_name(piece).is_some() || titled && !is_place(piece) {
            continue;
        } else if named && piece.contains(' ') && recipient.name.is_none() {
            recipient.name = Some(piece.to_owned());
        } else if recipient.organisation.is_none() {
            recipient.organisation = Some(wording::capital(&wording::clean(piece)));
        } else {
            recipient.address.push(wording::capital(&wording::clean(piece)));
        }
    }
}

/// Whether words name a building: « hôtel du département ».
fn is_place(text: &str) -> bool {
    static PLACE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:h[ôo]tel|b[âa]timent|immeuble|maison|villa|r[ée]sidence|cit[ée]|centre)\b",
        )
    });
    PLACE.is_match(text)
}

/// « 14 rue haute » as « 14 rue Haute ».
pub fn street_name(street: &str) -> String {
    const SMALL: [&str; 20] = [
        "rue",
        "avenue",
        "place",
        "chemin",
        "impasse",
        "route",
        "quai",
        "boulevard",
        "allée",
        "cours",
        "square",
        "passage",
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "bis",
        "ter",
    ];
    const SHORT: [(&str, &str); 9] = [
        ("av.", "avenue"),
        ("av", "avenue"),
        ("bd", "boulevard"),
        ("bd.", "boulevard"),
        ("ch.", "chemin"),
        ("pl.", "place"),
        ("rte", "route"),
        ("imp.", "impasse"),
        ("all.", "allée"),
    ];
    let whole =
        |word| SHORT.iter().find(|(short, _)| *short == word).map_or(word, |(_, whole)| *whole);
    street
        .split_whitespace()
        .map(whole)
        .map(|word| match word.chars().next() {
            Some(first)
                if first.is_lowercase()
                    && !SMALL.contains(&word)
                    && !word.starts_with("l'")
                    && !word.starts_with("l’")
                    && !word.starts_with("d'") =>
            {
                wording::capital(word)
            }
            _ => word.to_owned(),
        })
        .collect::<Vec<_>>()
        .join(" ")
}

fn capitalise_words(town: &str) -> String {
    if town.chars().next().is_some_and(char::is_uppercase) {
        return town.to_owned();
    }
    town.split_whitespace().map(wording::capital).collect::<Vec<_>>().join(" ")
}

impl Recipient {
    /// « Madame la Sous-Préfète », « Maître », « Madame », « Madame, Monsieur ».
    pub fn appeal(&self) -> String {
        if let Some(appeal) = &self.appeal {
            return appeal.clone();
        }
        if self.several {
            return "Mesdames, Messieurs".into();
        }
        match (&self.title, self.civility) {
            (Some(title), _) if title == "Maître" => "Maître".into(),
            (Some(title), Some(civility @ (Civility::Madame | Civility::Monsieur))) => {
                let madame = civility == Civility::Madame;
                let article = match (title.starts_with(['I', 'É']), madame) {
                    (true, _) => "l'",
                    (false, true) => "la ",
                    (false, false) => "le ",
                };
                format!("{} {article}{title}", if madame { "Madame" } else { "Monsieur" })
            }
            (_, Some(Civility::Madame)) => "Madame".into(),
            (_, Some(Civility::Monsieur)) => "Monsieur".into(),
            _ => "Madame, Monsieur".into(),
        }
    }

    /// The lines of the address block.
    pub fn block(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let civility = match self.civility {
            Some(Civility::Madame) => "Madame ",
            Some(Civility::Monsieur) => "Monsieur ",
            Some(Civility::Both) => "Madame et Monsieur ",
            None => "",
        };
        match (&self.title, &self.name) {
            (Some(title), Some(name)) if title == "Maître" => lines.push(format!("Maître {name}")),
            (Some(title), Some(name)) => {
                lines.push(format!("{civility}{name}"));
                let town = self.organisation.as_deref().and_then(|o| o.strip_prefix("Mairie "));
                // « Maire de Corvelin » says both.
                match town.filter(|_| title == "Maire") {
                    Some(town) => {
                        lines.push(format!("Maire {town}"));
                        lines.extend(self.attention.clone());
                        lines.extend(self.address.iter().cloned());
                        return lines;
                    }
                    None => lines.push(title.clone()),
                }
            }
            (Some(_), None) => lines.push(self.appeal()),
            (None, Some(name)) => lines.push(format!("{civility}{name}")),
            (None, None) => {}
        }
        lines.extend(self.organisation.clone());
        lines.extend(self.attention.clone());
        lines.extend(self.address.iter().cloned());
        lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recipient(text: &str) -> Recipient {
        let mut recipient = Recipient::default();
        read(text, &mut recipient);
        recipient
    }

    #[test]
    fn titles_are_greeted_by_their_rank_and_gender() {
        let table = [
            ("à M. le préfet", "Monsieur le Préfet", Rank::High),
            ("Mme la sous-préfète", "Madame la Sous-Préfète", Rank::High),
            ("à Mme la députée", "Madame la Députée", Rank::High),
            ("Mme Courvel, sénatrice", "Madame la Sénatrice", Rank::High),
            ("M. le ministre", "Monsieur le Ministre", Rank::High),
            (
                "à Mme la présidente du conseil départemental",
                "Madame la Présidente",
                Rank::Distinguished,
            ),
            ("M. le maire de Corvelin", "Monsieur le Maire", Rank::Distinguished),
            ("Mme la maire de Corvelin", "Madame la Maire", Rank::Distinguished),
            ("Mme le maire de Corvelin", "Madame le Maire", Rank::Distinguished),
            ("directrice de l'école, Mme Aubrenet", "Madame la Directrice", Rank::Distinguished),
            ("Mme la cheffe de service", "Madame la Cheffe de service", Rank::Distinguished),
            ("M. l'inspecteur", "Monsieur l'Inspecteur", Rank::Distinguished),
            ("Me Corbrande, notaire", "Maître", Rank::Distinguished),
            ("tu me fais la lettre, M. Corbrande", "Monsieur", Rank::Resident),
            ("SARL Toitures Bellac", "Madame, Monsieur", Rank::Company),
            ("aux riverains de la rue Basse", "Mesdames, Messieurs", Rank::Resident),
            ("M. et Mme Tarvolle", "Madame, Monsieur", Rank::Resident),
            ("Mme Irma Galvone", "Madame", Rank::Resident),
        ];
        for (text, appeal, rank) in table {
            let recipient = recipient(text);
            assert_eq!((recipient.appeal().as_str(), recipient.rank), (appeal, rank), "{text}");
        }
    }

    #[test]
    fn what_one_heads_is_the_address() {
        let table = [
            (
                "présidente du conseil départemental de la Haute-Orle",
                "Conseil départemental de la Haute-Orle",
            ),
            ("M. le maire de Corvelin", "Mairie de Corvelin"),
            ("directeur de l'école Jean Moulin", "École Jean Moulin"),
            ("M. Roche, président des Archers du Lac", "Les Archers du Lac"),
        ];
        for (text, body) in table {
            assert_eq!(recipient(text).organisation.as_deref(), Some(body), "{text}");
        }
    }

    #[test]
    fn an_address_in_one_line_is_read_piece_by_piece() {
        for (line, name, appeal, lines) in [
            (
                "Mme la présidente du conseil régional, Irma Galvone (maison de la région, 3 cours Neuf, 00310 Corvelin)",
                Some("Irma Galvone"),
                "Madame la Présidente",
                vec!["Maison de la région", "3 cours Neuf", "00310 Corvelin"],
            ),
            (
                "Agence de l'eau du Levant (M. le Directeur), 8 quai des Tilleuls, 00310 Corvelin",
                None,
                "Monsieur le Directeur",
                vec!["8 quai des Tilleuls", "00310 Corvelin"],
            ),
            (
                "syndicat des eaux, M. le Président Paul Roche, 3 rue Basse 00120 Trévol",
                Some("Paul Roche"),
                "Monsieur le Président",
                vec!["3 rue Basse", "00120 Trévol"],
            ),
        ] {
            let mut recipient = Recipient::default();
            read_postal(line, &Office::default(), &mut recipient);
            assert_eq!(recipient.name.as_deref(), name, "{line}");
            assert_eq!(recipient.appeal(), appeal, "{line}");
            assert_eq!(recipient.address, lines, "{line}");
            assert!(recipient.organisation.is_some(), "{line}");
        }
        let mut recipient = Recipient::default();
        let after = read_postal(
            "M. Roche 3 rue basse 00120 trevol adherent n 58",
            &Office::default(),
            &mut recipient,
        );
        assert_eq!(recipient.address, ["3 rue Basse", "00120 Trevol"]);
        assert_eq!(after.as_deref(), Some("adherent n 58"));
    }
}
