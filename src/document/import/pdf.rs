//! PDF files with text: signs with their places, put back into lines and paragraphs.
//!
//! The library that reads the signs panics on some damaged files, recurses in others and may take
//! long: it runs on a thread of its own with a large stack, page by page, within a time limit, and
//! gets nothing that would unpack to more than a limit. A file whose pages are pictures is told to be one.

mod lines;
mod page;
mod weight;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::time::Duration;

use pdf_extract::{Document, MediaBox, OutputDev, OutputError, Transform};

use self::lines::Page;
use super::guard::{THREAD, quiet_panics};
use super::lines::text;
use super::{Imported, MAX_TEXT_BYTES, Reason, Remark};

/// Beyond this the file is not an ordinary one: 500 pages take a few seconds.
const TIME_LIMIT: Duration = Duration::from_secs(60);
const STACK_BYTES: usize = 256 << 20;

/// Reads a file.
///
/// # Errors
/// When it has no text, is protected or damaged, or takes too long.
pub(super) fn read(bytes: &[u8]) -> Result<Imported, Reason> {
    quiet_panics();
    let (sender, receiver) = mpsc::channel();
    let bytes = bytes.to_vec();
    let thread = std::thread::Builder::new().name(THREAD.to_owned()).stack_size(STACK_BYTES);
    let run = move || {
        let read = catch_unwind(|| pages(&bytes));
        // Nobody waits any more once the time is over.
        let _ = sender.send(read.unwrap_or_else(|_| Err(Reason::Damaged("PDF illisible".into()))));
    };
    thread.spawn(run).map_err(Reason::Io)?;
    let (pages, mut remarks) =
        receiver.recv_timeout(TIME_LIMIT).map_err(|_| Reason::TooSlow(TIME_LIMIT.as_secs()))??;
    let lines = page::lines(pages);
    let text = text(&lines);
    if text.trim().is_empty() {
        remarks.clear();
        return Err(Reason::NotRead(SCAN));
    }
    Ok(Imported { text, remarks, ..Imported::default() })
}

const HEAVY: &str = "pages trop lourdes, sans doute des plans ou des dessins";
const SCAN: &str = "est un PDF sans texte, sans doute une page numérisée ou une photo : tapez-en le texte dans un document .docx, .odt ou .txt, ou passez-le par un logiciel de reconnaissance de caractères";

/// The pages with their lines, and those that could not be read.
fn pages(bytes: &[u8]) -> Result<(Vec<Page>, Vec<Remark>), Reason> {
    let damaged = |error: pdf_extract::Error| match error {
        pdf_extract::Error::Decryption(_) | pdf_extract::Error::InvalidPassword => {
            Reason::Encrypted
        }
        other => Reason::Damaged(other.to_string()),
    };
    let bytes = weight::bounded(bytes)?;
    let mut document = Document::load_mem(&bytes).map_err(damaged)?;
    drop(bytes);
    if document.is_encrypted() {
        document.decrypt("").map_err(|_| Reason::Encrypted)?;
    }
    weight::empty_pictures(&mut document);
    let mut weights = weight::Weights::of(&document);
    let mut read = Vec::new();
    let (mut broken, mut heavy, mut pictures) = (Vec::new(), Vec::new(), Vec::new());
    let mut weight = 0;
    for (number, id) in document.get_pages() {
        if !weights.allow(id) {
            heavy.push(number);
            continue;
        }
        let mut signs = Signs::default();
        let page = catch_unwind(AssertUnwindSafe(|| {
            pdf_extract::output_doc_page(&document, &mut signs, number)
        }));
        if !matches!(page, Ok(Ok(()))) {
            broken.push(number);
        }
        if signs.page.is_empty() {
            let has_picture = catch_unwind(AssertUnwindSafe(|| {
                document.get_page_images(id).is_ok_and(|images| !images.is_empty())
            }));
            if has_picture.unwrap_or(false) {
                pictures.push(number);
            }
        }
        weight += signs.page.weight();
        if weight > 2 * MAX_TEXT_BYTES {
            return Err(Reason::TextTooBig(weight));
        }
        read.push(signs.page);
    }
    if read.is_empty() && !heavy.is_empty() {
        return Err(Reason::Hostile(HEAVY));
    }
    let mut remarks = Vec::new();
    let mut tell = |numbers: &[u32], what: &str| {
        if !numbers.is_empty() {
            let list: Vec<String> = numbers.iter().map(u32::to_string).collect();
            let pages = if numbers.len() == 1 { "Page" } else { "Pages" };
            remarks.push(Remark::Unread(format!("{pages} {} : {what}", list.join(", "))));
        }
    };
    tell(&broken, "abîmée ou illisible, du texte peut manquer ; comparez avec le PDF");
    tell(&heavy, "plan ou dessin trop lourd, non lu ; tapez ce qu'il dit dans vos notes");
    tell(&pictures, "image sans texte, non lue ; tapez ce qu'elle dit dans vos notes");
    Ok((read, remarks))
}

/// Takes the signs of a page.
#[derive(Default)]
struct Signs {
    page: Page,
}

impl OutputDev for Signs {
    fn begin_page(
        &mut self,
        _number: u32,
        media: &MediaBox,
        _art: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        self.page.width = media.urx - media.llx;
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        sign: &str,
    ) -> Result<(), OutputError> {
        let scale = (place.m11 * place.m22 - place.m12 * place.m21).abs().sqrt();
        let numbers = [place.m31, place.m32, scale, width, font_size];
        // Text across the page is a stamp (« projet »), not what the page says.
        let is_level = place.m12.abs() <= 0.1 * place.m11.abs() && place.m11 > 0.0;
        if is_level && numbers.iter().all(|number| number.is_finite()) {
            let size = scale * font_size.abs();
            self.page.sign(place.m31, place.m32, width * place.m11 * font_size.abs(), size, sign);
        }
        if self.page.weight() > 2 * MAX_TEXT_BYTES {
            return Err(OutputError::FormatError(std::fmt::Error));
        }
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}
