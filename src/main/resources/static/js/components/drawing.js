import { h } from "../dom.js";
import { cloud } from "./cloud.js";
import { number } from "../format.js";

const WORDS = 12;
const NUMBERS = 8;

/** What a model drew of a modality: a picture, a text's likeliest words, or numbers. An element of phrasing content. */
export function drawing(modality, variant, words) {
  if (modality.kind === "IMAGE") return show(h("img", { class: look(modality), alt: words, draggable: false }), variant);
  if (modality.kind === "TEXT") return cloud((variant.words ?? []).slice(0, WORDS).map(({ word, probability }) => ({ word, weight: probability })));
  const numbers = variant.vector ?? [];
  const more = numbers.length > NUMBERS ? " …" : "";
  return h("span", { class: "plain mono" }, [...numbers].slice(0, NUMBERS).map((v) => number(v)).join(", ") + more);
}

function look(modality) {
  return modality.shape[0] === 1 ? "picture crisp" : "picture";
}

/** Gives a picture another content in place, so that nothing flickers while a knob is turned. */
export function show(image, variant) {
  image.src = `data:image/png;base64,${variant.image}`;
  return image;
}
