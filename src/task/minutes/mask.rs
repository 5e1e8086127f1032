//! What a text may say when it is published (CRPA L311-6, L312-1-2): no private person, no address,
//! phone or e-mail of one, nothing of health, family or money troubles, no vote of a named member
//! outside a public ballot. Companies, associations, members and amounts stay.
//!
//! What was hidden is handed back in words, for a finding to list it.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::person::{Form, Named, People, phrases};
use super::record::Meeting;
use crate::notes::Span;
use crate::office::Office;
use crate::reading::remark::{self, Remark};
use crate::reading::{Fact, facts, fold, pattern};
use crate::task::wording::capital;

/// Why something was hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// A person who is no member.
    Person,
    /// A name that may be a person's.
    Doubtful,
    /// An address.
    Address,
    /// A phone number or an e-mail.
    Contact,
    /// A date of birth, an account, a number plate.
    Identity,
    /// Health, family, sanctions, money troubles.
    Private,
    /// Who voted what.
    Ballot,
}

impl Why {
    /// What it is called in a finding.
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "personne",
            Self::Doubtful => "nom douteux",
            Self::Address => "adresse",
            Self::Contact => "téléphone ou courriel",
            Self::Identity => "donnée d’identité",
            Self::Private => "vie privée",
            Self::Ballot => "sens d’un vote",
        }
    }
}

/// A text fit to be published, and what it no longer says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Masked {
    /// The text.
    pub text: String,
    /// What was hidden, in words.
    pub hidden: Vec<(Why, String)>,
}

/// Who is X and who is Y in one item.
#[derive(Debug, Clone, Default)]
pub struct Letters(Vec<String>);

impl Letters {
    /// The letter of a surname: the same for the same.
    fn of(&mut self, surname: &str) -> char {
        let folded = fold(surname);
        let index = self.0.iter().position(|name| *name == folded).unwrap_or_else(|| {
            self.0.push(folded);
            self.0.len() - 1
        });
        "XYZABCDEFGHIJKLMNOPQRSTUVW".chars().nth(index % 26).unwrap_or('X')
    }
}

/// How the votes of an item may be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ballot {
    /// With names.
    Public,
    /// By counts only.
    Other,
}

/// What hides.
pub struct Mask {
    people: People,
    /// Phones, e-mails and the address of the office itself, folded, without spaces.
    own: Vec<String>,
}

impl Mask {
    /// A mask for one meeting.
    pub fn new(meeting: &Meeting, office: &Office) -> Self {
        let o = &office.organisme;
        let own = [&o.telephone, &o.courriel, &o.adresse];
        Self {
            people: People::new(meeting, office),
            own: own.into_iter().flatten().map(|text| compact(text)).collect(),
        }
    }

    /// The text without persons, addresses and contacts.
    pub fn text(&self, text: &str, letters: &mut Letters) -> Masked {
        let mut cuts: Vec<(Span, Why, String)> = Vec::new();
        let mut cut = |span: Span, why: Why, to: String| {
            if cuts.iter().all(|(s, ..)| span.end <= s.start || s.end <= span.start) {
                cuts.push((span, why, to));
            }
        };
        for (span, why, to) in self.contacts(text) {
            cut(span, why, to.to_owned());
        }
        for Named { span, form } in self.people.hidden(text) {
            let name = text.get(span.clone()).unwrap_or_default();
            let surname = name.split([' ', '\u{a0}']).next_back().unwrap_or_default();
            let (why, to) = match form {
                Form::Civil(civility) => {
                    (Why::Person, format!("{civility} {}", letters.of(surname)))
                }
                Form::Family => (Why::Person, letters.of(surname).to_string()),
                Form::Bare => (Why::Person, "une personne".to_owned()),
                Form::Home => (Why::Address, "au domicile d’une personne".to_owned()),
                Form::Doubtful => (Why::Doubtful, "[nom masqué]".to_owned()),
            };
            cut(span, why, to);
        }
        cuts.sort_by_key(|(span, ..)| span.start);
        let mut masked = Masked::default();
        let mut done = 0;
        for (span, why, to) in cuts {
            masked.text.push_str(text.get(done..span.start).unwrap_or_default());
            let opens = masked.text.trim_end().is_empty() || masked.text.trim_end().ends_with('.');
            masked.text.push_str(&if opens { capital(&to) } else { to });
            masked.hidden.push((why, text.get(span.clone()).unwrap_or_default().to_owned()));
            done = span.end;
            // The full stop of « Rémi B. » also ended the sentence.
            let ended = text.get(..done).is_some_and(|t| t.ends_with('.'));
            if ended && text.get(done..).is_some_and(|rest| rest.trim().is_empty()) {
                masked.text.push('.');
            }
        }
        masked.text.push_str(text.get(done..).unwrap_or_default());
        masked.text = elided(&masked.text);
        masked
    }

    /// A sentence of an account: also without anything private, and without who voted what.
    pub fn sentence(&self, text: &str, letters: &mut Letters, ballot: Ballot) -> Masked {
        let mut hidden = Vec::new();
        let told = self.without_private(text, &mut hidden);
        let told = match ballot {
            Ballot::Other => self.without_voters(&told, &mut hidden),
            Ballot::Public => told,
        };
        let mut masked = self.text(&told, letters);
        masked.hidden.splice(0..0, hidden);
        masked
    }

    /// Phones, e-mails, addresses, identities, unless they are the office's own.
    fn contacts(&self, text: &str) -> Vec<(Span, Why, &'static str)> {
        let known = facts(text);
        let mut found = Vec::new();
        // A whole address before the part of it that « demeurant » opens.
        for pattern in [&*ADDRESS, &*LIVES] {
            for captures in pattern.captures_iter(text) {
                let Some(place) = captures.name("at") else { continue };
                // « 9 h 30 place du Lavoir » is an hour and a place.
                let counted = known.iter().any(|f| {
                    !matches!(f.fact, Fact::Number(_))
                        && f.span.start <= place.start()
                        && place.start() < f.span.end
                });
                if !counted && !self.is_own(place.as_str()) {
                    found.push((place.range(), Why::Address, "[adresse masquée]"));
                }
            }
        }
        for fact in &known {
            let written = text.get(fact.span.clone()).unwrap_or_default();
            let to = match fact.fact {
                Fact::Phone(_) => "[téléphone masqué]",
                Fact::Email(_) => "[courriel masqué]",
                _ => continue,
            };
            if !self.is_own(written) {
                found.push((fact.span.clone(), Why::Contact, to));
            }
        }
        let identities = IDENTITY.find_iter(text);
        found.extend(identities.map(|m| (m.range(), Why::Identity, "[donnée masquée]")));
        found
    }

    fn is_own(&self, written: &str) -> bool {
        let compact = compact(written);
        self.own.iter().any(|own| own.contains(&compact) || compact.contains(own.as_str()))
    }

    /// The sentence without its parts about health, family, sanctions or money troubles of
    /// someone; a part with an amount stays when only money is in it.
    fn without_private(&self, text: &str, hidden: &mut Vec<(Why, String)>) -> String {
        let names = self.people.hidden(text);
        let outsider = names.iter().any(|n| n.form != Form::Doubtful) || INDIVIDUAL.is_match(text);
        let someone = outsider || !self.people.roster().mentions(text).is_empty();
        if !someone {
            return text.to_owned();
        }
        let amount = |part: &str| facts(part).iter().any(|f| matches!(f.fact, Fact::Amount(_)));
        let private = |part: &str| {
            PRIVATE.is_match(part)
                || remark::holds(part, Remark::Health)
                || remark::holds(part, Remark::Judgement)
                || (outsider && DEBT.is_match(part) && !amount(part))
        };
        if !private(text) && !remark::clauses(text).into_iter().any(private) {
            return text.to_owned();
        }
        let bare = BRACKETS.replace_all(text, |found: &Captures<'_>| {
            if private(&found[0]) {
                hidden.push((Why::Private, found[0].trim_matches([' ', '(', ')']).to_owned()));
                String::new()
            } else {
                found[0].to_owned()
            }
        });
        let end = if bare.trim_end().ends_with('.') { "." } else { "" };
        let mut kept = String::new();
        let mut dropped = false;
        for part in remark::clauses(bare.trim_end().trim_end_matches('.')) {
            if private(part) {
                hidden.push((Why::Private, part.trim().to_owned()));
                dropped = true;
                continue;
            }
            // « Mme X, malade, demande » is « Mme X demande ».
            let short = kept.split_whitespace().count() <= 4;
            let joint = match (kept.is_empty(), dropped && short) {
                (true, _) => "",
                (false, true) => " ",
                (false, false) => ", ",
            };
            kept.push_str(joint);
            kept.push_str(part.trim());
            dropped = false;
        }
        if kept.chars().any(char::is_alphanumeric) {
            capital(&kept) + end
        } else {
            "Une situation individuelle est évoquée.".to_owned()
        }
    }

    /// « A et B votent contre » without A and B.
    fn without_voters(&self, text: &str, hidden: &mut Vec<(Why, String)>) -> String {
        if !VOTES.is_match(text) {
            return text.to_owned();
        }
        let mentions = self.people.roster().mentions(text);
        let (Some((_, first)), Some((_, last))) = (mentions.first(), mentions.last()) else {
            return text.to_owned();
        };
        hidden.push((Why::Ballot, text.to_owned()));
        let between = text.get(first.end..last.start.max(first.end)).unwrap_or_default();
        let listed = mentions.len() > 1 && between.split_whitespace().count() <= mentions.len() * 4;
        let (place, who) = match (mentions.len(), listed) {
            (1, _) => (first.clone(), "un membre du conseil"),
            (_, true) => (first.start..last.end, "des membres du conseil"),
            // Several votes in one sentence: nothing can be told without names.
            (_, false) => return "Des membres du conseil expliquent leur vote.".to_owned(),
        };
        let mut told = text.to_owned();
        let opens = text.get(..place.start).is_some_and(|b| b.trim().is_empty());
        told.replace_range(place, &if opens { capital(who) } else { who.to_owned() });
        elided(&told)
    }
}

/// « de une personne » as « d’une personne ».
fn elided(text: &str) -> String {
    static ELISION: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"\b(?P<a>[dD]|[qQ]u|[jJ]usqu|[lL]orsqu)e (?P<b>une personne|un membre)")
    });
    static DES: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\b(?P<a>[dD])e des (?P<b>membres|personnes)"));
    static APOSTROPHE: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\b(?P<a>[dD]|[qQ]u)['’](?P<b>\[)"));
    static SEVERAL: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\b(?P<u>[uU])ne personne(?:, une personne)* et une personne\b"));
    let text = SEVERAL.replace_all(text, |found: &Captures<'_>| {
        if &found["u"] == "U" { "Des personnes" } else { "des personnes" }
    });
    let text = ELISION.replace_all(&text, "$a’$b");
    let text = DES.replace_all(&text, "${a}e $b");
    APOSTROPHE.replace_all(&text, "${a}e $b").into_owned()
}

fn compact(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric() || *c == '@').collect()
}

/// A house number and its street.
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?P<at>\b\d{1,4}(?:[ ]?(?:bis|ter|quater)\b)?,?[ \u{a0}](?i:rue|place|avenue|av\.|chemin|impasse|all[ée]e|route|boulevard|bd|quai|square|cours|lotissement|r[ée]sidence|hameau|lieu-dit|venelle|ruelle|sentier)[ \u{a0}](?:(?:de la|de l['’]|du|des|de|d['’]|la|le|les|l['’])[ \u{a0}]?)*\p{L}[\p{L}’'-]*(?:[ \u{a0}](?:(?:de|du|des|la|le|les)[ \u{a0}])*\p{Lu}[\p{L}’'-]*)*(?:,?[ \u{a0}]\d{5}(?:[ \u{a0}]\p{Lu}[\p{L}’'-]*)?)?)",
    )
});
/// Where someone lives.
static LIVES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?i:domicili[ée]e?s?|demeurant|r[ée]sidant|habitant|habite(?:nt)?)[ \u{a0}](?P<at>(?:(?i:au|aux|à|dans|en|sur)[ \u{a0}](?:(?:la|le|les)[ \u{a0}]|l['’])?(?:\d+[ \u{a0}])?|(?i:rue|place|chemin|route|impasse|all[ée]e|avenue)\b)[\p{L}’'-]*(?:[ \u{a0}](?:(?:de la|du|des|de|la|le|les)[ \u{a0}]|(?:de )?l['’]|d['’])?\p{Lu}[\p{L}’'-]*|[ \u{a0}](?:de la|du|des|de)[ \u{a0}]\p{L}+)*)",
    )
});
/// An account, a number plate, a social security number, a date of birth.
static IDENTITY: LazyLock<Regex> = LazyLock::new(|| {
    let kinds = [
        r"\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){3,7}(?:[ ]?[A-Z0-9]{1,3})?\b",
        r"\b[A-Z]{2}-\d{3}-[A-Z]{2}\b",
        r"\b[12][ ]?\d{2}[ ]?\d{2}[ ]?\d{2}[ ]?\d{3}[ ]?\d{3}(?:[ ]?\d{2})?\b",
        r"\b(?i:n[ée]e?)[ ](?:le[ ])?\d{1,2}(?:er)?[ /]?[\d\p{L}]+[ /]?\d{2,4}\b",
    ];
    pattern(&kinds.join("|"))
});
static BRACKETS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s*\([^()]*\)"));
static VOTES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:vot\w+[ ](?:pour|contre|blanc)\b|(?:s['’]|se )(?:est |sont |[ée]tai\w+ )?abst\w+|abstention\w*[ ](?:de|d['’])|(?:pour|contre|abst\w*)[ ]?:)",
    )
});
static PRIVATE: LazyLock<Regex> = LazyLock::new(|| phrases("private"));
static DEBT: LazyLock<Regex> = LazyLock::new(|| phrases("debt"));
static INDIVIDUAL: LazyLock<Regex> = LazyLock::new(|| phrases("individual"));

#[cfg(test)]
mod tests;
