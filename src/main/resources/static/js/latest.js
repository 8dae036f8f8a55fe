/**
 * Runs an asynchronous task one call at a time; of the calls that come meanwhile only the latest is kept.
 * So a slider's every move is followed as fast as the service answers, and answers never come out of order.
 */
export function latest(task) {
  let running = false;
  let waiting = null;
  return async function run(...args) {
    if (running) {
      waiting = args;
      return;
    }
    running = true;
    try {
      await task(...args);
    } finally {
      running = false;
      if (waiting) {
        const next = waiting;
        waiting = null;
        run(...next);
      }
    }
  };
}

/** Calls once things have been quiet for a while. */
export function settled(milliseconds, task) {
  let timer = 0;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => task(...args), milliseconds);
  };
}
