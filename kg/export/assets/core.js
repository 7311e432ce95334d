// The data, the state and the small helpers that the other files share.
// Whatever comes from documents enters the page by textContent or as canvas text, never as markup.

const data = JSON.parse(document.getElementById("data").textContent);
const nodes = data.nodes; // pyvis node dictionaries; nodes[i].id === i
const edges = data.edges; // pyvis edge dictionaries: from, to, kg_relation, kg_planned, kg_facts
const facts = data.facts;

const state = {
  language: "zh",
  theme: matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light",
  selected: null, // {kind: "node" | "edge", at: index}
  hover: null, // index of a node
  near: false, // only the chosen node and its neighbours
  hiddenTypes: new Set(),
  hiddenRelations: new Set(),
  hiddenStandings: new Set(),
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

const UI = {
  summary: [(n) => `${n.documents} 份文件 · ${n.facts} 项事实\n${n.nodes} 个节点 · ${n.edges} 条关系`,
    (n) => `${n.documents} documents · ${n.facts} facts\n${n.nodes} nodes · ${n.edges} relations`],
  limit: [(n) => `全图有 ${n.total} 个节点，这里只画连接最多的 ${n.drawn} 个。`,
    (n) => `The graph has ${n.total} nodes; the ${n.drawn} best connected are drawn.`],
  search: ["搜索名称、简称或缩写", "Search names, acronyms"],
  nothing: ["没有找到", "Nothing found"],
  types: ["类型", "Types"], relations: ["关系", "Relations"], standing: ["状态", "Standing"], time: ["时间", "Time"],
  done: ["已发生或已陈述", "Held or stated"], planned: ["计划中", "Planned"],
  only: ["仅此", "Only"], all: ["全部", "All"],
  facts: ["事实", "Facts"], neighbours: ["相邻", "Neighbours"],
  close: ["关闭", "Close"], near: ["只看相邻", "Only neighbours"], whole: ["显示全图", "Show all"],
  source: ["原文", "Source"], also: ["又称", "Also"],
  page: [(n) => `第 ${n} 页`, (n) => `p. ${n}`],
  place: [(a, b) => `字符 ${a}–${b}`, (a, b) => `characters ${a}–${b}`],
  rule: [(r, c) => `规则 ${r} · 置信度 ${c}`, (r, c) => `rule ${r} · confidence ${c}`],
  more: [(n) => `再显示 ${n} 项`, (n) => `Show ${n} more`],
  none: ["这里没有事实。", "No facts here."],
  hint: ["点节点或连线，看事实与原文", "Click a node or a line for its facts and their sources"],
  other: ["English", "中文"], theme: ["深色或浅色", "Dark or light"],
  png: ["保存为 PNG 图片", "Save as PNG"], svg: ["保存为 SVG 矢量图", "Save as SVG"],
  closer: ["放大（+）", "Zoom in (+)"], farther: ["缩小（-）", "Zoom out (-)"], fit: ["全图（0）", "Whole graph (0)"],
  filters: ["图例与筛选", "Legend and filters"],
  from: ["起", "From"], to: ["止", "To"],
};

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
