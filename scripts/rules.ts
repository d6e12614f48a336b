/**
 * npm run rules [-- --write]: what pruning does with every layer type and with the networks of the lessons, found by
 * letting it work on them. Prints the tables, or writes them into README.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { useBackend } from '../src/backend/useBackend';
import { README, withRules } from './rules/readme';
import { rulesText } from './rules/rulesText';

async function main(args: string[]): Promise<void> {
  const unknown = args.filter((arg) => arg !== '--write');
  if (unknown.length > 0) throw new Error(`Unknown: ${unknown.join(', ')}. Only --write is known.`);
  await useBackend('cpu'); // it has all the gradients that TensorFlow.js has
  const text = rulesText();
  if (args.includes('--write')) writeFileSync(README, withRules(readFileSync(README, 'utf8'), text));
  else console.log(text);
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
