// Mandates in time, as rows of bars: pure geometry, in days. timeline.js shows it, files.js writes it into pictures.

const DAY = 86400000;

/** An ISO date, as precise as it is, as a day's number: its first day, or with `last` the day after its last. */
function dayOf(date, last = false) {
  const [year, month, day] = date.split("-").map(Number);
  if (!last) return Date.UTC(year, (month || 1) - 1, day || 1) / DAY;
  if (day) return Date.UTC(year, month - 1, day) / DAY;
  return (month ? Date.UTC(year, month, 1) : Date.UTC(year + 1, 0, 1)) / DAY;
}
const isoOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);

/** What a term is in the legend. */
const kindOfTerm = (term) => (term.rollover ? "rollover" : term.action);
const mandateOf = new Map(data.mandates.flatMap((mandate, at) => (mandate.node === undefined ? [] : [[mandate.node, at]])));
const mandateName = (mandate) => (state.language === "en" && mandate.en) || mandate.label;
const mandateKey = (mandate) => mandate.holder || (mandate.node === undefined ? mandate.label : nodes[mandate.node].kg_id);
const mandateAddress = (at) => `#timeline/${encodeURI(mandateKey(data.mandates[at]))}`;

/** How a mandate stands after all decisions. */
function standing(mandate) {
  if (mandate.end && mandate.state === "ended") return say("ended", mandate.end);
  return mandate.end ? say("until", mandate.end) : say("open");
}

const OPEN = 150; // days that a bar without an end is drawn

/** A term's bar: from, to and the days before it in which there was no mandate. Null without a date. */
function barOf(mandate, index) {
  const term = data.mandates[mandate].terms[index];
  const begin = term.start || term.date;
  if (!begin) return null;
  const from = dayOf(begin);
  const to = term.end ? Math.max(from, dayOf(term.end, true)) : from + OPEN;
  return { mandate, index, term, from, to, open: !term.end, gap: term.gap || 0, lane: 0 };
}

/** Rows that are shown: bars in as few lanes as keep them apart; the days that the chart begins and ends with. */
function mandateRows() {
  const rows = [];
  data.mandates.forEach((mandate, at) => {
    if (state.hiddenHolders.has(mandate.type)) return;
    const bars = mandate.terms.map((_, index) => barOf(at, index)).filter((bar) => bar && !state.hiddenActions.has(kindOfTerm(bar.term)));
    if (!bars.length && mandate.terms.length) {
      if (mandate.terms.some((term) => term.date || term.start)) return;
    }
    const ends = []; // the last day of each lane
    for (const bar of bars) {
      let lane = ends.findIndex((end) => end <= bar.from);
      if (lane < 0) lane = ends.length;
      ends[lane] = Math.max(bar.to, bar.from + 1);
      bar.lane = lane;
    }
    rows.push({ at, mandate, bars, lanes: Math.max(1, ends.length), undated: mandate.terms.filter((term) => !term.date && !term.start).length });
  });
  const order = (row) => data.order.types.indexOf(row.mandate.type);
  rows.sort((a, b) => order(a) - order(b) || a.at - b.at);
  const bars = rows.flatMap((row) => row.bars);
  const window = state.from === null || !clock ? null : clock.span(state.from, state.to).map((date) => dayOf(date));
  const from = window ? window[0] : Math.min(...bars.map((bar) => bar.from - bar.gap));
  const ends = bars.map((bar) => bar.to).sort((a, b) => a - b);
  const usual = ends[Math.floor((ends.length - 1) * 0.96)]; // one mandate of ten years need not press the others flat
  const to = window ? window[1] : ends[ends.length - 1] - from > 1.6 * (usual - from) ? usual + (usual - from) * 0.06 : ends[ends.length - 1];
  const margin = window ? 0 : Math.max(10, (to - from) * 0.015);
  return { rows, from: from - margin, to: to + margin, any: bars.length > 0 };
}

/** First days of months or years, so far apart that their names have room. */
function ticks(from, to, width) {
  const months = [1, 3, 6, 12, 24, 60, 120, 240].find((step) => (width * step * 30.4) / (to - from) >= 58) || 480;
  const first = new Date(from * DAY);
  const found = [];
  for (let month = Math.ceil((first.getUTCFullYear() * 12 + first.getUTCMonth()) / months) * months; ; month += months) {
    const day = Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY;
    if (day > to) return found;
    const year = Math.floor(month / 12);
    if (day >= from) found.push({ day, year: month % 12 === 0, text: month % 12 ? `${year}-${String((month % 12) + 1).padStart(2, "0")}` : String(year) });
  }
}
