// What is shown, and what stands out.

const scene = {
  nodeShown: new Uint8Array(nodes.length), edgeShown: new Uint8Array(edges.length), shown: 0,
  lit: null, litEdges: new Set(), chosen: null, strong: 0,
};
{
  const degrees = [...degree].sort((a, b) => b - a);
  scene.strong = Math.max(5, degrees[Math.min(degrees.length - 1, Math.floor(degrees.length * (degrees.length > 600 ? 0.012 : 0.05)))] || 5);
}

function edgePasses(at) {
  const edge = edges[at];
  if (state.hiddenRelations.has(edge.kg_relation)) return false;
  if (state.hiddenStandings.has(edge.kg_planned ? "planned" : "done")) return false;
  if (!clock || state.from === null || !clock.bins[at].length) return true;
  return clock.bins[at].some((bin) => bin >= state.from && bin <= state.to);
}

/** Work out what is shown. A node goes with its type, or with the last of its lines that the other filters leave. */
function filter() {
  const passing = edges.map((_, at) => edgePasses(at));
  let circle = null;
  if (state.centres.size) {
    circle = new Set(state.centres);
    for (const centre of state.centres) for (const { edge, node } of adjacent[centre]) if (passing[edge]) circle.add(node);
  }
  scene.shown = 0;
  for (let i = 0; i < nodes.length; i++) {
    const linked = !adjacent[i].length || adjacent[i].some((a) => passing[a.edge]);
    const own = !(state.hiddenStandings.has("planned") && nodes[i].kg_planned);
    scene.nodeShown[i] = linked && own && !state.hiddenTypes.has(nodes[i].group) && (!circle || circle.has(i)) ? 1 : 0;
    scene.shown += scene.nodeShown[i];
  }
  for (let at = 0; at < edges.length; at++)
    scene.edgeShown[at] = passing[at] && scene.nodeShown[edges[at].from] && scene.nodeShown[edges[at].to] ? 1 : 0;
  light();
  tell("filter");
}

/** What stands out: the chosen node with its neighbours, or the chosen line with its ends. */
function light() {
  const { selected } = state;
  scene.lit = null;
  scene.litEdges = new Set();
  scene.chosen = null;
  if (!selected || !["node", "edge"].includes(selected.kind)) return;
  scene.lit = new Set();
  if (selected.kind === "node") {
    scene.chosen = selected.at;
    scene.lit.add(selected.at);
    for (const { edge, node } of adjacent[selected.at]) {
      if (!scene.edgeShown[edge]) continue;
      scene.lit.add(node);
      scene.litEdges.add(edge);
    }
  } else {
    const { from, to } = edges[selected.at];
    scene.lit.add(from).add(to);
    scene.litEdges.add(selected.at);
  }
}
