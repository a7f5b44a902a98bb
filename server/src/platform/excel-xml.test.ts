// The XML of a part, however it is cut into chunks and whatever it tries.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { attributesOf, decodeEntities, XmlFault, XmlScanner } from './excel-xml.ts';

type Event = [what: string, text: string];

/** What a listener hears; texts that follow one another are one. */
function hear(document: string | Buffer, chunkSize = Infinity): Event[] {
  const heard: Event[] = [];
  const scanner = new XmlScanner({
    open: (name, attributes) => heard.push(['open', name + attributes]),
    close: (name) => heard.push(['close', name]),
    text(part) {
      const last = heard.at(-1);
      if (last?.[0] === 'text') last[1] += part;
      else heard.push(['text', part]);
    },
  });
  const bytes = Buffer.from(document as string);
  for (let at = 0; at < bytes.length; at += chunkSize) scanner.write(bytes.subarray(at, at + chunkSize));
  scanner.end();
  return heard;
}

const refuses = (document: string | Buffer, message: RegExp, what = String(document).slice(0, 60)) =>
  assert.throws(
    () => hear(document),
    (error: unknown) => error instanceof XmlFault && message.test(error.message),
    what,
  );

const document = `\uFEFF<?xml version="1.0" encoding="utf-8"?>\r\n<!-- > ghi chú <a> --><x:a xmlns:x="u" t='a>b &amp; "c"'>
  <b/>\uFEFFNguyễn &lt;Văn&gt; &#7844;n&#x1F600; > 5<![CDATA[<i>&amp;</i>]]><x:c d = "1"></x:c></x:a >\n<!--end-->`;

test('cut anywhere, a document says the same', () => {
  const whole = hear(document);
  assert.deepEqual(whole, [
    ['open', `a xmlns:x="u" t='a>b &amp; "c"'`],
    ['text', '\n  '],
    ['open', 'b'],
    ['close', 'b'],
    ['text', '\uFEFFNguyễn <Văn> Ấn😀 > 5<i>&amp;</i>'],
    ['open', 'c d = "1"'],
    ['close', 'c'],
    ['close', 'a'],
  ]);
  for (let size = 1; size < 40; size += 1) assert.deepEqual(hear(document, size), whole, `chunks of ${size}`);
});

test('attributes are read without their prefix; what is not well formed is a fault', () => {
  assert.deepEqual(attributesOf(` r:id="rId1" name='Lớp "1A" &amp; 1B' state = "hidden"\n x.y-z=""`), {
    id: 'rId1',
    name: 'Lớp "1A" & 1B',
    state: 'hidden',
    'x.y-z': '',
  });
  for (const text of [' a=1', ' a="1" b', ' a="<"', ' a="1"b="2"', ' a="&nbsp;"', ' a="&"'])
    assert.throws(() => attributesOf(text), XmlFault, text);
});

test('entities are the five of XML and numbers of characters; nothing else is looked up', () => {
  assert.equal(decodeEntities('&amp;&lt;&gt;&quot;&apos;&#65;&#x1EA4;'), '&<>"\'AẤ');
  for (const text of ['&nbsp;', '&xxe;', '&constructor;', '&__proto__;', '&toString;'])
    assert.throws(() => decodeEntities(text), /an entity/, text);
  for (const text of ['&', 'a & b', '&amp', '&#;', '&#x;', '&;', '&#xD800;', '&#0;', '&#x110000;', '&#99999999;'])
    assert.throws(() => decodeEntities(text), XmlFault, text);
});

test('document types, entities of their own and external ones are refused before they are expanded', () => {
  const laughs = `<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><a>&b;</a>`;
  const external = `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY xxe SYSTEM "file:///etc/passwd">]><a>&xxe;</a>`;
  const parameter = `<!DOCTYPE a SYSTEM "https://example.org/a.dtd"><a/>`;
  for (const text of [laughs, external, parameter, '<a><!DOCTYPE b></a>', '<a><!ELEMENT b ANY></a>'])
    refuses(text, /a document type or an entity/);
  refuses('<a>&xxe;</a>', /an entity/);
});

test('what is not whole or not XML is a fault, never a hang', () => {
  for (const text of [
    '',
    '   ',
    '<a>',
    '<a><b></a>',
    '<a></b>',
    '</a>',
    '<a',
    '<a b="',
    '<a><!-- ',
    '<a><![CDATA[',
    '<?xml',
  ])
    refuses(text, /./, `"${text}"`);
  refuses('so many words', /text outside/);
  refuses('<a/>and more', /text outside/);
  refuses('<a <b/>', /a tag inside a tag/);
  refuses('<></>', /without a name/);
  refuses(`${'<a>'.repeat(101)}${'</a>'.repeat(101)}`, /nested too deep/);
  refuses(`<a b="${'x'.repeat(200_000)}`, /cut short|without end/);
  assert.throws(() => hear(`<a b="${'x'.repeat(2_000_000)}`, 65_536), /without end/);
  assert.throws(() => hear(`<a>${'x'.repeat(2_000_000)}`, 65_536), /without end/);
  assert.throws(() => hear(`<a><!--${'>'.repeat(2_000_000)}`, 65_536), /without end/);
});

test('other encodings and bytes that are no text are refused', () => {
  const simple = '<?xml version="1.0" encoding="UTF-16"?><a>b</a>';
  refuses(Buffer.from(`\uFEFF${simple}`, 'utf16le'), /./, 'UTF-16 with a mark');
  refuses(Buffer.from(simple, 'utf16le'), /./, 'UTF-16 without a mark');
  refuses(Buffer.from(`\uFEFF${simple}`, 'utf16le').swap16(), /./, 'big-endian UTF-16');
  refuses(simple, /not UTF-8/, 'says UTF-16 and is not');
  refuses('<?xml version="1.0" encoding="windows-1258"?><a/>', /not UTF-8/);
  refuses(Buffer.from('<a>Nguy\xea\xban</a>', 'latin1'), /not UTF-8/, 'windows-1258');
  refuses('<a>b\u0000c</a>', /./, 'a byte that XML cannot hold');
  assert.deepEqual(hear("<?xml version='1.0' encoding='utf-8' standalone='yes'?><a/>").length, 2);
});
