import { h, fill } from "../../dom.js";
import { trouble, loading } from "../../components/notice.js";
import { cloud } from "../../components/cloud.js";
import { inDeviations } from "../../factor.js";
import { signed } from "../../format.js";
import * as api from "../../api.js";
import * as catalogue from "../../catalogue.js";

const STEPS = 3;
const MOST = 12;
const HITS = 24; // that a cloud is made of: few, so that the ends differ
const ENDS = ["low", "middle", "high"];

/** Whether a collection has texts to take words from. */
export function speaks(collection, model) {
  return collection.modalities.some((name) => catalogue.modality(model, name)?.kind === "TEXT");
}

/** The ends and the middle of each factor in words that set what is found there apart; `onGo(offsets)` turns the knob there. */
export class Words {
  constructor(scene, onGo) {
    this.scene = scene;
    this.onGo = onGo;
    this.table = h("div", { class: "sheet-scroll" });
    this.element = h(
      "div",
      { class: "words" },
      h("p", { class: "hint" }, "Each row turns one factor of this query. The words set what is found there apart from the rest of the collection; the larger, the more so."),
      this.table,
    );
  }

  async show(body, z) {
    if (!this.table.hasChildNodes()) fill(this.table, loading(6, "pick"));
    try {
      const answer = await api.ask(this.scene.collection, "clouds", { ...body, k: HITS, steps: STEPS, span: "percentiles", words: MOST });
      fill(this.table, this.rows(answer, z));
    } catch (problem) {
      fill(this.table, trouble(problem));
    }
  }

  rows({ factors, target }, z) {
    const space = catalogue.space(this.scene.model, target);
    return h(
      "table",
      { class: "sheet-table words-table" },
      h("thead", {}, h("tr", {}, h("td", {}), ENDS.map((end) => h("th", { scope: "col" }, end)))),
      h("tbody", {}, factors.map((column, j) => h("tr", {}, h("th", { scope: "row" }, column.name), column.clouds.map((one, i) => this.cell(column.name, one, i, space.factors[j], z[j], j))))),
    );
  }

  cell(name, { deviations, words }, i, factor, z, j) {
    const own = inDeviations(factor, z);
    return h(
      "td",
      {},
      h(
        "button",
        { type: "button", class: "pick", title: `Turn ${name} to ${signed(deviations, 1)} σ`, "aria-label": `${name} ${ENDS[i]}: ${words.map((w) => w.word).join(", ") || "no words"}`, onclick: () => this.onGo({ [j]: deviations - own }) },
        words.length > 0 ? cloud(words.map(({ word, logOdds }) => ({ word, weight: logOdds }))) : h("span", { class: "cloud muted" }, "–"),
      ),
    );
  }
}
