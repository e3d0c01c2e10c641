//! What a run prints at its end, on one screen.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::Snapshot;
use super::totals::Totals;
use crate::message::{Language, Message};
use crate::messages;
use crate::printable::{self, left, right};
use crate::world::flows::FACTORS;
use crate::world::state::SOURCES;
use crate::world::{Factor, Tier, Use};

/// Tiers of the area, in the order of tables.
const TIERS: [Tier; 3] = [Tier::City, Tier::CountySeat, Tier::Village];

/// The numbers of one year that a summary shows: sums by tier, persons and fen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Headline {
    /// Calendar year.
    pub year: i32,
    /// Residents after the move: city, county seat, village.
    pub residents: [i64; 3],
    /// Residents of the time when output and income were earned.
    pub earners: [i64; 3],
    /// Household income of the year by tier, fen.
    pub income: [i64; 3],
    /// Output at prices of the base year by tier, fen.
    pub output: [i64; 3],
    /// People registered at nodes of the tier who live in the area, and their income.
    pub home_people: [i64; 3],
    /// Income of people registered at nodes of the tier who live in the area, fen.
    pub home_income: [i64; 3],
    /// Income by source of the household survey: city, county seat, village.
    pub sources: [[i64; SOURCES.len()]; 3],
    /// Labour force and those of it with a job, in the whole area.
    pub labour_force: i64,
    /// Those of the labour force with a job, persons.
    pub employed: i64,
}

impl Headline {
    /// Of a year.
    pub(crate) fn of(snapshot: &Snapshot) -> Headline {
        let nodes = &snapshot.world.geography.nodes;
        let mut h = Headline { year: snapshot.world.year, ..Default::default() };
        for (i, &tier) in TIERS.iter().enumerate() {
            let area = 0..snapshot.world.geography.area_nodes();
            let t = Totals::of(snapshot, area.filter(|&j| nodes[j].tier == tier));
            let whole = |x: f64| libm::rint(x) as i64;
            h.residents[i] = whole(t.people());
            h.earners[i] = whole(t.earners);
            h.income[i] = whole(t.income);
            h.output[i] = whole(t.output_of_all());
            h.home_people[i] = whole(t.home_people);
            h.home_income[i] = whole(t.home_income);
            h.sources[i] = t.income_by_source.map(whole);
            h.labour_force += whole(t.labour_force.iter().sum());
            h.employed += whole(t.employed.iter().sum());
        }
        h
    }

    /// Residents of the area.
    pub(crate) fn population(&self) -> i64 {
        self.residents.iter().sum()
    }

    /// Share of residents who live in cities and county seats.
    pub(crate) fn urban_share(&self) -> f64 {
        (self.residents[0] + self.residents[1]) as f64 / self.population() as f64
    }

    /// Share of the labour force without a job.
    pub(crate) fn unemployment(&self) -> f64 {
        1.0 - self.employed as f64 / self.labour_force as f64
    }

    /// Income per head in cities and seats over villages, by where people live.
    pub(crate) fn ratio_by_residence(&self) -> f64 {
        urban_rural_ratio(self.income, self.earners)
    }

    /// The same by where people are registered.
    pub(crate) fn ratio_by_home(&self) -> f64 {
        urban_rural_ratio(self.home_income, self.home_people)
    }

    /// Shares of income by source of urban and of rural residents.
    pub(crate) fn sources(&self) -> [[f64; SOURCES.len()]; 2] {
        let [city, seat, village] = self.sources;
        let share =
            |of: &dyn Fn(usize) -> i64, income: i64| std::array::from_fn(|i| of(i) as f64 / income as f64);
        [
            share(&|i| city[i] + seat[i], self.income[0] + self.income[1]),
            share(&|i| village[i], self.income[2]),
        ]
    }

    /// Output per head of a tier (city, county seat, village), yuan.
    pub(crate) fn output_per_head(&self, tier: usize) -> f64 {
        self.output[tier] as f64 / 100.0 / self.earners[tier] as f64
    }
}

fn urban_rural_ratio(income: [i64; 3], people: [i64; 3]) -> f64 {
    let urban = (income[0] + income[1]) as f64 / (people[0] + people[1]) as f64;
    urban / (income[2] as f64 / people[2] as f64)
}

/// Flows between tiers summed over years: `[factor][origin][destination]`, persons and fen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Cumulative {
    between: [[[i64; 4]; 4]; FACTORS],
    /// Saved less invested by tier of the area, fen.
    saving: [i64; 3],
    /// Lent to the rest of the world, fen.
    lent: i64,
}

impl Cumulative {
    /// Adds a year.
    pub(crate) fn add(&mut self, snapshot: &Snapshot) {
        let (world, flows) = (snapshot.world, snapshot.flows);
        for (node, state) in world.geography.nodes.iter().zip(&world.nodes) {
            if let Some(sum) = self.saving.get_mut(node.tier as usize) {
                *sum += state.saved - state.invested;
            }
        }
        self.lent += world.accounts.paid_for(Use::NetLending).0;
        for factor in Factor::ALL {
            for from in Tier::ALL {
                for to in Tier::ALL {
                    self.between[factor as usize][from as usize][to as usize] +=
                        flows.between_tiers(factor, from, to);
                }
            }
        }
    }

    /// What went from one tier to another, less what came back.
    pub(crate) fn net(&self, factor: Factor, from: Tier, to: Tier) -> i64 {
        let between = &self.between[factor as usize];
        between[from as usize][to as usize] - between[to as usize][from as usize]
    }
}

/// The summary of a run: its first and last year side by side, and net flows between tiers since.
pub(crate) fn summary(start: &Headline, end: &Headline, flows: &Cumulative) -> String {
    let mut text = String::new();
    // Writing into a string does not fail.
    let header = messages::header_change().to_string();
    let (names, changes) = if Language::shown() == Language::En { (44, 9) } else { (36, 15) };
    let _ =
        writeln!(text, "{}{:>13}{:>14}{}", left("", names), start.year, end.year, right(&header, changes));
    let mut line = |label: Message, value: fn(&Headline) -> f64, show: fn(f64) -> String, change: Change| {
        let (a, b) = (value(start), value(end));
        let change = if !(a.is_finite() && b.is_finite()) {
            "-".to_string()
        } else {
            match change {
                Change::Percent => format!("{:+.1} %", 100.0 * (b / a - 1.0)),
                Change::Points => {
                    messages::points_changed(format_args!("{:+.1}", 100.0 * (b - a))).to_string()
                }
                Change::Difference => format!("{:+.2}", b - a),
            }
        };
        let _ = writeln!(
            text,
            "{}{:>13}{:>14}{}",
            left(&label.to_string(), names),
            show_or_dash(a, show),
            show_or_dash(b, show),
            right(&change, changes)
        );
    };
    let share: fn(f64) -> String = |x| format!("{:.1} %", 100.0 * x);
    let ratio: fn(f64) -> String = |x| format!("{x:.2}");
    line(messages::population_persons(), |h| h.population() as f64, thousands, Change::Percent);
    line(messages::living_in_towns(), Headline::urban_share, share, Change::Points);
    line(messages::unemployment(), Headline::unemployment, share, Change::Points);
    line(messages::ratio_by_residence(), Headline::ratio_by_residence, ratio, Change::Difference);
    line(messages::ratio_by_home(), Headline::ratio_by_home, ratio, Change::Difference);
    line(messages::output_per_head_cities(), |h| h.output_per_head(0), thousands, Change::Percent);
    line(messages::output_per_head_seats(), |h| h.output_per_head(1), thousands, Change::Percent);
    line(messages::output_per_head_villages(), |h| h.output_per_head(2), thousands, Change::Percent);

    let [urban, rural] = end.sources();
    let cells = |cell: &dyn Fn(usize) -> String| -> String {
        (0..SOURCES.len()).map(|i| right(&cell(i), 12)).collect()
    };
    let percent = |x: f64| if x.is_finite() { format!("{:.0}", 100.0 * x) } else { "-".to_string() };
    let _ = writeln!(
        text,
        "{}{}",
        left(&messages::income_by_source().to_string(), 19),
        cells(&|i| match SOURCES[i] {
            "outside" => messages::source_residual().to_string(),
            source => messages::known(source),
        })
    );
    let both = |i: usize| format!("{} | {}", percent(urban[i]), percent(rural[i]));
    let _ =
        writeln!(text, "{}{}", left(&messages::urban_and_rural_of(end.year).to_string(), 19), cells(&both));
    let _ = writeln!(text, "{}", messages::residual_explained());

    let _ = writeln!(text, "\n{}", messages::net_flows_between_tiers(start.year + 1, end.year));
    let _ = writeln!(
        text,
        "{}{}{}{}",
        left(&messages::header_from_to().to_string(), 28),
        right(&messages::header_labour().to_string(), 16),
        right(&messages::header_talent().to_string(), 16),
        right(&messages::header_capital().to_string(), 19)
    );
    for (from, to) in [
        (Tier::Village, Tier::CountySeat),
        (Tier::Village, Tier::City),
        (Tier::CountySeat, Tier::City),
        (Tier::Outside, Tier::City),
        (Tier::Outside, Tier::CountySeat),
        (Tier::Outside, Tier::Village),
    ] {
        let [labour, talent, founded, cash] =
            [Factor::Labour, Factor::Talent, Factor::Capital, Factor::ProjectCash]
                .map(|f| flows.net(f, from, to));
        let capital = founded + cash;
        if from == Tier::Outside && [labour, talent, capital] == [0; 3] {
            continue;
        }
        let name = |tier: Tier| match tier {
            Tier::City => messages::cities(),
            Tier::CountySeat => messages::county_seats(),
            Tier::Village => messages::villages(),
            Tier::Outside => messages::outside_the_area(),
        };
        let _ = writeln!(
            text,
            "{}{:>16}{:>16}{:>19}",
            left(&format!("{} -> {}", name(from), name(to)), 28),
            thousands(labour as f64),
            thousands(talent as f64),
            money(capital)
        );
    }
    let _ = writeln!(text, "\n{}", messages::capital_by_saver());
    let _ = writeln!(
        text,
        "{}{}{}{}{}",
        left(&messages::large_money().to_string(), 20),
        right(&messages::cities().to_string(), 14),
        right(&messages::county_seats().to_string(), 14),
        right(&messages::villages().to_string(), 14),
        right(&messages::lent_outside().to_string(), 16)
    );
    let [city, seat, village] = flows.saving.map(money);
    let lent = money(flows.lent);
    let label = left(&messages::saved_less_invested().to_string(), 20);
    let _ = writeln!(text, "{label}{city:>14}{seat:>14}{village:>14}{lent:>16}");
    text
}

#[derive(Clone, Copy)]
enum Change {
    Percent,
    Points,
    Difference,
}

fn show_or_dash(value: f64, show: fn(f64) -> String) -> String {
    if value.is_finite() { show(value) } else { "-".to_string() }
}

/// The nearest whole number with commas between thousands.
fn thousands(value: f64) -> String {
    let whole = libm::rint(value) as i64;
    format!("{}{}", if whole < 0 { "-" } else { "" }, printable::thousands(whole.unsigned_abs()))
}

/// An amount of fen in the unit of large money, in Chinese, whose unit is larger, to a tenth.
fn money(fen: i64) -> String {
    let amount = printable::in_large_money(fen as f64 / 100.0);
    if Language::shown() == Language::En {
        return thousands(amount);
    }
    let tenths = libm::rint(10.0 * amount) as i64;
    let whole = printable::thousands(tenths.unsigned_abs() / 10);
    format!("{}{whole}.{}", if tenths < 0 { "-" } else { "" }, tenths.unsigned_abs() % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_fits_a_screen_and_shows_both_ratios() {
        let start = Headline {
            year: 2020,
            residents: [400, 300, 300],
            earners: [400, 300, 300],
            income: [2_800_000, 1_400_000, 900_000],
            output: [4_000_000, 2_400_000, 1_500_000],
            home_people: [300, 200, 480],
            home_income: [1_800_000, 1_200_000, 1_920_000],
            sources: [
                [1_400_000, 700_000, 300_000, 400_000, 0],
                [700_000, 140_000, 140_000, 210_000, 210_000],
                [450_000, 270_000, 0, 225_000, -45_000],
            ],
            labour_force: 500,
            employed: 480,
        };
        let end = Headline { year: 2035, residents: [450, 310, 290], ..start.clone() };
        let mut flows = Cumulative::default();
        flows.between[Factor::Labour as usize][Tier::Village as usize][Tier::City as usize] = 1_234_567;
        flows.between[Factor::Labour as usize][Tier::City as usize][Tier::Village as usize] = 234_567;
        flows.between[Factor::Capital as usize][Tier::Village as usize][Tier::City as usize] = 900_000_000;
        flows.between[Factor::ProjectCash as usize][Tier::City as usize][Tier::Village as usize] =
            200_000_000;
        flows.saving = [-900_000_000, 0, 1_200_000_000];
        flows.lent = 300_000_000;
        let text = summary(&start, &end, &flows);
        assert!(text.lines().all(|line| line.len() <= 80), "{text}");
        assert!(text.lines().count() <= 24, "{text}");
        // Urban 42,000 yuan over 700 persons is 60; villages 9,000 over 300 is 30. By home 60 over 40.
        let row = |label: &str| -> Vec<&str> {
            let line = text.lines().find(|line| line.starts_with(label)).unwrap();
            line[label.len()..].split_whitespace().collect()
        };
        assert_eq!(row("Population, persons"), ["1,000", "1,050", "+5.0", "%"]);
        assert_eq!(row("Living in cities and county seats"), ["70.0", "%", "72.4", "%", "+2.4", "pt"]);
        assert_eq!(row("Unemployment"), ["4.0", "%", "4.0", "%", "+0.0", "pt"]);
        assert_eq!(row("Urban-rural income ratio, by residence"), ["2.00", "2.00", "+0.00"]);
        assert_eq!(row("Urban-rural income ratio, by registered home"), ["1.50", "1.50", "+0.00"]);
        // Wages 2.1 of 4.2 m in cities and seats, .45 of .9 m in villages.
        let shares = ["50", "|", "50", "20", "|", "30", "10", "|", "0", "15", "|", "25", "5", "|", "-5"];
        assert_eq!(row("2035, urban | rural"), shares);
        // Founding and project cash are one sum.
        assert_eq!(row("villages -> cities"), ["1,000,000", "0", "7"]);
        assert_eq!(row("saved less invested"), ["-9", "0", "12", "3"]);
        assert!(!text.contains("outside ->"), "{text}");
    }

    #[test]
    fn numbers_of_a_nation_do_not_run_together() {
        let nation = |residents: i64| Headline { residents: [residents, 0, 0], ..Default::default() };
        let text = summary(&nation(1_332_810_000), &nation(1_372_441_000), &Cumulative::default());
        assert!(text.contains(" 1,332,810,000 1,372,441,000 "), "{text}");
        assert!(text.lines().all(|line| line.len() <= 80), "{text}");
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(thousands(-1_234_567.4), "-1,234,567");
        assert_eq!(thousands(999.0), "999");
        assert_eq!(thousands(0.2), "0");
    }
}
