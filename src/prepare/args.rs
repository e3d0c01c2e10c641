//! The arguments of `shanhai prepare`.

use std::path::PathBuf;

use super::{Area, Report, Request, Rules, prepare};
use crate::{Error, Result};

/// Turn county tables into the tables of a study area.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// County table of the census of 2010 or 2020
    #[arg(long, value_name = "FILE")]
    pub census: PathBuf,
    /// Year the census must be of
    #[arg(long, value_name = "YEAR")]
    pub year: Option<i32>,
    /// Coordinates and area of units
    #[arg(long, value_name = "FILE")]
    pub centroids: PathBuf,
    /// County output (without it, and without prefecture output: jobs times a wage level)
    #[arg(long, value_name = "FILE")]
    pub gdp: Option<PathBuf>,
    /// Output published for other boundaries: columns group, published, unit
    #[arg(long, value_name = "FILE")]
    pub gdp_groups: Option<PathBuf>,
    /// Prefecture output by sector
    #[arg(long, value_name = "FILE")]
    pub prefecture_gdp: Option<PathBuf>,
    /// Registered population (needed where the census has none: 2020)
    #[arg(long, value_name = "FILE")]
    pub registered: Option<PathBuf>,
    /// Minimum wages of 2018
    #[arg(long, value_name = "FILE")]
    pub minimum_wage: Option<PathBuf>,
    /// Mean wages by prefecture
    #[arg(long, value_name = "FILE")]
    pub prefecture_wage: Option<PathBuf>,
    /// Disposable income by prefecture
    #[arg(long, value_name = "FILE")]
    pub income: Option<PathBuf>,
    /// Published urban and rural mean of the area, to which prefecture incomes are scaled
    #[arg(long, value_name = "URBAN,RURAL", value_delimiter = ',', num_args = 1)]
    pub income_means: Vec<f64>,
    /// Tags: columns gb_code, tag (may be given several times)
    #[arg(long, value_name = "FILE")]
    pub tags: Vec<PathBuf>,
    /// Units that other tables have under a later code: columns gb_code, later_code, kind
    #[arg(long, value_name = "FILE")]
    pub renames: Option<PathBuf>,
    /// Units that join another one: columns from, into
    #[arg(long, value_name = "FILE")]
    pub joins: Option<PathBuf>,
    /// Provinces of the area, or `all`
    #[arg(long, value_name = "CODES", value_delimiter = ',', required_unless_present = "prefectures")]
    pub provinces: Vec<String>,
    /// Prefectures of the area
    #[arg(long, value_name = "CODES", value_delimiter = ',', conflicts_with = "provinces")]
    pub prefectures: Vec<String>,
    /// Point that stands for the rest of the country
    #[arg(long, value_name = "LON,LAT", value_delimiter = ',', allow_negative_numbers = true)]
    pub outside: Vec<f64>,
    /// Folder to write into
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    #[command(flatten)]
    pub rules: RuleArgs,
}

/// Declares one optional flag for each constant and how it overrides the default.
macro_rules! rule_args {
    ($($(#[$doc:meta])* $field:ident: $kind:ty = $set:expr;)*) => {
        /// Constants of the construction; see `Rules` for their sources.
        #[derive(Clone, Debug, Default, clap::Args)]
        #[command(next_help_heading = "Rules of the construction")]
        pub struct RuleArgs {
            $($(#[$doc])* #[arg(long, value_name = "NUMBER")] pub $field: Option<$kind>,)*
        }

        impl RuleArgs {
            /// The default rules with what was given in their place.
            pub fn rules(&self) -> Rules {
                let mut rules = Rules::default();
                $(if let Some(value) = self.$field { $set(&mut rules, value); })*
                rules
            }
        }
    };
}

rule_args! {
    /// Employed persons for ten persons of the long form
    participation_factor: f64 = |r: &mut Rules, x| r.participation_factor = Some(x);
    /// Most employed per resident of 15 and over
    participation_cap: f64 = |r: &mut Rules, x| r.participation_cap = x;
    /// Share of catering and culture jobs that serve visitors
    tourism_share: f64 = |r: &mut Rules, x| r.tourism_share = x;
    /// Share of farm jobs in the village
    farm_jobs_village: f64 = |r: &mut Rules, x| r.farm_jobs_village = x;
    /// Most of a village's workers that farm
    farm_share_cap: f64 = |r: &mut Rules, x| r.farm_share_cap = x;
    /// Share of other village workers who work at the seat
    commuting: f64 = |r: &mut Rules, x| r.commuting = x;
    /// Output of a village worker outside farming, relative to the seat's
    village_output: f64 = |r: &mut Rules, x| r.village_output = x;
    /// Output of a farm job where none is published, yuan
    farm_output_yuan: f64 = |r: &mut Rules, x| r.farm_output_yuan = x;
    /// Factor within which published farm output per job is believed
    farm_output_bound: f64 = |r: &mut Rules, x| r.farm_output_bound = x;
    /// Odds that a newcomer lives in the village, relative to residents
    newcomer_village_odds: f64 = |r: &mut Rules, x| r.newcomer_village_odds = x;
    /// Share of movers within the county who are villagers at the seat
    villagers_at_seat: f64 = |r: &mut Rules, x| r.villagers_at_seat = x;
    /// Most of the seat's stayers who are registered in the village
    villagers_at_seat_cap: f64 = |r: &mut Rules, x| r.villagers_at_seat_cap = x;
    /// Share of movers within the county who are townspeople in the village
    townspeople_in_village: f64 = |r: &mut Rules, x| r.townspeople_in_village = x;
    /// Most of the village's stayers who are registered at the seat
    townspeople_in_village_cap: f64 = |r: &mut Rules, x| r.townspeople_in_village_cap = x;
    /// Least share of registered people living elsewhere
    leavers_floor: f64 = |r: &mut Rules, x| r.leavers_floor = x;
    /// Most of a province's leavers who live inside it
    leavers_inside_cap: f64 = |r: &mut Rules, x| r.leavers_inside_cap = x;
    /// Odds ratio of tertiary education, urban to village
    talent_odds: f64 = |r: &mut Rules, x| r.talent_odds = x;
    /// Fewest residents of a village node
    village_minimum: i64 = |r: &mut Rules, x| r.village_minimum = x;
    /// Fewest residents of a prefecture's remainder that are kept
    remainder_minimum: i64 = |r: &mut Rules, x| r.remainder_minimum = x;
    /// Density at which the urban node's land is cut out, persons per km2
    urban_density: f64 = |r: &mut Rules, x| r.urban_density = x;
    /// Most of a county's land that the urban node takes
    urban_area_cap: f64 = |r: &mut Rules, x| r.urban_area_cap = x;
    /// Growth of output from the base year to the year of the county figures
    output_growth: f64 = |r: &mut Rules, x| r.output_growth = x;
    /// Elasticity of farm output per job in the wage level
    farm_wage_elasticity: f64 = |r: &mut Rules, x| r.farm_wage_elasticity = x;
    /// Minimum wages of the base year over those of 2018
    minimum_wage_level: f64 = |r: &mut Rules, x| r.minimum_wage_level = Some(x);
    /// Share of newcomers from the own province who come from the area
    newcomers_inside: f64 = |r: &mut Rules, x| r.newcomers_inside = x;
}

impl Args {
    /// The request that these arguments make.
    pub fn request(&self) -> Result<Request> {
        let pair = |flag: &str, numbers: &[f64]| match numbers {
            [] => Ok(None),
            [a, b] if a.is_finite() && b.is_finite() => Ok(Some((*a, *b))),
            _ => Err(Error::Usage {
                found: format!("{flag} with {} numbers", numbers.len()),
                expected: "give two, with a comma between them".into(),
            }),
        };
        let means = pair("--income-means", &self.income_means)?;
        let area = if !self.prefectures.is_empty() {
            Area::Prefectures(self.prefectures.clone())
        } else if self.provinces == ["all"] {
            Area::All
        } else {
            Area::Provinces(self.provinces.clone())
        };
        Ok(Request {
            census: self.census.clone(),
            year: self.year,
            centroids: self.centroids.clone(),
            gdp: self.gdp.clone(),
            gdp_groups: self.gdp_groups.clone(),
            prefecture_gdp: self.prefecture_gdp.clone(),
            registered: self.registered.clone(),
            minimum_wage: self.minimum_wage.clone(),
            prefecture_wage: self.prefecture_wage.clone(),
            income: self.income.clone(),
            income_means: [means.map(|m| m.0), means.map(|m| m.1)],
            tags: self.tags.clone(),
            renames: self.renames.clone(),
            joins: self.joins.clone(),
            area,
            outside: pair("--outside", &self.outside)?,
            out: self.out.clone(),
            rules: self.rules.rules(),
        })
    }
}

/// Runs the command: writes the tables and says on standard output what they hold.
pub fn run(args: &Args) -> Result<Report> {
    let report = prepare(&args.request()?)?;
    for (name, value) in &report.totals {
        println!("{name:<50} {value:>16}");
    }
    println!("\nwrote {}; what was missing or assumed is in provenance.md there", args.out.display());
    Ok(report)
}
