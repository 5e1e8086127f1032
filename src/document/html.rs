//! HTML: one self-contained page that prints well and that a screen reader reads well.
//!
//! Real headings, lists and table headers, a declared language, contrast above AA (RGAA asks for
//! A and AA), nothing fetched from anywhere. Blanks to fill stand in `<mark>`, underlined too, so
//! that they show in black and white. The generator is named in the page's metadata.

use std::fmt::Write;

use super::runs::{self, Run};
use super::{Align, Block, Document};

/// How a blank to fill starts.
const BLANK: &str = "[À COMPLÉTER";

/// For the screen and for paper; text at 17:1, the marked blanks at 15:1.
const STYLE: &str = "\
:root{color-scheme:light}
body{margin:0;background:#fff;color:#1b1b1b;font:1rem/1.5 Georgia,\"Liberation Serif\",serif}
main{max-width:42rem;margin:2rem auto;padding:0 1rem;overflow-wrap:break-word}
h1,h2,h3,h4{line-height:1.25;margin:1.5em 0 .5em;break-after:avoid}
h1{font-size:1.6rem;text-align:center}
h2{font-size:1.2rem}
h3,h4{font-size:1.05rem}
p{margin:.6em 0;orphans:3;widows:3}
ul,ol{margin:.6em 0;padding-left:1.6em}
.center{text-align:center}
.right{width:fit-content;max-width:60%;margin-left:auto}
table{border-collapse:collapse;width:100%;margin:1em 0}
th,td{border:1px solid #595959;padding:.3em .6em;text-align:left;vertical-align:top}
th{background:#eee}
tr{break-inside:avoid}
mark{background:#fff3b0;color:#1b1b1b;border-bottom:2px solid #7a5c00}
.signatures{display:flex;flex-wrap:wrap;gap:2rem;margin-top:2em;break-inside:avoid}
.signatures p{flex:1 1 10rem;min-height:6rem}
@page{size:A4;margin:2cm}
@media print{body{font-size:11pt}main{max-width:none;margin:0;padding:0}}";

/// Writes the document as a complete page.
pub fn write(document: &Document) -> String {
    let mut body = String::new();
    for block in &document.blocks {
        write_block(&mut body, block);
    }
    format!(
        "<!DOCTYPE html>\n<html lang=\"fr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"Greffier {version}\">\n\
         <title>{title}</title>\n<style>\n{STYLE}\n</style>\n</head>\n\
         <body>\n<main>\n{body}</main>\n</body>\n</html>\n",
        version = env!("CARGO_PKG_VERSION"),
        title = escape(&title(document)),
    )
}

/// A page must have a title: the document's, or its first heading.
pub(super) fn title(document: &Document) -> String {
    let headings = document.blocks.iter().filter_map(|block| match block {
        Block::Heading { text, .. } => Some(text),
        _ => None,
    });
    std::iter::once(&document.title)
        .chain(headings)
        .map(|text| runs::one_line(text))
        .find(|text| !text.trim().is_empty())
        .unwrap_or_else(|| "Document".to_owned())
}

fn write_block(body: &mut String, block: &Block) {
    match block {
        Block::Heading { level, text } => {
            let text = runs::one_line(text);
            if !text.is_empty() {
                let level = (*level).clamp(1, 6);
                line(body, &format!("<h{level}>{}</h{level}>", marked(&text)));
            }
        }
        Block::Paragraph { text, align } => {
            let text = inline(&runs::lines(text));
            let class = match align {
                Align::Left => "",
                Align::Center => " class=\"center\"",
                Align::Right => " class=\"right\"",
            };
            if !text.is_empty() {
                line(body, &format!("<p{class}>{text}</p>"));
            }
        }
        Block::List { ordered, items } if !items.is_empty() => {
            let tag = if *ordered { "ol" } else { "ul" };
            line(body, &format!("<{tag}>"));
            for item in items {
                line(body, &format!("<li>{}</li>", inline(&runs::lines(item))));
            }
            line(body, &format!("</{tag}>"));
        }
        Block::List { .. } => {}
        Block::Table { header, rows } => {
            if let Some((header, rows)) = runs::rectangle(header, rows) {
                table(body, &header, &rows);
            }
        }
        Block::Signatures(signers) => {
            let signers: Vec<String> = signers
                .iter()
                .map(|signer| {
                    let lines = runs::plain_lines(signer);
                    lines.iter().map(|l| marked(l)).collect::<Vec<_>>().join("<br>\n")
                })
                .filter(|signer| !signer.is_empty())
                .collect();
            if !signers.is_empty() {
                line(body, "<div class=\"signatures\">");
                for signer in signers {
                    line(body, &format!("<p>{signer}</p>"));
                }
                line(body, "</div>");
            }
        }
    }
}

fn table(body: &mut String, header: &[String], rows: &[Vec<String>]) {
    let cells = |row: &[String], open: &str, close: &str| -> String {
        row.iter().map(|cell| format!("{open}{}{close}", marked(cell))).collect()
    };
    line(body, "<table>");
    let header = cells(header, "<th scope=\"col\">", "</th>");
    line(body, &format!("<thead>\n<tr>{header}</tr>\n</thead>\n<tbody>"));
    for row in rows {
        line(body, &format!("<tr>{}</tr>", cells(row, "<td>", "</td>")));
    }
    line(body, "</tbody>\n</table>");
}

fn line(body: &mut String, text: &str) {
    body.push_str(text);
    body.push('\n');
}

fn inline(lines: &[Vec<Run>]) -> String {
    let lines: Vec<String> = lines
        .iter()
        .map(|line| {
            line.iter().fold(String::new(), |mut output, run| {
                let text = marked(&run.text);
                if run.strong {
                    // Writing to a string cannot fail.
                    let _ = write!(output, "<strong>{text}</strong>");
                } else {
                    output.push_str(&text);
                }
                output
            })
        })
        .collect();
    lines.join("<br>\n")
}

/// Escaped text with the blanks to fill marked.
fn marked(text: &str) -> String {
    let mut output = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(BLANK) {
        let Some(length) = rest[start..].find(']') else { break };
        let end = start + length + 1;
        output.push_str(&escape(&rest[..start]));
        output.push_str(&format!("<mark>{}</mark>", escape(&rest[start..end])));
        rest = &rest[end..];
    }
    output.push_str(&escape(rest));
    output
}

fn escape(text: &str) -> String {
    let mut output = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => output.push_str("&amp;"),
            '<' => output.push_str("&lt;"),
            '>' => output.push_str("&gt;"),
            '"' => output.push_str("&quot;"),
            '\'' => output.push_str("&#39;"),
            c => output.push(c),
        }
    }
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(block: Block) -> String {
        let page = write(&Document { title: "t".into(), blocks: vec![block] });
        let start = page.find("<main>\n").unwrap() + 7;
        page[start..page.find("</main>").unwrap()].to_owned()
    }

    #[test]
    fn the_page_is_complete_and_fetches_nothing() {
        let page = write(&Document::new("Conseil du 3 < 4"));
        assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"fr\">"));
        assert!(page.contains("<meta charset=\"utf-8\">"));
        assert!(page.contains("<title>Conseil du 3 &lt; 4</title>"));
        assert!(page.contains("name=\"generator\" content=\"Greffier "));
        for external in ["http", "url(", "@import", "src=", "href="] {
            assert!(!page.contains(external), "{external}");
        }
    }

    #[test]
    fn a_page_always_has_a_title() {
        assert!(write(&Document::default()).contains("<title>Document</title>"));
        let document = Document { title: " ".into(), blocks: vec![Block::heading(1, "Affiche")] };
        assert!(write(&document).contains("<title>Affiche</title>"));
    }

    #[test]
    fn blanks_to_fill_are_marked() {
        let output = body(Block::paragraph("à [À COMPLÉTER : lieu & heure], le [À COMPLÉTER"));
        assert_eq!(
            output,
            "<p>à <mark>[À COMPLÉTER : lieu &amp; heure]</mark>, le [À COMPLÉTER</p>\n"
        );
    }

    #[test]
    fn text_is_never_markup() {
        let output = body(Block::heading(2, "<script>alert(\"x\")</script> & 'y'"));
        assert_eq!(
            output,
            "<h2>&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;</h2>\n"
        );
    }

    #[test]
    fn tables_have_column_headers() {
        let block = Block::Table { header: vec!["Pour".into()], rows: vec![vec!["10".into()]] };
        let output = body(block);
        assert!(output.contains("<th scope=\"col\">Pour</th>"));
        assert!(output.contains("<tr><td>10</td></tr>"));
    }

    #[test]
    fn paragraphs_keep_their_place_and_breaks() {
        let output = body(Block::aligned(Align::Right, "Mairie\n1 place"));
        assert_eq!(output, "<p class=\"right\">Mairie<br>\n1 place</p>\n");
        assert_eq!(body(Block::labelled("Vote", "5")), "<p><strong>Vote :</strong> 5</p>\n");
    }

    #[test]
    fn signatures_keep_together() {
        let output = body(Block::Signatures(vec!["La maire".into(), "Le secrétaire".into()]));
        assert!(output.starts_with("<div class=\"signatures\">\n<p>La maire</p>\n<p>Le"));
    }
}
