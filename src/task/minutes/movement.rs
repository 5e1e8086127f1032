//! Members who come late or leave early, anywhere in the notes: who, at what hour, at which item,
//! and who votes for them from then on.
//!
//! A member who leaves the room because a matter is their own comes back for the next one: that is
//! not a departure, and is read with the item.

use std::sync::LazyLock;

use regex::Regex;

use super::people::{People, split};
use super::record::{Arrival, Departure, When};
use crate::reading::{Fact, cardinal, facts, fold, pattern};

/// One member coming or leaving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Movement {
    /// Came.
    In(Arrival),
    /// Left.
    Out(Departure),
    /// Came back: an arrival when they had left for good.
    Back(Arrival),
}

static IN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?P<who>.+?)\s+(?:est\s+|sont\s+|nous\s+)?(?:arriv(?:[ée]e?s?|ent|e)|rejoi(?:nt|gnent)|regagne(?:nt)?|r[ée]int[èe]gre(?:nt)?|entrent?\s+en\s+s[ée]ance|revien(?:t|nent)|(?:est\s+|de\s+|est\s+de\s+)retour)\b(?P<rest>.*)$",
    )
});
static OUT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?P<who>.+?)\s+(?:doit\s+|doivent\s+|est\s+|sont\s+|a\s+d[ûu]\s+|nous\s+)?(?:part(?:ie?s?|ent|ir|it)?|quitt(?:e|ent|er|ée?)|s['’]en\s+(?:va|vont|aller)|s['’]absente)\b(?P<rest>.*)$",
    )
});
static NOUN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?P<what>arriv[ée]es?|retards?|d[ée]parts?|retour|partie?s?\s+(?:avant\s+la\s+fin|plus\s+t[ôo]t|en\s+cours\s+de\s+(?:s[ée]ance|r[ée]union))\s*:?)\s*(?:en\s+retard\s+|tardive?\s+|anticip[ée]e?\s+)?(?:d[eu]\s+|d['’]\s?|:\s*|\b\s*)(?P<who>.+?)(?P<rest>\s*(?:,\s*)?(?:[àa]\s+|vers\s+)?\d.*|\s+(?:au|pendant|avant|apr[èe]s|pour|en\s+cours|pvr|pouvoir|procuration)\b.*|\s*[(,;–-].*)?$",
    )
});
/// What may follow « X part » or « X arrive » when it is about the meeting.
static FOLLOWS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*(?:(?:(?:un\s+peu|tr[èe]s|avant\s+la\s+fin|\p{L}+(?:[ée]e?s?|eux|euses?|ment))\s+){1,3}(?:[àa]\s+|vers\s+)?\d{1,2}\s*(?:h|:)|$|[,.;(–>-]|(?:[àa]|vers|d[èe]s)?\s*\d{1,2}\s*(?:h|:|heures?)|au\s+(?:pt|point)|au\s+moment|avant|apr[èe]s|pendant|pour\s+le\s+(?:pt|point)|d[ée]finitivement|et\s+(?:donne|laisse)|en\s+(?:donnant|laissant|cours|retard)|pvr|pouvoir|procuration|plus\s+t[ôo]t|(?:de\s+)?la\s+(?:s[ée]ance|r[ée]union|salle|soir[ée]e|table)|(?:de\s+)?l['’]assembl[ée]e|le\s+conseil|[àa]\s+l['’]ouverture)",
    )
});
/// Words of a member whose own matter is treated, and who comes back.
static OWN_MATTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(?:vote|votent|prend|prennent|participe|participent|pris)\s+(?:donc\s+)?pas|int[ée]ress[ée]e?s?|conflit|concern[ée]e?s?|le\s+temps|sans\s+prendre\s+part|d[ée]port\w*|pour\s+le\s+vote)\b",
    )
});
static AFTER: LazyLock<Regex> =
    LazyLock::new(|| pattern(&at_item(r"apr[èe]s|[àa]\s+l['’]issue\s+d[ue]|entre\s+les?")));
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&at_item(r"avant|pour|[àa]\s+partir\s+d[ue]|d[èe]s|jusqu['’](?:au|[àa])"))
});
static DURING: LazyLock<Regex> = LazyLock::new(|| pattern(&at_item(r"[^\d]{0,12}?")));
static HOLDER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:pvrs?|pouvoirs?|procurations?|proc|repr[ée]sent[ée]e?)\b\.?\s*(?:est\s+)?(?:(?:[ée]crit|sign[ée])e?\s+)?(?:donn[ée]e?\s+)?(?:à|a|au|par|:|->|>|=)?\s*((?:(?:MM?|Mr|Mmes?)\.\s*)?(?:(?-i:\p{Lu})\.\s*)?[^,;().]+?)\s*(?:[().,;]|$)",
    )
});
static NO_HOLDER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:pas|sans|aucun)\s+(?:de\s+|d['’]|donner\s+)?(?:pouvoir|pvr|procuration)")
});

fn at_item(link: &str) -> String {
    format!(
        r"(?i)(?:^|\b|\()(?:{link})\s*(?:(?:le\s+)?vote\s+(?:sur\s+)?)?(?:(?:(?:l[ea]s?\s+|du\s+)?(?:pts?|points?|items?|sujets?|d[ée]lib\w*|question|r[ée]s(?:ol\w*)?\.?)\s*(?:n°\s*)?|la\s+)(\d{{1,2}})\b|(?:le\s+|du\s+)(\d{{1,2}})\s*(?:$|[,.;)]))"
    )
}

/// The arrivals or departures that a clause tells; the place is that of the clause in the notes
/// when it stands among the items. Whether the rest of the item says that the member came back
/// is for the caller to know.
pub fn read(
    clause: &str,
    people: &People<'_>,
    place: Option<usize>,
    comes_back: bool,
) -> Vec<Movement> {
    let trimmed =
        clause.trim().trim_start_matches(['-', '–', '•', '*', '>', '→', ' ']).trim_end_matches('.');
    // « 21h15 départ de X », « à 21h15, X part ».
    static HOUR_FIRST: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)^(?:(?:[àa]|vers)\s+)?\d{1,2}\s*(?:h|:)\s*\d{0,2}\s*[:,–-]?\s*")
    });
    let text = HOUR_FIRST.replace(trimmed, "");
    let several = unnamed(&text, trimmed, place).or_else(|| unnamed_leave(&text, trimmed, place));
    if let Some(several) = several {
        return vec![several];
    }
    let (coming, who, rest) = if let Some(found) = NOUN.captures(&text) {
        let what = fold(&found["what"]);
        let rest = found.name("rest").map_or("", |m| m.as_str()).to_owned();
        (!what.starts_with("dep") && !what.starts_with("part"), found["who"].to_owned(), rest)
    } else {
        let (found, coming) = match (IN.captures(&text), OUT.captures(&text)) {
            (Some(found), _) => (found, true),
            (_, Some(found)) => (found, false),
            _ => return Vec::new(),
        };
        let rest = found["rest"].to_owned();
        if !FOLLOWS.is_match(&rest) {
            return Vec::new();
        }
        (coming, found["who"].to_owned(), rest)
    };
    static COMES_BACK: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:revien(?:t|nent)|retour|rejoi(?:nt|gnent)|regagne(?:nt)?|r[ée]int[èe]gre(?:nt)?)\b",
        )
    });
    let back = coming && COMES_BACK.is_match(trimmed);
    let leaves_the_room = fold(&rest).trim_start().starts_with("la salle");
    if !coming && (OWN_MATTER.is_match(trimmed) || (comes_back && leaves_the_room)) {
        return Vec::new();
    }
    let who = who.trim_end_matches([' ', ',', ':', '(', '-']).trim_end_matches("en retard");
    let who = who.trim_end_matches([' ', ',']);
    let Some(names) = members(who, people).or_else(|| spoken_of(who, people)) else {
        return Vec::new();
    };
    let hour = facts(trimmed).into_iter().find_map(|f| match f.fact {
        Fact::Hour(hour) => Some(hour.to_french()),
        _ => None,
    });
    let (when, item) = when(&rest, place);
    let carried = carried(&rest);
    let after = after_words(&rest);
    let holder = (!coming && !NO_HOLDER.is_match(&rest))
        .then(|| HOLDER.captures(&rest).and_then(|f| people.named(f.get(1)?.as_str())))
        .flatten();
    names
        .into_iter()
        .map(|name| {
            let hour = hour.clone();
            if coming && back {
                Movement::Back(Arrival { name, hour, item, when })
            } else if coming {
                Movement::In(Arrival { name, hour, item, when })
            } else {
                let holder = holder.clone();
                let after = after.clone();
                Movement::Out(Departure { name, hour, item, holder, when, carried, after })
            }
        })
        .collect()
}

/// « arrivent 3 retardataires »: some whom nobody names.
fn unnamed(text: &str, whole: &str, place: Option<usize>) -> Option<Movement> {
    static SEVERAL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:arriv(?:ent|e|[ée]es?\s+de)\s+(\d{1,2})|(\d{1,2}))\s+(?:retardataires?|membres?|adh[ée]rents?|personnes?)\b(?:\s+(?:arrivent|(?:sont|nous)\s+(?:arriv|rejoi)\w+))?(?:\s*(?:->|=>|→|,|=).*|\s+(?:vers|[àa])\s+\d.*)?$",
        )
    });
    let found = SEVERAL.captures(text)?;
    let comes = fold(text).contains("arriv") || fold(text).contains("retardataire");
    let count = found.get(1).or(found.get(2))?.as_str().parse::<u32>().ok()?;
    let hour = facts(whole).into_iter().find_map(|f| match f.fact {
        Fact::Hour(hour) => Some(hour.to_french()),
        _ => None,
    });
    let name = if count == 1 { "1 membre".to_owned() } else { format!("{count} membres") };
    let (when, item) = when("", place);
    comes.then_some(Movement::In(Arrival { name, hour, item, when }))
}

/// « 2 personnes s'en vont »: some whom nobody names.
fn unnamed_leave(text: &str, whole: &str, place: Option<usize>) -> Option<Movement> {
    static LEAVE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:d[ée]parts?\s+de\s+)?(\d{1,2}|deux|trois|quatre|cinq)\s+(?:membres?|adh[ée]rents?|personnes?|votants?)\b\s*(?:(?:s['’]en\s+(?:vont|va)|partent|quittent|sont\s+partie?s)\b.*|[,(=>→-].*)?$",
        )
    });
    let found = LEAVE.captures(text)?;
    let leaves = ["depart", "part", "s'en v", "quitt"].iter().any(|word| fold(text).contains(word));
    let count = cardinal::value_of(&found[1]).or_else(|| found[1].parse().ok())?;
    let hour = facts(whole).into_iter().find_map(|f| match f.fact {
        Fact::Hour(hour) => Some(hour.to_french()),
        _ => None,
    });
    let name = format!("{count} membres");
    let (when, item) = when("", place);
    let carried = carried(text);
    leaves.then_some(Movement::Out(Departure {
        name,
        hour,
        item,
        when,
        carried,
        ..Departure::default()
    }))
}

/// « (après les comptes) »: the words of an item that had been treated.
fn after_words(rest: &str) -> String {
    static AFTER_ITEM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:apr[èe]s|[àa]\s+la\s+fin\s+d[ue])\s+(?:le\s+(?:vote\s+(?:sur\s+|d[ue]\s+)?)?|la\s+|les\s+|l['’]\s?)((?:\p{L}[\p{L}'’-]*\s?){1,4})",
        )
    });
    AFTER_ITEM.captures(rest).map_or_else(String::new, |found| found[1].trim().to_owned())
}

/// How many proxies go with a member who leaves: « (elle avait 1 pouvoir) ».
fn carried(rest: &str) -> u32 {
    static HELD: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:avait|portait|d[ée]tenait|avec)\s+(\d{1,2}|une?|deux|trois)\s+(?:pouvoirs?|pvrs?|procurations?)\b",
        )
    });
    match HELD.captures(rest).and_then(|found| found.get(1)).map(|count| fold(count.as_str())) {
        Some(count) if count == "un" || count == "une" => 1,
        Some(count) if count == "deux" => 2,
        Some(count) if count == "trois" => 3,
        Some(count) => count.parse().unwrap_or(0),
        None => 0,
    }
}

/// The members of a subject, all of whom have to be known.
fn members(who: &str, people: &People<'_>) -> Option<Vec<String>> {
    let mut names = Vec::new();
    for part in split(who) {
        match people.member(part) {
            Some(name) => names.push(name),
            // Where the notes count those present, nobody is known by name.
            None if people.roster.names().is_empty() && holds_surname(part) => {
                names.push(people.named(part)?);
            }
            None => {
                let listed = people.roster.listed(part)?;
                names.extend(listed.into_iter().map(|m| people.roster.full_name(m).to_owned()));
            }
        }
    }
    (!names.is_empty()).then_some(names)
}

/// « Ada Vernier avait prévenu qu'elle serait en retard, elle … »: the one whom the pronoun means.
fn spoken_of(who: &str, people: &People<'_>) -> Option<Vec<String>> {
    let pronoun = who.rsplit([' ', ',']).next().map(fold);
    let told = matches!(pronoun.as_deref(), Some("il" | "elle")) && who.contains(',');
    match people.roster.mentions(who).as_slice() {
        [(member, span)] if told && span.start == 0 => {
            Some(vec![people.roster.full_name(*member).to_owned()])
        }
        _ => None,
    }
}

/// Whether words name somebody in full: « Mme Talmont », « Luc Talmont ».
fn holds_surname(words: &str) -> bool {
    static FULL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^(?:(?:Mme|Mlle|M\.|Mr|Madame|Monsieur)\s+\p{Lu}[\p{L}'’-]+|\p{Lu}\p{Ll}[\p{L}'’-]*\s+\p{Lu}[\p{L}'’-]+)$",
        )
    });
    FULL.is_match(words.trim())
}

/// When, from the words of the clause, else from its place.
pub fn when(rest: &str, place: Option<usize>) -> (When, Option<u32>) {
    let number =
        |re: &Regex| re.captures(rest).and_then(|f| f.get(1).or(f.get(2))?.as_str().parse().ok());
    if let Some(n) = number(&AFTER) {
        return (When::After(n), Some(n));
    }
    if let Some(n) = number(&BEFORE) {
        return (When::Before(n), Some(n));
    }
    match (place, number(&DURING)) {
        (Some(place), item) => (When::At(place), item),
        (None, Some(n)) => (When::During(n), Some(n)),
        (None, None) => (When::Unknown, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::{Membre, Office};
    use crate::reading::name::Roster;

    fn told(clause: &str) -> String {
        let members: Vec<Membre> = ["Ada VERNIER", "Luc TALMONT", "Ève OSTIN"]
            .map(|nom| Membre { nom: nom.into(), ..Membre::default() })
            .into();
        let (roster, office) = (Roster::new(&members), Office::default());
        let people = People::new(&roster, &office);
        let show =
            |sign: &str, name: &str, hour: Option<String>, when: When, holder: Option<String>| {
                let initial: String = name.chars().take(3).collect();
                let hour = hour.map_or(String::new(), |h| format!(" {}", h.replace(' ', "")));
                let when = match when {
                    When::Unknown => String::new(),
                    other => format!(" {other:?}"),
                };
                let holder = holder.map_or(String::new(), |h| format!(" -> {h}"));
                format!("{sign}{initial}{hour}{when}{holder}")
            };
        read(clause, &people, None, false)
            .into_iter()
            .map(|movement| match movement {
                Movement::In(a) => show("+", &a.name, a.hour, a.when, None),
                Movement::Back(a) => show("=", &a.name, a.hour, a.when, None),
                Movement::Out(d) => show("-", &d.name, d.hour, d.when, d.holder),
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn arrivals_are_read_as_people_type_them() {
        for (clause, expected) in [
            ("A. Vernier arrive 20h50 (on était au pt 2)", "+Ada 20h50 During(2)"),
            ("arrivée de Luc Talmont à 19h15", "+Luc 19h15"),
            ("Arrivée d'Ostin 19h15", "+Ève 19h15"),
            ("Ostin arrive au point 3", "+Ève During(3)"),
            ("Ostin est arrivée à 18h50 pour le point 2", "+Ève 18h50 Before(2)"),
            ("talmont arrive a 19h55 pendant le point 3", "+Luc 19h55 During(3)"),
            ("Talmont et Ostin arrivent à 20h", "+Luc 20h +Ève 20h"),
            ("20h10 : arrivée de Talmont", "+Luc 20h10"),
            ("retard : Talmont (20h10)", "+Luc 20h10"),
            ("Talmont en retard, arrive 20h10", "+Luc 20h10"),
            ("Talmont revient à 20h32", "=Luc 20h32"),
            ("Talmont avait dit qu'il aurait du retard, il est arrivé à 20h05", "+Luc 20h05"),
            ("Ostin : arrive à 18h40, pendant le 3", "+Ève 18h40 During(3)"),
            ("18h20 arrivent 2 adhérents -> 31 présents", "+2 m 18h20"),
            ("4 personnes dans la salle", ""),
            ("la fibre arrive rue Haute", ""),
            ("Talmont arrive à convaincre le syndicat", ""),
        ] {
            assert_eq!(told(clause), expected, "{clause}");
        }
    }

    #[test]
    fn departures_are_read_with_their_proxies() {
        for (clause, expected) in [
            ("départ de Talmont 21h", "-Luc 21h"),
            ("Talmont part (pouvoir à Ostin)", "-Luc -> Ève OSTIN"),
            ("-> Talmont part 21h40 (après pt 3, pas de pvr)", "-Luc 21h40 After(3)"),
            ("Talmont + Ostin partent 22h05", "-Luc 22h05 -Ève 22h05"),
            ("Talmont quitte la séance à 21h10 (pvr Ostin)", "-Luc 21h10 -> Ève OSTIN"),
            ("21h15 départ Talmont", "-Luc 21h15"),
            ("Départ : L. Talmont, 21h15, procuration à Ostin", "-Luc 21h15 -> Ève OSTIN"),
            ("Talmont quitte la salle et ne prend pas part au vote", ""),
            ("Talmont part en vacances", ""),
            ("Talmont part furieux 21h en claquant la porte", "-Luc 21h"),
            ("Talmont s'en va 21h après la 3", "-Luc 21h After(3)"),
            ("Talmont s'en va, il a un train", "-Luc"),
            ("parti avant la fin Talmont (21h)", "-Luc 21h"),
            (
                "Ostin part à 21h, avant le vote du 7, laisse pouvoir à Vernier",
                "-Ève 21h Before(7) -> Ada VERNIER",
            ),
            ("20h30 Talmont part, pouvoir à A. Vernier", "-Luc 20h30 -> Ada VERNIER"),
            ("le car part à 8h", ""),
        ] {
            assert_eq!(told(clause), expected, "{clause}");
        }
    }
}
