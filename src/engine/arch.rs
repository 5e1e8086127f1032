//! What a model is made of: its architecture, sizes and switches, read from the metadata of its
//! file and checked against the shape of every tensor.
//!
//! One decoder serves all architectures; what differs between them is a value here. Names of
//! metadata and tensors: ggml's `docs/gguf.md` and llama.cpp's `src/llama-arch.cpp`.

use std::collections::HashSet;

use candle_core::quantized::gguf_file::{Content, Value};

use super::gguf::{number, text, whole};
use super::kernel::{Glu, Rotation};

/// Architectures that are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Architecture {
    /// Llama, Mistral, `SmolLM2`, `EuroLLM` and others of the same shape.
    Llama,
    /// Qwen2 and Qwen2.5.
    Qwen2,
    /// Qwen3 (dense).
    Qwen3,
    /// Gemma 3 (text).
    Gemma3,
    /// `SmolLM3`.
    SmolLm3,
}

impl Architecture {
    /// Every architecture.
    pub const ALL: [Self; 5] = [Self::Llama, Self::Qwen2, Self::Qwen3, Self::Gemma3, Self::SmolLm3];

    /// The architecture that a file names, if it is known.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|architecture| architecture.name() == name)
    }

    /// Its name in a file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Llama => "llama",
            Self::Qwen2 => "qwen2",
            Self::Qwen3 => "qwen3",
            Self::Gemma3 => "gemma3",
            Self::SmolLm3 => "smollm3",
        }
    }
}

/// Sizes and switches of a model.
#[derive(Debug, Clone, PartialEq)]
pub struct Spec {
    /// Architecture.
    pub architecture: Architecture,
    /// Layers.
    pub blocks: usize,
    /// Width of the hidden state.
    pub embedding: usize,
    /// Query heads.
    pub heads: usize,
    /// Key and value heads.
    pub key_heads: usize,
    /// Values of a head.
    pub head_width: usize,
    /// Width between the projections of the feed-forward layer.
    pub feed_forward: usize,
    /// Tokens of the vocabulary.
    pub vocabulary: usize,
    /// Tokens of the window, as declared.
    pub context: usize,
    /// Added to the mean square in norms.
    pub epsilon: f32,
    /// Pairs of a head that are rotated together.
    pub rotation: Rotation,
    /// Base of the rotation's frequencies.
    pub rope_base: f64,
    /// What positions are divided by before rotation.
    pub rope_divisor: f64,
    /// Base in layers with a window, where it differs.
    pub window_rope_base: f64,
    /// Positions a query sees in layers with a window.
    pub window: Option<usize>,
    /// One layer in so many sees everything; the others have the window.
    pub window_pattern: usize,
    /// One layer in so many does not rotate.
    pub no_rope_every: Option<usize>,
    /// What embeddings are multiplied by.
    pub embedding_scale: f32,
    /// What queries are multiplied by.
    pub query_scale: f32,
    /// Activation of the feed-forward layer.
    pub glu: Glu,
}

/// How a layer rotates its heads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LayerRope {
    /// Not at all.
    None,
    /// With the model's base.
    Global,
    /// With the base of layers that have a window.
    Window,
}

/// A tensor that a model needs, or may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Name in the file.
    pub name: String,
    /// Rows and columns; one number for a vector.
    pub shape: Vec<usize>,
    /// Whether the model cannot do without.
    pub required: bool,
}

/// Bounds on sizes: several times the largest models that a laptop runs.
const MAX_BLOCKS: usize = 256;
const MAX_WIDTH: usize = 1 << 20;

/// Key of the number of layers from one that sees everything to the next.
const WINDOW_PATTERN: &str = "attention.sliding_window_pattern";

impl Spec {
    /// Reads the sizes and checks every tensor of the model against them.
    ///
    /// # Errors
    /// What is wrong, to be completed with the name of the file.
    pub fn read(content: &Content, architecture: Architecture) -> Result<Self, String> {
        let name = architecture.name();
        let broken = |what: &str| format!("est abîmé ({what})");
        let own = |key: &str| format!("{name}.{key}");
        let declared = |key: &str| number(content, &own(key)).map(|n| n as usize);
        let size = |key: &str, most: usize| match declared(key) {
            Some(n) if (1..=most).contains(&n) => Ok(n),
            _ => Err(broken(&own(key))),
        };
        let float = |key: &str, default: f64| match content.metadata.get(&own(key)) {
            None => Ok(default),
            Some(value) => {
                let value = match value {
                    Value::F32(x) => f64::from(*x),
                    Value::F64(x) => *x,
                    other => other.to_u32().map_or(f64::NAN, f64::from),
                };
                if value.is_finite() && value > 0.0 { Ok(value) } else { Err(broken(&own(key))) }
            }
        };
        let blocks = size("block_count", MAX_BLOCKS)?;
        let embedding = size("embedding_length", MAX_WIDTH)?;
        let heads = size("attention.head_count", embedding)?;
        let key_heads = match declared("attention.head_count_kv") {
            None => heads,
            Some(_) => size("attention.head_count_kv", heads)?,
        };
        let feed_forward = size("feed_forward_length", MAX_WIDTH)?;
        let context = size("context_length", MAX_WIDTH * 16)?;
        let head_width = match declared("attention.key_length") {
            None => embedding / heads,
            Some(_) => size("attention.key_length", 1024)?,
        };
        if heads % key_heads != 0 || head_width == 0 || head_width % 2 != 0 {
            return Err(broken("têtes d'attention"));
        }
        if declared("attention.value_length").is_some_and(|width| width != head_width) {
            return Err(
                "a des clés et des valeurs de largeurs différentes, que greffier n'exécute pas"
                    .into(),
            );
        }
        if declared("expert_count").is_some_and(|n| n > 0) {
            return Err("est un mélange d'experts, que greffier n'exécute pas".into());
        }
        if declared("rope.dimension_count").is_some_and(|n| n != head_width) {
            return Err(broken(&own("rope.dimension_count")));
        }
        // What a file asks for and the decoder has not must stop it: its answers would be wrong.
        for key in ["final_logit_softcapping", "attn_logit_softcapping", "logit_scale"] {
            if content.metadata.contains_key(&own(key)) {
                return Err(format!("demande « {key} », que greffier n'exécute pas"));
            }
        }
        let scaling = text(content, &own("rope.scaling.type")).unwrap_or("none");
        let rope_divisor = match scaling {
            "none" => 1.0,
            "linear" => float("rope.scaling.factor", 1.0)?,
            other => {
                let other: String = other.chars().filter(|c| !c.is_control()).take(20).collect();
                return Err(format!(
                    "étend son contexte par « {other} », que greffier n'exécute pas"
                ));
            }
        };
        let gemma = architecture == Architecture::Gemma3;
        let window = declared("attention.sliding_window").filter(|n| gemma && *n > 0);
        let default_base = 10_000.0;
        let vocabulary = match content.tensor_infos.get("token_embd.weight").map(|i| i.shape.dims())
        {
            Some([rows, columns]) if *columns == embedding && (1..=MAX_WIDTH).contains(rows) => {
                *rows
            }
            _ => return Err(broken("tenseur token_embd.weight")),
        };
        // The 27B model, alone, scales by the width of the hidden state shared among the heads.
        let scaled_width = if gemma && blocks == 62 { embedding / heads } else { head_width };
        let spec = Self {
            architecture,
            blocks,
            embedding,
            heads,
            key_heads,
            head_width,
            feed_forward,
            vocabulary,
            context,
            epsilon: float("attention.layer_norm_rms_epsilon", 1e-6)? as f32,
            rotation: match architecture {
                Architecture::Llama | Architecture::SmolLm3 => Rotation::Interleaved,
                _ => Rotation::Halves,
            },
            rope_base: float("rope.freq_base", default_base)?,
            rope_divisor,
            window_rope_base: float("rope.freq_base_swa", default_base)?,
            window,
            window_pattern: match content.metadata.get(&own(WINDOW_PATTERN)) {
                None => 6,
                Some(value) => match whole(value) {
                    Some(n) if n > 0 => n as usize,
                    _ => return Err(broken(&own(WINDOW_PATTERN))),
                },
            },
            no_rope_every: (architecture == Architecture::SmolLm3).then_some(4),
            embedding_scale: if gemma { (embedding as f32).sqrt() } else { 1.0 },
            query_scale: 1.0 / (scaled_width as f32).sqrt(),
            glu: if gemma { Glu::Gelu } else { Glu::Silu },
        };
        let wanted = spec.tensors();
        let known: HashSet<&str> = wanted.iter().map(|tensor| tensor.name.as_str()).collect();
        let unknown = content.tensor_infos.keys().filter(|name| !known.contains(name.as_str()));
        if let Some(name) = unknown.min() {
            let name: String = name.chars().filter(|c| !c.is_control()).take(40).collect();
            return Err(format!("a un tenseur « {name} », que greffier n'exécute pas"));
        }
        for wanted in &wanted {
            match content.tensor_infos.get(&wanted.name) {
                Some(info) if info.shape.dims() == wanted.shape.as_slice() => {}
                None if !wanted.required => {}
                _ => return Err(broken(&format!("tenseur {}", wanted.name))),
            }
        }
        Ok(spec)
    }

    /// Width of the keys, and of the values, of one token in one layer.
    pub const fn key_width(&self) -> usize {
        self.key_heads * self.head_width
    }

    /// Width of the queries of one token.
    pub const fn query_width(&self) -> usize {
        self.heads * self.head_width
    }

    /// How a layer rotates.
    pub fn rope(&self, block: usize) -> LayerRope {
        if self.no_rope_every.is_some_and(|every| (block + 1).is_multiple_of(every)) {
            LayerRope::None
        } else if self.layer_window(block).is_some() {
            LayerRope::Window
        } else {
            LayerRope::Global
        }
    }

    /// Positions a query sees in a layer; `None` for all.
    pub fn layer_window(&self, block: usize) -> Option<usize> {
        self.window.filter(|_| !(block + 1).is_multiple_of(self.window_pattern))
    }

    /// Every tensor that the model needs or may have.
    pub fn tensors(&self) -> Vec<Wanted> {
        let mut all = Vec::new();
        let mut add = |name: String, shape: &[usize], required| {
            all.push(Wanted { name, shape: shape.to_vec(), required });
        };
        let (embedding, queries, keys) = (self.embedding, self.query_width(), self.key_width());
        add("token_embd.weight".into(), &[self.vocabulary, embedding], true);
        add("output_norm.weight".into(), &[embedding], true);
        add("output.weight".into(), &[self.vocabulary, embedding], false);
        add("rope_freqs.weight".into(), &[self.head_width / 2], false);
        let biased = self.architecture == Architecture::Qwen2;
        let head_norms = matches!(self.architecture, Architecture::Qwen3 | Architecture::Gemma3);
        let post_norms = self.architecture == Architecture::Gemma3;
        for block in 0..self.blocks {
            let mut add = |name: &str, shape: &[usize], required| {
                add(format!("blk.{block}.{name}"), shape, required);
            };
            add("attn_norm.weight", &[embedding], true);
            add("ffn_norm.weight", &[embedding], true);
            add("attn_q.weight", &[queries, embedding], true);
            add("attn_k.weight", &[keys, embedding], true);
            add("attn_v.weight", &[keys, embedding], true);
            add("attn_output.weight", &[embedding, queries], true);
            add("ffn_gate.weight", &[self.feed_forward, embedding], true);
            add("ffn_up.weight", &[self.feed_forward, embedding], true);
            add("ffn_down.weight", &[embedding, self.feed_forward], true);
            add("attn_q.bias", &[queries], biased);
            add("attn_k.bias", &[keys], biased);
            add("attn_v.bias", &[keys], biased);
            if head_norms {
                add("attn_q_norm.weight", &[self.head_width], true);
                add("attn_k_norm.weight", &[self.head_width], true);
            }
            if post_norms {
                add("post_attention_norm.weight", &[embedding], true);
                add("post_ffw_norm.weight", &[embedding], true);
            }
        }
        all
    }
}
