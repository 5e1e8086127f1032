//! The first engine: candle-transformers' quantised models on the CPU.
//!
//! Weights, tokenizer and chat template come from one GGUF file. The prompt is read in pieces, so
//! that it can be stopped and its progress shown. The models keep keys and values themselves and
//! cannot take any back: a conversation that goes on from what was read continues; any other starts
//! again, from the first token with qwen2 (its weights cannot be copied), from where the last two
//! prompts parted with llama. The models also keep the mask of every piece length at every position,
//! some tens of megabytes after a thousand requests.
//!
//! Pieces end at multiples of [`PIECE`] whatever was read before: rounding depends on how a prompt
//! is cut, and the same request must give the same tokens in a new session as in an old one.

use std::sync::Arc;

use candle_core::quantized::gguf_file::Value;
use candle_core::{Device, Tensor};
use candle_transformers::models::{quantized_llama, quantized_qwen2};

use super::answer::Answer;
use super::arch::{Architecture, Spec};
use super::gguf::{self, ModelFile};
use super::language::Language;
use super::{CancelToken, Completion, Engine, EngineError, Event, ModelInfo, Request, Session};

/// Tokens of the prompt read between two looks at the cancel token. Longer pieces are no faster
/// (16: 88 tokens/s, 32: 109, 64: 94, 128: 109 with a 1.5B model on two cores), and a slow machine
/// takes seconds for 64.
const PIECE: usize = 32;

/// Longest conversation kept: keys and values are 32-bit floats (57 kB a token for a 1.5B model),
/// and candle copies all of them for each token.
const MAX_CONTEXT: usize = 8192;

enum Weights {
    Qwen2(Box<quantized_qwen2::ModelWeights>),
    Llama(Box<quantized_llama::ModelWeights>),
}

/// A model loaded by candle.
pub(super) struct CandleEngine {
    weights: Weights,
    language: Arc<Language>,
    info: ModelInfo,
    /// The prompt answered last, by any session.
    last_prompt: Vec<u32>,
    kept: Option<Kept>,
}

/// A model as it was after these tokens; shares its weights with the one that runs.
struct Kept {
    tokens: Vec<u32>,
    model: quantized_llama::ModelWeights,
}

impl CandleEngine {
    /// Loads the weights of a file.
    pub(super) fn new(
        file: ModelFile,
        language: Language,
        info: ModelInfo,
    ) -> candle_core::Result<Self> {
        let weights = Weights::load(file)?;
        let language = Arc::new(language);
        Ok(Self { weights, language, info, last_prompt: Vec::new(), kept: None })
    }
}

/// Tokens of one conversation.
pub(super) fn context(spec: &Spec) -> usize {
    let most = match spec.architecture {
        Architecture::Qwen2 => MAX_CONTEXT,
        _ => quantized_llama::MAX_SEQ_LEN,
    };
    spec.context.min(most)
}

/// Memory a model takes: its weights, the copy that candle arranges for its kernels, the embedding
/// widened to 32-bit floats, keys and values of a thousand tokens. 3.2 GB for a 1.1 GB file of 1.5B,
/// where 3.03 were measured.
pub(super) fn memory_bytes(file: &ModelFile) -> u64 {
    let spec = &file.spec;
    let embedding = (spec.vocabulary * spec.embedding * 4) as u64;
    let keys_and_values = (spec.blocks * spec.key_width() * 2 * 4) as u64 * 1000;
    file.weight_bytes.saturating_mul(2).saturating_add(embedding).saturating_add(keys_and_values)
}

/// Name of the implementation and of the instruction set that candle multiplies with here.
pub(super) fn tier() -> String {
    format!("candle-{}", instruction_set())
}

fn instruction_set() -> &'static str {
    #[cfg(target_arch = "x86_64")]
    {
        if is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512vnni") {
            return "avx512vnni";
        }
        if is_x86_feature_detected!("avxvnni") && is_x86_feature_detected!("avx2") {
            return "avxvnni";
        }
        if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
            return "avx2";
        }
    }
    std::env::consts::ARCH
}

impl Weights {
    /// Reads the weights.
    fn load(mut file: ModelFile) -> candle_core::Result<Self> {
        let architecture = file.spec.architecture;
        // The size of qwen2's rotary tables; a number of the file must not decide it.
        let declared = Value::U32(u32::try_from(context(&file.spec)).unwrap_or(u32::MAX));
        let key = format!("{}.context_length", architecture.name());
        file.content.metadata.insert(key, declared);
        let (content, reader) = (file.content, &mut file.reader);
        Ok(if architecture == Architecture::Qwen2 {
            let model = quantized_qwen2::ModelWeights::from_gguf(content, reader, &Device::Cpu)?;
            Self::Qwen2(Box::new(model))
        } else {
            let model = quantized_llama::ModelWeights::from_gguf(content, reader, &Device::Cpu)?;
            Self::Llama(Box::new(model))
        })
    }

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
    /// Tokens of this session whose keys and values the model holds.
    read: Vec<u32>,
}

impl CandleSession<'_> {
    fn forward(&mut self, tokens: &[u32]) -> Result<Vec<f32>, EngineError> {
        if self.cancel.is_cancelled() {
            return Err(EngineError::Cancelled);
        }
        match self.engine.weights.forward(tokens, self.read.len()) {
            Ok(logits) => {
                self.read.extend_from_slice(tokens);
                Ok(logits)
            }
            Err(error) => {
                // Some layers may hold these tokens and others not.
                self.read.clear();
                Err(EngineError::Failed(gguf::one_line(&error)))
            }
        }
    }

    /// Takes up what the model holds of this prompt; answers where to keep a copy of the model for
    /// the next prompt that begins alike.
    fn take_up(&mut self, prompt: &[u32]) -> Option<usize> {
        let goes_on = |read: &[u32]| prompt.len() > read.len() && prompt.starts_with(read);
        if !self.read.is_empty() && goes_on(&self.read) {
            return None;
        }
        self.read.clear();
        let Weights::Llama(model) = &mut self.engine.weights else { return None };
        if let Some(kept) = self.engine.kept.as_ref().filter(|kept| goes_on(&kept.tokens)) {
            **model = kept.model.clone();
            self.read.clone_from(&kept.tokens);
        }
        let both = prompt.iter().zip(&self.engine.last_prompt);
        let shared = both.take_while(|(a, b)| a == b).count().min(prompt.len().saturating_sub(1));
        let copy_at = shared / PIECE * PIECE;
        (copy_at > self.read.len()).then_some(copy_at)
    }

    /// Reads the prompt; answers the logits after it and how many of its tokens had to be computed.
    fn read_prompt(
        &mut self,
        prompt: &[u32],
        sink: &mut dyn FnMut(Event<'_>),
    ) -> Result<(Vec<f32>, usize), EngineError> {
        let copy_at = self.take_up(prompt);
        let known = self.read.len();
        self.engine.last_prompt = prompt.to_vec();
        let mut logits = Vec::new();
        while self.read.len() < prompt.len() {
            let start = self.read.len();
            let end = (start / PIECE * PIECE + PIECE).min(prompt.len());
            logits = self.forward(prompt.get(start..end).unwrap_or_default())?;
            sink(Event::Prompt { done: end, total: prompt.len() });
            if let (true, Weights::Llama(model)) = (copy_at == Some(end), &self.engine.weights) {
                let model = model.as_ref().clone();
                self.engine.kept = Some(Kept { tokens: self.read.clone(), model });
            }
        }
        Ok((logits, prompt.len() - known))
    }
}

impl Session for CandleSession<'_> {
    fn chat(
        &mut self,
        request: &Request<'_>,
        sink: &mut dyn FnMut(Event<'_>),
    ) -> Result<Completion, EngineError> {
        let constraint = self.engine.language.constraint(request)?;
        let prompt = self.engine.language.prompt(request, self.engine.info.context_tokens)?;
        let (logits, tokens_in) = self.read_prompt(&prompt, sink)?;
        let language = Arc::clone(&self.engine.language);
        let mut answer = Answer::new(&language, request, constraint, prompt.len(), &logits)?;
        while answer.take(sink) {
            let logits = self.forward(&[answer.pending()])?;
            answer.draw(&logits)?;
        }
        Ok(answer.finish(tokens_in, sink))
    }
}
