import { Graph, layout } from '@dagrejs/dagre';

export interface GraphNode {
  /** In pixels. */
  width: number;
  height: number;
  /** Numbers of the nodes that lead here. */
  from: number[];
}

export interface Point {
  x: number;
  y: number;
}

export interface GraphLayout {
  /** Centres, in the order of the nodes. */
  nodes: Point[];
  edges: { from: number; to: number; points: Point[] }[];
  width: number;
  height: number;
}

/** Places a graph's nodes from top to bottom, so that no edge runs through a node; in pixels. */
export function graphLayout(nodes: readonly GraphNode[]): GraphLayout {
  const graph = new Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 24, ranksep: 22, edgesep: 14, marginx: 4, marginy: 4 });
  nodes.forEach(({ width, height }, i) => {
    graph.setNode(String(i), { width, height });
  });
  nodes.forEach(({ from }, i) => {
    // a tensor that is read twice by one layer has two edges
    from.forEach((source, input) => {
      graph.setEdge(String(source), String(i), {}, String(input));
    });
  });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number };
  const found = {
    nodes: nodes.map((_, i) => pick(graph.node(String(i)) as Point)),
    edges: graph.edges().map((edge) => ({
      from: Number(edge.v),
      to: Number(edge.w),
      points: (graph.edge(edge) as { points: Point[] }).points.map(pick),
    })),
    width,
    height,
  };
  return isMirrored(nodes, found) ? mirrored(found) : found;
}

/** Whether most nodes that read several others have their first input on the right. */
function isMirrored(nodes: readonly GraphNode[], { nodes: places }: GraphLayout): boolean {
  const steps = nodes.flatMap(({ from }) =>
    from.slice(1).map((right, i) => Math.sign(places[right].x - places[from[i]].x)),
  );
  return steps.reduce((sum, step) => sum + step, 0) < 0;
}

function mirrored({ nodes, edges, width, height }: GraphLayout): GraphLayout {
  const mirror = ({ x, y }: Point): Point => ({ x: width - x, y });
  return {
    nodes: nodes.map(mirror),
    edges: edges.map((edge) => ({ ...edge, points: edge.points.map(mirror) })),
    width,
    height,
  };
}

function pick({ x, y }: Point): Point {
  return { x: Math.round(x), y: Math.round(y) };
}
