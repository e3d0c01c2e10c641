//! Value added by unit and sector in the base year.

use std::collections::BTreeMap;

use super::census::Census;
use super::county_figures::county_figures;
use super::national::{Levels, National};
use super::prefecture_output::{Case, levels_here};
use super::published_output::Published;
use super::report::Report;
use super::rules::Rules;
use super::units::Unit;
use super::work::Work;
use crate::Result;
use crate::quantity::split;
use crate::world::sector::{AGRICULTURE, INDUSTRY, LOCAL_SERVICES, SECTORS, Sector};

/// Value added of a unit, whole yuan.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Output {
    pub sectors: [i64; SECTORS],
    /// Living in homes.
    pub dwellings: i64,
}

impl Output {
    /// All of it, yuan.
    pub(crate) fn total(&self) -> f64 {
        self.sectors.iter().map(|&x| x as f64).sum::<f64>() + self.dwellings as f64
    }

    /// Farming, industry, and the services with living in homes, one cell a sector.
    pub(crate) fn parts(&mut self) -> [Vec<&mut i64>; 3] {
        let [farming, industry, services @ ..] = &mut self.sectors;
        [vec![farming], vec![industry], services.iter_mut().chain([&mut self.dwellings]).collect()]
    }
}

/// Value added of every unit.
pub(crate) fn output(
    census: &Census,
    units: &mut [Unit],
    work: &[Work],
    published: &Published,
    rules: &Rules,
    report: &mut Report,
) -> Result<Vec<Output>> {
    let counties = county_figures(census, units, work, published, report);
    let mut prefectures: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, unit) in units.iter().enumerate() {
        prefectures.entry(published.pool(unit).clone()).or_default().push(i);
    }
    let mut levels = match census.whole_country() {
        true => Some(levels_here(units, work, published)),
        false => Levels::of(census.year),
    };
    let mut shares = Vec::with_capacity(prefectures.len());
    for (prefecture, members) in &prefectures {
        let base = published.of_pool(prefecture, members.iter().map(|&i| &units[i]), census.year);
        let known = members.iter().any(|&i| counties[i].total.is_some());
        let case = Case { census, units, work, published, counties: &counties, members, rules, levels };
        let (sums, weights, words) = match (base, known) {
            (Some(sums), _) => case.by_prefecture(prefecture, sums, report)?,
            (None, true) => case.by_counties(report)?,
            (None, false) => case.by_wages(report)?,
        };
        shares.push((members, sums, weights, words, base.is_none() && !known));
    }
    // Output by wage level adds up to the nation's, over all prefectures and whatever is published for some of them.
    let closing = match (shares.iter().any(|share| share.4), &mut levels) {
        (true, Some(levels)) if census.whole_country() => {
            let mut sums = [0.0; 3];
            for members in prefectures.values() {
                let levels = Some(*levels);
                let case =
                    Case { census, units, work, published, counties: &counties, members, rules, levels };
                let (part, ..) = case.by_wages(&mut Report::default())?;
                (0..3).for_each(|s| sums[s] += part[s]);
            }
            let national = National::of(census.year)?.output;
            levels.closing = [0, 1, 2].map(|s| national[s] / sums[s].max(1.0));
            report.note("Output by wage level", levels.words());
            levels.closing
        }
        (true, Some(levels)) => {
            report.note("Output by wage level", levels.words());
            levels.closing
        }
        _ => [1.0; 3],
    };
    let mut output = vec![Output::default(); units.len()];
    for (members, sums, weights, words, proxy) in shares {
        for sector in 0..3 {
            // Sums of the prefecture in whole yuan, so that nothing is lost in the counties.
            let sum = sums[sector] * if proxy { closing[sector] } else { 1.0 };
            for (&i, part) in members.iter().zip(split(libm::rint(sum) as i64, &weights[sector])) {
                match sector {
                    0 => output[i].sectors[AGRICULTURE] = part,
                    1 => output[i].sectors[INDUSTRY] = part,
                    _ => tertiary(&mut output[i], part, &work[i], published.dwelling_share),
                }
            }
        }
        for &i in members {
            if counties[i].group {
                units[i].words.insert("gdp_group");
            }
            units[i].words.extend(&words[&i]);
        }
    }
    Ok(output)
}

/// Whether published output of the tertiary sector is shared out to a sector. That of the primary goes to farming and that of
/// the secondary to industry, whole: a second sector of theirs needs a share of it in `output`.
fn is_service(sector: usize) -> bool {
    match Sector::ALL[sector] {
        Sector::Agriculture | Sector::Industry => false,
        Sector::BusinessServices | Sector::LocalServices | Sector::Tourism => true,
    }
}

/// Sectors of the services.
pub(crate) fn services() -> impl Iterator<Item = usize> {
    (0..SECTORS).filter(|&s| is_service(s))
}

/// Tertiary output: living in homes first, the rest by what the unit's jobs in services would make in the nation.
fn tertiary(output: &mut Output, sum: i64, work: &Work, dwelling_share: f64) {
    output.dwellings = libm::rint(dwelling_share * sum as f64) as i64;
    let mut value = work.value;
    // A sector with a job in the long form and nobody at work after rounding makes nothing.
    (0..SECTORS).filter(|&s| !is_service(s) || work.in_sector(s) == 0).for_each(|s| value[s] = 0.0);
    if value.iter().all(|v| *v <= 0.0) {
        output.sectors[LOCAL_SERVICES] = sum - output.dwellings;
        return;
    }
    let parts = split(sum - output.dwellings, &value);
    services().for_each(|s| output.sectors[s] = parts[s]);
}
