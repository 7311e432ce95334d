// Large graphs: sigma.js paints nodes and lines by WebGL; the canvas lies over it with labels and what is chosen.
// sigma keeps buffers and shaders; the camera and the pointer are the stage's. In small pages the library is not there.

/** What sigma needs, as its program for nodes: the legend's shapes, drawn by their distance function. */
function shapeProgram() {
  const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
  const KINDS = ["circle", "hexagon", "triangle", "shield", "star", "diamond", "sheet", "square"];
  const attributes = [
    { name: "a_position", size: 2, type: FLOAT }, { name: "a_size", size: 1, type: FLOAT }, { name: "a_shape", size: 1, type: FLOAT },
    { name: "a_color", size: 4, type: UNSIGNED_BYTE, normalized: true },
  ];
  const vertex = `
    attribute vec2 a_position; attribute float a_size; attribute float a_shape; attribute vec4 a_color; attribute vec2 a_corner;
    uniform mat3 u_matrix; uniform float u_sizeRatio; uniform float u_correctionRatio;
    varying vec4 v_color; varying vec2 v_place; varying float v_shape; varying float v_pixel;
    void main() {
      float radius = a_size * u_correctionRatio / u_sizeRatio * 2.0;
      v_pixel = u_sizeRatio / a_size; // a pixel, in radii
      v_place = vec2(a_corner.x, -a_corner.y) * (1.2 + 2.5 * v_pixel);
      gl_Position = vec4((u_matrix * vec3(a_position + vec2(v_place.x, -v_place.y) * radius, 1)).xy, 0, 1);
      v_shape = a_shape;
      v_color = a_color;
    }`;
  const fragment = `
    precision highp float;
    varying vec4 v_color; varying vec2 v_place; varying float v_shape; varying float v_pixel;
    uniform vec3 u_ground; uniform float u_pixelRatio;
    float far(int kind, vec2 p) { // distance from the outline, in radii
      vec2 q = abs(p);
      if (kind == 1) return max(q.y, q.x * 0.866 + q.y * 0.5) - 0.866;
      if (kind == 2) { p.y -= 0.12; return max(p.y, q.x * 0.866 - p.y * 0.5) - 0.56; }
      if (kind == 3) return max(max(q.x - 0.85, -p.y - 0.85), dot(vec2(q.x - 0.85, p.y - 0.15), vec2(0.745, 0.667)));
      if (kind == 4) {
        float turn = abs(mod(atan(p.x, -p.y) + 0.6283, 1.2566) - 0.6283);
        vec2 r = length(p) * vec2(cos(turn), sin(turn)) - vec2(1.2, 0.0);
        return dot(r, vec2(0.417, 0.909));
      }
      if (kind == 5) return (q.x + q.y - 1.12) * 0.7071;
      if (kind == 6) return max(max(q.x - 0.72, q.y - 0.95), dot(p - vec2(0.3, -0.95), vec2(0.731, -0.682)));
      if (kind == 7) return max(q.x, q.y) - 0.792;
      return length(p) - 1.0;
    }
    void main() {
      bool hollow = v_shape > 99.0;
      float away = far(int(mod(v_shape, 100.0) + 0.5), v_place) - 0.5 * v_pixel;
      float blur = v_pixel / u_pixelRatio;
      vec3 ink = v_color.rgb;
      if (hollow) ink = mix(u_ground, ink, smoothstep(-1.8 * v_pixel - blur, -1.8 * v_pixel, away));
      ink = mix(ink, u_ground, smoothstep(-0.5 * blur, 0.5 * blur, away));
      gl_FragColor = vec4(ink, 1.0) * (1.0 - smoothstep(v_pixel, v_pixel + blur, away)); // with a rim of the ground's colour
    }`;
  return class extends webgl.NodeProgram {
    constructor(context, picking, painter) {
      super(context, null, painter); // the stage finds what is under the pointer: no second picture for that
    }

    getDefinition() {
      return {
        VERTICES: 6, VERTEX_SHADER_SOURCE: vertex, FRAGMENT_SHADER_SOURCE: fragment, METHOD: TRIANGLES,
        UNIFORMS: ["u_sizeRatio", "u_correctionRatio", "u_matrix", "u_ground", "u_pixelRatio"], ATTRIBUTES: attributes,
        CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }],
        CONSTANT_DATA: [[-1, -1], [1, -1], [1, 1], [-1, -1], [1, 1], [-1, 1]],
      };
    }

    processVisibleItem(_, start, item) {
      const { array } = this;
      array.set([item.x, item.y, item.size, Math.max(0, KINDS.indexOf(SHAPES[item.kind])) + (item.hollow ? 100 : 0)], start);
      new Uint32Array(array.buffer)[start + 4] = packed(item.color);
    }

    setUniforms({ sizeRatio, correctionRatio, matrix, pixelRatio }, { gl: context, uniformLocations: at }) {
      context.uniform1f(at.u_sizeRatio, sizeRatio);
      context.uniform1f(at.u_correctionRatio, correctionRatio);
      context.uniform1f(at.u_pixelRatio, pixelRatio);
      context.uniformMatrix3fv(at.u_matrix, false, matrix);
      context.uniform3fv(at.u_ground, channels(palette.background).map((value) => value / 255));
    }
  };
}

/** A colour as one number, in the order of WebGL's bytes. */
const packed = (colour) => {
  const [red, green, blue] = channels(colour);
  return ((254 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
};

/** Whether to paint by WebGL. Where no graphics card does it, the canvas is faster: 17 against 88 ms of processor time a
 * picture of 5,000 nodes. `?painter=webgl` or `?painter=canvas` after the file's name asks for one. */
function webglWanted() {
  const asked = new URLSearchParams(location.search).get("painter");
  if (typeof webgl === "undefined" || asked === "canvas") return false;
  return Boolean(document.createElement("canvas").getContext("webgl2", { failIfMajorPerformanceCaveat: asked !== "webgl" }));
}

/** The painter, or null where the library or a fast WebGL is not there. */
function startWebgl() {
  if (!webglWanted()) return null;
  // sigma scales the graph's box to the unit square; it is told to keep to the first box when a node is moved.
  const box = { x: [Infinity, -Infinity], y: [Infinity, -Infinity] };
  for (const { x, y } of nodes) for (const [axis, value] of [["x", x], ["y", -y]]) box[axis] = [Math.min(box[axis][0], value), Math.max(box[axis][1], value)];
  const wide = box.x[1] - box.x[0] || 1, high = box.y[1] - box.y[0] || 1, longest = Math.max(wide, high);
  const graph = new webgl.MultiDirectedGraph();
  nodes.forEach((node, at) => graph.addNode(at, { x: node.x, y: -node.y, size: node.size, kind: node.group, hollow: node.kg_planned, color: "#000000" }));
  edges.forEach((edge, at) => graph.addEdgeWithKey(at, edge.from, edge.to, { size: 0.01, color: "#000000" }));
  let painter;
  try {
    painter = new webgl.Sigma(graph, $("gl"), {
      stagePadding: 0, renderLabels: false,
      itemSizesReference: "screen", zoomToSizeRatioFunction: () => 1 / magnification(eye.scale),
      nodeProgramClasses: { shape: shapeProgram() }, defaultNodeType: "shape", edgeProgramClasses: { line: webgl.EdgeRectangleProgram }, defaultEdgeType: "line",
      minEdgeThickness: edges.length > 4000 ? 1.1 : 1.4, allowInvalidContainer: true,
      nodeReducer: (at, attributes) => ({ ...attributes, hidden: !scene.nodeShown[at], color: nodeColour(nodes[at].group) }),
      edgeReducer: (at, attributes) => ({ ...attributes, hidden: !scene.edgeShown[at], color: thinned(edgeColour(edges[at].kg_relation), 0.4 * loudness(edges[at].kg_relation)) }),
    });
  } catch (error) {
    console.warn(`no WebGL: ${error.message}`);
    $("gl").replaceChildren();
    return null;
  }
  painter.setCustomBBox(box);
  painter.on("afterRender", () => {
    $("gl").classList.toggle("faint", scene.lit !== null);
    drawSheet();
  });
  const aim = () => {
    const { width, height } = painter.getDimensions();
    const across = (width > height) === (wide > high) || width === height ? Math.min(Math.max(wide / high, high / wide), Math.max(width / height, height / width)) : 1;
    painter.getCamera().setState({
      x: 0.5 + (eye.x - (box.x[0] + box.x[1]) / 2) / longest, y: 0.5 + (-eye.y - (box.y[0] + box.y[1]) / 2) / longest,
      ratio: (Math.min(width, height) * across) / (longest * eye.scale), angle: 0,
    });
  };
  const lost = () => { // the system took the graphics card away: the canvas does it all from now on
    gl = null;
    $("gl").replaceChildren();
    document.body.dataset.painter = "canvas";
    redraw();
  };
  for (const [layer, canvas] of Object.entries(painter.getCanvases())) {
    canvas.addEventListener("webglcontextlost", lost);
    if (layer !== "edges" && layer !== "nodes") canvas.style.display = "none"; // sigma's labels and hovers: the stage has its own
  }
  return {
    draw() {
      aim();
      painter.scheduleRender();
    },
    /** Other nodes are shown, or in other colours. */
    changed() {
      aim();
      painter.scheduleRefresh({ skipIndexation: true });
    },
    moved(at) {
      graph.mergeNodeAttributes(at, { x: nodes[at].x, y: -nodes[at].y });
    },
  };
}
