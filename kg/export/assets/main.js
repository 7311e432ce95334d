// The stage: camera, pointer, keyboard, address, and the order in which all is set up.

const stage = $("stage");
const shadow = new vis.DataSet(nodes.map((node, at) => ({
  id: at, x: node.x, y: node.y, shape: "custom",
  ctxRenderer: () => ({ nodeDimensions: { width: node.size * 2.2, height: node.size * 2.2 } }),
})));
const network = new vis.Network(stage, { nodes: shadow, edges: [] }, {
  autoResize: true, physics: false, layout: { improvedLayout: false },
  interaction: { hover: true, multiselect: false, selectConnectedEdges: false, keyboard: false, zoomSpeed: 0.7, tooltipDelay: 1e9 },
});

/** The camera as `paint` wants it. */
function camera() {
  const { x, y } = network.getViewPosition();
  const scale = network.getScale();
  const { clientWidth: width, clientHeight: height } = stage;
  return { scale, width, height, ox: width / 2 - x * scale, oy: height / 2 - y * scale, cards: cards() };
}

/** What lies over the stage, as boxes in which no label is written. */
function cards() {
  return ["side", "panel", "tools"].filter((id) => !$(id).hidden).map((id) => {
    const { left, top, right, bottom } = $(id).getBoundingClientRect();
    return [left, top, right, bottom];
  });
}

network.on("afterDrawing", (ctx) => {
  const view = camera();
  const ratio = ctx.getTransform().a / view.scale;
  ctx.save();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  paint(ctx, view, scene);
  ctx.restore();
});

/** Room that the cards leave free: left, top, right, bottom. */
function room() {
  const box = (id) => ($(id).hidden ? null : $(id).getBoundingClientRect());
  const side = box("side"), panel = box("panel");
  if (narrow.matches) return [12, side.bottom + 12, 12, panel ? stage.clientHeight - panel.top + 12 : 70];
  return [side.right + 24, 28, panel ? stage.clientWidth - panel.left + 76 : 60, 44];
}

const glide = () => (calm.matches || nodes.length > 3000 ? false : { duration: 380, easingFunction: "easeInOutCubic" });

/** Show all that is shown (or the given nodes) within the free room. */
function fit(only, animation = glide()) {
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
  const scale = Math.min(width / Math.max(1, right - left), height / Math.max(1, bottom - top), only ? 1.15 : 1.4);
  network.moveTo({
    position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale,
    offset: { x: (l - r) / 2, y: (t - b) / 2 }, animation,
  });
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
  if (around.length <= 60) return fit(around);
  return network.moveTo({ position: { x: nodes[at].x, y: nodes[at].y }, scale: Math.max(view.scale, 0.8), offset: { x: (l - r) / 2, y: (t - b) / 2 }, animation: glide() });
}

/** Make sure that the filters show a node. */
function reveal(at) {
  if (scene.nodeShown[at]) return;
  state.near = false;
  state.hiddenTypes.delete(nodes[at].group);
  filter();
  if (scene.nodeShown[at]) return;
  state.hiddenRelations.clear();
  state.hiddenStandings.clear();
  filter();
  if (scene.nodeShown[at] || !clock) return;
  [state.from, state.to] = [null, null];
  buildTime();
  filter();
}

/** Choose a node, a line or nothing. `move`: bring it into view too. */
function select(what, move = false) {
  const same = what && state.selected && what.kind === state.selected.kind && what.at === state.selected.at;
  state.selected = what;
  document.body.classList.add("used");
  openFilters(false);
  if (!what) state.near = false;
  if (state.near || !what) filter();
  light();
  if (!same) tell("selection");
  const wanted = what && what.kind === "node" ? address(what.at) : "";
  if (location.hash !== wanted) history.pushState(null, "", wanted || location.pathname + location.search);
  network.selectNodes([]);
  network.redraw();
  if (what && what.kind === "node" && move) approach(what.at);
}

function followAddress() {
  let wanted;
  try {
    wanted = decodeURIComponent(location.hash.slice(1));
  } catch {
    return; // not an address of ours
  }
  const at = byId.get(wanted);
  if (at !== undefined) {
    reveal(at);
    select({ kind: "node", at }, true);
  } else if (state.selected && !wanted) select(null);
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

network.on("click", ({ nodes: hit, pointer }) => {
  const at = hit.find((i) => scene.nodeShown[i]);
  if (at !== undefined) return select({ kind: "node", at });
  const line = edgeAt(pointer.DOM.x, pointer.DOM.y);
  return select(line === null ? null : { kind: "edge", at: line });
});
network.on("doubleClick", ({ nodes: hit }) => hit.length && approach(hit[0]));
network.on("dragging", ({ nodes: moved }) => {
  for (const at of moved) {
    const place = network.getPosition(at);
    nodes[at].x = place.x;
    nodes[at].y = place.y;
  }
});
network.on("dragStart", () => stage.classList.add("dragging"));
network.on("dragEnd", () => {
  stage.classList.remove("dragging");
  network.selectNodes([]);
});

function hover(at, pointer) {
  state.hover = at;
  const tip = $("tip");
  stage.classList.toggle("over", at !== null);
  tip.hidden = at === null || narrow.matches;
  if (at === null) return;
  tip.replaceChildren(el("b", { text: name(nodes[at]) }),
    el("span", { text: `${kindOf(nodes[at])} · ${say("facts")} ${nodes[at].kg_facts.length} · ${say("neighbours")} ${adjacent[at].length}` }));
  tip.style.left = `${Math.min(pointer.x + 16, stage.clientWidth - 300)}px`;
  tip.style.top = `${Math.min(pointer.y + 18, stage.clientHeight - 80)}px`;
}
network.on("hoverNode", ({ node, pointer }) => scene.nodeShown[node] && hover(node, pointer.DOM));
network.on("blurNode", () => hover(null));

/** From the chosen node to the neighbour that lies most nearly in a direction. */
function step(dx, dy) {
  if (!state.selected || state.selected.kind !== "node") {
    const view = camera();
    const { x, y } = network.getViewPosition();
    network.moveTo({ position: { x: x + (dx * 90) / view.scale, y: y + (dy * 90) / view.scale } });
    return;
  }
  const here = nodes[state.selected.at];
  let best = null, score = 0.25;
  for (const { edge, node } of adjacent[state.selected.at]) {
    if (!scene.edgeShown[edge]) continue;
    const [x, y] = [nodes[node].x - here.x, nodes[node].y - here.y];
    const length = Math.hypot(x, y) || 1;
    const fits = (x * dx + y * dy) / length - length * 1e-5;
    if (fits > score) [best, score] = [node, fits];
  }
  if (best !== null) select({ kind: "node", at: best }, true);
}

const zoom = (factor) => network.moveTo({ scale: Math.min(8, Math.max(0.02, network.getScale() * factor)), animation: glide() });
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === "INPUT") return;
  const inPanel = event.target.closest && event.target.closest("#panel, #side");
  if (event.key === "/") $("query").focus();
  else if (event.key === "Escape") {
    if (document.body.classList.contains("filters-open")) openFilters(false);
    else select(null);
  } else if (ARROWS[event.key] && !inPanel) step(...ARROWS[event.key]);
  else if (event.key === "+" || event.key === "=") zoom(1.35);
  else if (event.key === "-") zoom(1 / 1.35);
  else if (event.key === "0") fit();
  else return;
  event.preventDefault();
});

function openFilters(open) {
  document.body.classList.toggle("filters-open", open);
  $("more").setAttribute("aria-expanded", String(open));
}

function setTheme(theme) {
  useTheme(theme);
  network.redraw();
}

function translate() {
  document.documentElement.lang = state.language === "en" ? "en" : "zh-CN";
  document.querySelectorAll("[data-text]").forEach((node) => (node.textContent = say(node.dataset.text)));
  $("summary").textContent = say("summary", data.counts);
  $("limit").hidden = data.counts.total <= nodes.length;
  $("limit").textContent = say("limit", { total: data.counts.total, drawn: nodes.length });
  $("language").textContent = say("other");
  $("hint").textContent = say("hint");
  for (const [id, key] of [["closer", "closer"], ["farther", "farther"], ["whole", "fit"], ["theme", "theme"], ["png", "png"], ["svg", "svg"], ["more", "filters"]]) {
    $(id).title = say(key);
    $(id).setAttribute("aria-label", say(key));
  }
}

when("language", translate);
when("language", () => network.redraw());
when("filter", () => {
  const changed = [];
  nodes.forEach((_, at) => {
    const hidden = !scene.nodeShown[at];
    if (Boolean(shadow.get(at).hidden) !== hidden) changed.push({ id: at, hidden });
  });
  if (changed.length) shadow.update(changed);
  network.redraw();
});

$("language").addEventListener("click", () => {
  state.language = state.language === "en" ? "zh" : "en";
  tell("language");
});
$("theme").addEventListener("click", () => setTheme(state.theme === "dark" ? "light" : "dark"));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (event) => setTheme(event.matches ? "dark" : "light"));
$("png").addEventListener("click", savePng);
$("svg").addEventListener("click", saveSvg);
$("closer").addEventListener("click", () => zoom(1.35));
$("farther").addEventListener("click", () => zoom(1 / 1.35));
$("whole").addEventListener("click", () => fit());
$("more").addEventListener("click", () => openFilters(!document.body.classList.contains("filters-open")));
addEventListener("popstate", followAddress);
addEventListener("hashchange", followAddress);

buildLegend();
buildTime();
buildSearch();
buildPanel();
filter();
tell("language");
fit(null, false);
followAddress();
document.fonts.ready.then(() => {
  widths.clear();
  network.redraw();
});
document.body.dataset.ready = "yes";
