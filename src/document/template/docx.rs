//! A template of Word.

use std::ops::Range;

use super::super::Document;
use super::super::docx::body::{Dress, Properties};
use super::super::docx::numbering::Lists;
use super::super::docx::styles::{Identifiers, ROLES, Role};
use super::super::docx::twips;
use super::super::package::{Package, Refused};
use super::super::page;
use super::super::source::{Edits, Element, children, elements, titled};
use super::super::xml::escaped;
use super::scan::{Paragraph, What};
use super::{Body, Changed, Part, PartRole, Template, Wrong, values};

const TYPES: &str = "[Content_Types].xml";
const RELATIONS: &str = "_rels/.rels";
const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// The parts with text.
pub(super) fn parts(package: &Package) -> Result<Vec<(String, PartRole)>, Wrong> {
    let broken = || Wrong::Refused(Refused::Broken);
    let types = package.text(TYPES)?.ok_or_else(broken)?;
    let mut parts = Vec::new();
    for part in elements(&types, &["Override"]).ok_or_else(broken)? {
        let (Some(name), Some(kind)) = (part.attribute("PartName"), part.attribute("ContentType"))
        else {
            continue;
        };
        if kind.contains("macroEnabled") {
            return Err(Wrong::Macros);
        }
        let role = match kind.strip_prefix(WORD) {
            Some(".document.main+xml" | ".template.main+xml") => PartRole::Text,
            Some(".header+xml" | ".footer+xml" | ".footnotes+xml" | ".endnotes+xml") => {
                PartRole::Margin
            }
            _ => continue,
        };
        parts.push((name.trim_start_matches('/').to_owned(), role));
    }
    let text = parts.iter().find(|(_, role)| *role == PartRole::Text).ok_or_else(broken)?;
    // Our XML speaks of « w: » as every word processor does.
    let named = package.text(&text.0)?.is_some_and(|text| text.contains("xmlns:w="));
    if named { Ok(parts) } else { Err(broken()) }
}

/// The parts that change; `None` when the template is not what it seemed.
pub(super) fn fill(template: &Template, document: &Document, body: &Body<'_>) -> Option<Changed> {
    let values = values(document);
    let value = |what: What| match what {
        What::Field(field) => values.get(&field).map_or("", String::as_str),
        What::Body => "",
    };
    let text = template.text()?;
    let package = &template.package;
    let related = Related::of(package, &text.name)?;
    let styles = package.text(&related.styles).ok()??;
    let known = Known::read(&styles)?;
    let numbering = match &related.numbering {
        Some(name) => package.text(name).ok()?,
        None => None,
    };
    let counted = Counted::read(numbering.as_deref(), &known)?;
    let place = text.scan.paragraphs.iter().find(|paragraph| paragraph.takes_body());
    let mut dress = dress(text, place, &known, &counted);
    let written = dress.write(body);

    let mut changed = Changed::new();
    for part in &template.parts {
        let mut edits = Edits::default();
        for paragraph in &part.scan.paragraphs {
            if paragraph.takes_body() {
                put_body(paragraph, &written, &mut edits);
            }
            if !paragraph.takes_body() || stays(paragraph) {
                put_values(paragraph, &value, &mut edits);
            }
        }
        if part.role == PartRole::Text && place.is_none() {
            edits.insert(part.scan.end?, written.clone());
        }
        if part.role == PartRole::Text || !part.scan.paragraphs.is_empty() {
            changed.insert(part.name.clone(), edits.apply(&part.source));
        }
    }
    let missing = known.missing(&dress.styles, &written);
    if !missing.is_empty() {
        let mut edits = Edits::default();
        edits.insert(styles.rfind("</w:styles>")?, missing);
        changed.insert(related.styles.clone(), edits.apply(&styles));
    }
    if written.contains("<w:numPr>") {
        add_lists(&dress.lists, numbering.as_deref(), &related, package, &mut changed)?;
    }
    finish_types(package, &mut changed)?;
    if let Some(core) = &related.core
        && let Some(source) = package.text(core).ok()?
    {
        let title = super::super::runs::title(document);
        changed.insert(core.clone(), titled(&source, &title, "</cp:coreProperties>"));
    }
    Some(changed)
}

/// Whether the paragraph of the draft holds something that has to stay.
fn stays(paragraph: &Paragraph) -> bool {
    paragraph.anchors || paragraph.ends_section
}

fn put_body(paragraph: &Paragraph, written: &str, edits: &mut Edits) {
    if paragraph.ends_section {
        edits.insert(paragraph.range.start, written);
    } else if paragraph.anchors {
        edits.insert(paragraph.range.end, written);
    } else {
        edits.replace(paragraph.range.clone(), written);
    }
}

fn put_values<'v>(paragraph: &Paragraph, value: &dyn Fn(What) -> &'v str, edits: &mut Edits) {
    for (piece, parts) in paragraph.changes(value) {
        let text: String =
            parts.into_iter().map(|part| part.unwrap_or_else(str::to_owned)).collect();
        let lines: Vec<String> = text
            .split('\n')
            .map(|line| format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(line)))
            .collect();
        edits.replace(piece.range.clone(), lines.join("<w:br/>"));
    }
}

/// How the draft is dressed at that place.
fn dress(text: &Part, place: Option<&Paragraph>, known: &Known, counted: &Counted) -> Dress {
    let source = |range: Option<&Range<usize>>| {
        let content = range.and_then(|range| text.source.get(range.clone())).unwrap_or_default();
        let found = children(content).unwrap_or_default();
        let named = found.into_iter().filter_map(|element| {
            let name = element.name.strip_prefix("w:")?.to_owned();
            Some((name, content.get(element.range)?.to_owned()))
        });
        named.collect::<Vec<_>>()
    };
    let mut paragraph: Properties =
        source(place.and_then(|p| p.properties.as_ref())).into_iter().collect();
    let run = place.and_then(|p| p.pieces.iter().find(|piece| piece.text.contains('{')));
    let mut characters = source(run.and_then(|piece| piece.run.as_ref()));
    characters.retain(|(name, _)| name != "rStyle");
    let own = paragraph
        .remove("pStyle")
        .and_then(|property| elements(&property, &["w:pStyle"])?.pop())
        .and_then(|style| style.attribute("w:val").map(str::to_owned))
        .filter(|style| Some(style) != known.default.as_ref());
    let mut styles = known.identifiers();
    if let Some(own) = own {
        styles.insert(Role::Text, own);
    }
    let lists = Lists::new(counted.definition, counted.instance, counted.numbers);
    let width = place.and_then(|p| p.cell).or(text.scan.width);
    let width = width.filter(|w| *w > 0).unwrap_or_else(|| twips(page::TEXT_WIDTH_MM));
    Dress { styles, paragraph, characters, own_dashes: known.dashes, lists, width }
}

/// The parts that the text refers to.
struct Related {
    styles: String,
    numbering: Option<String>,
    core: Option<String>,
    /// The part that says so.
    name: String,
    source: String,
    folder: String,
}

impl Related {
    fn of(package: &Package, text: &str) -> Option<Self> {
        let (folder, file) = text.rsplit_once('/').unwrap_or(("", text));
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let name = format!("{folder}_rels/{file}.rels");
        let source = package.text(&name).ok()??;
        let relations = elements(&source, &["Relationship"])?;
        let target = |relations: &[Element], folder: &str, kind: &str| {
            let found = relations.iter().find(|r| {
                r.attribute("Type").is_some_and(|t| t.rsplit('/').next() == Some(kind))
            })?;
            let target = found.attribute("Target")?;
            Some(match target.strip_prefix('/') {
                Some(whole) => whole.to_owned(),
                None => format!("{folder}{target}"),
            })
        };
        let top = package.text(RELATIONS).ok()??;
        let core = target(&elements(&top, &["Relationship"])?, "", "core-properties");
        let styles = target(&relations, &folder, "styles")?;
        let numbering = target(&relations, &folder, "numbering");
        Some(Self { styles, numbering, core, name, source, folder })
    }
}

/// The styles of the template.
struct Known {
    /// Kind, name in lower case, identifier.
    styles: Vec<(String, String, String)>,
    /// The identifier of its default paragraph.
    default: Option<String>,
    /// Whether its style for dashes brings its marks.
    dashes: bool,
    /// The list of its numbered style.
    numbers: Option<u32>,
}

impl Known {
    fn read(source: &str) -> Option<Self> {
        let mut known = Self { styles: Vec::new(), default: None, dashes: false, numbers: None };
        for style in elements(source, &["w:style"])? {
            let kind = style.attribute("w:type").unwrap_or("paragraph").to_owned();
            let Some(id) = style.attribute("w:styleId").map(str::to_owned) else { continue };
            let content = source.get(style.content.clone())?;
            let within = elements(content, &["w:name", "w:numId"])?;
            let said = |name: &str| {
                within.iter().find(|e| e.name == name).and_then(|e| e.attribute("w:val"))
            };
            let name = said("w:name").unwrap_or_default().to_lowercase();
            let default = matches!(style.attribute("w:default"), Some("1" | "true" | "on"));
            if default && kind == "paragraph" {
                known.default = Some(id.clone());
            }
            let list = said("w:numId").and_then(|number| number.parse().ok());
            if name == Role::Dash.name().to_lowercase() {
                known.dashes = list.is_some();
            }
            if name == Role::Number.name().to_lowercase() {
                known.numbers = list;
            }
            known.styles.push((kind, name, id));
        }
        // LibreOffice may leave unsaid which style is the default one.
        let normal =
            |(kind, name, _): &&(String, String, String)| kind == "paragraph" && name == "normal";
        let normal = known.styles.iter().find(normal).map(|(.., id)| id.clone());
        known.default = known.default.or(normal);
        Some(known)
    }

    fn own(&self, role: Role) -> Option<&String> {
        let name = role.name().to_lowercase();
        self.styles.iter().find(|(kind, n, _)| kind == role.kind() && *n == name).map(|s| &s.2)
    }

    /// Its own styles by role, and ours under free identifiers for the rest.
    fn identifiers(&self) -> Identifiers {
        let free = |role: Role| {
            let mut id = role.identifier().to_owned();
            while self.styles.iter().any(|(.., known)| *known == id) {
                id.insert_str(0, "Greffier");
            }
            id
        };
        let of = |role| self.own(role).cloned().unwrap_or_else(|| free(role));
        ROLES.into_iter().map(|role| (role, of(role))).collect()
    }

    /// The definitions of ours that the text uses.
    fn missing(&self, used: &Identifiers, written: &str) -> String {
        let ours = used.iter().filter(|(_, id)| !self.styles.iter().any(|(.., own)| own == *id));
        let written = |id: &str| written.contains(&format!("w:val=\"{id}\"/>"));
        let next = |id: &str| format!("<w:next w:val=\"{id}\"/>");
        let text = used.get(&Role::Text).map_or("", String::as_str);
        ours.filter(|(_, id)| written(id))
            .map(|(role, id)| role.definition(id, self.default.as_deref()))
            .map(|style| style.replace(&next(Role::Text.identifier()), &next(text)))
            .collect()
    }
}

/// The lists of the template.
struct Counted {
    /// The first number that no definition has.
    definition: u32,
    /// The first number that no instance has.
    instance: u32,
    /// The definition of its numbered style.
    numbers: Option<u32>,
}

impl Counted {
    fn read(source: Option<&str>, known: &Known) -> Option<Self> {
        let mut counted = Self { definition: 1, instance: 1, numbers: None };
        let Some(source) = source else { return Some(counted) };
        for element in elements(source, &["w:abstractNum", "w:num"])? {
            let number = |key: &str| element.attribute(key).and_then(|n| n.parse::<u32>().ok());
            if let Some(id) = number("w:abstractNumId") {
                counted.definition = counted.definition.max(id.saturating_add(1));
            }
            if let Some(id) = number("w:numId") {
                counted.instance = counted.instance.max(id.saturating_add(1));
                if Some(id) == known.numbers {
                    let content = source.get(element.content.clone())?;
                    let of = elements(content, &["w:abstractNumId"])?.pop();
                    counted.numbers =
                        of.and_then(|of| of.attribute("w:val").and_then(|n| n.parse().ok()));
                }
            }
        }
        Some(counted)
    }
}

/// Adds our lists to the template's, or as a part that it does not have.
fn add_lists(
    lists: &Lists,
    numbering: Option<&str>,
    related: &Related,
    package: &Package,
    changed: &mut Changed,
) -> Option<()> {
    if let (Some(source), Some(name)) = (numbering, &related.numbering) {
        let found = elements(source, &["w:num", "w:numIdMacAtCleanup"])?;
        let first = found.iter().find(|e| e.name == "w:num").map(|e| e.range.start);
        let last = found.iter().rfind(|e| e.name == "w:num").map(|e| e.range.end);
        let end = source.rfind("</w:numbering>")?;
        let mut edits = Edits::default();
        edits.insert(first.unwrap_or(end), lists.definitions());
        edits.insert(last.unwrap_or(end), lists.instances());
        changed.insert(name.clone(), edits.apply(source));
        return Some(());
    }
    let part = format!("{}numbering.xml", related.folder);
    let mut edits = Edits::default();
    edits.insert(
        related.source.rfind("</Relationships>")?,
        format!("<Relationship Id=\"rIdGreffier\" Type=\"{OFFICE}/numbering\" Target=\"numbering.xml\"/>"),
    );
    changed.insert(related.name.clone(), edits.apply(&related.source));
    let types = package.text(TYPES).ok()??;
    let mut edits = Edits::default();
    edits.insert(
        types.rfind("</Types>")?,
        format!("<Override PartName=\"/{part}\" ContentType=\"{WORD}.numbering+xml\"/>"),
    );
    changed.insert(TYPES.to_owned(), edits.apply(&types));
    changed.insert(part, lists.part());
    Some(())
}

/// A file of models (.dotx) becomes a document.
fn finish_types(package: &Package, changed: &mut Changed) -> Option<()> {
    let types = match changed.get(TYPES) {
        Some(types) => types.clone(),
        None => package.text(TYPES).ok()??,
    };
    let model = format!("{WORD}.template.main+xml");
    if types.contains(&model) {
        let types = types.replace(&model, &format!("{WORD}.document.main+xml"));
        changed.insert(TYPES.to_owned(), types);
    }
    Some(())
}
