// The sheet as a clerk uses it beside Excel: typed, pasted, refused, undone, without a network, and two people at once.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { beginJourney, findBarriers, picture, type Journey } from './journey.ts';

let journey: Journey;
before(async () => {
  journey = await beginJourney();
});
after(() => journey.close());

/** Row of the list and column, both from 1; the numbers of the rows are the first column. */
const cell = (page: Page, row: number, column: number): Locator =>
  page.locator(`[aria-rowindex="${row + 1}"] > [aria-colindex="${column + 1}"]`);
const status = (page: Page): Locator => page.locator('header [role="status"]');
const name = 1;
const birthDate = 3;
const sex = 4;

async function openSheet(page: Page, sheet: string): Promise<void> {
  await page.goto(`${page.url().replace(/\/records.*/, '')}/records/${sheet}`);
  await page.getByText(/^[\d.]+ dòng$/).waitFor();
}
const openStudents = (page: Page, query = ''): Promise<void> => openSheet(page, `students${query}`);

/** As Excel does: the text goes to the clipboard, then Ctrl+V. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((content) => navigator.clipboard.writeText(content), text);
  await page.keyboard.press('Control+v');
}

test('what is typed is saved; a bad value says why and how to correct it; undo takes it back', async () => {
  const page = await journey.signIn('truong.19164401', 'wide');
  await openStudents(page);
  const shown = await cell(page, 2, sex).textContent();
  const other = shown === 'Nữ' ? 'nam' : 'nu';

  await cell(page, 2, sex).click();
  await page.keyboard.type(other);
  await page.keyboard.press('Enter');
  // The number of the person now contradicts the sex: refused, kept, and explained at its cell.
  await page.getByRole('button', { name: '1 dòng chưa ghi được: xem ô tô đỏ' }).click();
  const inspector = page.getByRole('complementary', { name: 'Chi tiết ô' });
  await inspector.getByText('Số định danh không khớp giới tính').waitFor();
  await inspector.getByText(/Căn cứ: NĐ 137\/2015\/NĐ-CP/).waitFor();
  assert.deepEqual(await findBarriers(page), []);
  await picture(page, 'sheet', 'wide');
  await inspector.getByRole('button', { name: new RegExp(`^Sửa giới tính thành ${shown}`) }).click();
  await page.getByRole('button', { name: /chưa ghi được/ }).waitFor({ state: 'detached' });
  assert.equal(await cell(page, 2, sex).textContent(), shown);

  await cell(page, 3, birthDate).click();
  const day = await cell(page, 3, birthDate).textContent();
  await page.keyboard.type('31/02/2018');
  await page.keyboard.press('Tab');
  assert.match((await cell(page, 3, birthDate).getAttribute('class'))!, /kv-cell--error/);
  await page.keyboard.press('Control+z');
  assert.equal(await cell(page, 3, birthDate).textContent(), day);
  await page.context().close();
});

test('a block from Excel becomes rows: good ones are stored at once, bad ones wait on this device', async () => {
  const page = await journey.signIn('truong.19164402', 'wide');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await openStudents(page);
  await cell(page, 1, name).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Home');
  await paste(
    page,
    [
      'Họ và tên\tNgày sinh\tGiới tính\tDân tộc\tLớp\tKhối\tNgày vào',
      'Nông Đức Kiên\t14/01/2018\tNam\tNùng\t1A\t1\t05/09/2024',
      'Lý Thị Dung\t31/02/2018\tNữ\tTày\t1A\tKhối 1\t05/09/2024',
    ].join('\n'),
  );
  await page.getByText('Đã dán 14 ô, thêm 2 dòng mới. 1 ô không đọc được, đã tô đỏ trong bảng.').waitFor();
  await page.getByRole('button', { name: '1 dòng chưa ghi được: xem ô tô đỏ' }).waitFor();

  await page.reload();
  await page.getByText(/^[\d.]+ dòng$/).waitFor();
  await page.getByRole('button', { name: '1 dòng chưa ghi được: xem ô tô đỏ' }).click();
  await page.keyboard.type('28/02/2018');
  await page.keyboard.press('Enter');
  await status(page)
    .getByText(/^Đã lưu/)
    .waitFor();

  await page.getByLabel('Tìm trong bảng, không cần gõ dấu').fill('nong duc kien');
  await page.getByText('1 dòng', { exact: true }).waitFor();
  await page.getByLabel('Tìm trong bảng, không cần gõ dấu').fill('ly thi dung');
  await cell(page, 1, birthDate).getByText('28/02/2018').waitFor();
  await page.context().close();
});

async function slowDown(page: Page): Promise<void> {
  await (await page.context().newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: 6 });
}

/** Keys as a person in a hurry presses them: none waits until the screen has shown the one before. */
async function hurry(page: Page, ...keys: string[]): Promise<void> {
  await Promise.all(keys.map((key) => page.keyboard.press(key)));
}

test('keys that come before the screen is drawn go where they belong', async () => {
  const page = await journey.signIn('truong.19164402', 'wide');
  await openStudents(page);
  await slowDown(page);
  const typed = ['01/03/2018', '02/03/2018', '03/03/2018'];
  await cell(page, 10, birthDate).click();
  await hurry(page, ...typed.flatMap((day) => [...day, 'Enter']));
  await cell(page, 12, birthDate).getByText(typed[2]!).waitFor();
  assert.deepEqual(
    await Promise.all([10, 11, 12].map((row) => cell(page, row, birthDate).textContent())),
    typed,
    'each day in a row of its own',
  );

  const other = (await cell(page, 14, sex).textContent()) === 'Nữ' ? 'nam' : 'nu';
  await cell(page, 14, birthDate).click();
  await hurry(page, ...'04/03/2018', 'Tab', ...other, 'Enter');
  await cell(page, 14, sex)
    .getByText(other === 'nam' ? 'Nam' : 'Nữ')
    .waitFor();
  assert.equal(await cell(page, 14, birthDate).textContent(), '04/03/2018');
  await page.context().close();
});

test('from the notice of a bad value to its cell: what is typed at once arrives whole', async () => {
  const page = await journey.signIn('truong.19164403', 'wide');
  await openStudents(page);
  await cell(page, 8, birthDate).click();
  await page.keyboard.type('31/02/2018');
  await page.keyboard.press('Enter');
  const notice = page.getByRole('button', { name: '1 dòng chưa ghi được: xem ô tô đỏ' });
  await notice.waitFor();
  await cell(page, 1, name).click();
  const { x, y } = (await notice.boundingBox())!;
  await page.mouse.move(x + 9, y + 9);
  await Promise.all([page.mouse.down(), page.mouse.up(), hurry(page, ...'28/02/2018', 'Enter')]);
  await notice.waitFor({ state: 'detached' });
  assert.equal(await cell(page, 8, birthDate).textContent(), '28/02/2018');
  await page.context().close();
});

test('a search, a filter and more letters at once: all of them hold', async () => {
  const page = await journey.signIn('truong.19164401', 'wide');
  await openStudents(page);
  await slowDown(page);
  const search = page.getByLabel('Tìm trong bảng, không cần gõ dấu');
  const filter = page.getByRole('button', { name: 'Có vấn đề' });
  await search.focus();
  const text = 'nguyen van';
  // Slower than the pause after which it is searched, so that answers come in between.
  for (const letter of text) {
    await page.keyboard.press(letter);
    await page.waitForTimeout(340);
  }
  assert.equal(await search.inputValue(), text);
  await page.keyboard.press('Space');
  await filter.click();
  await page.waitForURL((url) => url.searchParams.get('search') === `${text} `);
  assert.equal(new URL(page.url()).searchParams.get('withFindings'), 'true');
  await page.context().close();
});

test('without a network the typing is kept and goes out by itself', async () => {
  const page = await journey.signIn('truong.19170401', 'wide');
  await openStudents(page);
  await page.context().setOffline(true);
  await cell(page, 1, name).click();
  await page.keyboard.type('Ma Văn Giang');
  await page.keyboard.press('Enter');
  await status(page).getByText('Chưa gửi được 1 thay đổi, giữ trên máy này').waitFor();
  assert.equal(await cell(page, 1, name).textContent(), 'Ma Văn Giang');
  await page.context().setOffline(false);
  await status(page)
    .getByText(/^Đã lưu/)
    .waitFor();
  await page.reload();
  await page.getByLabel('Tìm trong bảng, không cần gõ dấu').fill('ma van giang');
  await cell(page, 1, name).getByText('Ma Văn Giang').waitFor();
  await page.context().close();
});

test('two people in the same cell: nothing is overwritten, a person chooses', async () => {
  const clerk = await journey.signIn('truong.19170501', 'wide');
  const head = await journey.signIn('hieutruong.19170501', 'wide');
  for (const page of [clerk, head]) await openStudents(page);
  for (const [page, typed] of [
    [head, 'Nguyễn Văn Một'],
    [clerk, 'Nguyễn Văn Hai'],
  ] as const) {
    await cell(page, 1, name).click();
    await page.keyboard.type(typed);
    await page.keyboard.press('Enter');
    await status(page)
      .getByText(/^Đã lưu|Có người vừa sửa/)
      .waitFor();
  }
  await clerk.getByRole('button', { name: '1 dòng có người khác vừa sửa: so hai bản' }).click();
  const dialog = clerk.getByRole('dialog');
  await dialog.getByLabel('Nguyễn Văn Một').waitFor();
  assert.equal(await dialog.getByLabel('Nguyễn Văn Hai').isChecked(), true);
  assert.deepEqual(await findBarriers(clerk), []);
  await dialog.getByLabel('Nguyễn Văn Một').check();
  await dialog.getByRole('button', { name: 'Giữ các giá trị đã chọn' }).click();
  await clerk.getByRole('button', { name: /so hai bản/ }).waitFor({ state: 'detached' });
  assert.equal(await cell(clerk, 1, name).textContent(), 'Nguyễn Văn Một');
  for (const page of [clerk, head]) await page.context().close();
});

test('on a phone a record is a card and a form, saved as it is filled in', async () => {
  const page = await journey.signIn('truong.19164403', 'phone');
  await openStudents(page);
  await page.locator('.kv-card').nth(1).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Cha, mẹ hoặc người giám hộ').fill('Dương Thị Thảo');
  await form.getByLabel('Cha, mẹ hoặc người giám hộ').blur();
  assert.deepEqual(await findBarriers(page), []);
  await picture(page, 'record', 'phone');
  await form.getByRole('button', { name: 'Đóng' }).last().click();
  await status(page).locator('.kv-tag--good').waitFor();
  await page.context().close();
});

test('a primary school is offered its own grades alone: in a cell, in a filter, in the form of a record', async () => {
  const grades = ['Lớp 1', 'Lớp 2', 'Lớp 3', 'Lớp 4', 'Lớp 5'];
  const page = await journey.signIn('truong.19164402', 'wide');
  await openSheet(page, 'classes');
  const column = Number(await page.getByRole('columnheader', { name: /^Khối/ }).getAttribute('aria-colindex'));
  await cell(page, 2, column - 1).dblclick();
  const options = page.getByRole('listbox', { name: 'Các lựa chọn' }).getByRole('option');
  assert.deepEqual(
    (await options.allInnerTexts()).map((text) => text.replace(/^\d+\s*/, '')),
    grades,
  );
  await picture(page, 'cell-choices', 'wide');
  await page.keyboard.press('Escape');
  await openSheet(page, `classes?filter=${encodeURIComponent('{"grade":["01"]}')}`);
  await page.getByRole('button', { name: /^Khối: Lớp 1/ }).click();
  const ticks = page.locator('.kv-filter-list label');
  await ticks.first().waitFor();
  assert.deepEqual((await ticks.allInnerTexts()).slice(0, -1), grades);
  await page.context().close();

  const phone = await journey.signIn('truong.19164402', 'phone');
  await openSheet(phone, 'classes');
  await phone.locator('.kv-card').nth(1).click();
  const choices = phone.getByRole('dialog').getByLabel(/^Khối/).locator('option');
  assert.deepEqual((await choices.allInnerTexts()).slice(1), grades);
  await picture(phone, 'record-choices', 'phone');
  await phone.context().close();
});

test('a province officer sees the same sheet and changes nothing in it', async () => {
  const school = await journey.signIn('truong.19164401', 'wide');
  const address = new URL(school.url()).pathname;
  const page = await journey.signIn('so.19', 'wide');
  await page.goto(new URL(`${address}/records/students`, page.url()).href);
  await page.getByText('Chỉ xem: tài khoản của bạn không sửa hồ sơ của đơn vị này.').waitFor();
  const shown = await cell(page, 1, name).textContent();
  await cell(page, 1, name).click();
  await page.keyboard.type('Không được');
  await page.keyboard.press('Enter');
  assert.equal(await cell(page, 1, name).textContent(), shown);
  assert.equal(await page.getByRole('button', { name: /^Thêm / }).count(), 0);
  for (const each of [school, page]) await each.context().close();
});
