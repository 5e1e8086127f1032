//! The next token from the logits: the most probable, or drawn with a seed.
//!
//! A draw looks at the [`CANDIDATES`] most probable tokens only, found by partial selection, so that
//! a vocabulary of 150 000 entries is never sorted; the random number depends on seed and position
//! alone, so that the same request draws the same tokens.

use super::Sampling;

/// How many of the most probable tokens a draw looks at.
const CANDIDATES: usize = 64;

/// Chooses the next token; `position` counts the tokens of the conversation so far.
///
/// Logits that are no finite number are never drawn; with no usable logit at all the answer is
/// token 0.
pub fn next_token(logits: &[f32], sampling: Sampling, position: usize) -> u32 {
    match sampling {
        Sampling::Greedy => greedy(logits),
        Sampling::Seeded { seed, temperature, top_p } => {
            draw(logits, seed, temperature.max(1e-3), top_p, position)
        }
    }
}

/// The most probable token, the lowest index among equals.
fn greedy(logits: &[f32]) -> u32 {
    let mut best = (0, f32::NEG_INFINITY);
    for (index, logit) in logits.iter().enumerate() {
        if *logit > best.1 {
            best = (index, *logit);
        }
    }
    u32::try_from(best.0).unwrap_or(0)
}

fn draw(logits: &[f32], seed: u64, temperature: f64, top_p: f64, position: usize) -> u32 {
    let order = |a: &(usize, f32), b: &(usize, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    let mut candidates: Vec<(usize, f32)> = Vec::with_capacity(2 * CANDIDATES);
    // The last of the best so far: equals come later, so they are no better.
    let mut least = f32::NEG_INFINITY;
    for (index, logit) in logits.iter().enumerate() {
        if *logit > least && logit.is_finite() {
            candidates.push((index, *logit));
            if candidates.len() == 2 * CANDIDATES {
                let (_, last, _) = candidates.select_nth_unstable_by(CANDIDATES - 1, order);
                least = last.1;
                candidates.truncate(CANDIDATES);
            }
        }
    }
    candidates.sort_unstable_by(order);
    candidates.truncate(CANDIDATES);
    let Some((_, highest)) = candidates.first().copied() else { return 0 };
    let weights: Vec<f64> =
        candidates.iter().map(|(_, l)| (f64::from(l - highest) / temperature).exp()).collect();
    let total: f64 = weights.iter().sum();
    // The smallest set whose probabilities add up to top_p, never empty.
    let mut mass = 0.0;
    let mut kept = 0;
    for weight in &weights {
        mass += weight;
        kept += 1;
        if mass >= top_p * total {
            break;
        }
    }
    let mut point = unit(seed, position) * mass;
    for ((index, _), weight) in candidates.iter().zip(&weights).take(kept) {
        if point < *weight {
            return u32::try_from(*index).unwrap_or(0);
        }
        point -= weight;
    }
    candidates
        .get(kept.saturating_sub(1))
        .map_or(0, |(index, _)| u32::try_from(*index).unwrap_or(0))
}

/// A number in [0, 1) from seed and position (`SplitMix64`: Steele, Lea and Flood, OOPSLA 2014).
fn unit(seed: u64, position: usize) -> f64 {
    let mut z = seed.wrapping_add((position as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^= z >> 31;
    (z >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seeded(seed: u64, temperature: f64, top_p: f64) -> Sampling {
        Sampling::Seeded { seed, temperature, top_p }
    }

    #[test]
    fn greedy_takes_the_first_of_equals_and_no_nan() {
        assert_eq!(next_token(&[f32::NAN, 1.0, 2.0, 2.0], Sampling::Greedy, 0), 2);
        assert_eq!(next_token(&[], Sampling::Greedy, 0), 0);
    }

    #[test]
    fn the_same_seed_and_position_draw_the_same_token() {
        let logits: Vec<f32> = (0..1000).map(|i| (i % 37) as f32 / 10.0).collect();
        let draws = |seed| {
            (0..50).map(|p| next_token(&logits, seeded(seed, 1.0, 0.95), p)).collect::<Vec<_>>()
        };
        assert_eq!(draws(1), draws(1));
        assert_ne!(draws(1), draws(2));
    }

    #[test]
    fn a_draw_keeps_to_the_probable_tokens() {
        let logits = [0.0, 5.0, 5.0, -20.0];
        for position in 0..200 {
            let token = next_token(&logits, seeded(7, 1.0, 0.9), position);
            assert!(token == 1 || token == 2, "{token}");
        }
        let infinite = [f32::INFINITY, 3.0, f32::NAN, f32::NEG_INFINITY];
        for position in 0..50 {
            assert_eq!(next_token(&infinite, seeded(7, 1.0, 1.0), position), 1);
            assert_eq!(next_token(&[1.0, 3.0, 2.0], seeded(7, 0.01, 1.0), position), 1);
        }
    }
}
