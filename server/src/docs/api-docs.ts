// docs/api.md from the contract and the catalogue of problems. `npm run khuevan -- docs write` writes it; a test compares.
import { allEndpoints } from '@khuevan/core/contract/all.ts';
import { problems } from '@khuevan/core/problems.ts';

export function apiMarkdown(): string {
  const tags = [...new Set(Object.values(allEndpoints).map((each) => each.tag))];
  const endpoints = tags.map((tag) => {
    const lines = Object.entries(allEndpoints)
      .filter(([, each]) => each.tag === tag)
      .map(
        ([name, each]) =>
          `| \`${each.method} ${each.path}\` | ${each.summary.vi} | ${each.summary.en} | \`${each.access}\` | \`${name}\` |`,
      );
    return `### ${tag}\n\n| Endpoint | Việc | What | Access | Name |\n|---|---|---|---|---|\n${lines.join('\n')}\n`;
  });
  const faults = Object.entries(problems).map(([code, problem]) => {
    const text = problem.message(new Proxy({}, { get: (_target, key) => `{${String(key)}}` }));
    return `| \`${code}\` | ${problem.status} | ${text.vi} | ${text.en} |`;
  });
  return `# API

Generated from \`core/src/contract\` and \`core/src/problems.ts\`; do not edit. The same as OpenAPI 3.1: \`/api/v1/openapi.json\`, browsable at \`/docs/api\`.

- Paths stand below \`/api/v1\`. Sign in with \`POST /session\`; the session is a cookie. Every other method than GET needs the header \`x-csrf-token\`.
- A POST may carry \`idempotency-key\` (8 to 100 characters): sent again, it answers the first answer and writes nothing.
- A record carries a \`version\`; a change based on an old one is answered \`409 stale_record\` with the current record.
- Errors are \`application/problem+json\` (RFC 9457) with \`code\` and \`text\` in Vietnamese and English. Bad data is not an error but a list of findings.
- 503 with \`Retry-After\` means: nothing was written, come back in so many seconds.

## Endpoints

${endpoints.join('\n')}
## Problems

| Code | HTTP | Tiếng Việt | English |
|---|---|---|---|
${faults.join('\n')}
`;
}
