//! Which subject and which heading a line stands under.

use proptest::prelude::*;

use super::*;

/// A line: its text, the subject it stands under, and what it is about.
type Placing = (String, Option<usize>, Under);

fn cut_text(text: &str) -> (Vec<String>, Vec<Placing>) {
    let notes = Notes::from_text(text).unwrap();
    let cut = cut(&notes, &|name| ["Paul", "Léa"].contains(&name));
    for line in &cut.lines {
        assert_eq!(&notes.text()[line.piece.span.clone()], line.piece.text);
    }
    let subjects = cut.subjects.into_iter().map(|s| s.title).collect();
    let lines = cut.lines.into_iter().map(|l| (l.piece.text.to_owned(), l.subject, l.under));
    (subjects, lines.collect())
}

#[test]
fn subjects_open_with_numbers_titles_capitals_or_lists() {
    let table: [(&str, &[&str]); 7] = [
        ("réu 3/11\n1. buvette\n- 2 frigos\n2) sono : Paul gère", &["buvette", "sono"]),
        ("réu\nBuvette : 2 frigos\nPaul : trop cher\nSono : ok", &["Buvette", "Sono"]),
        ("réu\n\nBUVETTE\n2 frigos\n\nSONO\nà louer", &["BUVETTE", "SONO"]),
        ("# CR\n## Buvette\n- frigos\n## Sono\n- louer", &["Buvette", "Sono"]),
        ("réu\nbuvette\n - 2 frigos\nsono\n - rien", &["buvette", "sono"]),
        ("réu\nBUVETTE  2 frigos : loués\n verres\nSONO  à louer", &["BUVETTE", "SONO"]),
        (
            "réu\n1. stand\n2. sono 90 € (location) à rendre avant le dimanche soir sans faute\n3. repas\n\non demande une aide\nLéa écrit\nPaul relit",
            &["stand", "sono", "repas", "Divers"],
        ),
    ];
    for (text, expected) in table {
        assert_eq!(cut_text(text).0, expected, "{text}");
    }
}

#[test]
fn lines_stand_under_their_heading_until_it_ends() {
    let text = "réu\nBuvette : frigos\nDécisions :\n- 2 frigos\n- bière locale\n\nActions\nPaul : verres\nLéa : clés\n\nà revoir : sono\nprochaine réunion le 3 mai";
    let (subjects, lines) = cut_text(text);
    assert_eq!(subjects, ["Buvette"]);
    let under: Vec<Under> = lines.iter().map(|l| l.2).collect();
    use Under::{Actions, Decisions, Meeting, Open, Subject};
    assert_eq!(under, [Meeting, Subject, Decisions, Decisions, Actions, Actions, Open, Meeting]);
}

#[test]
fn an_agenda_is_no_account() {
    let text = "réu\nODJ : buvette, sono\n1/ buvette : ok\n2/ sono : non";
    let (subjects, lines) = cut_text(text);
    assert_eq!(subjects, ["buvette", "sono"]);
    assert_eq!(lines[1].2, Under::Agenda);
    let text = "réu\nOrdre du jour\n1. buvette\n2. sono\n1. buvette : ok\n2. sono : non";
    assert_eq!(cut_text(text).0, ["buvette", "sono"]);
}

proptest! {
    #[test]
    fn every_line_with_text_comes_out_once(lines in proptest::collection::vec(r"( |- |1\. |# )?(Paul|Décisions|à faire|sono|12 €|ODJ|présents){1,3}( :| )?(ok|Léa|\?)?", 1..12)) {
        let text = lines.join("\n");
        let notes = Notes::from_text(&text).unwrap();
        let cut = cut(&notes, &|_| false);
        let mut last = 0;
        for line in &cut.lines {
            prop_assert!(line.piece.span.start >= last);
            last = line.piece.span.end;
            prop_assert_eq!(&notes.text()[line.piece.span.clone()], line.piece.text);
        }
    }
}
