// A Sở builds an ad-hoc collection, addresses and publishes it; a school answers on the screen, by the keyboard and from Excel; the
// Sở sees the sum, opens it, returns an answer. Once on an old laptop, once on phones; axe on every screen.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import Excel from 'exceljs';
import type { Page } from 'playwright-core';
import { emptyAudience } from '@khuevan/core/collections/audience.ts';
import { changeCollection, createCollection, publishCollection } from '@khuevan/core/contract/collections.ts';
import { beginJourney, findBarriers, picture, type Journey, type Width } from './journey.ts';

let journey: Journey;
before(async () => {
  journey = await beginJourney();
});
after(() => journey.close());

interface Story {
  width: Width;
  title: string;
  school: { code: string; name: string };
}

const stories: Story[] = [
  { width: 'wide', title: 'Rà soát máy tính', school: { code: '19164401', name: 'Trường Tiểu học Đội Cấn' } },
  { width: 'phone', title: 'Rà soát máy chiếu', school: { code: '19170401', name: 'Trường Tiểu học La Hiên' } },
];

async function clear(page: Page, screen: string): Promise<void> {
  assert.deepEqual(await findBarriers(page), [], `${screen} is free of serious barriers`);
}

async function begin(officer: Page, title: string): Promise<void> {
  await officer.goto(`${officer.url()}/collections`);
  await officer.getByRole('button', { name: 'Lập báo cáo đột xuất' }).click();
  await officer.getByRole('dialog').getByLabel('Tên báo cáo').fill(title);
  await clear(officer, 'the naming');
  await officer.getByRole('dialog').getByRole('button', { name: 'Bắt đầu soạn' }).click();
  await officer.getByRole('heading', { level: 1, name: title }).waitFor();
}

/** Two rows and their sum, a column of numbers and one of yes or no. */
async function build(officer: Page): Promise<void> {
  await officer.getByLabel('Mục đích, hướng dẫn').fill('Đếm máy dùng cho dạy học, không đếm máy văn phòng.');
  await officer.getByLabel('Hạn trả lời').fill('31/12/2030');
  await officer.getByLabel('Tên cột 1').fill('Số máy');
  await officer.getByRole('button', { name: 'Thêm cột' }).click();
  await officer.getByLabel('Tên cột 2').fill('Có sổ theo dõi');
  await officer.getByLabel('Kiểu ô của Có sổ theo dõi').selectOption('boolean');
  await officer.getByLabel('Tên dòng 1').fill('Còn dùng');
  await officer.getByRole('button', { name: 'Thêm dòng' }).click();
  await officer.getByLabel('Tên dòng 2').fill('Đã hỏng');
  await officer.getByRole('button', { name: 'Thêm dòng' }).click();
  await officer.getByLabel('Tên dòng 3').fill('Tổng số máy');
  await officer.locator('summary', { hasText: 'Tổng số máy' }).click();
  await officer.getByRole('checkbox', { name: 'Còn dùng' }).check();
  await officer.getByRole('checkbox', { name: 'Đã hỏng' }).check();
  await officer.getByText('Trường: 5').waitFor();
  const ownership = officer.getByLabel('Loại hình của trường');
  await ownership.fill('tu thuc');
  await officer.getByTitle('Tư thục', { exact: true }).click();
  await officer.getByText('Chưa có đơn vị nào nhận').first().waitFor();
  await ownership.press('Backspace');
  await ownership.press('Escape');
  await officer.getByText('Trường: 5').waitFor();
}

for (const { width, title, school } of stories) {
  test(`a collection is built, answered, added up and returned (${width})`, async () => {
    const officer = await journey.signIn('so.19', width);
    await begin(officer, title);
    await build(officer);
    await clear(officer, 'the builder');
    await picture(officer, 'collection-builder', width);
    await officer.getByRole('button', { name: 'Phát hành', exact: true }).click();
    await officer.getByRole('dialog').getByRole('button', { name: 'Phát hành' }).click();
    await officer.getByText('Đã phát hành tới 5 đơn vị').waitFor();
    await officer.getByRole('link', { name: 'Sửa biểu' }).waitFor();
    await clear(officer, 'the progress');
    const result = officer.url();

    const clerk = await journey.signIn(`truong.${school.code}`, width);
    await clerk.getByRole('link', { name: new RegExp(`^Trả lời *: Báo cáo đột xuất: ${title}`) }).click();
    await clerk.getByRole('heading', { level: 1, name: title }).waitFor();
    await answer(clerk);
    await clear(clerk, 'the answer');
    await picture(clerk, 'collection-answer', width);
    await clerk.getByRole('button', { name: 'Gửi câu trả lời' }).click();
    await clerk.getByRole('dialog').getByRole('button', { name: 'Gửi câu trả lời' }).click();
    await clerk.getByText('Gửi lần 1').first().waitFor();
    await clear(clerk, 'the answer that was sent');

    await officer.goto(`${result}?view=sums`);
    const total = officer.getByRole('row', { name: /Tổng số máy/ });
    await total.getByRole('button', { name: /^39/ }).click();
    await officer.getByRole('dialog').getByRole('link', { name: school.name }).waitFor();
    await clear(officer, 'the answers behind a sum');
    await picture(officer, 'collection-result', width);
    await officer.getByRole('dialog').getByRole('link', { name: school.name }).click();
    await officer.getByRole('button', { name: 'Trả về' }).click();
    await officer.getByRole('dialog').getByLabel('Lý do trả về').fill('Đếm lại máy hỏng.');
    await clear(officer, 'the return');
    await officer.getByRole('dialog').getByRole('button', { name: 'Trả về' }).click();
    await officer.getByText('Bị trả về').first().waitFor();
    await officer.goto(result);
    await officer
      .getByText('0 Đã gửi')
      .or(officer.getByRole('button', { name: '0 Đã gửi' }))
      .first()
      .waitFor();
    await clear(officer, 'the units');
    await picture(officer, 'collection-units', width);
    await sendFromExcel(clerk, title);
    await officer.goto(`${result}?view=sums`);
    await total.getByRole('button', { name: /^41/ }).waitFor();
    for (const page of [officer, clerk]) await page.context().close();
  });
}

/** A wrong cell first; then by the keyboard, and pasted. */
async function answer(clerk: Page): Promise<void> {
  const cell = (row: string) => clerk.getByLabel(`${row}, Số máy`);
  await cell('Còn dùng').fill('ba chục');
  await clerk.keyboard.press('Enter');
  await clerk.getByText('Phải là số nguyên không âm').first().waitFor();
  await clerk.getByRole('button', { name: 'Gửi câu trả lời' }).click();
  await clerk.getByRole('button', { name: 'Còn dùng, Số máy' }).click();
  await paste(clerk, '35\\tcó\\r\\n4\\tkhông\\r\\n');
  await clerk
    .getByRole('row', { name: /Tổng số máy/ })
    .getByText('39')
    .waitFor();
  assert.equal(await clerk.getByLabel('Đã hỏng, Có sổ theo dõi').inputValue(), 'Không');
  await clerk.getByText('Không còn chỗ nào phải sửa.').waitFor();
}

async function sendFromExcel(clerk: Page, title: string): Promise<void> {
  await clerk.goto(clerk.url());
  await clerk.getByText('Đếm lại máy hỏng.').first().waitFor();
  const waiting = clerk.waitForEvent('download');
  await clerk.getByRole('button', { name: 'Tải mẫu Excel' }).click();
  const file = await waiting;
  assert.ok(file.suggestedFilename().startsWith(title));
  const workbook = new Excel.Workbook();
  await workbook.xlsx.readFile(await file.path());
  const sheet = workbook.worksheets[0]!;
  assert.equal(sheet.getCell('C6').value, 4);
  sheet.getCell('C6').value = 6;
  const name = 'tra-loi.xlsx';
  const buffer = Buffer.from(await workbook.xlsx.writeBuffer());
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  await clerk.locator('input[type=file][accept=".xlsx"]').setInputFiles({ name, mimeType: type, buffer });
  await clerk.getByText('Đã nhận tệp').first().waitFor();
  await clerk
    .getByRole('row', { name: /Tổng số máy/ })
    .getByText('41')
    .waitFor();
  await clerk.getByRole('button', { name: 'Gửi câu trả lời' }).click();
  await clerk.getByRole('dialog').getByRole('button', { name: 'Gửi câu trả lời' }).click();
  await clerk.getByText('Gửi lần 2').first().waitFor();
}

const listForm = {
  shape: 'list' as const,
  columns: [
    { key: 'c1', label: 'Hạng mục', type: 'text' as const, required: true },
    { key: 'c2', label: 'Kinh phí (triệu đồng)', type: 'decimal' as const, required: true },
    { key: 'c3', label: 'Ngày xong', type: 'date' as const, required: false },
  ],
  rows: [],
  attachments: true,
};

test('a list is filled by pasting, with a file beside it, and joined after the name of the unit', async () => {
  const office = await journey.stage.enter('so.19');
  const { unitId } = office;
  const begun = await office.call(createCollection, { params: { unitId }, body: { title: 'Sửa chữa trước mưa bão' } });
  const params = { unitId, collectionId: begun.id };
  const audience = { ...emptyAudience, levels: ['02'] };
  const body = { version: begun.version, definition: listForm, audience, dueOn: '2030-12-31' };
  const built = await office.call(changeCollection, { params, body });
  await office.call(publishCollection, { params, body: { version: built.version } });
  for (const [width, code] of [
    ['wide', '19164402'],
    ['phone', '19164403'],
  ] as const) {
    const clerk = await journey.signIn(`truong.${code}`, width);
    await clerk.goto(`${clerk.url()}/collections`);
    await clerk.getByRole('link', { name: /^Trả lời *: Sửa chữa/ }).click();
    await clerk.getByRole('button', { name: 'Thêm dòng' }).click();
    await clerk.getByLabel('Dòng 1, Hạng mục').focus();
    await paste(clerk, 'Mái nhà\\t120,5\\t01/03/2025\\r\\nCổng\\t30\\t\\r\\n');
    assert.equal(await clerk.getByLabel('Dòng 2, Kinh phí (triệu đồng)').inputValue(), '30');
    const scan = { name: 'bien-ban.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7') };
    await clerk.locator('input[type=file][accept^=".pdf"]').setInputFiles(scan);
    await clerk.getByRole('link', { name: 'bien-ban.pdf' }).waitFor();
    await clear(clerk, `the list (${width})`);
    await picture(clerk, 'collection-list', width);
    await clerk.getByRole('button', { name: 'Gửi câu trả lời' }).click();
    await clerk.getByRole('dialog').getByRole('button', { name: 'Gửi câu trả lời' }).click();
    await clerk.getByText('Gửi lần 1').first().waitFor();
    await clerk.context().close();
  }
  for (const width of ['wide', 'phone'] as const) {
    const officer = await journey.signIn('so.19', width);
    await officer.goto(`${officer.url()}/collections/${begun.id}?view=sums`);
    await officer.getByText('4 dòng của 2 đơn vị').waitFor();
    await officer.getByRole('button', { name: /^301/ }).waitFor();
    await officer.getByText('Mái nhà').first().waitFor();
    await clear(officer, `the joined list (${width})`);
    await picture(officer, 'collection-joined', width);
    await officer.context().close();
  }
});

/** As from Excel, into the field in hand. */
async function paste(page: Page, block: string): Promise<void> {
  await page.evaluate(`(() => {
    const block = new DataTransfer();
    block.setData('text/plain', '${block}');
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData: block, bubbles: true, cancelable: true }));
  })()`);
}
