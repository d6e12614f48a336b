import { eightConvNet, ORIGINAL_WIDTHS, type tf } from '../src/index';
import { plainChain, residualChain } from '../test/nets/deepNets';
import { resnet50, vgg16bn } from './referenceNets';

export interface BenchNet {
  net: 'eight' | 'plain' | 'residual' | 'vgg16bn' | 'resnet50';
  /** Pixels of a side of the eight-conv net's input. */
  size: number;
  /** Of the widths of the eight-conv net: 1 is 100.66M parameters, and parameters grow with its square. */
  factor: number;
  /** Blocks of a chain, plain or residual. */
  blocks: number;
}

export function benchNet({ net, size, factor, blocks }: BenchNet): tf.LayersModel {
  if (net === 'plain') return plainChain(blocks);
  if (net === 'residual') return residualChain(blocks);
  if (net === 'vgg16bn') return vgg16bn();
  if (net === 'resnet50') return resnet50();
  return eightConvNet({ inputSize: size, widths: benchWidths(factor) });
}

/** Of the eight-conv net. */
export function benchWidths(factor: number): number[] {
  return ORIGINAL_WIDTHS.map((width) => Math.round(width * factor));
}
