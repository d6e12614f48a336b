/**
 * npm run train:digits [-- chain resnet vgg]: trains the networks that read digits, all or those that are named, on
 * the native engine and saves their weights, a few minutes each. Two runs on one machine gave the same weights bit
 * for bit; another processor or engine may add in another order.
 */
import * as lib from '../src/index';
import { TRAINED_NETS, type TrainedNet } from '../src/nets/trainedNets';

const SEED = 0;
const FIRST_RATE = 0.003;
/** Large enough that filters that do little become small: what an L1 norm can see. */
const WEIGHT_DECAY = 0.001;

/** Pixels by which a digit is moved at most; other moves in each epoch. */
const SHIFT = 2;

const percentText = (share: number) => `${(100 * share).toFixed(1)} %`;

async function main(): Promise<void> {
  const names = process.argv.slice(2);
  const unknown = names.find((name) => !Object.hasOwn(TRAINED_NETS, name));
  if (unknown !== undefined) {
    throw new RangeError(
      `There is no network '${unknown}'; there are ${Object.keys(TRAINED_NETS).join(', ')}.`,
    );
  }
  await startEngine();
  const parts = lib.digits();
  for (const [name, net] of Object.entries(TRAINED_NETS)) {
    if (names.length === 0 || names.includes(name)) await train(name, net, parts);
  }
}

async function train(
  name: string,
  { make, epochs, folder }: TrainedNet,
  parts: lib.DigitsSplit,
): Promise<void> {
  const model = make({ seed: SEED });
  console.log(`${name}: ${lib.countParameters(model)} parameters`);
  const optimizer = lib.tf.train.adam(FIRST_RATE);
  let best = { epoch: 0, accuracy: 0, weights: [] as lib.tf.Tensor[] };
  for (let epoch = 1; epoch <= epochs; epoch++) {
    setRate(optimizer, (FIRST_RATE / 2) * (1 + Math.cos((Math.PI * (epoch - 1)) / epochs)));
    const moved = lib.shiftDigits(parts.train, SHIFT, SEED, epoch);
    const loss = lib.trainEpoch(model, optimizer, moved, { seed: SEED, epoch, weightDecay: WEIGHT_DECAY });
    const accuracy = lib.accuracy(model, parts.validation);
    console.log(`epoch ${epoch} of ${epochs}: loss ${loss.toFixed(4)}, validation ${percentText(accuracy)}`);
    // Of equally good epochs the last, whose small filters have become smallest.
    if (accuracy >= best.accuracy) {
      lib.tf.dispose(best.weights);
      best = { epoch, accuracy, weights: model.getWeights().map((weight) => weight.clone()) };
    }
  }
  model.setWeights(best.weights);
  lib.tf.dispose(best.weights);
  await lib.saveModel(model, folder, { overwrite: true });
  console.log(`saved: epoch ${best.epoch}, validation ${percentText(best.accuracy)}`);
  console.log(`test, evaluated once: ${percentText(lib.accuracy(model, parts.test))}`);
  model.dispose();
}

/** Training needs the gradient of a convolution, which wasm does not have. */
async function startEngine(): Promise<void> {
  let choice = await lib.useBackend();
  if (choice.name === 'wasm') choice = await lib.useBackend('cpu');
  console.log(lib.backendLine(choice));
  if (choice.name === 'cpu') {
    console.log(
      'The cpu engine takes more than a day for this; npm run doctor says why native does not work here.',
    );
  }
}

/** Adam has a rate for all its life, as far as its types know. */
function setRate(optimizer: lib.tf.Optimizer, rate: number): void {
  (optimizer as unknown as { learningRate: number }).learningRate = rate;
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
