//! Programmes of policies: payers pay what was planned, borrow within their limit, and pay debt back.
//!
//! Counties and prefectures pay out of the cash of last year, before their other spending. The province
//! and the centre, which pass on what they receive within the year, pay in advance of this year's revenue.
//! Loans come from the hub, the country's capital market: when programmes are paid, the national pool holds
//! only what could not found a project. They bear no interest in constant yuan, and a tenth of the debt is paid
//! back each year.

use crate::quantity::Fen;
use crate::rules::Rules;
use crate::world::programmes::{Receiver, When};
use crate::world::{Account, Factor, Flows, Use, World};

/// Part of the debt that is paid back each year.
pub(crate) const REPAYMENT: f64 = 0.1;

/// Place of a government's debt; none where it cannot borrow.
fn debt_index(world: &World, account: Account) -> Option<usize> {
    let g = &world.geography;
    match account {
        Account::County(c) => Some(c),
        Account::Prefecture(p) => Some(g.counties.len() + p),
        Account::Province(r) => Some(g.counties.len() + g.prefectures.len() + r),
        _ => None,
    }
}

/// Revenue of a government last year, fen.
pub(crate) fn revenue(world: &World, rules: &Rules, account: Account) -> f64 {
    let sum = |counties: std::ops::Range<usize>, part: &dyn Fn(&crate::world::CountyFinance) -> i64| -> f64 {
        counties.map(|c| part(&world.counties[c]) as f64).sum()
    };
    let all = 0..world.counties.len();
    match account {
        Account::County(c) => (world.counties[c].own_revenue + world.counties[c].transfers) as f64,
        Account::Prefecture(p) => {
            sum(world.geography.prefectures[p].counties.clone(), &|f| f.prefecture_take)
        }
        Account::Province(r) => {
            let counties = world.geography.provinces[r].counties.clone();
            sum(counties.clone(), &|f| f.province_take)
                + rules.p.central_return_share * sum(counties, &|f| f.centre_take)
        }
        Account::Centre => (1.0 - rules.p.central_return_share).max(0.0) * sum(all, &|f| f.centre_take),
        _ => 0.0,
    }
}

/// What a payer can spend on programmes: its cash (of the province and the centre: last year's revenue) and
/// what it may still borrow.
pub(crate) fn capacity(world: &World, rules: &Rules, account: Account) -> Fen {
    let revenue = revenue(world, rules, account).max(0.0);
    let cash = match account {
        Account::Province(_) | Account::Centre => Fen::round(revenue),
        _ => world.accounts.balance(account).at_least(Fen::ZERO),
    };
    let room = debt_index(world, account).map_or(Fen::ZERO, |i| {
        (Fen::round(rules.p.debt_limit * revenue) - world.accounts.debt[i]).at_least(Fen::ZERO)
    });
    cash + room
}

/// Moves programme money and keeps the counties' books.
pub(crate) fn transfer(world: &mut World, from: Account, to: Account, amount: Fen, purpose: Use) {
    world.accounts.pay(from, to, amount, purpose);
    if from == to {
        return;
    }
    if let Account::County(c) = from {
        world.counties[c].programmes -= amount.0;
    }
    if let Account::County(c) = to {
        world.counties[c].programmes += amount.0;
    }
}

/// Raises what a government lacks: a loan of the hub, and for the centre what it takes back of its spending outside.
fn borrow(world: &mut World, account: Account, amount: Fen) {
    if account == Account::Centre {
        world.accounts.pay(Account::Centre, Account::Hub, -amount.at_least(Fen::ZERO), Use::CentralReturn);
    } else if let Some(i) = debt_index(world, account).filter(|_| amount > Fen::ZERO) {
        transfer(world, Account::Hub, account, amount, Use::Borrowing);
        world.accounts.debt[i] += amount;
        world.programmes.borrowed += amount;
    }
}

/// Node that stands for a government in flows.
fn node_of(world: &World, account: Account) -> Option<usize> {
    match account {
        Account::County(c) => Some(world.geography.counties[c].seat),
        Account::Prefecture(p) => Some(world.geography.prefectures[p].nodes.start),
        Account::Province(r) => Some(world.geography.provinces[r].nodes.start),
        _ => None,
    }
}

/// The year's orders are paid, before governments spend the rest.
pub(crate) fn pay(world: &mut World, flows: &mut Flows) {
    for i in 0..world.programmes.orders.len() {
        let (payer, receiver, amount) = {
            let o = &world.programmes.orders[i];
            (o.payer, o.receiver, o.planned)
        };
        if amount <= Fen::ZERO {
            continue;
        }
        if matches!(payer, Account::County(_) | Account::Prefecture(_)) {
            let missing = amount - world.accounts.balance(payer).at_least(Fen::ZERO);
            borrow(world, payer, missing);
        }
        transfer(world, payer, receiver.account(), amount, Use::Programme);
        world.programmes.orders[i].paid = amount;
        match receiver {
            Receiver::PublicServices(j) => world.nodes[j].spent_services += amount.0,
            Receiver::Infrastructure(j) => world.nodes[j].spent_infrastructure += amount.0,
            Receiver::County(c) => {
                if let Some(from) = node_of(world, payer) {
                    flows.add(Factor::Fiscal, from, world.geography.counties[c].seat, amount.0);
                }
            }
            _ => {}
        }
    }
}

/// Public transfers to households of a node this year, fen.
pub(crate) fn to_households(world: &World) -> Vec<i64> {
    let mut sums = vec![0; world.geography.len()];
    for order in &world.programmes.orders {
        if let Receiver::Households(j) = order.receiver {
            sums[j] += order.paid.0;
        }
    }
    sums
}

/// What the centre spends outside the area this year, so far. By the time projects are founded it has passed all its money
/// on; what it promised here it takes from there.
fn spent_outside(world: &World) -> Fen {
    world.accounts.paid_between(Account::Centre, Account::Hub, Use::CentralReturn).at_least(Fen::ZERO)
}

/// What contracts add to a project of a value at a cell; payers without cash or room to borrow pay less.
/// Returns the money, which is now with `to`.
pub(crate) fn claim(
    world: &mut World,
    rules: &Rules,
    when: When,
    cell: (usize, usize),
    value: i64,
    to: Account,
) -> Fen {
    let mut added = Fen::ZERO;
    for i in world.programmes.contracts_of(when, cell.0, cell.1) {
        let (author, payer, rate) = {
            let c = &world.programmes.contracts[i];
            (c.author, c.payer, c.rate)
        };
        let demanded = Fen(value).share(rate);
        let cash = world.accounts.balance(payer).at_least(Fen::ZERO);
        let able = match payer {
            // The province has passed its money on by now: what it promises is borrowed.
            Account::Province(_) | Account::County(_) | Account::Prefecture(_) => {
                let room = debt_index(world, payer).map_or(Fen::ZERO, |i| {
                    Fen::round(rules.p.debt_limit * revenue(world, rules, payer)) - world.accounts.debt[i]
                });
                cash + room.at_least(Fen::ZERO)
            }
            Account::Centre => cash + spent_outside(world),
            _ => cash,
        };
        let amount = demanded.at_most(able).at_most(world.programmes.left[author]);
        world.programmes.contracts[i].demanded += demanded;
        if amount <= Fen::ZERO {
            continue;
        }
        borrow(world, payer, amount - cash);
        transfer(world, payer, to, amount, Use::Programme);
        world.programmes.contracts[i].paid += amount;
        world.programmes.left[author] -= amount;
        added += amount;
    }
    added
}

/// A government that paid in advance more than it received borrows the rest.
pub(crate) fn settle(world: &mut World, account: Account) {
    let missing = -world.accounts.balance(account);
    borrow(world, account, missing);
}

/// A tenth of every debt is paid back, out of what cash there is.
pub(crate) fn repay(world: &mut World, account: Account) {
    let Some(i) = debt_index(world, account) else { return };
    let due = world.accounts.debt[i].share(REPAYMENT).at_least(Fen(1)).at_most(world.accounts.debt[i]);
    let amount = due.at_most(world.accounts.balance(account).at_least(Fen::ZERO));
    if amount > Fen::ZERO {
        transfer(world, account, Account::Hub, amount, Use::Repayment);
        world.accounts.debt[i] -= amount;
    }
}
