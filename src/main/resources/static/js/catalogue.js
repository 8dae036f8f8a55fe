import * as api from "./api.js";

/** Models by fingerprint; they change only by a renaming, which `forget` follows. */
const models = new Map();

export function model(fingerprint) {
  if (!models.has(fingerprint)) {
    const loading = api.models.get(fingerprint);
    models.set(fingerprint, loading);
    loading.catch(() => models.delete(fingerprint));
  }
  return models.get(fingerprint);
}

export function forget(fingerprint) {
  models.delete(fingerprint);
}

/** The modality of that name. */
export function modality(model, name) {
  return model.modalities.find((m) => m.name === name);
}

/** The knobs that lead to a target, or none. */
export function space(model, target) {
  return model.latentSpaces.find((s) => s.target === target) ?? null;
}

/** Modalities from which something can be asked, those that lead to the target first. */
export function queryModalities(model, target) {
  const names = model.latentSpaces.filter((s) => !target || s.target === target).flatMap((s) => s.queries);
  return [...new Set(names)].map((name) => modality(model, name));
}
