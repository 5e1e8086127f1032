//! Items of notes without any layout: small letters, one line after the other, where only the matter
//! that opens a line tells that an item begins: « rapport moral vote 44 pour », « cotisation 12 … ».

use std::sync::LazyLock;

use regex::Regex;

use super::place::CLOSING;
use super::titles::{about_meeting, decides};
use super::{Piece, Section, Structure};
use crate::reading::{fold, pattern};
use crate::task::minutes::{clauses, correction};

/// Matters of any assembly, at the head of a line.
static MATTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^[\s*•–-]*(?:(?:puis|ensuite|apr[èe]s|alors|on\s+passe\s+(?:au|aux|[àa])|vote\s+d[ue]s?)\s+)?(?:(?:le|la|les|au|aux)\s+|l['’ ]\s?)?(rapports?\s+(?:moral|d\s?['’]?\s?activit[ée]s?|financier)|activit[ée]s?|bilan|pr[ée]sentation|finances?|comptes?|tr[ée]sorerie|recettes?|d[ée]penses?|quitus|budget|cotis(?:ation)?s?|tarifs?|[ée]lections?|renouvellement|statuts|subventions?|proc[èe]s[ -]verbal|pv|questions?\s+div\w*|divers)\b",
    )
});

/// Items by the matter that opens their first line, where two lines or more name one and two decide.
pub(super) fn cut<'a>(out: &mut Structure<'a>) {
    let named = out.header.iter().filter(|piece| matter(piece.text).is_some()).count();
    let decided = out.header.iter().filter(|piece| decides(piece.text)).count();
    if named < 2 || decided < 2 {
        return;
    }
    // What is told among the items goes on with them; after the last it stands apart.
    let tells = |piece: &Piece<'_>| {
        matter(piece.text).is_some() || decides(piece.text) || ELECTS.is_match(piece.text)
    };
    let last = out.header.iter().rposition(tells).unwrap_or(0);
    let mut running = Running::default();
    for (index, piece) in std::mem::take(&mut out.header).into_iter().enumerate() {
        running.last = index > last;
        let closes = CLOSING.is_match(piece.text)
            || correction::is_one(piece.text)
            || about_meeting(piece.text);
        if !running.open && (closes || matter(piece.text).is_none()) {
            out.header.push(piece);
        } else if closes || clauses::is_filler(piece.text) {
            out.closing.push(piece);
        } else {
            running.place(piece, &mut out.sections);
        }
    }
}

/// What is known of the item that runs.
#[derive(Default)]
struct Running {
    open: bool,
    group: String,
    decided: bool,
    /// No item is told any more.
    last: bool,
    /// What is told after the last item.
    others: bool,
}

impl Running {
    /// Puts a line in the item that runs, or opens the next.
    fn place<'a>(&mut self, piece: Piece<'a>, sections: &mut Vec<Section<'a>>) {
        let tells = decides(piece.text) || ELECTS.is_match(piece.text);
        match matter(piece.text) {
            Some(words) if !(self.open && self.group == group(words) && !self.decided) => {
                self.group = group(words);
                self.begin(words, sections, &piece);
                self.others = false;
            }
            None if self.last && !self.others => {
                self.group = String::new();
                self.begin("Questions diverses", sections, &piece);
                self.others = true;
            }
            _ => {}
        }
        self.decided |= tells;
        if let Some(section) = sections.last_mut() {
            section.lines.push(piece);
        }
    }

    fn begin<'a>(&mut self, heading: &str, sections: &mut Vec<Section<'a>>, piece: &Piece<'a>) {
        self.open = true;
        self.decided = false;
        sections.push(Section {
            number: None,
            heading: heading.to_owned(),
            lines: Vec::new(),
            place: piece.span.clone(),
            deliberation: None,
            parts: 0,
        });
    }
}

static ELECTS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b[ée]lue?s?\b"));

/// The matter that a line opens with.
fn matter(text: &str) -> Option<&str> {
    MATTER.captures(text)?.get(1).map(|words| words.as_str())
}

/// Matters that are one item: the accounts with what makes them.
fn group(words: &str) -> String {
    let folded = fold(words);
    let money = ["financ", "compte", "tresor", "recette", "depense", "quitus", "rapport financ"];
    if money.iter().any(|start| folded.starts_with(start)) {
        return "comptes".to_owned();
    }
    folded.trim_end_matches('s').to_owned()
}
