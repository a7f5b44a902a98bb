// A Sở sets a check, a Phòng goes through the findings of its schools, refuses a reason and returns the report; the school reads why
// and says more, and the reason is accepted. Once on an old laptop, once on phones; axe on every screen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { findPeriod, sendReport } from '../server/src/play/report.act.ts';
import { beginJourney, findBarriers, picture, type Journey, type Width } from './journey.ts';

/** Seven ordinary schools beside the three of the town, and one for each width whose classes are far too large. */
const crowded: Record<Width, { code: string; name: string }> = {
  wide: { code: '19164421', name: 'Trường Tiểu học Gia Sàng' },
  phone: { code: '19164422', name: 'Trường Tiểu học Cam Giá' },
};
const town = 'Phòng GDĐT Thành phố Thái Nguyên';
const line = (code: string, name: string, classes: number, pupils: number) =>
  `${code},${name},06,164,${town},19,${classes},${pupils},${classes + 6}`;
const schools = [
  ...['Hoàng Văn Thụ', 'Quang Trung', 'Thống Nhất', 'Tân Lập', 'Phú Xá', 'Quan Triều', 'Tân Long'].map((name, index) =>
    line(`191644${10 + index}`, `Trường Tiểu học ${name}`, 5, 135 + 3 * index),
  ),
  line(crowded.wide.code, crowded.wide.name, 5, 230),
  line(crowded.phone.code, crowded.phone.name, 5, 240),
];

let journey: Journey;
before(async () => {
  journey = await beginJourney(schools);
});
after(() => journey.close());

/** After the first setting, which is frozen with what is sent. */
async function sendAll(): Promise<void> {
  for (const code of ['19164401', '19164402', '19164403', ...schools.map((each) => each.slice(0, 8))]) {
    const person = await journey.stage.enter(`truong.${code}`);
    await sendReport(person, await findPeriod(person, 2024));
  }
}

/** As the next morning: the server has drawn this one's when it started. */
async function drawMedians(): Promise<void> {
  const { owner } = journey.stage;
  await owner.query('delete from like_unit_median');
  await owner.query('update like_unit_draw set drawn_on = drawn_on - 1');
  await owner.query(`select graphile_worker.add_job('checks.draw', '{}')`);
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await owner.query('select from like_unit_median limit 1')).rowCount) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  assert.fail('no medians were drawn');
}

async function look(page: Page, screen: string, width: Width, part?: string): Promise<void> {
  assert.deepEqual(await findBarriers(page, part), [], `${screen} is free of serious barriers`);
  await picture(page, screen, width);
}

for (const width of ['wide', 'phone'] as const) {
  test(`a province sets how far last year's pupils may differ (${width})`, async () => {
    const page = await journey.signIn('so.qt.19', width);
    await page.goto(`${page.url()}/checks`);
    await page.getByRole('heading', { level: 1, name: 'Kiểm tra số liệu' }).waitFor();
    await page.getByText('Quy mô học sinh thay đổi nhiều so với năm trước.').waitFor();
    await look(page, 'checks', width);
    await page.getByRole('button', { name: /Đổi kiểm tra: Quy mô học sinh/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Cho phép lệch, phần trăm').fill(width === 'wide' ? '8,5' : '7,5');
    await dialog.getByLabel('Lý do thay đổi').fill('Năm nay ít học sinh chuyển trường.');
    await look(page, 'check-setting', width, '[role=dialog]');
    await dialog.getByRole('button', { name: 'Đặt', exact: true }).click();
    await page.getByText(width === 'wide' ? /lệch đến 8,5%/ : /lệch đến 7,5%/).waitFor();
    await page.getByLabel('Chỉ xem kiểm tra đã đặt khác với biểu').check();
    assert.equal(await page.getByRole('button', { name: /^Đổi kiểm tra/ }).count(), 1);
    await page.context().close();
  });

  test(`a reason is refused, explained better and accepted (${width})`, async () => {
    if (width === 'wide') await sendAll();
    const school = crowded[width];
    const officer = await journey.signIn('phong.164', width);
    const home = officer.url();
    await officer.goto(`${home}/findings`);
    await officer.getByRole('heading', { level: 1, name: 'Lỗi, cảnh báo của đơn vị' }).waitFor();
    await officer.getByRole('button', { name: /Khác đơn vị cùng loại/ }).waitFor();
    await look(officer, 'findings', width);
    await officer.getByRole('button', { name: /Khác đơn vị cùng loại/ }).click();
    await officer
      .getByText(/Học sinh trên một lớp .* cao hơn hẳn/)
      .first()
      .waitFor();
    await officer.getByRole('link', { name: school.name }).first().click();
    await officer.getByRole('heading', { level: 2, name: 'So với đơn vị cùng loại' }).waitFor();
    await officer.getByText('Khác hẳn', { exact: true }).first().waitFor();
    await officer.getByRole('button', { name: /^Hỏi đơn vị về: Học sinh trên một lớp/ }).click();
    await officer.getByText('Đã ghi ý kiến').first().waitFor();
    await officer.getByRole('button', { name: /^Không chấp nhận lý do: Bình quân/ }).click();
    const refusal = officer.getByRole('dialog');
    await refusal.getByLabel('Cần sửa hoặc làm rõ điều gì').fill('Nêu kế hoạch tách lớp.');
    await look(officer, 'reason-refusal', width, '[role=dialog]');
    await refusal.getByRole('button', { name: 'Không chấp nhận' }).click();
    await refusal.waitFor({ state: 'hidden' });
    await officer.getByText('Nêu kế hoạch tách lớp.').first().waitFor();
    await officer.getByRole('heading', { level: 2, name: 'Kiểm tra được đặt khác với biểu lúc gửi' }).waitFor();
    await look(officer, 'reasons', width);
    await officer.getByRole('heading', { level: 2, name: 'So với đơn vị cùng loại' }).scrollIntoViewIfNeeded();
    await picture(officer, 'like-units', width);
    await officer.getByRole('button', { name: 'Trả về' }).click();
    const dialog = officer.getByRole('dialog');
    await dialog.getByLabel('Lý do chung').fill('Lý do chưa rõ.');
    await dialog.getByText('Nêu kế hoạch tách lớp.').waitFor();
    await dialog.getByRole('button', { name: 'Trả về' }).click();
    await officer
      .getByText(/Đã trả báo cáo về/)
      .first()
      .waitFor();

    await drawMedians();
    const clerk = await journey.signIn(`truong.${school.code}`, width);
    await clerk.getByRole('link', { name: /^Sửa/ }).first().click();
    await clerk
      .getByRole('link', { name: /^Kiểm tra/ })
      .first()
      .click();
    await clerk.getByText(/Lý do bị từ chối \(.*\): Nêu kế hoạch tách lớp\./).waitFor();
    const unlike = clerk.getByText(/^Học sinh trên một lớp .* cao hơn hẳn .* nếu đúng, nêu lý do\./).first();
    await unlike.waitFor();
    await unlike.scrollIntoViewIfNeeded();
    await look(clerk, 'check-step-refused', width);
    for (const page of [officer, clerk]) await page.context().close();
  });
}
