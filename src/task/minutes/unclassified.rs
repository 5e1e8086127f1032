//! What a line of the header says that no field holds.

use std::sync::LazyLock;

use regex::Regex;

use super::record::{Kind, Meeting};
use super::structure::Piece;
use crate::finding::{Finding, FindingKind};
use crate::reading::gossip::{self, Sure};
use crate::reading::pattern;
use crate::reading::private::{Tasks, is_errand};
use crate::reading::remark::{self, Remark};
use crate::task::aside;
use crate::task::prose::by_rule;

/// A header line that no field holds is told as it stands, unless it is no matter for minutes.
pub(super) fn unclassified(piece: &Piece<'_>, meeting: &mut Meeting, findings: &mut Vec<Finding>) {
    // « l'un des pouvoirs est de M. Talmont, qui n'a pas payé »: for the count, not for print.
    static UNPAID: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:n['’]\s?(?:a|ont|est|sont)\s+pas|pas)\s+(?:encore\s+)?(?:pay[ée]\w*|cotis[ée]\w*|r[ée]gl[ée]\w*|[àa]\s+jour)\b",
        )
    });
    if meeting.kind == Kind::Association && UNPAID.is_match(piece.text) {
        findings.push(Finding::check(
            FindingKind::Proxy,
            Some(piece.span.clone()),
            format!(
                "Droit de vote à vérifier avant de compter les voix, non repris dans le document : « {} »",
                piece.text
            ),
        ));
        return;
    }
    let remark = remark::classify(piece.text)
        .filter(|r| !matches!(r, Remark::Doubt | Remark::Internal | Remark::Promotion))
        .or_else(|| is_errand(piece.text, Tasks::Foreign).then_some(Remark::Internal))
        .or_else(|| gossip::is_one(piece.text, Sure::MINUTES).then_some(Remark::Gossip));
    if let Some(remark) = remark {
        findings.push(aside::finding(remark, piece.text, piece.span.clone()));
        return;
    }
    meeting.remarks.push(by_rule(piece.text));
    findings.push(Finding::info(
        FindingKind::Unused,
        Some(piece.span.clone()),
        format!("Ligne non reconnue, reprise telle quelle dans le document : « {} »", piece.text),
    ));
}

/// Whether a finding already tells of this sentence what matters.
pub(super) fn told(findings: &[Finding], sentence: &Piece<'_>) -> bool {
    findings.iter().filter(|f| f.kind == FindingKind::Proxy).any(|f| {
        f.notes.as_ref().is_some_and(|s| s.start < sentence.span.end && sentence.span.start < s.end)
    })
}

/// An hour that the notes give for about right is printed as it is, and told.
pub(super) fn about_hour(piece: &Piece<'_>, findings: &mut Vec<Finding>) {
    static ABOUT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b\d{1,2}\s*(?:h|heures?)\s*\d{0,2}\s+et\s+(?:qq\w*|quelques?\b\w*)|\b(?:fini[e]?|lev[ée]e?|termin[ée]e?|ouvert[e]?|commenc\w+|d[ée]but)\s+(?:vers|environ)\s+(?:\d{1,2}\s*(?:h\b\s*\d{0,2}|heures?)|midi(?:\s+moins\s+le\s+quart)?|minuit)",
        )
    });
    if let Some(found) = ABOUT.find(piece.text) {
        findings.push(Finding::check(
            FindingKind::Uncertain,
            Some(piece.span.clone()),
            format!(
                "Heure de début ou de fin approximative dans les notes (« {} ») : vérifiez-la.",
                found.as_str()
            ),
        ));
    }
}
