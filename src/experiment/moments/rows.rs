//! The rows: which runs each makes, and which numbers it takes from them.

use super::channels::{self, Channel};
use super::lab::{Base, Lab, Ran, Spec};
use super::poor_counties::{self, COMPARED, FORMERLY_POOR, SOURCES};
use crate::Result;
use crate::estimate::least_squares::{Regressor, ordinary};
use crate::world::{Factor, Tier};

/// How a row is measured: its moments by the names of `facts.csv`.
pub(crate) type Measure = fn(&mut Lab) -> Result<Vec<(String, f64)>>;

/// A question and the runs that answer it.
#[derive(Debug)]
pub struct Row {
    /// What `--only` calls it.
    pub key: &'static str,
    /// What a reader calls it.
    pub title: &'static str,
    /// How it is measured.
    pub how: &'static str,
    /// Its moments, by the names of `facts.csv`.
    pub measure: Measure,
    /// Why it is not met, where it is not, as far as switching channels off and the tables of its runs show.
    pub why: &'static str,
    /// Channels that are switched off one at a time where it is not met.
    pub channels: &'static [&'static Channel],
    /// Bases whose runs no later row uses.
    pub forgets: &'static [Base],
}

/// The rows, in the order of the page.
pub(crate) static ROWS: &[Row] = &[
    Row {
        key: "services",
        title: "No gain from refusing services",
        how: "Zhejiang by 1,000 persons an agent, eight years; the lever `industry_entry` refuses all new projects of a sector.",
        measure: services,
        why: "",
        channels: &[&channels::RESIDENTS_SHOP, &channels::MIGRATION],
        forgets: &[],
    },
    Row {
        key: "leakage",
        title: "Where leaked deposits go",
        how: "Henan by 1,000 persons an agent, three years; sweeps without the table of leakage by province, lenders with it.",
        measure: leakage,
        why: "",
        channels: &[&channels::RELOCATION, &channels::FAILURE],
        forgets: &[],
    },
    Row {
        key: "unemployment",
        title: "Unemployment and farm jobs",
        how: "China 2010 by 500 persons an agent, Henan 2010 and Zhejiang by 1,000, ten years.",
        measure: unemployment,
        why: "",
        channels: &[&channels::FARM_DRIVER, &channels::MIGRATION_DRIVERS, &channels::MINIMUM_WAGE],
        forgets: &[Base::Henan2010],
    },
    Row {
        key: "spread",
        title: "Spread of income over counties",
        how: "Counties that left the list of poor counties, without Tibet, Qinghai and Xinjiang, where output of counties is least known; the base year of China 2020 (`shanhai new china`) by 200 persons an agent, and of Henan by 1,000.",
        measure: spread,
        why: "Seats differ by the jobs that their residents have and by pay that is bounded by what is made where output is low.",
        channels: INCOMES,
        forgets: &[],
    },
    Row {
        key: "elasticity",
        title: "Income and output of counties",
        how: "As the row before.",
        measure: elasticity,
        why: "Wages and business carry it, as the parts show, half by jobs outside farming a resident, half by what such a job pays. Jobs rise with output because output of counties is constructed from the same jobs, and surveys count who works elsewhere for a part of the year with a family that the census finds at home. Pay rises with output where it is bounded by what is made: in a seventh of the cells of these counties, local services most of all, jobs at the nation's pay would cost more than they make. In villages remittances from the own seat and payments of counties rise with output too, where relief in fact goes to the poor.",
        channels: INCOMES,
        forgets: &[],
    },
    Row {
        key: "poor",
        title: "Levels in formerly poor counties",
        how: "The base year of China 2020 by 200 persons an agent, all 832 counties. The survey by county may not be shipped; what is published is their mean.",
        measure: poor,
        why: "",
        channels: INCOMES,
        forgets: &[],
    },
    Row {
        key: "ratio",
        title: "Urban over rural income",
        how: "Zhejiang by 1,000 persons an agent, five years. Reported: no constant is set for it.",
        measure: ratio,
        why: "",
        channels: &[],
        forgets: &[],
    },
    Row {
        key: "sources",
        title: "Income by source",
        how: "The base years of China 2020 by 200 persons an agent and of Zhejiang by 1,000; shares of income without the residual, which has no source.",
        measure: sources,
        why: "Transfers of towns are half of what the survey finds: pensions of 2020 with medical payments of the employees' insurance, less tax and contributions. Not in the model: medical payments of the residents' insurance (.8 trillion yuan in 2020), unemployment and injury benefits (.3 trillion), gifts between households, and budgets' part of employees' pensions, a fifth, which contributions pay here. Together these are near a third of the gap; accounts of funds and budgets do not reach what the survey finds. Where transfers miss, the share of wages is too high; pay summed over the nation is the survey's. In Zhejiang a fifth of what is published is in no source, and in its villages pensions alone are 3,900 yuan a head, as much as the survey finds of all transfers.",
        channels: &[
            &channels::PAY_OF_CELLS,
            &channels::PENSIONS,
            &channels::PUBLIC_TRANSFERS,
            &channels::SELF_EMPLOYED,
        ],
        forgets: &[Base::China],
    },
    Row {
        key: "growth",
        title: "Growth of income and output of counties",
        how: "China 2010 by 500 persons an agent, ten years; formerly poor counties by their codes.",
        measure: growth,
        why: "Output per head of counties grows apart in the model by little else than people who leave and jobs that move out of farming, and both carry income with them: no county is given a mine, a plant or a road of its own. In fact most of what tells the growth of counties apart is such output, whose capital belongs to others, and errors of output, which lower the slope.",
        channels: &[
            &channels::MIGRATION,
            &channels::WAGE_NORM,
            &channels::PENSION_GROWTH,
            &channels::PAY_OF_CELLS,
        ],
        forgets: &[Base::China2010],
    },
    Row {
        key: "still",
        title: "Nothing moves where nothing is to move",
        how: "Zhejiang by 100 persons an agent, fifteen years without drivers, demography, schooling, conversion, start-ups, experience, failure, relocation, ecology and review of sectors; capital divisible.",
        measure: still,
        why: "",
        channels: &[&channels::MIGRATION],
        forgets: &[],
    },
    Row {
        key: "projects",
        title: "Projects are as many as they were",
        how: "The same by 1,000 persons an agent with projects that fail and are founded.",
        measure: projects,
        why: "",
        channels: &[&channels::FAILURE, &channels::RELOCATION],
        forgets: &[],
    },
    Row {
        key: "vital",
        title: "Births, deaths and net migration",
        how: "Zhejiang by 200 persons an agent, four years.",
        measure: vital,
        why: "Births and deaths are met. The law has no epidemic: in 2021 and 2023 Zhejiang gained 1.21 m together, as the law says, in 2022 it gained .37 m where the law says .6 m. That what the law states fades over ten years after 2020 is an assumption.",
        channels: &[&channels::VITAL_TABLE, &channels::MIGRATION_DRIVERS],
        forgets: &[],
    },
    Row {
        key: "agents",
        title: "Persons an agent make no difference",
        how: "Zhejiang by 10, 100 and 1,000 persons an agent, two years.",
        measure: agents,
        why: "",
        channels: &[],
        forgets: &[],
    },
    Row {
        key: "moves",
        title: "Who lives elsewhere than five years before",
        how: "China from 2010 by 500 persons an agent, ten years: 2015 to 2020, residents of five years and more.",
        measure: moves,
        why: "",
        channels: &[],
        forgets: &[],
    },
    Row {
        key: "sizes",
        title: "The nation by ten, a hundred and a thousand persons an agent",
        how: "China from 2010 by 10, 100 and 1,000 persons an agent, two years; largest rises among places of 10,000 residents and more.",
        measure: sizes,
        why: "",
        channels: &[],
        forgets: &[],
    },
    Row {
        key: "spending",
        title: "Public spending a head",
        how: "The base year of Zhejiang by 1,000 persons an agent; spending of counties and prefectures, eleven prefectures.",
        measure: spending,
        why: "",
        channels: &[&channels::SPARSITY, &channels::EQUALISATION],
        forgets: &[],
    },
    Row {
        key: "levels",
        title: "Levels and the growth that is stated",
        how: "Zhejiang and Henan by 1,000 persons an agent: the base year and ten years.",
        measure: levels,
        why: "",
        channels: &[&channels::OUTSIDE_INCOME],
        forgets: &[Base::Zhejiang, Base::Henan],
    },
    Row {
        key: "speed",
        title: "Speed",
        how: "scripts/compare-commits.sh on an idle machine; not measured by this command.",
        measure: |_| Ok(Vec::new()),
        why: "",
        channels: &[],
        forgets: &[],
    },
];

static INCOMES: &[&Channel] = &[
    &channels::PAY_OF_CELLS,
    &channels::PENSIONS,
    &channels::PUBLIC_TRANSFERS,
    &channels::THIN_GROUPS,
    &channels::MINIMUM_WAGE,
    &channels::RESIDENTS_SHOP,
];

/// Agents of the rows where nothing else is said.
const COARSE: u32 = 1_000;
/// Agents of the row in which luck alone moves anything.
const FINER: u32 = 100;
/// Agents of the base year of all counties: a small county seat has some thousand people.
const FINE: u32 = 200;
/// Agents of ten years of all counties.
const COARSER: u32 = 500;

fn of(id: impl Into<String>, value: f64) -> (String, f64) {
    (id.into(), value)
}

fn services(lab: &mut Lab) -> Result<Vec<(String, f64)>> {
    let mut found = Vec::new();
    let controls: [(&str, &[&str]); 2] = [
        ("", &[]),
        ("control.", &["parameters.agglomeration_talent=0.0", "parameters.agglomeration_workers=0.0"]),
    ];
    for (control, changes) in controls {
        let free = lab.run(&Spec::of(Base::Zhejiang, COARSE, 8).with(changes.iter().copied()))?;
        for (name, sector) in
            [("local", "local_services"), ("business", "business_services"), ("both", "services")]
        {
            let policy =
                format!("policy.lever_change=[{{lever=\"industry_entry\",sector=\"{sector}\",value=0.0}}]");
            let spec = Spec::of(Base::Zhejiang, COARSE, 8).with(changes.iter().copied()).with([policy]);
            let refused = lab.run(&spec)?;
            let change = |indicator: &str| {
                refused.area(refused.first + 8, indicator) / free.area(free.first + 8, indicator) - 1.0
            };
            found.push(of(format!("services.{control}{name}.output"), change("output")));
            found.push(of(format!("services.{control}{name}.income"), change("real_income_per_head")));
        }
    }
    Ok(found)
}

fn leakage(lab: &mut Lab) -> Result<Vec<(String, f64)>> {
    const LEAKS: [&str; 4] = ["0", "0.3", "0.6", "0.9"];
    let mut found = Vec::new();
    for how in ["parameter", "lever"] {
        let mut flows = Vec::new();
        for leak in LEAKS {
            let value: f64 = leak.parse().unwrap_or_default();
            let change = match how {
                "parameter" => format!("parameters.deposit_leakage={value:?}"),
                _ => format!(
                    "policy.lever_change=[{{lever=\"deposit_leakage\",at={{tier=\"county\"}},value={value:?}}}]"
                ),
            };
            let spec = Spec { one_leakage: true, ..Spec::of(Base::Henan, COARSE, 3) };
            let ran = lab.run(&spec.with([change]))?;
            let sent = ran.flow(Factor::Capital, Tier::CountySeat, Tier::City);
            let back = ran.flow(Factor::Capital, Tier::City, Tier::CountySeat);
            found.push(of(format!("leakage.{how}.{leak}"), sent));
            found.push(of(format!("leakage.{how}.net.{leak}"), sent - back));
            flows.push(sent);
        }
        let up = flows.windows(2).filter(|pair| pair[1] > pair[0]).count();
        let down = flows.windows(2).filter(|pair| pair[1] < pair[0]).count();
        found.push(of(format!("leakage.{how}.steps"), up.max(down) as f64));
    }
    let shipped = lab.run(&Spec::of(Base::Henan, COARSE, 3))?;
    for tier in ["village", "county_seat"] {
        let sum = |indicator: &str| -> f64 {
            (1..=3).map(|t| shipped.get(shipped.first + t, indicator, "tier", tier)).sum()
        };
        found.push(of(format!("leakage.lender.{tier}"), sum("net_saving") / sum("saved")));
    }
    Ok(found)
}

fn unemployment(lab: &mut Lab) -> Result<Vec<(String, f64)>> {
    let mut found = Vec::new();
    for (name, base, agents) in [
        ("china", Base::China2010, COARSER),
        ("henan", Base::Henan2010, COARSE),
        ("zhejiang", Base::Zhejiang, COARSE),
    ] {
        let ran = lab.run(&Spec::of(base, agents, 10))?;
        let urban = ran.get(ran.first, "unemployment_rate", "settlement", "urban");
        let farm = |year| ran.get(year, "jobs", "sector", "agriculture") / ran.area(year, "jobs");
        found.push(of(format!("unemployment.{name}.base"), urban));
        found.push(of(format!("unemployment.{name}.farm"), farm(ran.first + 10) - farm(ran.first)));
    }
    Ok(found)
}

fn spread(lab: &mut Lab) -> Result<Vec<(String, f64)>> {
    let mut found = Vec::new();
    for (name, base, agents) in [("china", Base::China, FINE), ("henan", Base::Henan, COARSE)] {
        let ran = lab.run(&Spec::of(base, agents, 0))?;
        for tier in ["urban", "rural"] {
            let sd = |tag| ran.get(ran.first, &format!("sd_log_income_{tier}"), "tag", tag);
            found.push(of(format!("spread.{name}.{tier}"), sd(COMPARED)));
            found.push(of(format!("spread.{name}.all.{tier}"), sd(FORMERLY_POOR)));
        }
    }
    Ok(found)
}

/// Sources of income as facts call them.
const NAMES_OF_SOURCES: [&str; SOURCES] = ["wages", "business", "property", "transfers", "outside"];

fn elasticity(lab: &mut Lab) -> Result<Vec<(String, f64)>> {
    let ran = lab.run(&Spec::of(Base::China, FINE, 0))?;
    let mut found = Vec::new();
    for tier in ["urban", "rural"] {
        let slope = |tag| ran.get(ran.first, &format!("elasticity_income_{tier}"), "tag", tag);
        found.push(of(format!("elasticity.china.{tier}"), slope(COMPARED)));
        found.push(of(format!("elasticity.china.all.{tier}"), slope(FORMERLY_POOR)));
    }
    for (i, tier) in ["urban", "rural"].into_iter().enumerate() {
        let slopes = poor_counties::slopes(&ran.poor[0], i);
        let parts = NAMES_OF_SOURCES.into_iter().zip(slopes.sources);
        found.extend(parts.map(|(name, part)| of(format!("elasticity.part.{tier}.{name}"), part)));
        found.push(of(format!("elasticity.jobs.{tier}"), slopes.jobs));
        found.push(of(format!("elasticity.pay.{tier}"), slopes.pay));
    }
    Ok(found)
}

fn poor(lab: &mut Lab) -> Result<Vec<(String, f64)>> {
    let ran = lab.run(&Spec::of(Base::China, FINE, 0))?;
    let counties = &ran.poor[0];
    Ok(vec![
        of("poor.urban", poor_counties::mean_income(counties, 0)),
        of("poor.rural", poor_counties::mean_income(counties, 1)),
        of("poor.ratio", poor_counties::median_ratio(counties)),
    ])
}

fn ratio(lab: &mut Lab) -> Result<Vec<(String, f64)>> {
    let ran = lab.run(&Spec::of(Base::Zhejiang, COARSE, 5))?;
    let mut found: Vec<(String, f64)> = [2020, 2023, 2025]
        .into_iter()
        .map(|year| of(format!("ratio.{year}"), ran.area(year, "income_ratio_residence")))
        .collect();
    let (parts, change) = parts_of_the_ratio(&ran);
    let names = ["wages", "business", "property", "pensions", "public", "remittances", "levies", "outside"];
    found.extend(names.into_iter().zip(parts).map(|(name, part)| of(format!("ratio.part.{name}"), part)));
    found.push(of("ratio.change", change));
    Ok(found)
}

/// What each source of income adds to the change of the log of urban over rural income, and that change. With the
/// logarithmic mean `L(a, b) = (b - a)/ln(b/a)` of a total the parts `d part/L` add up to its change in logs exactly.
fn parts_of_the_ratio(ran: &Ran) -> (Vec<f64>, f64) {
    let (Some(then), Some(now)) = (ran.sources.first(), ran.sources.last()) else {
        return (Vec::new(), f64::NAN);
    };
    let by_tier = [0, 1].map(|tier| {
        let (a, b) = (then[tier].iter().sum::<f64>(), now[tier].iter().sum::<f64>());
        let mean = if a == b { a } else { (b - a) / libm::log(b / a) };
        let parts: Vec<f64> = then[tier].iter().zip(now[tier]).map(|(a, b)| (b - a) / mean).collect();
        (parts, libm::log(b / a))
    });
    let [(urban, of_urban), (rural, of_rural)] = by_tier;
    (urban.iter().zip(&rural).map(|(u, r)| u - r).collect(), of_urban - of_rural)
}

fn sources(lab: &mut Lab) -> Result<Vec<(String, f64)>> {
    let mut found = Vec::new();
    for (name, base, agents) in [("china", Base::China, FINE), ("zhejiang", Base::Zhejiang, COARSE)] {
        let ran = lab.run(&Spec::of(base, agents, 0))?;
        for tier in ["urban", "rural"] {
            let share =
                |source: &str| ran.get(ran.first, &format!("{source}_over_income"), "settlement", tier);
            let known = 1.0 - share("outside");
            for source in ["wages", "business", "property", "transfers"] {
                found.push(of(format!("sources.{name}.{tier}.{source}"), share(source) / known));
            }
        }
    }
    Ok(found)
}

fn growth(lab: &mut Lab) -> Result<Vec<(String, f64)>> {
    let ran = lab.run(&Spec::of(Base::China2010, COARSER, 10))?;
    let mut found = Vec::new();
    for tier in ["urban", "rural"] {
        let name = format!("elasticity_growth_{tier}");
        found.push(of(format!("growth.{tier}"), ran.get(ran.first + 10, &name, "tag", COMPARED)));
        found.push(of(format!("growth.all.{tier}"), ran.area(ran.first + 10, &name)));
    }
    let [then, now] = &ran.poor;
    for (i, tier) in ["urban", "rural"].into_iter().enumerate() {
        let growth = poor_counties::growth(then, now, i);
        if i == 0 {
            found.push(of("growth.spread", growth.spread));
            found.push(of("growth.residents", growth.residents));
        }
        found.push(of(format!("growth.jobs.{tier}"), growth.jobs));
        found.push(of(format!("growth.pay.{tier}"), growth.pay));
    }
    Ok(found)
}

/// Changes under which nothing is to move.
const STILL: [&str; 10] = [
    "drivers={}",
    "model.demography=false",
    "model.education=false",
    "model.conversion=false",
    "model.startups=false",
    "model.experience=false",
    "model.sector_review=false",
    "model.ecology=false",
    "model.relocation=false",
    "output.flows=\"tier\"",
];
const YEARS_STILL: u32 = 15;

fn still(lab: &mut Lab) -> Result<Vec<(String, f64)>> {
    let spec = Spec::of(Base::Zhejiang, FINER, YEARS_STILL)
        .with(STILL)
        .with(["model.failure=false", "model.capital=\"deterministic\""]);
    let ran = lab.run(&spec)?;
    // Capital of the row of the base year is what enters the first year, so all later rows compare with it.
    let worst = |indicator: &str| {
        let changes = (1..=YEARS_STILL as i32)
            .map(|t| ran.area(ran.first + t, indicator) / ran.area(ran.first, indicator) - 1.0);
        changes.max_by(|a, b| a.abs().total_cmp(&b.abs())).unwrap_or(f64::NAN)
    };
    Ok(vec![
        of("still.residents", worst("residents")),
        of("still.output", worst("output")),
        of("still.capital", worst("capital")),
        of("still.ratio", worst("income_ratio_residence")),
    ])
}

fn projects(lab: &mut Lab) -> Result<Vec<(String, f64)>> {
    let ran = lab.run(&Spec::of(Base::Zhejiang, COARSE, YEARS_STILL).with(STILL))?;
    let over = |pick: fn(f64, f64) -> f64| ran.projects[1..].iter().copied().reduce(pick);
    let first = ran.projects[0];
    Ok(vec![
        of("projects.least", over(f64::min).unwrap_or(f64::NAN) / first),
        of("projects.most", over(f64::max).unwrap_or(f64::NAN) / first),
    ])
}

fn vital(lab: &mut Lab) -> Result<Vec<(String, f64)>> {
    let ran = lab.run(&Spec::of(Base::Zhejiang, 200, 4))?;
    let mut found = Vec::new();
    for kind in ["births", "deaths"] {
        for year in 2021..=2023 {
            found.push(of(format!("vital.{kind}.{year}"), ran.area(year, kind)));
        }
    }
    let natural: f64 = (2021..=2023).map(|year| ran.area(year, "births") - ran.area(year, "deaths")).sum();
    let change = ran.area(2023, "residents") - ran.area(2020, "residents");
    found.push(of("vital.migration", change - natural));
    found.push(of("vital.residents", ran.area(2024, "residents")));
    Ok(found)
}

fn agents(lab: &mut Lab) -> Result<Vec<(String, f64)>> {
    const FINEST: f64 = 10.0;
    let fine = lab.run(&Spec::of(Base::Zhejiang, FINEST as u32, 2))?;
    let mut found = Vec::new();
    for persons in [100_u32, 1_000] {
        let coarse = lab.run(&Spec::of(Base::Zhejiang, persons, 2))?;
        let w = f64::from(persons);
        let two_years = |ran: &Ran, kind: &str| ran.area(ran.first + 1, kind) + ran.area(ran.first + 2, kind);
        // A count of n persons by w an agent has the variance w n.
        let poisson = |a: f64, b: f64, events: f64| (b - a) / libm::sqrt(events * (w + FINEST));
        for kind in ["births", "deaths"] {
            let (a, b) = (two_years(&fine, kind), two_years(&coarse, kind));
            found.push(of(format!("agents.{persons}.{kind}"), poisson(a, b, a)));
        }
        let crossed: f64 = [Factor::Labour, Factor::Talent]
            .into_iter()
            .flat_map(|factor| {
                Tier::ALL.map(|tier| {
                    fine.flow(factor, Tier::Outside, tier) + fine.flow(factor, tier, Tier::Outside)
                })
            })
            .sum();
        let moved = crossed + two_years(&fine, "births") + two_years(&fine, "deaths");
        let last = fine.first + 2;
        let residents = poisson(fine.area(last, "residents"), coarse.area(last, "residents"), moved);
        found.push(of(format!("agents.{persons}.residents"), residents));
        // The cohort of a node and skill is rounded to whole agents: at most a quarter of one squared, and it moves.
        let rounding = 2.0 * fine.nodes as f64 * 0.25 * (w * w + FINEST * FINEST);
        let drawn = 0.1 * fine.eighteen(2) * (w + FINEST);
        let cohort = (coarse.eighteen(2) - fine.eighteen(2)) / libm::sqrt(rounding + drawn);
        found.push(of(format!("agents.{persons}.eighteen"), cohort));
    }
    Ok(found)
}

fn moves(lab: &mut Lab) -> Result<Vec<(String, f64)>> {
    let ran = lab.run(&Spec::of(Base::China2010, COARSER, 10))?;
    let [county, place] = ran.moved.last().copied().unwrap_or([f64::NAN; 2]);
    Ok(vec![of("moves.county", county), of("moves.place", place)])
}

fn sizes(lab: &mut Lab) -> Result<Vec<(String, f64)>> {
    const PERSONS: [u32; 3] = [10, 100, 1_000];
    let mut found = Vec::new();
    let mut finest = None;
    for persons in PERSONS {
        let run = super::sizes::at_size(lab, persons)?;
        // The first is the finest: others are held against it.
        let finest = *finest.get_or_insert(run);
        for (i, tier) in super::sizes::TIERS.iter().enumerate() {
            let name = format!("sizes.{persons}.{}", tier.name());
            let against = run.residents[i] / finest.residents[i] - 1.0;
            found.push(of(name, if persons == PERSONS[0] { run.residents[i] } else { against }));
        }
        for (name, here, there) in
            [("births", run.births, finest.births), ("deaths", run.deaths, finest.deaths)]
        {
            let against = here / there - 1.0;
            found.push(of(
                format!("sizes.{persons}.{name}"),
                if persons == PERSONS[0] { here } else { against },
            ));
        }
        found.push(of(format!("sizes.{persons}.rise"), run.rise));
        found.push(of(format!("sizes.{persons}.promise"), run.promise));
    }
    Ok(found)
}

fn spending(lab: &mut Lab) -> Result<Vec<(String, f64)>> {
    let ran = lab.run(&Spec::of(Base::Zhejiang, COARSE, 0))?;
    let log = |f: fn(&super::lab::PrefectureLevels) -> f64| -> Vec<f64> {
        ran.prefectures.iter().map(|p| libm::log(f(p))).collect()
    };
    let columns = [
        Regressor::constant(ran.prefectures.len()),
        Regressor::new("output", log(|p| p.output)),
        Regressor::new("density", log(|p| p.density)),
    ];
    let slopes = ordinary(&columns, &log(|p| p.spending))?.coefficients;
    Ok(vec![
        of("spending.prefectures", ran.area(ran.first, "cv_spending_prefectures")),
        of("spending.output", slopes[1]),
        of("spending.density", slopes[2]),
        of("spending.counties", ran.area(ran.first, "cv_spending_counties")),
    ])
}

fn levels(lab: &mut Lab) -> Result<Vec<(String, f64)>> {
    let mut found = Vec::new();
    for (name, base) in [("zhejiang", Base::Zhejiang), ("henan", Base::Henan)] {
        let ran = lab.run(&Spec::of(base, COARSE, 10))?;
        let idle = lab.run(&Spec::of(base, COARSE, 0).with(["drivers.technology={}"]))?;
        let base_year = |indicator: &str| ran.area(ran.first, indicator);
        let grown = ran.area(ran.first + 10, "output") / base_year("output");
        found.extend([
            of(format!("levels.{name}.capital"), base_year("capital_output_ratio")),
            of(
                format!("levels.{name}.driver"),
                idle.area(idle.first, "capital_output_ratio") / base_year("capital_output_ratio") - 1.0,
            ),
            of(format!("levels.{name}.income"), base_year("income_over_output")),
            of(format!("levels.{name}.revenue"), base_year("self_sufficiency")),
            of(format!("levels.{name}.growth"), libm::pow(grown, 0.1) - 1.0),
        ]);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_the_ratio_add_up_to_its_change() {
        let mut ran = Ran::default();
        let year = |scale: f64| {
            [
                [10.0 * scale, 2.0, 3.0, 4.0, 0.5, -1.0, -0.5, 2.0],
                [3.0, 2.0 * scale, 0.5, 1.0 * scale, 0.2, 0.4, -0.1, 1.0],
            ]
        };
        ran.sources = vec![year(1.0), year(1.3), year(1.7)];
        let (parts, change) = parts_of_the_ratio(&ran);
        assert!((parts.iter().sum::<f64>() - change).abs() < 1e-12, "{parts:?} {change}");
        assert!(parts[0] > 0.0 && parts[3] < 0.0 && parts[4].abs() < 1e-12);
    }
}
