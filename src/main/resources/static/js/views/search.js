import { h, fill, icon, say, freshId } from "../dom.js";
import { latest, settled } from "../latest.js";
import { count, number } from "../format.js";
import { empty, trouble, loading } from "../components/notice.js";
import { CardGrid } from "../components/card.js";
import { Pad } from "../components/pad.js";
import { thumb, titleOf } from "../components/payload.js";
import { START } from "../components/writing.js";
import { CELLS } from "../components/knob.js";
import * as api from "../api.js";
import * as router from "../router.js";
import * as catalogue from "../catalogue.js";
import { MOST_SHOWN, SHOWN, TABS, readState, writeState } from "./search/state.js";
import { QueryPanel, drawnAs } from "./search/query.js";
import { KnobPanel } from "./search/knobs.js";
import { Sheet } from "./search/sheet.js";
import { Plane } from "./search/plane.js";
import { DrawPanel, draws } from "./search/draw.js";
import { Words, speaks } from "./search/words.js";
import { why } from "./search/why.js";

export const title = "Search";

const DEPTH = 100;
const DEEP = 1000;
const MIX = { more: 0.5, less: -0.3 };
const FIRST_CHOICE = "ovals";

/** Draws the view; gives what ends it. */
export async function show(root, route) {
  fill(root, h("div", { class: "search" }, loading(1, "stage"), loading(1, "stage")));
  const all = await api.collections.list();
  const ready = all.filter((one) => one.model && one.items > 0);
  const chosen = route.name
    ? all.find((one) => one.name === route.name)
    : (ready.find((one) => one.name === FIRST_CHOICE) ?? ready[0]);
  if (!chosen) return fill(root, nothing(route.name));
  if (!chosen.model || chosen.items === 0) return fill(root, unready(chosen));
  const model = await catalogue.model(chosen.model);
  const view = new Search(root, chosen, model, all, route.params);
  await view.start();
  return () => view.leave();
}

function nothing(name) {
  return name
    ? empty(`There is no collection “${name}”`, "It may have been deleted, or the link has a mistake.", h("a", { class: "button", href: "#/collections" }, "See all collections"))
    : empty("Nothing to search yet", "A collection holds what is searched: pictures, recipes, vectors. Make one and drop your files into it.", h("a", { class: "button primary", href: "#/collections" }, "Make a collection"));
}

function unready(collection) {
  return empty(
    `“${collection.name}” is empty`,
    "Put items in, and search them here. Operations tells how far those are that are being put in now.",
    h("a", { class: "button primary", href: router.link("collections", collection.name) }, "Add items"),
  );
}

class Search {
  constructor(root, collection, model, all, params) {
    this.root = root;
    this.all = all;
    this.item = collection;
    this.state = readState(params, model);
    const leads = model.latentSpaces.map((s) => s.target).find((t) => collection.modalities.includes(t));
    this.scene = { collection: collection.name, model, target: this.state.target ?? leads ?? collection.modalities[0] };
    this.likenesses = new Map();
    this.refresh = latest(() => this.update());
    this.strips = latest(() => this.showStrips());
    this.later = settled(120, () => this.showAside());
    this.tell = settled(700, () => this.announce());
    this.drag = this.drag.bind(this);
    this.paste = this.paste.bind(this);
  }

  async start() {
    if (this.state.parts.length === 0) this.state.parts = [await firstPart(this.scene)].filter(Boolean);
    this.query = new QueryPanel(this.scene, this.state.parts, (parts, done) => this.asked(parts, done));
    this.best = h("div", { class: "best" }, loading(1, "pick"));
    this.grid = new CardGrid({
      why: (hit) => why(this.scene, hit, this.turnedBody()),
      more: (hit) => this.mix(hit, MIX.more),
      less: (hit) => this.mix(hit, MIX.less),
    });
    this.summary = h("p", { class: "summary" });
    this.left = h("div", { class: "left-out", hidden: true });
    this.more = h("button", { type: "button", onclick: () => this.showMore() }, "Show more");
    this.matches = h("div", { class: "matches" }, this.summary, this.grid.element, this.left, h("div", { class: "row center" }, this.more));
    this.stale = true;
    this.layOut();
    this.root.addEventListener("dragover", this.drag);
    this.root.addEventListener("dragleave", this.drag);
    this.root.addEventListener("drop", this.drag);
    document.addEventListener("paste", this.paste);
    await this.refresh();
  }

  leave() {
    this.gone = true;
    this.root.removeEventListener("dragover", this.drag);
    this.root.removeEventListener("dragleave", this.drag);
    this.root.removeEventListener("drop", this.drag);
    document.removeEventListener("paste", this.paste);
  }

  /** Builds what depends on the target; the query's side stays where it is, since a person may be drawing on it. */
  layOut() {
    const before = { knobs: this.knobs, results: this.results };
    this.knobs = new KnobPanel(this.scene, {
      offsets: this.state.offsets,
      steer: this.state.steer,
      onTurn: (offsets, done, knob) => this.turned(offsets, done, knob),
      onSteer: (steer) => this.steered(steer),
      onRename: () => this.renamed(),
    });
    const go = (offsets) => this.goTo(offsets);
    this.sheet = new Sheet(this.scene, go);
    this.plane = new Plane(this.scene, this.state.pair, {
      onPair: (pair) => {
        this.state.pair = pair;
        this.note(true);
        this.showAside();
      },
      onGo: go,
    });
    this.panels = { matches: this.matches, sheet: this.sheet.element, plane: this.plane.element };
    this.words = speaks(this.item, this.scene.model) ? new Words(this.scene, go) : null;
    if (this.words) this.panels.words = this.words.element;
    this.drawing = draws(this.scene.model) ? this.drawPanel() : null;
    if (this.drawing) this.panels.draw = this.drawing.element;
    this.results = h("section", { class: "results", "aria-label": "Results" }, this.tabs(), Object.values(this.panels));
    if (before.results) {
      before.knobs.element.replaceWith(this.knobs.element);
      before.results.replaceWith(this.results);
    } else {
      fill(this.root, h("div", { class: "search" }, this.head(), this.stage(), this.knobs.element, this.results));
    }
    if (this.drawing) fill(this.drawn, this.drawing.first);
    this.showTab();
  }

  stage() {
    this.drawn = h("div", { class: "drawn" });
    return h(
      "section",
      { class: "panel stage", "aria-label": "Query" },
      h(
        "div",
        { class: "stage-pair", data: { sides: this.drawing ? 3 : 2 } },
        side("You ask", this.query.list),
        h("div", { class: "stage-arrow" }, icon("arrow")),
        this.drawing && side("Drawn", this.drawn),
        side("Best match", this.best),
      ),
      this.query.element,
    );
  }

  drawPanel() {
    return new DrawPanel(this.scene, {
      own: this.state.own,
      seed: this.state.seed,
      onStyle: (own, seed, done) => {
        this.state.own = own;
        this.state.seed = seed;
        if (done) this.note(true);
      },
      onOpen: () => {
        this.choose("draw");
        this.tabButtons.find((b) => b.dataset.tab === "draw").focus();
      },
    });
  }

  head() {
    const id = freshId("collection");
    return h(
      "div",
      { class: "search-head" },
      h("div", {}, h("h1", {}, "Turn one knob. One thing moves."), h("p", { class: "lead" }, "Each knob is a factor that the model learnt from pairs alone. Drag one: the matches follow, and the others hold still.")),
      h(
        "div",
        { class: "row tight" },
        h(
          "div",
          { class: "labelled" },
          h("label", { htmlFor: id }, "Collection"),
          h(
            "select",
            { id, onchange: (event) => router.go("search", event.target.value) },
            this.all.map((one) => h("option", { value: one.name, selected: one.name === this.item.name }, `${one.name} (${one.items.toLocaleString("en")})`)),
          ),
        ),
        this.targets(),
      ),
    );
  }

  targets() {
    const targets = this.scene.model.latentSpaces.map((s) => s.target).filter((t) => this.item.modalities.includes(t));
    if (targets.length < 2) return null;
    const id = freshId("target");
    return h(
      "div",
      { class: "labelled" },
      h("label", { htmlFor: id }, "Find"),
      h(
        "select",
        {
          id,
          onchange: (event) => {
            this.state.target = event.target.value || null;
            this.state.offsets = {};
            this.state.own = {};
            this.stale = true;
            this.note(true);
            this.refresh();
          },
        },
        h("option", { value: "", selected: !this.state.target }, "what fits the query"),
        targets.map((t) => h("option", { value: t, selected: t === this.state.target }, t)),
      ),
    );
  }

  tabs() {
    const list = h("div", { class: "segments", role: "tablist", "aria-label": "How to see the results" });
    this.tabButtons = Object.entries(this.panels).map(([tab, panel]) => {
      panel.id = `panel-${tab}`;
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", `tab-${tab}`);
      return h(
        "button",
        {
          type: "button",
          role: "tab",
          id: `tab-${tab}`,
          "aria-controls": panel.id,
          data: { tab },
          onclick: () => this.choose(tab),
          onkeydown: (event) => this.tabKey(event, tab),
        },
        TABS[tab],
      );
    });
    list.append(...this.tabButtons);
    return list;
  }

  tabKey(event, tab) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const names = Object.keys(this.panels);
    const next = names[(names.indexOf(tab) + step + names.length) % names.length];
    this.choose(next);
    this.tabButtons.find((b) => b.dataset.tab === next).focus();
  }

  choose(tab) {
    this.state.tab = tab;
    this.note(true);
    this.showTab();
    this.showAside();
    if (tab === "draw") this.showDrawn();
  }

  showTab() {
    if (!this.panels[this.state.tab]) this.state.tab = "matches";
    for (const button of this.tabButtons) {
      const chosen = button.dataset.tab === this.state.tab;
      button.setAttribute("aria-selected", chosen);
      button.tabIndex = chosen ? 0 : -1;
      this.panels[button.dataset.tab].hidden = !chosen;
    }
  }

  // what a person does

  asked(parts, done) {
    this.state.parts = parts;
    this.stale = true;
    this.note(done);
    this.refresh();
  }

  turned(offsets, done, knob) {
    this.state.offsets = offsets;
    this.lastKnob = knob;
    this.turnedAt = performance.now();
    if (done) this.note(true);
    this.refresh();
  }

  goTo(offsets) {
    for (const [j, offset] of Object.entries(offsets)) this.knobs.knobs[j].show(offset);
    this.turned(this.knobs.offsets(), true);
  }

  steered(steer) {
    this.state.steer = steer;
    this.stale = true;
    this.note(true);
    this.refresh();
  }

  mix(hit, weight) {
    this.query.add({ kind: "item", value: hit.id, weight }, true);
    say(`${hit.id} was added to the query with weight ${weight}`);
  }

  showMore() {
    this.state.shown = Math.min(MOST_SHOWN, this.state.shown * 2);
    this.note(false);
    this.refresh();
  }

  async renamed() {
    this.scene.model = await catalogue.model(this.item.model);
    this.query.scene = this.scene;
    this.stale = true;
    this.layOut();
    await this.refresh();
  }

  drag(event) {
    if (![...(event.dataTransfer?.types ?? [])].includes("Files")) return;
    event.preventDefault();
    this.root.classList.toggle("dropping", event.type === "dragover");
    if (event.type === "drop") this.query.takeFile(event.dataTransfer.files[0]);
  }

  paste(event) {
    const file = [...(event.clipboardData?.files ?? [])].find((f) => f.type.startsWith("image/"));
    if (file) this.query.takeFile(file);
  }

  note(push) {
    router.note("search", this.item.name, writeState(this.state), push);
  }

  // what follows from it

  body() {
    const query = this.query.request();
    return query && { query, target: this.state.target ?? undefined, steer: this.state.steer };
  }

  turnedBody() {
    return { ...this.body(), offsets: this.isTurned() ? this.state.offsets : undefined };
  }

  isTurned() {
    return Object.keys(this.state.offsets).length > 0;
  }

  async update() {
    const body = this.body();
    if (!body || body.query.length === 0) return this.unasked();
    try {
      if (this.stale) await this.rest(body);
      const from = this.turnedAt;
      const offsets = this.state.offsets;
      this.showDrawn();
      if (this.z && this.isTurned()) {
        const answer = await api.ask(this.item.name, "manipulations", { ...body, offsets, k: this.state.shown });
        this.draw(answer.hits, answer);
      } else {
        this.draw(this.restHits.slice(0, this.state.shown), this.answer);
      }
      if (this.z && this.isTurned()) this.deepen(body);
      if (from) performance.measure("gimbal:turn", { start: from });
      if (!this.seen) performance.measure("gimbal:first", { start: 0 });
      this.seen = true;
      if (this.turnedAt === from) this.turnedAt = 0;
      this.later();
      this.tell();
    } catch (problem) {
      if (!problem.status && problem.status !== 0) throw problem;
      this.failed(problem);
    }
  }

  async rest(body) {
    this.stale = false;
    this.deep = false;
    const answer = await api.ask(this.item.name, "query", { ...body, k: DEPTH });
    this.answer = answer;
    this.z = answer.z;
    this.restHits = answer.hits;
    this.restRanks = new Map(answer.hits.map((hit) => [hit.id, hit.rank]));
    if (answer.target !== this.scene.target) {
      this.scene.target = answer.target;
      this.likenesses.clear();
      if (this.seen) this.state.own = {};
      this.layOut();
      this.query.retarget();
    }
    const queries = catalogue.space(this.scene.model, answer.target)?.queries ?? [];
    this.knobs.place(
      answer.z,
      `Nothing to turn: this query is compared as it stands. Ask by ${queries.join(" or ") || "another kind"} to use the knobs.`,
    );
    if (!answer.z) this.state.offsets = {};
  }

  /** Looks deeper into the ranking at rest, once, so that it is known from how far a hit has come. */
  async deepen(body) {
    if (this.deep || this.restHits.length < DEPTH) return;
    this.deep = true;
    const answer = await api.ask(this.item.name, "query", { ...body, k: DEEP }).catch(() => null);
    if (!answer || !this.deep || this.gone) return;
    this.restRanks = new Map(answer.hits.map((hit) => [hit.id, hit.rank]));
    this.refresh();
  }

  draw(hits, answer) {
    const turned = this.isTurned();
    this.message = null;
    this.hits = hits;
    const context = { collection: this.item.name, model: this.scene.model, target: answer.target };
    this.grid.show(context, hits, this.restRanks, turned);
    this.drawBest(hits[0], turned ? this.restHits[0] : null);
    this.drawLeft(hits, turned);
    this.more.hidden = this.state.shown >= MOST_SHOWN || hits.length < this.state.shown;
    fill(this.summary, ...this.summaryOf(hits, answer, turned));
  }

  summaryOf(hits, answer, turned) {
    if (hits.length === 0) return ["No item of this collection has a vector to compare with yet."];
    const time = h("span", { class: "muted" }, `${count(this.item.items, "item")}, ${number(answer.timing.totalMs, 0)} ms`);
    if (!turned) return [`The nearest by ${answer.target}. `, time];
    const kinds = this.kinds(hits);
    return [
      h("strong", {}, this.knobs.words()),
      " ",
      kinds.rose > 0 && h("span", { class: "rose" }, `▲ ${kinds.rose} rose `),
      kinds.fell > 0 && h("span", { class: "fell" }, `▼ ${kinds.fell} fell `),
      kinds.new > 0 && h("span", { class: "new" }, `${kinds.new} new `),
      time,
    ];
  }

  kinds(hits) {
    const kinds = { rose: 0, fell: 0, new: 0 };
    for (const hit of hits) {
      const before = this.restRanks.get(hit.id);
      if (before === undefined) kinds.new += 1;
      else if (before > hit.rank) kinds.rose += 1;
      else if (before < hit.rank) kinds.fell += 1;
    }
    return kinds;
  }

  /** An item's picture, made once. */
  likeness(hit) {
    const key = `${hit.id}/${hit.contentHash}`;
    if (!this.likenesses.has(key)) {
      if (this.likenesses.size > 500) this.likenesses.clear();
      this.likenesses.set(key, this.made(hit));
    }
    return this.likenesses.get(key);
  }

  made(hit) {
    const modality = catalogue.modality(this.scene.model, this.scene.target);
    const picture = thumb(this.scene, hit);
    if (modality.kind !== "TEXT") return [picture];
    const title = h("p", { class: "best-title" });
    titleOf(this.item.name, hit, modality).then((words) => (title.textContent = words), () => {});
    return picture.tagName === "IMG" ? [picture, title] : [picture];
  }

  drawBest(hit, before) {
    if (!hit) return fill(this.best, h("div", { class: "plain" }, "–"));
    const modality = catalogue.modality(this.scene.model, this.scene.target);
    const moved = before && before.id !== hit.id && modality.kind === "IMAGE";
    const ghost = modality.shape[0] === 1;
    fill(
      this.best,
      this.likeness(hit),
      moved &&
        h("div", { class: ghost ? "ghost" : "before", title: "the best match at rest" }, thumb(this.scene, before), !ghost && h("span", {}, "at rest")),
    );
  }

  /** Those that stood among the first before a knob was turned, and no longer do. */
  drawLeft(hits, turned) {
    const here = new Set(hits.map((hit) => hit.id));
    const gone = turned ? this.restHits.slice(0, this.state.shown).filter((hit) => !here.has(hit.id)) : [];
    this.left.hidden = gone.length === 0;
    fill(
      this.left,
      h("h3", {}, `${count(gone.length, "match", "matches")} left the first ${this.state.shown}`),
      h("ul", { class: "left-list" }, gone.slice(0, SHOWN).map((hit) => h("li", { title: hit.id }, thumb(this.scene, hit)))),
    );
  }

  showDrawn() {
    this.drawing?.show(this.z, this.state.offsets, this.state.tab === "draw");
  }

  showAside() {
    if (!this.z || this.gone) return;
    this.strips();
    const { tab, offsets } = this.state;
    if (tab === "sheet") this.sheet.show(this.body(), offsets, this.z);
    if (tab === "words") this.words.show(this.body(), this.z);
    if (tab === "plane") this.plane.show(this.body(), offsets, this.z);
  }

  async showStrips() {
    const body = this.body();
    if (!body) return;
    const traversal = await api
      .ask(this.item.name, "traversals", { ...body, offsets: this.state.offsets, k: 1, steps: CELLS, span: "percentiles" })
      .catch(() => null); // the strips are an extra; what is wrong is told beside the results
    if (traversal && !this.gone) this.knobs.along(traversal);
  }

  announce() {
    if (this.gone || !this.hits?.length) return;
    const words = this.knobs.words();
    const kinds = this.kinds(this.hits);
    say(
      words
        ? `${words}. Best match ${this.hits[0].id}. ${kinds.rose} rose, ${kinds.fell} fell, ${kinds.new} new.`
        : `${this.hits.length} matches. Best match ${this.hits[0].id}.`,
    );
  }

  unasked() {
    this.z = null;
    this.knobs.place(null, "Ask something first.");
    this.showDrawn();
    fill(this.grid.element);
    fill(this.best, h("div", { class: "plain" }, "–"));
    this.left.hidden = true;
    this.more.hidden = true;
    fill(this.summary, this.missing());
  }

  missing() {
    if (this.state.parts.length === 0) return "Ask by a picture, a sentence or an item.";
    if (this.state.parts.some((part) => part.strokes?.length === 0)) return "Write a digit with the mouse, a finger or a pen: the matches follow.";
    return "A picture of this query is not in this browser. Drop it again, or ask something else.";
  }

  failed(problem) {
    this.stale = true;
    this.left.hidden = true;
    this.more.hidden = true;
    fill(this.grid.element);
    fill(this.summary, trouble(problem, () => this.refresh()));
  }
}

function side(words, content) {
  return h("div", { class: "stage-side" }, h("h2", {}, words), content);
}

/** What a first visitor finds asked: a drawn square or a written digit where the model takes one, else an item. */
async function firstPart({ collection, model }) {
  const modalities = catalogue.queryModalities(model);
  const square = modalities.find((m) => drawnAs(m, "square"));
  if (square) return { kind: "draw", weight: 1, square: Pad.start(square) };
  if (modalities.some((m) => drawnAs(m, "written"))) return { kind: "write", weight: 1, strokes: START };
  const { items } = await api.items.sample(collection, 1, 1);
  return items.length > 0 ? { kind: "item", weight: 1, value: items[0].id } : null;
}
