//! Which build of the program wrote a file, as far as the build knows itself.

use serde::{Deserialize, Serialize};

use crate::message::Message;
use crate::messages;

/// A build. Numbers are the same bytes from every build of one commit; the state in a checkpoint lies in the
/// order of that commit's fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Build {
    /// Version of the program.
    pub version: String,
    /// The commit, if `SHANHAI_COMMIT` named it when the program was built.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// `release`, or `debug` with the checks of arithmetic that a debug build makes.
    pub profile: String,
    /// The machine it was built for: architecture and system.
    pub target: String,
}

impl Build {
    /// This build.
    pub fn here() -> Build {
        let profile = if cfg!(debug_assertions) { "debug" } else { "release" };
        Build {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            commit: option_env!("SHANHAI_COMMIT").filter(|commit| !commit.is_empty()).map(str::to_owned),
            profile: profile.to_owned(),
            target: format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS),
        }
    }

    /// Why a checkpoint of this build is not for another one. Of two builds of one version that do not both know
    /// their commit nothing can be said.
    pub fn difference(&self, other: &Build) -> Option<Message> {
        let advice = messages::resume_with_its_build();
        if self.version != other.version {
            return Some(messages::another_version_wrote(&self.version, &other.version, advice));
        }
        match (&self.commit, &other.commit) {
            (Some(wrote), Some(here)) if wrote != here => {
                Some(messages::another_commit_wrote(wrote, here, advice))
            }
            _ => None,
        }
    }
}
