// Colours of tiers and scales; safe for colour-blind readers.
import { word } from "./language.js";
import { state } from "./state.js";

export const PALETTES = {
  okabe: ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#b0a100", "#888888"],
  tol: ["#4477aa", "#ccbb44", "#228833", "#aa3377", "#66ccee", "#ee6677", "#bbbbbb", "#6b5b95"],
  grey: ["#444444", "#999999", "#6e6e6e", "#b5b5b5", "#2b2b2b", "#808080", "#c9c9c9", "#5a5a5a"],
};
export const TIERS = ["city", "county_seat", "village", "outside"];
export const SHAPES = { city: "circle", county_seat: "rect", village: "triangle", outside: "diamond" };
export const darkScreen = window.matchMedia("(prefers-color-scheme: dark)");
/** Paper is white, whatever the screen. */
export const isDark = () =>
  !state.printing && (state.theme === "dark" || (state.theme === "auto" && darkScreen.matches));
export const ink = () => (isDark() ? "#e9e7e2" : "#1d232b");
export const soft = () => (isDark() ? "#a5adb6" : "#5a6470");
export const faint = () => (isDark() ? "#343c45" : "#dcd9d2");
export const ground = () => (isDark() ? "#1c2229" : "#ffffff");
/** Of what cannot be told from luck. */
export const unclearColour = () => (isDark() ? "#777" : "#bbb");

/** A grey as far from black as it was from white, a little lighter. */
function inverted(colour) {
  const channel = (hex) => Math.min(255, 275 - parseInt(hex, 16));
  const channels = colour.slice(1).match(/../g).map(channel);
  return "#" + channels.map((value) => value.toString(16).padStart(2, "0")).join("");
}
export const colours = () =>
  isDark() && state.palette === "grey" ? PALETTES.grey.map(inverted) : PALETTES[state.palette];
/** The colours of more and of less. */
export const moreColour = () => colours()[0];
export const lessColour = () => colours()[5];
/** What a reader calls the colours of more and of less. */
export function tones() {
  const key = "tone_" + state.palette + (state.palette === "grey" && isDark() ? "_dark" : "");
  return { more: word(key + "_more"), less: word(key + "_less") };
}
export const tierColour = (tier) => colours()[{ city: 0, county_seat: 1, village: 2, outside: 7 }[tier]];

const VIRIDIS = [
  [68, 1, 84],
  [59, 82, 139],
  [33, 145, 140],
  [94, 201, 98],
  [253, 231, 37],
];
/** A colour of a scale from 0 to 1. */
export function sequential(position) {
  const along = Math.max(0, Math.min(1, position)) * (VIRIDIS.length - 1);
  const step = Math.min(VIRIDIS.length - 2, Math.floor(along));
  const mix = (from, channel) => Math.round(from + (along - step) * (VIRIDIS[step + 1][channel] - from));
  return `rgb(${VIRIDIS[step].map(mix).join(",")})`;
}
