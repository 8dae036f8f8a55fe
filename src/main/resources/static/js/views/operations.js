import { h, fill } from "../dom.js";
import { empty, trouble, loading } from "../components/notice.js";
import { when } from "../format.js";
import { operationRow, watchRow } from "../components/operation.js";
import * as api from "../api.js";

export const title = "Operations";

/** Work that goes on in the background, with its progress. */
export async function show(root) {
  const stop = new AbortController();
  const list = h("div", { class: "stack" }, loading(3, "line"));
  fill(
    root,
    h("div", { class: "page" }, h("div", { class: "page-head" }, h("div", {}, h("h1", {}, "Operations"), h("p", { class: "lead" }, "Uploads, benchmarks and re-embedding run in the background and outlast this page."))), list),
  );
  const all = await api.operations.list();
  if (all.length === 0) fill(list, empty("Nothing has run yet", "Uploading items or starting a benchmark shows here, with its progress."));
  else {
    fill(
      list,
      all.map((operation) => {
        const row = h("section", { class: "panel", "aria-label": `${operation.kind}, ${when(operation.created)}` });
        row.append(operationRow(operation));
        if (!finished(operation)) watchRow(operation.id, row, stop.signal).catch((problem) => row.append(trouble(problem)));
        return row;
      }),
    );
  }
  return () => stop.abort();
}

const finished = ({ state }) => !["QUEUED", "RUNNING"].includes(state);
