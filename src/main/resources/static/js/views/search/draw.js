import { h, fill, icon, say } from "../../dom.js";
import { trouble, loading } from "../../components/notice.js";
import { drawing, show } from "../../components/drawing.js";
import { Style, REACH } from "../../components/style.js";
import { latest, settled } from "../../latest.js";
import { count } from "../../format.js";
import * as api from "../../api.js";
import * as catalogue from "../../catalogue.js";

const VARIANTS = 8;
const CELLS = 7;

/** Of the first styles; any would do, this one gives the bundled digits a few of strong contrast. */
export const SEED = 4;

/** Whether a model draws what a query lacks. */
export function draws(model) {
  return Boolean(model.generative);
}

/**
 * What the model itself draws from the query's latent: the first drawing beside the best match (`first`), and a panel of
 * several, with sliders for the latent that is the drawn modality's own (`element`). Tells `onStyle(own, seed, done)`.
 */
export class DrawPanel {
  constructor(scene, { own, seed, onStyle, onOpen }) {
    this.scene = scene;
    this.seed = seed;
    this.onStyle = onStyle;
    this.modality = catalogue.modality(scene.model, scene.target);
    const size = scene.model.generative?.own[scene.target] ?? 0;
    this.styles = Array.from({ length: size }, (_, j) => new Style(j, (done) => this.turned(done)));
    this.styles.forEach((style, j) => style.show(own[j] ?? null));
    this.first = h("button", { type: "button", class: "pick", title: "Draw more", onclick: onOpen });
    this.hint = h("p", { class: "hint" });
    this.others = h(
      "button",
      { type: "button", hidden: size === 0, onclick: () => this.turned(true, this.seed + 1) },
      icon("shuffle"),
      "Other styles",
    );
    this.variants = h("ul", { class: "variants" });
    this.list = h("div", { class: "styles" }, this.styles.map((style) => style.element));
    this.element = h(
      "div",
      { class: "draw" },
      h("div", { class: "row spread" }, h("h2", {}, `Draw the missing ${scene.target}`), this.others),
      this.hint,
      this.variants,
      this.list,
    );
    this.refresh = latest(() => this.update());
    this.strips = latest(() => this.showStrips());
    this.later = settled(120, () => this.strips());
    this.tell = settled(700, () => this.announce());
  }

  own() {
    return Object.fromEntries(this.styles.filter((s) => s.value !== null).map((s) => [s.index, s.value]));
  }

  turned(done, seed = this.seed) {
    this.seed = seed;
    this.turnedAt = performance.now();
    this.onStyle(this.own(), seed, done);
    this.refresh();
    this.tell();
  }

  /** Draws from a query's latent with its knobs turned so; `z` is `null` where the query has none. */
  show(z, offsets, open) {
    this.z = z;
    this.offsets = offsets;
    this.open = open;
    this.refresh();
  }

  body() {
    return { z: this.z, offsets: this.offsets, target: this.scene.target, own: this.own(), seed: this.seed };
  }

  async update() {
    if (!this.z) return this.nothing();
    const held = this.styles.every((style) => style.value !== null);
    const from = this.turnedAt;
    if (this.open && !this.variants.hasChildNodes()) fill(this.variants, loading(held ? 1 : VARIANTS, "pick").map((one) => h("li", {}, one)));
    try {
      const { variants } = await api.models.generate(this.scene.model.fingerprint, { ...this.body(), variants: this.open && !held ? VARIANTS : 1 });
      this.draw(variants);
      if (from) performance.measure("gimbal:draw", { start: from });
      if (this.turnedAt === from) this.turnedAt = 0;
      if (this.open) this.later();
    } catch (problem) {
      if (!problem.status && problem.status !== 0) throw problem;
      this.nothing();
      fill(this.hint, trouble(problem, () => this.refresh()));
    }
  }

  draw(variants) {
    this.list.hidden = false;
    this.others.disabled = this.styles.every((style) => style.value !== null);
    this.renew([this.first], variants);
    this.first.setAttribute("aria-label", `Drawn ${this.scene.target}: draw more`);
    fill(this.hint, this.words(variants.length));
    if (!this.open) return;
    if (this.variants.children.length !== variants.length || !this.variants.querySelector(".variant")) {
      fill(this.variants, variants.map((_, i) => h("li", {}, this.variant(i))));
    }
    this.drawn = variants;
    this.renew([...this.variants.querySelectorAll(".variant")], variants);
  }

  /** Pictures change in place; words and numbers are made anew. */
  renew(places, variants) {
    places.forEach((place, i) => {
      const image = place.querySelector("img");
      if (image) show(image, variants[i]);
      else fill(place, drawing(this.modality, variants[i], `drawn ${this.scene.target}`));
    });
  }

  variant(i) {
    return this.styles.length === 0
      ? h("div", { class: "variant" })
      : h("button", { type: "button", class: "variant pick", "aria-label": `Hold the styles of drawing ${i + 1}`, title: "Hold these styles", onclick: () => this.hold(i) });
  }

  /** Takes over the styles of one of the drawings. */
  hold(i) {
    const near = (value) => Number(Math.min(REACH, Math.max(-REACH, value)).toFixed(1));
    this.styles.forEach((style, j) => style.show(near(this.drawn[i].own[j])));
    this.turned(true);
    this.styles[0].input.focus();
  }

  words(drawn) {
    const { target } = this.scene;
    if (this.styles.length === 0) return `The model’s own drawing. The knobs turn it; ${target} has no style of its own.`;
    return drawn > 1
      ? `What the model itself draws: the query and the knobs say what, styles say how. Choose one to hold its styles, or hold single ones below.`
      : `One drawing, since all its styles are held. The knobs and styles change it as you drag.`;
  }

  nothing() {
    fill(this.first, h("span", { class: "plain" }, "–"));
    fill(this.variants);
    this.list.hidden = true;
    this.others.disabled = true;
    const queries = catalogue.space(this.scene.model, this.scene.target)?.queries ?? [];
    fill(this.hint, `Nothing to draw from: this query is compared as it stands. Ask by ${queries.join(" or ")}.`);
  }

  /** What is drawn along each style. */
  async showStrips() {
    const fingerprint = this.scene.model.fingerprint;
    const body = this.body();
    const range = { range: [-REACH, REACH], variants: CELLS };
    await Promise.all(
      this.styles.map(async (style, step) => {
        const answer = await api.models.generate(fingerprint, { ...body, step, ...range }).catch(() => null); // an extra
        if (answer) style.along(answer.variants.map((variant) => drawing(this.modality, variant, "")));
      }),
    );
  }

  announce() {
    const held = this.styles.filter((style) => style.value !== null).map((style) => `style ${style.index + 1} ${style.words.textContent}`);
    say([count(this.variants.children.length, "drawing"), ...held].join(", "));
  }
}
