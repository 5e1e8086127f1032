//! Who a letter is for: name, rank, address, and how one greets that rank.
//!
//! The rank comes from titles written in the notes, never from a guess on a name. Without a
//! written « Mme » or « M. » the greeting is « Madame, Monsieur, ».

use std::sync::LazyLock;

use regex::Regex;
use serde::Serialize;

use crate::office::Office;
use crate::reading::pattern;
use crate::task::wording;

/// Whether the recipient is a man or a woman, as the notes write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Civility {
    /// « Mme ».
    Madame,
    /// « M. ».
    Monsieur,
}

/// What is owed to the recipient in greeting and closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Recipient {
    /// What is owed.
    pub rank: Rank,
    /// As the notes write it.
    pub civility: Option<Civility>,
    /// « Sous-Préfète », « Président », « Maître ».
    pub title: Option<String>,
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
const TITLES: [(&str, &str, &str, Rank); 15] = [
    (r"sous[- ]pr[ée]f(?:et|[èe]te|ecture)?", "Sous-Préfet", "Sous-Préfète", Rank::High),
    (r"pr[ée]f(?:et|[èe]te|ecture)", "Préfet", "Préfète", Rank::High),
    (r"ministre", "Ministre", "Ministre", Rank::High),
    (r"d[ée]put[ée]e?", "Député", "Députée", Rank::High),
    (r"s[ée]nat(?:eur|rice)", "Sénateur", "Sénatrice", Rank::High),
    (r"procureure?", "Procureur", "Procureure", Rank::High),
    (r"pr[ée]sidente?", "Président", "Présidente", Rank::Distinguished),
    (r"maire", "Maire", "Maire", Rank::Distinguished),
    (r"direct(?:eur|rice)", "Directeur", "Directrice", Rank::Distinguished),
    (r"inspect(?:eur|rice)", "Inspecteur", "Inspectrice", Rank::Distinguished),
    (r"proviseure?", "Proviseur", "Proviseure", Rank::Distinguished),
    (r"principale?", "Principal", "Principale", Rank::Distinguished),
    (r"chef(?:fe)? de service", "Chef de service", "Cheffe de service", Rank::Distinguished),
    (r"comptable publi(?:c|que)|tr[ée]sori[eè]re?", "Trésorier", "Trésorière", Rank::Distinguished),
    (r"ma[iî]tre|notaire|avocate?|commissaire de justice", "Maître", "Maître", Rank::Distinguished),
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
        r"(?i)\b(?:sarl|sas|sasu|eurl|sci|scop|ets|entreprise|soci[ée]t[ée]|assureur|assurances?|association|asso|club|comit[ée]|parents|familles|habitants|riverains|commerçants|[ée]lus|abonn[ée]s|usagers|locataires|b[ée]n[ée]voles)\b",
    )
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

static STREET: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b\d{1,4}\s*(?:bis|ter|quater)?\s*,?\s+)?\b(?:rue|avenue|av|bd|boulevard|place|chemin|impasse|route|all[ée]e|quai|lieu-dit|lotissement|square|cours|hameau|BP \d+)\b.*$",
    )
});

/// The civility and the name written in the text, when there are some.
pub fn civil_name(text: &str) -> Option<(Civility, String)> {
    let found = CIVIL_NAME.captures(text)?;
    let civility = match found["civility"].to_lowercase().as_str() {
        "mme" | "madame" | "mlle" => Civility::Madame,
        _ => Civility::Monsieur,
    };
    Some((civility, found["name"].trim().to_owned()))
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
    if let Some((civility, name)) = civil_name(text) {
        recipient.civility.get_or_insert(civility);
        if recipient.name.as_ref().is_none_or(|n| !n.contains(name.as_str())) {
            recipient.name.get_or_insert(name);
        }
    }
    if recipient.title.is_none()
        && let Some((_, man, woman, rank)) = TITLE.iter().find(|(re, ..)| re.is_match(text))
    {
        recipient.rank = *rank;
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
        }
    } else if recipient.title.is_none()
        && recipient.rank == Rank::Resident
        && recipient.civility.is_none()
        && COMPANY.is_match(text)
    {
        recipient.rank = Rank::Company;
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

/// Reads a line that holds a postal address; what follows the town is handed back.
pub fn read_postal(line: &str, office: &Office, recipient: &mut Recipient) -> Option<String> {
    let found = POSTAL.captures(line)?;
    let mut before = found["before"].trim().trim_end_matches([',', '-', '–']).trim().to_owned();
    let code = &found["code"];
    let town = found["town"].trim().trim_end_matches(['-', '–']).trim().to_owned();
    let after =
        found["after"].trim().trim_start_matches(['-', '–', ',', ';', '(', ' ']).trim().to_owned();
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
    let bare = CIVIL_NAME.captures(text).map_or_else(|| text.to_owned(), |c| c["name"].to_owned());
    let same =
        recipient.name.as_ref().is_none_or(|n| bare.to_lowercase().contains(&n.to_lowercase()));
    if recipient.rank == Rank::Company || (recipient.title.is_some() && civil_name(text).is_none())
    {
        recipient.organisation = Some(bare);
    } else if same {
        recipient.name = Some(bare);
    }
}

/// « 14 rue haute » as « 14 rue Haute ».
pub fn street_name(street: &str) -> String {
    const SMALL: [&str; 14] = [
        "rue", "avenue", "place", "chemin", "impasse", "route", "de", "du", "des", "la", "le",
        "les", "bis", "ter",
    ];
    street
        .split_whitespace()
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
        match (&self.title, self.civility) {
            (Some(title), _) if title == "Maître" => "Maître".into(),
            (Some(title), Some(civility)) => {
                let madame = civility == Civility::Madame;
                let article = match (title.starts_with('I'), madame) {
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

    /// The closing formula, which repeats the appeal word for word.
    pub fn closing(&self) -> String {
        let wish = match self.rank {
            Rank::High if self.title.as_deref() == Some("Ministre") => {
                "l'expression de ma très haute considération"
            }
            Rank::High => "l'expression de ma haute considération",
            Rank::Distinguished => "l'expression de ma considération distinguée",
            Rank::Company => "mes salutations distinguées",
            Rank::Resident => "l'expression de mes salutations distinguées",
        };
        format!("Je vous prie d'agréer, {}, {wish}.", self.appeal())
    }

    /// The lines of the address block.
    pub fn block(&self) -> Vec<String> {
        let mut lines = Vec::new();
        let civility = match self.civility {
            Some(Civility::Madame) => "Madame ",
            Some(Civility::Monsieur) => "Monsieur ",
            None => "",
        };
        match (&self.title, &self.name) {
            (Some(title), Some(name)) if title == "Maître" => lines.push(format!("Maître {name}")),
            (Some(_), Some(name)) => {
                lines.push(format!("{civility}{name}"));
                lines.push(self.appeal().replacen("Madame la ", "", 1).replacen(
                    "Monsieur le ",
                    "",
                    1,
                ));
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
