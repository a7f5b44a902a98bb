// The forms whose layout is ours, as a school meets them: continuing education, disabled learners, money. Each step that a form has,
// in both widths, with axe.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { findPeriod } from '../server/src/play/report.act.ts';
import { compileReport, startReport } from '../core/src/contract/reports.ts';
import { beginJourney, findBarriers, picture, type Journey, type Width } from './journey.ts';

const centre = '19000901';
const primary = '19164401';

let journey: Journey;
before(async () => {
  // "*" is the level of the forms that every school fills.
  journey = await beginJourney(
    [`${centre},Trung tâm GDTX Võ Nhai,13,19,Sở GDĐT Thái Nguyên,19,6,210,16`],
    ['02', '05', '*'],
  );
});
after(() => journey.close());

async function clear(page: Page, screen: string): Promise<void> {
  assert.deepEqual(await findBarriers(page), [], `${screen} is free of serious barriers`);
}

/** A form, whose it is, the steps as they are called there, and what its table holds. */
const forms = [
  {
    form: 'X05-GDTX-ĐN',
    school: centre,
    name: 'Thống kê giáo dục thường xuyên',
    steps: ['1-3 Lấy dữ liệu', '4 Phòng học', '5 Ngân sách', 'Kiểm tra', 'Gửi'],
    row: /Tổng số cơ sở giáo dục thường xuyên/,
  },
  {
    form: 'X06-KT-ĐN',
    school: primary,
    name: 'Thống kê giáo dục người khuyết tật',
    steps: ['Lấy dữ liệu', 'Kiểm tra', 'Gửi'],
    row: /Cơ sở có người khuyết tật học hòa nhập/,
  },
  {
    form: 'X07-NSNN-ĐN',
    school: primary,
    name: 'Thống kê chi ngân sách nhà nước cho giáo dục',
    steps: ['Lấy dữ liệu', 'Ngân sách', 'Kiểm tra', 'Gửi'],
    row: /Chi thường xuyên/,
  },
];
const places: Record<string, string> = { rooms: 'Phòng học', budget: 'Ngân sách' };

for (const { form, school, name, steps, row } of forms)
  test(`${form}: each step says what it is for, on a wide screen and on a phone`, async () => {
    const person = await journey.stage.enter(`truong.${school}`);
    const periodId = await findPeriod(await journey.stage.enter(`truong.${primary}`), 2024);
    const body = { periodId, formCode: form };
    const { id } = await person.call(startReport, { params: { unitId: person.unitId }, body });
    await person.call(compileReport, { params: { unitId: person.unitId, reportId: id } });
    for (const width of ['wide', 'phone'] as Width[]) {
      const page = await journey.signIn(`truong.${school}`, width);
      const address = `${page.url()}/reports/${id}`;
      for (const step of ['data', 'rooms', 'budget', 'check', 'send']) {
        const called = places[step];
        if (called && !steps.some((each) => each.endsWith(called))) continue;
        await page.goto(`${address}?step=${step}`);
        await page.getByText(`Biểu ${form}: ${name}`, { exact: false }).waitFor();
        const titles = await page
          .getByRole('navigation', { name: 'Các bước lập báo cáo' })
          .locator('.kv-step__title')
          .allInnerTexts();
        assert.deepEqual(
          titles.map((title) => title.replace(/\(.*\)/s, '').trim()),
          steps,
        );
        await page.locator('.kv-panel').first().waitFor();
        await page.waitForLoadState('networkidle');
        await clear(page, `${form}, ${step} (${width})`);
        await picture(page, `${form}-${step}`, width);
      }
      assert.equal(await page.getByText(/Đã nhập \d+\/\d+ dòng/).count(), 0, 'the lines of the level are all there');
      await page.goto(`${address}?step=check`);
      await page.getByRole('heading', { name: 'Kiểm tra' }).waitFor();
      const money = page.getByText(/Không còn lỗi.*Có thể gửi/);
      const people = page.getByText('Học sinh chưa có số định danh');
      // What is missing of pupils holds up no form of money.
      await (form === 'X07-NSNN-ĐN' ? money : people).first().waitFor();
      await page.goto(`${address}?step=form`);
      await page.getByRole('row', { name: row }).first().waitFor();
      await clear(page, `${form}, its table (${width})`);
      await picture(page, `${form}-form`, width);
      await page.context().close();
    }
  });
