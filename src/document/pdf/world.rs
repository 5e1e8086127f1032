//! What typst may know while it lays a page out: a handful of sources and files in memory, our own
//! fonts, and nothing else: no disk, no network, no clock, no packages.
//!
//! The same input therefore gives the same page everywhere. Texts are handed over as `data.json`,
//! whose strings typst takes for text whatever they hold.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::{LazyHash, Scalar};
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::document::ExportError;
use crate::document::fonts::FONTS;

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// A page description with what it may read, before it is laid out.
pub struct Sheet {
    main: FileId,
    sources: Vec<Source>,
    files: Vec<(FileId, Bytes)>,
}

impl Sheet {
    /// A sheet that starts at its first source; each source has the name it is imported by.
    ///
    /// # Errors
    /// When a name is no path, which only a fault of the program can make.
    pub fn new(sources: &[(&str, &str)]) -> Result<Self, ExportError> {
        let sources = sources
            .iter()
            .map(|(name, text)| Ok(Source::new(id(name)?, (*text).to_owned())))
            .collect::<Result<Vec<Source>, ExportError>>()?;
        let main = sources.first().map(Source::id).ok_or_else(|| fault("aucune page décrite"))?;
        Ok(Self { main, sources, files: Vec::new() })
    }

    /// Adds a file that the sources read: data, a picture.
    ///
    /// # Errors
    /// When the name is no path.
    pub fn with_file(mut self, name: &str, content: Vec<u8>) -> Result<Self, ExportError> {
        self.files.push((id(name)?, Bytes::new(content)));
        Ok(self)
    }

    /// Lays the pages out.
    ///
    /// # Errors
    /// With the typesetter's own words when it refuses.
    pub fn lay_out(&self) -> Result<Pages, ExportError> {
        let document = typst::compile::<PagedDocument>(self).output;
        // What was computed for this sheet serves no other one.
        typst::comemo::evict(0);
        document.map(Pages).map_err(|errors| {
            let said: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
            fault(&said.join(", "))
        })
    }
}

/// The signs of a text that no font has, each once, in order: an empty box stands for them on the
/// page. Marks that show nothing by themselves are not looked for.
pub fn missing_signs(text: &str) -> Vec<char> {
    let shown = |sign: &char| {
        !sign.is_control()
            && !sign.is_whitespace()
            && !matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
            && !matches!(sign, '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
    };
    let mut missing = Vec::new();
    for sign in text.chars().filter(shown) {
        let had = |font: &Font| font.info().coverage.contains(u32::from(sign));
        if !missing.contains(&sign) && !FONTS.fonts.iter().any(had) {
            missing.push(sign);
        }
    }
    missing
}

/// Pages that are laid out.
pub struct Pages(PagedDocument);

impl Pages {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.pages().len()
    }

    /// A tagged pdf, which a screen reader reads in order: PDF/UA-1 where the text allows it (a
    /// sign that no font has does not), else with the same tags and without the claim.
    ///
    /// # Errors
    /// With the writer's own words when it refuses.
    pub fn pdf(&self) -> Result<Vec<u8>, ExportError> {
        let accessible = PdfStandards::new(&[PdfStandard::Ua_1]).unwrap_or_default();
        let written = typst_pdf::pdf(&self.0, &options(accessible))
            .or_else(|_| typst_pdf::pdf(&self.0, &options(PdfStandards::default())));
        written.map_err(|errors| {
            let said: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
            fault(&said.join(", "))
        })
    }

    /// The first page as a png picture of that many pixels to the inch.
    ///
    /// # Errors
    /// When the picture cannot be written.
    pub fn png(&self, dots_per_inch: f64) -> Result<Vec<u8>, ExportError> {
        let page = self.0.pages().first().ok_or_else(|| fault("aucune page"))?;
        let options = typst_render::RenderOptions {
            pixel_per_pt: Scalar::new(dots_per_inch / 72.0),
            render_bleed: false,
        };
        typst_render::render(page, &options).encode_png().map_err(|error| fault(&error.to_string()))
    }
}

fn options(standards: PdfStandards) -> PdfOptions {
    PdfOptions {
        creator: Smart::Custom(Some(format!("Greffier {}", env!("CARGO_PKG_VERSION")))),
        standards,
        ..PdfOptions::default()
    }
}

fn id(name: &str) -> Result<FileId, ExportError> {
    let path = VirtualPath::new(name).map_err(|error| fault(&error.to_string()))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

fn fault(said: &str) -> ExportError {
    ExportError(said.to_owned())
}

impl World for Sheet {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let found = self.sources.iter().find(|source| source.id() == id);
        found.cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let found = self.files.iter().find(|(name, _)| *name == id);
        found.map(|(_, content)| content.clone()).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
