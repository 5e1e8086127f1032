//! What a draft says of the parts of the notes that it left out.

use crate::finding::{Finding, FindingKind};
use crate::notes::Span;
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
        Remark::Doubt => Finding::check(
            FindingKind::Uncertain,
            span,
            format!("Vos notes en doutent, vérifiez puis complétez : « {text} »"),
        ),
    }
}
