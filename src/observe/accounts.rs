//! `accounts.csv`: who paid whom for what.

use super::{Snapshot, columns};
use crate::error::Result;
use crate::output::csv::{Cell, TableWriter};
use crate::output::table::TableSpec;
use crate::quantity::Fen;

struct Payment<'a> {
    run: &'a str,
    year: i32,
    payer: &'a str,
    receiver: &'a str,
    purpose: &'a str,
    amount: Fen,
}

columns! { p: Payment;
    Text "run" "" "Which run." = p.run;
    Year "year" "" "The year." = Cell::Year(p.year);
    Text "payer_class" "" "Class of the accounts that pay." = p.payer;
    Text "receiver_class" "" "Class of the accounts that receive." = p.receiver;
    Text "purpose" "" "What is paid for." = p.purpose;
    Number "amount_yuan" "yuan" "Payments of the year; negative where a payment ran the other way." = p.amount;
}

/// The table.
pub(crate) static SPEC: TableSpec = TableSpec {
    name: "accounts",
    title: "Who paid whom for what",
    description: "One row a class of payers, class of receivers and purpose with payments in the year. All \
                  receipts of a class less all its payments are the change of its cash. Yuan of the base year.",
    columns: COLUMNS,
    key: &["run", "year", "payer_class", "receiver_class", "purpose"],
};

/// Writes the payments of a year.
pub(crate) fn write(snapshot: &Snapshot, table: &mut TableWriter) -> Result<()> {
    for (payer, receiver, purpose, amount) in snapshot.world.accounts.payments() {
        let (run, year) = (snapshot.run, snapshot.world.year);
        write_row(&Payment { run, year, payer, receiver, purpose, amount }, table)?;
    }
    Ok(())
}
