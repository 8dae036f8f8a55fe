import { h, fill, icon, freshId } from "../../dom.js";
import { Pad } from "../../components/pad.js";
import { Writing } from "../../components/writing.js";
import { payload } from "../../components/payload.js";
import { prompt } from "../../components/dialog.js";
import * as catalogue from "../../catalogue.js";
import * as api from "../../api.js";
import { keep, pictureFrom, recall, toRequest } from "./parts.js";
import { pickItem } from "./pick.js";

/**
 * What is asked: a picture, a sentence, an item, or a mix of them with weights. Tells `onChange(parts, done)`; `done`
 * is false while a gesture goes on.
 */
export class QueryPanel {
  constructor(scene, parts, onChange) {
    this.scene = scene;
    this.parts = parts;
    this.parts.forEach((part) => this.settle(part));
    this.onChange = onChange;
    this.list = h("div", { class: "parts" });
    this.message = h("p", { class: "field-error", role: "alert", hidden: true });
    this.mixing = h("input", { type: "checkbox", id: freshId("mix") });
    this.element = h(
      "div",
      { class: "query" },
      this.list,
      this.message,
      h("div", { class: "inputs" }, this.buttons(), this.mixSwitch()),
      this.sentence(),
    );
    this.draw();
  }

  /** What a part may be a value of. */
  choices(part) {
    const kind = { draw: "IMAGE", write: "IMAGE", picture: "IMAGE", text: "TEXT", vector: "VECTOR" }[part.kind];
    return catalogue.queryModalities(this.scene.model).filter((m) => m.kind === kind);
  }

  /** Says what a part is a value of, where that is not clear; a guess can be corrected. */
  settle(part) {
    const choices = this.choices(part);
    if (choices.length < 2) delete part.modality;
    else if (!choices.some((m) => m.name === part.modality)) part.modality = (choices.find((m) => resembles(part, m)) ?? choices[0]).name;
  }

  /** What the model of this collection can be asked by. */
  kinds() {
    const modalities = catalogue.queryModalities(this.scene.model);
    return {
      picture: modalities.find((m) => m.kind === "IMAGE"),
      text: modalities.find((m) => m.kind === "TEXT"),
      vectors: modalities.filter((m) => m.kind === "VECTOR"),
      draw: modalities.find((m) => drawnAs(m, "square")),
      write: modalities.find((m) => drawnAs(m, "written")),
    };
  }

  buttons() {
    const { picture, vectors, draw, write } = this.kinds();
    const file = h("input", {
      type: "file",
      accept: "image/*",
      class: "unseen",
      tabIndex: -1,
      "aria-label": "A picture to ask by",
      onchange: () => this.takeFile(file.files[0]).then(() => (file.value = "")),
    });
    const button = (name, words, onclick) => h("button", { type: "button", onclick }, icon(name), words);
    return h(
      "div",
      { class: "row tight" },
      draw && button("square", "Draw", () => this.add({ kind: "draw", weight: 1, square: Pad.start(draw) })),
      write && button("pen", "Write", () => this.add({ kind: "write", weight: 1, strokes: [] })),
      picture && [button("image", "Picture", () => file.click()), file],
      button("item", "Item", () => this.pick()),
      vectors.length > 0 && button("text", "Numbers", () => this.numbers(vectors)),
    );
  }

  mixSwitch() {
    return h(
      "label",
      { class: "check", htmlFor: this.mixing.id, title: "Adds to the query instead of replacing it" },
      this.mixing,
      "add to mix",
    );
  }

  sentence() {
    const { text } = this.kinds();
    if (!text) return null;
    const id = freshId("sentence");
    const field = h("input", { id, type: "text", placeholder: "a warm soup with lentils", maxLength: 2000, enterKeyHint: "search" });
    return h(
      "form",
      {
        class: "sentence",
        role: "search",
        onsubmit: (event) => {
          event.preventDefault();
          if (field.value.trim()) this.add({ kind: "text", weight: 1, value: field.value.trim() });
          field.value = "";
        },
      },
      h("label", { htmlFor: id, class: "unseen" }, "A sentence to ask by"),
      field,
      h("button", {}, icon("text"), "Ask"),
    );
  }

  async pick() {
    const id = await pickItem(this.scene);
    if (id) this.add({ kind: "item", weight: 1, value: id });
  }

  async numbers(modalities) {
    const lengths = [...new Set(modalities.map((m) => m.shape[0]))].join(" or ");
    const line = await prompt("Ask by numbers", `${lengths} numbers, separated by commas or spaces`, "", "Ask");
    if (!line) return;
    const numbers = line.split(/[\s,;[\]]+/).filter(Boolean).map(Number);
    if (numbers.some((n) => !Number.isFinite(n))) this.complain("These are not all numbers.");
    else this.add(keep("vector", JSON.stringify(numbers)));
  }

  async takeFile(file) {
    if (!file) return;
    try {
      this.add(await pictureFrom(file));
    } catch (error) {
      this.complain(error.message);
    }
  }

  complain(words) {
    this.message.hidden = !words;
    this.message.textContent = words;
  }

  /** A new query, or one more part of the mix. */
  add(part, always = false) {
    this.complain("");
    this.settle(part);
    this.parts = this.mixing.checked || always ? [...this.parts, part] : [part];
    this.draw();
    this.onChange(this.parts, true);
  }

  remove(part) {
    this.parts = this.parts.filter((p) => p !== part);
    this.draw();
    this.onChange(this.parts, true);
  }

  /** The parts as the service takes them; `null` when one of them is not in this browser. */
  request() {
    const request = this.parts.map((part) => toRequest(part, this.pads.get(part)));
    return request.every(Boolean) ? request : null;
  }

  draw() {
    this.pads = new Map();
    const mixed = this.parts.length > 1 || this.parts[0]?.weight !== 1;
    fill(
      this.list,
      this.parts.map((part) =>
        h(
          "div",
          { class: `part part-${part.kind}` },
          this.show(part),
          this.modality(part),
          mixed && this.weights(part),
        ),
      ),
    );
    this.list.classList.toggle("mixed", mixed);
  }

  /** Items show what leads to the target, which has changed; what is drawn on stays as it is. */
  retarget() {
    for (const box of this.list.querySelectorAll(".part-item")) box.replaceWith(this.item(box.title));
  }

  show(part) {
    switch (part.kind) {
      case "draw": {
        const pad = new Pad(this.kinds().draw ?? { shape: [1, 64, 64] }, part.square, (square, done) => {
          part.square = square;
          this.onChange(this.parts, done);
        });
        this.pads.set(part, pad);
        return pad.canvas;
      }
      case "write": {
        const pad = new Writing(part.strokes, (strokes, done) => {
          part.strokes = strokes;
          this.onChange(this.parts, done);
        });
        this.pads.set(part, pad);
        return pad.element;
      }
      case "picture": {
        const src = recall(part);
        return src
          ? h("img", { class: "picture", src, alt: "your picture" })
          : h("p", { class: "plain" }, "This link was made with a picture that is not in this browser. Drop it here again.");
      }
      case "text":
        return h("blockquote", { class: "plain" }, part.value);
      case "vector":
        return h("p", { class: "plain mono" }, recall(part)?.slice(0, 60) ?? "These numbers are not in this browser.");
      case "item":
        return this.item(part.value);
    }
  }

  /** What a part is a value of, to be corrected; nothing where that is clear. */
  modality(part) {
    const choices = ["draw", "write"].includes(part.kind) ? [] : this.choices(part);
    if (choices.length < 2) return null;
    const id = freshId("modality");
    return h(
      "div",
      { class: "part-modality" },
      h("label", { htmlFor: id }, "This is"),
      h(
        "select",
        {
          id,
          onchange: (event) => {
            part.modality = event.target.value;
            this.onChange(this.parts, true);
          },
        },
        choices.map((m) => h("option", { value: m.name, selected: m.name === part.modality }, m.name)),
      ),
    );
  }

  /** An item by what it is asked from: what leads to the target, or else whatever it has. */
  item(id) {
    const box = h("div", { class: "part-item", title: id });
    const { collection, model, target } = this.scene;
    api.items.get(collection, id).then(
      (item) => {
        const queries = catalogue.queryModalities(model, target).map((m) => m.name);
        const names = [...item.modalities].sort((a, b) => queries.includes(b) - queries.includes(a));
        const modality = model.modalities.find((m) => m.name === names[0]);
        fill(box, payload(collection, item, modality));
      },
      (problem) => fill(box, h("p", { class: "plain" }, problem.message)),
    );
    return box;
  }

  weights(part) {
    const name = part.kind === "item" ? part.value : part.kind;
    const field = h("input", {
      "aria-label": `Weight of ${name}`,
      title: "weight; less than 0 leads away",
      type: "number",
      step: 0.1,
      min: -2,
      max: 2,
      value: part.weight,
      onchange: () => {
        const weight = Number(field.value);
        if (!Number.isFinite(weight) || weight === 0) {
          field.value = part.weight;
          return this.complain("A weight is any number but 0; less than 0 leads away.");
        }
        this.complain("");
        part.weight = weight;
        this.onChange(this.parts, true);
      },
    });
    return h(
      "div",
      { class: "weight" },
      field,
      h(
        "button",
        { type: "button", class: "quiet icon-only", "aria-label": `Remove ${name}`, onclick: () => this.remove(part) },
        icon("close"),
      ),
    );
  }
}

/** What there is a pad for. */
export function drawnAs(modality, name) {
  return modality.kind === "IMAGE" && modality.name === name && modality.shape[0] === 1;
}

/** Whether a part looks like a value of this modality: numbers by how many there are, pictures by whether they have colours. */
function resembles(part, modality) {
  if (part.kind === "vector") return JSON.parse(recall(part) ?? "[]").length === modality.shape[0];
  if (part.kind === "draw") return drawnAs(modality, "square");
  if (part.kind === "write") return drawnAs(modality, "written");
  return part.kind === "picture" && part.grey === (modality.shape[0] === 1);
}
