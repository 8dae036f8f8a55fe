import { h, fill, freshId } from "./dom.js";
import * as api from "./api.js";

/** What concerns the whole page: no connection, or a key that is needed. `again` draws the view anew. */
export function banner(place, again) {
  let shown = "";
  api.onTrouble((problem) => {
    const kind = problem ? `${problem.status} ${api.hasKey()}` : "";
    if (kind === shown) return;
    shown = kind;
    if (!problem) fill(place);
    else if (problem.offline) fill(place, offline(again));
    else fill(place, keyField(again));
  });
}

function offline(again) {
  return h(
    "div",
    { class: "banner-row" },
    h("p", {}, "The service does not answer. Start it again (./mvnw spring-boot:run), then try once more."),
    h("button", { type: "button", onclick: again }, "Try again"),
  );
}

function keyField(again) {
  const id = freshId("key");
  const field = h("input", { id, type: "password", autocomplete: "current-password", required: true });
  return h(
    "form",
    {
      class: "banner-row",
      onsubmit: (event) => {
        event.preventDefault();
        api.setKey(field.value.trim());
        again();
      },
    },
    h("label", { htmlFor: id }, api.hasKey() ? "That API key was refused. Another one:" : "This service asks for an API key:"),
    field,
    h("button", { class: "primary" }, "Use it"),
  );
}
