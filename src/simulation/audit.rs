//! Phase 9, audit: the identities of the model, in whole persons and fen, every year of every run; and after every
//! phase whether money still has room in the numbers that count it.

use crate::messages;
use crate::people::tally::Tally;
use crate::quantity::Fen;
use crate::world::accounts::{CLASSES, USE_NAMES};
use crate::world::programmes::When;
use crate::world::{Account, Factor, Flows, SECTORS, SKILLS, Tier, Use, World, claims};
use crate::{Error, Result};

/// What the year began with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Audit {
    agents: Vec<u64>,
    capital: Vec<[i64; SECTORS]>,
    money: i128,
    classes: Vec<i128>,
    county_cash: Vec<i64>,
    land: Vec<i64>,
    pools: i128,
    year: i32,
}

impl Audit {
    /// Notes the state at the beginning of a year.
    pub(crate) fn open(world: &World) -> Self {
        Audit {
            agents: world.census.places.iter().map(|p| p.total()).collect(),
            capital: world.nodes.iter().map(|n| n.capital).collect(),
            money: world.accounts.total(),
            classes: class_totals(world),
            county_cash: world.accounts.county.iter().map(|f| f.0).collect(),
            land: world.nodes.iter().map(|n| n.land_m2.iter().sum()).collect(),
            pools: pools(world),
            year: world.year,
        }
    }

    /// Checks the identities at the end of the year.
    ///
    /// # Errors
    /// The first identity that does not hold, with account, node, year and amount.
    pub(crate) fn close(&self, world: &World, tally: &Tally, flows: &Flows, gap: f64) -> Result<()> {
        let funds = world.geography.counties.len() + 1;
        let (projects, held) = world.projects.capital_and_held(world.geography.len(), funds);
        self.people(world, tally)?;
        self.moves(world, tally, flows)?;
        self.capital(world, &projects)?;
        self.money(world)?;
        self.value_added(world)?;
        self.governments(world)?;
        self.policies(world)?;
        self.saving(world, &held)?;
        if gap > 1e-12 {
            return self.broken("I10 probability", "choice tables", "all nodes", format!("{gap:e}"));
        }
        for (j, &before) in self.land.iter().enumerate() {
            let now: i64 = world.nodes[j].land_m2.iter().sum();
            self.equal("I11 land", "land", world, j, i128::from(before), i128::from(now), "m2")?;
        }
        let agents: u64 = world.people.blocks.iter().map(|b| b.slots.len() as u64).sum();
        if world.census.total() > agents {
            return self.broken(
                "I12 weights",
                "agents",
                "all nodes",
                messages::agents_counted(world.census.total() - agents).to_string(),
            );
        }
        Ok(())
    }

    /// I1: `N' = N + births - deaths + in - out` at every place; homes and places count the same people.
    fn people(&self, world: &World, tally: &Tally) -> Result<()> {
        for (j, &before) in self.agents.iter().enumerate() {
            let moved = |m: &[[u64; SKILLS]]| i128::from(m[j][0] + m[j][1]);
            let expected = i128::from(before) + i128::from(tally.births[j]) - i128::from(tally.deaths[j])
                + moved(&tally.in_moves)
                - moved(&tally.out_moves);
            let now = i128::from(world.census.places[j].total());
            self.equal("I1 people", "agents", world, j, expected, now, "agents")?;
        }
        let mut by_place = vec![0u64; world.geography.len()];
        for d in world.census.homes.iter().flatten() {
            by_place[usize::from(d.place)] += d.total();
        }
        for (j, &counted) in by_place.iter().enumerate() {
            let places = world.census.places[j].total();
            self.equal("I1 homes", "agents", world, j, i128::from(places), i128::from(counted), "agents")?;
        }
        Ok(())
    }

    /// I2: rows and columns of the move matrix are the out- and in-moves; all total the movers.
    fn moves(&self, world: &World, tally: &Tally, flows: &Flows) -> Result<()> {
        let persons = world.persons_per_agent() as i128;
        for (k, factor) in [Factor::Labour, Factor::Talent].into_iter().enumerate() {
            let out: i128 = tally.out_moves.iter().map(|m| i128::from(m[k])).sum();
            let into: i128 = tally.in_moves.iter().map(|m| i128::from(m[k])).sum();
            let tiers: i128 = Tier::ALL
                .iter()
                .flat_map(|&a| Tier::ALL.map(|b| i128::from(flows.between_tiers(factor, a, b))))
                .sum();
            if out != into || tiers != out * persons {
                return self.broken(
                    "I2 flows",
                    factor.name(),
                    "all nodes",
                    messages::persons_counted(tiers - out * persons).to_string(),
                );
            }
        }
        Ok(())
    }

    /// I3 and I4: capital of a cell is what it was, less what was lost, plus what came, and is the sum of its
    /// projects.
    fn capital(&self, world: &World, projects: &[[i64; SECTORS]]) -> Result<()> {
        for j in 0..world.geography.area_nodes() {
            for s in 0..SECTORS {
                let state = &world.nodes[j];
                let f = &state.capital_flows[s];
                let expected =
                    self.capital[j][s] - f.depreciation - f.scrapped + f.invested + f.founded + f.moved_in
                        - f.moved_out;
                let now = i128::from(state.capital[s]);
                self.equal("I3 capital", "capital", world, j, i128::from(expected), now, "fen")?;
                self.equal("I4 projects", "projects", world, j, i128::from(projects[j][s]), now, "fen")?;
            }
        }
        Ok(())
    }

    /// I5 and I9: money is constant in sum, every class of accounts changes by what it received less what it
    /// paid, and accounts of passage are empty.
    fn money(&self, world: &World) -> Result<()> {
        let total = world.accounts.total();
        if total != self.money {
            return self.broken(
                "I5 money",
                "all accounts",
                "all nodes",
                messages::fen_counted(total - self.money).to_string(),
            );
        }
        let mut classes = self.classes.clone();
        for (payer, receiver, _, amount) in world.accounts.payments() {
            let class = |name: &str| CLASSES.iter().position(|c| *c == name).unwrap_or(0);
            classes[class(payer)] -= i128::from(amount.0);
            classes[class(receiver)] += i128::from(amount.0);
        }
        for (i, (expected, now)) in classes.iter().zip(class_totals(world)).enumerate() {
            if *expected != now {
                return self.broken(
                    "I9 pools and accounts",
                    CLASSES[i],
                    "all nodes",
                    messages::fen_counted(now - expected).to_string(),
                );
            }
        }
        for j in 0..world.geography.area_nodes() {
            for s in 0..SECTORS {
                let left = world.accounts.firm[j][s].0;
                self.equal("I5 money", "firm", world, j, 0, i128::from(left), "fen")?;
            }
            self.equal("I5 money", "landlord", world, j, 0, i128::from(world.accounts.landlord[j].0), "fen")?;
        }
        if world.accounts.clearing.0 != 0 {
            return self.broken(
                "I5 money",
                "clearing",
                "all nodes",
                messages::fen_counted(world.accounts.clearing.0).to_string(),
            );
        }
        Ok(())
    }

    /// I6: wages + land rent + rent of the place + surplus + VAT = revenue + orders and inputs received less paid.
    fn value_added(&self, world: &World) -> Result<()> {
        for j in 0..world.geography.area_nodes() {
            for s in 0..SECTORS {
                let n = &world.nodes[j];
                let parts = n.wage_bill[s] + n.land_rent[s] + n.place_rent[s] + n.surplus[s] + n.vat[s];
                let all = n.revenue[s] + n.inputs[s];
                self.equal("I6 value added", "sector", world, j, i128::from(all), i128::from(parts), "fen")?;
            }
        }
        Ok(())
    }

    /// I7: a county's cash is what it was, plus revenue and transfers, less spending and its part of pensions; no
    /// pension fund owes anything.
    fn governments(&self, world: &World) -> Result<()> {
        for (c, finance) in world.counties.iter().enumerate() {
            let expected = i128::from(self.county_cash[c])
                + i128::from(finance.own_revenue)
                + i128::from(finance.transfers)
                - i128::from(finance.spending)
                - i128::from(finance.social)
                + i128::from(finance.programmes);
            let now = i128::from(world.accounts.county[c].0);
            let seat = world.geography.counties[c].seat;
            self.equal("I7 fiscal", "county government", world, seat, expected, now, "fen")?;
        }
        for (province, fund) in world.geography.provinces.iter().zip(&world.accounts.pension_fund) {
            if fund.0 < 0 {
                return self.broken(
                    "I7 fiscal",
                    "pension fund",
                    &province.code,
                    messages::fen_counted(fund.0).to_string(),
                );
            }
        }
        Ok(())
    }

    /// I8: what policies say they spent is what the ledger shows as programmes, by class of payer and receiver,
    /// and loans taken are in it too.
    fn policies(&self, world: &World) -> Result<()> {
        let n = CLASSES.len();
        let mut stated = vec![0i128; n * n];
        for order in &world.programmes.orders {
            stated[order.payer.class() * n + order.receiver.account().class()] += i128::from(order.paid.0);
        }
        for contract in &world.programmes.contracts {
            let receiver = match contract.when {
                When::Founding | When::StartUp => Account::Hub,
                When::Relocation => Account::ProjectCash(0, 0),
            };
            stated[contract.payer.class() * n + receiver.class()] += i128::from(contract.paid.0);
        }
        let mut found = vec![0i128; n * n];
        let mut borrowed = 0;
        for (payer, receiver, purpose, amount) in world.accounts.payments() {
            let class = |name: &str| CLASSES.iter().position(|c| *c == name).unwrap_or(0);
            match purpose {
                "programme" => found[class(payer) * n + class(receiver)] += i128::from(amount.0),
                "borrowing" => borrowed += i128::from(amount.0),
                _ => {}
            }
        }
        for (i, (stated, found)) in stated.iter().zip(&found).enumerate() {
            if stated != found {
                let account = messages::from_class_to_class(CLASSES[i / n], CLASSES[i % n]).to_string();
                return self.broken(
                    "I8 policy cost",
                    &account,
                    "all nodes",
                    messages::fen_counted(found - stated).to_string(),
                );
            }
        }
        if borrowed != i128::from(world.programmes.borrowed.0) {
            let gap = borrowed - i128::from(world.programmes.borrowed.0);
            return self.broken(
                "I8 policy cost",
                "loans",
                "all nodes",
                messages::fen_counted(gap).to_string(),
            );
        }
        Ok(())
    }

    /// I13: what was saved less what was invested is what was lent to the rest of the world and what pools hold more;
    /// claims on every fund are its book value.
    fn saving(&self, world: &World, held: &[i64]) -> Result<()> {
        let net: i128 = world.nodes.iter().map(|n| i128::from(n.saved) - i128::from(n.invested)).sum();
        let lent = i128::from(world.accounts.paid_for(Use::NetLending).0);
        let gap = net - lent - (pools(world) - self.pools);
        if gap != 0 {
            return self.broken("I13 saving", "pools", "all nodes", format!("{gap} fen"));
        }
        if let Err((fund, gap)) = claims::audit(world, held) {
            let county = world.geography.counties.get(fund);
            let name = county.map_or("national fund", |c| &world.geography.nodes[c.seat].id);
            return self.broken("I13 claims", "claims", name, format!("{gap} fen"));
        }
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "an identity names all of these when it breaks")]
    fn equal(
        &self,
        identity: &'static str,
        account: &str,
        world: &World,
        node: usize,
        expected: i128,
        found: i128,
        unit: &str,
    ) -> Result<()> {
        if expected == found {
            return Ok(());
        }
        self.broken(
            identity,
            account,
            &world.geography.nodes[node].id,
            format!("{} {}", found - expected, messages::known(unit)),
        )
    }

    fn broken(&self, identity: &'static str, account: &str, node: &str, amount: String) -> Result<()> {
        Err(Error::Audit {
            identity,
            account: account.to_owned(),
            node: node.to_owned(),
            year: self.year,
            amount,
        })
    }
}

/// Most money that all nodes together may hold, make or earn in a year, fen: a sixteenth of what the numbers reach, so
/// that nothing that a phase adds up can pass their end before it is seen.
const ROOM: i128 = (i64::MAX / 16) as i128;

/// Checks that money has room: every payment was made, and no sum over the nodes comes near the end of the numbers.
///
/// # Errors
/// [`Error::Overflow`] with the quantity and the node that holds most of it.
pub(super) fn money_fits(world: &World) -> Result<()> {
    let overflow = |what: &str, node: &str, fen: f64| {
        Err(Error::Overflow {
            what: what.to_owned(),
            node: node.to_owned(),
            year: world.year,
            yuan: fen / 100.0,
        })
    };
    let accounts = &world.accounts;
    if let Some((payer, purpose)) = accounts.overflow() {
        let what =
            messages::purpose_of_class(USE_NAMES[purpose as usize], CLASSES[payer.class()]).to_string();
        return overflow(&what, payer_node(world, payer), i64::MAX as f64);
    }
    let size = |fen: i64| i128::from(fen.unsigned_abs());
    let all = |cells: &[i64]| cells.iter().map(|&fen| size(fen)).sum::<i128>();
    let nodes = || world.nodes.iter().take(world.geography.area_nodes());
    let quantities: [(&str, Vec<i128>); 5] = [
        ("capital", nodes().map(|n| all(&n.capital)).collect()),
        ("sales", nodes().map(|n| all(&n.revenue) + all(&n.inputs)).collect()),
        ("income", nodes().map(|n| size(n.income)).collect()),
        ("households' money", accounts.wallet.iter().map(|f| size(f.0)).collect()),
        ("public money", accounts.county.iter().map(|f| size(f.0)).collect()),
    ];
    for (what, amounts) in quantities {
        if amounts.iter().sum::<i128>() <= ROOM {
            continue;
        }
        let most = (0..amounts.len()).max_by_key(|&j| amounts[j]).unwrap_or(0);
        let node = if what == "public money" { world.geography.counties[most].seat } else { most };
        return overflow(what, &world.geography.nodes[node].id, amounts[most] as f64);
    }
    Ok(())
}

/// The node of an account, or what it belongs to.
fn payer_node(world: &World, account: Account) -> &str {
    let g = &world.geography;
    match account {
        Account::Wallet(j)
        | Account::Firm(j, _)
        | Account::ProjectCash(j, _)
        | Account::Landlord(j)
        | Account::Collective(j) => &g.nodes[j].id,
        Account::Pool(c) | Account::County(c) | Account::Fund(c) => &g.counties[c].code,
        Account::Prefecture(p) => &g.prefectures[p].code,
        Account::Province(r) | Account::PensionFund(r) => &g.provinces[r].code,
        Account::NationalPool | Account::Centre | Account::Clearing | Account::Hub => "the whole area",
    }
}

/// What the pools hold together.
fn pools(world: &World) -> i128 {
    let a = &world.accounts;
    a.pool.iter().chain([&a.national_pool]).map(|f| i128::from(f.0)).sum()
}

fn class_totals(world: &World) -> Vec<i128> {
    let a = &world.accounts;
    let sum = |v: &[Fen]| v.iter().map(|f| i128::from(f.0)).sum::<i128>();
    let cells = |v: &[[Fen; SECTORS]]| v.iter().flatten().map(|f| i128::from(f.0)).sum::<i128>();
    vec![
        sum(&a.wallet),
        cells(&a.firm),
        cells(&a.project_cash),
        sum(&a.landlord),
        sum(&a.collective),
        sum(&a.pool),
        i128::from(a.national_pool.0),
        sum(&a.county),
        sum(&a.prefecture),
        sum(&a.province),
        i128::from(a.centre.0),
        sum(&a.fund),
        sum(&a.pension_fund),
        i128::from(a.clearing.0),
        i128::from(a.hub.0),
    ]
}
