//! The header of a GGUF file, read without trusting it.
//!
//! A file from a USB stick may be anything. This reader answers three questions before a byte of
//! weights is loaded: is it a GGUF, of which architecture, and is it whole. It allocates nothing
//! that the file asks for without comparing it with what the file still holds, and keeps only the
//! few values needed; the engine has its own reader for the rest.
//!
//! Layout: <https://github.com/ggml-org/ggml/blob/master/docs/gguf.md>, versions 2 and 3, little
//! endian.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

/// What a GGUF file says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GgufHeader {
    /// `general.architecture`.
    pub architecture: String,
    /// `general.name`, empty if absent.
    pub name: String,
    /// Where the last tensor ends, from the start of the file.
    pub tensor_bytes_end: u64,
    /// Size of the file.
    pub file_bytes: u64,
    /// `<architecture>.context_length`.
    pub context_length: Option<u64>,
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
    /// It contradicts the format.
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
pub fn read_header(path: &Path) -> Result<GgufHeader, HeaderError> {
    let file = File::open(path)?;
    let file_bytes = file.metadata()?.len();
    parse(BufReader::new(file), file_bytes)
}

fn parse(input: impl Read, file_bytes: u64) -> Result<GgufHeader, HeaderError> {
    let mut reader = Reader { input, position: 0, file_bytes };
    let mut magic = [0; 4];
    if file_bytes < 4 {
        return Err(HeaderError::NotGguf);
    }
    reader.fill(&mut magic)?;
    if &magic != b"GGUF" {
        return Err(HeaderError::NotGguf);
    }
    let version = reader.u32()?;
    if !(2..=3).contains(&version) {
        return Err(HeaderError::Version(version));
    }
    let tensors = reader.u64()?;
    let pairs = reader.u64()?;
    // The shortest pair is an empty key, a type and one byte; the shortest tensor an empty name,
    // no dimension, a type and an offset.
    reader.expect_room(pairs, 13)?;
    reader.expect_room(tensors, 24)?;

    let mut architecture = None;
    let mut name = String::new();
    let mut alignment = 32;
    let mut contexts: Vec<(String, u64)> = Vec::new();
    for _ in 0..pairs {
        let key = reader.string(MAX_KEY)?;
        let kind = reader.u32()?;
        match (key.as_str(), kind) {
            ("general.architecture", STRING) => architecture = Some(reader.string(MAX_KEY)?),
            ("general.name", STRING) => name = reader.string(MAX_NAME)?,
            ("general.alignment", UINT32) => alignment = u64::from(reader.u32()?),
            (other, UINT32) if other.ends_with(".context_length") => {
                let value = u64::from(reader.u32()?);
                contexts.push((key, value));
            }
            _ => reader.skip_value(kind, 0)?,
        }
    }
    let architecture = architecture.ok_or(HeaderError::Malformed("architecture absente"))?;
    if !alignment.is_power_of_two() || alignment > 1 << 16 {
        return Err(HeaderError::Malformed("alignement"));
    }

    let mut last = 0;
    for _ in 0..tensors {
        reader.string(MAX_KEY)?;
        let dimensions = reader.u32()?;
        if dimensions > 4 {
            return Err(HeaderError::Malformed("plus de quatre dimensions"));
        }
        let mut elements: u64 = 1;
        for _ in 0..dimensions {
            let size = reader.u64()?;
            elements = elements.checked_mul(size).ok_or(HeaderError::Malformed("dimensions"))?;
        }
        let kind = reader.u32()?;
        let (block, block_bytes) = block_size(kind).ok_or(HeaderError::TensorType(kind))?;
        if !elements.is_multiple_of(block) {
            return Err(HeaderError::Malformed("blocs incomplets"));
        }
        let bytes = (elements / block).checked_mul(block_bytes);
        let end = reader.u64()?.checked_add(bytes.ok_or(HeaderError::Malformed("taille"))?);
        last = last.max(end.ok_or(HeaderError::Malformed("position"))?);
    }
    let start = reader.position.next_multiple_of(alignment);
    let tensor_bytes_end = start.checked_add(last).ok_or(HeaderError::Malformed("position"))?;
    if tensor_bytes_end > file_bytes {
        return Err(HeaderError::Truncated { needed: tensor_bytes_end, found: file_bytes });
    }
    let wanted = format!("{architecture}.context_length");
    let context_length = contexts.into_iter().find(|(key, _)| *key == wanted).map(|(_, n)| n);
    Ok(GgufHeader { architecture, name, tensor_bytes_end, file_bytes, context_length })
}

/// A stream of known length that refuses to be asked for more.
struct Reader<R> {
    input: R,
    position: u64,
    file_bytes: u64,
}

impl<R: Read> Reader<R> {
    fn expect_room(&self, count: u64, each: u64) -> Result<(), HeaderError> {
        let needed = self.position.saturating_add(count.saturating_mul(each));
        if needed > self.file_bytes {
            return Err(HeaderError::Truncated { needed, found: self.file_bytes });
        }
        Ok(())
    }

    fn fill(&mut self, buffer: &mut [u8]) -> Result<(), HeaderError> {
        let length = buffer.len() as u64;
        self.expect_room(1, length)?;
        self.input.read_exact(buffer)?;
        self.position += length;
        Ok(())
    }

    fn skip(&mut self, length: u64) -> Result<(), HeaderError> {
        self.expect_room(1, length)?;
        let skipped = io::copy(&mut self.input.by_ref().take(length), &mut io::sink())?;
        self.position += skipped;
        if skipped < length {
            return Err(HeaderError::Truncated { needed: self.file_bytes, found: self.position });
        }
        Ok(())
    }

    fn u32(&mut self) -> Result<u32, HeaderError> {
        let mut bytes = [0; 4];
        self.fill(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn u64(&mut self) -> Result<u64, HeaderError> {
        let mut bytes = [0; 8];
        self.fill(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn string(&mut self, limit: usize) -> Result<String, HeaderError> {
        let length = self.u64()?;
        self.expect_room(1, length)?;
        let length = usize::try_from(length).ok().filter(|&length| length <= limit);
        let mut bytes = vec![0; length.ok_or(HeaderError::Malformed("nom trop long"))?];
        self.fill(&mut bytes)?;
        String::from_utf8(bytes).map_err(|_| HeaderError::Malformed("nom illisible"))
    }

    fn skip_value(&mut self, kind: u32, depth: usize) -> Result<(), HeaderError> {
        match kind {
            STRING => {
                let length = self.u64()?;
                self.skip(length)
            }
            ARRAY if depth < 2 => {
                let item = self.u32()?;
                let count = self.u64()?;
                if let Some(size) = scalar_size(item) {
                    self.expect_room(count, size)?;
                    return self.skip(count * size);
                }
                // A string has a length; an array a type and a length.
                self.expect_room(count, 8)?;
                for _ in 0..count {
                    self.skip_value(item, depth + 1)?;
                }
                Ok(())
            }
            _ => match scalar_size(kind) {
                Some(size) => self.skip(size),
                None => Err(HeaderError::Malformed("type de valeur inconnu")),
            },
        }
    }
}

/// Longest key or tensor name read; the format allows 65535 and 64.
const MAX_KEY: usize = 65_535;
/// Longest display name read.
const MAX_NAME: usize = 4_096;
const UINT32: u32 = 4;
const STRING: u32 = 8;
const ARRAY: u32 = 9;

/// Bytes of a value of fixed size.
fn scalar_size(kind: u32) -> Option<u64> {
    match kind {
        0 | 1 | 7 => Some(1),
        2 | 3 => Some(2),
        4..=6 => Some(4),
        10..=12 => Some(8),
        _ => None,
    }
}

/// Elements and bytes of a block, for the types that the engine multiplies.
fn block_size(kind: u32) -> Option<(u64, u64)> {
    match kind {
        0 => Some((1, 4)),
        1 | 30 => Some((1, 2)),
        2 => Some((32, 18)),
        3 => Some((32, 20)),
        6 => Some((32, 22)),
        7 => Some((32, 24)),
        8 => Some((32, 34)),
        9 => Some((32, 36)),
        10 => Some((256, 84)),
        11 => Some((256, 110)),
        12 => Some((256, 144)),
        13 => Some((256, 176)),
        14 => Some((256, 210)),
        15 => Some((256, 292)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn string(text: &str) -> Vec<u8> {
        [&(text.len() as u64).to_le_bytes()[..], text.as_bytes()].concat()
    }

    fn pair(key: &str, kind: u32, value: &[u8]) -> Vec<u8> {
        [&string(key)[..], &kind.to_le_bytes(), value].concat()
    }

    /// A file with one `Q8_0` tensor of 64 elements: 68 bytes of weights.
    fn sample(architecture: &str) -> Vec<u8> {
        let pairs = [
            pair("general.architecture", STRING, &string(architecture)),
            pair("general.name", STRING, &string("Modèle d'essai")),
            pair(&format!("{architecture}.context_length"), UINT32, &4096_u32.to_le_bytes()),
            pair(
                "tokenizer.ggml.tokens",
                ARRAY,
                &[&STRING.to_le_bytes()[..], &2_u64.to_le_bytes(), &string("le"), &string("la")]
                    .concat(),
            ),
            pair(
                "tokenizer.ggml.token_type",
                ARRAY,
                &[&5_u32.to_le_bytes()[..], &2_u64.to_le_bytes(), &[1, 0, 0, 0, 1, 0, 0, 0]]
                    .concat(),
            ),
        ];
        let mut bytes = b"GGUF".to_vec();
        bytes.extend(3_u32.to_le_bytes());
        bytes.extend(1_u64.to_le_bytes());
        bytes.extend((pairs.len() as u64).to_le_bytes());
        bytes.extend(pairs.concat());
        bytes.extend(string("token_embd.weight"));
        bytes.extend(2_u32.to_le_bytes());
        bytes.extend(32_u64.to_le_bytes());
        bytes.extend(2_u64.to_le_bytes());
        bytes.extend(8_u32.to_le_bytes());
        bytes.extend(0_u64.to_le_bytes());
        bytes.resize(bytes.len().next_multiple_of(32) + 68, 7);
        bytes
    }

    fn parse_bytes(bytes: &[u8]) -> Result<GgufHeader, HeaderError> {
        parse(bytes, bytes.len() as u64)
    }

    #[test]
    fn reads_what_the_file_says() {
        let bytes = sample("qwen2");
        let header = parse_bytes(&bytes).unwrap();
        assert_eq!(header.architecture, "qwen2");
        assert_eq!(header.name, "Modèle d'essai");
        assert_eq!(header.context_length, Some(4096));
        assert_eq!(header.tensor_bytes_end, bytes.len() as u64);
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
        check(&huge, "incomplet");
        let mut quantised = sample("qwen2");
        let kind = quantised.len().next_multiple_of(32) - 68 - 32;
        let at = (0..kind).rfind(|&at| quantised[at..].starts_with(&8_u32.to_le_bytes())).unwrap();
        quantised[at] = 23;
        check(&quantised, "type 23");
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
