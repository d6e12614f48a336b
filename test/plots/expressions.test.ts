import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutExpression, textLiteral } from '../../src/plots/expressions';
import { cutCount } from '../../src/pruning/rank';

/** What Vega makes of an expression. */
function evaluate(expression: string, percent = 0): unknown {
  const vega = require('vega');
  const signals = [
    { name: 'percent', value: percent },
    { name: 'result', update: expression },
  ];
  const view = new vega.View(vega.parse({ signals }), { renderer: 'none' }).run();
  const result = view.signal('result');
  view.finalize();
  return result;
}

for (const name of ["it's", '\\', "\\'", '"', '</script>', '`', "' + percent + '", 'зображення', '']) {
  test(`the text ${JSON.stringify(name)} stays itself inside an expression`, () => {
    assert.equal(evaluate(textLiteral(name)), name);
  });
}

test('line ends and control characters become blanks', () => {
  assert.equal(evaluate(textLiteral('a\nb\r\u2028c\u2029d\u0000e\tf')), 'a b  c d e f');
});

test('the cut is rounded as prune rounds it, for every percent and up to 300 channels', () => {
  for (let n = 1; n <= 300; n++) {
    const percents = Array.from({ length: 100 }, (_, i) => i / 100);
    const list = percents.map((percent) => cutExpression(n).replaceAll('percent', String(percent)));
    assert.deepEqual(
      evaluate(`[${list.join(', ')}]`),
      percents.map((percent) => cutCount(n, percent)),
      `${n} channels`,
    );
  }
});

test('one channel always stays, however near percent is to 1', () => {
  assert.equal(evaluate(cutExpression(10), 1 - 1e-12), 9);
  assert.equal(evaluate(cutExpression(10), 1 - 1e-12), cutCount(10, 1 - 1e-12));
});
