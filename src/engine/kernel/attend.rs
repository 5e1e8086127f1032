//! Attention of a few rows of queries over the cached keys and values of one key head.
//!
//! Keys and values stand in pages of [`PAGE`] positions, in halves: keys transposed
//! (`[value of the head][position]`), values as they are (`[position][value]`). Each page gives a
//! maximum, a sum and a weighted mean of its own, which are merged in ascending order
//! (Milakov and Gimelshein, 2018). What a query attends to therefore does not depend on how many
//! queries are computed together. Products are summed with fused operations, in one chain a key and
//! in one chain a value.

use super::format::PANEL_ROWS;
use super::math::{LANES, exp, fold};
use super::simd::Simd;

/// Positions of a page of keys and values.
pub const PAGE: usize = 64;

/// Rows of queries whose scores are computed together.
const ROWS: usize = 6;

/// What one call attends to.
pub(super) struct AttendJob<'a> {
    /// Keys and values of one head and one layer, page after page: `2 * PAGE * width` halves each.
    pub(super) pages: &'a [&'a [u16]],
    /// Rows of queries, scaled: `width` values each.
    pub(super) queries: &'a [f32],
    /// Position of each row.
    pub(super) positions: &'a [usize],
    /// Values of a head; a multiple of 16.
    pub(super) width: usize,
    /// Positions a query sees, its own included.
    pub(super) window: usize,
    /// Results, as `queries`.
    pub(super) out: &'a mut [f32],
    /// Room.
    pub(super) scratch: &'a mut AttendScratch,
}

/// Room for a page as floats and for what is running.
#[derive(Debug, Default)]
pub(super) struct AttendScratch {
    keys: Vec<f32>,
    values: Vec<f32>,
    page_out: Vec<f32>,
    running: Vec<Running>,
}

/// Maximum and sum of a row so far.
#[derive(Debug, Clone, Copy)]
struct Running {
    most: f32,
    sum: f32,
}

/// Computes softmax(q k) v for every row.
///
/// # Safety
/// The processor has the instructions of `S`.
#[inline(always)]
pub(super) unsafe fn attend<S: Simd>(job: &mut AttendJob<'_>) {
    let width = job.width;
    assert!(width > 0 && width.is_multiple_of(PANEL_ROWS), "heads are whole vectors");
    assert_eq!(job.queries.len(), job.positions.len() * width, "a row of queries each");
    assert_eq!(job.out.len(), job.queries.len(), "a result each");
    let scratch = &mut *job.scratch;
    scratch.keys.resize(PAGE * width, 0.0);
    scratch.values.resize(PAGE * width, 0.0);
    scratch.page_out.resize(ROWS * width, 0.0);
    scratch.running.clear();
    scratch.running.resize(job.positions.len(), Running { most: f32::NEG_INFINITY, sum: 0.0 });
    job.out.fill(0.0);
    let first_seen = |position: usize| (position + 1).saturating_sub(job.window);
    let begin = job.positions.iter().map(|p| first_seen(*p)).min().unwrap_or(0) / PAGE;
    let end = job.positions.iter().map(|p| p / PAGE + 1).max().unwrap_or(0);
    for page_index in begin..end {
        let page = job.pages[page_index];
        assert_eq!(page.len(), 2 * PAGE * width, "a whole page");
        // SAFETY: both hold PAGE * width values, a multiple of every vector.
        unsafe {
            widen::<S>(&page[..PAGE * width], &mut scratch.keys);
            widen::<S>(&page[PAGE * width..], &mut scratch.values);
        }
        for first in (0..job.positions.len()).step_by(ROWS) {
            let count = ROWS.min(job.positions.len() - first);
            let positions = &job.positions[first..first + count];
            if positions.iter().all(|p| *p < page_index * PAGE) {
                continue;
            }
            let mut scores = [[0.0_f32; PAGE]; ROWS];
            let queries = &job.queries[first * width..(first + count) * width];
            let tile = Tile { width, queries, keys: &scratch.keys, values: &scratch.values };
            // SAFETY: the tile holds `count` queries and a page of keys; the instructions are
            // there, as for this function.
            unsafe {
                match count {
                    1 => tile.score::<S, 1>(&mut scores),
                    2 => tile.score::<S, 2>(&mut scores),
                    3 => tile.score::<S, 3>(&mut scores),
                    4 => tile.score::<S, 4>(&mut scores),
                    5 => tile.score::<S, 5>(&mut scores),
                    _ => tile.score::<S, 6>(&mut scores),
                }
            }
            let mut page_state = [Running { most: f32::NEG_INFINITY, sum: 0.0 }; ROWS];
            let mut last = 0;
            for (row, position) in positions.iter().enumerate() {
                let from = first_seen(*position).saturating_sub(page_index * PAGE).min(PAGE);
                let until = (position + 1).saturating_sub(page_index * PAGE).min(PAGE);
                page_state[row] = weigh(&mut scores[row], from, until);
                last = last.max(until);
            }
            // SAFETY: as above; `page_out` holds ROWS rows, `last` is at most PAGE.
            unsafe {
                let out = &mut scratch.page_out;
                match count {
                    1 => tile.mix::<S, 1>(&scores, last, out),
                    2 => tile.mix::<S, 2>(&scores, last, out),
                    3 => tile.mix::<S, 3>(&scores, last, out),
                    4 => tile.mix::<S, 4>(&scores, last, out),
                    5 => tile.mix::<S, 5>(&scores, last, out),
                    _ => tile.mix::<S, 6>(&scores, last, out),
                }
            }
            for row in 0..count {
                let out = &mut job.out[(first + row) * width..(first + row + 1) * width];
                let from = &scratch.page_out[row * width..(row + 1) * width];
                merge(&mut scratch.running[first + row], page_state[row], out, from);
            }
        }
    }
    for (row, running) in job.out.chunks_exact_mut(width).zip(&scratch.running) {
        let inverse = 1.0 / running.sum;
        for value in row {
            *value *= inverse;
        }
    }
}

/// Halves to floats.
///
/// # Safety
/// The processor has the instructions of `S`; both slices have the same length, a multiple of 16.
#[inline(always)]
unsafe fn widen<S: Simd>(halves: &[u16], floats: &mut [f32]) {
    assert_eq!(halves.len(), floats.len(), "one float each");
    for at in (0..halves.len()).step_by(S::LANES) {
        // SAFETY: `at` plus a vector stays inside both.
        unsafe { S::store_f(floats.as_mut_ptr().add(at), S::load_halves(halves.as_ptr().add(at))) };
    }
}

/// Turns scores into weights; what is outside `from..until` weighs nothing.
#[inline(always)]
fn weigh(scores: &mut [f32; PAGE], from: usize, until: usize) -> Running {
    for (j, score) in scores.iter_mut().enumerate() {
        *score = if j >= from && j < until { *score } else { f32::NEG_INFINITY };
    }
    let mut lanes = [f32::NEG_INFINITY; LANES];
    for chunk in scores.chunks_exact(LANES) {
        for i in 0..LANES {
            lanes[i] = if chunk[i] > lanes[i] { chunk[i] } else { lanes[i] };
        }
    }
    let most = lanes.iter().fold(f32::NEG_INFINITY, |a, b| if *b > a { *b } else { a });
    if most == f32::NEG_INFINITY {
        *scores = [0.0; PAGE];
        return Running { most, sum: 0.0 };
    }
    let mut sums = [0.0; LANES];
    for chunk in scores.chunks_exact_mut(LANES) {
        for i in 0..LANES {
            chunk[i] = exp(chunk[i] - most);
            sums[i] += chunk[i];
        }
    }
    Running { most, sum: fold(sums) }
}

/// Merges what a page gave into what is running.
#[inline(always)]
fn merge(running: &mut Running, page: Running, out: &mut [f32], page_out: &[f32]) {
    if page.most == f32::NEG_INFINITY {
        return;
    }
    let most = if page.most > running.most { page.most } else { running.most };
    let old = exp(running.most - most);
    let new = exp(page.most - most);
    running.most = most;
    running.sum = running.sum * old + page.sum * new;
    for (out, value) in out.iter_mut().zip(page_out) {
        *out = *out * old + value * new;
    }
}

/// A page of keys and values, and the queries that meet it.
struct Tile<'a> {
    width: usize,
    queries: &'a [f32],
    keys: &'a [f32],
    values: &'a [f32],
}

impl Tile<'_> {
    /// Products of `R` queries with every key of the page.
    ///
    /// # Safety
    /// The processor has the instructions of `S`; there are `R` queries.
    #[inline(always)]
    unsafe fn score<S: Simd, const R: usize>(&self, scores: &mut [[f32; PAGE]; ROWS]) {
        debug_assert!(self.queries.len() == R * self.width && R <= ROWS);
        for lane in (0..PAGE).step_by(2 * S::LANES) {
            // SAFETY: `lane` plus two vectors stays inside a row of PAGE keys; rows of queries are
            // `width` long.
            unsafe {
                let mut sums = [[S::splat_f(0.0); 2]; R];
                for i in 0..self.width {
                    let at = self.keys.as_ptr().add(i * PAGE + lane);
                    let keys = [S::load_f(at), S::load_f(at.add(S::LANES))];
                    for (r, sums) in sums.iter_mut().enumerate() {
                        let query = S::splat_f(*self.queries.as_ptr().add(r * self.width + i));
                        sums[0] = S::fma(keys[0], query, sums[0]);
                        sums[1] = S::fma(keys[1], query, sums[1]);
                    }
                }
                for (r, sums) in sums.iter().enumerate() {
                    let out = scores[r].as_mut_ptr().add(lane);
                    S::store_f(out, sums[0]);
                    S::store_f(out.add(S::LANES), sums[1]);
                }
            }
        }
    }

    /// Sums of the first `last` values of the page, weighted, for `R` rows.
    ///
    /// # Safety
    /// The processor has the instructions of `S`; `out` holds `R` rows, `last` is at most `PAGE`.
    #[inline(always)]
    unsafe fn mix<S: Simd, const R: usize>(
        &self,
        weights: &[[f32; PAGE]; ROWS],
        last: usize,
        out: &mut [f32],
    ) {
        debug_assert!(out.len() >= R * self.width && last <= PAGE && R <= ROWS);
        let mut lane = 0;
        // SAFETY: `lane` plus the vectors read stays below `width`, which is a multiple of 16, and
        // rows of values and of `out` are `width` long.
        unsafe {
            while lane + 2 * S::LANES <= self.width {
                let mut sums = [[S::splat_f(0.0); 2]; R];
                for j in 0..last {
                    let at = self.values.as_ptr().add(j * self.width + lane);
                    let values = [S::load_f(at), S::load_f(at.add(S::LANES))];
                    for (r, sums) in sums.iter_mut().enumerate() {
                        let weight = S::splat_f(*weights[r].as_ptr().add(j));
                        sums[0] = S::fma(values[0], weight, sums[0]);
                        sums[1] = S::fma(values[1], weight, sums[1]);
                    }
                }
                for (r, sums) in sums.iter().enumerate() {
                    let out = out.as_mut_ptr().add(r * self.width + lane);
                    S::store_f(out, sums[0]);
                    S::store_f(out.add(S::LANES), sums[1]);
                }
                lane += 2 * S::LANES;
            }
            while lane < self.width {
                let mut sums = [S::splat_f(0.0); R];
                for j in 0..last {
                    let values = S::load_f(self.values.as_ptr().add(j * self.width + lane));
                    for (r, sum) in sums.iter_mut().enumerate() {
                        *sum = S::fma(values, S::splat_f(*weights[r].as_ptr().add(j)), *sum);
                    }
                }
                for (r, sum) in sums.iter().enumerate() {
                    S::store_f(out.as_mut_ptr().add(r * self.width + lane), *sum);
                }
                lane += S::LANES;
            }
        }
    }
}
