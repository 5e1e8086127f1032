//! The styles of a Word file: each [`Role`] of a text, and how ours looks.
//!
//! Styles bear Word's own English names, which it shows in the user's language; a template's
//! style is known by the same name, whatever its identifier (« Titre1 » in French files). None but
//! the defaults names a typeface, so that in a template ours take the office's.

use std::collections::BTreeMap;

use super::super::page;
use super::super::xml::DECLARATION;
use super::twips;

/// What a style is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::document) enum Role {
    /// Running text.
    Text,
    /// A heading, from 1 to 4; the first is the title: a real heading serves navigation better
    /// than the style of that name, which screen readers do not count as one.
    Heading(u8),
    /// An address or a date on the right.
    Right,
    /// Who signs.
    Signature,
    /// An entry of a list with dashes.
    Dash,
    /// An entry of a numbered list.
    Number,
    /// A text in a table.
    Cell,
    /// The page number.
    Footer,
    /// Characters that stand out.
    Strong,
    /// A blank to fill, marked so that it is seen in black and white too.
    Blank,
    /// A table with its lines.
    Grid,
}

/// Every role.
pub(in crate::document) const ROLES: [Role; 14] = [
    Role::Text,
    Role::Heading(1),
    Role::Heading(2),
    Role::Heading(3),
    Role::Heading(4),
    Role::Right,
    Role::Signature,
    Role::Dash,
    Role::Number,
    Role::Cell,
    Role::Footer,
    Role::Strong,
    Role::Blank,
    Role::Grid,
];

/// Identifiers of styles by role.
pub(in crate::document) type Identifiers = BTreeMap<Role, String>;

impl Role {
    /// `paragraph`, `character` or `table`.
    pub(in crate::document) fn kind(self) -> &'static str {
        match self {
            Self::Strong | Self::Blank => "character",
            Self::Grid => "table",
            _ => "paragraph",
        }
    }

    /// The name by which Word knows it.
    pub(in crate::document) fn name(self) -> &'static str {
        match self {
            Self::Text => "Body Text",
            Self::Heading(1) => "heading 1",
            Self::Heading(2) => "heading 2",
            Self::Heading(3) => "heading 3",
            Self::Heading(_) => "heading 4",
            Self::Right => "Bloc à droite",
            Self::Signature => "Signature",
            Self::Dash => "List Bullet",
            Self::Number => "List Number",
            Self::Cell => "Texte de tableau",
            Self::Footer => "footer",
            Self::Strong => "Strong",
            Self::Blank => "À compléter",
            Self::Grid => "Table Grid",
        }
    }

    /// The identifier of ours.
    pub(in crate::document) fn identifier(self) -> &'static str {
        match self {
            Self::Text => "BodyText",
            Self::Heading(1) => "Heading1",
            Self::Heading(2) => "Heading2",
            Self::Heading(3) => "Heading3",
            Self::Heading(_) => "Heading4",
            Self::Right => "BlocADroite",
            Self::Signature => "Signature",
            Self::Dash => "ListBullet",
            Self::Number => "ListNumber",
            Self::Cell => "TexteDeTableau",
            Self::Footer => "Footer",
            Self::Strong => "Strong",
            Self::Blank => "ACompleter",
            Self::Grid => "TableGrid",
        }
    }

    /// Everything after `basedOn`.
    fn look(self) -> String {
        let right = twips(page::RIGHT_BLOCK_MM);
        let heading = |before: u32, after: u32, align: &str, size: u32, level: u8| {
            let text = Self::Text.identifier();
            format!(
                "<w:next w:val=\"{text}\"/><w:uiPriority w:val=\"9\"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/>\
                 <w:spacing w:before=\"{before}\" w:after=\"{after}\"/>{align}<w:outlineLvl w:val=\"{level}\"/></w:pPr>\
                 <w:rPr><w:b/><w:bCs/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>"
            )
        };
        match self {
            Self::Text => "<w:qFormat/><w:pPr><w:spacing w:after=\"120\" w:line=\"264\" w:lineRule=\"auto\"/></w:pPr>".into(),
            Self::Heading(1) => heading(240, 240, "<w:jc w:val=\"center\"/>", 30, 0),
            Self::Heading(2) => heading(280, 100, "", 24, 1),
            Self::Heading(3) => heading(220, 80, "", 22, 2),
            Self::Heading(_) => heading(180, 60, "", 22, 3),
            Self::Right => format!(
                "<w:qFormat/><w:pPr><w:keepLines/><w:spacing w:before=\"240\" w:after=\"240\"/><w:ind w:left=\"{right}\"/></w:pPr>"
            ),
            Self::Signature => "<w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before=\"0\" w:after=\"0\"/></w:pPr>".into(),
            Self::Dash | Self::Number => {
                "<w:qFormat/><w:pPr><w:spacing w:after=\"60\" w:line=\"264\" w:lineRule=\"auto\"/></w:pPr>".into()
            }
            Self::Cell => "<w:qFormat/><w:pPr><w:spacing w:before=\"40\" w:after=\"40\"/></w:pPr>".into(),
            Self::Footer => "<w:uiPriority w:val=\"99\"/><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:rPr><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/></w:rPr>".into(),
            Self::Strong => "<w:uiPriority w:val=\"22\"/><w:qFormat/><w:rPr><w:b/><w:bCs/></w:rPr>".into(),
            Self::Blank => "<w:qFormat/><w:rPr><w:u w:val=\"single\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FFF3B0\"/></w:rPr>".into(),
            Self::Grid => {
                let line = |side: &str| {
                    format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"595959\"/>")
                };
                let lines: String =
                    ["top", "left", "bottom", "right", "insideH", "insideV"].map(line).concat();
                format!("<w:uiPriority w:val=\"39\"/><w:tblPr><w:tblBorders>{lines}</w:tblBorders>\
                     <w:tblCellMar><w:left w:w=\"108\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr>")
            }
        }
    }

    /// The style as it stands in the part, based on the default paragraph of the file.
    pub(in crate::document) fn definition(self, identifier: &str, default: Option<&str>) -> String {
        let custom = matches!(self, Self::Right | Self::Cell | Self::Blank);
        let custom = if custom { " w:customStyle=\"1\"" } else { "" };
        let based = default
            .filter(|_| self.kind() == "paragraph")
            .map(|id| format!("<w:basedOn w:val=\"{id}\"/>"))
            .unwrap_or_default();
        format!(
            "<w:style w:type=\"{}\"{custom} w:styleId=\"{identifier}\"><w:name w:val=\"{}\"/>{based}{}</w:style>",
            self.kind(),
            self.name(),
            self.look()
        )
    }
}

/// Our identifiers.
pub(in crate::document) fn ours() -> Identifiers {
    ROLES.into_iter().map(|role| (role, role.identifier().to_owned())).collect()
}

/// `word/styles.xml`.
pub(super) fn part() -> String {
    let font = page::FONT;
    let size = page::FONT_POINTS * 2;
    let styles: String =
        ROLES.into_iter().map(|role| role.definition(role.identifier(), Some("Normal"))).collect();
    format!(
        "{DECLARATION}<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
         <w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"{font}\" w:hAnsi=\"{font}\" w:eastAsia=\"{font}\" w:cs=\"{font}\"/>\
         <w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>\
         <w:lang w:val=\"fr-FR\" w:eastAsia=\"fr-FR\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault>\
         <w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\
         <w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\"><w:name w:val=\"Default Paragraph Font\"/><w:uiPriority w:val=\"1\"/><w:semiHidden/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/><w:uiPriority w:val=\"99\"/><w:semiHidden/>\
         <w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/><w:left w:w=\"108\" w:type=\"dxa\"/>\
         <w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\
         <w:style w:type=\"numbering\" w:default=\"1\" w:styleId=\"NoList\"><w:name w:val=\"No List\"/><w:uiPriority w:val=\"99\"/><w:semiHidden/></w:style>\
         {styles}</w:styles>"
    )
}
