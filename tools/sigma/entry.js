// The parts of sigma.js and graphology that kg/export/assets/webgl.js uses.
export { MultiDirectedGraph } from "graphology";
export { default as Sigma } from "sigma";
export { EdgeRectangleProgram, NodeProgram } from "sigma/rendering";
