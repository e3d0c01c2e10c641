// What the runs say: levels of both arms and their differences, over lucks.
import { desk } from "./engine.js";
import { isNumber } from "./language.js";

const keyOf = ({ indicator, scope, id }) => [indicator, scope, id].join("|");
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Everything that is read from a set of results. */
export class Answers {
  constructor(results) {
    this.results = results;
    const named = results.lucks.flatMap((luck) => [luck.with, luck.without]).find((arm) => arm.names.length);
    this.names = named ? named.names : [];
    this.at = new Map(this.names.map((name, position) => [keyOf(name), position]));
    this.lucks = results.lucks.filter((luck) => luck.with.years.length && luck.without.years.length);
  }

  /** Years that both arms of the first luck have lived. */
  get years() {
    const [first] = this.lucks;
    if (!first) return [];
    return first.with.years.slice(0, Math.min(first.with.years.length, first.without.years.length));
  }

  unitOf(indicator) {
    const known = this.names.find((name) => name.indicator === indicator);
    return known ? known.unit : "";
  }

  /** Indicators of a scope, each once, in the order of the engine. */
  indicators(scope) {
    return [...new Set(this.names.filter((name) => name.scope === scope).map((name) => name.indicator))];
  }

  /** Ids of a scope. */
  ids(scope) {
    return [...new Set(this.names.filter((name) => name.scope === scope).map((name) => name.id))];
  }

  /** Values of an arm in a year, one a luck that has lived it. */
  values(arm, [indicator, scope, id], year) {
    const position = this.at.get([indicator, scope, id].join("|"));
    const of = (luck) => {
      const row = luck[arm].rows[luck[arm].years.indexOf(year)];
      return row && position !== undefined ? row[position] : NaN;
    };
    return this.lucks.map(of);
  }

  /** Both arms and their difference in a year, means over the lucks that have lived it in both. */
  pair(key, year) {
    const [with_, without] = ["with", "without"].map((arm) => this.values(arm, key, year));
    const both = with_.map((_, at) => at).filter((at) => isNumber(with_[at]) && isNumber(without[at]));
    const differences = both.map((at) => with_[at] - without[at]);
    return {
      with: both.length ? mean(both.map((at) => with_[at])) : NaN,
      without: both.length ? mean(both.map((at) => without[at])) : NaN,
      difference: both.length ? mean(differences) : NaN,
      count: both.length,
      pairs: [both.map((at) => with_[at]), both.map((at) => without[at])],
    };
  }

  /** A line of an arm over the years: mean, least and most over the lucks. */
  line(arm, key) {
    const each = this.years.map((year) => this.values(arm, key, year).filter(isNumber));
    const of = (act) => each.map((values) => (values.length ? act(values) : NaN));
    return {
      mid: of(mean),
      low: of((values) => Math.min(...values)),
      high: of((values) => Math.max(...values)),
    };
  }

  /** A yearly number of the area added up over the years on show, in both arms, one sum a luck. */
  sums(indicator) {
    const lived = this.years.map((year) => this.pair([indicator, "area", "all"], year).pairs);
    const whole = lived.filter(([with_]) => with_.length === this.lucks.length);
    if (!whole.length || whole.length < this.years.length) return null;
    return [0, 1].map((arm) =>
      this.lucks.map((_, at) => whole.reduce((sum, year) => sum + year[arm][at], 0)),
    );
  }

  /** Money of policies: means over lucks, by policy, payer and purpose. */
  outlays() {
    const sums = new Map();
    for (const luck of this.lucks) {
      for (const row of luck.with.outlays) {
        const key = [row.policy, row.payer, row.purpose].join("|");
        const sum = sums.get(key) || { ...row, demanded_yuan: 0, paid_yuan: 0 };
        sum.demanded_yuan += row.demanded_yuan / this.lucks.length;
        sum.paid_yuan += row.paid_yuan / this.lucks.length;
        sums.set(key, sum);
      }
    }
    return [...sums.values()];
  }
}

/** The 95 % interval of a mean difference, from the engine; nothing below three lucks. */
export async function intervalOf(found) {
  if (found.count < 3) return null;
  const [with_, without] = found.pairs.map((values) => Float64Array.from(values));
  const [, low, high] = await desk.ask("paired", with_, without);
  return [low, high];
}
