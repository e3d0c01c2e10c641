//! Which nodes a policy is for: by name, by place in the hierarchy, by tag, and by a condition on published
//! state ("adapt to place", M38).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::view::View;
use crate::world::sector::{AGRICULTURE, INDUSTRY, TOURISM};
use crate::world::{Geography, Tier, World};

/// Which nodes: those that meet everything that is given. An empty selector chooses all nodes of the area.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Selector {
    /// Ids of nodes, or their names where no other node has the name.
    pub ids: Vec<String>,
    /// Place in the hierarchy.
    pub tier: Option<Kind>,
    /// A tag of the node, such as mountain or sea.
    pub tag: Option<String>,
    /// Codes or names of counties.
    pub county: Vec<String>,
    /// Codes or names of prefectures.
    pub prefecture: Vec<String>,
    /// Codes or names of provinces.
    pub province: Vec<String>,
    /// Codes or names of counties, or ids of nodes, that are left out.
    pub except: Vec<String>,
    /// A condition on what was published last year.
    #[serde(rename = "where")]
    pub condition: Option<Condition>,
}

/// Place in the hierarchy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// City districts.
    City,
    /// Seats of counties and county-level cities.
    CountySeat,
    /// Villages.
    Village,
    /// Cities and county seats.
    Urban,
    /// County seats and the villages of counties, without the districts of cities.
    County,
}

/// What a condition looks at, as published at the end of last year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// Ecological state of the node, 0 to 1.
    Ecology,
    /// Household income per resident, yuan a year.
    IncomePerHead,
    /// Output per resident of the county, yuan a year.
    OutputPerHead,
    /// Industry in output of the county, share.
    IndustryShare,
    /// Farming in output of the county, share.
    AgricultureShare,
    /// Tourism in output of the county, share.
    TourismShare,
    /// Talent in residents of the node, share.
    TalentShare,
    /// Services per user of the node, yuan.
    Services,
    /// Revenue and transfers per resident of the county, yuan a year.
    RevenuePerHead,
    /// Residents of the node, persons.
    Residents,
}

/// A condition: the value lies between bounds, or in the lowest or highest part of the chosen nodes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// What is looked at.
    pub measure: Measure,
    /// At least this.
    pub above: Option<f64>,
    /// At most this.
    pub below: Option<f64>,
    /// Among the lowest part of the nodes that meet the rest of the selector; nodes level with the last are in.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub lowest: Option<f64>,
    /// Among the highest part; nodes level with the last are in.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub highest: Option<f64>,
}

/// Value of a measure at a node.
pub(crate) fn measure(world: &World, measure: Measure, j: usize) -> f64 {
    let state = &world.nodes[j];
    let people = |j: usize| world.residents(j).max(1) as f64;
    let county = world.geography.nodes[j].county;
    let nodes = || world.geography.counties[county].nodes();
    let residents = || nodes().map(people).sum::<f64>();
    let output = || nodes().map(|j| world.node_output(j).yuan()).sum::<f64>();
    let share =
        |s: usize| nodes().map(|j| world.nodes[j].revenue[s] as f64 / 100.0).sum::<f64>() / output().max(1.0);
    match measure {
        Measure::Ecology => state.ecology,
        Measure::IncomePerHead => state.income as f64 / 100.0 / state.earners.max(1) as f64,
        Measure::OutputPerHead => output() / residents(),
        Measure::IndustryShare => share(INDUSTRY),
        Measure::AgricultureShare => share(AGRICULTURE),
        Measure::TourismShare => share(TOURISM),
        Measure::TalentShare => world.residents_by_skill(j, 1) as f64 / people(j),
        Measure::Services => state.service_level,
        Measure::RevenuePerHead => {
            let finance = &world.counties[county];
            (finance.own_revenue + finance.transfers) as f64 / 100.0 / residents()
        }
        Measure::Residents => world.residents(j) as f64,
    }
}

impl Selector {
    /// All nodes of a tier.
    pub fn tier(tier: Kind) -> Self {
        Selector { tier: Some(tier), ..Default::default() }
    }

    /// Whether a node meets everything but the condition.
    pub fn meets(&self, g: &Geography, j: usize) -> bool {
        let node = &g.nodes[j];
        let county = &g.counties[node.county];
        let tier = match self.tier {
            None => true,
            Some(Kind::City) => node.tier == Tier::City,
            Some(Kind::CountySeat) => node.tier == Tier::CountySeat,
            Some(Kind::Village) => node.tier == Tier::Village,
            Some(Kind::Urban) => node.tier != Tier::Village,
            Some(Kind::County) => !county.district,
        };
        let (prefecture, province) = (&g.prefectures[node.prefecture], &g.provinces[node.province]);
        let among = |words: &[String], answers: &dyn Fn(&str) -> bool| {
            words.is_empty() || words.iter().any(|word| answers(word))
        };
        tier && among(&self.ids, &|word| node.answers_to(word))
            && self.tag.as_ref().is_none_or(|tag| node.tags.iter().any(|t| t == tag))
            && among(&self.county, &|word| county.answers_to(word))
            && among(&self.prefecture, &|word| prefecture.answers_to(word))
            && among(&self.province, &|word| province.answers_to(word))
            && !self.except.iter().any(|word| county.answers_to(word) || node.answers_to(word))
    }

    /// Nodes that meet everything but the condition.
    pub fn static_nodes(&self, g: &Geography) -> Vec<usize> {
        (0..g.area_nodes()).filter(|&j| self.meets(g, j)).collect()
    }

    /// The chosen nodes, in order.
    pub fn nodes(&self, view: &View) -> Vec<usize> {
        let nodes = self.static_nodes(&view.world.geography);
        let Some(condition) = &self.condition else { return nodes };
        let values: Vec<f64> = nodes.iter().map(|&j| measure(view.world, condition.measure, j)).collect();
        let mut sorted = values.clone();
        sorted.sort_by(f64::total_cmp);
        // Places that are level with the last one that is taken are taken too: a code is no reason to leave one out.
        let low = |share: f64| part_of(share, nodes.len()).checked_sub(1).map(|last| sorted[last]);
        let high = |share: f64| {
            part_of(share, nodes.len()).checked_sub(1).map(|last| sorted[nodes.len() - 1 - last])
        };
        (0..nodes.len())
            .filter(|&i| {
                condition.above.is_none_or(|least| values[i] >= least)
                    && condition.below.is_none_or(|most| values[i] <= most)
                    && condition.lowest.is_none_or(|share| low(share).is_some_and(|most| values[i] <= most))
                    && condition
                        .highest
                        .is_none_or(|share| high(share).is_some_and(|least| values[i] >= least))
            })
            .map(|i| nodes[i])
            .collect()
    }

    /// Counties of the chosen nodes, in order, each once.
    pub fn counties(&self, view: &View) -> Vec<usize> {
        counties_of(&view.world.geography, &self.nodes(view))
    }

    /// Counties that the selector may choose, whatever the condition finds.
    pub fn static_counties(&self, g: &Geography) -> Vec<usize> {
        counties_of(g, &self.static_nodes(g))
    }
}

/// So many of the chosen nodes are a share of them.
pub(crate) fn part_of(share: f64, nodes: usize) -> usize {
    libm::rint(share * nodes as f64) as usize
}

/// Counties of nodes, in order, each once.
pub(crate) fn counties_of(g: &Geography, nodes: &[usize]) -> Vec<usize> {
    let mut counties: Vec<usize> = nodes.iter().map(|&j| g.nodes[j].county).collect();
    counties.sort_unstable();
    counties.dedup();
    counties
}
