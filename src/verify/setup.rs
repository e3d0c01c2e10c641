//! Scenarios of the cases, as files that plain `run` reads.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use crate::messages;
use crate::world::sector::{SECTOR_TABLE, SECTORS};
use crate::{Error, Result};

/// One place: a row of `nodes.csv`.
#[derive(Clone, Debug)]
pub struct Place {
    pub id: String,
    pub tier: &'static str,
    pub county: String,
    pub prefecture: String,
    pub province: String,
    /// Longitude and latitude, degrees.
    pub point: (f64, f64),
    /// Residents by five-year age group.
    pub ages: [u64; 18],
    pub talent: u64,
    /// Residents registered in the own county: at the seat, at the village.
    pub stayers: [u64; 2],
    /// Residents registered elsewhere: in the own province, in another one.
    pub newcomers: [u64; 2],
    pub registered: u64,
    pub employed: [u64; SECTORS],
    pub commuters: u64,
    /// Value added, yuan.
    pub output: [f64; SECTORS],
    pub amenity: f64,
    /// Square kilometres; absent: what the reader of tables takes.
    pub area: Option<f64>,
    pub housing: Option<f64>,
    pub capital: Option<f64>,
    pub jobs: Option<f64>,
    pub wedge: Option<f64>,
    /// What the nation pays for its jobs, and what the prefecture and the county are relative to; only if a case is about pay.
    pub pay: Option<Pay>,
}

/// What a table knows of pay in industry.
#[derive(Clone, Copy, Debug)]
pub struct Pay {
    /// What a job of the place's industries pays in the nation, yuan a year.
    pub job: f64,
    /// Share of capital in these industries in the nation.
    pub capital: f64,
    /// Mean wage of the prefecture, yuan a year.
    pub prefecture: f64,
    /// Minimum wage of the county, yuan a year.
    pub minimum: f64,
}

/// The age group 35-39, in which everybody is unless a case is about ages.
const WORKING: usize = 7;

impl Place {
    /// A county seat that is a county and prefecture of its own, where `residents` live who are registered
    /// here, are 35 to 39 years old and work in `sector` at `wage` yuan.
    pub fn new(id: &str, residents: u64, sector: usize, wage: f64) -> Place {
        let mut ages = [0; 18];
        ages[WORKING] = residents;
        let (mut employed, mut output) = ([0; SECTORS], [0.0; SECTORS]);
        employed[sector] = residents;
        output[sector] = wage * residents as f64;
        Place {
            id: id.into(),
            tier: "county_seat",
            county: format!("c{id}"),
            prefecture: format!("p{id}"),
            province: "land".into(),
            point: (110.0, 30.0),
            ages,
            talent: 0,
            stayers: [residents, 0],
            newcomers: [0, 0],
            registered: residents,
            employed,
            commuters: 0,
            output,
            amenity: 0.0,
            area: None,
            housing: None,
            capital: None,
            jobs: None,
            wedge: None,
            pay: None,
        }
    }

    /// The same place with residents who are registered elsewhere in the province.
    #[must_use]
    pub(crate) fn of_newcomers(mut self) -> Place {
        self.newcomers[0] += self.stayers[0];
        self.stayers = [0, 0];
        self.registered = 0;
        self
    }
}

/// Pensions of the one province of a case: recipients, and what each gets a year in yuan; employees, residents.
#[derive(Clone, Copy, Debug)]
pub struct Pensions {
    pub recipients: [u64; 2],
    pub yuan: [f64; 2],
}

/// A scenario of a case.
#[derive(Clone, Debug)]
pub struct Setup {
    /// Folder name and title.
    pub name: String,
    pub places: Vec<Place>,
    /// Moving costs: home, prefecture, log points of income.
    pub costs: Vec<(String, String, f64)>,
    pub pensions: Option<Pensions>,
    pub years: u32,
    pub persons_per_agent: u32,
    /// `census` or `utility`.
    pub base: &'static str,
    /// Keys of `[model]` that differ from everything off.
    pub model: Vec<(&'static str, String)>,
    /// Parameters that differ from [`QUIET`].
    pub parameters: Vec<(&'static str, f64)>,
    /// Further sections of the scenario, TOML.
    pub sections: String,
}

/// Parameters at which nothing but labour makes output, nothing is taxed, saved, leaked or remitted, and
/// only income and amenity matter to people.
pub(crate) const QUIET: &[(&str, f64)] = &[
    ("nest_dissimilarity", 1.0),
    ("distance_loss", 0.0),
    ("prefecture_border", 0.0),
    ("services_weight", 0.0),
    ("environment_weight", 0.0),
    ("remittance_share", 0.0),
    ("remittance_share_county", 0.0),
    ("land_retention_county", 1.0),
    ("land_retention", 0.0),
    ("human_capital_gini", 0.0),
    ("most_at_work", 1.0),
    ("purse_share", 0.0),
    ("housing_spending_share", 0.0),
    ("local_spending_share", 0.0),
    ("tourism_spending_share", 0.0),
    ("trade_wedge_village", 1.0),
    ("trade_wedge_seat", 1.0),
    ("saving_rate_urban", 0.0),
    ("saving_rate_village", 0.0),
    ("housing_saving_urban", 0.0),
    ("housing_saving_village", 0.0),
    ("rent_upkeep_urban", 0.0),
    ("rent_upkeep_village", 0.0),
    ("deposit_leakage", 0.0),
    ("farm_land_share", 0.0),
    ("farm_capital_share", 0.0),
    ("industry_capital_share", 0.0),
    ("business_capital_share", 0.0),
    ("local_capital_share", 0.0),
    ("public_capital_share", 0.0),
    ("shop_county", 0.0),
    ("shop_prefecture", 0.0),
    ("outside_local", 1.0),
    ("gross_return", 0.0),
    ("agglomeration_talent", 0.0),
    ("agglomeration_workers", 0.0),
    ("public_capital_elasticity", 0.0),
    ("floor_scale", 0.0),
    ("unemployment_city", 0.0),
    ("unemployment_seat", 0.0),
    ("unemployment_village", 0.0),
    ("wage_own", 1.0),
    ("job_creation", 0.0),
    ("thin_group", 0.0),
    ("relocation_review", 0.0),
    ("relocation_loss", 0.0),
    ("cash_target", 0.0),
    ("cash_start", 0.0),
    ("home_pool_share", 0.0),
    ("perceived_return_prefecture", 1.0),
    ("perceived_return_far", 1.0),
    ("revenue_tax_rate", 0.0),
    ("profit_tax_rate", 0.0),
    ("income_tax_rate", 0.0),
    ("spend_transfers", 0.0),
    ("province_share", 0.0),
    ("central_return_share", 0.0),
    ("equalisation", 1.0),
    ("need_size", 0.0),
    ("need_sparsity", 0.0),
    ("land_revenue_share", 0.0),
    ("housing_supply_elasticity", 0.0),
    ("congestion_loss", 0.0),
    ("entry_cost", 0.0),
    ("entry_delay", 0.0),
    ("land_share", 0.0),
    ("farm_shock_sd", 0.0),
];

/// Switches of `[model]`, all off in a case unless it says otherwise.
pub(super) const SWITCHES: [&str; 12] = [
    "demography",
    "education",
    "conversion",
    "experience",
    "startups",
    "failure",
    "relocation",
    "migration",
    "sector_review",
    "investment",
    "housing",
    "ecology",
];

impl Setup {
    /// A scenario with everything off.
    pub fn new(name: &str, places: Vec<Place>) -> Setup {
        Setup {
            name: name.into(),
            places,
            costs: Vec::new(),
            pensions: None,
            years: 1,
            persons_per_agent: 1,
            base: "utility",
            model: Vec::new(),
            parameters: Vec::new(),
            sections: String::new(),
        }
    }

    /// Turns a module on.
    #[must_use]
    pub fn on(mut self, module: &'static str) -> Setup {
        self.model.push((module, "true".into()));
        self
    }

    /// Sets a word of `[model]`.
    #[must_use]
    pub fn word(mut self, key: &'static str, word: &str) -> Setup {
        self.model.push((key, format!("\"{word}\"")));
        self
    }

    /// Sets parameters.
    #[must_use]
    pub fn with(mut self, parameters: &[(&'static str, f64)]) -> Setup {
        for &(key, value) in parameters {
            self.parameters.retain(|(k, _)| *k != key);
            self.parameters.push((key, value));
        }
        self
    }

    /// Persons who review their place: a share psi of everybody each year, whatever the age.
    #[must_use]
    pub(crate) fn migrating(self, kappa: f64, psi: f64) -> Setup {
        self.on("migration").with(&[
            ("location_elasticity_workers", kappa),
            ("location_elasticity_talent", kappa),
            ("review_rate_18_34", psi),
            ("moves_children", 0.0),
            ("moves_work", 0.0),
        ])
    }

    /// Sets the years of a run.
    #[must_use]
    pub(crate) fn lasting(mut self, years: u32) -> Setup {
        self.years = years;
        self
    }

    /// The scenario file.
    pub fn toml(&self, case: &str, seed: u64) -> String {
        let mut t = String::new();
        let mut line = |text: String| {
            let _ = writeln!(t, "{text}");
        };
        line(format!("title = \"{case}: {}\"", self.name));
        line(
            "description = \"Written by `shanhai verify --export`; `verify` compares it with its closed form.\""
                .into(),
        );
        line("[run]\nstart_year = 2000".into());
        line(format!(
            "years = {}\nseed = {seed}\npersons_per_agent = {}",
            self.years, self.persons_per_agent
        ));
        line(format!("[world]\nnodes = \"nodes.csv\"\npreset = \"china_2020\"\nbase = \"{}\"", self.base));
        if !self.costs.is_empty() {
            line("moving_costs = \"moving_costs.csv\"".into());
        }
        if self.pensions.is_some() {
            line("pensions = \"pensions.csv\"".into());
        }
        line("[model]".into());
        for key in SWITCHES {
            let on = self.model.iter().any(|(k, _)| *k == key);
            line(format!("{key} = {on}"));
        }
        if self.model.iter().all(|(k, _)| *k != "service_spending") {
            line("service_spending = \"stated\"".into());
        }
        for (key, value) in self.model.iter().filter(|(k, _)| !SWITCHES.contains(k)) {
            line(format!("{key} = {value}"));
        }
        line("[parameters]".into());
        let own = |key: &str| self.parameters.iter().any(|(k, _)| *k == key);
        for (key, value) in QUIET.iter().filter(|(k, _)| !own(k)).chain(&self.parameters) {
            line(format!("{key} = {value:?}"));
        }
        line(self.sections.clone());
        t
    }

    fn nodes(&self) -> String {
        let ages = [
            "0_4", "5_9", "10_14", "15_19", "20_24", "25_29", "30_34", "35_39", "40_44", "45_49", "50_54",
            "55_59", "60_64", "65_69", "70_74", "75_79", "80_84", "85",
        ];
        let mut t = String::from(
            "id,name,tier,county,prefecture,province,longitude,latitude,residents,talent,stayers_from_seat,\
             stayers_from_village,newcomers_province,newcomers_other,registered,commuters,amenity,area_km2,housing,\
             capital_yuan,jobs_industry,investment_wedge",
        );
        for row in &SECTOR_TABLE {
            let _ = write!(t, ",{},{}", row.employed_column, row.output_column);
        }
        for age in ages {
            let _ = write!(t, ",age_{age}");
        }
        if self.places.iter().any(|p| p.pay.is_some()) {
            t.push_str(",pay_industry_yuan,capital_industry,wage_yuan,minimum_wage_yuan");
        }
        t.push('\n');
        let maybe = |x: Option<f64>| x.map_or(String::new(), |x| format!("{x}"));
        for p in &self.places {
            let residents: u64 = p.ages.iter().sum();
            let _ = write!(
                t,
                "{id},{id},{},{},{},{},{},{},{residents},{},{},{},{},{},{}",
                p.tier,
                p.county,
                p.prefecture,
                p.province,
                p.point.0,
                p.point.1,
                p.talent,
                p.stayers[0],
                p.stayers[1],
                p.newcomers[0],
                p.newcomers[1],
                p.registered,
                id = p.id,
            );
            let _ = write!(
                t,
                ",{},{},{},{},{},{},{}",
                p.commuters,
                p.amenity,
                maybe(p.area),
                maybe(p.housing),
                maybe(p.capital),
                maybe(p.jobs),
                maybe(p.wedge)
            );
            for (n, y) in p.employed.iter().zip(p.output) {
                let _ = write!(t, ",{n},{y}");
            }
            for n in p.ages {
                let _ = write!(t, ",{n}");
            }
            if let Some(pay) = p.pay {
                let _ = write!(t, ",{},{},{},{}", pay.job, pay.capital, pay.prefecture, pay.minimum);
            }
            t.push('\n');
        }
        t
    }

    /// Writes the scenario and its tables into a folder of its own and returns the scenario file.
    ///
    /// # Errors
    /// What the operating system refuses.
    pub fn write(&self, folder: &Path, case: &str, seed: u64) -> Result<PathBuf> {
        let folder = folder.join(&self.name);
        std::fs::create_dir_all(&folder)
            .map_err(|e| Error::io(messages::io_create_the_folder(), &folder, e))?;
        let put = |name: &str, text: String| {
            let path = folder.join(name);
            std::fs::write(&path, text).map_err(|e| Error::io(messages::io_write(), &path, e)).map(|()| path)
        };
        put("nodes.csv", self.nodes())?;
        if !self.costs.is_empty() {
            let mut t = String::from("from,to,cost\n");
            for (from, to, cost) in &self.costs {
                let _ = writeln!(t, "{from},{to},{cost}");
            }
            put("moving_costs.csv", t)?;
        }
        if let Some(Pensions { recipients: [a, b], yuan: [of_a, of_b] }) = self.pensions {
            let row = format!("land,2000,{a},{of_a},{b},{of_b}\n");
            let head = "province,year,recipients_employees,pension_employees_yuan,recipients_residents,\
                        pension_residents_yuan\n";
            put("pensions.csv", format!("{head}{row}"))?;
        }
        put("scenario.toml", self.toml(case, seed))
    }
}
