import { h, fill, freshId } from "../dom.js";
import { empty, trouble } from "../components/notice.js";
import { curve, columns, heatMap } from "../components/chart.js";
import { watchRow } from "../components/operation.js";
import { table } from "../components/table.js";
import { number, short, when } from "../format.js";
import * as api from "../api.js";
import * as router from "../router.js";

export const title = "Measure";

const MOST_COMPARED = 3;
const METRICS = { recallAt1: "R@1", recallAt5: "R@5", recallAt10: "R@10", medianRank: "Median rank", meanReciprocalRank: "MRR" };
const LATENT = { disentanglement: "D", completeness: "C", informativeness: "I" };
const ALPHA = "10";

/** Benchmarks: started here, watched, and compared. */
export async function show(root, route) {
  const stop = new AbortController();
  const [models, runs] = await Promise.all([api.models.list(), api.benchmarks.list()]);
  const names = new Map(models.map((m) => [m.fingerprint, m.name]));
  const asked = (route.params.get("runs") ?? "").split(",").filter(Boolean);
  const factors = new Map(models.map((m) => [m.fingerprint, m.latentSpaces[0]?.factors.map((f) => f.name) ?? []]));
  const state = { chosen: asked.length > 0 ? asked : runs.slice(0, 1).map((run) => run.id), runs, names, factors };
  const detail = h("div", { class: "stack", "aria-live": "off" });
  const list = h("ul", { class: "run-list" });
  const draw = (push) => {
    router.note("measure", "", state.chosen.length > 0 ? { runs: state.chosen.join(",") } : {}, push);
    for (const box of list.querySelectorAll("input")) {
      box.checked = state.chosen.includes(box.value);
      box.disabled = !box.checked && state.chosen.length >= MOST_COMPARED;
    }
    fill(detail, ...details(state, models.length > 0));
  };
  const listHead = h("div", {}, h("h2", {}, "Runs"), h("p", { class: "hint" }, `Tick up to ${MOST_COMPARED} to compare them.`));
  const drawList = () => {
    listHead.hidden = state.runs.length === 0;
    fill(list, state.runs.map((run) => runRow(run, state, () => draw(true))));
  };
  const watching = h("div", {});
  const started = async ({ operation, benchmark }) => {
    const last = await watchRow(operation, watching, stop.signal);
    if (last?.state !== "SUCCEEDED") return;
    fill(watching);
    state.runs = await api.benchmarks.list();
    state.chosen = [benchmark];
    drawList();
    draw(true);
  };
  fill(
    root,
    h(
      "div",
      { class: "page" },
      h("div", { class: "page-head" }, h("div", {}, h("h1", {}, "Measure"), h("p", { class: "lead" }, "How often the right item is found, and whether each knob moves one thing."))),
      h(
        "div",
        { class: "columns" },
        h(
          "div",
          { class: "stack" },
          models.length > 0 && form(models, route.params.get("model"), started),
          watching,
          listHead,
          list,
        ),
        detail,
      ),
    ),
  );
  drawList();
  draw(false);
  return () => stop.abort();
}

function form(models, chosen, started) {
  const ids = { model: freshId("model"), dataset: freshId("dataset"), size: freshId("size"), draws: freshId("draws") };
  const message = h("div", {});
  const dataset = h("input", { id: ids.dataset, type: "text", required: true, autocomplete: "off" });
  const model = h(
    "select",
    { id: ids.model, onchange: () => suggest() },
    models.toReversed().map((m) => h("option", { value: m.fingerprint, selected: m.fingerprint === chosen }, `${m.name} ${short(m.fingerprint).slice(0, 6)}`)),
  );
  const suggest = () => (dataset.value = models.find((m) => m.fingerprint === model.value).provenance.dataset);
  suggest();
  const size = h("input", { id: ids.size, type: "number", min: 1, max: 1000000, value: 1000 });
  const draws = h("input", { id: ids.draws, type: "number", min: 1, max: 100, value: 10 });
  const field = (id, words, input) => h("div", { class: "field" }, h("label", { htmlFor: id }, words), input);
  const start = h("button", { class: "primary" }, "Start a benchmark");
  return h(
    "form",
    {
      class: "panel settings",
      onsubmit: async (event) => {
        event.preventDefault();
        start.disabled = true;
        fill(message);
        try {
          await started(await api.benchmarks.start({ model: model.value, dataset: dataset.value, size: Number(size.value), draws: Number(draws.value) }));
        } catch (problem) {
          fill(message, trouble(problem));
        } finally {
          start.disabled = false;
        }
      },
    },
    h("h2", {}, "New benchmark"),
    field(ids.model, "Model", model),
    field(ids.dataset, "Data set (its test split)", dataset),
    h("div", { class: "row" }, h("div", { class: "grow" }, field(ids.size, "Search set", size)), h("div", { class: "grow" }, field(ids.draws, "Draws", draws))),
    message,
    start,
  );
}

function runRow(run, state, redraw) {
  const box = h("input", {
    type: "checkbox",
    value: run.id,
    onchange: () => {
      state.chosen = box.checked ? [...state.chosen, run.id] : state.chosen.filter((id) => id !== run.id);
      redraw();
    },
  });
  const { dataset, size, draws } = run.settings;
  return h(
    "li",
    { class: "run" },
    h(
      "label",
      {},
      box,
      h("span", {}, h("strong", {}, nameOf(run, state.names)), " on ", dataset),
      h("small", {}, `R@1 ${number(run.metrics.retrieval.mean.recallAt1, 3)}; ${size.toLocaleString("en")} × ${draws}; ${when(run.created)}`),
    ),
  );
}

const nameOf = (run, names) => names.get(run.model) ?? short(run.model);

function details({ runs, chosen, names, factors }, canStart) {
  const shown = chosen.map((id) => runs.find((run) => run.id === id)).filter(Boolean);
  if (runs.length === 0) {
    return [empty("No benchmark yet", canStart ? "Start one: it takes seconds for the bundled model. It searches each query’s own item among others and turns every knob." : "Install a model first; then measure it here.")];
  }
  if (shown.length === 0) return [empty("Nothing chosen", "Tick a run to see its curves.")];
  const named = shown.map((run, i) => ({ run, name: shown.length > 1 ? `${nameOf(run, names)} (${i + 1})` : nameOf(run, names) }));
  return [
    h("section", { class: "panel stack" }, h("h2", {}, "In numbers"), numbers(named)),
    h(
      "div",
      { class: "two" },
      panel("Recall within the first k", recall(named)),
      panel("Where the right item stands", ranks(named)),
      panel("Distances of pairs and of others", distances(named)),
      named.map(({ run, name }) => knobs(run, name, factors.get(run.model) ?? [])),
    ),
    h("p", { class: "hint" }, protocolOf(shown[0])),
  ];
}

const panel = (words, content) => content && h("section", { class: "panel stack" }, h("h2", {}, words), content);

function protocolOf({ settings, environment }) {
  return `Each draw searches ${settings.size.toLocaleString("en")} queries among their ${settings.size.toLocaleString("en")} items, ${settings.draws} draws from seed ${settings.seed}; ± is the deviation over draws. A tie counts against the model. Java ${environment.java}, ${environment.processors} processors.`;
}

function numbers(named) {
  const rows = Object.entries(METRICS).map(([key, words]) => [words, (run) => withDeviation(run.metrics.retrieval, key)]);
  const latent = Object.entries(LATENT).map(([key, words]) => [`${words} (${key})`, (run) => number(run.metrics.aligned?.byAlpha?.[ALPHA]?.[key] ?? Number.NaN, 3)]);
  const hasLatent = named.some(({ run }) => run.metrics.aligned);
  return table(
    "Metrics",
    [h("td", {}), named.map(({ name }) => h("th", { scope: "col", class: "num" }, name))],
    [...rows, ...(hasLatent ? latent : [])].map(([words, value]) => h("tr", {}, h("th", { scope: "row" }, words), named.map(({ run }) => h("td", { class: "num" }, value(run))))),
  );
}

function withDeviation({ mean, deviation }, key) {
  if (!(key in mean)) return "–";
  return `${number(mean[key], 3)} ± ${number(deviation[key] ?? 0, 3)}`;
}

function recall(named) {
  const series = named
    .filter(({ run }) => run.metrics.retrieval.rankCounts?.length > 0)
    .map(({ run, name }) => ({ name, points: recallPoints(run.metrics.retrieval.rankCounts, run.settings.size) }));
  if (series.length === 0) return null;
  const most = Math.max(...named.map(({ run }) => run.settings.size));
  return curve({ label: `Recall within the first k of ${most}: ${series.map((s) => `${s.name} ${number(s.points[0][1], 2)} at 1`).join(", ")}`, series, xTitle: "k", yTitle: "recall", most });
}

function recallPoints(counts, size) {
  const total = counts.reduce((a, b) => a + b, 0);
  const points = [];
  let sum = 0;
  for (let rank = 1; rank <= size; rank++) {
    sum += counts[rank - 1] ?? 0;
    points.push([rank, sum / total]);
  }
  const step = Math.max(1, Math.floor(size / 200));
  return points.filter(([rank]) => rank <= 50 || rank % step === 0 || rank === size || [100, 200, 500, 1000].includes(rank));
}

const RANK_BINS = [[1, 1], [2, 2], [3, 5], [6, 10], [11, 20], [21, 50], [51, 100], [101, 200], [201, 500], [501, 1000], [1001, Infinity]];

function ranks(named) {
  const with_ = named.filter(({ run }) => run.metrics.retrieval.rankCounts?.length > 0);
  if (with_.length === 0) return null;
  const most = Math.max(...with_.map(({ run }) => run.settings.size));
  const bins = RANK_BINS.filter(([low]) => low <= most);
  return columns({
    label: "Share of queries by the rank of their own item",
    bins: bins.map(([low, high]) => (low === high ? `${low}` : high === Infinity ? `${low}+` : `≤${high}`)),
    series: with_.map(({ run, name }) => {
      const counts = run.metrics.retrieval.rankCounts;
      const total = counts.reduce((a, b) => a + b, 0);
      return { name, values: bins.map(([low, high]) => counts.slice(low - 1, high).reduce((a, b) => a + b, 0) / total) };
    }),
    xTitle: "rank of the right item",
    yTitle: "share",
  });
}

/** Pairs against others; of several runs only the first, since their distances have no common scale. */
function distances(named) {
  const found = named[0].run.metrics.retrieval.distances;
  if (!found) return null;
  const share = (counts) => {
    const total = counts.reduce((a, b) => a + b, 0);
    return counts.map((n) => n / total);
  };
  const width = (found.high - found.low) / found.pairs.length;
  return columns({
    label: `Distances in ${named[0].name}`,
    bins: found.pairs.map((_, i) => number(found.low + (i + 0.5) * width, 2)),
    series: [
      { name: named.length > 1 ? `pairs, ${named[0].name}` : "pairs", values: share(found.pairs) },
      { name: "others", values: share(found.others) },
    ],
    xTitle: "distance in the index",
    yTitle: "share",
  });
}

function knobs(run, name, factors) {
  const found = run.metrics.aligned;
  if (!found) return null;
  return panel(`Does one knob move one thing? ${name}`, [
    heatMap({
      label: `Correlation of each latent with each true factor, ${name}`,
      rows: found.correlations.map((_, j) => factors[j] ?? `z${j + 1}`),
      columns: found.factors,
      values: found.correlations,
      corner: "knob",
    }),
    h("p", { class: "hint" }, `What is found against each true factor while one knob is turned: absolute correlation, over ${run.metrics.queries} queries. A clean knob has one dark cell in its row.`),
  ]);
}
