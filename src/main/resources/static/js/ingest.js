import { base64 } from "./files.js";
import * as api from "./api.js";

const PART = 8 << 20; // characters of one upload: a progress that moves, and far below the service's limit
const LINES = /\.(ndjson|jsonl)$/i;
const PICTURES = /\.(png|jpe?g|webp|gif|bmp|avif)$/i;
const TEXTS = /\.(txt|md)$/i;

/**
 * What dropped files would become: lines of NDJSON as they are, and items of pictures and texts, those of one name
 * (`soup.jpg`, `soup.txt`) being one item. `ignored` are files of other kinds, or of modalities that are not taken.
 */
export function plan(files, { image, text }) {
  const lines = [];
  const items = new Map();
  const ignored = [];
  for (const { path, file } of files) {
    if (/(^|\/)\./.test(path)) continue; // hidden files of a folder
    const modality = PICTURES.test(path) ? image : TEXTS.test(path) ? text : null;
    if (LINES.test(path)) lines.push(file);
    else if (modality) {
      const id = path.replace(/\.[^./]+$/, "");
      const item = items.get(id) ?? { id, values: {} };
      item.values[modality] = file;
      items.set(id, item);
    } else ignored.push(path);
  }
  return { lines, items: [...items.values()], ignored };
}

/**
 * Uploads a plan in parts, one after the other, and tells `onProgress({share, written, rejected, errors, operation})`.
 */
export async function ingest(collection, { lines, items }, onProgress, signal) {
  const total = { written: 0, rejected: 0, errors: [] };
  const bytes = lines.reduce((sum, file) => sum + file.size, 0) + items.reduce((sum, item) => sum + size(item), 0);
  let sent = 0;
  const upload = async (text, amount) => {
    signal.throwIfAborted();
    const { operation } = await api.collections.upload(collection, text, signal);
    const last = await api.operations.watch(
      operation,
      ({ done, total: all }) => onProgress({ ...total, operation, share: (sent + (amount * done) / Math.max(1, all)) / bytes }),
      signal,
    );
    if (last.state !== "SUCCEEDED") throw new Error(last.error ?? `The upload was ${last.state.toLowerCase()}.`);
    total.written += last.result.written;
    total.rejected += last.result.rejected;
    total.errors.push(...last.result.errors);
    sent += amount;
    onProgress({ ...total, operation, share: sent / bytes });
  };
  for (const file of lines) for await (const part of partsOf(file)) await upload(part, part.size);
  await uploadItems(items, upload);
  return total;
}

async function uploadItems(items, upload) {
  let text = [];
  let length = 0;
  let amount = 0;
  for (const item of items) {
    const line = await lineOf(item);
    text.push(line);
    length += line.length;
    amount += size(item);
    if (length > PART) {
      await upload(text.join("\n"), amount);
      text = [];
      length = 0;
      amount = 0;
    }
  }
  if (text.length > 0) await upload(text.join("\n"), amount);
}

function size({ values }) {
  return Object.values(values).reduce((sum, file) => sum + file.size, 0);
}

/** A file in parts that end where a line ends. */
async function* partsOf(file) {
  for (let from = 0; from < file.size; ) {
    let to = Math.min(file.size, from + PART);
    if (to < file.size) {
      const bytes = new Uint8Array(await file.slice(from, to).arrayBuffer());
      const end = bytes.lastIndexOf(10) + 1;
      to = end > 0 ? from + end : file.size; // a line longer than a part is for the service to judge
    }
    yield file.slice(from, to);
    from = to;
  }
}

async function lineOf({ id, values }) {
  const line = { id, values: {} };
  for (const [modality, file] of Object.entries(values)) {
    line.values[modality] = PICTURES.test(file.name) ? { image: await base64(await readable(file)) } : { text: await file.text() };
  }
  return JSON.stringify(line);
}

/** PNG and JPEG stay byte for byte; what the service does not read becomes PNG. */
async function readable(file) {
  if (/\.(png|jpe?g)$/i.test(file.name)) return file;
  const bitmap = await createImageBitmap(file);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext("2d").drawImage(bitmap, 0, 0);
  return canvas.convertToBlob({ type: "image/png" });
}
