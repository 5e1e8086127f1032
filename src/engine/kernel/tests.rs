//! Every kernel against a definition written down a second time, and against every other tier.

use proptest::prelude::*;

use super::activation::SUMS_256;
use super::pack::{Unpacked, offset_32, unpack_32, unpack_256};
use super::*;
use crate::engine::pool::Pool;

/// Bytes of a matrix as a file has them: any quants, scales that are sound floats.
fn rows(format: Format, count: usize, columns: usize, seed: u64) -> Vec<u8> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        (state >> 40) as u8
    };
    let mut bytes = Vec::new();
    for _ in 0..count * columns / format.block_values() {
        let mut block: Vec<u8> = (0..format.row_block_bytes()).map(|_| next()).collect();
        let halves: &[usize] = match format {
            Format::Q4K | Format::Q5K | Format::Q41 => &[0, 2],
            Format::Q6K => &[208],
            Format::F32 => &[],
            _ => &[0],
        };
        for at in halves {
            // An exponent from subnormal to 1, either sign.
            block[at + 1] = (block[at + 1] & 0x83) | (next() % 16) << 2;
        }
        if format == Format::F32 {
            block.copy_from_slice(&(f32::from(next()) / 64.0 - 2.0).to_le_bytes());
        }
        bytes.extend(block);
    }
    bytes
}

fn panels(format: Format, rows: &[u8], columns: usize) -> Vec<u8> {
    let panel_bytes = columns / format.block_values() * format.panel_block_bytes();
    let mut panels = Vec::new();
    for sixteen in rows.chunks(panel_bytes) {
        let mut panel = vec![0; panel_bytes];
        pack_panel(format, sixteen, columns, &mut panel);
        panels.extend(panel);
    }
    panels
}

fn tiers() -> impl Iterator<Item = Kernels> {
    Tier::ALL.into_iter().filter_map(Kernels::of)
}

/// One product of a row and a token, block after block, as the module's documentation states it.
fn defined(format: Format, panel: &[u8], row: usize, x: &[f32]) -> f32 {
    let mut acc = 0.0_f32;
    if format.block_values() == 1 {
        let mut weights = vec![0.0; x.len()];
        dequantize_row(format, panel, row, &mut weights);
        return weights.iter().zip(x).fold(0.0, |acc, (w, x)| acc + w * x);
    }
    let size = format.block_values();
    let blocks = panel.chunks_exact(format.panel_block_bytes());
    for (block, x) in blocks.zip(x.chunks_exact(size)) {
        let most = x.iter().fold(0.0_f32, |a, b| a.max(b.abs()));
        let inverse = 127.0 / most;
        let scale = most / 127.0;
        let q: Vec<i32> = x.iter().map(|x| (x * inverse).round_ties_even() as i32).collect();
        let mut u = Unpacked::new();
        let weight = |u: &Unpacked, k: usize| i32::from(u.q[k / 4][row * 4 + k % 4]);
        if size == 256 {
            unpack_256(format, block, false, true, &mut u);
            let subs = if format == Format::Q6K { 16 } else { 8 };
            let (mut dot, mut low) = (0, 0);
            for (k, x) in q.iter().enumerate() {
                let s = k / (256 / subs);
                let min = (u.mins[s / 2][row] << (16 - s % 2 * 16)) >> 16;
                dot += u.scales[s][row] * weight(&u, k) * x;
                low += min * x;
            }
            if subs == 16 {
                acc += (u.d[0][row] * scale) * (dot - 32 * low) as f32;
            } else {
                acc += (u.d[0][row] * scale) * dot as f32;
                acc -= (u.dmin[0][row] * scale) * low as f32;
            }
        } else {
            unpack_32(format, block, 0, true, &mut u);
            let signed = |w: i32| if format == Format::Q80 { i32::from(w as u8 as i8) } else { w };
            let offset = offset_32(format);
            let sum: i32 = q.iter().sum();
            let dot: i32 = q.iter().enumerate().map(|(k, x)| signed(weight(&u, k)) * x).sum();
            acc += (u.d[0][row] * scale) * (dot - offset * sum) as f32;
            if format == Format::Q41 {
                acc += (u.dmin[0][row] * scale) * sum as f32;
            }
        }
    }
    acc
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Any weights, any activations, any number of tokens: the same bits as the definition.
    #[test]
    fn products_are_what_they_are_defined_to_be(
        seed in any::<u64>(),
        tokens in 1_usize..20,
        blocks in 1_usize..4,
        matrix_rows in 1_usize..40,
        size in -20_i32..20,
    ) {
        let pool = Pool::new(2);
        let scratch = Scratch::for_pool(&pool);
        for format in Format::ALL {
            let columns = if format.block_values() == 32 { 32 * blocks } else { 256 * blocks };
            let file = rows(format, matrix_rows, columns, seed);
            let weights = panels(format, &file, columns);
            let matrix = Matrix { format, rows: matrix_rows, columns, start: 0 };
            let scale = f32::powi(2.0, size);
            let x: Vec<f32> = (0..tokens * columns)
                .map(|i| ((i * 7919 + (seed % 1000) as usize) % 1999) as f32 / 1000.0 - 1.0)
                .map(|x| x * x * x * scale)
                .collect();
            let panel_bytes = matrix.panel_bytes();
            let expected: Vec<u32> = x
                .chunks_exact(columns)
                .flat_map(|x| (0..matrix_rows).map(move |row| (x, row)))
                .map(|(x, row)| {
                    let panel = &weights[row / PANEL_ROWS * panel_bytes..][..panel_bytes];
                    defined(format, panel, row % PANEL_ROWS, x).to_bits()
                })
                .collect();
            for kernels in tiers() {
                let mut quantized = Activations::default();
                kernels.quantize(&pool, format.activations(), &x, columns, &mut quantized);
                let mut out = vec![0.0; tokens * matrix_rows];
                let product = Product { matrix: &matrix, x: &quantized, out: &mut out };
                kernels.multiply(&pool, &scratch, &weights, &mut [product]);
                let found: Vec<u32> = out.iter().map(|x| x.to_bits()).collect();
                // Products that vanish may do so with either sign.
                let same = found.iter().zip(&expected).all(|(a, b)| a == b || (a | b) << 1 == 0);
                prop_assert!(same, "{:?} {} {} tokens", format, kernels.tier(), tokens);
            }
        }
    }

    /// A panel holds the numbers of the file.
    #[test]
    fn panels_hold_what_the_file_does(seed in any::<u64>()) {
        use candle_core::quantized::{GgmlDType, ggml_file::qtensor_from_ggml};
        let kinds = [
            GgmlDType::Q4K, GgmlDType::Q5K, GgmlDType::Q6K, GgmlDType::Q8_0, GgmlDType::Q5_0,
            GgmlDType::Q4_0, GgmlDType::Q4_1,
        ];
        for kind in kinds {
            let format = Format::of(kind).unwrap();
            let file = rows(format, 3, 512, seed);
            let device = candle_core::Device::Cpu;
            let theirs = qtensor_from_ggml(kind, &file, vec![3, 512], &device).unwrap();
            let theirs: Vec<Vec<f32>> = theirs.dequantize(&device).unwrap().to_vec2().unwrap();
            let weights = panels(format, &file, 512);
            for (row, theirs) in theirs.iter().enumerate() {
                let mut ours = vec![0.0; 512];
                dequantize_row(format, &weights, row, &mut ours);
                for (a, b) in ours.iter().zip(theirs) {
                    prop_assert!((a - b).abs() <= b.abs() * 1e-6 + 1e-30, "{:?}: {} {}", kind, a, b);
                }
            }
        }
    }
}

/// Operands that end where memory ends: reading a byte beyond would end the process.
#[cfg(target_os = "linux")]
#[test]
fn kernels_read_nothing_beyond_their_operands() {
    /// A copy of the bytes that ends at a page without access.
    fn at_the_edge(bytes: &[u8]) -> (memmap2::MmapMut, usize) {
        let page = 4096;
        let room = bytes.len().next_multiple_of(page);
        let mut map = memmap2::MmapMut::map_anon(room + page).unwrap();
        let start = room - bytes.len();
        map[start..room].copy_from_slice(bytes);
        let guard = map.as_mut_ptr().wrapping_add(room).cast();
        // SAFETY: the last page belongs to this map, holds nothing and is not read by this test.
        let done = unsafe { rustix::mm::mprotect(guard, page, rustix::mm::MprotectFlags::empty()) };
        done.unwrap();
        (map, start)
    }
    let pool = Pool::new(1);
    let scratch = Scratch::for_pool(&pool);
    for format in Format::ALL {
        let columns = if format.block_values() == 32 { 96 } else { 256 };
        let weights = panels(format, &rows(format, 16, columns, 5), columns);
        let (map, start) = at_the_edge(&weights);
        let weights = &map[start..start + weights.len()];
        let matrix = Matrix { format, rows: 16, columns, start: 0 };
        for tokens in [1, 2, 3, 5, 8, 9, 17] {
            let x: Vec<f32> = (0..tokens * columns).map(|i| i as f32 % 11.0 - 5.0).collect();
            for kernels in tiers() {
                let mut quantized = Activations::default();
                kernels.quantize(&pool, format.activations(), &x, columns, &mut quantized);
                let mut out = vec![0.0; tokens * 16];
                let product = Product { matrix: &matrix, x: &quantized, out: &mut out };
                kernels.multiply(&pool, &scratch, weights, &mut [product]);
                assert!(out.iter().all(|x| x.is_finite()), "{format:?}");
            }
        }
    }
}

#[test]
fn sums_of_quants_are_those_of_their_blocks() {
    let pool = Pool::new(1);
    let x: Vec<f32> = (0..512).map(|i| ((i * 37) % 101) as f32 - 50.0).collect();
    for kernels in tiers() {
        let mut quantized = Activations::default();
        kernels.quantize(&pool, ActKind::Q256, &x, 256, &mut quantized);
        let sums = &quantized.sums[..2 * SUMS_256];
        for token in sums.chunks_exact(SUMS_256) {
            for s in 0..8 {
                assert_eq!(token[16 + s], token[2 * s] + token[2 * s + 1]);
            }
        }
    }
}

#[test]
fn a_forced_tier_is_refused_in_one_line() {
    for (name, expected) in [("avx3", "inconnu"), ("AVX2", "inconnu")] {
        let message = Tier::choose(Some(name)).unwrap_err();
        assert!(message.contains(expected) && !message.contains('\n'), "{message}");
    }
    assert_eq!(Tier::choose(Some("scalar")), Ok(Tier::Scalar));
    assert_eq!(Tier::choose(Some("")), Tier::choose(None));
}
