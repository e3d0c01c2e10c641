//! Who pays for a programme: shares of named governments of the place that benefits.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::view::View;
use crate::world::Account;

/// Shares of the governments that pay; together one.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Payers {
    /// Share of the county itself.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub county: f64,
    /// Share of the city districts of its prefecture, by their revenue.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub city: f64,
    /// Share of the prefecture.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub prefecture: f64,
    /// Share of the province.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub province: f64,
    /// Share of the centre.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub centre: f64,
}

impl Payers {
    /// The county alone.
    pub fn county() -> Self {
        Payers { county: 1.0, ..Default::default() }
    }

    /// The province alone.
    pub fn province() -> Self {
        Payers { province: 1.0, ..Default::default() }
    }

    /// The city districts alone.
    pub fn city() -> Self {
        Payers { city: 1.0, ..Default::default() }
    }

    /// The centre alone.
    pub fn centre() -> Self {
        Payers { centre: 1.0, ..Default::default() }
    }

    /// The shares together.
    pub fn sum(&self) -> f64 {
        self.county + self.city + self.prefecture + self.province + self.centre
    }

    /// Accounts that pay for a node, with their shares.
    pub fn accounts(&self, view: &View, node: usize) -> Vec<(Account, f64)> {
        let g = &view.world.geography;
        let place = &g.nodes[node];
        let mut accounts = Vec::new();
        let mut add = |account, share: f64| {
            if share > 0.0 {
                accounts.push((account, share));
            }
        };
        add(Account::County(place.county), self.county);
        if self.city > 0.0 {
            let districts: Vec<usize> = g.prefectures[place.prefecture]
                .counties
                .clone()
                .filter(|&c| g.counties[c].district)
                .collect();
            for (account, share) in by_revenue(view, &districts) {
                add(account, self.city * share);
            }
            if districts.is_empty() {
                add(Account::Prefecture(place.prefecture), self.city);
            }
        }
        add(Account::Prefecture(place.prefecture), self.prefecture);
        add(Account::Province(place.province), self.province);
        add(Account::Centre, self.centre);
        accounts
    }
}

/// County governments with their shares of the revenue of all of them.
pub(crate) fn by_revenue(view: &View, counties: &[usize]) -> Vec<(Account, f64)> {
    let revenue = |c: usize| view.own_revenue(c).max(1.0);
    let sum: f64 = counties.iter().map(|&c| revenue(c)).sum();
    counties.iter().map(|&c| (Account::County(c), revenue(c) / sum)).collect()
}
