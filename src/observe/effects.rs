//! `effects.csv`: what each policy changed, what it paid, and what was cut.

use std::collections::BTreeMap;

use super::columns;
use crate::error::Result;
use crate::output::csv::{Cell, TableWriter};
use crate::output::table::TableSpec;
use crate::policy::Change;
use crate::quantity::Fen;
use crate::rules::Levers;
use crate::world::programmes::{Receiver, When};
use crate::world::{Account, Geography, Sector, World};

struct Effect<'a> {
    run: &'a str,
    year: i32,
    kind: &'a str,
    author: &'a str,
    subject: &'a str,
    place: &'a str,
    payer: &'a str,
    levers: Option<[f64; 3]>,
    money: Option<[Fen; 2]>,
}

columns! { e: Effect;
    Text "run" "" "Which run." = e.run;
    Year "year" "" "The year." = Cell::Year(e.year);
    Text "kind" "" "`lever`, `payment` (ordered for the year), `contract` (a part of projects' value) or `loan`." = e.kind;
    Text "author" "" "The policy; `all` for loans." = e.author;
    Text "subject" "" "The lever, or what is paid for." = e.subject;
    Text "place" "" "The node, county, border or account that the lever or the money belongs to." = e.place;
    Text "payer" "" "The account that pays; `rule` where nothing is paid." = e.payer;
    Number "before" "" "Value of the lever without any policy, in the lever's unit." = e.levers.map(|l| l[0]);
    Number "proposed" "" "Value that this policy asks for at its strength." = e.levers.map(|l| l[1]);
    Number "after" "" "Value that holds, all policies together." = e.levers.map(|l| l[2]);
    Number "demanded_yuan" "yuan" "What the policy asked the payer for." = e.money.map(|m| m[0]);
    Number "paid_yuan" "yuan" "What was paid; what is missing was cut." = e.money.map(|m| m[1]);
}

/// The table.
pub(crate) static SPEC: TableSpec = TableSpec {
    name: "effects",
    title: "What policies changed, paid and cut",
    description: "One row a lever and place whose value by a policy differs from last year's, and one row a payer, \
                  receiver and purpose of programme money. Yuan of the base year.",
    columns: COLUMNS,
    key: &["run", "year", "kind", "author", "subject", "place", "payer"],
};

/// Name of an account.
pub(crate) fn account(g: &Geography, account: Account) -> String {
    let node = |j: usize| g.nodes[j].id.as_str();
    let county = |c: usize| g.counties[c].code.as_str();
    match account {
        Account::County(c) => format!("county:{}", county(c)),
        Account::Prefecture(p) => format!("prefecture:{}", g.prefectures[p].code),
        Account::Province(r) => format!("province:{}", g.provinces[r].code),
        Account::Centre => "centre".to_owned(),
        Account::Fund(c) => format!("fund:{}", county(c)),
        Account::PensionFund(r) => format!("pensions:{}", g.provinces[r].code),
        Account::Wallet(j) => format!("households:{}", node(j)),
        Account::Firm(j, s) | Account::ProjectCash(j, s) => format!("{}:{}", Sector::ALL[s].name(), node(j)),
        Account::Landlord(j) => format!("landlord:{}", node(j)),
        Account::Collective(j) => format!("collective:{}", node(j)),
        Account::Pool(c) => format!("pool:{}", county(c)),
        Account::NationalPool => "national_pool".to_owned(),
        Account::Clearing => "clearing".to_owned(),
        Account::Hub => "hub".to_owned(),
    }
}

fn receiver(g: &Geography, receiver: Receiver) -> String {
    match receiver {
        Receiver::Infrastructure(j) => format!("building:{}", g.nodes[j].id),
        other => account(g, other.account()),
    }
}

/// Writes the changes of levers and the programme money of a year.
pub(crate) fn write(
    run: &str,
    world: &World,
    authors: &[String],
    changes: &[Change],
    table: &mut TableWriter,
) -> Result<()> {
    let (g, year) = (&world.geography, world.year);
    for change in changes {
        let place = Levers::place(g, change.lever, change.index);
        write_row(
            &Effect {
                run,
                year,
                kind: "lever",
                author: authors.get(change.author).map_or("", String::as_str),
                subject: change.lever.row().name,
                place: &place,
                payer: "rule",
                levers: Some([change.before, change.proposed, change.after]),
                money: None,
            },
            table,
        )?;
    }
    // Rows with one key are one row: money is added up.
    let mut sums: BTreeMap<(&str, &str, &str, String, String), [Fen; 2]> = BTreeMap::new();
    let programmes = &world.programmes;
    let author = |i: usize| programmes.authors.get(i).map_or("", String::as_str);
    let mut add = |key, demanded: Fen, paid: Fen| {
        let sum = sums.entry(key).or_insert([Fen::ZERO; 2]);
        sum[0] += demanded;
        sum[1] += paid;
    };
    for o in &programmes.orders {
        let key = ("payment", author(o.author), o.purpose, receiver(g, o.receiver), account(g, o.payer));
        add(key, o.demanded, o.paid);
    }
    for c in programmes.contracts.iter().filter(|c| c.demanded > Fen::ZERO) {
        let subject = match c.when {
            When::Founding => "new projects",
            When::Relocation => "relocated projects",
            When::StartUp => "start-ups",
        };
        let place = format!("{}:{}", Sector::ALL[c.sector].name(), g.nodes[c.node].id);
        add(("contract", author(c.author), subject, place, account(g, c.payer)), c.demanded, c.paid);
    }
    if programmes.borrowed > Fen::ZERO {
        let key = ("loan", "all", "borrowing", "governments".to_owned(), "hub".to_owned());
        add(key, programmes.borrowed, programmes.borrowed);
    }
    for ((kind, author, subject, place, payer), money) in &sums {
        let effect =
            Effect { run, year, kind, author, subject, place, payer, levers: None, money: Some(*money) };
        write_row(&effect, table)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_keeps_the_rules_of_tables() {
        assert_eq!(super::SPEC.problems(), Vec::<String>::new());
    }
}
