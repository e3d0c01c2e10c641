//! C18. Pay that is observed, and what it leaves: shares of labour, capital and the place in what cells of one prefecture make.
//!
//! A job pays what its industry pays in the nation, at the relative of the prefecture's wages to the nation's; counties differ by their minimum
//! wages around the mean of their logs over jobs, villages pay a part of what towns do, and none pays less than so many minimum wages. Labour cannot earn what leaves capital
//! less than a part of its usual share; capital has at most a bound more than that; the rest belongs to the place.

use super::{require, require_positive};
use crate::Result;

/// What the nation pays, and how far shares may go.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Nation {
    /// Mean wage that prefectures are relative to, and the elasticity of pay in it.
    pub wage: f64,
    pub elasticity: f64,
    /// Share of villages in jobs, and pay there over that of towns.
    pub villages: f64,
    pub village_pay: f64,
    /// Least part of its usual share that capital keeps, most that it has beyond it.
    pub least: f64,
    pub bound: f64,
    /// Minimum wages that a job is paid at least.
    pub floor: f64,
}

/// A cell: jobs, what they pay in the nation, usual share of capital, value added, minimum wage, whether it is a village's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cell {
    pub jobs: f64,
    pub pay: f64,
    pub capital: f64,
    pub made: f64,
    pub minimum: f64,
    pub village: bool,
}

/// Pay of a job, and the shares of labour, capital and the place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Solution {
    pub pay: f64,
    pub labour: f64,
    pub capital: f64,
    pub place: f64,
}

/// The cells of a prefecture of mean wage `wage`.
///
/// # Errors
/// If a cell has no jobs, pay, value or minimum wage.
pub(crate) fn solve(nation: Nation, wage: f64, cells: &[Cell]) -> Result<Vec<Solution>> {
    let column = |f: &dyn Fn(&Cell) -> f64| cells.iter().map(f).collect::<Vec<f64>>();
    require_positive(&[
        ("jobs", &column(&|c| c.jobs)),
        ("wage", &column(&|c| c.pay)),
        ("value added", &column(&|c| c.made)),
        ("minimum wage", &column(&|c| c.minimum)),
    ])?;
    require(wage > 0.0, "wage", wage, "above 0")?;
    let jobs: f64 = cells.iter().map(|c| c.jobs).sum();
    let usual = cells.iter().map(|c| c.jobs * libm::log(c.minimum)).sum::<f64>() / jobs;
    let level = libm::pow(wage / nation.wage, nation.elasticity);
    let mean = 1.0 - nation.villages + nation.villages * nation.village_pay;
    let of = |c: &Cell| {
        let tier = if c.village { nation.village_pay } else { 1.0 } / mean;
        let asked = (c.pay * level * tier * c.minimum / libm::exp(usual)).max(nation.floor * c.minimum);
        let pay = asked.min((1.0 - nation.least * c.capital) * c.made / c.jobs);
        let labour = pay * c.jobs / c.made;
        let capital = (1.0 - labour).min(c.capital + nation.bound);
        Solution { pay, labour, capital, place: 1.0 - labour - capital }
    };
    Ok(cells.iter().map(of).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NATION: Nation = Nation {
        wage: 50.0,
        elasticity: 1.0,
        villages: 0.2,
        village_pay: 0.5,
        least: 0.2,
        bound: 0.1,
        floor: 0.0,
    };

    #[test]
    fn three_cells_by_hand() {
        let cell = Cell { jobs: 10.0, pay: 45.0, capital: 0.5, made: 1_000.0, minimum: 20.0, village: false };
        let cells = [cell, Cell { village: true, ..cell }, Cell { made: 300.0, ..cell }];
        let [town, village, poor] = solve(NATION, 40.0, &cells).unwrap()[..] else { panic!("three") };
        // 45 x 40/50 over a mean of .9: 40 in towns, 20 in villages.
        assert!((town.pay - 40.0).abs() < 1e-12 && (town.labour - 0.4).abs() < 1e-12, "{town:?}");
        assert!((town.capital - 0.6).abs() < 1e-12 && town.place.abs() < 1e-12, "{town:?}");
        assert!((village.pay - 20.0).abs() < 1e-12 && (village.place - 0.2).abs() < 1e-12, "{village:?}");
        // What is made leaves 27 of them.
        assert!((poor.pay - 27.0).abs() < 1e-12 && (poor.capital - 0.1).abs() < 1e-12, "{poor:?}");
    }

    #[test]
    fn a_minimum_wage_that_all_have_says_nothing_and_jobs_are_needed() {
        let cell = Cell { jobs: 10.0, pay: 45.0, capital: 0.5, made: 900.0, minimum: 7.0, village: false };
        let of = |minimum: f64| solve(NATION, 50.0, &[Cell { minimum, ..cell }]).unwrap()[0].pay;
        assert!((of(7.0) / of(70.0) - 1.0).abs() < 1e-12);
        assert!(solve(NATION, 50.0, &[Cell { jobs: 0.0, ..cell }]).is_err());
    }

    #[test]
    fn no_job_is_paid_less_than_the_floor_unless_it_makes_less() {
        let nation = Nation { floor: 1.2, ..NATION };
        let cell = Cell { jobs: 10.0, pay: 45.0, capital: 0.5, made: 900.0, minimum: 45.0, village: false };
        let of = |made: f64| solve(nation, 50.0, &[Cell { made, ..cell }]).unwrap()[0];
        // 45 over a mean of .9 is 50; the floor is 54.
        assert!((of(900.0).pay - 54.0).abs() < 1e-12 && (of(900.0).labour - 0.6).abs() < 1e-12);
        assert!((of(500.0).pay - 45.0).abs() < 1e-12, "nine tenths of what is made");
    }
}
