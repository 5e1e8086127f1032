use super::*;

fn reason(sheet: &str) -> String {
    match Office::parse(Path::new("fiche.toml"), sheet) {
        Err(OfficeError::Content { line, reason, .. }) => format!("{line} : {reason}"),
        other => format!("{other:?}"),
    }
}

#[track_caller]
fn check(sheet: &str, expected: &str) {
    assert_eq!(reason(sheet), expected, "{sheet}");
}

/// The template with the keys it offers, comments in prose left as they are.
fn uncommented() -> String {
    let lines = TEMPLATE.lines().map(|line| match line.strip_prefix('#') {
        Some(rest) if !rest.is_empty() && !rest.starts_with(' ') => rest,
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_template_is_an_empty_sheet() {
    assert_eq!(Office::parse(Path::new("t"), TEMPLATE).unwrap(), Office::default());
}

#[test]
fn the_template_offers_every_key() {
    let office = Office::parse(Path::new("t"), &uncommented()).unwrap();
    assert_eq!(reason::keys_without_value(&office), Vec::<String>::new());
    assert_eq!(reason::keys_unknown(&office), Vec::<String>::new());
    assert_eq!(office.conseil.membres.len(), 2);
    assert!(office.conseil.membres.iter().any(|m| m.fonction.is_some() && m.civilite.is_some()));
}

#[test]
fn a_wrong_key_is_refused_with_its_line_and_the_nearest_one() {
    check(
        "# fiche\n[organisme]\nnom = \"V\"\nadress = \"1 place\"",
        "4 : clé « adress » inconnue ; vouliez-vous « adresse » ?",
    );
    check(
        "[organisme]\nTelephone = \"0\"",
        "2 : clé « Telephone » inconnue ; vouliez-vous « telephone » ?",
    );
    check("[organism]\n", "1 : clé « organism » inconnue ; vouliez-vous « organisme » ?");
    check("[organisme]\nlieu = \"V\"", "2 : la clé « lieu » se place sous [courrier]");
    check(
        "[personnel]\nvoiture = 1",
        "2 : clé « voiture » inconnue ; clés possibles ici : secretaire_de_mairie",
    );
    check(
        "[conseil]\nmembres = [\n{ nom = \"A\" },\n{ nom = \"B\", fonctoin = \"maire\" },\n]",
        "4 : clé « fonctoin » inconnue ; vouliez-vous « fonction » ?",
    );
}

#[test]
fn a_wrong_type_says_what_was_expected_and_found() {
    check(
        "[organisme]\npopulation = \"912\"",
        "2 : « population » attend un nombre entier, sans guillemets ni espace ; trouvé : le texte « 912 »",
    );
    check(
        "[organisme]\ncode_postal = 29580",
        "2 : « code_postal » attend un texte entre guillemets ; trouvé : le nombre 29580",
    );
    check(
        "[organisme]\nsite_internet = \"oui\"",
        "2 : « site_internet » attend true (oui) ou false (non), sans guillemets ; trouvé : le texte « oui »",
    );
    check(
        "[conseil]\nmembres_en_exercice = -3",
        "2 : « membres_en_exercice » attend un nombre entier, sans guillemets ni espace ; trouvé : le nombre -3",
    );
    check(
        "organisme = 3",
        "1 : « organisme » attend une section entre crochets, comme [organisme] ; trouvé : le nombre 3",
    );
    check(
        "[statuts]\nmajorite = \"grande\"",
        "2 : valeur « grande » inconnue ; écrivez \"simple\" ou \"absolue\" ou \"deux_tiers\" ou \"trois_quarts\"",
    );
    check(
        "[modele]\ndocx = 3",
        "2 : « docx » attend un texte entre guillemets ; trouvé : le nombre 3",
    );
    check(
        "[statuts]\nquorum_fraction = \"4/3\"",
        "2 : « 4/3 » n'est pas une fraction : écrivez par exemple \"1/3\"",
    );
}

#[test]
fn a_line_that_is_not_toml_says_how_to_write_it() {
    check(
        "[organisme]\nnom = Valbrune",
        "2 : « nom » : mettez la valeur entre guillemets droits, comme \"Valbrune\"",
    );
    check(
        "[organisme]\nnom = « Valbrune »",
        "2 : « nom » : utilisez des guillemets droits, comme \"ceci\"",
    );
    check(
        "[organisme]\nnom : \"Valbrune\"",
        "2 : écrivez le signe = entre la clé et sa valeur, à la place de :",
    );
    check(
        "[organisme]\nnom = \"Valbrune\nadresse = \"1\"",
        "2 : « nom » : fermez le texte par un guillemet droit",
    );
    check(
        "[organisme]\ntelephone = 04 65 71 00 10",
        "2 : « telephone » : mettez la valeur entre guillemets droits, comme \"04 65 71 00 10\"",
    );
    check(
        "[organisme]\nnom =",
        "2 : « nom » n'a pas de valeur : complétez la ligne ou mettez un # devant",
    );
    check(
        "[organisme]\nnom = \"A\"\nnom = \"B\"",
        "3 : « nom » est donné deux fois : gardez une seule ligne",
    );
    check("[organisme", "1 : une section s'écrit entre crochets sur sa ligne, comme [organisme]");
}

#[test]
fn no_reason_is_in_english() {
    for sheet in
        ["= 3", "[conseil]\nmembres = [3]", "[conseil]\nmembres = [{}]", "a.b = 1", "nom = 'x", "]"]
    {
        let reason = reason(sheet);
        for english in ["expected", "invalid", "unknown", "missing", "Ok("] {
            assert!(!reason.contains(english), "{sheet}: {reason}");
        }
    }
}

#[test]
fn windows_1252_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("fiche.toml");
    std::fs::write(&path, b"[organisme]\r\nnom = \"Sol\xe9rac\"\r\n").unwrap();
    assert_eq!(Office::read(&path).unwrap().organisme.nom.as_deref(), Some("Solérac"));
}

#[test]
fn a_sheet_that_cannot_be_read_says_why() {
    let folder = tempfile::tempdir().unwrap();
    assert!(matches!(Office::read(folder.path()), Err(OfficeError::Folder(_))));
    let path = folder.path().join("fiche.toml");
    assert!(matches!(Office::read(&path), Err(OfficeError::NotFound(_))));
    std::fs::write(&path, b"a\0b").unwrap();
    assert!(matches!(Office::read(&path), Err(OfficeError::NotASheet(_))));
}

#[test]
fn a_share_is_rounded_up() {
    let third = Fraction::try_from("1/3".to_owned()).unwrap();
    assert_eq!([9, 10, 11].map(|members| third.at_least_of(members)), [3, 4, 4]);
    for wrong in ["", "1", "0/3", "3/0", "2/1", "a/b"] {
        assert!(Fraction::try_from(wrong.to_owned()).is_err(), "{wrong}");
    }
}
