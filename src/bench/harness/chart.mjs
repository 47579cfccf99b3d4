// A line chart as SVG: no library, no script, readable in the light and in the dark.

const WIDTH = 720;
const HEIGHT = 380;
const BOX = { left: 60, right: 190, top: 40, bottom: 50 };
const COLOURS = ["#5b6cff", "#e4572e", "#2a9d8f", "#b8860b", "#8e44ad", "#7f8c8d"];

/** Round steps that cover the range with about five lines. */
function steps(most) {
  const raw = most / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].find((factor) => factor * power >= raw) * power;
  return Array.from({ length: Math.ceil(most / step) + 1 }, (_, i) => i * step);
}

const escape = (text) => String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;");

/**
 * @param {{title: string, x: string, y: string, lines: {name: string, points: [number, number][]}[]}} chart x on a logarithmic scale
 */
export function chart({ title, x, y, lines }) {
  const all = lines.flatMap((line) => line.points);
  const xs = [...new Set(all.map(([at]) => at))].sort((a, b) => a - b);
  const marks = steps(Math.max(...all.map(([, value]) => value)));
  const [inner, outer] = [WIDTH - BOX.left - BOX.right, HEIGHT - BOX.top - BOX.bottom];
  const [low, high] = [Math.log(xs[0]), Math.log(xs.at(-1))];
  const px = (at) => BOX.left + (high === low ? inner / 2 : ((Math.log(at) - low) / (high - low)) * inner);
  const py = (value) => BOX.top + outer * (1 - value / marks.at(-1));
  const text = (at, height, what, more = "") => `<text x="${at.toFixed(1)}" y="${height.toFixed(1)}" ${more}>${escape(what)}</text>`;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escape(title)}">`,
    `<style>text{font:12px sans-serif;fill:#333}.grid{stroke:#8884;stroke-width:1}.line{fill:none;stroke-width:2}`,
    `@media(prefers-color-scheme:dark){text{fill:#ddd}}</style>`,
    text(BOX.left, 22, title, 'font-weight="bold"'),
  ];
  for (const mark of marks) {
    parts.push(`<line class="grid" x1="${BOX.left}" x2="${BOX.left + inner}" y1="${py(mark).toFixed(1)}" y2="${py(mark).toFixed(1)}"/>`);
    parts.push(text(BOX.left - 8, py(mark) + 4, Number(mark.toPrecision(3)), 'text-anchor="end"'));
  }
  for (const at of xs) parts.push(text(px(at), HEIGHT - BOX.bottom + 18, at, 'text-anchor="middle"'));
  parts.push(text(BOX.left + inner / 2, HEIGHT - 10, x, 'text-anchor="middle"'));
  parts.push(text(14, BOX.top + outer / 2, y, `text-anchor="middle" transform="rotate(-90 14 ${BOX.top + outer / 2})"`));
  lines.forEach((line, i) => {
    const colour = COLOURS[i % COLOURS.length];
    const path = line.points.map(([at, value]) => `${px(at).toFixed(1)},${py(value).toFixed(1)}`).join(" ");
    parts.push(`<polyline class="line" stroke="${colour}" points="${path}"/>`);
    line.points.forEach(([at, value]) => parts.push(`<circle cx="${px(at).toFixed(1)}" cy="${py(value).toFixed(1)}" r="3" fill="${colour}"/>`));
    const height = BOX.top + 8 + 20 * i;
    parts.push(`<rect x="${WIDTH - BOX.right + 16}" y="${height}" width="12" height="4" fill="${colour}"/>`);
    parts.push(text(WIDTH - BOX.right + 34, height + 6, line.name));
  });
  return `${parts.join("\n")}\n</svg>\n`;
}
