//! What notes for a poster hold that the public is not told: the writer's own voice, tasks of the
//! organisers, words to the designer, politics, how the news came in.

use crate::french;
use crate::reading::name::is_first_name;
use crate::reading::remark::{self, Remark};
use crate::reading::{Fact, facts, fold, words};

/// What a clause is when it is not for the public.
pub(super) fn kind(clause: &str) -> Option<Remark> {
    let clause = clause.trim();
    if POLITICS.is_match(clause) {
        return Some(Remark::Promotion);
    }
    if RANKED.is_match(clause) {
        return Some(Remark::Promotion);
    }
    if DESIGNER.is_match(clause) {
        return Some(Remark::Instruction);
    }
    let told = REFUSED_NUMBER.is_match(clause)
        || WRITER.is_match(clause)
        || PAST_OF.is_match(clause)
        || HOW_KNOWN.is_match(clause)
        || (BACKSTAGE.is_match(clause) && !FETCHED.is_match(clause))
        || (TASK.is_match(clause) && !can_be_reached(clause))
        || HURT.is_match(clause) && !remark::holds_hard_fact(clause)
        || BUSY_PLACE.is_match(clause)
        || DENIED.is_match(clause)
        || LAST_TIME.is_match(clause) && !remark::holds_hard_fact(clause)
        || helps(clause)
        || (ANSWER.is_match(clause) && !remark::holds_hard_fact(clause))
        || (OF_A_PERSON.is_match(clause) && !remark::holds_hard_fact(clause));
    told.then_some(Remark::Internal)
}

/// The line in which only what the public is told is left, and what was taken out of it.
///
/// What follows a first clause that goes says more of the same, unless it holds a date, a price
/// or a number to call.
pub(super) fn sift(line: &str) -> (String, Vec<(Remark, String)>) {
    let clauses = remark::clauses(line);
    let mut dropped: Vec<(Remark, String)> = Vec::new();
    let mut kept: Vec<&str> = Vec::new();
    for clause in clauses {
        let own = kind(clause);
        let follows = dropped.first().filter(|_| kept.is_empty()).map(|(kind, _)| *kind);
        let another = OF_ITS_OWN.is_match(clause.trim());
        match own.or(follows.filter(|_| !another && !remark::holds_hard_fact(clause))) {
            Some(kind) => match dropped.last_mut() {
                Some((last, text)) if *last == kind => {
                    text.push(',');
                    text.push_str(clause);
                }
                _ => dropped.push((kind, clause.trim().to_owned())),
            },
            None => kept.push(clause),
        }
    }
    // An opinion of the writer on what stands before it takes that with it: « tuyau de 1970, on
    // aurait dû le changer ».
    let opinion = dropped.iter().any(|(_, text)| OPINION.is_match(text) || PAST_OF.is_match(text));
    if opinion && kept.iter().all(|clause| !remark::holds_hard_fact(clause)) {
        dropped.extend(kept.drain(..).map(|clause| (Remark::Internal, clause.trim().to_owned())));
    }
    (kept.join(",").trim().to_owned(), dropped)
}

/// What somebody answered in a chat without the words that only answer: « oui ! c'est à 9 h ».
pub(super) fn answered(line: &str) -> &str {
    let marks = |c: char| !(c.is_alphanumeric() || "([{«\"“'+€*->=".contains(c));
    let line = line.trim_start_matches(marks);
    let rest = YES.find(line).and_then(|yes| line.get(yes.end()..)).unwrap_or(line);
    // « ok. donc salle bleue » corrects what was said.
    let goes_on = rest.to_lowercase().starts_with("donc ");
    if rest.contains(char::is_alphanumeric) && !goes_on { rest } else { line }
}

/// « slogan du maire -> non, enlever »: what the notes themselves take back.
pub(super) fn is_rejected(line: &str) -> bool {
    REJECTED.is_match(line)
}

/// « Odile voudrait "le plus bel été" »: words that one of the organisers would like to read.
pub(super) fn is_of_the_house(line: &str) -> bool {
    words!(
        WOULD_LIKE,
        r#"^\W*(?:(?:[Ll]e |[Ll]a |[Ll]['’])?\p{L}[\p{L}-]*|(?:M\.|Mme) \p{Lu}[\p{L}-]+) (?:veut|voudrait|aimerait|propose|souhaite(?:rait)?|demande|insiste pour|tient [àa])\b[^"«“]{0,30}["«“]"#
    );
    WOULD_LIKE.is_match(line)
}

/// Whether somebody called by a first name sees to something: « José apporte les tréteaux ».
fn helps(clause: &str) -> bool {
    let found = HELPS.captures(clause);
    let acts = |verb: &str| {
        !PERFORMS.is_match(verb)
            && french::readings(verb).iter().any(|form| form.class == french::Class::Finite)
    };
    found.is_some_and(|found| is_first_name(&fold(&found["who"])) && acts(&found["verb"]))
        && !remark::holds_hard_fact(clause)
}

/// Takes out a mark that the writer insists: « bien le dire »; whether there was one.
pub(super) fn emphasis(line: &mut String) -> bool {
    let bare = EMPHASIS.replace_all(line, "").trim().to_owned();
    let insists = bare != *line && !bare.is_empty();
    if insists {
        *line = bare;
    }
    insists
}

/// « ajouter que la buvette est couverte »: what is to be said, without the order to say it.
pub(super) fn without_order(line: &str) -> &str {
    TO_SAY.find(line).and_then(|order| line.get(order.end()..)).unwrap_or(line)
}

fn can_be_reached(clause: &str) -> bool {
    facts(clause).iter().any(|f| matches!(f.fact, Fact::Phone(_) | Fact::Email(_)))
}

words!(
    POLITICS,
    r"(?i)\b(?:la majorit[ée]|opposants?|l['’]opposition|promesses?|[ée]lections?|programme [ée]lectoral|l['’][ée]quipe en place)\b"
);
words!(
    DESIGNER,
    r"(?i)^(?:(?:[àa] )?affich(?:er|age|ée?s?) (?:d[èe]s|[àa] partir|du|avant|vers|jusqu|le|la semaine)\b|(?:public|gens|lecteurs?) (?:plut[ôo]t )?[âa]g[ée]e?s?\b|(?:en |le |la |un )?(?:fond|dessins?$|dessin (?:de|du|en|d['’])|gros titre|titre en|police|couleurs?|image)\b|(?:en )?(?:format )?A[345]\b|que [çc]a se (?:voi[et]|lise)|[àa] (?:l['’]italienne|la fran[çc]aise)|(?:en )?(?:gros|gras|rouge|bleu|jaune|vert)\b.{0,20}$)|^\p{L}+ en gros\b|\b(?:en|au)[- ]dessous$|^pas de (?:pub|publicit[ée])\b|\blogos?\b|^(?:sponsors?|partenaires?|m[ée]c[èe]nes?)\s+en bas\b|^(?:gros|grands) caract[èe]res\b"
);
words!(
    WRITER,
    r"(?i)(?:^|[\s(])(?:j['’]\p{L}|je\b|moi\b|m['’](?:a|ont|en)\b)|\bon (?:esp[èe]re|pense|croit|n[ée]gocie|verra|sait|s['’]occupe)\b|\baurai(?:t|ent) d[ûu]\b|\baurait fallu\b"
);
words!(OPINION, r"(?i)\baurai(?:t|ent) d[ûu]\b|\baurait fallu\b");
words!(
    HOW_KNOWN,
    r"(?i)^(?:appel|coup de fil|coup de t[ée]l\w*|mails?|message|sms|texto) (?:de|du|d['’]|reçu)|\b(?:il|elle) (?:me |nous )?(?:rappelle|a (?:r[ée])?appel[ée]|confirme)\b|\b(?:ce matin|hier(?: soir)?|tout [àa] l['’]heure)$"
);
words!(
    BACKSTAGE,
    r"(?i)\((?:en )?interne\)|^interne\s*:|^(?:le )?(?:budget|co[ûu]t|devis|facture|stock)\b|^(?:montage|d[ée]montage|rangement|pr[ée]paration|r[ée]p[ée]tition|r[ée]union (?:de pr[ée]paration|des? b[ée]n[ée]voles|du bureau))\b|\btous les b[ée]n[ée]voles\b|^(?:rdv|rendez-vous) (?:des )?b[ée]n[ée]voles\b|^(?:pour )?(?:les )?b[ée]n[ée]voles?\s*:|\b(?:pompiers|gendarmes|gendarmerie|samu|police|voisins|secours|mairie) (?:est |sont |d[ée]j[àa] )*(?:pr[ée]venu|averti|au courant)|\b(?:celui|celle|ceux) qui (?:(?:ne )?vien\w+ pas)\b|\bchez moi\b|^(?:les? |la )?cl[ée]s? (?:d|chez|pour)|\b[àa] rendre (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|le|avant|[àa])\b|^[àa] (?:enlever|retirer|d[ée]coller|coller|distribuer|imprimer|poser|plastifier)\b"
);
// « à retirer à l'accueil » is told to those who come for it.
words!(
    FETCHED,
    r"(?i)^[àa] retirer\b.*\b(?:aupr[èe]s|accueil|mairie|secr[ée]tariat|guichet|chez|office)\b"
);
words!(
    TASK,
    r"(?i)^(?:faut |il faut |faudra |penser [àa] )?(?:demander|mettre|rajouter|ajouter|pr[ée]voir|commander|v[ée]rifier|imprimer|relancer|acheter|louer|coller|afficher|enlever|d[ée]coller|distribuer|insister|agrandir|remplacer|plastifier|virer|surveiller|tondre|nettoyer|balayer|ranger|appeler|rappeler|payer|r[ée]gler|r[ée]cup[ée]rer|ramener|emprunter|brancher|installer|pr[ée]venir|convoquer|trouver|choisir|confirmer|r[ée]partir)\b|^penser [àa]\b|^voir (?:avec|si)\b"
);
words!(
    OF_A_PERSON,
    r"^(?:[Mm]\.?|[Mm]r|[Mm]me|[Mm]lle|[Mm]onsieur|[Mm]adame) \p{Lu}[\p{L}-]+ (?:[\p{L}\d'’-]+ ){0,4}?(?:est|a|va|veut|doit|vient|ne|n['’]\p{L}+|peut|dit|trouve)\b"
);
// « la plus dure du canton », « le plus chic du coin ».
words!(
    RANKED,
    r"(?i)\b(?:l[ea]s? )(?:\p{L}+ )?(?:l[ea]s? )?plus \p{L}+(?: \p{L}+)? (?:de (?:la |l['’]|toute la )|du |des |d['’])\s*(?:r[ée]gion|canton|d[ée]partement|pays|monde|coin|secteur|vall[ée]e|plateau|c[ôo]te|[îi]le|bassin|ann[ée]e|saison|si[èe]cle|environs|alentours|france)\b"
);
words!(
    BUSY_PLACE,
    r"(?i)^(?:mais |car |que )?(?:la |le |l['’])(?:salle|place|cour|halle|gymnase|stade|foyer|parc|terrain|[ée]glise|[ée]cole)\b[^,;:]{0,30}\b(?:est|sera|n['’]est) (?:d[ée]j[àa] )?(?:prise?|en travaux|r[ée]serv[ée]e?|occup[ée]e?|inond[ée]e?|plus libre|pas libre|indisponible)\b"
);
words!(
    LAST_TIME,
    r"(?i)^(?:pas |ni )?(?:l['’]an(?:n[ée]e)? (?:dernier|derni[èe]re|pass[ée]e?)|la derni[èe]re fois|l['’]autre fois)\b|\bl['’]an(?:n[ée]e)? (?:dernier|derni[èe]re|pass[ée]e?)$|\bnous (?:a|ont|avait|avaient|met|mettent)\b"
);
words!(
    HELPS,
    r"(?i)^(?:et |mais |c['’]est )?(?P<who>\p{L}[\p{L}-]+) (?:(?:qui|ne|n['’]|se|s['’]|y|en|l['’]|l[ea]s?) ?)*(?P<verb>\p{L}+)\b"
);
// What somebody does that people come for.
words!(
    PERFORMS,
    r"(?i)^(?:racont|chant|jou|li[st]|lir|anim|pr[ée]sent|d[ée]dica|expos|d[ée]montr|cont|initi|accompagn|re[çc]oi|fait|guid|interpr[èe]t|danse|parl|expliqu|montr|commente|tourn|offr|attend)"
);
words!(
    HURT,
    r"(?i)\bs['’ ]?(?:est|[ée]tait|[ée]taient|sont) (?:fait (?:\p{L}+er|mal|mordre|avoir)|bless|cass[ée]|foul[ée]|tordu)|\best tomb[ée]e?\b"
);
// « ascenseur non », « navette non »
words!(DENIED, r"(?i)^(?:\p{L}+ ){1,3}non$");
words!(
    PAST_OF,
    r"(?i)^(?:il|elle)s? (?:(?:n['’]|en )?(?:avai(?:t|ent)|[ée]tai(?:t|ent))|a (?:trop|encore|mal))\b"
);
words!(ANSWER, r"(?i)^(?:non|nan|mouais|si si|ah bon|bof)\b");
words!(
    YES,
    r"(?i)^(?:(?:oui|ouais|super|parfait|merci|mdr|lol|voil[àa]|exact|ok|d['’]accord)\b(?:\s*[,.!…:)]+\s*|$)|(?:oui|ouais)\s+)"
);
words!(
    REJECTED,
    r"(?i)^\W*\p{L}[^>→]*(?:->|=>|→)\s*(?:bof\b|mouais\b|pas convaincu|(?-i:\p{Lu})\p{L}+ )?(?:(?:ne |n['’])?(?:en )?veu(?:t|lent) (?:pas|plus)|non(?:\s*$|\s*[,.!;(]|\s+(?:il|elle|on|pas|merci|c['’]))|(?:[àa] )?(?:enlever|supprimer|retirer|virer)|on (?:enl[èe]ve|laisse tomber|oublie)|refus[ée]e?|laisse[rz]? tomber)"
);
words!(OF_ITS_OWN, r"(?i)^(?:organis[ée]|imprim[ée]|entr[ée]e|gratuit)");
words!(
    REFUSED_NUMBER,
    r"(?i)\bveu(?:t|lent) (?:plus|pas)\b.{0,20}\b(?:sur l['’]?affiche|num\w*|t[ée]l\w*|portable|nom|photo|mail|adresse)\b"
);
words!(
    EMPHASIS,
    r"(?i)[\s,;(]*(?:\b(?:bien|faut|il faut|[àa]) )+(?:le |l['’])?(?:dire|pr[ée]ciser|insister(?: dessus)?|mettre en (?:avant|[ée]vidence|gros))\s*!*\)?\s*$"
);
words!(
    TO_SAY,
    r"(?i)^(?:(?:bien |faut |il faut )?(?:ajouter|mettre|rajouter|dire|pr[ée]ciser|rappeler|indiquer|[ée]crire)) (?:que |qu['’]|:\s*)"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_the_organisers_need_goes() {
        for line in [
            "appel de Josette hier soir",
            "démontage dimanche 19h avec tout le monde",
            "RDV bénévoles 7h pour les tables",
            "demander les barnums à la mairie de Trévol",
            "Mme Cassiopard au 3 bis est sourde",
            "j'ai pas eu le devis",
            "à décoller le 12",
            "clé du local chez Zoé",
            "barnum de Paul à rendre lundi",
            "coller les gens dehors, les harceler",
            "l'opposition dit que c'est trop cher",
            "Paulette veut pas qu'on donne son portable",
            "tél d'Irma 06 39 98 00 00 mais elle veut pas le voir sur l'affiche",
            "horaires en gros et le plan en dessous",
            "pas de pub pour le garage",
            "logo du département, j'attends",
            "tuyau de 1970, on aurait dû le changer",
            "on négocie le prix, Bernard aussi",
            "la course la plus raide de la vallée",
            "la cour est prise par la kermesse",
            "José apporte les bancs",
            "bénévoles : briefing samedi à la buvette",
            "non c'est faux",
            "partenaires en bas : garage du Pont",
            "gendarmes prévenus",
            "un maçon s'est fait mal au dos",
            "pas Odile au bar, elle avait trop parlé",
        ] {
            assert_eq!(sift(line).0, "", "{line}");
        }
    }

    #[test]
    fn what_the_public_is_told_stays() {
        for line in [
            "apporter ses couverts",
            "se garer au stade, le pont est fermé",
            "demander le menu au 04 65 00 00 00",
            "Mme Aubrac dédicace de 10h à 12h",
            "tirage de la tombola à 17h",
            "à retirer avant le 5 mai auprès de l'amicale",
            "réunion publique d'information",
            "plus de 30 exposants de la région",
            "Solène raconte la forêt",
        ] {
            assert_eq!(sift(line).0, line);
        }
        assert_eq!(
            sift("pas de pub pour le garage, organisé par le judo").0,
            "organisé par le judo"
        );
        assert_eq!(sift("grillades, on espère 200 personnes").0, "grillades");
    }

    #[test]
    fn answers_and_what_is_taken_back_are_not_printed() {
        assert_eq!(answered("oui ! c'est samedi"), "c'est samedi");
        assert_eq!(answered("\u{1f44d} 16h"), "16h");
        for line in ["ok donc SALLE BLEUE", "ok. donc SALLE BLEUE"] {
            assert_eq!(answered(line), line);
        }
        for line in [
            "bravo à l'équipe municipale -> Odile veut pas, enlever",
            "à vos risques -> non",
            "buvette avec bière => à supprimer",
        ] {
            assert!(is_rejected(line), "{line}");
        }
        assert!(!is_rejected("-> non, salle prise -> halle"));
        assert!(!is_rejected("tarif 3 € -> 4 €"));
    }

    #[test]
    fn insisting_is_no_part_of_what_is_said() {
        let mut line = "les chiens restent dehors, bien le préciser !".to_owned();
        assert!(emphasis(&mut line));
        assert_eq!(line, "les chiens restent dehors");
        assert_eq!(
            without_order("rappeler que le casque est obligatoire"),
            "le casque est obligatoire"
        );
    }
}
