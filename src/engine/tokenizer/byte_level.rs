//! Byte-level BPE: merges of a fixed order, text cut beforehand by a regular expression, every byte
//! written as a character of its own.

use candle_core::quantized::gguf_file::Content;
use tokenizers::models::bpe::{BPE, Vocab};
use tokenizers::normalizers::unicode::NFC;
use tokenizers::pre_tokenizers::PreTokenizerWrapper;
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::pre_tokenizers::digits::Digits;
use tokenizers::pre_tokenizers::sequence::Sequence;
use tokenizers::pre_tokenizers::split::{Split, SplitPattern};
use tokenizers::{NormalizerWrapper, SplitDelimiterBehavior, Tokenizer};

use super::strings;
use crate::engine::gguf;

/// The tokenizer proper, without special tokens.
pub(super) fn tokenizer(content: &Content, plain: Vec<(String, u32)>) -> Result<Tokenizer, String> {
    let merges = strings(content, "tokenizer.ggml.merges")
        .iter()
        .map(|merge| merge.split_once(' ').map(|(a, b)| (a.to_owned(), b.to_owned())))
        .collect::<Option<Vec<_>>>()
        .ok_or("fusions illisibles")?;
    // The builder joins the halves in a buffer as long as the longest token, and would overrun it.
    let longest = plain.iter().map(|(text, _)| text.len()).max().unwrap_or(0);
    if merges.iter().any(|(a, b)| a.len() + b.len() > longest) {
        return Err("fusions illisibles".into());
    }
    let pre = gguf::text(content, "tokenizer.ggml.pre").unwrap_or("default");
    let splits = Splits::of(pre).ok_or_else(|| format!("découpage « {pre} »"))?;
    let model = BPE::builder()
        .vocab_and_merges(plain.into_iter().collect::<Vocab>(), merges)
        .ignore_merges(splits == Splits::Llama3)
        .build()
        .map_err(|error| gguf::one_line(&error))?;
    let mut tokenizer = Tokenizer::new(model);
    if splits == Splits::Qwen2 {
        tokenizer
            .with_normalizer(Some(NormalizerWrapper::from(NFC)))
            .map_err(|error| gguf::one_line(&error))?;
    }
    tokenizer.with_pre_tokenizer(Some(splits.pre_tokenizer()?));
    Ok(tokenizer)
}

/// How text is cut before merges (`tokenizer.ggml.pre`, names as llama.cpp gives them).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Splits {
    Gpt2,
    Smollm,
    Qwen2,
    Llama3,
}

impl Splits {
    fn of(pre: &str) -> Option<Self> {
        match pre {
            "default" | "gpt-2" => Some(Self::Gpt2),
            "smollm" => Some(Self::Smollm),
            "qwen2" | "deepseek-r1-qwen" => Some(Self::Qwen2),
            "llama-bpe" | "llama3" | "llama-v3" => Some(Self::Llama3),
            _ => None,
        }
    }

    /// The same steps as the models' own `tokenizer.json`.
    fn pre_tokenizer(self) -> Result<PreTokenizerWrapper, String> {
        let digits = match self {
            Self::Gpt2 => return Ok(ByteLevel::new(false, true, true).into()),
            Self::Smollm => {
                let steps =
                    vec![Digits::new(true).into(), ByteLevel::new(false, true, true).into()];
                return Ok(Sequence::new(steps).into());
            }
            Self::Qwen2 => r"\p{N}",
            Self::Llama3 => r"\p{N}{1,3}",
        };
        let words = format!(
            r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{{L}}\p{{N}}]?\p{{L}}+|{digits}| ?[^\s\p{{L}}\p{{N}}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
        );
        let split = Split::new(SplitPattern::Regex(words), SplitDelimiterBehavior::Isolated, false)
            .map_err(|error| gguf::one_line(&error))?;
        Ok(Sequence::new(vec![split.into(), ByteLevel::new(false, true, false).into()]).into())
    }
}

/// The bytes that a token's text stands for.
pub(super) fn bytes(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut buffer = [0; 4];
    for c in text.chars() {
        match byte_of(c) {
            Some(byte) => bytes.push(byte),
            None => bytes.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes()),
        }
    }
    bytes
}

/// The byte that a character of a byte-level vocabulary stands for (GPT-2's table: printable
/// Latin-1 characters stand for themselves, the 68 others for U+0100 and up).
fn byte_of(c: char) -> Option<u8> {
    let code = u32::from(c);
    let printable =
        |b: u32| (33..=126).contains(&b) || (161..=172).contains(&b) || (174..=255).contains(&b);
    if code < 256 {
        return printable(code).then(|| u8::try_from(code).ok()).flatten();
    }
    let nth = usize::try_from(code - 256).ok()?;
    (0..256).filter(|b| !printable(*b)).nth(nth).and_then(|b| u8::try_from(b).ok())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn byte_level_characters_stand_for_their_bytes() {
        let bytes: Vec<u8> = "ĠÃ©tÃ©Ċ".chars().filter_map(byte_of).collect();
        assert_eq!(String::from_utf8(bytes).unwrap(), " été\n");
        let every: BTreeSet<u8> = (0..400).filter_map(char::from_u32).filter_map(byte_of).collect();
        assert_eq!(every.len(), 256);
        assert_eq!(byte_of('漢'), None);
    }
}
