// Study areas: those that come with the page, and tables of the reader's own.
import { desk, Failure } from "./engine.js";
import { say } from "./language.js";
import { part } from "./parts.js";
import { state } from "./state.js";

/** Agents that a tab lives through in a few seconds. */
const COMFORTABLE = 150000;
export const AGENT_SIZES = [1, 10, 50, 100, 200, 500, 1000, 2000, 5000];

async function fetched(path) {
  const answer = await part(path).catch(() => null);
  if (!answer || !answer.ok) throw new Failure(say("no_file", { path }), false);
  return answer;
}

async function described(place) {
  return { ...place, area: JSON.parse(await desk.ask("placeOf", place.text, place.tables)) };
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
  return described({ ...known, text, tables, isOwn: false });
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
  for (const path of await desk.ask("inputFiles", text)) {
    const found = given.get(path) || given.get(path.split("/").pop()) || here.get(path);
    if (found) tables.set(path, found);
  }
  const place = await described({ ...placeFor(scenario, given), text, tables });
  return { place, whatIf: JSON.parse(await desk.ask("whatIfOf", text, place.name)) };
}

/** How many persons an agent stands for, so that a run takes seconds. */
export function comfortable(area) {
  const sizes = [area.persons_per_agent, ...AGENT_SIZES.filter((size) => size > area.persons_per_agent)];
  return sizes.find((size) => area.persons / size <= COMFORTABLE) || sizes[sizes.length - 1];
}

/** The question that a place begins with. */
export const firstQuestion = (place) => ({
  place: place.name,
  years: place.area.years,
  persons_per_agent: comfortable(place.area),
  replicate: 0,
  policies: [],
});
