//! Notes on loose sheets: « feuille 2 » typed before « feuille 1 ». The sheets are put in their
//! order before anything is read, and the places of findings are taken back to what was typed.

use std::sync::LazyLock;

use regex::Regex;

use crate::finding::{Finding, FindingKind};
use crate::notes::{Line, Notes, Span};
use crate::reading::pattern;

/// A line that is nothing but the number of its sheet.
static SHEET: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^[\s=*#(\[-]*(?:feuille|feuillet|page|p\.)\s*(?:n°\s*)?(\d{1,2})(?:\s*/\s*\d{1,2})?[\s=*#)\].:-]*$",
    )
});

/// The notes in the order of their sheets.
pub(super) struct Sorted {
    /// The notes, the lines that number the sheets taken out.
    pub(super) notes: Notes,
    /// Where each line kept stood, in the order in which they now are.
    lines: Vec<Span>,
    order: Vec<u32>,
    place: Span,
}

/// The notes with their sheets in order; `None` where they have none, or in order already.
pub(super) fn sorted(notes: &Notes) -> Option<Sorted> {
    let lines: Vec<Line<'_>> = notes.lines().collect();
    let number = |line: &Line<'_>| SHEET.captures(line.text)?.get(1)?.as_str().parse::<u32>().ok();
    let mut before = Vec::new();
    let mut sheets: Vec<(u32, Vec<&Line<'_>>)> = Vec::new();
    let mut place = 0..0;
    for line in &lines {
        match (number(line), sheets.last_mut()) {
            (Some(number), first) => {
                if first.is_none() {
                    place = line.span();
                }
                sheets.push((number, Vec::new()));
            }
            (None, Some((_, sheet))) => sheet.push(line),
            (None, None) => before.push(line),
        }
    }
    if sheets.len() < 2 {
        return None;
    }
    let order: Vec<u32> = sheets.iter().map(|(number, _)| *number).collect();
    sheets.sort_by_key(|(number, _)| *number);
    let kept: Vec<&Line<'_>> =
        before.into_iter().chain(sheets.into_iter().flat_map(|(_, lines)| lines)).collect();
    let text = kept.iter().map(|line| line.text).collect::<Vec<_>>().join("\n");
    let lines = kept.iter().map(|line| line.span()).collect();
    Some(Sorted { notes: Notes::from_text(&text).ok()?, lines, order, place })
}

impl Sorted {
    /// Takes the places of findings back to the typed notes, and tells that sheets were moved.
    pub(super) fn take_back(&self, findings: &mut Vec<Finding>) {
        for finding in findings.iter_mut() {
            if let Some(span) = &mut finding.notes {
                *span = self.typed(span);
            }
        }
        if !self.order.is_sorted() {
            let order: Vec<String> = self.order.iter().map(u32::to_string).collect();
            findings.push(Finding::info(
                FindingKind::Unused,
                Some(self.place.clone()),
                format!(
                    "Feuilles notées dans l’ordre {} : elles sont lues dans l’ordre de leurs numéros.",
                    order.join(", ")
                ),
            ));
        }
    }

    fn typed(&self, span: &Span) -> Span {
        let text = self.notes.text();
        let line = |at: usize| text.get(..at).map_or(0, |before| before.matches('\n').count());
        let (first, last) = (line(span.start), line(span.end.max(span.start + 1) - 1));
        let begins = |index: usize| {
            text.match_indices('\n').map(|(at, _)| at + 1).nth(index.wrapping_sub(1)).unwrap_or(0)
        };
        let Some(own) = self.lines.get(first) else { return span.clone() };
        let start = own.start + span.start.saturating_sub(begins(first));
        // What runs over lines that were apart is told by its first line.
        let end = if first == last {
            own.start + span.end.saturating_sub(begins(first))
        } else {
            self.lines.get(last).filter(|line| line.end > start).unwrap_or(own).end
        };
        start.min(own.end)..end.max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_read_in_their_order() {
        let text = "CM du 3 mars\nfeuille 2\nécole 3 pour\n\nfeuille 1\nprésents : Ada\neau 2 pour";
        let typed = Notes::from_text(text).unwrap();
        let sorted = sorted(&typed).unwrap();
        assert_eq!(
            sorted.notes.text().trim_end(),
            "CM du 3 mars\nprésents : Ada\neau 2 pour\nécole 3 pour"
        );
        let at = sorted.notes.text().find("2 pour").unwrap();
        let span = sorted.typed(&(at..at + 6));
        assert_eq!(&text[span], "2 pour");
        let mut findings = Vec::new();
        sorted.take_back(&mut findings);
        assert_eq!(findings.len(), 1);
    }

    #[test]
    fn notes_without_sheets_stay() {
        for text in ["CM\nvoir feuille 2\nfeuille 1 du registre signée", "CM\npage 1\nrien"] {
            assert!(sorted(&Notes::from_text(text).unwrap()).is_none(), "{text}");
        }
    }
}
