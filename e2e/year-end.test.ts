// The end of a year: the ministry opens the period, a school is told whose results are missing, fetches, and sees a balance that
// holds. Once on an old laptop, once on phones; axe on every screen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { startClockAt } from '../server/src/platform/clock.ts';
import { beginJourney, findBarriers, picture, type Journey, type Width } from './journey.ts';

let journey: Journey;
before(async () => {
  journey = await beginJourney();
  startClockAt(new Date('2025-06-05T08:00:00+07:00'));
});
after(() => journey.close());

async function clear(page: Page, screen: string): Promise<void> {
  assert.deepEqual(await findBarriers(page), [], `${screen} is free of serious barriers`);
}

/** Results of all pupils who are there at the end, but one; as the school's own files would bring them. */
async function giveResults(schoolCode: string, withoutOne: boolean): Promise<void> {
  const client = await journey.stage.owner.connect();
  try {
    await client.query('begin');
    await client.query(`select set_config('app.audit_id', gen_random_uuid()::text, true)`);
    await client.query(
      `update enrolment e set education_result = '02', year_result = case grade when '05' then '04' else '01' end
       from unit u where u.id = e.school_id and u.code = $1 and e.entered_on <= '2025-05-31' and e.left_on is null
         and ($2 = false or e.id <> (select min(o.id::text)::uuid from enrolment o where o.school_id = e.school_id and o.left_on is null))`,
      [schoolCode, withoutOne],
    );
    await client.query('commit');
  } finally {
    client.release();
  }
}

for (const width of ['phone', 'wide'] as const)
  test(`the ministry opens the end-of-year period, which offers the forms of the end of the year (${width})`, async () => {
    const ministry = await journey.signIn('bo', width);
    await ministry.goto(`${ministry.url()}/periods`);
    await ministry.getByRole('button', { name: 'Mở kỳ báo cáo' }).click();
    const dialog = ministry.getByRole('dialog');
    await dialog.getByText('02-TH-ĐN').or(dialog.getByText('02.ĐN-TH')).first().waitFor();
    await dialog.getByLabel('Loại kỳ').selectOption('Cuối năm');
    await dialog.getByText('X02.CN-TH').waitFor();
    assert.equal(await dialog.getByText(/ĐN-/).count(), 0, 'no form of the start of the year');
    assert.equal(await dialog.getByLabel(/^Ngày chốt số liệu/).inputValue(), '31/05/2025');
    await clear(ministry, 'the dialog of the end of the year');
    await picture(ministry, 'year-end-period', width);
    await dialog.getByRole('button', { name: width === 'wide' ? 'Mở kỳ báo cáo' : 'Thôi' }).click();
    if (width === 'wide') {
      await ministry.getByText(/Đã mở kỳ “Báo cáo cuối năm học 2024-2025”/).waitFor();
      const counted = ministry.getByText('Biến động tính từ sau ngày').locator('xpath=..');
      await counted.getByText('30/09/2024').waitFor();
    }
    await ministry.context().close();
  });

for (const { width, code } of [
  { width: 'wide' as Width, code: '19164401' },
  { width: 'phone' as Width, code: '19170401' },
])
  test(`a school is told whose result is missing, and fetches a year that balances (${width})`, async () => {
    await giveResults(code, true);
    const clerk = await journey.signIn(`truong.${code}`, width);
    await clerk
      .getByRole('link', { name: /^Làm báo cáo/ })
      .last()
      .click();
    await clerk.getByRole('button', { name: /^Lập .* X02\.CN-TH$/ }).click();
    await clerk.getByRole('button', { name: 'Lấy dữ liệu' }).click();
    await clerk
      .getByText(/Chưa có kết quả cuối năm|Chọn kết quả cuối năm/)
      .first()
      .waitFor();
    await clear(clerk, 'what is missing');
    await picture(clerk, 'year-end-missing', width);
    await giveResults(code, false);
    await clerk.getByRole('button', { name: /^Lấy (lại )?dữ liệu/ }).click();
    await clerk.getByRole('link', { name: /^Tiếp tục/ }).waitFor();
    await clerk.getByRole('link', { name: 'Biểu số liệu' }).click();
    await clerk.getByRole('button', { name: /^III/ }).click();
    await clerk
      .getByRole('row', { name: /Học sinh cuối năm học/ })
      .first()
      .waitFor();
    await clear(clerk, 'the form of the end of the year');
    await picture(clerk, 'year-end-form', width);
    await clerk.getByRole('link', { name: /^Kiểm tra/ }).click();
    await clerk.getByRole('heading', { level: 2, name: 'Kiểm tra' }).waitFor();
    await clerk
      .getByText(/0 lỗi|Không có lỗi|lý do/i)
      .first()
      .waitFor();
    await clear(clerk, 'the checks of the end of the year');
    await picture(clerk, 'year-end-checks', width);
    await clerk.context().close();
  });
