//! The header of a GGUF file, read without trusting it.
//!
//! A file from a USB stick may be anything. This walk answers, before a byte of weights is loaded:
//! is it a GGUF, of which architecture, and is it whole. Nothing is allocated for a length or a
//! count before it is compared with what the file still holds and with a bound, and only the few
//! values needed are kept. What passes may be handed to candle's reader, which divides by an
//! alignment of zero, widens a byte array thirty times and multiplies dimensions without looking.
//!
//! Layout: <https://github.com/ggml-org/ggml/blob/master/docs/gguf.md>, versions 2 and 3, little
//! endian.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::path::Path;

/// What a GGUF file says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// `general.architecture`, fit to be shown.
    pub architecture: String,
    /// `general.name`, fit to be shown; empty if absent.
    pub name: String,
    /// `<architecture>.context_length`.
    pub context_length: Option<u64>,
    /// Bytes of metadata and tensor directory, from the start of the file.
    pub header_bytes: u64,
    /// Bytes of all tensors.
    pub weight_bytes: u64,
    /// Where the last tensor ends, from the start of the file.
    pub tensor_bytes_end: u64,
    /// Size of the file.
    pub file_bytes: u64,
}

/// Why a file is not a usable GGUF.
#[derive(Debug, thiserror::Error)]
pub enum HeaderError {
    /// It does not begin as one.
    #[error("ce n'est pas un modèle GGUF : prenez un fichier dont le nom finit par .gguf")]
    NotGguf,
    /// Older or newer than what is known here.
    #[error("GGUF de version {0} : seules les versions 2 et 3 sont lues, prenez un autre fichier")]
    Version(u32),
    /// It stops before what it announces.
    #[error(
        "le fichier est incomplet ({found} octets présents, au moins {needed} attendus) : recopiez-le"
    )]
    Truncated {
        /// Size it should have at least.
        needed: u64,
        /// Size it has.
        found: u64,
    },
    /// It contradicts the format, or exceeds what any model needs.
    #[error("en-tête GGUF incohérent ({0}) : recopiez le fichier ou prenez-en un autre")]
    Malformed(&'static str),
    /// Weights in a format that the engine cannot multiply.
    #[error("quantification de type {0} non prise en charge : prenez un fichier Q4_K_M ou Q8_0")]
    TensorType(u32),
    /// The disk refuses.
    #[error("lecture impossible : {0}")]
    Io(#[from] io::Error),
}

/// Reads the header and checks that the file holds every tensor it announces.
///
/// # Errors
/// See [`HeaderError`]; [`HeaderError::Truncated`] if the weights are cut as well.
pub fn read(path: &Path) -> Result<Header, HeaderError> {
    let file = File::open(path)?;
    let file_bytes = file.metadata()?.len();
    walk(&mut BufReader::new(file), file_bytes)
}

/// As [`read`], from the first byte of something of this length.
///
/// # Errors
/// As [`read`].
pub fn walk<R: Read + Seek>(
    input: &mut BufReader<R>,
    file_bytes: u64,
) -> Result<Header, HeaderError> {
    let mut walk = Walk { input, position: 0, file_bytes, values: 0 };
    if file_bytes < 4 || walk.array()? != *b"GGUF" {
        return Err(HeaderError::NotGguf);
    }
    let version = walk.u32()?;
    if !(2..=3).contains(&version) {
        return Err(HeaderError::Version(version));
    }
    let tensors = walk.u64()?;
    let entries = walk.u64()?;
    if !(1..=MAX_TENSORS).contains(&tensors) {
        return Err(HeaderError::Malformed("nombre de tenseurs"));
    }
    if entries > MAX_ENTRIES {
        return Err(HeaderError::Malformed("nombre de métadonnées"));
    }
    let said = walk.metadata(entries)?;
    let directory = walk.directory(tensors)?;
    if walk.position > MAX_HEADER_BYTES {
        return Err(HeaderError::Malformed("en-tête trop long"));
    }
    let tensor_bytes_end = walk
        .position
        .next_multiple_of(said.alignment)
        .checked_add(directory.end)
        .ok_or(HeaderError::Malformed("position d'un tenseur"))?;
    if tensor_bytes_end > file_bytes {
        return Err(HeaderError::Truncated { needed: tensor_bytes_end, found: file_bytes });
    }
    let architecture = said.architecture.ok_or(HeaderError::Malformed("architecture absente"))?;
    let wanted = format!("{architecture}{CONTEXT_LENGTH}");
    // The last of several, as candle reads them.
    let context = said.contexts.into_iter().rfind(|(key, _)| *key == wanted.as_bytes());
    Ok(Header {
        architecture,
        name: said.name,
        context_length: context.and_then(|(_, tokens)| tokens),
        header_bytes: walk.position,
        weight_bytes: directory.weight_bytes,
        tensor_bytes_end,
        file_bytes,
    })
}

/// Bounds on a header, each several times what the largest vocabularies need.
const MAX_TENSORS: u64 = 20_000;
const MAX_ENTRIES: u64 = 10_000;
const MAX_VALUES: u64 = 4_000_000;
const MAX_STRING_BYTES: u64 = 4 << 20;
const MAX_HEADER_BYTES: u64 = 256 << 20;
/// Lists in lists.
const MAX_DEPTH: u32 = 2;
/// Longest key: what the format allows.
const MAX_KEY_BYTES: u64 = 65_535;
/// Longest value kept.
const MAX_KEPT_BYTES: u64 = 4_096;
/// Longest key of a context length that is kept: nothing that is run has a longer name.
const MAX_CONTEXT_KEY_BYTES: usize = 256;
/// Alignment of tensors where none is given, and the largest.
const ALIGNMENT: u64 = 32;
const MAX_ALIGNMENT: u64 = 1 << 16;

/// Key of the window, after the architecture's name.
const CONTEXT_LENGTH: &str = ".context_length";

/// Types of metadata.
const UINT32: u32 = 4;
const STRING: u32 = 8;
const ARRAY: u32 = 9;

/// What is kept of the metadata.
struct Said {
    architecture: Option<String>,
    name: String,
    alignment: u64,
    /// The architecture that says which one counts may come later.
    contexts: Vec<(Vec<u8>, Option<u64>)>,
}

/// What is kept of the tensor directory.
struct Directory {
    weight_bytes: u64,
    /// Where the last tensor ends, from where the first may begin.
    end: u64,
}

/// A stream of known length that is never asked for more.
struct Walk<'r, R> {
    input: &'r mut BufReader<R>,
    position: u64,
    file_bytes: u64,
    /// Values of lists so far.
    values: u64,
}

impl<R: Read + Seek> Walk<'_, R> {
    fn metadata(&mut self, entries: u64) -> Result<Said, HeaderError> {
        // The shortest entry is an empty key, a type and one byte.
        self.expect_room(entries, 13)?;
        let mut said = Said {
            architecture: None,
            name: String::new(),
            alignment: ALIGNMENT,
            contexts: Vec::new(),
        };
        for _ in 0..entries {
            let key = self.string(MAX_KEY_BYTES)?;
            let kind = self.u32()?;
            match (key.as_slice(), kind) {
                (b"general.architecture", STRING) => {
                    said.architecture = Some(shown(&self.string(MAX_KEPT_BYTES)?));
                }
                (b"general.name", STRING) => said.name = shown(&self.string(MAX_KEPT_BYTES)?),
                (b"general.alignment", kind) => said.alignment = self.alignment(kind)?,
                (other, kind)
                    if other.len() <= MAX_CONTEXT_KEY_BYTES
                        && other.ends_with(CONTEXT_LENGTH.as_bytes()) =>
                {
                    let tokens = self.whole(kind)?;
                    said.contexts.push((key, tokens));
                }
                _ => self.skip_value(kind, 0)?,
            }
        }
        Ok(said)
    }

    fn directory(&mut self, tensors: u64) -> Result<Directory, HeaderError> {
        // The shortest tensor has an empty name, one dimension, a type and an offset.
        self.expect_room(tensors, 32)?;
        let mut directory = Directory { weight_bytes: 0, end: 0 };
        for _ in 0..tensors {
            let name = self.length(MAX_KEY_BYTES)?;
            self.skip(name)?;
            let dimensions = self.u32()?;
            if !(1..=4).contains(&dimensions) {
                return Err(HeaderError::Malformed("dimensions d'un tenseur"));
            }
            let columns = self.u64()?;
            let mut rows = Some(1_u64);
            for _ in 1..dimensions {
                let size = self.u64()?;
                rows = rows.and_then(|rows| rows.checked_mul(size));
            }
            let kind = self.u32()?;
            let (block, block_bytes) = block_size(kind).ok_or(HeaderError::TensorType(kind))?;
            let bytes = rows
                .filter(|_| columns > 0 && columns.is_multiple_of(block))
                .and_then(|rows| rows.checked_mul(columns / block))
                .and_then(|blocks| blocks.checked_mul(block_bytes))
                .ok_or(HeaderError::Malformed("dimensions d'un tenseur"))?;
            let end = self.u64()?.checked_add(bytes);
            let end = end.ok_or(HeaderError::Malformed("position d'un tenseur"))?;
            directory.end = directory.end.max(end);
            directory.weight_bytes = directory.weight_bytes.saturating_add(bytes);
        }
        Ok(directory)
    }

    fn expect_room(&self, count: u64, each: u64) -> Result<(), HeaderError> {
        let needed = self.position.saturating_add(count.saturating_mul(each));
        if needed > self.file_bytes {
            return Err(HeaderError::Truncated { needed, found: self.file_bytes });
        }
        Ok(())
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], HeaderError> {
        self.expect_room(1, N as u64)?;
        let mut bytes = [0; N];
        self.input.read_exact(&mut bytes)?;
        self.position += N as u64;
        Ok(bytes)
    }

    fn u32(&mut self) -> Result<u32, HeaderError> {
        self.array().map(u32::from_le_bytes)
    }

    fn u64(&mut self) -> Result<u64, HeaderError> {
        self.array().map(u64::from_le_bytes)
    }

    fn skip(&mut self, bytes: u64) -> Result<(), HeaderError> {
        self.expect_room(1, bytes)?;
        let relative = i64::try_from(bytes).map_err(|_| HeaderError::Malformed("longueur"))?;
        self.input.seek_relative(relative)?;
        self.position += bytes;
        Ok(())
    }

    /// Length of a string, which the file holds.
    fn length(&mut self, limit: u64) -> Result<u64, HeaderError> {
        let length = self.u64()?;
        if length > limit {
            return Err(HeaderError::Malformed("texte trop long"));
        }
        self.expect_room(1, length)?;
        Ok(length)
    }

    /// A string without the zeros that some writers leave at its end, and that candle takes off:
    /// a padded key is the key.
    fn string(&mut self, limit: u64) -> Result<Vec<u8>, HeaderError> {
        let length = self.length(limit)?;
        let mut bytes = vec![0; usize::try_from(length).unwrap_or(0)];
        self.input.read_exact(&mut bytes)?;
        self.position += length;
        bytes.truncate(bytes.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1));
        Ok(bytes)
    }

    /// What tensors are aligned to. candle takes other types as well, and divides by any of them.
    fn alignment(&mut self, kind: u32) -> Result<u64, HeaderError> {
        if kind == UINT32 {
            let alignment = u64::from(self.u32()?);
            if alignment.is_power_of_two() && alignment <= MAX_ALIGNMENT {
                return Ok(alignment);
            }
        }
        Err(HeaderError::Malformed("alignement"))
    }

    /// A whole number of any width; another value is skipped.
    fn whole(&mut self, kind: u32) -> Result<Option<u64>, HeaderError> {
        match kind {
            0 => self.array().map(|[byte]| Some(u64::from(byte))),
            2 => self.array().map(|bytes| Some(u64::from(u16::from_le_bytes(bytes)))),
            UINT32 => self.u32().map(|n| Some(u64::from(n))),
            5 => self.array().map(|bytes| u64::try_from(i32::from_le_bytes(bytes)).ok()),
            10 => self.u64().map(Some),
            11 => self.array().map(|bytes| u64::try_from(i64::from_le_bytes(bytes)).ok()),
            _ => self.skip_value(kind, 0).map(|()| None),
        }
    }

    fn skip_value(&mut self, kind: u32, depth: u32) -> Result<(), HeaderError> {
        match kind {
            STRING => self.length(MAX_STRING_BYTES).and_then(|length| self.skip(length)),
            ARRAY if depth == MAX_DEPTH => Err(HeaderError::Malformed("listes dans des listes")),
            ARRAY => {
                let item = self.u32()?;
                let count = self.u64()?;
                self.values = self.values.saturating_add(count);
                if self.values > MAX_VALUES {
                    return Err(HeaderError::Malformed("liste trop longue"));
                }
                match scalar_bytes(item) {
                    Some(each) => self.skip(count * each),
                    None => {
                        // A string has a length; a list a type and a length.
                        self.expect_room(count, 8)?;
                        (0..count).try_for_each(|_| self.skip_value(item, depth + 1))
                    }
                }
            }
            _ => match scalar_bytes(kind) {
                Some(bytes) => self.skip(bytes),
                None => Err(HeaderError::Malformed("type de métadonnée inconnu")),
            },
        }
    }
}

/// A text of the file without what a terminal would obey.
fn shown(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    text.chars().map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect()
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

/// Elements and bytes of a block, for the types of weights that are multiplied: `F32`, `F16`,
/// `BF16`, `Q4_0` to `Q5_1`, `Q8_0`, `Q2K` to `Q6K`. `Q8_1` and `Q8K` are for activations.
fn block_size(kind: u32) -> Option<(u64, u64)> {
    match kind {
        0 => Some((1, 4)),
        1 | 30 => Some((1, 2)),
        2 => Some((32, 18)),
        3 => Some((32, 20)),
        6 => Some((32, 22)),
        7 => Some((32, 24)),
        8 => Some((32, 34)),
        10 => Some((256, 84)),
        11 => Some((256, 110)),
        12 => Some((256, 144)),
        13 => Some((256, 176)),
        14 => Some((256, 210)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use proptest::prelude::*;

    use super::*;

    fn string(text: &str) -> Vec<u8> {
        [&(text.len() as u64).to_le_bytes()[..], text.as_bytes()].concat()
    }

    fn pair(key: &str, kind: u32, value: &[u8]) -> Vec<u8> {
        [&string(key)[..], &kind.to_le_bytes(), value].concat()
    }

    fn list(item: u32, count: u64, values: &[u8]) -> Vec<u8> {
        [&item.to_le_bytes()[..], &count.to_le_bytes(), values].concat()
    }

    fn metadata(architecture: &str) -> Vec<Vec<u8>> {
        let words = [string("le"), string("la")].concat();
        vec![
            pair("general.architecture", STRING, &string(architecture)),
            pair("general.name", STRING, &string("Modèle d'essai")),
            pair(&format!("{architecture}.context_length"), UINT32, &4096_u32.to_le_bytes()),
            pair("tokenizer.ggml.tokens", ARRAY, &list(STRING, 2, &words)),
            pair("tokenizer.ggml.token_type", ARRAY, &list(5, 2, &[1, 0, 0, 0, 1, 0, 0, 0])),
        ]
    }

    /// A file with one tensor and 68 bytes of weights.
    fn file(metadata: &[Vec<u8>], dimensions: &[u64], kind: u32) -> Vec<u8> {
        let mut bytes = b"GGUF".to_vec();
        bytes.extend(3_u32.to_le_bytes());
        bytes.extend(1_u64.to_le_bytes());
        bytes.extend((metadata.len() as u64).to_le_bytes());
        bytes.extend(metadata.concat());
        bytes.extend(string("token_embd.weight"));
        bytes.extend((dimensions.len() as u32).to_le_bytes());
        bytes.extend(dimensions.iter().flat_map(|size| size.to_le_bytes()));
        bytes.extend(kind.to_le_bytes());
        bytes.extend(0_u64.to_le_bytes());
        bytes.resize(bytes.len().next_multiple_of(32) + 68, 7);
        bytes
    }

    /// 64 elements in `Q8_0`.
    fn sample(architecture: &str) -> Vec<u8> {
        file(&metadata(architecture), &[32, 2], 8)
    }

    /// A sound file with one more entry.
    fn with(key: &str, kind: u32, value: &[u8]) -> Vec<u8> {
        let mut metadata = metadata("qwen2");
        metadata.push(pair(key, kind, value));
        file(&metadata, &[32, 2], 8)
    }

    fn parse_bytes(bytes: &[u8]) -> Result<Header, HeaderError> {
        walk(&mut BufReader::new(Cursor::new(bytes)), bytes.len() as u64)
    }

    #[test]
    fn reads_what_the_file_says() {
        let bytes = sample("qwen2");
        let header = parse_bytes(&bytes).unwrap();
        assert_eq!(header.architecture, "qwen2");
        assert_eq!(header.name, "Modèle d'essai");
        assert_eq!(header.context_length, Some(4096));
        assert_eq!(header.weight_bytes, 68);
        assert_eq!(header.header_bytes.next_multiple_of(32) + 68, bytes.len() as u64);
        assert_eq!(header.tensor_bytes_end, bytes.len() as u64);
        assert_eq!(header.file_bytes, bytes.len() as u64);
    }

    #[test]
    fn reads_what_the_file_says_last_and_without_tricks() {
        let read = |key: &str, kind, value: &[u8]| parse_bytes(&with(key, kind, value)).unwrap();
        let escape = read("general.name\0", STRING, &string("Bourg\u{1b}[2J\0\0"));
        assert_eq!(escape.name, "Bourg\u{fffd}[2J");
        let context = |kind, value: &[u8]| read("qwen2.context_length", kind, value).context_length;
        assert_eq!(context(0, &[200]), Some(200));
        assert_eq!(context(2, &600_u16.to_le_bytes()), Some(600));
        assert_eq!(context(5, &(-1_i32).to_le_bytes()), None);
        assert_eq!(context(10, &(1_u64 << 40).to_le_bytes()), Some(1 << 40));
        assert_eq!(context(STRING, &string("long")), None);
        assert_eq!(read("llama.context_length", UINT32, &[1, 0, 0, 0]).context_length, Some(4096));
    }

    #[test]
    fn every_cut_is_an_error() {
        let bytes = sample("llama");
        for length in 0..bytes.len() {
            assert!(parse_bytes(&bytes[..length]).is_err(), "cut at {length}");
        }
        let cut = parse_bytes(&bytes[..bytes.len() - 1]);
        assert!(matches!(cut, Err(HeaderError::Truncated { .. })), "{cut:?}");
    }

    #[test]
    fn other_files_are_named_for_what_they_are() {
        let check = |bytes: &[u8], expected: &str| {
            let message = parse_bytes(bytes).unwrap_err().to_string();
            assert!(message.contains(expected), "{message}");
        };
        check(b"", "pas un modèle GGUF");
        check(b"Ordre du jour du conseil", "pas un modèle GGUF");
        check(b"GGUF\x01\0\0\0", "version 1");
        check(b"GGUF\x00\0\0\x03", "version 50331648");
        let huge = [&b"GGUF\x03\0\0\0"[..], &[0xff; 16]].concat();
        check(&huge, "nombre de tenseurs");
        check(&file(&[], &[32, 2], 8), "architecture absente");
        for (dimensions, kind, expected) in [
            (&[32, 2][..], 23, "quantification de type 23"),
            (&[32, 2], 9, "quantification de type 9"),
            (&[], 8, "dimensions"),
            (&[0, 2], 8, "dimensions"),
            (&[16, 4], 8, "dimensions"),
            (&[32, u64::MAX, 3], 8, "dimensions"),
            (&[32, 1 << 59], 8, "dimensions"),
            (&[1, 1, 1, 1, 1], 0, "dimensions"),
            (&[32, 3], 8, "incomplet"),
        ] {
            check(&file(&metadata("qwen2"), dimensions, kind), expected);
        }
        for alignment in [0, 3, 1 << 17] {
            check(&with("general.alignment", UINT32, &u32::to_le_bytes(alignment)), "alignement");
        }
        check(&with("general.alignment", 0, &[32]), "alignement");
        check(&with("x", 13, &[]), "type de métadonnée");
        check(&with("x", STRING, &u64::MAX.to_le_bytes()), "texte trop long");
        check(&with("x", STRING, &(1_u64 << 20).to_le_bytes()), "incomplet");
        check(&with("x", ARRAY, &list(0, u64::MAX, &[])), "liste trop longue");
        check(&with("x", ARRAY, &list(0, 1 << 20, &[])), "incomplet");
        check(&with("x", ARRAY, &list(STRING, 1 << 20, &[])), "incomplet");
        let nested = list(ARRAY, 1, &list(ARRAY, 1, &list(0, 0, &[])));
        check(&with("x", ARRAY, &nested), "listes dans des listes");
    }

    proptest! {
        #[test]
        fn any_damage_gives_a_result(at in 0_usize..400, value: u8) {
            let mut bytes = sample("qwen2");
            if let Some(byte) = bytes.get_mut(at) {
                *byte = value;
            }
            let _ = parse_bytes(&bytes);
        }

        #[test]
        fn any_bytes_give_a_result(tail in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse_bytes(&[&b"GGUF\x03\0\0\0"[..], &tail].concat());
        }
    }
}
