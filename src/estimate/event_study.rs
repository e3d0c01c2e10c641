//! Event study: the effect of a treatment by years since its start, `y_it = a_i + l_t + sum_k b_k 1[t - T_i = k] + e_it`,
//! the year before the first one left out. Effects before the start say whether treated and control units moved
//! alike, which a difference in differences takes for granted.

use super::did::{Effect, PanelFit, PanelRow, two_way_fixed_effects};
use super::least_squares::Regressor;
use super::unusable;
use crate::Result;
use crate::messages;

/// Effects by years since the start.
#[derive(Clone, Debug)]
pub struct EventStudy {
    /// Years since the first treated year (negative before it), and the effect; the year before the first one is the
    /// reference and stands nowhere. The outermost years hold everything beyond them.
    pub path: Vec<(i32, Effect)>,
    /// Mean of the effects from the first treated year on.
    pub after: Effect,
    /// F that all effects before the start are 0, and its p-value; none if there is no year before the reference.
    pub before: Option<(f64, f64)>,
    /// The regression.
    pub fit: PanelFit,
}

/// Estimates the path. `first` is the first treated year of the row's unit, none of those never treated; years beyond
/// `leads` before and `lags` after the start count as these.
///
/// # Errors
/// As of [`two_way_fixed_effects`]; where no row is treated, or none is before its treatment.
pub fn event_study(
    panel: &[PanelRow],
    outcome: &[f64],
    first: &[Option<i32>],
    leads: i32,
    lags: i32,
) -> Result<EventStudy> {
    if first.len() != panel.len() {
        return Err(unusable(
            messages::event_study(),
            messages::rows_and_starts(panel.len(), first.len()),
            messages::first_treated_year(),
        ));
    }
    let since: Vec<Option<i32>> = panel
        .iter()
        .zip(first)
        .map(|(row, first)| first.map(|first| (row.period - first).clamp(-leads, lags)))
        .collect();
    let mut years: Vec<i32> = since.iter().flatten().copied().filter(|&k| k != REFERENCE).collect();
    years.sort_unstable();
    years.dedup();
    if !years.iter().any(|&k| k >= 0) || !since.contains(&Some(REFERENCE)) {
        return Err(unusable(
            messages::event_study(),
            messages::no_treated_year(),
            messages::rows_from_year_before(),
        ));
    }
    let dummies: Vec<Regressor> = years
        .iter()
        .map(|&k| {
            let here = since.iter().map(|s| f64::from(u8::from(*s == Some(k)))).collect();
            Regressor::new(format!("year {k:+}"), here)
        })
        .collect();
    let fit = two_way_fixed_effects(panel, outcome, &dummies)?;
    let late = years.iter().filter(|&&k| k >= 0).count() as f64;
    let weights: Vec<f64> = years.iter().map(|&k| if k >= 0 { 1.0 / late } else { 0.0 }).collect();
    let early: Vec<usize> = (0..years.len()).filter(|&i| years[i] < 0).collect();
    Ok(EventStudy {
        after: fit.combination("mean after the start", &weights),
        before: fit.joint_test(&early),
        path: years.into_iter().zip(fit.effects.iter().cloned()).collect(),
        fit,
    })
}

/// The year before the first treated one.
const REFERENCE: i32 = -1;
