//! The tokenizer that a GGUF file carries (byte-level BPE), and its control tokens.

use std::collections::BTreeSet;

use candle_core::quantized::gguf_file::{Content, Value};
use candle_core::quantized::tokenizer::TokenizerFromGguf;

use super::EngineError;

/// Texts of tokens that end a turn, where a vocabulary has them as control tokens.
const TURN_ENDS: [&str; 6] =
    ["<|im_end|>", "<|endoftext|>", "</s>", "<|eot_id|>", "<|end_of_text|>", "<end_of_turn>"];

/// Type of a control token in GGUF metadata (`tokenizer.ggml.token_type`).
const CONTROL: u32 = 3;

/// Text to tokens and back.
pub struct Vocabulary {
    tokenizer: tokenizers::Tokenizer,
    control: Vec<String>,
    ends: BTreeSet<u32>,
    bos: String,
    eos: String,
}

impl Vocabulary {
    /// Reads the vocabulary of a model file.
    ///
    /// # Errors
    /// When the file holds none, or one of another kind.
    pub fn from_gguf(content: &Content) -> Result<Self, EngineError> {
        let unusable = |reason: String| {
            EngineError::Unusable(format!(
                "vocabulaire du modèle illisible ({reason}) : choisissez un autre modèle"
            ))
        };
        let tokenizer =
            tokenizers::Tokenizer::from_gguf(content).map_err(|e| unusable(e.to_string()))?;
        let tokens = strings(content, "tokenizer.ggml.tokens");
        let kinds = content.metadata.get("tokenizer.ggml.token_type");
        let kinds: Vec<u32> = kinds
            .and_then(|v| v.to_vec().ok())
            .map(|v| v.iter().map(|k| number(k).unwrap_or(0)).collect())
            .unwrap_or_default();
        let is_control = |id: usize| kinds.get(id) == Some(&CONTROL);
        let id_of = |key: &str| content.metadata.get(key).and_then(number);
        let text_of = |key: &str| {
            id_of(key).and_then(|id| tokens.get(id as usize)).cloned().unwrap_or_default()
        };
        let mut ends: BTreeSet<u32> = id_of("tokenizer.ggml.eos_token_id").into_iter().collect();
        let mut control = Vec::new();
        for (id, token) in tokens.iter().enumerate() {
            if is_control(id) {
                control.push(token.clone());
                if TURN_ENDS.contains(&token.as_str()) {
                    ends.insert(u32::try_from(id).unwrap_or(u32::MAX));
                }
            }
        }
        Ok(Self {
            tokenizer,
            control,
            ends,
            bos: text_of("tokenizer.ggml.bos_token_id"),
            eos: text_of("tokenizer.ggml.eos_token_id"),
        })
    }

    /// Texts of the control tokens.
    pub fn control(&self) -> &[String] {
        &self.control
    }

    /// Text of the token that opens a text; empty where there is none.
    pub fn bos(&self) -> &str {
        &self.bos
    }

    /// Text of the token that closes a text.
    pub fn eos(&self) -> &str {
        &self.eos
    }

    /// The tokens of a rendered conversation, control tokens recognised.
    ///
    /// # Errors
    /// When the tokenizer refuses the text.
    pub fn encode(&self, text: &str) -> Result<Vec<u32>, EngineError> {
        self.tokenizer
            .encode_fast(text, false)
            .map(|encoding| encoding.get_ids().to_vec())
            .map_err(|error| EngineError::Failed(format!("découpage en jetons : {error}")))
    }

    /// Whether the token ends the model's turn.
    pub fn ends_turn(&self, token: u32) -> bool {
        self.ends.contains(&token)
    }

    /// The bytes a token stands for; none for a control token.
    pub fn bytes(&self, token: u32) -> Vec<u8> {
        let Some(text) = self.tokenizer.id_to_token(token) else { return Vec::new() };
        if self.control.contains(&text) {
            return Vec::new();
        }
        text.chars().flat_map(byte_of).collect()
    }
}

/// The byte that a character of a byte-level vocabulary stands for (GPT-2's table: printable
/// Latin-1 characters stand for themselves, the 68 others for U+0100 and up).
fn byte_of(c: char) -> Vec<u8> {
    let code = u32::from(c);
    let printable =
        |b: u32| (33..=126).contains(&b) || (161..=172).contains(&b) || (174..=255).contains(&b);
    if code < 256 && printable(code) {
        return u8::try_from(code).into_iter().collect();
    }
    let others: Option<u8> = (0..256_u32)
        .filter(|b| !printable(*b))
        .nth(code.wrapping_sub(256) as usize)
        .and_then(|b| u8::try_from(b).ok());
    others.map_or_else(|| c.to_string().into_bytes(), |b| vec![b])
}

fn strings(content: &Content, key: &str) -> Vec<String> {
    let values = content.metadata.get(key).and_then(|v| v.to_vec().ok());
    let texts = values.map(|v| v.iter().filter_map(|t| t.to_string().ok().cloned()).collect());
    texts.unwrap_or_default()
}

fn number(value: &Value) -> Option<u32> {
    match value {
        Value::U32(n) => Some(*n),
        Value::I32(n) => u32::try_from(*n).ok(),
        Value::U64(n) => u32::try_from(*n).ok(),
        Value::I64(n) => u32::try_from(*n).ok(),
        Value::U16(n) => Some(u32::from(*n)),
        Value::U8(n) => Some(u32::from(*n)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn byte_level_characters_stand_for_their_bytes() {
        let bytes: Vec<u8> = "ĠÃ©tÃ©Ċ".chars().flat_map(byte_of).collect();
        assert_eq!(String::from_utf8(bytes).unwrap(), " été\n");
    }
}
