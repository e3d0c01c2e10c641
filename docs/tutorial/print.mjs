// Runs every command of the lessons and holds their numbers to what comes out:
//   node docs/tutorial/print.mjs PROGRAM [--write]     --write puts the numbers of this program into the lessons
//
// In a lesson, `<!-- begin: compare FOLDER; LABEL = INDICATOR SCOPE ID; ... -->` to `<!-- end -->` is a table of effects in the
// last year, `run FOLDER FOLDER ...; LABEL = INDICATOR SCOPE ID YEAR; ...` a table of levels, `costs FOLDER` who paid over all years,
// `hundred FOLDER; LABEL = INDICATOR SCOPE ID; ...` effects over all years by 100 yuan of that, `widths FOLDER FOLDER; ...` how wide the
// intervals of two comparisons are, `signs FOLDER; ...` in which share of a design's draws a sign holds.
// `<!-- holds: FOLDER INDICATOR SCOPE ID more|less|unclear -->` is what the words beside it claim: the effect's interval
// lies above zero, below it, or holds it; with `hundred` before FOLDER that of all years. `holds: times FOLDER FOLDER INDICATOR SCOPE ID
// LEAST MOST` claims how many times the second folder's effect the first one's is, `holds: part FOLDER INDICATOR SCOPE ID LEAST MOST` which part
// of the level without the policy an effect is. `<!-- picture: FOLDER NAME -->` is a picture
// that the program draws of a folder, in the language of the lesson, kept in `pictures/`. A place "on the page" is one of `site/places.json`.
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const [given, ...options] = process.argv.slice(2);
// Commands run in a folder of their own; a program without a folder is looked for on the path.
const program = given.includes("/") ? resolve(given) : given;
const writes = options.includes("--write");
const here = dirname(new URL(import.meta.url).pathname);
// The words of the report; older versions of node take a `.js` file for something else than a module.
const report = readFileSync(join(here, "../../assets/report/words/names.js"), "utf8");
const { NAMES } = await import("data:text/javascript," + encodeURIComponent(report));
// Places of the what-if page, by their names in both languages.
const places = JSON.parse(readFileSync(join(here, "../../site/places.json"), "utf8")).flatMap(
  ({ title }) => title,
);
const scratch = mkdtempSync(join(tmpdir(), "lessons-"));
symlinkSync(resolve(here, "../../scenarios"), join(scratch, "scenarios"));

/** The words of a command line; quotation marks hold words together. */
const words = (line) => [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);

/** The rows of a table as objects; cells of these tables hold no line breaks. */
function rows(folder, file) {
  const text = readFileSync(join(scratch, folder, file), "utf8").trim();
  const cells = (line) =>
    [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell]) => cell.replace(/^"|"$/g, ""));
  const [head, ...lines] = text.split("\n").map(cells);
  return lines.map((line) => Object.fromEntries(head.map((name, at) => [name, line[at]])));
}

// From which value on which unit is written, and its name.
const SIZES = {
  en: [
    [1e10, 1e9, " bn"],
    [1e7, 1e6, " m"],
  ],
  zh: [
    [1e8, 1e8, " 亿"],
    [1e6, 1e4, " 万"],
  ],
};
/** The language of the lesson that is printed. */
let language = "en";
/** A number in the unit of the largest of those beside it. */
function number(value, beside = [value]) {
  if (!Number.isFinite(value)) return "–";
  const largest = Math.max(...beside.map(Math.abs));
  const [, size, name] = SIZES[language].find(([least]) => largest >= least) || [1, 1, ""];
  return (
    Number((value / size).toPrecision(4)).toLocaleString("en-US", { maximumSignificantDigits: 4 }) + name
  );
}
const signed = (value, beside) => (value > 0 ? "+" : "") + number(value, beside);
/** A word of a table in the language of the lesson, in English as the screen and `costs.csv` have it. */
const named = (key) =>
  language === "zh" && Object.hasOwn(NAMES, key) ? NAMES[key][1] : key.replace(/_/g, " ");
const percent = (value) => (100 * value).toFixed(1) + " %";
const level = (value, unit) => (unit === "share" ? percent(value) : number(value));

/** The effect on an indicator in the last year of a comparison. */
function effect(folder, indicator, scope, id) {
  const found = rows(folder, "compare.csv").filter(
    (row) => row.indicator === indicator && row.scope === scope && row.scope_id === id,
  );
  if (!found.length) throw new Error(`${folder} has no ${indicator} of ${scope} ${id}`);
  const row = found.reduce((last, one) => (Number(one.year) > Number(last.year) ? one : last));
  const numbers = ["year", "baseline", "policy", "difference", "low", "high"].map((name) => [
    name,
    Number(row[name]),
  ]);
  return { ...Object.fromEntries(numbers), unit: row.unit };
}

/** Heads of tables, in the language of a lesson. */
const HEADS = {
  en: {
    effect: ["without", "with", "difference", "95 % interval of luck"],
    to: " to ",
    costs: ["who pays", "for what", "paid, yuan, ", "demanded, yuan"],
    hundred: ["by 100 yuan paid, ", "yuan"],
    narrower: "times narrower",
    signs: [
      "effect on",
      "with the scenario's own parameters",
      "same sign in, of ",
      " draws",
      "5 % to 95 % of the draws",
    ],
  },
  zh: {
    effect: ["无政策", "有政策", "差异", "随机波动的 95% 区间"],
    to: " 至 ",
    costs: ["付款方", "用途", "实付，元，", "应付，元"],
    hundred: ["每支付 100 元，", "元"],
    narrower: "窄了多少倍",
    signs: ["效应", "情景自身参数下", "符号相同的比例，共 ", " 次抽样", "抽样的 5% 至 95% 分位"],
  },
};

const line = (cells) => `| ${cells.join(" | ")} |`;
const table = (head, body) =>
  [line(head), line(head.map((_, at) => (at ? "---:" : "---"))), ...body.map(line)].join("\n");
const parts = (text) => {
  const [label, key] = text.split("=").map((part) => part.trim());
  return [label, key.split(/\s+/)];
};

/** First and last year of a comparison. */
function years(folder, heads) {
  const found = rows(folder, "compare.csv").map((row) => Number(row.year));
  return `${Math.min(...found)}${heads.to}${Math.max(...found)}`;
}

/** Student's t of a 95 % interval, by the number of replicates. */
const STUDENT = { 3: 4.302653, 8: 2.364624, 16: 2.13145 };

/** The effect over all years on a sum of yuan, by 100 yuan that were paid: the last lines of the screen. */
function hundred(folder, indicator, scope, id) {
  const paid = rows(folder, "costs.csv").reduce((sum, row) => sum + Number(row.difference_yuan), 0);
  const gained = {};
  for (const row of rows(folder, "replicates.csv")) {
    if (row.indicator !== indicator || row.scope !== scope || row.scope_id !== id) continue;
    const sign = row.run.includes("/baseline/") ? -1 : 1;
    gained[row.replicate] = (gained[row.replicate] || 0) + (sign * 100 * Number(row.value)) / paid;
  }
  const all = Object.values(gained);
  const mean = all.reduce((sum, one) => sum + one, 0) / all.length;
  const square = all.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (all.length - 1);
  const half = STUDENT[all.length] * Math.sqrt(square / all.length);
  if (!Number.isFinite(half)) throw new Error(`${folder} has no interval of ${indicator} of ${scope} ${id}`);
  return { mean, low: mean - half, high: mean + half };
}

const PRINT = {
  compare([folder], lines, heads) {
    const body = lines.map(parts).map(([label, [indicator, scope, id]]) => {
      const found = effect(folder, indicator, scope, id);
      const beside = [found.difference, found.low, found.high];
      const [difference, low, high] = beside.map((value) => signed(value, beside));
      return [
        label,
        level(found.baseline, found.unit),
        level(found.policy, found.unit),
        difference,
        low + heads.to + high,
      ];
    });
    const [, [indicator, scope, id]] = parts(lines[0]);
    const { year } = effect(folder, indicator, scope, id);
    return table([String(year), ...heads.effect], body);
  },
  run(folders, lines) {
    const body = lines.map(parts).map(([label, [indicator, scope, id, year]]) => [
      label,
      ...folders.map((folder) => {
        const row = rows(folder, "indicators.csv").find(
          (one) =>
            one.indicator === indicator && one.scope === scope && one.scope_id === id && one.year === year,
        );
        return row ? level(Number(row.value), row.unit) : "–";
      }),
    ]);
    return table(["", ...folders.map((folder) => "`" + folder.split("/").pop() + "`")], body);
  },
  costs([folder], _, heads) {
    const costs = rows(folder, "costs.csv");
    // What was demanded is told where something of it could not be paid.
    const cut = costs.some((row) => row.demanded_yuan - row.policy_yuan >= 0.5);
    const body = costs.map((row) => [
      named(row.payer),
      named(row.purpose),
      number(Number(row.policy_yuan)),
      ...(cut ? [number(Number(row.demanded_yuan))] : []),
    ]);
    const [payer, purpose, paid, demanded] = heads.costs;
    return table([payer, purpose, paid + years(folder, heads), ...(cut ? [demanded] : [])], body);
  },
  hundred([folder], lines, heads) {
    const body = lines.map(parts).map(([label, key]) => [label, signed(hundred(folder, ...key).mean)]);
    const [first, unit] = heads.hundred;
    return table([first + years(folder, heads), unit], body);
  },
  widths(folders, lines, heads) {
    const body = lines.map(parts).map(([label, key]) => {
      const found = folders.map((folder) => effect(folder, ...key));
      const half = found.map(({ low, high }) => (high - low) / 2);
      const beside = [...half, ...found.map(({ difference }) => difference)];
      const cells = found.map(
        ({ difference }, at) => `${signed(difference, beside)} ± ${number(half[at], beside)}`,
      );
      return [label, ...cells, (half[0] / half[1]).toFixed(1)];
    });
    const [, key] = parts(lines[0]);
    const names = folders.map((folder) => "`" + folder.split("/").pop() + "`");
    return table([String(effect(folders[0], ...key).year), ...names, heads.narrower], body);
  },
  signs([folder], lines, heads) {
    let draws;
    const body = lines.map(parts).map(([label, [indicator, scope, id]]) => {
      const row = rows(folder, "policies.csv").find(
        (one) => one.indicator === indicator && one.scope === scope && one.scope_id === id,
      );
      if (!row) throw new Error(`${folder} has no sign of ${indicator} of ${scope} ${id}`);
      draws = row.draws;
      const middle = [row.low_5, row.high_95].map((end) => signed(Number(end))).join(heads.to);
      return [label, signed(Number(row.own_effect)), percent(Number(row.share_sign_holds)), middle];
    });
    const [of, own, before, after, middle] = heads.signs;
    return table([of, own, before + draws + after, middle], body);
  },
};

/** What a claim of the words says, and what was found. */
function broken(claim) {
  const said = claim.trim().split(/\s+/);
  if (["times", "part"].includes(said[0])) {
    const [kind, ...rest] = said;
    const [least, most] = rest.splice(-2).map(Number);
    const key = rest.splice(-3);
    const [first, second] = rest.map((folder) => effect(folder, ...key));
    const ratio = first.difference / (kind === "times" ? second.difference : first.baseline);
    return ratio >= least && ratio <= most ? null : `${claim.trim()}: found ${number(ratio)}`;
  }
  const side = said.pop();
  const { low, high } = said[0] === "hundred" ? hundred(...said.slice(1)) : effect(...said);
  const found = low > 0 ? "more" : high < 0 ? "less" : "unclear";
  return found === side ? null : `${claim.trim()}: found ${found}, ${signed(low)} to ${signed(high)}`;
}

let failures = 0;
function fail(text) {
  console.error(text);
  failures += 1;
}
/** The commands of a lesson, in order. */
const commands = (text) =>
  [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block]) =>
    block
      .replace(/\\\n/g, " ")
      .split("\n")
      .filter((one) => one.startsWith("shanhai ")),
  );

const run = (command) => execFileSync(program, command, { cwd: scratch, stdio: ["ignore", "pipe", "pipe"] });

/** A picture of a folder in a language; a design draws its own while it runs, so it is run once more. */
function drawn(folder, name, spoken, lesson) {
  const out = `pictures/${spoken}/${folder}`;
  if (
    existsSync(join(scratch, folder, "compare.csv")) ||
    existsSync(join(scratch, folder, "indicators.csv"))
  ) {
    run(["report", folder, "--svg", out, "--language", spoken, "--force"]);
    return readFileSync(join(scratch, out, name), "utf8");
  }
  const made = lesson.map(words).find((one) => one.includes(folder));
  const again = made.slice(1).map((word) => (word === folder ? out : word));
  run([...again, "--language", spoken, "--quiet"]);
  return readFileSync(join(scratch, out, name), "utf8");
}

/** Holds the pictures of a lesson to what the program draws, or writes them. */
function holdPictures(text, spoken, lesson) {
  mkdirSync(join(here, "pictures"), { recursive: true });
  const wanted = text.matchAll(/<!-- picture: (\S+) (\S+) -->\n!\[[^\]]*\]\((?:\.\.\/)?(pictures\/\S+)\)/g);
  for (const [, folder, name, kept] of wanted) {
    const picture = drawn(folder, name, spoken, lesson);
    const path = join(here, kept);
    if (writes) writeFileSync(path, picture);
    else if (!existsSync(path) || readFileSync(path, "utf8") !== picture) {
      fail(`${path}: it is not what the program draws; draw it with --write`);
    }
  }
}

/** Holds the numbers, claims and pictures of a lesson to the tables of its commands, or writes numbers and pictures. */
function hold(path, spoken, lesson) {
  language = spoken;
  const text = readFileSync(path, "utf8");
  holdPictures(text, spoken, lesson);
  const printed = text.replace(
    /(<!-- begin: ([^>]*) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, begin, what, end) => {
      const [first, ...lines] = what.split(";").map((part) => part.trim());
      const [kind, ...folders] = first.split(/\s+/);
      return `${begin}\n${PRINT[kind](folders, lines, HEADS[spoken])}\n\n${end}`;
    },
  );
  for (const [, claim] of text.matchAll(/<!-- holds: ([^>]*) -->/g)) {
    const told = broken(claim);
    if (told) fail(`${path}: ${told}`);
  }
  for (const [, place] of text.matchAll(/^(?:On the page: choose "|在网页上：选择“)(.*)["”]/gm)) {
    if (!places.includes(place)) fail(`${path}: the page has no place "${place}"`);
  }
  if (writes) writeFileSync(path, printed);
  else if (printed !== text) {
    fail(`${path}: its numbers are not those of the program; print them with --write`);
  }
}

try {
  for (const file of readdirSync(here).filter((name) => /^\d.*\.md$/.test(name))) {
    const lesson = commands(readFileSync(join(here, file), "utf8"));
    const inChinese = join(here, "zh", file);
    if (commands(readFileSync(inChinese, "utf8")).join() !== lesson.join()) {
      fail(`${inChinese}: its commands are not those of the English lesson`);
    }
    for (const command of lesson) {
      run(words(command).slice(1));
    }
    hold(join(here, file), "en", lesson);
    hold(inChinese, "zh", lesson);
    console.log(`${file}: commands run`);
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
process.exit(failures ? 1 : 0);
