import { h, fill, icon, freshId, say } from "../dom.js";
import { empty, trouble } from "../components/notice.js";
import { confirm, dialog } from "../components/dialog.js";
import { dropZone } from "../components/drop.js";
import { table } from "../components/table.js";
import { count, when } from "../format.js";
import { ingest, plan } from "../ingest.js";
import { thumb } from "../components/payload.js";
import * as api from "../api.js";
import * as router from "../router.js";

export const title = "Collections";

const SAMPLED = 24;
const ENGINES = {
  exact: "exact: compares every item",
  pgvector: "pgvector: approximate, in the database",
};

export function show(root, route) {
  return route.name ? one(root, route.name) : list(root);
}

async function list(root) {
  const [collections, models] = await Promise.all([api.collections.list(), api.models.list()]);
  const names = new Map(models.map((m) => [m.fingerprint, m.name]));
  const add = (kind) => h("button", { type: "button", class: kind, onclick: () => create(models) }, icon("plus"), "New collection");
  fill(
    root,
    h(
      "div",
      { class: "page" },
      h("div", { class: "page-head" }, h("div", {}, h("h1", {}, "Collections"), h("p", { class: "lead" }, "What is searched: items with a picture, a text or a vector, and the model they are searched by.")), add("primary")),
      collections.length === 0
        ? empty("No collection yet", "Make one, then drop a folder of pictures, texts or NDJSON lines into it.", add(""))
        : table(
            "All collections",
            ["Name", "Items", "Model", "Engine", "Made"].map((t) => h("th", { scope: "col", class: t === "Items" ? "num" : "" }, t)),
            collections.map((c) =>
              h(
                "tr",
                {},
                h("td", {}, h("a", { href: router.link("collections", c.name) }, c.name)),
                h("td", { class: "num" }, c.items.toLocaleString("en")),
                h("td", {}, names.get(c.model) ?? "–"),
                h("td", {}, c.engine),
                h("td", {}, when(c.created)),
              ),
            ),
            { box: "panel table-scroll" },
          ),
    ),
  );
}

function create(models) {
  const [name, model, engine] = [freshId("name"), freshId("model"), freshId("engine")];
  const message = h("div", {});
  if (models.length === 0) return dialog("New collection", empty("No model yet", "A collection is searched by a model. Install one first.", h("a", { class: "button", href: "#/models" }, "Models")));
  const fields = {
    name: h("input", { id: name, type: "text", required: true, pattern: "[A-Za-z0-9][A-Za-z0-9._\\-]*", title: "letters, digits, '.', '_' and '-'", autocomplete: "off", autofocus: true }),
    model: h("select", { id: model }, models.toReversed().map((m) => h("option", { value: m.fingerprint }, `${m.name} (${m.modalities.map((x) => x.name).join(", ")})`))),
    engine: h("select", { id: engine }, Object.entries(ENGINES).map(([value, words]) => h("option", { value }, words))),
  };
  const box = dialog(
    "New collection",
    h(
      "form",
      {
        class: "settings",
        onsubmit: async (event) => {
          event.preventDefault();
          try {
            await api.collections.create(fields.name.value, { model: fields.model.value, engine: fields.engine.value });
            box.close();
            router.go("collections", fields.name.value);
          } catch (problem) {
            fill(message, trouble(problem));
          }
        },
      },
      h("div", { class: "field" }, h("label", { htmlFor: name }, "Name"), fields.name),
      h("div", { class: "field" }, h("label", { htmlFor: model }, "Searched by model"), fields.model),
      h("div", { class: "field" }, h("label", { htmlFor: engine }, "Engine"), fields.engine),
      message,
      h("div", { class: "row end" }, h("button", { class: "primary" }, "Make it")),
    ),
  );
}

async function one(root, name) {
  const collection = await api.collections.get(name);
  const model = collection.model ? await api.models.get(collection.model) : null;
  const stop = new AbortController();
  const items = h("ul", { class: "items-grid" });
  const facts = h("dl", { class: "facts" });
  const refresh = async () => {
    const now = await api.collections.get(name);
    fill(facts, ...factsOf(now, model));
    await sample(items, name, model);
    return now;
  };
  fill(facts, ...factsOf(collection, model));
  fill(
    root,
    h(
      "div",
      { class: "page" },
      h(
        "div",
        { class: "page-head" },
        h("div", {}, h("p", {}, h("a", { href: "#/collections" }, "Collections")), h("h1", {}, name)),
        h(
          "div",
          { class: "row tight" },
          h("a", { class: "button primary", href: router.link("search", name) }, "Search it"),
          h("button", { type: "button", class: "danger", onclick: () => remove(collection) }, icon("bin"), "Delete"),
        ),
      ),
      h("div", { class: "two" }, h("section", { class: "panel stack" }, h("h2", {}, "About"), facts), model && adding(name, model, refresh, stop.signal)),
      h(
        "section",
        { class: "panel stack" },
        h("div", { class: "panel-head" }, h("h2", {}, "Some of its items"), h("button", { type: "button", onclick: () => sample(items, name, model) }, "Show others")),
        items,
      ),
    ),
  );
  await sample(items, name, model);
  return () => stop.abort();
}

function factsOf(c, model) {
  const entries = {
    Items: c.items.toLocaleString("en"),
    Modalities: c.modalities.join(", "),
    Model: model?.name ?? "none",
    Engine: ENGINES[c.engine] ?? c.engine,
    Made: when(c.created),
    Writes: c.version.toLocaleString("en"),
  };
  return Object.entries(entries).flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]);
}

async function sample(place, name, model) {
  const { items } = await api.items.sample(name, SAMPLED, Math.floor(Math.random() * 1e9));
  if (items.length === 0) return fill(place, h("li", { class: "muted" }, "None yet."));
  fill(
    place,
    items.map((item) =>
      h(
        "li",
        {},
        model ? thumb({ collection: name, model, target: null }, item) : h("span", { class: "plain" }, item.id),
        h("a", { class: "card-name", href: router.link("search", name, { q: `1*item:${item.id}` }), title: `Ask by ${item.id}` }, item.id),
      ),
    ),
  );
}

async function remove(collection) {
  const sure = await confirm(`Delete “${collection.name}”?`, `Its ${count(collection.items, "item")} and their vectors are gone for good. The model stays.`, "Delete it");
  if (!sure) return;
  try {
    await api.collections.remove(collection.name);
    say(`${collection.name} was deleted`);
    router.go("collections");
  } catch (problem) {
    dialog("It was not deleted", trouble(problem));
  }
}

/** The place for files, with the progress of what was dropped. */
function adding(name, model, refresh, signal) {
  const state = h("div", { class: "stack", "aria-live": "polite" });
  const images = model.modalities.filter((m) => m.kind === "IMAGE").map((m) => m.name);
  const text = model.modalities.find((m) => m.kind === "TEXT")?.name ?? null;
  const targets = model.latentSpaces.map((s) => s.target);
  const id = freshId("as");
  const choice = h("select", { id }, images.map((m) => h("option", { value: m, selected: targets.includes(m) }, m)));
  const take = async (files) => {
    const found = plan(files, { image: images.length > 0 ? choice.value : null, text });
    if (found.lines.length + found.items.length === 0) return fill(state, h("p", { class: "field-error", role: "alert" }, `None of these files is of a kind that ${name} takes.`));
    await upload(name, found, state, signal);
    await refresh();
  };
  return h(
    "section",
    { class: "panel stack" },
    h("h2", {}, "Add items"),
    images.length > 1 && h("div", { class: "row tight" }, h("label", { htmlFor: id }, "Pictures are"), choice),
    dropZone(takes(images, text), take),
    state,
  );
}

function takes(images, text) {
  const kinds = [images.length > 0 && "pictures", text && "texts", "NDJSON lines"].filter(Boolean);
  const together = images.length > 0 && text ? " A picture and a text of one name become one item." : "";
  return `Drop files or a folder here: ${kinds.join(", ")}.${together}`;
}

async function upload(name, found, state, signal) {
  const bar = h("progress", { max: 1, value: 0, "aria-label": "Upload" });
  const words = h("p", {}, "Sending…");
  const stop = new AbortController();
  let running = null;
  const cancel = h("button", { type: "button", onclick: () => { stop.abort(); if (running) api.operations.cancel(running).catch(() => {}); } }, icon("close"), "Cancel");
  fill(state, bar, h("div", { class: "row spread" }, words, cancel));
  signal.addEventListener("abort", () => stop.abort());
  try {
    const total = await ingest(
      name,
      found,
      ({ share, written, rejected, operation }) => {
        running = operation;
        bar.value = share;
        words.textContent = `${Math.round(share * 100)} %: ${count(written, "item")} written${rejected ? `, ${rejected} rejected` : ""}`;
      },
      stop.signal,
    );
    fill(state, ...outcome(total, found));
  } catch (error) {
    fill(state, error.name === "AbortError" ? h("p", {}, "Cancelled. What was written before stays.") : trouble(error));
  }
}

function outcome({ written, rejected, errors }, { ignored }) {
  return [
    h("p", { role: "status" }, h("strong", {}, `${count(written, "item")} written`), rejected > 0 && `, ${count(rejected, "line")} rejected`, ignored.length > 0 && `, ${count(ignored.length, "file")} of other kinds left out`, "."),
    rejected > 0 && h("ul", {}, errors.slice(0, 10).map((e) => h("li", {}, `line ${e.line}: ${[e.field, e.detail].filter(Boolean).join(" – ")}`))),
  ];
}
