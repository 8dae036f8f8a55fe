import { h, fill } from "../dom.js";
import { number } from "../format.js";
import { payload, companions } from "./payload.js";

/**
 * One hit. `actions` are `why`, `more` and `less`, each called with the hit; a card is made once for an item and then
 * told its new place.
 */
export class Card {
  constructor(context, hit, actions) {
    this.hit = hit;
    this.rank = h("span", { class: "rank" });
    this.score = h("span", { class: "score" });
    this.change = h("span", { class: "change" });
    const { collection, model, target } = context;
    const shown = companions(model, hit, target).filter((m) => m.kind === "IMAGE");
    const main = model.modalities.find((m) => m.name === target);
    this.element = h(
      "li",
      { class: `card ${main?.kind === "TEXT" ? "card-text" : ""}`, data: { id: hit.id } },
      h(
        "figure",
        {},
        main?.kind === "TEXT" && shown.map((m) => payload(collection, hit, m)),
        payload(collection, hit, main),
      ),
      h("div", { class: "card-line" }, this.rank, this.change, this.score),
      h("p", { class: "card-name", title: hit.id }, hit.id),
      attributes(hit.attributes),
      h(
        "div",
        { class: "card-actions" },
        action("Why", `Why ${hit.id}?`, () => actions.why(this.hit)),
        action("More", `More like ${hit.id}`, () => actions.more(this.hit)),
        action("Less", `Less like ${hit.id}`, () => actions.less(this.hit)),
      ),
    );
  }

  /** `move` says where the hit has come from. */
  show(hit, move) {
    this.hit = hit;
    this.rank.textContent = hit.rank;
    this.score.textContent = number(hit.score);
    this.score.title = "score: larger is nearer";
    this.change.className = `change ${move.kind}`;
    this.change.textContent = move.mark;
    this.change.title = move.words;
    this.change.setAttribute("aria-label", move.words);
    if (move.words) this.change.setAttribute("role", "img");
    else this.change.removeAttribute("role");
  }
}

function action(label, words, act) {
  return h("button", { type: "button", class: "quiet", "aria-label": words, title: words, onclick: act }, label);
}

function attributes(values) {
  const entries = Object.entries(values ?? {}).filter(([, v]) => typeof v !== "object").slice(0, 4);
  if (entries.length === 0) return null;
  return h(
    "dl",
    { class: "attributes" },
    entries.map(([name, value]) =>
      h("div", {}, h("dt", {}, name), h("dd", {}, typeof value === "number" ? number(value) : String(value))),
    ),
  );
}

/** How a hit has moved since the knobs were at rest. */
export function move(hit, restRanks, turned) {
  if (!turned) return { kind: "", mark: "", words: "" };
  const before = restRanks.get(hit.id);
  if (before === undefined) return { kind: "new", mark: "new", words: `new: beyond the first ${restRanks.size} before` };
  const rose = before - hit.rank;
  if (rose > 0) return { kind: "rose", mark: `▲ ${rose}`, words: `rose ${rose} ${rose === 1 ? "place" : "places"}` };
  if (rose < 0) return { kind: "fell", mark: `▼ ${-rose}`, words: `fell ${-rose} ${rose === -1 ? "place" : "places"}` };
  return { kind: "held", mark: "=", words: "held its place" };
}

/** The grid of hits: cards are kept by item and slide to their new places. */
export class CardGrid {
  constructor(actions) {
    this.actions = actions;
    this.cards = new Map();
    this.element = h("ol", { class: "cards" });
    this.scene = "";
  }

  show(context, hits, restRanks, turned) {
    const scene = `${context.collection}/${context.model.fingerprint}/${context.target}`;
    if (scene !== this.scene) {
      this.cards.clear();
      this.scene = scene;
    }
    const places = this.places();
    const next = hits.map((hit) => {
      const key = `${hit.id}/${hit.contentHash ?? ""}`;
      let card = this.cards.get(key);
      if (!card) {
        card = new Card(context, hit, this.actions);
        this.cards.set(key, card);
      }
      card.show(hit, move(hit, restRanks, turned));
      return card.element;
    });
    this.arrange(next);
    this.slide(places);
    if (this.cards.size > 400) this.cards.clear();
  }

  /** Only what differs is touched, so that focus stays where it is. */
  arrange(next) {
    const now = [...this.element.children];
    if (now.length === next.length && now.every((child, i) => child === next[i])) return;
    const focused = this.element.contains(document.activeElement) ? document.activeElement : null;
    fill(this.element, ...next);
    if (focused?.isConnected) focused.focus({ preventScroll: true });
  }

  places() {
    return new Map([...this.element.children].map((child) => [child, child.getBoundingClientRect()]));
  }

  slide(before) {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    for (const child of this.element.children) {
      const from = before.get(child);
      if (!from) continue;
      const to = child.getBoundingClientRect();
      const [x, y] = [from.left - to.left, from.top - to.top];
      if (x === 0 && y === 0) continue;
      child.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: "none" }], { duration: 160, easing: "ease-out" });
    }
  }
}
