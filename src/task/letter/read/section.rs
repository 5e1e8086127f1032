//! Titles within the notes, alone on their line: « FAITS », « Nos demandes », « Conditions ».

use super::Over;
use crate::reading::{fold, words};
use crate::task::letter::line::Slot;
use crate::task::letter::record::Role;

/// Takes a line for the title of what follows: its entries go there. Whether it was one.
pub(super) fn opens(line: &str, over: &mut Over) -> bool {
    let title = TITLE.captures(line).map(|found| fold(&found["title"]));
    let role = match title.as_deref() {
        Some(title) if title.starts_with("demande") => Role::Request,
        Some(title) if title.starts_with("question") => Role::Question,
        Some(title) if title.starts_with("condition") => Role::Condition,
        Some(title) if title.starts_with("propos") || title.starts_with("solution") => Role::Offer,
        Some(_) => Role::Context,
        None => return false,
    };
    over.last = Some(Slot::Body(role));
    true
}

words!(
    TITLE,
    r"(?i)^\W*(?:(?:nos|les|mes|leurs?)\s+)?(?P<title>faits?|constats?|contexte|situation|rappels?|demandes?|questions?|conditions?|propositions?|solutions?)(?:\s+des\s+faits)?\s*:?\s*$"
);

#[cfg(test)]
mod tests {
    use crate::notes::Notes;
    use crate::office::Office;
    use crate::task::letter::read::read;
    use crate::task::letter::record::{Form, Purpose, Role};

    #[test]
    fn entries_go_where_the_title_above_them_says() {
        let notes = "courrier au syndicat\nSITUATION\nle mur penche\nDEMANDES\n1/ un étai\n2/ un devis\nmerci";
        let notes = Notes::from_text(notes).unwrap();
        let reading = read(&notes, &Office::default(), Form::Letter, Purpose::Request);
        let told: Vec<(Role, &str)> =
            reading.items.iter().map(|item| (item.role, item.text.as_str())).collect();
        assert_eq!(
            told,
            [
                (Role::Context, "le mur penche"),
                (Role::Request, "un étai"),
                (Role::Request, "un devis")
            ]
        );
    }
}
