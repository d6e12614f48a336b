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

/** How far the worst channel of the worst colour is moved. */
function worst(colours: number[][], back: number[][]): number {
  return colours.reduce((top, colour, i) => {
    return Math.max(top, ...colour.map((channel, k) => Math.abs(channel - back[i][k])));
  }, 0);
}

test('moves no colour visibly where it must do with 256, those of areas least', () => {
  const blends = Array.from({ length: 230 * 160 }, (_, i) => [i % 230, 20 + Math.floor(i / 230), 90]);
  const ramp = Array.from({ length: 256 }, (_, i) => [i, 200, 220]);
  const areas = Array.from({ length: 20 }, () => ramp).flat();
  const { back, isIndexed } = roundTrip([...areas, ...blends]);
  assert.ok(isIndexed);
  const offAreas = worst(areas, back);
  const offBlends = worst(blends, back.slice(areas.length));
  assert.ok(offAreas > 0 && offAreas <= 6, `an area is off by ${offAreas}`);
  assert.ok(offBlends > 0 && offBlends <= 18, `a blend is off by ${offBlends}`);
});

test('keeps all colours of a picture that has too many', () => {
  const noise = numbers(3 * 5000, 128);
  const colours = Array.from({ length: 5000 }, (_, i) =>
    [0, 1, 2].map((k) => Math.floor(noise[3 * i + k] + 128)),
  );
  assert.deepEqual(roundTrip(colours), { back: colours, isIndexed: false });
});
