//! `shanhai policies`: every kind of policy with its fields, levers, payer and an example.

use std::fmt::Write as _;

use serde_json::Value;

use crate::message::Message;
use crate::messages;
use crate::policy::{About, KINDS, called};
use crate::printable::left;
use crate::{Error, Result};

/// Print every kind of policy: purpose, fields with unit and range, levers, payer, mechanisms, an example
///
/// A scenario switches a policy on with [[policy.KIND]]; the same kind may occur several times. Fields that are
/// not written keep their default.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only this kind, in full; without it, one line a kind
    #[arg(value_name = "KIND")]
    pub kind: Option<String>,
    /// All kinds in full
    #[arg(long)]
    pub all: bool,
}

/// Runs the command.
///
/// # Errors
/// There is no such kind, or standard output refuses.
pub fn run(args: &Args) -> Result<()> {
    super::print(&text(args)?)
}

fn text(args: &Args) -> Result<String> {
    match &args.kind {
        Some(kind) => match KINDS.iter().find(|k| k.name == kind) {
            Some(about) => Ok(full(about) + &numbered()),
            None => {
                let names = KINDS.iter().map(|k| k.name);
                let right = crate::nearest::nearest(kind, names);
                let expected = match right {
                    Some(right) => messages::did_you_mean(right),
                    None => messages::policies_lists_them(),
                };
                Err(Error::Usage { found: messages::no_such_policy(kind), expected })
            }
        },
        None if args.all => Ok(KINDS.iter().map(|k| full(k)).collect::<Vec<_>>().join("\n") + &numbered()),
        None => {
            let wide = KINDS.iter().map(|k| k.name.len()).max().unwrap_or(0);
            let lines = KINDS.iter().map(|k| {
                format!("{:wide$}  {:12}  {}\n", k.name, k.mechanisms.join(" "), messages::known(k.purpose))
            });
            Ok(lines.collect::<String>() + &numbered() + &format!("{}\n", messages::policies_prints()))
        }
    }
}

/// What numbers of mechanisms and essays are.
fn numbered() -> String {
    format!("\n{}\n", messages::policy_numbers())
}

/// A default as a scenario says it; what is not given there has no words.
fn in_toml(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Array(items) if items.is_empty() => None,
        Value::Array(items) => {
            Some(format!("[{}]", items.iter().filter_map(in_toml).collect::<Vec<_>>().join(", ")))
        }
        Value::Object(fields) => {
            let each = fields.iter().filter_map(|(key, value)| Some(format!("{key} = {}", in_toml(value)?)));
            let each: Vec<String> = each.collect();
            Some(if each.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", each.join(", ")) })
        }
        other => Some(other.to_string()),
    }
}

fn full(about: &About) -> String {
    let mut text = format!("{}\n    {}\n", called(about.name), messages::known(about.purpose));
    let mut line = |what: Message, words: String| {
        if !words.is_empty() {
            let _ = writeln!(text, "    {} {words}", left(&what.to_string(), 11));
        }
    };
    line(messages::first_line_pays(), messages::known(about.payer));
    line(messages::policy_mechanisms(), about.mechanisms.join(" "));
    line(messages::policy_essays(), about.essays.join(" "));
    line(
        messages::policy_levers(),
        about.levers.iter().map(|l| l.row().name).collect::<Vec<_>>().join(messages::comma()),
    );
    let _ = writeln!(text, "  {}", messages::policy_fields());
    let schema = about.schema();
    let empty = serde_json::Map::new();
    for (name, field) in schema.get("properties").and_then(Value::as_object).unwrap_or(&empty) {
        let word = |key: &str| field.get(key).filter(|v| !v.is_null()).map(ToString::to_string);
        let range = match (word("minimum"), word("maximum")) {
            (Some(a), Some(b)) => format!(" {}", messages::range_from_to(a, b)),
            (Some(a), None) => format!(" {}", messages::range_from(a)),
            _ => String::new(),
        };
        let default = field.get("default").filter(|v| !v.is_null());
        let default = default.map(|v| format!(" = {}", in_toml(v).unwrap_or_else(|| v.to_string())));
        let default = default.unwrap_or_default();
        let meaning = field.get("description").and_then(Value::as_str).unwrap_or_default();
        let _ = writeln!(
            text,
            "    {name}{default}{range}\n        {}",
            messages::known(meaning).replace('\n', " ")
        );
    }
    let _ = writeln!(text, "  {}\n{}", messages::policy_example(), about.example.trim());
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_printed_with_its_example_and_a_misspelt_one_is_guessed() {
        let all = text(&Args { kind: None, all: true }).expect("text");
        for kind in KINDS {
            assert!(all.contains(&format!("[[policy.{}]]", kind.name)), "{}", kind.name);
        }
        assert!(
            all.contains("active = { phase_in = 1 }") && all.contains("around = { tier = \"county_seat\" }")
        );
        let wrong = text(&Args { kind: Some("land_refrom".to_owned()), all: false });
        assert!(wrong.is_err_and(|e| e.to_string().contains("land_reform")));
    }
}
