//! Amounts of money as people type them.

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
        let tax = match self.tax {
            Some(Tax::Excluded) => " HT",
            Some(Tax::Included) => " TTC",
            None => "",
        };
        format!("{} €{tax}", french_cents(self.cents))
    }
}

/// Cents as a French number of euros, without the currency: « 2 423,50 », « 800 ».
pub fn french_cents(cents: u64) -> String {
    let euros = grouped(&(cents / 100).to_string());
    match cents % 100 {
        0 => euros,
        rest => format!("{euros},{rest:02}"),
    }
}

/// Reads a written number (« 12 480 », « 11.50 », « 1.290,5 ») as hundredths of a unit.
/// Nothing when it has more than two decimals or is too big to be money.
pub fn parse_cents(written: &str) -> Option<u64> {
    let compact: String = written.chars().filter(|c| !c.is_whitespace()).collect();
    let (whole, decimals) = match compact.rfind([',', '.']) {
        // « 12.480 » groups thousands, « 11.50 » has decimals.
        Some(at) if compact.len() - at - 1 != 3 => (&compact[..at], &compact[at + 1..]),
        _ => (compact.as_str(), ""),
    };
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let well_formed = (1..=12).contains(&whole.len())
        && decimals.len() <= 2
        && decimals.chars().all(|c| c.is_ascii_digit());
    if !well_formed {
        return None;
    }
    let decimals: u64 = format!("{decimals:0<2}").parse().ok()?;
    Some(whole.parse::<u64>().ok()? * 100 + decimals)
}

/// Groups the digits of a whole number by three, with spaces.
fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_in_french() {
        for (cents, tax, expected) in [
            (348_000, Some(Tax::Included), "3 480 € TTC"),
            (2_465_000, Some(Tax::Excluded), "24 650 € HT"),
            (385, None, "3,85 €"),
            (242_350, None, "2 423,50 €"),
            (12_345_678_900, None, "123 456 789 €"),
        ] {
            assert_eq!(Amount { cents, tax }.to_french(), expected);
        }
    }

    #[test]
    fn written_numbers_are_read() {
        for (written, expected) in [
            ("12 480", Some(1_248_000)),
            ("11.50", Some(1_150)),
            ("12.480", Some(1_248_000)),
            ("1.290,5", Some(129_050)),
            ("3,10", Some(310)),
            ("1234567890123", None),
            ("", None),
        ] {
            assert_eq!(parse_cents(written), expected, "{written}");
        }
    }
}
