/** How far a value of a factor lies from the aggregated mean, in aggregated deviations; 0 of a factor that never varies. */
export const inDeviations = ({ mean, deviation }, value) => (deviation > 0 ? (value - mean) / deviation : 0);

/** The position of the value that is nearest to `at`. */
export const nearest = (values, at) =>
  values.reduce((best, v, i) => (Math.abs(v - at) < Math.abs(values[best] - at) ? i : best), 0);
