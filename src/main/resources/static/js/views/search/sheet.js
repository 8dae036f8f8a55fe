import { h, fill, icon } from "../../dom.js";
import { trouble, loading } from "../../components/notice.js";
import { inDeviations, nearest } from "../../factor.js";
import { signed } from "../../format.js";
import * as api from "../../api.js";
import * as catalogue from "../../catalogue.js";
import { cell } from "./cell.js";

const STEPS = 9;

/** A traversal as a sheet: a row for each factor, a picture for each step; `onGo(offsets by factor)` turns the knobs there. */
export class Sheet {
  constructor(scene, onGo) {
    this.scene = scene;
    this.onGo = onGo;
    this.table = h("div", { class: "sheet-scroll" });
    this.save = h("button", { type: "button", onclick: () => this.download() }, icon("down"), "Save as PNG");
    this.element = h(
      "div",
      { class: "sheet" },
      h(
        "div",
        { class: "row spread" },
        h("p", { class: "hint" }, "Each row turns one factor through its whole range; the others stay. A picture is the best match there."),
        this.save,
      ),
      this.table,
    );
  }

  async show(body, offsets, z) {
    this.body = { ...body, offsets, k: 1, steps: STEPS, span: "percentiles" };
    if (!this.table.hasChildNodes()) fill(this.table, loading(12, "pick"));
    try {
      const answer = await api.ask(this.scene.collection, "traversals", this.body);
      fill(this.table, this.rows(answer, z, offsets));
    } catch (problem) {
      fill(this.table, trouble(problem));
    }
  }

  rows({ factors, target }, z, offsets) {
    const space = catalogue.space(this.scene.model, target);
    const rows = factors.map(({ factor, name, steps }) => {
      const own = inDeviations(space.factors[factor], z[factor]);
      const now = own + (offsets[factor] ?? 0);
      const here = nearest(steps.map((step) => step.deviations), now);
      return h(
        "tr",
        {},
        h("th", { scope: "row" }, name),
        steps.map(({ deviations, hits }, i) =>
          cell(this.scene, hits[0], {
            place: `${name} at ${signed(deviations, 1)}`,
            title: `${name} at ${signed(deviations, 1)} σ: ${hits[0]?.id ?? "nothing"}`,
            here: i === here,
            go: () => this.onGo({ [factor]: deviations - own }),
          }),
        ),
      );
    });
    return h("table", { class: "sheet-table" }, h("caption", { class: "unseen" }, "Traversal of every factor"), h("tbody", {}, rows));
  }

  async download() {
    this.save.disabled = true;
    try {
      const url = URL.createObjectURL(await api.sheet(this.scene.collection, this.body));
      h("a", { href: url, download: `${this.scene.collection}-traversal.png` }).click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    } catch (problem) {
      fill(this.table, trouble(problem));
    } finally {
      this.save.disabled = false;
    }
  }
}
