import assert from 'node:assert/strict';
import { test } from 'node:test';
import { shiftDigits } from '../../src/train/shiftDigits';

/** One dot of ink for each picture, at a row and column. */
function dots(places: [number, number][]) {
  const pixels = new Float32Array(places.length * 784);
  places.forEach(([row, column], i) => {
    pixels[i * 784 + row * 28 + column] = 1;
  });
  return { pixels, labels: Int32Array.from(places, (_, i) => i % 10) };
}

function placesOf(pixels: Float32Array): string[] {
  return Array.from({ length: pixels.length / 784 }, (_, i) => {
    const at = pixels.subarray(i * 784, (i + 1) * 784).indexOf(1);
    return at === -1 ? 'gone' : `${Math.floor(at / 28)} ${at % 28}`;
  });
}

test('shiftDigits moves each picture by up to two pixels both ways, all 25 moves about equally often', () => {
  const { pixels, labels } = dots(Array.from({ length: 5000 }, () => [10, 20]));
  const shifted = shiftDigits({ pixels, labels }, 2, 3, 1);
  const counts = new Map<string, number>();
  for (const place of placesOf(shifted.pixels)) counts.set(place, (counts.get(place) ?? 0) + 1);
  const expected = [8, 9, 10, 11, 12].flatMap((row) =>
    [18, 19, 20, 21, 22].map((column) => `${row} ${column}`),
  );
  assert.deepEqual([...counts.keys()].sort(), expected.sort());
  for (const count of counts.values()) assert.ok(count > 140 && count < 260, `${count} of 5000`);
  assert.equal(shifted.labels, labels);
});

test('what leaves the picture is lost, and nothing comes in from the next row or picture', () => {
  const corners = Array.from({ length: 400 }, (_, i): [number, number] => [
    i % 2 ? 27 : 0,
    i % 4 < 2 ? 27 : 0,
  ]);
  const { pixels } = shiftDigits(dots(corners), 2, 1, 1);
  const places = placesOf(pixels);
  assert.ok(places.includes('gone'));
  corners.forEach(([row, column], i) => {
    if (places[i] === 'gone') return;
    const [newRow, newColumn] = places[i].split(' ').map(Number);
    assert.ok(Math.abs(newRow - row) <= 2 && Math.abs(newColumn - column) <= 2);
  });
  assert.equal(
    pixels.filter((value) => value === 1).length,
    places.filter((place) => place !== 'gone').length,
  );
});

test('shiftDigits by nothing is a copy; the same seed and stream move the same way', () => {
  const some = dots([
    [0, 0],
    [27, 27],
    [5, 6],
  ]);
  assert.deepEqual(shiftDigits(some, 0, 1, 1), some);
  assert.deepEqual(shiftDigits(some, 2, 1, 1), shiftDigits(some, 2, 1, 1));
});
