//! Models of a few kilobytes with random weights, of every architecture and format, for the path
//! that real models take.

use std::io::Cursor;

use candle_core::quantized::gguf_file::{self, Value};
use candle_core::quantized::{GgmlDType, QTensor};
use candle_core::{Device, Tensor};

const CHATML: &str = "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}";

/// Sizes and switches of a tiny model.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shape {
    pub(crate) architecture: &'static str,
    pub(crate) format: GgmlDType,
    pub(crate) blocks: usize,
    pub(crate) embedding: usize,
    pub(crate) heads: usize,
    pub(crate) key_heads: usize,
    pub(crate) head_width: usize,
    pub(crate) feed_forward: usize,
    /// Positions that a query sees where there is a window.
    pub(crate) window: usize,
    /// Whether the embedding is the output as well.
    pub(crate) tied: bool,
    /// Whether the file brings factors for the rotation's frequencies.
    pub(crate) rope_factors: bool,
    /// Whether the vocabulary is one of `SentencePiece`.
    pub(crate) pieces: bool,
}

pub(crate) const EPSILON: f32 = 1e-6;
pub(crate) const ROPE_BASE: f32 = 50_000.0;
/// Base of the rotation in layers with a window.
pub(crate) const WINDOW_ROPE_BASE: f32 = 700.0;
/// One layer in so many has no window, where the others have one.
pub(crate) const WINDOW_PATTERN: usize = 3;
const CONTEXT: u32 = 600;

impl Shape {
    /// A small shape of an architecture, in 8 bits.
    pub(crate) const fn new(architecture: &'static str) -> Self {
        Self {
            architecture,
            format: GgmlDType::Q8_0,
            blocks: 2,
            embedding: 64,
            heads: 4,
            key_heads: 2,
            head_width: 16,
            feed_forward: 128,
            window: 0,
            tied: false,
            rope_factors: false,
            pieces: false,
        }
    }
}

/// What the file will hold.
pub(crate) struct TinyGguf {
    pub(crate) shape: Shape,
    pub(crate) metadata: Vec<(String, Value)>,
    pub(crate) tensors: Vec<(String, QTensor)>,
}

impl TinyGguf {
    /// A model of this architecture (`qwen2` or `llama`); always the same weights.
    pub(crate) fn new(architecture: &'static str) -> Self {
        Self::build(Shape::new(architecture))
    }

    /// A model whose vocabulary is one of `SentencePiece`; always the same weights.
    pub(crate) fn pieces() -> Self {
        Self::build(Shape { pieces: true, ..Shape::new("llama") })
    }

    /// A model of this shape; always the same weights.
    pub(crate) fn build(shape: Shape) -> Self {
        let Shape { architecture, blocks, embedding, heads, key_heads, head_width, .. } = shape;
        let tokens = if shape.pieces { pieces() } else { byte_level() };
        let count = tokens.len();
        let size = |n: usize| Value::U32(n.try_into().unwrap());
        let own = |key: &str| format!("{architecture}.{key}");
        let mut metadata = vec![
            ("general.architecture".into(), Value::String(architecture.into())),
            (own("block_count"), size(blocks)),
            (own("context_length"), Value::U32(CONTEXT)),
            (own("embedding_length"), size(embedding)),
            (own("feed_forward_length"), size(shape.feed_forward)),
            (own("attention.head_count"), size(heads)),
            (own("attention.head_count_kv"), size(key_heads)),
            (own("attention.key_length"), size(head_width)),
            (own("attention.value_length"), size(head_width)),
            (own("attention.layer_norm_rms_epsilon"), Value::F32(EPSILON)),
            (own("rope.freq_base"), Value::F32(ROPE_BASE)),
            (own("rope.dimension_count"), size(head_width)),
            ("tokenizer.chat_template".into(), Value::String(CHATML.into())),
        ];
        metadata.extend(vocabulary(&tokens, shape.pieces));
        if shape.window > 0 {
            metadata.push((own("attention.sliding_window"), size(shape.window)));
            metadata.push((own("attention.sliding_window_pattern"), size(WINDOW_PATTERN)));
            metadata.push((own("rope.freq_base_swa"), Value::F32(WINDOW_ROPE_BASE)));
        }
        let mut random = Random(7);
        let format = shape.format;
        let (queries, keys) = (heads * head_width, key_heads * head_width);
        let mut tensors =
            vec![("token_embd.weight".into(), random.matrix(count, embedding, format))];
        for block in 0..blocks {
            let mut add =
                |name: &str, tensor| tensors.push((format!("blk.{block}.{name}"), tensor));
            add("attn_norm.weight", random.vector(embedding, 1.0));
            add("ffn_norm.weight", random.vector(embedding, 1.0));
            add("attn_q.weight", random.matrix(queries, embedding, format));
            add("attn_k.weight", random.matrix(keys, embedding, format));
            add("attn_v.weight", random.matrix(keys, embedding, format));
            add("attn_output.weight", random.matrix(embedding, queries, format));
            add("ffn_gate.weight", random.matrix(shape.feed_forward, embedding, format));
            add("ffn_up.weight", random.matrix(shape.feed_forward, embedding, format));
            add("ffn_down.weight", random.matrix(embedding, shape.feed_forward, format));
            if architecture == "qwen2" {
                add("attn_q.bias", random.vector(queries, 0.0));
                add("attn_k.bias", random.vector(keys, 0.0));
                add("attn_v.bias", random.vector(keys, 0.0));
            }
            if matches!(architecture, "qwen3" | "gemma3") {
                add("attn_q_norm.weight", random.vector(head_width, 1.0));
                add("attn_k_norm.weight", random.vector(head_width, 1.0));
            }
            if architecture == "gemma3" {
                add("post_attention_norm.weight", random.vector(embedding, 1.0));
                add("post_ffw_norm.weight", random.vector(embedding, 1.0));
            }
        }
        tensors.push(("output_norm.weight".into(), random.vector(embedding, 1.0)));
        if !shape.tied {
            tensors.push(("output.weight".into(), random.matrix(count, embedding, format)));
        }
        if shape.rope_factors {
            tensors.push(("rope_freqs.weight".into(), random.vector(head_width / 2, 2.0)));
        }
        Self { shape, metadata, tensors }
    }

    /// A tensor as floats, if the file has it.
    pub(crate) fn floats(&self, name: &str) -> Option<Vec<f32>> {
        let (_, tensor) = self.tensors.iter().find(|(n, _)| n == name)?;
        let tensor = tensor.dequantize(&Device::Cpu).unwrap();
        Some(tensor.flatten_all().unwrap().to_vec1().unwrap())
    }

    /// Changes or adds a value of the metadata.
    pub(crate) fn with(mut self, key: &str, value: Value) -> Self {
        self.metadata.retain(|(k, _)| k != key);
        self.metadata.push((key.into(), value));
        self
    }

    /// Adds a vector.
    pub(crate) fn with_vector(mut self, name: &str, length: usize) -> Self {
        self.tensors.push((name.into(), Random(11).vector(length, 0.0)));
        self
    }

    /// Leaves a value of the metadata, or a tensor, out.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.metadata.retain(|(k, _)| k != name);
        self.tensors.retain(|(n, _)| n != name);
        self
    }

    /// The file.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let metadata: Vec<_> = self.metadata.iter().map(|(k, v)| (k.as_str(), v)).collect();
        let tensors: Vec<_> = self.tensors.iter().map(|(n, t)| (n.as_str(), t)).collect();
        let mut file = Cursor::new(Vec::new());
        gguf_file::write(&mut file, &metadata, &tensors).unwrap();
        file.into_inner()
    }
}

/// Texts and types of a byte-level vocabulary.
fn byte_level() -> Vec<(String, i32)> {
    let bytes = (0..=255).map(|b| byte_char(b).to_string());
    let merged = ["le", "es", "Ġd", "Ã©"].map(str::to_owned);
    let special = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"].map(|t| (t.to_owned(), 3));
    bytes.chain(merged).map(|text| (text, 1)).chain(special).collect()
}

/// Texts and types of a vocabulary of pieces, the best of them first.
fn pieces() -> Vec<(String, i32)> {
    let special = [("<unk>", 2), ("<s>", 3), ("</s>", 3), ("<|im_start|>", 3), ("<|im_end|>", 3)];
    let special = special.map(|(text, kind)| (text.to_owned(), kind));
    let bytes = (0..=255).map(|b| (format!("<0x{b:02X}>"), 6));
    let runs = ["\n\n", "  "].map(|text| (text.to_owned(), 4));
    let merged = ["le", "es", "▁d", "▁de", "les", "▁les", "</", "s>", "</s", "é", "▁"];
    let letters = ('a'..='z').map(String::from).chain(['<', '/', '>'].map(String::from));
    let plain = merged.map(str::to_owned).into_iter().chain(letters).map(|text| (text, 1));
    special.into_iter().chain(bytes).chain(runs).chain(plain).collect()
}

/// What the file says of its vocabulary.
fn vocabulary(tokens: &[(String, i32)], pieces: bool) -> Vec<(String, Value)> {
    let id = |text: &str| {
        let at = tokens.iter().position(|(token, _)| token == text).unwrap();
        Value::U32(at.try_into().unwrap())
    };
    let texts = |t: &[&str]| Value::Array(t.iter().map(|t| Value::String((*t).into())).collect());
    let all: Vec<&str> = tokens.iter().map(|(text, _)| text.as_str()).collect();
    let kinds = tokens.iter().map(|(_, kind)| Value::I32(*kind)).collect();
    let text = |t: &str| Value::String(t.into());
    let mut metadata = vec![
        ("tokens", texts(&all)),
        ("token_type", Value::Array(kinds)),
        ("eos_token_id", id("<|im_end|>")),
    ];
    metadata.extend(match pieces {
        false => vec![
            ("model", text("gpt2")),
            ("pre", text("qwen2")),
            ("merges", texts(&["l e", "e s", "Ġ d", "Ã ©"])),
            ("bos_token_id", id("<|endoftext|>")),
        ],
        true => {
            let scores = (0..tokens.len()).map(|at| Value::F32(-(at as f32))).collect();
            vec![
                ("model", text("llama")),
                ("scores", Value::Array(scores)),
                ("bos_token_id", id("<s>")),
            ]
        }
    });
    metadata.into_iter().map(|(key, value)| (format!("tokenizer.ggml.{key}"), value)).collect()
}

/// The character that stands for a byte in a byte-level vocabulary.
fn byte_char(byte: u8) -> char {
    let printable = |b: u8| matches!(b, 33..=126 | 161..=172 | 174..=255);
    if printable(byte) {
        return char::from(byte);
    }
    let before = (0..byte).filter(|b| !printable(*b)).count();
    char::from_u32(256 + u32::try_from(before).unwrap()).unwrap()
}

/// Random numbers in [-1, 1), always the same.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (self.0 >> 40) as f32 / (1_u64 << 23) as f32 - 1.0
    }

    fn matrix(&mut self, rows: usize, columns: usize, format: GgmlDType) -> QTensor {
        let values: Vec<f32> = (0..rows * columns).map(|_| self.next() * 0.3).collect();
        let tensor = Tensor::from_vec(values, (rows, columns), &Device::Cpu).unwrap();
        QTensor::quantize(&tensor, format).unwrap()
    }

    fn vector(&mut self, length: usize, around: f32) -> QTensor {
        let values: Vec<f32> = (0..length).map(|_| around + self.next() * 0.1).collect();
        let tensor = Tensor::from_vec(values, length, &Device::Cpu).unwrap();
        QTensor::quantize(&tensor, GgmlDType::F32).unwrap()
    }
}
