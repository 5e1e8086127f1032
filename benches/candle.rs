//! The same measures through candle's own models: `cargo bench --bench candle -- FILE.gguf
//! LENGTHS CONTEXTS` prints one JSON object as `greffier banc --json` does.

use std::fs::File;
use std::time::Instant;

use candle_core::quantized::gguf_file::Content;
use candle_core::{Device, Tensor};
use candle_transformers::models::{quantized_llama, quantized_qwen2};

/// Tokens of the prompt that candle is given at once.
const PIECE: usize = 128;

const STEPS: usize = 16;

enum Model {
    Qwen2(Box<quantized_qwen2::ModelWeights>),
    Llama(Box<quantized_llama::ModelWeights>),
}

impl Model {
    fn load(path: &str) -> anyhow::Result<Self> {
        let mut file = File::open(path)?;
        let content = Content::read(&mut file)?;
        let architecture = content.metadata.get("general.architecture");
        Ok(match architecture.and_then(|a| a.to_string().ok()).map(String::as_str) {
            Some("qwen2") => Self::Qwen2(Box::new(quantized_qwen2::ModelWeights::from_gguf(
                content,
                &mut file,
                &Device::Cpu,
            )?)),
            Some("llama") => Self::Llama(Box::new(quantized_llama::ModelWeights::from_gguf(
                content,
                &mut file,
                &Device::Cpu,
            )?)),
            other => anyhow::bail!("candle is not measured with {other:?}"),
        })
    }

    fn forward(&mut self, tokens: &[u32], position: usize) -> anyhow::Result<()> {
        let input = Tensor::new(tokens, &Device::Cpu)?.unsqueeze(0)?;
        match self {
            Self::Qwen2(model) => model.forward(&input, position)?,
            Self::Llama(model) => model.forward(&input, position)?,
        };
        Ok(())
    }

    /// Reads a prompt from position 0; answers tokens a second.
    fn prompt(&mut self, count: usize) -> anyhow::Result<f64> {
        let tokens: Vec<u32> = (0..count as u32).map(|i| (i * 7919 + 13) % 9000).collect();
        let start = Instant::now();
        for (index, piece) in tokens.chunks(PIECE).enumerate() {
            self.forward(piece, index * PIECE)?;
        }
        Ok(count as f64 / start.elapsed().as_secs_f64())
    }

    /// Writes after a context; answers tokens a second.
    fn write(&mut self, context: usize) -> anyhow::Result<f64> {
        self.prompt(context)?;
        let start = Instant::now();
        for step in 0..STEPS {
            self.forward(&[100], context + step)?;
        }
        Ok(STEPS as f64 / start.elapsed().as_secs_f64())
    }
}

#[expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let numbers = |index: usize| -> Vec<usize> {
        let list = arguments.get(index).map(String::as_str).unwrap_or_default();
        list.split(',').filter_map(|n| n.parse().ok()).collect()
    };
    let Some(path) = arguments.first() else { return Ok(()) };
    let mut model = Model::load(path)?;
    // The first pass arranges weights for candle's kernels.
    model.prompt(PIECE)?;
    let (mut prompt, mut write) = (Vec::new(), Vec::new());
    for tokens in numbers(1) {
        prompt.push(serde_json::json!({"tokens": tokens, "tok_per_s": model.prompt(tokens)?}));
    }
    for context in numbers(2) {
        let tok_per_s = model.write(context)?;
        write.push(serde_json::json!({"context": context, "sequences": 1, "tok_per_s": tok_per_s}));
    }
    println!("{}", serde_json::json!({"prompt": prompt, "write": write}));
    Ok(())
}
