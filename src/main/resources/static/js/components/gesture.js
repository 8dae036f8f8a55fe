/**
 * Follows a pointer that has gone down on an element, beyond its edges too, until it is lifted or taken away. `begin`
 * takes where it went down and gives `{follow, release}`; `follow` takes where it is. Places are shares of the element's
 * width and height.
 */
export function gesture(event, begin) {
  const element = event.currentTarget;
  event.preventDefault();
  element.focus({ preventScroll: true });
  const box = element.getBoundingClientRect();
  const at = (e) => [(e.clientX - box.left) / box.width, (e.clientY - box.top) / box.height];
  element.setPointerCapture(event.pointerId);
  const { follow, release } = begin(at(event));
  const over = new AbortController();
  const ended = () => {
    over.abort();
    release();
  };
  const { signal } = over;
  element.addEventListener("pointermove", (e) => follow(at(e)), { signal });
  element.addEventListener("pointerup", ended, { signal });
  element.addEventListener("pointercancel", ended, { signal });
}
