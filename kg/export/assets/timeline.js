// The timeline of mandates: a row a mission, panel or regime, a bar a decision, gaps marked.

let chart = null; // what is drawn now: mandateRows() with the bars' buttons

const place = (chart, day) => (100 * (day - chart.from)) / (chart.to - chart.from);

function drawTimeline() {
  const box = $("timeline");
  if (state.view !== "timeline") return;
  const top = box.scrollTop;
  chart = mandateRows();
  const ruler = el("div", { class: "ruler" });
  const lines = el("div", { class: "lines", "aria-hidden": "true" });
  const width = Math.max(200, box.clientWidth - (narrow.matches ? 24 : parseInt(getComputedStyle(box).getPropertyValue("--names"), 10) + 48));
  const body = el("div", { class: "rows" }, lines);
  if (chart.any) {
    for (const tick of ticks(chart.from, chart.to, width)) {
      const line = el("i", { class: tick.year ? "year" : null });
      const text = el("span", { class: tick.year ? "year" : null, text: tick.text });
      line.style.left = text.style.left = `${place(chart, tick.day)}%`;
      if (place(chart, tick.day) < 97) ruler.append(text);
      lines.append(line);
    }
    const today = Date.now() / DAY;
    if (today > chart.from && today < chart.to) {
      const line = el("i", { class: "today", title: say("today") });
      line.style.left = `${place(chart, today)}%`;
      lines.append(line);
    }
  }
  let type = null;
  for (const row of chart.rows) {
    if (row.mandate.type !== type) {
      type = row.mandate.type;
      body.append(el("h2", {}, glyph(type), el("span", { text: word("types", type) }),
        el("span", { class: "count", text: String(chart.rows.filter((other) => other.mandate.type === type).length) })));
    }
    body.append(rowOf(row, width));
  }
  box.replaceChildren(el("div", { class: "axis" }, el("span", { class: "corner", text: say("timeline") }), ruler), body);
  box.scrollTop = top;
  markTerm();
}

function rowOf(row, width) {
  const { mandate } = row;
  const track = el("div", { class: "track" });
  track.style.height = `${row.lanes * 26 + 8}px`;
  for (const bar of row.bars) {
    if (bar.gap && !state.hiddenActions.has("gap")) track.append(gapOf(bar));
    const button = barButton(bar, width);
    if (button) track.append(button);
  }
  // English names begin alike (United Nations …), acronyms do not.
  const acronym = /^[A-Z][A-Z-]+$/.test(mandate.holder || "") ? mandate.holder : null;
  const [title, other] = state.language === "en" && acronym ? [acronym, mandateName(mandate)] : [mandateName(mandate), acronym];
  const stands = [standing(mandate), row.undated ? say("undated", row.undated) : null];
  const below = title === acronym ? [...stands, other] : [other, ...stands];
  return el("div", { class: "mandate", "data-mandate": row.at },
    el("button", { type: "button", class: "holder", title: mandateName(mandate), on: { click: () => select({ kind: "mandate", at: row.at }) } },
      el("b", { text: title }), el("span", { text: below.filter(Boolean).join(" · ") })),
    track);
}

/** Left and width in per cent of what of a span of days lies within the chart; null where nothing does. */
function within100(from, to) {
  const left = Math.max(0, place(chart, from)), right = Math.min(100, place(chart, to));
  return right < 0 || left > 100 || right < left ? null : [left, right - left];
}

function gapOf(bar) {
  const span = within100(bar.from - bar.gap, bar.from);
  if (!span) return "";
  const mark = el("i", { class: "gap", title: say("gapOf", bar.gap) });
  [mark.style.left, mark.style.width] = span.map((value) => `${value}%`);
  mark.style.top = `${bar.lane * 26 + 4}px`;
  return mark;
}

/** What a term is called in a few words. */
function termTitle(term) {
  return [word("values", term.action), term.resolution ? term.resolution.replace(/^S\/RES\//, "") : null, term.paragraph ? say("paragraph", term.paragraph) : null].filter(Boolean).join(" ");
}
function termLines(term) {
  const lines = [];
  if (term.start || term.end) lines.push(say("term", term.start || term.date || "?", term.end || say("open")));
  if (term.date) lines.push(say("decided", term.date));
  for (const [key, text] of [["gap", "gapOf"], ["overlap", "overlap"], ["cut", "cut"]]) if (term[key]) lines.push(say(text, term[key]));
  if (term.rollover) lines.push(say(term.rollover));
  return lines;
}

function barButton(bar, width) {
  const span = within100(bar.from, bar.to);
  if (!span) return null;
  const { term } = bar;
  const pixels = (span[1] / 100) * width;
  const number = (term.resolution || "").replace(/^S\/RES\//, "");
  const text = pixels > 84 && number ? number : pixels > 42 && number ? number.replace(/\(.*/, "") : pixels > 60 ? word("values", kindOfTerm(term)) : "";
  const button = el("button", {
    type: "button", class: `term ${kindOfTerm(term)}${bar.open || bar.to > chart.to ? " open" : ""}${bar.to - bar.from < 1 ? " point" : ""}`,
    "aria-label": [mandateName(data.mandates[bar.mandate]), termTitle(term), ...termLines(term)].join("，"), text,
    on: {
      click: () => select({ kind: "term", at: bar.mandate, term: bar.index }),
      pointerenter: (event) => event.pointerType !== "touch" && showTip(event.clientX, event.clientY, termTitle(term), ...termLines(term)),
      pointerleave: hideTip,
    },
  });
  [button.style.left, button.style.width] = span.map((value) => `${value}%`);
  button.style.top = `${bar.lane * 26 + 4}px`;
  bar.button = button;
  return button;
}

/** The chosen row and bar stand out. */
function markTerm() {
  if (!chart) return;
  const { selected } = state;
  for (const row of chart.rows)
    for (const bar of row.bars)
      if (bar.button) bar.button.setAttribute("aria-pressed", String(Boolean(selected) && selected.kind === "term" && selected.at === row.at && selected.term === bar.index));
  for (const row of document.querySelectorAll(".mandate"))
    row.classList.toggle("chosen", Boolean(selected) && ["term", "mandate"].includes(selected.kind) && String(selected.at) === row.dataset.mandate);
}

/** Choose the mandate with a key (`UNMISS`) and bring its row into view. */
function showMandate(key) {
  const at = key ? data.mandates.findIndex((mandate) => mandateKey(mandate) === key) : -1;
  if (at < 0) return;
  if (state.hiddenHolders.delete(data.mandates[at].type)) filter();
  select({ kind: "mandate", at });
  const row = document.querySelector(`.mandate[data-mandate="${at}"]`);
  if (row) row.scrollIntoView({ block: "center" });
}

/** From the chosen term to the next or the one before. */
function stepTerm(by) {
  const { selected } = state;
  if (!selected || !["term", "mandate"].includes(selected.kind)) return;
  const term = selected.kind === "term" ? selected.term + by : 0;
  if (data.mandates[selected.at].terms[term]) select({ kind: "term", at: selected.at, term });
}

// -- the panel ------------------------------------------------------------------------------------------------------

function mandateHead(at) {
  const mandate = data.mandates[at];
  const other = state.language === "en" ? mandate.label : mandate.en;
  return [closeButton(), el("p", { class: "kind" }, glyph(mandate.type), el("span", { text: `${say("mandate")} · ${standing(mandate)}` })),
    el("h2", { text: mandateName(mandate) }), other && other !== mandateName(mandate) ? el("p", { class: "second", text: other }) : null];
}

const graphButton = (mandate) => (mandate.node === undefined ? null : el("button", { type: "button", text: say("inGraph"), on: { click: () => goTo(mandate.node) } }));

function mandatePanel(at) {
  const mandate = data.mandates[at];
  const list = el("ol", { class: "terms" });
  mandate.terms.forEach((term, index) => {
    if (term.gap) list.append(el("li", { class: "gap", text: say("gapOf", term.gap) }));
    list.append(el("li", {}, el("button", { type: "button", on: { click: () => select({ kind: "term", at, term: index }) } },
      el("span", { class: `swatch ${kindOfTerm(term)}` }), el("b", { text: termTitle(term) }), el("span", { class: "soft", text: termLines(term).join(" · ") }))));
  });
  return [el("header", {}, ...mandateHead(at), el("p", { class: "actions" }, graphButton(mandate), copyButton(mandateAddress(at)))), list];
}

function termPanel({ at, term: index }) {
  const mandate = data.mandates[at];
  const term = mandate.terms[index];
  const details = el("dl");
  const add = (key, value) => value && details.append(el("dt", { text: key }), el("dd", { text: value }));
  add(tongue(["决定", "Decision"]), [word("values", term.action), term.resolution, term.paragraph ? say("paragraph", term.paragraph) : null].filter(Boolean).join(" "));
  const length = term.start && term.end && term.end.length === 10 && term.start.length === 10 ? dayOf(term.end) - dayOf(term.start) : 0;
  add(tongue(["期限", "Term"]), [say("term", term.start || term.date || "?", term.end || say("open")), length ? say("days", length) : null].filter(Boolean).join(" · "));
  add(tongue(["止期", "End"]), term.basis ? say(term.basis) : null);
  add(tongue(["注意", "Note"]), termLines(term).slice((term.start || term.end ? 1 : 0) + (term.date ? 1 : 0)).join("；"));
  const to = (next, sign) => el("button", { type: "button", class: "step", text: sign, ...(mandate.terms[next] ? {} : { disabled: "" }), on: { click: () => select({ kind: "term", at, term: next }) } });
  return [el("header", {}, ...mandateHead(at), details,
    el("p", { class: "actions" }, to(index - 1, "←"), el("span", { class: "soft", text: `${index + 1} / ${mandate.terms.length}` }), to(index + 1, "→"), graphButton(mandate), copyButton(mandateAddress(at)))),
  el("div", { class: "tabless" }, term.told ? toldList(term.told) : factList(term.facts, -1))];
}

/** Quotes of a decision whose facts a large graph has left out of the page. */
const toldList = (told) => el("ol", { class: "facts" }, ...told.map(([document, quote]) =>
  el("li", { class: "fact" }, quoted({ document, ...data.documents[document], text: data.quotes[quote] }, -1, {}))));

function buildTimeline() {
  for (const event of ["view", "filter", "language"]) when(event, drawTimeline);
  when("selection", markTerm);
  let width = 0;
  new ResizeObserver(() => {
    if ($("timeline").clientWidth === width) return;
    width = $("timeline").clientWidth;
    drawTimeline();
  }).observe($("timeline"));
}
