//! What notes say of the meeting itself, line by line: what it is called (`title`), when
//! (`when`) and where (`place`) it is held, who does what (`officers`), its numbers (`figures`). Who
//! is there is read by [`super::attendance`].

mod figures;
mod officers;
mod place;
mod title;
mod when;

use std::sync::LazyLock;

use regex::Regex;

use self::figures::{by_the_rules, in_figures};
pub use self::figures::{majority, of_all};
use self::officers::tellers;
use self::place::held_at;
pub use self::title::body;
pub use self::when::date;
use self::when::{NEXT, next_meeting};
use super::attendance::Roll;
use super::people::People;
use super::record::{Kind, Meeting};
use super::structure::Piece;
use crate::notes::Notes;
use crate::office::Office;
use crate::reading::name::Roster;
use crate::reading::{Fact, PartialDate, facts, pattern};

static SECOND_NOTICE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:2(?:e|[èe]me|nde)|deuxi[èe]me|seconde?)\s+(?:convocation|convoc|AGE?\b|assembl[ée]e|s[ée]ance)|\bsans\s+(?:condition\s+de\s+)?quorum\b",
    )
});

/// Whether the notes are typed without capitals: fewer than one long word in fifteen has one.
pub fn in_small_letters(notes: &Notes) -> bool {
    let words: Vec<&str> = notes
        .text()
        .split(|c: char| !c.is_alphabetic())
        .filter(|w| w.chars().count() > 3)
        .collect();
    let capitals =
        words.iter().filter(|w| w.chars().next().is_some_and(char::is_uppercase)).count();
    capitals * 15 < words.len()
}

/// Everything the header says that a line can carry, in one pass over its lines.
pub struct Header<'a> {
    /// The office sheet.
    pub office: &'a Office,
    /// Members by name.
    pub roster: &'a Roster,
    /// The meeting's date.
    pub date: Option<PartialDate>,
    /// Number of the first deliberation, as typed.
    pub first_number: Option<String>,
    /// Whom the notes mean.
    pub people: People<'a>,
    /// The notes have no capitals.
    pub small_letters: bool,
    /// What the lists of members leave to be settled.
    pub roll: Roll,
    /// The notes say at what hour the meeting opened, not only for when it was called.
    hour_told: bool,
    /// Who presides over an association and who writes for it, as its board.
    pub board: Board,
}

/// Officers of an association that the notes name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Board {
    /// Its president.
    pub president: Option<String>,
    /// Its secretary.
    pub secretary: Option<String>,
}

impl<'a> Header<'a> {
    /// Nothing read yet of the header of these notes.
    pub fn new(
        office: &'a Office,
        roster: &'a Roster,
        date: Option<PartialDate>,
        notes: &Notes,
    ) -> Self {
        Self {
            office,
            roster,
            date,
            first_number: None,
            people: People {
                small_letters: in_small_letters(notes),
                ..People::new(roster, office)
            },
            small_letters: in_small_letters(notes),
            hour_told: false,
            board: Board::default(),
            roll: Roll::default(),
        }
    }
}

impl Header<'_> {
    /// Whether a line names a day after that of the meeting.
    fn tells_later(&self, text: &str) -> bool {
        facts(text).iter().any(|found| match found.fact {
            Fact::Date(date) => {
                self.date.is_some_and(|own| (date.month, date.day) > (own.month, own.day))
            }
            _ => false,
        })
    }

    /// Reads one line; answers whether some field holds all it says.
    pub fn read(&mut self, index: usize, piece: &Piece<'_>, meeting: &mut Meeting) -> bool {
        let text = in_figures(piece.text.trim_start_matches(['-', '–', '•', '*', '#', ' ']));
        let mut read = self.title(index, &text, meeting);
        if self.secretary_who_writes(&text, meeting) {
            return true;
        }
        let (text, writes) = self.writer(text, meeting);
        // « quorum pas atteint, 2e convocation le 25 » calls the next one.
        meeting.second_notice |= SECOND_NOTICE.is_match(&text) && !self.tells_later(&text);
        let (text, convened) = self.notice(index, &text, meeting);
        read |= writes || convened;
        let text = tellers(&text, meeting);
        if text.is_empty() {
            return true;
        }
        let piece = &Piece { text, span: piece.span.clone() };
        let figures = self.numbers(text, meeting);
        let attended = if convened {
            None
        } else {
            super::attendance::read(piece, &self.people, &mut self.roll, &mut meeting.attendance)
        };
        let text = match &attended {
            Some(rest) if !rest.chars().any(char::is_alphanumeric) => return true,
            Some(rest) => {
                read = true;
                rest.as_str()
            }
            None => text,
        };
        if NEXT.is_match(text) {
            meeting.next_meeting = Some(next_meeting(text, self.date));
            return true;
        }
        read |= figures;
        if meeting.kind == Kind::Association {
            self.officers(text);
        }
        read |= self.people(text, meeting);
        read |= self.times(text, meeting);
        read |= held_at(index, text, meeting);
        self.guests(text, meeting) || by_the_rules(text, meeting) || read
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fields of an association's header: chair, secretary, convocation, closing hour, quorum base.
    fn read(line: &str) -> [String; 4] {
        let (office, notes) = (Office::default(), Notes::from_text(line).unwrap());
        let roster = Roster::new(&[]);
        let date = PartialDate::new(None, Some(23), 10, Some(2026));
        let mut header = Header::new(&office, &roster, date, &notes);
        let mut meeting = Meeting::empty(Kind::Association);
        header.read(1, &Piece { text: line, span: 0..line.len() }, &mut meeting);
        [meeting.chair, meeting.secretary, meeting.convocation, meeting.closed]
            .map(Option::unwrap_or_default)
    }

    #[test]
    fn lines_of_a_header_are_read_as_people_type_them() {
        for (line, expected) in [
            ("Ada préside, moi j'écris (Luc)", ["Ada", "Luc", "", ""]),
            ("c'est moi qui note : Luc Talmont", ["", "Luc Talmont", "", ""]),
            (
                "président Luc Talmont, secrétaire Ada Vernier, scrutateurs Ève Ostin et Zoé Roy",
                ["Luc Talmont", "Ada Vernier", "", ""],
            ),
            ("Convoc. : partie le 12/10", ["", "", "le 12 octobre 2026", ""]),
            ("fini vers midi moins le quart", ["", "", "", "11 h 45"]),
        ] {
            assert_eq!(read(line), expected, "{line}");
        }
    }
}
