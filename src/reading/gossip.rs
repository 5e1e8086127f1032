//! How likely a clause of notes is private talk: gossip, quarrels, moods, asides to a colleague.
//!
//! Word lists ([`super::remark`]) know what people say often; talk finds new words. A logistic
//! regression on words, their beginnings, pairs of beginnings and groups of four letters judges
//! the rest. Its weights are data, learnt from examples written for the purpose
//! (`benches/remarks.py`); nine clauses in ten of those it has not seen come out right, so it only
//! ever takes what holds no hard fact, and what it takes is quoted in a finding.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::date::{months_pattern, weekdays_pattern};
use super::remark::holds_hard_fact;
use super::{fold, words};

/// Weights in hundredths of a logit.
static WEIGHTS: LazyLock<HashMap<&'static str, i32>> = LazyLock::new(|| {
    include_str!("gossip.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(feature, weight)| Some((feature, weight.parse().ok()?)))
        .collect()
});

/// How sure one has to be that a clause is talk before it is left out, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sure(f64);

impl Sure {
    /// For councils and assemblies, whose matters have words of their own.
    pub const MINUTES: Self = Self(0.75);
    /// For letters, posters and working meetings, told in words of every day.
    pub const EVERYDAY: Self = Self(0.95);
}

/// Whether a clause of three words or more is private talk, without a date, an amount, a month, a number of three
/// digits or any other hard fact.
pub fn is_one(clause: &str, sure: Sure) -> bool {
    let words = clause.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).count();
    words > 2 && likelihood(clause) > sure.0 && !holds_hard_fact(clause) && !STATED.is_match(clause)
}

/// Whether a part of a clause is: a part of a sentence that is none as a whole (« qui préside le
/// club ») says little alone, so it has to be all the surer.
pub fn is_part(part: &str, whole: &str, sure: Sure) -> bool {
    is_one(part, sure) && (likelihood(whole) > 0.5 || is_one(part, Sure::EVERYDAY))
}

words!(
    STATED,
    &format!(
        r"(?i)\d\d\d|\b(?:excus[ée]|absente?s?\b|pouvoirs?\b|procuration|unanim|d[ée]lib[ée]r|vot[ée]e?s?\b|adopt[ée]|[ée]lue?s?\b|d[ée]l[ée]gu[ée]|d[ée]sign|subvention|autoris[ée]|bulletins?\b|(?:il\s+)?manque\s+(?:encore\s+|toujours\s+)?(?:une?|des|de|\d)\b|[ée]taient\s+l[àa]\b)|\b(?:{}|{})\b",
        // « mai » alone says too little.
        months_pattern().replace("|mai|", "|"),
        weekdays_pattern()
    )
);

/// From 0, what belongs in a document, to 1, talk.
fn likelihood(clause: &str) -> f64 {
    let mut seen = HashSet::new();
    let mut logit = WEIGHTS.get("bias").copied().unwrap_or(0);
    let mut add = |feature: String| {
        let weight = WEIGHTS.get(feature.as_str()).copied().unwrap_or(0);
        if weight != 0 && seen.insert(feature) {
            logit += weight;
        }
    };
    let tokens = tokens(&fold(clause));
    let stem = |token: &str| token.chars().take(5).collect::<String>();
    let mut before = "^".to_owned();
    for token in &tokens {
        let begins = stem(token);
        add(format!("b:{before}_{begins}"));
        add(format!("s:{begins}"));
        if token.chars().count() > 5 {
            add(format!("w:{token}"));
        }
        before = begins;
        let padded: Vec<char> = format!("<{token}>").chars().collect();
        if padded.len() > 5 {
            padded
                .windows(4)
                .for_each(|four| add(format!("c:{}", four.iter().collect::<String>())));
        }
    }
    add(format!("b:{before}_$"));
    1.0 / (1.0 + (-f64::from(logit) / 100.0).exp())
}

/// Words in ASCII letters, numbers as `#`, and signs that speak.
fn tokens(folded: &str) -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut previous = ' ';
    for letter in folded.chars() {
        let same = match letter {
            'a'..='z' => previous.is_ascii_lowercase(),
            _ => letter.is_ascii_digit() && previous.is_ascii_digit(),
        };
        match letter {
            'a'..='z' if same => {
                if let Some(token) = tokens.last_mut() {
                    token.push(letter);
                }
            }
            'a'..='z' | '?' | '!' | '€' | '%' | '+' | '=' | '"' => {
                tokens.push(letter.to_string());
            }
            '0'..='9' if !same => tokens.push("#".to_owned()),
            _ => {}
        }
        previous = letter;
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn talk_is_told_from_what_minutes_carry() {
        let table = [
            ("son mari lui a encore fait la leçon devant tout le monde", true),
            ("il boude depuis l'histoire du frigo", true),
            ("elle est partie vexée en claquant la porte", true),
            ("le bureau remercie les bénévoles pour la fête", false),
            ("la commission étudie deux demandes d'aide", false),
            ("les parents s'inquiètent de la vitesse devant l'école", false),
        ];
        for (clause, talk) in table {
            assert_eq!(is_one(clause, Sure::MINUTES), talk, "{clause} {}", likelihood(clause));
        }
    }

    #[test]
    fn what_holds_a_hard_fact_stays() {
        assert!(!is_one("il boude depuis le 3 mai 2026, comme d'habitude", Sure::MINUTES));
        assert!(!is_one("il boude", Sure::MINUTES));
        assert!(!is_one("Noval absente, elle n'a rien dit à personne", Sure::MINUTES));
    }

    #[test]
    fn features_are_those_that_the_weights_were_learnt_for() {
        assert_eq!(
            tokens("l'ete 12h30 : 3,80 €, \"non\" !"),
            ["l", "ete", "#", "h", "#", "#", "#", "€", "\"", "non", "\"", "!"]
        );
        assert_eq!(tokens("aout2026"), ["aout", "#"]);
    }
}
