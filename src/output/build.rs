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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkpoint_of_another_version_or_commit_is_told_apart_and_one_of_an_unknown_commit_is_not() {
        let of = |version: &str, commit: Option<&str>| Build {
            version: version.to_owned(),
            commit: commit.map(str::to_owned),
            ..Build::here()
        };
        let told = |wrote: Build, here: Build| wrote.difference(&here).map(|message| message.to_string());
        let commit = told(of("0.2.0", Some("aaaa")), of("0.2.0", Some("bbbb"))).unwrap();
        assert!(commit.contains("aaaa") && commit.contains("bbbb"), "{commit}");
        let version = told(of("0.1.0", Some("aaaa")), of("0.2.0", Some("aaaa"))).unwrap();
        assert!(version.contains("0.1.0") && version.contains("0.2.0"), "{version}");
        assert_eq!(told(of("0.2.0", None), of("0.2.0", Some("bbbb"))), None);
        assert_eq!(told(of("0.2.0", Some("aaaa")), of("0.2.0", Some("aaaa"))), None);
        let known = serde_json::to_value(of("0.2.0", Some("aaaa"))).unwrap();
        assert_eq!(known["commit"], "aaaa", "header and manifest name it");
    }
}
