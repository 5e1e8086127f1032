//! A GGUF file, checked before it is trusted with memory.
//!
//! [`header`] walks it first, then candle reads metadata and tensor directory, and every tensor
//! that a model will ask for is compared with the shape it must have ([`Spec::read`]), so that what
//! follows can neither panic nor allocate more than the file can fill. This module knows nothing of
//! what is in the weights.

use std::fmt;
use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::Path;

use candle_core::quantized::gguf_file::{Content, Value};

use super::arch::{Architecture, Spec};
use super::header::{self, Header, HeaderError};
use super::{CancelToken, EngineError};

/// An open model file whose header holds together.
pub(super) struct ModelFile<R = File> {
    /// Metadata and tensor directory.
    pub(super) content: Content,
    /// The file, for the weights.
    pub(super) reader: Watched<R>,
    /// Sizes and switches of the model.
    pub(super) spec: Spec,
    /// Bytes of all tensors in the file.
    pub(super) weight_bytes: u64,
    /// Bytes of the header: metadata and tensor directory.
    pub(super) header_bytes: u64,
}

/// Reads and checks the header of a model file.
///
/// # Errors
/// [`EngineError::Unusable`], naming the file and what to do.
pub(super) fn open(path: &Path, cancel: &CancelToken) -> Result<ModelFile, EngineError> {
    let shown = path.display();
    let file = File::open(path).map_err(|error| unreadable(&shown, &error))?;
    let bytes = file.metadata().map_err(|error| unreadable(&shown, &error))?.len();
    read(file, bytes, &shown, cancel)
}

/// As [`open`], from the first byte of something of this length; `shown` is its name for people.
///
/// # Errors
/// As [`open`].
pub(super) fn read<R: Read + Seek>(
    source: R,
    bytes: u64,
    shown: &dyn fmt::Display,
    cancel: &CancelToken,
) -> Result<ModelFile<R>, EngineError> {
    let mut file = BufReader::new(source);
    let broken = |reason: String| {
        EngineError::Unusable(format!("le modèle {shown} {reason} : réinstallez-le"))
    };
    let Header { architecture: named, header_bytes, weight_bytes, .. } =
        header::walk(&mut file, bytes).map_err(|error| refused(shown, &error))?;
    if cancel.is_cancelled() {
        return Err(EngineError::Cancelled);
    }
    // From memory: candle asks for its position before each of 300 000 strings.
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))
        .and_then(|_| file.by_ref().take(header_bytes).read_to_end(&mut head))
        .map_err(|error| unreadable(shown, &error))?;
    let content = Content::read(&mut Cursor::new(&head))
        .map_err(|error| broken(format!("a un en-tête illisible ({})", one_line(&error))))?;
    let Some(architecture) = Architecture::of(&named) else {
        return Err(EngineError::Unusable(format!(
            "le modèle {shown} est d'architecture « {} », greffier exécute {} : greffier modeles liste donne les modèles utilisables",
            named.chars().take(40).collect::<String>(),
            Architecture::ALL.map(Architecture::name).join(", "),
        )));
    };
    let spec = Spec::read(&content, architecture).map_err(broken)?;
    let reader = Watched { file, cancel: cancel.clone() };
    Ok(ModelFile { content, reader, spec, weight_bytes, header_bytes })
}

fn unreadable(shown: &dyn fmt::Display, error: &io::Error) -> EngineError {
    EngineError::Unusable(format!(
        "impossible de lire le modèle {shown} ({error}) : vérifiez ce fichier ou réinstallez le modèle"
    ))
}

/// What to do about an installed model, where [`HeaderError`] speaks of a file that is brought.
fn refused(shown: &dyn fmt::Display, error: &HeaderError) -> EngineError {
    EngineError::Unusable(match error {
        HeaderError::NotGguf => format!(
            "{shown} n'est pas un modèle GGUF : prenez un fichier dont le nom finit par .gguf"
        ),
        HeaderError::Version(version) => format!(
            "{shown} est un GGUF de version {version}, seules les versions 2 et 3 sont lues : prenez un autre fichier"
        ),
        HeaderError::TensorType(kind) => format!(
            "le modèle {shown} a une quantification inconnue ({kind}) : prenez un fichier Q4_K_M ou Q8_0"
        ),
        HeaderError::Truncated { needed, found } => format!(
            "le modèle {shown} est incomplet ({found} octets sur au moins {needed}) : réinstallez-le"
        ),
        HeaderError::Malformed(what) => {
            format!("le modèle {shown} est abîmé ({what}) : réinstallez-le")
        }
        HeaderError::Io(error) => return unreadable(shown, error),
    })
}

/// A text of the metadata.
pub(super) fn text<'c>(content: &'c Content, key: &str) -> Option<&'c str> {
    match content.metadata.get(key) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    }
}

/// A whole number of the metadata, whatever its width.
pub(super) fn number(content: &Content, key: &str) -> Option<u32> {
    content.metadata.get(key).and_then(whole)
}

/// A value as a whole number.
pub(super) fn whole(value: &Value) -> Option<u32> {
    match value {
        Value::U8(n) => Some(u32::from(*n)),
        Value::U16(n) => Some(u32::from(*n)),
        Value::U32(n) => Some(*n),
        Value::I32(n) => u32::try_from(*n).ok(),
        Value::U64(n) => u32::try_from(*n).ok(),
        Value::I64(n) => u32::try_from(*n).ok(),
        _ => None,
    }
}

/// A yes or no of the metadata.
pub(super) fn flag(content: &Content, key: &str) -> Option<bool> {
    content.metadata.get(key).and_then(|value| value.to_bool().ok())
}

/// A value as a number of single precision.
pub(super) fn float(value: &Value) -> Option<f32> {
    match value {
        Value::F32(x) => Some(*x),
        Value::I32(x) => Some(*x as f32),
        _ => None,
    }
}

/// An error of a library on one line, without its back trace.
pub(super) fn one_line(error: &dyn std::fmt::Display) -> String {
    error.to_string().lines().next().unwrap_or_default().chars().take(200).collect()
}

/// The file, which stops giving bytes once the user asked to stop: loading ends at the next tensor.
pub(super) struct Watched<R> {
    file: BufReader<R>,
    cancel: CancelToken,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.cancel.is_cancelled() {
            return Err(io::Error::other("arrêt demandé"));
        }
        self.file.read(into)
    }
}

impl<R: Seek> Seek for Watched<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}
