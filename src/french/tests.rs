use std::collections::BTreeSet;

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;

/// Texts of the agreeing forms, the word itself first, the rest in alphabetical order.
fn check_agreeing(cases: &[(&str, &str)]) {
    let found = cases.iter().map(|(word, _)| {
        let forms = agreeing(word);
        let first = forms[0].text.clone();
        let others: BTreeSet<String> = forms.into_iter().map(|form| form.text).collect();
        let others: Vec<String> = others.into_iter().filter(|text| *text != first).collect();
        format!("{word}: {}", [vec![first], others].concat().join(" "))
    });
    assert_eq!(listed(found), listed(cases.iter().map(|(word, forms)| format!("{word}: {forms}"))));
}

/// Readings as `text lemma class gender number`, letters for the last three.
fn check_readings(cases: &[(&str, &str)]) {
    let found = cases.iter().map(|(word, _)| {
        let found: Vec<String> = readings(word).iter().map(brief).collect();
        format!("{word}: {}", found.join(", "))
    });
    assert_eq!(listed(found), listed(cases.iter().map(|(word, forms)| format!("{word}: {forms}"))));
}

fn listed(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

fn brief(form: &Form) -> String {
    let class = match form.class {
        Class::Noun => "n",
        Class::Adjective => "a",
        Class::Participle => "p",
        Class::Infinitive => "y",
        Class::Finite => "v",
        Class::Other => "o",
    };
    let gender = match form.gender {
        Some(Gender::Masculine) => "m",
        Some(Gender::Feminine) => "f",
        None => "-",
    };
    let number = match form.number {
        Some(Number::Singular) => "s",
        Some(Number::Plural) => "p",
        None => "-",
    };
    format!("{} {} {class}{gender}{number}", form.text, form.lemma)
}

#[test]
fn words_are_known_and_others_are_not() {
    let known = "école École ÉCOLE voirie travaux l'école L'école d'eau qu'elle s'élève n'est \
                 aujourd'hui aujourd’hui l’habitant jusqu'à lorsqu'il rendez-vous porte-parole \
                 est-il sera-t-il serions proposâmes votâmes onze dix-huit évènement cœur \
                 Mme très à où ADN Finistère yaourt œuvre événement prud'homme";
    for word in known.split_whitespace() {
        assert!(is_word(word), "{word}");
    }
    let unknown = "ecole fetes Abgrall Kerbiquet 12 12,5 3e xyzzy ' - l'xyz d'd' école! éCole \
                   l'le adn prudhommme 😀 -école";
    for word in unknown.split_whitespace() {
        assert!(!is_word(word), "{word}");
    }
    assert!(!is_word(""));
    assert!(!is_word("une école"));
}

#[test]
fn accents_are_restored_where_they_lack() {
    check_agreeing(&[
        ("ecole", "école écoles"),
        ("Ecole", "École Écoles"),
        ("ECOLES", "ÉCOLES ÉCOLE"),
        ("refection", "réfection réfections"),
        ("deliberation", "délibération délibérations"),
        ("fetes", "fêtes fête fêté fêtée fêtées fêtés"),
        ("theatre", "théâtre théâtres"),
        ("hopital", "hôpital hôpitaux"),
        ("batiment", "bâtiment bâtiments"),
        ("securite", "sécurité sécurités"),
        ("tres", "très"),
        ("aout", "août aoûts"),
        ("cout", "coût coûts"),
        ("oeuvre", "œuvre œuvrent œuvres œuvré"),
        ("coeur", "cœur cœurs"),
        ("boite", "boite boitent boîte boîtes"),
        ("prevu", "prévu prévue prévues prévus"),
        ("recus", "reçus reçu reçue reçues"),
        ("eleve", "élève élevé élevée élevées élevés élèvent élèves"),
        ("l'ecole", "l'école"),
        ("d'ecole", "d'école d'écoles"),
        ("évènement", "évènement évènements"),
        ("reunion", "réunion réunions"),
        ("regie", "régie régi régies régis"),
        ("mediatheque", "médiathèque médiathèques"),
        ("gouter", "goûter goûters"),
    ]);
}

#[test]
fn nouns_keep_their_gender_and_take_both_numbers() {
    check_agreeing(&[
        ("travaux", "travaux travail"),
        ("travail", "travail travaux"),
        ("journal", "journal journaux"),
        ("eau", "eau eaux"),
        ("hameau", "hameau hameaux"),
        ("subvention", "subvention subventions"),
        ("maire", "maire maires"),
        ("bureau", "bureau bureaux"),
        ("voirie", "voirie voiries"),
        ("devis", "devis"),
        ("avis", "avis"),
        ("prix", "prix"),
        ("bénévoles", "bénévoles bénévole"),
        ("directrice", "directrice directrices"),
        ("chemins", "chemins chemin"),
        ("bal", "bal bals"),
        ("pneu", "pneu pneus"),
        ("genoux", "genoux genou"),
        ("l'association", "l'association"),
        ("d'associations", "d'associations d'association"),
        ("œil", "œil œils"),
        ("Conseil", "Conseil Conseils"),
        ("rendez-vous", "rendez-vous"),
        ("procès-verbal", "procès-verbal procès-verbaux"),
    ]);
}

#[test]
fn adjectives_take_every_gender_and_number() {
    check_agreeing(&[
        ("municipal", "municipal municipale municipales municipaux"),
        ("municipales", "municipales municipal municipale municipaux"),
        ("neuve", "neuve neuf neufs neuves"),
        ("communautaire", "communautaire communautaires"),
        ("scolaires", "scolaires scolaire"),
        ("gratuit", "gratuit gratuite gratuites gratuits"),
        ("nombreux", "nombreux nombreuse nombreuses"),
        ("dangereuse", "dangereuse dangereuses dangereux"),
        ("sportif", "sportif sportifs sportive sportives"),
        ("annuel", "annuel annuelle annuelles annuels"),
        ("public", "public publics publique publiques"),
        ("blanc", "blanc blanche blanches blancs"),
        ("complet", "complet complets complète complètes"),
        ("long", "long longs longue longues"),
        ("ancien", "ancien ancienne anciennes anciens"),
        ("premier", "premier premiers première premières"),
        ("organisatrice", "organisatrice organisatrices"),
        ("supérieur", "supérieur supérieure supérieures supérieurs"),
        ("beau", "beau beaux bel belle belles bels"),
    ]);
}

#[test]
fn participles_take_every_gender_and_number() {
    check_agreeing(&[
        ("reçu", "reçu reçue reçues reçus"),
        ("retenue", "retenue retenu retenues retenus"),
        ("prévu", "prévu prévue prévues prévus"),
        ("mis", "mis mise mises"),
        ("confiée", "confiée confié confiées confiés"),
        ("vandalisé", "vandalisé vandalisée vandalisées vandalisés"),
        ("déposées", "déposées déposé déposée déposés"),
        ("votée", "votée voté votées votés"),
        ("faite", "faite fait faites faits"),
        ("ouverts", "ouverts ouvert ouverte ouvertes"),
        ("pris", "pris prise prises"),
        ("dû", "dû due dues dus"),
        ("été", "été étés"),
    ]);
}

#[test]
fn third_persons_take_both_numbers_of_their_tense() {
    check_agreeing(&[
        ("propose", "propose proposent"),
        ("demande", "demande demandent demandes"),
        ("contacte", "contacte contactent"),
        ("est", "est sont"),
        ("ont", "ont a"),
        ("sera", "sera seront"),
        ("doivent", "doivent doit"),
        ("prévoit", "prévoit prévoient"),
        ("fera", "fera feront"),
        ("voulait", "voulait voulaient"),
        ("pourrait", "pourrait pourraient"),
        ("s'élève", "s'élève s'élèvent s'élèves"),
        ("l'a", "l'a l'ont"),
        ("rappelle", "rappelle rappellent"),
        ("envoie", "envoie envoient"),
        ("paie", "paie paient paies payent"),
    ]);
}

#[test]
fn other_words_stay_as_they_are() {
    let words = "envoyer fournir serions sans pour très onze vingt-deux à où plus que Abgrall \
                 KERBIQUET Kerbiquet 12 12,5 € n° 06.12.34 l' ' -- éCole a'b'c 😀 l'xyz école! \
                 d'Abgrall Le-Gall SPA PLU TTC";
    for word in words.split_whitespace().chain(["", " ", "une école"]) {
        check_agreeing(&[(word, word)]);
    }
}

#[test]
fn a_word_of_several_classes_has_the_forms_of_each() {
    check_agreeing(&[
        ("vote", "vote votent votes"),
        ("ferme", "ferme ferment fermes"),
        ("poste", "poste postent postes"),
        ("pose", "pose posent poses"),
        ("accord", "accord accords"),
        ("fait", "fait faite faites faits font"),
        ("neuf", "neuf neufs neuve neuves"),
        ("présente", "présente présent présentent présentes présents"),
        ("fixe", "fixe fixent fixes"),
        ("offre", "offre offrent offres"),
    ]);
}

#[test]
fn readings_say_what_a_word_is() {
    check_readings(&[
        ("vote", "vote vote nms, vote voter v-s"),
        ("ferme", "ferme ferme nfs, ferme ferme a-s, ferme fermer v-s"),
        ("devis", "devis devis nm-"),
        ("voirie", "voirie voirie nfs"),
        ("travaux", "travaux travail nmp"),
        ("ecole", "école école nfs"),
        ("L'Ecole", "L'École école nfs"),
        ("municipaux", "municipaux municipal amp"),
        ("retenue", "retenue retenue nfs, retenue retenir pfs"),
        ("confiées", "confiées confier pfp"),
        ("envoyer", "envoyer envoyer y--"),
        ("propose", "propose proposer v-s"),
        ("ont", "ont avoir v-p"),
        ("seront", "seront être v-p"),
        ("utile", "utile utile a-s"),
        ("très", "très très o--"),
        ("proposons", "proposons proposer o--"),
        ("Abgrall", ""),
        ("12", ""),
        ("", ""),
    ]);
}

#[test]
fn genders_are_given_when_sure() {
    use Gender::{Feminine, Masculine};
    let cases = [
        ("école", Some(Feminine)),
        ("travaux", Some(Masculine)),
        ("devis", Some(Masculine)),
        ("voirie", Some(Feminine)),
        ("subventions", Some(Feminine)),
        ("hameau", Some(Masculine)),
        ("ferme", Some(Feminine)),
        ("deliberation", Some(Feminine)),
        ("l'association", Some(Feminine)),
        ("Finistère", Some(Masculine)),
        ("élève", None),
        ("poste", None),
        ("tour", None),
        ("livre", None),
        ("municipaux", None),
        ("Abgrall", None),
        ("", None),
    ];
    for (word, expected) in cases {
        assert_eq!(noun_gender(word), expected, "{word}");
    }
}

#[test]
fn verbs_are_conjugated() {
    let cases = [
        ("envoyer", "envoie envoient envoyé envoyée envoyés envoyées"),
        ("transmettre", "transmet transmettent transmis transmise transmis transmises"),
        ("recevoir", "reçoit reçoivent reçu reçue reçus reçues"),
        ("prévoir", "prévoit prévoient prévu prévue prévus prévues"),
        ("prevoir", "prévoit prévoient prévu prévue prévus prévues"),
        ("faire", "fait font fait faite faits faites"),
        ("fournir", "fournit fournissent fourni fournie fournis fournies"),
        ("appeler", "appelle appellent appelé appelée appelés appelées"),
        ("payer", "paie paient payé payée payés payées"),
        ("relancer", "relance relancent relancé relancée relancés relancées"),
        ("être", "est sont été été été été"),
        ("avoir", "a ont eu eue eus eues"),
        ("aller", "va vont allé allée allés allées"),
        ("s'engager", "engage engagent engagé engagée engagés engagées"),
        ("procéder", "procède procèdent procédé procédé procédé procédé"),
    ];
    for (infinitive, expected) in cases {
        let verb = conjugate(infinitive).unwrap_or_else(|| panic!("{infinitive}"));
        let [a, b, c, d] = verb.participle;
        let found = [verb.present_singular, verb.present_plural, a, b, c, d].join(" ");
        assert_eq!(found, expected, "{infinitive}");
    }
    for word in ["école", "falloir", "envoyé", "Abgrall", "", "12"] {
        assert_eq!(conjugate(word), None, "{word}");
    }
}

#[test]
fn vowels_and_mute_h_elide() {
    let elided = "école eau Abgrall habitant habitat habitation heure hôpital hôtel homme herbe \
                  histoire hiver huile huissier huître humain horaire hommage honneur hébergement \
                  héritage hésitation hectare hypothèque hygiène harmonie haleine haltère \
                  hallucination yeux Yonne Yves ADN ONU œuvre Œuvre île Évron HABITANT Hervé \
                  Hélène honoraires horloge hebdomadaire hôte unanimité usage hippodrome héroïne";
    for word in elided.split_whitespace() {
        assert!(elides(word), "{word}");
    }
    let full = "hameau Hameau HAMEAU hauteur haie haies halle hall handicap handicapés hangar haut \
                hausse hasard harcèlement hors huit huitième huitaine onze onzième oui yaourt yacht \
                yoga hockey handball hibou hiérarchie hérisson héros hêtre heurt homard honte houle \
                housse huis hutte hurlement hâte Hollande Hongrie hernie halte halo hachoir mairie \
                SNCF HLM TTC Kerlan 8 12 travaux hotte haricot";
    for word in full.split_whitespace().chain(["", " ", "’"]) {
        assert!(!elides(word), "{word}");
    }
}

proptest! {
    #[test]
    fn any_text_has_forms(text in "\\PC{0,24}") {
        let forms = agreeing(&text);
        let composed: String = text.nfc().collect();
        prop_assert!(!forms.is_empty());
        prop_assert!(
            forms[0].text == text
                || fold::folded(&forms[0].text).eq(fold::folded(&composed))
        );
        let _ = (is_word(&text), noun_gender(&text), conjugate(&text), elides(&text));
    }

    #[test]
    fn forms_have_forms(text in "[ldsq]?['’]?[A-Za-zéèêàçœ'’-]{1,7}(er|é|e|s|al|aux|eux)?") {
        for form in agreeing(&text) {
            let again = agreeing(&form.text);
            prop_assert_eq!(&again[0].text, &form.text);
        }
    }
}

#[test]
fn forms_of_forms_are_the_same_forms() {
    let words = "école municipal confiée reçu propose travaux voirie vote devis gratuit ont";
    for word in words.split_whitespace() {
        let texts: BTreeSet<String> = agreeing(word).into_iter().map(|form| form.text).collect();
        for text in &texts {
            let again: BTreeSet<String> = agreeing(text).into_iter().map(|f| f.text).collect();
            assert!(again.contains(word), "{word} {text}");
        }
    }
}

#[test]
fn accents_come_back_where_only_one_word_can_be_meant() {
    for (typed, expected) in [
        ("chaudiere inchangee, prix exterieurs", "chaudière inchangée, prix extérieurs"),
        ("reunion du college : deliberation", "réunion du collège : délibération"),
        ("mur repare par les agents, siege vole", "mur réparé par les agents, siège vole"),
        ("le chemin passe par le bois", "le chemin passe par le bois"),
        // « présente » or « présenté »; names; words as they are; short ones.
        ("il presente le dossier", "il presente le dossier"),
        ("Terravoie et kerlan", "Terravoie et kerlan"),
        ("le prix de la salle", "le prix de la salle"),
        ("l'ecole d'ete", "l'école d'ete"),
        ("ecole : ecole@college.example", "école : ecole@college.example"),
        ("", ""),
        ("24650 € ht -> oui ?", "24650 € ht -> oui ?"),
    ] {
        assert_eq!(restored(typed), expected);
    }
}
