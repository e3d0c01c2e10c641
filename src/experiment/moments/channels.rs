//! Channels of the model that can be switched off, one at a time.

use crate::base_year::StudyArea;

/// A channel of the model.
#[derive(Debug)]
pub struct Channel {
    /// What a reader calls it.
    pub name: &'static str,
    /// Changes of the scenario that switch it off.
    pub changes: &'static [&'static str],
    /// What is taken from the tables.
    pub cut: fn(&mut StudyArea),
}

const fn set(name: &'static str, changes: &'static [&'static str]) -> Channel {
    Channel { name, changes, cut: |_| () }
}

const fn without(name: &'static str, cut: fn(&mut StudyArea)) -> Channel {
    Channel { name, changes: &[], cut }
}

/// No contributions and no pensions.
pub(crate) static PENSIONS: Channel = without("pensions", |area| area.pensions.clear());
/// Counties pay nothing to households.
pub(crate) static PUBLIC_TRANSFERS: Channel =
    set("payments of counties to households", &["parameters.spend_transfers=0.0"]);
/// No household income is published, so no residual fills the gap to it.
pub(crate) static OUTSIDE_INCOME: Channel = without("outside income (the residual)", |area| {
    area.published_income.iter_mut().chain(&mut area.province_income).for_each(|of| *of = [None, None]);
});
/// Nobody works for himself in any sector.
pub(crate) static SELF_EMPLOYED: Channel = set(
    "the self-employed",
    &[
        "parameters.self_employed_industry=0.0",
        "parameters.self_employed_business=0.0",
        "parameters.self_employed_local=0.0",
        "parameters.self_employed_tourism=0.0",
    ],
);
/// Every cell pays by its own product alone.
pub(crate) static WAGE_NORM: Channel =
    set("what pay has in common (each cell its own product)", &["parameters.wage_own=1.0"]);
/// One labour share for all cells of a sector instead of pay that was observed.
pub(crate) static PAY_OF_CELLS: Channel =
    set("pay by cell (one labour share instead)", &["model.pay=\"share\""]);
/// No floor under wages.
pub(crate) static MINIMUM_WAGE: Channel = set("the minimum wage", &["parameters.floor_scale=0.0"]);
/// Pay of small groups is taken as it is, without leaning on the prefecture's.
pub(crate) static THIN_GROUPS: Channel =
    set("the weight of the prefecture in thin groups", &["parameters.thin_group=0.0"]);
/// No drivers of migration: without a period a table of terms says nothing.
pub(crate) static MIGRATION_DRIVERS: Channel = set("drivers of migration", &["drivers.migration={}"]);
/// Nobody moves.
pub(crate) static MIGRATION: Channel = set("moving", &["model.migration=false"]);
/// Births and deaths follow the nation's ages alone.
pub(crate) static VITAL_TABLE: Channel = without("the table of births and deaths", |area| area.vital.clear());
/// No driver moves work between sectors.
pub(crate) static FARM_DRIVER: Channel = set("the driver out of farming", &["drivers.sector={}"]);
/// Pensions stay at their level of the base year.
pub(crate) static PENSION_GROWTH: Channel = set("growth of pensions", &["drivers.pensions={}"]);
/// No project fails.
pub(crate) static FAILURE: Channel = set("failure of projects", &["model.failure=false"]);
/// No project moves.
pub(crate) static RELOCATION: Channel = set("relocation of projects", &["model.relocation=false"]);
/// Local services are sold as stated, even where residents cannot have bought them.
pub(crate) static RESIDENTS_SHOP: Channel = set(
    "what residents cannot have bought (local services as stated)",
    &["model.service_spending=\"stated\""],
);
/// Needs of a county do not rise with smallness or sparsity.
pub(crate) static SPARSITY: Channel =
    set("need of small and sparse counties", &["parameters.need_size=0.0", "parameters.need_sparsity=0.0"]);
/// Transfers do not fill gaps between means and needs.
pub(crate) static EQUALISATION: Channel = set("transfers that fill gaps", &["parameters.equalisation=0.0"]);
