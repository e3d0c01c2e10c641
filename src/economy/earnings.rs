//! Who earned what this year: by place, by skill, by local or newcomer, and by registered home.
//!
//! Income by residence is paid to nodes and needs no rule. Income by home asks what a node's income is to
//! the different people who live there; every item goes to residents of the node that receives it:
//!
//! | item | to whom |
//! |---|---|
//! | net wages | locals and newcomers of each skill, by their own efficiency units, jobs and wages |
//! | land | `T_h` to people of home h who live there, their part of it to those elsewhere |
//! | pensions | people of urban homes and of village homes at the node, as far as their old draw them |
//! | public transfers | all residents alike |
//! | dividends, rents | locals of the node, the share `rents_to_newcomers` of rents newcomers |
//! | remittances received | locals of the node |
//! | remittances sent | newcomers, `remittance_share` of their net wage; villagers at the own seat, `remittance_share_county` of the local one |
//! | outside income | all residents in proportion to what they have without it |
//! | what is left over | all residents alike |
//!
//! Locals are registered in the county where they live. What is left over is rounding, the wages of cells
//! in which no agent works, and the like. So the incomes of all homes, those outside the
//! area included, add up to the incomes of all nodes.

use crate::economy::income::{land_kept, locals, sent_from_seat, wage_of_local, wage_of_newcomer};
use crate::economy::pensions;
use crate::economy::production::bill_by_skill;
use crate::economy::shopping;
use crate::economy::spending::{pull, pulls};
use crate::rules::Rules;
use crate::world::people::activity;
use crate::world::state::part;
use crate::world::{SECTORS, SKILLS, Tier, World};

/// Index of locals in pairs of locals and newcomers.
pub(crate) const LOCAL: usize = 0;
/// Index of newcomers: people who live outside their home county.
pub(crate) const NEWCOMER: usize = 1;

/// Labels of [`HomeIncome::parts`].
pub(crate) const HOME_PARTS: [&str; 9] = [
    "wages",
    "land",
    "property",
    "pensions",
    "public_transfers",
    "remittances_received",
    "remittances_sent",
    "outside_income",
    "other",
];

/// People of one place, skill and origin, with their income per head.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Group {
    /// Persons, children included.
    pub people: f64,
    /// Net wages less remittances sent, with their part of outside income, fen per head.
    pub labour: f64,
    /// All other income, with its part of outside income, fen per head.
    pub other: f64,
}

/// Work and earnings at a node in the year, before the move.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NodeEarnings {
    /// Residents, persons.
    pub residents: f64,
    /// Residents of 18 and over.
    pub adults: f64,
    /// Residents who work or look for work, by skill.
    pub labour_force: [f64; SKILLS],
    /// Residents who have a job at the node, by sector and skill.
    pub employed: [[f64; SKILLS]; SECTORS],
    /// Residents who have a job in the seat of their county, by skill.
    pub commuters: [f64; SKILLS],
    /// Persons at work here wherever they live, by sector and skill.
    pub jobs: [[f64; SKILLS]; SECTORS],
    /// Wages paid here before tax, by sector and skill, fen.
    pub wages: [[f64; SKILLS]; SECTORS],
    /// Capital that produced, before the year's investment, fen.
    pub capital: [i64; SECTORS],
    /// Residents by skill, local or newcomer.
    pub groups: [[Group; 2]; SKILLS],
    /// What residents spent on services and tourism, fen.
    pub bought: f64,
    /// Of this, in their own county.
    pub bought_in_county: f64,
}

impl NodeEarnings {
    /// Residents with a job, by skill, commuters included.
    pub fn employed_of(&self, skill: usize) -> f64 {
        (0..SECTORS).map(|s| self.employed[s][skill]).sum::<f64>() + self.commuters[skill]
    }

    /// Residents with a job.
    pub fn employed_residents(&self) -> f64 {
        self.employed_of(0) + self.employed_of(1)
    }

    /// Persons at work here.
    pub fn jobs_here(&self) -> f64 {
        self.jobs.iter().map(|j| j[0] + j[1]).sum()
    }

    /// Wages paid here before tax, fen.
    pub fn wages_paid(&self) -> f64 {
        self.wages.iter().map(|w| w[0] + w[1]).sum()
    }
}

/// Income of the people registered at a home, wherever in the area they live.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HomeIncome {
    /// Persons who live in the area.
    pub people: f64,
    /// Their income by [`HOME_PARTS`], fen; remittances sent are negative.
    pub parts: [f64; HOME_PARTS.len()],
}

impl HomeIncome {
    /// All income, fen.
    pub fn total(&self) -> f64 {
        self.parts.iter().sum()
    }
}

/// Who earned what in one year.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Earnings {
    /// By place, nodes of the area.
    pub nodes: Vec<NodeEarnings>,
    /// By home, outside nodes included.
    pub homes: Vec<HomeIncome>,
    /// Income of nodes where nobody lives, fen.
    pub unassigned: f64,
}

/// Income per head at a node by item, fen: what a person of a skill and origin has beside land.
#[derive(Clone, Copy, Debug, Default)]
struct PerHead {
    wage: [[f64; 2]; SKILLS],
    /// Remittances sent, over all of the group.
    sent: [[f64; 2]; SKILLS],
    /// Of it, what a villager at the seat of the own county sends.
    sent_by_villager: [f64; SKILLS],
    property: [f64; 2],
    remittances: [f64; 2],
    /// Pensions, by whether people are registered at an urban node or at a village or outside.
    pensions: [f64; 2],
    /// Part of each group that is registered at a village or outside.
    rural: [[f64; 2]; SKILLS],
    transfers: f64,
    outside: [[f64; 2]; SKILLS],
    other: f64,
}

impl PerHead {
    /// Wage less remittances sent, and the rest without outside income, of a skill and origin; `land` by origin.
    fn own(&self, k: usize, origin: usize, land: [f64; 2]) -> [f64; 2] {
        let rural = self.rural[k][origin];
        let pension = self.pensions[0] * (1.0 - rural) + self.pensions[1] * rural;
        let received = self.property[origin] + self.remittances[origin] + pension + self.transfers;
        [self.wage[k][origin] - self.sent[k][origin], received + self.other + land[origin]]
    }
}

impl Earnings {
    /// Takes stock of a year; to be called after phase 5 and before people move.
    pub fn of(world: &World, rules: &Rules) -> Earnings {
        let mut nodes: Vec<NodeEarnings> =
            (0..world.geography.area_nodes()).map(|j| work(world, rules, j)).collect();
        let (per_head, land, unassigned) = per_head(world, rules);
        for (j, node) in nodes.iter_mut().enumerate() {
            groups(world, j, node, &per_head[j], &land[j]);
        }
        purchases(world, rules, &mut nodes);
        Earnings { nodes, homes: homes(world, rules, &per_head), unassigned }
    }
}

/// Persons of a node, locals and newcomers by skill.
fn origins(world: &World, j: usize) -> [[f64; 2]; SKILLS] {
    let count = &world.census.places[j];
    let persons = world.persons_per_agent() as f64;
    std::array::from_fn(|k| {
        let newcomers = count.newcomers[k] as f64 * persons;
        [count.of_skill(k) as f64 * persons - newcomers, newcomers]
    })
}

fn work(world: &World, rules: &Rules, j: usize) -> NodeEarnings {
    let count = &world.census.places[j];
    let state = &world.nodes[j];
    let persons = world.persons_per_agent() as f64;
    let county = &world.geography.counties[world.geography.nodes[j].county];
    let mut node = NodeEarnings {
        residents: world.residents(j) as f64,
        adults: (0..SKILLS).flat_map(|k| &count.ages[k][1..]).sum::<u64>() as f64 * persons,
        capital: state.capital,
        ..Default::default()
    };
    for k in 0..SKILLS {
        node.labour_force[k] = count.people[k][activity::SECTOR..].iter().sum::<u64>() as f64 * persons;
        node.commuters[k] = count.people[k][activity::COMMUTING] as f64
            * persons
            * commuters_with_a_job(world, county.seat, k);
        for s in 0..SECTORS {
            let at_work =
                count.people[k][activity::SECTOR + s] as f64 * persons * state.job_probability[s][k];
            node.employed[s][k] = at_work;
            node.jobs[s][k] = at_work;
        }
    }
    if let (true, Some(village)) = (county.seat == j, county.village) {
        for k in 0..SKILLS {
            let commuters = world.census.places[village].people[k][activity::COMMUTING] as f64 * persons;
            let all: f64 = (0..SECTORS).map(|s| state.labour_commuting[s][k]).sum();
            for s in (0..SECTORS).filter(|_| all > 0.0) {
                node.jobs[s][k] +=
                    commuters * state.labour_commuting[s][k] / all * state.job_probability[s][k];
            }
        }
    }
    for s in 0..SECTORS {
        node.wages[s] = bill_by_skill(world, rules, j, s);
    }
    node
}

/// Share of commuters to a seat who have a job there.
fn commuters_with_a_job(world: &World, seat: usize, k: usize) -> f64 {
    let state = &world.nodes[seat];
    let (mut all, mut at_work) = (0.0, 0.0);
    for s in 0..SECTORS {
        all += state.labour_commuting[s][k];
        at_work += state.labour_commuting[s][k] * state.job_probability[s][k];
    }
    if all > 0.0 { at_work / all } else { 0.0 }
}

/// Land income per head of people of a home who live at a place of the area.
fn land_per_head(world: &World, rules: &Rules, h: usize, place: usize) -> f64 {
    if world.geography.is_outside(h) {
        return 0.0;
    }
    world.nodes[h].land_entitlement * land_kept(world, rules, h, place)
}

/// Whether a home is a village or outside.
fn is_rural(world: &World, home: usize) -> bool {
    matches!(world.geography.nodes[home].tier, Tier::Village | Tier::Outside)
}

/// Whether a person of a home is local at a place of the area.
fn origin_at(world: &World, home: usize, place: usize) -> usize {
    let geography = &world.geography;
    let local = !geography.is_outside(home) && geography.nodes[home].county == geography.nodes[place].county;
    if local { LOCAL } else { NEWCOMER }
}

/// Income per head by node and item, land income of locals and newcomers of each node, and the income of
/// nodes where nobody lives.
fn per_head(world: &World, rules: &Rules) -> (Vec<PerHead>, Vec<[f64; 2]>, f64) {
    let area = world.geography.area_nodes();
    let persons = world.persons_per_agent() as f64;
    let mut land = vec![[0.0; 2]; area];
    // People registered at a village or outside, by place, skill and origin.
    let mut rural = vec![[[0.0; 2]; SKILLS]; area];
    for (h, row) in world.census.homes.iter().enumerate() {
        for d in row.iter().filter(|d| usize::from(d.place) < area) {
            let place = usize::from(d.place);
            let origin = origin_at(world, h, place);
            land[place][origin] += d.total() as f64 * persons * land_per_head(world, rules, h, place);
            if is_rural(world, h) {
                (0..SKILLS).for_each(|k| rural[place][k][origin] += f64::from(d.agents[k]) * persons);
            }
        }
    }
    let due = pensions::due(world, rules);
    let mut unassigned = 0.0;
    let all = (0..area)
        .map(|j| {
            let state = &world.nodes[j];
            let part = |i: usize| state.income_parts[i] as f64;
            let people = origins(world, j);
            let by_origin = [people[0][LOCAL] + people[1][LOCAL], people[0][NEWCOMER] + people[1][NEWCOMER]];
            let residents = by_origin[LOCAL] + by_origin[NEWCOMER];
            if residents <= 0.0 {
                unassigned += state.income as f64;
                return PerHead::default();
            }
            let local = wage_of_local(world, rules, j).map(|w| w / persons);
            let newcomer = wage_of_newcomer(world, rules, j).map(|w| w / persons);
            let wage: [[f64; 2]; SKILLS] = std::array::from_fn(|k| [local[k], newcomer[k]]);
            let at_seat = world.geography.seat_of(j) == j;
            let sent_by_villager = if at_seat {
                sent_from_seat(world, rules, j).map(|sent| sent / persons)
            } else {
                [0.0; SKILLS]
            };
            let locals = locals(&world.census.places[j]);
            let sent: [[f64; 2]; SKILLS] = std::array::from_fn(|k| {
                let villagers = rural[j][k][LOCAL] / (locals[k].max(1) as f64 * persons);
                [villagers * sent_by_villager[k], newcomer[k] * rules.p.remittance_share]
            });
            let earned: f64 = (0..SKILLS)
                .flat_map(|k| [LOCAL, NEWCOMER].map(|o| people[k][o] * (wage[k][o] - sent[k][o])))
                .sum();
            let to_newcomers = if by_origin[LOCAL] <= 0.0 {
                1.0
            } else if by_origin[NEWCOMER] <= 0.0 {
                0.0
            } else {
                rules.p.rents_to_newcomers
            };
            let only_newcomers = f64::from(u8::from(by_origin[LOCAL] <= 0.0));
            let share = |amount: f64, newcomers: f64| -> [f64; 2] {
                let parts = [amount * (1.0 - newcomers), amount * newcomers];
                std::array::from_fn(|o| if by_origin[o] > 0.0 { parts[o] / by_origin[o] } else { 0.0 })
            };
            let rents = share(part(part::RENTS), to_newcomers);
            let profit = part(part::DIVIDENDS) + part(part::FARM_DIVIDENDS);
            let dividends = share(profit, only_newcomers);
            let (received, outside) = (part(part::REMITTANCES), part(part::OUTSIDE));
            let (pensions, transfers) = (part(part::PENSIONS), part(part::TRANSFERS));
            let of_land = land[j][0] + land[j][1];
            let known =
                earned + of_land + profit + part(part::RENTS) + pensions + transfers + received + outside;
            let villagers: f64 = rural[j].iter().flatten().sum();
            let by_home = pensions::by_home(&due[j]);
            let each = |sum: f64, people: f64| if people > 0.0 { sum / people } else { 0.0 };
            let mut items = PerHead {
                wage,
                sent,
                sent_by_villager,
                property: [rents[0] + dividends[0], rents[1] + dividends[1]],
                remittances: share(received, only_newcomers),
                pensions: [
                    each(pensions * by_home[0], residents - villagers),
                    each(pensions * by_home[1], villagers),
                ],
                rural: std::array::from_fn(|k| std::array::from_fn(|o| each(rural[j][k][o], people[k][o]))),
                transfers: transfers / residents,
                outside: [[outside / residents; 2]; SKILLS],
                other: (state.income as f64 - known) / residents,
            };
            let without = state.income as f64 - outside;
            if without > 0.0 {
                let land = per_person(&people, land[j]);
                let own = |k: usize, o: usize| items.own(k, o, land).iter().sum::<f64>();
                items.outside =
                    std::array::from_fn(|k| std::array::from_fn(|o| outside / without * own(k, o)));
            }
            items
        })
        .collect();
    (all, land, unassigned)
}

fn groups(world: &World, j: usize, node: &mut NodeEarnings, per_head: &PerHead, land: &[f64; 2]) {
    let people = origins(world, j);
    let land = per_person(&people, *land);
    for k in 0..SKILLS {
        for origin in [LOCAL, NEWCOMER] {
            let [labour, rest] = per_head.own(k, origin, land);
            let outside = per_head.outside[k][origin];
            // Outside income goes with what it is measured by; where that is nothing it stands beside it.
            let scale = if labour + rest > 0.0 { outside / (labour + rest) } else { 0.0 };
            let beside = if scale == 0.0 { outside } else { 0.0 };
            node.groups[k][origin] = Group {
                people: people[k][origin],
                labour: labour * (1.0 + scale),
                other: rest * (1.0 + scale) + beside,
            };
        }
    }
}

/// A sum by origin over the people of the origin.
fn per_person(people: &[[f64; 2]; SKILLS], sum: [f64; 2]) -> [f64; 2] {
    std::array::from_fn(|o| {
        let all = people[0][o] + people[1][o];
        if all > 0.0 { sum[o] / all } else { 0.0 }
    })
}

fn homes(world: &World, rules: &Rules, per_head: &[PerHead]) -> Vec<HomeIncome> {
    let persons = world.persons_per_agent() as f64;
    world
        .census
        .homes
        .iter()
        .enumerate()
        .map(|(h, row)| {
            let rural = is_rural(world, h);
            let mut home = HomeIncome::default();
            for d in row.iter().filter(|d| usize::from(d.place) < per_head.len()) {
                let place = usize::from(d.place);
                let origin = origin_at(world, h, place);
                let items = &per_head[place];
                let of_skills = |per_head: &[[f64; 2]; SKILLS]| -> f64 {
                    (0..SKILLS).map(|k| f64::from(d.agents[k]) * persons * per_head[k][origin]).sum()
                };
                let wages = of_skills(&items.wage);
                let people = d.total() as f64 * persons;
                home.people += people;
                let sent = match origin {
                    NEWCOMER => wages * rules.p.remittance_share,
                    _ if rural => {
                        let each = items.sent_by_villager;
                        (0..SKILLS).map(|k| f64::from(d.agents[k]) * persons * each[k]).sum()
                    }
                    _ => 0.0,
                };
                let parts = [
                    wages,
                    people * land_per_head(world, rules, h, place),
                    people * items.property[origin],
                    people * items.pensions[usize::from(rural)],
                    people * items.transfers,
                    people * items.remittances[origin],
                    -sent,
                    of_skills(&items.outside),
                    people * items.other,
                ];
                home.parts.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
            }
            home
        })
        .collect()
}

/// Services and tourism that residents bought, and what of it in the own county: the shares of phase 2,
/// worked out while ecology, tourism capital and the census are still those of that phase.
fn purchases(world: &World, rules: &Rules, nodes: &mut [NodeEarnings]) {
    let geography = &world.geography;
    let pull = pull(world, rules);
    let sums = pulls(rules, geography.counties.len(), &pull);
    for (c, county) in geography.counties.iter().enumerate() {
        let near = rules.accessibility.visit(c);
        let weight = |j: usize| f64::from(near[j]) * pull[j];
        let all = sums[c];
        let own: f64 = county.nodes().map(weight).sum();
        let visits_at_home = if all > 0.0 { own / all } else { 0.0 };
        for j in county.nodes() {
            let basket = shopping::basket(world, rules, j);
            let own: f64 = basket
                .places
                .zip(&basket.at)
                .filter(|(k, _)| geography.nodes[*k].county == c)
                .map(|(_, s)| s)
                .sum();
            let consumption = world.nodes[j].consumption as f64;
            let b_v = shopping::budget_share(world, rules, j);
            nodes[j].bought = consumption * (b_v + rules.p.tourism_spending_share);
            nodes[j].bought_in_county =
                consumption * (b_v * own + rules.p.tourism_spending_share * visits_at_home);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observe::tiny::Tiny;

    fn close(found: f64, expected: f64) {
        assert!((found - expected).abs() < 0.02, "{found} is not {expected}");
    }

    #[test]
    fn incomes_of_all_homes_add_up_to_incomes_of_all_nodes() {
        let tiny = Tiny::new();
        let nodes: i64 = tiny.world.nodes[..4].iter().map(|n| n.income).sum();
        let homes: f64 = tiny.earnings.homes.iter().map(HomeIncome::total).sum();
        assert!((homes / nodes as f64 - 1.0).abs() < 1e-14, "{homes} is not {nodes}");
        assert_eq!(tiny.earnings.unassigned, 0.0);
        // What no rule assigns is rounding: less than a fen a node.
        let left: f64 = tiny.earnings.homes.iter().map(|h| h.parts[8].abs()).sum();
        assert!(left < 4.0, "{left}");
        let groups: f64 = tiny
            .earnings
            .nodes
            .iter()
            .flat_map(|n| n.groups.iter().flatten())
            .map(|g| g.people * (g.labour + g.other))
            .sum();
        assert!((groups / nodes as f64 - 1.0).abs() < 1e-14, "{groups} is not {nodes}");
    }

    /// Village B: 30 at home earn 20,000 x .978 each; of 60,000 of land rent those at home get a full share,
    /// those away .2, so a share is 60,000/38. 30 in the city earn .9 x 60,000 x .978 (20 workers) and
    /// 80,000 x .978 (10 talent) and send .08 of it; 10 outside send .08 of 50,000 x .95.
    #[test]
    fn income_by_home_follows_people_to_where_they_live() {
        let tiny = Tiny::new();
        let home = tiny.earnings.homes[3];
        let share = 60_000.0 / 38.0;
        let away = 20.0 * 52_812.0 + 10.0 * 78_240.0;
        let received = 0.08 * away + 0.08 * 10.0 * 47_500.0;
        assert_eq!(home.people, 60.0);
        close(home.parts[0] / 100.0, 30.0 * 19_560.0 + away);
        close(home.parts[1] / 100.0, 30.0 * share + 30.0 * 0.2 * share);
        // A tenth of the city's rents of 50,000; dividends are the locals'.
        close(home.parts[2] / 100.0, 5_000.0);
        close(home.parts[5] / 100.0, received);
        close(home.parts[6] / 100.0, -0.08 * away);
        close(tiny.world.nodes[3].income as f64 / 100.0, 30.0 * 19_560.0 + 30.0 * share + received);
        // Registered outside, living in the seat B: wage less remittance; of 30,000 of outside income, in proportion.
        let stranger = tiny.earnings.homes[4];
        assert_eq!(stranger.people, 10.0);
        let all = 20.0 * 29_340.0 + 10.0 * 29_340.0 * 0.92;
        close(stranger.total() / 100.0, 10.0 * 29_340.0 * 0.92 * (1.0 + 30_000.0 / all));
    }

    /// Village A: 60 at home, 20 of whom the city's locals (registered in the village of their county) send a tenth of the
    /// local net wage: 40 in services at 40,000, 10 talent in industry; 20 in industry, where nine of ten have work.
    #[test]
    fn a_villager_in_the_seat_sends_money_home() {
        let tiny = Tiny::new();
        let wage = (40.0 * 40_000.0 + 20.0 * 0.9 * 60_000.0) / 60.0 * 0.978;
        let sent = 20.0 * 0.1 * wage;
        close(tiny.world.nodes[1].income_parts[part::REMITTANCES] as f64 / 100.0, sent);
        close(tiny.earnings.homes[1].parts[6] / 100.0, -sent);
        close(tiny.earnings.homes[1].parts[5] / 100.0, sent);
        assert_eq!(tiny.earnings.homes[0].parts[6], 0.0);
        // Half a share of land goes with the 20 at the seat: 100,000 over 60 + 20/2. People of the other village who live here
        // keep a fifth of a share: 3 of 19 parts of 60,000.
        let (own, other) = (100_000.0 * 10.0 / 70.0, 60_000.0 * 3.0 / 19.0);
        close(tiny.world.nodes[0].income_parts[part::LAND] as f64 / 100.0, own + other);
        close(tiny.earnings.homes[1].parts[1] / 100.0, 100_000.0);
    }

    #[test]
    fn commuters_work_in_the_seat_and_live_in_the_village() {
        let tiny = Tiny::new();
        let (city, village) = (&tiny.earnings.nodes[0], &tiny.earnings.nodes[1]);
        // Half of ten commuters look for work in industry, where nine of ten workers find it.
        close(village.commuters[0], 9.5);
        close(village.employed_residents(), 49.5);
        close(city.jobs[1][0], 36.0 + 4.5);
        close(city.jobs[crate::world::sector::LOCAL_SERVICES][0], 40.0 + 5.0);
        close(city.employed_residents(), 96.0);
        close(city.wages_paid() / 100.0 / city.jobs_here(), 5_930_000.0 / 105.5);
        assert_eq!((village.residents, village.adults), (60.0, 50.0));
        // Net pay of the commuters: half at .9 x 60,000, half at 40,000, less .05 for the way and .022 of tax.
        let commuting = 10.0 * (27_000.0 + 20_000.0) * 0.95 * 0.978;
        let parts = &tiny.world.nodes[1].income_parts;
        close(parts[part::WAGES] as f64 / 100.0, commuting);
        close(parts[part::FARM_WAGES] as f64 / 100.0, 40.0 * 19_560.0);
    }

    #[test]
    fn local_services_are_bought_at_home_in_the_county_and_in_the_prefecture() {
        let tiny = Tiny::new();
        let kept = |j: usize| tiny.earnings.nodes[j].bought_in_county / tiny.earnings.nodes[j].bought;
        // Four equal nodes at one point: half of tourism stays in the county, and 1.5 of 1.9 of local services.
        let own = 1.5 / 1.9;
        close(kept(1), (0.35 * own + 0.025) / 0.40);
        close(kept(2), (0.35 * own + 0.025) / 0.40);
    }
}
