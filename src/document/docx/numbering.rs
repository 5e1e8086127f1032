//! Lists of a Word file: a definition for dashes, one for numbers, and an instance of the second
//! for each numbered list, so that each begins at 1.
//!
//! In a template the definitions join its own, under numbers it does not use; a numbered style of
//! the template keeps its own definition, counted anew for each list.

use super::super::xml::DECLARATION;

/// From the margin to the text of an entry, and back to its mark, in twips.
const INDENT: u32 = 397;

/// Lists used so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::document) struct Lists {
    /// Number of the definition of dashes; that of numbers follows.
    first_definition: u32,
    /// Number of the instance with dashes; numbered lists follow.
    first_instance: u32,
    /// Definition that numbered lists count with, if not ours.
    foreign: Option<u32>,
    numbered: u32,
}

impl Lists {
    /// Numbers from these on are free; `foreign` is a definition to count with.
    pub(in crate::document) fn new(
        first_definition: u32,
        first_instance: u32,
        foreign: Option<u32>,
    ) -> Self {
        Self { first_definition, first_instance, foreign, numbered: 0 }
    }

    /// The instance of every list with dashes.
    pub(super) fn dashes(&self) -> u32 {
        self.first_instance
    }

    /// A new instance for one numbered list.
    pub(super) fn next_numbered(&mut self) -> u32 {
        self.numbered += 1;
        self.first_instance + self.numbered
    }

    /// The definitions, which stand before all instances.
    pub(in crate::document) fn definitions(&self) -> String {
        let definition = |id: u32, format: &str, text: &str| {
            format!(
                "<w:abstractNum w:abstractNumId=\"{id}\"><w:multiLevelType w:val=\"singleLevel\"/>\
                 <w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/><w:lvlText w:val=\"{text}\"/>\
                 <w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{INDENT}\" w:hanging=\"{INDENT}\"/></w:pPr></w:lvl></w:abstractNum>"
            )
        };
        definition(self.first_definition, "bullet", "–")
            + &definition(self.first_definition + 1, "decimal", "%1.")
    }

    /// The instances.
    pub(in crate::document) fn instances(&self) -> String {
        let (dashes, first) = (self.first_definition, self.first_instance);
        let mut xml =
            format!("<w:num w:numId=\"{first}\"><w:abstractNumId w:val=\"{dashes}\"/></w:num>");
        let counts = self.foreign.unwrap_or(self.first_definition + 1);
        for id in first + 1..=first + self.numbered {
            xml.push_str(&format!(
                "<w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{counts}\"/>\
                 <w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>"
            ));
        }
        xml
    }

    /// `word/numbering.xml`, with nothing else in it.
    pub(in crate::document) fn part(&self) -> String {
        format!(
            "{DECLARATION}<w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{}{}</w:numbering>",
            self.definitions(),
            self.instances()
        )
    }
}
