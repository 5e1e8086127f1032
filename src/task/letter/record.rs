//! What a letter states: the typed record its document is made from.

use serde::Serialize;

use super::address::Recipient;

/// How the text is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// On paper, with the sender's and the recipient's address.
    Letter,
    /// An e-mail: subject, greeting, body, signature.
    Email,
}

/// What the letter is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// The request is refused.
    Refusal,
    /// The request is granted.
    Acceptance,
    /// The request is granted in part.
    PartialAnswer,
    /// The office asks for something.
    Request,
    /// The office asks again.
    Reminder,
    /// The office invites.
    Invitation,
    /// A request has been received.
    Acknowledgement,
    /// Anything else.
    #[default]
    Information,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Incoming {
    /// « courriel », « courrier », « appel téléphonique ».
    pub medium: Option<String>,
    /// The date it bears.
    pub dated: Option<String>,
    /// When it came.
    pub received: Option<String>,
    /// When its receipt was acknowledged.
    pub acknowledged: Option<String>,
}

/// Who signs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Signatory {
    /// « La maire », « Le président ».
    pub quality: Option<String>,
    /// « Madame la Maire », as remedies and greetings name the person.
    pub title: Option<String>,
    /// « Prénom NOM ».
    pub name: Option<String>,
    /// Whether adjectives of the signatory are feminine; unknown without a title.
    pub feminine: Option<bool>,
}

/// One letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Letter {
    /// How it is sent.
    pub form: Form,
    /// What it is for.
    pub purpose: Purpose,
    /// Who it is for.
    pub recipient: Recipient,
    /// Who signs it.
    pub signatory: Signatory,
    /// Its date.
    pub date: Option<String>,
    /// Its object, a noun phrase.
    pub subject: Option<String>,
    /// The office's reference.
    pub our_reference: Option<String>,
    /// The recipient's reference.
    pub their_reference: Option<String>,
    /// How it is sent, as printed: « Lettre recommandée avec accusé de réception ».
    pub sending: Vec<String>,
    /// Who follows the matter, with phone and address.
    pub handled_by: Option<String>,
    /// What is answered.
    pub incoming: Incoming,
    /// Dated reminders already sent: « courriel du 12 juin ».
    pub reminders: Vec<String>,
    /// The title a refusal is founded on.
    pub legal_ground: Option<String>,
    /// Whether the notes ask for the remedies, or the purpose does.
    pub remedies: bool,
    /// The court, when known.
    pub court: Option<String>,
    /// The matter is a building permit or the like, whose remedies are other ones.
    pub urban_planning: bool,
    /// The sentences of the body, by part.
    pub parts: Vec<Part>,
    /// Papers joined.
    pub attachments: Vec<String>,
    /// Who receives a copy.
    pub copies: Vec<String>,
}

/// What a part of the body does, in the order the body follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// What the recipient asked for.
    Request,
    /// The facts of the matter.
    Context,
    /// What was decided, beyond yes or no.
    Decision,
    /// Why.
    Reason,
    /// What is offered instead.
    Offer,
    /// Under which conditions, what the recipient has to do.
    Condition,
    /// What the office asks.
    Question,
    /// Another wish of the recipient.
    OtherMatter,
    /// A date not to be missed.
    Deadline,
    /// Thanks.
    Thanks,
    /// How to meet or call.
    Appointment,
}

/// The sentences of one part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// What the part does.
    pub role: Role,
    /// Its items: sentences, or entries of a list for reasons and questions.
    pub items: Vec<String>,
}

impl Letter {
    /// The items of a part; none when there is no such part.
    pub fn items(&self, role: Role) -> &[String] {
        self.parts.iter().find(|part| part.role == role).map_or(&[], |part| &part.items)
    }
}
