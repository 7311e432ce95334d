// The legend, which is the filter: what the marks mean, how many there are, and a click to hide them.

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
    if (only) only.textContent = shown && keys.every((key) => key === keys[i] || hidden.has(key)) ? say("all") : say("only");
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
  const holders = tally(data.mandates, (mandate) => mandate.type);
  legend($("holders"), data.order.types.filter((key) => holders.has(key)), holders, state.hiddenHolders, glyph, (key) => word("types", key));
  const actions = tally(data.mandates.flatMap((mandate) => mandate.terms), kindOfTerm);
  const gaps = data.mandates.flatMap((mandate) => mandate.terms).filter((term) => term.gap).length;
  if (gaps) actions.set("gap", gaps);
  legend($("actions"), [...inOrder("relations", actions)], actions, state.hiddenActions,
    (key) => el("span", { class: `swatch ${key}` }), (key) => (key === "gap" ? say("gap") : word("values", key)));
}
