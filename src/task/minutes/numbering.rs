//! Numbers of the deliberations.

use super::record::{Item, Meeting};
use crate::reading::fold;

/// Numbers the deliberations from the number the notes give: voted items in agenda order, the
/// approval of the last minutes apart.
pub(super) fn number_deliberations(meeting: &mut Meeting, first: Option<&str>) {
    let Some(first) = first else { return };
    if meeting.items.iter().any(|item| item.deliberation.is_some()) {
        return;
    }
    let split = first.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
    let (prefix, digits) = first.split_at(split);
    let Ok(start) = digits.parse::<u32>() else { return };
    let width = digits.len();
    let decided = |i: &Item| (i.vote.is_some() || !i.parts.is_empty()) && i.quorum_lost.is_none();
    let voted = meeting.items.iter_mut().filter(|i| decided(i) && !approves_minutes(&i.title));
    for (offset, item) in (0..).zip(voted) {
        item.deliberation = Some(format!("{prefix}{:0width$}", start.saturating_add(offset)));
    }
}

/// Whether the item approves the minutes of the last meeting, which is no deliberation.
pub(super) fn approves_minutes(title: &str) -> bool {
    let folded = fold(title);
    folded == "pv"
        || folded.starts_with("pv ")
        || folded.contains("proces-verbal")
        || folded.starts_with("approbation du pv")
}
