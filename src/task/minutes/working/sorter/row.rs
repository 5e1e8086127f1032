//! A row of a table: its columns say what its cells are.

use super::{AGREES, Sorter, small};
use crate::finding::Finding;
use crate::task::minutes::record::{Decision, Meeting};
use crate::task::minutes::working::action::{self, Found};
use crate::task::minutes::working::cut::Placed;
use crate::task::minutes::working::deadline;
use crate::task::minutes::working::signs::{self, Sign};
use crate::task::minutes::working::table::{self, Column};
use crate::task::prose::by_rule;

impl Sorter<'_> {
    /// A row of a table: its columns say what its cells are.
    pub(super) fn row(
        &mut self,
        table: usize,
        line: &Placed<'_>,
        meeting: &mut Meeting,
        findings: &mut Vec<Finding>,
    ) {
        let piece = &line.piece;
        let Some(cells) = table::cells(piece.text) else { return };
        let Some(head) = self.tables.get(table).filter(|_| !table::is_rule(&cells)) else { return };
        let cell = |column| head.cell(&cells, column);
        let titled = head.subject(&cells).is_some();
        let subject = cell(Column::Subject).unwrap_or_default();
        if let Some(account) = cell(Column::Account)
            && let Some(text) = self.cleaned(account, piece, findings)
        {
            self.item_mut(line, meeting).clauses.push(text);
        }
        let decided = cell(Column::Decision);
        let mut settled = None;
        if let Some(decision) = decided {
            let agrees = AGREES.is_match(decision) && decision.split_whitespace().count() <= 2;
            let text = if agrees {
                Some("accord".to_owned())
            } else {
                self.cleaned(decision, piece, findings)
            };
            match text {
                Some(text) if signs::wishes(&text) || signs::read(&text) == Sign::Open => {
                    self.open(&text, line, meeting);
                }
                Some(text) => {
                    let (subject, span) = (self.title(line, meeting), piece.span.clone());
                    meeting.decisions.push(Decision { text: by_rule(&text), subject, span });
                    settled = (!agrees).then_some(text);
                }
                None => {}
            }
        }
        let (who, when) = (cell(Column::Who), cell(Column::When));
        if who.is_none() && when.is_none() && cell(Column::What).is_none() {
            return;
        }
        // « Rachid chiffre » tells who and what.
        let what = cell(Column::What).map(str::to_owned).or(settled);
        let named = who.filter(|w| (self.person)(w) || w.split_whitespace().count() == 1);
        let told = who.filter(|_| named.is_none());
        let mut found = match (told, &what) {
            (Some(told), _) => {
                let mut found = action::listed(told, self.person);
                found.what = format!("{} ({})", found.what, small(subject));
                found
            }
            (None, Some(what)) => Found { what: what.clone(), ..Found::default() },
            (None, None) => Found { what: small(subject), ..Found::default() },
        };
        if !titled && !subject.is_empty() && what.is_some() {
            found.what = format!("{subject} : {}", found.what);
        }
        found.who = found.who.or(named.map(str::to_owned));
        found.when = found.when.or_else(|| when.map(deadline::words_of));
        if found.who.is_some() || what.is_some() {
            self.act(found, piece, meeting, findings);
        }
    }
}
