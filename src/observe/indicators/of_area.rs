//! What is known of the area as a whole: who left the villages, sectors and skills, inequality, welfare, returns, services.

use super::{Indicator, List, YUAN};
use crate::observe::Snapshot;
use crate::observe::inequality::Distribution;
use crate::observe::memory::Memory;
use crate::observe::totals::{Totals, Whereabouts};
use crate::observe::welfare::{Frame, Gains};
use crate::world::flows::Level;
use crate::world::{SECTORS, SKILLS, Sector, Skill, Tier, World};

pub(super) fn village_leavers(out: &mut List, snapshot: &Snapshot) {
    let geography = &snapshot.world.geography;
    let (mut left, mut nearby) = (0, 0);
    for village in geography.counties.iter().filter_map(|c| c.village) {
        let lives = Whereabouts::of(snapshot.world, village);
        left += lives.left();
        nearby += lives.other_node_of_county;
    }
    out.area(Indicator::VillageLeavers, left as f64);
    out.area(Indicator::NearbyShareStock, nearby as f64 / left as f64);
    let mut flow = f64::NAN;
    if snapshot.flows.level() == Level::Node {
        let (mut left, mut nearby) = (0, 0);
        for (factor, from, to, amount) in snapshot.flows.between_units() {
            if factor.is_persons() && geography.nodes[from].tier == Tier::Village {
                left += amount;
                nearby += if geography.seat_of(from) == to { amount } else { 0 };
            }
        }
        flow = nearby as f64 / left as f64;
    }
    out.area(Indicator::NearbyShareFlow, flow);
}

pub(super) fn sizes(out: &mut List, snapshot: &Snapshot, memory: &Memory) {
    let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
    for j in 0..snapshot.world.geography.area_nodes() {
        let now = snapshot.world.residents(j);
        let base = memory.base_residents.get(j).copied().unwrap_or(now);
        if base > 0 {
            least = least.min(now as f64 / base as f64);
            most = most.max(now as f64 / base as f64);
        }
    }
    out.area(Indicator::SmallestNode, least);
    out.area(Indicator::LargestNode, most);
}

pub(super) fn of_sectors_and_skills(out: &mut List, area: &Totals) {
    use Indicator::*;
    for (s, sector) in Sector::ALL.into_iter().enumerate() {
        let jobs = area.jobs[s][0] + area.jobs[s][1];
        for (indicator, value) in [
            (Jobs, jobs),
            (WagePerWorker, (area.wages[s][0] + area.wages[s][1]) / jobs * YUAN),
            (Output, area.output[s] * YUAN),
            (OutputPerWorker, area.output[s] / jobs * YUAN),
            (Capital, area.capital[s] * YUAN),
            (CapitalOutputRatio, area.capital_used[s] / area.output[s]),
            (ReturnOnCapital, area.surplus[s] / area.capital_used[s]),
        ] {
            out.add(indicator, "sector", sector.name(), value);
        }
    }
    for (k, skill) in Skill::ALL.into_iter().enumerate() {
        let jobs: f64 = (0..SECTORS).map(|s| area.jobs[s][k]).sum();
        let wages: f64 = (0..SECTORS).map(|s| area.wages[s][k]).sum();
        for (indicator, value) in [
            (Residents, area.residents[k]),
            (Employed, area.employed[k]),
            (UnemploymentRate, 1.0 - area.employed[k] / area.labour_force[k]),
            (WagePerWorker, wages / jobs * YUAN),
        ] {
            out.add(indicator, "skill", skill.name(), value);
        }
    }
}

pub(super) fn inequality(out: &mut List, snapshot: &Snapshot) {
    let nodes = &snapshot.world.geography.nodes;
    let persons = Distribution::of(snapshot.earnings, snapshot.rules.p.human_capital_gini);
    let tiers = persons.theil(|j| nodes[j].tier as usize);
    let prefectures = persons.theil(|j| nodes[j].prefecture);
    out.area(Indicator::Gini, persons.gini());
    out.area(Indicator::Theil, tiers.total);
    out.area(Indicator::TheilBetweenTiers, tiers.between);
    out.area(Indicator::TheilWithinTiers, tiers.within);
    out.area(Indicator::TheilBetweenPrefectures, prefectures.between);
    out.area(Indicator::TheilWithinPrefectures, prefectures.within);
}

/// Gains of welfare in other frames, of skills, by origin, and of who is registered outside.
pub(super) fn welfare_gains(out: &mut List, world: &World, gains: &Gains) {
    let homes = || 0..world.geography.len();
    let of = |frame: Frame, skills: std::ops::Range<usize>| gains.mean(world, frame, homes(), skills);
    out.area(Indicator::WelfareGainRegistered, of(Frame::Registered, 0..SKILLS));
    out.area(Indicator::WelfareGainNation, of(Frame::Nation, 0..SKILLS));
    for (k, skill) in Skill::ALL.into_iter().enumerate() {
        out.add(Indicator::WelfareGain, "skill", skill.name(), of(Frame::Residents, k..k + 1));
    }
    for (id, frame) in [("locals", Frame::Locals), ("newcomers", Frame::Newcomers)] {
        out.add(Indicator::WelfareGain, "origin", id, of(frame, 0..SKILLS));
    }
    let outside = gains.mean(world, Frame::Residents, world.geography.outside.clone(), 0..SKILLS);
    out.add(Indicator::WelfareGain, "tier", Tier::Outside.name(), outside);
}

/// Dispersion of ln return over cells.
pub(super) fn returns(out: &mut List, snapshot: &Snapshot) {
    let mut cells: Vec<(f64, f64)> = Vec::new();
    for (j, earned) in snapshot.earnings.nodes.iter().enumerate() {
        for s in 0..SECTORS {
            let (surplus, capital) = (snapshot.world.nodes[j].surplus[s], earned.capital[s]);
            if surplus > 0 && capital > 0 {
                cells.push((libm::log(surplus as f64 / capital as f64), capital as f64));
            }
        }
    }
    let deviation = |weight: &dyn Fn(f64) -> f64| {
        let all: f64 = cells.iter().map(|c| weight(c.1)).sum();
        let mean = cells.iter().map(|c| weight(c.1) * c.0).sum::<f64>() / all;
        libm::sqrt(cells.iter().map(|c| weight(c.1) * (c.0 - mean) * (c.0 - mean)).sum::<f64>() / all)
    };
    out.area(Indicator::SdLnReturn, deviation(&|_| 1.0));
    out.area(Indicator::SdLnReturnWeighted, deviation(&|capital| capital));
}

pub(super) fn levels(out: &mut List, snapshot: &Snapshot) {
    let world = snapshot.world;
    let area = 0..world.geography.area_nodes();
    let level = |j: usize| world.nodes[j].service_level;
    let people = |j: usize| snapshot.earnings.nodes[j].residents;
    let variation = |weight: &dyn Fn(usize) -> f64| {
        let all: f64 = area.clone().map(weight).sum();
        let mean = area.clone().map(|j| weight(j) * level(j)).sum::<f64>() / all;
        let square = |j: usize| (level(j) - mean) * (level(j) - mean);
        libm::sqrt(area.clone().map(|j| weight(j) * square(j)).sum::<f64>() / all) / mean
    };
    out.area(Indicator::CvServices, variation(&people));
    out.area(Indicator::CvServicesNodes, variation(&|_| 1.0));
    let ecology: f64 = area.clone().map(|j| world.nodes[j].ecology).sum();
    out.area(Indicator::EcologyNodes, ecology / area.len() as f64);
}
