import { h, say } from "../dom.js";
import { gesture } from "./gesture.js";

const STEP = 1;

/**
 * A white square on black, to be moved and resized: by dragging, by the wheel, or by keys. Its state is
 * `{x, y, half}` in pixels of the modality.
 */
export class Pad {
  constructor(modality, state, onChange) {
    [, this.height, this.width] = modality.shape;
    this.state = state ?? Pad.start(modality);
    this.onChange = onChange;
    this.canvas = h("canvas", {
      class: "picture crisp pad",
      width: this.width,
      height: this.height,
      tabIndex: 0,
      role: "application",
      "aria-label": "Your square. Arrow keys move it, plus and minus resize it.",
      onpointerdown: (event) => gesture(event, (place) => this.grab(place)),
      onkeydown: (event) => this.key(event),
      onwheel: (event) => this.wheel(event),
    });
    this.draw();
  }

  /** The square that a first visitor finds. */
  static start(modality) {
    const [, height, width] = modality.shape;
    return { x: Math.round(width * 0.375), y: Math.round(height * 0.625), half: Math.round(width * 0.14) };
  }

  set(state) {
    const clamp = (value, low, high) => Math.round(Math.min(high, Math.max(low, value)));
    const next = {
      half: clamp(state.half, this.width * 0.11, this.width * 0.234),
      x: clamp(state.x, this.width / 4, (this.width * 3) / 4 - 1),
      y: clamp(state.y, this.height / 4, (this.height * 3) / 4 - 1),
    };
    if (next.x === this.state.x && next.y === this.state.y && next.half === this.state.half) return;
    this.state = next;
    this.draw();
    this.onChange(next, false);
  }

  draw() {
    const { x, y, half } = this.state;
    const context = this.canvas.getContext("2d");
    context.fillStyle = "#000";
    context.fillRect(0, 0, this.width, this.height);
    context.fillStyle = "#fff";
    context.fillRect(x - half, y - half, 2 * half + 1, 2 * half + 1);
  }

  /** The picture as base64 PNG. */
  base64() {
    return this.canvas.toDataURL("image/png").split(",")[1];
  }

  /** Resizes by a corner, moves by the inside, and brings the square to any other place. */
  grab(place) {
    const at = ([across, down]) => [across * this.width, down * this.height];
    const [x0, y0] = at(place);
    const start = { ...this.state };
    const offX = Math.abs(x0 - start.x);
    const offY = Math.abs(y0 - start.y);
    const corner = Math.abs(offX - start.half) < 4 && Math.abs(offY - start.half) < 4;
    const follow = (to) => {
      const [x, y] = at(to);
      if (corner) this.set({ ...start, half: Math.max(Math.abs(x - start.x), Math.abs(y - start.y)) });
      else if (offX <= start.half && offY <= start.half) this.set({ ...start, x: start.x + x - x0, y: start.y + y - y0 });
      else this.set({ ...start, x, y });
    };
    follow(place);
    return { follow, release: () => this.onChange(this.state, true) };
  }

  key(event) {
    const { x, y, half } = this.state;
    const moves = {
      ArrowLeft: { x: x - STEP },
      ArrowRight: { x: x + STEP },
      ArrowUp: { y: y - STEP },
      ArrowDown: { y: y + STEP },
      "+": { half: half + STEP },
      "=": { half: half + STEP },
      "-": { half: half - STEP },
    };
    const moved = moves[event.key];
    if (!moved) return;
    event.preventDefault();
    this.set({ ...this.state, ...moved });
    this.onChange(this.state, true);
    say(`Square at ${this.state.x}, ${this.state.y}, half side ${this.state.half}`);
  }

  wheel(event) {
    if (document.activeElement !== this.canvas) return;
    event.preventDefault();
    this.set({ ...this.state, half: this.state.half - Math.sign(event.deltaY) });
    this.onChange(this.state, true);
  }
}
