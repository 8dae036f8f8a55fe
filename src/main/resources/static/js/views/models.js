import { h, fill, icon } from "../dom.js";
import { empty, trouble } from "../components/notice.js";
import { dialog, prompt } from "../components/dialog.js";
import { dropZone } from "../components/drop.js";
import { base64 } from "../files.js";
import { bytes, count, duration, number, when } from "../format.js";
import * as api from "../api.js";
import * as catalogue from "../catalogue.js";
import * as router from "../router.js";

export const title = "Models";

const METRICS = {
  recallAt1: "R@1",
  recallAt5: "R@5",
  recallAt10: "R@10",
  medianRank: "median rank",
  meanReciprocalRank: "MRR",
};

/** Cards of the models, with what their knobs are called and where they come from. */
export async function show(root) {
  const [models, collections] = await Promise.all([api.models.list(), api.collections.list()]);
  const tiles = h("div", { class: "tiles" });
  const refresh = () => show(root);
  fill(tiles, models.toReversed().map((model) => card(model, collections.filter((c) => c.model === model.fingerprint), refresh)));
  fill(
    root,
    h(
      "div",
      { class: "page" },
      h(
        "div",
        { class: "page-head" },
        h("div", {}, h("h1", {}, "Models"), h("p", { class: "lead" }, "What each was trained on, how well it does, and what its knobs are called.")),
        h("button", { type: "button", onclick: () => install(refresh) }, icon("plus"), "Install a model"),
      ),
      models.length === 0
        ? empty("No model yet", "Train one (gimbal train) and install its bundle: manifest.json and weights.safetensors.")
        : tiles,
    ),
  );
}

function card(model, collections, refresh) {
  return h(
    "article",
    { class: "panel stack", "aria-label": model.name },
    h("div", { class: "panel-head" }, h("h2", {}, model.name), h("span", { class: "badge" }, model.family)),
    metrics(model.metrics),
    model.latentSpaces.map((space) => knobs(model, space, refresh)),
    provenance(model),
    h(
      "div",
      { class: "row tight" },
      collections.map((c) => h("a", { class: "button", href: router.link("search", c.name) }, `Search ${c.name}`)),
      h("a", { class: "button", href: router.link("measure", "", { model: model.fingerprint }) }, "Measure"),
    ),
  );
}

function metrics(values) {
  const known = Object.entries(METRICS).filter(([name]) => name in values);
  if (known.length === 0) return null;
  return h(
    "div",
    { class: "stack" },
    h("dl", { class: "numbers" }, known.map(([name, words]) => h("div", {}, h("dt", {}, words), h("dd", {}, number(values[name], 3))))),
    h("small", {}, "on validation data"),
  );
}

function knobs(model, space, refresh) {
  return h(
    "div",
    { class: "stack" },
    h("h3", {}, `From ${space.queries.join(" or ")} to ${space.target}`),
    h(
      "ul",
      { class: "chips" },
      space.factors.map((factor, j) =>
        h(
          "li",
          {},
          h("button", { type: "button", "aria-label": `Rename ${factor.name}`, title: "Rename", onclick: () => rename(model, space, j, refresh) }, factor.name, icon("pen")),
        ),
      ),
    ),
  );
}

async function rename(model, space, j, refresh) {
  const before = space.factors[j].name;
  const name = await prompt(`Rename “${before}”`, "What does this knob change?", before, "Rename");
  if (!name || name === before) return;
  try {
    await api.models.rename(model.fingerprint, space.target, { [j]: name });
    catalogue.forget(model.fingerprint);
    refresh();
  } catch (problem) {
    dialog("The name was not changed", trouble(problem));
  }
}

function provenance({ provenance: from, modalities, indexDimensions, similarity, weightsBytes, fingerprint, created, generative }) {
  const facts = {
    "Trained on": `${from.dataset}, seed ${from.seed}`,
    "Takes": modalities.map((m) => `${m.name} (${[m.kind.toLowerCase(), m.shape.join(" × ")].filter(Boolean).join(" ")})`).join(", "),
    Trained: `${when(from.trained)}, in ${duration(from.seconds)}`,
    Installed: when(created),
    Weights: bytes(weightsBytes),
    ...(generative && { Draws: drawn(generative) }),
  };
  const rest = {
    Fingerprint: fingerprint,
    "Index vectors": Object.entries(indexDimensions).map(([name, size]) => `${name} ${size}`).join(", "),
    Similarity: similarity.toLowerCase().replaceAll("_", " "),
    Commit: from.commit,
    "Data fingerprint": from.dataFingerprint,
    ...from.versions,
  };
  const facts2 = (entries) => h("dl", { class: "facts" }, Object.entries(entries).map(([name, value]) => [h("dt", {}, name), h("dd", { class: /^[0-9a-f]{20,}$/.test(value) ? "mono" : "" }, value)]));
  return [
    facts2(facts),
    h(
      "details",
      { class: "more" },
      h("summary", {}, "Provenance, enough to train it again"),
      h("div", { class: "stack" }, facts2(rest), h("pre", { class: "mono settings-text", tabIndex: 0, "aria-label": "Settings" }, JSON.stringify(from.settings, null, 1))),
    ),
  ];
}

function drawn({ shared, own }) {
  const styles = Object.entries(own).map(([name, size]) => `${name} (${count(size, "style")})`);
  return `${styles.join(", ")}, from ${count(shared, "shared factor")}`;
}

function install(refresh) {
  const message = h("div", {});
  const take = async (files) => {
    const manifest = files.find((f) => f.file.name === "manifest.json");
    const weights = files.find((f) => f.file.name === "weights.safetensors");
    if (!manifest || !weights) {
      return fill(message, h("p", { class: "field-error", role: "alert" }, "A bundle is two files: manifest.json and weights.safetensors. Drop both, or their folder."));
    }
    try {
      fill(message, h("p", { role: "status" }, "Installing…"));
      const model = await api.models.install(await manifest.file.text(), await base64(weights.file));
      box.close();
      refresh();
      return model;
    } catch (problem) {
      fill(message, trouble(problem));
    }
  };
  const box = dialog("Install a model", [dropZone("Drop a bundle’s folder here, or its two files", take), message]);
}
