// A school of three levels sends three forms. At the Sở each department is told of its own level and decides on it alone; whoever
// works for all levels goes from form to form of the same school. Once on an old laptop, once on phones; axe on every screen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { findPeriod, sendReport } from '../server/src/play/report.act.ts';
import { beginJourney, findBarriers, picture, type Journey, type Width } from './journey.ts';

const schools = [
  { code: '19000701', name: 'Trường TH-THCS-THPT Bắc Sơn', width: 'wide' as Width },
  { code: '19000702', name: 'Trường TH-THCS-THPT Sông Công', width: 'phone' as Width },
];
const forms = ['02-TH-ĐN', 'X03-THCS-ĐN', 'X04-THPT-ĐN'];

let journey: Journey;
before(async () => {
  journey = await beginJourney(
    schools.map(({ code, name }) => `${code},${name},11,19,Sở GDĐT Thái Nguyên,19,24,620,48`),
    ['02', '03', '04'],
  );
});
after(() => journey.close());

async function clear(page: Page, screen: string): Promise<void> {
  assert.deepEqual(await findBarriers(page), [], `${screen} is free of serious barriers`);
}

async function approve(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Duyệt', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Duyệt' }).click();
  await page.getByText('Đã duyệt').first().waitFor();
}

const ofUnit = (page: Page) => page.getByRole('navigation', { name: 'Các biểu khác của đơn vị trong kỳ này' });

for (const { code, name, width } of schools)
  test(`the department of a level reviews that level, and another one the others (${width})`, async () => {
    const clerk = await journey.stage.enter(`truong.${code}`);
    const period = await findPeriod(clerk, 2024);
    for (const form of forms) await sendReport(clerk, period, form);
    const primary = await journey.signIn('so.th.19', width);
    const waiting = primary.getByRole('link', { name: /^Duyệt *:/ });
    await waiting.first().waitFor();
    assert.equal(await waiting.count(), 1, 'it is told of its own form alone');
    await clear(primary, 'the home of a department');
    await waiting.click();
    await primary.getByRole('link', { name: `Xem và duyệt: ${name}` }).click();
    await primary.getByRole('heading', { level: 1, name }).waitFor();
    await ofUnit(primary).getByText('X04-THPT-ĐN').waitFor();
    await clear(primary, 'the review of a school of three levels');
    await picture(primary, 'three-levels', width);
    await approve(primary);
    await ofUnit(primary).getByRole('link', { name: 'X03-THCS-ĐN' }).click();
    await primary.getByText('do người phụ trách cấp này duyệt').waitFor();
    assert.equal(await primary.getByRole('button', { name: 'Duyệt', exact: true }).count(), 0);
    await clear(primary, 'a form of another level');
    await primary.context().close();

    const secondary = await journey.signIn('so.trh.19', width);
    await secondary
      .getByRole('link', { name: /^Duyệt *:/ })
      .first()
      .waitFor();
    assert.equal(await secondary.getByRole('link', { name: /^Duyệt *:/ }).count(), 2, 'it is told of its two levels');
    await secondary
      .getByRole('link', { name: /^Duyệt *:/ })
      .first()
      .click();
    await secondary.getByRole('link', { name: `Xem và duyệt: ${name}` }).click();
    for (const form of ['X03-THCS-ĐN', 'X04-THPT-ĐN']) {
      const link = ofUnit(secondary).getByRole('link', { name: form });
      await ofUnit(secondary).getByText(form).waitFor();
      if ((await link.count()) > 0) await link.click();
      await secondary
        .getByText(new RegExp(`Biểu ${form}`))
        .first()
        .waitFor();
      await approve(secondary);
    }
    await ofUnit(secondary).getByText('Đã duyệt').nth(2).waitFor();
    await picture(secondary, 'three-levels-approved', width);
    await secondary.context().close();
  });
