//! Arithmetic on floats that is the same to the last bit on every machine: only additions,
//! multiplications, divisions, square roots and comparisons in a fixed order, no fused operation,
//! no library function. Sums run over [`LANES`] lanes that are folded in halves.

/// Partial sums of a reduction.
pub(super) const LANES: usize = 16;

/// A 16-bit float widened; exact.
#[inline(always)]
pub fn f16_to_f32(half: u16) -> f32 {
    let sign = (u32::from(half) & 0x8000) << 16;
    let rest = (u32::from(half) & 0x7fff) << 13;
    // Rebias by 127 - 15; once more for infinities; below the normals, through a subtraction.
    let rebias = if rest >= 0x0f80_0000 { 224 << 23 } else { 112 << 23 };
    let normal = f32::from_bits(rest + rebias);
    let small = f32::from_bits(rest + (113 << 23)) - f32::from_bits(113 << 23);
    let magnitude = if rest < 1 << 23 { small } else { normal };
    f32::from_bits(magnitude.to_bits() | sign)
}

/// Folds lanes in halves.
#[inline(always)]
pub(super) fn fold(mut lanes: [f32; LANES]) -> f32 {
    let mut width = LANES / 2;
    while width > 0 {
        for i in 0..width {
            lanes[i] += lanes[i + width];
        }
        width /= 2;
    }
    lanes[0]
}

/// Sum of squares.
#[inline(always)]
fn sum_of_squares(x: &[f32]) -> f32 {
    let mut lanes = [0.0; LANES];
    let chunks = x.chunks_exact(LANES);
    let rest = chunks.remainder();
    for chunk in chunks {
        for i in 0..LANES {
            lanes[i] += chunk[i] * chunk[i];
        }
    }
    for (lane, value) in lanes.iter_mut().zip(rest) {
        *lane += value * value;
    }
    fold(lanes)
}

/// Root-mean-square norm (Zhang and Sennrich, 2019): `out = x / rms(x) * weight`.
#[inline(always)]
pub(super) fn rms_norm(x: &[f32], weight: &[f32], epsilon: f32, out: &mut [f32]) {
    let scale = 1.0 / (sum_of_squares(x) / x.len() as f32 + epsilon).sqrt();
    for ((out, x), weight) in out.iter_mut().zip(x).zip(weight) {
        *out = x * scale * weight;
    }
}

/// e to the power of `x`, within 2 units in the last place; 0 below -87, for `x` up to 88.
#[inline(always)]
pub(super) fn exp(x: f32) -> f32 {
    let clamped = x.clamp(-87.0, 88.0);
    // x = n ln 2 + r; adding 1.5 * 2^23 rounds to the nearest whole number.
    let shifted = clamped * std::f32::consts::LOG2_E + 12_582_912.0;
    let n = shifted - 12_582_912.0;
    // ln 2 in two parts, the first with trailing zeros.
    let r = clamped - n * 0.693_359_4;
    let r = r - n * -2.121_944_4e-4;
    // Coefficients of Cephes' expf.
    let mut p = 1.987_569_1e-4;
    p = p * r + 1.398_199_9e-3;
    p = p * r + 8.333_452e-3;
    p = p * r + 4.166_579_6e-2;
    p = p * r + 1.666_666_5e-1;
    p = p * r + 0.5;
    let value = p * r * r + r + 1.0;
    let power = f32::from_bits((shifted.to_bits() << 23).wrapping_add(127 << 23));
    if x < -87.0 { 0.0 } else { value * power }
}

/// The highest value, and the sum of the exponentials of all values less the highest: what turns a
/// logit into a probability.
#[inline(always)]
pub(super) fn exp_sum(x: &[f32]) -> (f32, f32) {
    let mut most = [f32::NEG_INFINITY; LANES];
    let chunks = x.chunks_exact(LANES);
    let rest = chunks.remainder();
    for chunk in chunks.clone() {
        for i in 0..LANES {
            most[i] = if chunk[i] > most[i] { chunk[i] } else { most[i] };
        }
    }
    let most = most.iter().chain(rest).fold(f32::NEG_INFINITY, |a, b| if *b > a { *b } else { a });
    let mut lanes = [0.0; LANES];
    for chunk in chunks {
        for i in 0..LANES {
            lanes[i] += exp(chunk[i] - most);
        }
    }
    for (lane, value) in lanes.iter_mut().zip(rest) {
        *lane += exp(value - most);
    }
    (most, fold(lanes))
}

/// `gate * sigmoid(gate) * up` (`SwiGLU`, Shazeer 2020).
#[inline(always)]
pub(super) fn swiglu(gate: &mut [f32], up: &[f32]) {
    for (gate, up) in gate.iter_mut().zip(up) {
        *gate = *gate / (1.0 + exp(-*gate)) * up;
    }
}

/// `gelu(gate) * up` with the tanh approximation of GELU (`GeGLU`, Shazeer 2020).
#[inline(always)]
pub(super) fn geglu(gate: &mut [f32], up: &[f32]) {
    for (gate, up) in gate.iter_mut().zip(up) {
        let x = *gate;
        let inner = 0.797_884_6 * (x + 0.044_715 * x * x * x);
        // (1 + tanh y) / 2 = 1 / (1 + e^-2y)
        *gate = x / (1.0 + exp(-2.0 * inner)) * up;
    }
}

/// Rotates pairs of a head by the angles of its position (Su et al., 2021). Neighbours form a pair
/// (`INTERLEAVED`), or the values half a head apart.
#[inline(always)]
pub(super) fn rotate<const INTERLEAVED: bool>(head: &mut [f32], cos: &[f32], sin: &[f32]) {
    let half = cos.len();
    if INTERLEAVED {
        for ((pair, cos), sin) in head.chunks_exact_mut(2).zip(cos).zip(sin) {
            let (a, b) = (pair[0], pair[1]);
            pair[0] = a * cos - b * sin;
            pair[1] = a * sin + b * cos;
        }
    } else {
        let (first, second) = head.split_at_mut(half);
        for (((a, b), cos), sin) in first.iter_mut().zip(second).zip(cos).zip(sin) {
            let (x, y) = (*a, *b);
            *a = x * cos - y * sin;
            *b = x * sin + y * cos;
        }
    }
}

/// `x += y`.
#[inline(always)]
pub(super) fn add(x: &mut [f32], y: &[f32]) {
    for (x, y) in x.iter_mut().zip(y) {
        *x += y;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_exact() {
        for bits in 0..=u16::MAX {
            let expected = half::f16::from_bits(bits).to_f32();
            let found = f16_to_f32(bits);
            assert!(found.to_bits() == expected.to_bits() || expected.is_nan(), "{bits:#x}");
        }
    }

    #[test]
    fn exp_is_close() {
        for i in -8700..8800 {
            let x = i as f32 / 100.0 + 0.001;
            let expected = f64::from(x).exp();
            let found = f64::from(exp(x));
            assert!(
                (found - expected).abs() <= expected * 2.5e-7,
                "exp({x}) = {found}, {expected}"
            );
        }
        assert_eq!(exp(f32::NEG_INFINITY), 0.0);
        assert_eq!(exp(0.0), 1.0);
    }

    #[test]
    fn sums_of_exponentials_are_close() {
        for length in [1, 15, 16, 17, 1000] {
            let x: Vec<f32> = (0..length).map(|i| ((i * 37) % 101) as f32 / 7.0 - 9.0).collect();
            let (most, sum) = exp_sum(&x);
            let exact: f64 = x.iter().map(|x| f64::from(x - most).exp()).sum();
            assert_eq!(most, x.iter().copied().fold(f32::NEG_INFINITY, f32::max));
            assert!((f64::from(sum) - exact).abs() <= exact * 1e-5, "{length}: {sum} {exact}");
        }
    }
}
