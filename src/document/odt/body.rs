//! Blocks as paragraphs, lists and tables of an ODF text, dressed with our styles or a template's.
//!
//! In a template the running text takes over the style of the paragraph that it replaces, with
//! what the user gave it by hand; the page style that begins there begins with the first block.

use std::collections::BTreeMap;

use super::super::page::{self, Placed};
use super::super::runs::{self, Run};
use super::super::xml::Xml;
use super::super::{Align, Block, Inline};
use super::automatic::{Automatic, Paragraph};
use super::styles::{ROLES, Role};

/// How blocks are dressed.
#[derive(Debug, Clone)]
pub(in crate::document) struct Dress {
    /// Styles by role.
    pub(in crate::document) styles: BTreeMap<Role, String>,
    /// The running paragraph.
    pub(in crate::document) text: Paragraph,
    /// Style of characters outside headings.
    pub(in crate::document) characters: Option<String>,
    /// Style of characters that lists, tables and the like take over from the running paragraph,
    /// whose own style gives it to its text.
    pub(in crate::document) beside: Option<String>,
    /// Automatic styles made on the way.
    pub(in crate::document) automatic: Automatic,
}

impl Dress {
    /// Ours.
    pub(super) fn ours() -> Self {
        let styles: BTreeMap<Role, String> =
            ROLES.into_iter().map(|role| (role, role.name().to_owned())).collect();
        let text = Paragraph { parent: Role::Text.name().to_owned(), ..Paragraph::default() };
        Self { styles, text, characters: None, beside: None, automatic: Automatic::default() }
    }

    /// The blocks, as the content of a text; at least one paragraph.
    pub(in crate::document) fn write(&mut self, blocks: &[&Block]) -> String {
        let mut xml = Xml::default();
        for placed in page::placed(blocks) {
            self.block(&mut xml, &placed);
        }
        let mut output = xml.finish();
        if output.is_empty() || self.text.master_page.is_some() {
            // A page style that found no paragraph to begin with.
            let style = self.automatic.paragraph(&self.text.clone());
            output.insert_str(0, &format!("<text:p text:style-name=\"{style}\"/>"));
        }
        output
    }

    fn block(&mut self, xml: &mut Xml, placed: &Placed<'_>) {
        match placed.block {
            Block::Heading { level, text } => self.heading(xml, *level, text, placed.centred),
            Block::Paragraph { text, align } => {
                let lines = runs::lines(text);
                if lines.is_empty() {
                    return;
                }
                let mut paragraph = match align {
                    Align::Right => self.of(Role::Right),
                    Align::Left | Align::Center => self.text.clone(),
                };
                if *align == Align::Center {
                    paragraph.attributes.push("fo:text-align=\"center\"".into());
                }
                if let Some((above, below)) = placed.apart {
                    paragraph.attributes.push(format!("fo:margin-top=\"{above}mm\""));
                    paragraph.attributes.push(format!("fo:margin-bottom=\"{below}mm\""));
                }
                if placed.keep_with_next {
                    paragraph.attributes.push("fo:keep-with-next=\"always\"".into());
                }
                self.paragraph(xml, paragraph, &lines);
            }
            Block::List { ordered, items } => self.list(xml, *ordered, items),
            Block::Table { header, rows } => {
                if let Some((header, rows)) = runs::rectangle(header, rows) {
                    self.table(xml, &header, &rows);
                }
            }
            Block::Signatures(signers) => self.signatures(xml, &page::signers(signers)),
            Block::Letterhead { .. } => {}
        }
    }

    fn of(&self, role: Role) -> Paragraph {
        Paragraph { parent: self.style(role), ..Paragraph::default() }
    }

    fn style(&self, role: Role) -> String {
        self.styles.get(&role).cloned().unwrap_or_else(|| role.name().to_owned())
    }

    fn heading(&mut self, xml: &mut Xml, level: u8, text: &str, centred: bool) {
        let text = runs::one_line(text);
        if text.is_empty() {
            return;
        }
        let level = level.clamp(1, 4);
        let mut paragraph = self.of(Role::Heading(level));
        if centred {
            paragraph.attributes.push("fo:text-align=\"center\"".into());
        }
        let style = self.begin(paragraph);
        let level = level.to_string();
        xml.open("text:h", &[("text:style-name", &style), ("text:outline-level", &level)]);
        self.marked(xml, &text);
        xml.close();
    }

    /// The style of a paragraph; the first one begins the page style.
    fn begin(&mut self, mut paragraph: Paragraph) -> String {
        paragraph.master_page = self.text.master_page.take();
        self.automatic.paragraph(&paragraph)
    }

    fn list(&mut self, xml: &mut Xml, ordered: bool, items: &[Vec<Inline>]) {
        if items.is_empty() {
            return;
        }
        let list = self.style(if ordered { Role::Numbers } else { Role::Dashes });
        xml.open("text:list", &[("text:style-name", &list)]);
        for (index, item) in items.iter().enumerate() {
            let mut paragraph = self.of(Role::Entry);
            if index + 1 == items.len() {
                paragraph.attributes.push("fo:margin-bottom=\"2.1mm\"".into());
            }
            xml.open("text:list-item", &[]);
            self.paragraph(xml, paragraph, &runs::lines(item));
            xml.close();
        }
        xml.close();
    }

    fn table(&mut self, xml: &mut Xml, header: &[String], rows: &[Vec<String>]) {
        let shares = page::column_shares(header, rows);
        let line = "fo:border=\"0.5pt solid #595959\" fo:padding-top=\"0.4mm\" fo:padding-bottom=\"0.4mm\" fo:padding-left=\"1.6mm\" fo:padding-right=\"1.6mm\"";
        let cell = |grey: &str| format!("<style:table-cell-properties {grey}{line}/>");
        let title = cell("fo:background-color=\"#ededed\" ");
        let title = self.automatic.other("table-cell", "", &title);
        let cell = self.automatic.other("table-cell", "", &cell(""));
        self.open_table(xml, &shares, "fo:margin-top=\"1mm\" fo:margin-bottom=\"3mm\"");
        xml.open("table:table-header-rows", &[]);
        self.row(xml, header, &title, Role::ColumnTitle);
        xml.close();
        for row in rows {
            self.row(xml, row, &cell, Role::Cell);
        }
        xml.close();
    }

    /// A table as wide as the text, whose rows are not cut.
    fn open_table(&mut self, xml: &mut Xml, shares: &[u32], margins: &str) {
        let page = self.text.master_page.take();
        let page = page.map_or_else(String::new, |page| {
            format!(" style:master-page-name=\"{}\"", super::super::xml::escaped(&page))
        });
        let whole = format!(
            "<style:table-properties style:rel-width=\"100%\" table:align=\"margins\" table:border-model=\"collapsing\" {margins}/>"
        );
        let table = self.automatic.other("table", &page, &whole);
        xml.open("table:table", &[("table:style-name", &table)]);
        for share in shares {
            let column = format!(
                "<style:table-column-properties style:column-width=\"{:.2}mm\" style:rel-column-width=\"{share}*\"/>",
                page::TEXT_WIDTH_MM * f64::from(*share) / 1000.0
            );
            let column = self.automatic.other("table-column", "", &column);
            xml.empty("table:table-column", &[("table:style-name", &column)]);
        }
    }

    fn open_row(&mut self, xml: &mut Xml) {
        let whole = "<style:table-row-properties fo:keep-together=\"always\"/>";
        let row = self.automatic.other("table-row", "", whole);
        xml.open("table:table-row", &[("table:style-name", &row)]);
    }

    fn row(&mut self, xml: &mut Xml, cells: &[String], style: &str, role: Role) {
        self.open_row(xml);
        for cell in cells {
            let attributes = [("table:style-name", style), ("office:value-type", "string")];
            xml.open("table:table-cell", &attributes);
            let run = Run { text: cell.clone(), strong: false };
            self.paragraph(xml, self.of(role), &[vec![run]]);
            xml.close();
        }
        xml.close();
    }

    /// Alone: on the right. Several: side by side in a table without lines, kept on one page.
    fn signatures(&mut self, xml: &mut Xml, signers: &[Vec<String>]) {
        match signers {
            [] => {}
            [one] => {
                let indent = format!("fo:margin-left=\"{}mm\"", page::RIGHT_BLOCK_MM);
                self.signer(xml, one, &[indent]);
            }
            several => {
                let columns = several.len().min(page::SIGNATURES_A_ROW);
                let share = 1000 / u32::try_from(columns).unwrap_or(1);
                self.open_table(
                    xml,
                    &vec![share; columns],
                    "fo:margin-top=\"0mm\" style:may-break-between-rows=\"false\"",
                );
                let bare = "<style:table-cell-properties fo:border=\"none\" fo:padding=\"0mm\"/>";
                let cell = self.automatic.other("table-cell", "", bare);
                for row in several.chunks(columns) {
                    self.open_row(xml);
                    for column in 0..columns {
                        let attributes =
                            [("table:style-name", cell.as_str()), ("office:value-type", "string")];
                        xml.open("table:table-cell", &attributes);
                        match row.get(column) {
                            Some(signer) => self.signer(xml, signer, &[]),
                            None => xml.empty("text:p", &[]),
                        }
                        xml.close();
                    }
                    xml.close();
                }
                xml.close();
            }
        }
    }

    /// The capacity, room to sign, then the name; room below for a name alone.
    fn signer(&mut self, xml: &mut Xml, lines: &[String], own: &[String]) {
        let last = lines.len().saturating_sub(1);
        let signed = page::signed_after(lines);
        for (index, line) in lines.iter().enumerate() {
            let mut paragraph = self.of(Role::Signature);
            paragraph.attributes.extend(own.iter().cloned());
            if index == 0 {
                paragraph.attributes.push("fo:margin-top=\"6mm\"".into());
            }
            if index == signed {
                paragraph.attributes.push("fo:margin-bottom=\"16mm\"".into());
            }
            if index != last {
                paragraph.attributes.push("fo:keep-with-next=\"always\"".into());
            }
            let run = Run { text: line.clone(), strong: false };
            self.paragraph(xml, paragraph, &[vec![run]]);
        }
    }

    fn paragraph(&mut self, xml: &mut Xml, paragraph: Paragraph, lines: &[Vec<Run>]) {
        let beside = self.beside.as_ref().filter(|_| paragraph.taken.is_empty()).cloned();
        let style = self.begin(paragraph);
        xml.open("text:p", &[("text:style-name", &style)]);
        let spans: Vec<String> = beside.into_iter().chain(self.characters.clone()).collect();
        for span in &spans {
            xml.open("text:span", &[("text:style-name", span)]);
        }
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                xml.empty("text:line-break", &[]);
            }
            for run in line {
                if run.strong {
                    xml.open("text:span", &[("text:style-name", &self.style(Role::Strong))]);
                }
                self.marked(xml, &run.text);
                if run.strong {
                    xml.close();
                }
            }
        }
        for _ in 0..=spans.len() {
            xml.close();
        }
    }

    /// Text with its blanks marked.
    fn marked(&self, xml: &mut Xml, text: &str) {
        for (piece, blank) in runs::blanks(text) {
            if blank {
                xml.open("text:span", &[("text:style-name", &self.style(Role::Blank))]);
            }
            spaced(xml, piece);
            if blank {
                xml.close();
            }
        }
    }
}

/// Text whose spaces all stay: the format takes several as one, and none at the ends of a line.
pub(in crate::document) fn spaced(xml: &mut Xml, text: &str) {
    let mut plain = String::new();
    let mut spaces = 0_usize;
    let mut rest = text.chars().peekable();
    let mut first = true;
    while let Some(c) = rest.next() {
        if c == ' ' && (first || plain.ends_with(' ') || spaces > 0 || rest.peek().is_none()) {
            spaces += 1;
            xml.text(&std::mem::take(&mut plain));
        } else {
            if spaces > 0 {
                xml.empty("text:s", &[("text:c", &spaces.to_string())]);
                spaces = 0;
            }
            plain.push(c);
        }
        first = false;
    }
    xml.text(&plain);
    if spaces > 0 {
        xml.empty("text:s", &[("text:c", &spaces.to_string())]);
    }
}
