// How sure the signs are when parameters are not known: shares of draws from the shipped sensitivity.
import { element, remark, table } from "../../assets/report/script/elements.js";
import { policyName, say } from "./language.js";
import { state } from "./state.js";

export function surety() {
  const { signs, results } = state;
  const title = element("h3", {}, say("sure_title"));
  if (!signs) return [title, remark(say("sure_none"))];
  const chosen = new Set(results.whatIf.policies.map(({ kind }) => kind));
  const rows = signs.rows.filter(({ policy }) => chosen.has(policy));
  if (!rows.length) return [title, remark(say("sure_not_these"))];
  const lines = rows.map((row) => [
    policyName(row.policy),
    say(row.number),
    `${row.share} % (${row.low}–${row.high})`,
    say("sign_" + row.verdict),
  ]);
  return [
    title,
    remark(say("sure_how"), " ", signs.warning ? say("sure_old", { warning: signs.warning }) : ""),
    element(
      "div",
      { className: "card" },
      table([say("policy"), say("measure"), say("sign_holds"), say("verdict")], lines, [2]),
    ),
  ];
}
