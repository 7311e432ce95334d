// What is shown: by type, relation, standing and time. The legend is the filter.

const scene = {
  nodeShown: new Uint8Array(nodes.length), edgeShown: new Uint8Array(edges.length),
  lit: null, litEdges: new Set(), chosen: null, strong: 0,
};
{
  const degrees = nodes.map((node) => node.kg_degree).sort((a, b) => b - a);
  scene.strong = Math.max(5, degrees[Math.min(degrees.length - 1, Math.floor(degrees.length * (degrees.length > 1200 ? 0.012 : 0.05)))] || 5);
}

// Time: a bin is a year, or a month where all dates lie within three years.
const clock = (() => {
  const datesOf = (edge) => edge.kg_facts.map((f) => facts[f].date).filter((date) => /^\d{4}(-\d\d)*$/.test(date || ""));
  const dates = [...new Set(edges.flatMap(datesOf))].sort();
  if (!dates.length) return null;
  const years = Number(dates[dates.length - 1].slice(0, 4)) - Number(dates[0].slice(0, 4));
  const months = years < 3;
  const number = (date) => (months ? Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7) || 1) - 1 : Number(date.slice(0, 4)));
  const text = (bin) => (months ? `${Math.floor(bin / 12)}-${String((bin % 12) + 1).padStart(2, "0")}` : String(bin));
  const first = number(dates[0]), last = number(dates[dates.length - 1]);
  const height = new Array(last - first + 1).fill(0);
  const bins = edges.map((edge) => {
    const own = datesOf(edge).map(number);
    for (const bin of new Set(own)) height[bin - first]++;
    return own;
  });
  return last > first ? { first, last, height, bins, text } : null;
})();

function edgePasses(at) {
  const edge = edges[at];
  if (state.hiddenRelations.has(edge.kg_relation)) return false;
  if (state.hiddenStandings.has(edge.kg_planned ? "planned" : "done")) return false;
  if (!clock || state.from === null || !clock.bins[at].length) return true;
  return clock.bins[at].some((bin) => bin >= state.from && bin <= state.to);
}

/** Work out what is shown. A node goes with its type, or with the last of its lines that the other filters leave. */
function filter() {
  const passing = edges.map((_, at) => edgePasses(at));
  const centre = state.near && state.selected && state.selected.kind === "node" ? state.selected.at : null;
  const circle = centre === null ? null : new Set([centre, ...adjacent[centre].filter((a) => passing[a.edge]).map((a) => a.node)]);
  for (let i = 0; i < nodes.length; i++) {
    const linked = !adjacent[i].length || adjacent[i].some((a) => passing[a.edge]);
    const own = state.hiddenStandings.has("planned") && nodes[i].kg_planned ? false : true;
    scene.nodeShown[i] = linked && own && !state.hiddenTypes.has(nodes[i].group) && (!circle || circle.has(i)) ? 1 : 0;
  }
  for (let at = 0; at < edges.length; at++)
    scene.edgeShown[at] = passing[at] && scene.nodeShown[edges[at].from] && scene.nodeShown[edges[at].to] ? 1 : 0;
  light();
  tell("filter");
}

/** What stands out: the chosen node with its neighbours, or the chosen line with its ends. */
function light() {
  const { selected } = state;
  scene.lit = null;
  scene.litEdges = new Set();
  scene.chosen = null;
  if (!selected) return;
  scene.lit = new Set();
  if (selected.kind === "node") {
    scene.chosen = selected.at;
    scene.lit.add(selected.at);
    for (const { edge, node } of adjacent[selected.at]) {
      if (!scene.edgeShown[edge]) continue;
      scene.lit.add(node);
      scene.litEdges.add(edge);
    }
  } else {
    const { from, to } = edges[selected.at];
    scene.lit.add(from).add(to);
    scene.litEdges.add(selected.at);
  }
}

/** The mark of a type as a small picture. */
function glyph(type) {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("viewBox", "-8 -8 16 16");
  svg.setAttribute("class", "glyph");
  svg.setAttribute("aria-hidden", "true");
  const outline = OUTLINES[type];
  const mark = document.createElementNS(ns, outline ? "polygon" : "circle");
  if (outline) mark.setAttribute("points", outline.map(([x, y]) => `${(x * 5.2).toFixed(2)},${(y * 5.2).toFixed(2)}`).join(" "));
  else mark.setAttribute("r", type === "State" ? "5.6" : "4.6");
  mark.style.setProperty("--mark", `var(--node-${CSS.escape(type)}, var(--muted))`);
  svg.append(mark);
  return svg;
}

/** The mark of a relation, or of what is done or planned: a short line. */
function stroke(relation, dashed) {
  const mark = el("span", { class: dashed ? "stroke dashed" : "stroke" });
  mark.style.setProperty("--mark", relation ? `var(--edge-${CSS.escape(relation)}, var(--muted))` : "var(--muted)");
  return mark;
}

function legend(list, keys, counts, hidden, mark, text) {
  const rows = keys.map((key) => {
    const toggle = el("button", { type: "button", role: "checkbox", class: "toggle", "data-key": key, on: { click: () => {
      if (!hidden.delete(key)) hidden.add(key);
      filter();
    } } }, mark(key), el("span", { class: "name" }), el("span", { class: "count", text: String(counts.get(key)) }));
    const only = el("button", { type: "button", class: "only", on: { click: () => {
      const alone = keys.every((other) => hidden.has(other) === (other !== key));
      keys.forEach((other) => (alone || other === key ? hidden.delete(other) : hidden.add(other)));
      filter();
    } } });
    return el("li", {}, toggle, keys.length > 1 ? only : null);
  });
  list.replaceChildren(...rows);
  const refresh = () => rows.forEach((row, i) => {
    const shown = !hidden.has(keys[i]);
    row.firstChild.setAttribute("aria-checked", String(shown));
    row.querySelector(".name").textContent = text(keys[i]);
    const only = row.querySelector(".only");
    if (only) only.textContent = shown && hidden.size === keys.length - 1 ? say("all") : say("only");
  });
  when("filter", refresh);
  when("language", refresh);
}

const tally = (items, key) => items.reduce((sums, item) => sums.set(key(item), (sums.get(key(item)) || 0) + 1), new Map());
const inOrder = (table, counts) => [...new Set([...Object.keys(data.words[table]), ...counts.keys()])].filter((key) => counts.has(key));

function buildLegend() {
  const types = tally(nodes, (node) => node.group);
  legend($("types"), data.order.types.filter((key) => types.has(key)), types, state.hiddenTypes, glyph, (key) => word("types", key));
  const relations = tally(edges, (edge) => edge.kg_relation);
  legend($("relations"), data.order.relations.filter((key) => relations.has(key)), relations, state.hiddenRelations,
    (key) => stroke(key, false), (key) => word("relations", key));
  const standings = tally(edges, (edge) => (edge.kg_planned ? "planned" : "done"));
  $("standing-section").hidden = !standings.has("planned");
  legend($("standing"), ["done", "planned"].filter((key) => standings.has(key)), standings, state.hiddenStandings,
    (key) => stroke(null, key === "planned"), (key) => say(key));
}

function buildTime() {
  $("time-section").hidden = !clock;
  if (!clock) return;
  const highest = Math.max(...clock.height);
  const bars = clock.height.map((n) => {
    const bar = el("i");
    bar.style.height = n ? `${Math.max(8, (100 * Math.sqrt(n)) / Math.sqrt(highest))}%` : "0";
    return bar;
  });
  $("bars").replaceChildren(...bars);
  const [from, to] = [$("from"), $("to")];
  for (const input of [from, to]) Object.assign(input, { min: clock.first, max: clock.last });
  from.value = clock.first;
  to.value = clock.last;
  const show = () => {
    const low = Math.min(from.value, to.value), high = Math.max(from.value, to.value);
    $("span").textContent = low === high ? clock.text(low) : `${clock.text(low)} – ${clock.text(high)}`;
    bars.forEach((bar, i) => bar.classList.toggle("out", i + clock.first < low || i + clock.first > high));
    return [low, high];
  };
  const change = () => {
    const [low, high] = show();
    const all = low === clock.first && high === clock.last;
    [state.from, state.to] = all ? [null, null] : [low, high];
    filter();
  };
  from.addEventListener("input", change);
  to.addEventListener("input", change);
  when("language", () => {
    from.setAttribute("aria-label", say("from"));
    to.setAttribute("aria-label", say("to"));
  });
  show();
}
