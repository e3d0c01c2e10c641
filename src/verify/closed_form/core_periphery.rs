//! C6. Core and periphery: Krugman (1991) in the form of Fujita, Krugman and Venables (1999), The Spatial
//! Economy, chapters 4 and 5. Two regions, farmers split equally and immobile, trade of farm goods free.
//!
//! Units are normalised as in the book: mu workers in manufacturing, 1 - mu farmers, each farmer earns 1, and
//! the average manufacturing wage is 1.

use super::solve::bisect;
use super::{require, unusable};
use crate::Result;
use crate::messages;

/// Preferences and the substitution between varieties.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct CorePeriphery {
    /// sigma > 1, elasticity of substitution between varieties.
    pub substitution: f64,
    /// mu, share of manufactures in spending, between 0 and 1.
    pub manufacturing_share: f64,
}

/// The equilibrium of an instant, workers being where they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct InstantEquilibrium {
    /// Nominal manufacturing wages w of regions 1 and 2.
    pub wages: [f64; 2],
    /// Price indices G of manufactures.
    pub price_indices: [f64; 2],
    /// Incomes Y.
    pub incomes: [f64; 2],
    /// Real wages, `omega = w G^-mu`.
    pub real_wages: [f64; 2],
}

impl CorePeriphery {
    fn check(&self) -> Result<()> {
        let (sigma, mu) = (self.substitution, self.manufacturing_share);
        require(sigma.is_finite() && sigma > 1.0, "elasticity of substitution", sigma, "above 1")?;
        require(mu > 0.0 && mu < 1.0, "share of manufactures", mu, "between 0 and 1")
    }

    /// `rho = (sigma-1)/sigma`; at or below mu agglomeration wins at any trade cost (the black hole).
    fn rho(&self) -> Result<f64> {
        self.check()?;
        let rho = (self.substitution - 1.0) / self.substitution;
        let mu = self.manufacturing_share;
        require(rho > mu, "(sigma-1)/sigma", rho, "above the share of manufactures (no black hole)")?;
        Ok(rho)
    }

    /// Freeness of trade at the break point, `phi_B = (rho-mu)(1-mu)/((rho+mu)(1+mu))`.
    pub(crate) fn break_freeness(&self) -> Result<f64> {
        let (rho, mu) = (self.rho()?, self.manufacturing_share);
        Ok((rho - mu) * (1.0 - mu) / ((rho + mu) * (1.0 + mu)))
    }

    /// The iceberg cost below which the symmetric state breaks, `T_B = phi_B^(-1/(sigma-1))`.
    pub(crate) fn break_point(&self) -> Result<f64> {
        Ok(libm::pow(self.break_freeness()?, -1.0 / (self.substitution - 1.0)))
    }

    /// Real wage of the empty region over that of the core,
    /// `(T^(-mu sigma) [(1+mu)/2 T^(1-sigma) + (1-mu)/2 T^(sigma-1)])^(1/sigma)`: the core lasts while it is
    /// below 1.
    pub(crate) fn periphery_wage_ratio(&self, trade_cost: f64) -> Result<f64> {
        self.check()?;
        check_trade_cost(trade_cost)?;
        Ok(libm::exp(self.log_sustain(libm::log(trade_cost)) / self.substitution))
    }

    fn log_sustain(&self, log_cost: f64) -> f64 {
        let (sigma, mu) = (self.substitution, self.manufacturing_share);
        let near = libm::log((1.0 + mu) / 2.0) + (1.0 - sigma) * log_cost;
        let far = libm::log((1.0 - mu) / 2.0) + (sigma - 1.0) * log_cost;
        let greater = near.max(far);
        greater + libm::log1p(libm::exp(near.min(far) - greater)) - mu * sigma * log_cost
    }

    /// The iceberg cost T_S above which the core cannot be sustained: the root above 1 of a ratio of 1.
    pub(crate) fn sustain_point(&self) -> Result<f64> {
        self.rho()?;
        let (sigma, mu) = (self.substitution, self.manufacturing_share);
        // The ratio is A T^-p + B T^q: it falls from 1 at T = 1 to its least and rises for ever.
        let (p, q) = (sigma - 1.0 + mu * sigma, sigma - 1.0 - mu * sigma);
        let least = libm::log(p * (1.0 + mu) / (q * (1.0 - mu))) / (p + q);
        let mut high = 2.0 * least;
        while self.log_sustain(high) <= 0.0 {
            high *= 2.0;
        }
        Ok(libm::exp(bisect(least, high, |log_cost| self.log_sustain(log_cost))?))
    }

    /// The equilibrium with a share lambda of the workers in region 1 and iceberg cost T between the regions:
    /// `Y = mu lambda w + (1-mu)/2`, `G^(1-sigma) = sum lambda (w T)^(1-sigma)`,
    /// `w^sigma = sum Y T^(1-sigma) G^(sigma-1)`.
    ///
    /// World income fixes the average wage at 1, so the ratio of wages is left, found by bisection.
    pub(crate) fn equilibrium(&self, trade_cost: f64, core_share: f64) -> Result<InstantEquilibrium> {
        self.check()?;
        check_trade_cost(trade_cost)?;
        let lambda = core_share;
        require((0.0..=1.0).contains(&lambda), "share of workers in region 1", lambda, "from 0 to 1")?;
        let sigma = self.substitution;
        let wages = if lambda == 0.0 || lambda == 1.0 {
            // Nobody works in the empty region; its wage is what the first worker would get.
            let full = usize::from(lambda == 0.0);
            let mut wages = [1.0, 1.0];
            let offered = self.offered_wages(trade_cost, lambda, wages);
            wages[1 - full] = offered[1 - full];
            wages
        } else {
            // Only the ratio is searched: a wage computed as the rest of the other would lose its digits in a
            // nearly empty region. Offered wages cannot differ by more than trade costs allow.
            let wages_at = |log_ratio: f64| {
                let ratio = libm::exp(log_ratio);
                let second = 1.0 / (lambda * ratio + 1.0 - lambda);
                [ratio * second, second]
            };
            let excess = |log_ratio: f64| {
                let offered = self.offered_wages(trade_cost, lambda, wages_at(log_ratio));
                libm::log(offered[0] / offered[1]) - log_ratio
            };
            let bound = (sigma - 1.0) / sigma * libm::log(trade_cost) + 1e-6;
            wages_at(bisect(-bound, bound, excess)?)
        };
        let (incomes, powers) = self.incomes_and_powers(trade_cost, lambda, wages);
        let price_indices = powers.map(|g| libm::pow(g, 1.0 / (1.0 - sigma)));
        let mu = self.manufacturing_share;
        let real_wages = [0, 1].map(|r| wages[r] * libm::pow(price_indices[r], -mu));
        if real_wages.iter().any(|w| !w.is_finite()) {
            return Err(unusable(
                messages::core_and_periphery(),
                messages::no_finite_wages(),
                messages::smaller_sigma_or_cost(),
            ));
        }
        Ok(InstantEquilibrium { wages, price_indices, incomes, real_wages })
    }

    /// Y and G^(1-sigma) of both regions.
    fn incomes_and_powers(&self, trade_cost: f64, lambda: f64, wages: [f64; 2]) -> ([f64; 2], [f64; 2]) {
        let (sigma, mu) = (self.substitution, self.manufacturing_share);
        let shares = [lambda, 1.0 - lambda];
        let incomes = [0, 1].map(|r| mu * shares[r] * wages[r] + (1.0 - mu) / 2.0);
        let freeness = libm::pow(trade_cost, 1.0 - sigma);
        // An empty region makes nothing, whatever wage stands in its place.
        let supply =
            [0, 1].map(|r| if shares[r] > 0.0 { shares[r] * libm::pow(wages[r], 1.0 - sigma) } else { 0.0 });
        let powers = [supply[0] + freeness * supply[1], freeness * supply[0] + supply[1]];
        (incomes, powers)
    }

    /// The wage at which firms of each region break even, given wages everywhere.
    fn offered_wages(&self, trade_cost: f64, lambda: f64, wages: [f64; 2]) -> [f64; 2] {
        let sigma = self.substitution;
        let (incomes, powers) = self.incomes_and_powers(trade_cost, lambda, wages);
        let freeness = libm::pow(trade_cost, 1.0 - sigma);
        let market = [incomes[0] / powers[0], incomes[1] / powers[1]];
        let demand = [market[0] + freeness * market[1], freeness * market[0] + market[1]];
        demand.map(|d| libm::pow(d, 1.0 / sigma))
    }

    /// Real wage of region 1 less that of region 2.
    pub(crate) fn real_wage_gap(&self, trade_cost: f64, core_share: f64) -> Result<f64> {
        let [first, second] = self.equilibrium(trade_cost, core_share)?.real_wages;
        Ok(first - second)
    }

    /// The slope of the gap in lambda at the symmetric state, by a central difference: positive means that
    /// the symmetric state is unstable.
    pub(crate) fn symmetric_slope(&self, trade_cost: f64) -> Result<f64> {
        let step = 1e-4;
        Ok((self.real_wage_gap(trade_cost, 0.5 + step)? - self.real_wage_gap(trade_cost, 0.5 - step)?)
            / (2.0 * step))
    }

    #[cfg(test)]
    /// The break point found from equilibria alone, by bisection on the sign of the slope between two trade
    /// costs: the check of [`CorePeriphery::break_point`] that a simulator can repeat.
    pub(crate) fn break_point_by_slope(&self, low: f64, high: f64) -> Result<f64> {
        // Any impossible value is refused before the search, so that no error can arise in it.
        self.symmetric_slope(low)?;
        self.symmetric_slope(high)?;
        bisect(low, high, |t| self.symmetric_slope(t).unwrap_or(f64::NAN))
    }

    #[cfg(test)]
    /// Shares of region 1 under `lambda' = lambda + speed lambda (omega_1 - average)/average`, the replicator
    /// dynamics of the book, held in [0, 1].
    pub(crate) fn replicator_path(
        &self,
        trade_cost: f64,
        start: f64,
        speed: f64,
        steps: usize,
    ) -> Result<Vec<f64>> {
        require(speed.is_finite() && speed > 0.0, "speed", speed, "above 0")?;
        let mut lambda = start;
        let mut path = vec![lambda];
        for _ in 0..steps {
            let [first, second] = self.equilibrium(trade_cost, lambda)?.real_wages;
            let average = lambda * first + (1.0 - lambda) * second;
            lambda = (lambda + speed * lambda * (first - average) / average).clamp(0.0, 1.0);
            path.push(lambda);
        }
        Ok(path)
    }
}

/// Tolerance of lambda at the symmetric state with N agents: `5/(2 sqrt N)` inflated by `1/(1 - slope)`,
/// slope that of next step's expected lambda in this step's.
pub(crate) fn symmetric_tolerance(agents: f64, slope: f64) -> f64 {
    super::tolerance::Z / (2.0 * libm::sqrt(agents)) / (1.0 - slope)
}

fn check_trade_cost(trade_cost: f64) -> Result<()> {
    require(trade_cost.is_finite() && trade_cost >= 1.0, "iceberg trade cost", trade_cost, "1 or more")
}

#[cfg(test)]
mod tests {
    use super::super::assert_near;
    use super::*;

    const CASE: CorePeriphery = CorePeriphery { substitution: 5.0, manufacturing_share: 0.4 };

    #[test]
    fn break_and_sustain_points_give_the_worked_numbers() {
        assert_near(&[CASE.break_freeness().unwrap()], &[1.0 / 7.0], 1e-15);
        assert_near(&[CASE.break_point().unwrap()], &[1.626577], 5e-7);
        assert_near(&[CASE.sustain_point().unwrap()], &[1.807313], 5e-7);
    }

    #[test]
    fn the_equilibrium_of_the_core_gives_the_worked_ratios() {
        for (cost, ratio) in [(1.5, 0.940652), (1.7, 0.978277), (2.1, 1.058879)] {
            let closed = CASE.periphery_wage_ratio(cost).unwrap();
            assert_near(&[closed], &[ratio], 5e-7);
            let full = CASE.equilibrium(cost, 1.0).unwrap().real_wages;
            assert_near(&[full[1] / full[0]], &[closed], 1e-12);
            let almost = CASE.equilibrium(cost, 1.0 - 1e-12).unwrap().real_wages;
            assert_near(&[almost[1] / almost[0]], &[closed], 1e-9);
        }
    }

    #[test]
    fn the_slope_changes_sign_at_the_break_point() {
        let found = CASE.break_point_by_slope(1.2, 2.5).unwrap();
        assert_near(&[found], &[CASE.break_point().unwrap()], 1e-6);
        let other = CorePeriphery { substitution: 3.5, manufacturing_share: 0.3 };
        let found = other.break_point_by_slope(1.1, 4.0).unwrap();
        assert_near(&[found], &[other.break_point().unwrap()], 1e-6);
        assert!(other.break_point().unwrap() < other.sustain_point().unwrap());
    }

    #[test]
    fn an_equilibrium_satisfies_its_equations() {
        for (cost, lambda) in [(1.5, 0.3), (1.7, 0.9), (2.1, 0.5), (1.0, 0.2), (4.0, 0.99)] {
            let e = CASE.equilibrium(cost, lambda).unwrap();
            let offered = CASE.offered_wages(cost, lambda, e.wages);
            assert_near(&offered, &e.wages, 1e-12);
            assert_near(&[e.incomes[0] + e.incomes[1]], &[1.0], 1e-14);
        }
        let mirrored = CASE.equilibrium(1.7, 0.9).unwrap().real_wages;
        let turned = CASE.equilibrium(1.7, 1.0 - 0.9).unwrap().real_wages;
        assert_near(&mirrored, &[turned[1], turned[0]], 1e-12);
    }

    #[test]
    fn dynamics_end_where_the_book_says() {
        for (cost, start, end) in [(1.5, 0.51, 1.0), (1.7, 0.51, 0.5), (1.7, 0.9, 1.0), (2.1, 0.99, 0.5)] {
            let path = CASE.replicator_path(cost, start, 4.0, 800).unwrap();
            assert_near(&[path[800]], &[end], 1e-6);
        }
    }

    #[test]
    fn the_black_hole_and_impossible_costs_are_refused() {
        let hole = CorePeriphery { substitution: 1.5, manufacturing_share: 0.4 };
        assert!(hole.break_point().is_err() && hole.sustain_point().is_err());
        assert!(CASE.equilibrium(0.9, 0.5).is_err());
        assert!(CASE.equilibrium(1.5, 1.1).is_err());
        assert!((symmetric_tolerance(10_000.0, 0.5) - 0.05).abs() < 1e-15);
    }
}
