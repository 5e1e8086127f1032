//! What notes say of the meeting itself: when, where, who presides and writes, what comes next.

use std::sync::LazyLock;

use regex::Regex;

use super::attendance::Roll;
use super::people::{People, person, split};
use super::record::{Kind, Meeting};
use super::structure::Piece;
use crate::french;
use crate::notes::Notes;
use crate::office::Office;
use crate::reading::hour;
use crate::reading::name::{Roster, is_common};
use crate::reading::{Fact, Found, PartialDate, abbreviation, expand_facts, facts, fold, pattern};
use crate::task::wording;

static TITLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:notes?\s+|cr\s+|compte[- ]rendu\s+|proc[èe]s[- ]verbal\s+|pv\s+|s[ée]ance\s+)*(?:de\s+(?:la\s+)?|du\s+)?(cm|conseil(?:\s+municipal)?|age|ago|ag|assembl[ée]e(?:\s+g[ée]n[ée]rale)?(?:\s+(?:extra)?ordinaire)?|r[ée]union|ca|bureau|commission|comit[ée]|notes|pv|cr)\b",
    )
});
static OPENED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b(?:ouv(?:ert|erte|erture|re)?|d[ée]but[ée]?e?|commenc\w*|[àa]\s+partir\s+de)\b")
});
static CLOSED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:fin(?:i|ie)?|lev[ée]e?|clos[e]?|cl[ôo]tur\w*|ferm[ée]e?|termin\w*|s[ée]par\w*)\b",
    )
});
static CONVENED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bconvoc\w*|\bconvoqu\w*|\bconv\b\.?"));
static IN_OFFICE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(\d{1,4})\s*(?:membres?\s*|conseillers?\s*|[ée]lus?\s*|si[èe]ges?\s*)?(?:sont\s+)?en\s+ex(?:ercice|\b\.?)|\ben\s+exercice\s*[:=]?\s*(\d{1,4})|\beffectif\s*:[^\d]*(\d{1,3})\b|\b(?:adh\w*\.?|membres?|licenci[ée]e?s?|cotisants?|foyers?)\s+(?:[àa]\s+jour|inscrits?|cotisants?)(?:\s+de\s+(?:leur\s+)?cotis\w*)?\s*[:=]?\s*(\d{1,4})|\b(\d{1,4})\s+(?:adh[ée]rents?\s+|membres?\s+|licenci[ée]e?s?\s+|foyers?\s+)?(?:[àa]\s+jour|inscrits?|cotisants?)\b|\b(?:on\s+est|nous\s+sommes)\s+(\d{1,3})\s+(?:au\s+conseil|conseillers?|[ée]lus|adh[ée]rents?|membres)\b|\b(\d{1,3})\s+si[èe]ges\s+pourvus|^(\d{1,3})\s+(?:[ée]lus|conseillers(?:\s+municipaux)?)\W*$",
    )
});
static FRACTION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:quorum\b[^;\n]{0,40}?|AG[EO]?\s*[=:]\s*)\b(?:(\d)\s*/\s*(\d)\b|(un\s+tiers|un\s+quart|(?:la\s+)?moiti[ée]|deux\s+tiers|trois\s+quarts|un\s+cinqui[èe]me))",
    )
});
static QUORUM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bquorum\b(?:\s+statutaire)?(?:\s*\([^)]*\))?(?:\s*(?:de|[:=(]|est\s+de|fix[ée]\s+[àa])\s*(\d{1,3})(?:\s*(?:membres|voix|pr[ée]sents)|\s*[).,;]|\s*$|\s*(?:->|→)))?",
    )
});
static MAJORITY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bmajorit[ée]\s+(?:qualifi[ée]e\s+)?(?:des?\s+)?(?:2/3|3/4|deux\s+tiers|trois\s+quarts)|\b(?:2/3|3/4|deux\s+tiers|trois\s+quarts)\s+des\s+(?:suffrages\s+|voix\s+|votes\s+)?(?:exprim\w*|votants|pr[ée]sents)",
    )
});
static GUESTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^invit[ée]e?s?\s*(?:\([^)]*\)\s*)?(?:sans\s+\p{L}+\s*)?[:=]\s*(.+)$")
});
static STATUTES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:(?:rappel\s+(?:des\s+)?)?statuts?\s*:.*$|(?:statuts?\b.*|art\w*\.?\s*\d+\s*:?\s*|.{0,12})\b(?:majorit[ée]\s+simple|(?:pouvoirs?|procurations?)\b.*\bmax\w*|max\w*\b.*\b(?:pouvoirs?|procurations?)|(?:un\s+seul|1)\s+(?:pouvoir|procuration)\s+par)\b.*)$",
    )
});
static SECOND_NOTICE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:2(?:e|[èe]me|nde)|deuxi[èe]me|seconde?)\s+(?:convocation|convoc|AGE?\b|assembl[ée]e|s[ée]ance)|\bsans\s+(?:condition\s+de\s+)?quorum\b",
    )
});
/// « CM 18/09 notes Maëlle », « notes prises par moi, Ada Vernier »: who writes.
static NOTES_BY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bnotes?\s+(?:de\s+|d['’]|prises?\s+par\s+|par\s+|:\s*)?(?:moi\s*[,(]\s*)?((?-i:\p{Lu})[\p{L}.'’ -]*)",
    )
});
static SECRETARY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:secr(?:[ée]taires?|[ée]tariat|\.)?|sds|sec\.?(?:\s+de\s+s[ée]ance))\s*(?:de\s+)?(?:s[ée]ances?|de\s+r[ée]union)?\s*(?:est\s+|:|=|-)*\s*(.+)$",
    )
});
/// « Mme Cossonel est désignée secrétaire de séance », « Ada secrétaire de séance ».
static NAMED_SECRETARY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:c['’]\s?est\s+)?(.+?)(?:,)?\s+(?:qui\s+)?(?:(?:est|a\s+[ée]t[ée])\s+)?(?:(?:d[ée]sign[ée]e?|nomm[ée]e?|[ée]lue?|choisie?)\s+)?(?:comme\s+|est\s+|fait\s+)?(?:le\s+|la\s+)?secr[ée]taire(?:\s+de\s+(?:la\s+)?(?:s[ée]ance|r[ée]union))\s*(?:,\s*moi\s.*|\.?\s*)$",
    )
});
static WRITER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:r[ée]dacteur|r[ée]dactrice|r[ée]daction|notes|pris\s+par|cr)\s*(?:prises?\s+)?(?:par|:|=)\s*(.+)$",
    )
});
static CHAIR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:pr[ée]sidente?(?:\s+de\s+(?:la\s+)?(?:s[ée]ance|r[ée]union|l['’]assembl[ée]e))?|pr[ée]side\b|pr[ée]sid[ée]e?\s+par|pr[ée]sidence(?:\s+de)?|sous\s+la\s+pr[ée]sidence\s+de|pdte?\s+de\s+s[ée]ance|\bpdte?\s*[:=]|anim[ée]e?\s+par|ouvert\w*(?:\s+(?:[àa]\s+)?\d{1,2}\s*(?:heures?|h|:)\s*\d{0,2})?\s+par)\s*[:=]?\s*(.+)$",
    )
});
/// « Jeanne Morvandieu, présidente, a présidé la séance ».
static PRESIDES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:.*\bc['’]\s?est\s+)?(.+?)\s*,?\s+(?:qui\s+)?(?:a\s+pr[ée]sid[ée]|pr[ée]side|pr[ée]sidait|assure\s+la\s+pr[ée]sidence|ouvre\s+la\s+s[ée]ance)\b",
    )
});
/// « Inès Rocafort accepte d'être secrétaire ».
static ACCEPTS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(.+?)\s+(?:a\s+bien\s+voulu|a\s+accept[ée]|accepte|se\s+propose|s['’]occupe|assure|tient|fait)\b[^.]{0,30}\bsecr[ée]tai?r\w*\W*$",
    )
});
/// « Mme Rochebonne, du bailleur, était invitée ».
static INVITED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(.+?),?\s+(?:est|sont|[ée]tait|[ée]taient|a\s+[ée]t[ée])\s+(?:aussi\s+|[ée]galement\s+)?invit[ée]",
    )
});
/// The board of an association: « Bureau : Sabine présidente, Jules trésorier ».
static OFFICER: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^(.+?)[\s,(:]+(?:(pr[ée]sidente?|pdte?)|(secr[ée]taire))\)?$"));
/// « Association "Les Amis du Moulin" ».
/// « MONTFAUBERT-LE-VIEUX (00830) », alone on its line.
static TOWN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(\p{Lu}[\p{L}'’ -]{2,40}?)\s*\(\d{5}\)$"));
static BODY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r#"(?i)^(?:l['’]\s?)?association\s*:?\s*[«"“]\s*([^«»"“”]+?)\s*[»"”]$"#)
});
/// « MAIRIE DE CHANTEFLORE (00930) ».
static SOCIETY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^([^()\d]{4,60}?)\s*\((?:asso\w*)(?:\s+(?:loi\s+)?1901)?[^()]*\)$")
});
/// What went out before the meeting, without the word: « lettre + mail le 14 août ».
static SENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^(?:lettres?|courriers?|mails?|courriels?|invitations?|envoi)\b")
});
static COMMUNE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:mairie|commune|ville|village)\s+(?:de\s+(?:la\s+)?|du\s+|des\s+|d['’])((?-i:\p{Lu})[\p{L}'’-]*(?:\s*(?-i:\p{Lu})[\p{L}'’-]*)*)",
    )
});
static MAYOR: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^(?:(?:mme|madame|m\.?|mr\.?|monsieur)\s+)?l[ea]\s+maire\b"));
static PLACE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:lieu\s*[:=]\s*([^,;()\d]+)|((?:salle|foyer|maison|cabane|chalet|kiosque|pavillon|mairie|espace|gymnase|[ée]cole|caf[ée]|bureau|local|boulodrome|halle|hangar|moulin|ch[âa]teau|th[ée][âa]tre|cantine|chapelle|grange|stade|pr[ée]au|presbyt[èe]re|biblioth[èe]que|m[ée]diath[èe]que)\b(?:\s+(?:n°\s*)?\d\b)?(?:\s+(?:d[eu]s?\b|de\s+la|de\s+l['’]|du|la|l['’])?\s*[\p{L}'’-]+)*))",
    )
});
static STOP_PLACE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\s+(?:ouv\w*|d[ée]but\w*|fin|par|pr[ée]sid\w*|convoc\w*|avec|à|et|pr[ée]sents?|de\s*$|le)\b.*$",
    )
});
static NUMBERING: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\bd[ée]lib\w*\b.*?\b((?:20\d\d[-/.])?\d{1,3})\s*$"));
static AUDIENCE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(\d{1,3})\s*(?:pers\w*\.?|personnes?|habitants?)?\s*(?:dans\s+le|du|de|au)?\s*public\b|\bpublic\s*:\s*(\d{1,3})",
    )
});
static NEXT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^[\s-]*(?:(?:date\s+(?:du\s+|de\s+la\s+))?(?:la\s+|le\s+|l['’])?proch\w*\.?\s+(?:(?:cm|conseil|r[ée]union|s[ée]ance|ag|ca|bureau|date|rencontre|rdv)\s*(?:municipal\s*)?(?:aura\s+lieu|:|=|,|est)?\s*)?|rappel\s*:?\s+(?:de\s+)?(?:la\s+|l['’])?(?:cm|conseil|r[ée]union|s[ée]ance|ago?|age|assembl[ée]e|ca|bureau)\b(?:\s+(?:municipal|g[ée]n[ée]rale|(?:extra)?ordinaire))*\s*(?:le\s+|:)?)",
    )
});

/// Whether the notes are typed without capitals: fewer than one long word in fifteen has one.
pub fn in_small_letters(notes: &Notes) -> bool {
    let words: Vec<&str> = notes
        .text()
        .split(|c: char| !c.is_alphabetic())
        .filter(|w| w.chars().count() > 3)
        .collect();
    let capitals =
        words.iter().filter(|w| w.chars().next().is_some_and(char::is_uppercase)).count();
    capitals * 15 < words.len()
}

/// The date of the meeting: the first full date of the first lines, otherwise the first date.
pub fn date(notes: &Notes) -> Option<(PartialDate, crate::notes::Span)> {
    let mut first: Option<(PartialDate, crate::notes::Span)> = None;
    for line in notes.lines().filter(|l| !l.text.trim().is_empty()).take(8) {
        if NEXT.is_match(line.text.trim()) {
            continue;
        }
        let convened = CONVENED.find(line.text).map_or(usize::MAX, |m| m.start());
        for Found { fact, span } in facts(line.text) {
            let Fact::Date(date) = fact else { continue };
            if date.day.is_none() || span.start > convened {
                continue;
            }
            let span = line.start + span.start..line.start + span.end;
            if date.year.is_some() {
                return Some((date, span));
            }
            if first.is_none() {
                first = Some((date, span));
            }
        }
    }
    first
}

/// Everything the header says that a line can carry, in one pass over its lines.
pub struct Header<'a> {
    /// The office sheet.
    pub office: &'a Office,
    /// Members by name.
    pub roster: &'a Roster,
    /// The meeting's date.
    pub date: Option<PartialDate>,
    /// Number of the first deliberation, as typed.
    pub first_number: Option<String>,
    /// Whom the notes mean.
    pub people: People<'a>,
    /// The notes have no capitals.
    pub small_letters: bool,
    /// What the lists of members leave to be settled.
    pub roll: Roll,
    /// The notes say at what hour the meeting opened, not only for when it was called.
    hour_told: bool,
    /// Who presides over an association and who writes for it, as its board.
    pub board: Board,
}

/// Officers of an association that the notes name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Board {
    /// Its president.
    pub president: Option<String>,
    /// Its secretary.
    pub secretary: Option<String>,
}

impl<'a> Header<'a> {
    /// Nothing read yet of the header of these notes.
    pub fn new(
        office: &'a Office,
        roster: &'a Roster,
        date: Option<PartialDate>,
        notes: &Notes,
    ) -> Self {
        Self {
            office,
            roster,
            date,
            first_number: None,
            people: People {
                small_letters: in_small_letters(notes),
                ..People::new(roster, office)
            },
            small_letters: in_small_letters(notes),
            hour_told: false,
            board: Board::default(),
            roll: Roll::default(),
        }
    }
}

impl Header<'_> {
    /// Reads one line; answers whether some field holds all it says.
    pub fn read(&mut self, index: usize, piece: &Piece<'_>, meeting: &mut Meeting) -> bool {
        let text = in_figures(piece.text.trim_start_matches(['-', '–', '•', '*', '#', ' ']));
        let mut read = self.title(index, &text, meeting);
        if self.secretary_who_writes(&text, meeting) {
            return true;
        }
        let (text, writes) = self.writer(text, meeting);
        meeting.second_notice |= SECOND_NOTICE.is_match(&text);
        let (text, convened) = self.notice(index, &text, meeting);
        read |= writes || convened;
        let text = tellers(&text, meeting);
        if text.is_empty() {
            return true;
        }
        let piece = &Piece { text, span: piece.span.clone() };
        let figures = self.numbers(text, meeting);
        let attended = if convened {
            None
        } else {
            super::attendance::read(piece, &self.people, &mut self.roll, &mut meeting.attendance)
        };
        let text = match &attended {
            Some(rest) if !rest.chars().any(char::is_alphanumeric) => return true,
            Some(rest) => {
                read = true;
                rest.as_str()
            }
            None => text,
        };
        if NEXT.is_match(text) {
            meeting.next_meeting = Some(next_meeting(text, self.date));
            return true;
        }
        read |= figures;
        if meeting.kind == Kind::Association {
            self.officers(text);
        }
        read |= self.people(text, meeting);
        read |= self.times(text, meeting);
        read |= held_at(index, text, meeting);
        self.guests(text, meeting) || by_the_rules(text, meeting) || read
    }

    /// What the first lines call the meeting and the body that meets.
    fn title(&self, index: usize, text: &str, meeting: &mut Meeting) -> bool {
        static PAPER: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)^(?:projet\s+de\s+)?(?:proc[èe]s[- ]verbal|compte[- ]rendu|notes?)\s*(?:\W*\s*(?:brouillon|projet|provisoire))?\W*$",
            )
        });
        let mut read = index == 0 && (TITLE.is_match(text) || PAPER.is_match(text));
        if index == 0 && meeting.body.is_none() {
            meeting.body = body(text).map(|name| wording::capital(&name));
        }
        if meeting.body.is_none()
            && let Some(name) = self.body(text, meeting.kind)
        {
            meeting.body = Some(name);
            read |= index == 0 || [&BODY, &TOWN, &SOCIETY].iter().any(|name| name.is_match(text));
        }
        let titled = index == 0 || index < 4 && TITLE.is_match(text);
        if titled && meeting.session.is_none() && meeting.kind == Kind::Association {
            let folded = fold(text);
            let has = |word: &str| folded.split(|c: char| !c.is_alphanumeric()).any(|w| w == word);
            meeting.session = if has("age") || folded.contains("extraordinaire") {
                Some("extraordinaire".to_owned())
            } else {
                (has("ago") || has("ordinaire")).then(|| "ordinaire".to_owned())
            };
        }
        read
    }

    /// « c moi mornantel la secrétaire de séance », « Plume : Mme Roy (secrétaire de séance) ».
    fn secretary_who_writes(&mut self, text: &str, meeting: &mut Meeting) -> bool {
        static WRITES: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)^(?:c['’ ]?(?:est\s+)?moi\s+(.+?),?\s+(?:la|le|qui\s+fais?t?)\s+(?:la\s+|le\s+)?secr[ée]taire\b.*|(?:\p{L}+\s*:\s*)?([^:()]+?)\s*\(secr[ée]taire(?:\s+de\s+s[ée]ance)?\)\W*)$",
            )
        });
        let Some(found) = WRITES.captures(text) else { return false };
        let named = found.get(1).or(found.get(2)).and_then(|who| self.named(who.as_str()));
        let Some(name) = named else { return false };
        if found.get(1).is_some() {
            self.people.me = Some(name.clone());
        }
        meeting.secretary = Some(name);
        true
    }

    /// Who wrote the notes, « moi j'écris (Ada) », « c'est moi qui note : Ada Vernier »; the text
    /// without that, and whether it told it.
    fn writer(&mut self, text: String, meeting: &mut Meeting) -> (String, bool) {
        static I_WRITE: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)[\s,;/-]*(?:\bmoi,?\s+)?(?:\bj['’]\s?[ée]cris|\bje\s+(?:note|r[ée]dige|prends\s+(?:les\s+|des\s+)?notes|fais\s+le\s+(?:cr|pv|compte[- ]rendu))|\bc['’ ]?(?:est\s+)?moi\s+qui\s+(?:note|[ée]cris|r[ée]dige|prends?\s+(?:les\s+|des\s+)?notes|fais\s+le\s+(?:cr|pv|compte[- ]rendu)))\s*[:=,(]*\s*((?-i:\p{Lu})[\p{L}'’-]+(?:\s+(?-i:\p{Lu})[\p{L}'’-]+){0,2})\s*\)?(?:,?\s*(?:la\s+|le\s+)?secr[ée]taire)?",
            )
        });
        let mut read = false;
        let mut text = text;
        if let Some(found) = I_WRITE.captures(&text)
            && let (Some(whole), Some(who)) = (found.get(0), found.get(1))
            && let Some(name) = self.named(who.as_str())
        {
            self.people.me = Some(name.clone());
            // At a council who writes may be its clerk.
            if meeting.kind != Kind::Council {
                meeting.secretary = meeting.secretary.take().or(Some(name));
            }
            read = true;
            let without = format!("{}{}", &text[..whole.start()], &text[whole.end()..]);
            text = without.trim_matches([' ', ',', '.', ';', '(', ')']).to_owned();
        }
        if self.people.me.is_none()
            && let Some(name) =
                NOTES_BY.captures(&text).and_then(|f| self.named(f.get(1)?.as_str()))
        {
            self.people.me = Some(name);
            read = true;
        }
        (text, read)
    }

    /// When and how members were called; the text without that, and whether it told it.
    fn notice(&self, index: usize, text: &str, meeting: &mut Meeting) -> (String, bool) {
        let sent = || {
            let dated = facts(text).iter().any(|f| match f.fact {
                Fact::Date(date) => {
                    self.date.is_some_and(|d| (d.day, d.month) != (date.day, date.month))
                }
                _ => false,
            });
            SENT.find(text).filter(|_| index < 6 && dated && meeting.convocation.is_none())
        };
        let word = CONVENED.find(text).or_else(sent);
        let rest = word.map_or_else(
            || text.to_owned(),
            |word| {
                let end = convened_until(text, word.end());
                meeting.convocation = self.convocation(&text[word.start()..end]);
                format!("{} {}", &text[..word.start()], &text[end..])
            },
        );
        (rest.trim().trim_matches([',', '.', ';', ' ']).to_owned(), word.is_some())
    }

    /// Those who were asked to come without being members.
    fn guests(&self, text: &str, meeting: &mut Meeting) -> bool {
        if let Some(found) = GUESTS.captures(text).and_then(|f| f.get(1)) {
            meeting.guests.extend(split(found.as_str()).into_iter().map(str::to_owned));
            return true;
        }
        let invited = INVITED.captures(text).and_then(|f| self.named(f.get(1)?.as_str()));
        let read = invited.is_some();
        meeting.guests.extend(invited);
        read
    }

    /// The body that meets, where the first lines name it apart from the title.
    fn body(&self, text: &str, kind: Kind) -> Option<String> {
        let found = match kind {
            Kind::Council => COMMUNE.captures(text).or_else(|| TOWN.captures(text)),
            Kind::Association => BODY.captures(text).or_else(|| SOCIETY.captures(text)),
            Kind::Working => None,
        }?;
        let name = found.get(1)?.as_str().trim();
        let capitals = !name.chars().any(char::is_lowercase);
        let written = |(index, word): (usize, &str)| {
            let small = index > 0 && is_small(word);
            if capitals { title_case(word, small) } else { word.to_owned() }
        };
        Some(name.split_whitespace().enumerate().map(written).collect::<Vec<_>>().join(" "))
    }

    /// The officers that a line names.
    fn officers(&mut self, text: &str) {
        let list = text.split_once(':').map_or(text, |(_, list)| list);
        if !fold(text).contains("president") && !fold(text).starts_with("bureau") {
            return;
        }
        for part in split(list) {
            let Some(found) = OFFICER.captures(part) else { continue };
            let named = found.get(1).and_then(|who| self.named(who.as_str()));
            if found.get(2).is_some() {
                self.board.president = self.board.president.take().or(named);
            } else {
                self.board.secretary = self.board.secretary.take().or(named);
            }
        }
    }

    fn numbers(&mut self, text: &str, meeting: &mut Meeting) -> bool {
        let mut read = false;
        let first = |found: &regex::Captures<'_>| {
            (1..found.len()).find_map(|i| found.get(i)).map(|m| m.as_str().to_owned())
        };
        if let Some(count) = IN_OFFICE.captures(text).and_then(|f| first(&f)?.parse().ok()) {
            meeting.attendance.in_office = Some(count);
            read = true;
        }
        static MEMBERS: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)^(\d{1,4})\s+(?:adh[ée]rents?|membres|licenci[ée]e?s|inscrits|foyers)\b\s*(?:$|[,;.(])",
            )
        });
        if meeting.kind == Kind::Association
            && meeting.attendance.in_office.is_none()
            && let Some(count) = MEMBERS.captures(text).and_then(|f| first(&f)?.parse().ok())
        {
            meeting.attendance.in_office = Some(count);
            read = true;
        }
        if let Some(share) = FRACTION.captures(text).and_then(|f| f.get(3)) {
            let words = fold(share.as_str());
            let over = if words.starts_with("deux") {
                2
            } else if words.starts_with("trois") {
                3
            } else {
                1
            };
            let under = match words.split_whitespace().last() {
                Some("moitie") => 2,
                Some("tiers") => 3,
                Some("cinquieme") => 5,
                _ => 4,
            };
            meeting.attendance.quorum_fraction = Some((over, under));
            read = true;
        }
        if let Some(found) = FRACTION.captures(text)
            && let (Some(Ok(over)), Some(Ok(under))) = (
                found.get(1).map(|m| m.as_str().parse::<u32>()),
                found.get(2).map(|m| m.as_str().parse::<u32>()),
            )
            && under > 0
        {
            meeting.attendance.quorum_fraction = Some((over, under));
            read = true;
        }
        // « 23 adhérents sur 51 »
        static OF: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)\b\d{1,4}\s+(?:adh[ée]rents?|membres|pr[ée]sents|licenci[ée]e?s)(?:\s+pr[ée]sents)?\s+sur\s+(\d{1,4})\b",
            )
        });
        if meeting.kind == Kind::Association
            && meeting.attendance.in_office.is_none()
            && let Some(count) = OF.captures(text).and_then(|f| first(&f)?.parse().ok())
        {
            meeting.attendance.in_office = Some(count);
            read = true;
        }
        if let Some(number) = NUMBERING.captures(text).and_then(|f| first(&f)) {
            self.first_number = Some(number);
            read = true;
        }
        if let Some(count) = AUDIENCE.captures(text).and_then(|f| first(&f)) {
            let plural = if count == "1" { "personne" } else { "personnes" };
            meeting.attendance.audience = Some(format!("{count} {plural} dans le public"));
            read = true;
        }
        read
    }

    fn people(&self, text: &str, meeting: &mut Meeting) -> bool {
        let mut read = false;
        let mut rest = text.to_owned();
        let clerk = |all: &str| {
            let folded = fold(all);
            folded.find("mairie").is_some_and(|m| folded.find("seance").is_none_or(|s| m < s))
        };
        if let Some(name) =
            NAMED_SECRETARY.captures(text).and_then(|f| self.named(f.get(1)?.as_str()))
        {
            meeting.secretary = Some(name);
            read = true;
        } else if let Some(found) = SECRETARY.captures(text)
            && let (Some(all), Some(value)) = (found.get(0), found.get(1))
            && (fold(all.as_str()).contains("seance")
                || all.as_str().contains([':', '='])
                || self.people.member(value.as_str()).is_some()
                || meeting.kind == Kind::Association && in_full(value.as_str()))
            && !clerk(all.as_str())
            && !self.people.is_clerk(value.as_str().split(['/', ';']).next().unwrap_or_default())
        {
            rest = text[..all.start()].to_owned();
            let mut parts = value.as_str().split(['/', ';']);
            if let Some(name) = parts.next().and_then(|p| self.named(p)) {
                meeting.secretary = Some(name);
                read = true;
            }
            for part in parts {
                self.assistant(part, meeting);
            }
        } else if let Some(value) = WRITER.captures(text).and_then(|f| f.get(1))
            && meeting.secretary.is_none()
            && let Some(name) = self.named(value.as_str())
        {
            meeting.secretary = Some(name);
            read = true;
        } else if let Some(name) =
            ACCEPTS.captures(text).and_then(|f| self.named(f.get(1)?.as_str()))
        {
            meeting.secretary = Some(name);
            read = true;
        } else if self.assistant(text, meeting) {
            read = true;
        }
        // « secrétaire de séance faucherol, martine dusserol prend les notes ».
        self.assistant(text, meeting);
        // « Ouverture Mme le Maire. »
        static OPENS: LazyLock<Regex> = LazyLock::new(|| {
            pattern(r"(?i)^ouverture\s+(?:de\s+(?:la\s+)?s[ée]ance\s+)?(?:par\s+)?(.+)$")
        });
        if let Some(mayor) = &self.office.conseil.maire
            && OPENS.captures(&rest).is_some_and(|f| MAYOR.is_match(&f[1]))
        {
            meeting.chair = Some(mayor.clone());
            return true;
        }
        if let Some(name) = PRESIDES.captures(&rest).and_then(|f| self.named(f.get(1)?.as_str())) {
            meeting.chair = Some(name);
            read = true;
        } else if let Some(value) = CHAIR.captures(&rest).and_then(|f| f.get(1)) {
            let chair = if MAYOR.is_match(value.as_str()) {
                let unnamed = MAYOR.replace(value.as_str(), "");
                // « le maire Jean-Luc Martel » names who it is.
                self.named(&unnamed).or_else(|| self.office.conseil.maire.clone())
            } else {
                self.named(value.as_str())
            };
            if chair.is_some() {
                meeting.chair = chair;
                read = true;
            }
        }
        read
    }

    /// The town clerk takes notes and is no member.
    fn assistant(&self, text: &str, meeting: &mut Meeting) -> bool {
        let Some(clerk) = &self.office.personnel.secretaire_de_mairie else { return false };
        let words: Vec<String> = fold(clerk).split_whitespace().map(str::to_owned).collect();
        let folded = fold(text);
        let named =
            words.iter().any(|w| folded.split(|c: char| !c.is_alphanumeric()).any(|t| t == w));
        let as_clerk =
            folded.contains("secretaire") || folded.contains("notes") || folded.contains("assist");
        if named && as_clerk && !meeting.assistants.contains(clerk) {
            meeting.assistants.push(clerk.clone());
        }
        named && as_clerk
    }

    /// The leading name of a phrase: « Oscar Tribolin puis pot » gives the name alone.
    fn named(&self, phrase: &str) -> Option<String> {
        // « La présidente, Monique Destrebec »
        static OFFICE: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)^(?:le|la)\s+(?:pr[ée]sidente?|maire|doyenn?e?|secr[ée]taire|tr[ée]sori[eè]re?)\s*[,:]?\s+",
            )
        });
        let phrase = OFFICE.find(phrase).map_or(phrase, |office| &phrase[office.end()..]);
        let phrase = phrase.split(['(', ',', ';', '/']).next().unwrap_or(phrase).trim();
        if matches!(fold(phrase).as_str(), "le" | "la" | "les" | "il" | "elle" | "on") {
            return None;
        }
        if let Some(name) = self.people.member(phrase) {
            return Some(name);
        }
        if let Some(members) = self.roster.listed(phrase)
            && let [member] = members.as_slice()
        {
            return Some(self.roster.full_name(*member).to_owned());
        }
        if let Some(name) = person(phrase, self.roster)
            && phrase.split_whitespace().all(|w| w.chars().next().is_some_and(char::is_uppercase))
        {
            return Some(name);
        }
        let words: Vec<&str> = phrase
            .split_whitespace()
            .skip_while(|w| !w.chars().next().is_some_and(char::is_uppercase))
            .take_while(|w| w.chars().next().is_some_and(char::is_uppercase))
            .collect();
        // « Bon alors … » opens a sentence.
        let opens = words.len() == 1
            && words.first().is_some_and(|w| is_common(w) || french::is_word(&w.to_lowercase()));
        let named = person(&words.join(" "), self.roster).filter(|_| !opens);
        named.or_else(|| self.small_name(phrase))
    }

    /// A name in notes that have no capitals: its words, which then get theirs.
    fn small_name(&self, phrase: &str) -> Option<String> {
        if !self.small_letters {
            return None;
        }
        let words: Vec<&str> = phrase
            .split_whitespace()
            .skip_while(|w| matches!(*w, "est" | "par" | "de"))
            .take_while(|w| w.chars().all(|c| c.is_alphabetic() || c == '-') && !is_common(w))
            .take(3)
            .collect();
        let long = words.iter().any(|w| w.chars().count() > 3);
        long.then(|| words.iter().map(|w| wording::capital(w)).collect::<Vec<_>>().join(" "))
    }

    fn times(&mut self, text: &str, meeting: &mut Meeting) -> bool {
        let mut read = false;
        // « levée à 21 h et le prochain conseil c'est le 9 à 19 h »
        static AND_NEXT: LazyLock<Regex> = LazyLock::new(|| {
            pattern(
                r"(?i)[\s,]+(?:et\s+)?((?:l[ea]\s+)?prochaine?\s+(?:conseil|cm|r[ée]union|s[ée]ance|ag)\b.*)$",
            )
        });
        let text = match AND_NEXT.captures(text) {
            Some(found) if found.get(0).is_some_and(|m| m.start() > 0) => {
                meeting.next_meeting = Some(next_meeting(&found[1], self.date));
                &text[..found.get(0).map_or(text.len(), |m| m.start())]
            }
            _ => text,
        };
        for Found { fact, span } in facts(text) {
            match fact {
                Fact::Hour(hour) => {
                    let before = &text[..span.start];
                    let last = |re: &Regex| re.find_iter(before).last().map(|m| m.start());
                    let (opening, closing) = (last(&OPENED), last(&CLOSED));
                    // « 21:20 FIN »
                    let led = opening.is_none() && closing.is_none() && before.trim().is_empty();
                    let ends = CLOSED.find(text[span.end..].trim_start());
                    let ends = led && ends.is_some_and(|word| word.start() == 0);
                    let planned = before.trim_end().ends_with("prévu")
                        || fold(before).trim_end().ends_with("prevu");
                    if planned {
                        read = true;
                    } else if closing > opening || ends {
                        meeting.closed = Some(hour.to_french());
                        read = true;
                    } else if meeting.opened.is_none() || opening.is_some() && !self.hour_told {
                        meeting.opened = Some(hour.to_french());
                        self.hour_told |= opening.is_some();
                        read = true;
                    } else if meeting.closed.is_none()
                        && before.trim_end().ends_with(['-', '–', 'à', '>', '→', '/'])
                    {
                        meeting.closed = Some(hour.to_french());
                        read = true;
                    }
                }
                Fact::Date(date)
                    if self.date.is_some_and(|d| (d.day, d.month) == (date.day, date.month)) =>
                {
                    read = true;
                }
                _ => {}
            }
        }
        read
    }

    fn convocation(&self, text: &str) -> Option<String> {
        let date = facts(text).into_iter().find_map(|f| match f.fact {
            Fact::Date(date) if date.day.is_some() => Some(date),
            _ => None,
        })?;
        // A notice goes out in the weeks before the meeting: its year is the meeting's, unless
        // that would put it after.
        let date = match (date.year, self.date) {
            (None, Some(meeting)) if (date.month, date.day) <= (meeting.month, meeting.day) => {
                PartialDate { year: meeting.year, ..date }
            }
            _ => date,
        };
        let folded = fold(text);
        let mut ways = Vec::new();
        if ["mail", "courriel", "email"].iter().any(|w| folded.contains(w)) {
            ways.push("par courriel");
        }
        if folded.contains("courrier") || folded.contains("poste") || folded.contains("lettre") {
            ways.push("par courrier");
        }
        if folded.contains("affich") {
            ways.push("par affichage");
        }
        let ways = ways.join(" et ");
        let space = if ways.is_empty() { "" } else { ", " };
        Some(format!("le {}{space}{ways}", date.to_french()))
    }
}

/// The text without those who count the votes, « …, scrutateurs Ada Vernier et Luc Talmont », who
/// are noted.
fn tellers<'a>(text: &'a str, meeting: &mut Meeting) -> &'a str {
    static TELLERS: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)[\s,;/-]*\bscrutat(?:eur|rice)s?\s*:?\s*(.+)$"));
    let Some(found) = TELLERS.captures(text).filter(|found| all_named(&found[1])) else {
        return text;
    };
    let many = if split(&found[1]).len() > 1 { "s" } else { "" };
    let who = found[1].trim_end_matches('.').replace(" + ", " et ");
    meeting.remarks.push(format!("Scrutateur{many} : {who}."));
    &text[..found.get(0).map_or(0, |m| m.start())]
}

/// Where the meeting was held: in the first lines, or where the line says « lieu ».
fn held_at(index: usize, text: &str, meeting: &mut Meeting) -> bool {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\blieu\s*[:=]"));
    let names_commune = index == 0 && COMMUNE.is_match(text);
    let wanted = LABEL.is_match(text) || meeting.place.is_none() && index < 6 && !names_commune;
    let Some(place) = place(text).filter(|_| wanted) else { return false };
    meeting.place = Some(place);
    true
}

/// Quorum, majority, what the statutes say, and sums of the attendance: they are checked, and most
/// are not printed.
fn by_the_rules(text: &str, meeting: &mut Meeting) -> bool {
    // « Total 45 » is what the counts before it make.
    static TOTAL: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?i)^(?:soit\s+|=\s*)?total\s*:?\s*(\d{1,4})\W*$"));
    let mut read = STATUTES.is_match(text);
    if let Some(found) = QUORUM.captures(text) {
        if let Some(count) = found.get(1).and_then(|m| m.as_str().parse().ok()) {
            meeting.attendance.quorum = Some(count);
        }
        read |= text.split_whitespace().count() <= 6;
    }
    let counted = meeting.attendance.present_count.zip(meeting.attendance.proxy_count);
    let total = TOTAL.captures(text).and_then(|f| f[1].parse::<u32>().ok());
    read |= total.is_some() && total == counted.map(|(present, proxies)| present + proxies);
    if let Some(share) = majority(text) {
        meeting.majority = Some(share);
        read = true;
    }
    read
}

/// Whether the words are names and nothing else.
fn all_named(words: &str) -> bool {
    let names = split(words);
    !names.is_empty() && names.iter().all(|name| super::people::looks_like_name(name))
}

/// Whether a first name and a surname open the words.
fn in_full(words: &str) -> bool {
    let first = words.split([',', ';', '/', '(']).next().unwrap_or_default().trim();
    super::people::looks_like_name(first)
        && first.split_whitespace().count() >= 2
        && first.split_whitespace().all(|word| word.starts_with(char::is_uppercase))
}

/// The share of the votes that a decision takes by the statutes, where the notes tell it.
pub fn majority(text: &str) -> Option<(u32, u32)> {
    let share = MAJORITY.find(text)?;
    let two = fold(share.as_str()).contains("deux") || share.as_str().contains("2/3");
    Some(if two { (2, 3) } else { (3, 4) })
}

/// A number in words that opens the sentence, in figures: « Onze conseillers sont en exercice ».
fn in_figures(text: &str) -> String {
    const WORDS: [&str; 20] = [
        "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
        "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
        "vingt",
    ];
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    let counted =
        ["conseill", "membre", "elu", "adherent"].iter().any(|w| fold(rest).starts_with(w));
    let number = WORDS.iter().position(|word| *word == fold(first)).filter(|_| counted);
    let text = number.map_or_else(|| text.to_owned(), |at| format!("{} {rest}", at + 1));
    hour::in_figures(&text)
}

/// Where what is said of the notice ends: with its sentence, or before the words that go on with
/// the meeting itself (« dûment convoqué le 16 février, s'est réuni à la salle du conseil »).
fn convened_until(text: &str, from: usize) -> usize {
    static GOES_ON: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i),?\s+(?:s['’]est\s+r[ée]uni|se\s+sont\s+r[ée]unis|sous\s+la\s+pr[ée]sidence|en\s+session|s['’]est\s+tenue?)\b",
        )
    });
    // « Convoc. : partie le … »: the dot shortens the word.
    let rest = text.get(from..).unwrap_or_default();
    let from = from + rest.len() - rest.trim_start_matches(['.', ':', ' ']).len();
    let end = sentence_end(text, from);
    let said = text.get(from..end).unwrap_or_default();
    GOES_ON.find(said).map_or(end, |found| from + found.start())
}

/// Where the sentence that runs at this place ends.
fn sentence_end(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    rest.find(". ").or_else(|| rest.find(';')).map_or(text.len(), |at| from + at)
}

/// The place a line names.
fn place(text: &str) -> Option<String> {
    let found = PLACE.captures(text)?;
    let place = found.get(1).or_else(|| found.get(2))?.as_str();
    let place = STOP_PLACE.replace(place, "");
    let place = place.trim().trim_end_matches(['-', ':', '.']).trim();
    (!place.is_empty()).then(|| abbreviation::spell_out(place))
}

/// The association's name in a title line: what follows the kind of meeting, up to a bracket, a
/// date or a place.
pub fn body(title: &str) -> Option<String> {
    let title = title.trim_matches(['*', '=', '#', ' ']);
    if let Some(name) = before_title(title) {
        return Some(name);
    }
    let kind = TITLE.find(title)?;
    let rest = title[kind.end()..].trim_start_matches([' ', ':', '-', '–']);
    // « Réunion du conseil municipal de Sainte-Orlinde »
    let rest = TITLE.find(rest).map_or(rest, |again| rest[again.end()..].trim_start());
    let end = facts(rest).first().map_or(rest.len(), |f| f.span.start);
    let end = end.min(rest.find(['(', ',', ';', '–', '—']).unwrap_or(rest.len()));
    let end = end.min(rest.find(" - ").unwrap_or(rest.len()));
    let words: Vec<&str> = rest[..end]
        .split_whitespace()
        .filter(|w| {
            !matches!(fold(w).as_str(), "«" | "»" | "ordinaire" | "extraordinaire" | "annuelle")
        })
        .collect();
    let upper = words.iter().take_while(|w| w.chars().all(|c| !c.is_lowercase())).count();
    let words = if upper > 0 { &words[..upper] } else { &words[..] };
    let skipped = if upper > 0 {
        0
    } else {
        words
            .iter()
            .take_while(|w| {
                ["de", "du", "des", "la", "l'asso", "asso", "association"]
                    .contains(&fold(w).as_str())
            })
            .count()
    };
    let words = words.get(skipped..).unwrap_or_default();
    let last = words.iter().rposition(|w| !is_small(w));
    let words = words.get(..=last?).unwrap_or_default();
    if !words.iter().any(|w| w.chars().any(char::is_alphabetic)) {
        return None;
    }
    let name = words.iter().enumerate().map(|(i, w)| {
        if upper > 0 && w.len() > 1 { title_case(w, i > 0 && is_small(w)) } else { (*w).to_owned() }
    });
    Some(name.collect::<Vec<_>>().join(" "))
}

/// The name that stands before the kind of meeting: « Chorale du Lac - AG sam. 12/12 ».
fn before_title(text: &str) -> Option<String> {
    let (name, rest) =
        [" - ", " – ", " — ", " : "].iter().find_map(|dash| text.split_once(dash))?;
    let name = name.trim();
    let named = name.starts_with(char::is_uppercase)
        && name.split_whitespace().count() <= 7
        && !name.chars().any(|c| c.is_ascii_digit())
        && !TITLE.is_match(name)
        && TITLE.is_match(rest.trim_start());
    named.then(|| name.to_owned())
}

/// `L'ORLE` → `l'Orle`, `SENTIERS` → `Sentiers`.
fn title_case(word: &str, keep_lower: bool) -> String {
    let lower = word.to_lowercase();
    if keep_lower {
        return lower;
    }
    if let Some((article, noun)) = lower.split_once(['\'', '’']).filter(|(a, _)| a.len() == 1) {
        return format!("{article}’{}", title_case(noun, false));
    }
    // « BOURG-EN-PLAINE » is « Bourg-en-Plaine ».
    let parts = lower.split('-').enumerate().map(|(index, part)| {
        if index > 0 && is_small(part) { part.to_owned() } else { wording::capital(part) }
    });
    parts.collect::<Vec<_>>().join("-")
}

/// A word that keeps its small letter within a name.
fn is_small(word: &str) -> bool {
    const SMALL: [&str; 16] = [
        "de", "du", "des", "la", "le", "les", "et", "l", "d", "à", "au", "aux", "en", "sur",
        "sous", "lès",
    ];
    SMALL.contains(&word.to_lowercase().as_str())
}

/// « vendredi 16 octobre, à 20 h 30 », from « prochain CM ven 16 oct 20h30 ».
fn next_meeting(text: &str, meeting: Option<PartialDate>) -> String {
    let found = facts(text);
    let date = found.iter().find_map(|f| match &f.fact {
        Fact::Date(date) => Some(*date),
        _ => None,
    });
    let hour = found.iter().find_map(|f| match &f.fact {
        Fact::Hour(hour) => Some(hour.to_french()),
        _ => None,
    });
    let Some(date) = date else {
        static UNSET: LazyLock<Regex> = LazyLock::new(|| {
            pattern(r"(?i)^\W*(?:pas|non|à)\s+(?:encore\s+)?(?:d[ée]cid|fix|d[ée]termin)\w*\W*$")
        });
        let said = NEXT.replace(text, "").into_owned();
        return if UNSET.is_match(&said) {
            "date non fixée".to_owned()
        } else {
            expand_facts(&said)
        };
    };
    // The next meeting is the first day of that date after this one.
    let year = date.year.or_else(|| {
        let meeting = meeting?;
        let later = (date.month, date.day) < (meeting.month, meeting.day);
        meeting.year.map(|year| year + i16::from(later))
    });
    let dated = PartialDate { year, ..date };
    // A weekday that agrees with that year makes the year certain; one that does not goes.
    let date = match (date.weekday.is_some(), dated.wrong_weekday()) {
        (true, None) => dated,
        (true, Some(_)) => PartialDate { weekday: None, ..date },
        (false, _) => date,
    };
    let end = found.iter().map(|f| f.span.end).max().unwrap_or(text.len());
    let rest = text[end..].trim_matches([' ', ',', '.', '-']);
    let mut phrase = date.to_french();
    if let Some(hour) = hour {
        phrase.push_str(&format!(" à {hour}"));
    }
    if !rest.is_empty() {
        phrase.push_str(&format!(", {rest}"));
    }
    phrase
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_body_is_named_before_or_after_the_kind_of_meeting() {
        for (title, expected) in [
            ("Chorale du Lac - AG sam. 12/12/2026 - salle", Some("Chorale du Lac")),
            ("AG EXTRAORDINAIRE Les Amis du Lac (Vernes) — sam. 12/12", Some("Les Amis du Lac")),
            ("ag chorale du lac", Some("chorale du lac")),
            ("AG sam. 12/12/2026", None),
        ] {
            assert_eq!(body(title).as_deref(), expected, "{title}");
        }
    }

    /// Fields of an association's header: chair, secretary, convocation, closing hour, quorum base.
    fn read(line: &str) -> [String; 4] {
        let (office, notes) = (Office::default(), Notes::from_text(line).unwrap());
        let roster = Roster::new(&[]);
        let date = PartialDate::new(None, Some(23), 10, Some(2026));
        let mut header = Header::new(&office, &roster, date, &notes);
        let mut meeting = Meeting::empty(Kind::Association);
        header.read(1, &Piece { text: line, span: 0..line.len() }, &mut meeting);
        [meeting.chair, meeting.secretary, meeting.convocation, meeting.closed]
            .map(Option::unwrap_or_default)
    }

    #[test]
    fn lines_of_a_header_are_read_as_people_type_them() {
        for (line, expected) in [
            ("Ada préside, moi j'écris (Luc)", ["Ada", "Luc", "", ""]),
            ("c'est moi qui note : Luc Talmont", ["", "Luc Talmont", "", ""]),
            (
                "président Luc Talmont, secrétaire Ada Vernier, scrutateurs Ève Ostin et Zoé Roy",
                ["Luc Talmont", "Ada Vernier", "", ""],
            ),
            ("Convoc. : partie le 12/10", ["", "", "le 12 octobre 2026", ""]),
            ("fini vers midi moins le quart", ["", "", "", "11 h 45"]),
        ] {
            assert_eq!(read(line), expected, "{line}");
        }
    }

    #[test]
    fn the_next_meeting_has_no_wrong_weekday() {
        let meeting = PartialDate::new(None, Some(10), 11, Some(2026));
        for (text, expected) in [
            ("prochain CM jeudi 11 déc 19h30", "11 décembre à 19 h 30"),
            ("prochain CM vendredi 11 déc", "vendredi 11 décembre 2026"),
            ("prochain CM mardi 12 janvier", "mardi 12 janvier 2027"),
            ("rappel AG ordinaire sam 6 février 2027 15h ici", "samedi 6 février 2027 à 15 h, ici"),
            ("date du prochain conseil pas décidée", "date non fixée"),
        ] {
            assert_eq!(next_meeting(text, meeting), expected, "{text}");
        }
    }
}
