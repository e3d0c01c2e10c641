//! A member of a design: every arm and replicate of it, run and measured.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::members::{Ending, Journal, Member, Members};
use super::plan::{Part, Plan};
use crate::clock::Clock;
use crate::experiment::arms::Program;
use crate::experiment::first_worlds::{BaseYear, FirstWorlds};
use crate::experiment::metrics::{Keep, Key, Measured, measure};
use crate::experiment::pool::{self, run_all};
use crate::message::Language;
use crate::messages;
use crate::run::first_world;
use crate::{Error, Result};

/// Runs what is left of a part of a design, entering each member into the journal when it is done.
///
/// # Errors
/// What the operating system refuses, or too little memory.
#[expect(clippy::too_many_arguments, reason = "a design, its part, where it is kept, and who is told")]
pub fn run(
    plan: &Plan,
    program: &Program,
    part: Part,
    threads: usize,
    journal: &mut Journal,
    members: &mut Members,
    interrupted: &(dyn Fn() -> bool + Sync),
    mut progress: impl FnMut(usize, usize),
) -> Result<()> {
    let rows = plan.rows()?;
    let todo: Vec<usize> =
        (0..rows.len()).filter(|&m| part.has(m) && !members.members.contains_key(&m)).collect();
    let all = (0..rows.len()).filter(|&m| part.has(m)).count();
    if todo.is_empty() {
        return Ok(());
    }
    let split = pool::split(threads, todo.len(), program.peak_bytes)?;
    // A member keeps one at a time.
    let shares = pool::beside(split, program.peak_bytes) >= split.runs;
    let mut done = all - todo.len();
    progress(done, all);
    let ended = run_all(
        split,
        todo.len(),
        interrupted,
        |n| member(plan, program, &rows[todo[n]], todo[n], shares, interrupted),
        |_, (member, keys)| {
            if !keys.is_empty() {
                if members.keys.is_empty() {
                    members.keys = keys;
                } else if members.keys != keys {
                    return Err(Error::Data {
                        what: messages::the_member(member.member),
                        found: messages::other_years_or_places(),
                        expected: messages::parameters_that_leave_years(),
                    });
                }
            }
            journal.enter(&member, &members.keys)?;
            members.members.insert(member.member, member);
            done += 1;
            progress(done, all);
            Ok(())
        },
    );
    match ended {
        Err(Error::Stopped { .. }) => Err(Error::Stopped { done, all: Some(all) }),
        ended => ended,
    }
}

/// Runs one member: every arm and replicate.
fn member(
    plan: &Plan,
    program: &Program,
    row: &[f64],
    number: usize,
    shares: bool,
    interrupted: &dyn Fn() -> bool,
) -> Result<(Member, Vec<Key>)> {
    let of = |ending, reason: String, values| Member {
        member: number,
        ending,
        inputs_sha256: program.inputs_sha256(),
        reason,
        values,
    };
    let ended = |ending, reason: String| Ok((of(ending, reason, Vec::new()), Vec::new()));
    // A fault of the program in a far corner of the parameters is a row of the table, not the end of a night's
    // work.
    // Reasons stand in a table, which is the same bytes in every language.
    let run = || Language::En.during(|| values(plan, program, row, number, shares, interrupted));
    match catch_unwind(AssertUnwindSafe(run)) {
        Ok(Ok((values, keys))) => Ok((of(Ending::Done, String::new(), values), keys)),
        Ok(Err(Error::Scenario { rendered, .. })) => ended(Ending::Refused, first_lines(&rendered)),
        Ok(Err(error @ (Error::Audit { .. } | Error::Data { .. }))) => {
            ended(Ending::Failed, Language::En.during(|| error.to_string()))
        }
        Ok(Err(error)) => Err(error),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
            ended(Ending::Failed, format!("the program stopped: {text}"))
        }
    }
}

/// Values by arm, replicate and name.
type Values = Vec<Vec<Vec<Option<f64>>>>;

fn values(
    plan: &Plan,
    program: &Program,
    row: &[f64],
    number: usize,
    shares: bool,
    interrupted: &dyn Fn() -> bool,
) -> Result<(Values, Vec<Key>)> {
    let own = parameter_changes(plan, row, number);
    // The member's parameters hold against the user's changes, and policies against both.
    let changes = |on: &Vec<usize>| {
        [&program.overrides, &own, &program.switches(on)].into_iter().flatten().cloned().collect()
    };
    let arms: Vec<Vec<String>> = plan.arms().iter().map(changes).collect();
    let count = if number == 0 { plan.own_replicates } else { plan.replicates };
    let first_worlds = if shares { first_worlds(program, &arms, count) } else { FirstWorlds::default() };
    let run = |arm: &[String], replicate: u32| -> Result<Measured> {
        let loaded = program.load(&[arm, &[format!("run.replicate={replicate}")]].concat())?;
        let mut simulation = first_worlds.begin(loaded, Clock::STOPPED, first_world)?;
        measure(&mut simulation, Keep::Headline, interrupted)
    };
    let mut keys = Vec::new();
    let mut values: Values = vec![Vec::new(); arms.len()];
    let mut failed: Option<((usize, u32), Error)> = None;
    // Arms of a replicate one after the other: they begin in one world.
    for replicate in 0..count {
        for (n, arm) in arms.iter().enumerate() {
            // The reason of a member is what its first run says, arm by arm, whatever order they are run in.
            if failed.as_ref().is_some_and(|(first, _)| *first < (n, replicate)) {
                continue;
            }
            match run(arm, replicate) {
                Ok(measured) => {
                    values[n].push(measured.values.iter().map(|v| v.is_finite().then_some(*v)).collect());
                    keys = measured.keys;
                }
                Err(error @ (Error::Scenario { .. } | Error::Audit { .. } | Error::Data { .. })) => {
                    failed = Some(((n, replicate), error));
                }
                Err(error) => return Err(error),
            }
        }
    }
    failed.map_or(Ok((values, keys)), |(_, error)| Err(error))
}

/// The first worlds of a member's runs.
fn first_worlds(program: &Program, arms: &[Vec<String>], replicates: u32) -> FirstWorlds {
    let mut base_years = Vec::new();
    for arm in arms {
        let mut scenario = program.scenario_of(arm);
        let of = |replicate| BaseYear::of_replicate(scenario.as_mut(), replicate, &program.inputs);
        base_years.extend((0..replicates).map(of));
    }
    FirstWorlds::of(&base_years)
}

/// The changes of a member, as `--set` takes them. Member 0 has none: it is the scenario itself.
pub(crate) fn parameter_changes(plan: &Plan, row: &[f64], number: usize) -> Vec<String> {
    if number == 0 {
        return Vec::new();
    }
    plan.parameters.iter().zip(row).map(|(p, v)| p.change(*v)).collect()
}

/// The sentences of a report of problems, without its pictures.
fn first_lines(rendered: &str) -> String {
    let sentences: Vec<&str> = rendered
        .lines()
        .filter_map(|line| line.strip_prefix("error: ").or_else(|| line.strip_prefix("error")))
        .map(|line| line.trim_start_matches([':', ' ']))
        .collect();
    if sentences.is_empty() {
        rendered.lines().next().unwrap_or_default().to_owned()
    } else {
        sentences.join("; ")
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::experiment::sensitivity::Request;

    #[test]
    fn a_member_has_the_same_values_whether_its_arms_share_first_worlds_or_not() {
        let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/teaching/transfer.toml");
        let overrides = ["run.years=2", "run.persons_per_agent=1000"].map(str::to_owned).to_vec();
        let treat = vec!["parameters.relocation_review=0.2".to_owned()];
        let program = Program::read(&scenario, &overrides, &treat).unwrap_or_else(|e| panic!("{e}"));
        let request = Request {
            scenario,
            overrides,
            treat,
            parameters: "saving_rate_urban=0.1..0.3".to_owned(),
            design: "lhs".to_owned(),
            trajectories: 1,
            points: 1,
            replicates: 2,
            own_replicates: None,
            level: 0.95,
            seed: 1,
            threads: 1,
        };
        let plan = Plan::new(&request, &program).unwrap_or_else(|e| panic!("{e}"));
        let rows = plan.rows().unwrap();
        let of = |member: usize, shares: bool| {
            values(&plan, &program, &rows[member], member, shares, &|| false)
                .unwrap_or_else(|e| panic!("{e}"))
        };
        for member in 0..rows.len() {
            let (found, keys) = of(member, true);
            assert_eq!((found.len(), found[0].len()), (4, 2), "four arms, two replicates");
            assert!(!keys.is_empty() && (found, keys) == of(member, false), "{member}");
        }
    }
}
