//! Rows that a label opens and tabs part: « PVR ⇥ Ada > Luc ⇥ Zoé > Ève » is one list, « vote 4 ⇥ pour ⇥
//! Ada, Luc » one side of the ballot on an item.

use std::sync::LazyLock;

use regex::Regex;

use super::Row;
use crate::reading::{fold, pattern};

static PEOPLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?P<label>(?:membres\s+)?(?:pr[ée]sente?s?|pr[ée]s|excus[ée]e?s?|exc|absente?s?|abs|pouvoirs?|pvrs?|procurations?|repr[ée]sent[ée]e?s?)\.?(?:\s*\(\d+\))?)\s*:?\s*\t(?P<list>.*\p{L}.*)$",
    )
});
static CATEGORY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^\W*(?:pr[ée]s|excus|exc\b|abs|pouv|pvr|procur|repr[ée]s)\p{L}*\.?\W*$")
});
static SIDE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s*(?:POUR|CONTRE|ABST(?:ENTIONS?)?)\b[.:]?\s+\p{Lu}"));
static BALLOT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:vote|scrutin)\s+(?:pt|point|n°)?\s*(?P<n>\d{1,2})\s*\t\s*(?P<side>pour|contre|abst\w*|ne\s+prend\w*\s+pas\s+part|d[ée]bats?|discussions?|remarques?)\.?\s*\t\s*(?P<names>\S.*)$",
    )
});
static ITEM: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?P<n>\d{1,2})\t"));

/// Lists of people on one line, ballots by name in the row of their item.
pub(super) fn apply(rows: Vec<Row>) -> Vec<Row> {
    let mut ballots: Vec<(u32, String)> = Vec::new();
    for row in &rows {
        let Some(found) = BALLOT.captures(&row.text) else { continue };
        let Ok(number) = found["n"].parse() else { continue };
        let names = found["names"].trim();
        // What was said of it needs no label there.
        let told = match fold(&found["side"]).get(..3) {
            Some("deb" | "dis" | "rem") => names.to_owned(),
            _ => format!("{} : {names}", &found["side"]),
        };
        match ballots.iter_mut().find(|(item, _)| *item == number) {
            Some((_, said)) => said.push_str(&format!(". {told}")),
            None => ballots.push((number, told)),
        }
    }
    let of_item = |text: &str| -> Option<u32> { ITEM.captures(text)?["n"].parse().ok() };
    let placed: Vec<u32> = rows.iter().filter_map(|row| of_item(&row.text)).collect();
    one_ballot(rows)
        .into_iter()
        .map(|row| {
            let ballot = BALLOT.captures(&row.text).and_then(|f| f["n"].parse::<u32>().ok());
            if ballot.is_some_and(|number| placed.contains(&number)) {
                return Row { text: String::new(), span: row.span };
            }
            let said = of_item(&row.text)
                .and_then(|number| ballots.iter().find(|(item, _)| *item == number));
            if let Some((_, said)) = said {
                let (head, last) = row.text.rsplit_once('\t').unwrap_or((&row.text, ""));
                // The cell for the vote only points to these rows.
                let kept = if last.chars().any(|c| c.is_ascii_digit()) { last } else { "" };
                let text = format!("{head}\t{}", format!("{kept} {said}").trim());
                return Row { text, span: row.span };
            }
            let list = PEOPLE.captures(&row.text).filter(|found| {
                // Columns of a table, one a category.
                !found["list"].split('\t').any(|cell| CATEGORY.is_match(cell))
            });
            let text = list.map_or(row.text.clone(), |found| {
                let list: Vec<&str> = found["list"]
                    .split('\t')
                    .map(|cell| cell.trim().trim_end_matches([',', ';']))
                    .filter(|cell| !cell.is_empty())
                    .collect();
                format!("{} : {}", &found["label"], list.join(", "))
            });
            Row { text, span: row.span }
        })
        .collect()
}

/// « POUR Ada, Luc » over « CONTRE Zoé ⇥ ABST Ève »: one line.
fn one_ballot(rows: Vec<Row>) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::new();
    let mut open: Option<usize> = None;
    for row in rows {
        if !SIDE.is_match(&row.text) {
            open = None;
            out.push(row);
            continue;
        }
        let sides: Vec<&str> =
            row.text.split('\t').map(str::trim).filter(|s| !s.is_empty()).collect();
        let told = sides.join(". ");
        match open.and_then(|at| out.get_mut(at)) {
            Some(first) => {
                first.text.push_str(&format!(". {told}"));
                out.push(Row { text: String::new(), span: row.span });
            }
            None => {
                open = Some(out.len());
                let lead: String = row.text.chars().take_while(|c| c.is_whitespace()).collect();
                out.push(Row { text: format!("{lead}{told}"), span: row.span });
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<String> {
        let typed = text.lines().map(|line| Row { text: line.to_owned(), span: 0..0 }).collect();
        apply(typed).into_iter().map(|row| row.text).collect()
    }

    #[test]
    fn lists_of_people_between_tabs_are_one_list() {
        assert_eq!(
            rows("PVR\tOstin > Noval\tRoy > Vernier"),
            ["PVR : Ostin > Noval, Roy > Vernier"]
        );
        assert_eq!(rows("abs.\tTalmont"), ["abs. : Talmont"]);
        assert_eq!(rows("présents (3)\tRoy, Noval, Ostin"), ["présents (3) : Roy, Noval, Ostin"]);
        assert_eq!(rows("présents\tpvr\tabsents"), ["présents\tpvr\tabsents"]);
        assert_eq!(
            rows("\tPOUR Roy, Noval (+ Aubin)\n\tCONTRE Ostin\tABST Vernier"),
            ["\tPOUR Roy, Noval (+ Aubin). CONTRE Ostin. ABST Vernier", ""]
        );
    }

    #[test]
    fn ballots_by_name_go_to_their_item() {
        let typed = "4\tvente\tvoir plus bas\nvote 4\tpour\tRoy, Noval\nvote 4\tcontre\tOstin";
        assert_eq!(rows(typed), ["4\tvente\tpour : Roy, Noval. contre : Ostin", "", ""]);
    }
}
