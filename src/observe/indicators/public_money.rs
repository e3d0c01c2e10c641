//! Public money, what crosses between tiers, and what the rest of the world takes and pays.

use super::{Indicator, List, YUAN};
use crate::observe::Snapshot;
use crate::observe::memory::Memory;
use crate::observe::totals::Totals;
use crate::world::{CountyFinance, Factor, Tier, Use};

pub(super) fn net_inflows(out: &mut List, snapshot: &Snapshot) {
    use Indicator::*;
    let indicator = [
        NetInflowLabour,
        NetInflowTalent,
        NetInflowCapital,
        NetInflowProjectCash,
        NetInflowRelocation,
        NetInflowOwnership,
        NetInflowFiscal,
        NetInflowConsumption,
        NetInflowRemittance,
    ];
    for (factor, indicator) in Factor::ALL.into_iter().zip(indicator) {
        let unit = if factor.is_persons() { 1.0 } else { YUAN };
        for tier in Tier::ALL {
            let net = snapshot.flows.net_inflow(factor, tier) as f64;
            out.add(indicator, "tier", tier.name(), net * unit);
        }
    }
}

/// Taxes, transfers and spending of counties and prefectures.
pub(super) fn governments(out: &mut List, snapshot: &Snapshot, area: &Totals) {
    use Indicator::*;
    let world = snapshot.world;
    let sum = |f: &dyn Fn(&CountyFinance) -> i64| world.counties.iter().map(|c| f(c) as f64).sum::<f64>();
    let own = sum(&|c| c.own_revenue);
    let taken = sum(&|c| c.province_take + c.prefecture_take);
    let spending = sum(&|c| c.spending + c.social);
    let prefectures: f64 = world
        .accounts
        .payments()
        .filter(|p| {
            p.0 == "prefecture_governments" && matches!(p.2, "government_purchases" | "infrastructure")
        })
        .map(|p| p.3.fen())
        .sum();
    let debt: f64 = world.accounts.debt.iter().map(|d| d.fen()).sum();
    let output = area.nominal_output();
    for (indicator, value) in [
        (LocalSpending, (spending + prefectures) * YUAN),
        (SelfSufficiency, own / spending),
        (SelfSufficiencyProvince, (own + taken) / (spending + prefectures)),
        (RevenueOverOutput, (own + taken) / output),
        (SpendingOverOutput, (spending + prefectures) / output),
        (
            CvSpendingCounties,
            spread(world.geography.counties.iter().map(|c| spending_per_head(snapshot, c.nodes()))),
        ),
        (
            CvSpendingPrefectures,
            spread(world.geography.prefectures.iter().map(|p| spending_per_head(snapshot, p.nodes.clone()))),
        ),
        (Debt, debt * YUAN),
    ] {
        out.area(indicator, value);
    }
}

/// What county and prefecture spend at some nodes a head, fen.
pub(crate) fn spending_per_head(snapshot: &Snapshot, nodes: impl Iterator<Item = usize>) -> f64 {
    let (spent, people) = nodes.fold((0.0, 0.0), |(spent, people), j| {
        (spent + snapshot.world.nodes[j].spent_public as f64, people + snapshot.earnings.nodes[j].residents)
    });
    spent / people
}

/// Coefficient of variation of units that each count one; those without people are left out.
pub(super) fn spread(values: impl Iterator<Item = f64>) -> f64 {
    let values: Vec<f64> = values.filter(|x| x.is_finite()).collect();
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    libm::sqrt(values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / n) / mean
}

/// The hub's balance mirrors the money held in the area (identity I5), so its change is what it received
/// less what it paid. Of a fall, the part `g x money` only lets the money stock keep pace with output.
pub(super) fn rest_of_the_world(out: &mut List, snapshot: &Snapshot, memory: &Memory, area: &Totals) {
    let accounts = &snapshot.world.accounts;
    let change: f64 = accounts
        .payments()
        .map(|(payer, receiver, _, amount)| {
            (f64::from(u8::from(receiver == "hub")) - f64::from(u8::from(payer == "hub"))) * amount.fen()
        })
        .sum();
    let hub = accounts.hub.fen();
    let before = accounts.total() as f64 - hub + change;
    let growth = memory.last_output.map_or(f64::NAN, |y| area.output_of_all() / y as f64 - 1.0);
    out.area(Indicator::NetLending, accounts.paid_for(Use::NetLending).fen() * YUAN);
    out.area(Indicator::HubBalance, hub * YUAN);
    out.area(Indicator::HubChange, change * YUAN);
    out.area(Indicator::HubChangeNet, (change + growth * before) * YUAN);
}
