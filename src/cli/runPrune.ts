import { readValues } from '../backend/readValues';
import type { tf } from '../backend/tf';
import { backendLine, useBackend } from '../backend/useBackend';
import { saveModel } from '../files/saveModel';
import { savePlan } from '../files/savePlan';
import { writeFile } from '../files/writeFile';
import { type EightConvNetOptions, eightConvNet } from '../nets/eightConvNet';
import { applyPlan } from '../pruning/applyPlan';
import { layerWeight } from '../pruning/layerWeight';
import { countParameters } from '../report/countParameters';
import { describe } from '../report/describe';
import type { Latency } from '../report/latency';
import { multiplyAdds } from '../report/multiplyAdds';
import { drawHistogram } from './drawHistogram';
import type { Drawing } from './drawing';
import { drawScatter } from './drawScatter';
import { outputFiles } from './outputFiles';
import type { Options } from './parseOptions';
import { planFor } from './planFor';
import type { Terminal } from './terminal';
import { timeInference } from './timeInference';

/** What `--json` prints about one model. */
export interface ModelReport {
  parameters: number;
  /** Of convolutions and dense layers, for one sample, without biases. */
  multiplyAdds: number;
  inference: Latency;
}

export interface RunReport {
  options: Options;
  backend: { name: string; reason: string };
  model: ModelReport;
  pruned?: ModelReport;
  /** Saved models (directories) and pictures. */
  files: string[];
}

/**
 * What the original's script does: make the network, time it, describe it, prune it, time and describe the
 * result, save and draw. Prints as it goes.
 *
 * @param makeNet makes the network; tests give a narrow one.
 */
export async function runPrune(
  options: Options,
  terminal: Terminal,
  makeNet: (netOptions: EightConvNetOptions) => tf.LayersModel = eightConvNet,
): Promise<RunReport> {
  const backend = await useBackend(options.backend);
  terminal.result(optionsLine(options));
  terminal.result(backendLine(backend));
  terminal.status('making the network ...');
  const model = makeNet({ inputSize: options.size, seed: options.seed });
  const plan = options.prune ? planFor(model, options, { pruneOutputs: !options.keepOutputs }) : undefined;
  const report: RunReport = {
    options,
    backend,
    model: await reportOriginal(model, terminal),
    files: [],
  };
  const paths = outputFiles(options);
  if (plan) {
    terminal.status('pruning ...');
    const pruned = applyPlan(model, plan);
    report.pruned = await reportPruned(pruned, terminal);
    if (paths.plan !== undefined) {
      savePlan(plan, paths.plan, { overwrite: options.force });
      written(paths.plan);
    }
    await save(pruned, paths.pruned);
    pruned.dispose();
  }
  await save(model, paths.original);
  await draw(model, options.layer, paths.histogram, (values, _, title) => drawHistogram(values, title));
  await draw(model, options.layer, paths.scatter, drawScatter);
  model.dispose();
  return report;

  async function save(net: tf.LayersModel, dir: string | undefined): Promise<void> {
    if (!dir) return;
    terminal.status(`saving ${dir} ...`);
    await saveModel(net, dir, { overwrite: options.force });
    written(dir);
  }

  async function draw(
    net: tf.LayersModel,
    layer: string,
    files: { png: string; html: string } | undefined,
    make: (values: ArrayLike<number>, shape: number[], title: string) => Promise<Drawing>,
  ): Promise<void> {
    if (!files) return;
    terminal.status(`drawing ${layer} ...`);
    const kernel = layerWeight(net, layer, 'kernel');
    const { png, html } = await make(readValues(kernel), kernel.shape, `${layer}.weight`);
    writeFile(files.png, png);
    writeFile(files.html, html);
    written(files.png);
    written(files.html);
  }

  function written(file: string): void {
    report.files.push(file);
    terminal.result(`written: ${file}`);
  }
}

/** Times and describes the original, in its script's words and order. */
async function reportOriginal(model: tf.LayersModel, terminal: Terminal): Promise<ModelReport> {
  const inference = await timeInference(model, 'the original model', terminal);
  const parameters = countParameters(model);
  terminal.result(`inference time: ${secondsText(inference)} second`);
  terminal.result(` model: ${describe(model)}`);
  terminal.result(`Number of parameter: ${millionText(parameters)}`);
  return { parameters, multiplyAdds: multiplyAdds(model).total, inference };
}

/** Describes and times the pruned net; there the time comes last. */
async function reportPruned(model: tf.LayersModel, terminal: Terminal): Promise<ModelReport> {
  const parameters = countParameters(model);
  terminal.result(` pruned model: ${describe(model)}`);
  terminal.result(`Number of pruned model parameter: ${millionText(parameters)}`);
  const inference = await timeInference(model, 'the pruned model', terminal);
  terminal.result(`pruned model inference time: ${secondsText(inference)} second`);
  return { parameters, multiplyAdds: multiplyAdds(model).total, inference };
}

function millionText(parameters: number): string {
  return `${(parameters / 1e6).toFixed(2)}M`;
}

/** 1.23, and 0.0012 rather than 0.00. */
function secondsText({ median }: Latency): string {
  const seconds = median / 1000;
  return seconds >= 0.1 ? seconds.toFixed(2) : String(Number(seconds.toPrecision(2)));
}

function optionsLine({
  prune: isPrune,
  percent,
  save,
  plt,
  plt_3d,
  layer,
  size,
  seed,
  out,
  keepOutputs,
}: Options): string {
  const flags = {
    prune: isPrune,
    percent,
    save,
    plt,
    plt_3d,
    layer_name: `${layer}.weight`,
    size,
    seed,
    out,
  };
  const pairs = Object.entries({ ...flags, keep_outputs: keepOutputs });
  return `Options(${pairs.map(([name, value]) => `${name}=${value}`).join(', ')})`;
}
