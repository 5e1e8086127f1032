//! Pictures and logos that a sheet shows: read, bounded and tried before anything else is done.
//!
//! Left out: formats of cameras and of drawing programs; a phone's picture is a jpg.

use std::io::{Cursor, ErrorKind, Read};
use std::path::{Path, PathBuf};

use image::{ImageFormat, ImageReader};

/// The most a file may weigh.
const MAX_BYTES: u64 = 20_000_000;

/// The most points a picture may have; each takes four bytes once it is open.
const MAX_POINTS: u64 = 60_000_000;

/// A picture that opens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    bytes: Vec<u8>,
    ending: &'static str,
}

/// Why a picture cannot be used. The text is what the user sees.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The file does not exist.
    #[error("l'image « {} » n'existe pas : vérifiez son nom et son dossier", .0.display())]
    NotFound(PathBuf),
    /// Too heavy.
    #[error("l'image « {} » dépasse 20 Mo : enregistrez-la en plus petit", .0.display())]
    Heavy(PathBuf),
    /// Too many points.
    #[error(
        "l'image « {} » compte {width} × {height} points, c'est trop : enregistrez-la en plus petit",
        path.display()
    )]
    Large {
        /// The file.
        path: PathBuf,
        /// Points in a row.
        width: u32,
        /// Rows.
        height: u32,
    },
    /// Neither png nor jpg.
    #[error("« {} » n'est pas une image png ou jpg : enregistrez-la dans ce format", .0.display())]
    Format(PathBuf),
    /// Cut short or damaged.
    #[error("l'image « {} » est abîmée et ne s'ouvre pas : prenez-en une autre copie", .0.display())]
    Broken(PathBuf),
    /// The system refused.
    #[error("impossible de lire l'image « {} » : {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's own error.
        source: std::io::Error,
    },
}

impl Picture {
    /// Reads a picture and opens it once, so that a damaged one is known now.
    ///
    /// # Errors
    /// When the file cannot be read, is too big, or is not a whole png or jpg picture.
    pub fn read(path: &Path) -> Result<Self, PictureError> {
        let refused = |source: std::io::Error| match source.kind() {
            ErrorKind::NotFound | ErrorKind::NotADirectory => {
                PictureError::NotFound(path.to_owned())
            }
            ErrorKind::IsADirectory => PictureError::Format(path.to_owned()),
            _ => PictureError::Io { path: path.to_owned(), source },
        };
        let file = std::fs::File::open(path).map_err(refused)?;
        let mut bytes = Vec::new();
        file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(refused)?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(PictureError::Heavy(path.to_owned()));
        }
        Self::open(path, bytes)
    }

    fn open(path: &Path, bytes: Vec<u8>) -> Result<Self, PictureError> {
        let ending = match image::guess_format(&bytes) {
            Ok(ImageFormat::Png) => "png",
            Ok(ImageFormat::Jpeg) => "jpg",
            _ => return Err(PictureError::Format(path.to_owned())),
        };
        let reader = || ImageReader::new(Cursor::new(&bytes)).with_guessed_format();
        let broken = || PictureError::Broken(path.to_owned());
        let (width, height) =
            reader().ok().and_then(|reader| reader.into_dimensions().ok()).ok_or_else(broken)?;
        if u64::from(width) * u64::from(height) > MAX_POINTS {
            return Err(PictureError::Large { path: path.to_owned(), width, height });
        }
        reader().ok().and_then(|reader| reader.decode().ok()).ok_or_else(broken)?;
        Ok(Self { bytes, ending })
    }

    /// The file as it was read.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// `png` or `jpg`.
    pub fn ending(&self) -> &'static str {
        self.ending
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let picture = image::RgbImage::from_pixel(width, height, image::Rgb([200, 80, 40]));
        picture.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        bytes
    }

    fn check(bytes: Vec<u8>, expected: &str) {
        let said = match Picture::open(Path::new("photo.png"), bytes) {
            Ok(picture) => picture.ending().to_owned(),
            Err(error) => error.to_string(),
        };
        assert!(said.contains(expected), "{said}");
    }

    #[test]
    fn only_whole_pictures_are_taken() {
        check(png(30, 20), "png");
        let mut cut = png(300, 200);
        cut.truncate(cut.len() / 2);
        check(cut, "abîmée");
        check(b"\x89PNG\r\n\x1a\n".to_vec(), "abîmée");
        check(b"<svg/>".to_vec(), "png ou jpg");
        check(Vec::new(), "png ou jpg");
    }

    #[test]
    fn a_picture_that_would_fill_the_memory_is_refused_unopened() {
        let mut huge = png(30, 20);
        // The header's width and height; its check sum is not looked at before the size.
        huge[16..24].copy_from_slice(&[0, 0, 0x80, 0, 0, 0, 0x80, 0]);
        let said = Picture::open(Path::new("p.png"), huge).unwrap_err().to_string();
        assert!(said.contains("32768") || said.contains("abîmée"), "{said}");
    }

    #[test]
    fn a_missing_picture_is_said() {
        let said = Picture::read(Path::new("absente.png")).unwrap_err().to_string();
        assert!(said.contains("absente.png") && said.contains("n'existe pas"), "{said}");
        assert!(Picture::read(Path::new(".")).is_err());
    }
}
