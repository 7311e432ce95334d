// The stage: the camera, what is under the pointer, and when to draw. Pointer, wheel and touch move the camera or a node.

const stage = $("stage");
const sheet = $("sheet");
const pen = sheet.getContext("2d");
const eye = { x: 0, y: 0, scale: 1 }; // the place in the world that stands at the middle of the stage; pixels a unit
const CLOSEST = 8, FARTHEST = 0.005;
let gl = null; // the WebGL painter, where there is one (webgl.js)

/** The camera as `paint` wants it: screen = world * scale + o. */
function camera() {
  const { clientWidth: width, clientHeight: height } = stage;
  return { scale: eye.scale, width, height, ox: width / 2 - eye.x * eye.scale, oy: height / 2 - eye.y * eye.scale, cards: cards() };
}

/** What lies over the stage, as boxes in which no label is written. */
function cards() {
  return ["side", "panel", "tools"].filter((id) => !$(id).hidden).map((id) => {
    const { left, top, right, bottom } = $(id).getBoundingClientRect();
    return [left, top, right, bottom];
  });
}

/** Draw the canvas: everything, or what lies over the WebGL picture. */
function drawSheet() {
  const ratio = devicePixelRatio || 1;
  const view = camera();
  const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)];
  if (sheet.width !== width || sheet.height !== height) [sheet.width, sheet.height] = [width, height];
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, view.width, view.height);
  paint(pen, view, scene, gl !== null);
}

let waiting = false;
/** Draw again, once, before the next picture of the screen. */
function redraw() {
  if (gl) return gl.draw(); // and it calls drawSheet in the same breath
  if (waiting) return undefined;
  waiting = true;
  requestAnimationFrame(() => {
    waiting = false;
    drawSheet();
  });
  return undefined;
}

const glide = () => !(calm.matches || (nodes.length > 3000 && !gl));
let flight = 0;

/** Move the camera. `offset`: pixels from the middle of the stage to where the place shall stand. */
function moveTo({ x = eye.x, y = eye.y, scale = eye.scale, offset = [0, 0] }, animated = false) {
  cancelAnimationFrame(flight);
  scale = Math.min(CLOSEST, Math.max(FARTHEST, scale));
  const goal = { x: x - offset[0] / scale, y: y - offset[1] / scale, scale };
  if (!animated) {
    Object.assign(eye, goal);
    return redraw();
  }
  const start = { ...eye };
  const begun = performance.now();
  const fly = (now) => {
    const t = Math.min(1, Math.max(0, (now - begun) / 380));
    const s = t < 0.5 ? 4 * t ** 3 : 1 - (2 - 2 * t) ** 3 / 2;
    eye.scale = start.scale * (goal.scale / start.scale) ** s;
    eye.x = start.x + (goal.x - start.x) * s;
    eye.y = start.y + (goal.y - start.y) * s;
    redraw();
    if (t < 1) flight = requestAnimationFrame(fly);
  };
  flight = requestAnimationFrame(fly);
  return undefined;
}

/** Closer or farther, so that the place under (px, py) stays there; without it, the middle. */
function zoom(factor, px = stage.clientWidth / 2, py = stage.clientHeight / 2, animated = false) {
  const { scale, ox, oy, width, height } = camera();
  moveTo({ x: (px - ox) / scale, y: (py - oy) / scale, scale: scale * factor, offset: [px - width / 2, py - height / 2] }, animated);
}

/** Room that the cards leave free: left, top, right, bottom. */
function room() {
  const box = (id) => ($(id).hidden ? null : $(id).getBoundingClientRect());
  const side = box("side"), panel = box("panel");
  if (narrow.matches) return [12, side.bottom + 12, 12, panel ? stage.clientHeight - panel.top + 12 : 70];
  return [side.right + 24, 28, panel ? stage.clientWidth - panel.left + 76 : 60, 56];
}

/** Show all that is shown (or the given nodes) within the free room. */
function fit(only = null, animated = glide()) {
  const chosen = only || nodes.map((_, i) => i).filter((i) => scene.nodeShown[i]);
  if (!chosen.length) return;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const i of chosen) {
    left = Math.min(left, nodes[i].x - nodes[i].size);
    right = Math.max(right, nodes[i].x + nodes[i].size);
    top = Math.min(top, nodes[i].y - nodes[i].size);
    bottom = Math.max(bottom, nodes[i].y + nodes[i].size + 18);
  }
  const [l, t, r, b] = room();
  const width = Math.max(80, stage.clientWidth - l - r), height = Math.max(80, stage.clientHeight - t - b);
  const full = Math.min(width / Math.max(1, right - left), height / Math.max(1, bottom - top));
  const scale = only ? Math.min(full * 0.8, 1.1) : Math.min(full, 1.4); // around a few, something of the others is seen
  moveTo({ x: (left + right) / 2, y: (top + bottom) / 2, scale, offset: [(l - r) / 2, (t - b) / 2] }, animated);
}

/** Bring a node and its neighbours into view, if they are not there in a readable size. */
function approach(at) {
  const around = [at, ...adjacent[at].filter((a) => scene.edgeShown[a.edge]).map((a) => a.node)];
  const view = camera();
  const [l, t, r, b] = room();
  const seen = (i) => {
    const x = nodes[i].x * view.scale + view.ox, y = nodes[i].y * view.scale + view.oy;
    return x > l && y > t && x < view.width - r && y < view.height - b;
  };
  if (view.scale > 0.7 && around.every(seen)) return;
  if (around.length <= 250) return fit(around);
  return moveTo({ x: nodes[at].x, y: nodes[at].y, scale: Math.max(view.scale, 0.8), offset: [(l - r) / 2, (t - b) / 2] }, glide());
}

/** The node under a place of the screen, or null; fingers need not be as exact. */
function nodeAt(px, py, slack = 4) {
  const view = camera();
  let best = null, nearest = 0;
  for (let i = 0; i < nodes.length; i++) {
    if (!scene.nodeShown[i]) continue;
    const distance = Math.hypot(nodes[i].x * view.scale + view.ox - px, nodes[i].y * view.scale + view.oy - py) - radius(nodes[i], view) - slack;
    if (distance < nearest) [best, nearest] = [i, distance];
  }
  return best;
}

/** The line under a place of the screen, or null. */
function edgeAt(px, py) {
  const view = camera();
  let best = null, nearest = 6;
  for (let at = 0; at < edges.length; at++) {
    if (!scene.edgeShown[at]) continue;
    const { from, to } = edges[at];
    const [x1, y1, x2, y2] = [nodes[from].x, nodes[from].y, nodes[to].x, nodes[to].y].map((v, i) => v * view.scale + (i % 2 ? view.oy : view.ox));
    const [mx, my] = middle(at, x1, y1, x2, y2);
    if (px < Math.min(x1, mx, x2) - 6 || px > Math.max(x1, mx, x2) + 6 || py < Math.min(y1, my, y2) - 6 || py > Math.max(y1, my, y2) + 6) continue;
    for (let step = 0, ax = x1, ay = y1; step < 8; step++) {
      const t = (step + 1) / 8, s = 1 - t;
      const bx = s * s * x1 + 2 * s * t * mx + t * t * x2, by = s * s * y1 + 2 * s * t * my + t * t * y2;
      const length = (bx - ax) ** 2 + (by - ay) ** 2 || 1;
      const along = Math.max(0, Math.min(1, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length));
      const distance = Math.hypot(px - ax - along * (bx - ax), py - ay - along * (by - ay));
      if (distance < nearest) [best, nearest] = [at, distance];
      [ax, ay] = [bx, by];
    }
  }
  return best;
}

function hover(at, px, py) {
  const changed = state.hover !== at;
  state.hover = at;
  stage.classList.toggle("over", at !== null);
  if (at === null) hideTip();
  else showTip(px, py, name(nodes[at]), kindOf(nodes[at]));
  if (changed) redraw();
}

function showTip(px, py, title, ...lines) {
  const tip = $("tip");
  tip.replaceChildren(el("b", { text: title }), ...lines.map((text) => el("span", { text })));
  tip.hidden = false;
  const { width, height } = tip.getBoundingClientRect();
  tip.style.left = `${Math.max(8, Math.min(px + 14, innerWidth - width - 8))}px`;
  tip.style.top = `${py + 18 + height > innerHeight ? py - height - 10 : py + 18}px`;
}
const hideTip = () => ($("tip").hidden = true);

// -- pointers -----------------------------------------------------------------------------------------------------

const fingers = new Map(); // pointer id -> last place
let press = null; // {node, x, y, moved}: what the first finger took hold of
let lastTap = { time: 0, x: 0, y: 0 };

/** Middle of the fingers and their distance. */
function grip() {
  const [a, b = a] = [...fingers.values()];
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, span: Math.hypot(a.x - b.x, a.y - b.y) };
}

sheet.addEventListener("pointerdown", (event) => {
  if (event.button > 0) return;
  sheet.setPointerCapture(event.pointerId);
  fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  const slack = event.pointerType === "touch" ? 12 : 4;
  press = fingers.size === 1 ? { node: nodeAt(event.clientX, event.clientY, slack), x: event.clientX, y: event.clientY, moved: false, slack } : { ...press, node: null, moved: true };
});

sheet.addEventListener("pointermove", (event) => {
  if (!fingers.has(event.pointerId)) {
    if (event.pointerType !== "touch") hover(nodeAt(event.clientX, event.clientY), event.clientX, event.clientY);
    return;
  }
  const before = grip();
  fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  const now = grip();
  if (!press.moved && Math.hypot(event.clientX - press.x, event.clientY - press.y) < press.slack) return;
  press.moved = true;
  stage.classList.add("dragging");
  const [dx, dy] = [(now.x - before.x) / eye.scale, (now.y - before.y) / eye.scale];
  if (press.node !== null) {
    nodes[press.node].x += dx;
    nodes[press.node].y += dy;
    if (gl) gl.moved(press.node);
    hideTip();
    redraw();
    return;
  }
  moveTo({ x: eye.x - dx, y: eye.y - dy });
  if (before.span && now.span) zoom(now.span / before.span, now.x, now.y);
});

function release(event) {
  if (!fingers.delete(event.pointerId) || fingers.size) return;
  stage.classList.remove("dragging");
  const { moved, node } = press;
  press = null;
  if (moved || event.type === "pointercancel") return;
  const [x, y] = [event.clientX, event.clientY];
  const again = event.timeStamp - lastTap.time < 320 && Math.hypot(x - lastTap.x, y - lastTap.y) < 12;
  lastTap = { time: again ? 0 : event.timeStamp, x, y };
  if (node !== null) {
    select({ kind: "node", at: node });
    if (again && state.centres.size) expand(node);
    else if (again) approach(node);
    return;
  }
  const line = edgeAt(x, y);
  select(line === null ? null : { kind: "edge", at: line });
}
sheet.addEventListener("pointerup", release);
sheet.addEventListener("pointercancel", release);
sheet.addEventListener("pointerleave", () => hover(null));
sheet.addEventListener("wheel", (event) => {
  event.preventDefault();
  const pixels = event.deltaY * [1, 16, 400][event.deltaMode];
  zoom(Math.exp(-Math.max(-240, Math.min(240, pixels)) * (event.ctrlKey ? 0.01 : 0.0022)), event.clientX, event.clientY);
}, { passive: false });
new ResizeObserver(() => redraw()).observe(stage);
