// The picture as a file: PNG at twice the size of the screen, or SVG. Both are drawn by the same hand as the page.

/** Enough of a canvas context to write what `paint` draws as SVG. */
class SvgContext {
  constructor(measure) {
    this.parts = [];
    this.path = "";
    this.dash = [];
    this.measure = measure;
    Object.assign(this, { globalAlpha: 1, lineWidth: 1, fillStyle: "#000", strokeStyle: "#000", font: "", textAlign: "start" });
  }

  beginPath() { this.path = ""; }
  moveTo(x, y) { this.path += `M${num(x)} ${num(y)}`; }
  lineTo(x, y) { this.path += `L${num(x)} ${num(y)}`; }
  quadraticCurveTo(a, b, x, y) { this.path += `Q${num(a)} ${num(b)} ${num(x)} ${num(y)}`; }
  closePath() { this.path += "Z"; }
  arc(x, y, r) { this.path += `M${num(x + r)} ${num(y)}A${num(r)} ${num(r)} 0 1 1 ${num(x - r)} ${num(y)}A${num(r)} ${num(r)} 0 1 1 ${num(x + r)} ${num(y)}`; }
  setLineDash(dash) { this.dash = dash; }
  stroke() { this.parts.push(`<path d="${this.path}" fill="none" ${this.#pen()}/>`); }
  fill() { this.parts.push(`<path d="${this.path}" fill="${this.fillStyle}"${this.#alpha()}/>`); }
  fillRect(x, y, w, h) { this.parts.push(`<rect x="${num(x)}" y="${num(y)}" width="${num(w)}" height="${num(h)}" fill="${this.fillStyle}"/>`); }
  strokeText(text, x, y) { this.#text(text, x, y, `fill="none" ${this.#pen()}`); }
  fillText(text, x, y) { this.#text(text, x, y, `fill="${this.fillStyle}"${this.#alpha()}`); }
  measureText(text) {
    this.measure.font = this.font;
    return this.measure.measureText(text);
  }

  #alpha() { return this.globalAlpha < 1 ? ` opacity="${num(this.globalAlpha)}"` : ""; }
  #pen() {
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.join(" ")}"` : "";
    return `stroke="${this.strokeStyle}" stroke-width="${num(this.lineWidth)}" stroke-linejoin="round" stroke-linecap="round"${dash}${this.#alpha()}`;
  }

  #text(text, x, y, paintwork) {
    const [, weight, size] = this.font.match(/^(\d+) ([\d.]+)px/) || [null, "400", "12"];
    const anchor = this.textAlign === "center" ? "middle" : "start";
    this.parts.push(`<text x="${num(x)}" y="${num(y)}" font-size="${size}" font-weight="${weight}" text-anchor="${anchor}" dominant-baseline="central" ${paintwork}>${escapeText(text)}</text>`);
  }
}
const num = (value) => String(Math.round(value * 100) / 100);
const escapeText = (text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "").replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

/** Background, scene, title and legend, as they stand on the page now. */
function compose(ctx, view) {
  ctx.fillStyle = palette.background;
  ctx.fillRect(0, 0, view.width, view.height);
  paint(ctx, view, scene);
  ctx.textAlign = "start";
  ctx.textBaseline = "middle";
  ctx.font = `600 18px ${FONT}`;
  ctx.lineWidth = 5;
  ctx.strokeStyle = palette.background;
  ctx.fillStyle = palette.text;
  ctx.strokeText(data.title, 24, 30);
  ctx.fillText(data.title, 24, 30);
  const shown = tally(nodes.filter((_, i) => scene.nodeShown[i]), (node) => node.group);
  data.order.types.filter((type) => shown.has(type)).forEach((type, row) => {
    const y = 60 + row * 20;
    ctx.fillStyle = nodeColour(type);
    ctx.beginPath();
    trace(ctx, OUTLINES[type], 31, y, 5.5);
    ctx.fill();
    ctx.font = `400 12px ${FONT}`;
    ctx.fillStyle = palette.text;
    ctx.strokeText(`${word("types", type)} ${shown.get(type)}`, 44, y);
    ctx.fillText(`${word("types", type)} ${shown.get(type)}`, 44, y);
  });
}

/** The timeline as it stands on the page, all of it: boxes and words are taken from there. */
function composeTimeline(ctx, view) {
  const box = $("timeline");
  const origin = box.getBoundingClientRect();
  const at = (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: left - origin.left + box.scrollLeft + 12, y: top - origin.top + box.scrollTop + 40, width, height };
  };
  const write = (text, x, y, font, colour) => {
    ctx.font = `${font} ${FONT}`;
    ctx.fillStyle = colour;
    ctx.fillText(text, x, y);
  };
  const clipped = (text, font, limit) => {
    ctx.font = `${font} ${FONT}`;
    let kept = [...text];
    while (kept.length > 1 && ctx.measureText(kept.join("")).width > limit) kept = kept.slice(0, -1);
    return kept.length < [...text].length ? `${kept.slice(0, -1).join("")}…` : text;
  };
  ctx.fillStyle = palette.background;
  ctx.fillRect(0, 0, view.width, view.height);
  ctx.textAlign = "start";
  ctx.textBaseline = "middle";
  write(`${data.title} · ${say("timeline")}`, 24, 28, "600 18px", palette.text);
  for (const line of box.querySelectorAll(".lines i")) {
    const { x, y, height } = at(line);
    ctx.fillStyle = line.classList.contains("today") ? palette.accent : palette.line;
    ctx.fillRect(x, y, 1, height);
  }
  for (const tick of box.querySelectorAll(".ruler span")) write(tick.textContent, at(tick).x + 5, at(tick).y + 9, "400 11.5px", palette.text);
  for (const head of box.querySelectorAll(".rows h2 span:first-of-type")) write(head.textContent, at(head).x, at(head).y + 10, "600 12.5px", palette.muted);
  for (const holder of box.querySelectorAll(".holder")) {
    const { x, y, width } = at(holder);
    const [title, below] = holder.children;
    write(clipped(title.textContent, "500 13px", width - 12), x + 8, y + 13, "500 13px", palette.text);
    write(clipped(below.textContent, "400 11px", width - 12), x + 8, y + 30, "400 11px", palette.muted);
  }
  for (const gap of box.querySelectorAll("i.gap")) {
    const { x, y, width, height } = at(gap);
    ctx.fillStyle = thinned(palette.gap, 0.3);
    ctx.fillRect(x, y, width, height);
  }
  for (const row of chart.rows)
    for (const { button, term } of row.bars) {
      if (!button) continue;
      const { x, y, width, height } = at(button);
      const colour = palette.act[kindOfTerm(term)] || palette.muted;
      ctx.fillStyle = thinned(colour, 0.3);
      ctx.fillRect(x, y, width, height);
      ctx.fillStyle = colour;
      ctx.fillRect(x, y, 3, height);
      if (button.textContent) write(button.textContent, x + 8, y + 12, "400 11px", palette.text);
    }
}

/** What is shown, as a size and a hand that draws it. */
function pictureNow() {
  if (state.view === "timeline") {
    const view = { width: $("timeline").clientWidth + 12, height: $("timeline").scrollHeight + 40 };
    return { view, draw: (ctx) => composeTimeline(ctx, view) };
  }
  const view = { ...camera(), cards: [] };
  return { view, draw: (ctx) => compose(ctx, view) };
}

function save(blob, fileName) {
  const link = el("a", { download: fileName });
  link.href = URL.createObjectURL(blob);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function savePng() {
  const { view, draw } = pictureNow();
  const scale = Math.min(2, 16000 / Math.max(view.width, view.height)); // browsers draw no larger canvas
  const canvas = el("canvas");
  [canvas.width, canvas.height] = [Math.round(view.width * scale), Math.round(view.height * scale)];
  const ctx = canvas.getContext("2d");
  ctx.scale(scale, scale);
  draw(ctx);
  canvas.toBlob((blob) => save(blob, "unsc-kg.png"), "image/png");
}

function saveSvg() {
  const { view, draw } = pictureNow();
  const ctx = new SvgContext(el("canvas").getContext("2d"));
  draw(ctx);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${view.width}" height="${view.height}" viewBox="0 0 ${view.width} ${view.height}" font-family="${escapeText(FONT)}">`
    + `<title>${escapeText(data.title)}</title>${ctx.parts.join("\n")}</svg>`;
  save(new Blob([svg], { type: "image/svg+xml" }), "unsc-kg.svg");
}
