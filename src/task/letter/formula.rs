//! The set phrases of a letter: greeting, verdict, thanks, closing, by the recipient's rank and the
//! tone asked for. Closed tables: a tone changes how a thing is said, never what is said.

use super::address::{Civility, Rank, Recipient};
use super::record::{Form, Letter, Purpose, Tone};

/// The tone that the letter may take: an authority and a personal word have their own.
pub(super) fn tone(letter: &Letter) -> Tone {
    if letter.recipient.rank == Rank::High || letter.purpose.personal() {
        Tone::Neutral
    } else {
        letter.tone
    }
}

/// Whether a mayor writes to a mayor.
fn colleagues(letter: &Letter) -> bool {
    letter.signatory.is_mayor() && letter.recipient.title.as_deref() == Some("Maire")
}

/// Whether the letter asks for an answer.
fn awaits(letter: &Letter) -> bool {
    use super::record::Role::{Deadline, Question};
    let asks = !letter.items(Question).is_empty()
        || letter.items(Deadline).iter().any(|d| d.contains("me répondre"));
    matches!(letter.purpose, Purpose::Request | Purpose::Reminder)
        || (asks && !letter.purpose.answers() && letter.purpose != Purpose::Invitation)
}

/// Whether the e-mail greets and closes as people do who know each other.
fn plain(letter: &Letter) -> bool {
    letter.form == Form::Email && letter.recipient.rank != Rank::High && !letter.purpose.personal()
}

/// « Madame la Sous-Préfète », « Bonjour Madame Ferrière ».
pub(super) fn appeal(letter: &Letter) -> String {
    let recipient = &letter.recipient;
    if plain(letter) {
        return greeting(recipient);
    }
    if colleagues(letter) && tone(letter) == Tone::Warm {
        let dear = match recipient.civility {
            Some(Civility::Madame) => "chère",
            _ => "cher",
        };
        return format!("{} et {dear} collègue", recipient.appeal());
    }
    recipient.appeal()
}

fn greeting(recipient: &Recipient) -> String {
    match (recipient.civility, &recipient.title, &recipient.name) {
        _ if recipient.appeal.is_some() || recipient.title.is_some() => {
            format!("Bonjour {}", recipient.appeal())
        }
        // Who is known by first name and surname only is greeted so.
        (None, _, Some(name)) if name.contains(' ') && !recipient.several => {
            format!("Bonjour {name}")
        }
        (Some(Civility::Both), ..) | (None, ..) => "Bonjour".into(),
        (Some(_), _, Some(name)) => {
            format!("Bonjour {} {}", recipient.appeal(), surname(name))
        }
        (Some(_), ..) => format!("Bonjour {}", recipient.appeal()),
    }
}

/// The surname, its particle with it: « Anne de La Tour » as « de La Tour ».
fn surname(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let particle = |word: &&str| {
        ["de", "du", "des", "d'", "le", "la", "van", "von"].contains(&word.to_lowercase().as_str())
    };
    let first = words.iter().position(particle);
    match (first, words.len()) {
        (Some(at), length) if at + 1 < length => words.get(at..).unwrap_or_default().join(" "),
        _ => words.last().map_or_else(String::new, |word| (*word).to_owned()),
    }
}

/// The closing line; it repeats the greeting of a letter word for word.
pub(super) fn closing(letter: &Letter) -> String {
    match letter.purpose {
        Purpose::Condolences => {
            return "Recevez, ainsi que vos proches, mes condoléances les plus sincères.".into();
        }
        Purpose::Congratulations => return "Très cordialement,".into(),
        _ => {}
    }
    if plain(letter) {
        return match (tone(letter), letter.recipient.rank) {
            (Tone::Warm, _) | (Tone::Neutral, Rank::Distinguished) => "Bien cordialement,".into(),
            _ => "Cordialement,".into(),
        };
    }
    let open = if awaits(letter) {
        "Dans l'attente de votre réponse, je vous prie"
    } else {
        "Je vous prie"
    };
    format!("{open} d'agréer, {}, {}.", appeal(letter), wish(letter))
}

/// « l'expression de » to one's superiors and equals, « l'assurance de » to equals; « sentiments »
/// only between colleagues.
fn wish(letter: &Letter) -> &'static str {
    let recipient = &letter.recipient;
    match (recipient.rank, tone(letter)) {
        (Rank::High, _) if recipient.title.as_deref() == Some("Ministre") => {
            "l'expression de ma très haute considération"
        }
        (Rank::High, _) => "l'expression de ma haute considération",
        (Rank::Distinguished, Tone::Firm) => "l'assurance de ma considération distinguée",
        (Rank::Distinguished, Tone::Warm) if colleagues(letter) => {
            "l'expression de mes sentiments les plus cordiaux"
        }
        (Rank::Distinguished, _) if colleagues(letter) => {
            "l'expression de mes sentiments les meilleurs"
        }
        (Rank::Distinguished, _) => "l'expression de ma considération distinguée",
        (Rank::Company, Tone::Warm) => "mes salutations les meilleures",
        (Rank::Company, _) => "mes salutations distinguées",
        (Rank::Resident, Tone::Warm) => "l'expression de mes salutations les meilleures",
        (Rank::Resident, _) => "l'expression de mes salutations distinguées",
    }
}

/// Yes, in one sentence.
pub(super) fn granted(letter: &Letter) -> &'static str {
    match tone(letter) {
        Tone::Neutral => {
            "J'ai le plaisir de vous informer que je donne une suite favorable à votre demande."
        }
        Tone::Warm => "C'est avec plaisir que je donne une suite favorable à votre demande.",
        Tone::Firm => "Je vous informe que je donne une suite favorable à votre demande.",
    }
}

/// No, before its reasons.
pub(super) fn refused(letter: &Letter) -> &'static str {
    match tone(letter) {
        Tone::Warm => {
            "Après un examen attentif de votre demande, j'ai le regret de ne pas pouvoir y donner une suite favorable"
        }
        Tone::Neutral | Tone::Firm => {
            "Après examen de votre demande, je ne peux pas y donner une suite favorable"
        }
    }
}

/// Partly.
pub(super) fn granted_in_part(letter: &Letter) -> &'static str {
    match tone(letter) {
        Tone::Warm => {
            "Après un examen attentif, je peux donner une suite favorable à une partie de votre demande, et je regrette de ne pas pouvoir le faire pour le reste."
        }
        Tone::Neutral | Tone::Firm => {
            "Après examen, je peux donner une suite favorable à une partie seulement de votre demande."
        }
    }
}

/// What opens the questions of a letter, before « de bien vouloir ».
pub(super) fn asking(letter: &Letter) -> String {
    if tone(letter) == Tone::Firm {
        return "Je vous demande".into();
    }
    let grateful = match letter.signatory.feminine {
        Some(true) => "reconnaissante",
        Some(false) => "reconnaissant",
        None => "reconnaissant(e)",
    };
    format!("Je vous serais {grateful}")
}

/// What ends a request or a reminder that bears no date of its own.
pub(super) fn last_word(letter: &Letter) -> Option<&'static str> {
    use super::record::Role::{Deadline, Question, Thanks};
    let dated = !letter.items(Deadline).is_empty();
    match (letter.purpose, tone(letter)) {
        (Purpose::Reminder, Tone::Firm) if !dated => {
            Some("Je vous demande de bien vouloir me répondre sans tarder.")
        }
        (Purpose::Reminder, _) if !dated && letter.items(Question).is_empty() => {
            Some("Je vous remercie de bien vouloir me répondre dans les meilleurs délais.")
        }
        (Purpose::Request, Tone::Neutral | Tone::Warm) if letter.items(Thanks).is_empty() => {
            Some("Je vous remercie de l'attention que vous porterez à cette demande.")
        }
        (Purpose::Invitation, Tone::Warm) => Some("Je serais très heureux de vous y accueillir.")
            .filter(|_| letter.signatory.feminine == Some(false))
            .or_else(|| {
                (letter.signatory.feminine == Some(true))
                    .then_some("Je serais très heureuse de vous y accueillir.")
            }),
        _ => None,
    }
}
