// Search over labels, aliases, acronyms, English names, identifiers and pinyin initials, in either script.

const fold = (text) => [...text.normalize("NFKC").toLowerCase()].map((c) => data.fold[c] || c).join("").replace(/[\s·•\-_()（）“”"'《》]/g, "");

/** A name as the letters with which its characters' readings begin, one string a character: 中重 is ["z", "cz"]. */
const initials = (text) => [...text.normalize("NFKC").toLowerCase()].map((c) => data.pinyin[c] || (/[a-z0-9]/.test(c) ? c : "")).filter(Boolean);

/** Where the wanted letters begin among a name's initials, or -1. */
function initialsAt(wanted, letters) {
  for (let at = 0; at + wanted.length <= letters.length; at++) {
    let n = 0;
    while (n < wanted.length && letters[at + n].includes(wanted[n])) n++;
    if (n === wanted.length) return at;
  }
  return -1;
}

let index = null;
function buildIndex() {
  index = nodes.map((node) => {
    const names = [node.label, node.kg_en, ...node.kg_aliases].filter(Boolean);
    return {
      names, folded: names.map(fold), letters: names.map(initials),
      id: fold(node.kg_id.slice(node.kg_id.indexOf("/") + 1)),
    };
  });
}

/** Indices of nodes, best first, each with the name that matched. */
function find(text) {
  if (!index) buildIndex();
  const wanted = fold(text);
  if (!wanted) return [];
  const found = [];
  index.forEach((entry, at) => {
    let best = null;
    entry.folded.forEach((folded, i) => {
      const where = folded.indexOf(wanted);
      if (where < 0) return;
      const rank = (folded === wanted ? 0 : where === 0 ? 2 : 4) + (i ? 1 : 0);
      if (!best || rank < best.rank) best = { at, rank, matched: entry.names[i] };
    });
    if (!best && entry.id.includes(wanted)) best = { at, rank: entry.id === wanted ? 1 : 6, matched: null };
    if (!best && /^[a-z0-9]{2,}$/.test(wanted)) entry.letters.forEach((letters, i) => {
      const where = initialsAt(wanted, letters);
      if (where < 0) return;
      const rank = (where ? 9 : letters.length === wanted.length ? 5 : 7) + (i ? 1 : 0);
      if (!best || rank < best.rank) best = { at, rank, matched: entry.names[i] };
    });
    if (best) found.push(best);
  });
  return found.sort((a, b) => a.rank - b.rank || degree[b.at] - degree[a.at] || a.at - b.at);
}

function buildSearch() {
  const [query, results] = [$("query"), $("results")];
  let hits = [], active = 0;
  const close = () => {
    results.hidden = true;
    query.setAttribute("aria-expanded", "false");
    query.removeAttribute("aria-activedescendant");
  };
  const mark = (next) => {
    active = next;
    [...results.children].forEach((row, i) => {
      if (row.getAttribute("role") !== "option") return;
      row.setAttribute("aria-selected", String(i === active));
      if (i === active) {
        row.scrollIntoView({ block: "nearest" });
        query.setAttribute("aria-activedescendant", row.id);
      }
    });
  };
  const choose = (hit) => {
    close();
    query.value = "";
    query.blur();
    if (state.view === "timeline" && mandateOf.has(hit.at)) showMandate(mandateKey(data.mandates[mandateOf.get(hit.at)]));
    else goTo(hit.at);
  };
  const show = () => {
    if (!query.value.trim()) return close();
    hits = find(query.value).slice(0, 30);
    const rows = hits.map((hit, i) => {
      const node = nodes[hit.at];
      const other = hit.matched && hit.matched !== name(node) ? hit.matched : null;
      return el("li", { role: "option", id: `hit-${i}`, on: { mousedown: (event) => {
        event.preventDefault();
        choose(hit);
      } } }, glyph(node.group), el("span", { class: "name", text: name(node) }),
      other ? el("span", { class: "other", text: other }) : null, el("span", { class: "type", text: kindOf(node) }));
    });
    results.replaceChildren(...(rows.length ? rows : [el("li", { class: "nothing", text: say("nothing") })]));
    results.hidden = false;
    query.setAttribute("aria-expanded", "true");
    mark(0);
    return undefined;
  };
  query.addEventListener("input", show);
  query.addEventListener("focus", show);
  query.addEventListener("blur", close);
  query.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" && hits.length) mark((active + 1) % hits.length);
    else if (event.key === "ArrowUp" && hits.length) mark((active + hits.length - 1) % hits.length);
    else if (event.key === "Enter" && !results.hidden && hits[active]) choose(hits[active]);
    else if (event.key === "Escape") {
      query.value = "";
      close();
      query.blur();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  when("language", () => {
    query.placeholder = say("search");
    query.setAttribute("aria-label", say("search"));
    results.setAttribute("aria-label", say("search"));
  });
}
