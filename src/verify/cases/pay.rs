//! C18: pay of cells that a table knows, and the shares that it leaves.

use crate::verify::bench::{Case, at};
use crate::verify::closed_form::pay_of_cells::{Cell, Nation, solve};
use crate::verify::setup::{Pay, Place, Setup};
use crate::world::sector::INDUSTRY;

/// Minimum wages that a job is paid at least: the village of the case is.
const FLOOR: f64 = 1.2;

pub(super) const PAY_OF_CELLS: Case = Case {
    number: "C18",
    key: "pay_of_cells",
    title: "Pay that is known: a town, its village, a refinery and a poor town of one prefecture",
    formula: "w = max(m pay (W/W_n)^e q/q_n mw/mean, 1.2 mw), beta = min(w L/Y, 1 - k_min a), kappa = min(1 - beta, a + d), rent = 1 - beta - kappa",
    off: "On: industry of four places with capital at one return; nobody saves or moves.",
    parameters: &[
        ("pay", 30_000.0),
        ("wage", 30_000.0),
        ("nation", 35_406.0),
        ("elasticity", 0.8),
        ("villages", 0.177),
        ("village_pay", 0.5),
        ("capital", 0.5),
        ("least", 0.2),
        ("bound", 0.1),
        ("return", 0.12),
        ("minimum", 1.15),
    ],
    agents: 4_000,
    wrong: &["parameters.village_pay=0.6"],
    run: |b| {
        let [pay, wage, capital, gross_return] = b.all(["pay", "wage", "capital", "return"]);
        let [least, bound, village_pay, elasticity] = b.all(["least", "bound", "village_pay", "elasticity"]);
        let people = b.agents / 4;
        // Value added of a job over what it pays in the nation: ordinary, of a village, much, too little.
        let cells = [("town", 2.0), ("village", 2.0), ("refinery", 9.0), ("poor", 0.6)].map(|(id, made)| {
            let minimum = if id == "poor" { 12_000.0 } else { 12_000.0 * b.get("minimum") };
            let made = made * pay * people as f64;
            (id, Cell { jobs: people as f64, pay, capital, made, minimum, village: id == "village" })
        });
        let places = cells.map(|(id, cell)| {
            let mut place = Place::new(id, people, INDUSTRY, cell.made / people as f64);
            place.prefecture = "p".into();
            if cell.village {
                place.tier = "village";
                place.county = "ctown".into();
                place.stayers = [0, people];
            }
            let minimum = cell.minimum;
            place.pay = Some(Pay { job: pay, capital, prefecture: wage, minimum });
            place
        });
        let mut setup = Setup::new("four_cells", places.to_vec()).with(&[
            ("industry_capital_share", capital),
            ("gross_return", gross_return),
            ("wage_relative", elasticity),
            ("village_pay", village_pay),
            ("capital_share_least", least),
            ("share_bound", bound),
            ("pay_measured", 1.0),
        ]);
        setup.base = "census";
        let nation = Nation {
            wage: b.get("nation"),
            elasticity,
            villages: b.get("villages"),
            village_pay,
            least,
            bound,
            floor: FLOOR,
        };
        let expected = solve(nation, wage, &cells.map(|(_, cell)| cell))?;
        let mut s = b.load(&setup)?;
        for ((id, cell), law) in cells.iter().zip(&expected) {
            let j = at(&s, id);
            let shares = s.world.base.shares[j][INDUSTRY];
            b.check(format!("{id}: share of labour"), law.labour, shares.labour, 1e-9);
            b.check(format!("{id}: share of capital"), law.capital, shares.capital, 1e-9);
            b.check(format!("{id}: share of the place"), law.place, shares.rent(), 1e-9);
            let found = s.world.base.pay[j][INDUSTRY][0].wage / 100.0;
            b.check(format!("{id}: pay of a job over the law's"), 1.0, found / law.pay, 1e-6);
            let held = s.world.base.capital[j][INDUSTRY] as f64 / 100.0 * gross_return / cell.made;
            b.check(format!("{id}: capital at its return, of what is made"), law.capital, held, 1e-5);
        }
        s.step()?;
        for ((id, cell), law) in cells.iter().zip(&expected) {
            let rent = s.world.nodes[at(&s, id)].place_rent[INDUSTRY] as f64 / 100.0 / cell.made;
            b.check(format!("{id}: rent paid in the first year, of what is made"), law.place, rent, 1e-5);
        }
        Ok(())
    },
};
