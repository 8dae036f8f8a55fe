import { h, fill, freshId } from "../../dom.js";
import { dialog } from "../../components/dialog.js";
import { thumb } from "../../components/payload.js";
import { trouble, loading } from "../../components/notice.js";
import * as api from "../../api.js";

const SHOWN = 24;

/** Lets a person choose an item: of some drawn at random, or by its id. Gives the id, or `null`. */
export function pickItem(scene) {
  return new Promise((resolve) => {
    let chosen = null;
    const grid = h("ul", { class: "picks" });
    const choose = (id) => {
      chosen = id;
      box.close();
    };
    const draw = async () => {
      fill(grid, loading(SHOWN, "pick"));
      try {
        const { items } = await api.items.sample(scene.collection, SHOWN, Math.floor(Math.random() * 1e9));
        fill(grid, items.map((item) => pick(scene, item, choose)));
      } catch (problem) {
        fill(grid, h("li", {}, trouble(problem, draw)));
      }
    };
    const id = freshId("id");
    const field = h("input", { id, type: "text", autocomplete: "off" });
    const box = dialog(
      "Pick an item",
      [
        h(
          "div",
          { class: "row" },
          h(
            "form",
            {
              class: "row tight grow",
              onsubmit: (event) => {
                event.preventDefault();
                if (field.value.trim()) choose(field.value.trim());
              },
            },
            h("label", { htmlFor: id }, "By id"),
            field,
            h("button", {}, "Use it"),
          ),
          h("button", { type: "button", onclick: draw }, "Show others"),
        ),
        grid,
      ],
      { wide: true, onclose: () => resolve(chosen) },
    );
    draw();
  });
}

function pick(scene, item, choose) {
  return h(
    "li",
    {},
    h("button", { type: "button", class: "pick", "aria-label": item.id, title: item.id, onclick: () => choose(item.id) }, thumb({ ...scene, target: null }, item)),
  );
}
