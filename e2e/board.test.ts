// A province's board from red to green: the deadline has passed and nobody has sent; schools are reminded, say why, send, are
// approved; and the points of the year say what each of them lost. Every screen in both widths, with axe.
import assert from 'node:assert/strict';
import { setTimeout } from 'node:timers/promises';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { listReports } from '../core/src/contract/reports.ts';
import { approveReport } from '../core/src/contract/reviews.ts';
import { moveClock } from '../server/src/platform/clock.ts';
import { findPeriod, sendReport } from '../server/src/play/report.act.ts';
import { beginJourney, findBarriers, picture, type Journey, type Width } from './journey.ts';

let journey: Journey;
before(async () => {
  journey = await beginJourney();
  // The second day after the schools' deadline.
  moveClock(new Date('2024-10-17T09:00:00+07:00').getTime() - Date.now());
});
after(() => journey.close());

const widths: readonly Width[] = ['wide', 'phone'];
const schools = {
  '164': ['19164401', '19164402', '19164403'],
  '170': ['19170401', '19170501'],
};

async function clear(page: Page, screen: string): Promise<void> {
  assert.deepEqual(await findBarriers(page), [], `${screen} is free of serious barriers`);
}

/** Looks at a screen of a person in both widths. */
async function look(
  username: string,
  address: string,
  seen: (page: Page, width: Width) => Promise<void>,
): Promise<void> {
  for (const width of widths) {
    const page = await journey.signIn(username, width);
    await page.goto(`${page.url()}${address}`);
    await seen(page, width);
    await clear(page, `${address} of ${username} (${width})`);
    await page.context().close();
  }
}

const share = (page: Page, of: string) =>
  page.getByRole('heading', { name: of, exact: true }).locator('..').locator('strong');
/** Between a number and its sign stands a space that does not break. */
const said = async (page: Page, of: string) => (await share(page, of).innerText()).replaceAll(/\s/g, ' ');

test('nothing is sent and the deadline has passed: the board is red', async () => {
  await look('so.19', '/progress', async (page) => {
    await page.getByText('0/5 biểu của trường đã gửi').waitFor();
    assert.equal(await said(page, 'Đầy đủ'), '0,0 %');
    assert.equal(await said(page, 'Chậm hạn'), '5');
    await page.getByText('chậm nhất 2 ngày').waitFor();
    await page.getByText('Chưa đủ số liệu').first().waitFor();
  });
});

test('the officer reminds the late schools in their own words', async () => {
  const page = await journey.signIn('so.19', 'wide');
  await page.goto(`${page.url()}/progress`);
  await page.getByRole('button', { name: 'Chậm hạn', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Chọn các đơn vị đang hiện' }).check();
  await page.getByRole('button', { name: 'Nhắc 5 đơn vị' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Nội dung nhắc').fill('Đề nghị nhà trường gửi báo cáo trong hôm nay.');
  await clear(page, 'the reminder dialog');
  await dialog.getByRole('button', { name: 'Gửi lời nhắc' }).click();
  await page.getByText('Đã nhắc 5 đơn vị.').waitFor();
  await page
    .getByText(/^17\/10\/2024 /)
    .first()
    .waitFor();
  await page.context().close();
});

test('schools hear of it: from the officer, and from the work of the morning, once', async () => {
  const { owner } = journey.stage;
  const count = async () =>
    (await owner.query<{ n: number }>(`select count(*)::integer as n from notice where kind = 'deadline'`)).rows[0]!.n;
  for (let asked = 0; asked < 2; asked += 1) await owner.query(`select graphile_worker.add_job('reminders.draw')`);
  for (let tries = 0; tries < 100 && (await count()) < 10; tries += 1) await setTimeout(100);
  // Five a week before the deadline, when the story began; five now.
  assert.equal(await count(), 10);
  await look('truong.19170501', '/notices', async (page) => {
    await page.getByText('Đề nghị nhà trường gửi báo cáo trong hôm nay.').waitFor();
    await page.getByText('Đã quá hạn 2 ngày', { exact: false }).waitFor();
    await page.getByRole('link', { name: 'Thông báo: 3 chưa đọc' }).waitFor();
  });
  const clerk = await journey.signIn('truong.19170501', 'phone');
  const home = clerk.url();
  await clerk.getByRole('link', { name: 'Thông báo: 3 chưa đọc' }).click();
  await clerk.getByRole('button', { name: 'Đánh dấu tất cả' }).click();
  await clerk.getByRole('link', { name: 'Thông báo', exact: true }).waitFor();
  await clerk.goto(`${home}/reports`);
  await clerk.getByRole('button', { name: /^Nêu lý do chậm/ }).click();
  const dialog = clerk.getByRole('dialog');
  await dialog.getByLabel('Lý do').fill('Đường lên trường sạt lở, mất mạng ba ngày.');
  await dialog.getByLabel('Dự kiến gửi ngày').fill('18/10/2024');
  await clear(clerk, 'the dialog of the reason');
  await dialog.getByRole('button', { name: 'Lưu' }).click();
  await clerk.getByText('Lý do chậm: Đường lên trường sạt lở', { exact: false }).waitFor();
  await clear(clerk, 'the reports with a reason');
  await clerk.context().close();
});

test('the head sees what is late; the province sees why', async () => {
  await look('hieutruong.19164401', '', async (page) => {
    await page.getByRole('heading', { name: 'Tóm tắt cho thủ trưởng' }).waitFor();
    await page.getByText('1 biểu đã quá hạn chưa gửi').waitFor();
  });
  await look('so.19', '/progress?show=reasons', async (page) => {
    await page.getByText('Đường lên trường sạt lở, mất mạng ba ngày.').waitFor();
    await page.getByText('hẹn gửi 18/10/2024', { exact: false }).waitFor();
    // One school has said why; the others are not in this list.
    assert.equal(await page.locator('.kv-unit-table tbody tr').count(), 1);
  });
  const page = await journey.signIn('so.19', 'wide');
  await page.goto(`${page.url()}/progress?show=reasons`);
  await page.getByRole('button', { name: /^Chấp nhận lý do/ }).click();
  await page.getByText('Đã chấp nhận', { exact: true }).waitFor();
  await clear(page, 'a reason that was accepted');
  await page.context().close();
});

test('the schools send, their offices approve: the board is green', async () => {
  for (const [district, codes] of Object.entries(schools)) {
    for (const code of codes) {
      const person = await journey.stage.enter(`truong.${code}`);
      await sendReport(person, await findPeriod(person, 2024));
    }
    const officer = await journey.stage.enter(`phong.${district}`);
    for (const code of codes) {
      const clerk = await journey.stage.enter(`truong.${code}`);
      const { reports } = await clerk.call(listReports, { params: { unitId: clerk.unitId }, query: {} });
      const { id, unitId, lastSubmissionNo } = reports.find((each) => each.state === 'submitted')!;
      await officer.call(approveReport, {
        params: { unitId, reportId: id! },
        body: { submissionNo: lastSubmissionNo },
      });
    }
  }
  await look('so.19', '/progress', async (page) => {
    await page.getByText('5/5 biểu của trường đã gửi').waitFor();
    assert.equal(await said(page, 'Đầy đủ'), '100,0 %');
    assert.equal(await said(page, 'Dự kiến gửi xong'), 'Đã xong');
    assert.equal(await said(page, 'Dự kiến duyệt xong'), 'Đã xong');
    // Two days late they were all the same.
    assert.equal(await said(page, 'Đúng hạn'), '0,0 %');
  });
});

test('the points of the year say what each lost, and lead to where it happened', async () => {
  await look('so.19', '/commendations', async (page) => {
    await page.getByText('Hội đồng thi đua', { exact: false }).waitFor();
    await page.getByRole('link', { name: 'Trường Tiểu học La Hiên' }).waitFor();
  });
  await look('truong.19170501', '/commendations', async (page) => {
    await page.getByRole('heading', { level: 1, name: 'Điểm đề xuất thi đua: Trường TH&THCS Cúc Đường' }).waitFor();
    await page.getByText('chậm 2 ngày, lý do chậm được chấp nhận: trừ một nửa').waitFor();
    const link = page.getByRole('link', { name: /02/ }).first();
    assert.match((await link.getAttribute('href'))!, /\/reports\/[0-9a-f-]+\?step=history$/);
  });
  await look('so.19', '/board', async (page) => {
    await page.getByText('/ 5 trường').first().waitFor();
  });
});

for (const width of widths) {
  test(`the owner of the period says on which days it reminds (${width})`, async () => {
    const page = await journey.signIn('bo', width);
    await page.goto(`${page.url()}/progress`);
    await page.getByRole('button', { name: 'Đổi lịch nhắc' }).click();
    const dialog = page.getByRole('dialog');
    const field = dialog.getByLabel('Số ngày so với hạn');
    const save = dialog.getByRole('button', { name: 'Lưu' });
    await clear(page, `the days of reminders (${width})`);
    await picture(page, 'reminder-days', width);
    await field.fill('ba ngày');
    await dialog.getByText('Ghi các số nguyên từ -60 đến 60').waitFor();
    assert.equal(await save.isDisabled(), true);
    await clear(page, `days that cannot be read (${width})`);
    await picture(page, 'reminder-days-wrong', width);
    await field.fill('1; -7,-3');
    await save.dblclick();
    await page.getByText('Đã đổi lịch nhắc.').first().waitFor();
    await page.locator('#main').getByText('trước hạn 7 ngày, trước hạn 3 ngày, sau hạn 1 ngày').waitFor();
    await page.context().close();
  });

  test(`the province says by which weights it proposes (${width})`, async () => {
    const page = await journey.signIn('so.qt.19', width);
    await page.goto(`${page.url()}/commendations`);
    await page.getByRole('button', { name: 'Đổi trọng số' }).click();
    const dialog = page.getByRole('dialog');
    await clear(page, `the weights (${width})`);
    await picture(page, 'weights', width);
    for (const field of await dialog.getByRole('spinbutton').all()) await field.fill('0');
    await dialog.getByText('Ít nhất một trọng số phải lớn hơn 0', { exact: false }).waitFor();
    assert.equal(await dialog.getByRole('button', { name: 'Lưu' }).isDisabled(), true);
    await clear(page, `weights that are all 0 (${width})`);
    await picture(page, 'weights-wrong', width);
    await dialog.getByLabel('Đầy đủ').fill('60');
    await dialog.getByLabel('Đúng hạn').fill('20');
    await dialog.getByLabel('mỗi ngày chậm', { exact: false }).fill('5');
    await dialog.getByRole('button', { name: 'Lưu' }).dblclick();
    await page.getByText('Đã đổi trọng số.').first().waitFor();
    await page.getByText('Trọng số do Sở', { exact: false }).waitFor();
    await picture(page, 'weights-set', width);
    await page.context().close();
  });
}
