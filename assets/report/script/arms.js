// Nodes without and with the policy in the last year.
import { data } from "./data.js";
import { isShown } from "./subject.js";

/** Both values of an indicator, by node. */
export const armsOf = (indicator) =>
  new Map(
    data.node_differences
      .filter((row) => isShown(row) && row.indicator === indicator)
      .map(({ node, baseline, policy }) => [node, { baseline, policy }]),
  );
