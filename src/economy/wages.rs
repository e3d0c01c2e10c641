//! Wages and jobs of one node and sector: two skills in a CES composite, wages that may be slow or held
//! up by a floor, and the employment that follows.

/// `Q = [(1-a) L^r + a H^r]^{1/r}`, `r = 1 - 1/sigma_k`; labour in efficiency units.
pub fn composite(a: f64, [l, h]: [f64; 2], sigma: f64) -> f64 {
    let r = 1.0 - 1.0 / sigma;
    let term = |weight: f64, x: f64| if x > 0.0 && weight > 0.0 { weight * libm::pow(x, r) } else { 0.0 };
    let sum = term(1.0 - a, l) + term(a, h);
    if sum > 0.0 { libm::pow(sum, 1.0 / r) } else { 0.0 }
}

/// Shares of the wage bill when both skills earn their marginal product.
pub fn bill_shares(a: f64, [l, h]: [f64; 2], sigma: f64) -> [f64; 2] {
    let r = 1.0 - 1.0 / sigma;
    let term = |weight: f64, x: f64| if x > 0.0 && weight > 0.0 { weight * libm::pow(x, r) } else { 0.0 };
    let (x, y) = (term(1.0 - a, l), term(a, h));
    if x + y > 0.0 { [x / (x + y), y / (x + y)] } else { [0.0, 0.0] }
}

/// CES weight of talent at which an efficiency unit of talent earns `premium` times that of workers:
/// `a/(1-a) = premium (H/L)^{1/sigma_k}`.
pub fn talent_weight(premium: f64, [l, h]: [f64; 2], sigma: f64) -> f64 {
    if l <= 0.0 || h <= 0.0 {
        return premium / (1.0 + premium);
    }
    let odds = premium * libm::pow(h / l, 1.0 / sigma);
    odds / (1.0 + odds)
}

/// The labour market of one cell.
#[derive(Clone, Copy, Debug)]
pub struct LabourMarket {
    /// Efficiency units that look for work, by skill.
    pub supply: [f64; 2],
    /// Wage of last year; 0 where there was none.
    pub previous: [f64; 2],
    /// Wage floor of an efficiency unit.
    pub floor: f64,
    /// CES weight of talent.
    pub talent_weight: f64,
    /// Substitution between skills.
    pub sigma: f64,
    /// Wage bill at composite Q: `bill = scale Q^elasticity`; elasticity 0 where demand is given.
    pub scale: f64,
    pub elasticity: f64,
    /// Speed of adjustment lambda_w.
    pub speed: f64,
    /// Jobs that there are, if they are fixed, in efficiency units.
    pub fixed_jobs: Option<f64>,
}

/// What the labour market gives.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Employment {
    pub employed: [f64; 2],
    pub wage: [f64; 2],
}

impl LabourMarket {
    /// Wage bill at full pay of marginal products.
    pub fn bill(&self, labour: [f64; 2]) -> f64 {
        let q = composite(self.talent_weight, labour, self.sigma);
        if q <= 0.0 { 0.0 } else { self.scale * libm::pow(q, self.elasticity) }
    }

    /// Marginal product of each skill.
    pub fn marginal(&self, labour: [f64; 2]) -> [f64; 2] {
        let bill = self.bill(labour);
        let shares = bill_shares(self.talent_weight, labour, self.sigma);
        std::array::from_fn(|k| if labour[k] > 0.0 { bill * shares[k] / labour[k] } else { 0.0 })
    }

    /// `w = max(floor, w_{-1} + lambda_w (w* - w_{-1}))`, employment = min(supply, demand at w).
    pub fn clear(&self) -> Employment {
        let mut supply = self.supply;
        if let Some(jobs) = self.fixed_jobs {
            let all = supply[0] + supply[1];
            if all > jobs && all > 0.0 {
                supply = supply.map(|s| s * jobs / all);
            }
        }
        let market = self.marginal(supply);
        let wage: [f64; 2] = std::array::from_fn(|k| {
            let adjusted = if self.previous[k] > 0.0 {
                self.previous[k] + self.speed * (market[k] - self.previous[k])
            } else {
                market[k]
            };
            if supply[k] > 0.0 { adjusted.max(self.floor) } else { 0.0 }
        });
        let binds: [bool; 2] =
            std::array::from_fn(|k| supply[k] > 0.0 && wage[k] > market[k] * (1.0 + 1e-12));
        let employed = match binds {
            [false, false] => supply,
            [true, false] => [self.demand(0, supply, wage[0]), supply[1]],
            [false, true] => [supply[0], self.demand(1, supply, wage[1])],
            [true, true] => self.demand_of_both(supply, wage),
        };
        Employment { employed, wage }
    }

    /// Employment of skill `k` at which its marginal product is `wage`, the other skill given (bisection:
    /// the marginal product falls in own employment).
    fn demand(&self, k: usize, labour: [f64; 2], wage: f64) -> f64 {
        let at = |x: f64| {
            let mut labour = labour;
            labour[k] = x;
            self.marginal(labour)[k]
        };
        let (mut low, mut high) = (0.0, labour[k]);
        for _ in 0..80 {
            let middle = 0.5 * (low + high);
            if at(middle) > wage { low = middle } else { high = middle }
        }
        0.5 * (low + high)
    }

    /// Employment of both skills at given wages: `H/L = [w_L a/(w_H (1-a))]^sigma`, and the bill is paid.
    fn demand_of_both(&self, supply: [f64; 2], wage: [f64; 2]) -> [f64; 2] {
        let a = self.talent_weight;
        let ratio = libm::pow(wage[0] * a / (wage[1] * (1.0 - a)), self.sigma);
        let unit_cost = wage[0] + wage[1] * ratio;
        let unit = composite(a, [1.0, ratio], self.sigma);
        let l = libm::pow(
            self.scale * libm::pow(unit, self.elasticity) / unit_cost,
            1.0 / (1.0 - self.elasticity),
        );
        let both = [l, l * ratio];
        match [both[0] > supply[0], both[1] > supply[1]] {
            [false, false] => both,
            [true, _] => [supply[0], self.demand(1, supply, wage[1])],
            [false, true] => [self.demand(0, supply, wage[0]), supply[1]],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn market() -> LabourMarket {
        LabourMarket {
            supply: [100.0, 40.0],
            previous: [0.0, 0.0],
            floor: 0.0,
            talent_weight: talent_weight(1.5, [100.0, 40.0], 3.21),
            sigma: 3.21,
            scale: 1000.0,
            elasticity: 0.5,
            speed: 1.0,
            fixed_jobs: None,
        }
    }

    #[test]
    fn competitive_wages_employ_everybody_and_exhaust_the_bill_at_the_stated_premium() {
        let m = market();
        let e = m.clear();
        assert_eq!(e.employed, m.supply);
        assert!((e.wage[1] / e.wage[0] - 1.5).abs() < 1e-12);
        let paid = e.wage[0] * e.employed[0] + e.wage[1] * e.employed[1];
        assert!((paid / m.bill(m.supply) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_floor_above_the_market_wage_leaves_people_without_a_job_at_their_marginal_product() {
        let free = market().clear();
        let held = LabourMarket { floor: free.wage[0] * 1.2, ..market() }.clear();
        assert!(held.employed[0] < 100.0 && held.employed[1] == 40.0);
        let m = LabourMarket { supply: held.employed, ..market() };
        assert!((m.marginal(held.employed)[0] / held.wage[0] - 1.0).abs() < 1e-9);
        let both = LabourMarket { floor: free.wage[1] * 1.3, ..market() }.clear();
        let products = market().marginal(both.employed);
        assert!(
            (products[0] / both.wage[0] - 1.0).abs() < 1e-9
                && (products[1] / both.wage[1] - 1.0).abs() < 1e-9
        );
    }
}
