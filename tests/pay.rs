//! Promise: where a table knows what jobs pay, pay of the base year is that, at the level of its place; shares of a cell
//! follow from it, what is left is rent of the place, and it pulls no capital.

use std::fs;

use crate::six_nodes::{Area, M_SEAT, M_VILLAGE, N_SEAT, N_VILLAGE, S_CITY};
use shanhai::inside::sector::{AGRICULTURE, INDUSTRY, SECTOR_TABLE, urban};
use shanhai::inside::{SECTORS, activity};
use shanhai::run::Simulation;
use shanhai::world::Use;

/// Expected flows, and no pool that must invest at home more than home needs.
const SMOOTH: &str = "[model]\ncapital = \"deterministic\"\n[parameters]\nhome_pool_share = 0\n";

/// The area of six nodes with more columns, by node.
fn area(columns: &[(&str, [&str; 6])]) -> Area {
    let area = Area::new();
    let path = area.path().join("nodes.csv");
    let text = fs::read_to_string(&path).expect("the table");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (name, values) in columns {
        let header: Vec<String> = lines[0].split(',').map(str::to_owned).collect();
        match header.iter().position(|column| column == name) {
            Some(at) => {
                for (line, value) in lines[1..].iter_mut().zip(values) {
                    let mut cells: Vec<&str> = line.split(',').collect();
                    cells[at] = value;
                    *line = cells.join(",");
                }
            }
            None => {
                lines[0] += &format!(",{name}");
                lines[1..].iter_mut().zip(values).for_each(|(line, value)| *line += &format!(",{value}"));
            }
        }
    }
    fs::write(&path, lines.join("\n") + "\n").expect("the table");
    area
}

const PAY: [(&str, [&str; 6]); 5] = [
    ("pay_industry_yuan", ["60000"; 6]),
    ("pay_business_services_yuan", ["70000"; 6]),
    ("pay_local_services_yuan", ["50000"; 6]),
    ("pay_tourism_yuan", ["40000"; 6]),
    // Four fifths of the nation's 93,478 yuan.
    ("wage_yuan", ["74782.4"; 6]),
];

fn load(area: &Area, body: &str) -> Simulation {
    area.load(3, body).unwrap_or_else(|e| panic!("{e}"))
}

/// Persons at work by node and sector outside farming, commuters at the seat by what its own people do.
fn jobs(s: &Simulation, j: usize) -> [f64; SECTORS] {
    let persons = s.world.persons_per_agent() as f64;
    let county = &s.world.geography.counties[s.world.geography.nodes[j].county];
    let (commuters_of, usual) =
        if county.seat == j { (county.village, s.rules().p.unemployment_seat) } else { (None, 0.03) };
    let mut jobs = [0.0; SECTORS];
    for skill in 0..2 {
        let of = |j: usize, a: usize| s.world.census.places[j].people[skill][a] as f64 * persons;
        let local: f64 = urban().map(|x| of(j, activity::SECTOR + x)).sum();
        let travelling = commuters_of.map_or(0.0, |village| of(village, activity::COMMUTING));
        for x in urban().filter(|_| local > 0.0) {
            jobs[x] += of(j, activity::SECTOR + x) * (1.0 + travelling / local);
        }
    }
    urban().for_each(|x| jobs[x] *= 1.0 - usual);
    jobs
}

/// Pay of a job in industry over what its industries pay in the nation, as surveys measure it.
fn relative(s: &Simulation, j: usize) -> f64 {
    let made = s.world.base.target_output[j][INDUSTRY] / 100.0 * (1.0 - s.rules().p.revenue_tax_rate);
    s.world.base.shares[j][INDUSTRY].labour * made
        / jobs(s, j)[INDUSTRY]
        / (s.rules().p.pay_measured * 60_000.0)
}

/// Pay of seats over the nation's mean where villages, with .178 of the nation's jobs outside farming, pay a part of it.
fn over_mean(village: f64) -> f64 {
    1.0 / (1.0 - 0.178 * (1.0 - village))
}

/// Pay of a prefecture whose staff earn four fifths of the nation's.
fn level(s: &Simulation) -> f64 {
    0.8_f64.powf(s.rules().p.wage_relative)
}

#[test]
fn pay_of_a_cell_is_its_mix_at_the_relative_of_its_place() {
    let s = load(&area(&PAY), "");
    for [seat, village] in [[M_SEAT, M_VILLAGE], [N_SEAT, N_VILLAGE]] {
        let (in_seat, in_village) = (relative(&s, seat), relative(&s, village));
        assert!((in_village / in_seat - 0.5).abs() < 1e-9, "half the seat's: {in_seat} {in_village}");
        assert!(
            (in_seat / (level(&s) * over_mean(0.5)) - 1.0).abs() < 1e-9,
            "the prefecture's level in towns: {in_seat}"
        );
    }
}

#[test]
fn pay_of_a_seat_does_not_hang_on_how_many_villagers_its_county_has() {
    let before = load(&area(&PAY), "");
    let mut columns = PAY.to_vec();
    // Villages nearer to seats: nothing but the pay of both changes.
    let near = load(&area(&columns), "[parameters]\nvillage_pay = 0.8\n");
    let seats = level(&near) * over_mean(0.8);
    for (j, part) in [(M_SEAT, 1.0), (M_VILLAGE, 0.8)] {
        let found = relative(&near, j) / (part * seats);
        assert!((found - 1.0).abs() < 1e-9, "{j}: {found}");
    }
    // A tenth of the jobs of the village's industry.
    columns.push(("employed_industry", ["26000", "9000", "5000", "350", "3600", "2500"]));
    let fewer = load(&area(&columns), "");
    assert!((relative(&fewer, M_SEAT) / relative(&before, M_SEAT) - 1.0).abs() < 1e-9);
}

#[test]
fn means_inside_a_prefecture_are_kept_and_minimum_wages_tell_its_counties_apart() {
    let mut columns = PAY.to_vec();
    columns.push(("minimum_wage_yuan", ["10000", "10000", "8000", "8000", "8000", "8000"]));
    let s = load(&area(&columns), "[parameters]\nfloor_scale = 0\n");
    let (coast, mountain) = (relative(&s, S_CITY), relative(&s, M_SEAT));
    assert!((coast / mountain - 1.25).abs() < 1e-9, "{coast} {mountain}");
    // Of the prefecture, towns and villages without what tiers differ by: the mean of logs over jobs.
    let (mut sum, mut people) = (0.0, 0.0);
    for (j, tier) in [(S_CITY, 1.0), (S_CITY + 1, 0.5), (M_SEAT, 1.0), (M_VILLAGE, 0.5)] {
        let all: f64 = urban().map(|x| jobs(&s, j)[x]).sum();
        sum += all * (relative(&s, j) / (tier * over_mean(0.5))).ln();
        people += all;
    }
    assert!((sum / people - level(&s).ln()).abs() < 1e-9, "logs over jobs: {}", sum / people);
}

#[test]
fn a_refinery_has_rent_and_ordinary_wages_and_the_return_of_all() {
    let ordinary = load(&area(&PAY), SMOOTH);
    let mut columns = PAY.to_vec();
    // The first seat's industry makes ten times as much with the same jobs.
    columns.push(("output_industry_yuan", ["3.4e9", "6.0e8", "4.2e9", "1.5e8", "2.6e8", "1.0e8"]));
    let area = area(&columns);
    let mut s = load(&area, SMOOTH);
    let wage = |s: &Simulation| s.world.base.pay[M_SEAT][INDUSTRY][0].wage;
    assert!((wage(&s) / wage(&ordinary) - 1.0).abs() < 1e-9, "{} {}", wage(&s), wage(&ordinary));
    let shares = s.world.base.shares[M_SEAT][INDUSTRY];
    assert!(shares.rent() > 0.25, "{shares:?}");
    assert!((shares.capital - 0.6).abs() < 1e-9, "a tenth above the sector's: {shares:?}");
    s.step().unwrap_or_else(|e| panic!("{e}"));
    let node = &s.world.nodes[M_SEAT];
    let made = (node.revenue[INDUSTRY] - node.vat[INDUSTRY]) as f64;
    assert!((node.place_rent[INDUSTRY] as f64 / made - shares.rent()).abs() < 0.02);
    let rents: f64 = s.world.nodes.iter().flat_map(|n| n.place_rent).map(|x| x as f64).sum();
    let left = s.world.accounts.paid_for(Use::PlaceRent).0 as f64;
    assert!((left / rents - (1.0 - s.rules().p.profit_tax_rate)).abs() < 1e-6, "{left} of {rents} after tax");
}

#[test]
fn returns_of_the_base_year_are_equal_in_every_cell_and_rent_pulls_no_capital() {
    let mut columns = PAY.to_vec();
    columns.push(("output_industry_yuan", ["3.4e9", "6.0e8", "4.2e9", "1.5e8", "2.6e8", "1.0e8"]));
    let area = area(&columns);
    // Projects that move look at weights alone, and would fill small cells.
    let mut s = load(&area, &SMOOTH.replacen("[model]", "[model]\nrelocation = false", 1));
    for (j, node) in s.world.nodes.iter().enumerate().take(6) {
        for x in 0..SECTORS {
            let capital = s.world.base.capital[j][x];
            if capital > 1_000_000 {
                let r = node.surplus[x] as f64 / capital as f64;
                assert!((r / 0.17 - 1.0).abs() < 1e-3, "{j} {}: {r}", SECTOR_TABLE[x].name);
            }
        }
    }
    let before: Vec<[i64; SECTORS]> = s.world.nodes.iter().map(|n| n.capital).collect();
    s.step().unwrap_or_else(|e| panic!("{e}"));
    let growth = |j: usize| s.world.nodes[j].capital[INDUSTRY] as f64 / before[j][INDUSTRY] as f64;
    assert!((growth(M_SEAT) - growth(N_SEAT)).abs() < 0.01, "{} {}", growth(M_SEAT), growth(N_SEAT));
}

#[test]
fn capital_shares_are_at_most_a_tenth_above_their_mix_and_no_share_is_negative() {
    let mut columns = PAY.to_vec();
    columns.push(("capital_industry", ["0.3", "0.3", "0.45", "0.45", "0.75", "0.75"]));
    let s = load(&area(&columns), "");
    for (j, cells) in s.world.base.shares.iter().enumerate() {
        // Industry's share is .5: a table may move it by a tenth.
        let mix = [0.4, 0.4, 0.45, 0.45, 0.6, 0.6][j];
        assert!(cells[INDUSTRY].capital <= mix + 0.1 + 1e-12, "{j}: {:?}", cells[INDUSTRY]);
        assert!(cells[INDUSTRY].capital >= 0.2 * mix - 1e-12, "{j}: {:?}", cells[INDUSTRY]);
        for shares in cells {
            let all = shares.measured * (shares.labour + shares.land) + shares.capital + shares.rent();
            assert!((all - 1.0).abs() < 1e-12 && shares.rent() > -1e-12, "{j}: {shares:?}");
        }
    }
    let farms: Vec<f64> = s.world.base.shares.iter().map(|cells| cells[AGRICULTURE].measured).collect();
    assert!(farms.iter().all(|m| (0.05..0.951).contains(m)), "{farms:?}");
}

#[test]
fn a_table_without_pay_has_the_shares_of_the_sectors() {
    for (columns, body) in [(&PAY[..0], ""), (&PAY[..], "[model]\npay = \"share\"\n")] {
        let s = load(&area(columns), body);
        assert!(s.world.base.shares.is_empty());
        assert!(s.world.nodes.iter().all(|n| n.place_rent == [0; SECTORS]));
    }
}

/// Output of the area after eight years with investors who meet a part of the wedges.
fn output(area: &Area, integration: f64) -> f64 {
    let policy =
        format!("[[policy.lever_change]]\nlever = \"market_integration\"\nvalue = {integration:?}\n");
    let body = if integration > 0.0 { SMOOTH.to_owned() + &policy } else { SMOOTH.to_owned() };
    let mut s = area.load(8, &body).unwrap_or_else(|e| panic!("{e}"));
    s.run(|_| Ok(())).unwrap_or_else(|e| panic!("{e}"));
    s.world.output()
}

#[test]
fn integration_of_equal_returns_changes_nothing() {
    let area = area(&PAY);
    assert_eq!(output(&area, 1.0), output(&area, 0.0));
}

#[test]
fn integration_raises_output_where_returns_differ() {
    let mut columns = PAY.to_vec();
    columns.push(("return_wedge", ["0.8", "0.8", "1.6", "1.6", "1.6", "1.6"]));
    let area = area(&columns);
    let s = load(&area, SMOOTH);
    let r = |j: usize| s.world.nodes[j].surplus[INDUSTRY] as f64 / s.world.base.capital[j][INDUSTRY] as f64;
    assert!((r(M_SEAT) / r(S_CITY) - 2.0).abs() < 1e-3, "{} {}", r(M_SEAT), r(S_CITY));
    let (with, without) = (output(&area, 1.0), output(&area, 0.0));
    assert!(with > without * 1.002, "{with} {without}");
}
