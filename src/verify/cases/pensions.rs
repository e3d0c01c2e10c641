//! C16: pensions out of contributions of the same year.

use crate::verify::bench::Case;
use crate::verify::closed_form::pay_as_you_go::PayAsYouGo;
use crate::verify::setup::{Pensions, Place, Setup};
use crate::world::sector::INDUSTRY;

/// Age groups of the elders.
const SEVENTIES: usize = 14;

pub(super) const PAY_AS_YOU_GO: Case = Case {
    number: "C16",
    key: "pay_as_you_go",
    title: "Pay as you go: workers and elders whose ages never change",
    formula: "c = b N/(cov W), fund = 0, income = W + b N ((1+g)^t - 1) + b_R N_R",
    off: "On: industry of one place without capital; three quarters of its people work, a quarter is of 70 to 74.",
    parameters: &[
        ("wage", 60_000.0),
        ("covered", 0.8),
        ("benefit", 20_000.0),
        ("drawn", 0.75),
        ("benefit_residents", 2_000.0),
        ("growth", 0.03),
    ],
    agents: 800,
    wrong: &["parameters.pension_benefits=1.3"],
    run: |b| {
        let [wage, covered, benefit, drawn, residents, growth] =
            b.all(["wage", "covered", "benefit", "drawn", "benefit_residents", "growth"]);
        let elders = b.agents / 4;
        let workers = b.agents - elders;
        let recipients = libm::rint(drawn * elders as f64);
        for (name, growth) in [("steady", 0.0), ("growing", growth)] {
            let mut place = Place::new("a", workers, INDUSTRY, wage);
            place.ages[SEVENTIES] = elders;
            place.stayers[0] += elders;
            place.registered += elders;
            let mut setup = Setup::new(name, vec![place])
                .with(&[("pension_benefits", 1.0), ("covered_industry", covered)])
                .lasting(10);
            setup.sections = format!("[drivers.pensions]\nemployees = {growth:?}");
            setup.pensions = Some(Pensions {
                recipients: [recipients as u64, elders - recipients as u64],
                yuan: [benefit, residents],
            });
            let law = PayAsYouGo {
                pay: wage * workers as f64,
                covered,
                drawn: recipients,
                benefit,
                budgets: residents * (elders as f64 - recipients),
                growth,
            };
            let mut s = b.load(&setup)?;
            b.check("rate of contributions", law.rate()?, s.world.pensions[0].contribution, 1e-12);
            b.check("fund of the base year, fen", 0.0, s.world.accounts.pension_fund[0].fen(), 0.0);
            let income = |s: &crate::simulation::Simulation| s.world.nodes[0].income as f64 / 100.0;
            b.check("income of the base year, yuan", law.income(0), income(&s), 0.01);
            for t in 1..=setup.years {
                s.step()?;
                if [1, 5, 10].contains(&t) {
                    b.check(format!("income after {t} years, yuan"), law.income(t), income(&s), 0.01);
                    let fund = s.world.accounts.pension_fund[0].fen();
                    b.check(format!("fund after {t} years, fen"), 0.0, fund, 0.0);
                }
            }
        }
        Ok(())
    },
};
