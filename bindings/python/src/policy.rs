//! A policy of one's own, written in Python: between two years it is asked once what it wants, and the engine reads the
//! answer as it reads any policy. Nothing of Python runs while a year does, so the bytes are the same on any number of
//! threads.

use std::sync::{Arc, Mutex, PoisonError};

use pyo3::exceptions::{PyKeyError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use shanhai::inside::bindings::nearest;
use shanhai::policy::{BORDERS, Hand, LEVERS, Lever, Period, Policy, Scope, Selector, Terms, View};
use shanhai::world::{Geography, Sector, Skill};

/// What a policy wants in a year: lever, index in the lever's scope, value.
type Wish = Vec<(Lever, usize, f64)>;

/// What a policy in Python wants; its author writes it between two years.
#[derive(Clone, Default)]
pub struct Wishes(Arc<Mutex<Wish>>);

impl Wishes {
    fn now(&self) -> Wish {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn become_now(&self, wish: Wish) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = wish;
    }
}

/// The policy that the engine sees.
pub struct Asked {
    wishes: Wishes,
    always: Period,
    nowhere: Selector,
}

impl Asked {
    pub fn new(wishes: Wishes) -> Asked {
        Asked { wishes, always: Period::default(), nowhere: Selector::default() }
    }
}

impl Policy for Asked {
    fn terms(&self) -> Terms<'_> {
        Terms { name: "", active: &self.always, intensity: 1.0, budget_cap: None }
    }

    fn selectors(&self) -> Vec<(&'static str, &Selector)> {
        vec![("at", &self.nowhere)]
    }

    fn propose(&self, _: &View, hand: &mut Hand) {
        for (lever, index, value) in self.wishes.now() {
            hand.index(lever, index, value);
        }
    }
}

/// A policy with the callback that speaks for it.
pub struct Author {
    pub wishes: Wishes,
    pub callback: Py<PyAny>,
}

impl Author {
    /// Asks for the year to come.
    pub fn ask(&self, year: Bound<'_, PyAny>, geography: &Geography) -> PyResult<()> {
        let answer = self.callback.bind(year.py()).call1((year,))?;
        let mut wish = Vec::new();
        if !answer.is_none() {
            for (lever, places) in answer.cast::<PyDict>().map_err(|_| not_a_dict())? {
                let lever = lever_of(&lever.extract::<String>()?)?;
                if lever.row().scope == Scope::Everywhere {
                    wish.push((lever, 0, checked(lever, places.extract()?)?));
                    continue;
                }
                for (place, value) in places.cast::<PyDict>().map_err(|_| not_a_dict())? {
                    wish.push((lever, index(lever, &place, geography)?, checked(lever, value.extract()?)?));
                }
            }
        }
        self.wishes.become_now(wish);
        Ok(())
    }
}

/// Every lever: name, what it is set for, unit, least and greatest value, meaning.
#[pyfunction]
pub fn levers() -> Vec<(&'static str, &'static str, &'static str, f64, f64, &'static str)> {
    LEVERS.iter().map(|l| (l.name, scope(l.scope), l.unit, l.least, l.greatest, l.meaning)).collect()
}

fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Everywhere => "everywhere",
        Scope::Node => "node",
        Scope::Cell => "(node, sector)",
        Scope::County => "county",
        Scope::Border => "(border, skill)",
    }
}

fn not_a_dict() -> PyErr {
    PyTypeError::new_err(
        "a policy answers with {lever: {place: value}}, or {lever: value} for a lever with one value everywhere; None asks \
         for nothing",
    )
}

fn lever_of(name: &str) -> PyResult<Lever> {
    LEVERS.iter().find(|row| row.name == name).map(|row| row.lever).ok_or_else(|| {
        let near = nearest(name, LEVERS.iter().map(|row| row.name));
        let help = near.map_or(String::new(), |near| format!("; there is `{near}`"));
        PyKeyError::new_err(format!("there is no lever `{name}`{help}; shanhai_lab.levers() lists them"))
    })
}

fn checked(lever: Lever, value: f64) -> PyResult<f64> {
    let row = lever.row();
    if (row.least..=row.greatest).contains(&value) {
        return Ok(value);
    }
    let range = format!("from {} to {} ({})", row.least, row.greatest, row.unit);
    Err(PyValueError::new_err(format!("{value} lies outside the range of `{}`: {range}", row.name)))
}

/// Where in its scope a place stands.
fn index(lever: Lever, place: &Bound<'_, PyAny>, geography: &Geography) -> PyResult<usize> {
    let wanted = scope(lever.row().scope);
    let absent = |what: &str| {
        PyKeyError::new_err(format!(
            "`{what}` is no place of this area; `{}` is set for {wanted}",
            lever.row().name
        ))
    };
    let node = |id: &str| geography.nodes.iter().position(|node| node.id == id).ok_or_else(|| absent(id));
    let pair = || -> PyResult<(String, String)> {
        let pair = place
            .cast::<PyTuple>()
            .map_err(|_| PyTypeError::new_err(format!("`{}` is set for pairs {wanted}", lever.row().name)))?;
        Ok((pair.get_item(0)?.extract()?, pair.get_item(1)?.extract()?))
    };
    match lever.row().scope {
        Scope::Everywhere => Ok(0),
        Scope::Node => node(&place.extract::<String>()?),
        Scope::County => {
            let code: String = place.extract()?;
            geography.counties.iter().position(|county| county.code == code).ok_or_else(|| absent(&code))
        }
        Scope::Cell => {
            let (id, sector) = pair()?;
            let s = Sector::ALL.iter().position(|s| s.name() == sector).ok_or_else(|| absent(&sector))?;
            Ok(node(&id)? * Sector::ALL.len() + s)
        }
        Scope::Border => {
            let (border, skill) = pair()?;
            let b = BORDERS.iter().position(|b| *b == border).ok_or_else(|| absent(&border))?;
            let k = Skill::ALL.iter().position(|k| k.name() == skill).ok_or_else(|| absent(&skill))?;
            Ok(b * 2 + k)
        }
    }
}
