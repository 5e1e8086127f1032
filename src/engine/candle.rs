//! The first engine: candle-transformers' quantised models on the CPU.
//!
//! Weights and tokenizer come from one GGUF file. The prompt is read in pieces, so that it can be
//! stopped and its progress shown. The models keep their keys and values themselves and cannot take
//! any back: a conversation that goes on from what was read continues, any other starts again from
//! the first token.
//!
//! The file is read to the heap and the embedding table is widened to 32-bit floats by the models:
//! a 1.1 GB file takes some 3 GB of memory.

use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use candle_core::quantized::gguf_file::Content;
use candle_core::{Device, Tensor};
use candle_transformers::models::{quantized_llama, quantized_qwen2};
use sysinfo::{MemoryRefreshKind, RefreshKind, System};

use super::chat::ChatTemplate;
use super::sampler::next_token;
use super::stream::TextStream;
use super::tokenizer::Vocabulary;
use super::{
    CancelToken, Completion, Engine, EngineError, Event, ModelInfo, Request, Session, StopReason,
};

/// Tokens of the prompt read between two looks at the cancel token.
const PIECE: usize = 64;

/// Longest conversation kept: attention here takes memory in the square of the piece and in the
/// length, and keys and values are 32-bit floats (57 kB a token for a 1.5B model).
const MAX_CONTEXT: usize = 8192;

/// Bounds on a header's own counts, far above any model, so that a hostile file allocates nothing.
const MAX_TENSORS: u64 = 100_000;
const MAX_METADATA: u64 = 100_000;

enum Weights {
    Qwen2(quantized_qwen2::ModelWeights),
    Llama(quantized_llama::ModelWeights),
}

/// A model loaded by candle.
pub struct CandleEngine {
    weights: Weights,
    vocabulary: Vocabulary,
    template: ChatTemplate,
    info: ModelInfo,
}

/// Loads a GGUF file.
///
/// # Errors
/// [`EngineError::Unusable`] when the file is no model, is cut short, is of an architecture that
/// is not run, or does not fit in memory.
pub fn load(
    path: &Path,
    name: &str,
    sha256: &str,
    cancel: &CancelToken,
) -> Result<CandleEngine, EngineError> {
    let shown = path.display();
    let unreadable = |error: std::io::Error| {
        EngineError::Unusable(format!(
            "impossible de lire le modèle {shown} : {error} ; réinstallez-le"
        ))
    };
    let mut file = BufReader::new(File::open(path).map_err(unreadable)?);
    let file_bytes = file.get_ref().metadata().map_err(unreadable)?.len();
    check_counts(&mut file, file_bytes).map_err(|reason| {
        EngineError::Unusable(format!(
            "{shown} n'est pas un modèle GGUF utilisable ({reason}) : réinstallez-le"
        ))
    })?;
    let content = Content::read(&mut file).map_err(|error| {
        EngineError::Unusable(format!(
            "{shown} : en-tête GGUF illisible ({error}) : réinstallez-le"
        ))
    })?;
    let end = tensors_end(&content);
    if end > file_bytes {
        return Err(EngineError::Unusable(format!(
            "{shown} est tronqué ({file_bytes} octets sur {end}) : réinstallez-le"
        )));
    }
    enough_memory(&shown.to_string(), file_bytes)?;
    let text = |key: &str| content.metadata.get(key).and_then(|v| v.to_string().ok()).cloned();
    let architecture = text("general.architecture").unwrap_or_default();
    let vocabulary = Vocabulary::from_gguf(&content)?;
    let template = ChatTemplate::new(
        text("tokenizer.chat_template"),
        vocabulary.bos().to_owned(),
        vocabulary.eos().to_owned(),
        vocabulary.control().to_vec(),
    );
    let declared = content
        .metadata
        .get(&format!("{architecture}.context_length"))
        .and_then(|v| v.to_u32().ok())
        .map_or(MAX_CONTEXT, |n| n as usize);
    if cancel.is_cancelled() {
        return Err(EngineError::Cancelled);
    }
    let failed = |error: candle_core::Error| {
        EngineError::Unusable(format!("{shown} ne se charge pas ({error}) : réinstallez-le"))
    };
    let (weights, limit) = match architecture.as_str() {
        "qwen2" => {
            let weights =
                quantized_qwen2::ModelWeights::from_gguf(content, &mut file, &Device::Cpu);
            (Weights::Qwen2(weights.map_err(failed)?), MAX_CONTEXT)
        }
        "llama" => {
            let weights =
                quantized_llama::ModelWeights::from_gguf(content, &mut file, &Device::Cpu);
            (Weights::Llama(weights.map_err(failed)?), quantized_llama::MAX_SEQ_LEN)
        }
        other => {
            return Err(EngineError::Unusable(format!(
                "{shown} : architecture « {other} » inconnue, greffier exécute qwen2 et llama"
            )));
        }
    };
    let info = ModelInfo {
        name: name.to_owned(),
        sha256: sha256.to_owned(),
        architecture,
        context_tokens: declared.min(limit),
        tier: format!("candle-{}", instruction_set()),
    };
    Ok(CandleEngine { weights, vocabulary, template, info })
}

/// Refuses a file whose first bytes already rule it out, before anything is allocated for it.
fn check_counts(file: &mut BufReader<File>, file_bytes: u64) -> Result<(), String> {
    let mut head = [0_u8; 24];
    file.read_exact(&mut head).map_err(|_| format!("{file_bytes} octets seulement"))?;
    file.seek(SeekFrom::Start(0)).map_err(|error| error.to_string())?;
    let (magic, rest) = head.split_at(4);
    if magic != b"GGUF" {
        return Err("les premiers octets ne sont pas « GGUF »".into());
    }
    let count = |at: usize| {
        let bytes: [u8; 8] =
            rest.get(at..at + 8).and_then(|b| b.try_into().ok()).unwrap_or_default();
        u64::from_le_bytes(bytes)
    };
    let (tensors, metadata) = (count(4), count(12));
    if tensors > MAX_TENSORS || metadata > MAX_METADATA || tensors == 0 {
        return Err(format!("{tensors} tenseurs et {metadata} métadonnées annoncés"));
    }
    Ok(())
}

/// Where the last tensor ends in the file.
fn tensors_end(content: &Content) -> u64 {
    let end = |info: &candle_core::quantized::gguf_file::TensorInfo| {
        let elements = info.shape.elem_count() as u64;
        let block = info.ggml_dtype.block_size() as u64;
        let bytes = elements.div_ceil(block).saturating_mul(info.ggml_dtype.type_size() as u64);
        content.tensor_data_offset.saturating_add(info.offset).saturating_add(bytes)
    };
    content.tensor_infos.values().map(end).max().unwrap_or(0)
}

/// Three times the file is what the models take at most, widened embedding included.
fn enough_memory(shown: &str, file_bytes: u64) -> Result<(), EngineError> {
    let kind = RefreshKind::nothing().with_memory(MemoryRefreshKind::nothing().with_ram());
    // A system that does not say how much memory is free is given the benefit of the doubt.
    let available = System::new_with_specifics(kind).map_or(0, |system| system.available_memory());
    let needed = file_bytes.saturating_mul(3);
    if available > 0 && available < needed {
        let gigabytes = |bytes: u64| format!("{:.1} Go", bytes as f64 / 1e9).replace('.', ",");
        return Err(EngineError::Unusable(format!(
            "{shown} demande environ {} de mémoire, il en reste {} : fermez des programmes ou prenez un modèle plus petit (greffier modeles liste)",
            gigabytes(needed),
            gigabytes(available),
        )));
    }
    Ok(())
}

/// The widest instruction set that candle can use here.
fn instruction_set() -> &'static str {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512vnni") {
            return "avx512vnni";
        }
        if is_x86_feature_detected!("avxvnni") {
            return "avxvnni";
        }
        if is_x86_feature_detected!("avx2") {
            return "avx2";
        }
    }
    std::env::consts::ARCH
}

impl Weights {
    /// Logits after the last of these tokens.
    fn forward(&mut self, tokens: &[u32], position: usize) -> candle_core::Result<Vec<f32>> {
        let input = Tensor::new(tokens, &Device::Cpu)?.unsqueeze(0)?;
        let logits = match self {
            Self::Qwen2(model) => model.forward(&input, position)?,
            Self::Llama(model) => model.forward(&input, position)?,
        };
        logits.flatten_all()?.to_vec1::<f32>()
    }
}

impl Engine for CandleEngine {
    fn model(&self) -> &ModelInfo {
        &self.info
    }

    fn session(&mut self, cancel: CancelToken) -> Box<dyn Session + '_> {
        Box::new(CandleSession { engine: self, cancel, read: Vec::new() })
    }
}

/// A conversation with a model loaded by candle.
struct CandleSession<'a> {
    engine: &'a mut CandleEngine,
    cancel: CancelToken,
    /// Tokens whose keys and values the model holds.
    read: Vec<u32>,
}

impl CandleSession<'_> {
    fn forward(&mut self, tokens: &[u32]) -> Result<Vec<f32>, EngineError> {
        if self.cancel.is_cancelled() {
            return Err(EngineError::Cancelled);
        }
        let logits = self.engine.weights.forward(tokens, self.read.len());
        let logits = logits.map_err(|error| EngineError::Failed(error.to_string()))?;
        self.read.extend_from_slice(tokens);
        Ok(logits)
    }
}

impl Session for CandleSession<'_> {
    fn chat(
        &mut self,
        request: &Request<'_>,
        sink: &mut dyn FnMut(Event<'_>),
    ) -> Result<Completion, EngineError> {
        let text = self.engine.template.render(request.messages)?;
        let prompt = self.engine.vocabulary.encode(&text)?;
        let limit = self.engine.info.context_tokens;
        if prompt.len() + request.max_tokens > limit {
            return Err(EngineError::TooLong {
                prompt_tokens: prompt.len(),
                answer_tokens: request.max_tokens,
                limit,
            });
        }
        if !(prompt.len() > self.read.len() && prompt.starts_with(&self.read)) {
            self.read.clear();
        }
        let known = self.read.len();
        let mut logits = Vec::new();
        for piece in prompt.get(known..).unwrap_or_default().chunks(PIECE) {
            logits = self.forward(piece)?;
            sink(Event::Prompt { done: self.read.len(), total: prompt.len() });
        }
        let mut stream = TextStream::new(request.stop);
        let mut tokens_out = 0;
        let reason = loop {
            if tokens_out == request.max_tokens {
                break StopReason::MaxTokens;
            }
            let token = next_token(&logits, request.sampling, self.read.len());
            tokens_out += 1;
            if self.engine.vocabulary.ends_turn(token) {
                break StopReason::EndOfTurn;
            }
            let bytes = self.engine.vocabulary.bytes(token);
            sink(Event::Token { text: stream.push(&bytes) });
            if stream.stopped() {
                break StopReason::StopString;
            }
            if tokens_out < request.max_tokens {
                logits = self.forward(&[token])?;
            }
        };
        let (rest, text) = stream.finish();
        if !rest.is_empty() {
            sink(Event::Token { text: &rest });
        }
        sink(Event::End { reason });
        Ok(Completion { text, reason, tokens_in: prompt.len() - known, tokens_out })
    }
}
