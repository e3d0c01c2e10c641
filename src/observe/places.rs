//! `places.csv`: where every node is and what it is called, so that a result folder can be drawn on a map
//! years later, when the tables it was made from are gone.

use super::columns;
use crate::error::Result;
use crate::output::csv::TableWriter;
use crate::output::table::TableSpec;
use crate::world::{Geography, Node};

struct Place<'a> {
    geography: &'a Geography,
    node: &'a Node,
    inside: bool,
    tags: String,
}

impl<'a> Place<'a> {
    fn unit(&self, name: impl Fn(&'a Geography, &'a Node) -> &'a str) -> Option<&'a str> {
        self.inside.then(|| name(self.geography, self.node))
    }
}

columns! { p: Place;
    Text "node" "" "Identifier of the node." = p.node.id.as_str();
    Text "name" "" "Its name." = p.node.name.as_str();
    Text "name_en" "" "Its name in Latin letters." = p.node.name_en.as_str();
    Text "tier" "" "city, county_seat, village or outside." = p.node.tier.name();
    Text "county" "" "Code of the county-level unit; empty outside the area." = p.unit(|g, n| &g.counties[n.county].code);
    Text "county_name" "" "Its name." = p.unit(|g, n| &g.counties[n.county].name);
    Text "prefecture" "" "Code of the prefecture." = p.unit(|g, n| &g.prefectures[n.prefecture].code);
    Text "prefecture_name" "" "Its name." = p.unit(|g, n| &g.prefectures[n.prefecture].name);
    Text "province" "" "Code of the province." = p.unit(|g, n| &g.provinces[n.province].code);
    Text "province_name" "" "Its name." = p.unit(|g, n| &g.provinces[n.province].name);
    Number "longitude" "degrees" "Degrees east." = p.node.longitude;
    Number "latitude" "degrees" "Degrees north." = p.node.latitude;
    Text "tags" "" "Tags of the node, joined by semicolons." = p.tags.as_str();
}

/// The table.
pub(crate) static SPEC: TableSpec = TableSpec {
    name: "places",
    title: "Places",
    description: "One row a node: names, units and the point it stands for. Does not change in a run.",
    columns: COLUMNS,
    key: &["node"],
};

/// Writes all nodes, once in a folder.
///
/// # Errors
/// If the table cannot be written.
pub(crate) fn write(geography: &Geography, table: &mut TableWriter) -> Result<()> {
    for (j, node) in geography.nodes.iter().enumerate() {
        let inside = j < geography.area_nodes();
        write_row(&Place { geography, node, inside, tags: node.tags.join(";") }, table)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tiny::Tiny;
    use super::*;

    #[test]
    fn every_node_has_a_point_and_outside_has_no_prefecture() {
        let tiny = Tiny::new();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("places.csv");
        let mut table = TableWriter::create(&path, &SPEC).unwrap();
        write(&tiny.world.geography, &mut table).unwrap();
        table.finish().unwrap();
        let text = std::fs::read_to_string(path).unwrap();
        assert_eq!(text.lines().count(), 1 + tiny.world.geography.len());
        assert!(text.contains("\na_city,a_city,a_city,city,"), "{text}");
        assert!(text.contains("\nrest,rest,rest,outside,,,,,,,"), "{text}");
    }
}
