//! A GGUF file, checked before it is trusted with memory.
//!
//! candle's reader bounds lengths by the size of the file, but divides by an alignment of zero,
//! widens a byte array thirty times, reserves room for as many layers as a number says and
//! multiplies dimensions without looking. This module walks the metadata first, then has every
//! tensor that a model will ask for compared with the shape it must have ([`Spec::read`]), so that
//! what follows can neither panic nor allocate more than the file can fill. It knows nothing of what
//! is in the weights.

use std::fs::File;
use std::io::{self, BufReader, Cursor, Read, Seek, SeekFrom};
use std::path::Path;

use candle_core::quantized::gguf_file::{Content, TensorInfo, Value};

use super::arch::{Architecture, Spec};
use super::{CancelToken, EngineError};

/// An open model file whose header holds together.
pub(super) struct ModelFile {
    /// Metadata and tensor directory.
    pub(super) content: Content,
    /// The file, for the weights.
    pub(super) reader: Watched,
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
    let unreadable = |error: io::Error| {
        EngineError::Unusable(format!(
            "impossible de lire le modèle {shown} ({error}) : vérifiez ce fichier ou réinstallez le modèle"
        ))
    };
    let file = File::open(path).map_err(unreadable)?;
    let bytes = file.metadata().map_err(unreadable)?.len();
    let mut file = BufReader::new(file);
    let broken = |reason: String| {
        EngineError::Unusable(format!("le modèle {shown} {reason} : réinstallez-le"))
    };
    let header_bytes = walk(&mut file, bytes).map_err(|flaw| match flaw {
        Flaw::NotGguf => EngineError::Unusable(format!(
            "{shown} n'est pas un modèle GGUF : prenez un fichier dont le nom finit par .gguf"
        )),
        Flaw::Version(version) => EngineError::Unusable(format!(
            "{shown} est un GGUF de version {version}, seules les versions 2 et 3 sont lues : prenez un autre fichier"
        )),
        Flaw::Quantisation(kind) => EngineError::Unusable(format!(
            "le modèle {shown} a une quantification inconnue ({kind}) : prenez un fichier Q4_K_M ou Q8_0"
        )),
        Flaw::Short => broken(format!("est incomplet ({bytes} octets)")),
        Flaw::Absurd(what) => broken(format!("est abîmé ({what})")),
        Flaw::Io(error) => unreadable(error),
    })?;
    if cancel.is_cancelled() {
        return Err(EngineError::Cancelled);
    }
    // From memory: candle asks for its position before each of 300 000 strings.
    let mut header = Vec::new();
    file.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    file.by_ref().take(header_bytes).read_to_end(&mut header).map_err(unreadable)?;
    let content = Content::read(&mut Cursor::new(&header))
        .map_err(|error| broken(format!("a un en-tête illisible ({})", one_line(&error))))?;
    let reader = Watched { file, cancel: cancel.clone() };

    let named = text(&content, "general.architecture").unwrap_or_default();
    let Some(architecture) = Architecture::of(named) else {
        return Err(EngineError::Unusable(format!(
            "le modèle {shown} est d'architecture « {} », greffier exécute {} : greffier modeles liste donne les modèles utilisables",
            named.chars().filter(|c| !c.is_control()).take(40).collect::<String>(),
            Architecture::ALL.map(Architecture::name).join(", "),
        )));
    };
    let weight_bytes = tensors_fit(&content, bytes).map_err(broken)?;
    let spec = Spec::read(&content, architecture).map_err(broken)?;
    Ok(ModelFile { content, reader, spec, weight_bytes, header_bytes })
}

/// A text of the metadata.
pub(super) fn text<'c>(content: &'c Content, key: &str) -> Option<&'c str> {
    content.metadata.get(key).and_then(|value| value.to_string().ok()).map(String::as_str)
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
pub(super) struct Watched {
    file: BufReader<File>,
    cancel: CancelToken,
}

impl Read for Watched {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.cancel.is_cancelled() {
            return Err(io::Error::other("arrêt demandé"));
        }
        self.file.read(into)
    }
}

impl Seek for Watched {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

/// Bounds on a header, each several times what the largest vocabularies need.
const MAX_TENSORS: u64 = 20_000;
const MAX_ENTRIES: u64 = 10_000;
const MAX_VALUES: u64 = 4_000_000;
const MAX_STRING_BYTES: u64 = 4 << 20;
const MAX_DEPTH: u32 = 2;

/// What is wrong with a header.
enum Flaw {
    NotGguf,
    Version(u32),
    Quantisation(u32),
    Short,
    Absurd(&'static str),
    Io(io::Error),
}

/// Metadata being walked over.
struct Walk<'f> {
    file: &'f mut BufReader<File>,
    left: u64,
    values: u64,
}

/// Walks over the header without keeping any of it; answers its length.
fn walk(file: &mut BufReader<File>, bytes: u64) -> Result<u64, Flaw> {
    let mut walk = Walk { file, left: bytes, values: 0 };
    if walk.array::<4>().map_err(|_| Flaw::NotGguf)? != *b"GGUF" {
        return Err(Flaw::NotGguf);
    }
    let version = walk.u32()?;
    if !(2..=3).contains(&version) {
        return Err(Flaw::Version(version));
    }
    let tensors = walk.u64()?;
    let entries = walk.u64()?;
    if tensors == 0 || tensors > MAX_TENSORS {
        return Err(Flaw::Absurd("nombre de tenseurs"));
    }
    if entries > MAX_ENTRIES {
        return Err(Flaw::Absurd("nombre de métadonnées"));
    }
    for _ in 0..entries {
        let key = walk.key()?;
        let kind = walk.u32()?;
        if key == ALIGNMENT {
            // Any other type is ignored by the reader; a zero divides.
            if kind != 4 || !matches!(walk.u32()?, 1..=65536) {
                return Err(Flaw::Absurd("alignement"));
            }
        } else {
            walk.skip_value(kind, 0)?;
        }
    }
    for _ in 0..tensors {
        let name = walk.length()?;
        walk.skip(name)?;
        let dimensions = walk.u32()?;
        if !(1..=2).contains(&dimensions) {
            return Err(Flaw::Absurd("dimensions d'un tenseur"));
        }
        walk.skip(8 * u64::from(dimensions))?;
        let kind = walk.u32()?;
        if !QUANTISATIONS.contains(&kind) {
            return Err(Flaw::Quantisation(kind));
        }
        walk.skip(8)?;
    }
    Ok(bytes - walk.left)
}

/// Types of weights that candle multiplies with: `F32`, `F16`, `Q4_0` to `Q5_1`, `Q8_0`, `Q2K` to
/// `Q6K`, `BF16`. It reads `Q8_1` and `Q8K` too, for its own activations.
const QUANTISATIONS: [u32; 13] = [0, 1, 2, 3, 6, 7, 8, 10, 11, 12, 13, 14, 30];

const ALIGNMENT: &[u8] = b"general.alignment";

impl Walk<'_> {
    fn array<const N: usize>(&mut self) -> Result<[u8; N], Flaw> {
        self.left = self.left.checked_sub(N as u64).ok_or(Flaw::Short)?;
        let mut bytes = [0; N];
        self.file.read_exact(&mut bytes).map_err(Flaw::Io)?;
        Ok(bytes)
    }

    fn u32(&mut self) -> Result<u32, Flaw> {
        self.array().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Result<u64, Flaw> {
        self.array().map(u64::from_le_bytes)
    }

    fn skip(&mut self, bytes: u64) -> Result<(), Flaw> {
        self.left = self.left.checked_sub(bytes).ok_or(Flaw::Short)?;
        let bytes = i64::try_from(bytes).map_err(|_| Flaw::Short)?;
        self.file.seek_relative(bytes).map_err(Flaw::Io)
    }

    fn length(&mut self) -> Result<u64, Flaw> {
        match self.u64()? {
            length if length > self.left => Err(Flaw::Short),
            length if length > MAX_STRING_BYTES => Err(Flaw::Absurd("texte trop long")),
            length => Ok(length),
        }
    }

    /// The start of a key: enough to know the one that matters here.
    fn key(&mut self) -> Result<Vec<u8>, Flaw> {
        let length = self.length()?;
        let kept = length.min(ALIGNMENT.len() as u64 + 1);
        self.left = self.left.saturating_sub(kept);
        let mut key = Vec::new();
        self.file.by_ref().take(kept).read_to_end(&mut key).map_err(Flaw::Io)?;
        self.skip(length - kept)?;
        Ok(key)
    }

    fn skip_value(&mut self, kind: u32, depth: u32) -> Result<(), Flaw> {
        self.values += 1;
        match kind {
            8 => self.length().and_then(|length| self.skip(length)),
            9 => {
                let kind = self.u32()?;
                let count = self.u64()?;
                if depth == MAX_DEPTH || count > MAX_VALUES - self.values.min(MAX_VALUES) {
                    return Err(Flaw::Absurd("liste trop longue"));
                }
                match scalar_bytes(kind) {
                    Some(each) => {
                        self.values += count;
                        self.skip(each * count)
                    }
                    None => (0..count).try_for_each(|_| self.skip_value(kind, depth + 1)),
                }
            }
            kind => scalar_bytes(kind)
                .ok_or(Flaw::Absurd("type de métadonnée"))
                .and_then(|bytes| self.skip(bytes)),
        }
    }
}

/// Bytes of a value that is neither text nor list.
fn scalar_bytes(kind: u32) -> Option<u64> {
    match kind {
        0 | 1 | 7 => Some(1),
        2 | 3 => Some(2),
        4..=6 => Some(4),
        10..=12 => Some(8),
        _ => None,
    }
}

/// Elements of a tensor, if its dimensions can be multiplied.
fn elements(info: &TensorInfo) -> Option<u64> {
    info.shape.dims().iter().try_fold(1_u64, |product, dim| product.checked_mul(*dim as u64))
}

/// Checks that every tensor lies within the file; answers the bytes of them all.
fn tensors_fit(content: &Content, file_bytes: u64) -> Result<u64, String> {
    let mut end = 0;
    let mut sum = 0_u64;
    for (name, info) in sorted(content) {
        let row = info.shape.dims().last().copied().unwrap_or(0);
        let block = info.ggml_dtype.block_size();
        let bytes = elements(info)
            .filter(|_| row > 0 && row % block == 0)
            .and_then(|n| (n / block as u64).checked_mul(info.ggml_dtype.type_size() as u64));
        let tensor_end = bytes
            .and_then(|bytes| bytes.checked_add(info.offset))
            .and_then(|bytes| bytes.checked_add(content.tensor_data_offset));
        let (Some(bytes), Some(tensor_end)) = (bytes, tensor_end) else {
            return Err(format!("est abîmé (dimensions de {name})"));
        };
        end = tensor_end.max(end);
        sum = sum.saturating_add(bytes);
    }
    if end > file_bytes {
        return Err(format!("est incomplet ({file_bytes} octets sur {end})"));
    }
    Ok(sum)
}

/// The tensors in the order of their names, so that the same file gives the same message.
fn sorted(content: &Content) -> Vec<(&String, &TensorInfo)> {
    let mut tensors: Vec<_> = content.tensor_infos.iter().collect();
    tensors.sort_unstable_by_key(|(name, _)| *name);
    tensors
}
