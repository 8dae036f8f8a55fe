import { h } from "../dom.js";

/**
 * A table with heads over its columns, in a box that scrolls where there is no room for it: by keys too, for which the
 * box takes the focus and has a name. `box` and `kind` are the classes of the box and the table.
 */
export function table(label, heads, rows, { box = "table-scroll", kind = "plain-table", caption } = {}) {
  return h(
    "div",
    { class: box, tabIndex: 0, role: "group", "aria-label": label },
    h("table", { class: kind }, caption, h("thead", {}, h("tr", {}, heads)), h("tbody", {}, rows)),
  );
}
