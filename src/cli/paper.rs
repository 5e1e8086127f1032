//! The office's own paper: which template serves a document, judged before the model runs.

use std::path::Path;

use super::Failure;
use super::terminal::Terminal;
use crate::document::Format;
use crate::document::template::Template;
use crate::office::Modele;

/// The template for that format, if the sheet names one; `folder` is the sheet's.
///
/// # Errors
/// When the template cannot be used: what is wrong with it and what to do.
pub fn template(
    paper: &Modele,
    folder: &Path,
    format: Option<Format>,
    terminal: &Terminal,
) -> Result<Option<Template>, Failure> {
    let Some(format) = format else { return Ok(None) };
    let (named, other) = match format {
        Format::Docx => (&paper.docx, paper.odt.as_ref().map(|_| (".odt", ".docx"))),
        Format::Odt => (&paper.odt, paper.docx.as_ref().map(|_| (".docx", ".odt"))),
        Format::Markdown | Format::Text | Format::Html | Format::Pdf => return Ok(None),
    };
    let Some(path) = named else {
        if let Some((given, wanted)) = other {
            terminal.note(&format!(
                "La fiche ne donne qu'un modèle {given} : ce document {wanted} est écrit sans modèle"
            ));
        }
        return Ok(None);
    };
    let path = folder.join(path);
    let template = Template::read(&path, format).map_err(Failure::usage)?;
    terminal.note(&format!("Papier à en-tête : {}", path.display()));
    if !template.has_body() {
        terminal.note("Le modèle n'a pas de {{ corps }} : le texte est placé à la fin");
    }
    Ok(Some(template))
}
