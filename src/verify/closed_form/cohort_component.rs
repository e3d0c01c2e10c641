//! C10. Cohort-component projection (Leslie 1945, Biometrika 33(3)) without migration.

use super::solve::bisect;
use super::{normalised, require, unusable};
use crate::Result;
use crate::messages;

/// Fertility and survival by age class, a class being as long as a step.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LifeTable {
    /// Births per head of each class and step, that live to the next count.
    pub fertility: Vec<f64>,
    /// Survival from each class to the next; one shorter, since the last class leaves.
    pub survival: Vec<f64>,
    /// Length of a class, years.
    pub years: f64,
}

/// Growth and age structure in the long run.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct StablePopulation {
    /// lambda, growth factor a step.
    pub growth: f64,
    /// `r = ln lambda / years`, a year.
    pub rate: f64,
    /// Shares of the age classes.
    pub ages: Vec<f64>,
}

impl LifeTable {
    fn check(&self) -> Result<()> {
        let (classes, steps) = (self.fertility.len(), self.survival.len());
        if classes == 0 || steps + 1 != classes {
            return Err(unusable(
                messages::life_table(),
                messages::fertilities_and_survivals(classes, steps),
                messages::one_survival_less_than_classes(),
            ));
        }
        let good = |f: f64| f.is_finite() && f >= 0.0;
        self.fertility
            .iter()
            .try_for_each(|&f| require(good(f), "fertility", f, "a number of at least 0"))?;
        let share = |s: f64| (0.0..=1.0).contains(&s);
        self.survival.iter().try_for_each(|&s| require(share(s), "survival", s, "from 0 to 1"))?;
        require(self.years > 0.0, "years in a class", self.years, "above 0")
    }

    /// The population after one step: `n_0' = sum f_a n_a`, `n_(a+1)' = s_a n_a`.
    pub(crate) fn step(&self, population: &[f64]) -> Result<Vec<f64>> {
        self.check()?;
        if population.len() != self.fertility.len() {
            return Err(unusable(
                messages::about_population(),
                messages::classes_counted(population.len()),
                messages::as_many_as_fertilities(),
            ));
        }
        let births = self.fertility.iter().zip(population).map(|(f, n)| f * n).sum();
        let survivors = self.survival.iter().zip(population).map(|(s, n)| s * n);
        Ok([births].into_iter().chain(survivors).collect())
    }

    /// Survival from birth to each class, l_a.
    fn survivorship(&self) -> Vec<f64> {
        let mut l = vec![1.0];
        for (a, s) in self.survival.iter().enumerate() {
            l.push(l[a] * s);
        }
        l
    }

    /// The stable population: lambda from Euler and Lotka's equation `sum f_a l_a lambda^-(a+1) = 1`, ages
    /// `prop. to l_a lambda^-a`.
    pub(crate) fn stable(&self) -> Result<StablePopulation> {
        self.check()?;
        let l = self.survivorship();
        let excess = |log_growth: f64| {
            let offspring = self.fertility.iter().zip(&l).enumerate().map(|(a, (f, l))| {
                let steps = a as f64 + 1.0;
                f * l * libm::exp(-steps * log_growth)
            });
            offspring.sum::<f64>() - 1.0
        };
        let net_reproduction: f64 = self.fertility.iter().zip(&l).map(|(f, l)| f * l).sum();
        require(net_reproduction > 0.0, "net reproduction", net_reproduction, "above 0")?;
        let (mut low, mut high) = (-1.0, 1.0);
        while excess(low) < 0.0 {
            low *= 2.0;
        }
        while excess(high) > 0.0 {
            high *= 2.0;
        }
        let log_growth = bisect(low, high, excess)?;
        let ages = l.iter().enumerate().map(|(a, l)| l * libm::exp(-(a as f64) * log_growth)).collect();
        Ok(StablePopulation {
            growth: libm::exp(log_growth),
            rate: log_growth / self.years,
            ages: normalised(ages),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_near;
    use super::super::solve::spectral_radius;
    use super::*;

    fn case() -> LifeTable {
        LifeTable {
            fertility: vec![0.0, 0.62, 0.05, 0.0, 0.0],
            survival: vec![0.99, 0.985, 0.95, 0.75],
            years: 15.0,
        }
    }

    #[test]
    fn three_steps_give_the_worked_numbers() {
        let first = case().step(&[20.0, 22.0, 28.0, 22.0, 8.0]).unwrap();
        assert_near(&first, &[15.04, 19.80, 21.67, 26.60, 16.50], 1e-12);
        let second = case().step(&first).unwrap();
        let third = case().step(&second).unwrap();
        let sums = [&first, &second, &third].map(|n| n.iter().sum::<f64>());
        assert_near(&sums, &[99.61, 88.2886, 72.066588], 5e-7);
    }

    #[test]
    fn the_stable_population_gives_the_worked_numbers() {
        let stable = case().stable().unwrap();
        assert_near(&[stable.growth, stable.rate], &[0.820502, -0.013189], 5e-7);
        assert_near(&stable.ages, &[0.1457, 0.1758, 0.2110, 0.2443, 0.2233], 5e-5);
        let next = case().step(&stable.ages).unwrap();
        let grown: Vec<f64> = stable.ages.iter().map(|n| n * stable.growth).collect();
        assert_near(&next, &grown, 1e-14);
        let columns: Vec<Vec<f64>> = (0..5)
            .map(|a| case().step(&(0..5).map(|b| f64::from(u8::from(a == b))).collect::<Vec<_>>()).unwrap())
            .collect();
        assert_near(&[spectral_radius(&columns).unwrap()], &[stable.growth], 1e-12);
    }

    #[test]
    fn tables_without_a_future_are_refused() {
        assert!(LifeTable { fertility: vec![0.0; 5], ..case() }.stable().is_err());
        assert!(LifeTable { survival: vec![1.2, 0.9, 0.9, 0.9], ..case() }.stable().is_err());
        assert!(case().step(&[1.0; 4]).is_err());
    }
}
