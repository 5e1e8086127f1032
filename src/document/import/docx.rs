//! Word documents (Office Open XML, transitional or strict): text with numbers, tables, boxes,
//! notes, headers and footers.
//!
//! Words deleted in tracked changes, hidden words, comments, page numbers and tables of contents
//! are left out.

mod numbers;
mod reader;
mod styles;

use std::collections::BTreeMap;

use super::lines;
use super::package::Package;
use super::xml::{self, Node};
use super::{Imported, Reason, Remark};
use reader::{Parts, Reader};

/// A part that another one names: what it is, under which identifier, where.
struct Relation {
    id: String,
    kind: String,
    target: String,
}

/// The main part of a Word document, if the package is one.
///
/// # Errors
/// When the package cannot be read.
pub(super) fn main_part(package: &mut Package<'_>) -> Result<Option<String>, Reason> {
    let named = relations(package, "")?.into_iter().find(|r| r.kind == "officeDocument");
    Ok(named.map(|relation| relation.target))
}

/// Reads a Word document.
///
/// # Errors
/// When a part is damaged or beyond the limits.
pub(super) fn read(package: &mut Package<'_>, main: &str) -> Result<Imported, Reason> {
    let document = package
        .part(main)?
        .ok_or_else(|| Reason::Damaged("le texte du document manque".to_owned()))?;
    let relations = relations(package, main)?;
    let mut part = |kind: &str| -> Result<String, Reason> {
        let found = relations.iter().find(|relation| relation.kind == kind);
        let part = found.map(|relation| package.part(&relation.target)).transpose()?;
        Ok(part.flatten().unwrap_or_default())
    };
    let parts = Parts {
        styles: styles::read(&part("styles")?)?,
        numbers: numbers::read(&part("numbering")?)?,
    };
    let comments = occurrences(&part("comments")?, "comment")?;
    let footnotes = reader::notes(&part("footnotes")?, &parts)?;
    let endnotes = reader::notes(&part("endnotes")?, &parts)?;
    let mut body = Reader::new(&parts, &footnotes, &endnotes);
    xml::read(&document, &mut body)?;
    let body = body.finish();

    let mut edges: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (kind, id) in &body.edges {
        let Some(relation) = relations.iter().find(|r| r.id == *id && r.kind == *kind) else {
            continue;
        };
        let Some(part) = package.part(&relation.target)? else { continue };
        let mut edge = Reader::new(&parts, &footnotes, &endnotes);
        xml::read(&part, &mut edge)?;
        let edge = edge.finish();
        let told = edges.entry(kind).or_default();
        for line in edge.lines.into_iter().filter(|line| !line.trim().is_empty()) {
            if !told.contains(&line) {
                told.push(line);
            }
        }
    }
    let text = lines::framed(
        edges.remove("header").unwrap_or_default(),
        body.lines,
        edges.remove("footer").unwrap_or_default(),
    );
    let mut remarks = Vec::new();
    let mut left_out = |told: Option<String>| remarks.extend(told.map(Remark::LeftOut));
    left_out(lines::count(comments, "commentaire non repris", "commentaires non repris"));
    left_out(lines::count(body.images, "image non lue", "images non lues"));
    left_out(lines::count(
        body.contents,
        "table des matières non reprise",
        "tables des matières non reprises",
    ));
    if body.inserted_files > 0 {
        remarks.push(Remark::Unread(
            "Une partie du document vient d'un autre fichier et n'a pas été lue : copiez-en le texte dans le document"
                .to_owned(),
        ));
    }
    Ok(Imported { text, remarks, ..Imported::default() })
}

/// The parts that a part names; of the package itself for no part.
fn relations(package: &mut Package<'_>, part: &str) -> Result<Vec<Relation>, Reason> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let slash = if folder.is_empty() { "" } else { "/" };
    let xml = package.part(&format!("{folder}{slash}_rels/{file}.rels"))?.unwrap_or_default();
    let mut found = Vec::new();
    xml::walk(&xml, &mut |node| {
        if let Node::Open(element) = node
            && element.name() == "Relationship"
            && !element.says("TargetMode", "External")
        {
            let target = element.attribute("Target").unwrap_or_default();
            let target = match target.strip_prefix('/') {
                Some(absolute) => absolute.to_owned(),
                None => format!("{folder}{slash}{target}"),
            };
            let kind = element.attribute("Type").unwrap_or_default();
            found.push(Relation {
                id: element.attribute("Id").unwrap_or_default(),
                // Strict and transitional documents differ in all but the last word.
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                target,
            });
        }
        Ok(())
    })?;
    Ok(found)
}

fn occurrences(xml: &str, name: &str) -> Result<usize, Reason> {
    let mut count = 0;
    xml::walk(xml, &mut |node| {
        if let Node::Open(element) = node {
            count += usize::from(element.name() == name);
        }
        Ok(())
    })?;
    Ok(count)
}
