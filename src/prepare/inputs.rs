//! Every table that a request names, read before anything is worked out, so that all that is wrong is told at
//! once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Request;
use super::census::Census;
use super::industries::Industries;
use super::output::{self, Published};
use super::places::{self, Centroids, Incomes, MinimumWages};
use super::provinces;
use super::surroundings::{self, Origins};
use super::units;
use crate::Result;
use crate::scenario::files::{Files, Input};
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
}

impl Inputs {
    /// Reads them.
    ///
    /// # Errors
    /// Everything that is wrong with any of them, with file, line and caret.
    pub(super) fn read(request: &Request) -> Result<Inputs> {
        let mut problems = Problems::new();
        let census = Census::of(&request.files.read(&request.census), request.year, &mut problems);
        let year = census.year;
        let industries = Industries::read(&request.industries, year, &request.rules, &mut problems);
        let mut reader = Reader { files: &request.files, problems };
        let tags: Vec<Input> = request.tags.iter().map(|path| request.files.read(path)).collect();
        let inputs = Inputs {
            joins: reader.table(&request.joins, units::read_joins),
            registered: reader
                .table(&request.registered, |input, problems| units::read_registered(input, year, problems)),
            published: published(request, year, &mut reader),
            centroids: reader.table(&Some(request.centroids.clone()), places::read_centroids),
            minimum_wages: reader
                .table(&request.minimum_wage, |input, p| Some(places::read_minimum_wages(input, p))),
            tags: places::read_tags(&tags, &mut reader.problems),
            incomes: reader.table(&request.income, |input, p| places::read_incomes(input, year, p)),
            origins: reader.table(&request.origins, surroundings::read_origins),
            census,
            industries,
        };
        reader.problems.check()?;
        Ok(inputs)
    }
}

/// Reads tables that may be named or not.
struct Reader<'f> {
    files: &'f Files,
    problems: Problems,
}

impl Reader<'_> {
    fn table<T: Default>(
        &mut self,
        path: &Option<PathBuf>,
        read: impl FnOnce(&Input, &mut Problems) -> T,
    ) -> T {
        path.as_deref()
            .map_or_else(T::default, |path: &Path| read(&self.files.read(path), &mut self.problems))
    }
}

fn published(request: &Request, year: i32, reader: &mut Reader) -> Published {
    let mut published = Published { county_year: year, ..Published::default() };
    if let Some(path) = &request.gdp {
        output::read_counties(&reader.files.read(path), year, &mut published, &mut reader.problems);
    }
    published.pools = request.pools.clone();
    published.renames = reader.table(&request.renames, places::read_renames);
    published.groups = reader.table(&request.gdp_groups, output::read_groups);
    published.prefectures = reader.table(&request.prefecture_gdp, output::read_prefectures);
    published.provinces = reader.table(&request.province_gdp, |input, p| provinces::read(input, year, p));
    published.wages = reader.table(&request.prefecture_wage, places::prefecture_wages);
    published
}
