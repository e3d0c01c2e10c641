//! The members of a design that are done: one line each, on the disk before the next begins, so that a killed
//! run goes on where it was, and parts run elsewhere can be put together.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::plan::{Output, Plan};
use crate::experiment::journal::{self, refused};
use crate::experiment::metrics::Key;
use crate::messages;
use crate::{Error, Result};

/// The name of the file.
pub(crate) const FILE: &str = "members.jsonl";

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
    /// One sum over the tables that its runs read: of members that may be put together it is the same.
    pub inputs_sha256: String,
    /// Why it was refused or failed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// By arm, replicate and name; missing where a question has no answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Vec<Vec<Option<f64>>>>,
}

impl Output {
    /// Its value in each replicate of a member; NaN where there is none.
    pub(crate) fn by_replicate(&self, member: &Member, key: usize) -> Vec<f64> {
        let of = |arm: usize| {
            member.values.get(arm).into_iter().flatten().map(move |v| v.get(key).copied().flatten())
        };
        let or_nan = |v: Option<f64>| v.unwrap_or(f64::NAN);
        match self.baseline {
            None => of(self.policy).map(or_nan).collect(),
            Some(b) => of(self.policy).zip(of(b)).map(|(x, y)| or_nan(x) - or_nan(y)).collect(),
        }
    }

    /// Its mean over the replicates of a member; NaN for a member that was not done.
    pub fn value(&self, member: &Member, key: usize) -> f64 {
        let values = self.by_replicate(member, key);
        if values.is_empty() { f64::NAN } else { values.iter().sum::<f64>() / values.len() as f64 }
    }
}

/// Members that were not done, by reason.
pub(crate) fn not_done(members: &Members) -> BTreeMap<(&'static str, String), usize> {
    let mut reasons = BTreeMap::new();
    for member in members.members.values().filter(|m| m.ending != Ending::Done) {
        *reasons.entry((member.ending.name(), without_numbers(&member.reason))).or_insert(0) += 1;
    }
    reasons
}

/// A sentence with its numbers left out, so that reasons can be counted.
fn without_numbers(sentence: &str) -> String {
    let mut text = String::new();
    for word in sentence.split(' ') {
        let is_number = word.trim_end_matches([',', ';', '.']).parse::<f64>().is_ok();
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(if is_number { "#" } else { word });
    }
    text
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
    /// What the members are of.
    pub plan: Plan,
    /// Checksum of the plan.
    pub sha256: String,
    /// What each value of a member is of.
    pub keys: Vec<Key>,
    /// Members that are done, by number.
    pub members: BTreeMap<usize, Member>,
}

/// A journal that is being written.
#[derive(Debug)]
pub struct Journal {
    journal: journal::Journal,
    has_keys: bool,
}

impl Journal {
    /// Begins a journal with its plan.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn create(path: &Path, plan: &Plan) -> Result<Journal> {
        let first = Line::Plan { sha256: plan.sha256()?, plan: Box::new(plan.clone()) };
        Ok(Journal { journal: journal::Journal::create(path, &first)?, has_keys: false })
    }

    /// Goes on with a journal; half a last line is taken away.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn resume(path: &Path) -> Result<(Journal, Members)> {
        let members = read(path)?;
        let journal = journal::Journal::resume(path)?;
        Ok((Journal { journal, has_keys: !members.keys.is_empty() }, members))
    }

    /// Begins a journal anew for a plan of more or fewer members, with those that are done already.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub(crate) fn resize(path: &Path, plan: &Plan, old: Members) -> Result<(Journal, Members)> {
        let count = plan.members()?;
        let members = Members {
            plan: plan.clone(),
            sha256: plan.sha256()?,
            keys: old.keys,
            members: old.members.into_iter().filter(|(number, _)| *number < count).collect(),
        };
        // Written beside the old one and renamed: a kill in between costs nothing.
        let mut journal = Journal::create(&path.with_extension("resized"), plan)?;
        for member in members.members.values() {
            journal.enter(member, &members.keys)?;
        }
        journal.journal.rename(path)?;
        Ok((journal, members))
    }

    /// Enters a member, in one piece.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub(crate) fn enter(&mut self, member: &Member, keys: &[Key]) -> Result<()> {
        if !self.has_keys && member.ending == Ending::Done {
            self.journal.enter(&Line::Keys(keys.to_vec()))?;
            self.has_keys = true;
        }
        self.journal.enter(&Line::Member(member.clone()))
    }
}

/// What a journal says; half a last line, which a killed run may leave, is nothing.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn read(path: &Path) -> Result<Members> {
    let mut plan = None;
    let mut keys = Vec::new();
    let mut members = BTreeMap::new();
    for (i, line) in journal::lines::<Line>(path)?.into_iter().enumerate() {
        match line {
            Line::Plan { sha256, plan: said } => {
                if said.sha256()? != sha256 {
                    return Err(refused(path, i + 1, messages::plan_without_its_sha256()));
                }
                plan = Some((*said, sha256));
            }
            Line::Keys(said) => keys = said,
            Line::Member(member) => {
                let fits = member.values.iter().flatten().all(|v| v.len() == keys.len());
                if !fits {
                    return Err(refused(path, i + 1, messages::member_with_other_numbers()));
                }
                members.insert(member.member, member);
            }
        }
    }
    let (plan, sha256) = plan.ok_or_else(|| refused(path, 1, messages::no_plan()))?;
    Ok(Members { plan, sha256, keys, members })
}

/// Puts the journals of parts together and proves that they are the whole: one design, every member once.
///
/// # Errors
/// Which folders do not belong together, which members are there twice, which are missing.
pub(crate) fn merge(folders: &[PathBuf]) -> Result<Members> {
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
                        what: messages::first_and_other(first.display(), folder.display()),
                        found: messages::two_designs(
                            short(&whole.sha256),
                            short(&part.sha256),
                            whole.plan.difference(&part.plan),
                        ),
                        expected: messages::parts_of_one_design_same(),
                    });
                }
                if whole.keys.is_empty() {
                    whole.keys = part.keys;
                } else if !part.keys.is_empty() && part.keys != whole.keys {
                    return Err(Error::Data {
                        what: messages::first_and_other(first.display(), folder.display()),
                        found: messages::different_numbers_in_members(),
                        expected: messages::parts_of_one_design(),
                    });
                }
                whole.members.extend(part.members);
            }
        }
    }
    let Some((whole, _)) = whole else {
        return Err(Error::Usage {
            found: messages::no_folder_to_merge(),
            expected: messages::name_the_folders(),
        });
    };
    if !twice.is_empty() {
        let said = twice.iter().map(|((one, other), members)| {
            let name = if members.len() == 1 { messages::word_member() } else { messages::word_members() };
            messages::members_in_both(name, runs(members), one.display(), other.display()).to_string()
        });
        return Err(Error::Data {
            what: messages::parts_of_the_design(),
            found: messages::as_is(said.collect::<Vec<_>>().join("; ")),
            expected: messages::every_member_once(),
        });
    }
    let missing: Vec<usize> = (0..whole.plan.members()?).filter(|m| !whole.members.contains_key(m)).collect();
    if !missing.is_empty() {
        return Err(Error::Data {
            what: messages::parts_of_the_design(),
            found: messages::members_missing(missing.len(), whole.plan.members()?, runs(&missing)),
            expected: messages::every_member_once_run(),
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
    parts.iter().map(text).collect::<Vec<_>>().join(messages::comma())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn missing_members_are_listed_as_ranges() {
        assert_eq!(runs(&[1, 2, 3, 7, 9, 10]), "1-3, 7, 9-10");
    }
}
