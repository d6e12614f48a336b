import { mobileNetBlock } from '../../src/nets/mobileNetBlock';
import { resNet } from '../../src/nets/resNet';
import { vggNet } from '../../src/nets/vggNet';
import { yoloBlock } from '../../src/nets/yoloBlock';
import { conv, dense, type NetCase, norm, outputOf } from './netCase';

/** The networks of src/nets, small, with odd widths. */
export const LESSON_NETS: NetCase[] = [
  {
    name: 'VGG with batch norm',
    build: () => vggNet({ inputSize: 9, inChannels: 2, stages: [[5, 6], [7, 4]], classes: 3 }), // biome-ignore format: one line
    tied: [],
    whole: outputOf('classes'),
    all: [5, 6, 7, 4],
    half: [3, 3, 4, 2],
    parameters: ([a, b, c, d]) =>
      conv(3, 2, a) + conv(3, a, b) + conv(3, b, c) + conv(3, c, d) + norm(a + b + c + d) + dense(4 * d, 3),
  },
  {
    name: 'ResNet of basic blocks',
    build: () => resNet({ inputSize: 7, inChannels: 2, widths: [5, 6], blocks: 2, classes: 3 }),
    tied: [
      ['stem_conv', 'stage1_block1_conv2', 'stage1_block2_conv2'],
      ['stage2_block1_conv2', 'stage2_block1_skip_conv', 'stage2_block2_conv2'],
    ],
    whole: outputOf('classes'),
    all: [5, 6],
    half: [3, 3],
    parameters: ([a, b]) =>
      conv(3, 2, a) +
      4 * conv(3, a, a) +
      conv(3, a, b) +
      conv(1, a, b) +
      3 * conv(3, b, b) +
      5 * norm(a + b) +
      dense(b, 3),
  },
  {
    name: 'YOLO-style block',
    build: () => yoloBlock({ inputSize: 9, inChannels: 2, width: 10, bottlenecks: 2, outputs: 4 }),
    tied: [['left_conv', 'bottleneck1_conv2', 'bottleneck2_conv2']],
    whole: outputOf('detect'),
    all: [10, 5],
    half: [5, 3],
    parameters: ([w, h]) =>
      conv(3, 2, w) +
      2 * conv(1, w, h) +
      2 * (conv(1, h, h) + conv(3, h, h)) +
      conv(1, 2 * h, w) +
      conv(1, w, h) +
      conv(1, 4 * h, w) +
      norm(3 * w + 7 * h) +
      dense(w, 4),
  },
  {
    name: 'MobileNet v2',
    build: () =>
      mobileNetBlock({ inputSize: 9, inChannels: 2, widths: [5, 5, 6, 6], expansion: 3, classes: 3 }),
    tied: [
      ['stem_conv', 'block1_project_conv'],
      ['block2_project_conv', 'block3_project_conv'],
    ],
    whole: outputOf('classes'),
    all: [5, 15, 6, 18],
    half: [3, 8, 3, 9],
    parameters: ([a, e, b, f]) => {
      const block = (from: number, wide: number, to: number) =>
        conv(1, from, wide) + conv(3, 1, wide) + conv(1, wide, to) + norm(2 * wide + to);
      return conv(3, 2, a) + norm(a) + block(a, e, a) + block(a, e, b) + block(b, f, b) + dense(b, 3);
    },
  },
];
