use super::*;
use crate::task::minutes::table;

#[test]
fn a_number_that_does_not_come_out_stays_out() {
    let text = "AG des Bleuets sam 10/10/26\n1/ financier :\n recettes 1 200,00\n dépenses 1 000,00\n excédent 210 €\n";
    let notes = Notes::from_text(text).unwrap();
    let (meeting, findings) = read(&notes, &Office::default(), Kind::Association);
    assert!(findings.iter().any(|f| f.kind == FindingKind::Sum), "{findings:?}");
    let clauses = meeting.items[0].clauses.join(" | ");
    assert!(clauses.contains("excédent [À COMPLÉTER : montant]"), "{clauses}");
    assert!(!clauses.contains("210"), "{clauses}");
}

/// Chair, secretary, people present, people voting through others, of notes without a sheet.
fn roll_of(text: &str, kind: Kind) -> [String; 4] {
    let notes = Notes::from_text(text).unwrap();
    let flat = table::flattened(&notes);
    let notes = flat.as_ref().map_or(&notes, |flat| &flat.notes);
    let (meeting, _) = read(notes, &Office::default(), kind);
    let a = &meeting.attendance;
    let count = |names: &[String], count: Option<u32>| {
        count.filter(|_| names.is_empty()).map_or(names.join(", "), |n| n.to_string())
    };
    let givers: Vec<String> =
        a.proxies.iter().map(|p| format!("{} > {}", p.giver, p.holder)).collect();
    [
        meeting.chair.clone().unwrap_or_default(),
        meeting.secretary.clone().unwrap_or_default(),
        count(&a.present, a.present_count),
        count(&givers, a.proxy_count),
    ]
}

#[test]
fn a_small_assembly_is_read_without_agenda() {
    let text = "ag du verger\nsamedi 12/12/26, 10h et qqch\ny avait : Lulu (Lucienne Vernier) Paul Talmont Alice Ostin les 2 Noval (Marc et Julie)\n= 6\nLulu préside, moi j'écris (Alice)\n\nbilan : tout va\n ok pour tout le monde\nsous (Paul tient la caisse)\n début 40\n 3 pour 2 contre\nprix du cidre : 4 pour 1 contre\nbureau  Lulu reste présidente. Paul T. trop pris\nparti avant la fin Marc (après les sous)\nfini vers midi";
    let notes = Notes::from_text(text).unwrap();
    let (meeting, findings) = read(&notes, &Office::default(), Kind::Association);
    assert_eq!(meeting.chair.as_deref(), Some("Lucienne Vernier"));
    assert_eq!(meeting.secretary.as_deref(), Some("Alice Ostin"));
    let titles: Vec<&str> = meeting.items.iter().map(|i| i.title.as_str()).collect();
    assert_eq!(titles, ["Bilan", "Sous", "Prix du cidre", "Bureau"]);
    let account = meeting.items[3].clauses.join(" | ");
    assert!(account.starts_with("Lucienne Vernier reste présidente"), "{account}");
    assert!(account.contains("Paul Talmont trop pris"), "{account}");
    assert_eq!(meeting.items[1].clauses[0], "Paul Talmont tient la caisse");
    let told = |words: &str| findings.iter().any(|f| f.message.contains(words));
    assert!(told("comptent 6 présents, mais en nomment 5"), "{findings:?}");
    assert!(told("« 10h et qqch »") && told("« fini vers midi »"), "{findings:?}");
    // Marc Noval had left when the price was voted: four voters are left.
    assert!(told("4 votants au plus"), "{findings:?}");
}

#[test]
fn the_roll_is_read_as_people_type_it() {
    let table = [
        (
            "cm 4 fev 27\npres: le maire (henri calvignac), josiane beaufrelon 1ere adj, marc tuilier\npouv: claire fontvieille -> josiane\nsecr: marc\n> voirie\nok 4 pour\n> ecole\nrien\n",
            Kind::Council,
            [
                "Henri Calvignac",
                "Marc Tuilier",
                "Henri Calvignac, Josiane Beaufrelon, Marc Tuilier",
                "Claire Fontvieille > Josiane Beaufrelon",
            ],
        ),
        (
            "Séance ouverte à 20 heures par Monsieur Aubin Lestrade, maire.\nLe maire fait l'appel : sont présents Aubin Lestrade, Myriam Coustal, Bernard Vialelle. Yves Marquézy est absent et a donné pouvoir à Bernard Vialelle.\nMyriam Coustal accepte d'être secrétaire.\nPoint 1 : haies. Rien.",
            Kind::Council,
            [
                "Aubin Lestrade",
                "Myriam Coustal",
                "Aubin Lestrade, Myriam Coustal, Bernard Vialelle",
                "Yves Marquézy > Bernard Vialelle",
            ],
        ),
        (
            "Conseil municipal\nÉtaient présents : Mme Parmentelle Solange (maire), MM. Ripotier Luc et Falgas Thierry\nAbsent ayant donné procuration : M. Vernaculo Paul (procuration à M. Ripotier)\n1. Eau : ok",
            Kind::Council,
            [
                "Mme Solange Parmentelle",
                "",
                "Mme Solange Parmentelle, M. Luc Ripotier, M. Thierry Falgas",
                "M. Vernaculo Paul > M. Luc Ripotier",
            ],
        ),
        (
            "AGE\nMembres inscrits : 48     Présents : 29     Représentés : 8     Votants : 37\nPrésident de séance : Yannick Fourvel      Secrétaire de séance : Brigitte Samaran\n1- siège : ok",
            Kind::Association,
            ["Yannick Fourvel", "Brigitte Samaran", "29", "8"],
        ),
        (
            "AG\nBureau : Sabine Corentel présidente, Jules Audrain trésorier, Nadège Poulvet secrétaire\n62 adhérents, 25 présents + 9 pouvoirs = 34\nBilan : ok\nCotisation : 12 €",
            Kind::Association,
            ["Sabine Corentel", "Nadège Poulvet", "25", "9"],
        ),
        (
            "AG des Jardins\n21 étaient présents et 6 avaient donné pouvoir.\nJeanne Morvandieu, présidente, a présidé la séance. Le secrétaire de séance était Ousmane Kébrillat.\nBilan : ok",
            Kind::Association,
            ["Jeanne Morvandieu", "Ousmane Kébrillat", "21", "6"],
        ),
        (
            "CM du 3 mars 2027\nPrésents\tAbsents\tPouvoirs\nAda Vernier\tZoé Roy\tIda Noval > Ada Vernier\nLuc Talmont\n\n1/ eau : ok",
            Kind::Council,
            ["", "", "Ada Vernier, Luc Talmont", "Ida Noval > Ada Vernier"],
        ),
    ];
    for (text, kind, expected) in table {
        assert_eq!(roll_of(text, kind), expected, "{text}");
    }
}

fn read_as(text: &str, kind: Kind) -> (Meeting, Vec<Finding>) {
    let notes = Notes::from_text(text).unwrap();
    read(&notes, &Office::default(), kind)
}

#[test]
fn a_second_assembly_tells_of_the_first_and_of_its_notice() {
    let text = "AGE de l'association LE BAC samedi 8 mai 2027\nouverte 10h close 11h\nodj : 1. nom 2. siège\nLa 1re AGE du 24 avril n'avait que 9 présents, donc pas tenue.\nConvocation envoyée le 28 avril. art. 7 : convocation quinze jours avant.\n14 présents, 3 pouvoirs\n1. nom : nouveau nom. 10 pour 5 contre 2 abst\n2. siège : au bourg. Tous pour.\nRelu le soir : attention point 1, il fallait 12 voix, c'est rejeté.";
    let (meeting, findings) = read_as(text, Kind::Association);
    assert_eq!(meeting.attendance.present_count, Some(14));
    assert!(meeting.remarks.iter().any(|r| r.contains("24 avril")), "{:?}", meeting.remarks);
    let told = |words: &str| findings.iter().any(|f| f.message.contains(words));
    assert!(told("les statuts en demandent 15"), "{findings:?}");
    assert_eq!(meeting.items[0].vote.as_ref().and_then(|vote| vote.result), Some(false));
}

#[test]
fn a_discharge_with_the_accounts_goes_to_its_own_entry() {
    let text = "AG du club 8 mai 2027\nodj : comptes, quitus, divers\n\nComptes : recettes 300, dépenses 200\ncomptes approuvés à l'unanimité. Quitus : 12 pour, 1 abst.\n\nDivers : loto en juin";
    let (meeting, _) = read_as(text, Kind::Association);
    let favour: Vec<Option<u32>> = meeting
        .items
        .iter()
        .map(|item| item.vote.as_ref().and_then(|vote| vote.in_favour))
        .collect();
    assert_eq!(favour, [None, Some(12), None], "{:?}", meeting.items);
}

#[test]
fn deliberations_go_on_after_the_last_number() {
    let text = "CM du 8 mai 2027\nDÉLIB : DERNIER N° = 2027-09\n1. Lavoir : devis 300 €. 8 pour\n2. Bois : 7 pour";
    let (meeting, _) = read_as(text, Kind::Council);
    let numbers: Vec<_> = meeting.items.iter().map(|i| i.deliberation.as_deref()).collect();
    assert_eq!(numbers, [Some("2027-10"), Some("2027-11")]);
}
