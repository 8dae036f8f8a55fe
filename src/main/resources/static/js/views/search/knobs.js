import { h, icon } from "../../dom.js";
import { Knob, CELLS } from "../../components/knob.js";
import { thumb } from "../../components/payload.js";
import { prompt } from "../../components/dialog.js";
import { signed } from "../../format.js";
import * as api from "../../api.js";
import * as catalogue from "../../catalogue.js";

/** All factors that lead to the target, as knobs. */
export class KnobPanel {
  /** `onTurn(offsets, done)` with offsets by position of the factor; `onSteer(mode)`; `onRename()`. */
  constructor(scene, { offsets, steer, onTurn, onSteer, onRename }) {
    this.scene = scene;
    this.onTurn = onTurn;
    this.onRename = onRename;
    this.message = h("p", { class: "field-error", role: "alert", hidden: true });
    this.resetAll = h(
      "button",
      { type: "button", class: "quiet", onclick: () => this.reset() },
      icon("reset"),
      "Reset all",
    );
    this.knobs = (catalogue.space(scene.model, scene.target)?.factors ?? []).map(
      (factor, j) => new Knob(factor, j, { turn: (knob, done) => this.turned(knob, done), rename: (knob) => this.rename(knob) }),
    );
    this.knobs.forEach((knob, j) => (knob.offset = offsets[j] ?? 0));
    this.list = h("div", { class: "knob-list" }, this.knobs.map((knob) => knob.element));
    this.why = h("p", { class: "hint", hidden: true });
    this.element = h(
      "section",
      { class: "panel knobs", "aria-label": "Knobs" },
      h("div", { class: "panel-head" }, h("h2", {}, "Knobs"), this.resetAll),
      this.why,
      this.message,
      this.list,
      this.knobs.length > 0 && steering(steer, onSteer),
    );
  }

  offsets() {
    return Object.fromEntries(this.knobs.filter((k) => k.isTurned()).map((k) => [k.index, Number(k.offset.toFixed(3))]));
  }

  turned(knob, done) {
    this.resetAll.disabled = !this.knobs.some((k) => k.isTurned());
    this.onTurn(this.offsets(), done, knob);
  }

  reset() {
    this.knobs.forEach((knob) => knob.show(0));
    this.turned(null, true);
  }

  /** Where the query stands, or `null` where nothing can be turned. */
  place(z, reason) {
    this.list.hidden = !z;
    this.why.hidden = Boolean(z);
    this.why.textContent = reason ?? "";
    if (z) this.knobs.forEach((knob, j) => knob.place(z[j]));
    this.resetAll.disabled = !z || !this.knobs.some((k) => k.isTurned());
  }

  /** What is found along each knob, from a traversal. */
  along(traversal) {
    for (const column of traversal.factors) {
      this.knobs[column.factor]?.along(
        column.steps.map(({ deviations, hits }) => ({
          deviations,
          element: hits[0] ? thumb(this.scene, hits[0]) : h("span", {}),
        })),
      );
    }
  }

  /** The turned knobs in words. */
  words() {
    return this.knobs
      .filter((k) => k.isTurned())
      .map((k) => `${k.factor.name} ${signed(k.offset, 1)}`)
      .join(", ");
  }

  async rename(knob) {
    const name = await prompt(`Rename “${knob.factor.name}”`, "What does this knob change?", knob.factor.name, "Rename");
    if (!name || name === knob.factor.name) return;
    const { model, target } = this.scene;
    try {
      await api.models.rename(model.fingerprint, target, { [knob.index]: name });
      this.message.hidden = true;
      catalogue.forget(model.fingerprint);
      this.onRename();
    } catch (problem) {
      this.message.hidden = false;
      this.message.textContent = problem.message;
    }
  }
}

const MODES = {
  latent: "through the factors alone",
  offset: "from the query’s own embedding; for models whose two sides share one space",
};

function steering(now, onSteer) {
  return h(
    "fieldset",
    { class: "steer" },
    h("legend", {}, "Steer"),
    Object.entries(MODES).map(([mode, words]) =>
      h(
        "label",
        { class: "check", title: words },
        h("input", { type: "radio", name: "steer", value: mode, checked: mode === now, onchange: () => onSteer(mode) }),
        mode,
        h("small", {}, words),
      ),
    ),
  );
}

export { CELLS };
