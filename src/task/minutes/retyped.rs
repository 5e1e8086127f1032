//! Notes in another hand, as the readers of this folder know them: each pass rewrites lines, and the
//! places of findings are taken back to the lines that were typed.
//!
//! Signs that are said aloud are written (`punctuated`); what wide gaps part goes on lines of its own
//! (`gapped`); a dictation has its sentences one a line and its numbers in figures (`dictated`);
//! marks around titles and between the fields of a line go (`marks`); signs that a legend explains
//! become their words (`legend`); items that bear letters get numbers (`letters`); hours with a dot
//! get their « h » (`dotted`), sentences in small letters their capital (`stops`), lists between tabs
//! one line (`tabbed`), prices for a unit their currency (`priced`), figures of accounts their words
//! (`accounts`), somebody their whole name
//! (`named`). Notes that show none of this stay as they are.

mod accounts;
mod dictated;
mod dotted;
mod gapped;
mod legend;
mod letters;
mod marks;
mod named;
mod priced;
mod punctuated;
mod stops;
mod tabbed;

use crate::finding::Finding;
use crate::notes::{Notes, Span};

/// One line, and where what it says was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    text: String,
    span: Span,
}

/// The notes in the words that the readers know.
pub(super) struct Retyped {
    /// The rewritten notes.
    pub(super) notes: Notes,
    rows: Vec<Span>,
}

/// The notes rewritten; `None` where nothing was to be.
pub(super) fn retyped(notes: &Notes) -> Option<Retyped> {
    let typed: Vec<Row> =
        notes.lines().map(|line| Row { text: line.text.to_owned(), span: line.span() }).collect();
    let passes = [
        punctuated::apply,
        gapped::apply,
        dictated::apply,
        stops::apply,
        tabbed::apply,
        marks::apply,
        legend::apply,
        letters::apply,
        dotted::apply,
        priced::apply,
        accounts::apply,
        named::apply,
    ];
    let rows = passes.into_iter().fold(typed.clone(), |rows, pass| pass(rows));
    if rows == typed {
        return None;
    }
    let text = rows.iter().map(|row| row.text.as_str()).collect::<Vec<_>>().join("\n");
    Some(Retyped {
        notes: Notes::from_text(&text).ok()?,
        rows: rows.into_iter().map(|row| row.span).collect(),
    })
}

impl Retyped {
    /// Takes the places of findings back to what was typed.
    pub(super) fn take_back(&self, findings: &mut [Finding]) {
        for finding in findings {
            if let Some(span) = &mut finding.notes {
                *span = self.typed(span);
            }
        }
    }

    fn typed(&self, span: &Span) -> Span {
        let row = |at: usize| {
            let before = self.notes.text().get(..at).unwrap_or_default();
            self.rows.get(before.matches('\n').count()).cloned().unwrap_or_default()
        };
        let (first, last) = (row(span.start), row(span.end.max(span.start + 1) - 1));
        first.start..last.end.max(first.end)
    }
}

#[cfg(test)]
mod tests;
