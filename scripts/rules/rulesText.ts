import { RULES } from '../../src/pruning/rules';
import { layerTable } from './layerTable';
import { netTable } from './netTable';

/** All that `npm run rules` says, as Markdown. */
export function rulesText(): string {
  const types = Object.keys(RULES).length;
  return [
    fold(`What happens to channels in each of the ${types} layer types`, layerTable()),
    fold('What happens to the networks of the lessons', netTable()),
  ].join('\n\n');
}

function fold(summary: string, content: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${content}\n\n</details>`;
}
