//! What a sentence says of a mistake: which value is wrong and which is right, or only the right
//! one with words of correction.

use super::sentence::{ENTRY, Sentence};
use super::value;
use crate::reading::date::{months_pattern, weekdays_pattern};
use crate::reading::{Fact, Found, facts, words};

/// How sure it is that a sentence corrects another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// No word of correction.
    None,
    /// « finalement », « non », « maintenant »: the thing has to be named.
    Weak,
    /// « rectificatif », « je me suis trompé ».
    Strong,
}

/// What a sentence says: facts by their index.
pub(super) struct Said {
    pub(super) mark: Mark,
    /// The new value and the one it replaces.
    pub(super) pairs: Vec<(usize, usize)>,
    /// A new day and the month that it replaces: « le 12 avril, pas mars ».
    pub(super) month: Option<(usize, i8)>,
}

words!(
    STRONG,
    r"(?ix)^\W*(?:(?:ah|oh|oups|zut|mince|euh|et|attention|nb|ps|note)\b\W*)*
        (?:rectif\w*|correcti(?:on|f)s?\b|corr\b|ch(?:an)?g(?:e?m(?:en)?)?ts?\b[^.;=]{0,30}:|corrig\w*|[àa]\s+corriger|errat\w+|erreurs?\b|pardon\b
          |attend(?:s|ez)\b|maj\s*[:(]|mise\s+[àa]\s+jour\s*[:(]|relu\b
          |apr[èe]s\s+(?:relecture|v[ée]rif\w*|coup|recompt\w*)|non\s*,?\s+(?:attends|pardon|en\s+fait)\b)
      |^[^:;.\d]{0,30}\brectif\w*\s*[:!]
      |\b(?:je\s+m['e\s]\s*(?:suis|[ée]tais)\s+tromp|j['’\s]?\s*ai\s+(?:mal\s+\p{L}+|invers[ée]|confondu)
          |j['’\s]?\s*avais\s+(?:[ée]crit|mis|dit|not[ée]|compt[ée]))|\bmal\s+not[ée]
      |\b(?:tu|vous)\s+corrige[sz]\b|\bje\s+(?:me\s+)?corrige\b|[,.]\s*corrige[sz]?\s*(?:[.,!]|$)|\bfaut\s+corriger\b
      |\btout\s+(?:est\s+)?(?:d[ée]cal|repouss|avanc)[ée]|\bon\s+(?:d[ée]cale|repousse|avance)\s+tout\b
      |\b(?:heure|horaires?|dates?)\b[^.;:]{0,30}\bchang(?:[ée]s?|ent)\b
      |^\W*(?:!!|⚠|nb\b)[^.;]*\b(?:nvx|nvl?le?s?|nouve\w+)\b"
);
words!(
    WEAK,
    r"(?i)\b(?:finalement|au\s+final|en\s+fait|au\s+fait)\b|^\W*(?:(?:ah|oh|euh|eh|mince|zut)\b\W*)*(?:non\b|changement|modif\w*)|\bnon\s*,?\s*c['’\s]?\s?(?:est|sera|[ée]tait)\s+(?:plut[ôo]t\s+)?\d|[=:]\s*\d[^;]{0,25}\bmaintenant\b|\d+\s+\p{L}+\s+plut[ôo]t\s*(?:[,.;)]|$)"
);
// « la salle est prise le 7, donc c'est le samedi 14 mai »: another day or hour than was told.
words!(
    SO_IT_IS,
    &format!(
        r"(?i)\b(?:donc|du\s+coup)\s*,?\s+(?:c['’\s]\s?est|ce\s+sera|on\s+(?:passe|met|bascule|d[ée]cale))\s+(?:plut[ôo]t\s+|donc\s+)?(?:le\s+|la\s+|au\s+|[àa]\s+|pour\s+le\s+)?(?:{}\s+)?\d{{1,2}}(?:er)?\s*(?:h\b|h\d|/\d|{})",
        weekdays_pattern(),
        months_pattern()
    )
);
// « non pour le prêt », « non, merci »: an answer.
words!(ANSWER, r"(?i)^\W*non\W+(?:pour|car|parce|merci|au|[àa]|aux)\b");
// A decision that followed a proposal is no mistake of the notes.
words!(
    DECIDES,
    r"(?i)\b(?:reten|retien|donn|vot|propos|d[ée]cid|ach[eè]t|choisi|opt[eo]|prend|pr[ée]n|gard|adopt|demand|obten|passe\s+de\b)\w*"
);
// « j'oubliais, … le 22 au lieu du 15 »: what comes to mind later corrects only the value it names.
words!(
    AFTERTHOUGHT,
    r"(?i)\bj['’\s]?\s*(?:oubliais|ai\s+oubli[ée])|\bpr[ée]f[èe]re(?:nt|rait|raient)?\b"
);
words!(VOTED, r"(?i)\d\s*(?:voix\s+)?(?:pour|contre|abst\w*)\b");
// What stands between a new value and the old one: « … et non … ».
words!(
    AND_NOT,
    r"(?i)^\s*(?:€|%|euros?|eur\b)?(?:\s+[\p{L}'’]+){0,5}?[\s,(:–-]*\b(?:(?:et|mais)\s+)?(?:(?:pas|non)(?:\s+(?:pas|plus))?|et\s+plus)\s+(?:(?:d[eu]|des|que|[àa]|au|les?|la|en|pour)\s+|l['’]|d['’])*(?:(?:lun|mar|mercre|jeu|vendre|same)di\s+|dimanche\s+)?$"
);
words!(
    INSTEAD,
    r"(?i)^\s*(?:€|%|euros?|eur\b)?(?:\s+[\p{L}'’]+){0,5}?[\s,(:–-]*\b(?:au\s+lieu|plut[ôo]t\s+qu(?:e\b|['’]))\s*(?:(?:d[eu]|des|[àa]|au|les?|la)\s+|d['’])*(?:(?:lun|mar|mercre|jeu|vendre|same)di\s+|dimanche\s+)?$"
);
// What stands before an old value, and between it and the new one: « pas le …, le … ».
words!(
    DENIED,
    r"(?i)(?P<verb>\bn(?:e\s+|['’])\p{L}+\s+)?\b(?:pas|non(?:\s+pas)?|plus)\s+(?:(?:[àa]|le|la|les|du|au|de|en)\s+|l['’])*(?:(?:lun|mar|mercre|jeu|vendre|same)di\s+|dimanche\s+|(?-i:\p{Lu}){1,4}\s+|n°\s*|(?:num[ée]ro|lot|point|parcelle|poteau|article)\s+)?$"
);
words!(
    BUT,
    r"(?i)^\s*(?:€|%|euros?)?\s*[,;:(–-]?\s*(?:(?:mais|plut[ôo]t|bien|donc|mettre|mets|mettez|[ée]crire|[ée]cri[sv]\w*|->|=>|→)[\s,:]*)*(?:(?:le|la|au|du|[àa]|les|d[èe]s)\s+|l['’])*$|^[^.;!?\d]{0,40}\b(?:c(?:['’\s]\s?(?:est|[ée]tait))?|mais|ce\s+sera)\s+(?:bien\s+|plut[ôo]t\s+)?(?:(?:le|la|au|du|[àa]|les)\s+|l['’])*(?:(?-i:\p{Lu}){1,4}\s+|n°\s*|(?:num[ée]ro|lot|point|parcelle|poteau|article)\s+)?$"
);
// « 3,80 -> 3,85 », in a sentence that says to be a correction.
words!(TURNS, r"(?i)^\s*(?:€|%|euros?)?\s*(?:->|=>|→|devient|remplac[ée]e?\s+par)\s*$");
// « 1,70, euh non 1,72 »: taken back in the same breath.
words!(
    TAKEN_BACK,
    r"(?i)^(?P<counted>(?:\s*(?:€|%|euros?|eur\b))?(?:\s+[\p{L}'’]+){0,3}?)\s*(?:(?:\.{2,3}|…)[\s,]*(?:(?:euh|ah|oups|enfin|attends|oh)[\s,]+)*(?:non|finalement|en\s+fait)|[\s,(–-]*(?:(?:euh|ah|oups|enfin|attends|oh)[\s,]+)+(?:non|pardon|plut[ôo]t)|[\s,(–-]+(?:pardon|je\s+me\s+trompe|rectif\w*)|\s*,\s*non)(?:[\s,]+(?:non|pardon|c['’\s]?\s?est|plut[ôo]t|euh))*[\s,:]*(?:(?:le|la|[àa]|au|les)\s+)*$"
);

/// What the sentence says, if it may correct another.
pub(super) fn read(sentence: &Sentence<'_>) -> Option<Said> {
    let text = sentence.text;
    if sentence.facts.is_empty() || VOTED.is_match(text) {
        return None;
    }
    // « Corrections : a) … b) … »: each entry is one.
    let listed = ENTRY.is_match(text) && STRONG.is_match(sentence.line_text);
    let mark = if listed { Mark::Strong } else { mark(text).max(mark(sentence.said())) };
    let pairs = pairs(sentence, mark);
    let month = month(sentence);
    let told = mark > Mark::None || !pairs.is_empty() || month.is_some();
    told.then_some(Said { mark, pairs, month })
}

/// The new day, and the month said to be wrong after it.
fn month(sentence: &Sentence<'_>) -> Option<(usize, i8)> {
    words!(
        NOT_MONTH,
        &format!(
            r"(?i)^[^.;\d]{{0,12}}?\b(?:(?:et|mais)\s+)?(?:pas|non|au\s+lieu\s+(?:de|d['’]))\s*(?:en\s+|de\s+|d['’])?(?P<month>{})\b\W*$",
            months_pattern()
        )
    );
    sentence.facts.iter().enumerate().find_map(|(at, found)| {
        let Fact::Date(_) = found.fact else { return None };
        let after = sentence.text.get(found.span.end..)?;
        let month = NOT_MONTH.captures(after)?.name("month")?.as_str();
        match facts(&format!("{month} 2000")).first()?.fact {
            Fact::Date(date) => Some((at, date.month)),
            _ => None,
        }
    })
}

fn mark(text: &str) -> Mark {
    if STRONG.is_match(text) {
        Mark::Strong
    } else if (WEAK.is_match(text) || SO_IT_IS.is_match(text))
        && !ANSWER.is_match(text)
        && !DECIDES.is_match(text)
    {
        Mark::Weak
    } else {
        Mark::None
    }
}

/// Whether words say that what they stand with is a correction.
pub(super) fn is_marked(text: &str) -> bool {
    mark(text) > Mark::None
}

/// Whether words tell what somebody decided or asked for, which is no mistake of the notes.
pub(super) fn decides(text: &str) -> bool {
    DECIDES.is_match(text) || VOTED.is_match(text)
}

/// Whether what stands before a value says that it is not the one.
pub(super) fn is_denied(before: &str) -> bool {
    words!(
        NOT_IT,
        r"(?i)\bpas\s+(?:(?:[àa]|le|la|les|du|au|de)\s+|l['’])*(?:\p{L}+di\s+|dimanche\s+)?$"
    );
    NOT_IT.is_match(before)
}

/// The new and the old value of a sentence that is known to correct something.
pub(super) fn named(sentence: &Sentence<'_>) -> Option<(usize, usize)> {
    pairs(sentence, Mark::Strong).first().copied()
}

/// Values that stand in the sentence with the one they replace.
fn pairs(sentence: &Sentence<'_>, mark: Mark) -> Vec<(usize, usize)> {
    let facts = &sentence.facts;
    let before = |found: &Found| sentence.text.get(..found.span.start).unwrap_or_default();
    let mut out = Vec::new();
    for (at, two) in facts.windows(2).enumerate() {
        let [first, second] = two else { continue };
        let Some(between) = sentence.text.get(first.span.end..second.span.start) else { continue };
        let marked = mark > Mark::None || AFTERTHOUGHT.is_match(sentence.text);
        let denied = DENIED.captures(before(first)).is_some_and(|found| {
            let verb = found.name("verb").map_or("", |verb| verb.as_str());
            verb.is_empty() || verb.contains("est") || verb.contains("tait")
        });
        if may_pair(&first.fact, &second.fact)
            && (AND_NOT.is_match(between) || marked && INSTEAD.is_match(between))
        {
            out.push((nearer(facts, at), at + 1));
        } else if may_pair(&second.fact, &first.fact)
            && (denied && BUT.is_match(between) || marked && TURNS.is_match(between))
        {
            out.push((at + 1, at));
        }
    }
    out
}

/// The value taken back in the sentence itself, the one said in its place, and where the words
/// that take it back begin and end.
pub(super) fn taken_back<'s>(
    sentence: &'s Sentence<'_>,
) -> Option<(&'s Found, &'s Found, usize, usize)> {
    if VOTED.is_match(sentence.text) {
        return None;
    }
    sentence.facts.windows(2).find_map(|two| {
        let [old, new] = two else { return None };
        let between = sentence.text.get(old.span.end..new.span.start)?;
        let alike = value::alike(&new.fact, &old.fact);
        if let Some((from, to)) = rather(sentence.text, old, new).filter(|_| alike) {
            return Some((old, new, from, to));
        }
        let found = TAKEN_BACK.captures(between).filter(|_| alike)?;
        Some((old, new, old.span.end + found.name("counted")?.end(), new.span.end))
    })
}

/// « 12 tables... 9 tables plutôt »: where what takes the first value back begins and ends.
fn rather(text: &str, old: &Found, new: &Found) -> Option<(usize, usize)> {
    words!(PAUSE, r"^\s+(?P<thing>\p{L}+)(?:\s*(?:\.{2,}|…|,))\s*$");
    words!(THING, r"(?i)^\s+(?P<thing>\p{L}+)\s*,?\s+plut[ôo]t\b");
    let pause = PAUSE.captures(text.get(old.span.end..new.span.start)?)?;
    let found = THING.captures(text.get(new.span.end..)?)?;
    let again = found["thing"].to_lowercase() == pause["thing"].to_lowercase();
    let from = old.span.end + pause.name("thing")?.end();
    again.then(|| (from, new.span.end + found.get(0).map_or(0, |all| all.end())))
}

/// Whether the second may be named as what the first replaces.
fn may_pair(new: &Fact, old: &Fact) -> bool {
    let bare = |fact: &Fact| matches!(fact, Fact::Number(_));
    let counted = |fact: &Fact| value::cents(fact).is_some();
    std::mem::discriminant(new) == std::mem::discriminant(old)
        || counted(new) && counted(old)
        || bare(old) && value::is_plain(new)
        || bare(new) && value::is_plain(old)
}

/// « de 7h à 19h et pas 8h »: of the two ends, the one nearer to the old value takes its place.
fn nearer(facts: &[Found], at: usize) -> usize {
    let hour = |index: usize| match facts.get(index).map(|found| &found.fact) {
        Some(Fact::Hour(hour)) => Some(i32::from(hour.hour)),
        Some(Fact::Number(number)) => number.parse().ok(),
        _ => None,
    };
    let Some(from) = at.checked_sub(1) else { return at };
    let (Some(first), Some(last), Some(old)) = (hour(from), hour(at), hour(at + 1)) else {
        return at;
    };
    let is_hour = matches!(facts[from].fact, Fact::Hour(_));
    if is_hour && (first - old).abs() < (last - old).abs() { from } else { at }
}
