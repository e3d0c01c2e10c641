//! Labour of one node and sector: two skills in a CES composite, its wage bill at marginal products, and the
//! employment that usual unemployment leaves.

/// `Q = [(1-a) L^r + a H^r]^{1/r}`, `r = 1 - 1/sigma_k`; labour in efficiency units.
pub(crate) fn composite(a: f64, [l, h]: [f64; 2], sigma: f64) -> f64 {
    let r = 1.0 - 1.0 / sigma;
    let term = |weight: f64, x: f64| if x > 0.0 && weight > 0.0 { weight * libm::pow(x, r) } else { 0.0 };
    let sum = term(1.0 - a, l) + term(a, h);
    if sum > 0.0 { libm::pow(sum, 1.0 / r) } else { 0.0 }
}

/// Shares of the wage bill when both skills earn their marginal product.
pub(crate) fn bill_shares(a: f64, [l, h]: [f64; 2], sigma: f64) -> [f64; 2] {
    let r = 1.0 - 1.0 / sigma;
    let term = |weight: f64, x: f64| if x > 0.0 && weight > 0.0 { weight * libm::pow(x, r) } else { 0.0 };
    let (x, y) = (term(1.0 - a, l), term(a, h));
    if x + y > 0.0 { [x / (x + y), y / (x + y)] } else { [0.0, 0.0] }
}

/// CES weight of talent at which an efficiency unit of talent earns `premium` times that of workers:
/// `a/(1-a) = premium (H/L)^{1/sigma_k}`.
pub(crate) fn talent_weight(premium: f64, [l, h]: [f64; 2], sigma: f64) -> f64 {
    if l <= 0.0 || h <= 0.0 {
        return premium / (1.0 + premium);
    }
    let odds = premium * libm::pow(h / l, 1.0 / sigma);
    odds / (1.0 + odds)
}

/// The labour of one cell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LabourMarket {
    /// Efficiency units that work or look for work, by skill.
    pub supply: [f64; 2],
    /// Unemployment rate of the base year.
    pub usual_unemployment: f64,
    /// CES weight of talent.
    pub talent_weight: f64,
    /// Substitution between skills.
    pub sigma: f64,
    /// Wage bill at marginal products and composite Q: `scale Q^elasticity`; elasticity 0 where revenue is given.
    pub scale: f64,
    pub elasticity: f64,
    /// Jobs that there are, if they are fixed, in efficiency units.
    pub fixed_jobs: Option<f64>,
}

/// What the labour market gives, by skill.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Employment {
    /// Efficiency units at work.
    pub employed: [f64; 2],
    /// Wage of an efficiency unit, fen.
    pub wage: [f64; 2],
    /// Chance of a job.
    pub job: [f64; 2],
}

impl LabourMarket {
    /// Wage bill at marginal products.
    pub(crate) fn bill(&self, labour: [f64; 2]) -> f64 {
        let q = composite(self.talent_weight, labour, self.sigma);
        if q <= 0.0 { 0.0 } else { self.scale * libm::pow(q, self.elasticity) }
    }

    /// Marginal product of each skill.
    pub(crate) fn marginal(&self, labour: [f64; 2]) -> [f64; 2] {
        let bill = self.bill(labour);
        let shares = bill_shares(self.talent_weight, labour, self.sigma);
        std::array::from_fn(|k| if labour[k] > 0.0 { bill * shares[k] / labour[k] } else { 0.0 })
    }

    /// Labour at work when shares of those who look for work have a job: no more than there are fixed jobs, which
    /// both skills share alike.
    pub(crate) fn at_work(&self, job: [f64; 2]) -> [f64; 2] {
        let labour: [f64; 2] = std::array::from_fn(|k| self.supply[k] * job[k]);
        let all = labour[0] + labour[1];
        match self.fixed_jobs {
            Some(jobs) if all > jobs => labour.map(|l| l * jobs / all),
            _ => labour,
        }
    }

    /// Labour at work at usual unemployment.
    pub(crate) fn usual(&self) -> [f64; 2] {
        self.at_work([1.0 - self.usual_unemployment; 2])
    }

    /// Employment at wages and shares of the labour force with a job.
    pub(crate) fn employ(&self, wage: [f64; 2], job: [f64; 2]) -> Employment {
        let employed = self.at_work(job);
        let job = std::array::from_fn(|k| {
            if self.supply[k] > 0.0 { (employed[k] / self.supply[k]).min(1.0) } else { job[k] }
        });
        Employment { employed, wage, job }
    }

    /// Everybody works at the marginal product (up to fixed jobs).
    pub(crate) fn competitive(&self) -> Employment {
        self.employ(self.marginal(self.at_work([1.0; 2])), [1.0; 2])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn market() -> LabourMarket {
        LabourMarket {
            supply: [100.0, 40.0],
            usual_unemployment: 0.05,
            talent_weight: talent_weight(1.5, [100.0, 40.0], 3.21),
            sigma: 3.21,
            scale: 1000.0,
            elasticity: 0.5,
            fixed_jobs: None,
        }
    }

    #[test]
    fn competitive_wages_employ_everybody_and_exhaust_the_bill_at_the_stated_premium() {
        let m = market();
        let e = m.competitive();
        assert_eq!(e.employed, m.supply);
        assert!((e.wage[1] / e.wage[0] - 1.5).abs() < 1e-12);
        let paid = e.wage[0] * e.employed[0] + e.wage[1] * e.employed[1];
        assert!((paid / m.bill(m.supply) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn usual_unemployment_takes_the_same_share_of_both_skills() {
        let usual = market().usual();
        assert!((usual[0] - 95.0).abs() < 1e-12 && (usual[1] - 38.0).abs() < 1e-12);
    }

    #[test]
    fn fixed_jobs_are_shared_by_the_skills_alike() {
        let m = LabourMarket { fixed_jobs: Some(70.0), usual_unemployment: 0.0, ..market() };
        let e = m.competitive();
        assert_eq!((e.employed, e.job), ([50.0, 20.0], [0.5, 0.5]));
        assert_eq!(LabourMarket { fixed_jobs: Some(500.0), ..market() }.competitive().job, [1.0, 1.0]);
    }
}
