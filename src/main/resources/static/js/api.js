/** What went wrong, in words: an RFC 9457 problem of the service, or the network. */
export class Problem extends Error {
  constructor(status, detail, field, value) {
    super(detail);
    this.status = status;
    this.field = field;
    this.value = value;
  }

  get offline() {
    return this.status === 0;
  }
}

const KEY = "gimbal.key";
const watchers = new Set();

/** Called with every failure that concerns the whole page: no connection, or a key is needed; `null` once it is over. */
export function onTrouble(listener) {
  watchers.add(listener);
}

function tell(problem) {
  watchers.forEach((listener) => listener(problem));
}

export function setKey(key) {
  if (key) sessionStorage.setItem(KEY, key);
  else sessionStorage.removeItem(KEY);
}

export function hasKey() {
  return sessionStorage.getItem(KEY) !== null;
}

/** How often a request that finds the service full is sent again, after as many seconds as it is told. */
const PATIENCE = 3;

async function send(path, options, patience = PATIENCE) {
  const headers = new Headers(options.headers);
  const key = sessionStorage.getItem(KEY);
  if (key) headers.set("Authorization", `Bearer ${key}`);
  let response;
  try {
    response = await fetch(path, { ...options, headers });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    const problem = new Problem(0, "The service does not answer. Is it still running?");
    tell(problem);
    throw problem;
  }
  if (response.status === 429 && patience > 0) {
    await pause(Number(response.headers.get("Retry-After") ?? 1), options.signal);
    return send(path, options, patience - 1);
  }
  if (!response.ok) throw await problemOf(response);
  tell(null);
  return response;
}

function pause(seconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, 1000 * seconds);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

async function problemOf(response) {
  const body = await response.json().catch(() => ({}));
  const problem = new Problem(
    response.status,
    body.detail ?? `The service answered ${response.status}.`,
    body.field,
    body.value,
  );
  if (response.status === 401) tell(problem);
  return problem;
}

async function json(path, options = {}) {
  const response = await send(path, { ...options, headers: { Accept: "application/json", ...options.headers } });
  return response.status === 204 ? null : response.json();
}

function withBody(method, body, signal) {
  return { method, body: JSON.stringify(body), signal, headers: { "Content-Type": "application/json" } };
}

const at = (...parts) => `v1/${parts.map(encodeURIComponent).join("/")}`;
const asked = (params) => `?${new URLSearchParams(params)}`;

export const collections = {
  list: () => json(at("collections")),
  get: (name) => json(at("collections", name)),
  create: (name, body) => json(at("collections", name), withBody("PUT", body)),
  remove: (name) => json(at("collections", name), { method: "DELETE" }),
  upload: (name, lines, signal) =>
    json(`${at("collections", name)}/items`, {
      method: "POST",
      body: lines,
      signal,
      headers: { "Content-Type": "application/x-ndjson" },
    }),
};

export const items = {
  get: (collection, id) => json(`${at("collections", collection)}/items${asked({ id })}`),
  sample: (collection, count, seed) =>
    json(`${at("collections", collection)}/items${asked({ sample: count, seed })}`),
};

/** Queries; `call` is `query`, `manipulations`, `traversals`, `planes`, `clouds` or `explanations`. */
export function ask(collection, call, body, signal) {
  return json(`${at("collections", collection)}/${call}`, withBody("POST", body, signal));
}

/** A traversal's contact sheet, as a PNG blob. */
export async function sheet(collection, body) {
  const options = withBody("POST", body);
  options.headers.Accept = "image/png";
  return (await send(`${at("collections", collection)}/traversals`, options)).blob();
}

export const models = {
  list: () => json(at("models")),
  get: (model) => json(at("models", model)),
  generate: (model, body) => json(`${at("models", model)}/generations`, withBody("POST", body)),
  rename: (model, target, factors) => json(at("models", model), withBody("PATCH", { target, factors })),
  install: (manifest, weights) => json(at("models"), withBody("POST", { manifest, weights })),
};

/** The OpenAPI document. */
export const reference = () => json("v3/api-docs");

export const benchmarks = {
  list: () => json(at("benchmarks")),
  start: (body) => json(at("benchmarks"), withBody("POST", body)),
};

export const operations = {
  list: () => json(at("operations")),
  cancel: (id) => json(at("operations", id), { method: "DELETE" }),

  /** Calls `listener` with every change until the operation has finished; gives its last state. */
  async watch(id, listener, signal) {
    const response = await send(at("operations", id), { headers: { Accept: "text/event-stream" }, signal });
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    let last = null;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (rest + part.value).split("\n");
      rest = lines.pop();
      for (const line of lines.filter((l) => l.startsWith("data:"))) {
        last = JSON.parse(line.slice("data:".length));
        listener(last);
      }
    }
    return last;
  },
};

const payloads = new Map();
const MOST_PAYLOADS = 3000;

function payloadPath(collection, item, modality) {
  const hash = item.contentHash ?? "";
  return `${at("collections", collection)}/items/payload${asked({ id: item.id, modality, hash })}`;
}

/** What an `img` may point to. With a key the picture is fetched, since an `img` sends none. */
export function picture(collection, item, modality) {
  const path = payloadPath(collection, item, modality);
  if (!hasKey()) return Promise.resolve(path);
  return kept(path, async () => URL.createObjectURL(await (await send(path, {})).blob()));
}

/** The text of an item. */
export function text(collection, item, modality) {
  const path = payloadPath(collection, item, modality);
  return kept(path, async () => (await send(path, {})).text());
}

function kept(path, load) {
  if (!payloads.has(path)) {
    if (payloads.size > MOST_PAYLOADS) payloads.clear();
    const loading = load();
    payloads.set(path, loading);
    loading.catch(() => payloads.delete(path));
  }
  return payloads.get(path);
}
