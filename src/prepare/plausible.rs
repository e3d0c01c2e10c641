//! Output that cannot be right: a unit far from the others per head, counties that do not add up to their prefecture, a
//! country that is not the nation. It is refused with the names of the units.

use super::census::Census;
use super::national::{National, figure};
use super::output::Output;
use super::units::Unit;
use crate::messages;
use crate::{Error, Result};

/// Output per head may be so many times the median of all units, or the median so many times it.
const PER_HEAD: f64 = 5.0;
/// Counties may add up to so many times what their prefecture's figure leaves for them, or the other way round.
const PREFECTURE: f64 = 1.6;
/// The whole country may differ so much from the nation's stated output, relative.
const NATION: f64 = 0.1;
/// Fewer units than these say nothing of what is usual; the nation's output per head does.
const FEW: usize = 5;

/// Refuses county output that is far from its prefecture's.
pub(super) fn prefecture(code: &str, counties: f64, prefecture: f64) -> Result<()> {
    let ratio = counties / prefecture.max(1.0);
    if (1.0 / PREFECTURE..=PREFECTURE).contains(&ratio) {
        return Ok(());
    }
    Err(Error::Data {
        what: messages::output_of_counties_of(code),
        found: messages::counties_against_prefecture(
            format_args!("{counties:.0}"),
            format_args!("{ratio:.3}"),
        ),
        expected: messages::between_of_prefecture(format_args!("{:.2}", 1.0 / PREFECTURE), PREFECTURE),
    })
}

/// Refuses units far from the others, and a country far from the nation.
pub(super) fn check(
    census: &Census,
    units: &[Unit],
    output: &[Output],
    in_area: impl Fn(&Unit) -> bool,
    believed: &[String],
) -> Result<()> {
    let total = |i: usize| output[i].total();
    let head = |i: usize| total(i) / units[i].counts.residents.max(1) as f64;
    // What was worked out from jobs is nobody's slip of a unit.
    let published =
        |i: &usize| ["gdp_scaled", "gdp_group", "gdp_province"].iter().any(|w| units[*i].words.contains(w));
    let mut sorted: Vec<f64> = (0..units.len()).filter(published).map(head).collect();
    sorted.sort_by(f64::total_cmp);
    let national = figure(census.year, "output").zip(figure(census.year, "residents")).map(|(y, n)| y / n);
    let national = national.filter(|_| !census.hierarchy.is_stated());
    let (usual, whose) = match national {
        Some(national) if sorted.len() < FEW => (national, messages::the_nations()),
        _ => (sorted.get(sorted.len() / 2).copied().unwrap_or_default(), messages::median_of_all_units()),
    };
    let far: Vec<String> = (0..units.len())
        .filter(published)
        .filter(|&i| in_area(&units[i]) && !believed.contains(&units[i].code))
        .filter(|&i| !(usual / PER_HEAD..=usual * PER_HEAD).contains(&head(i)))
        .map(|i| format!("{} {} {:.0}", units[i].code, units[i].name, head(i)))
        .collect();
    if !far.is_empty() {
        return Err(Error::Data {
            what: messages::output_in_yuan_per_head(),
            found: messages::as_is(far.join(messages::comma())),
            expected: messages::between_a_fifth_and_five(whose, format_args!("{usual:.0}")),
        });
    }
    if let (true, Ok(nation)) = (census.whole_country(), National::of(census.year)) {
        let sum: f64 = (0..units.len()).map(total).sum();
        if (sum / nation.total() - 1.0).abs() > NATION {
            return Err(Error::Data {
                what: messages::output_of_units_in(&census.file),
                found: messages::yuan_summed(format_args!("{sum:.0}")),
                expected: messages::about_the_nations(format_args!("{:.0}", nation.total()), census.year),
            });
        }
    }
    Ok(())
}
