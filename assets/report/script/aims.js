// What each policy of the scenario is for, and who is to pay.
import { data, policies } from "./data.js";
import { box, heading, table } from "./elements.js";
import { aimOf, policyKind, policyName, word } from "./language.js";
import { unique } from "./numbers.js";

export function aims(part) {
  const kinds = new Map(policies.kinds.map((kind) => [kind.name, kind]));
  const all = unique(data.results.flatMap((result) => result.policies));
  const named = all.filter((policy) => kinds.has(policyKind(policy)));
  if (!named.length) return;
  const rows = named.map((policy) => [policyName(policy), ...aimOf(kinds.get(policyKind(policy)))]);
  part.append(box({}, heading(word("aims")), table([word("policies"), word("aim"), word("payer")], rows)));
}
