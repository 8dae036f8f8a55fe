/**
 * The parts of a query as they stand in the address: `WEIGHT*KIND:VALUE`. Pictures and vectors are too long for it:
 * their value is a name under which this browser keeps them.
 */
const PART = /^(-?[0-9.]+)\*(draw|item|text|picture|vector):(.*)$/s;

export function readParts(params) {
  return params.getAll("q").map(readPart).filter(Boolean);
}

function readPart(text) {
  const found = PART.exec(text);
  if (!found) return null;
  const [, weight, kind, value] = found;
  const part = { kind, weight: Number(weight) || 1 };
  if (kind === "draw") {
    const [x, y, half] = value.split(",").map(Number);
    return [x, y, half].every(Number.isFinite) ? { ...part, square: { x, y, half } } : null;
  }
  return { ...part, value };
}

export function writePart(part) {
  const value = part.kind === "draw" ? `${part.square.x},${part.square.y},${part.square.half}` : part.value;
  return `${part.weight}*${part.kind}:${value}`;
}

/** The part as the service takes it; `pad` draws the square. `null` for a picture that this browser does not have. */
export function toRequest(part, pad) {
  const weight = part.weight === 1 ? undefined : part.weight;
  switch (part.kind) {
    case "draw":
      return { image: pad.base64(), weight };
    case "item":
      return { itemId: part.value, weight };
    case "text":
      return { text: part.value, weight };
    case "vector": {
      const kept = recall(part);
      return kept && { vector: JSON.parse(kept), weight };
    }
    case "picture": {
      const kept = recall(part);
      return kept && { image: kept.split(",")[1], weight };
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
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  if (scale === 1 && file.type === "image/png") {
    return keep("picture", await dataUrl(file));
  }
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const type = file.type === "image/jpeg" ? "image/jpeg" : "image/png";
  return keep("picture", canvas.toDataURL(type, 0.95));
}

function dataUrl(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
