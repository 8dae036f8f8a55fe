import { decode, encode } from "../../components/writing.js";
import { dataUrl } from "../../files.js";

/**
 * The parts of a query as they stand in the address: `WEIGHT*KIND:VALUE`, or `WEIGHT*KIND@MODALITY:VALUE` where a kind has
 * several modalities. Pictures and vectors are too long for it:
 * their value is a name under which this browser keeps them.
 */
const PART = /^(-?[0-9.]+)\*(draw|write|item|text|picture|vector)(?:@([^:]+))?:(.*)$/s;

export function readParts(params) {
  return params.getAll("q").map(readPart).filter(Boolean);
}

function readPart(text) {
  const found = PART.exec(text);
  if (!found) return null;
  const [, weight, kind, modality, value] = found;
  const part = { kind, weight: Number(weight) || 1, modality };
  if (kind === "draw") {
    const [x, y, half] = value.split(",").map(Number);
    return [x, y, half].every(Number.isFinite) ? { ...part, square: { x, y, half } } : null;
  }
  if (kind === "write") return { ...part, strokes: decode(value) };
  return { ...part, value };
}

export function writePart(part) {
  const modality = part.modality ? `@${part.modality}` : "";
  return `${part.weight}*${part.kind}${modality}:${written(part)}`;
}

function written(part) {
  if (part.kind === "draw") return `${part.square.x},${part.square.y},${part.square.half}`;
  return part.kind === "write" ? encode(part.strokes) : part.value;
}

/** The part as the service takes it; `pad` is what it was drawn on. `null` for a picture that this browser does not have. */
export function toRequest(part, pad) {
  const weight = part.weight === 1 ? undefined : part.weight;
  const { modality } = part;
  switch (part.kind) {
    case "draw":
      return { image: pad.base64(), modality, weight };
    case "write": {
      const image = pad.base64();
      return image && { image, modality, weight };
    }
    case "item":
      return { itemId: part.value, weight };
    case "text":
      return { text: part.value, modality, weight };
    case "vector": {
      const kept = recall(part);
      return kept && { vector: JSON.parse(kept), modality, weight };
    }
    case "picture": {
      const kept = recall(part);
      return kept && { image: kept.split(",")[1], modality, weight };
    }
  }
}

const kept = new Map();

/** Keeps a picture (a data URL) or a vector (JSON) and gives the part that names it. */
export function keep(kind, content) {
  let hash = 5381;
  for (let i = 0; i < content.length; i++) hash = ((hash * 33) ^ content.charCodeAt(i)) >>> 0;
  const value = hash.toString(36);
  kept.set(value, content);
  try {
    sessionStorage.setItem(`gimbal.part.${value}`, content);
  } catch {
    // the store is full: it is kept until the page is left
  }
  return { kind, weight: 1, value };
}

export function recall(part) {
  return kept.get(part.value) ?? sessionStorage.getItem(`gimbal.part.${part.value}`);
}

const LONGEST_SIDE = 1024;

/** A dropped picture as a part. Large ones are made smaller, other formats become PNG, and it is turned upright. */
export async function pictureFrom(file) {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file);
  } catch {
    throw new Error(`“${file.name}” is not a picture that this browser can read.`);
  }
  const grey = isGrey(bitmap);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  if (scale === 1 && file.type === "image/png") {
    return { ...keep("picture", await dataUrl(file)), grey };
  }
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const type = file.type === "image/jpeg" ? "image/jpeg" : "image/png";
  return { ...keep("picture", canvas.toDataURL(type, 0.95)), grey };
}

const SMALL = 32;
const COLOURED = 24; // of 255: what a JPEG makes of grey stays below it

/** Whether a picture has no colours to speak of: fewer than one pixel in fifty. */
function isGrey(bitmap) {
  const context = new OffscreenCanvas(SMALL, SMALL).getContext("2d");
  context.drawImage(bitmap, 0, 0, SMALL, SMALL);
  const { data } = context.getImageData(0, 0, SMALL, SMALL);
  let coloured = 0;
  for (let i = 0; i < data.length; i += 4) {
    const [r, g, b] = data.subarray(i, i + 3);
    if (Math.max(r, g, b) - Math.min(r, g, b) > COLOURED) coloured += 1;
  }
  return coloured * 50 < SMALL * SMALL;
}
