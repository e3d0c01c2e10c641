// Study areas: those that come with the page, and tables of the reader's own.
import { desk, Failure } from "./engine.js";
import { say } from "./language.js";
import { part } from "./parts.js";
import { state } from "./state.js";

/** Agents that a tab lives through in a few seconds. */
const COMFORTABLE = 150000;
const LEAST_SIZE = 10;
export const AGENT_SIZES = [1, 10, 50, 100, 200, 500, 1000, 2000, 5000];

async function fetched(path) {
  const answer = await part(path).catch(() => null);
  if (!answer || !answer.ok) throw new Failure(say("no_file", { path }), false);
  return answer;
}

/** The county of every node, from the table of nodes; nothing if it cannot be read as plainly as that. */
function countiesOf(tables) {
  for (const bytes of tables.values()) {
    const lines = new TextDecoder().decode(bytes).trim().split(/\r?\n/);
    const [head, ...rows] = lines.map((line) => line.split(","));
    const [id, tier, county] = ["id", "tier", "county"].map((column) => head.indexOf(column));
    if (Math.min(id, tier, county) < 0) continue;
    if (rows.some((row) => row.length !== head.length)) return null;
    return new Map(rows.map((row) => [row[id], row[county]]));
  }
  return null;
}
/** A place as the engine describes it, with the question that its scenario asks. */
async function described(place) {
  const area = JSON.parse(await desk.ask("placeOf", place.text, place.tables));
  const asked = JSON.parse(await desk.ask("whatIfOf", place.text, place.name));
  return { ...place, area, asked, countyOf: countiesOf(place.tables) };
}

/** Loads a place that comes with the page. */
export async function open(name) {
  const known = state.places.find((place) => place.name === name);
  if (!known) throw new Failure(say("no_place", { name }), false);
  const text = await (await fetched(known.folder + "/" + known.scenario)).text();
  const paths = [...(await desk.ask("inputFiles", text)), ...known.extras];
  const read = async (path) => [
    path,
    new Uint8Array(await (await fetched(known.folder + "/" + path)).arrayBuffer()),
  ];
  const tables = new Map(await Promise.all(paths.map(read)));
  const isInvented = known.folder.endsWith("/teaching");
  return described({ ...known, text, tables, isOwn: false, isInvented });
}

/** What is called by the names of the reader's files; a scenario alone belongs to the place on show. */
function placeFor(scenario, given) {
  if (!given.size && state.place && !state.place.isOwn) return state.place;
  const name = scenario ? scenario[0] : "scenario.toml";
  return { name: "own", folder: "own", scenario: name, extras: [...given.keys()], isOwn: true };
}

/** Takes files of the reader: tables, with or without a scenario. */
export async function take(files) {
  const read = async (file) => [file.name, new Uint8Array(await file.arrayBuffer())];
  const all = await Promise.all([...files].map(read));
  const scenario = all.find(([name]) => name.endsWith(".toml"));
  const given = new Map(all.filter(([name]) => name.endsWith(".csv")));
  if (!scenario && !given.size) throw new Failure(say("no_table"), false);
  const text = scenario
    ? new TextDecoder().decode(scenario[1])
    : await desk.ask("scenarioForTables", [...given.keys()]);
  const here = state.place ? state.place.tables : new Map();
  const tables = new Map(given);
  const missing = [];
  for (const path of await desk.ask("inputFiles", text)) {
    const found = given.get(path) || given.get(path.split("/").pop()) || here.get(path);
    if (found) tables.set(path, found);
    else missing.push(path);
  }
  if (missing.length) throw new Failure(say("tables_missing", { files: missing.join(say("comma")) }), false);
  const place = await described({ ...placeFor(scenario, given), text, tables });
  // Tables without a scenario say nothing of agents: as many as a tab lives through in seconds.
  if (!scenario) {
    place.asked.persons_per_agent = comfortable({ ...place.area, persons_per_agent: LEAST_SIZE });
  }
  return { place, whatIf: place.asked };
}

/** How many persons an agent stands for, so that a run takes seconds. */
export function comfortable(area) {
  const sizes = [area.persons_per_agent, ...AGENT_SIZES.filter((size) => size > area.persons_per_agent)];
  return sizes.find((size) => area.persons / size <= COMFORTABLE) || sizes[sizes.length - 1];
}

/** The question that a place begins with: that of its scenario. */
export const firstQuestion = (place) => ({ ...place.asked, persons_per_agent: comfortable(place.area) });

/** The files of a teaching case, as examples for tables of the reader's own. */
export async function exampleFiles() {
  const { folder, scenario } = state.places.find((place) => place.name === "mountain_and_coast");
  const read = async (name) => [name, await (await fetched(folder + "/" + name)).text()];
  const [, text] = await read(scenario);
  const names = await desk.ask("inputFiles", text);
  return [[scenario, text], ...(await Promise.all(names.map(read)))];
}
