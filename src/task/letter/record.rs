//! What a letter states: the typed record its document is made from.
//!
//! Values are already in French form; the document is a pure function of the record, whichever of
//! its two forms is asked for.

use serde::{Deserialize, Serialize};

use super::address::Recipient;

/// How the text is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// On paper, with the sender's and the recipient's address.
    Letter,
    /// An e-mail: subject, greeting, body, signature.
    #[default]
    Email,
}

/// What the letter is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
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
    /// The request is another administration's, which receives it.
    Transfer,
    /// Somebody has died.
    Condolences,
    /// Somebody is congratulated.
    Congratulations,
    /// Anything else.
    #[default]
    Information,
}

impl Purpose {
    /// Whether something that came in is answered.
    pub const fn answers(self) -> bool {
        matches!(
            self,
            Self::Refusal
                | Self::Acceptance
                | Self::PartialAnswer
                | Self::Acknowledgement
                | Self::Transfer
        )
    }

    /// Whether it is a personal word, which bears no administrative formula.
    pub const fn personal(self) -> bool {
        matches!(self, Self::Condolences | Self::Congratulations)
    }
}

/// How the formulas sound; facts stay as they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// As any administration writes.
    #[default]
    Neutral,
    /// Cordial.
    Warm,
    /// Insistent, always courteous.
    Firm,
}

/// What it means that the office does not answer in two months; the law has both, and no program
/// decides between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Silence {
    /// The request is then refused.
    Refusal,
    /// The request is then granted.
    Acceptance,
}

/// Who writes: the body, as it heads its letters.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Sender {
    /// « Mairie de Valbrune-sur-Orle », or the association.
    pub name: Option<String>,
    /// Street, then postal code and town.
    pub address: Vec<String>,
    /// Phone.
    pub phone: Option<String>,
    /// E-mail.
    pub email: Option<String>,
    /// Where letters are dated from.
    pub place: Option<String>,
    /// Whether it is an administration, whose refusals and silences the law regulates.
    pub administration: bool,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Incoming {
    /// « courriel », « courrier », « appel téléphonique ».
    pub medium: Option<String>,
    /// The date it bears.
    pub dated: Option<String>,
    /// When it came.
    pub received: Option<String>,
    /// When its receipt was acknowledged.
    pub acknowledged: Option<String>,
    /// What it is about, as it says itself.
    pub subject: Option<String>,
    /// When it was registered, where that is another day than that of its coming.
    pub registered: Option<String>,
    /// The number it was registered under.
    pub number: Option<String>,
    /// Whether it came by electronic means that a person may use by right.
    pub electronic: bool,
    /// What it asks, as it says it; for the person who answers, never printed.
    pub asks: Vec<String>,
}

/// Who signs.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
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

impl Signatory {
    /// Whether a mayor signs.
    pub fn is_mayor(&self) -> bool {
        let quality = self.quality.as_deref().unwrap_or_default().to_lowercase();
        quality.ends_with("maire") && !quality.contains("adjoint")
    }
}

/// One letter.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Letter {
    /// How it is sent.
    pub form: Form,
    /// What it is for.
    pub purpose: Purpose,
    /// How its formulas sound.
    pub tone: Tone,
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
    /// Letters already sent, with their dates: « courriel du 12 juin ».
    pub reminders: Vec<String>,
    /// The administration that is competent, when the request is passed on to it.
    pub competent: Option<String>,
    /// What silence will mean, when the notes or the user say it.
    pub silence: Option<Silence>,
    /// The title a refusal is founded on.
    pub legal_ground: Option<String>,
    /// Whether the notes ask for the remedies, or the purpose does.
    pub remedies: bool,
    /// The court, when known.
    pub court: Option<String>,
    /// The matter is a building permit or the like, whose remedies are other ones.
    pub urban_planning: bool,
    /// Papers joined.
    pub attachments: Vec<String>,
    /// Who receives a copy.
    pub copies: Vec<String>,
    /// Who writes.
    pub sender: Sender,
    /// Who it is for.
    pub recipient: Recipient,
    /// Who signs it.
    pub signatory: Signatory,
    /// What is answered.
    pub incoming: Incoming,
    /// The body, by part.
    pub parts: Vec<Part>,
}

/// What a part of the body does, in the order the body follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
    /// Papers that the request still lacks.
    Missing,
    /// Another wish of the recipient.
    OtherMatter,
    /// What the office asks.
    Question,
    /// A date not to be missed.
    Deadline,
    /// How to meet or call.
    Appointment,
    /// Thanks.
    Thanks,
}

impl Role {
    /// Every part, in the order the body follows.
    pub const ALL: [Self; 12] = [
        Self::Request,
        Self::Context,
        Self::Decision,
        Self::Reason,
        Self::Offer,
        Self::Condition,
        Self::Missing,
        Self::OtherMatter,
        Self::Question,
        Self::Deadline,
        Self::Appointment,
        Self::Thanks,
    ];
}

/// One part of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// What the part does.
    pub role: Role,
    /// What the notes say, in the voices of the letter.
    #[serde(default)]
    pub clauses: Vec<String>,
    /// What the document says: an item that ends a sentence is one, another is an entry of a list.
    /// Empty where it is still to be written.
    #[serde(default)]
    pub items: Vec<String>,
}

impl Letter {
    /// The items of a part; none when there is no such part.
    pub fn items(&self, role: Role) -> &[String] {
        self.parts.iter().find(|part| part.role == role).map_or(&[], |part| &part.items)
    }

    /// Whether the clauses of a part are still to be put into sentences.
    pub fn is_untold(&self) -> bool {
        self.parts.iter().any(|part| part.items.is_empty() && !part.clauses.is_empty())
    }
}
