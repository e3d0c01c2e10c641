//! What is wrong with a policy in a study area, in words; the reader of the scenario says where.

use crate::message::Message;
use crate::messages;
use crate::nearest::Guesses;

/// Something wrong with a field of a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field of the policy.
    pub field: String,
    /// What was found.
    pub title: Message,
    /// What would be right.
    pub help: Message,
}

impl Fault {
    /// A fault of a field.
    pub fn new(field: impl Into<String>, title: Message, help: Message) -> Self {
        Fault { field: field.into(), title, help }
    }
}

/// Codes that are not in the study area, as faults of a field.
pub(crate) fn strangers<'a>(codes: impl Iterator<Item = &'a str>, known: &[&str], field: &str) -> Vec<Fault> {
    let mut guesses = Guesses::default();
    codes
        .filter(|code| !known.contains(code))
        .map(|code| {
            let help = match guesses.nearest(code, known.iter().copied()) {
                Some(right) => messages::did_you_mean(right),
                None => messages::study_area_has_counties(known.len()),
            };
            Fault::new(field, messages::no_county(code), help)
        })
        .collect()
}
