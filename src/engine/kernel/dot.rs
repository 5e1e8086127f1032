//! Products of one panel with rows of activations, for any instruction set.
//!
//! For each block of a panel the integer products are exact; they become floats once a block, and
//! blocks are added in ascending order with separate multiplications and additions. So an output
//! does not depend on the instruction set, on how many tokens share the pass, nor on which thread
//! computed it:
//!
//! - blocks of 256: `acc += (d * D) * Σ scale · dot`, then `acc -= (dmin * D) * Σ min · sum`
//!   (`Q6_K`: the offset of 32 is taken from the integer sum instead);
//! - blocks of 32: `acc += (d * D) * (dot - offset · sum)`, then `acc += (m * D) * sum` (`Q4_1`);
//! - floats: `acc += w * x`, column after column.

use super::activation::{Activations, SUMS_256, TILE, padded, tile, tiles};
use super::format::{Format, PANEL_ROWS};
use super::pack::{GROUPS, Unpacked, offset_32, unpack_32, unpack_256};
use super::simd::Simd;

/// One panel to multiply.
pub(super) struct PanelJob<'a> {
    /// The panel.
    pub(super) panel: &'a [u8],
    /// What it is multiplied with.
    pub(super) x: &'a Activations,
    /// Room for an unpacked block.
    pub(super) unpacked: &'a mut Unpacked,
    /// Results: 16 rows of the matrix for each token, padding included.
    pub(super) acc: &'a mut [[f32; PANEL_ROWS]],
}

/// How far ahead of the block being read the next ones are asked for: two blocks of `Q4_K`. Reading
/// alone keeps fewer lines on their way than memory could deliver: a token of a 1.5B model took
/// 47 ms without, 41 ms with 9 kB, 30 ms with this, on two cores of Zen 4.
const PREFETCH_BYTES: usize = 4608;

/// Asks for the block that comes after this one by [`PREFETCH_BYTES`].
///
/// # Safety
/// The processor has the instructions of `S`.
#[inline(always)]
unsafe fn prefetch<S: Simd>(block: &[u8]) {
    for line in 0..block.len().div_ceil(64) {
        // SAFETY: a prefetch accepts any address.
        unsafe { S::prefetch(block.as_ptr().wrapping_add(PREFETCH_BYTES + line * 64)) };
    }
}

/// Quants of a group of four columns, read from a panel's block: lanes from `lane` on.
///
/// # Safety
/// The processor has the instructions of `S`; `block` points to a whole block of format `F` and
/// `group` is inside it.
#[inline(always)]
unsafe fn packed_group<S: Simd, const F: usize>(
    block: *const u8,
    group: usize,
    lane: usize,
) -> S::I {
    let format = const { Format::ALL[F] };
    // SAFETY: nibbles of two groups share 64 bytes, high bits of `8 / bits` groups likewise; all
    // lie inside the block.
    unsafe {
        let at = block.add(format.quants_at() + lane * 4);
        if matches!(format, Format::Q80) {
            return S::add_bytes(S::load(at.add(group * 64)), S::splat(bias::<S>()));
        }
        let both = S::load(at.add(group / 2 * 64));
        let low = S::splat(0x0f0f_0f0f);
        let nibble =
            if group.is_multiple_of(2) { S::and(both, low) } else { S::and(S::down(both, 4), low) };
        let bits = format.high_bits();
        if bits == 0 {
            return nibble;
        }
        let per_vector = 8 / bits;
        let nibble_vectors = format.block_values() / 8;
        let high = S::load(at.add((nibble_vectors + group / per_vector) * 64));
        // The bits of this group stand at `shift`, they are wanted at 4.
        let shift = group % per_vector * bits;
        let moved = if shift <= 4 { S::up(high, 4 - shift) } else { S::down(high, shift - 4) };
        S::or(nibble, S::and(moved, S::splat(if bits == 1 { 0x1010_1010 } else { 0x3030_3030 })))
    }
}

/// What signed weights are biased by, in each byte.
const fn bias<S: Simd>() -> i32 {
    i32::from_ne_bytes([S::SIGNED_BIAS; 4])
}

/// Calls a kernel for the tokens of a tile: those of a full tile in two halves where their sums do
/// not fit in registers together; the tile of a small batch reads the packed weights (`direct`).
macro_rules! by_tile {
    ($kernel:ident, $simd:ident, $format:ident, $tokens:expr, $direct:expr, ($($operand:expr),+), $acc:expr) => {
        match ($tokens, $direct) {
            (1, _) => $kernel::<$simd, $format, true, 1, 1>($($operand),+, 0, $acc),
            (2, _) => $kernel::<$simd, $format, true, 2, 2>($($operand),+, 0, $acc),
            (4, _) => $kernel::<$simd, $format, true, 4, 4>($($operand),+, 0, $acc),
            (_, true) if $simd::TOKENS == TILE => {
                $kernel::<$simd, $format, true, TILE, TILE>($($operand),+, 0, $acc);
            }
            (_, false) if $simd::TOKENS == TILE => {
                $kernel::<$simd, $format, false, TILE, TILE>($($operand),+, 0, $acc);
            }
            (_, true) => {
                $kernel::<$simd, $format, true, TILE, 4>($($operand),+, 0, $acc);
                $kernel::<$simd, $format, true, TILE, 4>($($operand),+, 4, $acc);
            }
            (_, false) => {
                $kernel::<$simd, $format, false, TILE, 4>($($operand),+, 0, $acc);
                $kernel::<$simd, $format, false, TILE, 4>($($operand),+, 4, $acc);
            }
        }
    };
}

/// Multiplies a panel of blocks of 256 of format `F`.
///
/// # Safety
/// The processor has the instructions of `S`.
#[inline(always)]
pub(super) unsafe fn panel_256<S: Simd, const F: usize>(job: &mut PanelJob<'_>) {
    let format = const { Format::ALL[F] };
    let rows = job.x.rows;
    let blocks = job.x.columns / 256;
    let bytes = format.panel_block_bytes();
    let acc = &mut job.acc[..padded(rows)];
    acc.fill([0.0; PANEL_ROWS]);
    assert_eq!(job.panel.len(), blocks * bytes, "a whole panel");
    assert!(job.x.q.len() >= padded(rows) * blocks * 256, "activations of every token");
    assert!(job.x.scales.len() >= padded(rows) * blocks, "a scale for each block");
    assert!(job.x.sums.len() >= padded(rows) * blocks * SUMS_256, "sums for each block");
    // Unpacking to memory pays when several tiles read it.
    let direct = tiles(rows) == 1;
    for (b, block) in job.panel.chunks_exact(bytes).enumerate() {
        // SAFETY: the instructions are there, as for this function.
        unsafe { prefetch::<S>(block) };
        unpack_256(format, block, S::PAIRS, !direct, job.unpacked);
        for index in 0..tiles(rows) {
            let tile = tile(rows, index);
            let at = tile.start * blocks + b * tile.tokens;
            let x = Block256 {
                q: &job.x.q[at * 256..(at + tile.tokens) * 256],
                scales: &job.x.scales[at..at + tile.tokens],
                sums: &job.x.sums[at * SUMS_256..(at + tile.tokens) * SUMS_256],
            };
            let acc = &mut acc[tile.start..tile.start + tile.tokens];
            let w = &*job.unpacked;
            // SAFETY: the slices above hold one block of a tile of this many tokens, `block` is
            // whole; the instructions are there, as for this function.
            unsafe {
                by_tile!(block_256, S, F, tile.tokens, direct, (w, block, &x), acc);
            }
        }
    }
}

/// One block of 256 columns of one tile.
struct Block256<'a> {
    q: &'a [i8],
    scales: &'a [f32],
    sums: &'a [i16],
}

/// Adds the products of a block for tokens `first..first + W` of a tile of `T`.
///
/// # Safety
/// The processor has the instructions of `S`; `x` and `acc` hold `T` tokens, `first + W <= T`;
/// `block` is a whole block of format `F`, unpacked in `w` (its scales only if `DIRECT`).
#[inline(always)]
unsafe fn block_256<S: Simd, const F: usize, const DIRECT: bool, const T: usize, const W: usize>(
    w: &Unpacked,
    block: &[u8],
    x: &Block256<'_>,
    first: usize,
    acc: &mut [[f32; PANEL_ROWS]],
) {
    debug_assert!(x.q.len() == T * 256 && acc.len() == T && first + W <= T);
    let format = const { Format::ALL[F] };
    let six = matches!(format, Format::Q6K);
    let subs = if six { 16 } else { 8 };
    let groups = GROUPS / subs;
    let run = if S::PAIRS { format.products_in_16_bits() } else { groups };
    // SAFETY: offsets stay inside `w` (fixed sizes) and inside `x` and `acc` (T tokens each).
    unsafe {
        for part in 0..PANEL_ROWS / S::LANES {
            let lane = part * S::LANES;
            let mut sums = [S::zero(); W];
            for s in 0..subs {
                let scale = S::load(w.scales.as_ptr().add(s).cast::<u8>().add(lane * 4));
                for r in 0..groups / run {
                    let mut partial = [S::zero(); W];
                    for g in 0..run {
                        let group = s * groups + r * run + g;
                        let weights = if DIRECT {
                            packed_group::<S, F>(block.as_ptr(), group, lane)
                        } else {
                            S::load(w.q.as_ptr().add(group).cast::<u8>().add(lane * 4))
                        };
                        let at = x.q.as_ptr().add((group * T + first) * 4);
                        for t in 0..W {
                            partial[t] = S::step(partial[t], weights, S::broadcast(at.add(t * 4)));
                        }
                    }
                    for t in 0..W {
                        sums[t] = S::add(sums[t], S::scaled(partial[t], scale));
                    }
                }
            }
            let pairs = subs / 2;
            let mut low = [S::zero(); W];
            for p in 0..pairs {
                let min = S::load(w.mins.as_ptr().add(p).cast::<u8>().add(lane * 4));
                for t in 0..W {
                    // Sums of 16 stand first, sums of 32 after them.
                    let from = (first + t) * SUMS_256 + if six { 0 } else { 16 } + 2 * p;
                    let pair = S::broadcast(x.sums.as_ptr().add(from).cast());
                    low[t] = S::add(low[t], S::dot_pairs(min, pair));
                }
            }
            let d = S::load_f(w.d.as_ptr().cast::<f32>().add(lane));
            let dmin = S::load_f(w.dmin.as_ptr().cast::<f32>().add(lane));
            for t in 0..W {
                let scale = S::splat_f(*x.scales.as_ptr().add(first + t));
                let out = acc.as_mut_ptr().add(first + t).cast::<f32>().add(lane);
                let mut sum = S::load_f(out);
                if six {
                    let dot = S::sub(sums[t], S::mul(low[t], S::splat(32)));
                    sum = S::add_f(sum, S::mul_f(S::mul_f(d, scale), S::to_float(dot)));
                } else {
                    sum = S::add_f(sum, S::mul_f(S::mul_f(d, scale), S::to_float(sums[t])));
                    sum = S::sub_f(sum, S::mul_f(S::mul_f(dmin, scale), S::to_float(low[t])));
                }
                S::store_f(out, sum);
            }
        }
    }
}

/// Multiplies a panel of blocks of 32 of format `F`, eight blocks at a time.
///
/// # Safety
/// The processor has the instructions of `S`.
#[inline(always)]
pub(super) unsafe fn panel_32<S: Simd, const F: usize>(job: &mut PanelJob<'_>) {
    let format = const { Format::ALL[F] };
    let rows = job.x.rows;
    let blocks = job.x.columns / 32;
    let bytes = format.panel_block_bytes();
    let signed = matches!(format, Format::Q80);
    let offset = if signed { i32::from(S::SIGNED_BIAS) } else { offset_32(format) };
    let acc = &mut job.acc[..padded(rows)];
    acc.fill([0.0; PANEL_ROWS]);
    assert_eq!(job.panel.len(), blocks * bytes, "a whole panel");
    assert!(job.x.q.len() >= padded(rows) * blocks * 32, "activations of every token");
    assert!(job.x.scales.len() >= padded(rows) * blocks, "a scale for each block");
    assert!(job.x.block_sums.len() >= padded(rows) * blocks, "a sum for each block");
    let direct = tiles(rows) == 1;
    for (unit, weights) in job.panel.chunks(8 * bytes).enumerate() {
        // SAFETY: the instructions are there, as for this function.
        unsafe { prefetch::<S>(weights) };
        unpack_32(format, weights, S::SIGNED_BIAS, !direct, job.unpacked);
        let count = weights.len() / bytes;
        for index in 0..tiles(rows) {
            let tile = tile(rows, index);
            let at = tile.start * blocks + unit * 8 * tile.tokens;
            let until = at + count * tile.tokens;
            let x = Blocks32 {
                count,
                offset,
                q: &job.x.q[at * 32..until * 32],
                scales: &job.x.scales[at..until],
                sums: &job.x.block_sums[at..until],
            };
            let acc = &mut acc[tile.start..tile.start + tile.tokens];
            let w = &*job.unpacked;
            // SAFETY: the slices above hold `count` blocks of a tile of this many tokens, as many
            // as `weights` has; the instructions are there, as for this function.
            unsafe {
                by_tile!(blocks_32, S, F, tile.tokens, direct, (w, weights, &x), acc);
            }
        }
    }
}

/// Up to eight blocks of 32 columns of one tile.
struct Blocks32<'a> {
    count: usize,
    /// Taken from the unsigned quants.
    offset: i32,
    q: &'a [i8],
    scales: &'a [f32],
    sums: &'a [i32],
}

/// Adds the products of up to eight blocks for tokens `first..first + W` of a tile of `T`.
///
/// # Safety
/// The processor has the instructions of `S`; `x` and `acc` hold `T` tokens, `first + W <= T`, and
/// at most eight blocks; `weights` holds as many of format `F`, unpacked in `w` (their scales only
/// if `DIRECT`).
#[inline(always)]
unsafe fn blocks_32<S: Simd, const F: usize, const DIRECT: bool, const T: usize, const W: usize>(
    w: &Unpacked,
    weights: &[u8],
    x: &Blocks32<'_>,
    first: usize,
    acc: &mut [[f32; PANEL_ROWS]],
) {
    debug_assert!(x.count <= 8 && x.q.len() == x.count * T * 32 && acc.len() == T);
    let format = const { Format::ALL[F] };
    let run = if S::PAIRS { format.products_in_16_bits() } else { 8 };
    let signed = matches!(format, Format::Q80);
    // SAFETY: offsets stay inside `w` (eight blocks), inside `weights` (`count` blocks) and inside
    // `x` and `acc` (T tokens each).
    unsafe {
        for part in 0..PANEL_ROWS / S::LANES {
            let lane = part * S::LANES;
            let out = acc.as_mut_ptr().add(first).cast::<f32>().add(lane);
            let mut total = [S::splat_f(0.0); W];
            for t in 0..W {
                total[t] = S::load_f(out.add(t * PANEL_ROWS));
            }
            for b in 0..x.count {
                let mut sums = [S::zero(); W];
                for r in 0..8 / run {
                    let mut partial = [S::zero(); W];
                    for g in 0..run {
                        let group = b * 8 + r * run + g;
                        let weights = if DIRECT {
                            let block = weights.as_ptr().add(b * format.panel_block_bytes());
                            packed_group::<S, F>(block, r * run + g, lane)
                        } else {
                            S::load(w.q.as_ptr().add(group).cast::<u8>().add(lane * 4))
                        };
                        let at = x.q.as_ptr().add((group * T + first) * 4);
                        for t in 0..W {
                            let four = S::broadcast(at.add(t * 4));
                            if signed {
                                sums[t] = S::step_signed(sums[t], weights, four);
                            } else {
                                partial[t] = S::step(partial[t], weights, four);
                            }
                        }
                    }
                    if !signed {
                        for t in 0..W {
                            sums[t] = S::add(sums[t], S::whole(partial[t]));
                        }
                    }
                }
                let d = S::load_f(w.d.as_ptr().add(b).cast::<f32>().add(lane));
                let minimum = S::load_f(w.dmin.as_ptr().add(b).cast::<f32>().add(lane));
                for t in 0..W {
                    let at = b * T + first + t;
                    let scale = S::splat_f(*x.scales.as_ptr().add(at));
                    let sum = *x.sums.as_ptr().add(at);
                    let dot = S::sub(sums[t], S::splat(sum * x.offset));
                    let product = S::mul_f(S::mul_f(d, scale), S::to_float(dot));
                    total[t] = S::add_f(total[t], product);
                    if matches!(format, Format::Q41) {
                        let low = S::mul_f(S::mul_f(minimum, scale), S::splat_f(sum as f32));
                        total[t] = S::add_f(total[t], low);
                    }
                }
            }
            for t in 0..W {
                S::store_f(out.add(t * PANEL_ROWS), total[t]);
            }
        }
    }
}

/// Multiplies a panel of floats, four tokens at a time.
///
/// # Safety
/// The processor has the instructions of `S`.
#[inline(always)]
pub(super) unsafe fn panel_float<S: Simd, const HALVES: bool>(job: &mut PanelJob<'_>) {
    let (rows, columns) = (job.x.rows, job.x.columns);
    let bytes = PANEL_ROWS * if HALVES { 2 } else { 4 };
    assert_eq!(job.panel.len(), columns * bytes, "a whole panel");
    let acc = &mut job.acc[..rows];
    let tokens = job.x.float[..rows * columns].chunks(4 * columns);
    for (x, acc) in tokens.zip(acc.chunks_mut(4)) {
        for part in 0..PANEL_ROWS / S::LANES {
            let lane = part * S::LANES;
            // SAFETY: `column` is below `columns`, of which the panel holds 16 rows each and `x`
            // one row for each element of `acc`.
            unsafe {
                let mut total = [S::splat_f(0.0); 4];
                for column in 0..columns {
                    let at = job.panel.as_ptr().add(column * bytes);
                    let weights = if HALVES {
                        S::load_halves(at.cast::<u16>().add(lane))
                    } else {
                        S::load_f(at.cast::<f32>().add(lane))
                    };
                    for (t, total) in total.iter_mut().enumerate().take(acc.len()) {
                        let value = S::splat_f(*x.as_ptr().add(t * columns + column));
                        *total = S::add_f(*total, S::mul_f(weights, value));
                    }
                }
                for (acc, total) in acc.iter_mut().zip(total) {
                    S::store_f(acc.as_mut_ptr().add(lane), total);
                }
            }
        }
    }
}
