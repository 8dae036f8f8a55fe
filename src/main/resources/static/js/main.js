import { h, fill } from "./dom.js";
import * as router from "./router.js";
import { themeButton } from "./theme.js";
import { banner } from "./banner.js";
import { trouble } from "./components/notice.js";

const VIEWS = {
  search: { words: "Search", load: () => import("./views/search.js") },
  measure: { words: "Measure", load: () => import("./views/measure.js") },
  models: { words: "Models", load: () => import("./views/models.js") },
  collections: { words: "Collections", load: () => import("./views/collections.js") },
  operations: { words: "Operations", load: () => import("./views/operations.js") },
  reference: { words: "API", load: () => import("./views/reference.js") },
};

const main = document.getElementById("main");
let leave = null;
let turn = 0;

/** Draws the view of the address. A view that is overtaken by another one while it loads is not shown. */
async function draw() {
  const route = router.read();
  const view = VIEWS[route.view] ?? VIEWS.search;
  turn += 1;
  const mine = turn;
  leave?.();
  leave = null;
  navigation(route.view);
  main.setAttribute("aria-busy", "true");
  const root = h("div", { class: "view" });
  fill(main, root);
  try {
    const module = await view.load();
    document.title = `${[route.name, module.title].filter(Boolean).join(" · ")} · Gimbal`;
    const left = await module.show(root, route);
    if (mine === turn) leave = typeof left === "function" ? left : null;
    else if (typeof left === "function") left();
  } catch (problem) {
    fill(root, trouble(problem, draw));
  } finally {
    if (mine === turn) main.removeAttribute("aria-busy");
  }
}

function navigation(current) {
  fill(
    document.getElementById("nav"),
    Object.entries(VIEWS).map(([name, { words }]) =>
      h("a", { href: router.link(name), "aria-current": name === current ? "page" : null }, words),
    ),
  );
  document.querySelector("#nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
}

document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
document.getElementById("bar-end").append(themeButton());
banner(document.getElementById("banner"), draw);
router.onChange(draw);
draw();
