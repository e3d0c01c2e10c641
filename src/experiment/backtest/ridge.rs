//! A regression for comparison: counted growth on facts of the base year, with a penalty, for units that it has not seen.

use std::collections::BTreeSet;

use super::Backtest;
use super::law_closed_form::ClosedForm;
use super::score::{Score, score};
use super::targets::{Targets, residents};
use crate::estimate::least_squares::{Regressor, ridge};
use crate::world::Geography;

impl Backtest {
    /// Ridge regression of counted growth on facts of the base year, trained on one target file and scored
    /// on the units of the others. With a single file it is trained on all prefectures but one and predicts the
    /// one that it has not seen; the score is over the units of all of them.
    pub fn ridge(&self) -> Vec<(String, Score)> {
        let Some((law, _)) = &self.law else { return Vec::new() };
        let files: BTreeSet<usize> = self.targets.list.iter().map(|t| t.file).collect();
        if files.len() < 2 {
            let predicted = ridge_leaving_one_prefecture_out(law, &self.targets);
            let score = |predicted: Vec<f64>| score(&self.targets.growth(), &predicted);
            return predicted.map(|p| (LEFT_OUT.to_owned(), score(p))).into_iter().collect();
        }
        let features = features(law);
        files
            .iter()
            .filter_map(|&file| {
                let train = self.targets.of_file(file);
                let rest = Targets {
                    list: self.targets.list.iter().filter(|t| t.file != file).cloned().collect(),
                    ..Default::default()
                };
                let predicted = ridge_predict(&features, &train, &rest, &self.geography)?;
                let name = format!("trained on file {}", file + 1);
                Some((name, score(&rest.growth(), &predicted)))
            })
            .collect()
    }
}

/// Facts of every county for the ridge regression, standardised over all counties.
fn features(law: &ClosedForm) -> Vec<Vec<f64>> {
    let n = law.geography.counties.len();
    let mut columns: Vec<Vec<f64>> = law.facts.regressors.iter().skip(1).map(|r| r.values.clone()).collect();
    columns.push(law.facts.log_odds.clone());
    columns.push(law.facts.mining.clone());
    columns.push(law.facts.capital.iter().map(|&c| f64::from(u8::from(c))).collect());
    columns.push((0..n).map(|c| libm::log(law.natural[c] / residents(&law.geography, c).max(1.0))).collect());
    columns.push((0..n).map(|c| law.newcomers_of(c) / residents(&law.geography, c).max(1.0)).collect());
    for column in &mut columns {
        let mean = column.iter().sum::<f64>() / n as f64;
        let sd = (column.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / n as f64).sqrt().max(1e-12);
        column.iter_mut().for_each(|v| *v = (*v - mean) / sd);
    }
    columns
}

/// How the ridge regression with a single target file is called.
pub(crate) const LEFT_OUT: &str = "leaving one prefecture out";

/// `ridge_leaving_out` of one prefecture.
pub fn ridge_leaving_one_prefecture_out(law: &ClosedForm, targets: &Targets) -> Option<Vec<f64>> {
    ridge_leaving_out(law, targets, |c| law.geography.counties[c].prefecture)
}

/// Log growth of every target as a ridge regression predicts it that has seen the targets of all other groups of
/// counties, such as prefectures or provinces; none where there are no others.
pub(crate) fn ridge_leaving_out(
    law: &ClosedForm,
    targets: &Targets,
    group: impl Fn(usize) -> usize,
) -> Option<Vec<f64>> {
    let geography = &law.geography;
    let features = features(law);
    let group: Vec<usize> = targets.list.iter().map(|t| group(t.counties[0])).collect();
    let all: BTreeSet<usize> = group.iter().copied().collect();
    if all.len() < 2 {
        return None;
    }
    let mut predicted = vec![f64::NAN; targets.list.len()];
    for out in all {
        let part = |inside: bool| Targets {
            list: targets
                .list
                .iter()
                .zip(&group)
                .filter(|(_, p)| (**p == out) == inside)
                .map(|(t, _)| t.clone())
                .collect(),
            ..Default::default()
        };
        let growth = ridge_predict(&features, &part(false), &part(true), geography)?;
        let places = (0..group.len()).filter(|&i| group[i] == out);
        places.zip(growth).for_each(|(i, g)| predicted[i] = g);
    }
    Some(predicted)
}

/// Penalty of the ridge regression on standardised facts (stated, not tuned).
const RIDGE_PENALTY: f64 = 10.0;

fn ridge_predict(
    features: &[Vec<f64>],
    train: &Targets,
    rest: &Targets,
    geography: &Geography,
) -> Option<Vec<f64>> {
    let of = |targets: &Targets, column: &[f64]| -> Vec<f64> {
        targets
            .list
            .iter()
            .map(|t| {
                let weight = |c: usize| residents(geography, c);
                let all: f64 = t.counties.iter().map(|&c| weight(c)).sum();
                t.counties.iter().map(|&c| weight(c) * column[c]).sum::<f64>() / all.max(1.0)
            })
            .collect()
    };
    let mut x = vec![Regressor::constant(train.list.len())];
    let mut penalties = vec![0.0];
    for (i, column) in features.iter().enumerate() {
        x.push(Regressor::new(format!("fact {i}"), of(train, column)));
        penalties.push(RIDGE_PENALTY);
    }
    let fit = ridge(&x, &train.growth(), &penalties).ok()?;
    let columns: Vec<Vec<f64>> = features.iter().map(|c| of(rest, c)).collect();
    Some(
        (0..rest.list.len())
            .map(|i| {
                fit.coefficients[0]
                    + columns.iter().zip(&fit.coefficients[1..]).map(|(c, b)| c[i] * b).sum::<f64>()
            })
            .collect(),
    )
}
