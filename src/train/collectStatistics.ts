import { tf } from '../backend/tf';
import { layerPaths } from '../pruning/layerPaths';

export interface CollectStatisticsOptions {
  /** Samples that go through the net together. Default 100. */
  batchSize?: number;
}

/** A batch norm, whose momentum is for subclasses only as far as its types know. */
type BatchNorm = tf.layers.Layer & { momentum: number };

/**
 * Collects the running statistics of all batch norms anew, from samples without labels: what is to be done before a
 * pruned net is judged, because the means and variances that it was trained with are those of a net with more
 * channels. Nothing is learnt, so every engine can do it. The model runs as in training: dropout and noise act.
 *
 * Each statistic becomes the mean over the batches, by their sizes, of the batch's mean or variance.
 *
 * @param model whose `moving_mean` and `moving_variance` change; every other weight stays.
 * @param samples [n, ...], as the model's only input takes them; some hundred are enough.
 * @throws RangeError where there are fewer than two samples, or for a batchSize that is no integer above 1; TypeError
 *   for a batch norm without scale or shift, which TensorFlow.js 4.22 cannot run as in training.
 */
export function collectStatistics(
  model: tf.LayersModel,
  samples: tf.Tensor,
  { batchSize = 100 }: CollectStatisticsOptions = {},
): void {
  if (!Number.isInteger(batchSize) || batchSize < 2) {
    throw new RangeError(`batchSize must be an integer of 2 or more, but is ${batchSize}.`);
  }
  const [count] = samples.shape;
  if (count < 2)
    throw new RangeError(`Expected at least 2 samples to collect statistics of, but found ${count}.`);
  const norms = [...layerPaths(model).keys()].filter(isBatchNorm);
  norms.forEach(requireScaleAndShift);
  const momenta = norms.map(({ momentum }) => momentum);
  try {
    for (let done = 0; done < count; ) {
      // one sample alone has no variance
      const size = count - done - batchSize < 2 ? count - done : batchSize;
      for (const norm of norms) norm.momentum = done / (done + size);
      tf.tidy(() => {
        model.apply(samples.slice(done, size), { training: true });
      });
      done += size;
    }
  } finally {
    norms.forEach((norm, i) => {
      norm.momentum = momenta[i];
    });
  }
}

function isBatchNorm(layer: tf.layers.Layer): layer is BatchNorm {
  return layer.getClassName() === 'BatchNormalization';
}

function requireScaleAndShift(norm: BatchNorm): void {
  const { scale, center } = norm.getConfig();
  if (scale && center) return;
  const missing = scale ? 'shift (center: false)' : 'scale (scale: false)';
  throw new TypeError(
    `TensorFlow.js cannot run '${norm.name}' as in training, because it has no ${missing}; its statistics cannot be collected.`,
  );
}
