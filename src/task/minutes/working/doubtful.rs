//! Names that leave a doubt: initials that two people of the meeting bear, and a name that is
//! nearly one of the sheet. They are printed as typed.

use super::names::bearing;
use crate::finding::{Finding, FindingKind};
use crate::ground::arithmetic::distance;
use crate::notes::Notes;
use crate::office::Office;
use crate::reading::abbreviation::spell_out;
use crate::reading::{fold, words};
use crate::task::minutes::record::Attendance;

/// What is doubtful about the names of these notes.
pub(super) fn check(notes: &Notes, office: &Office, people: &Attendance) -> Vec<Finding> {
    let names: Vec<String> =
        [&people.present, &people.excused, &people.absent].into_iter().flatten().cloned().collect();
    let mut findings = shared_initials(notes, &names);
    findings.extend(names.iter().filter_map(|name| misspelled(name, &names, notes, office)));
    findings
}

fn shared_initials(notes: &Notes, names: &[String]) -> Vec<Finding> {
    words!(LETTERS, r"\b\p{Lu}{2,3}\b");
    let mut told: Vec<&str> = Vec::new();
    let mut findings = Vec::new();
    for found in LETTERS.find_iter(notes.text()) {
        let letters = found.as_str();
        let several = bearing(letters, names);
        if several.len() < 2 || told.contains(&letters) || spell_out(letters) != letters {
            continue;
        }
        told.push(letters);
        let several: Vec<&str> = several.into_iter().map(String::as_str).collect();
        findings.push(Finding::check(
            FindingKind::Name,
            Some(found.range()),
            format!(
                "Initiales « {letters} » : {} ? Laissées telles quelles.",
                several.join(" ou ")
            ),
        ));
    }
    findings
}

/// « H. Ferrandy » where the sheet has « Hugo FERRANDI ».
fn misspelled(name: &str, listed: &[String], notes: &Notes, office: &Office) -> Option<Finding> {
    let written = name.split_whitespace().next_back()?;
    let folded = fold(written);
    let begins = |word: &str| fold(word).chars().next();
    let given = name.split_whitespace().count() > 1;
    let near = |member: &&crate::office::Membre| {
        let surname = member.nom.split_whitespace().next_back().unwrap_or_default();
        let other = fold(surname);
        let apart = distance(&folded, &other);
        let head = |word: &str| word.chars().take(3).collect::<String>();
        let close = apart == 1 || (apart == 2 && head(&folded) == head(&other));
        close
            && folded.chars().count() >= 5
            && (!given || begins(name) == begins(&member.nom))
            && !listed.contains(&member.nom)
    };
    if office.conseil.membres.iter().any(|member| fold(&member.nom).contains(&folded)) {
        return None;
    }
    let member = office.conseil.membres.iter().find(near)?;
    let surname = member.nom.split_whitespace().next_back().unwrap_or_default();
    let place = notes.text().find(written).map(|at| at..at + written.len());
    Some(Finding::check(
        FindingKind::Name,
        place,
        format!(
            "« {name} » n’est pas dans la fiche, qui a « {} » : {written} ou {surname} ? Laissé comme dans les notes.",
            member.nom
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::Membre;

    fn told(text: &str, present: &[&str]) -> Vec<String> {
        let member = |nom: &str| Membre { nom: nom.into(), ..Membre::default() };
        let mut office = Office::default();
        office.conseil.membres = ["Hugo FERRANDI", "Lise CHALET"].map(member).into();
        let present = present.iter().map(|name| (*name).to_owned()).collect();
        let people = Attendance { present, ..Attendance::default() };
        let found = check(&Notes::from_text(text).unwrap(), &office, &people);
        found.into_iter().map(|f| f.message).collect()
    }

    #[test]
    fn a_name_nearly_of_the_sheet_is_a_question() {
        let table = [
            ("Ferrandy", Some("Ferrandy ou FERRANDI ?")),
            ("H. Ferrandy", Some("Ferrandy ou FERRANDI ?")),
            ("L. Ferrandy", None),
            ("Chaleau", Some("Chaleau ou CHALET ?")),
            ("Lise CHALET", None),
            ("Marchand", None),
        ];
        for (name, expected) in table {
            let found = told("réunion", &[name]);
            assert_eq!(found.len(), usize::from(expected.is_some()), "{name} {found:?}");
            assert!(expected.is_none_or(|e| found[0].contains(e)), "{name} {found:?}");
        }
    }

    #[test]
    fn initials_of_two_people_are_a_question() {
        let people = ["Rose Talmont", "Rémi Tessier", "Luc Aubin"];
        assert_eq!(told("plan : RT\nclés : LA\nbancs : RT", &people).len(), 1);
        assert!(told("plan : RT", &people)[0].contains("Rose Talmont ou Rémi Tessier"));
    }
}
