// The panel: the facts of the chosen node or line in plain words, each with the sentence that says it and its place.

const PAGE = 30;

/** Links leave the page only on a click, and only to web addresses. */
const safeLink = (address) => (/^https?:\/\/[^\s]+$/.test(address || "") ? address : null);

const address = (at) => `#${encodeURI(nodes[at].kg_id)}`;

/** A link to a node of the page. */
function nodeLink(at, text = name(nodes[at]), className = "link") {
  return el("a", { href: address(at), class: className, text, on: { click: (event) => {
    event.preventDefault();
    goTo(at);
  } } });
}

/** A link out of the page, or null. */
function outLink(url, text, className = null) {
  const outside = safeLink(url);
  return outside ? el("a", { href: outside, target: "_blank", rel: "noopener noreferrer", class: className, text: `${text} ↗` }) : null;
}

/** A button that copies the address of what is shown. */
function copyButton(hash) {
  const button = el("button", { type: "button", text: say("copy"), on: { click: async () => {
    try {
      await navigator.clipboard.writeText(location.href.split("#")[0] + hash);
      button.textContent = say("copied");
    } catch {
      location.hash = hash; // no clipboard here: the address bar has it
    }
  } } });
  return button;
}

/** What a node is, in the singular. */
const kindOf = (node) => (state.language === "en" && data.words.types[node.group]?.[2]) || word("types", node.group);

function badge(kind, text) {
  return el("span", { class: `badge ${kind}`, text });
}

/** How it stands: planned, held, reported …; nothing where a document simply states it. */
function badges(fact) {
  const made = [];
  const planned = fact.modality === "planned" || fact.status === "planned";
  if (planned) made.push(badge("planned", word("values", "planned")));
  else if (fact.status && fact.status !== "unknown") made.push(badge(fact.status, word("values", fact.status)));
  if (!["asserted", "planned", undefined].includes(fact.modality)) made.push(badge(fact.modality, word("values", fact.modality)));
  return made;
}

/** A piece of evidence of the data, by its names. */
function evidenceOf(at) {
  const [document, quote, start, page, rule, confidence] = data.evidence[at];
  const text = data.quotes[quote];
  return { document, ...data.documents[document], text, start, end: start + [...text].length, page, rule: data.rules[rule], confidence };
}

function factCard(at, self) {
  const fact = facts[at];
  const planned = fact.modality === "planned" || fact.status === "planned";
  const line = el("p", { class: "line" });
  fact.parts.forEach((row, i) => {
    const part = data.parts[row];
    const text = tongue([part.zh || part.en, part.en || part.zh]);
    line.append(part.node === undefined || part.node === self ? el("span", { text }) : nodeLink(part.node, text));
    if (part.note) line.append(el("span", { class: "note", text: state.language === "en" ? ` (${part.note})` : `（${part.note}）` }));
    if (i < fact.parts.length - 1) line.append(el("span", { class: "dot", text: "\u2060·" }), "\u200b"); // a line may end with it, not begin
  });
  const pieces = fact.evidence.map(evidenceOf);
  return el("li", { class: planned ? "fact is-planned" : "fact" },
    el("div", { class: "fact-head" }, el("strong", { text: word("facts", fact.type) }),
      fact.date ? el("time", { text: fact.end && fact.end !== fact.date ? `${fact.date} – ${fact.end}` : fact.date }) : null,
      el("span", { class: "grow" }), ...badges(fact)),
    fact.parts.length ? line : null,
    ...pieces.map((piece, i) => quoted(piece, self, i ? pieces[i - 1] : {})));
}

/** A quoted sentence and its place; the document is named, with its address, where it is not the one before. */
function quoted(piece, self, before) {
  const place = [];
  if (piece.page) place.push(say("page", piece.page));
  if (piece.end) place.push(say("place", piece.start, piece.end));
  const cite = el("figcaption");
  if (piece.document !== before.document) {
    if (piece.node !== undefined && piece.node !== self) cite.append(nodeLink(piece.node), " · ");
    else if (piece.node === undefined && piece.name) cite.append(`${piece.name} · `);
  }
  cite.append(el("span", { text: place.join(" · ") }));
  const outside = piece.document === before.document ? null : outLink(piece.url, say("source"), "out");
  if (outside) cite.append(" · ", outside);
  if (piece.rule) cite.title = say("rule", piece.rule, piece.confidence);
  return el("figure", {}, el("blockquote", { lang: "zh", text: piece.text }), cite);
}

/** A list that grows by pages, with a row of fact types to choose from where there are many. */
function factList(all, self) {
  const box = el("div", { class: "facts" });
  const kinds = tally(all, (at) => facts[at].type);
  let kind = null;
  const fill = () => {
    const chosen = kind ? all.filter((at) => facts[at].type === kind) : all;
    const list = el("ol");
    const grow = el("button", { type: "button", class: "wide" });
    const add = () => {
      const start = list.childElementCount;
      list.append(...chosen.slice(start, start + PAGE).map((at) => factCard(at, self)));
      const left = chosen.length - list.childElementCount;
      grow.hidden = left <= 0;
      grow.textContent = say("more", Math.min(PAGE, left));
    };
    grow.addEventListener("click", add);
    add();
    box.replaceChildren(...(all.length > 6 && kinds.size > 1 ? [chips()] : []), list, grow);
    if (!all.length) box.replaceChildren(el("p", { class: "empty", text: say("none") }));
  };
  const chips = () => el("div", { class: "chips" }, ...[null, ...inOrder("facts", kinds)].map((key) => el("button", {
    type: "button", "aria-pressed": String(kind === key), text: key ? `${word("facts", key)} ${kinds.get(key)}` : `${say("all")} ${all.length}`,
    on: { click: () => {
      kind = key;
      fill();
    } } })));
  fill();
  return box;
}

function neighbourList(at) {
  const groups = new Map();
  for (const link of adjacent[at]) {
    const key = `${data.order.relations.indexOf(edges[link.edge].kg_relation) + 100} ${link.out ? 0 : 1} ${edges[link.edge].kg_relation}`;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(link);
  }
  const box = el("div", { class: "neighbours" });
  for (const key of [...groups.keys()].sort()) {
    const [, , relation] = key.split(" ");
    const links = groups.get(key);
    box.append(el("h3", {}, stroke(relation, false), el("span", { text: `${links[0].out ? "→" : "←"} ${word("relations", relation)}` }),
      el("span", { class: "count", text: String(links.length) })));
    const list = el("ul");
    const grow = el("button", { type: "button", class: "wide" });
    const add = () => {
      const start = list.childElementCount;
      list.append(...links.slice(start, start + PAGE).map((link) => el("li", {}, glyph(nodes[link.node].group), nodeLink(link.node, name(nodes[link.node]), "row"),
        edges[link.edge].kg_planned ? badge("planned", word("values", "planned")) : null)));
      const left = links.length - list.childElementCount;
      grow.hidden = left <= 0;
      grow.textContent = say("more", Math.min(PAGE, left));
    };
    grow.addEventListener("click", add);
    add();
    box.append(list, grow);
  }
  return box;
}

function tabs(parts) {
  const bar = el("div", { role: "tablist" });
  const body = el("div", { role: "tabpanel" });
  const show = (chosen) => {
    [...bar.children].forEach((button, i) => button.setAttribute("aria-selected", String(i === chosen)));
    body.replaceChildren(parts[chosen].make());
  };
  bar.append(...parts.map((part, i) => el("button", { type: "button", role: "tab", on: { click: () => show(i) } },
    el("span", { text: part.title }), el("span", { class: "count", text: String(part.count) }))));
  show(0);
  return [bar, body];
}

function closeButton() {
  return el("button", { type: "button", class: "close", "aria-label": say("close"), text: "×", on: { click: () => select(null) } });
}

function nodePanel(at) {
  const node = nodes[at];
  const other = state.language === "en" ? node.label : node.kg_en;
  const mark = el("p", { class: "kind" }, glyph(node.group), el("span", { text: kindOf(node) }));
  if (node.kg_planned) mark.append(badge("planned", word("values", "planned")));
  const details = el("dl");
  for (const [keyZh, keyEn, zh, en] of node.kg_details) details.append(el("dt", { text: tongue([keyZh, keyEn]) }), el("dd", { text: tongue([zh, en]) }));
  if (node.kg_aliases.length) details.append(el("dt", { text: say("also") }), el("dd", { text: node.kg_aliases.join(state.language === "en" ? ", " : "、") }));
  const button = (text, click) => el("button", { type: "button", text, on: { click } });
  const actions = el("p", { class: "actions" },
    state.centres.has(at) ? null : button(say(state.centres.size ? "expand" : "near"), () => expand(at)),
    state.centres.size ? button(say("whole"), showAll) : null,
    mandateOf.has(at) ? button(say("mandate"), () => {
      show("timeline");
      showMandate(mandateKey(data.mandates[mandateOf.get(at)]));
    }) : null,
    outLink(node.kg_url, (node.kg_url || "").includes("wikidata.org") ? "Wikidata" : say("source")), copyButton(address(at)));
  return [el("header", {}, closeButton(), mark, el("h2", { text: name(node) }), other && other !== name(node) ? el("p", { class: "second", text: other }) : null,
    details.childElementCount ? details : null, actions),
  ...tabs([{ title: say("facts"), count: node.kg_facts.length, make: () => factList(node.kg_facts, at) },
    { title: say("neighbours"), count: adjacent[at].length, make: () => neighbourList(at) }])];
}

function edgePanel(at) {
  const edge = edges[at];
  const head = el("p", { class: "kind" }, stroke(edge.kg_relation, edge.kg_planned), el("span", { text: word("relations", edge.kg_relation) }));
  if (edge.kg_planned) head.append(badge("planned", word("values", "planned")));
  return [el("header", {}, closeButton(), head,
    el("h2", { class: "pair" }, nodeLink(edge.from), el("span", { class: "arrow", text: "→" }), nodeLink(edge.to))),
  el("div", { class: "tabless" }, factList(edge.kg_facts, -1))];
}

function buildPanel() {
  const panel = $("panel");
  const show = () => {
    const { selected } = state;
    panel.hidden = !selected;
    document.body.classList.toggle("has-panel", Boolean(selected));
    if (!selected) return panel.replaceChildren();
    const makers = { node: () => nodePanel(selected.at), edge: () => edgePanel(selected.at), mandate: () => mandatePanel(selected.at), term: () => termPanel(selected) };
    panel.replaceChildren(...makers[selected.kind]());
    panel.scrollTop = 0;
    return undefined;
  };
  when("selection", show);
  when("language", show);
}
