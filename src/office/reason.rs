//! Why a sheet, or a record that the user corrects, is refused, in French: the line, what was found, what to write instead.
//!
//! The parser's messages are English and its types are Rust's. Those that deny a key or a type are
//! translated; for a line that is not TOML at all, the line itself tells what the user meant.

#[cfg(test)]
use super::Office;

/// Keys by section, for « cette clé se place sous [courrier] ».
const KEYS: [(&str, &[&str]); 7] = [
    (
        "organisme",
        &[
            "nom",
            "nature",
            "code_postal",
            "adresse",
            "departement",
            "telephone",
            "courriel",
            "population",
            "publicite_actes",
            "site_internet",
            "tribunal_administratif",
        ],
    ),
    ("conseil", &["membres_en_exercice", "titre_maire", "maire", "membres"]),
    ("personnel", &["secretaire_de_mairie"]),
    ("statuts", &["quorum_fraction", "pouvoirs_max", "majorite"]),
    ("courrier", &["signataire", "fonction_signataire", "lieu"]),
    ("affiche", &["mention_imprimeur", "couleur", "logo", "image"]),
    ("modele", &["docx", "odt"]),
];

/// The line of a fault, from 1, and its reason in French; a section of the file serves as example.
pub(crate) fn explain(text: &str, start: usize, message: &str, section: &str) -> (usize, String) {
    // An unclosed text is noticed at the end of its line.
    let line = text.as_bytes().iter().take(start).filter(|b| **b == b'\n').count();
    let content = text.lines().nth(line).unwrap_or_default().trim();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let reason = if message.starts_with("unknown field") {
        unknown_key(&quoted)
    } else if message.starts_with("unknown variant") {
        unknown_choice(&quoted)
    } else if message.starts_with("missing field") {
        format!("il manque la clé « {} »", quoted.first().unwrap_or(&"nom"))
    } else if let Some(rest) = message.strip_prefix("invalid type: ") {
        wrong_type(content, rest, section)
    } else if let Some(rest) = message.strip_prefix("invalid value: ") {
        wrong_type(content, rest, section)
    } else if message.starts_with("duplicate key") {
        format!("« {} » est donné deux fois : gardez une seule ligne", key_of(content))
    } else if message.starts_with('«') {
        // A type of the sheet itself refused the value, in French.
        message.to_owned()
    } else {
        malformed(content, section)
    };
    (line + 1, reason)
}

fn unknown_key(quoted: &[&str]) -> String {
    let (Some(wrong), known) = (quoted.first(), quoted.get(1..).unwrap_or_default()) else {
        return "clé inconnue".into();
    };
    if let Some(near) = nearest(wrong, known) {
        return format!("clé « {wrong} » inconnue ; vouliez-vous « {near} » ?");
    }
    let home = KEYS.iter().find(|(_, keys)| keys.contains(wrong));
    if let Some((section, _)) = home {
        return format!("la clé « {wrong} » se place sous [{section}]");
    }
    format!("clé « {wrong} » inconnue ; clés possibles ici : {}", known.join(", "))
}

fn unknown_choice(quoted: &[&str]) -> String {
    let wrong = quoted.first().unwrap_or(&"");
    let known: Vec<String> = quoted.iter().skip(1).map(|choice| format!("\"{choice}\"")).collect();
    format!("valeur « {wrong} » inconnue ; écrivez {}", known.join(" ou "))
}

/// `rest` is « string "abc", expected u32 », in the parser's words.
fn wrong_type(content: &str, rest: &str, section: &str) -> String {
    let (found, expected) = rest.rsplit_once(", expected ").unwrap_or((rest, ""));
    let like_section = format!("une section entre crochets, comme [{section}]");
    let expected = match expected {
        "u32" => "un nombre entier, sans guillemets ni espace",
        "a string" | "path string" => "un texte entre guillemets",
        "a boolean" => "true (oui) ou false (non), sans guillemets",
        "a sequence" => "une liste entre crochets",
        e if e.starts_with("struct Membre") => "un membre, comme { nom = \"Prénom NOM\" }",
        e if e.starts_with("struct") => &like_section,
        _ => "une autre sorte de valeur",
    };
    let (kind, value) = found.split_once(' ').unwrap_or((found, ""));
    let value = value.trim_matches(['`', '"']);
    let found = match kind {
        "string" => format!("le texte « {value} »"),
        "integer" => format!("le nombre {value}"),
        "floating" => format!("le nombre {}", value.trim_start_matches("point `")),
        "boolean" => format!("« {value} »"),
        "sequence" => "une liste".to_owned(),
        "map" => "une section".to_owned(),
        _ => "une autre valeur".to_owned(),
    };
    format!("« {} » attend {expected} ; trouvé : {found}", key_of(content))
}

/// A line that is not TOML: the usual slips, by what stands in the line.
fn malformed(content: &str, section: &str) -> String {
    let key = key_of(content);
    let value = content.split_once('=').map(|(_, value)| value.trim());
    match value {
        None if content.starts_with('[') => {
            format!("une section s'écrit entre crochets sur sa ligne, comme [{section}]")
        }
        None if content.contains(':') => {
            "écrivez le signe = entre la clé et sa valeur, à la place de :".into()
        }
        None => "cette ligne doit s'écrire clé = \"valeur\"".into(),
        Some(value) if value.starts_with(['«', '“', '”', '’', '‘']) => {
            format!("« {key} » : utilisez des guillemets droits, comme \"ceci\"")
        }
        Some(value) if value.starts_with('"') && value.matches('"').count() % 2 == 1 => {
            format!("« {key} » : fermez le texte par un guillemet droit")
        }
        Some("") => {
            format!("« {key} » n'a pas de valeur : complétez la ligne ou mettez un # devant")
        }
        Some(value) if !value.starts_with(['"', '[', '{', '\'']) => {
            format!("« {key} » : mettez la valeur entre guillemets droits, comme \"{value}\"")
        }
        Some(_) => {
            format!("« {key} » : cette ligne n'est pas lisible, vérifiez guillemets et virgules")
        }
    }
}

fn key_of(content: &str) -> &str {
    let key = content.split(['=', ':']).next().unwrap_or_default().trim();
    key.trim_matches(['[', ']', '{', ' '])
}

/// The known key that a slip of the finger separates from this one.
pub(crate) fn nearest<'k>(wrong: &str, known: &[&'k str]) -> Option<&'k str> {
    let plain = wrong.to_lowercase();
    let (distance, key) =
        known.iter().map(|key| (distance(&plain, key), *key)).min_by_key(|(d, _)| *d)?;
    (distance <= 1 + wrong.chars().count() / 4).then_some(key)
}

/// Levenshtein's distance, in characters.
fn distance(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (index, l) in left.chars().enumerate() {
        let mut diagonal = index;
        let mut before = index + 1;
        if let Some(first) = row.first_mut() {
            *first = before;
        }
        for (cell, r) in row.iter_mut().skip(1).zip(&right) {
            let replaced = diagonal + usize::from(l != *r);
            diagonal = *cell;
            before = replaced.min(before + 1).min(*cell + 1);
            *cell = before;
        }
    }
    row.last().copied().unwrap_or_default()
}

/// The keys that have a value in a whole sheet, to test that `KEYS` and the template are complete.
#[cfg(test)]
pub(super) fn keys_without_value(office: &Office) -> Vec<String> {
    let sheet = toml::Table::try_from(office).unwrap();
    let set = |section: &str, key: &str| sheet.get(section).and_then(|s| s.get(key)).is_some();
    let keys = KEYS.iter().flat_map(|(s, keys)| keys.iter().map(move |key| (*s, *key)));
    keys.filter(|(s, key)| !set(s, key)).map(|(s, key)| format!("{s}.{key}")).collect()
}

/// The keys that a sheet serialises and `KEYS` does not know.
#[cfg(test)]
pub(super) fn keys_unknown(office: &Office) -> Vec<String> {
    let sheet = toml::Table::try_from(office).unwrap();
    let mut unknown = Vec::new();
    for (section, keys) in &sheet {
        let known = KEYS.iter().find(|(name, _)| name == section).map_or(&[][..], |(_, keys)| keys);
        let keys = keys.as_table().unwrap().keys().filter(|key| !known.contains(&key.as_str()));
        unknown.extend(keys.cloned());
    }
    unknown
}
