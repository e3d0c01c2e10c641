// How income is distributed over places and persons.
import { nothing, section } from "./cards.js";
import { element } from "./elements.js";
import { lorenzOfArms, lorenzOfRun } from "./lorenz.js";
import { scatterOfArms, scatterOfRun } from "./scatter.js";
import { isComparison } from "./subject.js";
import { theil } from "./theil.js";

export function distribution() {
  const part = section("distribution");
  const grid = element("div", { className: "grid" });
  part.append(grid);
  if (isComparison) lorenzOfArms(grid);
  lorenzOfRun(grid);
  theil(grid);
  if (isComparison) scatterOfArms(part);
  else scatterOfRun(part);
  if (!part.querySelector(".card")) part.append(nothing());
}
