//! What `check` says of a file that makes other scenarios of itself.

use std::fmt::Write as _;
use std::path::Path;

use crate::Result;
use crate::experiment::arms::{name_of, with_variants};
use crate::messages;
use crate::scenario::ScenarioSource;

/// Changes of a variant on one line.
const SHOWN: usize = 4;

/// Every scenario of a file with its changes, each read and checked; nothing for a file without variants.
///
/// # Errors
/// Everything that is wrong with any of them.
pub(super) fn told(path: &Path, overrides: &[String]) -> Result<String> {
    let all = with_variants(path)?;
    let source = ScenarioSource::file(path);
    let mut text = String::new();
    for base in source.bases() {
        let _ = writeln!(text, "{}", messages::based_on(base));
    }
    if all.len() == 1 {
        return Ok(text);
    }
    let _ = writeln!(text, "{}", messages::check_variants(all.len() - 1));
    for (path, variant) in all[1..].iter().zip(source.variants()?) {
        let scenario = ScenarioSource::file(path).load(overrides)?.scenario;
        let shown = variant.changes.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("; ");
        let rest = variant.changes.len().saturating_sub(SHOWN);
        let more = if rest > 0 { messages::and_rest_more(rest).to_string() } else { String::new() };
        let policies = crate::experiment::arms::policy_labels(&scenario);
        let on = if policies.is_empty() {
            messages::no_policy().to_string()
        } else {
            policies.join(messages::comma())
        };
        let _ = writeln!(text, "  {:<24} {shown}{more} ({on})", name_of(path));
    }
    Ok(text)
}
