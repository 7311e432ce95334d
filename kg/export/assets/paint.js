// The drawing: lines, shapes and labels of one scene, on a canvas or into an SVG file, in screen pixels.
// Lines are drawn in a few strokes, labels never cover one another, and the exported pictures are the picture.

const SHAPES = {
  State: "circle", Person: "circle", Meeting: "circle", Organization: "hexagon", Mission: "triangle",
  Holder: "shield", Presidency: "star", Resolution: "diamond", Document: "sheet", Theme: "square",
};
const DASH = [5, 4];
const FONT = '"Noto Sans CJK SC","Noto Sans SC","Source Han Sans SC","PingFang SC","Hiragino Sans GB","Microsoft YaHei",system-ui,sans-serif';

/** Corners of a shape of radius 1, or null for a circle. */
function corners(shape) {
  const ring = (n, turn, radius = () => 1) => Array.from({ length: n }, (_, i) => {
    const angle = turn + (i * 2 * Math.PI) / n;
    return [Math.cos(angle) * radius(i), Math.sin(angle) * radius(i)];
  });
  switch (shape) {
    case "hexagon": return ring(6, 0);
    case "triangle": return ring(3, -Math.PI / 2).map(([x, y]) => [x * 1.12, y * 1.12 + 0.12]);
    case "diamond": return ring(4, 0).map(([x, y]) => [x * 1.12, y * 1.12]);
    case "square": return ring(4, Math.PI / 4).map(([x, y]) => [x * 1.12, y * 1.12]);
    case "star": return ring(10, -Math.PI / 2, (i) => (i % 2 ? 0.56 : 1.2));
    case "sheet": return [[-0.72, -0.95], [0.3, -0.95], [0.72, -0.5], [0.72, 0.95], [-0.72, 0.95]];
    case "shield": return [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.15], [0, 1.1], [-0.85, 0.15]];
    default: return null;
  }
}
const OUTLINES = Object.fromEntries(Object.entries(SHAPES).map(([type, shape]) => [type, corners(shape)]));

function trace(ctx, outline, x, y, r) {
  if (!outline) {
    ctx.moveTo(x + r, y);
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    return;
  }
  outline.forEach(([dx, dy], i) => (i ? ctx.lineTo(x + dx * r, y + dy * r) : ctx.moveTo(x + dx * r, y + dy * r)));
  ctx.closePath();
}

let palette = {};
/** Colours as the style sheet gives them for the present theme. */
function readPalette() {
  const style = getComputedStyle(document.documentElement); // all colours that are drawn are written #rrggbb
  const get = (variable) => style.getPropertyValue(variable).trim();
  const table = (kind, keys) => Object.fromEntries(keys.map((key) => [key, get(`--${kind}-${key}`) || get("--muted")]));
  palette = {
    background: get("--background"), text: get("--text"), muted: get("--muted"), accent: get("--accent"),
    line: get("--line"), gap: get("--gap"), act: table("act", ["establish", "extend", "reauthorize", "rollover", "modify", "terminate"]),
    node: table("node", Object.keys(data.words.types)), edge: table("edge", Object.keys(data.words.relations)),
  };
}
function useTheme(theme) {
  state.theme = theme;
  document.documentElement.dataset.theme = theme;
  readPalette();
}
useTheme(state.theme);
const nodeColour = (type) => palette.node[type] || palette.muted;
const edgeColour = (relation) => palette.edge[relation] || palette.muted;

/** #rrggbb as three numbers. */
const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
/** A colour thinned by the ground's: opaque, so that many thin lines do not add up to a dark knot. */
function thinned(colour, share) {
  const ground = channels(palette.background);
  return `#${channels(colour).map((value, i) => Math.round(value * share + ground[i] * (1 - share)).toString(16).padStart(2, "0")).join("")}`;
}

// Lines between the same two nodes bend away from one another.
const bend = new Float32Array(edges.length);
{
  const between = new Map();
  edges.forEach((edge, at) => {
    const key = edge.from < edge.to ? `${edge.from} ${edge.to}` : `${edge.to} ${edge.from}`;
    if (!between.has(key)) between.set(key, []);
    between.get(key).push(at);
  });
  const rest = edges.length > 3000 ? 0 : 0.06;
  for (const group of between.values()) {
    group.forEach((at, i) => {
      const side = edges[at].from < edges[at].to ? 1 : -1;
      bend[at] = group.length === 1 ? rest * side : side * ((i - (group.length - 1) / 2) * 0.22 + rest);
    });
  }
}

/** Control point of a line's curve, from the places of its ends. */
function middle(at, x1, y1, x2, y2) {
  return [(x1 + x2) / 2 - (y2 - y1) * bend[at], (y1 + y2) / 2 + (x2 - x1) * bend[at]];
}

// Far away, a node stays a visible dot: larger where there are few.
const least = nodes.length < 150 ? 0.62 : nodes.length < 500 ? 0.42 : nodes.length < 1500 ? 0.28 : nodes.length < 4000 ? 0.17 : 0.13;
/** Screen pixels a unit of a node's size: close by, room grows faster than nodes. */
const magnification = (scale) => Math.max(Math.min(scale, Math.sqrt(0.6 * scale)), Math.min(least, scale * 1.5), Math.min(least, 0.17));
/** A node's radius on the screen. */
const radius = (node, view) => node.size * magnification(view.scale);

/** Draw the scene. `view`: scale, ox, oy (screen = world * scale + o), width, height. `over`: the rest is painted below,
 * so draw labels, and nodes and lines only where they are chosen. */
function paint(ctx, view, scene, over = false) {
  const x = new Float32Array(nodes.length);
  const y = new Float32Array(nodes.length);
  for (let i = 0; i < nodes.length; i++) {
    x[i] = nodes[i].x * view.scale + view.ox;
    y[i] = nodes[i].y * view.scale + view.oy;
  }
  ctx.lineJoin = "round";
  ctx.lineCap = "round";
  paintEdges(ctx, view, scene, x, y, over ? (at) => scene.litEdges.has(at) : () => true);
  paintNodes(ctx, view, scene, x, y, over ? (i) => scene.lit !== null && scene.lit.has(i) : () => true);
  paintLabels(ctx, view, scene, x, y);
}

function paintEdges(ctx, view, scene, x, y, wanted) {
  const groups = new Map(); // one stroke for all lines of one look
  let seen = 0;
  for (let at = 0; at < edges.length; at++) {
    if (!scene.edgeShown[at] || !wanted(at)) continue;
    const { from, to } = edges[at];
    if (outside(view, x[from], y[from], x[to], y[to])) continue;
    seen++;
    const lit = scene.lit && scene.litEdges.has(at);
    const key = `${lit ? 1 : 0}|${edges[at].kg_planned ? 1 : 0}|${edges[at].kg_relation}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(at);
  }
  const arrows = seen < 1500;
  const thin = Math.min(1.3, Math.max(0.45, 0.6 + view.scale * 0.5)) * (seen > 4000 ? 0.7 : 1);
  for (const key of [...groups.keys()].sort()) {
    const [lit, planned, relation] = key.split("|");
    const bright = lit === "1";
    ctx.globalAlpha = scene.lit ? (bright ? (scene.litEdges.size > 40 ? 0.6 : 0.95) : 0.12) : (seen > 4000 ? 0.3 : 0.5) * loudness(relation);
    ctx.strokeStyle = ctx.fillStyle = edgeColour(relation);
    ctx.lineWidth = bright ? (scene.litEdges.size > 40 ? 1.2 : 2) : thin;
    ctx.setLineDash(planned === "1" ? DASH : []);
    ctx.beginPath();
    for (const at of groups.get(key)) {
      const { from, to } = edges[at];
      ctx.moveTo(x[from], y[from]);
      if (bend[at]) ctx.quadraticCurveTo(...middle(at, x[from], y[from], x[to], y[to]), x[to], y[to]);
      else ctx.lineTo(x[to], y[to]);
    }
    ctx.stroke();
    ctx.setLineDash([]);
    if (bright || (arrows && !scene.lit)) {
      ctx.globalAlpha = bright ? 0.95 : 0.65;
      ctx.beginPath();
      for (const at of groups.get(key)) arrow(ctx, view, at, x, y, bright ? 8 : 6);
      ctx.fill();
    }
  }
  ctx.globalAlpha = 1;
}

/** How strongly a relation's lines are drawn: there are so many votes and citations that they would hide the rest. */
const loudness = (relation) => ({ voted: 0.3, cites: 0.6, reports: 0.8 })[relation] || 1;

function arrow(ctx, view, at, x, y, size) {
  const { from, to } = edges[at];
  const [mx, my] = middle(at, x[from], y[from], x[to], y[to]);
  const length = Math.hypot(x[to] - mx, y[to] - my);
  const reach = radius(nodes[to], view) + 2;
  if (length < reach + size * 1.5) return;
  const ux = (x[to] - mx) / length, uy = (y[to] - my) / length;
  const tipX = x[to] - ux * reach, tipY = y[to] - uy * reach;
  const backX = tipX - ux * size, backY = tipY - uy * size;
  ctx.moveTo(tipX, tipY);
  ctx.lineTo(backX - uy * size * 0.42, backY + ux * size * 0.42);
  ctx.lineTo(backX + uy * size * 0.42, backY - ux * size * 0.42);
  ctx.closePath();
}

const outside = (view, x1, y1, x2, y2) =>
  (x1 < 0 && x2 < 0) || (y1 < 0 && y2 < 0) || (x1 > view.width && x2 > view.width) || (y1 > view.height && y2 > view.height);

function paintNodes(ctx, view, scene, x, y, wanted) {
  const groups = new Map();
  for (let i = 0; i < nodes.length; i++) {
    const r = radius(nodes[i], view) * 1.3;
    if (!scene.nodeShown[i] || !wanted(i) || outside(view, x[i] - r, y[i] - r, x[i] + r, y[i] + r)) continue;
    const faint = scene.lit && !scene.lit.has(i);
    const key = `${faint ? 0 : 1}|${nodes[i].kg_planned ? 1 : 0}|${nodes[i].group}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(i);
  }
  for (const key of [...groups.keys()].sort()) {
    const [clear, planned, type] = key.split("|");
    ctx.globalAlpha = clear === "1" ? 1 : 0.22;
    ctx.beginPath();
    for (const i of groups.get(key)) trace(ctx, OUTLINES[type], x[i], y[i], radius(nodes[i], view));
    ctx.strokeStyle = palette.background;
    ctx.lineWidth = 3.5;
    ctx.stroke();
    if (planned === "1") {
      ctx.fillStyle = palette.background;
      ctx.fill();
      ctx.setLineDash([3.5, 2.5]);
      ctx.strokeStyle = nodeColour(type);
      ctx.lineWidth = 1.8;
    } else {
      ctx.fillStyle = ctx.strokeStyle = nodeColour(type);
      ctx.fill();
      ctx.lineWidth = 1; // rounds the corners
    }
    ctx.stroke();
    ctx.setLineDash([]);
  }
  ctx.globalAlpha = 1;
  for (const i of [state.hover, scene.chosen]) {
    if (i === null || !scene.nodeShown[i]) continue;
    ctx.beginPath();
    ctx.moveTo(x[i] + radius(nodes[i], view) * 1.2 + 4, y[i]);
    ctx.arc(x[i], y[i], radius(nodes[i], view) * 1.2 + 4, 0, 2 * Math.PI);
    ctx.strokeStyle = palette.accent;
    ctx.lineWidth = i === scene.chosen ? 2.5 : 1.5;
    ctx.stroke();
  }
}
