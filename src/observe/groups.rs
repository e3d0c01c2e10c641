//! Sets of nodes that numbers are of: the area, tiers, town and country, prefectures, tags, single nodes.

use std::collections::BTreeSet;

use crate::world::{Geography, Tier};

/// A named set of nodes of the area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Kind of set: area, tier, settlement, prefecture, tag or node.
    pub scope: &'static str,
    /// Which one of the kind.
    pub id: String,
    /// What a reader calls it.
    pub name: String,
    /// Indexes of its nodes, ascending.
    pub nodes: Vec<usize>,
}

impl Group {
    fn new(scope: &'static str, id: &str, name: &str, nodes: Vec<usize>) -> Group {
        Group { scope, id: id.to_owned(), name: name.to_owned(), nodes }
    }
}

/// The area, its tiers, town and country, prefectures and tags, in this order; some may be empty.
pub(crate) fn groups(geography: &Geography) -> Vec<Group> {
    let area: Vec<usize> = (0..geography.area_nodes()).collect();
    let pick = |keep: &dyn Fn(usize) -> bool| area.iter().copied().filter(|&j| keep(j)).collect::<Vec<_>>();
    let village = |j: usize| geography.nodes[j].tier == Tier::Village;
    let mut groups = vec![Group::new("area", "all", "area", area.clone())];
    for tier in [Tier::City, Tier::CountySeat, Tier::Village] {
        let nodes = pick(&|j| geography.nodes[j].tier == tier);
        groups.push(Group::new("tier", tier.name(), tier.name(), nodes));
    }
    groups.push(Group::new("settlement", "urban", "urban", pick(&|j| !village(j))));
    groups.push(Group::new("settlement", "rural", "rural", pick(&village)));
    for p in &geography.prefectures {
        groups.push(Group::new("prefecture", &p.code, &p.name, p.nodes.clone().collect()));
    }
    let tags: BTreeSet<&String> =
        area.iter().flat_map(|&j| &geography.nodes[j].tags).filter(|t| !t.is_empty()).collect();
    for tag in tags {
        groups.push(Group::new("tag", tag, tag, pick(&|j| geography.nodes[j].tags.contains(tag))));
    }
    groups
}

/// Every node of the area alone.
pub(crate) fn single_nodes(geography: &Geography) -> impl Iterator<Item = Group> {
    let area = geography.nodes[..geography.area_nodes()].iter().enumerate();
    area.map(|(j, node)| Group::new("node", &node.id, &node.name, vec![j]))
}
