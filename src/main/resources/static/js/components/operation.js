import { h, fill, icon } from "../dom.js";
import { count, duration, when, short } from "../format.js";
import * as api from "../api.js";

const STATES = {
  QUEUED: { words: "waiting", kind: "busy" },
  RUNNING: { words: "running", kind: "busy" },
  SUCCEEDED: { words: "done", kind: "good" },
  FAILED: { words: "failed", kind: "bad" },
  CANCELLED: { words: "cancelled", kind: "" },
};

/** One operation: what it is, how far it is, how it ended, and how to stop it. */
export function operationRow(operation) {
  const { words, kind } = STATES[operation.state];
  const running = kind === "busy";
  return h(
    "div",
    { class: "operation" },
    h("div", {}, h("strong", {}, operation.kind), " ", h("span", { class: `badge ${kind}` }, words), " ", h("small", {}, times(operation, running))),
    running
      ? h("button", { type: "button", "aria-label": `Cancel ${operation.kind}`, onclick: (event) => cancel(operation.id, event.target) }, icon("close"), "Cancel")
      : h("span", {}),
    running && progress(operation),
    operation.error && h("p", { class: "field-error" }, operation.error),
    outcome(operation),
  );
}

function times({ created, updated }, running) {
  const seconds = (new Date(running ? Date.now() : updated) - new Date(created)) / 1000;
  return `${when(created)}, ${duration(Math.max(0, seconds))}`;
}

function progress({ done, total, kind }) {
  const known = total > 1;
  return h("progress", { "aria-label": `Progress of ${kind}`, max: known ? total : null, value: known ? done : null });
}

function outcome({ kind, result, done, total, state }) {
  if (state === "RUNNING" && total > 1) return h("small", {}, `${done.toLocaleString("en")} of ${total.toLocaleString("en")}`);
  if (!result) return null;
  if (kind === "ingest") return ingested(result);
  if (kind === "benchmark") return h("a", { href: `#/measure?runs=${result.id}` }, `See the benchmark of ${short(result.model)}`);
  if ("embedded" in result) return h("small", {}, `${count(result.embedded, "item")} embedded anew`);
  return null;
}

function ingested({ written, rejected, errors }) {
  return h(
    "div",
    { class: "stack" },
    h("small", {}, `${count(written, "item")} written${rejected ? `, ${count(rejected, "line")} rejected` : ""}`),
    rejected > 0 &&
      h(
        "details",
        { class: "more" },
        h("summary", {}, "What was wrong"),
        h("ul", {}, errors.slice(0, 20).map((e) => h("li", {}, `line ${e.line}: ${[e.field, e.detail].filter(Boolean).join(" – ")}`))),
      ),
  );
}

async function cancel(id, button) {
  button.disabled = true;
  await api.operations.cancel(id).catch(() => {}); // it may have ended meanwhile, which its row then shows
}

/** Keeps a row up to date until the operation ends; gives its last state. */
export async function watchRow(id, row, signal) {
  try {
    return await api.operations.watch(id, (operation) => fill(row, operationRow(operation)), signal);
  } catch (error) {
    if (error.name === "AbortError") return null;
    throw error;
  }
}
