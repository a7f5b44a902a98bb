import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepText, keptText, type TextStorage } from './kept-text.ts';

function deviceMemory(): TextStorage & { items: Map<string, string> } {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

test('a text is kept until it is sent or emptied', () => {
  const device = deviceMemory();
  keepText(device, 'a.answer', 'Đã rà lại');
  assert.equal(keptText(device, 'a.answer'), 'Đã rà lại');
  assert.equal(keptText(device, 'b.answer'), undefined);
  keepText(device, 'a.answer', '');
  assert.equal(device.items.size, 0);
});

test('a device that refuses to keep does not stop the typing', () => {
  const refuse = () => {
    throw new Error('quota');
  };
  const device = { getItem: refuse, setItem: refuse, removeItem: refuse };
  keepText(device, 'a', 'x');
  assert.equal(keptText(device, 'a'), undefined);
});
