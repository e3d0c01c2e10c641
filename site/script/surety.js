// How sure the signs are when parameters are not known: shares of draws from the shipped sensitivity.
import { element, remark, table } from "../../assets/report/script/elements.js";
import { policyName, say } from "./language.js";
import { state } from "./state.js";

/** What a row says. A sign that luck decides is none, so its share is not shown. */
function verdict({ verdict: word, share }) {
  return say("sign_" + (word === "open" && share < 50 ? "turned" : word));
}

export function surety() {
  const { signs, results } = state;
  const { place } = results;
  const title = element("h3", {}, say("sure_title"));
  if (!signs) return [title, remark(say("sure_none"))];
  if (place.isOwn || place.isInvented) return [title, remark(say("sure_not_here"))];
  const chosen = [...new Set(results.whatIf.policies.map(({ kind }) => kind))];
  if (!chosen.length) return [title, remark(say("sure_no_policy"))];
  const rows = signs.rows.filter(({ policy }) => chosen.includes(policy));
  const absent = chosen.filter((kind) => rows.every(({ policy }) => policy !== kind)).map(policyName);
  const without = absent.length
    ? remark(say("sure_not_these", { policies: absent.join(say("comma")) }))
    : null;
  if (!rows.length) return [title, without];
  const lines = rows.map((row) => [
    policyName(row.policy),
    say(row.number),
    row.verdict === "luck" ? "–" : `${row.share} % (${row.low}–${row.high})`,
    verdict(row),
  ]);
  return [
    title,
    remark(say("sure_how"), " ", signs.before ? say("sure_old", { version: signs.before }) : ""),
    without,
    element(
      "div",
      { className: "card" },
      table([say("policy"), say("measure"), say("sign_holds"), say("verdict")], lines, [2]),
    ),
  ].filter(Boolean);
}
