//! Activations, quantised to 8 bits in the order in which the kernels read them.
//!
//! Rows (tokens) are gathered in tiles of 8; what remains makes one tile of 1, 2, 4 or 8, filled up
//! with zeros. Inside a tile: `[group of 4 columns][token][4 bytes]`, so that the four columns of
//! every token of a tile are neighbours. Each block of 256 or 32 columns of a token has a scale
//! `amax / 127`, values are rounded to the nearest, halves to even, and the sums of the quants are
//! kept for the formats that have a minimum or an offset.

use super::format::ActKind;
use super::math::LANES;

/// Tokens of a full tile.
pub(super) const TILE: usize = 8;

/// Sums of one block of 256: of its 16 sub-blocks of 16, then of its 8 sub-blocks of 32.
pub(super) const SUMS_256: usize = 24;

/// Rows of activations, quantised or not.
#[derive(Debug, Default)]
pub struct Activations {
    /// Tokens.
    pub(super) rows: usize,
    /// Values of each.
    pub(super) columns: usize,
    /// Quants, tile after tile.
    pub(super) q: Vec<i8>,
    /// Scales: `[tile][block][token]`.
    pub(super) scales: Vec<f32>,
    /// Sums of blocks of 256: `[tile][block][token][SUMS_256]`.
    pub(super) sums: Vec<i16>,
    /// Sums of blocks of 32: `[tile][block][token]`.
    pub(super) block_sums: Vec<i32>,
    /// The rows themselves, for float weights.
    pub(super) float: Vec<f32>,
}

/// A tile: its first row and how many tokens it has room for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tile {
    pub(super) start: usize,
    pub(super) tokens: usize,
}

/// Room that `rows` tokens take, the last tile filled up.
pub(super) const fn padded(rows: usize) -> usize {
    match rows % TILE {
        0 => rows,
        rest => rows - rest + rest.next_power_of_two(),
    }
}

/// How many tiles `rows` tokens make.
pub(super) const fn tiles(rows: usize) -> usize {
    rows.div_ceil(TILE)
}

/// The tile with this index.
pub(super) const fn tile(rows: usize, index: usize) -> Tile {
    let start = index * TILE;
    let left = padded(rows) - start;
    Tile { start, tokens: if left < TILE { left } else { TILE } }
}

impl Activations {
    /// Makes room for `rows` tokens of `columns` values; what was there is lost.
    pub(super) fn resize(&mut self, kind: ActKind, rows: usize, columns: usize) {
        self.rows = rows;
        self.columns = columns;
        let room = padded(rows);
        match kind {
            ActKind::Q256 => {
                self.q.resize(room * columns, 0);
                self.scales.resize(room * (columns / 256), 0.0);
                self.sums.resize(room * (columns / 256) * SUMS_256, 0);
            }
            ActKind::Q32 => {
                self.q.resize(room * columns, 0);
                self.scales.resize(room * (columns / 32), 0.0);
                self.block_sums.resize(room * (columns / 32), 0);
            }
            ActKind::Float => self.float.resize(rows * columns, 0.0),
        }
    }
}

/// Where one tile is written.
pub(super) struct TileOut<'a> {
    pub(super) tokens: usize,
    pub(super) q: &'a mut [i8],
    pub(super) scales: &'a mut [f32],
    pub(super) sums: &'a mut [i16],
    pub(super) block_sums: &'a mut [i32],
}

/// Quantises a tile from its rows; `x` may hold fewer rows than the tile has room for.
#[inline(always)]
pub(super) fn quantize_tile(kind: ActKind, x: &[f32], columns: usize, out: &mut TileOut<'_>) {
    let block = if kind == ActKind::Q256 { 256 } else { 32 };
    for token in 0..out.tokens {
        let row = x.get(token * columns..(token + 1) * columns);
        for b in 0..columns / block {
            let at = b * out.tokens + token;
            let target = &mut out.q[b * block * out.tokens..][..block * out.tokens];
            let Some(row) = row else {
                for four in target.chunks_exact_mut(4).skip(token).step_by(out.tokens) {
                    four.fill(0);
                }
                out.scales[at] = 0.0;
                match kind {
                    ActKind::Q256 => out.sums[at * SUMS_256..(at + 1) * SUMS_256].fill(0),
                    _ => out.block_sums[at] = 0,
                }
                continue;
            };
            if kind == ActKind::Q256 {
                let values: &[f32; 256] = chunk(row, b);
                let mut q = [0; 256];
                out.scales[at] = quantize_block(values, &mut q);
                let sums = &mut out.sums[at * SUMS_256..(at + 1) * SUMS_256];
                for (s, sixteen) in q.chunks_exact(16).enumerate() {
                    sums[s] = sixteen.iter().map(|q| i16::from(*q)).sum();
                }
                for s in 0..8 {
                    sums[16 + s] = sums[2 * s] + sums[2 * s + 1];
                }
                spread(&q, target, token, out.tokens);
            } else {
                let values: &[f32; 32] = chunk(row, b);
                let mut q = [0; 32];
                out.scales[at] = quantize_block(values, &mut q);
                out.block_sums[at] = q.iter().map(|q| i32::from(*q)).sum();
                spread(&q, target, token, out.tokens);
            }
        }
    }
}

#[inline(always)]
fn chunk<const N: usize>(row: &[f32], index: usize) -> &[f32; N] {
    row[index * N..(index + 1) * N].try_into().expect("the range has N values")
}

/// Groups of four quants of one token, to their places in the tile.
#[inline(always)]
fn spread<const N: usize>(q: &[i8; N], target: &mut [i8], token: usize, tokens: usize) {
    for (four, place) in
        q.chunks_exact(4).zip(target.chunks_exact_mut(4).skip(token).step_by(tokens))
    {
        place.copy_from_slice(four);
    }
}

/// Quantises one block; answers its scale.
#[inline(always)]
fn quantize_block<const N: usize>(x: &[f32; N], q: &mut [i8; N]) -> f32 {
    let mut most = [0.0_f32; LANES];
    for chunk in x.chunks_exact(LANES) {
        for i in 0..LANES {
            let magnitude = chunk[i].abs();
            most[i] = if magnitude > most[i] { magnitude } else { most[i] };
        }
    }
    let amax = most.iter().fold(0.0_f32, |a, b| if *b > a { *b } else { a });
    // Nothing to keep, or no number: zeros.
    if !(f32::MIN_POSITIVE..=f32::MAX).contains(&amax) {
        *q = [0; N];
        return 0.0;
    }
    let inverse = 127.0 / amax;
    for i in 0..N {
        // Adding 1.5 * 2^23 rounds to the nearest whole number, halves to even.
        let rounded = (x[i] * inverse + 12_582_912.0).to_bits() as i32 - 0x4b40_0000;
        q[i] = rounded as i8;
    }
    amax / 127.0
}
