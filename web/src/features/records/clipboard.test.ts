import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { student } from '@khuevan/core/records/student.ts';
import { fieldsOfHeading, readBlock, writeBlock } from './clipboard.ts';

test('a block from Excel is read as its cells', () => {
  assert.deepEqual(readBlock('Nguyễn Vân An\t12/03/2018\r\nHoàng Bảo Châu\t30/11/2018\r\n'), [
    ['Nguyễn Vân An', '12/03/2018'],
    ['Hoàng Bảo Châu', '30/11/2018'],
  ]);
  assert.deepEqual(readBlock('"Số 5\nđường ""Bắc Sơn"""\tx'), [['Số 5\nđường "Bắc Sơn"', 'x']]);
  assert.deepEqual(readBlock('a\t\t\n\tb'), [
    ['a', '', ''],
    ['', 'b'],
  ]);
});

test('what is copied is read back the same', () => {
  const block = fc.array(
    fc.array(fc.string(), { minLength: 2, maxLength: 5 }).map((row) => row.map((cell) => cell.replaceAll('\r', ''))),
    { minLength: 1, maxLength: 6 },
  );
  fc.assert(fc.property(block, (rows) => assert.deepEqual(readBlock(writeBlock(rows)), rows)));
});

test('a first line of headings names the columns, a line of values does not', () => {
  const keys = (line: string[]) => fieldsOfHeading(line, student.fields)?.map((field) => field?.key ?? null) ?? null;
  assert.deepEqual(keys(['Họ và tên *', 'NGÀY SINH', 'Gioi tinh']), ['fullName', 'birthDate', 'sex']);
  assert.deepEqual(keys(['STT', 'Họ và tên', 'Ngày sinh']), [null, 'fullName', 'birthDate']);
  assert.equal(keys(['Nguyễn Vân An', '12/03/2018', 'Nữ']), null);
});
