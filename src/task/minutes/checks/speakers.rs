//! Members who speak in an account: not those who are away, nor a name that two of them bear.

use crate::finding::{Finding, FindingKind};
use crate::reading::fold;
use crate::task::minutes::people::People;
use crate::task::minutes::record::Item;
use crate::task::minutes::template::of;

/// A member who is not there cannot speak: the account says that the view was reported.
pub(super) fn absent_speakers(item: &mut Item, away: &[String], findings: &mut Vec<Finding>) {
    for clause in &mut item.clauses {
        let bare = ["Mme ", "M. ", "Mlle ", "Madame ", "Monsieur "]
            .iter()
            .find_map(|civility| clause.strip_prefix(civility))
            .unwrap_or(clause);
        let Some(name) = away.iter().find(|n| bare.starts_with(n.as_str())) else { continue };
        let said = &bare[name.len()..];
        if !speaks(said) {
            continue;
        }
        let said = said.trim_start_matches([' ', ':', ',']).to_owned();
        findings.push(Finding::check(
            FindingKind::AbsentSpeaker,
            Some(item.span.clone()),
            format!("{name} n’était pas en séance : le document dit que sa position est rapportée, non qu’elle ou il l’a exprimée."),
        ));
        *clause = format!("La position {}, absence notée, est rapportée : {said}", of(name));
    }
}

/// Whether what follows a name is a speech or a position.
fn speaks(said: &str) -> bool {
    const VERBS: [&str; 34] = [
        "demande",
        "propose",
        "dit",
        "trouve",
        "pense",
        "estime",
        "souhaite",
        "rappelle",
        "precise",
        "presente",
        "s'interroge",
        "s'oppose",
        "contre",
        "pour",
        "explique",
        "regrette",
        "remercie",
        "intervient",
        "fait",
        "signale",
        "informe",
        "prefere",
        "veut",
        "repond",
        "ajoute",
        "soutient",
        "vote",
        "voudrait",
        "insiste",
        "craint",
        "alerte",
        "remarque",
        "lit",
        "suggere",
    ];
    let folded = fold(said);
    let trimmed = folded.trim_start();
    let first = trimmed.split([' ', ',', '.']).next().unwrap_or_default();
    trimmed.starts_with(':') || VERBS.contains(&first)
}

/// A name that two members bear cannot be given to one of them.
pub(super) fn ambiguous(item: &Item, people: &People<'_>, findings: &mut Vec<Finding>) {
    for clause in &item.clauses {
        for (members, span) in people.roster.ambiguous(clause) {
            let who: Vec<&str> = members.iter().map(|m| people.roster.full_name(*m)).collect();
            let message = format!(
                "« {} » : « {} » peut être {} ; précisez.",
                item.title,
                &clause[span],
                who.join(" ou ")
            );
            if !findings.iter().any(|f| f.message == message) {
                findings.push(Finding::check(FindingKind::Name, Some(item.span.clone()), message));
            }
        }
    }
}
