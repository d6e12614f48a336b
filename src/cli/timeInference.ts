import { tf } from '../backend/tf';
import { countParameters } from '../report/countParameters';
import { type Latency, latency } from '../report/latency';
import { multiplyAdds } from '../report/multiplyAdds';
import type { Terminal } from './terminal';

/** Below this a wait needs no announcement. */
const LONG_SECONDS = 3;

/**
 * Times a forward pass, warm: one pass before the clock counts, then as many as a few seconds allow. Where it
 * will take long, an estimate comes first.
 */
export async function timeInference(
  model: tf.LayersModel,
  what: string,
  terminal: Terminal,
): Promise<Latency> {
  terminal.status(`timing ${what} ...`);
  const { total } = multiplyAdds(model);
  const { pass, firstPass } = await estimate(total, countParameters(model));
  const repeats = pass < 0.5 ? 5 : pass < 2 ? 3 : 1;
  const seconds = firstPass + pass * repeats;
  if (seconds > LONG_SECONDS) {
    const giga = (total / 1e9).toFixed(1);
    terminal.note(
      `Timing ${what} will take about ${Math.ceil(seconds)} s here: ${repeats + 1} passes of ${giga}G multiply-adds. A smaller --size is faster.`,
    );
    terminal.status(`timing ${what} ...`);
  }
  return latency(model, { warmup: 1, repeats });
}

/**
 * Seconds of one pass and of the first one, in which an engine also rearranges the weights, from one small
 * convolution on this engine and machine.
 */
async function estimate(total: number, parameters: number): Promise<{ pass: number; firstPass: number }> {
  const [size, channels] = [8, 256];
  const x = tf.ones<tf.Rank.R4>([1, size, size, channels]);
  const kernels = [0, 1, 2, 3].map(() => tf.ones<tf.Rank.R4>([3, 3, channels, channels]));
  const seconds = async (kernel: tf.Tensor4D): Promise<number> => {
    const start = performance.now();
    const y = tf.conv2d(x, kernel, 1, 'same');
    await y.data();
    y.dispose();
    return (performance.now() - start) / 1000;
  };
  // The first kernel wakes the engine; the others show what a kernel's own first pass costs more than its next.
  // The least of three: the difference is multiplied, and one hiccup would become seconds.
  await seconds(kernels[0]);
  const firsts: number[] = [];
  const nexts: number[] = [];
  for (const kernel of kernels.slice(1)) {
    firsts.push(await seconds(kernel));
    nexts.push(await seconds(kernel));
  }
  const [first, next] = [Math.min(...firsts), Math.min(...nexts)];
  const weights = kernels[0].size;
  tf.dispose([x, ...kernels]);
  const pass = (total * next) / (weights * size * size);
  return { pass, firstPass: pass + (Math.max(0, first - next) * parameters) / weights };
}
