//! Excel workbooks and separated values: each row a line.
//!
//! Cells are read one after the other, never laid out as a grid: two cells far apart would fill
//! the memory with empty ones. Hidden sheets are left out.

use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx};

use super::columns::Columns;
use super::lines;
use super::package::{MAX_PART, Package};
use super::xml::{self, Node};
use super::{Imported, Reason, Remark, text};

/// Columns beyond which empty cells are no longer kept in their place.
const MAX_GAP: usize = 256;
/// Bytes of the shortest text of a cell: `<si/>`.
const SHORTEST_STRING: usize = 5;

/// Reads a workbook whose package has been checked.
///
/// # Errors
/// When it is damaged or too big.
pub(super) fn workbook(bytes: &[u8], package: &mut Package<'_>) -> Result<Imported, Reason> {
    let is_read = |name: &String| name.starts_with("xl/") && name.ends_with(".xml");
    let size: u64 = package.names().filter(is_read).map(|name| package.size(&name)).sum();
    if size > MAX_PART {
        return Err(Reason::Hostile("contenu démesuré une fois décompressé"));
    }
    strings_fit(package)?;
    let damaged = |error: calamine::XlsxError| Reason::Damaged(error.to_string());
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(damaged)?;
    let sheets = book.sheets_metadata().to_vec();
    let mut read: Vec<(String, Vec<String>)> = Vec::new();
    let mut hidden = 0;
    for sheet in sheets.into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        if sheet.visible != SheetVisible::Visible {
            hidden += 1;
            continue;
        }
        let mut cells = book.worksheet_cells_reader(&sheet.name).map_err(damaged)?;
        let mut rows = Rows::default();
        while let Some(cell) = cells.next_cell().map_err(damaged)? {
            rows.cell(cell.get_position(), shown(cell.get_value()));
        }
        read.push((sheet.name, rows.finish()));
    }
    read.retain(|(_, lines)| !lines.is_empty());
    let several = read.len() > 1;
    let mut all = Vec::new();
    for (name, lines) in read {
        if several {
            all.extend([String::new(), name]);
        }
        all.extend(lines);
    }
    let remark =
        lines::count(hidden, "feuille masquée non reprise", "feuilles masquées non reprises");
    Ok(Imported {
        text: lines::text(&all),
        remarks: remark.into_iter().map(Remark::LeftOut).collect(),
        ..Imported::default()
    })
}

/// Checks that the part which holds the texts of cells announces no more of them than it has room
/// for: the library makes room for as many before it reads them.
fn strings_fit(package: &mut Package<'_>) -> Result<(), Reason> {
    let held = |name: &String| name.to_lowercase().ends_with("sharedstrings.xml");
    let parts: Vec<String> = package.names().filter(held).collect();
    for part in parts {
        let xml = package.part(&part)?.unwrap_or_default();
        let most = (xml.len() / SHORTEST_STRING) as u64;
        xml::walk(&xml, &mut |node| match node {
            Node::Open(element) if element.name() == "sst" => {
                let announced = element.attribute("uniqueCount").and_then(|n| n.parse().ok());
                match announced {
                    Some::<u64>(count) if count > most => {
                        Err(Reason::Hostile("contenu démesuré une fois décompressé"))
                    }
                    _ => Ok(()),
                }
            }
            _ => Ok(()),
        })?;
    }
    Ok(())
}

/// Rows of cells that come with their place.
#[derive(Default)]
struct Rows {
    lines: Vec<String>,
    row: u32,
    cells: Vec<String>,
    columns: Columns,
}

impl Rows {
    fn cell(&mut self, (row, column): (u32, u32), value: String) {
        if row != self.row {
            self.end();
            self.row = row;
        }
        if value.trim().is_empty() {
            return;
        }
        let column = usize::try_from(column).unwrap_or(usize::MAX).min(MAX_GAP);
        while self.cells.len() < column {
            self.cells.push(String::new());
        }
        self.cells.push(value);
    }

    fn end(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        self.lines.extend(self.columns.line(&cells));
    }

    fn finish(mut self) -> Vec<String> {
        self.end();
        self.lines
    }
}

/// A value as a French sheet shows it.
fn shown(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => decimal(*number),
        DataRef::String(text) => one_line(text),
        DataRef::SharedString(text) => one_line(text),
        DataRef::Bool(true) => "oui".to_owned(),
        DataRef::Bool(false) => "non".to_owned(),
        DataRef::DateTime(date) => moment(date),
        DataRef::DateTimeIso(date) => iso(date),
        DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// With a comma, and without what the binary form adds: 3,1 and not 3.1000000000000001.
fn decimal(number: f64) -> String {
    let rounded = format!("{number:.9}");
    rounded.trim_end_matches('0').trim_end_matches('.').replace('.', ",")
}

/// A day, an hour, or both; Excel counts days, and hours as their parts.
fn moment(date: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, ..) = date.to_ymd_hms_milli();
    let has_hour = date.as_f64().fract().abs() > f64::EPSILON;
    let hour = format!("{hour}h{minute:02}");
    if date.as_f64() < 1.0 {
        return hour;
    }
    let day = format!("{day:02}/{month:02}/{year}");
    if has_hour { format!("{day} {hour}") } else { day }
}

/// `2026-03-10T19:30:00` as `10/03/2026 19h30`.
fn iso(date: &str) -> String {
    let Ok(moment) = date.parse::<jiff::civil::DateTime>() else { return date.to_owned() };
    let day = format!("{:02}/{:02}/{}", moment.day(), moment.month(), moment.year());
    match (moment.hour(), moment.minute()) {
        (0, 0) => day,
        (hour, minute) => format!("{day} {hour}h{minute:02}"),
    }
}

/// Reads separated values.
///
/// # Errors
/// When the bytes are no text.
pub(super) fn separated(bytes: &[u8]) -> Result<Imported, Reason> {
    let text = text::decode(bytes)?;
    // Excel's own note on the separator.
    let named = text.lines().next().and_then(|line| line.strip_prefix("sep=")).map(str::trim);
    let (separator, text) = match named.and_then(|s| s.bytes().next()) {
        Some(separator) => (separator, text.split_once('\n').map_or("", |(_, rest)| rest)),
        None => (separator(&text), text.as_str()),
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut all = Vec::new();
    let mut columns = Columns::default();
    for record in reader.records() {
        let record = record.map_err(|error| Reason::Damaged(error.to_string()))?;
        let cells: Vec<String> = record.iter().map(one_line).collect();
        all.extend(columns.line(&cells));
    }
    Ok(lines::text(&all).into())
}

/// Lines from which the separator is told.
const SAMPLE: usize = 20;

/// The separator that cuts most lines in as many cells; a comma may also be a decimal's.
fn separator(text: &str) -> u8 {
    let lines: Vec<&str> =
        text.lines().filter(|line| !line.trim().is_empty()).take(SAMPLE).collect();
    let regular = |separator: u8| {
        let counts: Vec<usize> = lines.iter().map(|line| outside_quotes(line, separator)).collect();
        let usual =
            counts.iter().copied().max_by_key(|n| counts.iter().filter(|m| *m == n).count());
        let usual = usual.unwrap_or(0);
        if usual == 0 { 0 } else { counts.iter().filter(|n| **n == usual).count() }
    };
    // The first of equals wins: French programs write semicolons.
    let mut best = (b';', 0);
    for separator in [b';', b'\t', b','] {
        let lines = regular(separator);
        if lines > best.1 {
            best = (separator, lines);
        }
    }
    best.0
}

fn outside_quotes(line: &str, separator: u8) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for byte in line.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            _ if byte == separator && !quoted => count += 1,
            _ => {}
        }
    }
    count
}
