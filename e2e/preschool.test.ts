// An independent group of children fills the preschool form and the form of every level; the Sở sees both on its boards. Once on an
// old laptop, once on phones; axe on every screen. Figures are held against plain SQL over the group's records.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { findPeriod } from '../server/src/play/report.act.ts';
import { readReport, listReports } from '../core/src/contract/reports.ts';
import { beginJourney, findBarriers, picture, type Journey, type Width } from './journey.ts';

const groups = [
  {
    code: '19000801',
    name: 'Nhóm trẻ, lớp mẫu giáo độc lập Hoa Mai',
    levelGroup: '19',
    row: '53',
    width: 'wide' as Width,
  },
  { code: '19000802', name: 'Nhóm trẻ độc lập Bé Ngoan', levelGroup: '04', row: '51', width: 'phone' as Width },
];
const preschool = '01-MN-ĐN';
const budget = 'X07-NSNN-ĐN';
/** With the five primary schools of the small province, which owe the forms of every level too. */
const schools = 5 + groups.length;

let journey: Journey;
before(async () => {
  journey = await beginJourney(
    groups.map(
      ({ code, name, levelGroup }) => `${code},"${name}",${levelGroup},164,Phòng GDĐT Thành phố Thái Nguyên,19,2,25,3`,
    ),
    ['01', '*'],
  );
});
after(() => journey.close());

async function clear(page: Page, screen: string): Promise<void> {
  assert.deepEqual(await findBarriers(page), [], `${screen} is free of serious barriers`);
}

/** From the list of reports through every step to "Đã gửi". */
async function fillAndSend(page: Page, home: string, form: string, width: Width): Promise<void> {
  await page.goto(`${home}/reports`);
  await page.getByRole('button', { name: new RegExp(`^Lập .*${form}`) }).click();
  await page.getByRole('button', { name: 'Lấy dữ liệu' }).click();
  const next = page.getByRole('link', { name: /^Tiếp tục/ }).or(page.getByRole('button', { name: /^Tiếp tục/ }));
  await next.waitFor();
  await clear(page, `${form}, data`);
  const check = page.getByRole('heading', { level: 2, name: 'Kiểm tra' });
  while (!(await check.isVisible())) {
    const step = await next.innerText();
    await next.click();
    await page.waitForFunction((was) => !document.body.innerText.includes(was), step);
    await next.waitFor();
    await clear(page, `${form}, after ${step}`);
  }
  for (const reason of await page.getByLabel('Lý do').all())
    await reason.fill('Đã rà soát với hồ sơ giấy, số liệu đúng thực tế.');
  await picture(page, `preschool-checks-${form}`, width);
  await page.getByRole('link', { name: /^Tiếp tục: Gửi/ }).click();
  await page.getByRole('button', { name: 'Gửi báo cáo' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Đồng ý gửi' }).click();
  await page.getByText('Đã gửi').first().waitFor();
  await page.getByRole('link', { name: 'Biểu số liệu' }).click();
  await page.getByRole('table').first().waitFor();
  await clear(page, `${form}, the form`);
  await picture(page, `preschool-form-${form}`, width);
}

/** The children of the group on the day, and its planned money: straight from its records. */
async function countByHand(code: string): Promise<{ children: number; planned: number }> {
  const { rows } = await journey.stage.owner.query<{ children: number; planned: number }>(
    `select (select count(*) from enrolment e where e.school_id = u.id and e.school_year = 2024 and e.entered_on <= '2024-09-30'
         and (e.left_on is null or e.left_on > '2024-09-30'))::integer as children,
       (select sum(planned) from budget_line b where b.school_id = u.id and b.school_year = 2024
         and b.line in ('total', 'training_total', 'retraining_total'))::float as planned
     from unit u where u.code = $1`,
    [code],
  );
  return rows[0]!;
}

async function sentCells(code: string, form: string): Promise<Record<string, number>> {
  const clerk = await journey.stage.enter(`truong.${code}`);
  const params = { unitId: clerk.unitId };
  const { reports } = await clerk.call(listReports, { params, query: {} });
  const { id, state } = reports.find(({ formCode }) => formCode === form)!;
  assert.equal(state, 'submitted');
  return (await clerk.call(readReport, { params: { ...params, reportId: id! } })).cells;
}

for (const { code, name, row, width } of groups)
  test(`${name} fills the preschool form and the form of every level (${width})`, async () => {
    const page = await journey.signIn(`truong.${code}`, width);
    const home = page.url();
    await page
      .getByRole('link', { name: /^Làm báo cáo/ })
      .nth(1)
      .waitFor();
    await clear(page, 'the home of an independent group');
    for (const form of [preschool, budget]) await fillAndSend(page, home, form, width);
    await page.context().close();

    const { children, planned } = await countByHand(code);
    const filled = await sentCells(code, preschool);
    assert.ok(children > 0 && planned > 0);
    assert.equal(filled['83.1'], children, 'all its children');
    const asInstitution = Object.entries(filled).filter(
      ([cell, value]) => /^(5[0-4]|[1-4]?\d)\.1$/.test(cell) && value > 0,
    );
    assert.deepEqual(asInstitution, [[`${row}.1`, 1]], 'an institution of its own, and no school');
    const money = await sentCells(code, budget);
    assert.equal(money['15.2'], planned, 'all its money');
    assert.ok(money['16.2']! > 0 && money['NS24.2'] === 0, 'at preschool, and at no other level');
  });

for (const width of ['wide', 'phone'] as const)
  test(`the Sở sees both forms on its boards (${width})`, async () => {
    const page = await journey.signIn('so.19', width);
    const home = page.url();
    const province = await journey.stage.enter('so.19');
    const period = await findPeriod(province, 2024, preschool);
    for (const [form, asked] of [
      [preschool, groups.length],
      [budget, schools],
    ] as const) {
      await page.goto(`${home}/progress?period=${period}&form=${form}`);
      await page.getByText(`${groups.length}/${asked} biểu của trường đã gửi`).waitFor();
      await clear(page, `progress of ${form}`);
      await picture(page, `preschool-progress-${form}`, width);
      await page.goto(`${home}/board?period=${period}&form=${form}`);
      for (const { name } of groups) await page.getByRole('link', { name }).first().waitFor();
      // Money has no pupils to tell of.
      await page
        .getByRole('heading', { name: 'Học sinh đã duyệt' })
        .waitFor({ state: form === budget ? 'detached' : 'visible' });
      await clear(page, `board of ${form}`);
      await picture(page, `preschool-board-${form}`, width);
    }
    await page.goto(`${home}/progress?period=${period}`);
    // The form of preschool, and two forms of every level.
    await page.getByText(`${2 * groups.length}/${groups.length + 2 * schools} biểu của trường đã gửi`).waitFor();
    await picture(page, 'preschool-progress', width);
    await page.context().close();
  });
