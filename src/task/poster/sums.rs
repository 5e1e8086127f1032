//! A line of a poster without a sum that does not come out.

use crate::reading::words;

/// The line without the clause that tells the sum; nothing is left of an example.
pub(super) fn without(line: &str, stated: &str) -> String {
    if EXAMPLE.is_match(line) {
        return String::new();
    }
    let Some(at) = line.find(stated) else { return line.to_owned() };
    let (before, after) = line.split_at(at);
    let start = LEADS.find_iter(before).last().map_or(0, |lead| lead.start());
    let end = after.find([',', ';', ')']).unwrap_or(after.len());
    let close = usize::from(after.get(end..).is_some_and(|rest| rest.starts_with(')')));
    let rest = after.get(end + close..).unwrap_or_default();
    format!("{}{rest}", before.get(..start).unwrap_or_default())
        .trim()
        .trim_end_matches([',', ';', ':', ' '])
        .to_owned()
}

words!(EXAMPLE, r"(?i)^(?:par )?ex(?:emple)?\b\.?");
words!(
    LEADS,
    r"(?i)\s*(?:\((?:soit )?|,\s*(?:soit |donc |ce qui fait )?|;\s*|\b(?:soit|ce qui (?:fait|donne)|donc|total)\b|=)\s*"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_come_out_is_not_printed() {
        for (line, stated, left) in [
            (
                "30 € par trio, soit 9 € par joueur, à régler sur place",
                "9 €",
                "30 € par trio, à régler sur place",
            ),
            ("30 € par trio ce qui fait 9 € par joueur", "9 €", "30 € par trio"),
            ("30 € par trio (9 € chacun)", "9 €", "30 € par trio"),
            ("Ex. vendu 50 € : 5 € pour le club et 40 € pour vous", "40 €", ""),
        ] {
            assert_eq!(without(line, stated), left, "{line}");
        }
    }
}
