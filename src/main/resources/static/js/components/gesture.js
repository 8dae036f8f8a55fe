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
  const moved = (e) => follow(at(e));
  const ended = () => {
    element.removeEventListener("pointermove", moved);
    release();
  };
  element.addEventListener("pointermove", moved);
  element.addEventListener("pointerup", ended, { once: true });
  element.addEventListener("pointercancel", ended, { once: true });
}
