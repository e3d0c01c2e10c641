//! Places of unit tests: without names, in one prefecture of one province, at one point.

use std::ops::Range;

use super::geography::{County, Prefecture};
use super::{Node, Tier};

/// A place of one square kilometre with nobody in it.
pub(crate) fn node(id: &str, tier: Tier, county: usize) -> Node {
    Node {
        id: id.to_owned(),
        name: String::new(),
        name_en: String::new(),
        tier,
        county,
        prefecture: 0,
        province: 0,
        longitude: 0.0,
        latitude: 0.0,
        area_km2: 1.0,
        tags: Vec::new(),
        facts: Default::default(),
    }
}

/// A county without a village.
pub(crate) fn county(code: &str, seat: usize) -> County {
    County {
        code: code.to_owned(),
        name: String::new(),
        prefecture: 0,
        province: 0,
        seat,
        village: None,
        district: false,
        longitude: 0.0,
        latitude: 0.0,
        loans_over_deposits: None,
        transfer_grade: 1.0,
    }
}

/// A prefecture of these counties and places.
pub(crate) fn prefecture(code: &str, counties: Range<usize>, nodes: Range<usize>) -> Prefecture {
    Prefecture {
        code: code.to_owned(),
        name: String::new(),
        province: 0,
        counties,
        nodes,
        longitude: 0.0,
        latitude: 0.0,
    }
}
