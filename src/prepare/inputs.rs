//! Every table that a request names, read before anything is worked out, so that all that is wrong is told at
//! once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Request;
use super::census::Census;
use super::changes::{CODE_CHANGES, Changes};
use super::flows::{self, Flows};
use super::industries::Industries;
use super::places::{self, Centroids, Incomes, MinimumWages};
use super::provinces;
use super::published_output::{self, Published};
use super::surroundings::{self, Origins};
use super::units;
use crate::Result;
use crate::scenario::files::Input;
use crate::scenario::problem::Problems;

/// The tables of a request.
pub(super) struct Inputs {
    pub census: Census,
    pub industries: Industries,
    /// Units that join another one.
    pub joins: BTreeMap<String, String>,
    /// Registered persons by unit.
    pub registered: BTreeMap<String, i64>,
    pub published: Published,
    pub centroids: Centroids,
    pub minimum_wages: Option<MinimumWages>,
    pub tags: BTreeMap<String, Vec<String>>,
    pub incomes: Incomes,
    pub origins: Origins,
    /// Counted people by origin and residence, where there is a table of them.
    pub flows: Option<Flows>,
}

impl Inputs {
    /// Reads them.
    ///
    /// # Errors
    /// Everything that is wrong with any of them, with file, line and caret.
    pub(super) fn read(request: &Request) -> Result<Inputs> {
        let mut problems = Problems::new();
        let open = |name: &str, path: &Path| {
            request.files.read(path).mapped(request.mapping.table(name), request.mapping.text_codes)
        };
        let rules = &request.rules;
        let input = open("census", &request.census);
        let census = Census::of(&input, request.year, request.preset, rules, &mut problems);
        let year = census.year;
        // Codes of the other tables are those of the census.
        let text_codes = census.hierarchy.is_stated();
        // What a job makes and what homes are worth in China says nothing of another country.
        let industries = match (text_codes, &request.industries) {
            (true, None) => Industries::default(),
            (_, path) => Industries::read(path, year, &request.rules, &mut problems),
        };
        let mut reader = Reader { request, text_codes, problems };
        let tags: Vec<Input> = request.tags.iter().map(|path| reader.open("tags", path)).collect();
        let inputs = Inputs {
            joins: reader.table("joins", &request.joins, units::read_joins),
            registered: reader.table("registered", &request.registered, |input, problems| {
                units::read_registered(input, year, problems)
            }),
            published: published(request, &census, &mut reader),
            centroids: reader.table("centroids", &Some(request.centroids.clone()), places::read_centroids),
            minimum_wages: reader.table("minimum-wage", &request.minimum_wage, |input, p| {
                Some(places::read_minimum_wages(input, p))
            }),
            tags: places::read_tags(&tags, &mut reader.problems),
            incomes: reader.table("income", &request.income, |input, p| places::read_incomes(input, year, p)),
            origins: reader.table("origins", &request.origins, surroundings::read_origins),
            flows: reader.table("flows", &request.flows, |input, p| Some(flows::read(input, &census, p))),
            census,
            industries,
        };
        reader.problems.check()?;
        Ok(inputs)
    }
}

/// Reads tables that may be named or not.
struct Reader<'r> {
    request: &'r Request,
    text_codes: bool,
    problems: Problems,
}

impl Reader<'_> {
    fn open(&self, name: &str, path: &Path) -> Input {
        self.request.files.read(path).mapped(self.request.mapping.table(name), self.text_codes)
    }

    fn table<T: Default>(
        &mut self,
        name: &str,
        path: &Option<PathBuf>,
        read: impl FnOnce(&Input, &mut Problems) -> T,
    ) -> T {
        path.as_deref()
            .map_or_else(T::default, |path: &Path| read(&self.open(name, path), &mut self.problems))
    }
}

fn published(request: &Request, census: &Census, reader: &mut Reader) -> Published {
    let year = census.year;
    let mut published = Published { county_year: year, ..Published::default() };
    if let Some(path) = &request.gdp {
        published_output::read_counties(
            &reader.open("gdp", path),
            year,
            &mut published,
            &mut reader.problems,
        );
    }
    published.pools = request.pools.clone();
    published.renames = reader.table("renames", &request.renames, places::read_renames);
    if published.county_year != year && !census.hierarchy.is_stated() {
        let input = match &request.changes {
            Some(path) => Some(request.files.read(path)),
            None => super::china::inside().ok().map(|files| files.read(Path::new(CODE_CHANGES))),
        };
        if let Some(input) = input {
            let changes = Changes::read(&input, &mut reader.problems);
            published.changes = changes.between(year, published.county_year, census.codes());
        }
    }
    published.groups = reader.table("gdp-groups", &request.gdp_groups, published_output::read_groups);
    published.prefectures =
        reader.table("prefecture-gdp", &request.prefecture_gdp, published_output::read_prefectures);
    published.provinces =
        reader.table("province-gdp", &request.province_gdp, |input, p| provinces::read(input, year, p));
    published.wages = reader.table("prefecture-wage", &request.prefecture_wage, places::prefecture_wages);
    published
}
