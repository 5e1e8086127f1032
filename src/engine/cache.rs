//! Keys and values of what a model has read.
//!
//! They stand in pages of [`PAGE`] positions, all layers together, in halves. A sequence is a list
//! of pages; sequences that begin alike share pages without copying them, and a page that is shared
//! is copied when one of them writes on it. So a fork costs a list of pointers, and a conversation
//! takes memory as it grows.

use std::sync::Arc;

use half::f16;
use half::slice::HalfFloatSliceExt;

use super::arch::Spec;
use super::kernel::PAGE;

/// Where the keys and values of each layer and head stand in a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    layers: usize,
    key_heads: usize,
    width: usize,
}

impl Layout {
    /// The layout of a model's pages.
    pub fn new(spec: &Spec) -> Self {
        Self { layers: spec.blocks, key_heads: spec.key_heads, width: spec.head_width }
    }

    /// Halves of one head in one layer: keys, then values.
    const fn head(&self) -> usize {
        2 * PAGE * self.width
    }

    /// Halves of a page.
    pub const fn page(&self) -> usize {
        self.layers * self.key_heads * self.head()
    }

    /// Bytes of a sequence of so many tokens, whole pages.
    pub(super) const fn sequence_bytes(&self, tokens: usize) -> usize {
        tokens.div_ceil(PAGE) * self.page() * 2
    }

    /// Bytes that one token takes.
    pub const fn token_bytes(&self) -> usize {
        self.page() * 2 / PAGE
    }
}

/// Tokens that a model has read, with their keys and values.
#[derive(Debug, Clone)]
pub struct Sequence {
    layout: Layout,
    tokens: Vec<u32>,
    pages: Vec<Arc<Vec<u16>>>,
}

impl Sequence {
    /// An empty sequence.
    pub const fn new(layout: Layout) -> Self {
        Self { layout, tokens: Vec::new(), pages: Vec::new() }
    }

    /// The tokens, from the first.
    pub fn tokens(&self) -> &[u32] {
        &self.tokens
    }

    /// How many tokens were read.
    pub const fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether nothing was read.
    pub const fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Forgets what comes after the first `len` tokens.
    pub fn truncate(&mut self, len: usize) {
        self.tokens.truncate(len);
        self.pages.truncate(self.tokens.len().div_ceil(PAGE));
    }

    /// Its pages, for saving; the last may be filled in part.
    pub(super) fn pages(&self) -> impl Iterator<Item = &[u16]> {
        self.pages.iter().map(|page| page.as_slice())
    }

    /// A sequence from saved pages.
    pub(super) fn restore(layout: Layout, tokens: Vec<u32>, pages: Vec<Vec<u16>>) -> Option<Self> {
        let whole = pages.iter().all(|page| page.len() == layout.page());
        (whole && pages.len() == tokens.len().div_ceil(PAGE)).then(|| Self {
            layout,
            tokens,
            pages: pages.into_iter().map(Arc::new).collect(),
        })
    }

    /// Makes room for more tokens; their keys and values are to be stored layer by layer.
    pub(super) fn extend(&mut self, tokens: &[u32]) {
        let first = self.tokens.len();
        self.tokens.extend_from_slice(tokens);
        // A page that another sequence shares is copied now.
        for page in self.pages.iter_mut().skip(first / PAGE) {
            Arc::make_mut(page);
        }
        while self.pages.len() < self.tokens.len().div_ceil(PAGE) {
            self.pages.push(Arc::new(vec![0; self.layout.page()]));
        }
    }

    /// Stores the keys and values of one token in one layer.
    pub(super) fn store(&mut self, layer: usize, position: usize, keys: &[f32], values: &[f32]) {
        let width = self.layout.width;
        let head = self.layout.head();
        let at = position % PAGE;
        let page = Arc::make_mut(&mut self.pages[position / PAGE]);
        let mut halves = [f16::ZERO; 1024];
        let start = layer * self.layout.key_heads * head;
        let heads = keys.chunks_exact(width).zip(values.chunks_exact(width));
        for ((key, value), page) in heads.zip(page[start..].chunks_exact_mut(head)) {
            let halves = &mut halves[..width];
            halves.convert_from_f32_slice(key);
            for (i, half) in halves.iter().enumerate() {
                page[i * PAGE + at] = half.to_bits();
            }
            halves.convert_from_f32_slice(value);
            for (to, half) in page[PAGE * width + at * width..].iter_mut().zip(&*halves) {
                *to = half.to_bits();
            }
        }
    }

    /// The pages of one layer and key head.
    pub(super) fn head_pages(&self, layer: usize, key_head: usize) -> Vec<&[u16]> {
        let head = self.layout.head();
        let start = (layer * self.layout.key_heads + key_head) * head;
        self.pages.iter().map(|page| &page[start..start + head]).collect()
    }
}
