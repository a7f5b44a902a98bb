// A clerk, from sign-in to "Đã gửi", on an old laptop and on a phone; keyboard and clicks counted; axe on every screen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { beginJourney, findBarriers, picture, type Journey, type Width } from './journey.ts';

let journey: Journey;
before(async () => {
  journey = await beginJourney();
});
after(() => journey.close());

const clicksAllowed = 15;

async function countClicks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(
    `window.clicks = 0; addEventListener('click', (event) => { if (event.isTrusted) window.clicks += 1; }, true)`,
  );
  return async () => await page.evaluate<number>('window.clicks');
}

for (const [username, width] of [
  ['truong.19164401', 'wide'],
  ['truong.19164402', 'phone'],
] as Array<[string, Width]>) {
  test(`a clerk sends the report from home (${width})`, async () => {
    const page = await journey.signIn(username, width);
    const clicks = await countClicks(page);
    const clear = async (screen: string) =>
      assert.deepEqual(await findBarriers(page), [], `${screen} (${width}) is free of serious barriers`);
    await clear('home');
    await picture(page, 'home', width);

    await page.getByRole('link', { name: /^Làm báo cáo/ }).click();
    await page.getByRole('button', { name: /^Lập / }).click();
    await page.getByRole('button', { name: 'Lấy dữ liệu' }).click();
    await page.getByRole('link', { name: /^Tiếp tục: 4 Phòng học/ }).waitFor();
    await clear('data step');
    await page.getByRole('link', { name: /^Tiếp tục: 4 Phòng học/ }).click();
    await page.getByRole('heading', { level: 2, name: 'Phòng học' }).waitFor();
    await clear('rooms');
    await page.getByRole('button', { name: /^Tiếp tục: 5 Ngân sách/ }).click();
    await page.getByRole('heading', { level: 2, name: 'Chi ngân sách nhà nước' }).waitFor();
    await clear('budget');
    await page.getByRole('button', { name: /^Tiếp tục: Kiểm tra/ }).click();
    await page.getByRole('heading', { level: 2, name: 'Kiểm tra' }).waitFor();
    await page.getByRole('link', { name: /^Tiếp tục: Gửi/ }).waitFor();
    for (const reason of await page.getByLabel('Lý do').all())
      await reason.fill('Đã rà soát với hồ sơ giấy, số liệu đúng thực tế.');
    await clear('checks');
    await picture(page, 'checks', width);
    await page.getByRole('link', { name: /^Tiếp tục: Gửi/ }).click();
    await page.getByRole('button', { name: 'Gửi báo cáo' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Đồng ý gửi' }).click();
    await page.getByText('Đã gửi').first().waitFor();
    await clear('sent');
    await picture(page, 'sent', width);
    assert.ok((await clicks()) <= clicksAllowed, `${await clicks()} clicks from home to "Đã gửi"`);

    await page.getByRole('link', { name: 'Biểu số liệu' }).click();
    await page.getByRole('table').first().waitFor();
    await clear('form');
    await picture(page, 'report', width);
    await page.context().close();
  });
}

test('the record sheets are free of barriers in both widths', async () => {
  for (const width of ['wide', 'phone'] as const) {
    const page = await journey.signIn('truong.19164403', width);
    const home = page.url();
    for (const [collection, name] of [
      ['students', 'students'],
      ['staff', 'staff'],
      ['classes', 'classes'],
    ] as const) {
      await page.goto(`${home}/records/${collection}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForTimeout(800);
      assert.deepEqual(await findBarriers(page), [], `${collection} (${width})`);
      await picture(page, name, width);
    }
    await page.context().close();
  }
});

test('a stranger sees nothing: another school by its address is "not there"', async () => {
  const page = await journey.signIn('truong.19164403', 'wide');
  const other = (await journey.stage.owner.query<{ id: string }>(`select id from unit where code = '19164401'`))
    .rows[0]!.id;
  await page.goto(`${journey.stage.address}/units/${other}/records/students`);
  await page
    .getByText(/Không tìm thấy/)
    .first()
    .waitFor();
  assert.equal(await page.getByRole('grid').count(), 0);
  await page.context().close();
});

test('after the period has closed an office opens it for one school, which then begins', async () => {
  await journey.stage.owner.query(`update period set closes_on = '2024-10-05'`);
  const name = 'Trường Tiểu học Túc Duyên';
  for (const [width, until] of [
    ['wide', '20/10/2024'],
    ['phone', '25/10/2024'],
  ] as const) {
    const officer = await journey.signIn('phong.164', width);
    await officer.goto(`${officer.url()}/board`);
    await officer.getByRole('button', { name: `Mở thêm thời gian ${name}` }).click();
    const dialog = officer.getByRole('dialog');
    await dialog.getByLabel('Đến hết ngày').fill(until);
    await dialog.getByLabel('Lý do').fill('Trường bị lũ, mất mạng hai tuần.');
    assert.deepEqual(await findBarriers(officer), [], `late opening (${width})`);
    await dialog.getByRole('button', { name: 'Mở thêm thời gian' }).click();
    await officer.getByText(`Đã mở cho ${name} đến hết ngày ${until}.`).waitFor();
    await officer.getByRole('row', { name }).getByText(until).waitFor();
    await officer.context().close();
  }
  const clerk = await journey.signIn('truong.19164403', 'wide');
  await clerk
    .getByRole('link', { name: /^(Làm báo cáo|Tiếp tục)/ })
    .first()
    .click();
  await clerk.getByRole('button', { name: 'Lấy dữ liệu' }).click();
  await clerk.getByRole('link', { name: /^Tiếp tục: 4 Phòng học/ }).waitFor();
  await clerk.context().close();
});
