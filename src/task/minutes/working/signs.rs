//! What tells a decision from an opinion, a wish or an open question, in notes of a meeting.
//!
//! Only what is said to be decided is a decision. A conditional (« il faudrait »), an intention
//! (« à valider »), a memory (« on avait dit que ») or a question never is, whatever other word
//! stands beside it.

use std::sync::LazyLock;

use regex::Regex;

use super::verb;
use crate::reading::{pattern, words};

/// What a clause is, by its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sign {
    /// Decided: what, as a list of decisions says it.
    Decision(String),
    /// Left open.
    Open,
    /// Neither: it belongs to the account.
    Plain,
}

/// Who decides, in the words of notes.
const BODY: &str = r"(?:on|nous|tous|tout\s+le\s+monde|le\s+(?:bureau|ca|conseil|comit[ée]|groupe)|la\s+(?:commission|r[ée]union)|les\s+(?:membres|pr[ée]sents)|l['’](?:assembl[ée]e|[ée]quipe))";

/// Verbs by which a body decides, third person.
const VERBS: &str = "garde|gardons|prend|prenons|retient|retenons|choisit|choisissons|maintient|maintenons|annule|annulons|reconduit|reconduisons|supprime|supprimons|augmente|augmentons|baisse|ach[èe]te|achetons|commande|commandons|loue|louons|fixe|fixons|valide|validons|vote|votons|adopte|adoptons|d[ée]cide|d[ée]cidons|accepte|acceptons|refuse|refusons|renonce|abandonne|opte|confie|ferme|reporte|reportons|part\\s+sur|partons\\s+sur|reste\\s+sur|restons\\s+sur|arr[êe]te";

/// What only would be, was, or will perhaps be.
static NOT_YET: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)\b(?:il\s+)?faudrait\b | \b(?:ce\s+)?serai(?:t|ent)\b | \b(?:on|il|elle|nous)\s+pourrai(?:t|ons)\b | \bpourraient\b
          | \bdevrai(?:t|ons|ent)\b | \baimerai(?:t|s|ent)\b | \bvoudrai(?:t|s|ent)\b | \bproposerai(?:t|s)\b | \bpr[ée]f[ée]rerai(?:t|s)\b
          | \bpeut[-\s][êe]tre\b | \b[ée]ventuellement\b | \bpourquoi\s+pas\b | \bsi\s+possible\b
          | \b[àa]\s+(?:valider|d[ée]cider|voter|adopter|trancher|confirmer)\b
          | \b(?:pas|rien|jamais|ni)\s+(?:encore\s+)?(?:[ée]t[ée]\s+)?(?:d[ée]cid|valid|tranch|vot[ée]|arr[êe]t|act[ée]|adopt)
          | \bpas\s+(?:de|d['’])\s*(?:d[ée]cision|vote|accord)\b
          | \b(?:au|[àa]\s+la)\s+prochaine?\s+(?:coup|fois|r[ée]u\p{L}*|s[ée]ance|ca|bureau|conseil|ag)\b
          | \bavai(?:t|ent|ons|s)\b | \b[ée]tai(?:t|ent|ons)\b | \b(?:sera|seront)\s+(?:valid|vot|adopt|d[ée]cid|tranch|soumis)\w* | \bsi\s+(?:on|le|la|les|c['’]est)\b
          | \bimagin(?:e|ons|ez)\b | \bl['’]id[ée]e\s+(?:serait|c['’])",
    )
});

/// What was decided elsewhere or earlier.
static ELSEWHERE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)\b(?:l['’]an(?:n[ée]e)?\s+(?:derni(?:er|[èe]re)|pass[ée]e?)|la\s+derni[èe]re\s+fois|d[ée]j[àa])\b | (?:^|[\s,(])(?:en\s+(?:20\d\d|janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre)|(?:[àa]|lors\s+de)\s+la\s+derni[èe]re)\b
          | \bpar\s+(?:la|le|les|l['’])\s*(?:mairie|pr[ée]fecture|d[ée]partement|r[ée]gion|commune|conseil\s+municipal|[ée]tat|assurance|banque|f[ée]d[ée]ration|dsden|caf|comcom|communaut[ée]|maire)",
    )
});

/// Words that close a clause and say that it is settled.
static SETTLED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\s*(?:-{1,2}>|=>|→|,|:|;|–)\s*(?:[çc]a\s*,?\s+)?(?:oui\s*,?\s+)?(?:c['’]est\s+)?(?:act[ée]e?s?|d[ée]cid[ée]e?s?|valid[ée]e?s?|adopt[ée]e?s?|approuv[ée]e?s?|ok(?:\s+(?:tous|pour\s+tous|tout\s+le\s+monde|[àa]\s+l['’]unanimit[ée]))?|d['’]accord)\s*[.!]*\s*$|\s*\((?:d[ée]cision|d[ée]cid[ée]e?|valid[ée]e?|act[ée]e?|vot[ée]e?|ok)\)\s*$",
    )
});

/// What stays open.
static OPEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)\b[àa]\s+(?:revoir|rediscuter|discuter|trancher|d[ée]cider|voir|[ée]tudier|creuser|r[ée]fl[ée]chir|d[ée]finir|pr[ée]ciser|confirmer|valider|d[ée]battre|reprendre|approfondir|caler)\b
          | \b(?:pas|non|rien)\s+(?:encore\s+)?(?:de\s+)?(?:[ée]t[ée]\s+)?(?:tranch|d[ée]cid|d[ée]cision|valid|arr[êe]t[ée]|fix[ée]|consensus)\w*
          | \bon\s+(?:en\s+)?(?:reparle|verra|revoit|revient\s+dessus)\w* | \ben\s+reparle\w* | \b[àa]\s+en\s+reparler
          | \ben\s+suspens\b | \bpas\s+d['’]accord\b | \bd[ée]saccord\b | \bind[ée]cis\w* | \bpoint\s+ouvert\b
          | \bsans\s+(?:r[ée]ponse|d[ée]cision)\b | \breste\s+[àa]\s+\p{L}+ | \bon\s+ne\s+sait\s+pas\b | \bne\s+sait\s+pas\s+(?:encore|si)\b
          | \b(?:report[ée]e?s?|remis(?:e|es)?|renvoy[ée]e?s?)\s+(?:[àa]\s+)?(?:la\s+|au\s+|l['’])?(?:prochain\w*|plus\s+tard|fois|date)
          | \bd[ée]cisions?\s+report[ée]e?s? | (?:^|[^\d\s]\s*)(?:est\s+|sont\s+)?\b(?:report[ée]|ajourn[ée])e?s?\s*(?:$|[,;(]|(?:à|au|aux)\s) | \btbd\b | \barbitrage\b
          | \b(?:choisi\p{L}*|d[ée]cid\p{L}*|vot\p{L}*|valid\p{L}*|tranch\p{L}*|voi[tr]|verra|reprend\p{L}*|parle\p{L}*)\s+(?:[çc]a\s+|cela\s+)?(?:plus\s+tard|au\s+prochain|(?:[àa]\s+)?la\s+prochaine|une\s+autre\s+fois|ult[ée]rieurement|apr[èe]s\b|quand\b)
          | \bc['’]est\s+(?:le|la|l['’])\s*[^,;]{2,30}\bqui\s+(?:d[ée]cid|vot|tranch)\w* | \b(?:y|en)\s+r[ée]fl[ée]chir\b
          | \bpas\s+(?:de\s+)?r[ée]ponse\b | \ben\s+attente\b | \bon\s+attend\b | ^pas\s+d['’]avis\b",
    )
});

/// The sign of one clause.
pub fn read(clause: &str) -> Sign {
    let clause = clause.trim();
    if asks(clause) {
        return Sign::Open;
    }
    let not_yet = NOT_YET.is_match(clause);
    // « 2 300 €, l'an dernier 2 150 -> validé »: the end says that it is settled here.
    let settled = SETTLED.is_match(clause);
    words!(NOW, r"(?i)^(?:ok|d[ée]cid[ée]|tranch[ée]|act[ée])\s");
    if !not_yet
        && !OPEN.is_match(clause)
        && (settled || NOW.is_match(clause) || !ELSEWHERE.is_match(clause))
        && let Some(decision) = decision(clause)
    {
        return Sign::Decision(decision);
    }
    if OPEN.is_match(clause) { Sign::Open } else { Sign::Plain }
}

/// Whether the clause is told as what would be good, not as what is.
pub fn wishes(clause: &str) -> bool {
    NOT_YET.is_match(clause)
}

/// Whether the clause says in so many words that nothing is settled.
pub fn unsettled(clause: &str) -> bool {
    words!(
        UNSETTLED,
        r"(?i)\b(?:pas|non|rien)\s+(?:encore\s+)?(?:tranch|d[ée]cid)\w*|\bon\s+en\s+reparle\w*|\ben\s+suspens\b|\b[àa]\s+(?:revoir|rediscuter)\b"
    );
    UNSETTLED.is_match(clause)
}

/// Whether the clause tells what was decided earlier, or by somebody else.
pub fn elsewhere(clause: &str) -> bool {
    ELSEWHERE.is_match(clause)
}

/// A question that no answer follows on its line.
fn asks(clause: &str) -> bool {
    words!(ASKS, r"\?\s*\)?\s*$");
    ASKS.is_match(clause)
}

/// Whether an arrow leads to what the body then does: « louer 60 € => on loue ».
pub fn concludes(clause: &str) -> bool {
    static THEN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)(?:-{{1,2}}>|=>|→)\s*(?:donc\s+|du\s+coup\s+)?on\s+(?:en\s+|le\s+|la\s+|les\s+|l['’])?(?:{VERBS}|rach[èe]te)\b[^?]*$"
        ))
    });
    THEN.is_match(clause)
}

/// What the clause says was decided.
fn decision(clause: &str) -> Option<String> {
    static LEADS: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?ix)^(?:(?:donc|du\s+coup|alors|finalement|au\s+final|bon|voil[àa]|apr[èe]s\s+(?:discussion|[ée]changes?|d[ée]bat)|[àa]\s+l['’]issue\s+(?:de\s+la\s+discussion|du\s+d[ée]bat|des\s+[ée]changes))[\s,]+)*(?:
                (?:d[ée]cid[ée]|act[ée]|tranch[ée])\s+(?P<e>(?:\d|(?:une?|le|la|les)\s|l['’]).+)
              | ok\s+(?P<f>(?:essai|achat|location|vente|report|maintien|ouverture|fermeture|embauche|devis|budget|tarif|commande|r[ée]paration|inscription|participation)s?\b.+)
              | (?:d[ée]cisions?|d[ée]cid[ée]e?s?|valid[ée]e?s?|act[ée]e?s?|adopt[ée]e?s?|retenue?s?|vot[ée]e?s?|conclusion|accord|ok|d['’]accord)\s*(?:[:\-–=]+>?|->|\s+(?P<pour>pour|de|d['’]|que|qu['’]))\s*(?P<a>.+)
              | (?:c['’]est|il\s+est|il\s+a\s+[ée]t[ée]|est)\s+(?:d[ée]cid[ée]|convenu|act[ée]|valid[ée]|entendu)\s*(?P<link1>[:,]|de\s|d['’]|que\s|qu['’])\s*(?P<b>.+)
              | (?:ok|d['’]accord)\s*[,:]?\s+(?P<d>on\s+.+)
              | {BODY}\s+(?:a\s+|ont\s+|avons\s+|est\s+|sont\s+)?(?:finalement\s+|bien\s+)?(?:d[ée]cid(?:e|ent|[ée]e?s?|ons)\b|convenu\w*|convien\w+|tomb\w+\s+d['’]accord|se\s+met\w*\s+d['’]accord|d['’]accord)\s+(?:pour\s+)?(?P<link2>de\s|d['’]|que\s|qu['’]|pour\s|sur\s)?\s*(?P<c>.+)
            )$"
        ))
    });
    static ON: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?ix)^(?:(?:donc|du\s+coup|alors|finalement|au\s+final|bon|voil[àa])[\s,]+)*{BODY}\s+(?:(?P<ne>ne\s+|n['’])?(?P<verb>{VERBS})|(?:a|ont|avons)\s+(?P<past>valid[ée]|retenu|adopt[ée]|choisi|vot[ée]|annul[ée]|maintenu|refus[ée]|accept[ée]|fix[ée]|gard[ée]))\b(?P<rest>.*)$"
        ))
    });
    static DONE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?ix)(?:^|[\s,:(>–-])(?:est\s+|sont\s+|a\s+[ée]t[ée]\s+|ont\s+[ée]t[ée]\s+)?(?:(?:adopt|valid|vot|approuv|act|d[ée]cid)[ée]e?s?|(?:non\s+)?retenue?s?|(?:est|sont|[ée]t[ée])\s+arr[êe]t[ée]e?s?|[àa]\s+l['’]unanimit[ée]|d[ée]cision\s+prise|valid[ée]e?\s+par\s+tous|tous\s+d['’]accord|tout\s+le\s+monde\s+(?:est\s+)?(?:d['’]accord|ok)|tt\s+le\s+monde\s+(?:est\s+)?(?:d['’]accord|ok)|\(?[àa]?\s*(?:la\s+)?majorit[ée]|avis\s+(?:d[ée])?favorable\s+(?:pour|sur|au|aux|[àa])|c['’]est\s+(?:valid[ée]|ok|bon)|ok\s+(?:pour\s+tous|pour\s+tout\s+le\s+monde|de\s+tous)|accord\s+(?:de\s+tous|unanime|g[ée]n[ée]ral))(?:$|[\s,.:;)!(])",
        )
    });
    // What agrees at the end of a clause is said by the list of decisions itself.
    if let Some(mark) = SETTLED.find(clause)
        && !clause.to_lowercase().contains("demande")
    {
        let told = clause.get(..mark.start())?.trim();
        if told.split_whitespace().count() > 1 {
            return Some(on(told).unwrap_or_else(|| told.to_owned()));
        }
        return Some(clause.to_owned());
    }
    words!(FIXED, r"(?i)(?:^|:\s*|\s)fix[ée]e?s?\s+(?:au|[àa]|le)\s+\S");
    if concludes(clause) || FIXED.is_match(clause) {
        return Some(clause.to_owned());
    }
    words!(CHOSEN, r"(?i):\s*(?:choisie?s?|retenue?s?)\s+(?P<what>.+)$");
    words!(
        FATE,
        r"(?i):\s*(?:abandonn|annul|supprim|reconduit|maintenu|refus|accept)(?:[ée]e?s?|e?s?)\s*[.!]*$"
    );
    if FATE.is_match(clause) {
        return Some(clause.to_owned());
    }
    if let Some(found) = CHOSEN.captures(clause) {
        let at = found.get(0).map_or(0, |m| m.start());
        return Some(format!("{} : {}", clause.get(..at)?.trim(), &found["what"]));
    }
    words!(CHOICE, r"(?i)^(?:notre\s+)?choix\b\s*:");
    if CHOICE.is_match(clause) {
        return Some(clause.to_owned());
    }
    if let Some(found) = LEADS.captures(clause) {
        if let Some(found) = found.name("d") {
            let (verb, rest) = found.as_str().get(3..)?.trim().split_once(' ')?;
            let turned = verb::infinitive(verb).map(|verb| format!("{verb} {rest}"));
            return turned.or_else(|| Some(found.as_str().to_owned()));
        }
        let rest =
            ["a", "b", "c", "e", "f"].iter().find_map(|n| found.name(n)).map_or("", |m| m.as_str());
        return (rest.split_whitespace().count() > 0).then(|| rest.trim().to_owned());
    }
    // « sono : on garde la même »; that a person stands before the colon is for the caller to see.
    if let Some((label, rest)) = clause.split_once(" : ")
        && ON.is_match(rest)
        && let Some(decision) = decision(rest)
    {
        return Some(format!("{label} : {decision}"));
    }
    if let Some(found) = ON.captures(clause) {
        let rest = found["rest"].trim();
        let turned = match (found.name("verb"), found.name("past")) {
            (Some(verb), _) => worded(verb.as_str()),
            (None, Some(past)) => from_participle(past.as_str()),
            (None, None) => return None,
        };
        if found.name("ne").is_some() {
            let rest = rest.strip_prefix("pas").or_else(|| rest.strip_prefix("plus"))?.trim();
            return Some(format!("ne pas {turned} {rest}").trim_end().to_owned());
        }
        // « on vote en mars », « on arrête là » decide nothing of substance.
        let empty = rest.is_empty() || rest.starts_with("là") || rest.starts_with("la ");
        return if empty && !rest.starts_with("la ") {
            None
        } else {
            Some(format!("{turned} {rest}").trim_end().to_owned())
        };
    }
    DONE.is_match(clause).then(|| clause.to_owned())
}

/// « on participe pas » is « ne pas participer »; nothing where the verb is not certain.
pub fn on(clause: &str) -> Option<String> {
    words!(
        ON,
        r"(?i)^(?:donc\s+|finalement\s+)?on\s+(?P<ne>ne\s+|n['’])?(?P<en>en\s+)?(?P<verb>\p{L}+)\s+(?P<pas>pas\s+)?(?P<rest>.+)$"
    );
    let found = ON.captures(clause)?;
    let verb = verb::infinitive(&found["verb"])?;
    let not = found.name("pas").map_or("", |_| "ne pas ");
    let en = found.name("en").map_or("", |_| "en ");
    Some(format!("{not}{en}{verb} {}", &found["rest"]))
}

/// « validé » is « valider », « retenu » « retenir ».
fn from_participle(past: &str) -> String {
    let low = past.to_lowercase();
    if let Some(stem) = low.strip_suffix("tenu") {
        return format!("{stem}tenir");
    }
    match low.strip_suffix(['é', 'e']) {
        Some(stem) => format!("{stem}er"),
        None => format!("{low}r"),
    }
}

/// « garde » is « garder », « partons sur » is « retenir ».
fn worded(verb: &str) -> String {
    let low = verb.to_lowercase();
    if low.contains("sur") {
        return "retenir".to_owned();
    }
    if let Some(stem) = low.strip_suffix("issons") {
        return format!("{stem}ir");
    }
    if let Some((_, infinitive)) = [
        ("prenons", "prendre"),
        ("retenons", "retenir"),
        ("maintenons", "maintenir"),
        ("reconduisons", "reconduire"),
        ("arrete", "arrêter"),
        ("achete", "acheter"),
    ]
    .iter()
    .find(|(form, _)| *form == low)
    {
        return (*infinitive).to_owned();
    }
    if let Some(stem) = low.strip_suffix("ons") {
        return format!("{stem}er");
    }
    verb::infinitive(&low).unwrap_or(low)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_decided_is_a_decision() {
        let table = [
            ("décidé : fête le 12 juin", "fête le 12 juin"),
            ("on garde le barnum blanc", "garder le barnum blanc"),
            ("validé : budget 1200 €", "budget 1200 €"),
            ("ok pour 3 tables de plus", "3 tables de plus"),
            ("devis Lagadec retenu, 480 €", "devis Lagadec retenu, 480 €"),
            ("tarif 5 € adopté", "tarif 5 € adopté"),
            ("on part sur le 14 mars", "retenir le 14 mars"),
            ("on ne prend pas de DJ", "ne pas prendre de DJ"),
            ("nous avons décidé de fermer à 18 h", "fermer à 18 h"),
            ("il est décidé que la buvette ouvre à 10 h", "la buvette ouvre à 10 h"),
            ("le bureau valide le règlement", "valider le règlement"),
            ("donc on annule la brocante", "annuler la brocante"),
            ("on renonce au feu d'artifice", "renoncer au feu d'artifice"),
            ("tombola : tout le monde d'accord", "tombola : tout le monde d'accord"),
        ];
        for (clause, expected) in table {
            assert_eq!(read(clause), Sign::Decision(expected.into()), "{clause}");
        }
    }

    #[test]
    fn wishes_memories_and_plans_are_no_decisions() {
        for clause in [
            "il faudrait racheter des tables",
            "ce serait bien de garder le barnum",
            "on pourrait prendre un DJ",
            "on avait décidé de fermer",
            "budget voté par la mairie",
            "subvention votée en juin par le département",
            "Paul propose 12 €",
            "les bénévoles manquent",
            "on a reçu 3 devis",
            "règlement adopté l'an dernier",
            "peut-être qu'on garde le samedi",
        ] {
            assert_eq!(read(clause), Sign::Plain, "{clause}");
        }
    }

    #[test]
    fn what_is_not_settled_stays_open() {
        for clause in [
            "date à revoir",
            "prix du repas pas tranché",
            "on en reparle en mars",
            "qui tient la buvette ?",
            "sono : pas encore décidé",
            "tarif à valider au prochain CA",
            "choix du traiteur reporté à la prochaine réunion",
            "parking : en attente",
        ] {
            assert_eq!(read(clause), Sign::Open, "{clause}");
        }
    }
}
