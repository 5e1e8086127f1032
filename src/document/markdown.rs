//! Markdown: `CommonMark` and GitHub's tables, made to be read raw as well as rendered.
//!
//! Whatever the user typed comes out as words: a mark that would be taken for syntax gets a
//! backslash, and only then. A blank to fill, `[À COMPLÉTER : …]`, is never escaped, since nothing
//! in the output defines a link: the opening parenthesis or colon after `]` is escaped instead.
//! Left out: alignment, which Markdown does not have.

use super::runs::{self, Run};
use super::{Block, Document};

/// Widest cell that its column is filled up to; beyond it, padding hinders more than it helps.
const PADDED_CELL: usize = 40;

/// Writes the document as Markdown, a final line end included unless it is empty.
pub fn write(document: &Document) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut previous: Option<(bool, bool)> = None;
    for block in &document.blocks {
        let (part, list) = self::block(block, previous);
        if !part.is_empty() {
            parts.push(part);
            previous = list;
        }
    }
    let mut output = parts.join("\n\n");
    if !output.is_empty() {
        output.push('\n');
    }
    output
}

/// A block, and for a list whether it is numbered and has the other marker.
fn block(block: &Block, previous: Option<(bool, bool)>) -> (String, Option<(bool, bool)>) {
    let mut list = None;
    let part = match block {
        Block::Heading { level, text } => heading(*level, text),
        Block::Paragraph { text, .. } => paragraph(&runs::lines(text)),
        Block::List { ordered, items } => {
            // Two lists in a row would be read as one: the second has the other marker.
            let other = matches!(previous, Some((o, other)) if o == *ordered && !other);
            list = Some((*ordered, other));
            let items: Vec<_> = items.iter().map(|item| runs::lines(item)).collect();
            self::list(*ordered, other, &items)
        }
        Block::Table { header, rows } => runs::rectangle(header, rows)
            .map(|(header, rows)| table(&header, &rows))
            .unwrap_or_default(),
        Block::Signatures(signers) => signatures(signers),
        Block::Letterhead { block, .. } => return self::block(block, previous),
    };
    (part, list)
}

fn heading(level: u8, text: &str) -> String {
    let mut text = escape(&runs::one_line(text));
    if text.is_empty() {
        return text;
    }
    // A final run of # would be taken for the closing sequence.
    let end = text.trim_end_matches('#').len();
    if end < text.len() {
        text.insert(end, '\\');
    }
    format!("{} {text}", "#".repeat(usize::from(level.clamp(1, 6))))
}

fn paragraph(lines: &[Vec<Run>]) -> String {
    lines
        .split(Vec::is_empty)
        .filter(|group| !group.is_empty())
        .map(|group| hard_lines(group, ""))
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// Lines of one paragraph, with two spaces at their ends: invisible when read raw.
fn hard_lines(lines: &[Vec<Run>], indent: &str) -> String {
    lines
        .iter()
        .filter(|line| !line.is_empty())
        .map(|line| escape_start(&inline(line)))
        .collect::<Vec<_>>()
        .join(&format!("  \n{indent}"))
}

fn list(ordered: bool, other: bool, items: &[Vec<Vec<Run>>]) -> String {
    items
        .iter()
        .enumerate()
        .map(|(index, lines)| {
            let marker = match (ordered, other) {
                (true, false) => format!("{}.", index + 1),
                (true, true) => format!("{})", index + 1),
                (false, false) => "-".to_owned(),
                (false, true) => "*".to_owned(),
            };
            let text = hard_lines(lines, &" ".repeat(marker.len() + 1));
            // `[ ]` and `[x]` at the start of an item are check boxes.
            let text = match text.get(..4) {
                Some("[ ] " | "[x] " | "[X] ") => format!("\\{text}"),
                _ => text,
            };
            format!("{marker} {text}").trim_end().to_owned()
        })
        .collect::<Vec<_>>()
        .join("\n")
}

fn table(header: &[String], rows: &[Vec<String>]) -> String {
    let cell = |text: &String| escape(text).replace('|', "\\|");
    let header: Vec<String> = header.iter().map(cell).collect();
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    let mut widths = vec![3; header.len()];
    for row in std::iter::once(&header).chain(&rows) {
        for (width, text) in widths.iter_mut().zip(row) {
            *width = (*width).max(text.chars().count().min(PADDED_CELL));
        }
    }
    let line = |row: &Vec<String>| {
        let cells: Vec<String> =
            row.iter().zip(&widths).map(|(text, width)| format!("{text:<width$}")).collect();
        format!("| {} |", cells.join(" | "))
    };
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    let mut lines = vec![line(&header), line(&rule)];
    lines.extend(rows.iter().map(line));
    lines.join("\n")
}

/// One signer is a paragraph; several stand in the columns of a table.
fn signatures(signers: &[String]) -> String {
    let signers: Vec<Vec<String>> =
        signers.iter().map(|s| runs::plain_lines(s)).filter(|lines| !lines.is_empty()).collect();
    if let [signer] = signers.as_slice() {
        let lines: Vec<String> = signer.iter().map(|line| escape_start(&escape(line))).collect();
        return lines.join("  \n");
    }
    let height = signers.iter().map(Vec::len).max().unwrap_or(0);
    let row = |index: usize| -> Vec<String> {
        signers.iter().map(|lines| lines.get(index).cloned().unwrap_or_default()).collect()
    };
    if height == 0 {
        return String::new();
    }
    table(&row(0), &(1..height).map(row).collect::<Vec<_>>())
}

fn inline(line: &[Run]) -> String {
    let mut output = String::new();
    for (index, run) in line.iter().enumerate() {
        let inner = run.text.trim();
        if !run.strong || inner.is_empty() {
            output.push_str(&escape(&run.text));
            continue;
        }
        let start = run.text.len() - run.text.trim_start().len();
        let (before, after) = (&run.text[..start], &run.text[start + inner.len()..]);
        output.push_str(before);
        let escaped = escape(inner);
        let next = after
            .chars()
            .next()
            .or_else(|| line.get(index + 1).and_then(|run| run.text.chars().next()));
        let can_open = flanks(output.chars().next_back(), escaped.chars().next());
        let can_close = flanks(next, escaped.chars().next_back());
        // Where CommonMark would not see the marks as emphasis, the words alone are written.
        if can_open && can_close {
            output.push_str(&format!("**{escaped}**"));
        } else {
            output.push_str(&escaped);
        }
        output.push_str(after);
    }
    output
}

/// Whether `**` between these two characters is on the edge of a strong run (`CommonMark` 6.2).
fn flanks(outside: Option<char>, inside: Option<char>) -> bool {
    // What is neither surely a word nor surely punctuation counts for neither.
    let is_word = char::is_alphanumeric;
    let is_mark =
        |c: char| c.is_whitespace() || c.is_ascii_punctuation() || "«»’‘“”…–—".contains(c);
    inside.is_some_and(is_word) || outside.is_none_or(is_mark)
}

/// Escapes what is syntax anywhere in a line.
fn escape(text: &str) -> String {
    let mut output = String::with_capacity(text.len());
    let mut previous: Option<char> = None;
    let mut rest = text.chars();
    while let Some(c) = rest.next() {
        let next = rest.as_str().chars().next();
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let syntax = match c {
            '\\' | '`' | '*' | '<' => true,
            '_' => !(word(previous) && word(next)),
            '~' => !(blank(previous) && blank(next)),
            '&' => rest.as_str().find(';').is_some_and(|end| is_entity(&rest.as_str()[..end])),
            '(' | ':' => previous == Some(']'),
            _ => false,
        };
        if syntax {
            output.push('\\');
        }
        output.push(c);
        previous = Some(c);
    }
    output
}

fn is_entity(name: &str) -> bool {
    let name = name.strip_prefix('#').unwrap_or(name);
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric())
}

/// Escapes what is syntax only where a line starts: lists, headings, quotes, rules.
fn escape_start(line: &str) -> String {
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    let mut after = line[digits..].chars();
    let (mark, next) = (after.next(), after.next());
    let ends = next.is_none_or(|c| c == ' ');
    if (1..=9).contains(&digits) && matches!(mark, Some('.' | ')')) && ends {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    let hashes = line.chars().take_while(|c| *c == '#').count();
    let heading = hashes > 0 && matches!(line.get(hashes..=hashes), None | Some(" "));
    let rule = !line.is_empty()
        && (line.chars().all(|c| "-:| ".contains(c)) || line.chars().all(|c| "= ".contains(c)));
    let marker = digits == 0 && matches!(mark, Some('-' | '+')) && ends;
    if heading || rule || marker || line.starts_with('>') {
        return format!("\\{line}");
    }
    line.to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::{Align, Inline};
    use super::*;

    fn one(block: Block) -> String {
        write(&Document { title: String::new(), blocks: vec![block], ..Document::default() })
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(one(Block::paragraph(text)).trim_end(), expected);
    }

    #[test]
    fn a_blank_to_fill_comes_out_exactly() {
        check("Fait à [À COMPLÉTER : lieu], le 3 mai", "Fait à [À COMPLÉTER : lieu], le 3 mai");
        check("[À COMPLÉTER : lieu](note)", "[À COMPLÉTER : lieu]\\(note)");
        check("[À COMPLÉTER]: oui", "[À COMPLÉTER]\\: oui");
    }

    #[test]
    fn a_paragraph_is_not_taken_for_a_list_or_a_heading() {
        check("1. Budget", "1\\. Budget");
        check("12) Budget", "12\\) Budget");
        check("- pain", "\\- pain");
        check("# 3", "\\# 3");
        check("> 20 personnes", "\\> 20 personnes");
        check("---", "\\---");
        check("===", "\\===");
        check("-5 °C le matin", "-5 °C le matin");
        check("1.5 km", "1.5 km");
        check("#mairie", "#mairie");
    }

    #[test]
    fn marks_in_words_are_escaped_only_where_they_are_syntax() {
        check("5 * 3 < 20", "5 \\* 3 \\< 20");
        check("plan_local & Cie, R&D", "plan_local & Cie, R&D");
        check("&amp; _seul_", "\\&amp; \\_seul\\_");
        check("~~barré~~ `code` C:\\a", "\\~\\~barré\\~\\~ \\`code\\` C:\\\\a");
    }

    #[test]
    fn strong_marks_stay_against_words() {
        let text = vec![
            Inline::Strong("Présents : ".into()),
            Inline::Strong("tous".into()),
            Inline::Plain(", sauf un".into()),
        ];
        let block = Block::Paragraph { text, align: Align::Left };
        assert_eq!(one(block), "**Présents : tous**, sauf un\n");
        assert_eq!(one(Block::labelled("Vote", "10 pour")), "**Vote :** 10 pour\n");
    }

    #[test]
    fn emphasis_that_would_show_its_marks_is_dropped() {
        let text = vec![Inline::Strong("Vote :".into()), Inline::Plain("10".into())];
        assert_eq!(one(Block::Paragraph { text, align: Align::Left }), "Vote :10\n");
    }

    #[test]
    fn lines_break_with_two_spaces() {
        let block = Block::aligned(Align::Right, "Mairie\n1 place du Lavoir");
        assert_eq!(one(block), "Mairie  \n1 place du Lavoir\n");
    }

    #[test]
    fn lists_use_dashes_and_two_in_a_row_stay_apart() {
        let mut document = Document::new("");
        document.push(Block::dashes(["a".into(), "1. b".into()]));
        document.push(Block::dashes(["c".into()]));
        document.push(Block::numbered(["d".into(), "e\nf".into()]));
        assert_eq!(write(&document), "- a\n- 1\\. b\n\n* c\n\n1. d\n2. e  \n   f\n");
    }

    #[test]
    fn headings_keep_their_numbers() {
        assert_eq!(one(Block::heading(2, "1. Budget #")), "## 1. Budget \\#\n");
    }

    #[test]
    fn tables_escape_bars() {
        let block = Block::Table {
            header: vec!["Devis".into(), "HT".into()],
            rows: vec![vec!["A|B".into()]],
        };
        assert_eq!(one(block), "| Devis | HT  |\n| ----- | --- |\n| A\\|B  |     |\n");
    }

    #[test]
    fn signatures_stand_side_by_side() {
        let block = Block::Signatures(vec!["La maire\nO. B.".into(), "Le secrétaire".into()]);
        let expected = "| La maire | Le secrétaire |\n| -------- | ------------- |\n\
                        | O. B.    |               |\n";
        assert_eq!(one(block), expected);
    }
}
