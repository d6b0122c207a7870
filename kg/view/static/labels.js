"use strict";

/* Draws names at a constant size on the screen, the most telling first, and leaves out those that
   would cover another name: as a map does. vis-network's own labels shrink with the drawing and
   overlap. */
const KgLabels = (() => {
  const CELL = 72;
  const LINE = 1.25;
  const WIDEST = 19; // letters in a line
  const cache = new Map();

  class Boxes {
    constructor() {
      this.cells = new Map();
    }

    *keys(box) {
      for (let x = Math.floor(box[0] / CELL); x <= Math.floor(box[2] / CELL); x += 1) {
        for (let y = Math.floor(box[1] / CELL); y <= Math.floor(box[3] / CELL); y += 1) {
          yield `${x},${y}`;
        }
      }
    }

    free(box, own) {
      for (const key of this.keys(box)) {
        for (const other of this.cells.get(key) || []) {
          if (other[4] !== own && box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]) {
            return false;
          }
        }
      }
      return true;
    }

    add(box, own) {
      const entry = [...box, own];
      for (const key of this.keys(box)) {
        if (!this.cells.has(key)) this.cells.set(key, []);
        this.cells.get(key).push(entry);
      }
    }
  }

  function wrap(text, most) {
    const lines = [""];
    for (const word of text.split(" ")) {
      const last = lines[lines.length - 1];
      if (last && last.length + word.length + 1 > WIDEST) lines.push(word);
      else lines[lines.length - 1] = last ? `${last} ${word}` : word;
    }
    if (lines.length > most) {
      lines.length = most;
      lines[most - 1] = `${lines[most - 1]}…`;
    }
    return lines.map((line) => (line.length > WIDEST + 14 ? `${line.slice(0, WIDEST + 12)}…` : line));
  }

  function measured(context, text, font, most) {
    const key = `${font}|${most}|${text}`;
    if (!cache.has(key)) {
      context.font = font;
      const lines = wrap(text, most);
      cache.set(key, { lines, width: Math.max(...lines.map((line) => context.measureText(line).width)) });
    }
    return cache.get(key);
  }

  function write(context, label, style) {
    const { lines, size, x, top } = label;
    context.font = label.font;
    lines.forEach((line, i) => {
      const y = top + (i + 0.5) * size * LINE;
      context.strokeText(line, x, y);
    });
    context.fillStyle = label.colour || style.ink;
    lines.forEach((line, i) => {
      context.fillText(line, x, top + (i + 0.5) * size * LINE);
    });
  }

  function place(context, item, names, marks, frame, style) {
    const font = `${item.strong ? "600 " : ""}${item.size}px ${style.family}`;
    const { lines, width } = measured(context, item.text, font, item.forced ? 4 : 2);
    const height = lines.length * item.size * LINE;
    const half = width / 2;
    const gap = item.radius + 3;
    const spots = item.edge
      ? item.spots.map((spot) => [spot.x, spot.y - height / 2])
      : [
          [item.x, item.y + gap],
          [item.x, item.y - gap - height],
          [item.x + gap + half, item.y - height / 2],
          [item.x - gap - half, item.y - height / 2],
          [item.x + gap + half, item.y + item.radius * 0.6],
          [item.x - gap - half, item.y + item.radius * 0.6],
          [item.x + gap + half, item.y - item.radius * 0.6 - height],
          [item.x - gap - half, item.y - item.radius * 0.6 - height],
        ];
    const near = spots.map(([x, top]) => ({ x, top, box: [x - half - 2, top, x + half + 2, top + height] }));
    const boxed = near.filter(({ box }) => box[0] > 0 && box[2] < frame[0] && box[1] > 0 && box[3] < frame[1]);
    // What must be read may cover a mark, and as the last resort a name.
    const spot =
      boxed.find(({ box }) => names.free(box, item.id) && marks.free(box, item.id)) ||
      ((item.forced || item.telling) && boxed.find(({ box }) => names.free(box, item.id))) ||
      (item.must && (boxed[0] || near[0]));
    if (!spot) return null;
    names.add(spot.box, item.id);
    return { lines, font, size: item.size, x: spot.x, top: spot.top, colour: item.colour };
  }

  /* items: {id, text, size, strong (bold), telling, forced, must, colour} with {x, y, radius} for a node or
     {edge: true, spots} for a line, in screen pixels, most telling first; shapes: {id, box}, what labels
     should not cover; frame: [width, height]; style: {ink, paper, family, direction}. */
  function draw(context, items, shapes, frame, style) {
    const names = new Boxes();
    const marks = new Boxes();
    for (const shape of shapes) marks.add(shape.box, shape.id);
    const placed = [];
    for (const item of items) {
      const label = place(context, item, names, marks, frame, style);
      if (label) placed.push(label);
    }
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = style.paper;
    context.direction = style.direction;
    for (const label of placed.reverse()) write(context, label, style);
    return placed.length;
  }

  /* The two-letter codes of states, inside their squares where these are large enough. */
  function codes(context, items, style, bright) {
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.direction = "ltr";
    for (const { code, x, y, radius, id } of items) {
      if (!code || radius < 7) continue;
      context.globalAlpha = bright({ id }) ? 1 : 0.4;
      context.font = `700 ${Math.min(16, Math.max(8, radius * 1.08))}px ${style.family}`;
      context.fillStyle = style.code;
      context.fillText(code, x, y + 0.5);
    }
    context.globalAlpha = 1;
  }

  return { draw, codes };
})();
