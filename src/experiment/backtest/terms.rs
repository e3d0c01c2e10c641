//! The law of a national run as a part of the country sees it: a table of terms that a scenario of a province names in
//! `world.migration`.
//!
//! A province alone knows neither the nation's regression nor what its neighbours become. The table holds, for every
//! county, its own terms with the border constants that the nation's people away need, and for everything outside one
//! home and one place:
//!
//! ```text
//! place of the outside   ln mean of e^u over the places of other provinces, as people of this one go there
//! home of the outside    what makes the pool of outsiders send as many more people as the nation does
//! ```
//!
//! The pool holds `outside_factor` times those who live in the area, so a share s = 1/outside_factor of it is there. If
//! their number grows G-fold while e^v - 1 of them convert, the share of who is left in the pool becomes
//! `s' = s G/(1 - s G (e^v - 1))`, the odds of being there grow by `s' (1 - s)/(s (1 - s'))`, and the home term is what
//! border, age and places do not explain of that.
//!
//! Border constants are those at which people away, without those who converted, grow as stated: agents convert one by
//! one, and who has converted is at home. In the closed form they would be away still, and a province alone that ran with
//! its constants would send them twice.
//!
//! Registers hold more people away than were counted elsewhere (Henan 2010: 10.4 million across the province's border,
//! counted were 8.0), so where the nation has counted flows the table also states who is away from each county.

use std::fmt::Write as _;

use super::cohorts::GROUPS;
use super::law_closed_form::ClosedForm;
use crate::Result;
use crate::config::{Migration, Parameters};
use crate::estimate::unusable;
use crate::messages;
use crate::people::location::ORIGINS;
use crate::people::odds::away_and_stay;

/// Largest share of the pool of outsiders that may live in the area at the end.
const MOST_IN_AREA: f64 = 0.95;

/// The table of a province, named by its code; `outside` is the id of the one outside node of its scenario.
///
/// # Errors
/// A province that the nation does not have.
pub fn table(
    law: &ClosedForm,
    m: &Migration,
    parameters: &Parameters,
    province: &str,
    outside: &str,
) -> Result<String> {
    let g = &law.geography;
    let Some(p) = g.provinces.iter().position(|p| p.answers_to(province)) else {
        return Err(unusable(
            messages::a_table_of_terms(),
            messages::no_province(province),
            messages::a_code_such_as(),
        ));
    };
    let agents = law.predict(&Migration { converts: 0.0, ..m.clone() });
    let border = agents.cost;
    let counted = !g.observed_flows.is_empty();
    let mut text = String::from("place,home,own_province,other_provinces,births,away\n");
    let mut line = |place: &str, home: f64, u: [f64; ORIGINS], births: f64, away: Option<f64>| {
        let [own, other] = u;
        let away = away.map_or_else(String::new, |away| format!("{away:.0}"));
        // Writing into a string does not fail.
        let _ = writeln!(text, "{place},{home:.5},{own:.5},{other:.5},{births:.5},{away}");
    };
    for c in g.provinces[p].counties.clone() {
        let t = law.facts.terms(m, c);
        let away = counted.then(|| away_and_stay(g, c).0);
        line(&g.counties[c].code, t.home, std::array::from_fn(|b| t.place[b] + border[b]), t.births, away);
    }
    let [out, into] = law.rise_across(m, p);
    let came = |newcomers: &dyn Fn(usize) -> f64| g.provinces[p].counties.clone().map(newcomers).sum::<f64>();
    let before = came(&|c| g.counties[c].nodes().map(|j| g.nodes[j].facts.newcomers_other as f64).sum());
    let growth = came(&|c| agents.newcomers[c][1]) / before.max(1.0);
    let share = 1.0 / parameters.outside_factor;
    let left = 1.0 - share * growth * (libm::exp(m.converts) - 1.0);
    let there = (share * growth / left.max(share)).min(MOST_IN_AREA);
    let odds = libm::log(there / (1.0 - there)) - libm::log(share / (1.0 - share));
    let age: f64 = (0..GROUPS)
        .map(|a| {
            law.movers[a]
                * libm::exp(match a {
                    3..=6 => 0.0,
                    7..=10 => m.age_35_54,
                    _ => m.age_others,
                })
        })
        .sum();
    let home = odds - border[1] - libm::log(into) - libm::log(age);
    line(outside, home, [0.0, libm::log(out) + border[1]], 1.0, None);
    Ok(text)
}
