//! Lists of a Word document: an abstract list holds the levels, a list in use points at one.

use std::collections::BTreeMap;

use super::super::Reason;
use super::super::numbering::{self, Case, Counts, Format, Level, MAX_LEVELS};
use super::super::xml::{self, Element, Node};

/// The lists of a document.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    kinds: BTreeMap<String, Kind>,
    lists: BTreeMap<String, List>,
}

/// An abstract list.
#[derive(Debug, Default)]
struct Kind {
    levels: Vec<Level>,
    /// The level of paragraphs of a style.
    by_style: BTreeMap<String, usize>,
}

/// A list in use.
#[derive(Debug, Default)]
struct List {
    kind: String,
    /// Counts that it begins anew, by level.
    starts: BTreeMap<usize, usize>,
}

/// How far lists have been counted.
#[derive(Debug, Default)]
pub(super) struct Counter {
    /// Lists of one kind go on with one another's counts.
    counts: BTreeMap<String, Counts>,
    begun: Vec<String>,
}

/// Reads the part that holds the lists.
///
/// # Errors
/// When it is damaged.
pub(super) fn read(xml: &str) -> Result<Numbers, Reason> {
    let mut numbers = Numbers::default();
    let mut reading = Reading::default();
    xml::walk(xml, &mut |node| {
        match node {
            Node::Open(element) => reading.open(element),
            Node::Close("abstractNum") => numbers.kinds.extend(reading.kind.take()),
            Node::Close("num") => numbers.lists.extend(reading.list.take()),
            _ => {}
        }
        Ok(())
    })?;
    Ok(numbers)
}

/// Where the reading is.
#[derive(Default)]
struct Reading {
    kind: Option<(String, Kind)>,
    list: Option<(String, List)>,
    level: usize,
}

impl Reading {
    fn open(&mut self, element: &Element<'_>) {
        let value = || element.attribute("val");
        let number = || value().and_then(|value| value.parse::<usize>().ok());
        match element.name() {
            "abstractNum" => {
                let id = element.attribute("abstractNumId").unwrap_or_default();
                self.kind = Some((id, Kind::default()));
            }
            "num" => {
                let id = element.attribute("numId").unwrap_or_default();
                self.list = Some((id, List::default()));
            }
            "lvl" | "lvlOverride" => {
                let level = element.attribute("ilvl").and_then(|level| level.parse().ok());
                self.level = level.unwrap_or(0).min(MAX_LEVELS - 1);
                if let Some((_, kind)) = &mut self.kind
                    && kind.levels.len() <= self.level
                {
                    kind.levels.resize_with(self.level + 1, Level::default);
                }
            }
            "abstractNumId" => {
                if let Some((_, list)) = &mut self.list {
                    list.kind = value().unwrap_or_default();
                }
            }
            "startOverride" => {
                if let (Some((_, list)), Some(start)) = (&mut self.list, number()) {
                    list.starts.insert(self.level, start);
                }
            }
            "pStyle" => {
                if let (Some((_, kind)), Some(style)) = (&mut self.kind, value()) {
                    kind.by_style.insert(style, self.level);
                }
            }
            name => {
                let Some(level) =
                    self.kind.as_mut().and_then(|(_, kind)| kind.levels.get_mut(self.level))
                else {
                    return;
                };
                match name {
                    "start" => level.start = number().unwrap_or(1),
                    "lvlText" => level.text = value().unwrap_or_default(),
                    "numFmt" => level.format = format(&value().unwrap_or_default()),
                    _ => {}
                }
            }
        }
    }
}

fn format(name: &str) -> Format {
    match name {
        "bullet" => Format::Bullet,
        "none" => Format::None,
        "lowerLetter" => Format::Letter(Case::Lower),
        "upperLetter" => Format::Letter(Case::Upper),
        "lowerRoman" => Format::Roman(Case::Lower),
        "upperRoman" => Format::Roman(Case::Upper),
        _ => Format::Decimal,
    }
}

impl Numbers {
    /// What stands before the next paragraph of a list; a list that is not known has dashes.
    pub(super) fn label(
        &self,
        counter: &mut Counter,
        id: &str,
        level: Option<usize>,
        style: &str,
    ) -> String {
        // List 0 takes the number of its style away.
        if id == "0" {
            return String::new();
        }
        let Some(list) = self.lists.get(id) else { return "- ".to_owned() };
        let Some(kind) = self.kinds.get(&list.kind) else { return "- ".to_owned() };
        let level = level.or_else(|| kind.by_style.get(style).copied()).unwrap_or(0);
        let counts = counter.counts.entry(list.kind.clone()).or_default();
        if !counter.begun.iter().any(|begun| begun == id) {
            counter.begun.push(id.to_owned());
            for (level, start) in &list.starts {
                match start.checked_sub(1) {
                    Some(before) => counts.insert(*level, before),
                    None => counts.remove(level),
                };
            }
        }
        numbering::next(counts, level, &kind.levels);
        numbering::label(counts, level, &kind.levels)
    }
}
