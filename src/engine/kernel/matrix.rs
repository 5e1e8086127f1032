//! Products, quantisation and attention over a whole batch, shared among threads.

use std::sync::{Mutex, MutexGuard};
use std::time::Instant;

use super::activation::{SUMS_256, TILE, TileOut, padded, tile, tiles};
use super::attend::{AttendJob, AttendScratch};
use super::dot::PanelJob;
use super::pack::Unpacked;
use super::{ActKind, Activations, Format, Kernels, PANEL_ROWS};
use crate::engine::pool::{Items, Pool};

/// A matrix of weights: where its panels are, and its shape.
#[derive(Debug, Clone, Copy)]
pub struct Matrix {
    /// Format of the weights.
    pub format: Format,
    /// Rows: what comes out.
    pub rows: usize,
    /// Columns: what goes in.
    pub columns: usize,
    /// First byte of its panels in the weights.
    pub start: usize,
}

impl Matrix {
    /// Bytes of one panel.
    pub fn panel_bytes(&self) -> usize {
        self.columns / self.format.block_values() * self.format.panel_block_bytes()
    }

    /// How many panels there are.
    pub fn panels(&self) -> usize {
        self.rows.div_ceil(PANEL_ROWS)
    }

    /// Bytes of all panels.
    pub fn bytes(&self) -> usize {
        self.panel_bytes() * self.panels()
    }
}

/// One product of a batch: `out = x · matrixᵀ`, row after row of `x`.
pub struct Product<'a> {
    /// The matrix.
    pub matrix: &'a Matrix,
    /// Its input, quantised as its format wants.
    pub x: &'a Activations,
    /// One row of results for each row of `x`.
    pub out: &'a mut [f32],
}

/// Room that one thread works in.
pub struct Scratch {
    unpacked: Box<Unpacked>,
    acc: Vec<[f32; PANEL_ROWS]>,
    attend: AttendScratch,
    queries: Vec<f32>,
    mixed: Vec<f32>,
    positions: Vec<usize>,
}

impl Scratch {
    /// Room for each thread of a pool.
    pub fn for_pool(pool: &Pool) -> Vec<Mutex<Self>> {
        (0..pool.threads()).map(|_| Mutex::new(Self::new())).collect()
    }

    fn new() -> Self {
        Self {
            unpacked: Box::new(Unpacked::new()),
            acc: Vec::new(),
            attend: AttendScratch::default(),
            queries: Vec::new(),
            mixed: Vec::new(),
            positions: Vec::new(),
        }
    }
}

/// What a thread left in its scratch is overwritten before it is read: a panic elsewhere spoils
/// nothing.
fn own(scratch: &[Mutex<Scratch>], worker: usize) -> MutexGuard<'_, Scratch> {
    scratch[worker].lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// An output that several threads write, each its own places.
#[derive(Clone, Copy)]
struct Shared(*mut f32);

// SAFETY: the pointer is only used to write places that no other thread writes or reads while the
// region runs; each use says why.
unsafe impl Send for Shared {}
// SAFETY: as above.
unsafe impl Sync for Shared {}

impl Shared {
    fn get(self) -> *mut f32 {
        self.0
    }
}

/// Panels that a thread takes at once when many rows share a pass: few, to share work evenly.
const PANELS_AT_ONCE: usize = 4;

/// Bytes that a thread takes at once when few rows do: memory is read fastest in long stretches.
const BYTES_AT_ONCE: usize = 4 << 20;

/// Panels of a matrix that make one item of work.
fn panels_at_once(matrix: &Matrix, rows: usize, threads: usize) -> usize {
    if rows > TILE {
        return PANELS_AT_ONCE;
    }
    let pieces = matrix.bytes().div_ceil(BYTES_AT_ONCE).next_multiple_of(threads);
    matrix.panels().div_ceil(pieces)
}

/// Query tokens of one piece of attention.
const TOKENS_AT_ONCE: usize = 16;

/// Attention of a batch over one layer.
pub struct Attention<'a> {
    /// Queries, scaled: `heads * width` values a row.
    pub queries: &'a [f32],
    /// Sequence and position of each row; rows of one sequence stand together, in order.
    pub rows: &'a [(usize, usize)],
    /// Pages of each sequence and key head: `pages[sequence * key_heads + key_head]`.
    pub pages: &'a [Vec<&'a [u16]>],
    /// Query heads.
    pub heads: usize,
    /// Key and value heads.
    pub key_heads: usize,
    /// Values of a head.
    pub width: usize,
    /// Positions a query sees, its own included.
    pub window: usize,
    /// Results, as `queries`.
    pub out: &'a mut [f32],
}

impl Kernels {
    /// Computes several products in one parallel region. `weights` holds the panels.
    pub fn multiply(
        &self,
        pool: &Pool,
        scratch: &[Mutex<Scratch>],
        weights: &[u8],
        products: &mut [Product<'_>],
    ) {
        let mut items = 0;
        let mut outs = Vec::with_capacity(products.len());
        for product in products.iter_mut() {
            assert_eq!(product.x.columns, product.matrix.columns, "the input fits the matrix");
            assert_eq!(product.out.len(), product.x.rows * product.matrix.rows, "room for results");
            let each = panels_at_once(product.matrix, product.x.rows, pool.threads());
            let out = Shared(product.out.as_mut_ptr());
            outs.push((items, each, out, product.matrix, product.x));
            items += product.matrix.panels().div_ceil(each);
        }
        pool.run(items, &|worker: usize, items: &Items<'_>| {
            let mut scratch = own(scratch, worker);
            let scratch = &mut *scratch;
            while let Some(item) = items.next() {
                let found = outs.iter().rev().find(|out| out.0 <= item);
                let Some((first, each, out, matrix, x)) = found else { continue };
                let begin = (item - first) * each;
                for panel in begin..(begin + each).min(matrix.panels()) {
                    let at = matrix.start + panel * matrix.panel_bytes();
                    scratch.acc.resize(padded(x.rows), [0.0; PANEL_ROWS]);
                    let mut job = PanelJob {
                        panel: &weights[at..at + matrix.panel_bytes()],
                        x,
                        unpacked: &mut scratch.unpacked,
                        acc: &mut scratch.acc,
                    };
                    // SAFETY: the processor has this tier, or `Kernels::of` would not have given it.
                    unsafe { (self.table.panel)(matrix.format, &mut job) };
                    let lanes = PANEL_ROWS.min(matrix.rows - panel * PANEL_ROWS);
                    for (row, values) in scratch.acc[..x.rows].iter().enumerate() {
                        let to = row * matrix.rows + panel * PANEL_ROWS;
                        // SAFETY: `out` holds `x.rows` rows of `matrix.rows` values, `to + lanes`
                        // stays in the row, and only this item writes the columns of this panel.
                        unsafe {
                            values.as_ptr().copy_to_nonoverlapping(out.get().add(to), lanes);
                        }
                    }
                }
            }
        });
    }

    /// Billions of products a second of all threads: one block of a panel and 64 tokens, again and
    /// again, in the nearest cache; the best of a few stretches of some 20 milliseconds.
    pub fn product_speed(&self, pool: &Pool, scratch: &[Mutex<Scratch>], format: Format) -> f64 {
        const ROWS: usize = 64;
        const TURNS: usize = 1000;
        let columns = 256;
        let matrix = Matrix { format, rows: PANEL_ROWS, columns, start: 0 };
        let panel = vec![0x11; matrix.panel_bytes()];
        let x: Vec<f32> = (0..ROWS * columns).map(|i| (i % 255) as f32 - 127.0).collect();
        let mut quantized = Activations::default();
        self.quantize(pool, format.activations(), &x, columns, &mut quantized);
        let mut best = 0.0_f64;
        for _ in 0..8 {
            let start = Instant::now();
            pool.run(pool.threads(), &|worker, items: &Items<'_>| {
                let mut scratch = own(scratch, worker);
                let scratch = &mut *scratch;
                scratch.acc.resize(padded(ROWS), [0.0; PANEL_ROWS]);
                while items.next().is_some() {
                    for _ in 0..TURNS {
                        let mut job = PanelJob {
                            panel: &panel,
                            x: &quantized,
                            unpacked: &mut scratch.unpacked,
                            acc: &mut scratch.acc,
                        };
                        // SAFETY: the processor has this tier, or `Kernels::of` would not have
                        // given it.
                        unsafe { (self.table.panel)(format, &mut job) };
                    }
                }
            });
            let products = pool.threads() * TURNS * ROWS * columns * PANEL_ROWS;
            best = best.max(products as f64 / start.elapsed().as_secs_f64() / 1e9);
        }
        best
    }

    /// Quantises rows of activations as `kind` wants.
    pub fn quantize(
        &self,
        pool: &Pool,
        kind: ActKind,
        x: &[f32],
        columns: usize,
        out: &mut Activations,
    ) {
        let rows = x.len() / columns;
        out.resize(kind, rows, columns);
        if kind == ActKind::Float {
            out.float[..x.len()].copy_from_slice(x);
            return;
        }
        let block = if kind == ActKind::Q256 { 256 } else { 32 };
        let blocks = columns / block;
        let mut pieces = Vec::with_capacity(tiles(rows));
        let (mut q, mut scales) = (&mut out.q[..], &mut out.scales[..]);
        let (mut sums, mut block_sums) = (&mut out.sums[..], &mut out.block_sums[..]);
        for index in 0..tiles(rows) {
            let tile = tile(rows, index);
            let (tokens, end) = (tile.tokens, (tile.start + tile.tokens).min(rows));
            let wide = kind == ActKind::Q256;
            let target = TileOut {
                tokens,
                q: split(&mut q, tokens * columns),
                scales: split(&mut scales, tokens * blocks),
                sums: split(&mut sums, if wide { tokens * blocks * SUMS_256 } else { 0 }),
                block_sums: split(&mut block_sums, if wide { 0 } else { tokens * blocks }),
            };
            pieces.push((&x[tile.start * columns..end * columns], target));
        }
        pool.each(&mut pieces, &|(x, target)| {
            // SAFETY: the processor has this tier, or `Kernels::of` would not have given it.
            unsafe { (self.table.quantize)(kind, x, columns, target) };
        });
    }

    /// Computes attention, in pieces of a few tokens and the query heads of one key head.
    pub fn attend(&self, pool: &Pool, scratch: &[Mutex<Scratch>], job: &mut Attention<'_>) {
        let group = job.heads / job.key_heads;
        let row_width = job.heads * job.width;
        assert_eq!(job.queries.len(), job.rows.len() * row_width, "a row of queries each");
        assert_eq!(job.out.len(), job.queries.len(), "a row of results each");
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for (row, (sequence, _)) in job.rows.iter().enumerate() {
            match runs.last_mut() {
                Some((start, end))
                    if job.rows[*start].0 == *sequence && *end - *start < TOKENS_AT_ONCE =>
                {
                    *end = row + 1;
                }
                _ => runs.push((row, row + 1)),
            }
        }
        // With fewer pieces than threads, the heads of a group are shared out too.
        let wanted = pool.threads().div_ceil(runs.len() * job.key_heads);
        let slices =
            (1..=group).find(|n| group.is_multiple_of(*n) && *n >= wanted).unwrap_or(group);
        let heads_each = group / slices;
        let out = Shared(job.out.as_mut_ptr());
        let job = &*job;
        pool.run(runs.len() * job.key_heads * slices, &|worker: usize, items: &Items<'_>| {
            let mut scratch = own(scratch, worker);
            let scratch = &mut *scratch;
            while let Some(item) = items.next() {
                // The last runs see the most keys: they come first.
                let (start, end) = runs[runs.len() - 1 - item / (job.key_heads * slices)];
                let key_head = item / slices % job.key_heads;
                let first_head = key_head * group + item % slices * heads_each;
                let each = heads_each * job.width;
                scratch.queries.clear();
                scratch.positions.clear();
                for row in start..end {
                    let at = row * row_width + first_head * job.width;
                    scratch.queries.extend_from_slice(&job.queries[at..at + each]);
                    scratch.positions.extend(std::iter::repeat_n(job.rows[row].1, heads_each));
                }
                scratch.mixed.resize(scratch.queries.len(), 0.0);
                let mut piece = AttendJob {
                    pages: &job.pages[job.rows[start].0 * job.key_heads + key_head],
                    queries: &scratch.queries,
                    positions: &scratch.positions,
                    width: job.width,
                    window: job.window,
                    out: &mut scratch.mixed,
                    scratch: &mut scratch.attend,
                };
                // SAFETY: the processor has this tier, or `Kernels::of` would not have given it.
                unsafe { (self.table.attend)(&mut piece) };
                for (row, mixed) in (start..end).zip(scratch.mixed.chunks_exact(each)) {
                    let to = row * row_width + first_head * job.width;
                    // SAFETY: `out` holds a row of `row_width` values for each row, and only this
                    // item writes these heads of these rows.
                    unsafe { mixed.as_ptr().copy_to_nonoverlapping(out.get().add(to), each) };
                }
            }
        });
    }
}

/// The first `count` elements, which are taken away.
fn split<'a, T>(from: &mut &'a mut [T], count: usize) -> &'a mut [T] {
    let (first, rest) = std::mem::take(from).split_at_mut(count);
    *from = rest;
    first
}
