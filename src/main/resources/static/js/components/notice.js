import { h } from "../dom.js";

/** Nothing here, and what to do about it. */
export function empty(title, words, ...actions) {
  return h("div", { class: "empty" }, h("h2", {}, title), h("p", {}, words), actions.length > 0 && h("div", { class: "row" }, actions));
}

/** What went wrong, with the field that it is about, and a way to try again. */
export function trouble(problem, again) {
  const about = problem.field ? `${problem.field}${problem.value ? ` “${problem.value}”` : ""}` : null;
  const headless = about && /^(is|has|takes|was) /.test(problem.message); // it says only what is wrong with the field
  return h(
    "div",
    { class: "trouble", role: "alert" },
    h("p", {}, sentence(headless ? `${about} ${problem.message}` : problem.message)),
    about && !headless && h("p", { class: "mono" }, about),
    again && h("button", { type: "button", onclick: again }, "Try again"),
  );
}

function sentence(words) {
  const first = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

/** Grey shapes while something loads. */
export function loading(count = 1, kind = "card") {
  return Array.from({ length: count }, () => h("div", { class: `skeleton skeleton-${kind}`, "aria-hidden": "true" }));
}
