//! What an answer may be, as a graph: states, and pieces of text that lead from one to the next.
//!
//! Every path from [`Lattice::START`] to [`Lattice::END`] spells one possible answer. A search
//! follows many of them at once, token by token: a [`Place`] is where a text may stand, between two
//! pieces or inside one, and the pieces that leave a state are kept as a tree of tokens. Texts that
//! are spelled alike are one text, however many ways lead to them.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::EngineError;
use super::tokenizer::Vocabulary;

/// A graph of pieces of text.
#[derive(Debug, Clone, Default)]
pub struct Lattice {
    /// Different texts, each once.
    texts: Vec<String>,
    known: HashMap<String, u32>,
    /// Pieces that leave each state: text and next state.
    states: Vec<Vec<(u32, usize)>>,
    /// How far each state is on the way.
    ranks: Vec<usize>,
}

impl Lattice {
    /// Where every answer begins.
    pub const START: usize = 0;
    /// Where every answer is complete.
    pub const END: usize = 1;

    /// A graph with a beginning and an end, and nothing in between.
    pub fn new() -> Self {
        Self { states: vec![Vec::new(), Vec::new()], ranks: vec![0, 0], ..Self::default() }
    }

    /// A new state; `rank` is how far it is on the way, in words that have to come: a search counts
    /// what is left.
    pub fn state(&mut self, rank: usize) -> usize {
        self.states.push(Vec::new());
        self.ranks.push(rank);
        self.states.len() - 1
    }

    /// Lets a text lead from one state to another. Empty texts, and states that do not exist, lead
    /// nowhere.
    pub fn edge(&mut self, from: usize, text: &str, to: usize) {
        if text.is_empty() || to >= self.states.len() {
            return;
        }
        let id = match self.known.get(text) {
            Some(id) => *id,
            None => {
                let id = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
                self.texts.push(text.to_owned());
                self.known.insert(text.to_owned(), id);
                id
            }
        };
        if let Some(edges) = self.states.get_mut(from) {
            edges.push((id, to));
        }
    }

    /// Drops what leads to no answer, so that a search spends nothing on it.
    pub fn trim(&mut self) {
        let mut before: Vec<Vec<usize>> = vec![Vec::new(); self.states.len()];
        for (state, edges) in self.states.iter().enumerate() {
            for (_, to) in edges {
                before[*to].push(state);
            }
        }
        let mut alive = vec![false; self.states.len()];
        let mut reached = vec![Self::END];
        while let Some(state) = reached.pop() {
            if !std::mem::replace(&mut alive[state], true) {
                reached.extend(&before[state]);
            }
        }
        for edges in &mut self.states {
            edges.retain(|(_, to)| alive[*to]);
        }
    }

    /// Whether some path spells this text.
    pub fn spells(&self, text: &str) -> bool {
        self.unspelled(text).is_none()
    }

    /// What is left of a text where the path that spells most of it ends; nothing if one spells it
    /// all.
    pub fn unspelled<'t>(&self, text: &'t str) -> Option<&'t str> {
        let mut reached = vec![(Self::START, text)];
        let mut seen = std::collections::BTreeSet::new();
        let mut left = text;
        while let Some((state, rest)) = reached.pop() {
            if state == Self::END && rest.is_empty() {
                return None;
            }
            if !seen.insert((state, rest.len())) {
                continue;
            }
            if rest.len() < left.len() {
                left = rest;
            }
            for (id, to) in self.states.get(state).into_iter().flatten() {
                let piece = self.texts.get(*id as usize).map_or("", String::as_str);
                if let Some(rest) = rest.strip_prefix(piece) {
                    reached.push((*to, rest));
                }
            }
        }
        Some(left)
    }

    /// How many states there are.
    pub const fn len(&self) -> usize {
        self.states.len()
    }

    /// Whether nothing can be written.
    pub fn is_empty(&self) -> bool {
        self.states.iter().all(Vec::is_empty)
    }
}

/// Where a text may stand: a state, and a node of the tree of what leaves it.
pub(super) type Place = (usize, usize);

/// A lattice in the tokens of a vocabulary; trees are grown where a search comes by.
pub(super) struct Tokens<'a> {
    lattice: &'a Lattice,
    vocabulary: &'a Vocabulary,
    texts: Vec<Option<Rc<[u32]>>>,
    trees: Vec<Option<Tree>>,
    /// Rank of the end: beyond every other.
    end: usize,
}

#[derive(Debug, Default, Clone)]
struct Tree {
    nodes: Vec<Node>,
}

#[derive(Debug, Default, Clone)]
struct Node {
    next: BTreeMap<u32, usize>,
    /// States that a piece which ends here leads to.
    ends: Vec<usize>,
    /// The highest rank that is reached from here.
    rank: usize,
    /// The token that leads there, the first of them.
    likely: Option<u32>,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(lattice: &'a Lattice, vocabulary: &'a Vocabulary) -> Self {
        let (texts, trees) = (vec![None; lattice.texts.len()], vec![None; lattice.states.len()]);
        let end = lattice.ranks.iter().max().map_or(0, |rank| rank + 1);
        Self { lattice, vocabulary, texts, trees, end }
    }

    /// The places that each next token leads to, in the order of tokens.
    ///
    /// # Errors
    /// When the tokenizer refuses a text.
    pub(super) fn next(
        &mut self,
        places: &[Place],
    ) -> Result<BTreeMap<u32, Vec<Place>>, EngineError> {
        let mut all: BTreeMap<u32, Vec<Place>> = BTreeMap::new();
        for (state, node) in places {
            let tree = self.tree(*state)?;
            let Some(node) = tree.nodes.get(*node) else { continue };
            for (token, child) in &node.next {
                let reached = all.entry(*token).or_default();
                let Some(child_node) = tree.nodes.get(*child) else { continue };
                let inside = (!child_node.next.is_empty()).then_some((*state, *child));
                let between = child_node.ends.iter().map(|to| (*to, 0));
                for place in inside.into_iter().chain(between) {
                    if !reached.contains(&place) {
                        reached.push(place);
                    }
                }
            }
        }
        Ok(all)
    }

    /// Words that have still to come after a place, the end counted as one.
    pub(super) fn left(&self, place: Place) -> usize {
        self.end - self.rank(place).min(self.end)
    }

    /// How far a place is: as far as the piece leads that it is in.
    fn rank(&self, (state, node): Place) -> usize {
        let tree = self.trees.get(state).and_then(Option::as_ref).filter(|_| node > 0);
        let inside = tree.and_then(|tree| tree.nodes.get(node)).map(|node| node.rank);
        inside.unwrap_or_else(|| self.state_rank(state))
    }

    fn state_rank(&self, state: usize) -> usize {
        match state {
            Lattice::END => self.end,
            state => self.lattice.ranks.get(state).copied().unwrap_or(0),
        }
    }

    /// The token that follows where nothing is added to the words that have to come, and each has
    /// the first of its forms; none where something has to be added.
    pub(super) fn likely(&mut self, places: &[Place]) -> Result<Option<u32>, EngineError> {
        let mut best = None;
        for (state, at) in places {
            let here = self.state_rank(*state);
            let node = self.tree(*state)?.nodes.get(*at);
            let Some(token) = node.and_then(|node| node.likely) else { continue };
            let rank = node.map_or(0, |node| node.rank);
            if rank > here && best.is_none_or(|(most, _)| rank > most) {
                best = Some((rank, token));
            }
        }
        Ok(best.map(|(_, token)| token))
    }

    fn tree(&mut self, state: usize) -> Result<&Tree, EngineError> {
        if self.trees.get(state).is_some_and(Option::is_none) {
            let mut tree = Tree { nodes: vec![Node::default()] };
            for (text, to) in &self.lattice.states[state] {
                let tokens = self.tokens(*text)?;
                let rank = self.state_rank(*to);
                let mut at = 0;
                for token in tokens.iter() {
                    let fresh = tree.nodes.len();
                    let node = &mut tree.nodes[at];
                    if rank > node.rank || node.likely.is_none() {
                        (node.rank, node.likely) = (rank, Some(*token));
                    }
                    let child = *node.next.entry(*token).or_insert(fresh);
                    if child == fresh {
                        tree.nodes.push(Node::default());
                    }
                    at = child;
                }
                let leaf = &mut tree.nodes[at];
                leaf.rank = leaf.rank.max(rank);
                if at != 0 && !tree.nodes[at].ends.contains(to) {
                    tree.nodes[at].ends.push(*to);
                }
            }
            self.trees[state] = Some(tree);
        }
        let tree = self.trees.get(state).and_then(Option::as_ref);
        tree.ok_or_else(|| EngineError::Failed("état inconnu".into()))
    }

    fn tokens(&mut self, text: u32) -> Result<Rc<[u32]>, EngineError> {
        let at = text as usize;
        if let Some(Some(tokens)) = self.texts.get(at) {
            return Ok(Rc::clone(tokens));
        }
        let written = self.lattice.texts.get(at).map_or("", String::as_str);
        let tokens: Rc<[u32]> = self.vocabulary.encode(&self.vocabulary.shield(written))?.into();
        if let Some(slot) = self.texts.get_mut(at) {
            *slot = Some(Rc::clone(&tokens));
        }
        Ok(tokens)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_paths_are_spelled() {
        let mut lattice = Lattice::new();
        assert!(lattice.is_empty());
        let middle = lattice.state(1);
        for text in ["La", "Le", "La "] {
            lattice.edge(Lattice::START, text, middle);
        }
        lattice.edge(middle, " mairie.", Lattice::END);
        lattice.edge(middle, "mairie.", Lattice::END);
        lattice.edge(middle, "", Lattice::END);
        lattice.edge(middle, "x", 99);
        for (text, spelled) in [
            ("La mairie.", true),
            ("Le mairie.", true),
            ("Lamairie.", true),
            ("La", false),
            ("La mairie", false),
            ("La mairie. ", false),
            ("", false),
        ] {
            assert_eq!(lattice.spells(text), spelled, "{text}");
        }
    }
}
