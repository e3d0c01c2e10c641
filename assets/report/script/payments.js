// Payments between classes of accounts in a year of a run.
import { overText, tip } from "./axes.js";
import { addCard } from "./cards.js";
import { colours } from "./colours.js";
import { data } from "./data.js";
import { escaped } from "./elements.js";
import { word } from "./language.js";
import { number, sum, unique, withUnit } from "./numbers.js";
import { state } from "./state.js";
import { yearTools } from "./years.js";

/** Payer, receiver and amount of the year on show, all purposes together; what is negative goes back. */
function sumsOfYear() {
  const year = Math.max(data.payments[0].year, state.year);
  const sums = new Map();
  for (const row of data.payments.filter((payment) => payment.year === year)) {
    const key = row.payer + "\t" + row.receiver;
    sums.set(key, (sums.get(key) || 0) + row.yuan);
  }
  const flow = ([key, yuan]) => {
    const [payer, receiver] = key.split("\t");
    return yuan < 0 ? [receiver, payer, -yuan] : [payer, receiver, yuan];
  };
  return [...sums].map(flow).filter(([, , yuan]) => yuan > 0);
}
function tipOfPayments() {
  const ofFlow = ({ source, target, value }) =>
    `${escaped(source)} → ${escaped(target)}<br><b>${withUnit(value, "yuan")}</b>`;
  const ofClass = ({ name, value }) => `${escaped(name)}: <b>${withUnit(value, "yuan")}</b>`;
  return { ...tip(), formatter: (mark) => (mark.dataType === "edge" ? ofFlow(mark.data) : ofClass(mark)) };
}
/** Names on the right have a trailing blank, because a class both pays and receives. */
function paymentsOption() {
  const list = sumsOfYear();
  const names = unique(list.flatMap(([payer, receiver]) => [payer, receiver]));
  const side = (end, position, blank) => {
    const total = (name) => sum(list.filter((row) => row[end] === name).map((row) => row[2]));
    return unique(list.map((row) => row[end]))
      .sort((one, other) => total(other) - total(one))
      .map((name) => ({
        name: word(name) + blank,
        depth: end,
        itemStyle: { color: colours()[names.indexOf(name) % 8] },
        label: { position, formatter: `${word(name)}  ${number(total(name), "yuan")}` },
      }));
  };
  const diagram = {
    type: "sankey",
    ...{ left: 4, right: 4, top: 8, bottom: 8, nodeGap: 14, nodeWidth: 16 },
    draggable: false,
    layoutIterations: 0,
    label: overText(),
    lineStyle: { color: "source", opacity: 0.3 },
    data: [...side(0, "right", ""), ...side(1, "left", " ")],
    links: list.map(([payer, receiver, value]) => ({
      source: word(payer),
      target: word(receiver) + " ",
      value,
    })),
  };
  return { tooltip: tipOfPayments(), series: [diagram] };
}
export function payments(part) {
  if (!data.payments.length) return;
  const head = ["year", "payer_class", "receiver_class", "purpose", "amount_yuan"];
  const rowOf = ({ year, payer, receiver, purpose, yuan }) => [year, payer, receiver, purpose, yuan];
  addCard(part, {
    id: "payments",
    apart: "apart",
    title: word("chart_payments"),
    read: word("read_payments"),
    size: "tall",
    yearly: true,
    tools: yearTools(),
    source: "accounts.csv",
    unit: word("unit_yuan"),
    rows: () => [head, ...data.payments.map(rowOf)],
    option: paymentsOption,
  });
}
