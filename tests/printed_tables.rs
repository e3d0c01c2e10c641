//! Tables of the documentation, printed from the code so that the two cannot drift apart.
//!
//! `docs/odd.md` and `results/README.md` hold each table between the lines `<!-- begin:NAME -->` and
//! `<!-- end:NAME -->`. `tests/docs.rs` compares them with what [`tables`] prints; `ACCEPT=1 cargo test docs::`
//! writes the files again.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::Value;

use shanhai::inside::sector::{Price, SECTOR_TABLE, SectorRow, Sold};
use shanhai::inside::{CLASSES, Combine, Drivers, PHASES, Trust, USE_NAMES};
use shanhai::observe::{INDICATORS, TABLES};
use shanhai::policy::{BORDERS, KINDS, LEVERS, Scope};
use shanhai::scenario::{Model, PARAMETERS, Parameters};
use shanhai::world::Factor;

/// Every table by name, as Markdown without heading.
pub fn tables() -> Vec<(&'static str, String)> {
    vec![
        ("parameters", parameters()),
        ("trust", trust()),
        ("levers", levers()),
        ("phases", phases()),
        ("sectors", sectors()),
        ("policies", policies()),
        ("switches", keys("model", &schemars::schema_for!(Model).to_value(), &Model::default())),
        ("drivers", keys("drivers", &schemars::schema_for!(Drivers).to_value(), &Drivers::default())),
        ("accounts", accounts()),
        ("purposes", purposes()),
        ("factors", factors()),
        ("output-tables", output_tables()),
        ("bands", bands()),
        ("indicators", indicators()),
        ("data-dictionary", shanhai::inside::markdown(&TABLES)),
    ]
}

/// The text with every marked region replaced by what the program prints; the names of regions that no
/// table fills come second.
pub fn refresh(text: &str) -> (String, Vec<String>) {
    let tables: BTreeMap<&str, String> = tables().into_iter().collect();
    let (mut fresh, mut unknown, mut inside) = (String::new(), Vec::new(), None::<String>);
    for line in text.lines() {
        if inside.as_ref().is_some_and(|name| line.trim() == format!("<!-- end:{name} -->")) {
            inside = None;
        }
        if inside.is_none() {
            fresh.push_str(line);
            fresh.push('\n');
        }
        let name = line.trim().strip_prefix("<!-- begin:").and_then(|rest| rest.strip_suffix(" -->"));
        if let (Some(name), None) = (name, &inside) {
            match tables.get(name) {
                Some(table) => {
                    // A blank line on both sides: Markdown readers end a comment block with it.
                    let _ = write!(fresh, "\n{}\n\n", table.trim_end());
                    inside = Some(name.to_owned());
                }
                None => unknown.push(name.to_owned()),
            }
        }
    }
    // A region that is never closed swallowed what follows.
    unknown.extend(inside.map(|name| format!("{name} (no end)")));
    (fresh, unknown)
}

/// Words that may stand in a cell of a Markdown table.
fn cell(words: &str) -> String {
    words.replace('|', "\\|").replace('\n', " ")
}

fn code(words: &str) -> String {
    format!("`{words}`")
}

/// A Markdown table.
fn table(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut text = format!("| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len()));
    for row in rows {
        let cells: Vec<String> = row.iter().map(|words| cell(words)).collect();
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    text
}

fn parameters() -> String {
    table(
        &["key", "symbol", "default", "range", "unit", "meaning", "source", "trust"],
        PARAMETERS.iter().map(|p| {
            vec![
                code(p.key),
                code(p.symbol),
                p.default.to_string(),
                format!("{} to {}", p.least, p.greatest),
                p.unit.to_owned(),
                p.meaning.to_owned(),
                p.source.to_owned(),
                p.trust.word().to_owned(),
            ]
        }),
    )
}

fn bands() -> String {
    let all = shanhai::inside::bands().chain(shanhai::inside::BANDS.iter().copied());
    table(
        &["quantity", "of", "plausible", "evidence"],
        all.map(|band| {
            vec![band.quantity.to_owned(), band.of.to_owned(), band.range(), band.evidence.to_owned()]
        }),
    )
}

fn trust() -> String {
    let what = |trust| match trust {
        Trust::Read => "read in the paper's own abstract or page, or in the data release",
        Trust::SecondHand => {
            "from a summary of the paper or code after it; check the paper before quoting it"
        }
        Trust::Recalled => "from memory; check before quoting",
        Trust::Computed => "computed from a formula that is given",
        Trust::Assumed => "a design default without a source; to be calibrated",
    };
    let all = [Trust::Read, Trust::SecondHand, Trust::Recalled, Trust::Computed, Trust::Assumed];
    table(
        &["word", "parameters", "meaning"],
        all.map(|trust| {
            let n = PARAMETERS.iter().filter(|p| p.trust == trust).count();
            vec![trust.word().to_owned(), n.to_string(), what(trust).to_owned()]
        }),
    )
}

fn levers() -> String {
    let scope = |scope: Scope| match scope {
        Scope::Everywhere => "the area".to_owned(),
        Scope::Node => "node".to_owned(),
        Scope::Cell => "node and sector".to_owned(),
        Scope::County => "county".to_owned(),
        Scope::Border => format!("border ({}) and skill", BORDERS.join(", ")),
    };
    let combine = |combine: Combine| match combine {
        Combine::Product => "product",
        Combine::Sum => "sum",
        Combine::Least => "least",
        Combine::Greatest => "greatest",
        Combine::Exclusive => "one policy only",
    };
    table(
        &["lever", "one value per", "unit", "neutral", "range", "changes combine by", "meaning"],
        LEVERS.iter().map(|l| {
            vec![
                code(l.name),
                scope(l.scope),
                l.unit.to_owned(),
                l.neutral.to_owned(),
                format!("{} to {}", l.least, l.greatest),
                combine(l.combine).to_owned(),
                l.meaning.to_owned(),
            ]
        }),
    )
}

fn sectors() -> String {
    let p = Parameters::default();
    let yes = |x: bool| if x { "yes" } else { "" }.to_owned();
    let sold = |row: &SectorRow| match (row.sold, row.price) {
        (Sold::Hub, _) => "to the hub at a given price",
        (Sold::Arrivals, Price::Clearing) => "where it is made, at the price that clears what arrives",
        (Sold::Arrivals, _) => "where it is made: what arrives",
    };
    table(
        &[
            "sector",
            "what",
            "sold",
            "outside farming",
            "agglomerates",
            "needs land",
            "start-ups",
            "capital share",
            "floor reaches",
        ],
        SECTOR_TABLE.iter().map(|s| {
            vec![
                code(s.name),
                s.meaning.trim().to_owned(),
                sold(s).to_owned(),
                yes(s.urban),
                yes(s.agglomerates),
                yes(s.site),
                yes(s.startups),
                (s.capital)(&p).to_string(),
                (s.covered)(&p).to_string(),
            ]
        }),
    )
}

fn policies() -> String {
    table(
        &["key", "what for", "who pays", "levers it sets", "mechanisms"],
        KINDS.iter().map(|kind| {
            let levers: Vec<String> = kind.levers.iter().map(|lever| code(lever.row().name)).collect();
            vec![
                code(&format!("policy.{}", kind.name)),
                kind.purpose.to_owned(),
                kind.payer.to_owned(),
                levers.join(", "),
                kind.mechanisms.join(", "),
            ]
        }),
    )
}

/// What a phase does, and the files that do it.
fn phase(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "rules" => (
            "The year begins. Drivers move technology, the odds of living across borders and wages outside; \
             policies set levers.",
            "`src/simulation/mod.rs`, `src/policy/`",
        ),
        "spend" => (
            "Households and governments spend what they received last year: rent, services, tourism, tradables, \
             public services, infrastructure, administration.",
            "`src/economy/spending.rs`",
        ),
        "produce" => (
            "Labour supply, output, wages, jobs, value-added tax, land rent and surplus of every node and \
             sector; the income that each place promises.",
            "`src/economy/production.rs`, `src/economy/wages.rs`",
        ),
        "tax" => (
            "Taxes are collected and shared among four tiers of government; the centre returns its part; the \
             province fills gaps.",
            "`src/economy/fiscal.rs`",
        ),
        "distribute" => (
            "Wages, land, profits, rents, remittances and outside income reach households and pools; households \
             save. Incomes are noted for the tables.",
            "`src/economy/income.rs`, `src/economy/earnings.rs`",
        ),
        "invest" => {
            ("Projects wear out, fail and move; county and national pools found new ones.", "`src/capital/`")
        }
        "renew" => (
            "Services, public capital, housing and ecology.",
            "`src/simulation/mod.rs`, `src/economy/housing.rs`, `src/economy/ecology.rs`",
        ),
        "move" => (
            "One pass over all persons: age, die, be born, enrol, work, gain experience, train, found, review \
             place, convert registration, review sector. Wallets follow net movement; start-ups are paid.",
            "`src/people/life.rs`, `src/people/location.rs`, `src/people/utility.rs`",
        ),
        "audit" => ("The identities are checked; a violation stops the run.", "`src/simulation/audit.rs`"),
        "observe" => ("The rows of the year are written.", "`src/observe/`"),
        _ => return None,
    })
}

fn phases() -> String {
    table(
        &["phase", "name", "what happens", "where"],
        PHASES.iter().enumerate().map(|(i, name)| {
            let (what, file) = phase(name).unwrap_or_default();
            vec![(i + 1).to_string(), (*name).to_owned(), what.to_owned(), file.to_owned()]
        }),
    )
}

/// Keys of a part of the scenario file with defaults and meanings, from its schema.
fn keys(prefix: &str, schema: &Value, defaults: &impl serde::Serialize) -> String {
    let defaults = serde_json::to_value(defaults).unwrap_or_default();
    let mut rows = Vec::new();
    key_rows(prefix, schema, schema, &defaults, &mut rows);
    table(&["key", "default", "meaning"], rows)
}

fn key_rows(prefix: &str, root: &Value, schema: &Value, defaults: &Value, rows: &mut Vec<Vec<String>>) {
    let Some(properties) = schema["properties"].as_object() else { return };
    for (key, property) in properties {
        let path = format!("{prefix}.{key}");
        let default = &defaults[key];
        let target = property["$ref"].as_str().and_then(|r| root.pointer(r.trim_start_matches('#')));
        match target {
            Some(part) if part["properties"].is_object() => key_rows(&path, root, part, default, rows),
            _ => {
                let default = match default {
                    Value::Null => "absent".to_owned(),
                    Value::String(word) => format!("\"{word}\""),
                    other => other.to_string(),
                };
                let meaning = property["description"].as_str().unwrap_or_default();
                let words = target.map(alternatives).unwrap_or_default();
                rows.push(vec![code(&path), default, format!("{meaning}{words}")]);
            }
        }
    }
}

/// The words a key may take, each with its meaning.
fn alternatives(part: &Value) -> String {
    let Some(all) = part["oneOf"].as_array() else { return String::new() };
    let one = |v: &Value| {
        let word = v["const"].as_str()?;
        Some(format!(" `\"{word}\"`: {}", v["description"].as_str().unwrap_or_default()))
    };
    all.iter().filter_map(one).collect()
}

/// Who holds an account, and what empties it.
fn account(class: &str) -> Option<(&'static str, &'static str)> {
    Some(match class {
        "households" => ("node", "Wallets: what residents received last year and have not saved."),
        "firms" => ("node and sector", "Revenue of the year; empty at its end."),
        "project_cash" => ("node and sector", "Cash of projects, the cushion against losses and failure."),
        "landlords" => {
            ("node", "Rents on their way to owners and the land account; empty at the end of a year.")
        }
        "village_collectives" => {
            ("node", "What a village sold of its land; income of its households in the next year.")
        }
        "county_pools" => ("county", "Retained profit and deposits that look for projects."),
        "national_pool" => ("the area", "Deposits that leaked out of counties; spent inside the area."),
        "county_governments" => ("county", "Cash of the county; spent in the following year."),
        "prefecture_governments" => ("prefecture", "Cash of the prefecture; spent in its districts."),
        "province_governments" => ("province", "Takes its share, returns it as transfers."),
        "central_government" => {
            ("one", "Takes its share of taxes, returns part; empty at the end of a year.")
        }
        "guarantee_funds" => ("county", "Money for loans to projects that miss cash, and for guarantees."),
        "pension_funds" => {
            ("province", "Contributions and subsidies on their way to the old; what is left over stays.")
        }
        "clearing" => ("one", "Money from many payers to many receivers; empty at the end of a year."),
        "hub" => {
            ("one", "The rest of the world: sells and buys tradables at fixed prices; a signed balance.")
        }
        _ => return None,
    })
}

fn accounts() -> String {
    table(
        &["class in `accounts.csv`", "one per", "what it holds"],
        CLASSES.iter().map(|class| {
            let (per, what) = account(class).unwrap_or_default();
            vec![code(class), per.to_owned(), what.to_owned()]
        }),
    )
}

/// Who pays whom, and for what.
fn purpose(name: &str) -> Option<(&'static str, &'static str)> {
    Some(match name {
        "rent" => ("households to landlords", "Housing's share of spending."),
        "local_services" => ("households to firms", "Local services bought in the prefecture."),
        "tourism" => ("households to clearing, clearing to firms", "Visits, cleared in one pool."),
        "tradables" => ("households to hub", "Goods from the rest of the world, online services."),
        "government_purchases" => ("governments to firms", "Public services and administration."),
        "infrastructure" => ("governments to hub", "Building of public capital."),
        "outside_demand" => (
            "hub to firms, firms to hub",
            "Sales beyond local spending, less local demand that is not met here.",
        ),
        "sales" => ("hub to firms", "Revenue of farming, industry and business services."),
        "inputs" => ("firms to firms, clearing and hub", "Orders, farm goods to be processed, cleaning."),
        "wages" => ("firms to households", "Wages after wage tax and contributions."),
        "commuting_cost" => ("firms to hub", "What commuting takes from commuters' wages."),
        "value_added_tax" => ("firms to centre and counties", "Tax on revenue outside agriculture."),
        "profit_tax" => ("firms to centre and counties", "Tax on a positive surplus."),
        "wage_tax" => ("firms to centre and counties", "Personal income tax on wages."),
        "place_rent" => (
            "firms to hub and households",
            "What is left of a cell's value beyond pay, land and capital (mines, tobacco, refineries), to owners elsewhere.",
        ),
        "land_rent" => ("firms to households and hub", "Land income of registered people, where they live."),
        "rent_income" => ("landlords to households", "Rents left after upkeep and the land account."),
        "land_revenue" => ("landlords to counties", "The land account's share of urban rents."),
        "dividends" => ("firms to households", "Profit that is not retained, to owners."),
        "retained_profit" => {
            ("firms to county pools", "Profit that is retained, less what fills project cash.")
        }
        "remittances" => ("households and hub to households and hub", "Wages sent to the registered home."),
        "outside_income" => ("hub to households", "Residual between published and modelled income per head."),
        "building" => (
            "households and landlords to hub",
            "The part of saving that builds; upkeep of homes out of rents.",
        ),
        "deposits" => ("households to county pools", "The part of saving that stays."),
        "deposit_leakage" => ("households to national pool", "The part of saving that leaks."),
        "investment" => ("pools to hub", "Capital goods of new projects."),
        "project_cash" => (
            "firms, pools, funds and projects among each other",
            "Filling, moving, lending and releasing project cash.",
        ),
        "losses" => {
            ("project cash and pools to firms", "Negative surplus, borne by projects, then by owners' pools.")
        }
        "tax_sharing" => ("counties to prefectures and provinces", "Shares of local revenue."),
        "central_return" => {
            ("centre to provinces and hub", "What the centre gives back; the rest leaves the area.")
        }
        "transfers" => ("provinces to counties", "Filling gaps between need and own revenue."),
        "interception" => {
            ("provinces to prefectures", "Part of county transfers that stays with the prefecture.")
        }
        "borrowing" => ("hub to governments", "Loans for programmes, without interest."),
        "repayment" => ("governments to hub, firms to funds", "Loans paid back."),
        "moving_wallets" => {
            ("households and hub to clearing and back", "Wallets that follow net movement of people.")
        }
        "start_ups" => ("households to hub", "Capital goods of start-ups."),
        "programme" => ("governments to whom a policy names", "Money of policies."),
        "land_sale" => (
            "pools to collectives and counties, collectives to households",
            "Land of new projects; the village's part reaches its households a year later.",
        ),
        "guarantee" => ("funds to county pools", "Guarantees of failed projects."),
        "public_surplus" => {
            ("firms to counties", "What public buildings earn in local services that governments bought.")
        }
        "net_lending" => (
            "county and national pools to hub",
            "What the area saves beyond the needs of its capital, a fixed share of the year's inflow of pools; negative: borrowed.",
        ),
        "contributions" => ("firms to pension funds", "Contributions on covered pay."),
        "pension_subsidy" => (
            "provinces, centre and counties to pension funds",
            "Gaps of employees' pensions; residents' pensions.",
        ),
        "pensions" => ("pension funds to households", "Pensions where the old live."),
        "public_transfers" => ("county governments to households", "Relief, farm subsidies, medical relief."),
        _ => return None,
    })
}

fn purposes() -> String {
    table(
        &["purpose in `accounts.csv`", "from, to", "what for"],
        USE_NAMES.iter().map(|name| {
            let (who, what) = purpose(name).unwrap_or_default();
            vec![code(name), who.to_owned(), what.to_owned()]
        }),
    )
}

/// What a factor counts.
fn factor(factor: Factor) -> &'static str {
    match factor {
        Factor::Labour => "Workers who move, from the old to the new place.",
        Factor::Talent => "Talent who moves.",
        Factor::Capital => {
            "Money that pools pay for new projects, from the nodes whose saving filled the pool this year (deposits, \
             retained profit) to where the projects stand; money lent to the rest of the world or borrowed there. What is \
             saved and spent at one node is no flow."
        }
        Factor::ProjectCash => {
            "Retained profit that fills the cash of projects, from their owners to where they stand; cash that they give \
             back or lose, the other way."
        }
        Factor::Relocation => "Value and cash of projects that move, from the old to the new node.",
        Factor::Ownership => {
            "Profit of projects after tax, distributed or retained, from where they stand to those who own them; losses \
             the other way."
        }
        Factor::Fiscal => "Tax shares and transfers between governments, by seat.",
        Factor::Consumption => "Spending on services and tourism by residents of one node at another.",
        Factor::Remittance => "Money sent from the place of work to the registered home.",
    }
}

fn factors() -> String {
    table(
        &["factor", "unit", "what is counted"],
        Factor::ALL.map(|f| {
            let unit = if f.is_persons() { "persons" } else { "yuan of the base year" };
            vec![code(f.name()), unit.to_owned(), factor(f).to_owned()]
        }),
    )
}

fn output_tables() -> String {
    table(
        &["file", "what it holds", "key", "columns"],
        TABLES.map(|spec| {
            let key: Vec<String> = spec.key.iter().map(|k| code(k)).collect();
            vec![code(&spec.file()), spec.title.to_owned(), key.join(", "), spec.columns.len().to_string()]
        }),
    )
}

fn indicators() -> String {
    table(
        &["indicator", "unit", "meaning"],
        INDICATORS
            .iter()
            .map(|(name, unit, meaning)| vec![code(name), (*unit).to_owned(), (*meaning).to_owned()]),
    )
}

#[test]
fn every_phase_account_and_purpose_is_explained() {
    let missing: Vec<&str> = PHASES
        .into_iter()
        .filter(|name| phase(name).is_none())
        .chain(CLASSES.into_iter().filter(|name| account(name).is_none()))
        .chain(USE_NAMES.into_iter().filter(|name| purpose(name).is_none()))
        .collect();
    assert!(missing.is_empty(), "say in tests/printed_tables.rs what these are: {missing:?}");
}

#[test]
fn a_region_is_replaced_and_what_stands_around_it_kept() {
    let text = "before\n<!-- begin:factors -->\nold\n<!-- end:factors -->\nafter\n";
    let (once, unknown) = refresh(text);
    assert!(once.starts_with("before\n") && once.ends_with("<!-- end:factors -->\nafter\n"), "{once}");
    assert!(!once.contains("\nold\n") && unknown.is_empty());
    assert_eq!(refresh(&once).0, once);
    assert_eq!(refresh("<!-- begin:nothing -->\n<!-- end:nothing -->\n").1, ["nothing"]);
    assert_eq!(refresh("<!-- begin:factors -->\nlost\n").1, ["factors (no end)"]);
}
