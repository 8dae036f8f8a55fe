import * as api from "../api.js";
import { h, fill } from "../dom.js";
import { parseRecipe } from "../recipe.js";

const SHOWN_INGREDIENTS = 6;

/** What an item looks like in one modality: a picture, a recipe, or its name where it has only numbers. */
export function payload(collection, item, modality) {
  if (modality?.kind === "IMAGE" && has(item, modality)) return pictureOf(collection, item, modality);
  if (modality?.kind === "TEXT" && has(item, modality)) return textOf(collection, item, modality);
  return h("div", { class: "plain" }, item.id);
}

function has(item, modality) {
  return !item.modalities || item.modalities.includes(modality.name);
}

function pictureOf(collection, item, modality) {
  const image = h("img", {
    class: modality.shape[0] === 1 ? "picture crisp" : "picture",
    alt: `${modality.name} ${item.id}`,
    decoding: "async",
    draggable: false,
  });
  api.picture(collection, item, modality.name).then(
    (src) => (image.src = src),
    () => image.classList.add("missing"),
  );
  return image;
}

function textOf(collection, item, modality) {
  const box = h("div", { class: "recipe", "aria-busy": "true" }, h("p", { class: "skeleton" }));
  api.text(collection, item, modality.name).then(
    (text) => {
      box.removeAttribute("aria-busy");
      fill(box, ...recipe(text));
    },
    () => fill(box, h("p", { class: "muted" }, "This text could not be read.")),
  );
  return box;
}

/** A recipe's title, ingredients and steps. */
export function recipe(text) {
  const { title, ingredients, steps } = parseRecipe(text);
  const more = ingredients.length - SHOWN_INGREDIENTS;
  return [
    h("h4", {}, title),
    ingredients.length > 0 &&
      h(
        "ul",
        { class: "ingredients" },
        ingredients.slice(0, SHOWN_INGREDIENTS).map((one) => h("li", {}, one)),
        more > 0 && h("li", { class: "muted" }, `and ${more} more`),
      ),
    (steps.length > 0 || more > 0) &&
      h(
        "details",
        {},
        h("summary", {}, steps.length > 0 ? `${steps.length} ${steps.length === 1 ? "step" : "steps"}` : "All ingredients"),
        more > 0 && h("ul", { class: "ingredients" }, ingredients.slice(SHOWN_INGREDIENTS).map((one) => h("li", {}, one))),
        h("ol", {}, steps.map((one) => h("li", {}, one))),
      ),
  ];
}

/** What stands for an item where there is little room: the target's picture, else another one of it, else a text. */
export function likenessModality(model, item, target) {
  const own = model.modalities.filter((m) => item.modalities.includes(m.name));
  const first = own.find((m) => m.name === target);
  if (first?.kind === "IMAGE") return first;
  return own.find((m) => m.kind === "IMAGE") ?? first ?? own[0];
}

/** A small likeness of an item: a picture, or a title. */
export function thumb({ collection, model, target }, item) {
  const modality = likenessModality(model, item, target);
  if (modality?.kind !== "TEXT") return payload(collection, item, modality);
  const title = h("span", { class: "plain" }, item.id);
  titleOf(collection, item, modality).then((words) => (title.textContent = words), () => {});
  return title;
}

/** The first line of an item's text. */
export async function titleOf(collection, item, modality) {
  return parseRecipe(await api.text(collection, item, modality.name)).title;
}

/** The modalities of an item that are worth showing beside the target: pictures first. */
export function companions(model, item, target) {
  return model.modalities.filter(
    (m) => m.name !== target && m.kind !== "VECTOR" && item.modalities.includes(m.name),
  );
}
