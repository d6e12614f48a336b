import type { tf } from '../backend/tf';
import { countText } from '../plots/numberText';
import { countParameters, parametersOf } from './countParameters';
import { type LayerCall, layerCalls } from './layerCalls';
import { pytorchLine } from './pytorchLine';
import { textTable } from './textTable';

/**
 * A model in words. A plain chain of Conv2D and activation layers is printed in PyTorch's form, line for line
 * as PyTorch prints such a model, `inplace=True` of its ReLUs included. Anything that has no exact
 * counterpart there makes a plain table of all layers: class, output shape (`?` where it is not fixed) and
 * parameters.
 */
export function describe(model: tf.LayersModel): string {
  const calls = layerCalls(model);
  return pytorchForm(model, calls) ?? layerTable(model, calls);
}

function pytorchForm(model: tf.LayersModel, calls: LayerCall[]): string | undefined {
  // Calls that all have one input and lead to one output are a chain; a layer may stand in it only once.
  const chain =
    model.inputs.length === 1 &&
    model.outputs.length === 1 &&
    calls.length > 0 &&
    calls.every(({ name, layer, inputShapes }) => inputShapes.length === 1 && name === layer.name) &&
    new Set(calls.map(({ name }) => name)).size === calls.length;
  if (!chain) return undefined;
  const lines: string[] = [];
  for (const call of calls) {
    const line = pytorchLine(call);
    if (line === undefined) return undefined;
    lines.push(`  (${call.name}): ${line}`);
  }
  return `${model.name}(\n${lines.join('\n')}\n)`;
}

function layerTable(model: tf.LayersModel, calls: LayerCall[]): string {
  const firstCalls = calls.filter(({ name }, i) => calls.findIndex((call) => call.name === name) === i);
  const rows = firstCalls.map(({ name, layer, outputShape }) => [
    name,
    layer.getClassName(),
    outputShape
      .slice(1)
      .map((size) => size ?? '?')
      .join(' x '),
    countText(parametersOf(layer.weights)),
  ]);
  return [
    model.name,
    textTable([['layer', 'class', 'output', 'parameters'], ...rows], [3]),
    `Parameters: ${countText(countParameters(model))}`,
  ].join('\n');
}
