//! What the speaker takes on: « je m'en occupe », « je vais relancer la mairie ».

use std::sync::LazyLock;

use regex::Regex;

use super::object::{addressed, cut, needed, pronoun_named, thing_asked};
use super::{CLITICS, Parts, Taken, due};
use crate::reading::{fold, pattern, words};
use crate::task::minutes::transcript::decide::{Answer, answer};
use crate::task::minutes::transcript::talk::Talk;
use crate::task::minutes::working::{action, signs, verb};

static FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)(?:^|[\s,;.])(?:je\s+|j['’]\s*)(?P<clitics>{CLITICS})(?P<verb>\p{{L}}+)\s*(?P<rest>.*)$"
    ))
});

/// « je m'en occupe », « j'appelle Zoé demain », « je vais relancer la mairie ».
pub(super) fn first(talk: &Talk<'_>, index: usize, text: &str, out: &mut Taken) -> Option<Parts> {
    if signs::wishes(text) {
        return None;
    }
    let found = FIRST.captures(text)?;
    let clitics = found["clitics"].to_lowercase();
    if clitics.contains("ne ") || clitics.contains("n'") || clitics.contains("n’") {
        return None;
    }
    let spoken = fold(&found["verb"]);
    let rest = found.name("rest").map_or("", |m| m.as_str());
    let asks = text.trim_end().ends_with('?');
    let who = talk.speaker(index).map(str::to_owned);
    let cares = ["occupe", "occuperai", "charge", "chargerai", "fais", "prends", "ferai"];
    words!(SOFT, r"(?i)^[\s,]*(?:disons|allez|mettons|donc|alors)[\s,]+");
    let soft = SOFT.replace(rest, "");
    let rest = soft.as_ref();
    let takes_it = (clitics.contains('m') && cares[..4].contains(&spoken.as_str()))
        || (clitics.contains('l')
            && cares[4..].contains(&spoken.as_str())
            && cut(rest).0.len() < 14);
    if takes_it && !asks {
        words!(
            DO,
            r"(?i)^de\s+(?P<clitic>les?|la|l['’])\s*(?P<inf>\p{L}+(?:er|ir|re))\b(?P<rest>.*)$"
        );
        // « la galette ! … je m'occupe de les acheter »
        if let Some(found) = DO.captures(rest.trim_end_matches('.')) {
            let (tail, when) = cut(&found["rest"]);
            let what = format!("{} {} {tail}", found["clitic"].trim(), &found["inf"]);
            return Some((who, pronoun_named(talk, index, what.trim()), when));
        }
        words!(OF, r"(?i)^(?P<of>d(?:e\s+la|es|u|e|['’])\s*.+)$");
        if let Some(of) = OF.captures(rest.trim_end_matches('.')) {
            let (of, when) = cut(&of["of"]);
            let inf = of.strip_prefix("de ").or_else(|| of.strip_prefix("d'"));
            let inf = inf.filter(|i| i.split(' ').next().is_some_and(verb::is_infinitive));
            let what = inf.map_or_else(|| format!("s’occuper {of}"), str::to_owned);
            return Some((who, what, when));
        }
        let (_, when) = cut(rest);
        let (what, needed) = needed(talk, index);
        let (what, needed) = match thing_asked(talk, index) {
            Some(thing) if what.contains("[À COMPLÉTER") => (thing, needed.or(when.clone())),
            _ => (what, needed),
        };
        // « je m'en occupe, je fais le courrier »: of what was asked, else what follows.
        words!(THEN, r"(?i)[,;]\s+(?P<then>(?:je\s|j['’]).+)$");
        if what.contains("[À COMPLÉTER")
            && let Some(then) = THEN.captures(rest)
            && let Some(found) = first(talk, index, &then["then"], out)
        {
            return Some(found);
        }
        return Some((who, what, when.or(needed)));
    }
    // « je vais appeler », « je peux m'occuper de », « je veux bien faire »
    let modal = ["vais", "peux", "veux", "dois", "devrai", "essaie", "pense", "compte"];
    let mut pronoun = String::new();
    let (infinitive, rest) = if modal.contains(&spoken.as_str()) {
        let rest = rest.trim_start_matches("bien ").trim_start_matches("juste ");
        words!(
            INF,
            r"(?i)^(?:(?:vous|te|lui|leur|le|la|les|en|y|me|de)\s+|[mdl]['’]\s*)*(?P<inf>\p{L}+(?:er|ir|re))\b\s*(?P<rest>.*)$"
        );
        let inner = INF.captures(rest)?;
        let before = rest.get(..inner.name("inf")?.start()).unwrap_or_default().to_lowercase();
        if ["la ", "le ", "les ", "l'", "l’"].iter().any(|c| before.ends_with(c)) {
            pronoun = before.rsplit(' ').find(|w| !w.is_empty()).unwrap_or_default().to_owned();
            if !pronoun.ends_with(['\'', '’']) {
                pronoun.push(' ');
            }
        }
        (inner["inf"].to_lowercase(), inner.name("rest").map_or("", |m| m.as_str()).to_owned())
    } else {
        let third = verb::third_person(&found["verb"]);
        (verb::infinitive(&third)?, rest.to_owned())
    };
    let (object, when) = cut(&rest);
    let state = [
        "être",
        "avoir",
        "penser",
        "croire",
        "trouver",
        "dire",
        "savoir",
        "vouloir",
        "arriver",
        "finir",
        "rester",
        "partir",
        "travailler",
        "aimer",
        "préférer",
        "proposer",
        "parler",
    ];
    let does =
        action::acts(&infinitive) || (when.is_some() && !state.contains(&infinitive.as_str()));
    if asks || !does {
        return None;
    }
    let future = spoken.ends_with("rai") || spoken == "vais";
    // « mon cousin joue, je lui demande »: to whom stands before.
    let asks_him = (clitics.contains("lui") || clitics.contains("leur")) && object.len() < 4;
    let asks_him = asks_him
        && ["demander", "redemander", "écrire", "téléphoner", "rappeler"]
            .contains(&infinitive.as_str());
    if asks_him {
        let before = text.get(..found.name("verb")?.start()).unwrap_or_default();
        words!(JE, r"(?i)[\s,;]*(?:je|j['’])\s+(?:lui|leur)\s+(?:en\s+)?$");
        let before = JE.replace(before, "");
        let pronoun = if clitics.contains("leur") { "leur" } else { "lui" };
        let told = before.trim_matches([' ', ',', '.']).to_owned();
        let told = if told.split_whitespace().count() > 2 {
            told
        } else {
            talk.sentences.get(index.checked_sub(1)?)?.text.trim_end_matches(['.', ' ']).to_owned()
        };
        return Some((who, format!("{pronoun} {infinitive} (« {told} »)"), when));
    }
    // « j'en demande un autre. — Avant le 26, alors. »
    let added = (index + 1..index + 3)
        .filter_map(|at| talk.sentences.get(at))
        .find_map(|s| due(&s.text).filter(|_| s.text.split_whitespace().count() <= 14));
    let when = when.or_else(|| added.filter(|_| !future && !state.contains(&infinitive.as_str())));
    let offered = ["peux", "veux"].contains(&spoken.as_str());
    let answered = answer(talk, index) == Answer::Yes;
    if !(future || when.is_some() || (offered && answered)) {
        if offered {
            out.unsure.push(index);
        }
        return None;
    }
    // « Je vais animer la réunion » is done at once.
    words!(
        NOW,
        r"(?i)\b(?:la\s+(?:r[ée]union|s[ée]ance)|ce\s+point|tour\s+de\s+table|l['’]ordre\s+du\s+jour)\b"
    );
    if NOW.is_match(&object) {
        return None;
    }
    words!(MINE, r"(?i)\b(mon|ma|mes)\s");
    let object = MINE.replace_all(&object, |found: &regex::Captures<'_>| {
        format!("s{} ", &found[1].to_lowercase()[1..])
    });
    if !pronoun.is_empty() {
        let title = talk.title(index).filter(|t| t.split(' ').count() <= 4);
        let of = title.map_or(String::new(), |t| format!(" ({})", t.to_lowercase()));
        return Some((
            who,
            format!("{pronoun}{infinitive} {object}").trim().to_owned() + &of,
            when,
        ));
    }
    // « j'en demande un autre »: of what stands before.
    if clitics.contains("en ") && (object.starts_with("un ") || object.starts_with("une ")) {
        let what = pronoun_named(talk, index, &format!("en {infinitive} {object}"));
        return Some((who, what, when));
    }
    let object = addressed(talk, index, &object, &clitics);
    Some((who, format!("{infinitive} {object}").trim().to_owned(), when))
}
