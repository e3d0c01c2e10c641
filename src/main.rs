//! The command line: arguments in, exit code out.

fn main() {
    let path = std::env::args().nth(1).unwrap();
    let overrides: Vec<String> = std::env::args().skip(2).collect();
    let t = std::time::Instant::now();
    let mut sim = match shanhai::simulation::load(path.as_ref(), &overrides) {
        Ok(s) => s,
        Err(e) => {
            eprintln!("{e}");
            return;
        }
    };
    eprintln!("start {:?} {:?}", t.elapsed(), sim.report);
    let r = sim.run(|s| {
        let w = &s.world; let g = &w.geography;
        let mut pop = [0f64; 4]; let mut inc = [0f64; 2]; let mut n = [0f64; 2]; let mut y = [0f64;4];
        for j in 0..g.len() { let t = g.nodes[j].tier as usize; pop[t] += w.residents(j) as f64; 
            if j < g.area_nodes() { let v = (t == 2) as usize; inc[v] += w.nodes[j].income as f64; n[v] += w.nodes[j].earners as f64; y[t] += w.node_output(j).yuan(); } }
        let area = pop[0]+pop[1]+pop[2];
        let k: f64 = w.nodes.iter().flat_map(|n| n.capital).map(|x| x as f64/100.).sum();
        let out = w.output()/100.;
        println!("{} pop {:.2}m city {:.3} seat {:.3} village {:.3} outside {:.1}m inc {:.0} {:.0} ratio {:.3} gdp/h {:.0} K/Y {:.2} hub {:.3} income/gdp {:.3} births {} deaths {}", w.year, area/1e6, pop[0]/area, pop[1]/area, pop[2]/area, pop[3]/1e6, inc[0]/n[0]/100., inc[1]/n[1]/100., (inc[0]/n[0])/(inc[1]/n[1]), out/area, k/out, w.accounts.hub.yuan()/out, (inc[0]+inc[1])/100./out, s.tally.births.iter().sum::<u64>()*w.persons_per_agent(), s.tally.deaths.iter().sum::<u64>()*w.persons_per_agent());
        for v in 0..3 { let mut parts=[0f64;6]; let mut rem=0f64; let mut rv=[0f64;4]; let mut wb=[0f64;4]; let mut sp=[0f64;4]; let mut n=0f64; let mut c=0f64; let mut ss=0f64;
          for j in 0..g.area_nodes() { if g.nodes[j].tier as usize == v { let st=&w.nodes[j]; for i in 0..6 {parts[i]+=st.income_parts[i] as f64;} for i in 0..4 {rv[i]+=st.revenue[i] as f64/1e11;wb[i]+=st.wage_bill[i] as f64/1e11;sp[i]+=st.surplus[i] as f64/1e11;} rem+=st.remittances_sent as f64; n+=st.earners as f64; c+=st.consumption as f64;ss+=(st.spent_services+st.spent_infrastructure) as f64; } }
          println!("   tier {v} n {:.2}m parts/head {:?} rem sent {:.0} C {:.0} govS {:.0} rev {:.1?} bill {:.1?} surplus {:.1?}", n/1e6, parts.map(|x| (x/n/100.) as i64), rem/n/100., c/n/100., ss/n/100., rv, wb, sp); }
        Ok(())
    });
    if let Err(e) = r {
        eprintln!("{e}");
    }
    eprintln!("{:?}", sim.timings);
}
