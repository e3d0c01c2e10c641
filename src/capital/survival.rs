//! How old projects are where as many are founded as die: the law of survival that wear, failure and scrapping
//! imply, in pure numbers. Sizes are over the smallest one.
//!
//! ```text
//! survivors of age a:  q^a, q = (1 - failure)/(1 + growth),  a = 0 ... A(size);   value: size w^a
//! A(size) = floor(ln(100 size)/-ln w):  a project below a hundredth of the smallest size is scrapped
//! cash over value:  cash_start at first; later cash_target/w, filled to the target before the last year's wear
//! ```

use super::sizes::ProjectSizes;
use crate::config::{Capital, Parameters};
use crate::kernel::draw::Draws;
use crate::quantity::nearest;
use crate::rules::Rules;

/// A project worth less than this part of the smallest size is scrapped.
pub(crate) const SCRAP: f64 = 0.01;

/// Draws of one project until its size is accepted; more than one in two is.
const ATTEMPTS: u64 = 64;

/// Oldest age that is told apart, years; only projects that hardly wear reach it.
const OLDEST: u32 = 1000;

/// Ages of projects of every size in a stationary state that grows at a given rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Survival {
    /// Part of a project's value that a year leaves: of wear, and of moves on average.
    pub kept: f64,
    /// Survivors of an age over those a year younger, in a state that grows.
    pub ratio: f64,
    alpha: f64,
    size_ratio: f64,
    /// Cash over value that a project starts with, that it is filled to, and the mean of the years that it waits for the
    /// first profit (`founding::waiting`).
    cash_start: f64,
    cash_target: f64,
    delay: f64,
}

/// Failure hazard of a project that filled its cash to the target: profits fill it before the year's wear, failure comes after.
fn failure(rules: &Rules) -> f64 {
    let p = rules.p;
    let cash = p.cash_target / (1.0 - p.depreciation).max(f64::MIN_POSITIVE);
    if rules.model.failure { p.failure_base * libm::exp(-p.failure_cash * cash) } else { 0.0 }
}

/// Yearly loss of a unit of capital: depreciation, relocation losses, failure at target cash, and for whole projects
/// what is scrapped. A state that invests `loss + growth` of its capital grows evenly.
pub(crate) fn yearly_loss(rules: &Rules, growth: f64) -> f64 {
    let law = Survival::new(rules, growth);
    let continuous = 1.0 - (1.0 + growth) * law.ratio * law.kept;
    match rules.model.capital {
        Capital::Projects if law.dies() => (1.0 + growth) / law.value_standing() - growth,
        _ => continuous,
    }
}

/// Cash of a unit of capital in a state that grows evenly: what was founded in the year holds what it started with, and
/// what stood before holds the target of its value before the year's wear, which profits release a year later.
pub(crate) fn cash_per_capital(rules: &Rules, growth: f64) -> f64 {
    let law = Survival::new(rules, growth);
    match rules.model.capital {
        _ if !law.dies() => law.cash_target,
        Capital::Projects => law.cash_standing(),
        Capital::Deterministic => law.cash_target * law.ratio + law.cash_start * (1.0 - law.ratio * law.kept),
    }
}

/// `1 + q + ... + q^(n-1)`.
fn geometric(q: f64, n: u32) -> f64 {
    let n = f64::from(n);
    if (q - 1.0).abs() < 1e-12 { n } else { (1.0 - libm::pow(q, n)) / (1.0 - q) }
}

impl Survival {
    /// The law at the rates of a scenario.
    pub(crate) fn new(rules: &Rules, growth: f64) -> Self {
        let p = rules.p;
        let moves = if rules.model.relocation { p.relocation_review * p.relocation_loss } else { 0.0 };
        Survival {
            kept: (1.0 - p.depreciation) * (1.0 - moves),
            ratio: (1.0 - failure(rules)) / (1.0 + growth),
            alpha: p.project_size_exponent,
            size_ratio: p.project_size_ratio,
            cash_start: p.cash_start,
            cash_target: p.cash_target,
            delay: p.entry_delay,
        }
    }

    /// Whether projects wear out or fail at all. Where they do not no age is typical, and all are taken to be new.
    fn dies(&self) -> bool {
        self.kept < 1.0 || self.ratio < 1.0
    }

    /// Greatest age of a project of a size.
    pub(crate) fn oldest(&self, size: f64) -> u32 {
        if !self.dies() {
            return 0;
        }
        if self.kept >= 1.0 {
            return OLDEST;
        }
        let age = libm::floor(libm::log(size / SCRAP) / -libm::log(self.kept));
        if age < f64::from(OLDEST) { age as u32 } else { OLDEST }
    }

    /// Standing projects of a size for each one founded a year.
    pub(crate) fn standing(&self, size: f64) -> f64 {
        geometric(self.ratio, self.oldest(size) + 1)
    }

    /// Value of all that stands over the value founded in the year.
    fn value_standing(&self) -> f64 {
        let aged = |age| geometric(self.ratio * self.kept, age + 1);
        self.mean(aged, |s| self.value_below(s)) / self.mean(|_| 1.0, |s| self.value_below(s))
    }

    /// Cash of a project of an age over its value, where it waited some years for its permits.
    pub(crate) fn cash(&self, age: u32, waited: u32) -> f64 {
        if !self.dies() {
            self.cash_target
        } else if age <= waited {
            self.cash_start / self.worn(age)
        } else {
            self.cash_target / self.kept
        }
    }

    /// Cash of all that stands over its value: the mean of [`Self::cash`] by value.
    fn cash_standing(&self) -> f64 {
        let aged = self.ratio * self.kept;
        let held_after = |waited: u32, oldest: u32| {
            let young = waited.min(oldest) + 1;
            let older = geometric(aged, oldest + 1) - geometric(aged, young);
            let target = if older > 0.0 { self.cash_target / self.kept * older } else { 0.0 };
            self.cash_start * geometric(self.ratio, young) + target
        };
        let whole = libm::floor(self.delay);
        let longer = self.delay - whole;
        let held = |oldest: u32| {
            (1.0 - longer) * held_after(whole as u32, oldest) + longer * held_after(whole as u32 + 1, oldest)
        };
        self.mean(held, |s| self.value_below(s))
            / self.mean(|age| geometric(aged, age + 1), |s| self.value_below(s))
    }

    /// Part of all value that stands with projects younger than a delay, years; of a fraction of a year a part of them.
    pub(crate) fn waiting(&self, delay: f64) -> f64 {
        if !self.dies() || delay <= 0.0 {
            return 0.0;
        }
        let q = self.ratio * self.kept;
        let ages = (0..libm::ceil(delay) as u32).map(f64::from);
        let young: f64 = ages.map(|age| libm::pow(q, age) * (delay - age).min(1.0)).sum();
        (young / self.value_standing()).min(0.99)
    }

    /// Mean value of a standing project over the smallest size.
    pub(crate) fn mean_value(&self) -> f64 {
        let value = self.mean(|age| geometric(self.ratio * self.kept, age + 1), |s| self.value_below(s));
        value / self.mean(|age| geometric(self.ratio, age + 1), |s| self.number_below(s))
    }

    /// Mean over sizes of a function of the greatest age, which is a step function of size: exact, step by step.
    fn mean(&self, of_oldest: impl Fn(u32) -> f64, below: impl Fn(f64) -> f64) -> f64 {
        let (first, last) = (self.oldest(1.0), self.oldest(self.size_ratio));
        if self.size_ratio <= 1.0 {
            return of_oldest(first);
        }
        let (mut sum, mut from) = (0.0, 1.0);
        for age in first..=last {
            let next = SCRAP * libm::pow(self.kept, -f64::from(age + 1));
            let to = if age == last { self.size_ratio } else { next.clamp(from, self.size_ratio) };
            sum += of_oldest(age) * (below(to) - below(from));
            from = to;
        }
        sum
    }

    /// Part of new projects below a size, up to a constant and a factor.
    fn number_below(&self, size: f64) -> f64 {
        -libm::pow(size, -self.alpha)
    }

    /// Their value in units of the smallest size, up to a constant and the same factor.
    fn value_below(&self, size: f64) -> f64 {
        let a = self.alpha;
        if (a - 1.0).abs() < 1e-9 { libm::log(size) } else { a / (1.0 - a) * libm::pow(size, 1.0 - a) }
    }

    /// The law of standing projects whose smallest size is known, fen.
    pub(crate) fn at(self, least: f64, p: &Parameters) -> Standing {
        let ages = 0..=OLDEST;
        Standing {
            law: self,
            sizes: ProjectSizes::new(p, least),
            most: self.standing(self.size_ratio).max(self.standing(1.0)),
            wear: -libm::log(self.kept),
            standing: ages.clone().map(|oldest| geometric(self.ratio, oldest + 1)).collect(),
            gone: ages.clone().map(|oldest| 1.0 - libm::pow(self.ratio, f64::from(oldest + 1))).collect(),
            log_ratio: libm::log(self.ratio),
            worn: ages.map(|age| self.worn(age)).collect(),
        }
    }

    /// Part of its size that a project of an age is worth.
    pub(crate) fn worn(&self, age: u32) -> f64 {
        libm::pow(self.kept, f64::from(age))
    }
}

/// Draws standing projects, with what depends on an age alone in tables.
pub(crate) struct Standing {
    law: Survival,
    sizes: ProjectSizes,
    /// Most that stand of any size for each one founded a year.
    most: f64,
    /// `-ln w`.
    wear: f64,
    /// Projects that stand for each one founded a year, and the part of those founded that is gone after it, by greatest age.
    standing: Vec<f64>,
    gone: Vec<f64>,
    /// `ln q`.
    log_ratio: f64,
    /// Part of its size that a project is worth, by age.
    worn: Vec<f64>,
}

impl Standing {
    /// [`Survival::oldest`].
    fn oldest(&self, size: f64) -> u32 {
        if self.law.kept >= 1.0 || !self.law.dies() {
            return self.law.oldest(size);
        }
        let age = libm::floor(libm::log(size / SCRAP) / self.wear);
        if age < f64::from(OLDEST) { age as u32 } else { OLDEST }
    }

    /// Age of a project at a uniform number, given the greatest age at its size.
    fn age(&self, oldest: u32, u: f64) -> u32 {
        let q = self.law.ratio;
        let age = if (q - 1.0).abs() < 1e-12 {
            u * f64::from(oldest + 1)
        } else {
            libm::log(1.0 - u * self.gone[oldest as usize]) / self.log_ratio
        };
        (age.max(0.0) as u32).min(oldest)
    }

    /// Size in fen and age of a standing project: a new one's size counts as often as projects of it stand, the age
    /// follows given the size.
    fn size_and_age(&self, draws: &Draws, number: u64) -> (i64, u32) {
        let least = self.sizes.least().max(1) as f64;
        let unit = |word: u32| (f64::from(word) + 0.5) / 4_294_967_296.0;
        let (mut size, mut oldest, mut word) = (0, 0, 0);
        for attempt in 0..ATTEMPTS {
            let words = draws.block(number * ATTEMPTS + attempt);
            (size, word) = (self.sizes.draw(unit(words[0])), words[2]);
            oldest = self.oldest((size as f64 / least).max(1.0));
            if unit(words[1]) * self.most < self.standing[oldest as usize] {
                break;
            }
        }
        (size, self.age(oldest, unit(word)))
    }

    /// What a standing project is worth, fen, and its age.
    pub(crate) fn draw(&self, draws: &Draws, number: u64) -> (i64, u32) {
        let (size, age) = self.size_and_age(draws, number);
        (nearest(size as f64 * self.worn[age as usize]).max(1), age)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::draw::Purpose;

    const LAW: Survival = Survival {
        kept: 0.9,
        ratio: 0.99,
        alpha: 1.5,
        size_ratio: 1000.0,
        cash_start: 0.05,
        cash_target: 0.1,
        delay: 0.0,
    };

    fn parameters() -> Parameters {
        Parameters {
            project_size_exponent: LAW.alpha,
            project_size_ratio: LAW.size_ratio,
            ..Default::default()
        }
    }

    fn sizes() -> ProjectSizes {
        ProjectSizes::new(&parameters(), 1e6)
    }

    #[test]
    fn as_many_are_founded_as_die() {
        // Year by year: every size is founded once a year, fails with .01, wears, and is scrapped below a hundredth.
        for size in [1.0, 1.7, 30.0, 1000.0] {
            let (mut ages, mut value) = (Vec::new(), 0.0);
            for _ in 0..400 {
                ages.insert(0, 1.0_f64);
                ages.iter_mut().skip(1).for_each(|n| *n *= 0.99);
                let alive = (0..ages.len()).take_while(|&a| size * LAW.worn(a as u32) >= SCRAP).count();
                ages.truncate(alive);
                value = ages.iter().zip(0..).map(|(n, age)| n * LAW.worn(age)).sum();
            }
            let standing: f64 = ages.iter().sum();
            assert!((standing - LAW.standing(size)).abs() < 1e-9, "{size}: {standing}");
            let closed = geometric(LAW.ratio * LAW.kept, LAW.oldest(size) + 1);
            assert!((value - closed).abs() < 1e-9, "{size}: {value} and {closed}");
        }
    }

    #[test]
    fn cash_repeats_itself_where_capital_does() {
        // Year by year: filled to the target, worn, and the cash of the dead released; a newcomer brings its own.
        for law in [LAW, Survival { delay: 3.0, ..LAW }] {
            let size = 30.0;
            let mut cash: Vec<f64> = Vec::new();
            for _ in 0..400 {
                for (age, held) in (0..).zip(&mut cash) {
                    if age >= law.delay as u32 {
                        *held = law.cash_target * size * law.worn(age);
                    }
                }
                cash.insert(0, law.cash_start * size);
                cash.truncate(law.oldest(size) as usize + 1);
            }
            for (age, held) in (0..).zip(&cash) {
                let closed = law.cash(age, law.delay as u32) * size * law.worn(age);
                assert!((held - closed).abs() < 1e-9, "{age}: {held} and {closed}");
            }
            let of_all = |f: &dyn Fn(u32) -> f64| {
                (0..cash.len() as u32).map(|a| libm::pow(law.ratio, f64::from(a)) * f(a)).sum::<f64>()
            };
            let one_size = Survival { size_ratio: 1.0, ..law };
            let one = |age: u32| law.cash(age, law.delay as u32) * law.worn(age);
            let within = |f: &dyn Fn(u32) -> f64| {
                (0..=one_size.oldest(1.0)).map(|a| libm::pow(law.ratio, f64::from(a)) * f(a)).sum::<f64>()
            };
            let exact = within(&one) / within(&|a| law.worn(a));
            assert!((one_size.cash_standing() - exact).abs() < 1e-9, "{exact}");
            let all = of_all(&one) / of_all(&|a| law.worn(a));
            let found = law.cash_standing();
            assert!((found - all).abs() < 2e-3, "{found} and {all}");
        }
    }

    #[test]
    fn who_waits_for_permits_is_the_young() {
        // All value of age 0 over all value, summed over ages of many sizes; half of it where half wait a year.
        let sizes = sizes();
        let grid: Vec<f64> =
            (0..20_000).map(|i| sizes.draw((f64::from(i) + 0.5) / 20_000.0) as f64 / 1e6).collect();
        let of_age = |age: u32| {
            let alive = grid.iter().filter(|s| LAW.oldest(**s) >= age);
            alive.sum::<f64>() * libm::pow(LAW.ratio * LAW.kept, f64::from(age))
        };
        let all: f64 = (0..200).map(of_age).sum();
        for (delay, young) in [(0.0, 0.0), (0.5, 0.5 * of_age(0)), (1.3, of_age(0) + 0.3 * of_age(1))] {
            assert!((LAW.waiting(delay) - young / all).abs() < 2e-3, "{delay}");
        }
    }

    #[test]
    fn means_over_sizes_are_those_of_many_sizes() {
        let sizes = sizes();
        let (mut number, mut value, n) = (0.0, 0.0, 400_000);
        for i in 0..n {
            let size = sizes.draw((f64::from(i) + 0.5) / f64::from(n)) as f64 / 1e6;
            number += LAW.standing(size);
            value += size * geometric(LAW.ratio * LAW.kept, LAW.oldest(size) + 1);
        }
        let (found, exact) = (value / number, LAW.mean_value());
        assert!((found / exact - 1.0).abs() < 1e-3, "{found} and {exact}");
    }

    /// Greatest distance of the distribution of a sample from a law (Kolmogorov).
    fn distance(mut sample: Vec<f64>, law: impl Fn(f64) -> f64) -> f64 {
        sample.sort_by(f64::total_cmp);
        let n = sample.len() as f64;
        (0..).zip(&sample).map(|(i, &x)| ((f64::from(i) + 0.5) / n - law(x)).abs()).fold(0.0, f64::max)
    }

    #[test]
    fn sizes_and_ages_of_first_projects_follow_the_law_of_survival() {
        let (sizes, draws) = (sizes(), Draws::new(1, Purpose::ProjectSize, 0));
        let standing = LAW.at(1e6, &parameters());
        let projects: Vec<(i64, u32)> = (0..20_000).map(|i| standing.size_and_age(&draws, i)).collect();
        // Standing projects up to a size, and up to an age, by summing over many sizes.
        let grid: Vec<f64> =
            (0..20_000).map(|i| sizes.draw((f64::from(i) + 0.5) / 20_000.0) as f64 / 1e6).collect();
        let all: f64 = grid.iter().map(|&s| LAW.standing(s)).sum();
        let below =
            |size: f64| grid.iter().filter(|s| **s <= size).map(|&s| LAW.standing(s)).sum::<f64>() / all;
        let some: Vec<f64> = projects.iter().step_by(20).map(|p| p.0 as f64 / 1e6).collect();
        // Kolmogorov's bound at one in a thousand is 1.95/sqrt(n).
        let gap = distance(some.clone(), below);
        assert!(gap < 1.95 / (some.len() as f64).sqrt(), "sizes: {gap}");
        let mut counts = [0.0; 256];
        projects.iter().for_each(|p| counts[p.1 as usize] += 1.0 / projects.len() as f64);
        let (mut found, mut exact, mut gap) = (0.0, 0.0, 0.0_f64);
        for age in 0..200 {
            found += counts[age as usize];
            let alive = grid.iter().filter(|s| LAW.oldest(**s) >= age).count() as f64;
            exact += alive * libm::pow(LAW.ratio, f64::from(age)) / all;
            gap = gap.max((found - exact).abs());
        }
        assert!(gap < 1.95 / (projects.len() as f64).sqrt(), "ages: {gap}");
        assert!((exact - 1.0).abs() < 1e-9, "{exact}");
    }
}
