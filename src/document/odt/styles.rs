//! The named styles of an ODF text: each [`Role`], and how ours looks.
//!
//! Names are LibreOffice's own, the same in every language; none but the defaults names a
//! typeface, so that in a template ours take the office's.

use super::super::page;

/// What a style is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::document) enum Role {
    /// Running text.
    Text,
    /// A heading, from 1 to 4; the first is the title.
    Heading(u8),
    /// An address or a date on the right.
    Right,
    /// Who signs.
    Signature,
    /// An entry of a list.
    Entry,
    /// A text in a table.
    Cell,
    /// A text in the first row of a table.
    ColumnTitle,
    /// The page number.
    Footer,
    /// Characters that stand out.
    Strong,
    /// A blank to fill.
    Blank,
    /// A list with dashes.
    Dashes,
    /// A numbered list.
    Numbers,
}

/// Every role.
pub(in crate::document) const ROLES: [Role; 15] = [
    Role::Text,
    Role::Heading(1),
    Role::Heading(2),
    Role::Heading(3),
    Role::Heading(4),
    Role::Right,
    Role::Signature,
    Role::Entry,
    Role::Cell,
    Role::ColumnTitle,
    Role::Footer,
    Role::Strong,
    Role::Blank,
    Role::Dashes,
    Role::Numbers,
];

/// The style on which paragraphs are based.
pub(in crate::document) const DEFAULT: &str = "Standard";

impl Role {
    /// The name, with its spaces spelled out as the format has it.
    pub(in crate::document) fn name(self) -> &'static str {
        match self {
            Self::Text => "Text_20_body",
            Self::Heading(1) => "Heading_20_1",
            Self::Heading(2) => "Heading_20_2",
            Self::Heading(3) => "Heading_20_3",
            Self::Heading(_) => "Heading_20_4",
            Self::Right => "Greffier_20_droite",
            Self::Signature => "Signature",
            Self::Entry => "Greffier_20_liste",
            Self::Cell => "Table_20_Contents",
            Self::ColumnTitle => "Table_20_Heading",
            Self::Footer => "Footer",
            Self::Strong => "Strong_20_Emphasis",
            Self::Blank => "Greffier_20_blanc",
            Self::Dashes => "Greffier_20_tirets",
            Self::Numbers => "Greffier_20_numeros",
        }
    }

    fn shown(self) -> &'static str {
        match self {
            Self::Text => "Text body",
            Self::Heading(1) => "Heading 1",
            Self::Heading(2) => "Heading 2",
            Self::Heading(3) => "Heading 3",
            Self::Heading(_) => "Heading 4",
            Self::Right => "Bloc à droite",
            Self::Signature => "Signature",
            Self::Entry => "Texte de liste",
            Self::Cell => "Table Contents",
            Self::ColumnTitle => "Table Heading",
            Self::Footer => "Footer",
            Self::Strong => "Strong Emphasis",
            Self::Blank => "À compléter",
            Self::Dashes => "Tirets",
            Self::Numbers => "Numéros",
        }
    }

    /// The style as it stands among the named ones.
    pub(in crate::document) fn definition(self) -> String {
        let (name, shown) = (self.name(), self.shown());
        let paragraph = |parent: &str, more: &str, properties: &str, text: &str| {
            format!(
                "<style:style style:name=\"{name}\" style:display-name=\"{shown}\" style:family=\"paragraph\" style:parent-style-name=\"{parent}\"{more}>\
                 <style:paragraph-properties {properties}/>{text}</style:style>"
            )
        };
        let characters = |properties: &str| {
            format!(
                "<style:style style:name=\"{name}\" style:display-name=\"{shown}\" style:family=\"text\"><style:text-properties {properties}/></style:style>"
            )
        };
        let heading = |level: u8, before: &str, after: &str, more: &str, size: u8| {
            let attributes = format!(
                " style:next-style-name=\"{}\" style:default-outline-level=\"{level}\"",
                Self::Text.name()
            );
            let properties = format!(
                "fo:margin-top=\"{before}\" fo:margin-bottom=\"{after}\" fo:keep-with-next=\"always\" fo:keep-together=\"always\"{more}"
            );
            let text = format!(
                "<style:text-properties fo:font-size=\"{size}pt\" fo:font-weight=\"bold\" style:font-weight-complex=\"bold\"/>"
            );
            paragraph(DEFAULT, &attributes, &properties, &text)
        };
        match self {
            Self::Text => paragraph(
                DEFAULT,
                "",
                "fo:margin-top=\"0mm\" fo:margin-bottom=\"2.1mm\" fo:line-height=\"110%\"",
                "",
            ),
            Self::Heading(1) => heading(1, "4mm", "4mm", " fo:text-align=\"center\"", 15),
            Self::Heading(2) => heading(2, "5mm", "1.8mm", "", 12),
            Self::Heading(3) => heading(3, "4mm", "1.4mm", "", 11),
            Self::Heading(level) => heading(level, "3mm", "1mm", "", 11),
            Self::Right => paragraph(
                DEFAULT,
                "",
                &format!(
                    "fo:margin-left=\"{}mm\" fo:margin-top=\"4.2mm\" fo:margin-bottom=\"4.2mm\" fo:keep-together=\"always\"",
                    page::RIGHT_BLOCK_MM
                ),
                "",
            ),
            Self::Signature => paragraph(
                DEFAULT,
                "",
                "fo:margin-top=\"0mm\" fo:margin-bottom=\"0mm\" fo:keep-together=\"always\"",
                "",
            ),
            Self::Entry => paragraph(
                DEFAULT,
                "",
                "fo:margin-top=\"0mm\" fo:margin-bottom=\"1mm\" fo:line-height=\"110%\"",
                "",
            ),
            Self::Cell => paragraph(
                DEFAULT,
                "",
                "fo:margin-top=\"0.7mm\" fo:margin-bottom=\"0.7mm\" fo:orphans=\"0\" fo:widows=\"0\"",
                "",
            ),
            Self::ColumnTitle => paragraph(
                Self::Cell.name(),
                "",
                "fo:orphans=\"0\" fo:widows=\"0\"",
                "<style:text-properties fo:font-weight=\"bold\" style:font-weight-complex=\"bold\"/>",
            ),
            Self::Footer => paragraph(
                DEFAULT,
                "",
                "fo:text-align=\"center\"",
                "<style:text-properties fo:font-size=\"9pt\"/>",
            ),
            Self::Strong => characters("fo:font-weight=\"bold\" style:font-weight-complex=\"bold\""),
            Self::Blank => characters(
                "fo:background-color=\"#fff3b0\" style:text-underline-style=\"solid\" style:text-underline-width=\"auto\" style:text-underline-color=\"font-color\"",
            ),
            Self::Dashes => self.list("<text:list-level-style-bullet text:level=\"1\" text:bullet-char=\"–\">", "</text:list-level-style-bullet>"),
            Self::Numbers => self.list("<text:list-level-style-number text:level=\"1\" style:num-suffix=\".\" style:num-format=\"1\">", "</text:list-level-style-number>"),
        }
    }

    fn list(self, open: &str, close: &str) -> String {
        format!(
            "<text:list-style style:name=\"{}\" style:display-name=\"{}\">{open}\
             <style:list-level-properties text:list-level-position-and-space-mode=\"label-alignment\">\
             <style:list-level-label-alignment text:label-followed-by=\"listtab\" text:list-tab-stop-position=\"7mm\" fo:text-indent=\"-7mm\" fo:margin-left=\"7mm\"/>\
             </style:list-level-properties>{close}</text:list-style>",
            self.name(),
            self.shown()
        )
    }
}
