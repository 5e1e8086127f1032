//! The tokenizer that a GGUF file carries (byte-level BPE or `SentencePiece`), and its special
//! tokens.
//!
//! candle can build the first kind from the same metadata, but splits every vocabulary it does not
//! know as GPT-2 with a space before the text, and finds special tokens wherever their text stands.
//! Here the special tokens are kept out of the tokenizer: they are recognised only where the chat
//! template wrote them ([`Vocabulary::shield`] marks what stands in a message), so that notes cannot
//! end their own turn.

mod byte_level;
mod pieces;

use std::collections::{BTreeSet, HashMap};

use candle_core::quantized::gguf_file::{Content, Value};
use regex::Regex;
use tokenizers::Tokenizer;

use self::pieces::Pieces;
use super::EngineError;
use super::gguf;

/// Texts of tokens that end a turn, where a vocabulary has them as special tokens.
const TURN_ENDS: [&str; 6] =
    ["<|im_end|>", "<|endoftext|>", END_TAG, "<|eot_id|>", "<|end_of_text|>", "<end_of_turn>"];

/// Ends a turn unless the vocabulary has it for HTML, which strikes text out with it.
const END_TAG: &str = "</s>";

/// Types of tokens in GGUF metadata (`tokenizer.ggml.token_type`).
const UNKNOWN: u32 = 2;
const CONTROL: u32 = 3;
const USER_DEFINED: u32 = 4;

/// Stands inside the text of a special token that is only text. A noncharacter: Unicode keeps it
/// out of interchanged text.
const SHIELD: char = '\u{fdd0}';

/// Text to tokens and back.
#[derive(Debug)]
pub struct Vocabulary {
    kind: Kind,
    texts: Vec<String>,
    special: HashMap<String, u32>,
    /// Any special token; the longest where several begin at one place.
    special_text: Option<Regex>,
    control: BTreeSet<u32>,
    ends: BTreeSet<u32>,
    /// The end that the model itself writes.
    turn_end: Option<u32>,
    bos: Option<u32>,
    eos: Option<u32>,
    /// Whether every prompt begins with the token that opens a text, written by the template or not.
    opens: bool,
    /// Whether a text is read as if a space stood before it.
    space_first: bool,
}

/// How text is cut.
#[derive(Debug)]
enum Kind {
    ByteLevel(Box<Tokenizer>),
    Pieces(Box<Pieces>),
}

impl Vocabulary {
    /// Reads the vocabulary of a model file.
    ///
    /// # Errors
    /// What is wrong, to be completed with the name of the file: the file holds no vocabulary, or
    /// one of another kind.
    pub fn from_gguf(content: &Content) -> Result<Self, String> {
        let kind = gguf::text(content, "tokenizer.ggml.model").unwrap_or_default();
        let scored = match kind {
            "gpt2" => false,
            "llama" => true,
            _ => return Err(format!("vocabulaire de type « {kind} »")),
        };
        let texts = strings(content, "tokenizer.ggml.tokens");
        let kinds = array(content, "tokenizer.ggml.token_type");
        let id = |name: &str, usual: Option<u32>| {
            let key = format!("tokenizer.ggml.{name}_token_id");
            let known = |id: &u32| (*id as usize) < texts.len();
            gguf::number(content, &key).filter(known).or(usual.filter(|id| scored && known(id)))
        };
        let bos = id("bos", Some(1));
        let eos = id("eos", Some(2));

        let mut plain = Vec::with_capacity(texts.len());
        let mut special = HashMap::new();
        let mut control = BTreeSet::new();
        let mut runs = HashMap::new();
        for (text, id) in texts.iter().zip(0_u32..) {
            let kind = kinds.get(id as usize).and_then(gguf::whole).unwrap_or(1);
            let named = Some(id) == bos || Some(id) == eos;
            let never_text = kind == CONTROL || kind == UNKNOWN || named;
            if never_text {
                control.insert(id);
            }
            if scored && kind == USER_DEFINED && text.chars().all(char::is_whitespace) {
                runs.insert(text.clone(), id);
            } else if never_text || kind == USER_DEFINED {
                // A single character cannot be told from the same character in a message.
                if text.chars().nth(1).is_some() {
                    special.insert(text.clone(), id);
                }
            } else {
                plain.push((text.clone(), id));
            }
        }
        let ended = |text: &&str| {
            special.get(*text).copied().filter(|id| *text != END_TAG || control.contains(id))
        };
        let by_name: Vec<u32> = TURN_ENDS.iter().filter_map(ended).collect();
        let eot = id("eot", None);
        let flag = |key: &str| gguf::flag(content, key);
        Ok(Self {
            kind: match scored {
                false => Kind::ByteLevel(Box::new(byte_level::tokenizer(content, plain)?)),
                true => {
                    let scores = array(content, "tokenizer.ggml.scores");
                    Kind::Pieces(Box::new(Pieces::new(scores, plain, runs)?))
                }
            },
            turn_end: eot.or(by_name.first().copied()).or(eos),
            ends: by_name.into_iter().chain(eot).chain(eos).collect(),
            special_text: alternatives(special.keys())?,
            special,
            control,
            bos,
            eos,
            texts,
            opens: bos.is_some() && flag("tokenizer.ggml.add_bos_token").unwrap_or(scored),
            space_first: scored && flag("tokenizer.ggml.add_space_prefix").unwrap_or(true),
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
                self.encode_text(&text[from..found.start()], self.space_first, &mut tokens)?;
                tokens.extend(self.special.get(found.as_str()));
                from = found.end();
            }
        }
        self.encode_text(&text[from..], self.space_first, &mut tokens)?;
        if let Some(bos) = self.bos.filter(|bos| self.opens && tokens.first() != Some(bos)) {
            tokens.insert(0, bos);
        }
        Ok(tokens)
    }

    /// The tokens of a text that goes on from another; nothing in it is special.
    ///
    /// # Errors
    /// When the tokenizer refuses the text.
    pub fn encode_after(&self, text: &str) -> Result<Vec<u32>, EngineError> {
        let mut tokens = Vec::new();
        self.encode_text(text, false, &mut tokens)?;
        Ok(tokens)
    }

    fn encode_text(
        &self,
        text: &str,
        space_first: bool,
        tokens: &mut Vec<u32>,
    ) -> Result<(), EngineError> {
        if text.is_empty() {
            return Ok(());
        }
        let text = text.replace(SHIELD, "");
        match &self.kind {
            Kind::ByteLevel(tokenizer) => {
                let encoding = tokenizer.encode_fast(text, false).map_err(|error| {
                    EngineError::Failed(format!("découpage en jetons : {error}"))
                })?;
                tokens.extend_from_slice(encoding.get_ids());
            }
            Kind::Pieces(pieces) => pieces.encode(&text, space_first, tokens),
        }
        Ok(())
    }

    /// The token with which the model ends its turn, if there is one.
    pub fn turn_end(&self) -> Option<u32> {
        self.turn_end
    }

    /// Whether a text is read as if a space stood before it: the model then writes one.
    pub fn space_first(&self) -> bool {
        self.space_first
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
        match &self.kind {
            Kind::ByteLevel(_) => byte_level::bytes(text),
            Kind::Pieces(pieces) => pieces.bytes(token, text),
        }
    }

    fn text(&self, token: Option<u32>) -> &str {
        token.and_then(|id| self.texts.get(id as usize)).map_or("", String::as_str)
    }
}

/// A pattern of all these texts, the longest first.
fn alternatives<'a>(texts: impl Iterator<Item = &'a String>) -> Result<Option<Regex>, String> {
    let mut texts: Vec<&String> = texts.filter(|text| !text.contains(SHIELD)).collect();
    if texts.is_empty() {
        return Ok(None);
    }
    texts.sort_unstable_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    let pattern: Vec<String> = texts.iter().map(|text| regex::escape(text)).collect();
    Regex::new(&pattern.join("|")).map(Some).map_err(|_| "jetons spéciaux trop nombreux".into())
}

/// The values of a list; empty where there is none.
fn array<'c>(content: &'c Content, key: &str) -> &'c [Value] {
    content.metadata.get(key).and_then(|v| v.to_vec().ok()).map_or(&[], Vec::as_slice)
}

fn strings(content: &Content, key: &str) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        _ => String::new(),
    };
    array(content, key).iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_texts_are_found_longest_first() {
        let texts = ["<a>", "<a>b", "|x|"].map(str::to_owned);
        let pattern = alternatives(texts.iter()).unwrap().unwrap();
        let found: Vec<&str> = pattern.find_iter("<a>b<a>|x|").map(|m| m.as_str()).collect();
        assert_eq!(found, ["<a>b", "<a>", "|x|"]);
    }
}
