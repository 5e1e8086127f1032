//! A date that later notes put off: « réouverture repoussée au samedi 12 décembre » corrects the
//! « réouverture mardi 8 décembre » above. The sentence itself tells more and stays.

use super::sentence::{Sentence, about};
use super::target::Put;
use super::value;
use crate::reading::{Fact, words};

words!(
    PUT_OFF,
    r"(?i)(?P<what>\p{L}{5,})\s*,?\s+(?:(?:est|sera|finalement|donc)\s+){0,2}(?:repouss|report|avanc|d[ée]cal|d[ée]plac)[ée]e?s?\s+(?:d['’]une?\s+\p{L}+\s*,?\s+)?(?:au|[àa]|pour\s+le|le)\s+(?:(?:lun|mar|mercre|jeu|vendre|same)di\s+|dimanche\s+)?$"
);
words!(
    UNTIL,
    r"(?i)\b(?P<what>ferm|ouvert|suspend|interdi)\p{L}*\s+(?:\p{L}+\s+)?jusqu['’]\s?au\s+(?P<day>\d{1,2})\b"
);

/// The dates of earlier sentences that this one puts off.
pub(super) fn put_off(sentences: &[Sentence<'_>], index: usize) -> Vec<Put> {
    let own = &sentences[index];
    let found = own.facts.iter().find_map(|fact| {
        let Fact::Date(date) = &fact.fact else { return None };
        let what = PUT_OFF.captures(own.text.get(..fact.span.start)?)?;
        date.day.map(|_| (fact, *date, about(&what["what"])))
    });
    let Some((new, date, what)) = found else { return Vec::new() };
    let mut puts = Vec::new();
    for held in sentences.iter().take(index) {
        for old in &held.facts {
            let Fact::Date(was) = &old.fact else { continue };
            let label = held.text.get(..old.span.start).unwrap_or_default();
            let near = label.rsplit([',', ';', '.', '(']).next().unwrap_or_default();
            let named = about(near).intersection(&what).count() > 0;
            if named && was.day.is_some() && !value::same(&new.fact, &old.fact) {
                puts.push(put(
                    held,
                    old.span.clone(),
                    value::written(new, own.text, old, held.text),
                ));
            }
        }
    }
    // « et donc fermé jusqu'au 11 »: the end of the time told above.
    let until = UNTIL.captures(own.text).filter(|_| !puts.is_empty());
    if let Some(until) = until
        && let Ok(day) = until["day"].parse::<i8>()
    {
        let stem = crate::reading::fold(&until["what"]);
        for held in sentences.iter().take(index) {
            let opens = crate::reading::fold(held.text).contains(&stem);
            let range = held.facts.windows(2).find(|two| {
                let between = held.text.get(two[0].span.end..two[1].span.start);
                matches!((&two[0].fact, &two[1].fact), (Fact::Date(_), Fact::Date(_)))
                    && between.is_some_and(|b| b.trim() == "au")
            });
            if let (true, Some([_, last])) = (opens, range)
                && let Fact::Date(end) = &last.fact
                && end.month == date.month
                && end.day != Some(day)
            {
                let month = crate::reading::date::month_name(date.month);
                puts.push(put(held, last.span.clone(), format!("{day} {month}")));
            }
        }
    }
    puts
}

fn put(held: &Sentence<'_>, old: crate::notes::Span, with: String) -> Put {
    let was = held.text.get(old.clone()).unwrap_or_default().to_owned();
    let at = held.span.start + old.start..held.span.start + old.end;
    Put { at, new: with.clone(), with, old: was }
}
