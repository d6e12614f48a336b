import { tf } from '../../src/backend/tf';
import { RULES } from '../../src/pruning/rules';
import { layerTable } from './layerTable';
import { netTable } from './netTable';
import { untrainable } from './untrainable';

/** All that `npm run rules` says, as Markdown; the cpu engine must be chosen, on which most can be trained. */
export function rulesText(): string {
  const types = Object.keys(RULES).length;
  const cannot = Object.keys(untrainable()).map((name) => name.replace(/^\w+/, '`$&`'));
  return [
    fold(`What happens to channels in each of the ${types} layer types`, layerTable()),
    fold('What happens to the networks of the lessons', netTable()),
    `**TensorFlow.js ${tf.version['tfjs-layers']} cannot train these,** pruned or not (tried on the cpu engine): ${cannot.join('; ')}.`,
  ].join('\n\n');
}

function fold(summary: string, content: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${content}\n\n</details>`;
}
