import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkPin } from '@khuevan/core/vietnam/pin.ts';
import { createRandom } from '@khuevan/core/vietnam/random.ts';
import { createIssuer, drawPhone } from './numbers-issued.ts';

test('schools of two provinces, issued one by one, never meet', () => {
  const random = createRandom('numbers');
  const pins = new Set<string>();
  const codes = new Set<string>();
  let count = 0;
  // Lạng Sơn (20) is also where some children of Thái Nguyên (19) were registered.
  for (const provinceCode of ['19', '20', '01']) {
    for (let ordinal = 0; ordinal < 200; ordinal++) {
      const issuer = createIssuer({ ordinal, schoolCount: 200, provinceCode });
      for (let person = 0; person < 200; person++) {
        const [sex, birthDate] = [random.pick(['01', '02'] as const), `${random.integer(2013, 2014)}-05-01`];
        const pin = issuer.issuePin(random, { sex, birthDate });
        assert.deepEqual(checkPin(pin, { sex, birthDate }), []);
        pins.add(pin);
        codes.add(issuer.issueMinistryCode());
        count += 1;
      }
    }
  }
  assert.equal(pins.size, count);
  assert.equal(codes.size, count);
  for (const code of codes) assert.match(code, /^\d{10}$/);
});

test('most numbers are of the own province, the first of a school do not end alike', () => {
  const random = createRandom('numbers');
  const issuer = createIssuer({ ordinal: 0, schoolCount: 1, provinceCode: '19' });
  const issue = (birthDate: string) => issuer.issuePin(random, { sex: '01', birthDate });
  const pins = Array.from({ length: 1000 }, () => issue('2016-01-01'));
  const own = pins.filter((pin) => pin.startsWith('019')).length;
  assert.ok(own > 920 && own < 980, String(own));
  const ends = ['1980-01-01', '1981-01-01', '2013-01-01', '2014-01-01'].map((birthDate) => issue(birthDate).slice(6));
  assert.equal(new Set(ends).size, 4);
});

test('a school outside the build is refused', () => {
  assert.throws(() => createIssuer({ ordinal: 5, schoolCount: 5, provinceCode: '19' }), RangeError);
});

test('telephone numbers reach nobody', () => {
  const random = createRandom('phones');
  for (let index = 0; index < 100; index++) assert.match(drawPhone(random), /^0199\d{6}$/);
});
