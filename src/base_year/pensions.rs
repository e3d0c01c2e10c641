//! Who draws pensions in the base year: the recipients that the table of pensions states, by province and scheme.

use super::study_area::PensionFacts;
use crate::config::Parameters;
use crate::economy::pensions::{drawn, old_of, solve_shares};
use crate::world::World;
use crate::world::people::ELDERS;
use crate::world::state::PensionTerms;

/// Terms of each province, and its recipients by scheme: stated for its part of the area, and those who draw. Without a
/// table nobody draws and nothing is paid.
///
/// The table is of whole provinces: an area that is a part of one has as large a part of the recipients as of the
/// residents of 60 and over.
pub(crate) fn terms(
    world: &World,
    p: &Parameters,
    facts: &[Option<PensionFacts>],
) -> (Vec<PensionTerms>, Vec<[[f64; 2]; 2]>) {
    if facts.iter().all(Option::is_none) {
        return (Vec::new(), Vec::new());
    }
    let persons = world.persons_per_agent() as f64;
    let provinces = world.geography.provinces.iter().zip(facts);
    provinces
        .map(|(province, facts)| {
            let Some(facts) = facts else { return Default::default() };
            let old = old_of(world.census.places[province.nodes.clone()].iter());
            let elders = old[ELDERS].iter().flatten().sum::<u64>() as f64 * persons;
            let part = facts.residents_60_over.map_or(1.0, |all| elders / all);
            let stated = facts.recipients.map(|n| n * part);
            let (reach, residents_share) = solve_shares(p, &old, stated.map(|n| n / persons));
            let [employees, residents] = facts.pension_yuan;
            let terms = PensionTerms {
                reach,
                residents_share,
                benefit: [employees * p.pension_benefits * 100.0, residents * 100.0],
                contribution: 0.0,
            };
            let draw = drawn(p, &terms, &old).map(|[urban, rural]| (urban + rural) * persons);
            (terms, [stated, draw])
        })
        .unzip()
}
