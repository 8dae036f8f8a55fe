import { h, icon, say } from "../dom.js";
import { gesture } from "./gesture.js";

const GRID = 64;
const SIDE = 56; // of the picture: twice the service's, which averages
const HEIGHT = 38; // of the writing in it, as digits are centred in MNIST
const WIDTH = 32;
const PEN = 5;
const NEAR = 2; // points nearer than this to the last one are left out
const SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** The five that a first visitor finds. */
export const START = decode("qMYMXeXecbhbmeqiqooukyezZxVt");

/** Strokes as they stand in an address: two signs a point, a dot between strokes. */
export function encode(strokes) {
  return strokes.map((stroke) => stroke.map(([x, y]) => SIGNS[x] + SIGNS[y]).join("")).join(".");
}

export function decode(text) {
  return text
    .split(".")
    .map((stroke) => Array.from({ length: stroke.length >> 1 }, (_, i) => [SIGNS.indexOf(stroke[2 * i]), SIGNS.indexOf(stroke[2 * i + 1])]))
    .map((stroke) => stroke.filter(([x, y]) => x >= 0 && y >= 0))
    .filter((stroke) => stroke.length > 0);
}

/** A place to write on, white on black: by pointer, or by keys with a pen that is put down and lifted. */
export class Writing {
  /** `onChange(strokes, done)`; strokes are lists of points in a grid of 64. What is there at first goes with the first new stroke. */
  constructor(strokes, onChange) {
    this.strokes = strokes;
    this.onChange = onChange;
    this.fresh = true;
    this.pen = { x: GRID / 2, y: GRID / 4, down: false };
    this.canvas = h("canvas", {
      class: "picture writing",
      width: 4 * GRID,
      height: 4 * GRID,
      tabIndex: 0,
      role: "application",
      "aria-label": "Write a digit here. Space puts the pen down and lifts it, arrow keys move it, Delete clears.",
      onpointerdown: (event) => gesture(event, (place) => this.write(place)),
      onkeydown: (event) => this.key(event),
      onfocus: () => this.draw(),
      onblur: () => this.draw(),
    });
    const clear = h("button", { type: "button", class: "writing-clear", "aria-label": "Clear", title: "Clear", onclick: () => this.clear() }, icon("close"));
    this.element = h("div", { class: "writing-box" }, this.canvas, clear);
    this.draw();
  }

  clear() {
    this.fresh = false;
    this.strokes = [];
    this.pen.down = false;
    this.changed(true);
  }

  changed(done) {
    this.draw();
    this.onChange(this.strokes, done);
  }

  begin(point) {
    if (this.fresh) this.strokes = [];
    this.fresh = false;
    this.strokes = [...this.strokes, [point]];
  }

  /** Adds a point to the stroke that is being written; whether it was far enough from the last. */
  go(point) {
    const stroke = this.strokes.at(-1);
    const [x, y] = stroke.at(-1);
    if (Math.hypot(point[0] - x, point[1] - y) < NEAR) return false;
    stroke.push(point);
    return true;
  }

  write(place) {
    const at = (shares) => shares.map((share) => Math.min(GRID - 1, Math.max(0, Math.round(share * (GRID - 1)))));
    this.begin(at(place));
    this.changed(false);
    const follow = (to) => {
      if (this.go(at(to))) this.changed(false);
    };
    return { follow, release: () => this.changed(true) };
  }

  key(event) {
    const moves = { ArrowLeft: [-NEAR, 0], ArrowRight: [NEAR, 0], ArrowUp: [0, -NEAR], ArrowDown: [0, NEAR] };
    const move = moves[event.key];
    if (!move && ![" ", "Delete", "Backspace"].includes(event.key)) return;
    event.preventDefault();
    if (event.key === " ") return this.toggle();
    if (!move) return this.clear();
    const within = (value) => Math.min(GRID - 1, Math.max(0, value));
    this.pen.x = within(this.pen.x + move[0]);
    this.pen.y = within(this.pen.y + move[1]);
    if (this.pen.down && this.go([this.pen.x, this.pen.y])) this.changed(true);
    else this.draw();
  }

  toggle() {
    this.pen.down = !this.pen.down;
    if (this.pen.down) this.begin([this.pen.x, this.pen.y]);
    this.changed(true);
    say(`Pen ${this.pen.down ? "down" : "up"} at ${this.pen.x}, ${this.pen.y}`);
  }

  draw() {
    const scale = this.canvas.width / GRID;
    const context = this.canvas.getContext("2d");
    stroke(context, this.strokes, (p) => [(p[0] + 0.5) * scale, (p[1] + 0.5) * scale], scale * 5);
    if (document.activeElement !== this.canvas || !this.canvas.matches(":focus-visible")) return;
    context.fillStyle = "#f0935a";
    context.beginPath();
    context.arc((this.pen.x + 0.5) * scale, (this.pen.y + 0.5) * scale, this.pen.down ? 8 : 5, 0, 7);
    context.fill();
  }

  /** The writing centred and as large as digits are, as base64 PNG; `null` where nothing is written. */
  base64() {
    const points = this.strokes.flat();
    if (points.length === 0) return null;
    const [left, top] = [0, 1].map((i) => Math.min(...points.map((p) => p[i])));
    const [right, bottom] = [0, 1].map((i) => Math.max(...points.map((p) => p[i])));
    const scale = Math.min(HEIGHT / Math.max(1, bottom - top), WIDTH / Math.max(1, right - left));
    const place = (p) => [SIDE / 2 + (p[0] - (left + right) / 2) * scale, SIDE / 2 + (p[1] - (top + bottom) / 2) * scale];
    const picture = h("canvas", { width: SIDE, height: SIDE });
    stroke(picture.getContext("2d"), this.strokes, place, PEN);
    return picture.toDataURL("image/png").split(",")[1];
  }
}

function stroke(context, strokes, place, width) {
  context.fillStyle = "#000";
  context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  Object.assign(context, { strokeStyle: "#fff", lineWidth: width, lineCap: "round", lineJoin: "round" });
  for (const points of strokes) {
    context.beginPath();
    context.moveTo(...place(points[0]));
    points.forEach((point) => context.lineTo(...place(point)));
    context.stroke();
  }
}
