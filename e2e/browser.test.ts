import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from './browser.ts';

const web = createRequire(new URL('../web/package.json', import.meta.url));
const font = dirname(web.resolve('@fontsource/be-vietnam-pro/package.json'));
const page = `<!doctype html><html lang="vi"><link rel="stylesheet" href="/400.css">
  <body style="font: 32px 'Be Vietnam Pro'"><p>Nguyễn Thị Hồng Ắt</p><button onclick="this.textContent='Đã gửi'">Gửi</button>`;

let browser: Browser;
let server: Server;
let address: string;

before(async () => {
  server = createServer(({ url = '/' }, response) => {
    response.setHeader(
      'content-type',
      url.endsWith('.css') ? 'text/css' : url === '/' ? 'text/html; charset=utf-8' : 'font/woff2',
    );
    response.end(url === '/' ? page : readFileSync(join(font, url)));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  browser = await openBrowser();
});
after(async () => {
  await browser.close();
  server.closeAllConnections();
  server.close();
});

test('a page is opened, clicked and photographed', async () => {
  const tab = await browser.newPage({ viewport: { width: 400, height: 300 } });
  await tab.goto(address);
  await tab.getByRole('button', { name: 'Gửi' }).click();
  await tab.getByRole('button', { name: 'Đã gửi' }).waitFor();
  const picture = await tab.screenshot();
  assert.equal(picture.subarray(1, 4).toString(), 'PNG');
  assert.deepEqual([picture.readUInt32BE(16), picture.readUInt32BE(20)], [400, 300]);
  await tab.close();
});

test('Vietnamese letters come from our font, each with its own marks', async () => {
  const tab = await browser.newPage();
  await tab.goto(address);
  await tab.evaluate(() => document.fonts.ready);
  const vietnamese = await tab.evaluate(() =>
    [...document.fonts].filter((face) => face.status === 'loaded' && face.unicodeRange.includes('U+1EA0-1EF9')),
  );
  assert.equal(vietnamese.length, 1, 'the Vietnamese part of the font is loaded');

  const draw = async (letter: string, family: string) => {
    await tab.evaluate(
      ([text, name]) => {
        const paragraph = document.querySelector('p') as HTMLElement;
        paragraph.textContent = text;
        paragraph.style.fontFamily = name;
      },
      [letter, family] as const,
    );
    return (await tab.locator('p').screenshot()).toString('base64');
  };
  for (const family of ['Be Vietnam Pro', 'sans-serif']) {
    const letters = ['\u{10FFFE}', 'ắ', 'ằ', 'ặ', 'ộ', 'ỗ', 'đ', 'd', 'ự', 'ừ'];
    const pictures = new Set<string>();
    for (const letter of letters) pictures.add(await draw(letter, family));
    assert.equal(pictures.size, letters.length, `no two letters look the same, nor like a missing one, in ${family}`);
  }
  await tab.close();
});

test('two tabs share nothing, as two people do', async () => {
  const [first, second] = [await browser.newContext(), await browser.newContext()];
  const [clerk, head] = [await first.newPage(), await second.newPage()];
  await Promise.all([clerk.goto(address), head.goto(address)]);
  await clerk.evaluate(() => (document.cookie = 'session=clerk'));
  assert.equal(await clerk.evaluate(() => document.cookie), 'session=clerk');
  assert.equal(await head.evaluate(() => document.cookie), '');
  await Promise.all([first.close(), second.close()]);
});
