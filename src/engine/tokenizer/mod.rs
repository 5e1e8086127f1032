//! The tokenizer that a GGUF file carries (byte-level BPE), and its special tokens.
//!
//! candle can build one from the same metadata, but splits every vocabulary it does not know as
//! GPT-2 with a space before the text, and finds special tokens wherever their text stands. Here
//! the special tokens are kept out of the tokenizer: they are recognised only where the chat
//! template wrote them ([`Vocabulary::shield`] marks what stands in a message), so that notes cannot
//! end their own turn. `SentencePiece` vocabularies are refused.

mod byte_level;

use std::collections::{BTreeSet, HashMap};

use candle_core::quantized::gguf_file::Content;
use regex::Regex;
use tokenizers::Tokenizer;

use super::EngineError;
use super::gguf;

/// Texts of tokens that end a turn, where a vocabulary has them as special tokens.
const TURN_ENDS: [&str; 6] =
    ["<|im_end|>", "<|endoftext|>", "</s>", "<|eot_id|>", "<|end_of_text|>", "<end_of_turn>"];

/// Types of tokens in GGUF metadata (`tokenizer.ggml.token_type`).
const CONTROL: u32 = 3;
const USER_DEFINED: u32 = 4;

/// Stands inside the text of a special token that is only text. A noncharacter: Unicode keeps it
/// out of interchanged text.
const SHIELD: char = '\u{fdd0}';

/// Text to tokens and back.
#[derive(Debug)]
pub struct Vocabulary {
    tokenizer: Tokenizer,
    texts: Vec<String>,
    special: HashMap<String, u32>,
    /// Any special token; the longest where several begin at one place.
    special_text: Option<Regex>,
    control: BTreeSet<u32>,
    ends: BTreeSet<u32>,
    bos: Option<u32>,
    eos: Option<u32>,
}

impl Vocabulary {
    /// Reads the vocabulary of a model file.
    ///
    /// # Errors
    /// What is wrong, to be completed with the name of the file: the file holds no vocabulary, or
    /// one of another kind.
    pub fn from_gguf(content: &Content) -> Result<Self, String> {
        let kind = gguf::text(content, "tokenizer.ggml.model").unwrap_or_default();
        if kind != "gpt2" {
            return Err(format!("vocabulaire de type « {kind} »"));
        }
        let texts = strings(content, "tokenizer.ggml.tokens");
        let kinds = content.metadata.get("tokenizer.ggml.token_type").and_then(|v| v.to_vec().ok());
        let kinds: Vec<u32> = kinds
            .map(|v| v.iter().map(|k| gguf::whole(k).unwrap_or(0)).collect())
            .unwrap_or_default();
        let id = |key: &str| gguf::number(content, key).filter(|id| (*id as usize) < texts.len());
        let bos = id("tokenizer.ggml.bos_token_id");
        let eos = id("tokenizer.ggml.eos_token_id");

        let mut plain = Vec::with_capacity(texts.len());
        let mut special = HashMap::new();
        let mut control = BTreeSet::new();
        for (text, id) in texts.iter().zip(0_u32..) {
            let kind = kinds.get(id as usize).copied().unwrap_or(1);
            let named = Some(id) == bos || Some(id) == eos;
            if kind == CONTROL || named {
                control.insert(id);
            }
            if kind == CONTROL || kind == USER_DEFINED || named {
                // A single character cannot be told from the same character in a message.
                if text.chars().nth(1).is_some() {
                    special.insert(text.clone(), id);
                }
            } else {
                plain.push((text.clone(), id));
            }
        }
        let ends = TURN_ENDS.iter().filter_map(|text| special.get(*text)).copied().chain(eos);
        Ok(Self {
            tokenizer: byte_level::tokenizer(content, plain)?,
            ends: ends.collect(),
            special_text: special_text(special.keys())?,
            special,
            control,
            bos,
            eos,
            texts,
        })
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Text of the token that opens a text; empty where there is none.
    pub fn bos(&self) -> &str {
        self.text(self.bos)
    }

    /// Text of the token that closes a text; empty where there is none.
    pub fn eos(&self) -> &str {
        self.text(self.eos)
    }

    /// Whether this text is a special token.
    pub fn has_special(&self, text: &str) -> bool {
        self.special.contains_key(text)
    }

    /// A message in which no special token will be recognised; [`Self::encode`] takes the marks out
    /// again.
    pub fn shield(&self, message: &str) -> String {
        let mut text = message.replace(SHIELD, "");
        let Some(special) = &self.special_text else { return text };
        // Breaking one token may leave another that overlapped it.
        while special.is_match(&text) {
            text = special
                .replace_all(&text, |found: &regex::Captures<'_>| {
                    let mut rest = found[0].chars();
                    let first: String = rest.by_ref().take(1).collect();
                    format!("{first}{SHIELD}{}", rest.as_str())
                })
                .into_owned();
        }
        text
    }

    /// The tokens of a rendered conversation, special tokens recognised except where shielded.
    ///
    /// # Errors
    /// When the tokenizer refuses the text.
    pub fn encode(&self, text: &str) -> Result<Vec<u32>, EngineError> {
        let mut tokens = Vec::new();
        let mut from = 0;
        if let Some(special) = &self.special_text {
            for found in special.find_iter(text) {
                self.encode_text(&text[from..found.start()], &mut tokens)?;
                tokens.extend(self.special.get(found.as_str()));
                from = found.end();
            }
        }
        self.encode_text(&text[from..], &mut tokens)?;
        Ok(tokens)
    }

    fn encode_text(&self, text: &str, tokens: &mut Vec<u32>) -> Result<(), EngineError> {
        if text.is_empty() {
            return Ok(());
        }
        let encoding = self
            .tokenizer
            .encode_fast(text.replace(SHIELD, ""), false)
            .map_err(|error| EngineError::Failed(format!("découpage en jetons : {error}")))?;
        tokens.extend_from_slice(encoding.get_ids());
        Ok(())
    }

    /// A token that ends the model's turn, if there is one.
    pub fn turn_end(&self) -> Option<u32> {
        self.ends.first().copied()
    }

    /// Whether the token is special: control, or text that only the template writes.
    pub fn is_special(&self, token: u32) -> bool {
        self.control.contains(&token) || self.special.contains_key(self.text(Some(token)))
    }

    /// Whether the token ends the model's turn.
    pub fn ends_turn(&self, token: u32) -> bool {
        self.ends.contains(&token)
    }

    /// The bytes a token stands for; none for a control token.
    pub fn bytes(&self, token: u32) -> Vec<u8> {
        if self.control.contains(&token) {
            return Vec::new();
        }
        let text = self.text(Some(token));
        if self.special.contains_key(text) {
            return text.as_bytes().to_vec();
        }
        byte_level::bytes(text)
    }

    fn text(&self, token: Option<u32>) -> &str {
        token.and_then(|id| self.texts.get(id as usize)).map_or("", String::as_str)
    }
}

/// A pattern of all special tokens, the longest first.
fn special_text<'a>(texts: impl Iterator<Item = &'a String>) -> Result<Option<Regex>, String> {
    let mut texts: Vec<&String> = texts.filter(|text| !text.contains(SHIELD)).collect();
    if texts.is_empty() {
        return Ok(None);
    }
    texts.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    let pattern: Vec<String> = texts.iter().map(|text| regex::escape(text)).collect();
    Regex::new(&pattern.join("|")).map(Some).map_err(|_| "jetons spéciaux trop nombreux".into())
}

fn strings(content: &Content, key: &str) -> Vec<String> {
    let values = content.metadata.get(key).and_then(|v| v.to_vec().ok());
    let texts =
        values.map(|v| v.iter().map(|t| t.to_string().cloned().unwrap_or_default()).collect());
    texts.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_texts_are_found_longest_first() {
        let texts = ["<a>", "<a>b", "|x|"].map(str::to_owned);
        let pattern = special_text(texts.iter()).unwrap().unwrap();
        let found: Vec<&str> = pattern.find_iter("<a>b<a>|x|").map(|m| m.as_str()).collect();
        assert_eq!(found, ["<a>b", "<a>", "|x|"]);
    }
}
