//! A decoder written down from its definitions, in 64 bits and without any cache: what the engine's
//! results are compared with.
//!
//! Activations that meet quantised weights are rounded as the engine rounds them (8 bits, a scale
//! each 256 or 32 values), so that what remains between the two is rounding of sums.

use candle_core::quantized::GgmlDType;

use crate::tiny_gguf::{EPSILON, ROPE_BASE, Shape, TinyGguf, WINDOW_PATTERN, WINDOW_ROPE_BASE};

/// Logits after every token.
pub(crate) fn logits(model: &TinyGguf, tokens: &[u32]) -> Vec<Vec<f64>> {
    let shape = model.shape;
    let width = shape.embedding;
    let gemma = shape.architecture == "gemma3";
    let table = weights(model, "token_embd.weight");
    let scale = if gemma { (width as f64).sqrt() } else { 1.0 };
    let mut hidden: Vec<Vec<f64>> = tokens
        .iter()
        .map(|t| table[*t as usize * width..][..width].iter().map(|x| x * scale).collect())
        .collect();
    for block in 0..shape.blocks {
        let named = |name: &str| format!("blk.{block}.{name}");
        let normed = norm_all(model, &named("attn_norm.weight"), &hidden);
        let attended = attention(model, block, &normed);
        let mut added = project(model, &named("attn_output.weight"), &attended);
        if gemma {
            added = norm_all(model, &named("post_attention_norm.weight"), &added);
        }
        add(&mut hidden, &added);
        let normed = norm_all(model, &named("ffn_norm.weight"), &hidden);
        let gate = project(model, &named("ffn_gate.weight"), &normed);
        let up = project(model, &named("ffn_up.weight"), &normed);
        let inner: Vec<Vec<f64>> = gate
            .iter()
            .zip(&up)
            .map(|(g, u)| g.iter().zip(u).map(|(g, u)| activation(gemma, *g) * u).collect())
            .collect();
        let mut added = project(model, &named("ffn_down.weight"), &inner);
        if gemma {
            added = norm_all(model, &named("post_ffw_norm.weight"), &added);
        }
        add(&mut hidden, &added);
    }
    let normed = norm_all(model, "output_norm.weight", &hidden);
    let head = if shape.tied { "token_embd.weight" } else { "output.weight" };
    project(model, head, &normed)
}

/// Distance of logits from the reference, relative to its size.
pub(crate) fn relative_error(found: &[f32], expected: &[f64]) -> f64 {
    assert_eq!(found.len(), expected.len());
    let square = |x: f64| x * x;
    let error: f64 = found.iter().zip(expected).map(|(f, e)| square(f64::from(*f) - e)).sum();
    (error / expected.iter().copied().map(square).sum::<f64>()).sqrt()
}

fn weights(model: &TinyGguf, name: &str) -> Vec<f64> {
    model.floats(name).unwrap().into_iter().map(f64::from).collect()
}

fn activation(gelu: bool, x: f64) -> f64 {
    if gelu {
        let inner = (2.0 / std::f64::consts::PI).sqrt() * (x + 0.044_715 * x.powi(3));
        0.5 * x * (1.0 + inner.tanh())
    } else {
        x / (1.0 + (-x).exp())
    }
}

fn add(x: &mut [Vec<f64>], y: &[Vec<f64>]) {
    for (x, y) in x.iter_mut().flatten().zip(y.iter().flatten()) {
        *x += y;
    }
}

fn norm(x: &[f64], weight: &[f64]) -> Vec<f64> {
    let mean = x.iter().map(|x| x * x).sum::<f64>() / x.len() as f64;
    let scale = 1.0 / (mean + f64::from(EPSILON)).sqrt();
    x.iter().zip(weight).map(|(x, w)| x * scale * w).collect()
}

fn norm_all(model: &TinyGguf, name: &str, x: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let weight = weights(model, name);
    x.iter().map(|x| norm(x, &weight)).collect()
}

/// The activations as the weights' format meets them.
fn rounded(format: GgmlDType, x: &[f64]) -> Vec<f64> {
    let block = match format {
        GgmlDType::F16 | GgmlDType::F32 => return x.to_vec(),
        GgmlDType::Q4K | GgmlDType::Q5K | GgmlDType::Q6K => 256,
        _ => 32,
    };
    let round = |x: &[f64]| {
        let most = x.iter().fold(0.0_f64, |a, b| a.max(b.abs()));
        let inverse = if most > 0.0 { 127.0 / most } else { 0.0 };
        x.iter().map(|x| (x * inverse).round_ties_even() * most / 127.0).collect::<Vec<_>>()
    };
    x.chunks(block).flat_map(round).collect()
}

fn project(model: &TinyGguf, name: &str, x: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let matrix = weights(model, name);
    x.iter()
        .map(|x| {
            let x = rounded(model.shape.format, x);
            let row = |row: &[f64]| row.iter().zip(&x).map(|(w, x)| w * x).sum();
            matrix.chunks(x.len()).map(row).collect()
        })
        .collect()
}

fn attention(model: &TinyGguf, block: usize, x: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let Shape { heads, key_heads, head_width, .. } = model.shape;
    let head = |name: &str, position: usize, values: &[f64], index: usize| {
        let mut head = values[index * head_width..(index + 1) * head_width].to_vec();
        if let Some(weight) = model.floats(&format!("blk.{block}.attn_{name}_norm.weight")) {
            let weight: Vec<f64> = weight.into_iter().map(f64::from).collect();
            head = norm(&head, &weight);
        }
        rotate(model, block, &mut head, position);
        head
    };
    let projected = |name: &str| {
        let mut rows = project(model, &format!("blk.{block}.attn_{name}.weight"), x);
        if let Some(bias) = model.floats(&format!("blk.{block}.attn_{name}.bias")) {
            for row in &mut rows {
                row.iter_mut().zip(&bias).for_each(|(x, b)| *x += f64::from(*b));
            }
        }
        rows
    };
    let (queries, keys, values) = (projected("q"), projected("k"), projected("v"));
    let window = if windowed(model.shape, block) { model.shape.window } else { usize::MAX };
    let mut out = Vec::new();
    for (position, queries) in queries.iter().enumerate() {
        let seen = (position + 1).saturating_sub(window)..=position;
        let mut row = Vec::new();
        for h in 0..heads {
            let key_head = h / (heads / key_heads);
            let query = head("q", position, queries, h);
            let score = |p: usize| {
                let key = head("k", p, &keys[p], key_head);
                let dot: f64 = query.iter().zip(&key).map(|(q, k)| q * k).sum();
                dot / (head_width as f64).sqrt()
            };
            let scores: Vec<f64> = seen.clone().map(score).collect();
            let most = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let weights: Vec<f64> = scores.iter().map(|s| (s - most).exp()).collect();
            let total: f64 = weights.iter().sum();
            let own = key_head * head_width..(key_head + 1) * head_width;
            let mut mean = vec![0.0; head_width];
            for (p, weight) in seen.clone().zip(&weights) {
                let value = &values[p][own.clone()];
                mean.iter_mut().zip(value).for_each(|(m, v)| *m += weight / total * v);
            }
            row.extend(mean);
        }
        out.push(row);
    }
    out
}

fn windowed(shape: Shape, block: usize) -> bool {
    shape.architecture == "gemma3" && !(block + 1).is_multiple_of(WINDOW_PATTERN)
}

fn rotate(model: &TinyGguf, block: usize, head: &mut [f64], position: usize) {
    let architecture = model.shape.architecture;
    if architecture == "smollm3" && (block + 1).is_multiple_of(4) {
        return;
    }
    let factors = model.floats("rope_freqs.weight");
    let base = if windowed(model.shape, block) { WINDOW_ROPE_BASE } else { ROPE_BASE };
    let half = head.len() / 2;
    for i in 0..half {
        let factor = factors.as_ref().map_or(1.0, |f| f64::from(f[i]));
        let frequency = f64::from(base).powf(-(i as f64) / half as f64) / factor;
        let (sin, cos) = (position as f64 * frequency).sin_cos();
        let (a, b) = match architecture {
            "llama" | "smollm3" => (2 * i, 2 * i + 1),
            _ => (i, i + half),
        };
        let (x, y) = (head[a], head[b]);
        head[a] = x * cos - y * sin;
        head[b] = x * sin + y * cos;
    }
}
