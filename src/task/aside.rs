//! What a draft says of the parts of the notes that it left out.

use crate::finding::{Finding, FindingKind};
use crate::notes::Span;
use crate::reading::correction::Swap;
use crate::reading::remark::Remark;

/// The finding that quotes a remark taken out of the notes.
pub fn finding(remark: Remark, text: &str, span: Span) -> Finding {
    let text = text.trim();
    let span = Some(span);
    match remark {
        Remark::Private => Finding::check(
            FindingKind::LeftOut,
            span,
            format!("Laissé de côté, comme vos notes le demandent : « {text} »"),
        ),
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

/// Adds the findings of what was taken out of the notes before they were read, where it stood.
pub fn add_apart(findings: &mut Vec<Finding>, dropped: Vec<(Remark, String, Span)>) {
    findings.extend(dropped.into_iter().map(|(kind, text, span)| finding(kind, &text, span)));
    findings.sort_by_key(|f| f.notes.as_ref().map_or(usize::MAX, |span| span.start));
    findings.dedup_by(|a, b| a.message == b.message);
}

/// The finding that tells a correction applied to the notes.
pub fn swapped(swap: &Swap) -> Finding {
    let values: Vec<String> =
        swap.values.iter().map(|(old, new)| format!("{new} au lieu de {old}")).collect();
    Finding::check(
        FindingKind::Correction,
        Some(swap.line.clone()),
        format!(
            "Correction notée à part : {}. La dernière valeur est retenue : « {} »",
            values.join(", "),
            swap.text
        ),
    )
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
