// Puts the page together, again for every choice of language, theme and colours.
let turn = 0;
function build() {
  stop();
  const mine = ++turn, held = document.activeElement ? document.activeElement.id : "";
  cards.forEach((c) => c.chart && c.chart.dispose());
  cards = [];
  if (state.year === null) {
    // Beside a comparison a run may be longer; its last year would show no difference.
    const ends = D.comparisons.map((d) => d.years[d.years.length - 1]).filter((y) => has(years, y));
    state.year = ends.length ? Math.max(...ends) : years.length ? years[years.length - 1] : 0;
  }
  if (!has(factors, state.factor) && factors.length) state.factor = factors[0];
  byId("main").replaceChildren();
  header(); headline(); mapSection(); exchange(); time(); distribution(); policy(); audit(); parameters();
  // Who chose by keyboard goes on from the same control.
  if (held && byId(held) && document.activeElement !== byId(held)) byId(held).focus();
  // One chart at a time, so that the page can be read while the rest is drawn.
  const queue = cards.slice();
  document.documentElement.dataset.ready = "no";
  const next = () => {
    if (mine !== turn) return;
    const c = queue.shift();
    if (!c) { document.documentElement.dataset.ready = "yes"; return; }
    draw(c);
    setTimeout(next, 0);
  };
  next();
}
let resized = null;
window.addEventListener("resize", () => { clearTimeout(resized); resized = setTimeout(() => cards.forEach((c) => { if (c.chart) { c.chart.resize(); draw(c); } }), 150); });
// On paper the page is as wide as a sheet, so every chart is drawn again at that width and in light colours
// before the printer looks, and once more for the screen.
function onPaper(printing) {
  state.printing = printing;
  document.documentElement.classList.toggle("printing", printing);
  document.documentElement.dataset.theme = isDark() ? "dark" : "light";
  cards.filter((c) => c.chart).forEach((c) => { c.chart.resize(); draw(c); c.chart.getZr().flush(); });
}
window.addEventListener("beforeprint", () => onPaper(true));
window.addEventListener("afterprint", () => onPaper(false));
dark.addEventListener("change", () => { if (state.theme === "auto") build(); });
window.shanhaiReport = { state, cards: () => cards };
build();
