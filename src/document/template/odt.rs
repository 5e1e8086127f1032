//! A template of LibreOffice.

use std::collections::BTreeMap;

use super::super::Document;
use super::super::odt::MIME;
use super::super::odt::automatic::{Automatic, Paragraph as Look};
use super::super::odt::body::{Dress, spaced};
use super::super::odt::parts::NAMESPACES;
use super::super::odt::styles::{DEFAULT, ROLES, Role};
use super::super::package::{Package, Refused};
use super::super::source::{Edits, elements, titled};
use super::super::xml::Xml;
use super::scan::{Paragraph, What};
use super::{Body, Changed, Part, PartRole, Template, Wrong, values};

const MANIFEST: &str = "META-INF/manifest.xml";
const CONTENT: &str = "content.xml";
const STYLES: &str = "styles.xml";
const META: &str = "meta.xml";

/// The parts with text.
pub(super) fn parts(package: &Package) -> Result<Vec<(String, PartRole)>, Wrong> {
    let broken = Wrong::Refused(Refused::Broken);
    let kind = package.text("mimetype")?.unwrap_or_default();
    if ![MIME.to_owned(), model()].iter().any(|known| kind.trim() == known) {
        return Err(broken);
    }
    if package.text(MANIFEST)?.is_some_and(|text| text.contains("manifest:encryption-data")) {
        return Err(Wrong::Refused(Refused::Encrypted));
    }
    let both = [CONTENT, STYLES].iter().all(|name| package.names().iter().any(|n| n == name));
    if !both {
        return Err(broken);
    }
    Ok(vec![(CONTENT.to_owned(), PartRole::Text), (STYLES.to_owned(), PartRole::Margin)])
}

/// What identifies a file of models (.ott).
fn model() -> String {
    format!("{MIME}-template")
}

/// The parts that change; `None` when the template is not what it seemed.
pub(super) fn fill(template: &Template, document: &Document, body: &Body<'_>) -> Option<Changed> {
    let values = values(document);
    let value = |what: What| match what {
        What::Field(field) => values.get(&field).map_or("", String::as_str),
        What::Body => "",
    };
    let text = template.text()?;
    let styles = template.parts.iter().find(|part| part.name == STYLES)?;
    let known = known(&styles.source)?;
    let place = text.scan.paragraphs.iter().find(|paragraph| paragraph.takes_body());
    let mut dress = dress(text, place, &known)?;
    let written = dress.write(body);

    let mut changed = Changed::new();
    for part in &template.parts {
        let mut edits = Edits::default();
        for paragraph in &part.scan.paragraphs {
            if paragraph.takes_body() && paragraph.anchors {
                edits.insert(paragraph.range.end, written.clone());
            } else if paragraph.takes_body() {
                edits.replace(paragraph.range.clone(), written.clone());
            }
            if !paragraph.takes_body() || paragraph.anchors {
                put_values(paragraph, &value, &mut edits);
            }
        }
        if part.role == PartRole::Text {
            if place.is_none() {
                edits.insert(part.scan.end?, written.clone());
            }
            declare(&part.source, &mut edits)?;
            add_automatic(&part.source, &dress.automatic.definitions(), &mut edits)?;
            changed.insert(part.name.clone(), edits.apply(&part.source));
            continue;
        }
        let missing = missing(&known, &written, &dress.automatic);
        if !missing.is_empty() {
            declare(&part.source, &mut edits)?;
            let end = part.source.find("</office:styles>")?;
            edits.insert(end, missing.clone());
        }
        if !missing.is_empty() || !part.scan.paragraphs.is_empty() {
            changed.insert(part.name.clone(), edits.apply(&part.source));
        }
    }
    let package = &template.package;
    if package.text("mimetype").ok()?.is_some_and(|kind| kind.trim() == model()) {
        changed.insert("mimetype".to_owned(), MIME.to_owned());
        let manifest = package.text(MANIFEST).ok()??;
        changed.insert(MANIFEST.to_owned(), manifest.replace(&model(), MIME));
    }
    if let Some(meta) = package.text(META).ok()? {
        let title = super::super::runs::title(document);
        changed.insert(META.to_owned(), titled(&meta, &title, "</office:meta>"));
    }
    Some(changed)
}

fn put_values<'v>(paragraph: &Paragraph, value: &dyn Fn(What) -> &'v str, edits: &mut Edits) {
    for (piece, parts) in paragraph.changes(value) {
        let mut xml = Xml::default();
        let text: String =
            parts.into_iter().map(|part| part.unwrap_or_else(str::to_owned)).collect();
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                xml.empty("text:line-break", &[]);
            }
            spaced(&mut xml, line);
        }
        edits.replace(piece.range.clone(), xml.finish());
    }
}

/// The names of the template's styles, by family; a list's family is empty.
fn known(styles: &str) -> Option<Vec<(String, String)>> {
    let found = elements(styles, &["style:style", "text:list-style"])?;
    let named = found.into_iter().filter_map(|style| {
        let family = style.attribute("style:family").unwrap_or_default().to_owned();
        Some((family, style.attribute("style:name")?.to_owned()))
    });
    Some(named.collect())
}

/// The family of a role's style.
fn family(role: Role) -> &'static str {
    match role {
        Role::Strong | Role::Blank => "text",
        Role::Dashes | Role::Numbers => "",
        _ => "paragraph",
    }
}

/// The definitions of ours that the text uses and the template lacks.
fn missing(known: &[(String, String)], written: &str, automatic: &Automatic) -> String {
    let automatic = automatic.definitions();
    let used = |role: &Role| {
        let name = format!("\"{}\"", role.name());
        written.contains(&name) || automatic.contains(&name)
    };
    let mut roles: Vec<Role> = ROLES.into_iter().filter(used).collect();
    if roles.contains(&Role::ColumnTitle) && !roles.contains(&Role::Cell) {
        roles.push(Role::Cell);
    }
    let own = |role: &Role| known.iter().any(|(f, n)| f == family(*role) && n == role.name());
    roles.into_iter().filter(|role| !own(role)).map(Role::definition).collect()
}

/// How the draft is dressed at that place.
fn dress(text: &Part, place: Option<&Paragraph>, known: &[(String, String)]) -> Option<Dress> {
    let has = |family: &str, name: &str| known.iter().any(|(f, n)| f == family && n == name);
    let mut styles: BTreeMap<Role, String> =
        ROLES.into_iter().map(|role| (role, role.name().to_owned())).collect();
    // LibreOffice's own lists, where the template has them.
    for (role, own) in [(Role::Dashes, "List_20_1"), (Role::Numbers, "Numbering_20_1")] {
        if has("", own) {
            styles.insert(role, own.to_owned());
        }
    }
    let mut look = Look { parent: Role::Text.name().to_owned(), ..Look::default() };
    let own = place.and_then(|paragraph| paragraph.style.clone());
    let automatic = elements(&text.source, &["style:style"])?.into_iter().find(|style| {
        style.attribute("style:family") == Some("paragraph")
            && style.attribute("style:name") == own.as_deref()
            && own.is_some()
    });
    let based = match &automatic {
        Some(style) => style.attribute("style:parent-style-name").map(str::to_owned),
        None => own,
    };
    if let Some(based) = based.filter(|based| based != DEFAULT) {
        look.parent = based;
    }
    let mut made = Automatic::default();
    let mut beside = None;
    if let Some(style) = automatic {
        let taken = text.source.get(style.content.clone())?;
        // A page break counts once, where the draft begins.
        look.taken = taken.replace("fo:break-before=\"page\"", "");
        let characters = elements(taken, &["style:text-properties"])?.pop();
        let characters = characters.and_then(|element| taken.get(element.range));
        beside = characters.map(|properties| made.other("text", "", properties));
        let page = style.attribute("style:master-page-name").filter(|page| !page.is_empty());
        look.master_page = page.map(str::to_owned);
    }
    let span = place.and_then(|p| p.pieces.iter().find(|piece| piece.text.contains('{')));
    let characters = span.and_then(|piece| piece.span.clone());
    Some(Dress { styles, text: look, characters, beside, automatic: made })
}

/// The prefixes that our XML needs and the part does not declare.
fn declare(source: &str, edits: &mut Edits) -> Option<()> {
    let start = source.find("<office:document-")?;
    let tag = source.get(start..)?.split('>').next()?;
    let name = tag.split([' ', '\n', '\r', '\t']).next()?;
    for (prefix, address) in NAMESPACES {
        if !tag.contains(&format!("xmlns:{prefix}=")) {
            edits.insert(start + name.len(), format!(" xmlns:{prefix}=\"{address}\""));
        }
    }
    Some(())
}

fn add_automatic(source: &str, styles: &str, edits: &mut Edits) -> Option<()> {
    if let Some(end) = source.find("</office:automatic-styles>") {
        edits.insert(end, styles);
        return Some(());
    }
    let all = format!("<office:automatic-styles>{styles}</office:automatic-styles>");
    let empty = elements(source, &["office:automatic-styles"])?.pop();
    match empty {
        Some(element) => edits.replace(element.range, all),
        None => edits.insert(source.find("<office:body")?, all),
    }
    Some(())
}
