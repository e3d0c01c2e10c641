//! A study area of six nodes that is made up: a coastal city with its villages, and two mountain counties, one in
//! its prefecture, one in another. Small enough to run in a blink, and every mechanism has something to act on.

use std::fs;
use std::path::{Path, PathBuf};

use shanhai::run::{self, Simulation};

const HEAD: &str = "id,name,tier,county,prefecture,province,longitude,latitude,area_km2,tags,residents,talent,\
stayers_from_seat,stayers_from_village,newcomers_province,newcomers_other,registered,employed_agriculture,\
employed_industry,employed_services,employed_tourism,commuters,output_agriculture_yuan,output_industry_yuan,\
output_services_yuan,output_tourism_yuan,minimum_wage_yuan,ecology";

const NODES: [&str; 6] = [
    "s_city,Sea city,city,100001,1000,10,120.0,30.0,200,sea,90000,30000,45000,9000,16000,20000,52000,200,26000,24000,\
     900,0,8e6,3.4e9,3.6e9,7e7,0,0.5",
    "s_village,Sea village,village,100001,1000,10,120.0,30.0,600,sea,40000,3000,1000,34000,3000,2000,46000,7000,9000,\
     5000,500,2000,3.5e8,6.0e8,3.2e8,3e7,0,0.6",
    "m_seat,First seat,county_seat,100002,1000,10,120.8,29.6,100,mountain;direct,24000,4000,13000,9500,1000,500,\
     16000,500,5000,6000,300,0,1.2e7,4.2e8,4.6e8,2e7,0,0.7",
    "m_village,First village,village,100002,1000,10,120.8,29.6,1500,mountain;direct,30000,1200,500,29000,300,200,\
     46000,9000,3500,2500,500,1500,3.6e8,1.5e8,1.2e8,2.5e7,0,0.85",
    "n_seat,Second seat,county_seat,200001,2000,10,119.0,28.6,100,mountain;direct,20000,3000,11000,8000,700,300,\
     14000,500,3600,5200,300,0,1.0e7,2.6e8,3.4e8,1.6e7,0,0.75",
    "n_village,Second village,village,200001,2000,10,119.0,28.6,1800,mountain;direct,28000,900,400,27300,200,100,\
     44000,9500,2500,2200,500,1200,3.4e8,1.0e8,1.0e8,2.2e7,0,0.9",
];

/// A folder with the tables of the study area.
pub struct Area {
    folder: PathBuf,
    /// Removes the folder with the area.
    _removed: tempfile::TempDir,
}

/// Indices of the nodes, in the order of the geography.
pub const S_CITY: usize = 0;
pub const S_VILLAGE: usize = 1;
pub const M_SEAT: usize = 2;
pub const M_VILLAGE: usize = 3;
pub const N_SEAT: usize = 4;
pub const N_VILLAGE: usize = 5;
/// Indices of the counties.
pub const SEA: usize = 0;
pub const FIRST: usize = 1;
pub const SECOND: usize = 2;

impl Area {
    pub fn new() -> Area {
        let place = tempfile::tempdir().expect("a temporary folder");
        // Runs are named for the folder of their scenario, so it has one name in every test.
        let folder = place.path().join("six_nodes");
        fs::create_dir(&folder).expect("a folder");
        let mut nodes = format!("{HEAD}\n");
        for row in NODES {
            nodes.push_str(&row.replace(' ', "").replace("Sea", "Sea "));
            nodes.push('\n');
        }
        fs::write(folder.join("nodes.csv"), nodes).expect("nodes.csv");
        let outside = "id,name,longitude,latitude,registered_in_area\nrest,Rest,111.7,33.4,23100\n";
        fs::write(folder.join("outside.csv"), outside).expect("outside.csv");
        let pairs = "mountain_county,coastal_county\n200001,100001\n100002,100001\n";
        fs::write(folder.join("pairs.csv"), pairs).expect("pairs.csv");
        Area { folder, _removed: place }
    }

    pub fn path(&self) -> &Path {
        &self.folder
    }

    /// Writes a scenario: `body` holds parameters, drivers and policies as TOML.
    pub fn scenario(&self, name: &str, years: u32, body: &str) -> PathBuf {
        let path = self.folder.join(format!("{name}.toml"));
        let text = format!(
            "title = \"six nodes\"\n\n[run]\nyears = {years}\nseed = 7\npersons_per_agent = 10\n\n\
             [world]\nnodes = \"nodes.csv\"\noutside = \"outside.csv\"\npreset = \"china_2020\"\n\n{body}\n"
        );
        fs::write(&path, text).expect("a scenario");
        path
    }

    /// Runs a scenario to its end; every year is audited.
    pub fn run(&self, years: u32, body: &str) -> Simulation {
        let mut simulation = self.load(years, body).unwrap_or_else(|e| panic!("{e}"));
        simulation.run(|_| Ok(())).unwrap_or_else(|e| panic!("{e}\n{body}"));
        simulation
    }

    /// Loads a scenario.
    pub fn load(&self, years: u32, body: &str) -> shanhai::Result<Simulation> {
        run::load(&self.scenario("scenario", years, body), &[])
    }
}
