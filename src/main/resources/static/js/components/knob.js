import { h, fill, icon, freshId } from "../dom.js";
import { inDeviations } from "../factor.js";
import { signed } from "../format.js";

/** Pictures along a knob. */
export const CELLS = 7;

/**
 * One factor as a slider over its range in aggregated deviations. The tick stands where the query itself stands; above
 * the slider lies what is found along the way.
 */
export class Knob {
  constructor(factor, index, listeners) {
    this.factor = factor;
    this.index = index;
    this.listeners = listeners;
    const id = freshId("knob");
    this.value = h("output", { class: "knob-value", htmlFor: id });
    this.input = h("input", {
      type: "range",
      id,
      step: "any",
      class: "knob-range",
      oninput: () => this.turned(false),
      onchange: () => this.turned(true),
      onkeydown: (event) => this.key(event),
      ondblclick: () => this.reset(),
    });
    this.undo = h(
      "button",
      { type: "button", class: "quiet icon-only", "aria-label": `Reset ${factor.name}`, title: "Back to the query’s own", onclick: () => this.reset() },
      icon("reset"),
    );
    this.name = h("label", { class: "knob-name", htmlFor: id }, factor.name);
    this.rename = h(
      "button",
      { type: "button", class: "quiet icon-only faint", "aria-label": `Rename ${factor.name}`, title: "Rename this factor", onclick: () => this.listeners.rename(this) },
      icon("pen"),
    );
    this.strip = h("div", { class: "strip", "aria-hidden": "true" });
    this.element = h(
      "div",
      { class: "knob", data: { factor: index } },
      h("div", { class: "knob-head" }, this.name, this.rename, this.value, this.undo),
      this.strip,
      h("div", { class: "knob-track" }, this.input),
    );
    this.own = 0;
    this.offset = 0;
  }

  /** Where the query stands, in deviations from the mean; widens the range where it must. */
  place(z) {
    const { low, high } = this.factor;
    const scaled = (value) => inDeviations(this.factor, value);
    const margin = (scaled(high) - scaled(low)) / (2 * (CELLS - 1)); // so that each picture stands above its value
    this.own = scaled(z);
    this.low = Math.min(scaled(low), this.own) - margin;
    this.high = Math.max(scaled(high), this.own) + margin;
    this.input.min = this.low;
    this.input.max = this.high;
    this.show(this.offset);
  }

  show(offset) {
    this.offset = offset;
    const now = Math.min(this.high, Math.max(this.low, this.own + offset));
    this.input.value = now;
    this.paint();
  }

  paint() {
    const share = (value) => (value - this.low) / (this.high - this.low);
    const now = this.own + this.offset;
    const [a, b] = [share(this.own), share(now)].sort((x, y) => x - y);
    for (const [name, v] of Object.entries({ own: share(this.own), from: a, to: b })) {
      this.element.style.setProperty(`--${name}`, v);
    }
    const turned = this.isTurned();
    this.element.classList.toggle("turned", turned);
    this.undo.disabled = !turned;
    this.value.textContent = turned ? `${signed(this.offset, 1)} σ` : "at rest";
    this.input.setAttribute("aria-valuetext", turned ? `${signed(this.offset, 1)} deviations from the query` : "at rest");
  }

  isTurned() {
    return Math.abs(this.offset) > 0.005;
  }

  turned(done) {
    const offset = Number(this.input.value) - this.own;
    this.offset = Math.abs(offset) < (this.high - this.low) / 100 ? 0 : offset;
    if (this.offset === 0 && done) this.input.value = this.own;
    this.paint();
    this.listeners.turn(this, done);
  }

  /** A slider without steps moves too far by keys: a tenth of a deviation, a half with Page Up and Page Down. */
  key(event) {
    const steps = { ArrowLeft: -0.1, ArrowDown: -0.1, ArrowRight: 0.1, ArrowUp: 0.1, PageDown: -0.5, PageUp: 0.5 };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    this.to(this.own + this.offset + step);
  }

  /** Moves to a place, in deviations from the mean. */
  to(place) {
    this.offset = Math.min(this.high, Math.max(this.low, place)) - this.own;
    if (!this.isTurned()) this.offset = 0;
    this.input.value = this.own + this.offset;
    this.paint();
    this.listeners.turn(this, true);
  }

  reset() {
    this.to(this.own);
  }

  /** What is found along the way: `cells` are `{deviations, element}`, evenly spaced over the range. */
  along(cells) {
    fill(
      this.strip,
      cells.map(({ deviations, element }) =>
        h("button", { type: "button", tabIndex: -1, class: "strip-cell", onclick: () => this.to(deviations) }, element),
      ),
    );
  }
}
