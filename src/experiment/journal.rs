//! The members of a design that are done: one line each, on the disk before the next begins, so that a killed
//! run goes on where it was, and parts run elsewhere can be put together.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::metrics::Key;
use super::sensitivity::Plan;
use crate::{Error, Result};

/// The name of the file.
pub const FILE: &str = "members.jsonl";

/// How a member ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ending {
    /// All its runs are complete.
    Done,
    /// Its parameters make no valid scenario.
    Refused,
    /// A run stopped.
    Failed,
}

impl Ending {
    /// The word in tables.
    pub fn name(self) -> &'static str {
        match self {
            Ending::Done => "done",
            Ending::Refused => "refused",
            Ending::Failed => "failed",
        }
    }
}

/// A member of a design.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Member {
    pub member: usize,
    pub ending: Ending,
    /// Why it was refused or failed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// By arm, replicate and name; missing where a question has no answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Vec<Vec<Option<f64>>>>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Line {
    /// What is run; the first line, with the sha256 of the rest of it.
    Plan {
        sha256: String,
        plan: Box<Plan>,
    },
    /// Names of the values; before the first member that is done.
    Keys(Vec<Key>),
    Member(Member),
}

/// All that a journal says.
#[derive(Clone, Debug)]
pub struct Members {
    pub plan: Plan,
    pub sha256: String,
    pub keys: Vec<Key>,
    pub members: BTreeMap<usize, Member>,
}

/// A journal that is being written.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
    has_keys: bool,
}

impl Journal {
    /// Begins a journal with its plan.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn create(path: &Path, plan: &Plan) -> Result<Journal> {
        let file = File::create(path).map_err(|e| Error::io("create", path, e))?;
        let mut journal = Journal { path: path.to_owned(), file, has_keys: false };
        journal.append(&Line::Plan { sha256: plan.sha256()?, plan: Box::new(plan.clone()) })?;
        Ok(journal)
    }

    /// Goes on with a journal; half a last line is taken away.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn resume(path: &Path) -> Result<(Journal, Members)> {
        let members = read(path)?;
        let bytes = std::fs::read(path).map_err(|e| Error::io("read", path, e))?;
        let whole = whole_lines(&bytes).len() as u64;
        let file = OpenOptions::new().append(true).open(path).map_err(|e| Error::io("open", path, e))?;
        file.set_len(whole).map_err(|e| Error::io("cut back", path, e))?;
        Ok((Journal { path: path.to_owned(), file, has_keys: !members.keys.is_empty() }, members))
    }

    /// Begins a journal anew for a plan of more or fewer members, with those that are done already.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn resize(path: &Path, plan: &Plan, old: Members) -> Result<(Journal, Members)> {
        let count = plan.members()?;
        let members = Members {
            plan: plan.clone(),
            sha256: plan.sha256()?,
            keys: old.keys,
            members: old.members.into_iter().filter(|(number, _)| *number < count).collect(),
        };
        // Written beside the old one and renamed: a kill in between costs nothing.
        let beside = path.with_extension("resized");
        let mut journal = Journal::create(&beside, plan)?;
        for member in members.members.values() {
            journal.enter(member, &members.keys)?;
        }
        std::fs::rename(&beside, path).map_err(|e| Error::io("rename", &beside, e))?;
        journal.path = path.to_owned();
        Ok((journal, members))
    }

    /// Enters a member, in one piece.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn enter(&mut self, member: &Member, keys: &[Key]) -> Result<()> {
        if !self.has_keys && member.ending == Ending::Done {
            self.append(&Line::Keys(keys.to_vec()))?;
            self.has_keys = true;
        }
        self.append(&Line::Member(member.clone()))
    }

    fn append(&mut self, line: &Line) -> Result<()> {
        let mut text = serde_json::to_vec(line).map_err(|e| Error::io("write", &self.path, e.into()))?;
        text.push(b'\n');
        self.file
            .write_all(&text)
            .and_then(|()| self.file.sync_data())
            .map_err(|e| Error::io("write", &self.path, e))
    }
}

fn whole_lines(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1)]
}

/// What a journal says; half a last line, which a killed run may leave, is nothing.
///
/// # Errors
/// What is wrong with it.
pub fn read(path: &Path) -> Result<Members> {
    let bytes = std::fs::read(path).map_err(|e| Error::io("read", path, e))?;
    let refuse = |line: usize, why: &str| Error::Data {
        what: format!("{}, line {line}", path.display()),
        found: why.to_owned(),
        expected: "the journal of a sensitivity run of this version, unchanged".into(),
    };
    let mut plan = None;
    let mut keys = Vec::new();
    let mut members = BTreeMap::new();
    for (i, line) in whole_lines(&bytes).split(|&b| b == b'\n').enumerate() {
        if line.is_empty() {
            continue;
        }
        match serde_json::from_slice::<Line>(line).map_err(|e| refuse(i + 1, &e.to_string()))? {
            Line::Plan { sha256, plan: said } => {
                if said.sha256()? != sha256 {
                    return Err(refuse(i + 1, "a plan that does not have its sha256"));
                }
                plan = Some((*said, sha256));
            }
            Line::Keys(said) => keys = said,
            Line::Member(member) => {
                let fits = member.values.iter().flatten().all(|v| v.len() == keys.len());
                if !fits {
                    return Err(refuse(i + 1, "a member with other numbers than the names before it"));
                }
                members.insert(member.member, member);
            }
        }
    }
    let (plan, sha256) = plan.ok_or_else(|| refuse(1, "no plan"))?;
    Ok(Members { plan, sha256, keys, members })
}

/// Puts the journals of parts together and proves that they are the whole: one design, every member once.
///
/// # Errors
/// Which folders do not belong together, which members are there twice, which are missing.
pub fn merge(folders: &[PathBuf]) -> Result<Members> {
    let mut whole: Option<(Members, &PathBuf)> = None;
    let mut from: BTreeMap<usize, &PathBuf> = BTreeMap::new();
    let mut twice: BTreeMap<(&PathBuf, &PathBuf), Vec<usize>> = BTreeMap::new();
    for folder in folders {
        let part = read(&folder.join(FILE))?;
        from_part(&part, folder, &mut from, &mut twice);
        match &mut whole {
            None => whole = Some((part, folder)),
            Some((whole, first)) => {
                if part.sha256 != whole.sha256 {
                    return Err(Error::Data {
                        what: format!("{} and {}", first.display(), folder.display()),
                        found: format!("two designs, {} and {}", short(&whole.sha256), short(&part.sha256)),
                        expected:
                            "parts of one design: the same scenario, tables, changes, parameters and seed"
                                .into(),
                    });
                }
                if whole.keys.is_empty() {
                    whole.keys = part.keys;
                } else if !part.keys.is_empty() && part.keys != whole.keys {
                    return Err(Error::Data {
                        what: format!("{} and {}", first.display(), folder.display()),
                        found: "different numbers in their members".into(),
                        expected: "parts of one design".into(),
                    });
                }
                whole.members.extend(part.members);
            }
        }
    }
    let Some((whole, _)) = whole else {
        return Err(Error::Usage { found: "no folder to merge".into(), expected: "name the folders".into() });
    };
    if !twice.is_empty() {
        let said = twice.iter().map(|((one, other), members)| {
            let name = if members.len() == 1 { "member" } else { "members" };
            format!("{name} {} in {} and in {}", runs(members), one.display(), other.display())
        });
        return Err(Error::Data {
            what: "the parts of the design".into(),
            found: said.collect::<Vec<_>>().join("; "),
            expected: "every member once".into(),
        });
    }
    let missing: Vec<usize> = (0..whole.plan.members()?).filter(|m| !whole.members.contains_key(m)).collect();
    if !missing.is_empty() {
        return Err(Error::Data {
            what: "the parts of the design".into(),
            found: format!(
                "{} of {} members are missing: {}",
                missing.len(),
                whole.plan.members()?,
                runs(&missing)
            ),
            expected: "every member once; run the missing ones with --shard or --job".into(),
        });
    }
    Ok(whole)
}

fn from_part<'f>(
    part: &Members,
    folder: &'f PathBuf,
    from: &mut BTreeMap<usize, &'f PathBuf>,
    twice: &mut BTreeMap<(&'f PathBuf, &'f PathBuf), Vec<usize>>,
) {
    for &member in part.members.keys() {
        if let Some(other) = from.insert(member, folder) {
            twice.entry((other, folder)).or_default().push(member);
        }
    }
}

fn short(sha256: &str) -> &str {
    sha256.get(..12).unwrap_or(sha256)
}

/// Numbers as ranges: 1-3, 7.
fn runs(numbers: &[usize]) -> String {
    let mut parts: Vec<(usize, usize)> = Vec::new();
    for &n in numbers {
        match parts.last_mut() {
            Some((_, to)) if *to + 1 == n => *to = n,
            _ => parts.push((n, n)),
        }
    }
    let text = |&(a, b): &(usize, usize)| if a == b { a.to_string() } else { format!("{a}-{b}") };
    parts.iter().map(text).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_members_are_listed_as_ranges() {
        assert_eq!(runs(&[1, 2, 3, 7, 9, 10]), "1-3, 7, 9-10");
    }
}
