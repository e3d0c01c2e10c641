//! What a run prints at its end, on one screen.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

use super::Snapshot;
use super::totals::Totals;
use crate::world::{Factor, Flows, Tier};

/// Tiers of the area, in the order of tables.
const TIERS: [Tier; 3] = [Tier::City, Tier::CountySeat, Tier::Village];

/// The numbers of one year that a summary shows: sums by tier, persons and fen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Headline {
    pub year: i32,
    /// Residents after the move: city, county seat, village.
    pub residents: [i64; 3],
    /// Residents of the time when output and income were earned.
    pub earners: [i64; 3],
    pub income: [i64; 3],
    pub output: [i64; 3],
    /// People registered at nodes of the tier who live in the area, and their income.
    pub home_people: [i64; 3],
    pub home_income: [i64; 3],
}

impl Headline {
    /// Of a year.
    pub fn of(snapshot: &Snapshot) -> Headline {
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
        }
        h
    }

    /// Residents of the area.
    pub fn population(&self) -> i64 {
        self.residents.iter().sum()
    }

    /// Share of residents who live in cities and county seats.
    pub fn urban_share(&self) -> f64 {
        (self.residents[0] + self.residents[1]) as f64 / self.population() as f64
    }

    /// Income per head in cities and seats over villages, by where people live.
    pub fn ratio_by_residence(&self) -> f64 {
        urban_rural_ratio(self.income, self.earners)
    }

    /// The same by where people are registered.
    pub fn ratio_by_home(&self) -> f64 {
        urban_rural_ratio(self.home_income, self.home_people)
    }

    /// Output per head of a tier (city, county seat, village), yuan.
    pub fn output_per_head(&self, tier: usize) -> f64 {
        self.output[tier] as f64 / 100.0 / self.earners[tier] as f64
    }
}

fn urban_rural_ratio(income: [i64; 3], people: [i64; 3]) -> f64 {
    let urban = (income[0] + income[1]) as f64 / (people[0] + people[1]) as f64;
    urban / (income[2] as f64 / people[2] as f64)
}

/// Flows between tiers summed over years: `[factor][origin][destination]`, persons and fen.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Cumulative {
    between: [[[i64; 4]; 4]; 6],
}

impl Cumulative {
    /// Adds the flows of a year.
    pub fn add(&mut self, flows: &Flows) {
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
    pub fn net(&self, factor: Factor, from: Tier, to: Tier) -> i64 {
        let between = &self.between[factor as usize];
        between[from as usize][to as usize] - between[to as usize][from as usize]
    }
}

/// The summary of a run: its first and last year side by side, and net flows between tiers since.
pub fn summary(start: &Headline, end: &Headline, flows: &Cumulative) -> String {
    let mut text = String::new();
    // Writing into a string does not fail.
    let _ = writeln!(text, "{:<44}{:>12}{:>12}{:>11}", "", start.year, end.year, "change");
    let mut line = |label: &str, value: fn(&Headline) -> f64, show: fn(f64) -> String, change: Change| {
        let (a, b) = (value(start), value(end));
        let change = if !(a.is_finite() && b.is_finite()) {
            "-".to_string()
        } else {
            match change {
                Change::Percent => format!("{:+.1} %", 100.0 * (b / a - 1.0)),
                Change::Points => format!("{:+.1} pt", 100.0 * (b - a)),
                Change::Difference => format!("{:+.2}", b - a),
            }
        };
        let _ = writeln!(
            text,
            "{label:<44}{:>12}{:>12}{change:>11}",
            show_or_dash(a, show),
            show_or_dash(b, show)
        );
    };
    let share: fn(f64) -> String = |x| format!("{:.1} %", 100.0 * x);
    let ratio: fn(f64) -> String = |x| format!("{x:.2}");
    line("Population, persons", |h| h.population() as f64, thousands, Change::Percent);
    line("Living in cities and county seats", Headline::urban_share, share, Change::Points);
    line("Urban-rural income ratio, by residence", Headline::ratio_by_residence, ratio, Change::Difference);
    line("Urban-rural income ratio, by registered home", Headline::ratio_by_home, ratio, Change::Difference);
    line("Output per head, yuan: cities", |h| h.output_per_head(0), thousands, Change::Percent);
    line("                       county seats", |h| h.output_per_head(1), thousands, Change::Percent);
    line("                       villages", |h| h.output_per_head(2), thousands, Change::Percent);

    let _ = writeln!(text, "\nNet flows between tiers, {} to {}", start.year + 1, end.year);
    let _ = writeln!(
        text,
        "{:<28}{:>16}{:>16}{:>19}",
        "from -> to", "labour, persons", "talent, persons", "capital, m yuan"
    );
    for (from, to) in [
        (Tier::Village, Tier::CountySeat),
        (Tier::Village, Tier::City),
        (Tier::CountySeat, Tier::City),
        (Tier::Outside, Tier::City),
        (Tier::Outside, Tier::CountySeat),
        (Tier::Outside, Tier::Village),
    ] {
        let [labour, talent, capital] =
            [Factor::Labour, Factor::Talent, Factor::Capital].map(|f| flows.net(f, from, to));
        if from == Tier::Outside && [labour, talent, capital] == [0; 3] {
            continue;
        }
        let name = |tier: Tier| match tier {
            Tier::City => "cities",
            Tier::CountySeat => "county seats",
            Tier::Village => "villages",
            Tier::Outside => "outside",
        };
        let _ = writeln!(
            text,
            "{:<28}{:>16}{:>16}{:>19}",
            format!("{} -> {}", name(from), name(to)),
            thousands(labour as f64),
            thousands(talent as f64),
            thousands(capital as f64 / 1e8)
        );
    }
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

/// A whole number with commas between thousands.
fn thousands(value: f64) -> String {
    let whole = libm::rint(value) as i64;
    let digits = whole.unsigned_abs().to_string();
    let mut text = String::new();
    if whole < 0 {
        text.push('-');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
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
        };
        let end = Headline { year: 2035, residents: [450, 310, 290], ..start.clone() };
        let mut flows = Cumulative::default();
        flows.between[Factor::Labour as usize][Tier::Village as usize][Tier::City as usize] = 1_234_567;
        flows.between[Factor::Labour as usize][Tier::City as usize][Tier::Village as usize] = 234_567;
        let text = summary(&start, &end, &flows);
        assert!(text.lines().all(|line| line.len() <= 80), "{text}");
        assert!(text.lines().count() <= 20, "{text}");
        // Urban 42,000 yuan over 700 persons is 60; villages 9,000 over 300 is 30. By home 60 over 40.
        let row = |label: &str| -> Vec<&str> {
            let line = text.lines().find(|line| line.starts_with(label)).unwrap();
            line[label.len()..].split_whitespace().collect()
        };
        assert_eq!(row("Population, persons"), ["1,000", "1,050", "+5.0", "%"]);
        assert_eq!(row("Living in cities and county seats"), ["70.0", "%", "72.4", "%", "+2.4", "pt"]);
        assert_eq!(row("Urban-rural income ratio, by residence"), ["2.00", "2.00", "+0.00"]);
        assert_eq!(row("Urban-rural income ratio, by registered home"), ["1.50", "1.50", "+0.00"]);
        assert_eq!(row("villages -> cities"), ["1,000,000", "0", "0"]);
        assert!(!text.contains("outside"), "{text}");
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(thousands(-1_234_567.4), "-1,234,567");
        assert_eq!(thousands(999.0), "999");
        assert_eq!(thousands(0.2), "0");
    }
}
