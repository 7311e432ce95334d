// Choosing, the keyboard, the address, and the order in which all is set up.

/** Make sure that the filters show a node. */
function reveal(at) {
  if (scene.nodeShown[at]) return;
  state.centres.clear();
  state.hiddenTypes.delete(nodes[at].group);
  filter();
  if (scene.nodeShown[at]) return;
  state.hiddenRelations.clear();
  state.hiddenStandings.clear();
  filter();
  if (scene.nodeShown[at] || !clock) return;
  clock.reset();
  filter();
}

/** The address of a choice, as it stands after the file's name. */
function addressOf(what) {
  if (what && what.kind === "node") return address(what.at);
  if (state.view !== "timeline") return "";
  return what ? mandateAddress(what.at) : "#timeline";
}

/** Choose a node, a line, a mandate's term or nothing. `move`: bring it into view too. */
function select(what, move = false) {
  const same = what && state.selected && what.kind === state.selected.kind && what.at === state.selected.at && what.term === state.selected.term;
  state.selected = what;
  document.body.classList.add("used");
  openFilters(false);
  const narrowed = state.centres.size > 0;
  if (!what) state.centres.clear();
  if (narrowed) filter();
  else light();
  if (!same) tell("selection");
  const wanted = addressOf(what);
  if (location.hash !== wanted) history.pushState(null, "", wanted || location.pathname + location.search);
  redraw();
  if (what && what.kind === "node" && move) approach(what.at);
}

/** Show a node in the graph. */
function goTo(at) {
  show("graph");
  reveal(at);
  select({ kind: "node", at }, true);
}

/** The graph or the timeline of mandates. */
function show(view) {
  if (!data.mandates.length) view = "graph";
  if (state.view === view) return;
  state.view = view;
  state.hover = null;
  hideTip();
  state.selected = null;
  light();
  tell("selection");
  tell("view");
  redraw();
}

/** Show only a node with its neighbours, or, where only some are shown already, its neighbours too. */
function expand(at) {
  state.centres.add(at);
  filter();
  tell("selection");
  fit();
}

function showAll() {
  state.centres.clear();
  filter();
  tell("selection");
  fit();
}

function followAddress() {
  let wanted;
  try {
    wanted = decodeURIComponent(location.hash.slice(1));
  } catch {
    return; // not an address of ours
  }
  const at = byId.get(wanted);
  if (at !== undefined) goTo(at);
  else if (wanted === "timeline" || wanted.startsWith("timeline/")) {
    show("timeline");
    select(null);
    showMandate(wanted.slice("timeline/".length));
  } else if (!wanted) {
    show("graph");
    if (state.selected) select(null);
  }
}

/** From the chosen node to the neighbour that lies most nearly in a direction. */
function step(dx, dy) {
  if (!state.selected || state.selected.kind !== "node") {
    moveTo({ x: eye.x + (dx * 90) / eye.scale, y: eye.y + (dy * 90) / eye.scale });
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

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const closer = (factor) => zoom(factor, undefined, undefined, glide());

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.tagName === "INPUT") return;
  const inGraph = state.view === "graph";
  const inCard = event.target.closest && event.target.closest("#panel, #side");
  if (event.key === "/") $("query").focus();
  else if (event.key === "Escape") {
    if (document.body.classList.contains("filters-open")) openFilters(false);
    else select(null);
  } else if (event.key === "t" && data.mandates.length) change(inGraph ? "timeline" : "graph");
  else if (!inGraph && ["ArrowLeft", "ArrowRight"].includes(event.key)) stepTerm(ARROWS[event.key][0]);
  else if (inGraph && ARROWS[event.key] && !inCard) step(...ARROWS[event.key]);
  else if (inGraph && (event.key === "+" || event.key === "=")) closer(1.35);
  else if (inGraph && event.key === "-") closer(1 / 1.35);
  else if (inGraph && event.key === "0") fit();
  else return;
  event.preventDefault();
});

function openFilters(open) {
  document.body.classList.toggle("filters-open", open);
  $("more").setAttribute("aria-expanded", String(open));
}

/** As `show`, by the reader's hand: it has an address. */
function change(view) {
  show(view);
  select(null);
}

function showView() {
  document.body.dataset.view = state.view;
  $("timeline").hidden = state.view !== "timeline";
  stage.hidden = $("tools").hidden = state.view !== "graph";
  for (const view of ["graph", "timeline"]) $(`view-${view}`).setAttribute("aria-selected", String(state.view === view));
}

function setTheme(theme) {
  useTheme(theme);
  if (gl) gl.changed();
  redraw();
}

function translate() {
  document.documentElement.lang = state.language === "en" ? "en" : "zh-CN";
  document.querySelectorAll("[data-text]").forEach((node) => (node.textContent = say(node.dataset.text)));
  $("summary").textContent = say("summary", data.counts);
  $("limit").hidden = data.counts.total <= nodes.length;
  $("limit").textContent = say("limit", { total: data.counts.total, drawn: nodes.length });
  $("title").textContent = data.title === UI.title[0] ? say("title") : data.title;
  $("language").textContent = say("other");
  $("hint").textContent = say("hint");
  for (const [id, key] of [["closer", "closer"], ["farther", "farther"], ["whole", "fit"], ["theme", "theme"], ["png", "png"], ["svg", "svg"], ["more", "filters"], ["view-timeline", "switch"], ["view-graph", "switch"]]) {
    $(id).title = say(key);
    if (key !== "switch") $(id).setAttribute("aria-label", say(key));
  }
}

when("view", showView);
when("language", translate);
when("language", () => redraw());
when("filter", () => {
  if (gl) gl.changed();
  redraw();
});

$("language").addEventListener("click", () => {
  state.language = state.language === "en" ? "zh" : "en";
  tell("language");
});
$("theme").addEventListener("click", () => setTheme(state.theme === "dark" ? "light" : "dark"));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", (event) => setTheme(event.matches ? "dark" : "light"));
$("png").addEventListener("click", savePng);
$("svg").addEventListener("click", saveSvg);
$("closer").addEventListener("click", () => closer(1.35));
$("farther").addEventListener("click", () => closer(1 / 1.35));
$("whole").addEventListener("click", () => fit());
$("more").addEventListener("click", () => openFilters(!document.body.classList.contains("filters-open")));
$("view-graph").addEventListener("click", () => change("graph"));
$("view-timeline").addEventListener("click", () => change("timeline"));
addEventListener("popstate", followAddress);
addEventListener("hashchange", followAddress);

$("views").hidden = !data.mandates.length;
buildLegend();
buildTime();
buildSearch();
buildPanel();
buildTimeline();
filter();
showView();
tell("language");
fit(null, false);
gl = startWebgl();
document.body.dataset.painter = gl ? "webgl" : "canvas";
followAddress();
redraw();
document.fonts.ready.then(() => {
  widths.clear();
  redraw();
});
requestAnimationFrame(() => requestAnimationFrame(() => { // it has been drawn
  performance.mark("ready");
  document.body.dataset.ready = "yes";
}));
