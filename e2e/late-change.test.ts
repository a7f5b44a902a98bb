// A form gets a row while the period runs: the ministry publishes it, a school adds the new cell and sends again, the district sees
// what is new and approves, and the total tells how far it is. Once on an old laptop, once on phones; axe on every screen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { findPeriod, sendReport } from '../server/src/play/report.act.ts';
import { beginJourney, findBarriers, picture, type Journey, type Width } from './journey.ts';

let journey: Journey;
before(async () => {
  journey = await beginJourney();
  for (const code of ['19164401', '19170401']) {
    const person = await journey.stage.enter(`truong.${code}`);
    await sendReport(person, await findPeriod(person, 2024));
  }
});
after(() => journey.close());

async function clear(page: Page, screen: string): Promise<void> {
  assert.deepEqual(await findBarriers(page), [], `${screen} is free of serious barriers`);
}

test('the ministry sees what a new version changes and whom it concerns, and publishes it', async () => {
  const ministry = await journey.signIn('bo', 'wide');
  const home = ministry.url();
  await ministry.goto(`${home}/periods`);
  await ministry.getByRole('button', { name: 'Công bố phiên bản 2022' }).click();
  const dialog = ministry.getByRole('dialog');
  await dialog.getByText('Trường có tổ chức học trực tuyến').waitFor();
  await dialog.getByText(/^2 báo cáo đã gửi/).waitFor();
  await clear(ministry, 'the dialog of a new version');
  await picture(ministry, 'new-version', 'wide');
  const publish = dialog.getByRole('button', { name: 'Công bố' });
  assert.equal(await publish.isDisabled(), true, 'without a day and a reason nothing is published');
  await dialog.getByLabel(/^Hạn gửi bổ sung/).fill('01/10/2024');
  await dialog.getByText('Hạn phải từ hôm nay').waitFor();
  await dialog.getByLabel(/^Hạn gửi bổ sung/).fill('20/11/2024');
  await dialog.getByLabel(/^Lý do/).fill('Công văn bổ sung chỉ tiêu học trực tuyến.');
  await publish.click();
  await ministry.getByText(/2 báo cáo cần bổ sung/).waitFor();
  await ministry.getByRole('button', { name: 'Công bố phiên bản 2022' }).waitFor({ state: 'detached' });
  await ministry.context().close();
});

for (const { width, school, district } of [
  { width: 'wide' as Width, school: { code: '19164401', name: 'Trường Tiểu học Đội Cấn' }, district: '164' },
  { width: 'phone' as Width, school: { code: '19170401', name: 'Trường Tiểu học La Hiên' }, district: '170' },
])
  test(`a school adds the new cell, the district sees what is new and approves (${width})`, async () => {
    const clerk = await journey.signIn(`truong.${school.code}`, width);
    await clerk
      .getByRole('link', { name: /Báo cáo đầu năm học/ })
      .first()
      .click();
    await clerk.getByText(/cần bổ sung 3 ô/).waitFor();
    await clear(clerk, 'a report that needs a supplement');
    await picture(clerk, 'supplement', width);
    await clerk.getByRole('button', { name: /^Lấy dữ liệu/ }).click();
    await clerk.getByRole('link', { name: 'Xem các ô bổ sung' }).click();
    await clerk.getByRole('row', { name: /Trường có tổ chức học trực tuyến/ }).waitFor();
    await clear(clerk, 'the new cells');
    await picture(clerk, 'supplement-form', width);
    await clerk.getByRole('link', { name: /^Gửi/ }).click();
    await clerk.getByRole('button', { name: /^Gửi (lại )?báo cáo/ }).click();
    await clerk.getByRole('dialog').getByRole('button', { name: 'Đồng ý gửi' }).click();
    await clerk.getByText('Đã gửi').first().waitFor();
    await clerk.context().close();

    const officer = await journey.signIn(`phong.${district}`, width);
    const home = officer.url();
    await officer.getByRole('link', { name: /^Duyệt *:/ }).click();
    await officer.getByRole('link', { name: `Xem và duyệt: ${school.name}` }).click();
    await officer.getByText(/Bản bổ sung theo phiên bản 2022/).waitFor();
    await officer.getByRole('link', { name: 'Xem các ô bổ sung' }).click();
    await officer.getByRole('row', { name: /Trường có tổ chức học trực tuyến/ }).waitFor();
    await clear(officer, 'the review of a supplement');
    await picture(officer, 'supplement-review', width);
    await officer.getByRole('button', { name: 'Duyệt', exact: true }).click();
    await officer.getByRole('dialog').getByRole('button', { name: 'Duyệt' }).click();
    await officer.getByText('Đã duyệt').first().waitFor();
    await officer.goto(`${home}/aggregate`);
    await officer
      .getByRole('row', { name: /Tổng số trường|1\.1\./ })
      .first()
      .waitFor();
    await clear(officer, 'the total of a form that changed');
    await picture(officer, 'supplement-total', width);
    await officer.context().close();
  });
