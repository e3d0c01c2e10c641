//! The equations of a year: spending, production, wages, public finance, income, housing, ecology.
//! Each file states its equations; none knows files, formats or policies by name.

pub(crate) mod ces;
pub(crate) mod earnings;
pub(crate) mod ecology;
pub(crate) mod fiscal;
pub(crate) mod housing;
pub(crate) mod income;
pub(crate) mod jobs;
pub(crate) mod pay;
pub(crate) mod pensions;
pub mod prices;
pub(crate) mod production;
mod profits;
pub(crate) mod programmes;
pub(crate) mod promise;
pub(crate) mod saving;
pub(crate) mod shopping;
pub(crate) mod spending;
pub(crate) mod technology;
mod thin_places;
pub(crate) mod transfers;
pub(crate) mod wage_curve;
pub(crate) mod wages;
