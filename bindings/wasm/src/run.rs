//! A run, year by year.

use js_sys::{Map, Uint8Array};
use serde::Serialize;
use shanhai::inside::bindings::metrics::{self, Group, Keep, Measured};
use shanhai::output::MemoryTables;
use shanhai::run::{Clock, Plan, Session};
use wasm_bindgen::prelude::*;

use crate::fault::{told, unreadable};
use crate::files::load;
use crate::place::fits;

/// A run of a scenario, from its first world to its end.
#[wasm_bindgen]
pub struct Run {
    session: Session<MemoryTables>,
    groups: Vec<Group>,
    measured: Measured,
}

/// What a number is of.
#[derive(Serialize)]
struct Name<'a> {
    indicator: &'a str,
    unit: &'static str,
    scope: &'a str,
    id: &'a str,
}

/// Money of a policy over the years so far.
#[derive(Serialize)]
struct Outlay<'a> {
    policy: &'a str,
    payer: &'a str,
    purpose: &'a str,
    demanded_yuan: f64,
    paid_yuan: f64,
}

#[wasm_bindgen]
impl Run {
    /// Builds the first world. `name` becomes the column `run`; `tables` maps the paths that the scenario names to
    /// bytes; `changes` are overrides such as `run.persons_per_agent=100`.
    ///
    /// # Errors
    /// Every problem of the scenario and its tables, with line and caret; or that a tab has too little memory.
    #[wasm_bindgen(constructor)]
    pub fn new(name: &str, scenario: &str, tables: &Map, changes: Vec<String>) -> Result<Run, JsError> {
        let loaded = load(scenario, tables, &changes)?;
        fits(&loaded)?;
        let plan = Plan::named(name);
        let session = Session::start(plan, loaded, MemoryTables::default(), Clock::STOPPED).map_err(told)?;
        let groups = metrics::groups(&session.simulation().world);
        Ok(Run { session, groups, measured: Measured::default() })
    }

    /// The last year that is over.
    pub fn year(&self) -> i32 {
        self.session.simulation().world.year
    }

    /// Whether all years are over.
    #[wasm_bindgen(js_name = isOver)]
    pub fn is_over(&self) -> bool {
        self.session.is_over()
    }

    /// One year more.
    ///
    /// # Errors
    /// The identity, account, node and amount if the accounts do not close.
    pub fn step(&mut self) -> Result<(), JsError> {
        self.session.step().map_err(told)
    }

    /// The numbers of the year for every group of nodes, in the order of [`names`](Run::names). To be called once a
    /// year: it also adds up the money of policies.
    pub fn look(&mut self) -> Vec<f64> {
        self.measured.keys.clear();
        self.measured.values.clear();
        metrics::year(self.session.simulation(), &self.groups, Keep::EveryPlace, &mut self.measured);
        self.measured.values.clone()
    }

    /// What the numbers of the last look are of, as JSON.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn names(&self) -> Result<String, JsError> {
        let names = self.measured.keys.iter().map(|key| Name {
            indicator: &key.indicator,
            unit: key.unit(),
            scope: &key.scope,
            id: &key.scope_id,
        });
        serde_json::to_string(&names.collect::<Vec<_>>()).map_err(|error| unreadable("the names", error))
    }

    /// Money of policies over the years so far: what was demanded and what was paid, as JSON.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn outlays(&self) -> Result<String, JsError> {
        let rows = self.measured.outlays.iter().map(|((policy, payer, purpose), (demanded, paid))| Outlay {
            policy,
            payer,
            purpose,
            demanded_yuan: demanded.yuan(),
            paid_yuan: paid.yuan(),
        });
        serde_json::to_string(&rows.collect::<Vec<_>>()).map_err(|error| unreadable("the outlays", error))
    }

    /// Ends the run; its tables by file name.
    ///
    /// # Errors
    /// If a table cannot be completed.
    pub fn finish(self) -> Result<Map, JsError> {
        let tables = Map::new();
        for (name, bytes) in self.session.stop().map_err(told)?.into_bytes() {
            tables.set(&JsValue::from_str(&name), &Uint8Array::from(&bytes[..]));
        }
        Ok(tables)
    }
}
