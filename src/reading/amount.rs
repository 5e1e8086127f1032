//! Amounts of money as people type them: `3480 € ttc`, `24650 HT`, `1 290 ttc`, `3,85 €`.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern;

/// Whether tax is in the amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tax {
    /// « HT ».
    Excluded,
    /// « TTC ».
    Included,
}

/// An amount of money, exact to the cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Amount {
    /// Cents; never negative.
    pub cents: u64,
    /// What is said of tax.
    pub tax: Option<Tax>,
}

impl Amount {
    /// In French: « 3 480 € TTC », « 3,85 € », « 2 423,50 € ».
    pub fn to_french(&self) -> String {
        let (euros, cents) = (self.cents / 100, self.cents % 100);
        let mut out = grouped(euros);
        if cents > 0 {
            out.push_str(&format!(",{cents:02}"));
        }
        out.push_str(" €");
        match self.tax {
            Some(Tax::Excluded) => out.push_str(" HT"),
            Some(Tax::Included) => out.push_str(" TTC"),
            None => {}
        }
        out
    }
}

/// Digits in groups of three, with plain spaces.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

static AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(\d{1,3}(?:[ \u{a0}\u{202f}.]\d{3})+|\d+)(?:[,.](\d{1,2}))?\s*(k)?\s*(?:(€|euros?\b|eur\b)(?:\s*(ht|ttc)\b)?|(ht|ttc)\b)",
    )
});

/// Every amount of the text with its place, in order.
pub(super) fn amounts(text: &str) -> Vec<(Amount, std::ops::Range<usize>)> {
    AMOUNT
        .captures_iter(text)
        .filter_map(|found| {
            let digits: String =
                found.get(1)?.as_str().chars().filter(char::is_ascii_digit).collect();
            let euros: u64 = digits.parse().ok()?;
            let cents: u64 = match found.get(2).map(|m| m.as_str()) {
                Some(one) if one.len() == 1 => one.parse::<u64>().ok()? * 10,
                Some(two) => two.parse().ok()?,
                None => 0,
            };
            let cents = euros.checked_mul(100)?.checked_add(cents)?;
            let cents = if found.get(3).is_some() { cents.checked_mul(1000)? } else { cents };
            let tax = found.get(5).or_else(|| found.get(6)).map(|m| {
                if m.as_str().eq_ignore_ascii_case("ht") { Tax::Excluded } else { Tax::Included }
            });
            Some((Amount { cents, tax }, found.get(0)?.range()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_as_people_type_them() {
        let table: [(&str, &[&str]); 8] = [
            ("lavoir 3480 € ttc", &["3 480 € TTC"]),
            ("Terravoie 24650 HT, Orle 27900 HT", &["24 650 € HT", "27 900 € HT"]),
            ("1 290 ttc", &["1 290 € TTC"]),
            ("2.500,50 €", &["2 500,50 €"]),
            ("11.50€ ou 480 euros", &["11,50 €", "480 €"]),
            ("8 €/jour", &["8 €"]),
            ("60 k€", &["60 000 €"]),
            ("12 personnes", &[]),
        ];
        for (text, expected) in table {
            let found: Vec<String> =
                amounts(text).into_iter().map(|(a, _)| a.to_french()).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
