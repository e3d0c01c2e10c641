//! `shanhai nodes`: find the ids that scenarios and policies name.

use std::fmt::Write as _;
use std::path::PathBuf;

use crate::message::Message;
use crate::messages;
use crate::nearest::nearest;
use crate::scenario;
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
    /// Code or name of a prefecture
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
            unknown(messages::word_tier(), name, &names, messages::tiers_are(names.join(messages::comma())))
        })?),
    };
    let mut tags: Vec<&str> = g.nodes.iter().flat_map(|n| n.tags.iter().map(String::as_str)).collect();
    tags.sort_unstable();
    tags.dedup();
    if let Some(tag) = args.tag.iter().find(|tag| !tags.contains(&tag.as_str())) {
        let there = if tags.is_empty() {
            messages::no_node_has_a_tag()
        } else {
            messages::tags_are(tags.join(messages::comma()))
        };
        return Err(unknown(messages::word_tag(), tag, &tags, there));
    }
    if let Some(word) =
        args.prefecture.as_ref().filter(|word| !g.prefectures.iter().any(|p| p.answers_to(word)))
    {
        let known: Vec<&str> =
            g.prefectures.iter().flat_map(|p| [p.code.as_str(), p.name.as_str()]).collect();
        let there = messages::prefectures_such_as(g.prefectures.len(), known[..2].join(" "));
        return Err(unknown(messages::word_prefecture(), word, &known, there));
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
            args.prefecture.as_ref().is_none_or(|word| prefecture(n).is_some_and(|p| p.answers_to(word)))
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
        let line = messages::node_line(
            format_args!("{:<10}", n.id),
            format_args!("{:<12}", n.tier.name()),
            format_args!("{:<8}", code(county(n).map(|c| &c.code))),
            format_args!("{:<8}", code(prefecture(n).map(|p| &p.code))),
            format_args!("{:>12}", crate::printable::thousands(n.facts.residents)),
            &n.name,
            &n.name_en,
            n.tags.join(" "),
        );
        let _ = writeln!(text, "{line}");
    }
    if !args.ids {
        let _ = writeln!(text, "{}", messages::found_of_nodes(found.len(), g.len()));
    }
    super::print(&text)
}

fn unknown(what: Message, found: &str, names: &[&str], there: Message) -> Error {
    let expected = match nearest(found, names.iter().copied()) {
        Some(near) => messages::did_you_mean_of(near, there),
        None => there,
    };
    Error::Usage { found: messages::no_such_word(what, found), expected }
}
