//! How well a model foresees a text, for `perplexity.py` to compare with llama.cpp:
//! `cargo bench --bench perplexity -- FILE.gguf WINDOWS.json` prints one JSON object.
//!
//! The file of windows is a JSON list of lists of tokens. The second half of each window is
//! foreseen from all that stands before it, as llama.cpp's `llama-perplexity` does; tokens come
//! from outside, so that both engines read the same.

use std::path::Path;

use greffier::engine::CancelToken;
use greffier::engine::decoder::{Decoder, Run};
use greffier::engine::load::{Implementation, Options, load_decoder};
use greffier::settings::Settings;

/// Most tokens that the decoder takes at once.
const BATCH: usize = 256;

/// Minus the logarithm of the probability of each token of the second half but its first, summed,
/// and how many these are.
fn surprise(decoder: &mut Decoder, window: &[u32]) -> anyhow::Result<(f64, usize)> {
    let vocabulary = decoder.spec().vocabulary;
    let first = window.len() / 2;
    let mut sequence = decoder.sequence();
    let mut sum = 0.0;
    for start in (0..window.len()).step_by(BATCH) {
        let tokens = &window[start..window.len().min(start + BATCH)];
        let end = start + tokens.len();
        let scored = start.max(first)..end.max(first);
        let run = Run { sequence: &mut sequence, tokens, logits: scored.len() };
        let logits = decoder.forward(&mut [run])?;
        for (logits, position) in logits.chunks_exact(vocabulary).zip(scored) {
            // What follows the window is not known.
            let Some(next) = window.get(position + 1) else { break };
            let most = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let exponentials: f64 = logits.iter().map(|x| f64::from(x - most).exp()).sum();
            let chosen = logits.get(*next as usize);
            let chosen = chosen.ok_or_else(|| anyhow::anyhow!("{next} is no token"))?;
            sum += exponentials.ln() - f64::from(chosen - most);
        }
    }
    Ok((sum, window.len().saturating_sub(first + 1)))
}

#[expect(clippy::print_stdout, reason = "a benchmark prints its figures")]
fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let [model, windows] = arguments.as_slice() else { return Ok(()) };
    let windows: Vec<Vec<u32>> = serde_json::from_str(&std::fs::read_to_string(windows)?)?;
    let settings = Settings::from_environment()?;
    let options = Options {
        path: Path::new(model),
        name: model,
        sha256: "",
        prepared: &settings.prepared(),
        threads: None,
        implementation: Implementation::Best,
        lookup: false,
    };
    let mut decoder = load_decoder(&options, &CancelToken::default())?;
    let (mut sum, mut tokens) = (0.0, 0);
    for window in &windows {
        let (surprise, scored) = surprise(&mut decoder, window)?;
        sum += surprise;
        tokens += scored;
    }
    let perplexity = (sum / tokens as f64).exp();
    println!("{}", serde_json::json!({"tokens": tokens, "perplexity": perplexity}));
    Ok(())
}
