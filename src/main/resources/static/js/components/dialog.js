import { h, icon, freshId } from "../dom.js";

/** A modal dialog; Escape, the cross and a click beside it close it. `onclose` is told its return value. */
export function dialog(title, content, { wide = false, onclose = () => {} } = {}) {
  const id = freshId("dialog");
  const box = h(
    "dialog",
    { class: wide ? "dialog wide" : "dialog", "aria-labelledby": id },
    h(
      "div",
      { class: "dialog-head" },
      h("h2", { id }, title),
      h("button", { type: "button", class: "quiet icon-only", "aria-label": "Close", onclick: () => box.close() }, icon("close")),
    ),
    h("div", { class: "dialog-body" }, content),
  );
  box.addEventListener("close", () => {
    onclose(box.returnValue);
    box.remove();
  });
  box.addEventListener("click", (event) => event.target === box && box.close());
  document.body.append(box);
  box.showModal();
  return box;
}

/** Asks before something is lost; gives whether to go on. */
export function confirm(title, words, verb) {
  return new Promise((resolve) => {
    const box = dialog(
      title,
      [
        h("p", {}, words),
        h(
          "div",
          { class: "row end" },
          h("button", { type: "button", onclick: () => box.close() }, "Keep it"),
          h("button", { type: "button", class: "danger", onclick: () => box.close("yes") }, verb),
        ),
      ],
      { onclose: (answer) => resolve(answer === "yes") },
    );
  });
}

/** Asks for a line of text; gives it, or `null`. */
export function prompt(title, label, value, verb) {
  return new Promise((resolve) => {
    const id = freshId("field");
    const field = h("input", { id, type: "text", value, required: true, autocomplete: "off" });
    const box = dialog(
      title,
      h(
        "form",
        {
          method: "dialog",
          class: "stack",
          onsubmit: () => box.close(field.value.trim()),
        },
        h("label", { htmlFor: id }, label),
        field,
        h("div", { class: "row end" }, h("button", { class: "primary" }, verb)),
      ),
      { onclose: (answer) => resolve(answer || null) },
    );
    field.select();
  });
}
