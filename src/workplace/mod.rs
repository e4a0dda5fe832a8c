//! EVIDENCE: what lies on the learner's machine: landfall.toml, git, the task definition file, DNS, the request to their own endpoint.

mod definition_compare;
mod definition_file;
mod definition_shape;
pub mod dns;
pub mod endpoint;
mod folder;
pub mod git;
mod placeholder;
pub mod program;
mod settings;

pub use definition_compare::{compare, same_as_file};
pub use definition_file::{FoundDefinition, find_definition};
pub use folder::Folder;
pub use settings::{SETTINGS_NAME, SettingsFile, SettingsTrouble, find};
