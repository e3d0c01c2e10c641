//! Monopolistic competition with iceberg trade costs between all nodes (Dixit and Stiglitz 1977; Krugman
//! 1991): varieties are proportional to industrial employment, and what a unit of labour earns clears the
//! market for the varieties of its node.
//!
//! ```text
//! G_k^{1-sigma} = sum_m n_m (p_m T_mk)^{1-sigma}
//! p_j^sigma = (1/L) sum_k mu Y_k T_jk^{1-sigma} G_k^{sigma-1},     Y_k = p_k L_k + other income of k
//! ```

/// A market for varieties.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Market<'a> {
    /// Substitution between varieties.
    pub sigma: f64,
    /// Share mu of income spent on manufactures.
    pub share: f64,
    /// Iceberg factors from node to node, row by row; empty: free trade.
    pub iceberg: &'a [f64],
}

/// Prices that clear the market.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Clearing {
    /// Revenue of an efficiency unit of labour at each node, in the money of other income; where nobody
    /// works, what the first firm could sell.
    pub revenue: Vec<f64>,
    /// Price index of manufactures at each node, in units of the mean revenue of labour.
    pub index: Vec<f64>,
}

impl Market<'_> {
    /// Solves for prices by damped iteration in logarithms. World spending fixes the level: the mean revenue
    /// of labour is `mu/(1-mu) other/L`.
    pub(crate) fn clear(&self, labour: &[f64], other: &[f64]) -> Clearing {
        let nodes = labour.len();
        let workers: f64 = labour.iter().sum();
        let outside: f64 = other.iter().sum();
        if workers <= 0.0 || outside <= 0.0 {
            return Clearing { revenue: vec![0.0; nodes], index: vec![1.0; nodes] };
        }
        let level = self.share / (1.0 - self.share) * outside / workers;
        let free = |j: usize, k: usize| match self.iceberg.get(j * nodes + k) {
            Some(&factor) => libm::pow(factor, 1.0 - self.sigma),
            None => 1.0,
        };
        let freeness: Vec<Vec<f64>> = (0..nodes).map(|j| (0..nodes).map(|k| free(j, k)).collect()).collect();
        let varieties: Vec<f64> = labour.iter().map(|l| l / workers).collect();
        // Incomes and prices over the mean revenue of labour.
        let incomes: Vec<f64> = other.iter().map(|y| y / (level * workers)).collect();
        let mut price = vec![1.0; nodes];
        let mut powers = vec![1.0; nodes];
        for _ in 0..20_000 {
            for k in 0..nodes {
                powers[k] = (0..nodes)
                    .filter(|&m| varieties[m] > 0.0)
                    .map(|m| varieties[m] * libm::pow(price[m], 1.0 - self.sigma) * freeness[m][k])
                    .sum();
            }
            let mut change: f64 = 0.0;
            let mut next: Vec<f64> = (0..nodes)
                .map(|j| {
                    let demand: f64 = (0..nodes)
                        .map(|k| {
                            self.share * (price[k] * varieties[k] + incomes[k]) * freeness[j][k] / powers[k]
                        })
                        .sum();
                    libm::pow(demand, 1.0 / self.sigma)
                })
                .collect();
            for (new, old) in next.iter_mut().zip(&price) {
                *new = libm::sqrt(*new * old);
            }
            let mean: f64 = next.iter().zip(&varieties).map(|(p, n)| p * n).sum();
            for (new, old) in next.iter_mut().zip(&mut price) {
                *new /= mean;
                change = change.max((*new / *old - 1.0).abs());
                *old = *new;
            }
            if change < 1e-15 {
                break;
            }
        }
        let index = powers.iter().map(|g| libm::pow(*g, 1.0 / (1.0 - self.sigma))).collect();
        Clearing { revenue: price.iter().map(|p| p * level).collect(), index }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verify::closed_form::core_periphery::CorePeriphery;

    /// Two regions against the independent bisection of the closed form.
    #[test]
    fn two_regions_clear_at_the_wages_of_the_book() {
        let (sigma, mu) = (5.0, 0.4);
        let book = CorePeriphery { substitution: sigma, manufacturing_share: mu };
        for (trade_cost, core) in [(1.5, 0.7), (1.7, 0.51), (2.1, 0.99), (1.2, 0.5)] {
            let iceberg = [1.0, trade_cost, trade_cost, 1.0];
            let market = Market { sigma, share: mu, iceberg: &iceberg };
            let found = market.clear(&[mu * core, mu * (1.0 - core)], &[(1.0 - mu) / 2.0; 2]);
            let expected = book.equilibrium(trade_cost, core).unwrap();
            for r in 0..2 {
                assert!((found.revenue[r] - expected.wages[r]).abs() < 1e-10, "{found:?} {expected:?}");
                assert!((found.index[r] / expected.price_indices[r] - 1.0).abs() < 1e-10);
            }
        }
    }

    #[test]
    fn nobody_to_sell_to_means_no_revenue() {
        let market = Market { sigma: 5.0, share: 0.4, iceberg: &[] };
        assert_eq!(market.clear(&[1.0, 2.0], &[0.0, 0.0]).revenue, vec![0.0; 2]);
    }
}
