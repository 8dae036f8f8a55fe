import { h, fill, freshId } from "../../dom.js";
import { trouble, loading } from "../../components/notice.js";
import { inDeviations, nearest } from "../../factor.js";
import { signed } from "../../format.js";
import * as api from "../../api.js";
import * as catalogue from "../../catalogue.js";
import { cell } from "./cell.js";

const STEPS = 7;

/** Two factors as a plane of pictures: one across, one upwards. */
export class Plane {
  constructor(scene, pair, { onPair, onGo }) {
    this.scene = scene;
    this.onGo = onGo;
    this.factors = catalogue.space(scene.model, scene.target)?.factors ?? [];
    this.pair = pair ?? [0, Math.min(1, this.factors.length - 1)];
    this.grid = h("div", { class: "sheet-scroll" });
    const choose = (axis, words) => {
      const id = freshId("axis");
      return h(
        "div",
        { class: "field" },
        h("label", { htmlFor: id }, words),
        h(
          "select",
          {
            id,
            onchange: (event) => {
              this.pair[axis] = Number(event.target.value);
              onPair(this.pair);
            },
          },
          this.factors.map((factor, j) => h("option", { value: j, selected: j === this.pair[axis] }, factor.name)),
        ),
      );
    };
    this.element = h("div", { class: "plane" }, h("div", { class: "row" }, choose(0, "Across"), choose(1, "Upwards")), this.grid);
  }

  async show(body, offsets, z) {
    if (this.factors.length < 2) return fill(this.grid, h("p", { class: "hint" }, "A plane needs a model with two factors."));
    if (this.pair[0] === this.pair[1]) return fill(this.grid, h("p", { class: "hint" }, "Choose two different factors."));
    if (!this.grid.hasChildNodes()) fill(this.grid, loading(12, "pick"));
    try {
      const answer = await api.ask(this.scene.collection, "planes", {
        ...body,
        offsets,
        k: 1,
        factors: this.pair.map(String),
        steps: STEPS,
        span: "percentiles",
      });
      fill(this.grid, this.table(answer, z, offsets));
    } catch (problem) {
      fill(this.grid, trouble(problem));
    }
  }

  table({ across, upwards, rows }, z, offsets) {
    const [a, b] = this.pair;
    const own = (j) => inDeviations(this.factors[j], z[j]);
    const now = (j) => own(j) + (offsets[j] ?? 0);
    const [hereX, hereY] = [nearest(across.deviations, now(a)), nearest(upwards.deviations, now(b))];
    const body = rows
      .map((cells, y) =>
        h(
          "tr",
          {},
          h("th", { scope: "row", class: "num" }, signed(upwards.deviations[y], 1)),
          cells.map((hits, x) =>
            cell(this.scene, hits[0], {
              place: `${across.name} ${signed(across.deviations[x], 1)}, ${upwards.name} ${signed(upwards.deviations[y], 1)}`,
              title: hits[0]?.id,
              here: x === hereX && y === hereY,
              go: () => this.onGo({ [a]: across.deviations[x] - own(a), [b]: upwards.deviations[y] - own(b) }),
            }),
          ),
        ),
      )
      .reverse();
    const foot = h("tr", {}, h("td", {}), across.deviations.map((v) => h("th", { scope: "col", class: "num" }, signed(v, 1))));
    return h("table", { class: "sheet-table" }, h("caption", {}, `${across.name} goes across, ${upwards.name} upwards`), h("tbody", {}, body), h("tfoot", {}, foot));
  }
}
