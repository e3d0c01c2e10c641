//! C8. Sharing of taxes and transfers between centre, province, prefecture and county, in whole fen.
//!
//! Shares are whole numbers of millionths, so that every split is exact arithmetic: largest remainders, equal
//! remainders to the earlier recipient. Two regimes are compared: the prefecture manages its counties and
//! keeps part of what passes through it, or the province deals with the county directly (sheng zhi guan
//! xian).

use super::unusable;
use crate::Result;
use crate::messages;
use crate::quantity::Fen;

/// A share of one, in millionths.
pub(crate) const WHOLE: u32 = 1_000_000;

/// Splits an amount exactly by shares in millionths; what the shares leave goes to one further, last
/// recipient. A debt is split as its mirror image.
pub(crate) fn share_out(amount: Fen, millionths: &[u32]) -> Result<Vec<Fen>> {
    let given: u64 = millionths.iter().map(|&p| u64::from(p)).sum();
    let rest = u64::from(WHOLE).checked_sub(given).ok_or_else(|| {
        unusable(messages::fiscal_shares(), messages::millionths(given), messages::at_most_a_million())
    })?;
    let size = i128::from(amount.0).unsigned_abs();
    let parts: Vec<u128> = millionths.iter().map(|&p| u128::from(p)).chain([u128::from(rest)]).collect();
    let mut shares: Vec<u128> = parts.iter().map(|p| size * p / u128::from(WHOLE)).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&i| std::cmp::Reverse(size * parts[i] % u128::from(WHOLE))); // stable
    let left = size - shares.iter().sum::<u128>();
    for &i in order.iter().take(left as usize) {
        shares[i] += 1;
    }
    // The sign is applied in the wide type, where the largest debt has a mirror image.
    let sign = i128::from(amount.0.signum());
    Ok(shares.into_iter().map(|s| Fen((sign * s as i128) as i64)).collect())
}

/// What each tier below the centre has after sharing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tiers {
    pub province: Fen,
    pub prefecture: Fen,
    pub county: Fen,
}

impl Tiers {
    /// All three together.
    #[cfg(test)]
    pub(crate) fn total(&self) -> Fen {
        self.province + self.prefecture + self.county
    }
}

/// The prefecture manages the county: province and prefecture take shares of the county's local revenue, and
/// the prefecture keeps a share of the transfer that passes through it (all in millionths).
pub(crate) fn city_managing(
    local: Fen,
    transfer: Fen,
    province: u32,
    prefecture: u32,
    kept_of_transfer: u32,
) -> Result<Tiers> {
    let revenue = share_out(local, &[province, prefecture])?;
    let passed = share_out(transfer, &[kept_of_transfer])?;
    Ok(Tiers { province: revenue[0], prefecture: revenue[1] + passed[0], county: revenue[2] + passed[1] })
}

/// The province deals with the county directly: it takes its share of revenue, and the transfer arrives
/// whole.
pub(crate) fn province_direct(local: Fen, transfer: Fen, province: u32) -> Result<Tiers> {
    city_managing(local, transfer, province, 0, 0)
}

/// Zhejiang's rule of increments: the county keeps its base, and the province takes a share (in millionths)
/// of what is above it; a county below its base keeps all. Returns (county, province).
pub(crate) fn increment_sharing(base: Fen, now: Fen, province: u32) -> Result<(Fen, Fen)> {
    let increment = (now - base).at_least(Fen::ZERO);
    let parts = share_out(increment, &[province])?;
    Ok((now - parts[0], parts[0]))
}

/// A county that claims transfers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Claim {
    /// Own revenue, any unit of money.
    pub own: f64,
    /// Persons.
    pub people: f64,
    /// Square kilometres.
    pub area: f64,
}

/// Transfers of a province, not rounded: a part `gaps` of the money in proportion to what counties lack of their share in
/// need, the rest by need `N (N/mean N)^-size (density/mean density)^-sparsity`. Some county must lack something.
pub(crate) fn equalising(
    money: f64,
    counties: &[Claim],
    size: f64,
    sparsity: f64,
    gaps: f64,
) -> Result<Vec<f64>> {
    let column = |f: fn(&Claim) -> f64| counties.iter().map(f).collect::<Vec<f64>>();
    let (people, area) = (column(|c| c.people), column(|c| c.area));
    super::require_positive(&[("residents", &people), ("areas", &area)])?;
    let (n, a): (f64, f64) = (people.iter().sum(), area.iter().sum());
    let need = super::normalised(
        counties
            .iter()
            .map(|c| {
                let mean = n / counties.len() as f64;
                let relative_density = c.people / n * (a / c.area);
                c.people / (libm::pow(c.people / mean, size) * libm::pow(relative_density, sparsity))
            })
            .collect(),
    );
    let all = money + counties.iter().map(|c| c.own).sum::<f64>();
    let missing: Vec<f64> = counties.iter().zip(&need).map(|(c, x)| (x * all - c.own).max(0.0)).collect();
    super::require(missing.iter().sum::<f64>() > 0.0, "sum of gaps", 0.0, "above 0")?;
    let missing = super::normalised(missing);
    Ok(need.iter().zip(missing).map(|(need, gap)| money * (gaps * gap + (1.0 - gaps) * need)).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::quantity::split;

    fn yuan(amount: i64) -> Fen {
        Fen(100 * amount)
    }

    #[test]
    fn both_regimes_give_the_worked_numbers() {
        let managed = city_managing(yuan(740), yuan(500), 100_000, 200_000, 100_000).unwrap();
        assert_eq!(managed, Tiers { province: yuan(74), prefecture: yuan(198), county: yuan(968) });
        let direct = province_direct(yuan(740), yuan(500), 200_000).unwrap();
        assert_eq!(direct, Tiers { province: yuan(148), prefecture: Fen::ZERO, county: yuan(1092) });
        assert_eq!((managed.total(), direct.total()), (yuan(1240), yuan(1240)));
    }

    #[test]
    fn zhejiangs_increment_gives_the_worked_numbers() {
        assert_eq!(increment_sharing(yuan(460), yuan(560), 200_000).unwrap(), (yuan(540), yuan(20)));
        assert_eq!(increment_sharing(yuan(460), yuan(400), 200_000).unwrap(), (yuan(400), Fen::ZERO));
    }

    /// Counties of 100 and 400 people on equal land, both elasticities a half: (2/5)^-.5 and (8/5)^-.5 each twice, so
    /// 100 x 2.5 and 400 x .625 need the same. Of 1,000 in all each should have 500; only the first lacks 400.
    #[test]
    fn need_and_gaps_give_the_worked_numbers() {
        let claims = [
            Claim { own: 100.0, people: 100.0, area: 10.0 },
            Claim { own: 500.0, people: 400.0, area: 10.0 },
        ];
        let half = equalising(400.0, &claims, 0.5, 0.5, 0.5).unwrap();
        assert!((half[0] - 300.0).abs() < 1e-9 && (half[1] - 100.0).abs() < 1e-9, "{half:?}");
        let gaps = equalising(400.0, &claims, 0.5, 0.5, 1.0).unwrap();
        assert!((gaps[0] - 400.0).abs() < 1e-9, "{gaps:?}");
        let heads = equalising(400.0, &claims, 0.0, 0.0, 0.0).unwrap();
        assert!((heads[0] - 80.0).abs() < 1e-9, "{heads:?}");
        assert!(equalising(400.0, &[Claim { own: 1.0, people: 0.0, area: 1.0 }], 0.5, 0.5, 1.0).is_err());
    }

    #[test]
    fn the_largest_debt_is_split_like_any_other() {
        assert_eq!(share_out(Fen(i64::MIN), &[]).unwrap(), [Fen(i64::MIN)]);
    }

    #[test]
    fn more_than_the_whole_is_refused() {
        assert!(share_out(yuan(1), &[600_000, 500_000]).is_err());
    }

    proptest! {
        #[test]
        fn no_split_loses_a_fen_or_strays_from_its_share(
            amount in any::<i64>(),
            weights in prop::collection::vec(0_u32..200_000, 1..6),
        ) {
            let parts = share_out(Fen(amount), &weights).unwrap();
            prop_assert_eq!(parts.iter().map(|p| i128::from(p.0)).sum::<i128>(), i128::from(amount));
            for (part, &share) in parts.iter().zip(&weights) {
                let exact = i128::from(amount) * i128::from(share);
                prop_assert!((i128::from(part.0) * i128::from(WHOLE) - exact).abs() < i128::from(WHOLE));
            }
        }

        #[test]
        fn the_models_own_split_never_loses_a_fen(
            amount in -1_000_000_000_000_000_i64..1_000_000_000_000_000,
            weights in prop::collection::vec(0.0..1.0_f64, 1..20),
        ) {
            prop_assert_eq!(split(amount, &weights).iter().sum::<i64>(), amount);
        }
    }
}
