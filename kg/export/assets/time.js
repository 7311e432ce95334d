// Time: bars of how much happened when, and two handles. A bin is a year, or a month where all dates lie within three years.

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
  /** The days that the bins from `from` to `to` hold, as ISO dates; the second is the day after. */
  const span = (from, to) => (months ? [`${text(from)}-01`, `${text(to + 1)}-01`] : [`${from}-01-01`, `${to + 1}-01-01`]);
  return last > first ? { first, last, height, bins, text, span } : null;
})();

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
  clock.reset = () => {
    [state.from, state.to] = [null, null];
    from.value = clock.first;
    to.value = clock.last;
    show();
  };
  from.addEventListener("input", change);
  to.addEventListener("input", change);
  when("language", () => {
    from.setAttribute("aria-label", say("from"));
    to.setAttribute("aria-label", say("to"));
  });
  clock.reset();
}
