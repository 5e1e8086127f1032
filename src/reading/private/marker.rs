//! What the notes themselves ask not to write: « ne pas noter », « pas dans le PV », « laisse
//! tomber », « bruit de couloir »; and how far each of these reaches.

use std::ops::Range;

use super::units::{brackets, clauses, sentences, words_in};
use super::{Cut, WHO};
use crate::reading::name::is_first_name;
use crate::reading::remark::{Remark, holds_hard_fact};
use crate::reading::{fold, words};

/// What a marker bears on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bears {
    /// What follows: « ne pas dire que … ».
    After,
    /// What stands before it: « …, on ne le met pas ».
    Before,
    /// The clause it stands in and what follows: « Zoé ne veut pas que ça se sache ».
    Around,
    /// All of its sentence: « entre nous, … ».
    Sentence,
    /// What follows, sentences included: « pas dans le PV : … ».
    Rest,
}

struct Marker {
    place: Range<usize>,
    bears: Bears,
    kind: Remark,
}

words!(
    NOT_WRITTEN,
    r"(?i)(?P<prep>[àa]\s+)?\b(?P<ne>ne\s+|n['’])?(?:surtout\s+)?\b(?:pas|rien|jamais)\s+(?P<to>[àa]\s+)?(?P<it>(?:le|la|les|lui|leur|en|y|[çc]a)\s+|l['’])?(?:mettre|noter|[ée]crire|dire|citer|nommer|mentionner|[ée]voquer|raconter|parler|annoncer|r[ée]v[ée]ler|r[ée]p[ée]ter|[ée]bruiter|consigner|retranscrire)\b|\b(?:ne\s+)?(?:surtout\s+)?pas\s+(?P<given>le|la|les)\s+(?:donner|communiquer|divulguer|transmettre)\b"
);
words!(
    NOT_THERE,
    r"(?i)(?P<verb>\b(?:n['’]\s?\p{L}+|ne\s+\p{L}+)\s+)?\b(?:(?:surtout\s+)?pas\s+(?:dans|sur|au|[àa]|pour)\s+(?:(?:le|la|les|l['’]|notre|ce)\s*)?(?:pv|cr|compte[- ]rendu|proc[eè]s[- ]verbal|registre|lettre|courrier|mail)|hors\s+(?:pv|cr|compte[- ]rendu|micro))\b"
);
words!(
    AMONG_US,
    r"(?i)\bchut\b|\b(?:[àa]\s+|on\s+|[çc]a\s+)?(?:garde\w*|reste\w*)\s+(?:[çc]a\s+)?(?:entre\s+nous|pour\s+(?:nous|moi|toi|vous|soi))\b|(?:^|[,.;(–-]\s*)entre\s+nous\b|\bpas\s+un\s+mot\s+(?:d[eu]s?\b|d['’]|sur|l[àa]-dessus)"
);
words!(
    WE_DO_NOT,
    r"(?i)\b(?:on|tu|vous|je|faut|n['’])\s*(?:ne\s+|n['’]\s?)?(?:le\s+|la\s+|les\s+|l['’]|en\s+)(?:note[sz]?|mets?|mettez|mettra|[ée]cri[ts]|[ée]crivez|marque[sz]?|cite[sz]?|dit|dis|parle[sz]?)\s+(?:\p{L}+ment\s+|surtout\s+)?pas\b|[çc]a\s*,?\s+(?:on|tu|vous)\s+(?:ne\s+)?(?:le\s+|l['’]|en\s+)?(?:note[sz]?|mets?|mettez|[ée]cri[ts]|[ée]crivez|marque[sz]?|parle[sz]?)\s+(?:\p{L}+ment\s+|surtout\s+)?pas\b|\b(?:[ée]videmment|surtout)\s+on\s+n['’]en\s+parle\s+pas\b"
);
// « tu ne parles pas de … », « ne dis pas que … » are said of what follows.
words!(
    YOU_DO_NOT,
    r"(?i)\btu\s+(?:ne\s+|n['’]\s?)?(?:parles|mentionnes|[ée]voques|cites|dis|racontes)\s+(?:surtout\s+|bien\s+)?pas\b|\b(?:ne\s+(?:parle|mentionne|cite|dis|raconte|mets|note|marque)|n['’](?:[ée]cris|[ée]voque))\s+(?:surtout\s+)?pas\b"
);
words!(OF_WHAT_FOLLOWS, r"(?i)^\s+(?:d[eu]s?\s|d['’]|que\s|qu['’])");
words!(ACTS_NOT, r"(?i)\bn(?:e\s+|['’])\p{L}+\s*$");
// What is promised to nobody.
words!(
    NO_PROMISE,
    r"(?i)\b(?:ne\s+)?(?:surtout\s+)?rien\s+(?:lui\s+|leur\s+)?promettre\b|\b(?:je|on|nous|tu)\s+(?:ne\s+)?(?:lui\s+|leur\s+|vous\s+)?(?:promet(?:s|tons)?|garanti[ts]?)\s+(?:rien|pas)\b|\bsans\s+(?:rien\s+)?promettre(?:\s+rien)?\b|\bne\s+pas\s+s['’]engager\b|\brien\s+de\s+(?:d[ée]cid[ée]|promis|garanti)\b|\b(?:on|je|tu|nous)\s+(?:ne\s+)?di(?:s|t|sons)\s+ni\s+oui\s+ni\s+non\b"
);
// What the writer thinks himself.
words!(
    OPINION,
    r"(?i)\b(?:mon\s+avis\s+(?:perso\w*\s*)?(?:c['’]est|est)|(?:[àa]\s+)?mon\s+avis\s+perso\w*|perso\w*,?\s+je\b)"
);
// What one thinks of those written to or about, in passing.
words!(
    CONTEMPT,
    r"(?i)\b(?:ils|elles?|il|on)\s+(?:(?:nous|me|te|se)\s+|s['’])?(?:dor(?:t|ment)\b|roupill\w+|tourne\w*\s+les\s+pouces|(?:en\s+)?(?:fich|fout|moqu)\w*|m[èe]ne\w*\s+en\s+bateau|font\s+(?:rien|semblant)|tra[îi]ne\w*\s+les\s+pieds)"
);
// What one of the house would rather do: « Odile voudrait tout changer mais c'est pas décidé ».
words!(
    WISHES,
    r"\b(?P<who>\p{Lu}\p{Ll}+)\s+(?:voudrait|aimerait|pr[ée]f[ée]rerait|est\s+(?:contre|pas\s+d['’]accord)|pense\s+qu|trouve\s+qu)"
);
// Whose relative or friend somebody is: « c'est le gendre d'Odile ».
words!(
    KIN,
    r"(?i)\bc['’ ]?\s?est\s+(?:le|la|l['’]|un|une)\s*(?:petit[- ]|arri[èe]re[- ])?(?:neveu|ni[èe]ce|cousine?|fils|fille|fr[èe]re|s[œo]e?ur|beau-\p{L}+|belle-\p{L}+|gendre|copain|copine|amie?|pote|voisine?|filleule?|petit[- ]fils)\s+(?:d[eu]\s|d['’]|[àa]\s)"
);
// « tu ne dis rien de la dispute », « on dit rien ».
words!(
    SAYS_NOTHING,
    r"(?i)\b(?:(?:on|tu|vous)\s+(?:ne\s+|n['’]\s?)?|ne\s+)(?:en\s+)?(?:dis|dit|dites)\s+rien\b(?P<of>\s+(?:non\s+plus\s+)?(?:d[eu]s?\s|d['’]|sur\s))?"
);
// « parler de remise : non », « dire que c'est gratuit : non ».
words!(
    SAY_IT_NO,
    r"(?i)^\W*(?:(?:et|on|faut[- ]il)\s+)?(?:parler|mentionner|[ée]voquer|dire|mettre|[ée]crire|pr[ée]ciser|ajouter|citer)\b[^:]{2,60}:\s*(?:non|pas question|surtout pas)\b"
);
words!(
    NEEDLESS,
    r"(?i)\b(?:pas\s+(?:la\s+peine|besoin|utile|n[ée]cessaire)|inutile)\s+d(?:['’]en\s+parler|e\s+le\s+(?:dire|mettre|rappeler|pr[ée]ciser)|['’]y\s+revenir)\b"
);
// What is asked for after something private: « …, à garder pour nous, mais lui demander s'il vient ».
words!(
    BUT_SAY,
    r"(?i)\s*[,;–-]\s*(?:mais|par\s+contre|en\s+revanche)\s+(?:bien\s+|quand\s+m[êe]me\s+|juste\s+|simplement\s+)?(?P<say>(?:(?:lui|leur|les?|la)\s+)?(?:demander?|dire|rappeler|pr[ée]ciser|proposer|remercier|indiquer|signaler)\b)"
);
words!(
    NOT_REPEATED,
    r"(?i)\b(?:on|tu|vous)\s+(?:ne\s+|n['’]\s?)?(?:(?:le|la|les|en)\s+|l['’])?repren(?:ds?|ez)\s+(?:surtout\s+)?pas\b|\bmotus\b"
);
words!(
    OWN_NUMBER,
    r"(?i)\b(?:surtout\s+)?pas\s+(?:mon|son|le)\s+(?:portable|num[ée]ro|t[ée]l\w*)\b"
);
words!(
    DROP_IT,
    r"(?i)\b(?:laisse[rz]?|on\s+laisse)\s+tomber(?:\s+(?:[çc]a|cela))?\s*[.!)]*\s*$|\b(?:pas|c['’]est\s+pas)\s+nos\s+(?:affaires|oignons)\b|\bon\s+(?:ne\s+)?s['’]en\s+m[êe]le\s+pas\b|\b[àa]\s+d[ée]truire\b"
);
words!(
    UNWILLING,
    r"(?i)\bveu(?:t|lent)\s+pas\s+(?:que\s+[çc]a\s+se\s+(?:sache|dise|r[ée]p[eè]te)|que\s+ce\s+soit\s+(?:dit|[ée]crit|su)|[êe]tre\s+(?:nomm|cit)[ée]e?s?|qu['’]on\s+(?:le\s+|la\s+|les\s+|l['’]|en\s+)?(?:dise|sache|[ée]crive|cite|nomme|parle|mette))\b"
);
words!(
    RUMOUR,
    r"(?i)\b(?:bruits?\s+de\s+couloirs?|ragots?|on-dit|para[iî]t[- ]il|[àa]\s+ce\s+qu['’]?il\s+para[iî]t|[àa]\s+ce\s+qu['’]on\s+dit)\b|\b(?:il\s+)?para[iî]t\s+qu(?:e\b|['’]|\s?il|\s?elle)|\btout\s+le\s+(?:monde|village|bourg)\s+(?:pense|sait|dit|accuse|soup[çc]onne)\b|\bradio[- ]comptoir\b"
);
// Words that make a decision of « ne pas mettre de parasols ».
words!(
    DECIDES,
    r"(?i)\b(?:d[ée]cid|propos|vot|conven|convien|pr[ée]f|recommand|demand|chois|accept|conseil|invit|pri|engag|regrett|reproch|attention|vaut|importan)\p{L}*\s+(?:\p{L}+\s+){0,3}(?:de\s+|d['’]|[àa]\s+)?$|\b(?:peut|peuvent|pourra|pouvait|veut|veulent|voulait|faut|faudra|falloir|va|vais|vont|allait|doit|doivent|devra|sait|savait|ose|sert|souhaite)\s+$"
);
words!(
    SOMETHING_ELSE,
    r"(?i)^\s+(?:en\s+(?:vente|place|p[ée]ril|demeure|[œo]e?uvre|cause|concurrence)|fin\b|[àa]\s+jour|d['’]accord|aux\s+voix|plus\s+(?:de|d['’])|trop\b|assez\b|de\s|d['’]|des\s+\p{L}+s\b)"
);
words!(
    STATUS,
    r"(?i)\b(?:excus[ée]|absente?s?\b|pr[ée]sente?s?\b|pouvoir|procuration|vot[ée]|adopt[ée]|unanim|\d+\s+(?:pour|contre|abst))"
);
words!(DENIED, r"(?i)\b(?:d[ée]men\p{L}+|coup\s+court|met\s+fin|faux\s+bruit)\b");
words!(REFERS, r"(?i)\b(?:que\s+(?:[çc]a|ce)\b|qu['’]on\s+(?:(?:le|la|les|en)\s|l['’]))");
words!(
    GOES_ON,
    r"(?i)^\s*(?:et|mais|puis|il|elle|ils|elles|lui|en\s+plus|du\s+coup|d['’]ailleurs)\b"
);
words!(SEPARATED, r"^\s*(?:[-–—]|->|→|=>)");

/// Whether a line goes on with what the one before asked not to write: « ni de sa liste … ».
pub(super) fn goes_on(text: &str) -> bool {
    words!(
        NOR,
        r"(?i)^\W*(?:ni\s+(?:d[eu]s?\b|d['’]|la|le|les|l['’])|pareil\s+pour|idem\s+pour|pas\s+non\s+plus|(?:[\p{L}'’.-]+\s+){1,4}non\s+plus\b)"
    );
    NOR.is_match(text)
}

/// The clauses by which the writer of a letter says to promise nothing, or what he thinks.
pub(super) fn own_clauses(text: &str) -> Vec<Cut> {
    let mut cuts = Vec::new();
    let promises = NO_PROMISE.find_iter(text).map(|found| (found, Remark::Private));
    let contempt = CONTEMPT.find_iter(text).map(|found| (found, Remark::Judgement));
    let opinion = OPINION.find_iter(text).map(|found| (found, Remark::Gossip));
    let kin = KIN.find_iter(text).map(|found| (found, Remark::Gossip));
    let wishes = WISHES.captures_iter(text).filter_map(|found| {
        let who = fold(&found["who"]);
        is_first_name(&who).then_some((found.get(0)?, Remark::Gossip))
    });
    for (found, kind) in promises.chain(contempt).chain(opinion).chain(kin).chain(wishes) {
        let sentence = sentences(text).into_iter().find(|s| s.contains(&found.start()));
        let parts = sentence.map(|sentence| clauses(text, &sentence)).unwrap_or_default();
        let own = parts.into_iter().find(|part| part.contains(&found.start()));
        cuts.extend(own.map(|place| Cut { place, kind, instead: None }));
    }
    cuts.retain(|cut: &Cut| !holds_hard_fact(text.get(cut.place.clone()).unwrap_or_default()));
    cuts
}

/// Whether a line asks to avoid words that it quotes: « ne pas écrire "troc" ni "brocante" ».
pub(super) fn names_words(text: &str) -> bool {
    words!(
        AVOIDED,
        r#"(?i)\bpas\s+(?:[ée]crire|mettre|dire|marquer|utiliser|employer)\s+(?:les?\s+mots?\s+)?["«“]"#
    );
    AVOIDED.is_match(text)
}

/// What the markers of a line take with them.
pub(super) fn cuts(text: &str) -> Vec<Cut> {
    let all = sentences(text);
    markers(text)
        .iter()
        .map(|marker| {
            let place = short_of_order(text, marker, reach(text, &all, marker));
            Cut { place, kind: marker.kind, instead: None }
        })
        .filter(|cut| !cut.place.is_empty())
        .collect()
}

/// What a marker takes, up to what the writer is told to say all the same; all of a row of a table.
fn short_of_order(text: &str, marker: &Marker, place: Range<usize>) -> Range<usize> {
    if marker.kind == Remark::Private && text.trim().matches('\t').count() > 1 {
        return 0..text.len();
    }
    let after = text.get(marker.place.end..place.end).unwrap_or_default();
    match BUT_SAY.captures(after).and_then(|found| found.name("say")) {
        Some(order) => place.start..marker.place.end + order.start(),
        None => place,
    }
}

fn markers(text: &str) -> Vec<Marker> {
    let mut found = Vec::new();
    let mut add = |place: Range<usize>, bears, kind| {
        let said = text.get(place.clone()).unwrap_or_default();
        let lead = said.find(char::is_alphanumeric).unwrap_or(0);
        found.push(Marker { place: place.start + lead..place.end, bears, kind });
    };
    for captures in NOT_WRITTEN.captures_iter(text) {
        let Some(place) = captures.get(0).map(|m| m.range()) else { continue };
        if let Some(bears) = not_written(text, &place, |name| captures.name(name).is_some()) {
            add(place, bears, Remark::Private);
        }
    }
    for captures in NOT_THERE.captures_iter(text) {
        let Some(place) = captures.get(0).map(|m| m.range()) else { continue };
        let colon = text.get(place.end..).unwrap_or_default().trim_start().starts_with(':');
        // « sa question n'est pas dans le PV » is about the minutes of last time.
        if captures.name("verb").is_none() {
            add(place, if colon { Bears::Rest } else { Bears::Before }, Remark::Private);
        }
    }
    for (pattern, bears, kind) in [
        (&*AMONG_US, Bears::Sentence, Remark::Private),
        (&*WE_DO_NOT, Bears::Before, Remark::Private),
        (&*NOT_REPEATED, Bears::Sentence, Remark::Private),
        (&*SAY_IT_NO, Bears::Rest, Remark::Private),
        (&*NEEDLESS, Bears::Before, Remark::Private),
        (&*OWN_NUMBER, Bears::After, Remark::Private),
        (&*DROP_IT, Bears::Sentence, Remark::Private),
        (&*RUMOUR, Bears::Sentence, Remark::Gossip),
    ] {
        for place in pattern.find_iter(text).map(|m| m.range()) {
            if kind != Remark::Gossip || !DENIED.is_match(text) {
                add(place, bears, kind);
            }
        }
    }
    for place in YOU_DO_NOT.find_iter(text).map(|m| m.range()) {
        if OF_WHAT_FOLLOWS.is_match(text.get(place.end..).unwrap_or_default()) {
            add(place, Bears::After, Remark::Private);
        }
    }
    for captures in SAYS_NOTHING.captures_iter(text) {
        let Some(place) = captures.get(0).map(|m| m.range()) else { continue };
        let bears = if captures.name("of").is_some() { Bears::After } else { Bears::Sentence };
        add(place, bears, Remark::Private);
    }
    for place in UNWILLING.find_iter(text).map(|m| m.range()) {
        // « … mais il ne veut pas que ça se sache » is said of what stands before.
        let said = text.get(place.clone()).unwrap_or_default();
        let bears = if REFERS.is_match(said) { Bears::Sentence } else { Bears::Around };
        found.push(Marker { place, bears, kind: Remark::Private });
    }
    found
}

/// What « ne pas noter » bears on; nothing where it is what was decided.
fn not_written(text: &str, place: &Range<usize>, has: impl Fn(&str) -> bool) -> Option<Bears> {
    let before = text.get(..place.start)?;
    let after = text.get(place.end..)?;
    // « rien à dire » reports that nobody spoke.
    let nothing = fold(text.get(place.clone())?).starts_with("rien") && has("to");
    if nothing || DECIDES.is_match(before) || SOMETHING_ELSE.is_match(after) {
        return None;
    }
    if after.trim_start().starts_with(':') {
        return Some(Bears::Rest);
    }
    if before.trim_end().ends_with(':') {
        return Some(Bears::Sentence);
    }
    let opens = before.trim_end().is_empty()
        || before.trim_end().ends_with(['(', ',', ';', '.', ':', '-', '–', '!', '>']);
    let closes =
        after.trim_start().is_empty() || after.trim_start().starts_with(['.', ')', '!', ';']);
    // « ne compte pas le dire » tells what somebody does.
    let ordered = has("it") && !ACTS_NOT.is_match(before);
    if !(has("ne") || has("to") || has("prep") || has("given") || ordered || opens || closes) {
        return None;
    }
    let said = after.split([';', ')']).next().unwrap_or_default();
    let follows = words_in(said) >= 2 && !has("it") && !has("given") && !closes;
    Some(if follows { Bears::After } else { Bears::Before })
}

/// How far a marker reaches.
fn reach(text: &str, all: &[Range<usize>], marker: &Marker) -> Range<usize> {
    let mut place = marker.place.clone();
    let said = |range: Range<usize>| text.get(range).unwrap_or_default();
    let bracketed = brackets(text, &place);
    if let Some(around) = bracketed.clone() {
        let others = words_in(said(around.clone())) - words_in(said(place.clone()));
        if others >= 3 {
            return around;
        }
        place = around;
    }
    let Some(at) = all.iter().position(|s| s.contains(&place.start)) else { return place };
    let sentence = all[at].clone();
    if marker.bears == Bears::Rest && bracketed.is_none() {
        let kept = words_in(said(sentence.start..place.start)) >= 3;
        return if kept { place.start } else { sentence.start }..text.len();
    }
    let end = goes_on_until(text, all, at, place.end);
    // « Laisser tomber. » alone is said of the sentence before.
    let alone = words_in(said(sentence.clone())).saturating_sub(words_in(said(place.clone()))) <= 2;
    if alone {
        let mut first = at.saturating_sub(1);
        while first > 0 && said(all[first - 1].clone()).trim_end().ends_with(';') {
            first -= 1;
        }
        return all[first].start..end;
    }
    let parts = clauses(text, &sentence);
    let own = parts.iter().position(|p| p.contains(&place.start)).unwrap_or(0);
    let bears = if bracketed.is_some() { Bears::Before } else { marker.bears };
    match bears {
        Bears::After if words_in(said(sentence.start..place.start)) >= 3 => {
            place.start..sentence.end
        }
        Bears::Around => parts[own].start..sentence.end,
        Bears::Before => {
            let from = before(text, &parts, own, &place, bracketed.is_some());
            let asked =
                at > 0 && from == sentence.start && is_short_question(said(all[at - 1].clone()));
            let from = if asked { all[at - 1].start } else { from };
            from..parts[own].end.max(place.end)
        }
        Bears::Sentence | Bears::After | Bears::Rest => sentence.start..end,
    }
}

/// « virement ? »: what the sentence after it answers.
fn is_short_question(said: &str) -> bool {
    said.trim_end().ends_with('?') && words_in(said) <= 4
}

/// The end of a sentence and of those after it that go on about the same: « et lui aussi … ».
fn goes_on_until(text: &str, all: &[Range<usize>], at: usize, least: usize) -> usize {
    let more = all.iter().skip(at + 1).take_while(|s| {
        let said = text.get((*s).clone()).unwrap_or_default();
        said.trim_start().starts_with(char::is_lowercase) && GOES_ON.is_match(said)
    });
    more.last().map_or(all[at].end, |last| last.end).max(least)
}

/// Where what stands before the marker and belongs to it begins: back to the clause that tells
/// something else. In brackets, after a dash or an arrow it is said of all.
fn before(
    text: &str,
    parts: &[Range<usize>],
    own: usize,
    place: &Range<usize>,
    all: bool,
) -> usize {
    let said = |range: Range<usize>| text.get(range).unwrap_or_default();
    let all = all || SEPARATED.is_match(said(parts[own].clone()));
    let mut from = own;
    let mut taken = words_in(said(parts[own].start..place.start));
    while let Some(clause) = from.checked_sub(1).and_then(|at| parts.get(at)) {
        let clause = said(clause.clone());
        let somebody = WHO.is_match(clause);
        let fact = taken > 0 && holds_hard_fact(clause) && !somebody && !all;
        // « … était prévu mais annulé, ne pas le dire »: what is denied goes with its denial.
        let denied = said(parts[from].clone()).trim_start().starts_with("mais") && !fact;
        // « l'avocat, on verra plus tard, ne pas en parler »: a bare topic goes with what is said of it.
        let topic = words_in(said(parts[0].start..parts[from].start)) <= 2 && !fact;
        let goes = somebody || all || denied || topic;
        if STATUS.is_match(clause) || fact || taken >= 3 && !goes {
            break;
        }
        taken += words_in(clause);
        from -= 1;
    }
    parts[from].start
}
