/** Numbers as people read them. */
export function number(value, digits = 2) {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size >= 1e7) return minus(value.toExponential(1));
  const fraction = size >= 1000 ? 0 : size >= 100 ? Math.min(1, digits) : digits;
  return minus(value.toLocaleString("en", { maximumFractionDigits: fraction, minimumFractionDigits: Number.isInteger(value) ? 0 : fraction }));
}

const minus = (words) => words.replace("-", "−");

/** With its sign, and a true minus. */
export function signed(value, digits = 2) {
  const words = number(Math.abs(value), digits);
  if (Number(words) === 0) return "0";
  return (value < 0 ? "−" : "+") + words;
}

export function count(value, one, many = `${one}s`) {
  return `${value.toLocaleString("en")} ${value === 1 ? one : many}`;
}

export function bytes(value) {
  const units = ["B", "kB", "MB", "GB"];
  const power = value < 1 ? 0 : Math.min(3, Math.floor(Math.log10(value) / 3));
  return `${number(value / 1000 ** power, power ? 1 : 0)} ${units[power]}`;
}

export function when(instant) {
  return new Date(instant).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}

export function duration(seconds) {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`;
  if (seconds < 120) return `${number(seconds, seconds < 10 ? 1 : 0)} s`;
  return `${number(seconds / 60, 0)} min`;
}

export function short(fingerprint) {
  return fingerprint.slice(0, 12);
}
