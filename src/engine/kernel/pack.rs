//! From the rows of a GGUF file to panels, and from panels to what the kernels read.
//!
//! Block layouts of the file: `ggml-common.h` and `ggml-quants.c` of ggml. Everything here is plain
//! Rust on fixed-size arrays: compiled inside a function with vector instructions it becomes them.

use super::format::{Format, PANEL_ROWS};
use super::math::f16_to_f32;

/// Groups of four columns in 256 values.
pub(super) const GROUPS: usize = 64;

/// One block of a panel, ready to multiply: 256 columns, or up to eight blocks of 32.
#[repr(C, align(64))]
pub(super) struct Unpacked {
    /// Quants, unsigned except those of `Q8_0`: `[group][row * 4 + column]`.
    pub(super) q: [[u8; 64]; GROUPS],
    /// Scale of each sub-block and row.
    pub(super) scales: [[i32; PANEL_ROWS]; 16],
    /// What is multiplied with the sums of two neighbouring sub-blocks, 16 bits each: minima, or
    /// scales of `Q6_K`.
    pub(super) mins: [[i32; PANEL_ROWS]; 8],
    /// Scale of each block and row: one block of 256, or up to eight of 32.
    pub(super) d: [[f32; PANEL_ROWS]; 8],
    /// Scale of the minima, likewise.
    pub(super) dmin: [[f32; PANEL_ROWS]; 8],
}

impl Unpacked {
    pub(super) const fn new() -> Self {
        Self {
            q: [[0; 64]; GROUPS],
            scales: [[0; PANEL_ROWS]; 16],
            mins: [[0; PANEL_ROWS]; 8],
            d: [[0.0; PANEL_ROWS]; 8],
            dmin: [[0.0; PANEL_ROWS]; 8],
        }
    }
}

/// Puts 16 rows of a GGUF matrix in a panel; rows that are missing stay zero.
///
/// `rows` holds the bytes of up to 16 rows of `columns` values; `panel` has the size of 16.
pub fn pack_panel(format: Format, rows: &[u8], columns: usize, panel: &mut [u8]) {
    panel.fill(0);
    let row_bytes = columns / format.block_values() * format.row_block_bytes();
    for (row, bytes) in rows.chunks_exact(row_bytes).take(PANEL_ROWS).enumerate() {
        let blocks = bytes.chunks_exact(format.row_block_bytes());
        for (block, out) in blocks.zip(panel.chunks_exact_mut(format.panel_block_bytes())) {
            pack_block(format, block, row, out);
        }
    }
}

/// Two bytes of each row, from offset `at` of the panel block.
fn put_half(out: &mut [u8], at: usize, row: usize, half: &[u8]) {
    out[at + 2 * row..at + 2 * row + 2].copy_from_slice(half);
}

/// Quants of one row as nibbles: columns `8v + j` low and `8v + 4 + j` high in byte `j` of vector `v`.
fn put_nibbles(out: &mut [u8], row: usize, values: &[u8]) {
    for (v, eight) in values.chunks_exact(8).enumerate() {
        for j in 0..4 {
            out[v * 64 + row * 4 + j] = (eight[j] & 15) | ((eight[j + 4] & 15) << 4);
        }
    }
}

/// Bits of one row above the nibble, `bits` each: group `g` goes to vector `g * bits / 8`.
fn put_high(out: &mut [u8], row: usize, values: &[u8], bits: usize) {
    let per_byte = 8 / bits;
    for (k, value) in values.iter().enumerate() {
        let (group, column) = (k / 4, k % 4);
        let byte = &mut out[group / per_byte * 64 + row * 4 + column];
        *byte |= (value >> 4) << (group % per_byte * bits);
    }
}

/// The 6-bit scales, then minima, of one row: three words, `[word][row]`, five numbers in each from
/// the lowest bits; the sixteenth in the top pairs.
fn put_sixes(out: &mut [u8], row: usize, scales: &[u8; 8], mins: &[u8; 8]) {
    let mut words = [0_u32; 3];
    for (i, six) in scales.iter().chain(mins).map(|six| u32::from(*six)).enumerate() {
        for (w, word) in words.iter_mut().enumerate() {
            *word |= match i {
                15 => ((six >> (2 * w)) & 3) << 30,
                _ if i / 5 == w => six << (i % 5 * 6),
                _ => 0,
            };
        }
    }
    for (w, word) in words.iter().enumerate() {
        out[(w * PANEL_ROWS + row) * 4..][..4].copy_from_slice(&word.to_le_bytes());
    }
}

fn pack_block(format: Format, block: &[u8], row: usize, out: &mut [u8]) {
    match format {
        Format::Q4K => {
            put_half(out, 0, row, &block[0..2]);
            put_half(out, 32, row, &block[2..4]);
            let (scales, mins) = six_bit_scales(&block[4..16]);
            put_sixes(&mut out[64..256], row, &scales, &mins);
            put_nibbles(&mut out[256..], row, &nibbles_of_64(&block[16..144]));
        }
        Format::Q5K => {
            put_half(out, 0, row, &block[0..2]);
            put_half(out, 32, row, &block[2..4]);
            let (scales, mins) = six_bit_scales(&block[4..16]);
            put_sixes(&mut out[64..256], row, &scales, &mins);
            let mut values = nibbles_of_64(&block[48..176]);
            for (k, value) in values.iter_mut().enumerate() {
                *value |= ((block[16 + k % 32] >> (k / 32)) & 1) << 4;
            }
            put_nibbles(&mut out[256..2304], row, &values);
            put_high(&mut out[2304..], row, &values, 1);
        }
        Format::Q6K => {
            put_half(out, 0, row, &block[208..210]);
            for (s, scale) in block[192..208].iter().enumerate() {
                out[32 + s * 16 + row] = *scale;
            }
            let mut values = [0_u8; 256];
            for (k, value) in values.iter_mut().enumerate() {
                let (half, quarter, l) = (k / 128, k % 128 / 32, k % 32);
                let low = block[half * 64 + quarter % 2 * 32 + l] >> (quarter / 2 * 4);
                let high = block[128 + half * 32 + l] >> (quarter * 2);
                *value = (low & 15) | ((high & 3) << 4);
            }
            put_nibbles(&mut out[288..2336], row, &values);
            put_high(&mut out[2336..], row, &values, 2);
        }
        Format::Q80 => {
            put_half(out, 0, row, &block[0..2]);
            for (group, four) in block[2..34].chunks_exact(4).enumerate() {
                out[32 + group * 64 + row * 4..][..4].copy_from_slice(four);
            }
        }
        Format::Q50 => {
            put_half(out, 0, row, &block[0..2]);
            let mut values = halves_of_32(&block[6..22]);
            for (k, value) in values.iter_mut().enumerate() {
                *value |= ((block[2 + k / 8] >> (k % 8)) & 1) << 4;
            }
            put_nibbles(&mut out[32..288], row, &values);
            put_high(&mut out[288..], row, &values, 1);
        }
        Format::Q40 => {
            put_half(out, 0, row, &block[0..2]);
            put_nibbles(&mut out[32..], row, &halves_of_32(&block[2..18]));
        }
        Format::Q41 => {
            put_half(out, 0, row, &block[0..2]);
            put_half(out, 32, row, &block[2..4]);
            put_nibbles(&mut out[64..], row, &halves_of_32(&block[4..20]));
        }
        Format::F16 => put_half(out, 0, row, block),
        Format::F32 => out[4 * row..4 * row + 4].copy_from_slice(block),
    }
}

/// The eight scales and eight minima of a k-quant, 6 bits each in 12 bytes.
fn six_bit_scales(q: &[u8]) -> ([u8; 8], [u8; 8]) {
    let mut scales = [0; 8];
    let mut mins = [0; 8];
    for j in 0..4 {
        scales[j] = q[j] & 63;
        mins[j] = q[j + 4] & 63;
        scales[j + 4] = (q[j + 8] & 15) | ((q[j] >> 6) << 4);
        mins[j + 4] = (q[j + 8] >> 4) | ((q[j + 4] >> 6) << 4);
    }
    (scales, mins)
}

/// 256 nibbles: each 32 bytes hold 32 values low, then the next 32 high.
fn nibbles_of_64(bytes: &[u8]) -> [u8; 256] {
    std::array::from_fn(|k| (bytes[k / 64 * 32 + k % 32] >> (k % 64 / 32 * 4)) & 15)
}

/// 32 nibbles: 16 low, then 16 high.
fn halves_of_32(bytes: &[u8]) -> [u8; 32] {
    std::array::from_fn(|k| (bytes[k % 16] >> (k / 16 * 4)) & 15)
}

/// A piece of a slice as an array. Sizes are constants of the format, checked by [`unpack_256`].
#[inline(always)]
fn piece<const N: usize>(bytes: &[u8], at: usize) -> &[u8; N] {
    bytes[at..at + N].try_into().expect("the range has N bytes")
}

#[inline(always)]
fn unpack_halves(bytes: &[u8; 32], out: &mut [f32; PANEL_ROWS]) {
    for (row, value) in out.iter_mut().enumerate() {
        *value = f16_to_f32(u16::from_le_bytes([bytes[2 * row], bytes[2 * row + 1]]));
    }
}

/// The `i`-th 6-bit number of every row, see [`put_sixes`].
#[inline(always)]
fn unpack_sixes(words: &[[u32; PANEL_ROWS]; 3], i: usize) -> [u32; PANEL_ROWS] {
    let mut out = [0; PANEL_ROWS];
    if i == 15 {
        for r in 0..PANEL_ROWS {
            out[r] = (words[0][r] >> 30) | (words[1][r] >> 30 << 2) | (words[2][r] >> 30 << 4);
        }
    } else {
        for r in 0..PANEL_ROWS {
            out[r] = (words[i / 5][r] >> (i % 5 * 6)) & 63;
        }
    }
    out
}

#[inline(always)]
fn unpack_nibbles<const VECTORS: usize>(bytes: &[u8], out: &mut [[u8; 64]]) {
    let out = &mut out[..2 * VECTORS];
    for (v, pair) in out.chunks_exact_mut(2).enumerate() {
        let both: &[u8; 64] = piece(bytes, v * 64);
        for i in 0..64 {
            pair[0][i] = both[i] & 15;
            pair[1][i] = both[i] >> 4;
        }
    }
}

#[inline(always)]
fn unpack_high<const VECTORS: usize, const BITS: usize>(bytes: &[u8], out: &mut [[u8; 64]]) {
    let out = &mut out[..VECTORS * (8 / BITS)];
    for (v, groups) in out.chunks_exact_mut(8 / BITS).enumerate() {
        let packed: &[u8; 64] = piece(bytes, v * 64);
        for (g, group) in groups.iter_mut().enumerate() {
            for i in 0..64 {
                group[i] |= ((packed[i] >> (g * BITS)) & ((1 << BITS) - 1)) << 4;
            }
        }
    }
}

#[inline(always)]
fn unpack_scales(block: &[u8], pairs: bool, out: &mut Unpacked) {
    unpack_halves(piece(block, 0), &mut out.d[0]);
    unpack_halves(piece(block, 32), &mut out.dmin[0]);
    let mut words = [[0; PANEL_ROWS]; 3];
    for (w, word) in words.iter_mut().enumerate() {
        let bytes: &[u8; 64] = piece(block, 64 + w * 64);
        for r in 0..PANEL_ROWS {
            word[r] = u32::from_le_bytes(*piece(bytes, r * 4));
        }
    }
    for s in 0..8 {
        let six = unpack_sixes(&words, s);
        for r in 0..PANEL_ROWS {
            out.scales[s][r] = scale_operand(six[r] as i32, pairs);
        }
    }
    for p in 0..4 {
        let first = unpack_sixes(&words, 8 + 2 * p);
        let second = unpack_sixes(&words, 9 + 2 * p);
        for r in 0..PANEL_ROWS {
            out.mins[p][r] = (first[r] | (second[r] << 16)) as i32;
        }
    }
}

/// A scale as the kernel multiplies with it: once in 32 bits, or twice in 16 where partial sums come
/// as pairs of 16 bits.
#[inline(always)]
fn scale_operand(scale: i32, pairs: bool) -> i32 {
    if pairs { (scale & 0xffff) | (scale << 16) } else { scale }
}

/// Unpacks one block of a panel (256 columns), with its `quants` or the scales alone.
///
/// `pairs` says how scales are wanted, see [`scale_operand`].
#[inline(always)]
pub(super) fn unpack_256(
    format: Format,
    block: &[u8],
    pairs: bool,
    quants: bool,
    out: &mut Unpacked,
) {
    assert_eq!(block.len(), format.panel_block_bytes(), "one block of a panel");
    match format {
        Format::Q4K | Format::Q5K => unpack_scales(block, pairs, out),
        Format::Q6K => {
            unpack_halves(piece(block, 0), &mut out.d[0]);
            for s in 0..16 {
                let scales: &[u8; 16] = piece(block, 32 + s * 16);
                for r in 0..PANEL_ROWS {
                    out.scales[s][r] = scale_operand(i32::from(scales[r] as i8), pairs);
                }
            }
            for p in 0..8 {
                let first: &[u8; 16] = piece(block, 32 + p * 32);
                let second: &[u8; 16] = piece(block, 48 + p * 32);
                for r in 0..PANEL_ROWS {
                    let low = i32::from(first[r] as i8) & 0xffff;
                    out.mins[p][r] = low | (i32::from(second[r] as i8) << 16);
                }
            }
        }
        _ => unreachable!("a format of blocks of 256"),
    }
    if quants {
        unpack_nibbles::<32>(&block[format.quants_at()..], &mut out.q);
        let high = &block[format.quants_at() + 2048..];
        match format.high_bits() {
            1 => unpack_high::<8, 1>(high, &mut out.q),
            2 => unpack_high::<16, 2>(high, &mut out.q),
            _ => {}
        }
    }
}

/// Unpacks up to eight blocks of 32 columns, with their `quants` or the scales alone. `bias` is added
/// to the quants of `Q8_0`, modulo 256.
#[inline(always)]
pub(super) fn unpack_32(format: Format, blocks: &[u8], bias: u8, quants: bool, out: &mut Unpacked) {
    let bytes = format.panel_block_bytes();
    for (b, block) in blocks.chunks_exact(bytes).take(8).enumerate() {
        unpack_halves(piece(block, 0), &mut out.d[b]);
        if format == Format::Q41 {
            unpack_halves(piece(block, 32), &mut out.dmin[b]);
        }
        if !quants {
            continue;
        }
        let q = &mut out.q[b * 8..b * 8 + 8];
        let from = &block[format.quants_at()..];
        if format == Format::Q80 {
            for (g, group) in q.iter_mut().enumerate() {
                let from: &[u8; 64] = piece(from, g * 64);
                for i in 0..64 {
                    group[i] = from[i].wrapping_add(bias);
                }
            }
            continue;
        }
        unpack_nibbles::<4>(from, q);
        if format.high_bits() == 1 {
            unpack_high::<1, 1>(&from[256..], q);
        }
    }
}

/// What is taken from the unsigned quants of a format of blocks of 32.
pub(super) const fn offset_32(format: Format) -> i32 {
    match format {
        Format::Q50 => 16,
        Format::Q40 => 8,
        _ => 0,
    }
}

/// One row of a matrix as floats: what an embedding looks up.
pub fn dequantize_row(format: Format, panels: &[u8], row: usize, out: &mut [f32]) {
    let values = format.block_values();
    let panel_bytes = out.len() / values * format.panel_block_bytes();
    let panel = &panels[row / PANEL_ROWS * panel_bytes..][..panel_bytes];
    let r = row % PANEL_ROWS;
    let mut unpacked = Unpacked::new();
    let blocks = panel.chunks_exact(format.panel_block_bytes());
    for (block, out) in blocks.zip(out.chunks_exact_mut(values)) {
        match format {
            Format::F16 => {
                out[0] = f16_to_f32(u16::from_le_bytes([block[2 * r], block[2 * r + 1]]));
            }
            Format::F32 => out[0] = f32::from_le_bytes(*piece(block, 4 * r)),
            Format::Q4K | Format::Q5K | Format::Q6K => {
                unpack_256(format, block, false, true, &mut unpacked);
                let sub = if format == Format::Q6K { 16 } else { 32 };
                for (k, value) in out.iter_mut().enumerate() {
                    let q = f32::from(unpacked.q[k / 4][r * 4 + k % 4]);
                    let s = k / sub;
                    let scale = unpacked.d[0][r] * unpacked.scales[s][r] as f32;
                    *value = if format == Format::Q6K {
                        scale * (q - 32.0)
                    } else {
                        let min = (unpacked.mins[s / 2][r] >> (s % 2 * 16) & 0xffff) as f32;
                        scale * q - unpacked.dmin[0][r] * min
                    };
                }
            }
            Format::Q80 | Format::Q50 | Format::Q40 | Format::Q41 => {
                unpack_32(format, block, 0, true, &mut unpacked);
                let min = if format == Format::Q41 { unpacked.dmin[0][r] } else { 0.0 };
                for (k, value) in out.iter_mut().enumerate() {
                    let q = unpacked.q[k / 4][r * 4 + k % 4];
                    let q = if format == Format::Q80 {
                        i32::from(q as i8)
                    } else {
                        i32::from(q) - offset_32(format)
                    };
                    *value = unpacked.d[0][r] * q as f32 + min;
                }
            }
        }
    }
}
