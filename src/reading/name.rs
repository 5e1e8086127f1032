//! Names.

use crate::notes::Span;
use crate::office::Membre;

/// stub
pub struct Roster<'a>(&'a [Membre]);
/// stub
pub enum Resolution {
    /// stub
    Known(usize),
    /// stub
    Ambiguous(Vec<usize>),
    /// stub
    Unknown,
}
impl<'a> Roster<'a> {
    /// stub
    pub fn new(members: &'a [Membre]) -> Self {
        Self(members)
    }
    /// stub
    pub fn members(&self) -> &'a [Membre] {
        self.0
    }
    /// stub
    pub fn full_name(&self, i: usize) -> &'a str {
        &self.0[i].nom
    }
    /// stub
    pub fn resolve(&self, text: &str) -> Resolution {
        let f = super::fold(text);
        let last = f.split_whitespace().last().unwrap_or("");
        match self
            .0
            .iter()
            .position(|m| super::fold(&m.nom).split_whitespace().last() == Some(last))
        {
            Some(i) => Resolution::Known(i),
            None => Resolution::Unknown,
        }
    }
    /// stub
    pub fn mentions(&self, text: &str) -> Vec<(usize, Span)> {
        let f = text.to_lowercase();
        self.0
            .iter()
            .enumerate()
            .filter_map(|(i, m)| {
                let l = m.nom.split_whitespace().last()?.to_lowercase();
                let at = f.find(&l)?;
                Some((i, at..at + l.len()))
            })
            .collect()
    }
}
