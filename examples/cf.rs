use shanhai::experiment::*;
fn main() {
    let a: Vec<String> = std::env::args().skip(1).collect();
    let t = std::time::Instant::now();
    let (s, law) = law_closed_form::load("scenarios/china/backtest_2010_2020.toml".as_ref(), &a)
        .map_err(|e| {
            eprintln!("{e}");
        })
        .unwrap();
    eprintln!("{:?} gap {} rounds {}", t.elapsed(), law.fit_gap, law.fit_rounds);
    println!("movers 15-34 {}", law.movers[3..=6].iter().sum::<f64>());
    if let Some(f) = &law.facts.fit {
        for (r, (b, e)) in law.facts.regressors.iter().zip(f.coefficients.iter().zip(&f.standard_errors)) {
            println!("{} {b:.3} {e:.3}", r.name);
        }
        println!("r2 {}", f.r_squared);
    }
    let t = std::time::Instant::now();
    let targets = targets::Targets::read(
        &["scenarios/zhejiang/census_2020.csv".into(), "scenarios/henan/census_2020.csv".into()],
        &law.geography,
    )
    .map_err(|e| {
        eprintln!("{e}");
    })
    .unwrap();
    println!("unmatched {:?}", targets.unmatched);
    let show = |name: &str, pop: &[f64]| {
        println!("{name} total {:.1}m", pop.iter().sum::<f64>() / 1e6);
        for (l, s) in score::by_level(&targets, &law.geography, pop) {
            println!(
                "  {l:24} n {:3} r {:.3} r2 {:.3} c {:.3} mae {:.3}",
                s.units, s.r, s.r2, s.centred_r2, s.mae
            );
        }
    };
    let p = law.predict(&s.drivers.odds);
    println!("cost {:?} away {:?} {:?}", p.cost, p.away, t.elapsed());
    show("law", &p.population);
    show("natural", &law.natural);
    show("uniform", &law.uniform());
}
