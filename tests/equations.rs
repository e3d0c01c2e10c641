//! Promises of single equations that golden bytes alone would hold otherwise: each says what the equation is for.

use crate::six_nodes::{Area, M_SEAT, M_VILLAGE, N_SEAT, S_CITY};
use shanhai::run::Simulation;
use shanhai::world::Sector;

const INDUSTRY: usize = Sector::Industry as usize;

#[test]
fn people_away_send_the_stated_share_of_their_pay_home() {
    let share = 0.1;
    let body = format!(
        "[parameters]\nremittance_share = {share}\nremittance_share_county = 0.0\n[model]\nmigration = false\n"
    );
    let s = Area::new().run(1, &body);
    let (state, count) = (&s.world.nodes[S_CITY], &s.world.census.places[S_CITY]);
    let away = count.newcomers.iter().sum::<u64>() as f64;
    let all = count.people.iter().flatten().sum::<u64>() as f64;
    let pay = (state.pay.gross - state.pay.levies) as f64 * away / all;
    // Those who came work more often than those who were born there, and earn otherwise: within a half.
    let sent = state.remittances_sent as f64 / pay / share;
    assert!((0.7..1.5).contains(&sent), "{sent} times the stated share");
}

#[test]
fn a_project_that_moves_leaves_the_stated_part_of_its_value_behind() {
    for capital in ["projects", "deterministic"] {
        let body = format!(
            "[parameters]\nrelocation_review = 0.2\nrelocation_loss = 0.25\n[model]\ncapital = \"{capital}\"\nfailure = false\n"
        );
        let s = Area::new().run(1, &body);
        let flows = || s.world.nodes.iter().flat_map(|n| &n.capital_flows);
        let arrived = flows().map(|f| f.moved_in as f64).sum::<f64>();
        // Whole projects are scrapped when little is left of them, too: next to nothing.
        let lost = flows().map(|f| f.scrapped as f64).sum::<f64>();
        let part = lost / (arrived + lost);
        assert!(arrived > 0.0 && (part - 0.25).abs() < 0.01, "{capital}: {lost} lost, {arrived} arrived");
    }
}

#[test]
fn investors_come_where_procedures_cost_less() {
    let rest = "[parameters]\nentry_cost = 0.3\n[model]\ncapital = \"deterministic\"\nrelocation = false\n";
    let policy = "[[policy.county_empowerment]]\nat = { ids = [\"m_seat\"] }\nentry_cost = 0.0\nofficials = 0\noffice_yuan = 0\n";
    let area = Area::new();
    // What pools spend at a place before procedures take their part.
    let invested = |body: &str| area.run(1, body).world.nodes[M_SEAT].invested as f64;
    let (without, with) = (invested(rest), invested(&format!("{rest}{policy}")));
    assert!(with > 1.2 * without, "{without} without, {with} with");
}

#[test]
fn industry_makes_more_where_talent_is() {
    let area = Area::new();
    let sales = |talent: f64, posted: u32| {
        let policy = format!(
            "[parameters]\nagglomeration_talent = {talent}\n[[policy.talent_to_countryside]]\nat = {{ ids = [\"n_seat\"] }}\n\
             allowance_yuan = 0\npostings = {posted}\ndiffusion = 0\n"
        );
        area.run(2, &policy).world.nodes[N_SEAT].revenue[INDUSTRY] as f64
    };
    let gain = |talent: f64| sales(talent, 2000) / sales(talent, 0);
    let (plain, with) = (gain(0.0), gain(0.3));
    assert!(with > 1.02 * plain, "{plain} where talent does nothing for others, {with} where it does");
}

#[test]
fn who_is_trained_can_do_more_by_the_stated_gain() {
    let area = Area::new();
    let units = |gain: f64| {
        let s: Simulation = area.run(
            1,
            &format!("[parameters]\ntraining_gain = {gain}\n[[policy.skills_training]]\nrate = 0.2\n"),
        );
        let count = &s.world.census.places[M_VILLAGE];
        let trained = s.tally.trained[M_VILLAGE] as f64;
        (count.efficiency[0].iter().sum::<u64>() as f64, trained / count.people[0].iter().sum::<u64>() as f64)
    };
    let ((without, _), (with, trained)) = (units(0.0), units(0.2));
    let expected = 0.2 * trained;
    let gained = with / without - 1.0;
    assert!(trained > 0.05 && (0.5..2.0).contains(&(gained / expected)), "{gained}, not {expected}");
}
