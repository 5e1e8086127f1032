use super::*;
use crate::finding::FindingKind;

fn again(text: &str) -> String {
    let notes = Notes::from_text(text).unwrap();
    retyped(&notes).map_or_else(|| "same".into(), |retyped| retyped.notes.text().to_owned())
}

fn check(table: &[(&str, &str)]) {
    for (text, expected) in table {
        assert_eq!(again(text), *expected, "{text}");
    }
}

#[test]
fn a_dictation_has_one_sentence_a_line() {
    let text = "Conseil municipal de Brègue, lundi trois mai deux mille vingt-sept, à vingt heures trente, à la\nmairie. Madame le maire préside. Présents outre le maire : Ada Vernier, Luc Talmont et Ève\nOstin. À l'ordre du jour : procès-verbal, halle et lavoir.\nPremier point, le procès-verbal, adopté à l'unanimité.\nTroisième point, la halle, trente-deux mille euros de travaux selon le devis, Luc Talmont le\ntrouve cher mais convenable. Sept pour, une abstention.\n\nSéance levée à vingt-deux heures.";
    assert_eq!(
        again(text),
        "Conseil municipal de Brègue, lundi 3 mai 2027, à 20h30, à la mairie.\nMadame le maire préside.\nPrésents outre le maire : Ada Vernier, Luc Talmont et Ève Ostin.\nÀ l'ordre du jour : procès-verbal, halle et lavoir.\n1. le procès-verbal, adopté à l'unanimité.\n3. la halle, 32000 euros de travaux selon le devis, Luc Talmont le trouve cher mais convenable.\n7 pour, 1 abstention.\n\nSéance levée à 22h."
    );
}

#[test]
fn points_in_words_are_numbered() {
    check(&[
        ("Deuxième point, l'école", "2. l'école"),
        ("Alors, quatrième point : le lavoir", "4. le lavoir"),
        ("Point numéro cinq, la halle", "5. la halle"),
        ("On passe au septième point, c'est la voirie", "7. la voirie"),
        ("Dixième sujet. Le cimetière", "10. Le cimetière"),
        ("Point de vue intéressant, merci", "same"),
        ("le deuxième point reste ouvert", "same"),
    ]);
}

#[test]
fn votes_in_words_are_counted_in_figures() {
    check(&[
        ("onze pour, deux contre, une abstention", "11 pour, 2 contre, 1 abstention"),
        ("treize pour et un contre", "13 pour et 1 contre"),
        ("six cents euros pour la fête", "600 euros pour la fête"),
        ("Quatorze bulletins, un blanc", "14 bulletins, 1 blanc"),
        ("douze minutes de trajet", "same"),
        ("les six pour cent de la taxe", "same"),
        ("une fois sur deux", "same"),
    ]);
}

#[test]
fn telegraphic_notes_are_not_wrapped() {
    check(&[(
        "voirie le devis de la rue haute est arrivé il est trop cher pour la commune\nensuite on parle du lavoir et du toit de la halle qui fuit depuis longtemps\nle four du village sera rallumé pour la fête de la saint jean comme avant\nfin",
        "same",
    )]);
}

#[test]
fn framed_titles_become_numbered_lines() {
    check(&[
        (
            "AG\n*** 1. MORAL ***\nbien\n*** 2. COMPTES *** trésorier Luc\nok\n*** AGE *** statuts",
            "AG\n1. MORAL :\nbien\n2. COMPTES : trésorier Luc\nok\n3. AGE : statuts",
        ),
        (
            "== 1) voirie ==\n12 pour\n== 2) école ==\nrien",
            "1. voirie :\n12 pour\n2. école :\nrien",
        ),
        ("== voirie ==\n12 pour\n== école ==", "same"),
        (
            ">> pdt : Ada Vernier | secr. : Luc Talmont\n>> 29 présents\n>> quorum ok\n!!! fini 21h",
            "pdt : Ada Vernier\nsecr. : Luc Talmont\n29 présents\nquorum ok\nfini 21h",
        ),
        ("<convoc : mail du 3 mai>  <début 19h>", "convoc : mail du 3 mai\ndébut 19h"),
        ("N° | Objet | Vote\n1 | Eau | 9 P", "same"),
        ("Présidence | Ada | Secrétaire | Luc", "same"),
    ]);
}

#[test]
fn signs_are_spelled_by_their_legend() {
    check(&[
        (
            "(mes signes : + pour / - contre / o abst. / MM le maire / > pouvoir à)\nOstin > MM\n9 + 2 - 1 o\ntarif + chauffage 3 % →  oui",
            "\nOstin pouvoir à le maire\n9 pour 2 contre 1 abst\ntarif + chauffage 3 % →  oui",
        ),
        (
            "légende : v = pour, x = contre, z = abst\nlavoir curé en mai  8v 1x\nchaux et bois",
            "\nlavoir curé en mai. 8 pour 1 contre\nchaux et bois",
        ),
        ("codes : MLM le maire ; TS le secrétaire\nMLM ouvre", "\nle maire ouvre"),
        ("signes de vie : aucun\n9 + 2", "same"),
        (
            "(mes abrév. : ch = chanteur, RA = rapport d'activité, V+ = pour, V0 = abstention)\nRA : 3 ch partis, 1 ch arrivé\n12 V+ 2 V0",
            "\nrapport d'activité : 3 chanteurs partis, 1 chanteur arrivé\n12 pour 2 abstention",
        ),
    ]);
}

#[test]
fn letters_become_numbers() {
    check(&[
        (
            "odj : A pv / B comptes / C voirie\nA  ok\nB  comptes : 12 €\nC  rien\ncorr. B : 13 €",
            "odj : 1 pv / 2 comptes / 3 voirie\n1. ok\n2. comptes : 12 €\n3. rien\ncorr. point 2 : 13 €",
        ),
        ("A) pv\nok\nB) eau\nC) bois", "1. pv\nok\n2. eau\n3. bois"),
        (
            "ODJ : A) PV 9/04 B) EAU C) BOIS\nA) ok\nB) 2 €\nC) rien",
            "ODJ : 1 PV 9/04 / 2 EAU / 3 BOIS\n1. ok\n2. 2 €\n3. rien",
        ),
        ("A. Vernier présente\nB. Talmont répond", "same"),
        ("P : Ada, Luc\nA : Ève", "same"),
    ]);
}

#[test]
fn hours_with_a_dot_get_their_letter() {
    check(&[
        ("ouv. 20.30  clôt. 22.55", "ouv. 20h30  clôt. 22h55"),
        (
            "début 18.00\nconvoc 6.04\nsort 20.50, rentre 21.05\nproch. CM mardi 8.06 20.30\n12.50 €",
            "début 18h00\nconvoc 6/04\nsort 20h50, rentre 21h05\nproch. CM mardi 8/06 20h30\n12.50 €",
        ),
        ("ouv. 19.30\nbenne 3.05 -> 9.05", "ouv. 19h30\nbenne du 3/05 au 9/05"),
        ("élagage 26.04 → 30.04", "same"),
        ("pain 12.50", "same"),
    ]);
}

#[test]
fn accounts_are_in_full() {
    check(&[
        ("rec 12 180,60 / dép 11 932,15", "recettes 12 180,60 / dépenses 11 932,15"),
        ("exc 53 735,45  déf. 25 180,60", "excédent 53 735,45  déficit 25 180,60"),
        ("dép : 850,00 tot 2 380", "dépenses : 850,00 total 2 380"),
        ("cotis 1.435,00 ; car 2.900", "cotis 1 435,00 ; car 2 900"),
        ("exc 2, abs 1", "same"),
        ("version 2.900", "same"),
        ("rec. de la sono", "same"),
    ]);
}

#[test]
fn somebody_is_named_in_full_where_first_told() {
    check(&[
        (
            "finances lulu parle\nlulu répond\nah lulu c est lulu vernier il veut qu on l ecrit trésorier",
            "finances Lulu Vernier (trésorier) parle\nlulu répond\n",
        ),
        ("Paul note\nPaul, c'est Paul Talmont", "Paul Talmont note\n"),
        ("Paul note\nPaul c'est Ève Ostin", "same"),
        ("Paul c'est Paul Talmont qui présente le devis", "same"),
    ]);
}

#[test]
fn findings_point_at_what_was_typed() {
    let typed = Notes::from_text("CM\n>> pdt : Ada | secr. : Luc\n>> ok\n>> fini").unwrap();
    let again = retyped(&typed).unwrap();
    let at = again.notes.text().find("secr.").unwrap();
    let mut findings = [Finding::info(FindingKind::Unused, Some(at..at + 5), "x")];
    again.take_back(&mut findings);
    let span = findings[0].notes.clone().unwrap();
    assert_eq!(&typed.text()[span], ">> pdt : Ada | secr. : Luc");
}

#[test]
fn a_paragraph_that_opens_the_meeting_has_its_sentences_one_a_line() {
    check(&[
        (
            "Alors, conseil du 3 mai 2027 à 20h. Sont là Ada Vernier, Luc Talmont et Ève Ostin. L'ordre du jour c'est le lavoir et la halle.\n\nLe lavoir fuit. Voté.",
            "conseil du 3 mai 2027 à 20h.\nSont là Ada Vernier, Luc Talmont et Ève Ostin.\nL'ordre du jour c'est le lavoir et la halle.\n\nLe lavoir fuit. Voté.",
        ),
        ("A.G.E. du club\n12 présents", "AGE du club\n12 présents"),
    ]);
}
