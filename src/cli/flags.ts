import { BACKENDS } from '../backend/useBackend';

export interface Flag {
  name: string;
  /** What stands for the value in the help; a flag without one is a switch. */
  value?: string;
  help: string;
}

/** The original's flags first, under its names; then ours. */
export const FLAGS: readonly Flag[] = [
  { name: 'prune', help: 'prune the network; without it, only the original is made and measured' },
  {
    name: 'model',
    value: 'FILE',
    help: 'with --prune: prune this model.json (a saved layers model) instead',
  },
  {
    name: 'file-to-file',
    help: 'prune --model one weight at a time, without loading it (where it is large, always)',
  },
  { name: 'percent', value: 'P', help: 'share of the channels to cut, 0 <= P < 1 (default 0.5)' },
  {
    name: 'save',
    help: 'write DIR/original and DIR/pruned as TensorFlow.js layers models (of --model the pruned one)',
  },
  { name: 'plt', help: "draw a histogram of the unpruned layer's weights, as PNG and as HTML" },
  { name: 'plt_3d', help: "draw the unpruned layer's weights in 3D, as PNG and as HTML" },
  { name: 'layer_name', value: 'NAME', help: 'the layer to draw (default conv1.weight)' },
  { name: 'size', value: 'N', help: 'height and width of the input in pixels, up to 256 (default 32)' },
  { name: 'seed', value: 'N', help: 'seed of the random weights, an integer (default 0)' },
  {
    name: 'backend',
    value: 'NAME',
    help: `engine: ${BACKENDS.join(', ')} (default: the fastest that works)`,
  },
  { name: 'out', value: 'DIR', help: 'where files are written (default out)' },
  { name: 'keep-outputs', help: "do not cut the last layer's channels (44.04M instead of 25.16M)" },
  { name: 'prune-outputs', help: 'cut the channels of the outputs of --model, too' },
  { name: 'ignore', value: 'A,B', help: 'names of layers whose channels stay; a nested model for all in it' },
  { name: 'plan', value: 'FILE', help: 'write what is cut as JSON, to be edited by hand' },
  { name: 'apply', help: 'read --plan FILE and cut what it says' },
  { name: 'force', help: 'replace files that exist already' },
  { name: 'json', help: 'print one JSON object instead of text (npm run -s: no banner)' },
  { name: 'help', help: 'show this text' },
];

/** What `--help` prints. */
export function helpText(): string {
  const usage = FLAGS.map(({ name, value }) => `--${name}${value ? ` ${value}` : ''}`);
  const width = Math.max(...usage.map((text) => text.length));
  return [
    'Prunes the channels of the eight-convolution network (100.66M parameters), or of your own model, by their L1 norms.',
    '',
    'Usage: npm run prune -- [flags]       or: npx ts-node src/cli.ts [flags]',
    'Example: npm run prune -- --prune --percent 0.5 --save --plt --plt_3d --layer_name conv1.weight',
    '         npm run prune -- --prune --model path/to/model.json --percent 0.3 --save --out pruned',
    '',
    ...FLAGS.map(({ help }, i) => `  ${usage[i].padEnd(width)}  ${help}`),
    '',
    'Results go to stdout, everything else to stderr. Exit code 0: done, 1: it failed, 2: bad input.',
  ].join('\n');
}
