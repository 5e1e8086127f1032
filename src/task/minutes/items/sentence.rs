//! A line of a section, sentence by sentence: who comes or goes, the vote, who presides, what becomes of
//! the item; the rest is left to its clauses.

use std::sync::LazyLock;

use regex::Regex;

use super::Reader;
use super::not_voting::THE_MAYOR;
use super::spelling::with_leaders;
use crate::finding::{Finding, FindingKind};
use crate::reading::hour;
use crate::reading::private::{Tasks, is_errand};
use crate::reading::remark::{self, Remark};
use crate::reading::{facts, fold, pattern};
use crate::task::aside;
use crate::task::minutes::clauses::{clauses, sentences};
use crate::task::minutes::movement::{self, Movement};
use crate::task::minutes::outcome::outcome;
use crate::task::minutes::record::Item;
use crate::task::minutes::structure::Piece;
use crate::task::minutes::telling::Telling;
use crate::task::minutes::vote;

static PUBLIC_BALLOT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:vote|scrutin)\s+public\b|\bappel\s+nominal\b"));
static SECRET_BALLOT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:vote|scrutin|bulletins?)\s+(?:[àa]\s+|au\s+)?(?:bulletins?\s+|scrutin\s+)?secrets?\b",
    )
});
static HANDS: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bmains?\s+lev[ée]es?\b"));
/// A clause that only says who took no part: « le maire n'ayant pas pris part au vote ».
static ABSTAINS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:\p{L}[\p{L}'’. -]{1,40}?\s+)?(?:n['’]ayant\s+pas\s+(?:pris\s+part|particip[ée])|ne\s+prenant\s+pas\s+part|n['’]a\s+pas\s+pris\s+part|ne\s+prend\s+pas\s+part|ne\s+participe\s+pas)(?:\s+(?:au|à\s+ce|à\s+la)\s+\p{L}+)?\W*$",
    )
});
/// A verb in the conditional without its subject.
static WOULD: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:n['’])?\p{Ll}+rait\b"));

impl Reader<'_> {
    /// One line of a section: its vote, its procedure, what remains as clauses.
    pub(super) fn line(&self, piece: &Piece<'_>, item: &mut Item, telling: &mut Telling<'_>) {
        if let Some(Remark::Order) = remark::classify(piece.text) {
            telling.findings.push(aside::finding(Remark::Order, piece.text, piece.span.clone()));
            return;
        }
        if is_errand(piece.text, Tasks::Foreign) {
            telling.findings.push(aside::finding(Remark::Internal, piece.text, piece.span.clone()));
            return;
        }
        if self.elsewhere.iter().any(|s| s.start <= piece.span.start && piece.span.end <= s.end) {
            return;
        }
        if PUBLIC_BALLOT.is_match(piece.text) {
            item.public_ballot = true;
        }
        if SECRET_BALLOT.is_match(piece.text) {
            if HANDS.is_match(piece.text) {
                telling.findings.push(hands_and_ballots(piece, item));
            } else {
                item.secret_ballot = true;
            }
        }
        if self.procedure(piece.text, item) {
            return;
        }
        if vote::is_ballot(piece.text) {
            self.sentence(piece.text, piece.span.start, piece, item, &mut *telling);
            return;
        }
        let mut speaker = None;
        for (at, sentence) in sentences(piece.text) {
            let place = piece.span.start + at;
            match speaker {
                // « Talmont : trop cher. préférerait une haie »: still Talmont.
                Some(who) if WOULD.is_match(sentence) => {
                    self.sentence(&format!("{who} {sentence}"), place, piece, item, telling);
                }
                _ => self.sentence(sentence, place, piece, item, telling),
            }
            speaker = self.speaker(sentence).or(speaker);
        }
    }

    /// Who says a sentence: « Talmont : trop cher ».
    pub(super) fn speaker<'a>(&self, sentence: &'a str) -> Option<&'a str> {
        let (who, _) = sentence.split_once(':')?;
        let mentions = self.roster.mentions(who);
        let [(_, span)] = mentions.as_slice() else { return None };
        (who.trim().len() == span.len()).then(|| who.trim())
    }

    /// One sentence: who comes or goes, the vote, what remains.
    fn sentence(
        &self,
        sentence: &str,
        place: usize,
        piece: &Piece<'_>,
        item: &mut Item,
        telling: &mut Telling<'_>,
    ) {
        let told = self.movements(sentence, place, item, telling);
        let text = with_leaders(&hour::told(&self.with_writer(sentence)));
        let found = vote::find(&text, self.roster);
        if told && found.is_none() {
            return;
        }
        let mut text = text;
        if let Some((mut vote, span)) = found {
            let subject = subject(text.get(..span.start).unwrap_or_default());
            let rest = if told { String::new() } else { vote::without(&text, &span) };
            // « moi » may have made the text longer than the notes.
            let end = (place + span.end).min(piece.span.end);
            vote.span = (place + span.start).min(end)..end;
            // « …, madame le maire ayant voté pour sa voix l'emporte, donc c'est adopté »
            let even = vote.in_favour.is_some() && vote.in_favour == vote.against;
            let cast = even.then(|| vote::casting(&rest)).flatten();
            let rest = match cast {
                Some(result) => {
                    vote.casting = true;
                    vote.result = vote.result.or(result);
                    String::new()
                }
                None => rest,
            };
            let quitus = fold(&subject).starts_with("quitus");
            telling.vote(vote, subject, item);
            // « quitus : 24 pour » is told by the vote on it.
            let told_by_part = quitus && !item.parts.is_empty() && rest.split(' ').count() <= 2;
            text = if told_by_part { String::new() } else { rest };
        } else if let Some(result) = vote::casting(&text)
            && let Some(vote) = &mut item.vote
        {
            vote.casting = true;
            vote.result = vote.result.or(result);
            return;
        }
        for clause in clauses(&text) {
            if !self.is_held(clause, piece, item, telling) {
                self.clause(clause, piece, item, telling.findings);
            }
        }
    }

    /// Notes who comes and goes in a sentence; answers whether it told that.
    fn movements(
        &self,
        sentence: &str,
        place: usize,
        item: &Item,
        telling: &mut Telling<'_>,
    ) -> bool {
        // « Ada en retard à cause de son traitement »: what is private is nobody's movement.
        let private = matches!(
            remark::classify(sentence),
            Some(Remark::Private | Remark::Health | Remark::Order)
        );
        if private {
            return false;
        }
        let moved = movement::read(sentence, self.people, Some(place), telling.told.comes_back);
        let left = |name: &str, moves: &[Movement]| {
            moves.iter().any(|m| matches!(m, Movement::Out(d) if d.name == name))
        };
        let told = moved.iter().any(|m| match m {
            Movement::Back(a) => left(&a.name, telling.moves),
            _ => true,
        });
        for movement in moved {
            telling.moves.push(numbered(movement, item));
        }
        told
    }

    /// Whether some field of the item holds all that a clause tells; else it is for the account.
    fn is_held(
        &self,
        clause: &str,
        piece: &Piece<'_>,
        item: &mut Item,
        telling: &mut Telling<'_>,
    ) -> bool {
        if self.says_nothing(clause, item) {
            return true;
        }
        if let Some((name, side)) = vote::voter(clause, self.roster) {
            telling.told.voters.push((name, side, clause.to_owned()));
            return true;
        }
        if let Some(chair) = self.presides(clause) {
            item.chair = Some(chair);
            self.leave_out(clause, item);
            return true;
        }
        if ABSTAINS.is_match(clause) && !self.not_voting(clause).is_empty() {
            self.leave_out(clause, item);
            return true;
        }
        let Some(outcome) = outcome(clause) else { return false };
        item.outcome = item.outcome.or(Some(outcome));
        // « reporté, il manque l'avis de la région »: why is for the account.
        let why = clause.split_once(',').map_or("", |(_, why)| why.trim());
        if why.split_whitespace().count() >= 3 {
            self.clause(why, piece, item, telling.findings);
            return true;
        }
        clause.split_whitespace().count() <= 8 && facts(clause).is_empty()
    }

    /// Whether a clause only tells that who had left the room is back, or that nobody votes for
    /// who left: the document says who took no part.
    fn says_nothing(&self, clause: &str, item: &Item) -> bool {
        static NO_PROXY: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)^\W*(?:pas|sans|aucun)\s+(?:de\s+|d['’])?(?:pouvoir|pvr|procuration)s?\W*$",
            )
        });
        static COMES_BACK: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)^\W*(?P<who>.{2,40}?)\s+(?:rentre|revient|est\s+revenue?|regagne|reprend\s+(?:sa\s+place|la\s+pr[ée]sidence))\b",
            )
        });
        if NO_PROXY.is_match(clause) {
            return true;
        }
        let back = COMES_BACK.captures(clause).is_some_and(|found| {
            let who = &found["who"];
            THE_MAYOR.is_match(who) || !self.roster.mentions(who).is_empty()
        });
        back && !item.not_voting.is_empty() && facts(clause).is_empty()
    }

    /// Who presides for this item: « Castillet préside », « présidence : Castillet ».
    fn presides(&self, clause: &str) -> Option<String> {
        static AFTER: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)^(?:.{0,30}\b)?(?:sous\s+la\s+)?pr[ée]s(?:\.|id(?:ence|[ée]e?))\s*(?:de\s+|par\s+|d['’]|:|=|assur[ée]e\s+par\s+)*(.+)$",
            )
        });
        static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)^(.+?)\s+(?:pr[ée]side\b|prend\s+la\s+pr[ée]sidence|est\s+[ée]lue?\s+pr[ée]sidente?\s+de\s+(?:la\s+)?s[ée]ance|assure\s+la\s+pr[ée]sidence).{0,30}$",
            )
        });
        // « Ada, qui préside le club, sort »: another chair.
        static ANOTHER: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)\bqui\s+pr[ée]side\s+(?:le|la|les|l['’]|un|une|cette?)\b|\bpr[ée]sidente?\s+(?:de|du|des|d['’])\s*(?:l['’]|la\s|le\s|les\s)?(?-i:\p{Lu})",
            )
        });
        if ANOTHER.is_match(clause) {
            return None;
        }
        let found = BEFORE.captures(clause).or_else(|| AFTER.captures(clause))?;
        let who = found.get(1)?.as_str();
        self.people.member(who).or_else(|| {
            // « doyen Orvaine »
            let mentions = self.roster.mentions(who);
            let [(member, _)] = mentions.as_slice() else { return None };
            Some(self.roster.full_name(*member).to_owned())
        })
    }

    /// « moi » by the writer's name.
    fn with_writer(&self, text: &str) -> String {
        static ME: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:moi|Moi|MOI)\b"));
        match &self.people.me {
            Some(me) => ME.replace_all(text, me.as_str()).into_owned(),
            None => text.to_owned(),
        }
    }
}

/// « bulletin secret prévu, mais fait à main levée »: which it was is for the secretary to say.
fn hands_and_ballots(piece: &Piece<'_>, item: &Item) -> Finding {
    Finding::check(
        FindingKind::Vote,
        Some(piece.span.clone()),
        format!(
            "{} : les notes parlent de bulletin secret et d’un vote à main levée ; le document ne dit pas que le scrutin était secret, vérifiez ce que demandent les statuts.",
            item.title
        ),
    )
}

/// A movement noted among the items bears the number of its item, unless its hour says enough and
/// the vote was over.
fn numbered(movement: Movement, item: &Item) -> Movement {
    let number = |own: Option<u32>, hour: &Option<String>| {
        own.or(item.number.filter(|_| hour.is_none() || item.vote.is_none()))
    };
    match movement {
        Movement::In(mut a) => {
            a.item = number(a.item, &a.hour);
            Movement::In(a)
        }
        Movement::Back(mut a) => {
            a.item = number(a.item, &a.hour);
            Movement::Back(a)
        }
        Movement::Out(mut d) => {
            d.item = number(d.item, &d.hour);
            Movement::Out(d)
        }
    }
}

/// On what a vote is, by the last words before it: at most eight of them.
fn subject(before: &str) -> String {
    let clause = clauses(before).last().copied().unwrap_or_default();
    let clause = clause.trim().trim_end_matches([':', ',', '-', '>', ' ']);
    if clause.split_whitespace().count() > 8 || !clause.chars().any(char::is_alphabetic) {
        return String::new();
    }
    let bare = fold(clause);
    static NUMBERED: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"^(?:le\s+)?votes?\s+(?:n°\s*|du\s+(?:point\s+)?)?\d{1,2}$"));
    if ["vote", "votes", "resultat", "adopte", "scrutin"].contains(&bare.as_str())
        || NUMBERED.is_match(&bare)
    {
        return String::new();
    }
    clause.to_owned()
}
