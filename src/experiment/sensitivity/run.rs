//! A member of a design: every arm and replicate of it, run and measured.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::members::{Ending, Journal, Member, Members};
use super::plan::{Part, Plan};
use crate::clock::Clock;
use crate::experiment::arms::Program;
use crate::experiment::metrics::{Keep, Key, measure};
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
    let mut done = all - todo.len();
    progress(done, all);
    let ended = run_all(
        split,
        todo.len(),
        interrupted,
        |n| member(plan, program, &rows[todo[n]], todo[n], interrupted),
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
    let run = || Language::En.during(|| values(plan, program, row, number, interrupted));
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
    interrupted: &dyn Fn() -> bool,
) -> Result<(Values, Vec<Key>)> {
    let mut keys = Vec::new();
    let mut values = Vec::new();
    let changes = parameter_changes(plan, row, number);
    let count = if number == 0 { plan.own_replicates } else { plan.replicates };
    for on in plan.arms() {
        let mut replicates = Vec::new();
        for replicate in 0..count {
            // The member's parameters hold against the user's changes, and policies against both.
            let mut all = program.overrides.clone();
            all.extend(changes.iter().cloned());
            all.extend(program.switches(&on));
            all.push(format!("run.replicate={replicate}"));
            let loaded = program.load(&all)?;
            let mut simulation = first_world(loaded, Clock::STOPPED)?;
            let measured = measure(&mut simulation, Keep::Headline, interrupted)?;
            replicates.push(measured.values.iter().map(|v| v.is_finite().then_some(*v)).collect());
            keys = measured.keys;
        }
        values.push(replicates);
    }
    Ok((values, keys))
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
