// What policies changed, what they cost, who paid, and what each adds.
import { aims } from "./aims.js";
import { balances } from "./balances.js";
import { nothing, section } from "./cards.js";
import { contributions } from "./contributions.js";
import { costs } from "./costs.js";
import { element } from "./elements.js";
import { levers } from "./levers.js";
import { payments } from "./payments.js";

export function policy() {
  const part = section("policy");
  aims(part);
  levers(part);
  const grid = element("div", { className: "grid pay" });
  part.append(grid);
  costs(grid);
  balances(grid);
  contributions(part);
  payments(part);
  if (!part.querySelector(".card")) part.append(nothing());
}
