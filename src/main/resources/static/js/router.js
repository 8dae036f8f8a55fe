/** The page's state is its address: `#/view/name?key=value`. Whoever has the link sees the same. */
export function read() {
  const hash = location.hash.startsWith("#/") ? location.hash.slice(2) : "";
  const [path, query = ""] = hash.split("?");
  const [view = "", ...rest] = path.split("/").map(decodeURIComponent);
  return { view: view || "search", name: rest.join("/"), params: new URLSearchParams(query) };
}

export function link(view, name = "", params = new URLSearchParams()) {
  const query = new URLSearchParams(params).toString();
  return `#/${view}${name ? `/${encodeURIComponent(name)}` : ""}${query ? `?${query}` : ""}`;
}

/** A new entry of the history; the view is drawn anew. */
export function go(view, name, params) {
  location.hash = link(view, name, params);
}

/** Notes the state without drawing anew; `push` makes it a step that the back button undoes. */
export function note(view, name, params, push) {
  const target = link(view, name, params);
  if (target === location.hash) return;
  if (push) history.pushState(null, "", target);
  else history.replaceState(null, "", target);
}

export function onChange(listener) {
  window.addEventListener("popstate", listener);
}
