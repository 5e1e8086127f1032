//! Shares of an amount that the notes compute themselves.

use super::Reader;
use crate::finding::{Finding, FindingKind};
use crate::notes::Span;
use crate::reading::{Amount, Fact, facts};
use crate::task::wording;

impl Reader<'_> {
    /// A share that does not come out (« 40 % soit 35460 ») is left to complete.
    pub(super) fn share(&mut self, text: &str, span: &Span) -> String {
        let mut percent: Option<(u64, String)> = None;
        let mut out = text.to_owned();
        for found in facts(text) {
            let written = text.get(found.span.clone()).unwrap_or_default();
            match &found.fact {
                Fact::Percent(p) => {
                    percent = p
                        .replace(',', ".")
                        .parse::<f64>()
                        .ok()
                        .map(|v| ((v * 100.0).round() as u64, p.clone()));
                }
                Fact::Amount(_) | Fact::Number(_) => {
                    let cents = match &found.fact {
                        Fact::Amount(amount) => Some(amount.cents),
                        Fact::Number(n) => n
                            .replace(',', ".")
                            .parse::<f64>()
                            .ok()
                            .map(|v| (v * 100.0).round() as u64),
                        _ => None,
                    };
                    let said = text.get(..found.span.start).unwrap_or_default().trim_end();
                    let is_share = said.ends_with("soit") || said.ends_with('=');
                    if let (true, Some((rate, p)), Some(base), Some(cents)) =
                        (is_share, &percent, self.base, cents)
                    {
                        let expected = base * rate / 10_000;
                        if expected != cents {
                            let amount = |cents: u64| Amount { cents, tax: None }.to_french();
                            self.findings.push(Finding::check(
                                FindingKind::Sum,
                                Some(span.clone()),
                                format!(
                                    "{p} % de {} font {}, vos notes disent {} : montant laissé à compléter",
                                    amount(base), amount(expected), amount(cents)
                                ),
                            ));
                            out = out.replacen(written, &wording::blank("montant"), 1);
                        }
                    } else if let Fact::Amount(amount) = &found.fact {
                        self.base = Some(amount.cents);
                    }
                }
                _ => {}
            }
        }
        out
    }
}
