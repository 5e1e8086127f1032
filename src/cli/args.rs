//! What the user types: every argument, in one place, with its French help.

use std::path::PathBuf;

use clap::builder::styling::Styles;
use clap::{Args, Parser, Subcommand, ValueEnum};

const TEMPLATE: &str = "\
{about}

Usage : {usage}

{all-args}{after-help}";

const TEMPLATE_TOP: &str = "\
{name} {version} - {about}

Usage : {usage}

Commandes :
{subcommands}

Options :
{options}{after-help}";

/// The program's command line.
#[derive(Debug, Parser)]
#[command(
    name = "greffier",
    version,
    about = "Rédige les documents du bureau à partir de vos notes, sur cet ordinateur, sans rien envoyer",
    help_template = TEMPLATE_TOP,
    styles = Styles::plain(),
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    subcommand_value_name = "COMMANDE",
    override_usage = "greffier <COMMANDE> [OPTIONS]",
    after_help = "\n\nCodes de sortie : 0 terminé, 1 terminé avec des points à vérifier, 2 demande ou fichier incorrect,\n3 modèle ou machine insuffisant, 4 échec, 130 arrêt demandé (Ctrl-C).\nAide d'une commande : greffier COMMANDE --aide"
)]
pub struct Cli {
    /// Affiche cette aide
    #[arg(short = 'h', long = "aide", visible_alias = "help", global = true, action = clap::ArgAction::Help)]
    pub help: Option<bool>,

    /// Affiche la version
    #[arg(short = 'V', long = "version", action = clap::ArgAction::Version)]
    pub version: Option<bool>,

    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Procès-verbal ou compte rendu de réunion
    #[command(alias = "minutes", help_template = TEMPLATE, override_usage = "greffier pv NOTES [OPTIONS]")]
    Pv(Minutes),
    /// Courriel ou lettre
    #[command(alias = "email", help_template = TEMPLATE, override_usage = "greffier courriel NOTES [OPTIONS]")]
    Courriel(Letter),
    /// Affiche : son texte, ou une feuille à imprimer (-o affiche.pdf)
    #[command(alias = "poster", help_template = TEMPLATE, override_usage = "greffier affiche NOTES [OPTIONS]")]
    Affiche(Poster),
    /// Écrit une fiche du bureau à remplir (nom, adresse, élus...)
    #[command(alias = "sheet", help_template = TEMPLATE, override_usage = "greffier fiche [-o FICHIER]")]
    Fiche(Sheet),
    /// Modèles de langue installés sur cet ordinateur
    #[command(
        alias = "models",
        help_template = "{about}\n\nUsage : {usage}\n\nCommandes :\n{subcommands}\n\nOptions :\n{options}",
        override_usage = "greffier modeles <COMMANDE>",
        disable_help_subcommand = true
    )]
    Modeles {
        /// What to do with models.
        #[command(subcommand)]
        command: Models,
    },
    /// Met des notes en phrases, une par ligne, pour juger un modèle
    #[command(alias = "sentences", help_template = TEMPLATE, override_usage = "greffier phrases NOTES [OPTIONS]")]
    Phrases(Phrases),
    /// Mesure la vitesse d'un modèle sur cet ordinateur
    #[command(alias = "bench", help_template = TEMPLATE, override_usage = "greffier banc [OPTIONS]")]
    Banc(Bench),
}

/// `greffier phrases`
#[derive(Debug, Args)]
#[command(next_help_heading = "Options")]
pub struct Phrases {
    /// Fichier d'une note par ligne, ou - pour l'entrée standard
    #[arg(value_name = "NOTES", help_heading = "Arguments")]
    pub notes: PathBuf,

    /// Modèle à employer (voir « greffier modeles liste »)
    #[arg(long, value_name = "NOM")]
    pub modele: Option<String>,

    /// Écrit un objet JSON par ligne
    #[arg(long)]
    pub json: bool,
}

/// `greffier banc`
#[derive(Debug, Args)]
#[command(next_help_heading = "Options")]
pub struct Bench {
    /// Modèle à mesurer (voir « greffier modeles liste »)
    #[arg(long, value_name = "NOM", conflicts_with = "gguf")]
    pub modele: Option<String>,

    /// Fichier .gguf à mesurer, sans l'installer
    #[arg(long, value_name = "FICHIER")]
    pub gguf: Option<PathBuf>,

    /// Fils de calcul (par défaut, un par cœur physique)
    #[arg(long, value_name = "NOMBRE", value_parser = clap::value_parser!(u8).range(1..=64))]
    pub fils: Option<u8>,

    /// Longueurs des textes lus, en jetons (128,512,2048)
    #[arg(long, value_name = "JETONS", value_delimiter = ',', value_parser = length)]
    pub lectures: Option<Vec<usize>>,

    /// Textes écrits : jetons qui précèdent x nombre de textes à la fois (1024x1,1024x4)
    #[arg(long, value_name = "JETONSxTEXTES", value_delimiter = ',', value_parser = context_and_sequences)]
    pub ecritures: Option<Vec<(usize, usize)>>,

    /// Écrit un objet JSON
    #[arg(long)]
    pub json: bool,
}

/// A length in tokens.
fn length(text: &str) -> Result<usize, String> {
    text.parse().ok().filter(|n| (1..=1 << 20).contains(n)).ok_or_else(|| text.to_owned())
}

/// A context and a number of sequences, `1024x4`.
fn context_and_sequences(text: &str) -> Result<(usize, usize), String> {
    let (context, sequences) = text.split_once('x').ok_or_else(|| text.to_owned())?;
    let sequences = length(sequences)?;
    if sequences > 64 {
        return Err(text.to_owned());
    }
    Ok((length(context)?, sequences))
}

/// What a verb takes whose record can be corrected.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options")]
pub struct Record {
    /// Fichier de notes (.docx, .odt, .fodt, .txt, .md, .html, .pdf, .eml, .xlsx, .ods, .csv), ou - pour l'entrée standard
    #[arg(value_name = "NOTES", help_heading = "Arguments", required_unless_present = "depuis")]
    pub notes: Option<PathBuf>,

    /// Écrit aussi le dossier (.toml) : tout ce que dit le document, à corriger
    #[arg(long, value_name = "DOSSIER")]
    pub dossier: Option<PathBuf>,

    /// Rédige d'après un dossier corrigé, sans les notes
    #[arg(long, value_name = "DOSSIER", conflicts_with = "notes")]
    pub depuis: Option<PathBuf>,
}

/// What every drafting verb takes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options")]
pub struct Options {
    /// Fiche du bureau (par défaut, celle du dossier de réglages)
    #[arg(long, value_name = "FICHE")]
    pub fiche: Option<PathBuf>,

    /// Fichier à écrire ; le format suit la fin du nom : .docx, .odt, .pdf, .html, .md, .txt
    #[arg(short = 'o', long, value_name = "FICHIER")]
    pub sortie: Option<PathBuf>,

    /// Écrit un objet JSON (document, points à vérifier, données, reçu)
    #[arg(long)]
    pub json: bool,

    /// Modèle à employer (voir « greffier modeles liste »)
    #[arg(long, value_name = "NOM")]
    pub modele: Option<String>,

    /// Graine du tirage : même graine, même texte
    #[arg(long, value_name = "NOMBRE", default_value_t = 1, hide_default_value = true)]
    pub graine: u64,
}

/// `greffier pv`
#[derive(Debug, Args)]
pub struct Minutes {
    /// Notes, or a corrected record.
    #[command(flatten)]
    pub record: Record,

    /// What every drafting verb takes.
    #[command(flatten)]
    pub options: Options,

    /// Réunion : conseil, association, reunion ou transcription (par défaut, d'après les notes)
    #[arg(
        long = "type",
        value_name = "TYPE",
        value_enum,
        hide_possible_values = true,
        conflicts_with = "depuis"
    )]
    pub kind: Option<MeetingKind>,

    /// Version : complete (par défaut) ou publique, sans les données personnelles
    #[arg(long, value_name = "VERSION", value_enum, hide_possible_values = true)]
    pub version: Option<Version>,

    /// Écrit la liste des délibérations examinées, à la place du procès-verbal
    #[arg(long, conflicts_with = "version")]
    pub liste_deliberations: bool,

    /// Numéro de la première délibération, si les notes ne le donnent pas (2026-41)
    #[arg(long, value_name = "NUMERO", value_parser = deliberation)]
    pub numero: Option<String>,
}

/// Versions of minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Version {
    /// What the office keeps.
    #[value(alias = "complète")]
    Complete,
    /// What is published.
    Publique,
}

/// The number of a deliberation, from which the following ones are counted: it ends with digits.
fn deliberation(text: &str) -> Result<String, String> {
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || "-/._ ".contains(c));
    let counted = text.ends_with(|c: char| c.is_ascii_digit());
    if plain && counted && text.len() <= 20 { Ok(text.to_owned()) } else { Err(text.to_owned()) }
}

/// Kinds of meetings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MeetingKind {
    /// A municipal council.
    Conseil,
    /// The general meeting of an association.
    #[value(aliases = ["ag", "assemblee", "assemblée"])]
    Association,
    /// A board or working meeting.
    #[value(alias = "réunion")]
    Reunion,
    /// Raw speech; what kind of meeting it is stands in what is said.
    #[value(aliases = ["transcript", "retranscription", "enregistrement"])]
    Transcription,
}

/// `greffier courriel`
#[derive(Debug, Args)]
pub struct Letter {
    /// Notes, or a corrected record.
    #[command(flatten)]
    pub record: Record,

    /// What every drafting verb takes.
    #[command(flatten)]
    pub options: Options,

    /// Forme : courriel ou lettre (par défaut, d'après les notes ; sinon courriel)
    #[arg(long, value_name = "FORME", value_enum, hide_possible_values = true)]
    pub forme: Option<LetterForm>,

    /// Message auquel vous répondez (.eml, .txt, .docx…) : expéditeur, date et objet en sont repris
    #[arg(long, value_name = "FICHIER", conflicts_with = "depuis")]
    pub reponse_a: Option<PathBuf>,

    /// Ton des formules : neutre, chaleureux ou ferme (par défaut, d'après les notes)
    #[arg(long, value_name = "TON", value_enum, hide_possible_values = true)]
    pub ton: Option<LetterTone>,
}

/// Tones of a letter's formulas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LetterTone {
    /// As any administration writes.
    Neutre,
    /// Cordial.
    Chaleureux,
    /// Insistent, always courteous.
    Ferme,
}

/// Forms of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LetterForm {
    /// An e-mail.
    Courriel,
    /// A letter.
    Lettre,
}

/// `greffier affiche`
#[derive(Debug, Args)]
pub struct Poster {
    /// Notes, or a corrected record.
    #[command(flatten)]
    pub record: Record,

    /// What every drafting verb takes.
    #[command(flatten)]
    pub options: Options,

    /// Feuille à imprimer (-o affiche.pdf ou .png) : a4 (par défaut) ou a3
    #[arg(
        long,
        value_name = "FORMAT",
        value_enum,
        ignore_case = true,
        hide_possible_values = true
    )]
    pub format: Option<PaperSize>,

    /// Composition : bandeau, cadre, cote, grand-titre, mosaique, sobre ou vague (par défaut, selon l'affiche)
    #[arg(
        long,
        value_name = "MODELE",
        value_parser = clap::builder::PossibleValuesParser::new(
            crate::task::poster::sheet::DESIGNS.map(crate::task::poster::sheet::Design::name)
        ),
        hide_possible_values = true
    )]
    pub modele_affiche: Option<String>,

    /// Couleur : un nom (vert, bleu, rouge...) ou un code (#1d4e89)
    #[arg(long, value_name = "COULEUR")]
    pub couleur: Option<String>,

    /// Image à faire figurer, png ou jpg
    #[arg(long, value_name = "IMAGE")]
    pub image: Option<PathBuf>,

    /// Code à flasher : telephone, site, agenda, ou un texte de votre choix
    #[arg(long, value_name = "CONTENU")]
    pub qr: Option<String>,
}

/// Sizes of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PaperSize {
    /// 210 × 297 mm.
    A4,
    /// 297 × 420 mm.
    A3,
}

/// `greffier fiche`
#[derive(Debug, Args)]
#[command(next_help_heading = "Options")]
pub struct Sheet {
    /// Fichier à écrire (par défaut, dans le dossier de réglages)
    #[arg(short = 'o', long, value_name = "FICHIER")]
    pub sortie: Option<PathBuf>,
}

/// `greffier modeles`
#[derive(Debug, Subcommand)]
pub enum Models {
    /// Liste les modèles connus et installés
    #[command(alias = "list", help_template = TEMPLATE, override_usage = "greffier modeles liste")]
    Liste,
    /// Télécharge un modèle (sans nom : le modèle par défaut)
    #[command(alias = "install", help_template = TEMPLATE, override_usage = "greffier modeles installer [NOM]")]
    Installer {
        /// Nom du modèle
        #[arg(value_name = "NOM", help_heading = "Arguments")]
        name: Option<String>,
    },
    /// Installe un fichier .gguf que vous avez déjà (clé USB...), sans réseau
    #[command(alias = "import", help_template = TEMPLATE, override_usage = "greffier modeles importer FICHIER")]
    Importer {
        /// Fichier .gguf
        #[arg(value_name = "FICHIER", help_heading = "Arguments")]
        file: PathBuf,
    },
    /// Vérifie l'empreinte des modèles installés (sans nom : tous)
    #[command(alias = "verify", help_template = TEMPLATE, override_usage = "greffier modeles verifier [NOM]")]
    Verifier {
        /// Nom du modèle
        #[arg(value_name = "NOM", help_heading = "Arguments")]
        name: Option<String>,
    },
    /// Supprime un modèle installé
    #[command(alias = "remove", help_template = TEMPLATE, override_usage = "greffier modeles supprimer NOM")]
    Supprimer {
        /// Nom du modèle
        #[arg(value_name = "NOM", help_heading = "Arguments")]
        name: String,
    },
}

/// A usage error of the command line in French, in one line.
pub fn french(error: &clap::Error) -> String {
    use clap::error::{ContextKind, ErrorKind};
    let said = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let argument = said(ContextKind::InvalidArg);
    let value = said(ContextKind::InvalidValue);
    let hint = "voir « greffier --aide »";
    match error.kind() {
        ErrorKind::InvalidValue if value.is_empty() => {
            format!("{argument} attend une valeur ; {hint}")
        }
        ErrorKind::InvalidValue => {
            format!(
                "« {value} » n'est pas accepté pour {argument} ; valeurs possibles : {}",
                said(ContextKind::ValidValue)
            )
        }
        ErrorKind::ValueValidation => {
            format!("« {value} » n'est pas accepté pour {argument} ; {hint}")
        }
        ErrorKind::UnknownArgument => {
            let near = said(ContextKind::SuggestedArg);
            let near =
                if near.is_empty() { hint.to_owned() } else { format!("vouliez-vous {near} ?") };
            format!("option inconnue « {argument} » ; {near}")
        }
        ErrorKind::InvalidSubcommand => {
            format!("commande inconnue « {} » ; {hint}", said(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => format!("il manque {argument} ; {hint}"),
        ErrorKind::MissingSubcommand => format!("il manque une commande ; {hint}"),
        ErrorKind::ArgumentConflict => {
            format!("{argument} ne va pas avec {} ; {hint}", said(ContextKind::PriorArg))
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("nombre de valeurs incorrect pour {argument} ; {hint}")
        }
        ErrorKind::NoEquals => format!("{argument} attend un signe = ; {hint}"),
        ErrorKind::InvalidUtf8 => format!("un argument n'est pas du texte lisible ; {hint}"),
        _ => format!("commande mal formée ; {hint}"),
    }
}
