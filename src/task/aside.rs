//! What a draft says of the parts of the notes that it left out.

use crate::finding::{Finding, FindingKind};
use crate::notes::Span;
use crate::reading::correction::{Amended, Correction};
use crate::reading::remark::Remark;

/// How the finding opens that tells what the notes ask to leave out.
pub const ASKED: &str = "Laissé de côté, comme vos notes le demandent";

/// The finding that quotes a remark taken out of the notes.
pub fn finding(remark: Remark, text: &str, span: Span) -> Finding {
    let text = text.trim();
    let span = Some(span);
    match remark {
        Remark::Private => {
            Finding::check(FindingKind::LeftOut, span, format!("{ASKED} : « {text} »"))
        }
        Remark::Instruction => Finding::info(
            FindingKind::LeftOut,
            span,
            format!("Consigne pour la mise en forme, non imprimée : « {text} »"),
        ),
        Remark::Judgement => Finding::info(
            FindingKind::LeftOut,
            span,
            format!("Humeur ou jugement laissé de côté : « {text} »"),
        ),
        Remark::Gossip => Finding::info(
            FindingKind::LeftOut,
            span,
            format!(
                "Semble une remarque entre vous, laissée de côté ; reprenez-la s’il le faut : « {text} »"
            ),
        ),
        Remark::Health => Finding::check(
            FindingKind::PersonalData,
            span,
            format!("Donnée personnelle (santé, situation) laissée de côté : « {text} »"),
        ),
        Remark::Promotion => Finding::info(
            FindingKind::LeftOut,
            span,
            format!("Éloge, promotion ou menace laissé de côté : « {text} »"),
        ),
        Remark::Internal => Finding::info(
            FindingKind::LeftOut,
            span,
            format!("Information interne, non imprimée : « {text} »"),
        ),
        Remark::Order => Finding::check(
            FindingKind::LeftOut,
            span,
            format!(
                "Consigne adressée au logiciel et non au lecteur, ni suivie ni imprimée : « {text} »"
            ),
        ),
        Remark::Doubt => Finding::check(
            FindingKind::Uncertain,
            span,
            format!("Vos notes en doutent, vérifiez puis complétez : « {text} »"),
        ),
    }
}

/// The findings that quote the remarks taken out of one piece of the notes.
pub fn findings(dropped: &[(Remark, String)], span: &Span) -> impl Iterator<Item = Finding> {
    dropped.iter().map(|(remark, text)| finding(*remark, text, span.clone()))
}

/// Adds the findings of what was taken out of the notes before they were read, where it stood.
pub fn add_apart(findings: &mut Vec<Finding>, dropped: Vec<(Remark, String, Span)>) {
    findings.extend(dropped.into_iter().map(|(kind, text, span)| finding(kind, &text, span)));
    findings.sort_by_key(|f| f.notes.as_ref().map_or(usize::MAX, |span| span.start));
    findings.dedup_by(|a, b| a.message == b.message);
}

/// The finding that tells a correction made: what was put in the place of what, and the words of
/// the notes.
pub fn correction(what: &str, text: &str, span: Span) -> Finding {
    Finding::check(
        FindingKind::Correction,
        Some(span),
        format!("Correction notée : {what}. La dernière valeur est retenue : « {} »", text.trim()),
    )
}

/// The finding that tells a correction that the reader has to make.
pub fn uncorrected(text: &str, span: Span) -> Finding {
    Finding::check(
        FindingKind::Correction,
        Some(span),
        format!(
            "Correction à reporter vous-même, elle n’a pas pu être appliquée : « {} »",
            text.trim()
        ),
    )
}

/// Takes the findings of amended notes back to the notes as typed, and adds those that tell what
/// was corrected.
pub fn amended(amended: &Amended, findings: &mut Vec<Finding>) {
    amended.take_back(findings);
    for Correction { span, text, values } in amended.corrections() {
        let values: Vec<String> =
            values.iter().map(|(old, new)| format!("{new} au lieu de {old}")).collect();
        findings.push(correction(&values.join(", "), text, span.clone()));
    }
    findings.sort_by_key(|f| f.notes.as_ref().map_or(usize::MAX, |span| span.start));
}

/// Adds the findings of computed checks, except where a finding of the same kind, or any quote of
/// a doubt, already stands on the same place of the notes.
pub fn add_computed(findings: &mut Vec<Finding>, computed: Vec<Finding>) {
    for new in computed {
        let said = findings.iter().any(|old| match (&old.notes, &new.notes) {
            (Some(a), Some(b)) => {
                let overlap = a.start < b.end && b.start < a.end;
                overlap && (old.kind == new.kind || new.kind == FindingKind::Uncertain)
            }
            _ => old.message == new.message,
        });
        if !said {
            findings.push(new);
        }
    }
    findings.sort_by_key(|f| f.notes.as_ref().map_or(usize::MAX, |span| span.start));
    findings.dedup_by(|a, b| a.message == b.message);
}
