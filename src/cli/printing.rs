//! `greffier affiche … -o affiche.pdf`: the printed sheet, and the choices that go with it.
//!
//! What the command line names wins over the office sheet. Pictures and colours are tried before
//! anything is drafted.

use std::path::Path;

use super::{Failure, args};
use crate::finding::{Finding, FindingKind};
use crate::office::Office;
use crate::task::Draft;
use crate::task::poster::record::Poster;
use crate::task::poster::sheet::code;
use crate::task::poster::sheet::palette::Colour;
use crate::task::poster::sheet::picture::Picture;
use crate::task::poster::sheet::{self, DESIGNS, Look, Size};

/// Points to the inch of a picture for the web: an A4 sheet as wide as a screen.
const DOTS_PER_INCH: f64 = 150.0;

/// Signs that one finding names.
const MOST_SIGNS: usize = 10;

/// A sheet that was asked for.
pub struct Wanted {
    look: Look,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Pdf,
    Png,
}

/// The bytes of a sheet, and what it does not show.
#[derive(Debug, Default)]
pub struct Print {
    /// The whole file.
    pub bytes: Vec<u8>,
    /// Lines that had no room, signs that no font has.
    pub findings: Vec<Finding>,
    /// The size and composition that were taken, for the user.
    pub label: String,
}

impl Wanted {
    /// The sheet that the arguments ask for; `None` when they ask for a text.
    ///
    /// # Errors
    /// When a colour or picture cannot be used, or an option is given that a text has no use for.
    pub fn of(args: &args::Poster, notes: &str) -> Result<Option<Self>, Failure> {
        let ending = args.options.sortie.as_deref().and_then(Path::extension);
        let kind = match ending.map(|e| e.to_string_lossy().to_lowercase()).as_deref() {
            Some("pdf") => Kind::Pdf,
            Some("png") => Kind::Png,
            _ => {
                let given = [
                    ("--format", args.format.is_some()),
                    ("--modele-affiche", args.modele_affiche.is_some()),
                    ("--couleur", args.couleur.is_some()),
                    ("--image", args.image.is_some()),
                    ("--qr", args.qr.is_some()),
                ];
                return match given.iter().find(|(_, given)| *given) {
                    Some((option, _)) => Err(Failure::usage(format!(
                        "{option} ne vaut que pour une affiche à imprimer : ajoutez -o affiche.pdf (ou .png)"
                    ))),
                    None => Ok(None),
                };
            }
        };
        let look = Look {
            size: match args.format {
                Some(args::PaperSize::A3) => Size::A3,
                Some(args::PaperSize::A4) | None => Size::A4,
            },
            design: args
                .modele_affiche
                .as_deref()
                .and_then(|name| DESIGNS.into_iter().find(|design| design.name() == name)),
            colour: args.couleur.as_deref().map(colour).transpose()?,
            picture: args.image.as_deref().map(picture).transpose()?,
            logo: None,
            code: args.qr.as_deref().map(code::Wanted::of),
            notes: notes.to_owned(),
        };
        Ok(Some(Self { look, kind }))
    }

    /// Prints the sheet of a draft.
    ///
    /// # Errors
    /// When it cannot fit one page, or the office sheet names a colour or picture of no use.
    pub fn print(&self, draft: &Draft, office: &Office) -> Result<Print, Failure> {
        let poster: Poster =
            serde_json::from_value(draft.record.clone()).map_err(Failure::failed)?;
        let mut look = self.look.clone();
        let own = &office.affiche;
        if let (None, Some(named)) = (look.colour, &own.couleur) {
            look.colour = Some(colour(named)?);
        }
        if let (None, Some(path)) = (&look.picture, &own.image) {
            look.picture = Some(picture(Path::new(path))?);
        }
        if let Some(path) = &own.logo {
            look.logo = Some(picture(Path::new(path))?);
        }
        let printed = sheet::lay_out(&poster, office, &look).map_err(|error| match error {
            sheet::SheetError::Export(error) => Failure::failed(error),
            error => Failure::usage(error),
        })?;
        let bytes = match self.kind {
            Kind::Pdf => printed.pages.pdf(),
            Kind::Png => printed.pages.png(DOTS_PER_INCH),
        };
        let size = match look.size {
            Size::A4 => "A4",
            Size::A3 => "A3",
        };
        let mut findings = printed.findings;
        findings.extend(unprintable(&printed.missing_signs));
        Ok(Print {
            bytes: bytes.map_err(Failure::failed)?,
            findings,
            label: format!("{size}, modèle « {} »", printed.design.name()),
        })
    }
}

/// What the user has to know of signs that the fonts do not have; a text in another writing has
/// many.
pub fn unprintable(signs: &[char]) -> Option<Finding> {
    let shown: Vec<String> = signs.iter().take(MOST_SIGNS).map(|c| format!("« {c} »")).collect();
    let more = if signs.len() > MOST_SIGNS { "…" } else { "" };
    (!signs.is_empty()).then(|| {
        let message = format!(
            "Signes que la page ne peut pas montrer, remplacés par une case vide : {}{more} ; écrivez-les autrement, ou choisissez un autre format, comme .docx",
            shown.join(", ")
        );
        Finding::check(FindingKind::Missing, None, message)
    })
}

fn colour(text: &str) -> Result<Colour, Failure> {
    text.parse().map_err(Failure::usage)
}

fn picture(path: &Path) -> Result<Picture, Failure> {
    Picture::read(path).map_err(Failure::usage)
}
