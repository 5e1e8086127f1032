//! `greffier modeles`: what is installed, fetching, importing, checking, removing.
//!
//! Results go to `out`; progress bars and notices to standard error.

use std::io::Write;
use std::path::Path;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use crate::engine::{CancelToken, load};
use crate::models::fetch::{self, Sources};
use crate::models::{
    Event, Installed, ModelsError, Purpose, Resolved, Sink, Store, import as bring, registry,
    resolve, size,
};

/// Lists the registry and the user's own files.
///
/// # Errors
/// If the folder cannot be read or `out` not written.
pub fn list(store: &Store, out: &mut dyn Write) -> anyhow::Result<()> {
    let installed = store.installed()?;
    let default = &registry::default_entry().id;
    for entry in registry::entries() {
        let here = installed.iter().find(|one| one.id == entry.id);
        let mut remarks = Vec::new();
        if here.is_some() {
            remarks.push("installé");
        } else if entry.runs() {
            remarks.push("à télécharger");
        }
        if entry.id == *default {
            remarks.push("par défaut");
        }
        if entry.role == Purpose::Tests {
            remarks.push("pour les essais, ne rédige pas");
        }
        if !entry.runs() {
            remarks.push("à importer d'un fichier .gguf");
        } else if !entry.tried {
            remarks.push("jamais essayé avec greffier");
        }
        let bytes = entry.bytes.map_or_else(|| "taille inconnue".to_owned(), size);
        writeln!(out, "{:<15} {} ({})", entry.id, entry.name, remarks.join(", "))?;
        writeln!(
            out,
            "{:<15} {bytes}, mémoire {}, contexte {} jetons, {}, langues annoncées : {}",
            "",
            size(entry.memory_bytes),
            entry.context,
            entry.licence,
            entry.languages.join(" ")
        )?;
    }
    for own in installed.iter().filter(|one| one.entry.is_none()) {
        writeln!(out, "{:<15} {} (importé, hors registre)", own.id, own.name)?;
        writeln!(out, "{:<15} {}, {}", "", size(own.bytes), own.path.display())?;
    }
    writeln!(out, "Dossier : {}", store.folder().display())?;
    Ok(())
}

/// Fetches a model of the registry; without a name, the default.
///
/// # Errors
/// [`ModelsError`], to be answered with exit code 3.
pub fn install(
    store: &Store,
    id: Option<&str>,
    cancel: &CancelToken,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let entry = match id {
        None => registry::default_entry(),
        Some(id) => registry::find(id).ok_or_else(|| ModelsError::Unknown(id.to_owned()))?,
    };
    let installed = with_bar(&entry.id, &mut |sink| fetch::install(store, entry, cancel, sink))?;
    writeln!(out, "{} est installé : {}", installed.name, installed.path.display())?;
    Ok(())
}

/// Copies a file that the user brings.
///
/// # Errors
/// [`ModelsError`], to be answered with exit code 3.
pub fn import(
    store: &Store,
    path: &Path,
    cancel: &CancelToken,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let sources = Sources::from_env();
    let installed =
        with_bar(&path.file_name().unwrap_or_default().to_string_lossy(), &mut |sink| {
            bring::import(&sources, store, path, cancel, sink)
        })?;
    match installed.entry {
        Some(entry) => {
            writeln!(out, "fichier reconnu : {}, installé sous le nom {}", entry.name, entry.id)?;
        }
        None => writeln!(
            out,
            "fichier hors registre, accepté sous le nom {} ({}, architecture {}) : personne ne s'est porté garant de ses réponses, relisez-les de près",
            installed.id, installed.name, installed.architecture
        )?,
    }
    Ok(())
}

/// Reads one model, or all of them, in full and compares digests. Every model is checked, also
/// after a wrong one.
///
/// # Errors
/// The first [`ModelsError`] met, to be answered with exit code 3.
pub fn verify(
    store: &Store,
    id: Option<&str>,
    cancel: &CancelToken,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let wanted: Vec<Installed> = match id {
        None => store.installed()?,
        Some(id) => vec![store.find(id)?.ok_or_else(|| match registry::find(id) {
            Some(_) => ModelsError::NotInstalled(id.to_owned()),
            None => ModelsError::Unknown(id.to_owned()),
        })?],
    };
    if wanted.is_empty() {
        writeln!(out, "aucun modèle installé : greffier modeles installer")?;
    }
    let mut first = None;
    for installed in &wanted {
        match with_bar(&installed.id, &mut |sink| store.verify(installed, cancel, sink)) {
            Ok(checked) => writeln!(out, "{} : intact ({})", checked.id, checked.sha256)?,
            Err(ModelsError::Cancelled) => return Err(ModelsError::Cancelled.into()),
            Err(error) => {
                writeln!(out, "{} : abîmé", installed.id)?;
                first.get_or_insert(error);
            }
        }
    }
    first.map_or(Ok(()), |error| Err(error.into()))
}

/// Removes a model.
///
/// # Errors
/// [`ModelsError`], to be answered with exit code 3.
pub fn remove(store: &Store, prepared: &Path, id: &str, out: &mut dyn Write) -> anyhow::Result<()> {
    let digest = store.find(id)?.map(|installed| installed.sha256);
    let mut freed = store.remove(id)?;
    if let Some(digest) = digest {
        freed += load::forget(prepared, &digest);
    }
    writeln!(out, "{id} est supprimé, {} libérés", size(freed))?;
    Ok(())
}

/// The model to draft with, fetched now if it is not here.
///
/// # Errors
/// As [`resolve`] and [`fetch::install`], to be answered with exit code 3.
pub fn ensure(
    store: &Store,
    name: Option<&str>,
    cancel: &CancelToken,
) -> Result<Installed, ModelsError> {
    let entry = match resolve(store, name)? {
        Resolved::Installed(installed) => return Ok(installed),
        Resolved::NeedsFetch(entry) => entry,
    };
    with_bar(&entry.id, &mut |sink| fetch::install(store, entry, cancel, sink))
}

/// Runs an action with a progress bar on standard error, which is hidden if that is no terminal;
/// notices are shown all the same.
fn with_bar<T>(
    name: &str,
    action: &mut dyn FnMut(&mut Sink<'_>) -> Result<T, ModelsError>,
) -> Result<T, ModelsError> {
    let bar = ProgressBar::hidden();
    bar.set_style(style());
    bar.set_message(name.to_owned());
    let mut phase = None;
    let result = action(&mut |event| {
        let (checking, done, total) = match event {
            Event::Notice(line) => {
                // Standard error may be closed; the work goes on.
                let _ = bar.suspend(|| writeln!(std::io::stderr(), "{line}"));
                return;
            }
            Event::Fetching { done, total } => (false, done, total),
            Event::Checking { done, total } => (true, done, total),
        };
        bar.set_length(total);
        bar.set_position(done);
        if phase.replace(checking) != Some(checking) {
            if checking {
                bar.set_message(format!("{name}, vérification"));
            }
            // What an earlier attempt fetched says nothing about today's speed.
            bar.reset_eta();
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    });
    bar.finish_and_clear();
    result
}

fn style() -> ProgressStyle {
    let french: fn(&ProgressState, &mut dyn std::fmt::Write) = |state, line| {
        let total = state.len().unwrap_or(0);
        let _ = write!(line, "{} sur {}", size(state.pos()), size(total));
        if state.per_sec() >= 1.0 && state.pos() < total {
            let left = state.eta().as_secs();
            let _ = write!(line, ", {}/s, reste ", size(state.per_sec() as u64));
            let _ = match left {
                0..60 => write!(line, "{left} s"),
                60..3600 => write!(line, "{} min {:02} s", left / 60, left % 60),
                _ => write!(line, "{} h {:02} min", left / 3600, left % 3600 / 60),
            };
        }
    };
    ProgressStyle::with_template("{msg} {wide_bar} {etat}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .with_key("etat", move |state: &ProgressState, line: &mut dyn std::fmt::Write| {
            french(state, line);
        })
}
