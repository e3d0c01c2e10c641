//! The arguments of `shanhai prepare`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::messages;
use crate::prepare::{Area, Preset, Report, Request, Rules, columns, prepare};
use crate::printable::left;
use crate::scenario::files::{Files, Input};
use crate::scenario::mapping::Mapping;
use crate::scenario::problem::Problems;
use crate::{Error, Result};

/// Turn county tables into the tables of a study area.
#[derive(Clone, Debug, clap::Args)]
pub struct Args {
    /// Print every column that can be used, with unit, meaning and what is done without it, and end
    #[arg(long, conflicts_with = "quiet")]
    pub explain: bool,
    /// Mapping files: which columns of the tables hold what (may be given several times; the last one holds), or the name of
    /// one that comes with the program
    #[arg(long, value_name = "FILE|NAME")]
    pub mapping: Vec<String>,
    /// Print the mappings that come with the program, and end
    #[arg(long, conflicts_with = "quiet")]
    pub list_mappings: bool,
    /// Facts that stand for ages and graduates where the census has none
    #[arg(long, value_name = "NAME")]
    pub preset: Option<Preset>,
    /// County table of the census: CSV or workbook, in the layout of 2010 or 2020, or as a mapping says
    #[arg(long, value_name = "FILE", required_unless_present_any = ["explain", "list_mappings"])]
    pub census: Option<PathBuf>,
    /// Year the census must be of
    #[arg(long, value_name = "YEAR")]
    pub year: Option<i32>,
    /// Coordinates and area of units
    #[arg(long, value_name = "FILE", required_unless_present_any = ["explain", "list_mappings"])]
    pub centroids: Option<PathBuf>,
    /// County output (without it, and without prefecture output: jobs times a wage level)
    #[arg(long, value_name = "FILE")]
    pub gdp: Option<PathBuf>,
    /// Output published for other boundaries: columns group, published, unit
    #[arg(long, value_name = "FILE")]
    pub gdp_groups: Option<PathBuf>,
    /// Prefecture output by sector
    #[arg(long, value_name = "FILE")]
    pub prefecture_gdp: Option<PathBuf>,
    /// Jobs and value added by industry of the nation (without it: the tables of 2010 and 2020 of the program)
    #[arg(long, value_name = "FILE")]
    pub industries: Option<PathBuf>,
    /// Province output, to which units are scaled
    #[arg(long, value_name = "FILE")]
    pub province_gdp: Option<PathBuf>,
    /// Persons by province: columns origin_code, destination_code, persons
    #[arg(long, value_name = "FILE")]
    pub origins: Option<PathBuf>,
    /// Counted people by place of origin and of residence, at any one level: columns origin, destination, persons
    #[arg(long, value_name = "FILE")]
    pub flows: Option<PathBuf>,
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
    /// Units whose output per head is believed though it is far from the others'
    #[arg(long, value_name = "CODES", value_delimiter = ',')]
    pub believe: Vec<String>,
    /// Provinces of the area by code or name, or `all`
    #[arg(long, value_name = "CODES", value_delimiter = ',', required_unless_present_any = ["prefectures", "explain", "list_mappings"])]
    pub provinces: Vec<String>,
    /// Prefectures of the area by code or name
    #[arg(long, value_name = "CODES", value_delimiter = ',', conflicts_with = "provinces")]
    pub prefectures: Vec<String>,
    /// Point that stands for the rest of the country
    #[arg(long, value_name = "LON,LAT", value_delimiter = ',', allow_negative_numbers = true)]
    pub outside: Vec<f64>,
    /// Codes of units by year and what followed them (without it: those of China 1981 to 2025 in the program)
    #[arg(long, value_name = "FILE")]
    pub changes: Option<PathBuf>,
    /// Folder to write into
    #[arg(long, value_name = "DIR", required_unless_present_any = ["explain", "list_mappings"])]
    pub out: Option<PathBuf>,
    /// Replace files that are there
    #[arg(long)]
    pub force: bool,
    /// No progress and nothing printed; warnings and errors are told all the same
    #[arg(long)]
    pub quiet: bool,
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
    /// Least employed of the long form per resident of 15 and over, relative to the province, that are believed
    participation_least: f64 = |r: &mut Rules, x| r.participation_least = x;
    /// Spread of the log employment rate of towns around their province; 0 gives towns and countryside one rate
    town_spread: f64 = |r: &mut Rules, x| r.town_spread = x;
    /// The same of the countryside
    country_spread: f64 = |r: &mut Rules, x| r.country_spread = x;
    /// Correlation of the two in a unit
    town_correlation: f64 = |r: &mut Rules, x| r.town_correlation = x;
    /// Share of catering and culture jobs that serve visitors
    tourism_share: f64 = |r: &mut Rules, x| r.tourism_share = x;
    /// Part of trade jobs that is wholesale at the nation's trade jobs a resident
    wholesale_share: f64 = |r: &mut Rules, x| r.wholesale_share = x;
    /// Fall of the retail part of trade jobs with trade jobs a resident
    wholesale_elasticity: f64 = |r: &mut Rules, x| r.wholesale_elasticity = x;
    /// Part of real estate's value added that is living in homes
    dwellings: f64 = |r: &mut Rules, x| r.dwellings = x;
    /// Fewest workers of a sector outside farming in a village
    village_cell_minimum: i64 = |r: &mut Rules, x| r.village_cell_minimum = x;
    /// Share of farm jobs in the village
    farm_jobs_village: f64 = |r: &mut Rules, x| r.farm_jobs_village = x;
    /// Most of a village's workers that farm
    farm_share_cap: f64 = |r: &mut Rules, x| r.farm_share_cap = x;
    /// Share of other village workers who work at the seat
    commuting: f64 = |r: &mut Rules, x| r.commuting = x;
    /// Output of a village worker outside farming, relative to the seat's
    village_output: f64 = |r: &mut Rules, x| r.village_output = x;
    /// Minimum wages that a village job outside farming makes at least, if the unit's mean is as much
    village_minimum_wages: f64 = |r: &mut Rules, x| r.village_minimum_wages = x;
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
    /// Share of a unit from which its village is a node of its own however small
    village_least_share: f64 = |r: &mut Rules, x| r.village_least_share = x;
    /// Fewest residents of a prefecture's remainder that are kept
    remainder_minimum: i64 = |r: &mut Rules, x| r.remainder_minimum = x;
    /// Density at which the urban node's land is cut out, persons per km2
    urban_density: f64 = |r: &mut Rules, x| r.urban_density = x;
    /// Most of a county's land that the urban node takes
    urban_area_cap: f64 = |r: &mut Rules, x| r.urban_area_cap = x;
    /// Growth of output from the base year to the year of the county figures
    output_growth: f64 = |r: &mut Rules, x| r.output_growth = Some(x);
    /// Elasticity of farm output per job in the wage level
    farm_wage_elasticity: f64 = |r: &mut Rules, x| r.farm_wage_elasticity = x;
    /// Minimum wages of the base year over those of 2018
    minimum_wage_level: f64 = |r: &mut Rules, x| r.minimum_wage_level = Some(x);
    /// Share of newcomers from the own province who come from the area
    newcomers_inside: f64 = |r: &mut Rules, x| r.newcomers_inside = x;
    /// Urban residents from which a unit is a city
    city_urban_residents: f64 = |r: &mut Rules, x| r.city_urban_residents = Some(x);
    /// Part of service jobs that are business services where the census has one column
    business_services: f64 = |r: &mut Rules, x| r.business_services = x;
}

impl Args {
    /// The request that these arguments make.
    pub fn request(&self) -> Result<Request> {
        let pair = |flag: &str, numbers: &[f64]| match numbers {
            [] => Ok(None),
            [a, b] if a.is_finite() && b.is_finite() => Ok(Some((*a, *b))),
            _ => Err(Error::Usage {
                found: messages::flag_with_numbers(flag, numbers.len()),
                expected: messages::give_two_numbers(),
            }),
        };
        let means = pair("--income-means", &self.income_means)?;
        let area = if !self.prefectures.is_empty() {
            Area::Prefectures(self.prefectures.clone())
        } else if self.provinces == ["all"] || self.provinces == ["china"] {
            Area::All
        } else {
            Area::Provinces(self.provinces.clone())
        };
        let mapping = self.mapping()?;
        let mut rules = self.rules.rules();
        rules.city_urban_residents = rules.city_urban_residents.or(mapping.city_urban_residents);
        let given = |path: &Option<PathBuf>| path.clone().unwrap_or_default();
        Ok(Request {
            files: Files::folder(""),
            census: given(&self.census),
            year: self.year,
            centroids: given(&self.centroids),
            gdp: self.gdp.clone(),
            gdp_groups: self.gdp_groups.clone(),
            prefecture_gdp: self.prefecture_gdp.clone(),
            industries: self.industries.clone(),
            province_gdp: self.province_gdp.clone(),
            origins: self.origins.clone(),
            flows: self.flows.clone(),
            registered: self.registered.clone(),
            minimum_wage: self.minimum_wage.clone(),
            prefecture_wage: self.prefecture_wage.clone(),
            income: self.income.clone(),
            income_means: [means.map(|m| m.0), means.map(|m| m.1)],
            tags: self.tags.clone(),
            renames: self.renames.clone(),
            joins: self.joins.clone(),
            believed: self.believe.clone(),
            pools: BTreeMap::new(),
            area,
            outside: pair("--outside", &self.outside)?,
            mapping,
            changes: self.changes.clone(),
            preset: self.preset,
            out: given(&self.out),
            force: self.force,
            rules,
        })
    }

    /// The mapping files, put over each other in their order.
    fn mapping(&self) -> Result<Mapping> {
        let words = columns::words();
        let mut mapping = Mapping::default();
        let mut problems = Problems::new();
        for name in &self.mapping {
            let input = match shipped(name) {
                Some(text) => Input::in_memory(name, text.as_bytes().to_vec()),
                None => Input::on_disk(Path::new(name)),
            };
            mapping.put(Mapping::read(&input, &words, &mut problems));
        }
        problems.check()?;
        Ok(mapping)
    }
}

/// Mappings that come with the program: name, text.
const MAPPINGS: [(&str, &str); 3] = [
    ("census_county_zh", include_str!("../prepare/mappings/census_county_zh.toml")),
    ("yearbook_county", include_str!("../prepare/mappings/yearbook_county.toml")),
    ("yearbook_prefecture", include_str!("../prepare/mappings/yearbook_prefecture.toml")),
];

/// The text of a mapping that comes with the program.
fn shipped(name: &str) -> Option<&'static str> {
    MAPPINGS.iter().find(|(known, _)| *known == name).map(|(_, text)| *text)
}

/// Runs the command: writes the tables and says on standard output what they hold.
pub fn run(args: &Args) -> Result<Report> {
    if args.explain {
        super::print(&columns::explained())?;
        return Ok(Report::default());
    }
    if args.list_mappings {
        let each = MAPPINGS.iter().map(|(name, text)| format!("# {name}\n{text}\n"));
        super::print(&each.collect::<String>())?;
        return Ok(Report::default());
    }
    let request = args.request()?;
    let report = prepare(&request)?;
    if args.quiet {
        return Ok(report);
    }
    let lines: String = report
        .totals
        .iter()
        .map(|(name, value)| format!("{} {value:>16}\n", left(&messages::known(name), 50)))
        .collect();
    super::print(&format!("{lines}\n{}\n", messages::tables_prepared(request.out.display())))?;
    Ok(report)
}
