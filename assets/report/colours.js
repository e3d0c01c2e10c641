// Colours of tiers and scales; safe for colour-blind readers.
const PALETTES = {
  okabe: ["#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#b0a100", "#888888"],
  tol: ["#4477aa", "#ccbb44", "#228833", "#aa3377", "#66ccee", "#ee6677", "#bbbbbb", "#6b5b95"],
  grey: ["#444444", "#999999", "#6e6e6e", "#b5b5b5", "#2b2b2b", "#808080", "#c9c9c9", "#5a5a5a"],
};
// Paper is white, whatever the screen.
const isDark = () => !state.printing && (state.theme === "dark" || (state.theme === "auto" && dark.matches));
const ink = () => (isDark() ? "#e9e7e2" : "#1d232b");
const soft = () => (isDark() ? "#a5adb6" : "#5a6470");
const faint = () => (isDark() ? "#343c45" : "#dcd9d2");
const ground = () => (isDark() ? "#1c2229" : "#ffffff");
const colours = () => (isDark() && state.palette === "grey" ? PALETTES.grey.map((c) => "#" + c.slice(1).match(/../g).map((h) => (255 - parseInt(h, 16) + 20 > 255 ? 255 : 275 - parseInt(h, 16)).toString(16).padStart(2, "0")).join("")) : PALETTES[state.palette]);
/// What a reader calls the colours of more and of less.
const tones = () => { const key = "tone_" + state.palette + (state.palette === "grey" && isDark() ? "_dark" : ""); return { g: word(key + "_more"), l: word(key + "_less") }; };
const TIERS = ["city", "county_seat", "village", "outside"];
const tierColour = (tier) => colours()[{ city: 0, county_seat: 1, village: 2, outside: 7 }[tier]];
const SHAPES = { city: "circle", county_seat: "rect", village: "triangle", outside: "diamond" };
const VIRIDIS = [[68, 1, 84], [59, 82, 139], [33, 145, 140], [94, 201, 98], [253, 231, 37]];
function sequential(t) {
  const x = Math.max(0, Math.min(1, t)) * (VIRIDIS.length - 1), i = Math.min(VIRIDIS.length - 2, Math.floor(x)), f = x - i;
  return "rgb(" + VIRIDIS[i].map((a, c) => Math.round(a + f * (VIRIDIS[i + 1][c] - a))).join(",") + ")";
}
