use super::*;

/// What is left of a line, its blanks as one.
fn left(line: &str, matter: Matter) -> String {
    let notes = Notes::from_text(line).unwrap();
    let kept = match apart(&notes, matter) {
        Some(apart) => {
            assert_eq!(apart.notes.text().len(), line.len(), "{line}");
            assert!(!apart.dropped.is_empty(), "{line}");
            apart.notes.text().to_owned()
        }
        None => line.to_owned(),
    };
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `apart` gives notes; of a line of which nothing is left there are none, so that each stands
/// under another.
fn minutes(line: &str) -> String {
    let under = left(&format!("Voirie\n{line}"), Matter::Minutes);
    under.strip_prefix("Voirie").unwrap_or(&under).trim().to_owned()
}

fn same(table: &[(&str, &str)]) {
    for (line, kept) in table {
        assert_eq!(minutes(line), *kept, "{line}");
    }
}

#[test]
fn what_is_not_to_be_written_goes_as_far_as_it_reaches() {
    same(&[
        // The whole line, a sentence, brackets, a clause, what follows.
        ("- les Corbelin divorcent, leur fils vit chez la grand-mère – pas dans le PV", ""),
        ("Grille posée le 4 mai. M. Ostrel a encore bu (ne pas noter).", "Grille posée le 4 mai."),
        (
            "Vente du terrain à 12 000 € (acquéreur à ne pas nommer : les Daurimel)",
            "Vente du terrain à 12 000 €",
        ),
        (
            "excusée Zoé Bertin, elle a perdu son permis, mais ça on ne le met pas",
            "excusée Zoé Bertin",
        ),
        ("12 stères vendus, ne pas dire que le fils Ostrel s'est servi", "12 stères vendus"),
        ("Mme Talmier « veut tout commander ». Laisser tomber.", ""),
        ("le père Vigouret pense qu'on le vole laisse tomber", ""),
        ("PAS AU PV : la buvette a fini tard. Et le gérant aussi.", ""),
        ("dossier complet ; entre nous il a triché", "dossier complet"),
        ("la voisine s'est plainte, elle veut pas que ça se sache", ""),
        ("goûter offert, Ada veut pas qu'on dise que c'est elle", "goûter offert"),
        ("Odile Roy partirait ? bruit de couloir", ""),
        ("il paraît qu'elle vend sa maison", ""),
    ]);
}

#[test]
fn a_letter_says_nothing_of_what_its_writer_is_told() {
    for (line, kept) in [
        ("demande d'un banc : vu en mai, ne rien promettre", "demande d'un banc : vu en mai"),
        ("La demande passera en mai, je ne promets rien.", "La demande passera en mai."),
        ("local prêté en mai, rien de décidé pour juin, sans promettre", "local prêté en mai"),
        (
            "Tu ne parles pas des plaintes de Mme Roy, ni des bouteilles. Clé rendue le 3 mai.",
            "Clé rendue le 3 mai.",
        ),
        (
            "Clé rendue le 3 mai. N'écris pas que Zoé l'a traité de voleur, ni que Luc a ri.",
            "Clé rendue le 3 mai.",
        ),
        ("Mon avis perso c'est qu'il reviendra. Clé rendue le 3 mai.", "Clé rendue le 3 mai."),
        ("la plainte, on verra plus tard avec lui, ne pas en parler", ""),
        ("le concert etait prevu mais annule, on cherche, ne pas le dire", ""),
        ("La clé est prête, on ne dit ni oui ni non pour la cour.", "La clé est prête."),
        (
            "réponse par écrit, relancés le 3 mai, ils roupillent",
            "réponse par écrit, relancés le 3 mai",
        ),
        ("on a sa caution 80 e pas en parler dans le mail le bureau decide lundi", ""),
        ("portable de Zoé 06 39 98 00 11, pour Odile seulement, pas dans la lettre", ""),
    ] {
        let under = left(&format!("Voirie\n{line}"), Matter::Letter);
        assert_eq!(under.strip_prefix("Voirie").unwrap_or(&under).trim(), kept, "{line}");
    }
    let two = "Voirie\n- la préfète : invitée, ne pas l'annoncer\n- le sénateur non plus, il vient d'ailleurs\n- 12 places";
    assert_eq!(left(two, Matter::Letter), "Voirie - 12 places");
}

#[test]
fn what_was_decided_or_reported_stays() {
    for line in [
        "le conseil décide de ne pas mettre de parasols sur la place",
        "rien à dire sur le PV, unanimité",
        "Ada Roy regrette que sa question ne figure pas dans le PV de mars",
        "il ne faut pas mettre plus de 20 tonnes sur le pont",
        "accord trouvé entre nous et la commune voisine",
        "le maire dément la rumeur de fermeture de l'école",
        "il paraît nécessaire de refaire le toit",
        "le bulletin paraît en mai",
        "on laisse tomber le projet de fontaine",
        "Luc Noval s'inquiète du bruit",
    ] {
        assert_eq!(minutes(line), line);
    }
}

#[test]
fn debts_and_misfortunes_of_people_go() {
    same(&[
        ("la famille Corbelin doit 210 € de cantine", ""),
        ("loyers : Mme Talmier nous doit encore 3 mois de loyer. Bail à revoir.", "Bail à revoir."),
        ("son père n'a jamais payé la vitre", ""),
        ("M. Ostrel s'est fait cambrioler deux fois", ""),
        ("Mme Talmier est au RSA depuis l'hiver", ""),
    ]);
    for line in [
        "la famille Corbelin doit déplacer sa haie",
        "la commune doit 3 000 € au syndicat",
        "secours d'urgence de 300 € accordé à une famille",
        "remplacement de l'agent en congé maternité",
        "factures de cantine impayées : trois familles relancées",
    ] {
        assert_eq!(minutes(line), line);
    }
}

#[test]
fn children_and_modest_givers_lose_their_names() {
    same(&[
        ("Hugo Daurimel (9 ans) gagne le concours", "Un jeune (9 ans) gagne le concours"),
        ("prix remis au petit Hugo Daurimel", "prix remis à un enfant"),
        (
            "don de 500 € de M. Ostrel, qui veut rester anonyme",
            "don de 500 € d’une personne qui reste anonyme",
        ),
        ("Zoé Bertin (72 ans) gagne le concours", "Zoé Bertin (72 ans) gagne le concours"),
        ("banc posé près du petit Moulin", "banc posé près du petit Moulin"),
    ]);
}

#[test]
fn somebody_is_told_of_without_a_name_where_the_notes_ask_for_it() {
    same(&[
        (
            "Mme Ostrel-Noval (veuve, endettée) demande un délai -> Zoé voit la trésorerie. pas son nom dans le PV !!",
            "une personne demande un délai -> Zoé voit la trésorerie",
        ),
        ("remise de 80 € à M. Talmier, ne pas citer son nom", "remise de 80 € à un homme"),
        (
            "facture d'eau mme Odette Corbelin, fuite, 640 €, elle n'a que le minimum vieillesse",
            "facture d'eau une personne, fuite, 640 €",
        ),
    ]);
    let line = "la commune choisit un nom, pas celui de M. Talmier";
    assert_eq!(minutes(line), line);
}

#[test]
fn why_goes_and_what_follows_from_it_stays() {
    same(&[
        (
            "zoé s'est fait opérer de la hanche donc c'est Luc qui ouvre le samedi 4 mai",
            "Luc qui ouvre le samedi 4 mai",
        ),
        (
            "Zoé Bertin a dû partir à vingt heures : sa fille est malade.",
            "Zoé Bertin a dû partir à vingt heures.",
        ),
        ("Luc est excusé car hospitalisé", "Luc est excusé"),
        ("le toit fuit donc on ferme le 4 mai", "le toit fuit donc on ferme le 4 mai"),
    ]);
}

#[test]
fn what_opens_a_door_goes_with_its_clause() {
    same(&[
        ("code du portail : 4512B, à changer", "à changer"),
        ("nouveau mot de passe du site = Tilleul77", ""),
        ("clés rendues, digicode 88410", "clés rendues"),
        ("le mot de passe a été changé en mars", "le mot de passe a été changé en mars"),
        ("code de la route : réunion le 12 mai", "code de la route : réunion le 12 mai"),
    ]);
}

#[test]
fn errands_go_and_tasks_stay() {
    same(&[
        ("!! penser à imprimer les feuilles de présence – et ramener les clés", ""),
        ("Zoé, rappelle-moi de prendre du pain", ""),
        ("fin 22h10 et on mange la galette", "fin 22h10"),
    ]);
    let meeting = |line: &str| left(&format!("Foyer\n{line}"), Matter::Meeting);
    assert_eq!(meeting("à moi : racheter des ampoules"), "Foyer");
    assert_eq!(meeting("(rapporter les clés)"), "Foyer");
    for line in ["moi : affiches pour lundi 16", "acheter des piles pour les détecteurs"] {
        assert_eq!(meeting(line), format!("Foyer {line}"));
    }
}

#[test]
fn whom_the_notes_are_dictated_for_is_told_things_of_no_matter() {
    let text = "dictée pour Nathalie\nconseil du 3 mars\nnath pense a rappeler l'imprimeur avant mars\nvoirie : 3 pour";
    assert_eq!(
        left(text, Matter::Minutes),
        "dictée pour Nathalie conseil du 3 mars voirie : 3 pour"
    );
}

#[test]
fn a_list_goes_with_the_title_that_keeps_it_apart() {
    let text =
        "# Voirie\n- 3 trous\n# À garder entre nous\n- Luc fatigue\n- Zoé aussi\n# Suite\n- sel";
    assert_eq!(left(text, Matter::Meeting), "# Voirie - 3 trous # Suite - sel");
    let text = "remercier le club\n- pas un mot de la panne\n- ni de la facture";
    assert_eq!(left(text, Matter::Letter), "remercier le club");
}

#[test]
fn what_the_writer_is_told_to_pass_over_goes() {
    for (text, kept, gone) in [
        (
            "Il parle aussi de son asthme, tu ne reprends pas ça. La haie sera taillée en mars.",
            "taillée en mars",
            "asthme",
        ),
        (
            "Tu ne dis rien non plus de la dispute avec Zoé. Réponse avant le 3 mai.",
            "avant le 3 mai",
            "dispute",
        ),
        (
            "Des bancs neufs, on en a causé mais rien n'est voté, donc motus.\nLe lavoir ouvre.",
            "lavoir",
            "bancs",
        ),
        (
            "questions au mail du club pas mon portable 06 39 98 00 11 c est perso",
            "mail du club",
            "06 39",
        ),
    ] {
        let left = left(text, Matter::Letter);
        assert!(left.contains(kept) && !left.contains(gone), "{text} -> {left}");
    }
}

#[test]
fn a_wrapped_sentence_is_read_whole() {
    let text = "Premier point, la cantine. Les tarifs sont revus de trois pour cent dès la rentrée. Ne pas noter ce qui\nconcerne la voisine de Luc, partie sans payer. Vote, onze pour. Second point, la salle, rien n'est décidé.";
    let kept = left(text, Matter::Minutes);
    assert!(!kept.contains("voisine") && kept.contains("Vote, onze pour"), "{kept}");
}

#[test]
fn talk_aloud_is_told_from_the_matter() {
    for (said, talk) in [
        ("T'as pas vu mon écharpe ?", true),
        ("Y a encore du café ?", true),
        ("On va pas s'acheter une Ferrari.", true),
        ("Allez, bonne soirée.", true),
        ("Elle doit trente-deux euros.", true),
        ("Zoé, rappelle-moi de passer au garage.", true),
        (
            "Monsieur Ostrel, qui prend le car des aînés deux fois par semaine et qui ne paie jamais.",
            true,
        ),
        ("Il fait froid dans la classe des petits.", false),
        ("Le sac coûte 12 euros.", false),
        ("Y a du sable à enlever.", false),
    ] {
        assert_eq!(spoken(said).is_some(), talk, "{said}");
    }
}
