//! Blocks as paragraphs and tables of Word, dressed with our styles or with a template's.
//!
//! In a template the running text takes over the properties of the paragraph that it replaces,
//! those that the user gave it by hand included; a page break among them counts once.

use std::collections::BTreeMap;

use super::super::page::{self, Placed};
use super::super::runs::{self, Run};
use super::super::xml::{Xml, escaped};
use super::super::{Align, Block};
use super::numbering::Lists;
use super::styles::{self, Identifiers, Role};
use super::twips;

/// The properties of a paragraph, in the order of the schema.
const PARAGRAPH_ORDER: [&str; 34] = [
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "framePr",
    "widowControl",
    "numPr",
    "suppressLineNumbers",
    "pBdr",
    "shd",
    "tabs",
    "suppressAutoHyphens",
    "kinsoku",
    "wordWrap",
    "overflowPunct",
    "topLinePunct",
    "autoSpaceDE",
    "autoSpaceDN",
    "bidi",
    "adjustRightInd",
    "snapToGrid",
    "spacing",
    "ind",
    "contextualSpacing",
    "mirrorIndents",
    "suppressOverlap",
    "jc",
    "textDirection",
    "textAlignment",
    "textboxTightWrap",
    "outlineLvl",
    "divId",
    "cnfStyle",
    "rPr",
];

/// What a paragraph of a template does once or for itself alone, which running text does not
/// repeat.
const NOT_REPEATED: [&str; 4] = ["framePr", "numPr", "outlineLvl", "cnfStyle"];

/// Properties by the names of their elements, without prefix.
pub(in crate::document) type Properties = BTreeMap<String, String>;

/// How blocks are dressed.
#[derive(Debug, Clone)]
pub(in crate::document) struct Dress {
    /// Styles by role.
    pub(in crate::document) styles: Identifiers,
    /// Properties of running paragraphs beyond their style.
    pub(in crate::document) paragraph: Properties,
    /// Properties of characters outside headings, in order, without their style.
    pub(in crate::document) characters: Vec<(String, String)>,
    /// Whether the style of dashes brings its own marks.
    pub(in crate::document) own_dashes: bool,
    /// Lists used.
    pub(in crate::document) lists: Lists,
    /// Room for text, in twips.
    pub(in crate::document) width: u32,
}

impl Dress {
    /// Ours, on our page.
    pub(super) fn ours() -> Self {
        Self {
            styles: styles::ours(),
            paragraph: Properties::new(),
            characters: Vec::new(),
            own_dashes: false,
            lists: Lists::new(1, 1, None),
            width: twips(page::TEXT_WIDTH_MM),
        }
    }

    /// The blocks, as the content of a body; at least one paragraph.
    pub(in crate::document) fn write(&mut self, blocks: &[&Block]) -> String {
        let mut xml = Xml::default();
        if self.paragraph.remove("pageBreakBefore").is_some() {
            xml.raw(&thin("<w:pageBreakBefore/>", 20));
        }
        self.paragraph.retain(|name, _| !NOT_REPEATED.contains(&name.as_str()));
        for placed in page::placed(blocks) {
            self.block(&mut xml, &placed);
        }
        let output = xml.finish();
        if output.is_empty() { "<w:p/>".to_owned() } else { output }
    }

    fn block(&mut self, xml: &mut Xml, placed: &Placed<'_>) {
        match placed.block {
            Block::Heading { level, text } => self.heading(xml, *level, text, placed.centred),
            Block::Paragraph { text, align } => {
                let lines = runs::lines(text);
                if lines.is_empty() {
                    return;
                }
                let role = if *align == Align::Right { Role::Right } else { Role::Text };
                let mut own = Properties::new();
                if *align == Align::Center {
                    own.insert("jc".into(), "<w:jc w:val=\"center\"/>".into());
                }
                if let Some((above, below)) = placed.apart {
                    let (above, below) = (twips(above), twips(below));
                    let room = format!("<w:spacing w:before=\"{above}\" w:after=\"{below}\"/>");
                    own.insert("spacing".into(), room);
                }
                if placed.keep_with_next {
                    own.insert("keepNext".into(), "<w:keepNext/>".into());
                }
                self.paragraph(xml, role, own, &lines);
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

    fn heading(&self, xml: &mut Xml, level: u8, text: &str, centred: bool) {
        let text = runs::one_line(text);
        if text.is_empty() {
            return;
        }
        let style = self.style(Role::Heading(level.clamp(1, 4)));
        xml.open("w:p", &[]);
        xml.open("w:pPr", &[]);
        xml.empty("w:pStyle", &[("w:val", style)]);
        if centred {
            xml.empty("w:jc", &[("w:val", "center")]);
        }
        xml.close();
        self.run(xml, &text, Weight::Heading);
        xml.close();
    }

    fn list(&mut self, xml: &mut Xml, ordered: bool, items: &[Vec<super::super::Inline>]) {
        if items.is_empty() {
            return;
        }
        let role = if ordered { Role::Number } else { Role::Dash };
        let instance = match (ordered, self.own_dashes) {
            (true, _) => Some(self.lists.next_numbered()),
            (false, true) => None,
            (false, false) => Some(self.lists.dashes()),
        };
        for (index, item) in items.iter().enumerate() {
            let mut own = Properties::new();
            if index + 1 == items.len() {
                own.insert("spacing".into(), "<w:spacing w:after=\"120\"/>".into());
            }
            if let Some(id) = instance {
                let number =
                    format!("<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{id}\"/></w:numPr>");
                own.insert("numPr".into(), number);
            }
            self.paragraph(xml, role, own, &runs::lines(item));
        }
    }

    fn table(&self, xml: &mut Xml, header: &[String], rows: &[Vec<String>]) {
        let shares = page::column_shares(header, rows);
        let widths: Vec<u32> = shares.iter().map(|share| self.width * share / 1000).collect();
        self.open_table(xml, Some(self.style(Role::Grid)), &widths);
        self.row(xml, header, &widths, Weight::Strong);
        for row in rows {
            self.row(xml, row, &widths, Weight::Plain);
        }
        xml.close();
        // A table ends with a paragraph, for Word, and needs room below it.
        xml.raw(&thin("", 160));
    }

    fn open_table(&self, xml: &mut Xml, style: Option<&str>, widths: &[u32]) {
        let total = widths.iter().sum::<u32>().to_string();
        xml.open("w:tbl", &[]);
        xml.open("w:tblPr", &[]);
        if let Some(style) = style {
            xml.empty("w:tblStyle", &[("w:val", style)]);
        }
        xml.empty("w:tblW", &[("w:w", &total), ("w:type", "dxa")]);
        xml.empty("w:tblLayout", &[("w:type", "fixed")]);
        if style.is_none() {
            // Without lines, text begins where that of paragraphs does.
            xml.open("w:tblCellMar", &[]);
            xml.empty("w:left", &[("w:w", "0"), ("w:type", "dxa")]);
            xml.close();
        }
        // The first row is a header, for those who have tables read to them.
        let first_row = if style.is_some() { "0420" } else { "0400" };
        xml.empty("w:tblLook", &[("w:val", first_row)]);
        xml.close();
        xml.open("w:tblGrid", &[]);
        for width in widths {
            xml.empty("w:gridCol", &[("w:w", &width.to_string())]);
        }
        xml.close();
    }

    fn row(&self, xml: &mut Xml, cells: &[String], widths: &[u32], weight: Weight) {
        xml.open("w:tr", &[]);
        xml.open("w:trPr", &[]);
        xml.empty("w:cantSplit", &[]);
        if weight == Weight::Strong {
            xml.empty("w:tblHeader", &[]);
        }
        xml.close();
        for (cell, width) in cells.iter().zip(widths) {
            xml.open("w:tc", &[]);
            xml.open("w:tcPr", &[]);
            xml.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
            if weight == Weight::Strong {
                let grey = [("w:val", "clear"), ("w:color", "auto"), ("w:fill", "EDEDED")];
                xml.empty("w:shd", &grey);
            }
            xml.close();
            xml.open("w:p", &[]);
            self.properties(xml, Role::Cell, Properties::new());
            self.run(xml, cell, weight);
            xml.close();
            xml.close();
        }
        xml.close();
    }

    /// Alone: on the right. Several: side by side in a table without lines, kept on one page.
    fn signatures(&self, xml: &mut Xml, signers: &[Vec<String>]) {
        let columns = signers.len().min(page::SIGNATURES_A_ROW);
        if let [one] = signers {
            let right = format!("<w:ind w:left=\"{}\"/>", twips(page::RIGHT_BLOCK_MM));
            self.signer(xml, one, &Properties::from([("ind".to_owned(), right)]));
        } else if columns > 0 {
            let width = self.width / u32::try_from(columns).unwrap_or(1);
            self.open_table(xml, None, &vec![width; columns]);
            for row in signers.chunks(columns) {
                xml.open("w:tr", &[]);
                xml.open("w:trPr", &[]);
                xml.empty("w:cantSplit", &[]);
                xml.close();
                for column in 0..columns {
                    xml.open("w:tc", &[]);
                    xml.open("w:tcPr", &[]);
                    xml.empty("w:tcW", &[("w:w", &width.to_string()), ("w:type", "dxa")]);
                    xml.close();
                    match row.get(column) {
                        Some(signer) => self.signer(xml, signer, &Properties::new()),
                        None => xml.raw("<w:p/>"),
                    }
                    xml.close();
                }
                xml.close();
            }
            xml.close();
            xml.raw(&thin("", 20));
        }
    }

    /// The capacity, room to sign, then the name; room below for a name alone.
    fn signer(&self, xml: &mut Xml, lines: &[String], own: &Properties) {
        let signed = page::signed_after(lines);
        for (index, line) in lines.iter().enumerate() {
            let mut own = own.clone();
            let above = if index == 0 { 360 } else { 0 };
            let below = if index == signed { 900 } else { 0 };
            let room = format!("<w:spacing w:before=\"{above}\" w:after=\"{below}\"/>");
            own.insert("spacing".into(), room);
            if index + 1 == lines.len() {
                // Nothing follows that it would have to stay with.
                own.insert("keepNext".into(), "<w:keepNext w:val=\"0\"/>".into());
            }
            let run = Run { text: line.clone(), strong: false };
            self.paragraph(xml, Role::Signature, own, &[vec![run]]);
        }
    }

    fn paragraph(&self, xml: &mut Xml, role: Role, own: Properties, lines: &[Vec<Run>]) {
        xml.open("w:p", &[]);
        self.properties(xml, role, own);
        for (index, line) in lines.iter().enumerate() {
            if index > 0 {
                xml.raw("<w:r><w:br/></w:r>");
            }
            for run in line {
                let weight = if run.strong { Weight::Strong } else { Weight::Plain };
                self.run(xml, &run.text, weight);
            }
        }
        xml.close();
    }

    fn properties(&self, xml: &mut Xml, role: Role, own: Properties) {
        let mut all = if role == Role::Text { self.paragraph.clone() } else { Properties::new() };
        all.extend(own);
        let style = format!("<w:pStyle w:val=\"{}\"/>", escaped(self.style(role)));
        all.insert("pStyle".into(), style);
        xml.open("w:pPr", &[]);
        for name in PARAGRAPH_ORDER {
            if let Some(property) = all.get(name) {
                xml.raw(property);
            }
        }
        xml.close();
    }

    /// Text with its blanks marked.
    fn run(&self, xml: &mut Xml, text: &str, weight: Weight) {
        for (piece, blank) in runs::blanks(text) {
            let style = match (blank, weight) {
                (true, _) => Some(self.style(Role::Blank)),
                (false, Weight::Strong) => Some(self.style(Role::Strong)),
                (false, Weight::Plain | Weight::Heading) => None,
            };
            xml.open("w:r", &[]);
            self.character_properties(xml, style, blank && weight == Weight::Strong, weight);
            xml.element("w:t", &[("xml:space", "preserve")], piece);
            xml.close();
        }
    }

    fn character_properties(&self, xml: &mut Xml, style: Option<&str>, bold: bool, weight: Weight) {
        // Headings have their own typeface.
        let taken = if weight == Weight::Heading { &[][..] } else { self.characters.as_slice() };
        if style.is_none() && !bold && taken.is_empty() {
            return;
        }
        xml.open("w:rPr", &[]);
        if let Some(style) = style {
            xml.empty("w:rStyle", &[("w:val", style)]);
        }
        let fonts = taken.iter().filter(|(name, _)| name == "rFonts");
        fonts.for_each(|(_, property)| xml.raw(property));
        if bold {
            xml.empty("w:b", &[]);
        }
        let weights = ["b", "bCs"];
        for (name, property) in taken.iter().filter(|(name, _)| name != "rFonts") {
            let replaced = style.is_some() && weights.contains(&name.as_str());
            if !replaced {
                xml.raw(property);
            }
        }
        xml.close();
    }

    fn style(&self, role: Role) -> &str {
        self.styles.get(&role).map_or_else(|| role.identifier(), String::as_str)
    }
}

/// A paragraph without text, as high as that many twips.
fn thin(properties: &str, height: u32) -> String {
    format!(
        "<w:p><w:pPr>{properties}<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"{height}\" w:lineRule=\"exact\"/></w:pPr></w:p>"
    )
}

/// How a text stands out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    Plain,
    Strong,
    /// As its style says.
    Heading,
}
