//! `docs/replays.md`: every study with what was published beside what was found, failures among them.

use std::fmt::Write as _;

use super::apply::Found;
use super::laboratory::{Replayed, Replays};
use super::study::{Claim, Estimator, Transform};
use super::verdict::{Agreement, ClaimFound};

/// The page. `changes` is the log of what was changed after the parameters were frozen.
pub(crate) fn page(found: &Replays, command: &str, changes: &str) -> String {
    let replays = &found.studies;
    let mut text = format!(
        "# Published causal studies, replayed on the model\n\n\
         Printed by `{command}`; not written by hand. A study is a file of `studies/`: place, treated and untreated \
         units, the policy with its published size, the estimator of the paper. Two worlds run under the same luck. \
         **Replayed** is the paper's estimator on the world with the policy, as its authors would have applied it; \
         **placebo** the same on the world without it, where it should find nothing; **true** the difference of the \
         two worlds over treated units and years, which no author sees; **others** the same over untreated units. \
         What replayed and true differ by is the bias of the design. Effects are log points unless the claim says \
         otherwise, intervals are of 95 % (of the paper's errors; of comparisons of two worlds over replicates).\n\n\
         A sign is **right** if the replay's interval lies on the published side of 0, **null** if it holds 0 and the \
         paper's does not, **wrong** otherwise; the true sign is judged the same way by the interval over replicates, \
         and says whether the model has the effect even where the design could not see it. Where the paper finds nothing, an interval around 0 is right, and so \
         is an estimate below the size that the file calls negligible. A size is right if the intervals meet, or, \
         where the paper's is not known, if the estimates are within a factor of two. One set of parameters serves \
         all studies; no policy is tuned to one.\n\n"
    );
    let claims = || replays.iter().flat_map(|r| &r.claims);
    let studies = replays.iter().filter(|r| r.signs_right()).count();
    let signs = claims().filter(|c| c.verdict.sign == Agreement::Right).count();
    let true_signs = claims().filter(|c| c.true_sign == Agreement::Right).count();
    let truly = replays.iter().filter(|r| r.claims.iter().all(|c| c.true_sign == Agreement::Right)).count();
    let sized = claims().filter(|c| c.verdict.size != Agreement::Unknown).count();
    let sizes = claims().filter(|c| c.verdict.size == Agreement::Right).count();
    let _ = writeln!(
        text,
        "**{studies} of {} studies have every sign right by the paper's estimator, {truly} by the true effect**; of {} claims \
         {signs} by the estimator and {true_signs} by the true effect, and of {sized} published sizes {sizes}.\n",
        replays.len(),
        claims().count()
    );
    text += "| study | paper | signs right | sizes right | verdict |\n|---|---|---|---|---|\n";
    for replay in replays {
        let of = |what: &dyn Fn(&ClaimFound) -> Agreement, which: Agreement| {
            replay.claims.iter().filter(|c| what(c) == which).count()
        };
        let (all, right) = (replay.claims.len(), of(&|c| c.verdict.sign, Agreement::Right));
        let known = all - of(&|c| c.verdict.size, Agreement::Unknown);
        let size = match known {
            0 => "no number".to_owned(),
            _ => format!("{} of {known}", of(&|c| c.verdict.size, Agreement::Right)),
        };
        let verdict = if right == all {
            "**right**".to_owned()
        } else {
            let missed: Vec<String> = replay
                .prepared
                .study
                .claim
                .iter()
                .zip(&replay.claims)
                .filter(|(_, c)| c.verdict.sign != Agreement::Right)
                .map(|(said, c)| format!("{}: {}", said.about, c.verdict.sign.word()))
                .collect();
            missed.join("; ")
        };
        let study = &replay.prepared.study;
        let _ = writeln!(
            text,
            "| [{}](#{}) | {} | {right} of {all} | {size} | {verdict} |",
            study.title,
            anchor(&study.title),
            short(&study.paper)
        );
    }
    for (name, reason) in &found.failed {
        let _ = writeln!(text, "\nNot estimated: `{name}`. {reason}.");
    }
    for replay in replays {
        one_study(&mut text, replay);
    }
    text += "\n## What was changed after the parameters were frozen\n\n";
    text += changes.trim();
    text.push('\n');
    text
}

/// Authors and year of a citation: what stands before the first full stop behind a year in brackets.
fn short(paper: &str) -> &str {
    paper.split_once(')').map_or(paper, |(before, _)| &paper[..=before.len()])
}

/// The anchor that a heading gets.
fn anchor(title: &str) -> String {
    let lower = title.to_lowercase();
    lower
        .chars()
        .filter_map(|c| match c {
            ' ' => Some('-'),
            c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c),
            _ => None,
        })
        .collect()
}

fn one_study(text: &mut String, replay: &Replayed) {
    let p = &replay.prepared;
    let study = &p.study;
    let _ = writeln!(
        text,
        "\n## {}\n\n{} Read in: {}. {}\n",
        study.title,
        study.paper,
        study.read_in,
        study.design.trim()
    );
    let groups: Vec<String> = study
        .group
        .iter()
        .zip(&p.treated)
        .zip(&p.first)
        .map(|((group, keys), first)| {
            let drawn =
                group.share.map_or(String::new(), |s| format!(", by lot {} of {s} of them", group.lot));
            format!("{} `{}` from {first}{drawn}", keys.len(), group.name)
        })
        .collect();
    let treated = if groups.is_empty() { "two whole worlds".to_owned() } else { groups.join(", ") };
    let units = p.samples.iter().map(Vec::len).max().unwrap_or(0);
    let _ = writeln!(
        text,
        "Here: `{}`, {} to {}, {} persons an agent, {} pairs of worlds{}; {units} units, treated: {treated}.\n",
        study.scenario.display().to_string().trim_start_matches("../"),
        p.base_year,
        p.last_year(),
        study.persons_per_agent,
        p.replicates,
        if study.set.is_empty() {
            String::new()
        } else {
            format!(", both with `{}`", study.set.join("`, `"))
        },
    );
    for difference in &study.differences {
        let _ = writeln!(text, "- {difference}");
    }
    if !study.differences.is_empty() {
        text.push('\n');
    }
    *text += "| claim | estimator | published | replayed | placebo | true | others | sign | true sign | size |\n|---|---|---|---|---|---|---|---|---|---|\n";
    for (said, found) in study.claim.iter().zip(&replay.claims) {
        let _ = writeln!(
            text,
            "| {} (`{}`{}) | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            said.about,
            said.outcome.name(),
            form(said),
            said.how(),
            published(said),
            with_interval(&found.replayed),
            found.placebo.as_ref().map_or("-".to_owned(), with_interval),
            if said.estimator == Estimator::Counterfactual {
                "-".to_owned()
            } else {
                with_interval(&found.truth)
            },
            number(found.spillover.estimate),
            found.verdict.sign.word(),
            found.true_sign.word(),
            found.verdict.size.word(),
        );
    }
    let sources: Vec<String> =
        study.claim.iter().map(|c| format!("{}: {}", c.about, c.source.trim_end_matches('.'))).collect();
    let _ = writeln!(text, "\nNumbers: {}.", sources.join("; "));
    for (said, found) in study.claim.iter().zip(&replay.claims) {
        path(text, said, found);
    }
}

fn form(said: &Claim) -> &'static str {
    match (said.transform, said.estimator) {
        (Transform::Growth, _) => ", growth",
        (Transform::Level, Estimator::Ppml) | (Transform::Log, _) => "",
        (Transform::Level, _) => ", level",
    }
}

fn published(said: &Claim) -> String {
    let size = said.estimate.map_or(String::new(), |e| format!(" {}", number(e)));
    let ends = match (said.low, said.high) {
        (Some(low), Some(high)) => format!(" [{}, {}]", number(low), number(high)),
        _ => String::new(),
    };
    format!("{}{size}{ends}", said.sign.mark())
}

fn with_interval(found: &Found) -> String {
    if found.low.is_finite() {
        format!("{} [{}, {}]", number(found.estimate), number(found.low), number(found.high))
    } else {
        number(found.estimate)
    }
}

/// Effects before and after the start.
fn path(text: &mut String, said: &Claim, found: &ClaimFound) {
    if found.replayed.path.is_empty() {
        return;
    }
    let line = |found: &Found| {
        let each: Vec<String> =
            found.path.iter().map(|(k, at)| format!("{k:+} {}", number(at.estimate))).collect();
        let before =
            found.before.map_or(String::new(), |p| format!("; no effect before the start: p = {p:.2}"));
        format!("{}{before}", each.join(", "))
    };
    let _ = writeln!(text, "\nYears since the start, {}: {}.", said.about, line(&found.replayed));
    if let Some(placebo) = &found.placebo {
        let _ = writeln!(text, "Placebo: {}.", line(placebo));
    }
}

/// Three significant digits, with the sign.
fn number(value: f64) -> String {
    if !value.is_finite() {
        return "-".to_owned();
    }
    let size = value.abs();
    let text = match size {
        s if s >= 1000.0 => format!("{value:+.0}"),
        s if s >= 1.0 => format!("{value:+.2}"),
        s if s >= 0.1 => format!("{value:+.3}"),
        _ => format!("{value:+.4}"),
    };
    if text.chars().all(|c| !c.is_ascii_digit() || c == '0') { "0".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_headings_are_short() {
        assert_eq!(
            [number(0.12345), number(-0.00004), number(f64::NAN), number(12.3)].join(" "),
            "+0.123 0 - +12.30"
        );
        assert_eq!(anchor("Hukou removal, in the nation"), "hukou-removal-in-the-nation");
        assert_eq!(short("Wu and You (2025). Removal. *Journal*."), "Wu and You (2025)");
    }
}
