import type { LayerCall } from './layerCalls';

type Config = Record<string, unknown>;

/** Activations that are the same function in both libraries, by TensorFlow.js name. hardSigmoid is not one. */
const ACTIVATIONS: Record<string, string> = {
  elu: 'ELU(alpha=1.0)',
  gelu: "GELU(approximate='none')",
  gelu_new: "GELU(approximate='tanh')",
  linear: 'Identity()',
  mish: 'Mish()',
  relu: 'ReLU(inplace=True)',
  relu6: 'ReLU6(inplace=True)',
  selu: 'SELU()',
  sigmoid: 'Sigmoid()',
  softplus: 'Softplus(beta=1.0, threshold=20.0)',
  softsign: 'Softsign()',
  swish: 'SiLU()',
  tanh: 'Tanh()',
};

/** Layer types that PyTorch has, too, by TensorFlow.js class name. */
const LAYERS: Record<string, (config: Config, call: LayerCall) => string | undefined> = {
  Conv2D: conv2d,
  Activation: ({ activation }) => ACTIVATIONS[activation as string],
  ELU: ({ alpha }) => `ELU(alpha=${pythonFloat(alpha as number)})`,
  LeakyReLU: ({ alpha }) => `LeakyReLU(negative_slope=${pythonFloat(alpha as number)})`,
  ReLU: ({ maxValue }) => {
    if (maxValue === undefined || maxValue === null) return ACTIVATIONS.relu;
    return maxValue === 6 ? ACTIVATIONS.relu6 : undefined;
  },
};

/** What PyTorch prints for this layer, e.g. 'Sigmoid()'; undefined where it has no layer that does the same. */
export function pytorchLine(call: LayerCall): string | undefined {
  return LAYERS[call.layer.getClassName()]?.(call.layer.getConfig() as Config, call);
}

function conv2d(config: Config, call: LayerCall): string | undefined {
  const [kernelSize, strides, dilation] = [config.kernelSize, config.strides, config.dilationRate].map(pair);
  const padding = paddingText(config, call.inputShapes[0], kernelSize, strides, dilation);
  if (padding === undefined || config.activation !== 'linear') return undefined;
  const [inChannels, outChannels] = (call.layer.weights[0].shape as number[]).slice(2);
  return [
    `Conv2d(${inChannels}, ${outChannels}`,
    `kernel_size=${tuple(kernelSize)}`,
    `stride=${tuple(strides)}`,
    ...(padding === '(0, 0)' ? [] : [`padding=${padding}`]),
    ...(dilation.every((step) => step === 1) ? [] : [`dilation=${tuple(dilation)}`]),
    ...(config.useBias ? [] : ['bias=False']),
  ]
    .join(', ')
    .concat(')');
}

/**
 * 'valid' is 0; 'same' is a pair of numbers where both sides get as much. Where the bottom and right get one
 * more, PyTorch's word for it is `padding=same`, which it has for stride 1 only. With a stride the amount
 * depends on the input's size, so the pair holds for the size that this model is built for.
 */
function paddingText(
  { padding, dataFormat }: Config,
  inputShape: (number | null)[],
  kernelSize: number[],
  strides: number[],
  dilation: number[],
): string | undefined {
  if (padding === 'valid') return '(0, 0)';
  const space = dataFormat === 'channelsFirst' ? inputShape.slice(2) : inputShape.slice(1, 3);
  const totals = kernelSize.map((size, i) => {
    const reach = dilation[i] * (size - 1) + 1;
    if (strides[i] === 1) return reach - 1;
    const length = space[i];
    if (length === null) return Number.NaN;
    return Math.max((Math.ceil(length / strides[i]) - 1) * strides[i] + reach - length, 0);
  });
  if (totals.every((total) => total % 2 === 0)) return tuple(totals.map((total) => total / 2));
  return strides.every((stride) => stride === 1) ? 'same' : undefined;
}

function pair(value: unknown): number[] {
  return Array.isArray(value) ? value : [value as number, value as number];
}

function tuple([first, second]: number[]): string {
  return `(${first}, ${second})`;
}

/** Python prints a whole float with a point. */
function pythonFloat(value: number): string {
  return Number.isInteger(value) ? `${value}.0` : String(value);
}
