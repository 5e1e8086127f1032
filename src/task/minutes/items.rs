//! Items of a meeting from the sections of its notes: titles, clauses, votes, closed sessions,
//! members who do not vote, who come late or leave early, what becomes of an item without a vote.

use std::sync::LazyLock;

use regex::Regex;

use super::clauses::{as_list, clauses, is_filler, sentences};
use super::movement::{self, Movement};
use super::outcome::outcome;
use super::outsider;
use super::people::People;
use super::person::is_first_name;
use super::record::{ClosedSession, Item};
use super::structure::{Entry, OUTSIDE, Piece, Section, Structure, match_entry};
use super::telling::{Telling, Told};
use super::title::{MISCELLANEOUS, in_small_letters, title};
use super::vote;
use crate::finding::{Finding, FindingKind};
use crate::french;
use crate::office::Office;
use crate::reading::gossip::{self, Sure};
use crate::reading::hour;
use crate::reading::name::Roster;
use crate::reading::private::{Tasks, is_errand};
use crate::reading::remark::{self, Remark};
use crate::reading::{Fact, expand_facts, expand_facts_near, facts, fold, pattern};
use crate::task::aside;
use crate::task::expand::has_verb;
use crate::task::wording;

static CLOSED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bhuis[\s-]clos\b"));
static PUBLIC_BALLOT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:vote|scrutin)\s+public\b|\bappel\s+nominal\b"));
static NOT_VOTING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bsort(?:i|ie|ent|ant|is|ies)?\b|\bquitt(?:e|ent|ant|[ée]e?)\b|\bse\s+retire(?:nt)?\b|\bs['’]est\s+retir|\b(?:ne\s+)?(?:vote|votent|prend|prennent|participe|participent)\s+(?:donc\s+)?pas\b|\bne\s+(?:prend|prennent|participe|participent)\s+(?:part\s+)?ni\b|\bpas\s+(?:pris\s+)?part\b|\bd[ée]port|\bsans\s+prendre\s+part\b|\b(?:n['’]\s?)?(?:a|ont)\s+pas\s+(?:vot|particip)|\ben\s+restant\s+hors\b",
    )
});
static SECRET_BALLOT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:vote|scrutin|bulletins?)\s+(?:[àa]\s+|au\s+)?(?:bulletins?\s+|scrutin\s+)?secrets?\b",
    )
});
/// A clause that only says who took no part: « le maire n'ayant pas pris part au vote ».
static ABSTAINS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W*(?:\p{L}[\p{L}'’. -]{1,40}?\s+)?(?:n['’]ayant\s+pas\s+(?:pris\s+part|particip[ée])|ne\s+prenant\s+pas\s+part|n['’]a\s+pas\s+pris\s+part|ne\s+prend\s+pas\s+part|ne\s+participe\s+pas)(?:\s+(?:au|à\s+ce|à\s+la)\s+\p{L}+)?\W*$",
    )
});
static BACK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:revien(?:t|nent)|retour|rentrent?|regagne(?:nt)?|est\s+revenue?)\b")
});
/// A verb in the conditional without its subject.
static WOULD: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?:n['’])?\p{Ll}+rait\b"));
static THE_MAYOR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\bl[ea]\s+maire\b"));
static PUBLIC_LEAVES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\bpublic\s+(?:sort\w*|quitte\w*|parti?\w*|est\s+sorti)|\bsortie\s+du\s+public\b")
});
static PUBLIC_BACK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bpublic\s+(?:revient\w*|rentre\w*|de\s+retour|est\s+revenu)|\bretour\s+(?:du\s+)?public\b|\breprise\b",
    )
});
static ASKED_BY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bdemand[ée]e?\s+par\s+([^,;.\d]+)"));
static ASKS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(.+?)\s+(?:demande(?:nt)?|propose(?:nt)?|souhaite(?:nt)?)\s+(?:l[ea]|un|que|de)\b.*huis",
    )
});
static MAYOR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:mme|madame|m\.|mr\.?|monsieur)\s+l[ea]\s+maire\b"));
static CIVILITY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?:Mmes?|MM?\.|M|Mr|Mlle|Madame|Monsieur)\s+"));

/// What items are read with.
pub struct Reader<'a> {
    /// The office sheet.
    pub office: &'a Office,
    /// Members by name.
    pub roster: &'a Roster,
    /// Whom the notes mean, « moi » included.
    pub people: &'a People<'a>,
    /// Lines that belong to the minutes of another body, told by a finding.
    pub elsewhere: &'a [crate::notes::Span],
    /// The mayor: of the sheet, else who presides over the council.
    pub mayor: Option<&'a String>,
    /// The date of the notes, near which dates without a year are.
    pub date: Option<jiff::civil::Date>,
    /// How sure one has to be of private talk.
    pub sure: Sure,
}

/// The items of all sections, in the order of the agenda; entries that no section treats come
/// without clauses.
pub fn read(
    structure: &Structure<'_>,
    reader: &Reader<'_>,
    moves: &mut Vec<Movement>,
    findings: &mut Vec<Finding>,
) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for (treated, section) in structure.sections.iter().enumerate() {
        let item = reader.item(section, treated, &structure.agenda, moves, findings);
        match items.iter_mut().find(|i| i.number.is_some() && i.number == item.number) {
            Some(earlier) => {
                earlier.clauses.extend(item.clauses);
                earlier.parts.extend(item.parts);
                earlier.not_voting.extend(item.not_voting);
                earlier.outcome = earlier.outcome.or(item.outcome);
                earlier.public_ballot |= item.public_ballot;
                earlier.secret_ballot |= item.secret_ballot;
                earlier.span.end = earlier.span.end.max(item.span.end);
                match (&mut earlier.vote, item.vote) {
                    (Some(vote), Some(other)) => vote::merge(vote, other),
                    (none @ None, other) => *none = other,
                    (Some(_), None) => {}
                }
            }
            None => items.push(item),
        }
    }
    for entry in &structure.agenda {
        if !items.iter().any(|i| i.number == Some(entry.number)) {
            items.push(Item {
                number: Some(entry.number),
                title: title(&entry.title),
                treated: usize::MAX,
                miscellaneous: MISCELLANEOUS.is_match(&entry.title),
                ..Item::default()
            });
        }
    }
    // Sections that no agenda entry claims keep their place after the last numbered one.
    items.sort_by_key(|item| (item.number.unwrap_or(u32::MAX), item.treated));
    items
}

impl Reader<'_> {
    fn item(
        &self,
        section: &Section<'_>,
        treated: usize,
        agenda: &[Entry],
        moves: &mut Vec<Movement>,
        findings: &mut Vec<Finding>,
    ) -> Item {
        let number = section.number.or_else(|| {
            match_entry(&section.heading, agenda).filter(|_| section.heading != OUTSIDE)
        });
        let entry = agenda.iter().find(|e| Some(e.number) == number);
        let heading = entry.map_or(section.heading.as_str(), |e| e.title.as_str());
        let start = section.place.start;
        let end = section.lines.last().map_or(section.place.end, |p| p.span.end);
        let mut item = Item {
            number,
            title: title(heading),
            treated,
            miscellaneous: heading == OUTSIDE
                || MISCELLANEOUS.is_match(heading)
                || MISCELLANEOUS.is_match(&section.heading),
            span: start..end,
            deliberation: section.deliberation.clone(),
            ..Item::default()
        };
        if let Some(presenter) = presenter(&section.heading) {
            item.clauses.push(format!("{presenter} présente le dossier"));
        }
        if let Some(aside) = self.qualifier(&section.heading) {
            item.title = format!("{} ({aside})", item.title);
        }
        // « fête du village samedi 20 juin 2026 : … »: a heading may hold facts that the title of
        // the agenda does not.
        let expanded = format!("{} {}", expand_facts(heading), item.title);
        let written = expand_facts(&section.heading);
        let untold = facts(&written)
            .into_iter()
            .any(|f| written.get(f.span).is_some_and(|fact| !expanded.contains(fact)));
        if untold && section.lines.first().is_none_or(|p| !p.text.starts_with(&section.heading)) {
            let shouted = !section.heading.chars().any(char::is_lowercase);
            let heading =
                if shouted { in_small_letters(&section.heading) } else { section.heading.clone() };
            // Who presents it is told by a sentence of its own.
            let bare = match heading.split_once(" (") {
                Some((title, rest)) if !self.roster.mentions(rest).is_empty() => title,
                _ => heading.as_str(),
            };
            item.clauses.push(self.with_names(bare));
        }
        // « chemin des fontaines (Estravel) »: a member in brackets presents the item.
        if let Some((_, rest)) = section.heading.split_once('(')
            && let Some((member, span)) = self.roster.mentions(rest).first()
        {
            let inside = rest.split(')').next().unwrap_or(rest);
            let beside = inside.split_whitespace().count();
            let named = rest.get(span.clone()).map_or(0, |name| name.split_whitespace().count());
            item.clauses.push(if beside <= named + 2 {
                format!("{} présente le dossier", self.roster.full_name(*member))
            } else {
                // « sous (Ada tient la caisse) » says something else.
                self.with_names(inside)
            });
        }
        if CLOSED.is_match(&section.heading)
            || section.lines.iter().any(|p| CLOSED.is_match(p.text))
        {
            item.closed_session = Some(ClosedSession::default());
        }
        let told = Told {
            comes_back: section.lines.iter().any(|p| BACK.is_match(p.text)),
            ..Told::default()
        };
        let mut telling = Telling { told, moves, findings };
        for piece in &section.lines {
            self.line(piece, &mut item, &mut telling);
        }
        telling.settle(&mut item);
        item
    }

    /// What a bracket at the end of a heading adds to its title: « (art. 3) », « (toiture) »; not
    /// who presents the item, nor how it is treated.
    fn qualifier(&self, heading: &str) -> Option<String> {
        static LAST: LazyLock<Regex> =
            LazyLock::new(|| pattern(r"\(([^()]{2,50})\)(?:\s*,\s*sans\s+vote)?\W*$"));
        static TREATED: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)\b(?:suite|infos?|information|d[ée]bat|votes?|vot[ée]\w*|discussion|huis|rapporteur|pas\s+pr[ée]vu|hors|ajout\w*)\b",
            )
        });
        let inside = LAST.captures(heading)?.get(1)?.as_str().trim();
        if inside.split('-').all(|part| is_first_name(&fold(part))) {
            return None;
        }
        let plain = (1..=4).contains(&inside.split_whitespace().count())
            && !TREATED.is_match(inside)
            && self.roster.mentions(inside).is_empty()
            && remark::classify(inside).is_none()
            && !has_verb(inside);
        plain.then(|| expand_facts(inside))
    }

    /// One line of a section: its vote, its procedure, what remains as clauses.
    fn line(&self, piece: &Piece<'_>, item: &mut Item, telling: &mut Telling<'_>) {
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
        item.secret_ballot |= SECRET_BALLOT.is_match(piece.text);
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
    fn speaker<'a>(&self, sentence: &'a str) -> Option<&'a str> {
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
            telling.vote(vote, subject, item);
            text = rest;
        } else if let Some(result) = vote::casting(&text)
            && let Some(vote) = &mut item.vote
        {
            vote.casting = true;
            vote.result = vote.result.or(result);
            return;
        }
        for clause in clauses(&text) {
            if self.says_nothing(clause, item) {
                continue;
            }
            if let Some((name, side)) = vote::voter(clause, self.roster) {
                telling.told.voters.push((name, side, clause.to_owned()));
                continue;
            }
            if let Some(chair) = self.presides(clause) {
                item.chair = Some(chair);
                self.leave_out(clause, item);
                continue;
            }
            if ABSTAINS.is_match(clause) && !self.not_voting(clause).is_empty() {
                self.leave_out(clause, item);
                continue;
            }
            if let Some(outcome) = outcome(clause) {
                item.outcome = item.outcome.or(Some(outcome));
                // « reporté, il manque l'avis de la région »: why is for the account.
                let why = clause.split_once(',').map_or("", |(_, why)| why.trim());
                if why.split_whitespace().count() >= 3 {
                    self.clause(why, piece, item, telling.findings);
                    continue;
                }
                if clause.split_whitespace().count() <= 8 && facts(clause).is_empty() {
                    continue;
                }
            }
            self.clause(clause, piece, item, telling.findings);
        }
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

    /// « moi » by the writer's name.
    fn with_writer(&self, text: &str) -> String {
        static ME: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?:moi|Moi|MOI)\b"));
        match &self.people.me {
            Some(me) => ME.replace_all(text, me.as_str()).into_owned(),
            None => text.to_owned(),
        }
    }

    /// Who presides for this item: « Castillet préside », « présidence : Castillet ».
    fn presides(&self, clause: &str) -> Option<String> {
        static AFTER: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)^(?:.{0,30}\b)?(?:sous\s+la\s+)?pr[ée]sid(?:ence|[ée]e?)\s*(?:de\s+|par\s+|d['’]|:|=|assur[ée]e\s+par\s+)*(.+)$",
            )
        });
        static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)^(.+?)\s+(?:pr[ée]side\b|prend\s+la\s+pr[ée]sidence|est\s+[ée]lue?\s+pr[ée]sidente?\s+de\s+(?:la\s+)?s[ée]ance|assure\s+la\s+pr[ée]sidence).{0,30}$",
            )
        });
        let found = BEFORE.captures(clause).or_else(|| AFTER.captures(clause))?;
        let who = found.get(1)?.as_str();
        self.people.member(who).or_else(|| {
            // « doyen Orvaine »
            let mentions = self.roster.mentions(who);
            let [(member, _)] = mentions.as_slice() else { return None };
            Some(self.roster.full_name(*member).to_owned())
        })
    }

    /// Closed sessions: who asked, when the public left and came back. Answers whether the whole
    /// line was about that.
    fn procedure(&self, text: &str, item: &mut Item) -> bool {
        let Some(session) = &mut item.closed_session else { return false };
        let hour_after = |at: usize| {
            facts(&text[at..]).into_iter().find_map(|f| match f.fact {
                Fact::Hour(hour) => Some(hour.to_french()),
                _ => None,
            })
        };
        if let Some(found) = PUBLIC_LEAVES.find(text) {
            session.public_left = hour_after(found.end());
        }
        if let Some(found) = PUBLIC_BACK.find(text) {
            session.public_back = hour_after(found.end());
        }
        if !CLOSED.is_match(text) {
            return false;
        }
        // The public leaves when the closed session begins.
        session.public_left = session.public_left.take().or_else(|| hour_after(0));
        let asked = ASKED_BY.captures(text).or_else(|| ASKS.captures(text));
        if let Some(who) = asked.and_then(|f| f.get(1).map(|m| m.as_str().trim().to_owned())) {
            let named = self.people.member(&who);
            session.requested_by = Some(named.unwrap_or_else(|| self.with_titles(&who)));
        }
        session.unanimous = fold(text).contains("unanim");
        true
    }

    /// Puts one clause into the item, unless it is no matter for minutes.
    pub(super) fn clause(
        &self,
        clause: &str,
        piece: &Piece<'_>,
        item: &mut Item,
        findings: &mut Vec<Finding>,
    ) {
        let procedure = item.closed_session.is_some()
            && (PUBLIC_LEAVES.is_match(clause) || PUBLIC_BACK.is_match(clause));
        if procedure || is_filler(clause) || is_title_again(clause, &item.title) {
            return;
        }
        let named = outsider::without(clause, self.roster);
        if named.is_some() {
            findings.push(Finding::check(
                FindingKind::PersonalData,
                Some(piece.span.clone()),
                format!("Nom d’une personne extérieure non imprimé : « {clause} »"),
            ));
        }
        let clause = named.as_deref().unwrap_or(clause);
        let clause = &self.without_remarks(clause, piece, findings);
        self.leave_out(clause, item);
        // « = 7855,50 » under a list is its total.
        let clause = &clause
            .strip_prefix('=')
            .map_or_else(|| clause.clone(), |sum| format!("total : {}", sum.trim_start()));
        let clause = &as_list(clause).unwrap_or_else(|| clause.clone());
        let mut text = with_changes(&self.with_names(&self.with_titles(clause)));
        if item.closed_session.is_some() {
            text = self.masked(&text, piece, findings);
        }
        if self.people.small_letters {
            text = with_capitals(&with_apostrophes(&text));
        }
        if let Some(date) = self.date {
            text = expand_facts_near(&text, date);
        }
        if text.split_whitespace().next().is_some() {
            item.clauses.push(text);
        }
    }

    /// The clause without the remarks that minutes do not carry, each quoted in a finding: what is
    /// not to be printed, anger, health. Brackets that hold none stay.
    fn without_remarks(
        &self,
        clause: &str,
        piece: &Piece<'_>,
        findings: &mut Vec<Finding>,
    ) -> String {
        static BRACKETS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s*\([^()]*\)"));
        // « 1 nul » counts ballots.
        static BALLOTS: LazyLock<Regex> = LazyLock::new(|| {
            pattern(r"(?i)\b(?:\d+|un|aucun)\s+(?:bulletins?\s+)?(?:blancs?\s+)?(?:et\s+)?nuls?\b")
        });
        let unfit = |text: &str| {
            remark::classify(&BALLOTS.replace_all(text, ""))
                .filter(|r| matches!(r, Remark::Private | Remark::Judgement | Remark::Health))
                .or_else(|| gossip::is_part(text, clause, self.sure).then_some(Remark::Gossip))
        };
        if let Some(Remark::Private) = unfit(clause) {
            findings.push(aside::finding(Remark::Private, clause, piece.span.clone()));
            return String::new();
        }
        // Health in a clause makes all of it private: who is ill is as private as the illness.
        let private = remark::holds(clause, Remark::Health);
        if private && !remark::holds_hard_fact(clause) {
            findings.push(aside::finding(Remark::Health, clause, piece.span.clone()));
            return String::new();
        }
        let mut kept = Vec::new();
        let mut dropped = false;
        let mut label = "";
        for part in remark::clauses(clause) {
            if unfit(part).is_none() {
                // « Talmont : n'importe quoi, les gens … » is still said by Talmont.
                kept.push(match std::mem::take(&mut label) {
                    "" => part.to_owned(),
                    who => format!("{who} : {}", part.trim_start()),
                });
                continue;
            }
            label = self.speaker(part).unwrap_or(label);
            let bare = BRACKETS.replace_all(part, "");
            let brackets = BRACKETS.find_iter(part).filter(|b| {
                let remark = unfit(b.as_str());
                if let Some(remark) = remark {
                    findings.push(aside::finding(remark, b.as_str(), piece.span.clone()));
                }
                remark.is_none()
            });
            let brackets: String = brackets.map(|b| b.as_str()).collect();
            match unfit(&bare) {
                Some(remark) => {
                    dropped = true;
                    findings.push(aside::finding(remark, &bare, piece.span.clone()));
                    if remark::holds_hard_fact(&brackets) {
                        kept.push(brackets);
                    }
                }
                None => kept.push(format!("{}{brackets}", bare.trim_end())),
            }
        }
        let text = kept.into_iter().filter(|k| !k.trim().is_empty()).collect::<Vec<_>>().join(",");
        let text = text.replace(", (", " (").trim().to_owned();
        // « les jeunes du stade, surtout le petit Delcambre »: what is left says nothing alone.
        if dropped && !has_verb(&text) && !remark::holds_hard_fact(&text) {
            return String::new();
        }
        // « Ada pleurait, Luc l'a ramenée »: what goes on about somebody left out goes too.
        static GOES_ON: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)\b(?:l['’]\s?(?:a|ai|ont|avait|avaient)\b|lui\b|(?:la|le)\s+(?:ram[eè]ne|console|calme|raccompagne)\w*)",
            )
        });
        if dropped && GOES_ON.is_match(&text) && !remark::holds_hard_fact(&text) {
            findings.push(aside::finding(Remark::Gossip, &text, piece.span.clone()));
            return String::new();
        }
        // What is left of « Talmont : il exagère » is only who said it.
        let only_a_name = dropped
            && self
                .roster
                .mentions(&text)
                .first()
                .is_some_and(|(_, span)| !text[span.end..].chars().any(char::is_alphabetic));
        if only_a_name { String::new() } else { text }
    }

    /// Notes the members that a clause says not to vote; who presides in their place does.
    fn leave_out(&self, clause: &str, item: &mut Item) {
        for name in self.not_voting(clause) {
            if !item.not_voting.contains(&name) && item.chair.as_ref() != Some(&name) {
                item.not_voting.push(name);
            }
        }
    }

    /// Members who leave or do not vote: those named last before the verb, else after it.
    fn not_voting(&self, clause: &str) -> Vec<String> {
        let Some(verb) = NOT_VOTING.find(clause) else { return Vec::new() };
        let mut named: Vec<(String, crate::notes::Span)> = self
            .roster
            .mentions(clause)
            .into_iter()
            .map(|(member, span)| (self.roster.full_name(member).to_owned(), span))
            .collect();
        if let (Some(mayor), Some(found)) = (self.mayor, THE_MAYOR.find(clause)) {
            named.push((mayor.clone(), found.range()));
            named.sort_by_key(|(_, span)| span.start);
        }
        let before: Vec<_> = named.iter().filter(|(_, s)| s.end <= verb.start()).collect();
        if before.is_empty() {
            return named.into_iter().map(|(name, _)| name).collect();
        }
        let mut names: Vec<String> = Vec::new();
        let mut next = verb.start();
        for (name, span) in before.into_iter().rev() {
            let gap = clause.get(span.end..next).unwrap_or_default();
            let joined = matches!(gap.trim(), "et" | "," | "+" | "/" | "&");
            if !names.is_empty() && !joined {
                break;
            }
            names.insert(0, name.clone());
            next = span.start;
        }
        names
    }

    /// « Mme le maire » as the office says it.
    fn with_titles(&self, text: &str) -> String {
        match &self.office.conseil.titre_maire {
            Some(title) => MAYOR.replace_all(text, title.as_str()).into_owned(),
            None => text.to_owned(),
        }
    }

    /// Members by their full name, as the office sheet spells it.
    pub fn with_names(&self, text: &str) -> String {
        let mut out = text.to_owned();
        let mut mentions = self.roster.mentions(text);
        mentions.sort_by_key(|(_, span)| span.start);
        for (member, mut span) in mentions.into_iter().rev() {
            if is_firm(text, &span) {
                continue;
            }
            let name = self.roster.full_name(member);
            // The dot of « Ève O. » goes with the initial.
            let initial = text.get(span.clone()).is_some_and(|written| {
                written.rsplit(' ').next().is_some_and(|last| last.chars().count() == 1)
            });
            if initial && text.get(span.end..).is_some_and(|rest| rest.starts_with(". ")) {
                span.end += 1;
            }
            // A civility that the notes give stays.
            let written = text.get(span.clone()).unwrap_or_default();
            let own = CIVILITY.is_match(name);
            let civility = CIVILITY.find(written).filter(|_| !own).map_or("", |m| m.as_str());
            let named = format!("{civility}{name}");
            // « le père d'Ostin » is « le père de Luc OSTIN ».
            let vowel = fold(&named).starts_with(['a', 'e', 'i', 'o', 'u', 'y', 'h']);
            let before = out.get(..span.start).unwrap_or_default();
            let elided = before.ends_with(" d'") || before.ends_with(" d’");
            let (from, link) = match (elided, vowel) {
                (true, false) => (before.trim_end_matches(['\'', '’']).len() - 1, "de "),
                (false, true) if before.ends_with(" de ") => (before.len() - 3, "d’"),
                _ => (span.start, ""),
            };
            out.replace_range(from..span.end, &format!("{link}{named}"));
        }
        out
    }

    /// The clause without what a closed session may not tell: people who are no members, and
    /// their addresses.
    fn masked(&self, text: &str, piece: &Piece<'_>, findings: &mut Vec<Finding>) -> String {
        static PERSON: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"\b(?:Mme|Mmes|M\.|MM\.|Mr|Mlle|Madame|Monsieur|famille)\s+(?:[A-ZÀ-Ý][\p{L}'’-]*\s?)+",
            )
        });
        static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)\b(?:(?:au|du|le)\s+)?\d{1,4}\s*(?:bis|ter)?,?\s+(?:rue|place|avenue|chemin|impasse|all[ée]e|route|boulevard|lotissement|r[ée]sidence)\b(?:\s+(?:d[eu]s?|de\s+la|la|le|l['’])?\s*[\p{L}'’-]+){1,3}",
            )
        });
        let members: Vec<String> = self
            .roster
            .names()
            .iter()
            .map(|m| fold(m))
            .chain(self.office.conseil.titre_maire.iter().map(|t| fold(t)))
            .collect();
        let mut hidden = 0;
        let text = PERSON.replace_all(text, |found: &regex::Captures<'_>| {
            let name = found.get(0).map_or("", |m| m.as_str());
            let words: Vec<String> =
                fold(name).split_whitespace().skip(1).map(str::to_owned).collect();
            if words.iter().any(|w| members.iter().any(|m| m.split_whitespace().any(|p| p == w))) {
                return name.to_owned();
            }
            hidden += 1;
            let space = if name.ends_with(' ') { " " } else { "" };
            format!("une personne{space}")
        });
        let text = ADDRESS.replace_all(&text, |_: &regex::Captures<'_>| {
            hidden += 1;
            String::new()
        });
        if hidden > 0 {
            findings.push(Finding::check(
                FindingKind::PersonalData,
                Some(piece.span.clone()),
                "Huis clos : nom ou adresse d’une personne extérieure au conseil masqués dans le document."
                    .to_owned(),
            ));
        }
        let text = text.replace(" ,", ",").replace(", une personne,", " d’une personne,");
        text.trim_matches([',', ' ']).to_owned()
    }
}

/// Whether one word says nothing but the title: « comptes » of « comptes approuvés 9 pour ».
fn is_title_again(clause: &str, title: &str) -> bool {
    let word = fold(clause.trim_matches(|c: char| !c.is_alphanumeric()));
    word.len() > 3
        && !word.contains(' ')
        && fold(title).split(|c: char| !c.is_alphanumeric()).any(|w| w == word)
}

/// « l asso », « d arpentage »: the apostrophes that a phone's small letters leave out.
fn with_apostrophes(text: &str) -> String {
    static ELIDED: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(^|[\s(])([ldnsjc]|qu)\s([aeéèêiîouœ]\p{Ll}+)"));
    ELIDED.replace_all(text, "$1$2'$3").into_owned()
}

/// Whether a name is that of a firm: « devis Talmont », « Talmont Frères ».
fn is_firm(text: &str, span: &crate::notes::Span) -> bool {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:devis|entreprises?|soci[ée]t[ée]|sarl|sas|eurl|ets|[ée]tablissements|garage|menuiserie|ma[çc]onnerie|transports|cabinet)\s+$",
        )
    });
    static AFTER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"^\s+(?:et\s+|&\s+)?(?i:fr[èe]res|fils|p[èe]re\s+et|sarl|sas|eurl|tp|btp|b[âa]timent|associ[ée]s|constructions?)\b",
        )
    });
    BEFORE.is_match(text.get(..span.start).unwrap_or_default())
        || AFTER.is_match(text.get(span.end..).unwrap_or_default())
}

/// « Football ........ 1 200 »: dots that lead to a value.
fn with_leaders(text: &str) -> String {
    static LEADERS: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\s+(?:\.{2,}|…+|_{2,})\s*(\d)|\.{4,}\s*(\d)"));
    LEADERS.replace_all(text, " : $1$2").into_owned()
}

/// First names that notes without capitals name, with theirs; those that are words stay.
fn with_capitals(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c: char| !(c.is_alphabetic() || c == '-')) {
        let word = piece.trim_end_matches(|c: char| !c.is_alphabetic());
        let given = |part: &str| is_first_name(&fold(part)) && !french::is_word(part);
        let small = word.chars().next().is_some_and(char::is_lowercase);
        if small && word.split('-').all(given) {
            let parts: Vec<String> = word.split('-').map(wording::capital).collect();
            out.push_str(&parts.join("-"));
        } else {
            out.push_str(word);
        }
        out.push_str(piece.get(word.len()..).unwrap_or_default());
    }
    out
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

/// « RAPPORT MORAL (Ada) »: a first name alone in brackets, of somebody no list names.
fn presenter(heading: &str) -> Option<&str> {
    let inside = heading.trim_end().strip_suffix(')')?.rsplit_once('(')?.1.trim();
    let given = inside.starts_with(char::is_uppercase)
        && inside.split('-').all(|part| is_first_name(&fold(part)));
    given.then_some(inside)
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

/// A change of value in words: « 22 -> 24 € » is « passage de 22 à 24 € », never a range.
fn with_changes(clause: &str) -> String {
    static CHANGE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)(\bde\s+)?(\d+(?:[.,]\d+)?(?:\s*€)?)\s*(?:-->|->|=>|→)\s*(\d+(?:[.,]\d+)?)")
    });
    CHANGE
        .replace_all(clause, |found: &regex::Captures<'_>| {
            // « 97,85 -> 2207,45 » is a sum, not a change.
            let value =
                |text: &str| text.replace(',', ".").trim_end_matches([' ', '€']).parse::<f64>();
            let near = match (value(&found[2]), value(&found[3])) {
                (Ok(old), Ok(new)) => old < 3.0 * new && new < 3.0 * old,
                _ => false,
            };
            if !near {
                return found[0].to_owned();
            }
            let starts = found.get(0).is_some_and(|m| clause[..m.start()].trim().is_empty());
            let lead = if starts { "passage de " } else { "de " };
            format!("{lead}{} à {}", &found[2], &found[3])
        })
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn firms_and_leaders_are_read_as_meant() {
        for (text, firm) in [
            ("devis Talmont : 900", true),
            ("Talmont Frères 900", true),
            ("Talmont présente le devis", false),
        ] {
            let at = text.find("Talmont").unwrap();
            assert_eq!(is_firm(text, &(at..at + 7)), firm, "{text}");
        }
        assert_eq!(with_leaders("Judo ...... 1 200"), "Judo : 1 200");
        assert_eq!(with_leaders("Chorale .. 90"), "Chorale : 90");
        assert_eq!(with_leaders("Ada... 90"), "Ada... 90");
        assert_eq!(
            with_apostrophes("bail de l asso, parcelle c 41, n hésite pas d autant"),
            "bail de l'asso, parcelle c 41, n hésite pas d'autant"
        );
        assert!(is_title_again("comptes", "Comptes 2025"));
        assert!(!is_title_again("quitus idem", "Comptes 2025"));
    }

    #[test]
    fn a_change_of_value_is_no_range() {
        let table = [
            ("22 -> 24 €", "passage de 22 à 24 €"),
            ("prix passe de 3,60 -> 3,85", "prix passe de 3,60 à 3,85"),
            ("extérieurs 4,50 -> 4,75", "extérieurs de 4,50 à 4,75"),
            ("total -> 12", "total -> 12"),
            ("divers 97,85 -> 2207,45", "divers 97,85 -> 2207,45"),
        ];
        for (clause, expected) in table {
            assert_eq!(with_changes(clause), expected, "{clause}");
        }
    }
}
