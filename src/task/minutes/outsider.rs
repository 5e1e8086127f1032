//! People of whom the notes speak and who sit in no meeting: the name of somebody of the public,
//! of a household. Minutes are public; what they did is told without their name.

use std::sync::LazyLock;

use regex::Regex;

use crate::french;
use crate::reading::fold;
use crate::reading::name::Roster;
use crate::reading::pattern;

/// « un monsieur du public (M. Talmont) », « une riveraine, Mme Ostin, … ».
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b((?:un|une|le|la|cette?)\s+(?:monsieur|dame|habitante?|riveraine?|personne|voisine?|administr[ée]e?|usager|parent|spectat(?:eur|rice))\b[^(),:;.]{0,24}?)\s*([(,])\s*(?:MM?\.?|Mr\.?|Mmes?|Mlle|Monsieur|Madame)\s+((?-i:\p{Lu})[\p{L}'’-]+(?:\s+(?-i:\p{Lu})[\p{L}'’-]+)*)\s*[),]",
    )
});
/// « les Talmont brûlent leurs branches »: a household that does something.
static HOUSEHOLD: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b([Ll]es)\s+(\p{Lu}\p{Ll}[\p{L}-]+)\s+(\p{Ll}+ent)\b"));

/// The text without such names; `None` where it holds none.
pub(super) fn without(text: &str, roster: &Roster) -> Option<String> {
    let member = |name: &str| !roster.mentions(name).is_empty();
    let out = NAMED.replace_all(text, |found: &regex::Captures<'_>| {
        if member(&found[3]) { found[0].to_owned() } else { found[1].to_owned() }
    });
    let out = HOUSEHOLD.replace_all(&out, |found: &regex::Captures<'_>| {
        let name = &found[2];
        let known =
            member(name) || french::is_word(&fold(name)) || french::is_word(&name.to_lowercase());
        if known {
            return found[0].to_owned();
        }
        let who = if found[1].starts_with('L') { "Des habitants" } else { "des habitants" };
        format!("{who} {}", &found[3])
    });
    (out != text).then(|| out.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::Membre;

    #[test]
    fn outsiders_lose_their_name() {
        let members = [Membre { nom: "Luc TALMONT".into(), ..Membre::default() }];
        let roster = Roster::new(&members);
        let table = [
            (
                "une dame du public (Mme Corvignac) demande un banc",
                Some("une dame du public demande un banc"),
            ),
            (
                "un riverain, M. Corvignac, voulait parler du bruit",
                Some("un riverain voulait parler du bruit"),
            ),
            ("les Corvignac laissent leur chien", Some("des habitants laissent leur chien")),
            ("un habitant (M. Talmont) regarde", None),
            ("les Anciens demandent une salle", None),
            ("Mme Corvignac est embauchée", None),
        ];
        for (text, expected) in table {
            assert_eq!(without(text, &roster).as_deref(), expected, "{text}");
        }
    }
}
