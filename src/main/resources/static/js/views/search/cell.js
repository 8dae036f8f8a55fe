import { h } from "../../dom.js";
import { thumb } from "../../components/payload.js";

/**
 * A table's cell that shows what is found when knobs are turned to a place, and turns them there: `go()`. `place` is said
 * of it in words, `here` whether the query stands there now.
 */
export function cell(scene, hit, { place, title, here, go }) {
  return h(
    "td",
    { class: here ? "here" : "" },
    h(
      "button",
      { type: "button", class: "pick", "aria-label": `${place}: ${hit?.id ?? "nothing"}`, title, onclick: () => go() },
      hit ? thumb(scene, hit) : "–",
    ),
  );
}
