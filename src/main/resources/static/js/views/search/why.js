import { h, fill } from "../../dom.js";
import { dialog } from "../../components/dialog.js";
import { trouble, loading } from "../../components/notice.js";
import { payload } from "../../components/payload.js";
import { signedBars } from "../../components/chart.js";
import { number, signed } from "../../format.js";
import * as api from "../../api.js";

/** Which factors bring this hit near the query. */
export function why(scene, hit, body) {
  const { collection, model, target } = scene;
  const place = h("div", { class: "stack" }, loading(4, "line"));
  dialog(`Why ${hit.id}?`, [
    h("div", { class: "why-item" }, payload(collection, hit, model.modalities.find((m) => m.name === target))),
    place,
  ]);
  const ask = () =>
    api.ask(collection, "explanations", { ...body, itemId: hit.id }).then(
      ({ explanation }) => fill(place, ...explained(explanation)),
      (problem) => fill(place, trouble(problem, ask)),
    );
  ask();
}

function explained({ score, scoreAtMeans, effects, residual }) {
  const rows = effects
    .map(({ name, effect, deviations }) => ({ label: name, value: effect, note: `query at ${signed(deviations, 1)} σ` }))
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const most = rows[0];
  return [
    h(
      "p",
      {},
      most && most.value > 0 ? [h("strong", {}, most.label), " brings it near most: "] : "No factor brings it near: ",
      "a bar is what the score would lose if that factor of the query stood at its mean.",
    ),
    signedBars([...rows, { label: "residual", value: residual, note: "what the factors do together", quiet: true }]),
    h(
      "p",
      { class: "muted" },
      `Score ${number(score)}; with every factor at its mean ${number(scoreAtMeans)}. `,
      "Effects of single factors do not add up to the difference; the residual is the rest.",
    ),
  ];
}
