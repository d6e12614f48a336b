import * as path from 'node:path';
import type { tf } from '../backend/tf';
import { type DigitsNetOptions, digitsNet } from './digitsNet';
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

/** The networks that read digits, by the name that `npm run train:digits` knows them by. */
export const TRAINED_NETS: Record<'chain' | 'vgg', TrainedNet> = {
  chain: { make: digitsNet, epochs: 18, folder: folderOf('chain') },
  vgg: {
    make: ({ seed }) => vggNet({ inputSize: 28, inChannels: 1, stages: VGG_STAGES, freshNorms: true, seed }),
    epochs: 12,
    folder: folderOf('vgg'),
  },
};
