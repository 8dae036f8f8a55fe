import { h, fill, icon, freshId } from "../dom.js";
import { signed } from "../format.js";

/** How far a style goes, in deviations of the prior. */
export const REACH = 3;

/** One entry of a modality's own latent as a slider: free, so that every drawing has another, or held at a value. */
export class Style {
  /** `onTurn(done)`; `done` is false while a gesture goes on. */
  constructor(index, onTurn) {
    this.index = index;
    this.onTurn = onTurn;
    const name = `style ${index + 1}`;
    const id = freshId("style");
    this.words = h("output", { class: "knob-value", htmlFor: id });
    this.input = h("input", {
      type: "range",
      id,
      class: "knob-range",
      min: -REACH,
      max: REACH,
      step: 0.1,
      oninput: () => this.hold(Number(this.input.value), false),
      onchange: () => this.hold(Number(this.input.value), true),
      ondblclick: () => this.hold(null, true),
    });
    this.free = h(
      "button",
      { type: "button", class: "quiet icon-only", "aria-label": `Let ${name} vary`, title: "Let it vary again", onclick: () => this.hold(null, true) },
      icon("reset"),
    );
    this.strip = h("div", { class: "strip", "aria-hidden": "true" });
    this.element = h(
      "div",
      { class: "knob style", data: { style: index } },
      h("div", { class: "knob-head" }, h("label", { class: "knob-name", htmlFor: id }, name), this.words, this.free),
      this.strip,
      h("div", { class: "knob-track" }, this.input),
    );
    this.show(null);
  }

  hold(value, done) {
    this.show(value);
    this.onTurn(done);
  }

  /** `null` lets it vary. */
  show(value) {
    this.value = value;
    this.input.value = value ?? 0;
    const share = ((value ?? 0) + REACH) / (2 * REACH);
    this.element.style.setProperty("--from", Math.min(0.5, share));
    this.element.style.setProperty("--to", Math.max(0.5, share));
    this.element.classList.toggle("turned", value !== null);
    this.free.disabled = value === null;
    this.words.textContent = value === null ? "varies" : `${signed(value, 1)} σ`;
    this.input.setAttribute("aria-valuetext", value === null ? "varies" : `${signed(value, 1)} deviations`);
  }

  /** What is drawn along the way: elements, evenly spaced over the range. */
  along(elements) {
    const at = (i) => REACH * ((2 * i) / (elements.length - 1) - 1);
    fill(
      this.strip,
      elements.map((element, i) =>
        h("button", { type: "button", tabIndex: -1, class: "strip-cell", onclick: () => this.hold(Number(at(i).toFixed(1)), true) }, element),
      ),
    );
  }
}
