// Labels: the most important first, each at the first free side of its node, none over another.

const LINE = 15; // pixels
const widths = new Map();

function breakLabel(ctx, text, limit, rows) {
  const lines = [];
  let rest = [...text];
  const length = rest.reduce((sum, c) => sum + (c.codePointAt(0) > 0x2e7f ? 2 : 1.1), 0);
  if (length <= limit * rows) limit = Math.ceil(length / Math.ceil(length / limit) + 1); // lines of like length
  while (rest.length && lines.length < rows) {
    let room = limit, n = 0;
    while (n < rest.length && room > 0) room -= rest[n++].codePointAt(0) > 0x2e7f ? 2 : 1.1;
    if (n < rest.length && lines.length < rows - 1) {
      const part = rest.slice(0, n + 1);
      const pause = Math.max(part.lastIndexOf(" "), part.lastIndexOf("日"), part.lastIndexOf("，"), part.lastIndexOf("："));
      if (pause > n * 0.4) n = pause + 1; // between words, after a date, after a comma
      const run = (c) => /[\w()/.]/.test(c || ""); // a number or a word stays whole
      let whole = n;
      while (whole > 0 && run(rest[whole - 1]) && run(rest[whole])) whole--;
      if (whole > n * 0.4) n = whole;
      if ("，、。：；）》”·-".includes(rest[n])) n++; // no line begins with these
    }
    lines.push(rest.slice(0, n).join("").trim());
    rest = rest.slice(n);
  }
  if (rest.length) lines[lines.length - 1] = `${[...lines[lines.length - 1]].slice(0, -1).join("")}…`;
  const key = `${ctx.font}|${lines.join("\n")}`;
  if (!widths.has(key)) widths.set(key, Math.max(...lines.map((line) => ctx.measureText(line).width)));
  return { lines, width: widths.get(key), height: lines.length * LINE };
}

const overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

/** A coarse grid of the boxes taken so far. */
class Taken {
  constructor() {
    this.cells = new Map();
  }

  each(box, visit) {
    for (let i = Math.floor(box[0] / 64); i <= Math.floor(box[2] / 64); i++)
      for (let j = Math.floor(box[1] / 64); j <= Math.floor(box[3] / 64); j++) if (visit(i * 65536 + j)) return true;
    return false;
  }

  add(box) {
    this.each(box, (key) => {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
      return false;
    });
  }

  meets(box, but) {
    return this.each(box, (key) => (this.cells.get(key) || []).some((other) => other !== but && overlap(other, box)));
  }

  count(box) {
    const met = new Set();
    this.each(box, (key) => (this.cells.get(key) || []).forEach((other) => overlap(other, box) && met.add(other)));
    return met.size;
  }
}

const importance = nodes.map((_, i) => i).sort((a, b) => nodes[b].size - nodes[a].size || a - b);

function paintLabels(ctx, view, scene, x, y) {
  const taken = new Taken(); // labels and cards
  const circles = new Taken();
  const discs = new Map();
  const order = importance.filter((i) => scene.nodeShown[i] && x[i] > -80 && x[i] < view.width + 80
    && y[i] > -30 && y[i] < view.height + 30);
  for (const i of order) {
    const r = radius(nodes[i], view);
    const disc = [x[i] - r, y[i] - r, x[i] + r, y[i] + r];
    discs.set(i, disc);
    // In a crowd, labels may cover small dots; otherwise the circles hold their place.
    if (order.length < 1200 || r > 3.5) circles.add(disc);
  }
  for (const card of view.cards) taken.add(card);
  const first = (i) => (i === scene.chosen ? 3 : i === state.hover ? 2 : scene.lit && scene.lit.has(i) ? 1 : 0);
  order.sort((a, b) => first(b) - first(a));
  ctx.textBaseline = "middle";
  ctx.textAlign = "center";
  let room = order.length > 500 ? 80 : 260; // in a crowd, fewer labels
  for (const i of order) {
    if (room <= 0) break;
    const rank = first(i);
    if (scene.lit && !rank) break;
    const r = radius(nodes[i], view);
    const strong = rank >= 2 || degree[i] >= scene.strong;
    if (!rank && !strong && r < 2.5 && order.length > 400) continue;
    ctx.font = `${strong ? 600 : 400} ${rank >= 2 ? 13.5 : strong ? 13 : 12}px ${FONT}`;
    const label = breakLabel(ctx, name(nodes[i]), rank >= 2 ? 34 : 22, rank >= 2 ? 4 : 2);
    const gap = i === scene.chosen ? r * 1.2 + 8 : r * 1.1 + 3; // clear of the ring
    const spots = around(label, x[i], y[i], gap).filter((spot) => within(spot, view) && !taken.meets(spot));
    const spot = spots.find((box) => !circles.meets(box, discs.get(i)))
      || (strong || rank ? fewest(spots, circles) : null) || (rank >= 2 ? around(label, x[i], y[i], gap)[0] : null);
    if (!spot) continue;
    taken.add(spot);
    room--;
    write(ctx, label, (spot[0] + spot[2]) / 2, spot[1] + 1, rank >= 2, rank ? palette.text : null);
  }
  paintRelationLabels(ctx, view, scene, x, y, taken);
}

/** Boxes beside a node for its label, the best first: below, right, left, above, and between these. */
function around(label, x, y, gap) {
  const w = label.width + 4, h = label.height + 2, near = gap * 0.72;
  const box = (left, top) => [left, top, left + w, top + h];
  return [
    box(x - w / 2, y + gap), box(x + gap + 1, y - h / 2), box(x - gap - 1 - w, y - h / 2), box(x - w / 2, y - gap - h),
    box(x + near, y + near * 0.6), box(x - near - w, y + near * 0.6), box(x + near, y - near * 0.6 - h), box(x - near - w, y - near * 0.6 - h),
  ];
}

/** The box that covers the fewest circles. */
const fewest = (boxes, circles) => boxes.map((box) => [circles.count(box), box]).sort((a, b) => a[0] - b[0])[0]?.[1] || null;

const within = (box, view) => box[0] > 2 && box[1] > 2 && box[2] < view.width - 2 && box[3] < view.height - 2;

function write(ctx, label, x, top, halo, colour) {
  label.lines.forEach((line, row) => {
    const y = top + row * LINE + LINE / 2;
    ctx.lineWidth = halo ? 5 : 3.5;
    ctx.strokeStyle = palette.background;
    ctx.strokeText(line, x, y);
    ctx.fillStyle = colour || palette.text;
    ctx.fillText(line, x, y);
  });
}

/** What the lines of the chosen node say, where there is room. */
function paintRelationLabels(ctx, view, scene, x, y, taken) {
  if (!scene.lit || scene.litEdges.size > 24) return;
  ctx.font = `500 11px ${FONT}`;
  for (const at of scene.litEdges) {
    const { from, to, kg_relation: relation } = edges[at];
    if (!scene.edgeShown[at]) continue;
    const [mx, my] = middle(at, x[from], y[from], x[to], y[to]);
    const cx = (x[from] + 2 * mx + x[to]) / 4, cy = (y[from] + 2 * my + y[to]) / 4;
    const text = word("relations", relation);
    const w = ctx.measureText(text).width / 2 + 3;
    const box = [cx - w, cy - 7, cx + w, cy + 7];
    if (Math.hypot(x[to] - x[from], y[to] - y[from]) < 2 * w + 24 || taken.meets(box)) continue;
    taken.add(box);
    ctx.lineWidth = 4;
    ctx.strokeStyle = palette.background;
    ctx.strokeText(text, cx, cy);
    ctx.fillStyle = edgeColour(relation);
    ctx.fillText(text, cx, cy);
  }
}
