import { h, s } from "../dom.js";
import { number, signed } from "../format.js";
import { table } from "./table.js";

/** Charts as inline SVG. Each is a `figure` with words for those who do not see it, and colours from the tokens. */

function figure(label, svg, ...more) {
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", label);
  return h("figure", { class: "chart" }, svg, ...more);
}

/** Horizontal bars to both sides of zero: `{label, value, note, quiet}`. */
export function signedBars(rows) {
  const most = Math.max(...rows.map((row) => Math.abs(row.value)), 1e-12);
  return h(
    "dl",
    { class: "bars" },
    rows.map(({ label, value, note, quiet }) =>
      h(
        "div",
        { class: `bar-row ${quiet ? "quiet-bar" : value < 0 ? "down" : "up"}`, title: note },
        h("dt", {}, label, note && h("small", {}, note)),
        h("dd", {}, h("span", { class: "bar-lane" }, h("span", { class: "bar-fill", vars: { share: Math.abs(value) / most } })), h("span", { class: "num" }, signed(value))),
      ),
    ),
  );
}

const BOX = { width: 400, height: 236, left: 52, right: 18, top: 10, bottom: 42 };

function frame({ label, xTicks, yTicks, xTitle, yTitle, x, y }) {
  const svg = s("svg", { viewBox: `0 0 ${BOX.width} ${BOX.height}`, class: "plot" });
  svg.append(
    ...yTicks.map((tick) =>
      s("g", {}, s("line", { class: "grid", x1: BOX.left, x2: BOX.width - BOX.right, y1: y(tick.at), y2: y(tick.at) }),
        s("text", { class: "tick", x: BOX.left - 7, y: y(tick.at) + 4, "text-anchor": "end" }, tick.name)),
    ),
    ...xTicks.map((tick) =>
      s("text", { class: "tick", x: x(tick.at), y: BOX.height - BOX.bottom + 17, "text-anchor": "middle" }, tick.name),
    ),
    s("text", { class: "axis", x: (BOX.left + BOX.width - BOX.right) / 2, y: BOX.height - 3, "text-anchor": "middle" }, xTitle),
  );
  if (yTitle) svg.append(s("text", { class: "axis", x: 11, y: BOX.height / 2 - 14, "text-anchor": "middle", transform: `rotate(-90 11 ${BOX.height / 2 - 14})` }, yTitle));
  svg.setAttribute("aria-label", label);
  return svg;
}

const across = (low, high) => (v) => BOX.left + ((v - low) / (high - low || 1)) * (BOX.width - BOX.left - BOX.right);
const up = (low, high) => (v) => BOX.height - BOX.bottom - ((v - low) / (high - low || 1)) * (BOX.height - BOX.top - BOX.bottom);

/** Lines over a logarithmic x: `series` are `{name, points: [[x, y]]}`; y is a share. */
export function curve({ label, series, xTitle, yTitle, most }) {
  const x0 = across(0, Math.log10(most));
  const x = (v) => x0(Math.log10(v));
  const y = up(0, 1);
  const decades = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10000].filter((v) => v <= most);
  const svg = frame({
    label,
    xTitle,
    yTitle,
    x,
    y,
    xTicks: decades.map((v) => ({ at: v, name: v.toLocaleString("en") })),
    yTicks: [0, 0.25, 0.5, 0.75, 1].map((v) => ({ at: v, name: v.toFixed(2) })),
  });
  series.forEach(({ name, points }, i) => {
    svg.append(
      s("polyline", { class: `line series-${i}`, points: points.map(([a, b]) => `${x(a).toFixed(1)},${y(b).toFixed(1)}`).join(" ") }, s("title", {}, name)),
      ...points.filter(([a]) => decades.includes(a)).map(([a, b]) =>
        s("circle", { class: `dot series-${i}`, cx: x(a), cy: y(b), r: 3.2 }, s("title", {}, `${name}: ${yTitle} ${number(b, 3)} at ${a}`)),
      ),
    );
  });
  return figure(label, svg, legend(series.map((one) => one.name)));
}

/** Columns side by side: `bins` are names, `series` `{name, values}` in shares. */
export function columns({ label, bins, series, xTitle, yTitle }) {
  const most = Math.max(...series.flatMap((one) => one.values), 1e-9);
  const top = niceTop(most);
  const x = across(0, bins.length);
  const y = up(0, top);
  const every = Math.ceil(bins.length / 7);
  const svg = frame({
    label,
    xTitle,
    yTitle,
    x,
    y,
    xTicks: bins.map((name, i) => ({ at: i + 0.5, name })).filter((_, i) => i % every === 0),
    yTicks: [0, 0.5, 1].map((v) => ({ at: v * top, name: number(v * top, top < 0.1 ? 3 : 2) })),
  });
  const width = ((x(1) - x(0)) * 0.84) / series.length;
  series.forEach(({ name, values }, i) => {
    values.forEach((value, bin) => {
      svg.append(
        s("rect", { class: `fill series-${i}`, x: x(bin + 0.08) + i * width, y: y(value), width: Math.max(1, width - 1), height: Math.max(0, y(0) - y(value)) },
          s("title", {}, `${name}, ${bins[bin]}: ${number(value * 100, 1)} %`)),
      );
    });
  });
  return figure(label, svg, legend(series.map((one) => one.name)));
}

function niceTop(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  return [1, 2, 2.5, 5, 10].map((m) => m * power).find((v) => v >= most * 0.999);
}

/** A table whose cells are shaded by their value in [0, 1]. */
export function heatMap({ label, rows, columns: names, values, corner }) {
  return table(
    label,
    [h("td", { class: "muted" }, corner ?? ""), names.map((name) => h("th", { scope: "col" }, name))],
    values.map((row, i) =>
      h("tr", {}, h("th", { scope: "row" }, rows[i]), row.map((value) => h("td", { class: `num ${value > 0.6 ? "strong" : ""}`, vars: { share: value } }, value.toFixed(2)))),
    ),
    { box: "heat-scroll", kind: "heat", caption: h("caption", { class: "unseen" }, label) },
  );
}

function legend(names) {
  return h("figcaption", { class: "legend" }, names.map((name, i) => h("span", { class: `key series-${i}` }, name)));
}
