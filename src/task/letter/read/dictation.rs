//! What somebody who dictates says beside the letter: orders on how to write it, an address spelled
//! aloud, papers that go along, « if it is paid by now ».

use super::{Item, Reader};
use crate::finding::{Finding, FindingKind};
use crate::notes::Span;
use crate::reading::remark::{self, Remark};
use crate::reading::words;
use crate::task::letter::phrase::attachment;
use crate::task::letter::record::{Form, Role};
use crate::task::{aside, wording};

impl Reader<'_> {
    /// The line without what is said to the writer; nothing where that is all it says.
    pub(super) fn dictated(&mut self, line: &str, span: &Span) -> Option<String> {
        if TO_WRITER.is_match(line) {
            // « formule polie, ma signature, Anne Roy, maire » says who signs, too.
            if let Some(found) = MY_SIGNATURE.find(line) {
                self.signature(line.get(found.end()..).unwrap_or_default(), line);
            }
            self.findings.push(aside::finding(Remark::Instruction, line, span.clone()));
            return None;
        }
        let line = &self.either(line, span);
        let line = &self.looked_up(line, span);
        if line.trim().is_empty() {
            return None;
        }
        let line = SPELLED_ADDRESS.replace_all(line, |found: &regex::Captures<'_>| {
            let host = found["host"].replace(" point ", ".").replace(" tiret ", "-");
            format!("{}@{host}", &found["box"])
        });
        let line = MID_ORDER.replace_all(&line, "$end");
        let line = FILLER.replace_all(&line, ",");
        Some(ORDER.replace(&line, "").into_owned())
    }

    /// A value between two that the notes do not tell apart is left to complete.
    fn either(&mut self, line: &str, span: &Span) -> String {
        let Some(found) = EITHER.captures(line) else { return line.to_owned() };
        self.findings.push(Finding::check(
            FindingKind::Uncertain,
            Some(span.clone()),
            format!("Deux valeurs dans vos notes, à compléter : « {} »", found[0].trim()),
        ));
        let before = found.name("before").map_or("", |before| before.as_str());
        line.replacen(&found[0], &format!("{before}{}", wording::blank("valeur")), 1)
    }

    /// The line without what the writer has to look up: « …, cherche-le », « je ne sais plus, laisse
    /// en blanc ». Where nothing certain stands before it, all of the sentence is in doubt.
    fn looked_up(&mut self, line: &str, span: &Span) -> String {
        let Some(found) = LOOK_UP.find(line) else { return line.to_owned() };
        let before = line.get(..found.start()).unwrap_or_default();
        self.letter.remedies |= REMEDIES.is_match(before);
        if remark::holds_hard_fact(before) {
            let told = found.as_str().trim_matches([',', ' ', '.', '-', '–']);
            self.findings.push(aside::finding(Remark::Doubt, told, span.clone()));
            return before.trim_end().to_owned();
        }
        self.findings.push(aside::finding(Remark::Doubt, line, span.clone()));
        String::new()
    }

    /// « tél mairie »: the number that the sheet gives.
    pub(super) fn own_contact(&self, line: String) -> String {
        let sender = &self.letter.sender;
        let mut line = line;
        if let Some(phone) = &sender.phone {
            line = OWN_PHONE.replace_all(&line, regex::NoExpand(phone)).into_owned();
        }
        line
    }

    /// « facture 12 en pièce jointe avec le RIB »: the papers; the line goes on without them.
    pub(super) fn joined(&mut self, line: String, span: &Span) -> String {
        if let Some(found) = TO_JOIN.captures(&line) {
            if NOT_FOUND.is_match(&found["more"]) {
                self.findings.push(aside::finding(Remark::Doubt, &line, span.clone()));
            } else if found["more"].split_whitespace().count() < 2 {
                let paper = ARTICLE.replace(found["what"].trim(), "");
                self.letter.attachments.push(attachment(&paper));
            } else {
                return line;
            }
            return String::new();
        }
        let Some(found) = JOINED.captures(&line) else { return line };
        let papers = ["what", "more"].iter().filter_map(|name| found.name(name));
        for paper in papers.flat_map(|papers| wording::enumeration(papers.as_str())) {
            let paper = ARTICLE.replace(paper.trim(), "");
            self.letter.attachments.push(attachment(&paper));
        }
        if found.name("asked").is_some() {
            self.findings.push(aside::finding(Remark::Instruction, &line, span.clone()));
        }
        String::new()
    }

    /// « s'il a payé entre-temps, qu'il ne tienne pas compte du mail », wherever the line says it.
    pub(super) fn paid_already(&mut self, line: String, span: &Span) -> String {
        if let Some(found) = PAID_SHORT.captures(&line) {
            let what = if self.letter.form == Form::Letter { "courrier" } else { "courriel" };
            let text = format!("si déjà {}, ne pas tenir compte du {what}", &found["done"]);
            self.items.push(Item { role: Role::Deadline, text, span: span.clone() });
            return String::new();
        }
        let Some(found) = PAID.captures(&line) else { return line };
        let text = format!("si déjà {}, ne pas tenir compte du {}", &found["done"], &found["what"]);
        self.items.push(Item { role: Role::Deadline, text, span: span.clone() });
        line.replacen(&found[0], "", 1)
    }
}

words!(
    TO_WRITER,
    r"(?i)^\W*(?:[àa] la ligne|point(?: final| [àa] la ligne)?|virgule|(?:ouvre[zr]?|ferme[zr]?) les guillemets|ensuite,? (?:l['’]|la |le |les )?\p{L}+|(?:ah|bon|oh),? (?:l['’]|la |le |les )\p{L}+|formule (?:bien )?(?:polie|gentille|de politesse)\b.*|voil[àa](?: c['’]est tout)?|c['’]est tout)\W*$"
);
/// Whether a first line says only that what follows is dictated.
pub(super) fn is_preamble(line: &str) -> bool {
    words!(LETTER, r"(?i)\b(?:lettre|courrier|e?-?mail|courriel|r[ée]ponse|mot|message|relance)\b");
    PREAMBLE.is_match(line.trim()) && !LETTER.is_match(line)
}

/// « téléphone mardi 17 novembre il a dit … » as what was said by telephone.
pub(super) fn by_phone(line: &str) -> String {
    CALLED.replace(line, "par téléphone le $day, $who").into_owned()
}

words!(
    CALLED,
    r"(?i)^\W*(?:au )?(?:t[ée]l[ée]phone|t[ée]l)\.? (?:le )?(?P<day>(?:\p{L}+di )?\d{1,2}(?:er)? \p{L}+(?: \d{4})?|(?:\p{L}+di )?\d{1,2}/\d{1,2}(?:/\d{2,4})?),? (?P<who>(?:il|elle)s? (?:nous )?(?:a|ont) )"
);
words!(
    LOOK_UP,
    r"(?i)(?:^|[,;:–-]\s*|\bet\s+)(?:tu\s+)?(?:(?:cherche|v[ée]rifie|regarde|retrouve|compl[èe]te|renseigne-toi)s?(?:[- ](?:l[ea]s?|moi|y|[çc]a))?|(?:trouve|demande|mets|laisse|sors|ressors|ajoute)s?-(?:l[ea]s?|lui|leur|moi|[çc]a)|laisse[sz]?(?:[- ](?:l[ea]s?|[çc]a))?\s+(?:en|un)\s+blanc)(?:\s+(?:en\s+blanc|dans|avec|chez|aupr[èe]s|au|[àa]|sur|s['’]il)\b[^,;.]*)?\s*[.!]*\s*$"
);
words!(
    REMEDIES,
    r"(?i)\b(?:voies|d[ée]lais)\s+(?:et\s+d[ée]lais\s+)?de\s+recours|\bles\s+recours\b"
);
words!(
    OWN_PHONE,
    r"(?i)\b(?:t[ée]l(?:[ée]phone)?\.?|standard|num[ée]ro)\s+(?:de\s+la\s+)?mairie\b"
);
// How the letter has to sound.
words!(
    pub(super) MANNER,
    r"(?i)^\W*(?:lettre|courrier|mail|courriel|ton|style|formules?|mot)\s+(?:tr[èe]s\s+|bien\s+|assez\s+|plut[ôo]t\s+)?(?:protocolaires?|officiel\w*|solennel\w*|sobres?|correcte?|courtoi\w+|soign[ée]\w*|formel\w*|neutres?|s[ée]rieu\w+|classiques?|respectueu\w+|administrati\w+)\b|^\W*(?:le )?ton\s*:"
);
// « Odile, je te dicte dans la voiture, tu remets en forme. »
words!(
    pub(super) NAMES_LETTER,
    r"(?i)^\W*(?:(?:une?|la|le)\s+)?(?:lettre|courrier|e?-?mail|courriel|r[ée]ponse|mot|message|relance|invitation)\s+(?:[àa]|aux?|pour|de|d['’])\b"
);
words!(
    PREAMBLE,
    r"(?i)^\W*(?:(?-i:\p{Lu})\p{L}+(?:-\p{L}+)?\s*,?\s+)?(?:bonjour,?\s+)?(?:je\s+te\s+dicte|c['’]est\s+pour\s+te\s+dicter|tu\s+(?:me\s+)?(?:re)?me(?:ts|ttras)\s+(?:[çc]a\s+|tout\s+)?(?:en\s+forme|au\s+propre|au\s+net))\b(?:[^.]*\b(?:en\s+forme|au\s+propre|au\s+net)\b)?[^.\d]{0,40}\.?$"
);
// « n° 12 ou 14, je ne sais plus, voir le registre »: the value is left to complete.
words!(
    EITHER,
    r"(?ix)(?P<before>\b(?:n°|num[ée]ro|sous\s+le|arr[êe]t[ée]|d[ée]lib\p{L}*|r[ée]f\p{L}*|article|lot|parcelle|le|du|au)\s+)?\b(?P<a>\d[\d/.-]*)\s+ou\s+(?:le\s+|du\s+|au\s+)?(?P<b>\d[\d/.-]*)\b
      \s*[,(]?\s*(?:(?:je|on)\s+(?:ne\s+|n['’])?(?:sai[st]|retrouve|trouve|(?:me\s+|m['’]en\s+)?(?:rappelle|souvien[st]))\s+(?:plus|pas)|[àa]\s+v[ée]rifier|faut\s+v[ée]rifier|pas\s+s[ûu]re?|\?)\)?
      (?:\s*,?\s*(?:voir|cherche\p{L}*|demande\p{L}*|v[ée]rifie\p{L}*|regarde\p{L}*)\b[^,;.]*)?"
);
words!(MY_SIGNATURE, r"(?i)\bsignature,? ");
words!(
    SPELLED_ADDRESS,
    r"(?i)\b(?P<box>[\w.-]+) arobase (?P<host>[\w-]+(?: (?:point|tiret) [\w-]+)+)"
);
words!(
    ORDER,
    r"(?i)^\W*(?:(?:ensuite|puis|et|apr[èe]s),? )?(?:tu|vous) (?:commence[sz]?|finis(?:sez)?|termine[sz]?) par (?:lui dire que |dire que )?|^\W*(?:(?:ensuite|puis|et|apr[èe]s),? )?(?:tu|vous) (?:lui |leur )?(?:dis|dites|[ée]cris|[ée]crivez|mets|mettez|pr[ée]cise[sz]?|ajoute[sz]?|rappelle[sz]?|explique[sz]?) (?:bien )?(?:que |qu['’]|aussi que )"
);
words!(
    MID_ORDER,
    r"(?i),\s*tu (?:mets|[ée]cris|notes?|pr[ée]cises|ajoutes|corriges|changes)(?: (?:bien|aussi|(?:son|le|leur) nom))?\s*(?P<end>,|[.!]?$)"
);
words!(FILLER, r"(?i),\s*(?:voil[àa]|bon|bref|enfin|euh)\s*,");
words!(TO_JOIN, r"(?i)^\W*(?P<what>[^.;:,]{3,60}?) (?:à|a) joindre\b(?P<more>.*)$");
words!(
    pub(super) NOT_FOUND,
    r"(?i)\b(?:introuvables?|(?:pas|plus) (?:encore )?(?:retrouv[ée]e?s?|trouv[ée]e?s?)|[àa]? ?redemander|perdue?s?|manquante?s?|[àa] (?:re)?trouver)\b"
);
words!(
    JOINED,
    r"(?i)^\W*(?P<asked>(?:si tu peux,? )?(?:ajoute[rsz]?|mets|mettre|joins) )?(?P<what>[^.;:,]{3,60}?) (?:en pi[èe]ces? jointes?|ci[- ]jointe?s?|en pj)\b(?:,? avec (?P<more>[^.;]+))?[.! ]*$"
);
words!(ARTICLE, r"(?i)^(?:les? |la |l['’])");
// « si déjà payé pas tenir compte »
words!(
    PAID_SHORT,
    r"(?i)^\W*si (?:c['’]est )?d[ée]j[àa] (?P<done>pay[ée]?|r[ée]gl[ée]?|fait|vers[ée]?|rendue?|envoy[ée]?)\b\W*(?:ne )?(?:pas )(?:en )?tenir(?: pas)? compte(?: d[eu]\b.*)?\W*$"
);
words!(
    PAID,
    r"(?i)[, ]*(?:\bet )?\bs['’](?:il|elle)s? (?:a|ont) (?:d[ée]j[àa] )?(?P<done>\p{L}+)(?: entre[- ]temps| depuis)?\s*,?\s*(?:qu['’](?:il|elle)s? )?(?:ne )?(?:pas )?(?:tien\w+|tenir) (?:pas |surtout pas )?compte (?:du|de ce|de la|de cette|de notre) (?P<what>mail|courriel|message|courrier|lettre|relance)"
);

#[cfg(test)]
mod tests {
    use crate::notes::Notes;
    use crate::office::Office;
    use crate::task::letter::read::read;
    use crate::task::letter::record::{Form, Purpose};

    fn of(notes: &str) -> crate::task::letter::read::Reading {
        let notes = Notes::from_text(notes).unwrap();
        read(&notes, &Office::default(), Form::Email, Purpose::Reminder)
    }

    #[test]
    fn orders_on_how_to_write_are_no_part_of_the_letter() {
        let reading = of(
            "Lettre à Mme Roche\nObjet, clés du local\nÀ la ligne.\nTu lui dis que la serrure est changée.\nPoint final.\nFormule bien polie, ma signature, Odile Fermont, présidente.",
        );
        let texts: Vec<&str> = reading.items.iter().map(|item| item.text.as_str()).collect();
        assert_eq!(texts, ["la serrure est changée"]);
        assert_eq!(reading.letter.subject.as_deref(), Some("Clés du local"));
        assert_eq!(reading.letter.signatory.name.as_deref(), Some("Odile Fermont"));
    }

    #[test]
    fn what_is_to_be_looked_up_is_in_doubt_and_not_written() {
        for (line, left) in [
            ("L'article du bail je ne l'ai plus, retrouve-le.", None),
            ("Le nom du gérant, je ne sais plus, regarde dans le dossier", None),
            ("Le montant exact, laisse en blanc.", None),
            ("Clé rendue le 3 mai, vérifie", Some("Clé rendue le 3 mai")),
            ("Odile cherche un local", Some("Odile cherche un local")),
            ("ton très officiel", None),
            ("lettre protocolaire, pas de « salut »", None),
        ] {
            let reading = of(&format!("courriel à Mme Roche\n{line}"));
            let texts: Vec<&str> = reading.items.iter().map(|item| item.text.as_str()).collect();
            assert_eq!(texts, left.into_iter().collect::<Vec<_>>(), "{line}");
            assert_eq!(reading.findings.is_empty(), left == Some(line), "{line}");
        }
    }

    #[test]
    fn papers_and_addresses_are_taken_as_they_are_told() {
        let reading = of(
            "Courriel à Anne Rochebrun pour sa cotisation\nBulletin 2027-03 en pièce jointe avec le RIB.\nÉcrire à bureau arobase chorale point example.\nSi elle a payé, tant mieux, et si elle a déjà réglé\ns'il a réglé entre temps qu'il ne tienne pas compte du courriel",
        );
        assert_eq!(reading.letter.attachments.len(), 2, "{:?}", reading.letter.attachments);
        assert_eq!(reading.letter.recipient.name.as_deref(), Some("Anne Rochebrun"));
        let texts: String = reading.items.iter().map(|item| item.text.as_str()).collect();
        assert!(texts.contains("bureau@chorale.example"), "{texts}");
        assert!(texts.contains("si déjà réglé, ne pas tenir compte du courriel"), "{texts}");
    }
}
