//! `greffier banc`: how fast a model runs on this computer.

use std::fmt::Write;

use super::args;
use super::{Exit, Failure, output, terminal};
use crate::cli::models;
use crate::engine::CancelToken;
use crate::engine::load::{Implementation, Options};
use crate::engine::measure::{Plan, Report, measure};
use crate::models::Store;
use crate::settings::Settings;

/// Measures and prints.
///
/// # Errors
/// The exit status and the French line that say why nothing was measured.
pub fn run(settings: &Settings, args: &args::Bench, cancel: &CancelToken) -> Result<Exit, Failure> {
    let (path, name, sha256) = match &args.gguf {
        Some(path) => (path.clone(), path.display().to_string(), String::new()),
        None => {
            let store = Store::at(&settings.models());
            let installed = models::ensure(&store, args.modele.as_deref(), cancel)?;
            (installed.path, installed.name, installed.sha256)
        }
    };
    let options = Options {
        path: &path,
        name: &name,
        sha256: &sha256,
        prepared: &settings.prepared(),
        threads: args.fils.map(usize::from),
        implementation: Implementation::Best,
        lookup: true,
    };
    let default = Plan::default();
    let plan = Plan {
        prompts: args.lectures.clone().unwrap_or(default.prompts),
        writes: args.ecritures.clone().unwrap_or(default.writes),
    };
    let report =
        measure(&options, &plan, cancel, &mut |what| terminal::say(&format!("Mesure : {what}")))?;
    let text = if args.json {
        serde_json::to_string_pretty(&report).map_err(Failure::failed)? + "\n"
    } else {
        table(&name, &report)
    };
    output::print(&text).map_err(Failure::failed)?;
    Ok(Exit::Done)
}

/// The report for a reader.
fn table(name: &str, report: &Report) -> String {
    let number = |value: f64, digits: usize| format!("{value:.digits$}").replace('.', ",");
    let percent = |share: f64| format!("{} %", number(share * 100.0, 0));
    let mut text = format!(
        "{name}\nInstructions : {}, fils de calcul : {}\nMachine : lecture de la mémoire {} Go/s, produits {} milliards/s\n\n",
        report.tier,
        report.threads,
        number(report.read_gb_per_s, 1),
        number(report.int8_gmac_per_s, 0),
    );
    let mut line = |what: String, speed: f64, share: f64| {
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{what:<44}{:>8} jetons/s   {:>5} de la limite",
            number(speed, 1),
            percent(share)
        );
    };
    for one in &report.prompt {
        line(format!("Lecture de {} jetons", one.tokens), one.tok_per_s, one.share_of_limit);
    }
    for one in &report.write {
        let what = match one.sequences {
            1 => format!("Écriture après {} jetons", one.context),
            n => format!("Écriture de {n} textes à la fois après {} jetons", one.context),
        };
        line(what, one.tok_per_s, one.share_of_limit);
    }
    if let Some(gain) = report.lookup {
        let _ = writeln!(
            text,
            "\nAnticipation des mots recopiés : {} fois plus vite pour recopier, {} fois en texte libre",
            number(gain.copy, 2),
            number(gain.prose, 2)
        );
    }
    if let Some(memory) = report.peak_rss_mb {
        let _ = writeln!(text, "Mémoire au plus haut : {} Mo", number(memory, 0));
    }
    if let Some(start) = report.warm_start_s {
        let _ = writeln!(text, "Du démarrage au premier mot : {} s", number(start, 2));
    }
    text
}
