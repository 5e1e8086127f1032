//! One decoder for every architecture: tokens in, logits out.
//!
//! A batch mixes runs of tokens of several sequences: a piece of a prompt, one token each of four
//! drafts, a draft to verify. Weights pass once for the whole batch. Each row of the result depends
//! on its own sequence alone, to the last bit: not on what shares the batch, nor on how a prompt is
//! cut, nor on the number of threads.

use std::fs::File;
use std::sync::Mutex;

use candle_core::quantized::gguf_file::Content;

use super::arch::{LayerRope, Spec};
use super::cache::{Layout, Sequence};
use super::kernel::{
    ActKind, Activations, Attention, Format, Kernels, Matrix, PANEL_ROWS, Product, Scratch,
    dequantize_row,
};
use super::panels::{self, PanelError, Panels, Source};
use super::pool::Pool;
use super::{CancelToken, EngineError};

/// Rows of one batch: enough that unpacking weights costs nothing, few enough that activations stay
/// near the core.
pub const MAX_BATCH: usize = 256;

/// A loaded model, without its vocabulary.
pub struct Decoder {
    spec: Spec,
    kernels: Kernels,
    pool: Pool,
    scratch: Vec<Mutex<Scratch>>,
    panels: Panels,
    embedding: Matrix,
    head: Matrix,
    output_norm: Vec<f32>,
    layers: Vec<Layer>,
    /// Frequencies of rotation: of the model, and of layers with a window.
    frequencies: [Vec<f64>; 2],
    buffers: Buffers,
}

/// Weights of a layer.
struct Layer {
    attn_norm: Vec<f32>,
    q: Matrix,
    k: Matrix,
    v: Matrix,
    q_bias: Option<Vec<f32>>,
    k_bias: Option<Vec<f32>>,
    v_bias: Option<Vec<f32>>,
    q_norm: Option<Vec<f32>>,
    k_norm: Option<Vec<f32>>,
    output: Matrix,
    post_attention_norm: Option<Vec<f32>>,
    ffn_norm: Vec<f32>,
    gate: Matrix,
    up: Matrix,
    down: Matrix,
    post_ffw_norm: Option<Vec<f32>>,
}

/// Tokens to read after those of a sequence.
pub struct Run<'a> {
    /// What was read before; grows by the tokens.
    pub sequence: &'a mut Sequence,
    /// At least one token.
    pub tokens: &'a [u32],
    /// After how many of the last tokens logits are wanted.
    pub logits: usize,
}

/// What one batch is computed in; kept, since it has the same size again and again.
#[derive(Default)]
struct Buffers {
    /// Hidden state.
    x: Vec<f32>,
    normed: Vec<f32>,
    q: Vec<f32>,
    k: Vec<f32>,
    v: Vec<f32>,
    attended: Vec<f32>,
    gate: Vec<f32>,
    up: Vec<f32>,
    projected: Vec<f32>,
    logits: Vec<f32>,
    by_256: Activations,
    by_32: Activations,
    float: Activations,
}

/// Why a model cannot be run by this decoder.
#[derive(Debug)]
pub(super) enum LoadError {
    /// The panels cannot be had.
    Panels(PanelError),
    /// A tensor is missing, or a size is not handled.
    Unusable(String),
}

impl From<PanelError> for LoadError {
    fn from(error: PanelError) -> Self {
        Self::Panels(error)
    }
}

impl Decoder {
    /// Whether there are kernels for every tensor of a model.
    pub(super) fn handles(content: &Content, spec: &Spec) -> bool {
        let known = |name: &str| {
            content.tensor_infos.get(name).is_none_or(|info| Format::of(info.ggml_dtype).is_some())
        };
        whole_vectors(spec) && spec.tensors().iter().all(|wanted| known(&wanted.name))
    }

    /// Loads a model; `progress` is told the bytes packed and their total, the first time only.
    pub(super) fn load(
        source: &Source<'_>,
        spec: Spec,
        kernels: Kernels,
        pool: Pool,
        cancel: &CancelToken,
        progress: &mut dyn FnMut(u64, u64),
    ) -> Result<Self, LoadError> {
        let Source { path, content, .. } = *source;
        if !whole_vectors(&spec) {
            return Err(LoadError::Unusable(format!("têtes de {} valeurs", spec.head_width)));
        }
        let panels = panels::open(source, &spec, &pool, cancel, progress)?;
        let mut file = File::open(path).map_err(PanelError::Read)?;
        let mut vector = |name: &str| -> Result<Option<Vec<f32>>, PanelError> {
            let info = content.tensor_infos.get(name);
            info.map(|info| panels::read_vector(&mut file, content, info)).transpose()
        };
        let missing = |name: &str| LoadError::Unusable(format!("tenseur {name}"));
        let matrix = |name: &str| panels.matrix(name).ok_or_else(|| missing(name));
        let embedding = matrix("token_embd.weight")?;
        let head = panels.matrix("output.weight").unwrap_or(embedding);
        let output_norm =
            vector("output_norm.weight")?.ok_or_else(|| missing("output_norm.weight"))?;
        let factors = vector("rope_freqs.weight")?;
        let mut layers = Vec::with_capacity(spec.blocks);
        for block in 0..spec.blocks {
            let named = |name: &str| format!("blk.{block}.{name}");
            let matrix = |name: &str| matrix(&named(name));
            let mut vector = |name: &str| vector(&named(name));
            let attn_norm = vector("attn_norm.weight")?.ok_or_else(|| missing("attn_norm"))?;
            let ffn_norm = vector("ffn_norm.weight")?.ok_or_else(|| missing("ffn_norm"))?;
            layers.push(Layer {
                attn_norm,
                q: matrix("attn_q.weight")?,
                k: matrix("attn_k.weight")?,
                v: matrix("attn_v.weight")?,
                q_bias: vector("attn_q.bias")?,
                k_bias: vector("attn_k.bias")?,
                v_bias: vector("attn_v.bias")?,
                q_norm: vector("attn_q_norm.weight")?,
                k_norm: vector("attn_k_norm.weight")?,
                output: matrix("attn_output.weight")?,
                post_attention_norm: vector("post_attention_norm.weight")?,
                ffn_norm,
                gate: matrix("ffn_gate.weight")?,
                up: matrix("ffn_up.weight")?,
                down: matrix("ffn_down.weight")?,
                post_ffw_norm: vector("post_ffw_norm.weight")?,
            });
        }
        let frequencies = [
            frequencies(spec.head_width, spec.rope_base, spec.rope_divisor, factors.as_deref()),
            frequencies(spec.head_width, spec.window_rope_base, 1.0, None),
        ];
        let scratch = Scratch::for_pool(&pool);
        Ok(Self {
            spec,
            kernels,
            pool,
            scratch,
            panels,
            embedding,
            head,
            output_norm,
            layers,
            frequencies,
            buffers: Buffers::default(),
        })
    }

    /// Sizes and switches.
    pub const fn spec(&self) -> &Spec {
        &self.spec
    }

    /// The kernels that run.
    pub const fn kernels(&self) -> &Kernels {
        &self.kernels
    }

    /// The threads that run.
    pub const fn pool(&self) -> &Pool {
        &self.pool
    }

    /// The weights, for measuring how fast they can be read.
    pub fn weights(&self) -> &[u8] {
        self.panels.bytes()
    }

    /// Bytes of weights that one token reads.
    pub fn bytes_per_token(&self) -> usize {
        let layer = |l: &Layer| -> usize {
            [&l.q, &l.k, &l.v, &l.output, &l.gate, &l.up, &l.down].map(Matrix::bytes).iter().sum()
        };
        self.layers.iter().map(layer).sum::<usize>() + self.head.bytes()
    }

    /// Multiplications that one token takes in its layers, attention left out.
    pub fn products_per_token(&self) -> usize {
        let layer = |l: &Layer| -> usize {
            let sizes = [&l.q, &l.k, &l.v, &l.output, &l.gate, &l.up, &l.down];
            sizes.map(|m| m.rows * m.columns).iter().sum()
        };
        self.layers.iter().map(layer).sum()
    }

    /// Bytes of keys and values that one token adds to what every later one reads.
    pub fn context_bytes_per_token(&self) -> usize {
        Layout::new(&self.spec).token_bytes()
    }

    /// Billions of products a second of all threads, with everything in the nearest cache: what the
    /// kernel of the model's commonest format could do.
    pub fn product_speed(&self) -> f64 {
        let format = self.layers.first().map_or(self.head.format, |layer| layer.gate.format);
        self.kernels.product_speed(&self.pool, &self.scratch, format)
    }

    /// An empty sequence.
    pub fn sequence(&self) -> Sequence {
        Sequence::new(Layout::new(&self.spec))
    }

    /// From now on, computation ends early when this token is cancelled.
    pub fn watch(&mut self, cancel: CancelToken) {
        self.pool.watch(cancel);
    }

    /// Reads a batch; answers the logits wanted, a row of the vocabulary each, in the order of the
    /// runs. Tokens beyond the vocabulary are read as token 0.
    ///
    /// # Errors
    /// [`EngineError::Cancelled`]; the sequences are as they were.
    pub fn forward(&mut self, runs: &mut [Run<'_>]) -> Result<&[f32], EngineError> {
        let before: Vec<usize> = runs.iter().map(|run| run.sequence.len()).collect();
        let wanted = self.compute(runs);
        if self.pool.is_cancelled() {
            for (run, before) in runs.iter_mut().zip(before) {
                run.sequence.truncate(before);
            }
            return Err(EngineError::Cancelled);
        }
        Ok(&self.buffers.logits[..wanted * self.spec.vocabulary])
    }

    /// Reads a batch; answers how many rows of logits it left in the buffer.
    fn compute(&mut self, runs: &mut [Run<'_>]) -> usize {
        let mut rows = Vec::new();
        let mut wanted = Vec::new();
        for (index, run) in runs.iter_mut().enumerate() {
            let first = run.sequence.len();
            run.sequence.extend(run.tokens);
            for i in 0..run.tokens.len() {
                if i + run.logits >= run.tokens.len() {
                    wanted.push(rows.len());
                }
                rows.push((index, first + i));
            }
        }
        assert!(rows.len() <= MAX_BATCH, "at most {MAX_BATCH} rows at once");
        self.embed(runs);
        let rotations = self.rotations(&rows);
        for block in 0..self.layers.len() {
            let last = block + 1 == self.layers.len();
            self.keys_and_values(block, runs, &rows, &rotations);
            if last {
                // Only what is asked for goes through the rest of the last layer.
                self.keep_rows(&wanted);
                rows = wanted.iter().map(|row| rows[*row]).collect();
                if rows.is_empty() {
                    return 0;
                }
            }
            self.attention(block, runs, &rows);
            self.feed_forward(block);
        }
        self.logits(rows.len());
        rows.len()
    }

    /// Looks the tokens' embeddings up.
    fn embed(&mut self, runs: &[Run<'_>]) {
        let (width, embedding, scale) =
            (self.spec.embedding, self.embedding, self.spec.embedding_scale);
        let table = &self.panels.bytes()[embedding.start..][..embedding.bytes()];
        let tokens = runs.iter().flat_map(|run| run.tokens);
        let x = &mut self.buffers.x;
        x.resize(tokens.clone().count() * width, 0.0);
        let mut rows: Vec<_> = tokens.zip(x.chunks_exact_mut(width)).collect();
        self.pool.each(&mut rows, &|(token, row)| {
            let token = Some(**token as usize).filter(|t| *t < embedding.rows).unwrap_or(0);
            dequantize_row(embedding.format, table, token, row);
            row.iter_mut().for_each(|value| *value *= scale);
        });
    }

    /// Cosines and sines of each row: with the model's frequencies, and with those of windows.
    fn rotations(&self, rows: &[(usize, usize)]) -> [Vec<f32>; 4] {
        let used = if self.spec.window.is_some() { 2 } else { 1 };
        let mut all: [Vec<f32>; 4] = Default::default();
        for (which, frequencies) in self.frequencies.iter().enumerate().take(used) {
            for (_, position) in rows {
                for frequency in frequencies {
                    let (sin, cos) = (*position as f64 * frequency).sin_cos();
                    all[2 * which].push(cos as f32);
                    all[2 * which + 1].push(sin as f32);
                }
            }
        }
        all
    }

    /// Normalises and projects the hidden state to queries, keys and values; stores the latter two.
    fn keys_and_values(
        &mut self,
        block: usize,
        runs: &mut [Run<'_>],
        rows: &[(usize, usize)],
        rotations: &[Vec<f32>; 4],
    ) {
        let Self { spec, kernels, pool, scratch, panels, layers, buffers, .. } = self;
        let layer = &layers[block];
        let count = rows.len();
        norm(kernels, pool, spec, &buffers.x, &layer.attn_norm, &mut buffers.normed);
        buffers.q.resize(count * spec.query_width(), 0.0);
        buffers.k.resize(count * spec.key_width(), 0.0);
        buffers.v.resize(count * spec.key_width(), 0.0);
        let Buffers { normed, q, k, v, by_256, by_32, float, .. } = buffers;
        let mut quantized = Quantized { by_256, by_32, float };
        quantized.prepare(kernels, pool, normed, &[&layer.q, &layer.k, &layer.v]);
        let mut products = [
            Product { matrix: &layer.q, x: quantized.of(&layer.q), out: q },
            Product { matrix: &layer.k, x: quantized.of(&layer.k), out: k },
            Product { matrix: &layer.v, x: quantized.of(&layer.v), out: v },
        ];
        kernels.multiply(pool, scratch, panels.bytes(), &mut products);

        let half = spec.head_width / 2;
        let which = match spec.rope(block) {
            LayerRope::None => None,
            LayerRope::Global => Some(0),
            LayerRope::Window => Some(2),
        };
        let finish = |heads: &mut [f32], row: usize, norm: Option<&[f32]>, scale: f32| {
            let mut normed = [0.0; 1024];
            for head in heads.chunks_exact_mut(spec.head_width) {
                if let Some(weight) = norm {
                    let normed = &mut normed[..spec.head_width];
                    kernels.rms_norm(head, weight, spec.epsilon, normed);
                    head.copy_from_slice(normed);
                }
                if let Some(which) = which {
                    let cos = &rotations[which][row * half..(row + 1) * half];
                    let sin = &rotations[which + 1][row * half..(row + 1) * half];
                    kernels.rotate(spec.rotation, head, cos, sin);
                }
                if scale != 1.0 {
                    head.iter_mut().for_each(|value| *value *= scale);
                }
            }
        };
        let mut work: Vec<_> = q
            .chunks_exact_mut(spec.query_width())
            .zip(k.chunks_exact_mut(spec.key_width()))
            .zip(v.chunks_exact_mut(spec.key_width()))
            .enumerate()
            .collect();
        pool.each(&mut work, &|(row, ((q, k), v))| {
            let biases = [(&mut **q, &layer.q_bias), (&mut **k, &layer.k_bias), (v, &layer.v_bias)];
            for (values, bias) in biases {
                if let Some(bias) = bias {
                    kernels.add(values, bias);
                }
            }
            finish(q, *row, layer.q_norm.as_deref(), spec.query_scale);
            finish(k, *row, layer.k_norm.as_deref(), 1.0);
        });
        for (row, (run, position)) in rows.iter().enumerate() {
            let at = row * spec.key_width()..(row + 1) * spec.key_width();
            runs[*run].sequence.store(block, *position, &k[at.clone()], &v[at]);
        }
    }

    /// Keeps some rows of the hidden state and of the queries.
    fn keep_rows(&mut self, wanted: &[usize]) {
        let widths = [self.spec.embedding, self.spec.query_width()];
        for (buffer, width) in [&mut self.buffers.x, &mut self.buffers.q].into_iter().zip(widths) {
            for (to, from) in wanted.iter().enumerate() {
                buffer.copy_within(from * width..(from + 1) * width, to * width);
            }
            buffer.truncate(wanted.len() * width);
        }
    }

    /// Adds what the layer's attention gives to the hidden state.
    fn attention(&mut self, block: usize, runs: &[Run<'_>], rows: &[(usize, usize)]) {
        let Self { spec, kernels, pool, scratch, panels, layers, buffers, .. } = self;
        let layer = &layers[block];
        let pages: Vec<_> = runs
            .iter()
            .flat_map(|run| (0..spec.key_heads).map(|head| run.sequence.head_pages(block, head)))
            .collect();
        buffers.attended.resize(buffers.q.len(), 0.0);
        kernels.attend(
            pool,
            scratch,
            &mut Attention {
                queries: &buffers.q,
                rows,
                pages: &pages,
                heads: spec.heads,
                key_heads: spec.key_heads,
                width: spec.head_width,
                window: spec.layer_window(block).unwrap_or(usize::MAX),
                out: &mut buffers.attended,
            },
        );
        let Buffers { x, attended, projected, normed, by_256, by_32, float, .. } = buffers;
        let mut quantized = Quantized { by_256, by_32, float };
        quantized.prepare(kernels, pool, attended, &[&layer.output]);
        projected.resize(x.len(), 0.0);
        let x_in = quantized.of(&layer.output);
        let mut products = [Product { matrix: &layer.output, x: x_in, out: projected }];
        kernels.multiply(pool, scratch, panels.bytes(), &mut products);
        residual(kernels, pool, spec, x, projected, layer.post_attention_norm.as_deref(), normed);
    }

    /// Adds what the layer's feed-forward network gives to the hidden state.
    fn feed_forward(&mut self, block: usize) {
        let Self { spec, kernels, pool, scratch, panels, layers, buffers, .. } = self;
        let layer = &layers[block];
        let count = buffers.x.len() / spec.embedding;
        norm(kernels, pool, spec, &buffers.x, &layer.ffn_norm, &mut buffers.normed);
        let Buffers { x, gate, up, projected, normed, by_256, by_32, float, .. } = buffers;
        gate.resize(count * spec.feed_forward, 0.0);
        up.resize(count * spec.feed_forward, 0.0);
        let mut quantized = Quantized { by_256, by_32, float };
        quantized.prepare(kernels, pool, normed, &[&layer.gate, &layer.up]);
        let mut products = [
            Product { matrix: &layer.gate, x: quantized.of(&layer.gate), out: gate },
            Product { matrix: &layer.up, x: quantized.of(&layer.up), out: up },
        ];
        kernels.multiply(pool, scratch, panels.bytes(), &mut products);
        let width = spec.feed_forward;
        let mut work: Vec<_> = gate.chunks_exact_mut(width).zip(up.chunks_exact(width)).collect();
        pool.each(&mut work, &|(gate, up)| kernels.glu(spec.glu, gate, up));
        quantized.prepare(kernels, pool, gate, &[&layer.down]);
        projected.resize(x.len(), 0.0);
        let x_in = quantized.of(&layer.down);
        let mut products = [Product { matrix: &layer.down, x: x_in, out: projected }];
        kernels.multiply(pool, scratch, panels.bytes(), &mut products);
        residual(kernels, pool, spec, x, projected, layer.post_ffw_norm.as_deref(), normed);
    }

    /// Projects the hidden state on the vocabulary.
    fn logits(&mut self, count: usize) {
        let Self { spec, kernels, pool, scratch, panels, buffers, head, output_norm, .. } = self;
        norm(kernels, pool, spec, &buffers.x, output_norm, &mut buffers.normed);
        let Buffers { normed, logits, by_256, by_32, float, .. } = buffers;
        let mut quantized = Quantized { by_256, by_32, float };
        quantized.prepare(kernels, pool, normed, &[head]);
        logits.resize(count * spec.vocabulary, 0.0);
        let mut products = [Product { matrix: head, x: quantized.of(head), out: logits }];
        kernels.multiply(pool, scratch, panels.bytes(), &mut products);
    }
}

/// Whether heads are whole vectors for the kernels.
const fn whole_vectors(spec: &Spec) -> bool {
    spec.head_width.is_multiple_of(PANEL_ROWS)
}

/// Angle that each pair of a head turns by from one position to the next.
fn frequencies(width: usize, base: f64, divisor: f64, factors: Option<&[f32]>) -> Vec<f64> {
    (0..width / 2)
        .map(|i| {
            let factor = factors.and_then(|f| f.get(i)).map_or(1.0, |f| f64::from(*f));
            base.powf(-2.0 * i as f64 / width as f64) / divisor / factor
        })
        .collect()
}

/// Normalises every row.
fn norm(
    kernels: &Kernels,
    pool: &Pool,
    spec: &Spec,
    x: &[f32],
    weight: &[f32],
    out: &mut Vec<f32>,
) {
    out.resize(x.len(), 0.0);
    let width = weight.len();
    let mut rows: Vec<_> = x.chunks_exact(width).zip(out.chunks_exact_mut(width)).collect();
    pool.each(&mut rows, &|(x, out)| kernels.rms_norm(x, weight, spec.epsilon, out));
}

/// `x += projected`, normalised first in architectures that do.
fn residual(
    kernels: &Kernels,
    pool: &Pool,
    spec: &Spec,
    x: &mut [f32],
    projected: &[f32],
    post_norm: Option<&[f32]>,
    normed: &mut Vec<f32>,
) {
    let added = match post_norm {
        None => projected,
        Some(weight) => {
            norm(kernels, pool, spec, projected, weight, normed);
            normed
        }
    };
    kernels.add(x, added);
}

/// One input, quantised in the ways that the matrices it meets want.
struct Quantized<'a> {
    by_256: &'a mut Activations,
    by_32: &'a mut Activations,
    float: &'a mut Activations,
}

impl Quantized<'_> {
    fn prepare(&mut self, kernels: &Kernels, pool: &Pool, x: &[f32], matrices: &[&Matrix]) {
        let Some(columns) = matrices.first().map(|matrix| matrix.columns) else { return };
        for kind in [ActKind::Q256, ActKind::Q32, ActKind::Float] {
            if matrices.iter().any(|matrix| matrix.format.activations() == kind) {
                let target = match kind {
                    ActKind::Q256 => &mut *self.by_256,
                    ActKind::Q32 => &mut *self.by_32,
                    ActKind::Float => &mut *self.float,
                };
                kernels.quantize(pool, kind, x, columns, target);
            }
        }
    }

    fn of(&self, matrix: &Matrix) -> &Activations {
        match matrix.format.activations() {
            ActKind::Q256 => self.by_256,
            ActKind::Q32 => self.by_32,
            ActKind::Float => self.float,
        }
    }
}
