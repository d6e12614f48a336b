import { tf } from '../src/backend/tf';
import { seededLayers } from '../src/nets/seededLayers';

type Tensor = tf.SymbolicTensor;

/** The net of torch_pruning_reference.py with other weights: VGG-16 with batch norm for pictures of 32 x 32, as PyTorch users write it: convolutions with a bias. */
export function vgg16bn(): tf.LayersModel {
  const { convNorm, dense } = seededLayers({ seed: 0, freshNorms: false });
  const input = tf.input({ shape: [32, 32, 3], name: 'input' });
  let x = input;
  [
    [64, 64],
    [128, 128],
    [256, 256, 256],
    [512, 512, 512],
    [512, 512, 512],
  ].forEach((widths, stage) => {
    widths.forEach((filters, index) => {
      const name = `conv${stage + 1}_${index + 1}`;
      x = relu(convNorm(x, name, { filters, useBias: true }));
    });
    x = tf.layers.maxPooling2d({ poolSize: 2 }).apply(x) as Tensor;
  });
  return tf.model({ inputs: input, outputs: dense(pooled(x), 'classes', 10) });
}

/** The net of torch_pruning_reference.py with other weights: ResNet-50, that is bottleneck blocks, and a projection in the first one of each stage. */
export function resnet50(): tf.LayersModel {
  const { convNorm, dense } = seededLayers({ seed: 0, freshNorms: false });
  const input = tf.input({ shape: [64, 64, 3], name: 'input' });
  const stem = relu(convNorm(input, 'stem_conv', { filters: 64, kernelSize: 7, strides: 2 }));
  let x = tf.layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }).apply(stem) as Tensor;
  [3, 4, 6, 3].forEach((blocks, stage) => {
    const filters = 64 * 2 ** stage;
    for (let block = 0; block < blocks; block++) {
      const name = `stage${stage + 1}_block${block + 1}`;
      const strides = stage > 0 && block === 0 ? 2 : 1;
      const wide = { filters: 4 * filters, kernelSize: 1 };
      const first = relu(convNorm(x, `${name}_conv1`, { filters, kernelSize: 1 }));
      const second = relu(convNorm(first, `${name}_conv2`, { filters, strides }));
      const third = convNorm(second, `${name}_conv3`, wide);
      const skip = block === 0 ? convNorm(x, `${name}_skip_conv`, { ...wide, strides }) : x;
      x = relu(tf.layers.add().apply([third, skip]) as Tensor);
    }
  });
  return tf.model({ inputs: input, outputs: dense(pooled(x), 'classes', 1000) });
}

function relu(x: Tensor): Tensor {
  return tf.layers.reLU().apply(x) as Tensor;
}

function pooled(x: Tensor): Tensor {
  return tf.layers.globalAveragePooling2d({}).apply(x) as Tensor;
}
