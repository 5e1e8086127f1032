//! Two meetings in one file: the first is drafted, the others are for a file of their own.

use std::sync::LazyLock;

use regex::Regex;

use crate::finding::{Finding, FindingKind};
use crate::notes::{Line, Notes};
use crate::reading::{Fact, PartialDate, facts, pattern};

/// A line that opens a meeting.
static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^[#=*\s-]*(?:notes?\s+|pv\s+|cr\s+|compte[- ]rendu\s+|s[ée]ance\s+)*(?:de\s+(?:la\s+)?|du\s+)?(?:cm|conseil(?:\s+municipal)?|ago?|age|assembl[ée]e(?:\s+g[ée]n[ée]rale)?|r[ée]union|ca|commission)\b",
    )
});
/// What the first lines of a meeting are about.
static OPENING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:pr[ée]sents?|ouvert\w*|d[ée]but|odj|ordre\s+du\s+jour|convoc\w*|excus\w*|en\s+exercice|quorum)\b",
    )
});
/// How many of the next lines have to speak of an opening.
const REACH: usize = 6;

/// The notes of the first meeting, when others follow it in the same file, and the finding that
/// says so.
pub fn first(notes: &Notes, findings: &mut Vec<Finding>) -> Option<Notes> {
    let lines: Vec<Line<'_>> = notes.lines().filter(|l| !l.text.trim().is_empty()).collect();
    let date = |text: &str| {
        facts(text).into_iter().find_map(|f| match f.fact {
            Fact::Date(date) if date.day.is_some() => Some(date),
            _ => None,
        })
    };
    let own = lines.iter().take(3).find_map(|l| date(l.text))?;
    let same = |other: PartialDate| (other.day, other.month) == (own.day, own.month);
    let (index, line) = lines.iter().enumerate().skip(4).find(|(index, line)| {
        TITLE.is_match(line.text)
            && !line.text.starts_with(' ')
            && date(line.text).is_some_and(|d| !same(d))
            && lines.iter().skip(index + 1).take(REACH).filter(|l| OPENING.is_match(l.text)).count()
                >= 2
    })?;
    let span = line.start..notes.text().len();
    let kept = Notes::from_text(notes.text().get(..line.start)?).ok()?;
    findings.push(Finding::check(
        FindingKind::Unused,
        Some(span),
        format!(
            "Le fichier contient une autre réunion à partir de « {} » ({} lignes) : elle n’est pas dans ce document, mettez-la dans un fichier à part.",
            line.text.trim(),
            lines.len() - index
        ),
    ));
    Some(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Option<String> {
        let notes = Notes::from_text(text).unwrap();
        let mut findings = Vec::new();
        let first = first(&notes, &mut findings);
        assert_eq!(first.is_some(), findings.len() == 1);
        first.map(|n| n.text().trim_end().to_owned())
    }

    #[test]
    fn a_second_meeting_is_left_for_another_file() {
        let one = "CM 3 mars 2026\nouvert 20h\nprésents : Ada, Luc\n1/ voirie : 2 pour\nfin 21h";
        let two = "CM 7 avril 2026\nouvert 20h\nprésents : Ada\n1/ école : 1 pour";
        assert_eq!(cut(&format!("{one}\n\n{two}")).as_deref(), Some(one));
        assert_eq!(cut(one), None);
        assert_eq!(cut(&format!("{one}\nprochain CM 7 avril 2026 20h")), None);
        assert_eq!(cut(&format!("{one}\nCM 7 avril 2026 à la mairie")), None);
    }
}
