//! What is reported of every set of nodes: of the area, a tier, a prefecture, a tag, a node.

use super::{Indicator, List, YUAN};
use crate::observe::Snapshot;
use crate::observe::dispersion::{CountyLevels, moments};
use crate::observe::groups::Group;
use crate::observe::memory::Memory;
use crate::observe::totals::Totals;
use crate::observe::welfare::{Frame, Gains};
use crate::world::sector::LOCAL_SERVICES;
use crate::world::state::part;
use crate::world::{CountyFinance, SKILLS, Tier, World};

/// What is reported of every set of nodes. Gains of welfare are missing where nobody chooses.
pub(super) fn of_group(out: &mut List, snapshot: &Snapshot, group: &Group, gains: Option<&Gains>) {
    use Indicator::*;
    let (world, scope, id, nodes) = (snapshot.world, group.scope, &group.id, &group.nodes);
    let t = Totals::of(snapshot, nodes.iter().copied());
    let village = |j: usize| world.geography.nodes[j].tier == Tier::Village;
    let all = |x: &[f64]| x.iter().sum::<f64>();
    let people = t.people();
    // Nobody is born, dies or moves in the base year as far as is known.
    let tallied = |count: f64| if snapshot.tally.is_some() { count } else { f64::NAN };
    for (indicator, value) in [
        (Residents, people),
        (Registered, t.registered),
        (ShareNewcomers, t.newcomers / people),
        (TalentPer1000, 1000.0 * t.residents[1] / people),
        (Births, tallied(t.births)),
        (Deaths, tallied(t.deaths)),
        (MovedIn, tallied(t.moved_in)),
        (MovedOut, tallied(t.moved_out)),
        (NetMigration, tallied(t.moved_in - t.moved_out)),
        (Employed, t.employed[0] + t.employed[1]),
        (Jobs, t.jobs_of_all()),
        (UnemploymentRate, t.unemployment()),
        (Participation, (t.labour_force[0] + t.labour_force[1]) / t.adults),
        (WagePerWorker, t.wage_per_worker() * YUAN),
        (Income, t.income * YUAN),
        (IncomePerHead, t.income_per_head() * YUAN),
        (HomeIncomePerHead, t.home_income_per_head() * YUAN),
        (RentOverIncome, snapshot.rules.p.housing_spending_share * t.consumption / t.income),
        (RemittancesOverIncome, t.income_parts[part::REMITTANCES] / t.income),
        (LandOverIncome, t.income_parts[part::LAND] / t.income),
        (PensionsOverIncome, t.income_parts[part::PENSIONS] / t.income),
        (WagesOverIncome, t.income_by_source[0] / t.income),
        (BusinessOverIncome, t.income_by_source[1] / t.income),
        (PropertyOverIncome, t.income_by_source[2] / t.income),
        (TransfersOverIncome, t.income_by_source[3] / t.income),
        (OutsideOverIncome, t.income_by_source[4] / t.income),
        (IncomeOverOutput, t.income / t.nominal_output()),
        (RealIncomePerHead, t.real_income_per_head() * YUAN),
        (Output, t.output_of_all() * YUAN),
        (OutputNominal, t.nominal_output() * YUAN),
        (ServicePrice, t.local_revenue / t.output[LOCAL_SERVICES]),
        (PriceIndex, t.price_index()),
        (OutputPerHead, t.output_per_head() * YUAN),
        (OutputPerWorker, t.output_per_worker() * YUAN),
        (Consumption, t.consumption * YUAN),
        (Capital, all(&t.capital) * YUAN),
        (Saved, t.saved * YUAN),
        (Invested, t.invested * YUAN),
        (NetSaving, (t.saved - t.invested) * YUAN),
        (CapitalOutputRatio, all(&t.capital_used) / t.output_of_all()),
        (ReturnOnCapital, all(&t.surplus) / all(&t.capital_used)),
        (ShareBoughtInCounty, t.bought_in_county / t.bought),
        (OwnRevenue, finances(world, nodes, |c| c.own_revenue)),
        (Transfers, finances(world, nodes, |c| c.transfers)),
        (ServiceLevel, t.service_level / people),
        (Ecology, t.ecology / people),
    ] {
        out.add(indicator, scope, id, value);
    }
    if let Some(gains) = gains.filter(|_| scope != "settlement") {
        // Homes outside belong to no set but the area as a whole.
        let outside = if scope == "area" { world.geography.outside.clone() } else { 0..0 };
        let homes = nodes.iter().copied().chain(outside);
        out.add(WelfareGain, scope, id, gains.mean(world, Frame::Residents, homes, 0..SKILLS));
    }
    if matches!(scope, "area" | "prefecture" | "tag") {
        let urban = Totals::of(snapshot, nodes.iter().copied().filter(|&j| !village(j)));
        let rural = Totals::of(snapshot, nodes.iter().copied().filter(|&j| village(j)));
        out.add(ShareUrban, scope, id, urban.people() / people);
        out.add(ShareUrbanRegistered, scope, id, urban.registered / t.registered);
        out.add(IncomeRatioResidence, scope, id, urban.income_per_head() / rural.income_per_head());
        out.add(IncomeRatioHome, scope, id, urban.home_income_per_head() / rural.home_income_per_head());
    }
}

/// Sums over the counties whose seat is among some nodes, yuan; NaN where there is none: a village has no government of
/// its own.
fn finances(world: &World, nodes: &[usize], of: impl Fn(&CountyFinance) -> i64) -> f64 {
    let geography = &world.geography;
    let seats = nodes.iter().filter(|&&j| geography.seat_of(j) == j).map(|&j| geography.nodes[j].county);
    seats.map(|c| of(&world.counties[c]) as f64 * YUAN).reduce(|a, b| a + b).unwrap_or(f64::NAN)
}

/// Moments over the counties of the area or of a tag.
pub(super) fn dispersion(out: &mut List, snapshot: &Snapshot, memory: &Memory, group: &Group) {
    use Indicator::*;
    let geography = &snapshot.world.geography;
    let (scope, id, nodes) = (group.scope, &group.id, &group.nodes);
    if !matches!(scope, "area" | "tag") {
        return;
    }
    let all = CountyLevels::of(snapshot);
    let in_group = |c: &usize| nodes.binary_search(&geography.counties[*c].seat).is_ok();
    let members: Vec<usize> = (0..all.len()).filter(in_group).collect();
    let of = |levels: &[CountyLevels]| -> Vec<CountyLevels> {
        members.iter().filter_map(|&c| levels.get(c).copied()).collect()
    };
    let (now, base) = (of(&all), of(&memory.base_counties));
    let [urban, rural] = [0, 1].map(|tier| moments(&now, &base, tier));
    for (indicator, value) in [
        (SdLogIncomeUrban, urban.sd_log_income),
        (SdLogIncomeRural, rural.sd_log_income),
        (ElasticityIncomeUrban, urban.elasticity_income),
        (ElasticityIncomeRural, rural.elasticity_income),
        (ElasticityGrowthUrban, urban.elasticity_growth),
        (ElasticityGrowthRural, rural.elasticity_growth),
    ] {
        out.add(indicator, scope, id, value);
    }
}
