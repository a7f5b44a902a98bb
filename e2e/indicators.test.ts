// An office imports the population, reads a rate with its numerator and denominator, and compares its units. In both widths, with axe.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { findPeriod, sendReport } from '../server/src/play/report.act.ts';
import { approveReport } from '../core/src/contract/reviews.ts';
import { beginJourney, findBarriers, picture, type Journey, type Width } from './journey.ts';

let journey: Journey;
before(async () => {
  journey = await beginJourney();
  for (const [code, office] of [
    ['19164401', '164'],
    ['19170401', '170'],
  ] as const) {
    const school = await journey.stage.enter(`truong.${code}`);
    const report = await sendReport(school, await findPeriod(school, 2024));
    const officer = await journey.stage.enter(`phong.${office}`);
    const params = { unitId: report.unitId, reportId: report.id };
    await officer.call(approveReport, { params, body: { submissionNo: 1 } });
  }
  // The year before, as its decisions would have left it: so that there is a line to draw.
  await journey.stage.owner.query(`
    with now as (select p.* from period p join period_form f on f.period_id = p.id where p.school_year = 2024 limit 1), past as (
      insert into period (id, owner_id, name, school_year, kind, as_of, opens_on, closes_on)
      select gen_random_uuid(), owner_id, 'Thống kê đầu năm học 2023-2024', 2023, kind, '2023-09-30', '2023-10-01', '2023-11-15' from now returning id
    ), form as (
      insert into period_form (period_id, owner_id, school_year, kind, form_code, form_version, level, cells)
      select past.id, f.owner_id, 2023, f.kind, f.form_code, f.form_version, f.level, f.cells
      from past, now, period_form f where f.period_id = now.id and f.level = '02' returning period_id, form_code
    )
    insert into aggregate_sum select a.unit_id, form.period_id, a.form_code, a.amounts, a.filled, a.parts, a.updated_at
    from form, now, aggregate_sum a where a.period_id = now.id and a.form_code = form.form_code`);
});
after(() => journey.close());

async function clear(page: Page, screen: string): Promise<void> {
  assert.deepEqual(await findBarriers(page), [], `${screen} is free of serious barriers`);
}

const heading = 'Mã đơn vị,Tên đơn vị,Tuổi,Tổng số,Trong đó nữ,Dân tộc thiểu số,Nữ dân tộc thiểu số';
const peopleOf = (lines: string[]) => ({
  name: 'dan-so.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from([heading, ...lines].join('\n')),
});
const ages = [6, 7, 8, 9, 10];

for (const width of ['wide', 'phone'] as Width[]) {
  test(`a rate is blank without people, and worked out with them (${width})`, async () => {
    const page = await journey.signIn('so.19', width);
    const home = page.url();
    await page.goto(`${home}/indicators`);
    await page.getByRole('heading', { level: 1, name: 'Chỉ tiêu thống kê' }).waitFor();
    await page.getByText('2 trên 5 trường đã duyệt', { exact: true }).waitFor();
    if (width === 'wide') await page.getByText('Chưa có dân số 6–10 tuổi năm 2024').first().waitFor();
    await clear(page, 'the list of indicators');
    await picture(page, 'indicators', width);
    for (const [level, group] of [
      ['05', 'Giáo viên'],
      ['*', 'Kinh phí'],
    ] as const) {
      await page.getByLabel('Cấp học').selectOption(level);
      await page.getByRole('heading', { level: 2, name: group }).waitFor();
      await clear(page, `the indicators of level ${level}`);
      await picture(page, `indicators-${level === '*' ? 'all' : level}`, width);
    }

    await page.goto(`${home}/population?year=2024`);
    await page.getByLabel('Nguồn số liệu').fill('Cục Thống kê tỉnh');
    await page.getByLabel('Số, ký hiệu văn bản').fill('12/BC-CTK');
    await page.locator('input[type="file"]').setInputFiles(peopleOf(['19,,6,100,120,,', '19999,,6,5,,,']));
    await page.getByText('Chưa nhận: 2 dòng cần sửa').waitFor();
    await page.getByText('Nữ (120) nhiều hơn tổng số (100).').waitFor();
    await clear(page, 'the faults of a file');
    await page.locator('input[type="file"]').setInputFiles(peopleOf(ages.map((age) => `19,,${age},400,190,60,28`)));
    await page.getByText('Đã nhận 5 dòng của 1 địa bàn.').waitFor();
    await page
      .getByRole('button', { name: /^Xem từng tuổi/ })
      .first()
      .click();
    await clear(page, 'the population');
    await picture(page, 'population', width);

    await page.goto(`${home}/indicators/th-ger`);
    await page.getByRole('heading', { level: 1, name: 'Tỷ lệ đi học chung cấp tiểu học' }).waitFor();
    await page
      .getByText(/ \/ 2\.000$/)
      .first()
      .waitFor();
    await page.getByText(/mới tính từ 2 trên 5 trường/).waitFor();
    await page.getByRole('heading', { name: 'So sánh các đơn vị' }).waitFor();
    await page.getByRole('cell', { name: /Phòng GDĐT Thành phố Thái Nguyên/ }).waitFor();
    await clear(page, 'an indicator');
    await picture(page, 'indicator', width);
    await page.goto(`${home}/indicators/th-pupils-per-class`);
    await page.locator('.kv-chart svg path').first().waitFor({ state: 'attached' });
    await clear(page, 'a series');
    await picture(page, 'indicator-series', width);
    await page.goto(`${home}/indicators/th-ger`);
    await page.getByRole('link', { name: /^Ô 37\.1/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Tổng hợp' }).waitFor();
    await page.context().close();
  });
}
