import { h, icon } from "../dom.js";

/** A place to drop files or folders into, or to choose them; `take` gets `[{path, file}]`. */
export function dropZone(words, take) {
  const files = h("input", { type: "file", multiple: true, class: "unseen", tabIndex: -1, "aria-label": "Files", onchange: () => chosen(files) });
  const folder = h("input", { type: "file", webkitdirectory: true, class: "unseen", tabIndex: -1, "aria-label": "A folder", onchange: () => chosen(folder) });
  const chosen = async (input) => {
    const list = [...input.files].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
    input.value = "";
    if (list.length > 0) await take(list);
  };
  const zone = h(
    "div",
    {
      class: "drop",
      ondragover: (event) => {
        event.preventDefault();
        zone.classList.add("over");
      },
      ondragleave: () => zone.classList.remove("over"),
      ondrop: async (event) => {
        event.preventDefault();
        zone.classList.remove("over");
        const list = await dropped(event.dataTransfer);
        if (list.length > 0) await take(list);
      },
    },
    h("p", {}, words),
    h(
      "div",
      { class: "row tight center" },
      h("button", { type: "button", onclick: () => files.click() }, icon("plus"), "Choose files"),
      h("button", { type: "button", onclick: () => folder.click() }, icon("plus"), "Choose a folder"),
    ),
    files,
    folder,
  );
  return zone;
}

/** Every file of a drop, folders walked through. */
async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (entries.length === 0) return [...transfer.files].map((file) => ({ path: file.name, file }));
  return (await Promise.all(entries.map((entry) => walk(entry, "")))).flat();
}

async function walk(entry, folder) {
  const path = folder ? `${folder}/${entry.name}` : entry.name;
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return [{ path, file }];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) break; // a folder is read in portions
    found.push(...some);
  }
  return (await Promise.all(found.map((child) => walk(child, path)))).flat();
}
