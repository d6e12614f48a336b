import * as path from 'node:path';
import type { tf } from '../backend/tf';
import { type DigitsNetOptions, digitsNet } from './digitsNet';
import { resNet } from './resNet';
import { vggNet } from './vggNet';

export interface TrainedNet {
  /** The network before it has learnt anything. */
  make: (options: Pick<DigitsNetOptions, 'seed'>) => tf.LayersModel;
  /** How many times it saw all digits of the train part. */
  epochs: number;
  /** Where `npm run train:digits` saves it. */
  folder: string;
}

const folderOf = (name: string) => path.join(__dirname, 'digits', name);

const VGG_STAGES = [16, 32].map((width) => [width, width]);
const RESNET_SIZE = { widths: [16, 32], blocks: 1 };
/** Pictures of digits, and batch norms that have collected nothing yet. */
const NEW = { inputSize: 28, inChannels: 1, freshNorms: true };

/** The networks that read digits, by the name that `npm run train:digits` knows them by. */
export const TRAINED_NETS: Record<'chain' | 'resnet' | 'vgg', TrainedNet> = {
  chain: { make: digitsNet, epochs: 18, folder: folderOf('chain') },
  resnet: {
    make: ({ seed }) => resNet({ ...NEW, ...RESNET_SIZE, seed }),
    epochs: 12,
    folder: folderOf('resnet'),
  },
  vgg: {
    make: ({ seed }) => vggNet({ ...NEW, stages: VGG_STAGES, seed }),
    epochs: 12,
    folder: folderOf('vgg'),
  },
};
