import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const here = import.meta.dirname;
const source = join(here, '..');

interface Leaf {
  path: string;
  kind: string;
  arity: number;
}

function leavesOf(value: unknown, path: string): Leaf[] {
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, each]) => leavesOf(each, `${path}.${key}`));
  return [{ path, kind: typeof value, arity: typeof value === 'function' ? value.length : 0 }];
}

test('every word exists in Vietnamese and in English, made of the same parts', async () => {
  let counted = 0;
  for (const file of readdirSync(here).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && name !== 'words.ts',
  )) {
    for (const [name, words] of Object.entries(
      (await import(join(here, file))) as Record<string, { vi: unknown; en: unknown }>,
    )) {
      const vi = leavesOf(words.vi, name);
      assert.deepEqual(vi, leavesOf(words.en, name), `${file}: ${name}`);
      counted += vi.length;
    }
  }
  assert.ok(counted > 100, `only ${counted} words were looked at`);
});

/** Letters that Vietnamese has and English has not. */
const vietnamese = /[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]/i;

test('no Vietnamese words stand outside the text folder', () => {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (name) => /\.tsx?$/.test(name) && !name.endsWith('.test.ts') && !name.startsWith('text'),
  );
  assert.ok(files.length > 20);
  const found: string[] = [];
  for (const file of files) {
    for (const [index, line] of readFileSync(join(source, file), 'utf8').split('\n').entries()) {
      const code = line.replace(/^\s*(\/\/|\*|\/\*).*/, '').replaceAll('Khuê Văn', '');
      if (vietnamese.test(code)) found.push(`${file}:${index + 1}: ${line.trim()}`);
    }
  }
  assert.deepEqual(found, []);
});
