import type { tf } from '../backend/tf';

type Node = tf.layers.Layer['inboundNodes'][number];

/**
 * Every use of every layer between a model's inputs and outputs, producers before consumers. A use of a nested
 * model is one node. Without recursion, so that a thousand layers in a row do not overflow the stack.
 */
export function nodesInOrder(model: Pick<tf.LayersModel, 'inputs' | 'outputs'>): Node[] {
  const given = new Set(model.inputs.map(({ id }) => id));
  const order: Node[] = [];
  const met = new Set<Node>();
  const stack: { node: Node; next: number }[] = [];
  const meet = (tensor: tf.SymbolicTensor): void => {
    const node = tensor.sourceLayer.inboundNodes[tensor.nodeIndex];
    if (given.has(tensor.id) || met.has(node)) return;
    met.add(node);
    stack.push({ node, next: 0 });
  };
  for (const output of model.outputs) {
    meet(output);
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      if (top.next < top.node.inputTensors.length) {
        meet(top.node.inputTensors[top.next++]);
      } else {
        order.push(top.node);
        stack.pop();
      }
    }
  }
  return order;
}
