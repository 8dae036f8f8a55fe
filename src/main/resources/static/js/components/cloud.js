import { h } from "../dom.js";

/** Words of different weight as a cloud, the heaviest largest: `[{word, weight}]`, heaviest first. Phrasing content. */
export function cloud(words) {
  const most = words[0]?.weight || 1;
  return h(
    "span",
    { class: "cloud" },
    words.flatMap(({ word, weight }) => [h("span", { vars: { share: weight / most } }, word), " "]),
  );
}
