// Deadlines by group of schools: the ministry adds one to its period, a Sở sets earlier ones for its schools, and a school is asked by
// the earliest. Each dialog in both widths, with axe.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { listReports } from '../core/src/contract/reports.ts';
import { approveReport } from '../core/src/contract/reviews.ts';
import { startClockAt } from '../server/src/platform/clock.ts';
import { findPeriod, sendReport } from '../server/src/play/report.act.ts';
import { beginJourney, findBarriers, type Journey, picture, type Width } from './journey.ts';

let journey: Journey;
before(async () => {
  journey = await beginJourney();
  startClockAt(new Date('2024-10-03T08:00:00+07:00'));
});
after(() => journey.close());

const widths: readonly Width[] = ['wide', 'phone'];

async function clear(page: Page, screen: string): Promise<void> {
  assert.deepEqual(await findBarriers(page), [], `${screen} is free of serious barriers`);
}

async function openDialog(username: string, width: Width, button: string): Promise<{ page: Page; dialog: Locator }> {
  const page = await journey.signIn(username, width);
  await page.goto(`${page.url()}/periods`);
  await page.getByRole('button', { name: button }).first().click();
  return { page, dialog: page.getByRole('dialog') };
}

for (const width of widths)
  test(`the ministry gives a group of schools a day of its own, and says when is reviewed (${width})`, async () => {
    const { page, dialog } = await openDialog('bo', width, 'Sửa hạn');
    if (width === 'wide') {
      await dialog.getByRole('button', { name: 'Thêm hạn riêng cho nhóm trường' }).click();
      await dialog.getByRole('button', { name: 'Lưu' }).click();
      await dialog.getByText('Chọn ít nhất một nhóm trường.').waitFor();
      await dialog.getByLabel('Hạn gửi của nhóm này').fill('12/10/2024');
      for (const group of ['THPT', 'Trung học', 'GDTX huyện']) await dialog.getByLabel(group, { exact: true }).check();
      await dialog.getByLabel('Duyệt từ ngày').fill('16/10/2024');
      await dialog.getByLabel('Duyệt xong đến hết ngày').fill('10/10/2024');
      await dialog.getByText('Các ngày phải theo thứ tự').waitFor();
      await dialog.getByLabel('Duyệt xong đến hết ngày').fill('20/10/2024');
      await dialog.getByLabel('Gửi lại đến hết ngày').fill('24/10/2024');
    }
    await clear(page, 'the dialog of a period');
    await picture(page, 'period-dialog', width);
    await dialog.getByLabel('Duyệt từ ngày').scrollIntoViewIfNeeded();
    await picture(page, 'period-dialog-end', width);
    await dialog.getByRole('button', { name: 'Lưu' }).click();
    await page.getByText('Hạn của trường THPT, Trung học, GDTX huyện').waitFor();
    await clear(page, 'the periods');
    await picture(page, 'periods', width);
    await page.context().close();
  });

for (const width of widths)
  test(`a Sở sets earlier days for its schools, none later than the ministry’s (${width})`, async () => {
    const { page, dialog } = await openDialog('so.qt.19', width, 'Đặt hạn của tỉnh');
    await dialog.getByLabel('Hạn của trường').fill('30/10/2024');
    await dialog.getByRole('button', { name: 'Lưu' }).click();
    await dialog.getByText(/^Hạn không được muộn hơn/).waitFor();
    await dialog.getByLabel('Hạn của trường').fill('10/10/2024');
    if (width === 'wide') {
      await dialog.getByRole('button', { name: 'Thêm hạn riêng cho nhóm trường' }).click();
      await dialog.getByLabel('Hạn gửi của nhóm này').fill('14/10/2024');
      await dialog.getByLabel('PTCS', { exact: true }).check();
    }
    await clear(page, 'the dialog of a province');
    await picture(page, 'local-deadlines', width);
    await dialog.getByRole('button', { name: 'Lưu' }).click();
    await page.getByText('Đã lưu hạn của tỉnh.').waitFor();
    await picture(page, 'periods-of-province', width);
    await page.context().close();
  });

test('each school is asked by the day of its group', async () => {
  for (const [code, day] of [
    ['19164401', '10/10/2024'],
    ['19170501', '14/10/2024'],
  ] as const) {
    const page = await journey.signIn(`truong.${code}`, 'phone');
    await page.getByText(`hạn ${day}`).first().waitFor();
    await page.context().close();
  }
});

for (const [width, code, district] of [
  ['wide', '19164401', '164'],
  ['phone', '19170401', '170'],
] as const)
  test(`what is opened again is due on the day of the period, which the school is told (${width})`, async () => {
    const clerk = await journey.stage.enter(`truong.${code}`);
    await sendReport(clerk, await findPeriod(clerk, 2024));
    const { reports } = await clerk.call(listReports, { params: { unitId: clerk.unitId }, query: {} });
    const { id, unitId, lastSubmissionNo } = reports.find((each) => each.state === 'submitted')!;
    const body = { submissionNo: lastSubmissionNo };
    const reviewer = await journey.stage.enter(`phong.${district}`);
    await reviewer.call(approveReport, { params: { unitId, reportId: id! }, body });
    const office = await journey.signIn(`phong.${district}`, width);
    await office.goto(`${office.url()}/reviews/${unitId}/${id}`);
    await office.getByRole('button', { name: 'Mở lại' }).click();
    const dialog = office.getByRole('dialog');
    assert.equal(await dialog.getByLabel(/^Đến hết ngày/).inputValue(), '24/10/2024');
    await dialog.getByLabel('Lý do').fill('Phát hiện thiếu một lớp ghép.');
    await clear(office, 'the dialog of reopening');
    await picture(office, 'reopen-dialog', width);
    await dialog.getByRole('button', { name: 'Mở lại' }).click();
    await office.getByText(/^Đã mở lại báo cáo/).waitFor();
    const school = await journey.signIn(`truong.${code}`, width);
    await school.getByText('hạn 24/10/2024').first().waitFor();
    for (const page of [office, school]) await page.context().close();
  });

test('what still waits after the days of review stands on the board of the Sở', async () => {
  const clerk = await journey.stage.enter('truong.19164402');
  await sendReport(clerk, await findPeriod(clerk, 2024));
  startClockAt(new Date('2024-10-22T08:00:00+07:00'));
  for (const width of widths) {
    const page = await journey.signIn('so.19', width);
    await page.goto(`${page.url()}/progress`);
    await page.getByText('Quá hạn duyệt').first().waitFor();
    await clear(page, 'the progress with overdue reviews');
    await page.getByText('Quá hạn duyệt').first().scrollIntoViewIfNeeded();
    await picture(page, 'review-overdue', width);
    await page.context().close();
  }
});
