// The data, the state and the small helpers that the other files share.
// Whatever comes from documents enters the page by textContent or as canvas text, never as markup.

const data = JSON.parse(document.getElementById("data").textContent);
const nodes = data.nodes; // pyvis node dictionaries; nodes[i].id === i
const edges = data.edges; // pyvis edge dictionaries: from, to, kg_relation, kg_planned, kg_facts
const facts = data.facts;

// What is empty is not in the file.
for (const node of nodes) {
  node.kg_aliases ||= [];
  node.kg_details ||= [];
  node.kg_facts ||= [];
}

const state = {
  language: "zh",
  theme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light",
  view: "graph", // or "timeline"
  selected: null, // {kind: "node" | "edge" | "mandate", at} or {kind: "term", at: mandate, term}
  hover: null, // index of a node
  centres: new Set(), // only these nodes and their neighbours are shown; empty: all
  hiddenTypes: new Set(),
  hiddenRelations: new Set(),
  hiddenStandings: new Set(),
  hiddenActions: new Set(),
  hiddenHolders: new Set(),
  from: null, // time bins, inclusive; null: no time filter
  to: null,
};

// The layout lies flat; on a phone held upright it stands up.
if (innerHeight > innerWidth * 1.2) for (const node of nodes) [node.x, node.y] = [node.y, node.x];

const adjacent = nodes.map(() => []);
edges.forEach((edge, at) => {
  adjacent[edge.from].push({ edge: at, node: edge.to, out: true });
  if (edge.to !== edge.from) adjacent[edge.to].push({ edge: at, node: edge.from, out: false });
});
const degree = adjacent.map((links) => new Set(links.map((link) => link.node)).size);
const byId = new Map(nodes.map((node, at) => [node.kg_id, at]));

const $ = (id) => document.getElementById(id);

/** An element with text and children; `on` holds listeners, other keys are attributes. */
function el(tag, { text, on, ...attributes } = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(name, value);
  for (const [name, listener] of Object.entries(on || {})) made.addEventListener(name, listener);
  if (text !== undefined && text !== null) made.textContent = text;
  made.append(...children.filter(Boolean));
  return made;
}

const tongue = (pair) => (Array.isArray(pair) ? pair[state.language === "en" ? 1 : 0] || pair[0] : pair);
/** Words of the page itself, in the language chosen. */
function say(key, ...values) {
  const text = tongue(UI[key]);
  return typeof text === "function" ? text(...values) : text;
}
/** Words of the data: types, relations, facts, values; an unknown key is shown as it stands. */
const word = (table, key) => tongue(data.words[table][key] || key);
const name = (node) => (state.language === "en" && node.kg_en) || node.label;

/** Listeners that draw again or write again after a change of state. */
const listeners = { view: [], language: [], filter: [], selection: [], theme: [] };
const when = (event, listener) => listeners[event].push(listener);
const tell = (event) => listeners[event].forEach((listener) => listener());

const narrow = matchMedia("(max-width: 760px)");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
