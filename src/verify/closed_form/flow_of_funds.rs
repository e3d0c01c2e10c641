//! C17. Two places that save, own and lend: who ends up holding capital, and what flows between them.
//!
//! Place A has wages, and farm income that needs no capital; B has wages. Both save the same share of income, deposit
//! it in their own county's fund, less a part that leaks to a national fund, and every fund earns the same
//! return. What is deposited decides what is held: claims are in proportion to income other than dividends.

use super::require;
use crate::Result;

/// What the two places earn and how they save.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Places {
    /// Wages of A and B, and the farm income of A.
    pub wages: [f64; 2],
    pub farm: f64,
    /// Share of capital in industrial output; wages are the rest.
    pub capital_share: f64,
    /// Saving of households, share of profit that is retained, part of deposits that leaks.
    pub saving: f64,
    pub retained: f64,
    pub leak: f64,
}

/// The stationary flow of funds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct FlowOfFunds {
    /// Share of A in all claims, u.
    pub held: f64,
    /// Share of A in capital, k.
    pub capital: f64,
    /// Investment of both places, I.
    pub investment: f64,
    /// Dividends that households of A receive.
    pub dividends: f64,
    /// What A's saving founds in B, and B's in A.
    pub gross: [f64; 2],
}

impl Places {
    /// Funds that invest at home only, and a national one that fills what they leave: a part n of it in A,
    /// `n = (k - (1 - l) u)/l`, so `A to B = l u (1 - n) I` and `B to A = l (1 - u) n I`; net `(u - k) I` at any leak.
    ///
    /// # Errors
    /// If the leak is too small for what must cross.
    pub(crate) fn flows(&self) -> Result<FlowOfFunds> {
        let Places { wages, farm, capital_share: a, saving, retained, leak } = *self;
        require(a > 0.0 && a < 1.0, "capital share", a, "between 0 and 1")?;
        let labour = wages[0] + wages[1];
        let profit = labour * a / (1.0 - a);
        let distributed = (1.0 - retained) * profit;
        let held = (wages[0] + farm) / (labour + farm);
        let capital = wages[0] / labour;
        let investment = saving * (labour + farm + distributed) + retained * profit;
        let n = (capital - (1.0 - leak) * held) / leak;
        require((0.0..=1.0).contains(&n), "part of the national fund in A", n, "from 0 to 1: a larger leak")?;
        Ok(FlowOfFunds {
            held,
            capital,
            investment,
            dividends: held * distributed,
            gross: [leak * held * (1.0 - n) * investment, leak * (1.0 - held) * n * investment],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::assert_near;
    use super::*;

    #[test]
    fn gross_flows_rise_with_the_leak_and_net_ones_do_not() {
        let flows = |leak| {
            let places = Places {
                wages: [300.0, 500.0],
                farm: 200.0,
                capital_share: 0.5,
                saving: 0.4,
                retained: 0.5,
                leak,
            };
            places.flows().unwrap()
        };
        let [some, much] = [0.6, 0.9].map(flows);
        assert_near(
            &[some.held, some.capital, some.investment, some.dividends],
            &[0.5, 0.375, 960.0, 200.0],
            1e-12,
        );
        assert_near(&some.gross, &[204.0, 84.0], 1e-9);
        assert_near(&much.gross, &[276.0, 156.0], 1e-9);
        assert!((some.gross[0] - some.gross[1] - (some.held - some.capital) * 960.0).abs() < 1e-9);
    }
}
