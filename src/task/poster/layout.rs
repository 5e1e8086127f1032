//! Notes as the reader of posters knows them: one statement a line, told from left to right.
//!
//! Bytes are put in the place of others and none is added, so that findings point at what was
//! typed.

use crate::notes::{Line, Notes};
use crate::reading::{Fact, capitals, facts, words};
use crate::task::running::{self, Cut};

/// The notes in small letters, without tables and without the plan that opens them, a statement a
/// line.
pub(super) fn prepared(notes: &Notes) -> Notes {
    let steps: [fn(&Notes) -> Option<Notes>; 8] = [
        capitals::relaxed,
        labelled,
        running::untabled,
        running::dotted_hours,
        unplanned,
        unnumbered,
        listed,
        |notes| running::parted(notes, Cut::Clauses),
    ];
    steps.iter().fold(notes.clone(), |notes, step| step(&notes).unwrap_or(notes))
}

/// Rows of two cells as « lieu:salle Haute »; what else a row of more cells tells after its day and
/// hours is parted by commas.
fn labelled(notes: &Notes) -> Option<Notes> {
    changed(notes, |line, bytes| {
        let cells: Vec<(usize, &str)> = cells(line.text);
        let told = |cell: &str| facts(cell).iter().any(|f| is_time(&f.fact));
        match cells.as_slice() {
            [(_, label), (at, _)] if is_label(label) => bytes[at - 1] = b':',
            [(_, first), (_, second), ..] if cells.len() > 2 && !told(first) && !told(second) => {}
            cells => {
                for pair in cells.windows(2) {
                    let [(_, before), (at, after)] = pair else { continue };
                    let priced = facts(after).iter().any(|f| matches!(f.fact, Fact::Amount(_)))
                        || after.eq_ignore_ascii_case("gratuit");
                    if !told(before) && !told(after) || priced {
                        bytes[at - 1] = b',';
                    }
                }
            }
        }
    })
}

/// The cells of a row that hold something, each with its place.
fn cells(line: &str) -> Vec<(usize, &str)> {
    let mut at = 0;
    let mut cells = Vec::new();
    for cell in line.split('\t') {
        if !cell.trim().is_empty() {
            cells.push((at, cell.trim()));
        }
        at += cell.len() + 1;
    }
    if line.contains('\t') && cells.first().is_some_and(|(at, _)| *at == 0) {
        cells
    } else {
        Vec::new()
    }
}

fn is_label(cell: &str) -> bool {
    cell.split_whitespace().count() <= 3 && cell.chars().all(|c| c.is_alphabetic() || c == ' ')
}

const fn is_time(fact: &Fact) -> bool {
    matches!(fact, Fact::Date(_) | Fact::Hour(_))
}

/// « 1. Quoi 2. Quand 3. Où »: a plan of headings that opens the notes says nothing of the event.
fn unplanned(notes: &Notes) -> Option<Notes> {
    let lines: Vec<Line<'_>> = notes.lines().filter(|line| !line.text.trim().is_empty()).collect();
    if let Some(plan) = lines.iter().take(2).find(|line| IN_ONE_LINE.is_match(line.text))
        && HEADING.find_iter(plan.text).count() > 1
        && lines.len() > 2
    {
        return changed(notes, |line, bytes| {
            if line.start == plan.start {
                bytes.fill(b' ');
            }
        });
    }
    let entry = |line: &Line<'_>| {
        ENTRY.is_match(line.text)
            && line.text.split_whitespace().count() <= MOST_IN_ENTRY
            && facts(line.text).iter().all(|f| matches!(f.fact, Fact::Number(_)))
    };
    let start = lines.iter().take(2).position(entry)?;
    let plan: Vec<&Line<'_>> = lines.iter().skip(start).take_while(|line| entry(line)).collect();
    let headings = plan.iter().filter(|line| HEADING.is_match(line.text)).count();
    if plan.len() < FEW_ENTRIES || headings * 2 < plan.len() || start + plan.len() == lines.len() {
        return None;
    }
    let end = plan.last()?.span().end;
    // « à sortir : » opens the plan.
    let opens = start == 1 && lines.first().is_some_and(|line| line.text.trim().ends_with(':'));
    let start = if opens { 0 } else { plan.first()?.start };
    changed(notes, |line, bytes| {
        if (start..end).contains(&line.start) {
            bytes.fill(b' ');
        }
    })
}

/// « les jeudis : 14 janv. = mails / 21 janv. = photos »: every day of a list has its line.
fn listed(notes: &Notes) -> Option<Notes> {
    changed(notes, |line, bytes| {
        let found = facts(line.text);
        let days = found.iter().filter(|f| matches!(&f.fact, Fact::Date(day) if day.day.is_some()));
        for day in days {
            let after = line.text.get(day.span.end..).unwrap_or_default();
            let Some(mark) = THEME.find(after) else { continue };
            let mark = day.span.end + mark.end() - 1;
            let before = line.text.get(..day.span.start).unwrap_or_default();
            let Some(cut) = CUT.find(before).filter(|_| !before.trim().is_empty()) else {
                if before.trim().is_empty() {
                    bytes[mark] = b':';
                }
                continue;
            };
            bytes[mark] = b':';
            bytes[cut.range()].fill(b' ');
            // A label keeps its colon: « les jeudis de 14 h à 16 h : ».
            bytes[cut.end() - 1] = b'\n';
        }
    })
}

/// The notes with some bytes of their lines changed; `None` where nothing is.
fn changed(notes: &Notes, change: impl Fn(&Line<'_>, &mut [u8])) -> Option<Notes> {
    let mut text = notes.text().as_bytes().to_vec();
    for line in notes.lines() {
        if let Some(bytes) = text.get_mut(line.span()) {
            change(&line, bytes);
        }
    }
    let text = String::from_utf8(text).ok().filter(|text| text != notes.text())?;
    Notes::from_text(&text).ok()
}

/// « 1. loto 2. samedi 5 juin »: the numbers of statements are no part of them.
fn unnumbered(notes: &Notes) -> Option<Notes> {
    let told = notes.lines().filter(|line| !line.text.trim().is_empty()).count();
    let numbered = notes.lines().filter(|line| ENTRY.is_match(line.text)).count();
    let mut lines = notes.lines().map(|line| line.text);
    let counted = lines.any(|line| FIRST.is_match(line))
        && lines.next().is_some_and(|line| SECOND.is_match(line));
    if !counted && (numbered < FEW_ENTRIES || numbered * 3 < told * 2) {
        return None;
    }
    changed(notes, |line, bytes| {
        if let Some(number) = ENTRY.captures(line.text).and_then(|found| found.name("number")) {
            bytes[number.range()].fill(b' ');
        }
    })
}

words!(FIRST, r"^\s*1\s?[.)/]\s*\p{L}");
words!(SECOND, r"^\s*2\s?[.)/]\s*\p{L}");

const MOST_IN_ENTRY: usize = 6;
const FEW_ENTRIES: usize = 3;

words!(ENTRY, r"^\s*(?P<number>(?:\d{1,2}|[a-h])\s?[.)/])\s*\p{L}");
words!(
    HEADING,
    r"(?i)\b(?:quoi|quand|o[ùu]|qui|combien|comment|pourquoi|titre|sous-titre|th[èe]me|dates?|jours?|heures?|horaires?|lieu|adresse|tarifs?|prix|inscriptions?|r[ée]servations?|contacts?|mentions?|programme|public|acc[èe]s|infos?|renseignements|organisateurs?|partenaires|logos?)\b"
);
words!(THEME, r"^\.?\s?[=:]");
words!(CUT, r"(?:\s[/;|+-]\s+|[:;,]\s+|\set\s)(?:le\s+)?$");
words!(
    IN_ONE_LINE,
    r"^\W*1\s?[.)/]\s*[^\d]{2,40}\b2\s?[.)/]\s*[^\d]{2,40}\b3\s?[.)/]\D*(?:\b\d\s?[.)/]\D*)*$"
);

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        let notes = Notes::from_text(text).unwrap();
        let told = prepared(&notes);
        assert_eq!(told.text().len(), notes.text().len());
        let lines = told.lines().map(|line| line.text.trim().to_owned());
        lines.filter(|line| !line.is_empty()).collect()
    }

    #[test]
    fn a_plan_of_headings_is_not_told() {
        assert_eq!(
            lines("1. Quoi\n2. Quand, où\n3) Tarif\nloto du judo\nle 5 juin 2027"),
            ["loto du judo", "le 5 juin 2027"]
        );
        assert_eq!(lines("1) quoi 2) quand 3) où\nloto du judo\nle 5 juin 2027").len(), 2);
        // A list of things to do there is none.
        let told = "fête du four\n1. pain\n2. pizzas\n3. tartes\nle 5 juin 2027";
        assert_eq!(lines(told).len(), 5);
    }

    #[test]
    fn every_day_of_a_list_has_its_line() {
        assert_eq!(
            lines(
                "ateliers\nles lundis 10h-12h : 7 juin 2027 = tri / lun. 14 juin = compost\n21 juin : paillage"
            ),
            [
                "ateliers",
                "les lundis 10h-12h",
                "7 juin 2027 : tri",
                "lun. 14 juin : compost",
                "21 juin : paillage"
            ]
        );
        assert_eq!(
            lines("stages : 7 juin = arc, 14 juin = tissage et 21 juin = tri"),
            ["stages", "7 juin : arc", "14 juin : tissage", "21 juin : tri"]
        );
        assert_eq!(lines("loto / samedi 5 juin 2027 / 20h").len(), 1);
    }

    #[test]
    fn rows_of_two_cells_have_a_label() {
        assert_eq!(
            lines("stage\nLieu\tsalle Haute, 2 quai Vert\nlun. 7/06/2027\t10:00-12:00\tarc\tgants"),
            ["stage", "Lieu:salle Haute, 2 quai Vert", "lun. 7/06/2027 10:00-12:00 arc,gants"]
        );
    }
}
