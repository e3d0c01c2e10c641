//! The province settles with the county, or, as the counterfactual, the city manages the county.
//!
//! Province-direct administration takes the prefecture out of the county's money: its share of local revenue
//! and what it keeps of transfers go to zero, and the province's supervision gets thinner the more counties
//! it settles with. Zhejiang has been province-direct since 1953, so what can be asked there is what city
//! management would have done; Henan changed by list in 2014 and 2021. The sign of the effect is not imposed:
//! the prefecture spends its share too, in its districts.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::fault::{Fault, strangers};
use super::selector::Kind;
use super::{About, Hand, Lever, Listing, Period, Policy, Selector, View, terms};
use crate::world::Geography;

/// What the program says of it.
pub(crate) static ABOUT: About = About {
    name: "fiscal_direct",
    purpose: "Moves the prefecture's share of county money to the county and the province, or back.",
    payer: "nobody: a rule",
    mechanisms: &["M02"],
    essays: &["E2"],
    levers: &[Lever::PrefectureShare, Lever::Interception, Lever::ProvinceShare, Lever::SpanLoss],
    example: r#"
[[policy.fiscal_direct]]
active = { from = 2022 }
mode = "direct"
counties = { tier = "county" }
span_loss = 0.02
"#,
};

/// The province settles with the county, or, as the counterfactual, the city manages the county.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct FiscalDirect {
    /// A name of its own, if the kind occurs several times.
    pub name: String,
    /// When it holds.
    pub active: Period,
    /// How much of it is done, 0 to 1.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub intensity: f64,
    /// Most that is spent in a year, yuan.
    #[schemars(range(min = 0.0, max = 1e15))]
    pub budget_cap: Option<f64>,
    /// Counties that the rule is for; districts of cities are left out.
    pub counties: Selector,
    /// Which rule holds for them.
    pub mode: Mode,
    /// Share of local revenue that the prefecture takes where it manages.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub prefecture_share: f64,
    /// Part of transfers that it keeps where it manages.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub interception: f64,
    /// Share of local revenue that the province takes; absent: the parameter.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub province_share: Option<f64>,
    /// Loss of supervision for each multiple of the counties that a province can supervise.
    #[schemars(range(min = 0.0, max = 0.5))]
    pub span_loss: f64,
    /// A table with a column `county`, relative to the scenario: only its counties.
    pub counties_file: Option<PathBuf>,
    /// Column of that table: `yes`, or the year in which the county changes; absent: every row.
    pub column: Option<String>,
    /// Counties read from the table, with their years.
    #[serde(skip)]
    pub listed: Vec<(String, Option<i32>)>,
}

impl Default for FiscalDirect {
    fn default() -> Self {
        FiscalDirect {
            name: String::new(),
            active: Period::default(),
            intensity: 1.0,
            budget_cap: None,
            counties: Selector::tier(Kind::County),
            mode: Mode::Direct,
            prefecture_share: 0.20,
            interception: 0.10,
            province_share: None,
            span_loss: 0.0,
            counties_file: None,
            column: None,
            listed: Vec::new(),
        }
    }
}

impl Policy for FiscalDirect {
    terms!();

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("counties", &self.counties)]
    }

    fn claims(&self, g: &Geography) -> Vec<(Lever, Vec<usize>)> {
        let counties: Vec<usize> =
            self.counties.static_counties(g).into_iter().filter(|&c| self.holds(g, c, None)).collect();
        let mut claims =
            vec![(Lever::PrefectureShare, counties.clone()), (Lever::Interception, counties.clone())];
        if self.province_share.is_some() {
            claims.push((Lever::ProvinceShare, counties));
        }
        claims
    }

    fn listings(&self) -> Vec<Listing<'_>> {
        let columns = std::iter::once("county").chain(self.column.as_deref()).collect();
        let listing = |file| Listing { field: "counties_file", file, columns };
        self.counties_file.as_deref().map(listing).into_iter().collect()
    }

    fn fill(&mut self, _field: &str, rows: Vec<Vec<String>>) {
        self.listed = rows
            .into_iter()
            .filter_map(|row| match row.get(1).map(|cell| cell.trim()) {
                None | Some("yes") => Some((row[0].clone(), None)),
                Some(cell) => cell.parse().ok().map(|year| (row[0].clone(), Some(year))),
            })
            .collect();
    }

    fn faults(&self, g: &Geography) -> Vec<Fault> {
        let codes: Vec<&str> = g.counties.iter().map(|c| c.code.as_str()).collect();
        strangers(self.listed.iter().map(|(code, _)| code.as_str()), &codes, "counties_file")
    }

    fn propose(&self, view: &View, hand: &mut Hand) {
        let (prefecture, interception) = match self.mode {
            Mode::Direct => (0.0, 0.0),
            Mode::CityManaging => (self.prefecture_share, self.interception),
        };
        let g = &view.world.geography;
        for c in self.counties.counties(view).into_iter().filter(|&c| self.holds(g, c, Some(view.year))) {
            hand.county(Lever::PrefectureShare, c, prefecture);
            hand.county(Lever::Interception, c, interception);
            if let Some(share) = self.province_share {
                hand.county(Lever::ProvinceShare, c, share);
            }
        }
        if self.span_loss > 0.0 {
            hand.everywhere(Lever::SpanLoss, self.span_loss);
        }
    }
}

/// Who manages the county's money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// The province settles with the county.
    Direct,
    /// The prefecture takes its share of revenue and of transfers.
    CityManaging,
}

impl FiscalDirect {
    fn holds(&self, g: &Geography, c: usize, year: Option<i32>) -> bool {
        let county = &g.counties[c];
        let listed = || self.listed.iter().find(|(code, _)| *code == county.code);
        let dated = |from: Option<i32>| from.is_none_or(|from| year.is_none_or(|year| year >= from));
        !county.district && (self.counties_file.is_none() || listed().is_some_and(|(_, from)| dated(*from)))
    }
}
