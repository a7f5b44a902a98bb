// An account says where reminders go: a wrong address, a right one, the letter, its link, and the panel that knows of it by itself. In both
// widths, with axe.
import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openMailServer, tokenIn, type MailServer } from '../server/src/testing/mail-server.ts';
import { beginJourney, findBarriers, picture, type Journey, type Width } from './journey.ts';

let journey: Journey;
let server: MailServer;
before(async () => {
  server = await openMailServer();
  journey = await beginJourney([], ['02'], { KHUEVAN_SMTP_URL: server.url });
});
after(async () => {
  await journey.close();
  await server.close();
});

async function clear(page: Page, screen: string): Promise<void> {
  assert.deepEqual(await findBarriers(page), [], `${screen} is free of serious barriers`);
}

async function letterTo(address: string): Promise<string> {
  for (let tries = 0; tries < 200; tries += 1) {
    const letter = server.letters.findLast(({ to }) => to.includes(address));
    if (letter) return tokenIn(letter);
    await setTimeout(100);
  }
  throw new Error(`no letter to ${address}`);
}

for (const { width, school } of [
  { width: 'wide' as Width, school: '19164401' },
  { width: 'phone' as Width, school: '19170401' },
])
  test(`an address is written, confirmed by its letter, and only then in use (${width})`, async () => {
    const address = `vanthu@${school}.example`;
    server.unknown.add(`sai@${school}.example`);
    const page = await journey.signIn(`truong.${school}`, width);
    await page.goto(`${new URL(page.url()).origin}/account`);
    const panel = page.getByRole('region', { name: 'Thư nhắc việc' });
    const field = panel.getByLabel('Địa chỉ thư điện tử');
    const save = panel.getByRole('button', { name: 'Lưu', exact: true });
    const show = async (name: string) => {
      await panel.scrollIntoViewIfNeeded();
      await clear(page, `${name} (${width})`);
      await picture(page, name, width);
    };
    await field.fill('vanthu@truong');
    await save.click();
    await panel.getByText('Ghi một địa chỉ', { exact: false }).waitFor();
    await show('mail-wrong');
    await field.fill(`sai@${school}.example`);
    await save.click();
    await panel.getByText('Thư xác nhận không gửi được', { exact: false }).waitFor();
    await show('mail-failed');
    await field.fill(` ${address} `);
    await save.dblclick();
    await panel.getByText('Đã gửi thư xác nhận lúc', { exact: false }).waitFor();
    await show('mail-sent');
    const first = await letterTo(address);
    assert.equal(server.letters.filter(({ to }) => to.includes(address)).length, 1, 'a double click sends one letter');

    const reader = await journey.visit('/confirm-mail', width);
    await reader.getByText('Liên kết chưa đủ', { exact: false }).waitFor();
    await clear(reader, `a link without its end (${width})`);
    await reader.goto(`${journey.stage.address}/confirm-mail#${first.slice(0, -4)}`);
    await reader.reload();
    await reader.getByRole('button', { name: 'Xác nhận địa chỉ' }).click();
    await reader.getByText('Liên kết không đúng', { exact: false }).waitFor();
    await clear(reader, `a link that does not hold (${width})`);
    await picture(reader, 'confirm-mail-wrong', width);
    await reader.goto(`${journey.stage.address}/confirm-mail#${first}`);
    await reader.reload();
    await reader.getByRole('button', { name: 'Xác nhận địa chỉ' }).dblclick();
    await reader.getByText(`Đã xác nhận ${address}`, { exact: false }).waitFor();
    await clear(reader, `a confirmed address (${width})`);
    await picture(reader, 'confirm-mail', width);
    await reader.context().close();

    await panel.getByText('Địa chỉ đã xác nhận.').waitFor();
    await show('mail-confirmed');
    await page.context().close();
  });
