//! Styles of an `OpenDocument` file: which hide their words, and how lists are numbered.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Reason;
use super::super::numbering::{Case, Format, Level, MAX_LEVELS};
use super::super::xml::{self, Element, Node};

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    hidden: BTreeSet<String>,
    lists: BTreeMap<String, Vec<Level>>,
}

impl Styles {
    /// Adds the styles of a part.
    ///
    /// # Errors
    /// When it is damaged.
    pub(super) fn read(&mut self, xml: &str) -> Result<(), Reason> {
        let mut style = String::new();
        let mut list: Option<(String, Vec<Level>)> = None;
        xml::walk(xml, &mut |node| {
            match node {
                Node::Open(element) => match element.name() {
                    "style" => style = element.attribute("name").unwrap_or_default(),
                    "text-properties" | "section-properties" if element.says("display", "none") => {
                        self.hidden.insert(style.clone());
                    }
                    "table-properties" if element.says("display", "false") => {
                        self.hidden.insert(style.clone());
                    }
                    "list-style" => {
                        list = Some((element.attribute("name").unwrap_or_default(), Vec::new()));
                    }
                    "outline-style" => list = Some((OUTLINE.to_owned(), Vec::new())),
                    "list-level-style-number"
                    | "list-level-style-bullet"
                    | "list-level-style-image"
                    | "outline-level-style" => {
                        if let Some((_, levels)) = &mut list {
                            level(element, levels);
                        }
                    }
                    _ => {}
                },
                Node::Close("list-style" | "outline-style") => self.lists.extend(list.take()),
                _ => {}
            }
            Ok(())
        })
    }

    /// Whether what has that style is hidden.
    pub(super) fn hides(&self, style: Option<&str>) -> bool {
        style.is_some_and(|style| self.hidden.contains(style))
    }

    /// The levels of a list; of one that is not known, dashes.
    pub(super) fn levels(&self, list: &str) -> &[Level] {
        self.lists.get(list).map_or(&[], Vec::as_slice)
    }
}

/// The name under which the numbers of headings are kept.
pub(super) const OUTLINE: &str = "\u{0}outline";

/// Reads one level of a list.
fn level(element: &Element<'_>, levels: &mut Vec<Level>) {
    let number = |name: &str| element.attribute(name).and_then(|n| n.parse::<usize>().ok());
    let at = number("level").unwrap_or(1).clamp(1, MAX_LEVELS) - 1;
    if levels.len() <= at {
        levels.resize_with(at + 1, Level::default);
    }
    let format = match element.name() {
        "list-level-style-number" | "outline-level-style" => {
            match element.attribute("num-format").as_deref() {
                Some("a") => Format::Letter(Case::Lower),
                Some("A") => Format::Letter(Case::Upper),
                Some("i") => Format::Roman(Case::Lower),
                Some("I") => Format::Roman(Case::Upper),
                Some("") | None => Format::None,
                Some(_) => Format::Decimal,
            }
        }
        _ => Format::Bullet,
    };
    let shown = number("display-levels").unwrap_or(1).clamp(1, at + 1);
    let counts: Vec<String> = (at + 2 - shown..=at + 1).map(|level| format!("%{level}")).collect();
    let around = |name: &str| element.attribute(name).unwrap_or_default();
    // Newer programs write the whole text of the level; others what stands before and after.
    let text = element.attribute("num-list-format").filter(|text| text.contains('%')).map_or_else(
        || format!("{}{}{}", around("num-prefix"), counts.join("."), around("num-suffix")),
        |text| plain_places(&text),
    );
    if let Some(level) = levels.get_mut(at) {
        *level = Level { format, text, start: number("start-value").unwrap_or(1) };
    }
}

/// `%1%.%2%)` as `%1.%2)`.
fn plain_places(text: &str) -> String {
    let mut out = String::new();
    let mut characters = text.chars().peekable();
    let mut in_place = false;
    while let Some(character) = characters.next() {
        let opens = character == '%' && characters.peek().is_some_and(char::is_ascii_digit);
        match character {
            '%' if in_place => in_place = false,
            _ => {
                in_place |= opens;
                out.push(character);
            }
        }
    }
    out
}
