//! The right name that a misspelt one stands for.

/// The right name that a misspelt one most likely stands for, if any comes close.
///
/// Close is at most one slip in three letters, or a long common beginning (`until_year` for `until`).
pub fn nearest<'n>(name: &str, right: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    let plain = |name: &str| name.trim().to_lowercase().replace(['-', ' '], "_");
    let found = plain(name);
    if found.len() > LONGEST {
        return None;
    }
    let mut best: Option<(f64, &str)> = None;
    for candidate in right {
        let wanted = plain(candidate);
        let slips = strsim::osa_distance(&found, &wanted);
        let allowed = (found.chars().count().max(wanted.chars().count()) / 3).max(1);
        let likeness = strsim::jaro_winkler(&found, &wanted);
        if (slips <= allowed && slips < wanted.chars().count()) || likeness >= 0.9 {
            let score = likeness - slips as f64 * 0.01;
            if best.is_none_or(|(other, _)| score > other) {
                best = Some((score, candidate));
            }
        }
    }
    best.map(|(_, name)| name)
}

/// The right names that are most like a name, the likest first, at most so many.
pub(crate) fn likest<'n>(name: &str, right: &[&'n str], most: usize) -> Vec<&'n str> {
    let mut found = right.to_vec();
    if name.len() <= LONGEST {
        let likeness = |other: &str| strsim::jaro_winkler(&name.to_lowercase(), other);
        found.sort_by(|a, b| likeness(b).total_cmp(&likeness(a)));
    }
    found.truncate(most);
    found
}

/// Most letters of a name that a guess looks at.
const LONGEST: usize = 100;

/// Guesses at right names, as many as somebody reads: each compares with every right name, and thousands of
/// wrong names are another kind of mistake than a slip.
#[derive(Clone, Debug)]
pub(crate) struct Guesses {
    left: u32,
}

impl Default for Guesses {
    fn default() -> Self {
        Guesses { left: 100 }
    }
}

impl Guesses {
    /// [`nearest`], until a hundred names were looked at.
    pub(crate) fn nearest<'n>(
        &mut self,
        name: &str,
        right: impl IntoIterator<Item = &'n str>,
    ) -> Option<&'n str> {
        self.left = self.left.checked_sub(1)?;
        nearest(name, right)
    }

    /// The right names that one may stand for: those that begin with it (`pension_gap_province` for `pension_gap`), or the
    /// nearest.
    pub(crate) fn alike<'n>(&mut self, name: &str, right: &[&'n str]) -> Vec<&'n str> {
        let goes_on = |known: &str| known.strip_prefix(name).is_some_and(|rest| rest.starts_with('_'));
        let begun: Vec<&str> = right.iter().copied().filter(|known| goes_on(known)).collect();
        match begun.len() {
            2..=6 => begun,
            _ => self.nearest(name, right.iter().copied()).into_iter().collect(),
        }
    }

    /// Whether there is no guess left.
    pub(crate) fn is_used_up(&self) -> bool {
        self.left == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_the_right_name() {
        let names = ["until", "from", "seed", "moving_cost", "county_seat", "id"];
        let near = |name| nearest(name, names);
        assert_eq!(near("untill"), Some("until"));
        assert_eq!(near("Until"), Some("until"));
        assert_eq!(near("form"), Some("from"));
        assert_eq!(near("moving-cost"), Some("moving_cost"));
        assert_eq!(near("movingcosts"), Some("moving_cost"));
        assert_eq!(near("countyseat"), Some("county_seat"));
        assert_eq!(near("until_year"), Some("until"));
        assert_eq!(near("colour"), None);
        assert_eq!(near(""), None);
        assert_eq!(near("x"), None);
        assert_eq!(near(&"until".repeat(100_000)), None);
    }

    #[test]
    fn the_likest_names_come_first() {
        let names = ["seed", "output_yuan", "residents", "output_share"];
        assert_eq!(likest("output", &names, 2), ["output_yuan", "output_share"]);
        assert_eq!(likest(&"x".repeat(200), &names, 3), names[..3]);
    }

    #[test]
    fn the_beginning_of_several_names_suggests_all_of_them() {
        let right = ["kappa_s", "kappa_talent", "kappa_workers", "lambda_nest"];
        let alike = |name| Guesses::default().alike(name, &right);
        assert_eq!(alike("kappa"), right[..3]);
        assert_eq!(alike("kappa_tallent"), ["kappa_talent"]);
        assert_eq!(alike("lambda"), ["lambda_nest"]);
        assert!(alike("seed").is_empty());
    }

    #[test]
    fn after_a_hundred_wrong_names_nobody_guesses_any_more() {
        let mut guesses = Guesses::default();
        let found = (0..1000).filter(|_| guesses.nearest("untill", ["until"]).is_some()).count();
        assert_eq!((found, guesses.is_used_up()), (100, true));
    }
}
