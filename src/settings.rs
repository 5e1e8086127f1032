//! Where things live on this machine, resolved once.

use std::path::PathBuf;

use etcetera::BaseStrategy;

use crate::office::Office;

/// Folder that takes the place of the platform's own, for models, sheet and prompts alike.
pub const HOME_VARIABLE: &str = "GREFFIER_HOME";

/// Folders of this program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Settings: the office sheet (`fiche.toml`) and the user's own prompts (`prompts/`).
    pub config: PathBuf,
    /// Data: models.
    pub data: PathBuf,
}

/// The platform names no home folder.
#[derive(Debug, thiserror::Error)]
#[error("dossier personnel introuvable : donnez un dossier par la variable {HOME_VARIABLE}")]
pub struct NoHome;

impl Settings {
    /// The folders in force: those of the platform, or `GREFFIER_HOME`.
    ///
    /// # Errors
    /// When the platform names no home folder and the variable is not set.
    pub fn from_environment() -> Result<Self, NoHome> {
        if let Some(home) = std::env::var_os(HOME_VARIABLE).filter(|h| !h.is_empty()) {
            return Ok(Self { config: home.clone().into(), data: home.into() });
        }
        let strategy = etcetera::choose_base_strategy().map_err(|_| NoHome)?;
        Ok(Self {
            config: strategy.config_dir().join("greffier"),
            data: strategy.data_dir().join("greffier"),
        })
    }

    /// The office sheet used when the command names none.
    pub fn sheet(&self) -> PathBuf {
        Office::default_path(&self.config)
    }

    /// The models on disk.
    pub fn models(&self) -> PathBuf {
        self.data.join("models")
    }

    /// What is computed once from the models: weights in the order of this processor's kernels,
    /// states of prompts. May be deleted: it is made again.
    pub fn prepared(&self) -> PathBuf {
        self.data.join("prepared")
    }

    /// The user's own prompts.
    pub fn prompts(&self) -> PathBuf {
        self.config.join("prompts")
    }
}
