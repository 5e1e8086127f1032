//! Styles of a Word document: which hide their words, which number their paragraphs.

use std::collections::BTreeMap;

use super::super::Reason;
use super::super::xml::{self, Node};

/// Styles that follow one another; more is a loop.
const MAX_CHAIN: usize = 20;

/// What matters of a style.
#[derive(Debug, Default)]
struct Style {
    based_on: Option<String>,
    hidden: Option<bool>,
    number: Option<String>,
    level: Option<usize>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles(BTreeMap<String, Style>);

/// Reads the part that holds the styles.
///
/// # Errors
/// When it is damaged.
pub(super) fn read(xml: &str) -> Result<Styles, Reason> {
    let mut styles = BTreeMap::new();
    let mut open: Option<(String, Style)> = None;
    xml::walk(xml, &mut |node| {
        match node {
            Node::Open(element) => {
                let value = || element.attribute("val");
                match (element.name(), &mut open) {
                    ("style", _) => {
                        let id = element.attribute("styleId").unwrap_or_default();
                        open = Some((id, Style::default()));
                    }
                    ("basedOn", Some((_, style))) => style.based_on = value(),
                    ("vanish", Some((_, style))) => style.hidden = Some(is_on(value())),
                    ("numId", Some((_, style))) => style.number = value(),
                    ("ilvl", Some((_, style))) => {
                        style.level = value().and_then(|level| level.parse().ok());
                    }
                    _ => {}
                }
            }
            Node::Close("style") => styles.extend(open.take()),
            _ => {}
        }
        Ok(())
    })?;
    Ok(Styles(styles))
}

/// Whether a property that may be switched off is on: it is when it has no value.
pub(super) fn is_on(value: Option<String>) -> bool {
    !value.is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off"))
}

impl Styles {
    /// Whether words of that style are hidden.
    pub(super) fn hides(&self, id: &str) -> bool {
        self.chain(id).find_map(|style| style.hidden).unwrap_or(false)
    }

    /// The list and, if said, the level of paragraphs of that style.
    pub(super) fn number(&self, id: &str) -> Option<(&str, Option<usize>)> {
        let style = self.chain(id).find(|style| style.number.is_some())?;
        Some((style.number.as_deref()?, style.level))
    }

    fn chain<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a Style> {
        let next = |style: &&'a Style| self.0.get(style.based_on.as_deref()?);
        std::iter::successors(self.0.get(id), next).take(MAX_CHAIN)
    }
}
