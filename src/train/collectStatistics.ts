import { tf } from '../backend/tf';
import { requireOptions } from '../nets/requireOptions';
import { layerPaths } from '../pruning/layerPaths';
import { weightNameOf } from '../pruning/layerWeight';

export interface CollectStatisticsOptions {
  /** Samples that go through the net together. Default 100. */
  batchSize?: number;
}

/**
 * Collects the running statistics of all batch norms anew, from samples without labels: what is to be done before a
 * pruned net is judged, because the means and variances that it was trained with are those of a net with more
 * channels. Nothing is learnt, so every engine can do it. Each batch norm works as in training, with mean and
 * variance of the batch; all other layers work as in use, so that dropout and noise do nothing.
 *
 * A channel's statistics become mean and variance of all its values, of all samples, places and uses of the layer.
 * What was there before does not count. A model without batch norm stays as it is.
 *
 * @param model whose `moving_mean` and `moving_variance` change; every other weight stays.
 * @param samples [n, ...], for each input of the model a tensor; some hundred samples are enough.
 * @throws RangeError where there are fewer than two samples, for another number of tensors than the model has inputs,
 *   or for a batchSize that is no positive integer; TypeError for an unknown option.
 */
export function collectStatistics(
  model: tf.LayersModel,
  samples: tf.Tensor | tf.Tensor[],
  options: CollectStatisticsOptions = {},
): void {
  requireOptions(options, ['batchSize'], '{ batchSize: 100 }');
  const { batchSize = 100 } = options;
  const inputs = [samples].flat();
  requireSamples(model, inputs, batchSize);
  const norms = batchNorms([...layerPaths(model).keys()]);
  const collected = norms.map((norm) => replaceCall(norm));
  try {
    for (let done = 0; done < inputs[0].shape[0]; done += batchSize) {
      tf.tidy(() => {
        model.apply(inputs.map((input) => input.slice(done, Math.min(batchSize, input.shape[0] - done))));
      });
    }
  } finally {
    // the layer's own method, which its class has, is there again
    for (const norm of norms) delete (norm as { call?: unknown }).call;
  }
  norms.forEach((norm, i) => {
    writeStatistics(norm, collected[i]);
  });
}

function requireSamples(model: tf.LayersModel, inputs: tf.Tensor[], batchSize: number): void {
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new RangeError(`batchSize must be a positive integer, but is ${batchSize}.`);
  }
  if (inputs.length !== model.inputs.length) {
    throw new RangeError(
      `Expected samples for the model's ${model.inputs.length} inputs, but found ${inputs.length} tensors.`,
    );
  }
  const counts = inputs.map(({ shape }) => shape[0]);
  if (counts.some((count) => count !== counts[0])) {
    throw new RangeError(`Expected as many samples for each input, but found ${counts.join(', ')}.`);
  }
  if (counts[0] < 2) {
    throw new RangeError(`Expected at least 2 samples to collect statistics of, but found ${counts[0]}.`);
  }
}

/** Also those that lie in a wrapper, such as a TimeDistributed layer. */
function batchNorms(layers: tf.layers.Layer[]): tf.layers.Layer[] {
  const wrapped = layers.flatMap((layer) => (layer as { layer?: tf.layers.Layer }).layer ?? []);
  const inside = wrapped.length > 0 ? batchNorms(wrapped) : [];
  const own = layers.filter((layer) => layer.getClassName() === 'BatchNormalization');
  return [...new Set([...own, ...inside])];
}

/** Of each channel, in double precision. */
interface Collected {
  /** Of values that a channel had so far. */
  count: number;
  mean: Float64Array;
  /** Of the squares. */
  square: Float64Array;
}

/**
 * Lets a batch norm use and note the statistics of what comes in. TensorFlow.js 4.22 can do so neither without scale
 * or shift nor, on all engines, on another axis than the last, nor for volumes.
 */
function replaceCall(norm: tf.layers.Layer): Collected {
  const [{ shape }] = norm.weights;
  const size = shape[0] as number;
  const collected = { count: 0, mean: new Float64Array(size), square: new Float64Array(size) };
  const { axis, epsilon } = norm.getConfig() as { axis: number; epsilon: number };
  const read = (name: string) => norm.weights.find((weight) => weightNameOf(weight) === name)?.read();
  norm.call = (given: tf.Tensor | tf.Tensor[]) => {
    const [input] = [given].flat();
    const channels = axis < 0 ? axis + input.rank : axis;
    return tf.tidy(() => {
      const others = input.shape.map((_, i) => i).filter((i) => i !== channels);
      const { mean, variance } = tf.moments(input, others, true);
      note(collected, mean, variance, input.size / size);
      const [scale, shift] = ['gamma', 'beta'].map((name) => read(name)?.reshape(mean.shape));
      const normalised = input.sub(mean).div(variance.add(epsilon).sqrt());
      const scaled = scale ? normalised.mul(scale) : normalised;
      return shift ? scaled.add(shift) : scaled;
    });
  };
  return collected;
}

function note(collected: Collected, mean: tf.Tensor, variance: tf.Tensor, count: number): void {
  const [means, variances] = [mean.dataSync(), variance.dataSync()];
  const share = count / (collected.count + count);
  means.forEach((value, i) => {
    collected.mean[i] += (value - collected.mean[i]) * share;
    collected.square[i] += (variances[i] + value * value - collected.square[i]) * share;
  });
  collected.count += count;
}

function writeStatistics({ weights }: tf.layers.Layer, { count, mean, square }: Collected): void {
  if (count === 0) return;
  const values: Record<string, Float64Array> = {
    moving_mean: mean,
    moving_variance: square.map((value, i) => Math.max(0, value - mean[i] * mean[i])),
  };
  for (const weight of weights) {
    const found = values[weightNameOf(weight)];
    if (!found) continue;
    const tensor = tf.tensor1d(Float32Array.from(found));
    weight.write(tensor);
    tensor.dispose();
  }
}
