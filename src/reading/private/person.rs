//! What notes tell of somebody that is nobody else's business: debts, misfortunes, codes, the names
//! of children and of those who want none.

use std::ops::Range;

use super::Cut;
use super::errand::REMIND;
use super::units::{brackets, clauses, sentences};
use crate::reading::name::is_first_name;
use crate::reading::remark::{Remark, holds, holds_hard_fact};
use crate::reading::{fold, words};

// Somebody, by name, by kinship or by a pronoun.
words!(
    pub(super) WHO,
    r"(?i)\b(?:m\.|mr|mme|mlle|monsieur|madame|ma[iî]tre)\s+\p{L}{2,}|\b(?:la\s+famille|les\s+[ée]poux|les\s+consorts)\s+\p{L}{2,}|\b(?:le|la|les|l['’]|un|une|mon|ma|mes|son|sa|ses|leur|leurs|ton|ta|du|au)\s*(?:petite?s?\s+\p{Lu}|gamine?s?\b|gosses?\b|m[ôo]mes?\b|fils\b|filles?\b|mari\b|femme\b|[ée]pouse\b|[ée]poux\b|p[eè]re\b|m[eè]re\b|maman\b|papa\b|fr[eè]re\b|s[œo]e?ur\b|(?:belle|beau)s?[- ]\p{L}+|voisine?s?\b|dame\b|vieux\b|vieille\b|gars\b|conjointe?\b|compagne\b|compagnon\b|cousine?s?\b|oncle\b|tante\b|neveu\b|ni[eè]ce\b|copine?\b|copain\b|ex\b)|\b(?:il|elle|ils|elles|lui)\s|\b(?:c['’]est|c['’][ée]tait)\s+(?:le|la|les|l['’]|un|une|lui|elle)|\bqui\s+(?:a|est|ont|sont|boit|se)\b|\bje\b|\bj['’]"
);
// Money that a private person owes.
words!(
    OWES,
    r"(?i)\b(?:la\s+famille|les\s+[ée]poux|les\s+consorts|m\.|mr|mme|mlle|monsieur|madame|il|elle|(?:le|la|son|sa)\s+(?:p[eè]re|m[eè]re|fils|fille|mari|femme|dame|voisine?|petite?))\b[^.;]{0,90}?\b(?:(?:nous\s+)?(?:doit|doivent|devait)\s+(?:encore\s+|toujours\s+|d[ée]j[àa]\s+)?(?:\d[\d\s.,]*(?:€|euros?)|(?:\p{L}+[- ]){1,3}euros|de\s+l['’]argent|[\p{L}\d]+\s+mois\s+de\s+\p{L}+)|n['’]\s?(?:a|ont)\s+(?:toujours\s+|encore\s+)?(?:pas|jamais|rien)\s+(?:encore\s+)?(?:pay|r[ée]gl|rembours)[ée]\p{L}*|a\s+(?:laiss[ée]\s+)?une\s+ardoise|(?:ne\s+)?paie(?:nt)?\s+(?:pas|jamais))"
);
// What befell somebody named.
words!(
    VICTIM,
    r"(?i)\b(?:m\.|mr|mme|mlle|monsieur|madame|la\s+famille|les\s+[ée]poux)\s+\p{L}+[^.;]{0,30}?\b(?:s['’]\s?est\s+fait\s+(?:voler|arnaquer|escroquer|agresser|cambrioler|avoir|quitter|virer)|(?:a|ont)\s+[ée]t[ée]\s+(?:cambriol|agress|escroqu|arnaqu|expuls|licenci)\p{L}+|a\s+perdu\s+(?:sa|son)\s+(?:mari|femme|p[eè]re|m[eè]re|fils|fille|permis|emploi|travail)|touche\s+(?:le\s+rsa|l['’]aah|des\s+aides)|est\s+(?:au\s+rsa|au\s+ch[ôo]mage|aux?\s+(?:prud['’]?hommes?)))"
);
// A word or a number that opens something.
words!(
    CODE,
    r"(?i)\b(?:mdp|mots?\s+de\s+passe|digicode|code\s+pin|code\s+(?:wi-?fi|alarme|portail|porte|secret|d['’](?:acc[eè]s|entr[ée]e)|du\s+(?:portail|wi-?fi|cadenas|coffre|digicode)|de\s+(?:la\s+(?:porte|bo[iî]te|salle|grille)|l['’](?:alarme|entr[ée]e|ordi\p{L}*|armoire)|service))|identifiants?)\b[^.;()\n]{0,40}?(?:[\s:=]|est\s+)(?P<value>[^\s,;()€]*\d[^\s,;()€]*)(?P<unit>\s*(?:€|euros?\b|h\b|heures?|fois|jours?|mois|personnes?|b[ée]n[ée]voles?|adjoints?|agents?|\p{L}*janv|f[ée]v|mars|avr|mai|juin|juil|ao[uû]|sept|oct|nov|d[ée]c)\p{L}*)?"
);
// Somebody who gives and wants no name: « don de X, qui veut rester anonyme ».
words!(
    ANONYMOUS,
    r"(?i)\b(?P<prep>de\s+la\s+part\s+de\s+|de\s+|d['’]|par\s+)(?P<who>(?:m\.|mr|mme|mlle|monsieur|madame|la\s+famille|les\s+[ée]poux)\s+[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+)?|\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+)?)\s*[,(–-]?\s*(?:(?:qui|mais|elle|il)\s+)*(?:ne\s+|n['’]\s?)?(?:(?:veu[tx]|souhaite|d[ée]sire|tient|pr[ée]f[eè]re|demande|entend)\s+(?:absolument\s+|surtout\s+|bien\s+|[àa]\s+)*(?:rester\s+(?:anonyme|discr[eè]te?|dans\s+l['’]ombre)|(?:garder\s+)?l['’]anonymat)|(?:veut|souhaite)\s+pas\s+(?:[êe]tre\s+(?:nomm|cit)\p{L}+|que\s+son\s+nom\s+\p{L}+|qu['’]on\s+(?:le|la)\s+(?:nomme|cite)|appara[iî]tre))\)?"
);
// A child with its age.
words!(
    CHILD,
    r"(?P<name>\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?(?:\s+\p{Lu}[\p{L}'’-]+){0,2})\s*[,(]?\s*(?P<age>\d{1,2})\s*ans\b\)?"
);
words!(
    LITTLE,
    r"(?P<lead>\b(?:[Ll]e|[Ll]a|[Dd]u|[Dd]e\s+la|[Aa]u|[ÀàAa]\s+la)\s+[Pp]etite?)\s+(?P<first>\p{Lu}[\p{Ll}-]+)(?:\s+\p{Lu}[\p{L}'’-]+)?"
);

// « …, pas son nom dans le CR »: what is told stays, without the name.
words!(
    NAMELESS,
    r"(?i)[\s,;.(–-]*(?:->\s*)?\b(?:(?:ne\s+)?(?:surtout\s+)?pas\s+(?:(?:mettre|noter|donner|citer|[ée]crire)\s+)?|sans\s+(?:mettre\s+|donner\s+|citer\s+)?)(?:son|leur|le|les|ses|leurs)\s+noms?\b(?:\s+(?:dans|au|sur)\s+(?:le\s+|la\s+|l['’]\s?)?(?:cr|pv|compte[- ]rendu|proc[eè]s[- ]verbal|document|papier|affiche))?\s*[!.)]*"
);
words!(
    SOMEBODY,
    r"\b(?P<civ>M\.|Mr|Mme|Mlle|Monsieur|Madame|m\.|mr|mme|mlle|monsieur|madame|[Ll]a\s+famille)\s+(?P<name>\p{L}[\p{L}'’-]+(?:[ -]\p{Lu}[\p{L}'’-]+){0,2})(?:\s*\((?P<of>[^()]*)\))?"
);
// Who lives on what: nobody else's business.
words!(
    LIVES_ON,
    r"(?i)[\s,;–-]*\b(?:(?:il|elle)\s+(?:est|vit|n['’]a\s+que|touche|per[çc]oit|a)\s+|(?:est|vit|touche)\s+|qui\s+(?:est|vit|touche)\s+)(?:(?:seule?|juste)\s+)?(?:au|avec\s+(?:le|la|les)|sur|de|le|la|les|une?|des|d['’])?\s*(?:minimum\s+vieillesse|rsa\b|aah\b|petite\s+retraite|aides?\s+sociales?|minima\s+sociaux|ch[ôo]mage\b)"
);

// What is eaten once all is said.
words!(
    TREATS,
    r"(?i)(?:,|\bet\b)?\s*\bon\s+(?:mange|boit|trinque|grignote|va\s+(?:boire|manger))\s+(?:ensemble\s+)?(?:(?:la|le|les|du|de\s+la|des|une?)\s+|l['’]|[àa]\s+)(?:petite?s?\s+|bonn?e?s?\s+)?\p{L}+(?:\s+(?:de|du|aux?|[àa]\s+la)\s+\p{L}+){0,2}\s*[.!]*\s*$"
);

/// What a line tells of people that goes with its sentence, and names that go alone.
pub(super) fn cuts(text: &str) -> Vec<Cut> {
    let mut cuts = Vec::new();
    let all = sentences(text);
    for pattern in [&*OWES, &*VICTIM] {
        for found in pattern.find_iter(text) {
            let place = whole(text, &all, &found.range());
            cuts.push(Cut { place, kind: Remark::Health, instead: None });
        }
    }
    cuts.extend(codes(text, &all));
    cuts.extend(nameless(text));
    cuts.extend(reasons(text, &all));
    cuts.extend(ANONYMOUS.captures_iter(text).filter_map(|found| {
        let place = found.get(0)?.range();
        let prep = fold(found.name("prep")?.as_str());
        let nobody = if prep.starts_with("par") {
            "par une personne qui reste anonyme"
        } else {
            "d’une personne qui reste anonyme"
        };
        Some(Cut { place, kind: Remark::Private, instead: Some(nobody) })
    }));
    cuts.extend(CHILD.captures_iter(text).filter_map(|found| {
        let age: u8 = found["age"].parse().ok()?;
        let name = found.name("name")?;
        let first = name.as_str().split([' ', '-']).next()?;
        let child = (1..18).contains(&age) && is_first_name(&fold(first));
        let inner = |c: char| c.is_alphanumeric() || c == ',';
        let follows = text.get(..name.start())?.trim_end().ends_with(inner);
        let instead = if follows { "un jeune" } else { "Un jeune" };
        child.then(|| Cut { place: name.range(), kind: Remark::Health, instead: Some(instead) })
    }));
    cuts.extend(LITTLE.captures_iter(text).filter_map(|found| {
        let known = is_first_name(&fold(&found["first"]));
        let lead = fold(&found["lead"]);
        let instead = match lead.split_whitespace().collect::<Vec<_>>().as_slice() {
            ["le", _] => "un enfant",
            ["la", _] => "une enfant",
            ["du", _] => "d’un enfant",
            ["de", ..] => "d’une enfant",
            ["au", _] => "à un enfant",
            _ => "à une enfant",
        };
        let place = found.get(0)?.range();
        known.then_some(Cut { place, kind: Remark::Health, instead: Some(instead) })
    }));
    cuts
}

/// What is eaten and drunk once all is said.
pub(super) fn treats(text: &str) -> Option<Cut> {
    let found = TREATS.find(text).filter(|found| !holds_hard_fact(found.as_str()))?;
    Some(Cut { place: found.range(), kind: Remark::Gossip, instead: None })
}

/// « Luc a été opéré donc c'est Ada qui ouvre samedi 4 mai », « Luc part à 20 h : son fils est malade »:
/// why goes, what follows from it stays.
fn reasons(text: &str, all: &[Range<usize>]) -> Vec<Cut> {
    words!(
        BECAUSE,
        r"(?i)\s*(?:[:;–]|\s-)\s+|[\s,]+(?:car|parce\s+qu(?:e\s|['’])|vu\s+qu(?:e\s|['’])|[àa]\s+cause\s+d[eu]?\s)\s*"
    );
    words!(
        MOVES,
        r"(?i)\b(?:quitt|part(?:ie?s?|ent|ir)?\b|arriv|excus|absent|retir|remplac|d[ée]mission)"
    );
    let after = all.iter().filter_map(|sentence| {
        let said = text.get(sentence.clone())?;
        let link = BECAUSE.find(said)?;
        let (told, why) = (said.get(..link.start())?, said.get(link.end()..)?);
        let matter = holds_hard_fact(told) || MOVES.is_match(told);
        let private = holds(why, Remark::Health) && !holds(told, Remark::Health);
        let end = sentence.start + said.trim_end().len();
        (private && matter && !holds_hard_fact(why) && told.split_whitespace().count() > 2).then(
            || Cut {
                place: sentence.start + link.start()..end,
                kind: Remark::Health,
                instead: None,
            },
        )
    });
    words!(
        THEREFORE,
        r"(?i)[\s,;–-]+(?:donc|du\s+coup|alors|c['’ ]est\s+pourquoi)\s*,?\s+(?:c['’ ]est\s+)?"
    );
    let before = all.iter().filter_map(|sentence| {
        let said = text.get(sentence.clone())?;
        let link = THEREFORE.find(said)?;
        let (why, so) = (said.get(..link.start())?, said.get(link.end()..)?);
        let private = holds(why, Remark::Health) && !holds(so, Remark::Health);
        (private && holds_hard_fact(so) && !holds_hard_fact(why)).then(|| {
            let lead = why.len() - why.trim_start_matches(['-', '•', '*', ' ', '\t']).len();
            let place = sentence.start + lead..sentence.start + link.end();
            Cut { place, kind: Remark::Health, instead: None }
        })
    });
    before.chain(after).collect()
}

/// Somebody without a name, where the notes ask for it or tell what they live on; what is said of
/// them in brackets goes with the name.
fn nameless(text: &str) -> Vec<Cut> {
    let mut cuts: Vec<Cut> = Vec::new();
    let mut add = |place: Range<usize>, kind, instead| cuts.push(Cut { place, kind, instead });
    let asked: Vec<Range<usize>> = NAMELESS.find_iter(text).map(|m| m.range()).collect();
    let told: Vec<Range<usize>> = LIVES_ON.find_iter(text).map(|m| m.range()).collect();
    // A member who is told so is named all the same: only whom a civility names is a stranger.
    let people: Vec<_> = SOMEBODY.captures_iter(text).collect();
    if people.is_empty() || asked.is_empty() && told.is_empty() {
        return cuts;
    }
    for place in asked {
        add(place, Remark::Private, None);
    }
    for place in told {
        add(place, Remark::Health, None);
    }
    for found in people {
        let Some(place) = found.get(0).map(|m| m.range()) else { continue };
        // What stands in the place of a name is no longer than it.
        let somebody = match fold(&found["civ"]).as_str() {
            civ if civ.ends_with("famille") => "une famille",
            _ if place.len() >= "une personne".len() => "une personne",
            "mme" | "mlle" | "madame" => "une dame",
            _ => "un homme",
        };
        add(place, Remark::Private, Some(somebody));
    }
    cuts
}

/// The sentence around a place, or the brackets it stands in.
fn whole(text: &str, all: &[Range<usize>], place: &Range<usize>) -> Range<usize> {
    brackets(text, place)
        .or_else(|| all.iter().find(|s| s.contains(&place.start)).cloned())
        .unwrap_or_else(|| place.clone())
}

/// Clauses that give a password or the code of a door away.
fn codes(text: &str, all: &[Range<usize>]) -> Vec<Cut> {
    let mut cuts = Vec::new();
    for found in CODE.captures_iter(text) {
        let Some(place) = found.get(0).map(|m| m.range()) else { continue };
        let value = found.name("value").map_or("", |m| m.as_str());
        if found.name("unit").is_some() || value.chars().filter(|c| c.is_alphanumeric()).count() < 4
        {
            continue;
        }
        let clause = brackets(text, &place).or_else(|| {
            let sentence = all.iter().find(|s| s.contains(&place.start))?;
            let parts = clauses(text, sentence);
            let from = parts.iter().find(|p| p.contains(&place.start))?.start;
            let to = parts.iter().find(|p| p.contains(&(place.end - 1)))?.end;
            Some(from..to)
        });
        let place = clause.unwrap_or(place);
        cuts.push(Cut { place, kind: Remark::Internal, instead: None });
    }
    cuts
}

// What is said around a meeting and not in it.
words!(
    SMALL_TALK,
    r"(?i)\b(?:mes|tes|ses|ma|mon|ton|ta)\s+(?:lunettes|manteau|veste|[ée]charpe|parapluie|t[ée]l[ée]phone|portable|sac|casquette|stylo|tasse|verre|cigarettes?|doudoune|gants)\b|\by\s*(?:a|aura|aurait)\s+(?:encore\s+)?(?:du|de\s+la|des|un|une)\s+(?:petite?\s+)?(?:vin|caf[ée]|th[ée]|bi[eè]re|ap[ée]ro|g[âa]teaux?|cr[eê]pes?|tarte|chocolat|cidre)\b[^.]*\?|\b(?:qui|quelqu['’]un)\s+(?:veut|reprend|reveut)\s+(?:encore\s+)?(?:un|une|du|de\s+la|des)\s|\battention\b[^.]*\b[çc]a\s+gliss\p{L}+|\b(?:il\s+fait|[çc]a)\s+(?:froid|chaud|caille)\s+(?:ici|ce\s+soir|l[àa]-dedans|non)\b|\bon\s+(?:g[eè]le|cuit|se\s+les\s+g[eè]le)\b|^\W*(?:allez,?\s+)?bonne\s+(?:soir[ée]e|nuit|route)\b|\brentrez\s+bien\b|\bva\s+pas\s+(?:s['’]acheter|se\s+payer|partir|rouler|finir)\b[^.]*\b(?:yacht|ferrari|rolls|porsche|ch[âa]teau|jacuzzi|bahamas|seychelles|tahiti|millionnaires?|limousine|h[ée]licopt[eè]re)\b"
);

/// Why a sentence said aloud is no matter of the meeting, if so.
pub fn spoken(said: &str) -> Option<Remark> {
    if OWES.is_match(said) || VICTIM.is_match(said) {
        return Some(Remark::Health);
    }
    let talk = SMALL_TALK.is_match(said) || REMIND.is_match(said);
    (talk && !holds_hard_fact(said)).then_some(Remark::Gossip)
}
