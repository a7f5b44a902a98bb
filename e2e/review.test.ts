// The district returns a report with a work list, the school answers and sends again, the district approves, the province sees
// its total, and anybody checks the print. Once on an old laptop, once on phones; axe on every screen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { findPeriod, sendReport } from '../server/src/play/report.act.ts';
import { beginJourney, findBarriers, picture, type Journey, type Width } from './journey.ts';

let journey: Journey;
before(async () => {
  journey = await beginJourney();
});
after(() => journey.close());

interface Story {
  width: Width;
  school: { code: string; name: string };
  district: string;
}

const stories: Story[] = [
  { width: 'wide', school: { code: '19164401', name: 'Trường Tiểu học Đội Cấn' }, district: '164' },
  { width: 'phone', school: { code: '19170401', name: 'Trường Tiểu học La Hiên' }, district: '170' },
];

async function clear(page: Page, screen: string): Promise<void> {
  assert.deepEqual(await findBarriers(page), [], `${screen} is free of serious barriers`);
}

async function sendByApi(codes: string[]): Promise<void> {
  for (const code of codes) {
    const person = await journey.stage.enter(`truong.${code}`);
    await sendReport(person, await findPeriod(person, 2024));
  }
}

const reviewOf = async (page: Page, school: string): Promise<void> => {
  await page.getByRole('link', { name: /^Duyệt *:/ }).click();
  await page.getByRole('link', { name: `Xem và duyệt: ${school}` }).click();
  await page.getByRole('heading', { level: 1, name: school }).waitFor();
  await page.getByRole('table').first().waitFor();
};

for (const { width, school, district } of stories) {
  test(`a report is returned, answered, sent again and approved (${width})`, async () => {
    await sendByApi([school.code]);
    const officer = await journey.signIn(`phong.${district}`, width);
    const home = officer.url();
    await clear(officer, 'the office home');
    await reviewOf(officer, school.name);
    await clear(officer, 'the review');
    await picture(officer, 'review', width);
    await officer.getByRole('button', { name: 'Trả về' }).click();
    const dialog = officer.getByRole('dialog');
    await dialog.getByLabel('Lý do chung').fill('Đề nghị rà lại số phòng học.');
    await dialog.getByRole('button', { name: /Thêm một việc/ }).click();
    await dialog.getByRole('textbox').last().fill('Đếm lại số phòng học kiên cố.');
    await clear(officer, 'the return dialog');
    await dialog.getByRole('button', { name: 'Trả về' }).click();
    await officer.getByText('Đã trả về').first().waitFor();

    const clerk = await journey.signIn(`truong.${school.code}`, width);
    await clear(clerk, 'the home of a returned report');
    await clerk.getByRole('link', { name: /^Sửa/ }).first().click();
    await clerk.getByText('Đếm lại số phòng học kiên cố.').first().waitFor();
    await clear(clerk, 'the work list');
    await answerAndSend(clerk);

    await officer.goto(home);
    await reviewOf(officer, school.name);
    await officer.getByRole('link', { name: 'Khác lần gửi trước' }).click();
    await clear(officer, 'the differences');
    await officer.getByRole('button', { name: 'Duyệt', exact: true }).click();
    await officer.getByRole('dialog').getByRole('button', { name: 'Duyệt' }).click();
    await officer.getByText('Đã duyệt').first().waitFor();
    for (const page of [officer, clerk]) await page.context().close();
  });
}

async function answerAndSend(clerk: Page): Promise<void> {
  const answer = 'Đã đếm lại, số đúng.';
  await clerk.getByRole('button', { name: 'Trả lời' }).click();
  await clerk.getByRole('textbox').last().fill(answer);
  await clerk.getByRole('button', { name: 'Gửi câu trả lời' }).click();
  await clerk.getByText(answer).first().waitFor();
  await clerk.getByRole('link', { name: /^Gửi/ }).click();
  await clerk.getByRole('button', { name: /^Gửi (lại )?báo cáo/ }).click();
  await clerk.getByRole('dialog').getByRole('button', { name: 'Đồng ý gửi' }).click();
  await clerk.getByText('Đã gửi').first().waitFor();
}

test('the province sees its total the moment the last school is approved, and every total opens to its parts', async () => {
  await sendByApi(['19164402', '19164403', '19170501']);
  for (const [district, names] of [
    ['164', ['Trường Tiểu học Nha Trang', 'Trường Tiểu học Túc Duyên']],
    ['170', ['Trường TH&THCS Cúc Đường']],
  ] as const) {
    const officer = await journey.signIn(`phong.${district}`, 'wide');
    const home = officer.url();
    for (const name of names) {
      await officer.goto(home);
      await reviewOf(officer, name);
      await officer.getByRole('button', { name: 'Duyệt', exact: true }).click();
      await officer.getByRole('dialog').getByRole('button', { name: 'Duyệt' }).click();
      await officer.getByText('Đã duyệt').first().waitFor();
    }
    await officer.context().close();
  }
  const { rows } = await journey.stage.owner.query<{ total: string }>(
    `select count(*)::text as total from enrolment where school_year = 2024 and entered_on <= '2024-09-30' and (left_on is null or left_on > '2024-09-30')`,
  );
  for (const width of ['wide', 'phone'] as const) {
    const page = await journey.signIn('so.19', width);
    const home = page.url();
    await page.goto(`${home}/board`);
    await page.getByRole('heading', { level: 1, name: 'Tiến độ báo cáo' }).waitFor();
    await page.getByText('/ 5 trường').first().waitFor();
    await clear(page, `the board (${width})`);
    await picture(page, 'board', width);
    await page.goto(`${home}/aggregate`);
    await page.getByRole('button', { name: /^III/ }).click();
    const row = page.getByRole('row', { name: /Tổng quy mô/ }).first();
    await row.waitFor();
    assert.ok(
      (await row.innerText()).includes(rows[0]!.total),
      `the total of ${rows[0]!.total} pupils stands in row 37 (${width})`,
    );
    await clear(page, `the aggregate (${width})`);
    await picture(page, 'aggregate', width);
    await page.context().close();
  }
});

test('anybody checks a printed code, without an account and without personal data', async () => {
  const { rows } = await journey.stage.owner.query<{ code: string; no: number }>(
    `select s.code, s.no from submission s join unit u on u.id = s.unit_id where u.code = '19164401' order by s.no`,
  );
  for (const width of ['wide', 'phone'] as const) {
    const page = await journey.visit(`/kiem-tra/${rows[1]!.code}`, width);
    await page.getByText('Bản in còn hiệu lực').first().waitFor();
    await clear(page, `the check page (${width})`);
    await picture(page, 'check', width);
    await page.goto(`${journey.stage.address}/kiem-tra/${rows[0]!.code}`);
    await page.getByText('Đã có bản mới hơn').first().waitFor();
    await page.goto(`${journey.stage.address}/kiem-tra/ABCD-EFGH-J`);
    await page.getByText('Không có mã này').first().waitFor();
    await page.context().close();
  }
});
