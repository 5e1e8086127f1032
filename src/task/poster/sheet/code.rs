//! The QR code of a sheet: what it says, and its drawing.
//!
//! A code says what the poster says, never more: the phone number and the page come from the
//! record, the calendar entry from its date, hours and place. What it says is printed beneath, for
//! those who have no reader.

use std::sync::LazyLock;

use jiff::civil::Date;
use qrcode::{Color, EcLevel, QrCode};
use regex::Regex;

use crate::office::Office;
use crate::reading::{Fact, Hour, facts, pattern};
use crate::task::poster::record::{BlockKind, Poster};

/// What the user wants the code to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// The phone number to call.
    Phone,
    /// The page to visit.
    Site,
    /// The event, for a calendar.
    Calendar,
    /// These very words.
    Text(String),
}

/// What a code says, and what stands beneath it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    /// What a reader gets.
    pub content: String,
    /// What people read.
    pub caption: String,
}

/// Why there is no code. The text is what the user sees.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum CodeError {
    /// Neither notes nor sheet hold it.
    #[error("--qr {0} : vos notes et votre fiche ne donnent pas {1} ; ajoutez-le ou retirez --qr")]
    Unknown(&'static str, &'static str),
    /// Too long for a code that phones read.
    #[error("--qr : {0} caractères, c'est trop pour un code lisible ; 200 au plus")]
    Long(usize),
}

/// The most characters that the user may put into a code; it stays coarse enough for phones.
const MAX_TEXT: usize = 200;

impl Wanted {
    /// What `--qr` names.
    pub fn of(text: &str) -> Self {
        match text.trim().to_lowercase().as_str() {
            "telephone" | "téléphone" | "tel" => Self::Phone,
            "site" => Self::Site,
            "agenda" => Self::Calendar,
            _ => Self::Text(text.trim().to_owned()),
        }
    }

    /// What the code of this poster says; the notes hold what the page had no room for.
    ///
    /// # Errors
    /// When the poster does not hold it, or it is too long.
    pub fn code(&self, poster: &Poster, office: &Office, notes: &str) -> Result<Code, CodeError> {
        match self {
            Self::Phone => {
                let number = phone(poster, office)
                    .ok_or(CodeError::Unknown("telephone", "de numéro de téléphone"))?;
                let digits: String = number.chars().filter(char::is_ascii_digit).collect();
                Ok(Code { content: format!("tel:{digits}"), caption: number })
            }
            Self::Site => {
                let page =
                    page(poster, notes).ok_or(CodeError::Unknown("site", "d'adresse de site"))?;
                let content =
                    if page.contains("://") { page.clone() } else { format!("https://{page}") };
                Ok(Code { content, caption: page })
            }
            Self::Calendar => {
                let content =
                    event(poster).ok_or(CodeError::Unknown("agenda", "de date complète"))?;
                Ok(Code { content, caption: "Ajouter à l'agenda".into() })
            }
            Self::Text(text) if text.chars().count() > MAX_TEXT => {
                Err(CodeError::Long(text.chars().count()))
            }
            Self::Text(text) => Ok(Code { content: text.clone(), caption: text.clone() }),
        }
    }
}

fn phone(poster: &Poster, office: &Office) -> Option<String> {
    let mut lines: Vec<_> = poster.lines.iter().collect();
    lines.sort_by_key(|line| line.block != BlockKind::Contact);
    let number = |text: &str| {
        let found = facts(text).into_iter().find(|f| matches!(f.fact, Fact::Phone(_)))?;
        text.get(found.span).map(str::to_owned)
    };
    let found = lines.iter().find_map(|line| number(&line.text));
    // A number that only the notes hold was left out of the page, and may be private.
    found.or_else(|| office.organisme.telephone.clone())
}

fn page(poster: &Poster, notes: &str) -> Option<String> {
    let lines = poster.lines.iter().map(|line| line.text.as_str());
    lines.chain([notes]).find_map(|text| {
        let found = PAGE.find(text)?.as_str();
        Some(found.trim_end_matches(['.', ',', ';', ')']).to_owned())
    })
}

static PAGE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b(?:https?://|www\.)[^\s<>«»]+"));

/// The event in the form of calendars (`iCalendar`, RFC 5545), its hours those of the place. Phones
/// take the event without the calendar around it, which would only make the code finer.
fn event(poster: &Poster) -> Option<String> {
    let date = facts(poster.date.as_deref()?).into_iter().find_map(|found| match found.fact {
        Fact::Date(date) => date.civil(),
        _ => None,
    })?;
    let mut hours = facts(poster.hours.as_deref().unwrap_or_default())
        .into_iter()
        .filter_map(|found| if let Fact::Hour(hour) = found.fact { Some(hour) } else { None });
    let mut lines = vec![
        "BEGIN:VEVENT".to_owned(),
        format!("SUMMARY:{}", escaped(poster.title.as_deref().unwrap_or("Événement"))),
    ];
    match (hours.next(), hours.next()) {
        (None, _) => lines.push(format!("DTSTART;VALUE=DATE:{}", day(date))),
        (Some(from), None) => lines.push(format!("DTSTART:{}", moment(date, from)?)),
        (Some(from), Some(to)) => {
            // « de 20 h à 1 h » ends on the next day.
            let next = (to.hour, to.minute) <= (from.hour, from.minute);
            let end = if next { date.tomorrow().ok()? } else { date };
            lines.push(format!("DTSTART:{}", moment(date, from)?));
            lines.push(format!("DTEND:{}", moment(end, to)?));
        }
    }
    if let Some(place) = &poster.place {
        lines.push(format!("LOCATION:{}", escaped(place)));
    }
    lines.push("END:VEVENT".to_owned());
    Some(lines.join("\r\n") + "\r\n")
}

fn day(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// A moment of that day; 24 h is the next day's first.
fn moment(date: Date, hour: Hour) -> Option<String> {
    let (date, hours) =
        if hour.hour == 24 { (date.tomorrow().ok()?, 0) } else { (date, hour.hour) };
    Some(format!("{}T{hours:02}{:02}00", day(date), hour.minute))
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// What a stain may hide; less of it where much is said, so that the cells stay large.
fn level(code: &Code) -> EcLevel {
    if code.content.len() > 100 { EcLevel::L } else { EcLevel::M }
}

/// The code as a drawing, with the white margin that readers need.
///
/// # Errors
/// When the content is too long for any code.
pub fn drawing(code: &Code) -> Result<String, CodeError> {
    const QUIET: usize = 4;
    let long = |_| CodeError::Long(code.content.chars().count());
    let code = QrCode::with_error_correction_level(&code.content, level(code)).map_err(long)?;
    let (side, cells) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (y, row) in cells.chunks(side).enumerate() {
        let mut x = 0;
        while x < side {
            let dark = row.iter().skip(x).take_while(|cell| **cell == Color::Dark).count();
            if dark > 0 {
                // Neighbours in one piece: no hairline between them on paper.
                path.push_str(&format!("M{} {}h{dark}v1h-{dark}z", x + QUIET, y + QUIET));
            }
            x += dark.max(1);
        }
    }
    let whole = side + 2 * QUIET;
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{whole}\" height=\"{whole}\" \
         viewBox=\"0 0 {whole} {whole}\"><path d=\"M0 0h{whole}v{whole}h-{whole}z\" \
         fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::poster::record::Line;

    fn poster() -> Poster {
        let line = |block, text: &str| Line { block, rank: 1, text: text.into(), span: 0..0 };
        Poster {
            title: Some("Bal, repas".into()),
            date: Some("samedi 20 juin 2026".into()),
            hours: Some("de 20 h 30 à 1 h".into()),
            place: Some("salle des fêtes".into()),
            lines: vec![
                line(BlockKind::Prices, "10 €, réservation au 02 61 91 44 55"),
                line(BlockKind::Practical, "Infos : www.bal.example."),
                line(BlockKind::Contact, "Appelez le 02 61 91 66 77"),
            ],
            ..Poster::default()
        }
    }

    fn said(wanted: &str, poster: &Poster) -> (String, String) {
        let code = Wanted::of(wanted).code(poster, &Office::default(), "").unwrap();
        (code.content, code.caption)
    }

    #[test]
    fn a_code_says_what_the_poster_says() {
        let poster = poster();
        assert_eq!(said("telephone", &poster), ("tel:0261916677".into(), "02 61 91 66 77".into()));
        let page = ("https://www.bal.example".to_owned(), "www.bal.example".to_owned());
        assert_eq!(said("site", &poster), page);
        assert_eq!(said("Bonjour", &poster), ("Bonjour".into(), "Bonjour".into()));
        let notes = "affiche bal\nsite : https://bal.example/2026";
        let page = Wanted::Site.code(&Poster::default(), &Office::default(), notes).unwrap();
        assert_eq!(page.content, "https://bal.example/2026");
        let (event, _) = said("agenda", &poster);
        for line in [
            "SUMMARY:Bal\\, repas\r\n",
            "DTSTART:20260620T203000\r\n",
            "DTEND:20260621T010000\r\n",
            "LOCATION:salle des fêtes\r\n",
        ] {
            assert!(event.contains(line), "{line} in {event}");
        }
    }

    #[test]
    fn what_is_not_known_is_said() {
        let empty = Poster::default();
        for wanted in ["telephone", "site", "agenda"] {
            let error = Wanted::of(wanted).code(&empty, &Office::default(), "").unwrap_err();
            assert!(error.to_string().contains(wanted), "{error}");
        }
        let long = Wanted::of(&"a".repeat(201)).code(&empty, &Office::default(), "");
        assert_eq!(long, Err(CodeError::Long(201)));
    }

    #[test]
    fn the_drawing_has_every_dark_cell() {
        let code = Code { content: "tel:0261916677".into(), caption: String::new() };
        let drawing = drawing(&code).unwrap();
        let code = QrCode::with_error_correction_level(&code.content, EcLevel::M).unwrap();
        let dark = code.to_colors().iter().filter(|cell| **cell == Color::Dark).count();
        let run = pattern(r"h(\d+)v1h");
        let drawn: usize =
            run.captures_iter(&drawing).map(|found| found[1].parse::<usize>().unwrap()).sum();
        assert_eq!(drawn, dark);
    }
}
