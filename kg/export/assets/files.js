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

function save(blob, fileName) {
  const link = el("a", { download: fileName });
  link.href = URL.createObjectURL(blob);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function savePng() {
  const view = { ...camera(), cards: [] };
  const canvas = el("canvas");
  canvas.width = view.width * 2;
  canvas.height = view.height * 2;
  const ctx = canvas.getContext("2d");
  ctx.scale(2, 2);
  compose(ctx, view);
  canvas.toBlob((blob) => save(blob, "unsc-kg.png"), "image/png");
}

function saveSvg() {
  const view = { ...camera(), cards: [] };
  const ctx = new SvgContext(el("canvas").getContext("2d"));
  compose(ctx, view);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${view.width}" height="${view.height}" viewBox="0 0 ${view.width} ${view.height}" font-family="${escapeText(FONT)}">`
    + `<title>${escapeText(data.title)}</title>${ctx.parts.join("\n")}</svg>`;
  save(new Blob([svg], { type: "image/svg+xml" }), "unsc-kg.svg");
}
