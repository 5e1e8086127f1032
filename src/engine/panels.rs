//! The weights of a model as panels, in a file that is written once and then mapped.
//!
//! A GGUF file stores matrices row by row; the kernels read sixteen rows side by side. The other
//! order is written the first time a model is used, beside nothing else: a mapped file costs no
//! private memory, starts at once, and the system may drop and reread its pages.
//!
//! The file begins with a line of JSON ([`Header`]), whose digest follows it; panels start at
//! [`ALIGNMENT`]. A file that does not match the model, or that is cut, is written again. Where it
//! cannot be written the panels are kept in memory.

#![expect(unsafe_code, reason = "a file is mapped")]

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use candle_core::quantized::gguf_file::{Content, TensorInfo};
use memmap2::Mmap;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::CancelToken;
use super::arch::Spec;
use super::kernel::{Format, Matrix, PANEL_ROWS, pack_panel};
use super::pool::Pool;
use crate::digest::hexadecimal;

/// Changes with the order of bytes in panels.
const VERSION: u32 = 1;

/// Where panels start, and each matrix: a page of memory.
const ALIGNMENT: usize = 4096;

/// Panels packed between two writes and two looks at the cancel token.
const PANELS_AT_ONCE: usize = 256;

/// Longest header that is read.
const MAX_HEADER_BYTES: u64 = 4 << 20;

/// What a file of panels says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Header {
    greffier_panels: u32,
    /// Identity of the model file.
    model: String,
    /// First byte of the panels.
    data_start: usize,
    /// Bytes of the panels.
    data_bytes: usize,
    matrices: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Entry {
    name: String,
    format: Format,
    rows: usize,
    columns: usize,
    start: usize,
}

/// The weights, mapped or in memory.
pub(super) struct Panels {
    bytes: Bytes,
    matrices: Vec<Entry>,
}

enum Bytes {
    Mapped { map: Mmap, start: usize },
    Memory(Vec<u8>),
}

/// What a model is loaded from.
pub(super) struct Source<'a> {
    /// The GGUF file.
    pub(super) path: &'a Path,
    /// Its header.
    pub(super) content: &'a Content,
    /// Identity of the file.
    pub(super) identity: &'a str,
    /// Where panels are kept.
    pub(super) folder: &'a Path,
}

/// Why there are no panels.
#[derive(Debug)]
pub(super) enum PanelError {
    /// The user asked to stop.
    Cancelled,
    /// The model file cannot be read.
    Read(io::Error),
    /// A matrix has a format without kernels.
    Format(String),
}

impl Panels {
    /// The panels of every matrix.
    pub(super) fn bytes(&self) -> &[u8] {
        match &self.bytes {
            Bytes::Mapped { map, start } => &map[*start..],
            Bytes::Memory(bytes) => bytes,
        }
    }

    /// A matrix by its name in the model file.
    pub(super) fn matrix(&self, name: &str) -> Option<Matrix> {
        self.matrices.iter().find(|entry| entry.name == name).map(matrix)
    }
}

/// The panels of a model: mapped from its folder if they are there, written there if not.
///
/// `progress` is told the bytes packed and their total, only when there is something to pack.
pub(super) fn open(
    source: &Source<'_>,
    spec: &Spec,
    pool: &Pool,
    cancel: &CancelToken,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Panels, PanelError> {
    let Source { path: model, identity, content, folder } = *source;
    let matrices = plan(content, spec)?;
    let path = path_of(folder, identity);
    let data_bytes = matrices.last().map_or(0, |last| last.start + matrix(last).bytes());
    let header = |data_start| Header {
        greffier_panels: VERSION,
        model: identity.to_owned(),
        data_start,
        data_bytes,
        matrices: matrices.clone(),
    };
    if let Some(panels) = map(&path, &header) {
        return Ok(panels);
    }
    let mut source = File::open(model).map_err(PanelError::Read)?;
    let mut pack = |out: &mut dyn Write| {
        pack_all(&mut source, content, &matrices, pool, cancel, out, &mut |done| {
            progress(done as u64, data_bytes as u64);
        })
    };
    match write(&path, &header(0), &mut pack) {
        Ok(()) => {
            if let Some(panels) = map(&path, &header) {
                return Ok(panels);
            }
        }
        Err(PackError::Model(error)) => return Err(error),
        // No room or no right to write: memory will do.
        Err(PackError::Write) => {}
    }
    let mut bytes = Vec::with_capacity(data_bytes);
    match pack(&mut bytes) {
        Ok(()) => Ok(Panels { bytes: Bytes::Memory(bytes), matrices }),
        Err(PackError::Model(error)) => Err(error),
        Err(PackError::Write) => Err(PanelError::Read(io::ErrorKind::OutOfMemory.into())),
    }
}

/// Where the panels of a model are kept.
pub(super) fn path_of(folder: &Path, identity: &str) -> PathBuf {
    folder.join(format!("{identity}.panels"))
}

fn matrix(entry: &Entry) -> Matrix {
    let Entry { format, rows, columns, start, .. } = *entry;
    Matrix { format, rows, columns, start }
}

/// The matrices of a model in the order in which they are read for a token, and their places.
fn plan(content: &Content, spec: &Spec) -> Result<Vec<Entry>, PanelError> {
    let mut start = 0;
    let mut matrices = Vec::new();
    for wanted in spec.tensors() {
        let (Some(info), &[rows, columns]) =
            (content.tensor_infos.get(&wanted.name), wanted.shape.as_slice())
        else {
            continue;
        };
        let unknown = || PanelError::Format(format!("{:?}", info.ggml_dtype));
        let format = Format::of(info.ggml_dtype).ok_or_else(unknown)?;
        let bytes = format.panels_bytes(rows, columns).ok_or_else(unknown)?;
        matrices.push(Entry { name: wanted.name, format, rows, columns, start });
        start = (start + bytes).next_multiple_of(ALIGNMENT);
    }
    Ok(matrices)
}

/// Maps a file of panels, if it is the one that `expected` describes.
fn map(path: &Path, expected: &dyn Fn(usize) -> Header) -> Option<Panels> {
    let file = File::open(path).ok()?;
    let mut reader = BufReader::new(&file).take(MAX_HEADER_BYTES);
    let mut line = String::new();
    reader.read_line(&mut line).ok()?;
    let mut digest = String::new();
    reader.read_line(&mut digest).ok()?;
    let header: Header = serde_json::from_str(&line).ok()?;
    let sound = digest.trim_end() == self::digest(&line)
        && header == expected(header.data_start)
        && header.data_start.is_multiple_of(ALIGNMENT)
        && file.metadata().ok()?.len() == (header.data_start + header.data_bytes) as u64;
    if !sound {
        return None;
    }
    // SAFETY: the file is ours, written under another name and then renamed, never changed in
    // place; whoever may write to it may replace the program as well. Its length was checked, and
    // a file cut while it is mapped ends the program, as it would for any mapped library.
    let map = unsafe { Mmap::map(&file) }.ok()?;
    #[cfg(unix)]
    // Advice only: the pages will be read soon, in order.
    let _ = map.advise(memmap2::Advice::WillNeed);
    Some(Panels {
        bytes: Bytes::Mapped { map, start: header.data_start },
        matrices: header.matrices,
    })
}

/// Digest of the header's line.
fn digest(line: &str) -> String {
    hexadecimal(Sha256::new_with_prefix(line))
}

enum PackError {
    Model(PanelError),
    Write,
}

/// Writes a file of panels beside its place, then renames it.
fn write(
    path: &Path,
    header: &Header,
    pack: &mut dyn FnMut(&mut dyn Write) -> Result<(), PackError>,
) -> Result<(), PackError> {
    let failed = |_: io::Error| PackError::Write;
    let folder = path.parent().ok_or(PackError::Write)?;
    std::fs::create_dir_all(folder).map_err(failed)?;
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    // Room for the header, however many digits its own start has.
    let text = |start| -> Result<String, PackError> {
        let header = Header { data_start: start, ..header.clone() };
        let line = serde_json::to_string(&header).map_err(|_| PackError::Write)? + "\n";
        let digest = digest(&line);
        Ok(line + &digest + "\n")
    };
    let data_start = (text(usize::MAX)?.len()).next_multiple_of(ALIGNMENT);
    file.write_all(text(data_start)?.as_bytes()).map_err(failed)?;
    file.seek(SeekFrom::Start(data_start as u64)).map_err(failed)?;
    pack(&mut file)?;
    file.as_file().set_len((data_start + header.data_bytes) as u64).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Packs every matrix, one after the other, each from the next multiple of [`ALIGNMENT`].
fn pack_all(
    source: &mut File,
    content: &Content,
    matrices: &[Entry],
    pool: &Pool,
    cancel: &CancelToken,
    out: &mut dyn Write,
    progress: &mut dyn FnMut(usize),
) -> Result<(), PackError> {
    let mut written = 0;
    for entry in matrices {
        let padding = vec![0; entry.start - written];
        out.write_all(&padding).map_err(|_| PackError::Write)?;
        written = entry.start;
        let Some(info) = content.tensor_infos.get(&entry.name) else { continue };
        let read = |error| PackError::Model(PanelError::Read(error));
        source.seek(SeekFrom::Start(content.tensor_data_offset + info.offset)).map_err(read)?;
        let panel_bytes = matrix(entry).panel_bytes();
        let row_bytes = panel_bytes / PANEL_ROWS;
        let mut panels = vec![0; panel_bytes * PANELS_AT_ONCE];
        let mut rows = vec![0; panel_bytes * PANELS_AT_ONCE];
        for first in (0..entry.rows).step_by(PANELS_AT_ONCE * PANEL_ROWS) {
            if cancel.is_cancelled() {
                return Err(PackError::Model(PanelError::Cancelled));
            }
            let count = (entry.rows - first).min(PANELS_AT_ONCE * PANEL_ROWS);
            let rows = &mut rows[..count * row_bytes];
            source.read_exact(rows).map_err(read)?;
            let panels = &mut panels[..count.div_ceil(PANEL_ROWS) * panel_bytes];
            let mut pieces: Vec<_> =
                panels.chunks_mut(panel_bytes).zip(rows.chunks(panel_bytes)).collect();
            pool.each(&mut pieces, &|(panel, rows)| {
                pack_panel(entry.format, rows, entry.columns, panel);
            });
            out.write_all(panels).map_err(|_| PackError::Write)?;
            written += panels.len();
            progress(written);
        }
    }
    Ok(())
}

/// Reads a vector of floats of the model file.
pub(super) fn read_vector(
    source: &mut File,
    content: &Content,
    info: &TensorInfo,
) -> Result<Vec<f32>, PanelError> {
    let count = info.shape.elem_count();
    let format = Format::of(info.ggml_dtype).filter(|f| f.block_values() == 1);
    let Some(format) = format else {
        return Err(PanelError::Format(format!("{:?}", info.ggml_dtype)));
    };
    let mut bytes = vec![0; count * format.row_block_bytes()];
    source
        .seek(SeekFrom::Start(content.tensor_data_offset + info.offset))
        .and_then(|_| source.read_exact(&mut bytes))
        .map_err(PanelError::Read)?;
    let (halves, _) = bytes.as_chunks::<2>();
    let (floats, _) = bytes.as_chunks::<4>();
    Ok(match format {
        Format::F16 => {
            halves.iter().map(|b| super::kernel::f16_to_f32(u16::from_le_bytes(*b))).collect()
        }
        _ => floats.iter().map(|b| f32::from_le_bytes(*b)).collect(),
    })
}
