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

/// Puts findings that say the same of several pieces of the notes into one, which quotes them all
/// and stands where the first did: who checks reads one line for each thing to do.
pub fn grouped(findings: Vec<Finding>) -> Vec<Finding> {
    let mut out: Vec<(Option<String>, Finding)> = Vec::new();
    for finding in findings {
        let lead = lead(&finding);
        let told = lead.as_ref().and_then(|lead| {
            let same = |(other, first): &&mut (Option<String>, Finding)| {
                other.as_ref() == Some(lead) && first.severity == finding.severity
            };
            out.iter_mut().find(same)
        });
        match (told, &lead) {
            (Some((_, first)), Some(lead)) => {
                let more = finding.message.get(lead.len()..).unwrap_or_default();
                first.message = format!("{} ; {}", first.message, more.trim_start());
            }
            _ => out.push((lead, finding)),
        }
    }
    out.into_iter().map(|(_, finding)| finding).collect()
}

/// What a finding says before what it says it of, where others may say the same.
fn lead(finding: &Finding) -> Option<String> {
    const LISTED: [FindingKind; 4] = [
        FindingKind::LeftOut,
        FindingKind::PersonalData,
        FindingKind::Uncertain,
        FindingKind::Missing,
    ];
    let listed = LISTED.contains(&finding.kind);
    let quote = finding.message.find(": « ").filter(|_| finding.message.ends_with('»'));
    let blank = finding.message.strip_prefix(BLANK).map(|_| BLANK.len());
    let end = quote.map(|at| at + 1).or(blank).filter(|_| listed)?;
    finding.message.get(..end).map(str::to_owned)
}

const BLANK: &str = "À compléter : ";

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_several_lines_is_said_once() {
        let findings = vec![
            finding(Remark::Private, "ne pas citer Zoé", 0..4),
            Finding::check(FindingKind::Missing, None, "À compléter : objet"),
            finding(Remark::Doubt, "le 3 ou le 4 ?", 5..9),
            finding(Remark::Private, "chut", 10..14),
            Finding::check(FindingKind::Missing, None, "À compléter : signataire"),
            finding(Remark::Gossip, "elle râle", 15..20),
        ];
        let told: Vec<String> = grouped(findings).into_iter().map(|f| f.message).collect();
        assert_eq!(
            told,
            [
                "Laissé de côté, comme vos notes le demandent : « ne pas citer Zoé » ; « chut »",
                "À compléter : objet ; signataire",
                "Vos notes en doutent, vérifiez puis complétez : « le 3 ou le 4 ? »",
                "Semble une remarque entre vous, laissée de côté ; reprenez-la s’il le faut : « elle râle »",
            ]
        );
    }
}
