//! The printed poster: one sheet, in one of several designs, made from the record.
//!
//! Each design is a page description in `designs/`; it gets the texts, already set in French
//! typography, as data, and tries its sizes from the largest to the smallest that still reads at
//! its distance. When even that one is too large the invitation goes, which says nothing that the
//! page does not say elsewhere, then the least dear lines, each with a finding;
//! when only lines that have to stay are left, the sheet is refused with what to shorten. A page
//! therefore never overflows and loses nothing without a word. Left out: drawings and clip art.

pub mod code;
pub mod palette;
pub mod picture;

use std::sync::LazyLock;

use regex::Regex;
use serde_json::{Value, json};

use self::code::{Code, CodeError, Wanted};
use self::palette::{Colour, Paper, palette};
use self::picture::Picture;
use super::record::{BlockKind, Poster};
use super::template;
use crate::document::ExportError;
use crate::document::pdf::breakable;
use crate::document::pdf::world::{Pages, Sheet, missing_signs};
use crate::finding::{Finding, FindingKind};
use crate::office::Office;
use crate::reading::{pattern, words};
use crate::task::wording;
use crate::typography::french;

/// The size of the paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Size {
    /// 210 × 297 mm, for notice boards.
    #[default]
    A4,
    /// 297 × 420 mm, for shop windows and bus shelters.
    A3,
}

/// How the page is composed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Design {
    /// A block of colour, a dark band with the day.
    Band,
    /// A frame, everything on the middle axis, a serif face.
    Frame,
    /// A coloured column with the day.
    Side,
    /// Letters alone, as wide as the sheet.
    Letters,
    /// Tiles of geometric shapes.
    Mosaic,
    /// Labels and answers in two columns.
    Plain,
    /// Waves and a disc.
    Wave,
}

/// The designs, in the order of their French names.
pub const DESIGNS: [Design; 7] = [
    Design::Band,
    Design::Frame,
    Design::Side,
    Design::Letters,
    Design::Mosaic,
    Design::Plain,
    Design::Wave,
];

impl Design {
    /// Its French name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Band => "bandeau",
            Self::Frame => "cadre",
            Self::Side => "cote",
            Self::Letters => "grand-titre",
            Self::Mosaic => "mosaique",
            Self::Plain => "sobre",
            Self::Wave => "vague",
        }
    }

    /// Information reads best in order; a picture wants room; an event is announced.
    fn fit_for(poster: &Poster, picture: bool) -> Self {
        match (poster.information, picture) {
            (true, _) => Self::Plain,
            (false, true) => Self::Band,
            (false, false) => Self::Mosaic,
        }
    }

    fn source(self) -> &'static str {
        match self {
            Self::Band => include_str!("designs/bandeau.typ"),
            Self::Frame => include_str!("designs/cadre.typ"),
            Self::Side => include_str!("designs/cote.typ"),
            Self::Letters => include_str!("designs/grand-titre.typ"),
            Self::Mosaic => include_str!("designs/mosaique.typ"),
            Self::Plain => include_str!("designs/sobre.typ"),
            Self::Wave => include_str!("designs/vague.typ"),
        }
    }

    /// The colour when the user names none.
    const fn colour(self) -> &'static str {
        match self {
            Self::Band => "#5b2a86",
            Self::Frame => "#8a1c2f",
            Self::Side => "#2e6b3f",
            Self::Letters => "#f2b705",
            Self::Mosaic => "#c8442b",
            Self::Plain => "#1f4e5f",
            Self::Wave => "#0f6e84",
        }
    }
}

/// The longest word of a line that the narrowest column has room for.
const LONGEST_WORD: usize = 20;

const COMMON: &str = include_str!("designs/common.typ");

/// What the user wants the sheet to look like.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// The size of the paper.
    pub size: Size,
    /// The composition; by the poster's kind when none is named.
    pub design: Option<Design>,
    /// The one colour; the design's own when none is named.
    pub colour: Option<Colour>,
    /// The picture.
    pub picture: Option<Picture>,
    /// The organiser's sign.
    pub logo: Option<Picture>,
    /// What a QR code says.
    pub code: Option<Wanted>,
    /// What the user typed, where a code finds the page that the sheet has no room for.
    pub notes: String,
}

/// A sheet ready to be written.
pub struct Printed {
    /// Exactly one page.
    pub pages: Pages,
    /// Lines that had no room.
    pub findings: Vec<Finding>,
    /// Signs that no font has.
    pub missing_signs: Vec<char>,
    /// The composition that was taken.
    pub design: Design,
}

/// Why there is no sheet. The text is what the user sees.
#[derive(Debug, thiserror::Error)]
pub enum SheetError {
    /// Too much text that has to stay.
    #[error(
        "l'affiche ne tient pas sur une page, même en petits caractères : raccourcissez {0}, ou corrigez le dossier de l'affiche (--dossier)"
    )]
    Full(String),
    /// The code cannot be made.
    #[error(transparent)]
    Code(#[from] CodeError),
    /// The typesetter failed.
    #[error(transparent)]
    Export(#[from] ExportError),
}

/// Lays the poster out on one page.
///
/// # Errors
/// When lines that have to stay leave no room, or the code's content is not known.
pub fn lay_out(poster: &Poster, office: &Office, look: &Look) -> Result<Printed, SheetError> {
    let design = look.design.unwrap_or(Design::fit_for(poster, look.picture.is_some()));
    let code =
        look.code.as_ref().map(|wanted| wanted.code(poster, office, &look.notes)).transpose()?;
    let mut poster = poster.clone();
    let mut findings = Vec::new();
    loop {
        let pages = page(&poster, office, look, design, code.as_ref())?;
        if pages.count() == 1 {
            let said = data(&poster, office, look, design).to_string();
            let missing_signs = missing_signs(&said);
            return Ok(Printed { pages, findings, missing_signs, design });
        }
        if poster.invitation.take().is_some() {
            continue;
        }
        let least = poster
            .lines
            .iter()
            .enumerate()
            .filter(|(_, line)| line.rank > 1)
            .max_by_key(|(index, line)| (line.rank, *index))
            .map(|(index, _)| index);
        let Some(index) = least else { return Err(SheetError::Full(longest(&poster))) };
        let line = poster.lines.remove(index);
        findings.push(Finding::check(
            FindingKind::Unused,
            (!line.span.is_empty()).then_some(line.span),
            format!("Non imprimé sur l'affiche, faute de place : « {} »", line.text),
        ));
    }
}

/// The two longest texts, as what to shorten first.
fn longest(poster: &Poster) -> String {
    let texts = [&poster.title, &poster.date, &poster.hours, &poster.place, &poster.organiser];
    let mut all: Vec<&str> = texts.into_iter().flatten().map(String::as_str).collect();
    all.extend(poster.lines.iter().map(|line| line.text.as_str()));
    all.sort_by_key(|text| std::cmp::Reverse(text.chars().count()));
    let named: Vec<String> = all
        .into_iter()
        .take(2)
        .map(|text| {
            let start: String = text.chars().take(60).collect();
            let more = if start.len() < text.len() { "…" } else { "" };
            format!("« {start}{more} »")
        })
        .collect();
    named.join(" et ")
}

/// The poster on as many pages as the design makes of it: two mean that it does not fit.
fn page(
    poster: &Poster,
    office: &Office,
    look: &Look,
    design: Design,
    code: Option<&Code>,
) -> Result<Pages, SheetError> {
    let mut data = data(poster, office, look, design);
    let mut sheet = Sheet::new(&[("sheet.typ", design.source()), ("common.typ", COMMON)])?;
    for (key, picture) in [("image", &look.picture), ("logo", &look.logo)] {
        if let Some(picture) = picture {
            let name = format!("{key}.{}", picture.ending());
            data[key] = json!(format!("/{name}"));
            sheet = sheet.with_file(&name, picture.bytes().to_vec())?;
        }
    }
    if let Some(code) = code {
        data["qr"] = json!(breakable(&french(&code.caption), 14));
        sheet = sheet.with_file("code.svg", code::drawing(code)?.into_bytes())?;
    }
    let sheet = sheet.with_file("data.json", data.to_string().into_bytes())?;
    Ok(sheet.lay_out()?)
}

/// What the designs read.
fn data(poster: &Poster, office: &Office, look: &Look, design: Design) -> Value {
    let french = |text: &str| breakable(&french(text), LONGEST_WORD);
    let set = |text: &str| french(&wording::capital(text));
    let or_blank = |text: &Option<String>, what: &str| {
        set(&said(text).map_or_else(|| wording::blank(what), str::to_owned))
    };
    let of = |block: BlockKind| -> Vec<String> {
        let lines = poster.lines.iter().filter(|l| l.block == block && !l.text.trim().is_empty());
        lines.map(|l| french(&l.text)).collect()
    };
    let title = or_blank(&poster.title, "titre");
    let organiser = or_blank(&poster.organiser, "organisateur");
    let place = said(&poster.place).map_or_else(|| wording::blank("lieu"), str::to_owned);
    let printer = office.affiche.mention_imprimeur.as_deref();
    let mentions: Vec<String> = match (printer, poster.printed_in_house) {
        (Some(printer), _) => vec![french(printer)],
        (None, true) => vec!["Imprimé par nos soins".into()],
        (None, false) => Vec::new(),
    };
    let colour = look.colour.or_else(|| design.colour().parse().ok());
    let shades = colour.map(|colour| palette(colour, paper(poster, office)));
    json!({
        "format": match look.size { Size::A4 => "a4", Size::A3 => "a3" },
        "least_title": least_title(&title),
        // The same pattern for the same title, whatever the computer.
        "seed": title.chars().map(u32::from).fold(7_u32, |sum, c| (sum * 31 + c) % 65_521),
        "title": title,
        "invitation": said(&poster.invitation).map(&set),
        "date": or_blank(&poster.date, "date"),
        "day": poster.date.as_deref().and_then(day),
        "hours": said(&poster.hours).map(&french),
        "where": set(&template::with_town(&place, office)),
        "who": organiser.split(", ").next(),
        "organiser": organiser,
        "mentions": mentions,
        "programme": of(BlockKind::Programme),
        "prices": of(BlockKind::Prices),
        "practical": of(BlockKind::Practical),
        "contact": of(BlockKind::Contact),
        "image": Value::Null,
        "logo": Value::Null,
        "qr": Value::Null,
        "colours": shades,
    })
}

/// A text with something in it: a corrected record may hold an empty one.
fn said(text: &Option<String>) -> Option<&str> {
    text.as_deref().map(str::trim).filter(|text| !text.is_empty())
}

/// The smallest size of a title, in points of an A3 sheet: a short one is read at ten metres.
fn least_title(title: &str) -> u8 {
    match title.split_whitespace().count() {
        0..=5 => 90,
        6..=9 => 70,
        _ => 54,
    }
}

/// White is for public authorities (law of 29 July 1881, article 15).
fn paper(poster: &Poster, office: &Office) -> Paper {
    let public = poster.organiser.as_deref().is_some_and(|text| AUTHORITY.is_match(text))
        && office.organisme.nature.as_deref() == Some("commune");
    if public { Paper::White } else { Paper::Tinted }
}

words!(
    AUTHORITY,
    r"(?i)^(?:la )?(?:mairie|commune|ville|communaut[ée] de communes|conseil municipal)\b"
);

/// The parts of a whole date: « dimanche 13 décembre 2026 ».
fn day(date: &str) -> Option<Value> {
    static DAY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:(?P<weekday>\p{L}+di|dimanche) )?(?P<day>1er|\d{1,2}) (?P<month>\p{L}+)(?: (?P<year>\d{4}))?$",
        )
    });
    let found = DAY.captures(date)?;
    let part = |name: &str| found.name(name).map(|part| part.as_str());
    Some(json!({
        "weekday": part("weekday").map(wording::capital),
        "day": part("day"),
        "month": part("month"),
        "year": part("year"),
    }))
}

#[cfg(test)]
mod tests;
