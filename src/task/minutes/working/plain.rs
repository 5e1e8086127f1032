//! The marks that people draw notes with, made plain: bold, bullets of all kinds, bars after a
//! label, the frame of an e-mail.
//!
//! Every mark gives way to one of the same length, so that a place in the plain notes is the same
//! place in the notes as typed. Nothing with letters is changed, but the frame of an e-mail, which
//! is no matter of the meeting, and words that would be taken for a confidence.

use crate::finding::{Finding, FindingKind};
use crate::notes::Notes;
use crate::reading::{Fact, clock, facts, words};
use crate::task::minutes::clauses;

use super::names;

words!(AMONG_US, r"(?i)\baccord(?P<us>\s+entre\s+nous)\b");
words!(BOLD_LINE, r"^(?P<lead>\s*)(?:\*\*|__)(?P<title>[^*_]+)(?:\*\*|__)(?P<tail>\s*:?\s*)$");
words!(STAR_LINE, r"^(?P<lead>\s*)\*(?P<title>\p{L}[^*]*)\*(?P<tail>\s*:?\s*)$");
words!(DOTTED_DATE, r"\b\d{1,2}\.\d{2}\.\d{2}(?:\d{2})?\b");
words!(SHORT_DOTTED, r"\b(?:0?[1-9]|[12]\d|3[01])(?P<dot>\.)(?:0[1-9]|1[0-2])(?:[\s,;)]|$)");
words!(GROUPED, r"\b\d{1,3}(?P<a>\.)\d{3}(?:(?P<b>\.)\d{3})?,\d{2}\b");
words!(CHEVRONS, r"^(?P<lead>\s*)>>\s*[^>\s]");
words!(BULLET, r"^(?P<lead>\s*)(?P<mark>[→➔➜➢►▶▪■●◦·‣–—✓✔⇒⁃]\x{fe0f}?)\s*\S");
words!(DOTTED, r"^(?P<lead>[ \t]+)[.o]\s+\S");
words!(
    LABEL_BAR,
    r"(?i)^\s*(?:participants?|pr[ée]sente?s?|pr[ée]s|excus[ée]e?s?|exc|absente?s?|invit[ée]e?s?|lieu|date|heures?|horaires?|animat\p{L}+|secr[ée]taire)\s*(?P<bar>\|)"
);
words!(FRAME, r"(?i)^\s*(?:de|from|[àa]|to|cc|cci|envoy[ée](?:\s+le)?|sent)\s*:\s*\S");
words!(OBJECT, r"(?i)^\s*(?P<mark>(?:objet|sujet|subject)\s*:)\s*\S");
words!(HELLO, r"(?i)^\s*(?:salut|bonjour|bonsoir|coucou|hello|ch[eè]re?s?)\b[^.:]{0,25}(?:,|!|$)");
words!(
    BYE,
    r"(?i)^\s*(?:bises?|bisous|cordialement|amicalement|bien\s+[àa]\s+(?:toi|vous)|bonne\s+(?:soir[ée]e|journ[ée]e|r[ée]ception|semaine)|[àa]\s+(?:bient[ôo]t|plus|\+)|a\+|merci(?:\s+d['’]avance)?|voil[àa])[\s!.,:)]*(?:\p{Lu}\p{Ll}+)?\s*$"
);

/// The notes with plain marks, and what the frame of an e-mail was.
pub(super) fn plain(notes: &Notes, findings: &mut Vec<Finding>) -> Option<Notes> {
    let mut out = String::with_capacity(notes.text().len());
    let framed = notes.lines().take(6).any(|l| OBJECT.is_match(l.text));
    let parted = paragraphs(notes);
    let notes = parted.as_ref().unwrap_or(notes);
    let count = notes.lines().count();
    let dotted = DOTTED_DATE.is_match(notes.text());
    let clocks = clock::is_dotted(notes.lines().map(|line| line.text));
    let dashed = titles_by_dash(notes);
    for (index, line) in notes.lines().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        let head = framed && index < 8;
        let frame = (head && FRAME.is_match(line.text))
            || (index < 10 && HELLO.is_match(line.text))
            || (index + 4 > count && BYE.is_match(line.text));
        if frame {
            // « Salut, mes notes de mardi (17/11/2026) » dates the meeting.
            let mut rest = " ".repeat(line.text.len());
            for found in facts(line.text).into_iter().filter(|f| matches!(f.fact, Fact::Date(_))) {
                let date = line.text.get(found.span.clone()).unwrap_or_default();
                rest.replace_range(found.span, date);
            }
            out.push_str(&rest);
            findings.push(Finding::info(
                FindingKind::LeftOut,
                Some(line.span()),
                format!("Formule du message, non reprise : « {} »", line.text.trim()),
            ));
            continue;
        }
        let text = typed(line.text, clocks);
        let shaped = line_of_dash(&text).filter(|_| dashed);
        out.push_str(&line_of(shaped.as_deref().unwrap_or(&text), head, dotted));
    }
    debug_assert_eq!(out.len(), notes.text().len());
    Notes::from_text(&out).ok()
}

/// One long paragraph with its sentences one a line: the space between two of them ends the line.
fn paragraphs(notes: &Notes) -> Option<Notes> {
    const LONG: usize = 400;
    let whole = notes.text().chars().count();
    let long = |text: &str| text.chars().count() > LONG && text.chars().count() * 2 > whole;
    let mut text = notes.text().to_owned();
    for line in notes.lines().filter(|line| long(line.text)) {
        let sentences = clauses::sentences(line.text);
        for (at, sentence) in sentences.iter().skip(1) {
            let before = line.text.get(..*at).unwrap_or_default();
            let opens = sentence.starts_with(char::is_uppercase) || sentence.starts_with('«');
            if opens && before.trim_end().ends_with(['.', '!', '?']) && before.ends_with(' ') {
                let place = line.start + at - 1;
                text.replace_range(place..=place, "\n");
            }
        }
    }
    (text != notes.text()).then(|| Notes::from_text(&text).ok()).flatten()
}

/// « 14.00 - 15.50 » on a day are hours, « 1.274,85 » is one number.
fn typed(line: &str, clocks: bool) -> String {
    let mut text = line.to_owned();
    if clocks {
        for dot in clock::dots(line) {
            blank(&mut text, dot..dot + 1, ':');
        }
    }
    for found in GROUPED.captures_iter(line) {
        for dot in ["a", "b"].iter().filter_map(|name| found.name(name)) {
            blank(&mut text, dot.range(), ' ');
        }
    }
    text
}

/// Whether long dashes mark titles, and short ones what is said under them.
fn titles_by_dash(notes: &Notes) -> bool {
    let lines: Vec<&str> = notes.lines().map(|l| l.text.trim_start()).collect();
    let long = lines.iter().filter(|l| l.starts_with("— ")).count();
    let short = lines.iter().filter(|l| l.starts_with(['–', '-'])).count();
    let over = lines
        .windows(2)
        .filter(|pair| matches!(pair, [a, b] if a.starts_with("— ") && b.starts_with(['–', '-'])))
        .count();
    over > 1 && short > long
}

/// « — EAU » is a title, « — EAU  la vanne fuit » a title and its line.
fn line_of_dash(line: &str) -> Option<String> {
    let title = line.strip_prefix("— ")?;
    if title.split_whitespace().count() <= 4 && !title.contains("  ") {
        return Some(format!("#   {title}"));
    }
    Some(format!("{title}    "))
}

fn line_of(line: &str, head: bool, dotted: bool) -> String {
    let mut text = line.to_owned();
    // « la odile roy luc noval »: a list of people after its label.
    words!(HERE, r"(?i)^\s*(?:pas\s+)?l[àa](?P<gap>\s)\p{Ll}");
    if let Some(gap) =
        HERE.captures(line).and_then(|f| f.name("gap")).filter(|_| names::is_heard(line))
    {
        blank(&mut text, gap.range(), ':');
    }
    words!(
        THEN,
        r"(?i)^\s*(?P<lead>(?:suites?|la\s+suite|agenda|calendrier)\s*[:–-])\s*proch\w*\s"
    );
    if let Some(lead) = THEN.captures(line).and_then(|f| f.name("lead")) {
        blank(&mut text, lead.range(), ' ');
    }
    if let Some(mark) = OBJECT.captures(line).and_then(|f| f.name("mark")).filter(|_| head) {
        blank(&mut text, mark.range(), ' ');
    }
    // « pas d'accord entre nous » is no confidence.
    if let Some(us) = AMONG_US.captures(&text).and_then(|f| f.name("us")).map(|m| m.range()) {
        let at = text.get(..us.start).and_then(|before| before.rfind(' ')).unwrap_or(0);
        let spaces = " ".repeat(us.len());
        text.replace_range(us, "");
        text.insert_str(at, &spaces);
    }
    // « - [x] décidé »
    words!(CHECKBOX, r"^\s*[-*•–]\s*(?P<box>\[[ xX]?\])\s");
    if let Some(mark) = CHECKBOX.captures(line).and_then(|f| f.name("box")) {
        blank(&mut text, mark.range(), ' ');
    }
    if let Some(found) = BOLD_LINE.captures(line)
        && let (Some(lead), Some(title)) = (found.name("lead"), found.name("title"))
    {
        blank(&mut text, title.end()..title.end() + 2, ' ');
        blank(&mut text, lead.end()..lead.end() + 2, '#');
    }
    if let Some(lead) = CHEVRONS.captures(&text).and_then(|f| f.name("lead")).map(|m| m.end())
        && text.split_whitespace().count() <= 8
    {
        blank(&mut text, lead..lead + 2, '#');
    }
    if let Some(found) = STAR_LINE.captures(&text.clone())
        && let (Some(lead), Some(title)) = (found.name("lead"), found.name("title"))
    {
        blank(&mut text, title.end()..title.end() + 1, ' ');
        blank(&mut text, lead.end()..lead.end() + 1, '#');
    }
    // Where dates are typed with dots, « 31.01 » is one.
    if dotted {
        let dots: Vec<_> = SHORT_DOTTED
            .captures_iter(&text)
            .filter(|f| {
                let end = f.get(0).map_or(0, |m| m.end());
                let money = text.get(end..).is_some_and(|t| t.trim_start().starts_with(['€', '%']));
                !money
            })
            .filter_map(|f| f.name("dot").map(|m| m.range()))
            .collect();
        for dot in dots {
            blank(&mut text, dot, '/');
        }
    }
    // « **Fête** : le 26 »: the line still begins where it began, with its label.
    if let Some(end) = text.strip_prefix("**").and_then(|t| t.find("**")) {
        text.replace_range(end + 2..end + 4, "    ");
        text.replace_range(..2, "");
    }
    for mark in ["**", "__"] {
        while let Some(at) = text.find(mark) {
            blank(&mut text, at..at + 2, ' ');
        }
    }
    if let Some(mark) = BULLET.captures(&text).and_then(|f| f.name("mark")).map(|m| m.range()) {
        blank(&mut text, mark, '-');
    } else if let Some(lead) = DOTTED.captures(&text).and_then(|f| f.name("lead")) {
        let at = lead.end();
        blank(&mut text, at..at + 1, '-');
    }
    if let Some(bar) = LABEL_BAR.captures(&text).and_then(|f| f.name("bar")).map(|m| m.range()) {
        blank(&mut text, bar, ':');
    }
    text
}

/// One sign, then spaces, in place of as many bytes.
fn blank(text: &mut String, place: crate::notes::Span, sign: char) {
    let spaces = " ".repeat(place.len().saturating_sub(sign.len_utf8()));
    if text.is_char_boundary(place.start) && text.is_char_boundary(place.end) {
        text.replace_range(place, &format!("{sign}{spaces}"));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn plainly(text: &str) -> String {
        plain(&Notes::from_text(text).unwrap(), &mut Vec::new()).unwrap().text().to_owned()
    }

    #[test]
    fn marks_become_plain_ones_of_the_same_length() {
        let table = [
            ("**Présents** : Ada", "Présents     : Ada"),
            ("**Buvette**", "# Buvette  "),
            ("→ clés", "-   clés"),
            (">> BUREAU", "#  BUREAU"),
            ("*Buvette*", "#Buvette "),
            ("le 21.01.27, avant le 31.01", "le 21.01.27, avant le 31/01"),
            ("avant 31.01 ou 12.50", "avant 31.01 ou 12.50"),
            ("   . devis", "   - devis"),
            ("Participants | Ada, Luc", "Participants : Ada, Luc"),
            ("Ada | devis | 12/03", "Ada | devis | 12/03"),
            ("3 → 4 €", "3 → 4 €"),
        ];
        for (typed, expected) in table {
            assert_eq!(plainly(typed), expected);
        }
    }

    #[test]
    fn the_frame_of_a_message_is_told_and_left_out() {
        let mut findings = Vec::new();
        let notes = Notes::from_text(
            "De : Ada\nObjet : réu du 3 mars\nBonjour,\nbuvette : ok\nMerci\nBises",
        )
        .unwrap();
        let text = plain(&notes, &mut findings).unwrap();
        let left: Vec<&str> =
            text.text().lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        assert_eq!(left, ["réu du 3 mars", "buvette : ok"]);
        assert_eq!(findings.len(), 4);
    }

    proptest! {
        #[test]
        fn every_place_stays_the_same(text in r"(\PC|\n|[ .*_|→o-]|présents){0,60}") {
            if let Ok(notes) = Notes::from_text(&text) {
                let plain = plain(&notes, &mut Vec::new());
                if let Some(plain) = plain {
                    prop_assert_eq!(plain.text().len(), notes.text().len());
                }
            }
        }
    }

    #[test]
    fn hours_with_dots_and_titles_by_dash_are_made_plain() {
        let typed = "Bureau mardi 4/5/27 18.30 - 20.15\nprix 4.50-6.00 €\nsolde 2.310,40\n— TOIT\n– tuiles\n— PUITS\n– pompe\n– câble";
        let notes = plain(&Notes::from_text(typed).unwrap(), &mut Vec::new()).unwrap();
        let lines: Vec<&str> = notes.lines().map(|l| l.text.trim_end()).collect();
        assert_eq!(lines[0], "Bureau mardi 4/5/27 18:30 - 20:15");
        assert_eq!(lines[1], "prix 4.50-6.00 €");
        assert_eq!(lines[2], "solde 2 310,40");
        assert_eq!(lines[3], "#   TOIT");
        assert_eq!(notes.text().len(), typed.len());
    }
}
