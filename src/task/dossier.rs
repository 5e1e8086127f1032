//! A record as a file that the user corrects: TOML with French keys, each explained, read back
//! with one French line for every slip.
//!
//! A task describes its record once, as a tree of [`Field`]s: the key that the record has in JSON,
//! its French name, a comment, an example for a line that is left to fill in. Writing walks the
//! record along that tree; reading gives the keys their names back and lets the record's own type
//! take the values. A field of the record that the tree does not know keeps its own key, so that
//! nothing is lost between two versions.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use toml::Spanned;
use toml::de::{DeTable, DeValue, Deserializer};

use crate::office::reason::{explain, nearest};

/// A field of a record, as the file shows it.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// Its key in the record.
    pub key: &'static str,
    /// Its key in the file.
    pub name: &'static str,
    /// What it is, for the person who corrects it.
    pub help: &'static str,
    /// A value as one types it, shown behind `#` where there is none; nothing when empty.
    pub example: &'static str,
    /// What it holds.
    pub shape: Shape,
}

/// A field of a record, as its table lists it.
pub const fn field(
    key: &'static str,
    name: &'static str,
    shape: Shape,
    example: &'static str,
    help: &'static str,
) -> Field {
    Field { key, name, help, example, shape }
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A text, a number, yes or no, or a list of such.
    Value,
    /// The same, without which the file cannot be read.
    Required,
    /// One of these values: in the record, in the file.
    Choice(&'static [(&'static str, &'static str)]),
    /// A section `[name]`.
    Section(&'static [Field]),
    /// A list of small tables, a line each.
    Rows(&'static [Field]),
    /// A list of sections `[[name]]`, with the word that numbers them.
    Sections(&'static str, &'static [Field]),
    /// Computed again whenever the file is read: not in it.
    Computed,
}

impl Shape {
    /// What a table under this field holds.
    fn fields(self) -> &'static [Field] {
        match self {
            Self::Section(fields) | Self::Rows(fields) | Self::Sections(_, fields) => fields,
            Self::Value | Self::Required | Self::Choice(_) | Self::Computed => &[],
        }
    }

    /// Whether TOML wants it after the plain keys of its table.
    fn comes_last(self) -> bool {
        matches!(self, Self::Section(_) | Self::Sections(..))
    }
}

/// What is wrong in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// Why, in French, and what to write.
    pub reason: String,
}

/// The record as a commented file.
pub fn write(preface: &str, record: &Value, fields: &[Field]) -> String {
    let mut out = String::new();
    for line in preface.lines() {
        comment(&mut out, line);
    }
    out.push('\n');
    if let Value::Object(object) = record {
        table(&mut out, "", object, fields, Comments::Said);
    }
    out
}

/// Whether the fields of a table were explained already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comments {
    Said,
    Spared,
}

fn comment(out: &mut String, line: &str) {
    out.push_str(if line.is_empty() { "#" } else { "# " });
    out.push_str(line);
    out.push('\n');
}

/// The keys of one table, then its sections.
fn table(
    out: &mut String,
    path: &str,
    object: &Map<String, Value>,
    fields: &[Field],
    comments: Comments,
) {
    let unnamed = object.iter().filter(|(key, _)| fields.iter().all(|f| f.key != key.as_str()));
    for (key, value) in unnamed.filter(|(_, value)| !value.is_null()) {
        out.push_str(&format!("{key} = {}\n", inline(value)));
    }
    let plain = fields.iter().filter(|f| !f.shape.comes_last());
    for field in plain.filter(|f| !matches!(f.shape, Shape::Computed)) {
        let Some(value) = object.get(field.key) else { continue };
        if comments == Comments::Said {
            for line in field.help.lines() {
                comment(out, line);
            }
        }
        match value {
            Value::Null if field.example.is_empty() => {}
            Value::Null => comment(out, &format!("{} = {}", field.name, field.example)),
            value => out.push_str(&format!("{} = {}\n", field.name, written(value, field.shape))),
        }
        if comments == Comments::Said {
            out.push('\n');
        }
    }
    for field in fields.iter().filter(|f| f.shape.comes_last()) {
        let path =
            if path.is_empty() { field.name.to_owned() } else { format!("{path}.{}", field.name) };
        section(out, &path, object.get(field.key), field, comments);
    }
}

/// One section, or one of each of a list.
fn section(out: &mut String, path: &str, value: Option<&Value>, field: &Field, comments: Comments) {
    let help = if comments == Comments::Said { field.help } else { "" };
    match (value, field.shape) {
        (Some(Value::Object(object)), _) => {
            open(out, help, &format!("[{path}]\n"));
            table(out, path, object, field.shape.fields(), comments);
        }
        (Some(Value::Array(list)), Shape::Sections(word, fields)) => {
            for (index, item) in list.iter().enumerate() {
                let Value::Object(object) = item else { continue };
                let first = index == 0;
                let heading = format!("# {word} {}\n[[{path}]]\n", index + 1);
                open(out, if first { help } else { "" }, &heading);
                let comments = if first { comments } else { Comments::Spared };
                table(out, path, object, fields, comments);
            }
        }
        (Some(Value::Null), _) if comments == Comments::Said => {
            let mut example = format!("# [{path}]\n");
            for field in field.shape.fields().iter().filter(|f| !f.example.is_empty()) {
                example.push_str(&format!("# {} = {}\n", field.name, field.example));
            }
            open(out, help, &example);
        }
        _ => {}
    }
}

/// A blank line, what the section is, its heading.
fn open(out: &mut String, help: &str, heading: &str) {
    if !out.ends_with("\n\n") {
        out.push('\n');
    }
    for line in help.lines() {
        comment(out, line);
    }
    out.push_str(heading);
}

/// A value under its key: lists of texts and tables a line each.
fn written(value: &Value, shape: Shape) -> String {
    match (value, shape) {
        (Value::Array(list), _) if list.iter().any(|v| !v.is_number()) => {
            let mut lines = String::from("[\n");
            for item in list {
                let item = match item {
                    Value::Object(object) => row(object, shape.fields()),
                    item => inline(item),
                };
                lines.push_str(&format!("  {item},\n"));
            }
            lines + "]"
        }
        (value, shape) => one_line(value, shape),
    }
}

/// A value on the line of its key, a choice by its name in the file.
fn one_line(value: &Value, shape: Shape) -> String {
    match (value, shape) {
        (Value::String(text), Shape::Choice(choices)) => {
            let name = choices.iter().find(|(key, _)| key == text).map_or(&**text, |(_, n)| n);
            quoted(name)
        }
        (value, _) => inline(value),
    }
}

/// A small table on one line, its keys in the order of its fields.
fn row(object: &Map<String, Value>, fields: &[Field]) -> String {
    let named = fields.iter().filter_map(|f| Some((f.name, object.get(f.key)?, f.shape)));
    let unnamed = object.iter().filter(|(key, _)| fields.iter().all(|f| f.key != key.as_str()));
    let pairs: Vec<String> = named
        .chain(unnamed.map(|(key, value)| (key.as_str(), value, Shape::Value)))
        .filter(|(_, value, _)| !value.is_null())
        .map(|(key, value, shape)| format!("{key} = {}", one_line(value, shape)))
        .collect();
    format!("{{ {} }}", pairs.join(", "))
}

fn inline(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text),
        Value::Array(list) => {
            format!("[{}]", list.iter().map(inline).collect::<Vec<_>>().join(", "))
        }
        Value::Object(object) => row(object, &[]),
        value => value.to_string(),
    }
}

/// A text between straight quotes, on one line.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            letter if letter.is_control() => {
                out.push_str(&format!("\\u{:04X}", u32::from(letter)));
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// Reads a record from a file.
///
/// # Errors
/// The first slip: a line that is not TOML, an unknown key, a value of another kind.
pub fn read<T: DeserializeOwned>(text: &str, fields: &[Field]) -> Result<T, Fault> {
    let fault = |error: &toml::de::Error| {
        let start = error.span().map_or(0, |span| span.start).min(text.len());
        let (line, reason) = explain(text, start, error.message(), first_section(fields));
        Fault { line, reason }
    };
    let mut table = DeTable::parse(text).map_err(|error| fault(&error))?;
    let mut reader = Reader { text, all: fields, unknown: Vec::new() };
    let span = table.span();
    rename(&mut reader, table.get_mut(), fields, span.start)?;
    T::deserialize(Deserializer::from(table)).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        // A key that neither the tree nor the record knows.
        let unknown = error.message().starts_with("unknown field");
        match reader.unknown.into_iter().find(|(place, _)| unknown && *place == start) {
            Some((place, reason)) => Fault { line: line_of(text, place), reason },
            None => fault(&error),
        }
    })
}

/// What reading knows while it renames keys.
struct Reader<'a> {
    text: &'a str,
    all: &'a [Field],
    /// Keys that the tree does not know, by their place: what to say if the record refuses them.
    unknown: Vec<(usize, String)>,
}

/// Gives the keys of a table, and of those below it, the names that the record has for them.
fn rename(
    reader: &mut Reader<'_>,
    table: &mut DeTable<'_>,
    fields: &[Field],
    start: usize,
) -> Result<(), Fault> {
    let named = |name: &str| fields.iter().find(|f| f.name == name);
    let mut renamed = DeTable::new();
    for (key, mut value) in std::mem::take(table) {
        let place = key.span();
        let Some(field) = named(key.get_ref()) else {
            let (certain, reason) = unknown_key(key.get_ref(), fields, reader.all);
            if certain {
                return Err(Fault { line: line_of(reader.text, place.start), reason });
            }
            reader.unknown.push((place.start, reason));
            renamed.insert(key, value);
            continue;
        };
        below(reader, &mut value, field)?;
        renamed.insert(Spanned::new(place, field.key.into()), value);
    }
    let mut required = fields.iter().filter(|f| matches!(f.shape, Shape::Required));
    if let Some(field) = required.find(|f| !renamed.contains_key(f.key)) {
        let reason = format!("il manque la clé « {} »", field.name);
        return Err(Fault { line: line_of(reader.text, start), reason });
    }
    *table = renamed;
    Ok(())
}

/// Renames what stands under one key.
fn below(
    reader: &mut Reader<'_>,
    value: &mut Spanned<DeValue<'_>>,
    field: &Field,
) -> Result<(), Fault> {
    let start = value.span().start;
    match (value.get_mut(), field.shape) {
        (DeValue::Table(table), shape) => rename(reader, table, shape.fields(), start),
        (DeValue::Array(list), shape) if !shape.fields().is_empty() => {
            for item in list.iter_mut() {
                let start = item.span().start;
                if let DeValue::Table(table) = item.get_mut() {
                    rename(reader, table, shape.fields(), start)?;
                }
            }
            Ok(())
        }
        (DeValue::String(text), Shape::Choice(choices)) => {
            match choices.iter().find(|(_, name)| *name == text.as_ref()) {
                Some((key, _)) => {
                    *text = (*key).into();
                    Ok(())
                }
                None => {
                    let names: Vec<String> =
                        choices.iter().map(|(_, name)| format!("\"{name}\"")).collect();
                    let reason =
                        format!("valeur « {text} » inconnue ; écrivez {}", names.join(" ou "));
                    Err(Fault { line: line_of(reader.text, start), reason })
                }
            }
        }
        _ => Ok(()),
    }
}

/// What to say of a key that no field of its table has, and whether it is surely a slip.
fn unknown_key(wrong: &str, fields: &[Field], all: &[Field]) -> (bool, String) {
    let names: Vec<&str> = fields.iter().map(|f| f.name).collect();
    if let Some(home) = home_of(wrong, all) {
        return (true, format!("la clé « {wrong} » se place sous [{home}]"));
    }
    let meant = fields.iter().find(|f| f.key == wrong).map(|f| f.name);
    if let Some(near) = meant.or_else(|| nearest(wrong, &names)) {
        return (true, format!("clé « {wrong} » inconnue ; vouliez-vous « {near} » ?"));
    }
    (false, format!("clé « {wrong} » inconnue ; clés possibles ici : {}", names.join(", ")))
}

/// The section that has a field of this name.
fn home_of(name: &str, fields: &[Field]) -> Option<&'static str> {
    fields.iter().find_map(|field| {
        let below = field.shape.fields();
        if below.iter().any(|f| f.name == name) { Some(field.name) } else { home_of(name, below) }
    })
}

fn first_section(fields: &[Field]) -> &'static str {
    fields.iter().find(|f| f.shape.comes_last()).map_or("section", |f| f.name)
}

fn line_of(text: &str, place: usize) -> usize {
    text.as_bytes().iter().take(place).filter(|b| **b == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::*;

    #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct Club {
        kind: String,
        name: String,
        seats: Option<u32>,
        extra: Option<String>,
        people: Vec<Person>,
        room: Option<Room>,
    }

    #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct Person {
        name: String,
    }

    #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
    #[serde(default, deny_unknown_fields)]
    struct Room {
        floor: Option<u32>,
    }

    const fn field(key: &'static str, name: &'static str, shape: Shape) -> Field {
        Field { key, name, help: "Aide.", example: "1", shape }
    }

    const FIELDS: &[Field] = &[
        field("kind", "sorte", Shape::Choice(&[("a", "grande"), ("b", "petite")])),
        field("name", "nom", Shape::Required),
        field("seats", "places", Shape::Value),
        field("people", "gens", Shape::Rows(&[field("name", "nom", Shape::Required)])),
        field("room", "salle", Shape::Section(&[field("floor", "etage", Shape::Value)])),
    ];

    fn club() -> Club {
        Club {
            kind: "b".into(),
            name: "Les \"Bleuets\"\\\n\u{1}".into(),
            extra: Some("plus tard".into()),
            people: vec![Person { name: "Ada".into() }],
            ..Club::default()
        }
    }

    #[test]
    fn a_record_comes_back_as_it_was_fields_without_a_name_included() {
        let mut club = club();
        for room in [None, Some(Room { floor: Some(2) })] {
            club.room = room;
            let text = write("Tête.", &serde_json::to_value(&club).unwrap(), FIELDS);
            assert_eq!(read::<Club>(&text, FIELDS).unwrap(), club, "{text}");
            assert!(text.starts_with("# Tête.\n") && text.contains("sorte = \"petite\""));
            assert!(text.contains("# places = 1"), "what is missing can be filled in: {text}");
        }
    }

    #[test]
    fn a_slip_is_said_with_its_line_and_what_to_write() {
        let table = [
            ("nom = \"a\"\nplase = 3", 2, "clé « plase » inconnue ; vouliez-vous « places » ?"),
            ("nom = \"a\"\nseats = 3", 2, "vouliez-vous « places » ?"),
            ("nom = \"a\"\netage = 3", 2, "la clé « etage » se place sous [salle]"),
            ("nom = \"a\"\nzzzzzz = 3", 2, "clés possibles ici : sorte, nom, places"),
            ("nom = \"a\"\nplaces = \"x\"", 2, "un nombre entier"),
            ("nom = \"a\"\nsorte = \"x\"", 2, "écrivez \"grande\" ou \"petite\""),
            ("nom = \"a\"\nplaces : 3", 2, "signe ="),
            ("nom = \"a\"\nsalle = 3", 2, "comme [salle]"),
            ("nom = \"a\"\ngens = [\n  { nam = \"b\" },\n]", 3, "vouliez-vous « nom » ?"),
            ("places = 3", 1, "il manque la clé « nom »"),
        ];
        for (text, line, words) in table {
            let fault = read::<Club>(text, FIELDS).unwrap_err();
            assert_eq!(fault.line, line, "{text}: {fault:?}");
            assert!(fault.reason.contains(words), "{text}: {fault:?}");
            assert!(!fault.reason.contains('\n'));
        }
    }
}
