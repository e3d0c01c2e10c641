//! `shanhai nodes`: find the ids that scenarios and policies name.

use std::fmt::Write as _;
use std::path::PathBuf;

use crate::scenario;
use crate::scenario::problem::nearest;
use crate::world::node::{Node, Tier};
use crate::{Error, Result};

/// Find nodes by name, tier or tag
///
/// Lists the nodes of a scenario with id, tier, names, county and prefecture codes, residents and tags. All
/// conditions must hold. Ids are what node selectors of policies take; codes of counties and prefectures and
/// tags can be used there too.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The scenario file
    #[arg(value_name = "SCENARIO.toml")]
    pub scenario: PathBuf,
    /// Part of the id or of a name of node, county or prefecture, in Chinese or pinyin
    #[arg(value_name = "WORD")]
    pub word: Option<String>,
    /// city, county_seat, village or outside
    #[arg(long, value_name = "TIER")]
    pub tier: Option<String>,
    /// A tag, such as mountain; several must all be there
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// Code of a prefecture
    #[arg(long, value_name = "CODE")]
    pub prefecture: Option<String>,
    /// Only the ids, one a line
    #[arg(long)]
    pub ids: bool,
}

/// Runs the command.
///
/// # Errors
/// If the scenario or its tables are wrong, or there is no such tier or tag.
pub fn run(args: &Args) -> Result<()> {
    let (_, area) = scenario::load(&args.scenario, &[])?;
    let g = &area.geography;
    let tier = match &args.tier {
        None => None,
        Some(name) => Some(Tier::ALL.into_iter().find(|t| t.name() == name).ok_or_else(|| {
            let names = Tier::ALL.map(Tier::name);
            unknown("tier", name, &names, &format!("the tiers are {}", names.join(", ")))
        })?),
    };
    let mut tags: Vec<&str> = g.nodes.iter().flat_map(|n| n.tags.iter().map(String::as_str)).collect();
    tags.sort_unstable();
    tags.dedup();
    if let Some(tag) = args.tag.iter().find(|tag| !tags.contains(&tag.as_str())) {
        let there = if tags.is_empty() {
            "no node has a tag".to_owned()
        } else {
            format!("the tags are {}", tags.join(", "))
        };
        return Err(unknown("tag", tag, &tags, &there));
    }
    let word = args.word.as_ref().map(|word| word.to_lowercase());
    let county = |n: &Node| g.counties.get(n.county);
    let prefecture = |n: &Node| g.prefectures.get(n.prefecture);
    let found: Vec<&Node> = g
        .nodes
        .iter()
        .filter(|n| tier.is_none_or(|tier| n.tier == tier))
        .filter(|n| args.tag.iter().all(|tag| n.tags.contains(tag)))
        .filter(|n| {
            args.prefecture.as_ref().is_none_or(|code| prefecture(n).is_some_and(|p| p.code == *code))
        })
        .filter(|n| {
            word.as_ref().is_none_or(|word| {
                let names = [Some(&n.id), Some(&n.name), Some(&n.name_en)];
                let units = [county(n).map(|c| &c.name), prefecture(n).map(|p| &p.name)];
                names.into_iter().chain(units).flatten().any(|name| name.to_lowercase().contains(word))
            })
        })
        .collect();
    let mut text = String::new();
    for n in &found {
        if args.ids {
            let _ = writeln!(text, "{}", n.id);
            continue;
        }
        let code = |code: Option<&String>| code.map_or("-", String::as_str).to_owned();
        let _ = writeln!(
            text,
            "{:<10} {:<12} county {:<8} prefecture {:<8} {:>12} residents  {} {} [{}]",
            n.id,
            n.tier.name(),
            code(county(n).map(|c| &c.code)),
            code(prefecture(n).map(|p| &p.code)),
            super::size::thousands(n.facts.residents),
            n.name,
            n.name_en,
            n.tags.join(" ")
        );
    }
    if !args.ids {
        let _ = writeln!(text, "{} of {} nodes", found.len(), g.len());
    }
    super::print(&text)
}

fn unknown(what: &str, found: &str, names: &[&str], there: &str) -> Error {
    let expected = match nearest(found, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? {there}"),
        None => there.to_owned(),
    };
    Error::Usage { found: format!("there is no {what} `{found}`"), expected }
}
