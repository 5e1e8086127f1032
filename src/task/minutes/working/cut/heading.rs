//! Headings that are no subject: lists (« Décisions : », « Ordre du jour : »), labels that come again
//! (« Dit : », « Reste : »), what is about the meeting itself.

use std::sync::LazyLock;

use regex::Regex;

use super::super::{convened, names};
use super::Under;
use crate::reading::{pattern, words};

static HEADING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)^(?:\#+\s*|\*\*)?(?:
            (?P<decisions>(?:relev[ée]\s+de\s+)?d[ée]cisions?(?:\s+prises?)?|ce\s+qui\s+est\s+d[ée]cid[ée])
          | (?P<actions>(?:liste\s+des\s+|plan\s+d['’])?actions?(?:\s+[àa]\s+(?:faire|mener|suivre))?|[àa]\s+faire|todo(?:\s*list)?|to\s+do|qui\s+fait\s+quoi|t[âa]ches?|suites?\s+[àa]\s+donner)
          | (?P<open>(?:points?|questions?|sujets?)\s+(?:laiss[ée]e?s?\s+|rest[ée]e?s?\s+|encore\s+)?(?:ouvert\w*|en\s+suspens|[àa]\s+(?:revoir|suivre|trancher)|report[ée]\w*|non\s+tranch\w*|en\s+attente)|en\s+suspens|(?:reste\s+)?[àa]\s+(?:revoir|trancher|voir|d[ée]cider)|pas\s+tranch[ée]\w*)
          | (?P<agenda>odj|ordre\s+du\s+jour)
        )\s*(?:\*\*)?\s*(?P<colon>[:=–-])?\s*(?:\*\*)?(?P<rest>.*)$",
    )
});

/// Keys of the lines about the meeting itself, wherever they stand.
pub(super) static MEETING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)^\s*(?:pas\s+(?:l[àa]|venue?s?)(?:\s+(?:et|ni)\s+(?:pas\s+)?(?:pr[ée]ven\w+|excus\w+))?\s*: | (?:(?:nous\s+)?[ée]tions|on\s+[ée]tait)(?:\s+\d{1,2})?(?:\s+(?:l[àa]|pr[ée]sente?s?))?\s*: | on\s+attendait\s+.+\bqui\s+n | on\s+[ée]tait\s+(?:\p{L}+\s+){2,}et\s+\p{L}+ | manquai(?:en)?t\b | \(?moi\s*= | c['’ ]?(?:est\s+)?moi\s+qui\s+(?:note|[ée]cri|prend|r[ée]dige|fai) | (?-i:[PEA])\s*:\s*(?-i:\p{Lu}\p{L}+\s+\p{Lu}) | qui\s*:\s*(?-i:\p{Lu})[^:]*,
          | (?:[ée]taient\s+)?pr[ée]sent(?:e?s|e|\(e\)s)?\b | pr[ée]s\.?\s*: | participant(?:e?s)?\b | autour\s+de\s+la\s+table\s*: | pst\s*: | cl[ôo]ture\s*(?::|[àa]\s|\d) | membres?\s+pr[ée]sente?s?\b | (?:[ée]taient\s+l[àa]|connect[ée]e?s?|(?-i:[lL]à|la))\s*: | excus\w*\b | exc\b | abs(?:ent\w*)?\b | pouvoirs?\b | pvr\b
          | secr\w*\b | lieu\b | date\s*: | heures?\s*: | horaires?\s*: | d[ée]but\b | fin\s*(?::|[àa]?\s*\d|de\s+(?:la\s+)?(?:r[ée]union|s[ée]ance)|$) | lev[ée]e?\b | (?:la\s+)?(?:s[ée]ance|r[ée]union)\s+(?:est\s+)?(?:lev|clo|term|ouv|fin|commenc)\w*
          | anim\w*\s*(?:par|:) | r[ée]dac\w*\s*(?:par|:) | notes\s*(?:prises\s+)?(?:par|:) | cr\s*(?:par|:) | prise\s+de\s+notes | invit[ée]\w*\s*: | pr[ée]sid\w*\s*(?:par|:|de) | convoc\w* | convoqu[ée]e?s?\s*:
          | (?:la\s+|le\s+)?proch(?:ain|aine|\.)?\s+(?:cm|conseil|r[ée]u|r[ée]union|s[ée]ance|ag|ca|bureau|date|rencontre|rdv|commission|copil|comit[ée]|fois)\b | (?:re)?rdv\s+(?:le\s+)?(?:lun|mar|mer|jeu|ven|sam|dim|\d)
          | (?:la\s+|le\s+)?proch(?:ain|aine|\.)?\s*(?:(?-i:\p{Lu}{2,6})\s*)?: | (?:r[ée]union|s[ée]ance)\s+suivante\b | fini[e]?\s+(?:[àa]\s+)?\d | (?:notes?|cr)\s*:\s*\p{Lu}
          | on\s+se\s+(?:revoit|retrouve)\b | arriv[ée]e?\s+de\b | d[ée]part\s+de\b | (?:d[ée]but|ouverture)\s+(?:[àa]\s+)?\d)",
    )
});

/// Whether the line speaks of the meeting itself by its first words.
pub fn about_meeting(text: &str) -> bool {
    let text = text.trim_start_matches(['-', '–', '•', '*', ' ', '\t']);
    MEETING.is_match(text) || convened::is_roll(text) || names::is_heard(text)
}

/// What a label that comes again under each subject says of its line, and where that begins:
/// « Dit : », « Tranché : », « Reste : ».
pub(super) fn rubric(text: &str) -> Option<(Under, usize)> {
    words!(
        RUBRIC,
        r"(?i)^(?:(?P<said>dits?|discussions?|discut[ée]s?|[ée]chang(?:es?|[ée]s?)|d[ée]bats?|constats?|[ée]tat(?:\s+des\s+lieux)?|infos?|expos[ée]s?)|(?P<decided>tranch[ée]e?s?|d[ée]cid[ée]e?s?|d[ée]cisions?|act[ée]e?s?|arr[êe]t[ée]e?s?|retenue?s?|conclusions?|valid[ée]e?s?)|(?:restes?(?:\s+[àa]\s+faire)?|[àa]\s+faire|actions?|suites?|todo|[àa]\s+suivre))\s*(?:[:=]|[-–]\s)\s*(?P<text>.*)$"
    );
    let found = RUBRIC.captures(text)?;
    let kind = match (found.name("said"), found.name("decided")) {
        (Some(_), _) => Under::Said,
        (_, Some(_)) => Under::Decisions,
        _ => Under::Rest,
    };
    Some((kind, found.name("text")?.start()))
}

/// What a title that is no subject announces: a list, or a matter of the meeting itself.
pub(super) fn kind_of(title: &str) -> Option<Under> {
    let listed = heading(title)
        .filter(|(_, rest, _)| title.get(*rest..).is_none_or(|t| t.trim().is_empty()))
        .map(|(kind, ..)| kind);
    listed.or_else(|| MEETING.is_match(title).then_some(Under::Meeting))
}

/// A category heading, where what follows it begins, and whether a sign parts them.
pub(super) fn heading(text: &str) -> Option<(Under, usize, bool)> {
    let found = HEADING.captures(text)?;
    let kind = [
        ("decisions", Under::Decisions),
        ("actions", Under::Actions),
        ("open", Under::Open),
        ("agenda", Under::Agenda),
    ]
    .into_iter()
    .find(|(name, _)| found.name(name).is_some())?
    .1;
    Some((kind, found.name("rest")?.start(), found.name("colon").is_some()))
}
