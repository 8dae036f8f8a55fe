import { h, icon, fill } from "./dom.js";

const KEY = "gimbal.theme";

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

/** The button that turns the page light or dark; without a choice the system's counts. */
export function themeButton() {
  const button = h("button", { type: "button", class: "quiet icon-only", onclick: turn });
  function turn() {
    const next = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    localStorage.setItem(KEY, next);
    paint();
  }
  function paint() {
    fill(button, icon(isDark() ? "sun" : "moon"));
    button.setAttribute("aria-label", isDark() ? "Light theme" : "Dark theme");
    button.title = isDark() ? "Light theme" : "Dark theme";
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  paint();
  return button;
}
