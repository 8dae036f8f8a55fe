import { REACH } from "../../components/style.js";
import { SEED } from "./draw.js";
import { readParts, writePart } from "./parts.js";

/** How many matches are shown at first, and at most. */
export const SHOWN = 12;
export const MOST_SHOWN = 96;

/** The ways to see the results, in words. */
export const TABS = { matches: "Matches", sheet: "Sheet", plane: "Plane", words: "Words", draw: "Draw" };

/** What an address asks of a search by this model; what it does not say, or says wrongly, is as at first. */
export function readState(params, model) {
  const offsets = {};
  const own = {};
  for (const [key, value] of params) {
    const [, kind, index] = /^([ko])(\d+)$/.exec(key) ?? [];
    if (kind === "k" && Number(value)) offsets[index] = Number(value);
    if (kind === "o" && Math.abs(Number(value)) <= REACH) own[index] = Number(value);
  }
  const target = params.get("target");
  const pair = (params.get("plane") ?? "").split(",").map(Number);
  return {
    parts: readParts(params),
    offsets,
    own,
    seed: /^\d{1,9}$/.test(params.get("seed")) ? Number(params.get("seed")) : SEED,
    steer: params.get("steer") === "offset" ? "offset" : "latent",
    target: model.modalities.some((m) => m.name === target) ? target : null,
    tab: params.get("tab") in TABS ? params.get("tab") : "matches",
    shown: Math.min(MOST_SHOWN, Math.max(1, Number(params.get("n")) || SHOWN)),
    pair: pair.length === 2 && pair.every(Number.isInteger) ? pair : null,
  };
}

/** The parameters of the address: the query, and what is not as at first. */
export function writeState(state) {
  const params = new URLSearchParams();
  state.parts.forEach((part) => params.append("q", writePart(part)));
  Object.entries(state.offsets).forEach(([j, offset]) => params.set(`k${j}`, offset));
  Object.entries(state.own).forEach(([j, value]) => params.set(`o${j}`, value));
  if (state.seed !== SEED) params.set("seed", state.seed);
  if (state.steer !== "latent") params.set("steer", state.steer);
  if (state.target) params.set("target", state.target);
  if (state.tab !== "matches") params.set("tab", state.tab);
  if (state.shown !== SHOWN) params.set("n", state.shown);
  if (state.pair) params.set("plane", state.pair.join(","));
  return params;
}
