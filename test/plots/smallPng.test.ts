import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode } from 'fast-png';
import { smallPng } from '../../src/plots/smallPng';
import { numbers } from './allCharts';

/** A picture of one row of `count` colours, and the red, green and blue that the PNG gives back. */
function roundTrip(colours: number[][]) {
  const pixels = Uint8Array.from(colours.flatMap((colour) => [...colour, 255]));
  const { data, palette, channels } = decode(smallPng(pixels, colours.length, 1));
  const back = colours.map((_, i) =>
    palette ? palette[data[i]] : [...data.subarray(i * channels, i * channels + 3)],
  );
  return { back, isIndexed: palette !== undefined };
}

test('gives back every colour of a picture that has at most 256', () => {
  const colours = Array.from({ length: 1000 }, (_, i) => [i % 256, (i % 256) >> 1, 255 - (i % 256)]);
  assert.deepEqual(roundTrip(colours), { back: colours, isIndexed: true });
});

test('moves no colour visibly where it must do with 256', () => {
  // Blends of two colours and black: what text and lines on a heatmap are made of.
  const colours = Array.from({ length: 4000 }, (_, i) => [i % 250, 40 + (i % 16), 90]);
  const { back, isIndexed } = roundTrip(colours);
  assert.ok(isIndexed);
  const worst = Math.max(
    ...back.flatMap((colour, i) => colour.map((channel, k) => Math.abs(channel - colours[i][k]))),
  );
  assert.ok(worst > 0 && worst <= 10, `a channel is off by ${worst}`);
});

test('keeps all colours of a picture that has too many', () => {
  const noise = numbers(3 * 5000, 128);
  const colours = Array.from({ length: 5000 }, (_, i) =>
    [0, 1, 2].map((k) => Math.floor(noise[3 * i + k] + 128)),
  );
  assert.deepEqual(roundTrip(colours), { back: colours, isIndexed: false });
});
