// What can be seen on a page: the marks of its charts, and what the charts are made of.

/** What was drawn: shapes in an SVG, or more than one colour on a canvas. */
export const marks = (page) =>
  page.$$eval(".chart", (boxes) => {
    const isSeen = (shape) => shape.getBBox().width > 0.5;
    const shapes = "svg path, svg circle, svg polyline, svg polygon";
    const coloursOf = (canvas) => {
      const colours = new Set();
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const pixels = new Uint32Array(data.buffer);
      for (let at = 0; at < pixels.length && colours.size < 9; at += 7) colours.add(pixels[at]);
      return colours.size;
    };
    return boxes.map((box) => ({
      id: box.parentElement.id,
      empty: box.dataset.empty === "yes",
      shapes: [...box.querySelectorAll(shapes)].filter(isSeen).length,
      colours: Math.max(0, ...[...box.querySelectorAll("canvas")].map(coloursOf)),
    }));
  });
/** Charts that hold data and show next to nothing, of all marks; a canvas that is read twice complains. */
export const bareCharts = (all) =>
  all.filter(({ empty, shapes, colours }) => !empty && shapes < 3 && colours < 4).map(({ id }) => id);
/** A chart as it looks, to be compared with itself. */
export const look = (page, id) =>
  page.$eval(`#card-${id} .chart`, (box) => {
    const canvas = box.querySelector("canvas");
    return canvas ? canvas.toDataURL() : box.innerHTML;
  });
/** The option that the page gave to the chart library, or nothing; functions are left out. */
export const optionOf = (page, cardId) =>
  page.evaluate((id) => {
    const card = window.shanhaiReport.cards().find((one) => one.id === id);
    return card && card.chart ? JSON.parse(JSON.stringify(card.chart.getOption())) : null;
  }, cardId);
/** What a chart is made of. */
export async function seriesOf(page, id) {
  const option = await optionOf(page, id);
  if (!option) return null;
  return option.series.map((one) => ({ ...one, data: one.data || [], links: one.links || one.edges || [] }));
}
/** The words of a page that are none. */
export function brokenWord(text) {
  const found = text.match(/undefined|NaN|\[object|Infinity/);
  return found ? text.slice(Math.max(0, found.index - 40), found.index + 40).replace(/\s+/g, " ") : null;
}
