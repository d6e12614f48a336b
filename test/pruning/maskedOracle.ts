import { tf } from '../../src/backend/tf';
import type { Plan } from '../../src/pruning/makePlan';

export interface MaskedOutput {
  /** The masked model's output, all channels. */
  values: tf.Tensor;
  /** Which channels of it are kept, and on which axis they lie. */
  keep: number[];
  axis: number;
  /** The layers that a cut channel went through, by class name. */
  cutThrough: string[];
}

/**
 * What the masked model computes, by a way that shares no code with src/pruning: the original's layers run
 * one by one, a 0/1 tensor goes along that says which channels are kept, and each convolution reads its input
 * multiplied by it.
 */
export function maskedOracle(model: tf.LayersModel, plan: Plan, input: tf.Tensor): MaskedOutput[] {
  const cutThrough = new Set<string>();
  const values = new Map<number, { x: tf.Tensor; mask: tf.Tensor; axis: number }>();
  const run = (symbolic: tf.SymbolicTensor): { x: tf.Tensor; mask: tf.Tensor; axis: number } => {
    const known = values.get(symbolic.id);
    if (known) return known;
    const layer = symbolic.sourceLayer;
    let result: { x: tf.Tensor; mask: tf.Tensor; axis: number };
    if (layer.getClassName() === 'InputLayer') {
      result = { x: input, mask: tf.ones([1, 1, 1, 1]), axis: 3 };
    } else {
      const from = run(layer.inboundNodes[symbolic.nodeIndex].inputTensors[0]);
      if (layer.getClassName() === 'Conv2D') {
        const x = layer.apply(from.x.mul(from.mask)) as tf.Tensor;
        const axis = layer.getConfig().dataFormat === 'channelsFirst' ? 1 : 3;
        const mask = keptMask(plan, layer.name, x.shape[axis] as number, axis);
        if (mask.min().dataSync()[0] === 0) cutThrough.add('Conv2D');
        result = { x, mask, axis };
      } else {
        if (from.mask.min().dataSync()[0] === 0) cutThrough.add(layer.getClassName());
        const x = layer.apply(from.x) as tf.Tensor;
        const pooled = x.rank < from.x.rank; // [batch, channels]
        result = pooled ? { x, mask: from.mask.reshape([1, -1]), axis: 1 } : { ...from, x };
      }
    }
    values.set(symbolic.id, result);
    return result;
  };
  const outputs = model.outputs.map((output) => {
    const { x, mask, axis } = run(output);
    const keep = Array.from(mask.dataSync(), (kept, index) => (kept ? index : -1)).filter(
      (index) => index >= 0,
    );
    return { values: x, keep, axis };
  });
  return outputs.map((output) => ({ ...output, cutThrough: [...cutThrough] }));
}

function keptMask(plan: Plan, layer: string, channels: number, axis: number): tf.Tensor {
  const group = plan.groups.find(({ layers }) => layers.includes(layer));
  const flags = Array.from({ length: channels }, (_, index) => (group?.keep.includes(index) ? 1 : 0));
  const shape = [1, 1, 1, 1];
  shape[axis] = channels;
  return tf.tensor(flags, shape);
}
