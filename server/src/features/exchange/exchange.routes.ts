import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findPrint, isReachable } from './exchange.queries.ts';
import { checkPrint, readHealth } from '@khuevan/core/contract/open.ts';
import { newNonce, policyFor } from '#platform/web.ts';
import { serve, type ServerParts } from '#platform/http.ts';
import { renderApiPage } from './api-page.ts';
import { describeApi } from './openapi.ts';

export const programVersion = (
  JSON.parse(readFileSync(join(import.meta.dirname, '../../../../package.json'), 'utf8')) as { version: string }
).version;

export function serveExchange(parts: ServerParts): void {
  serve(parts, readHealth, async () => {
    await isReachable(parts.database.db);
    return { status: 'ok' as const, version: programVersion };
  });

  // A megabyte: made when somebody asks.
  let openapi: string | undefined;
  parts.app.get('/api/v1/openapi.json', async (_request, reply) => {
    openapi ??= JSON.stringify(describeApi(programVersion));
    return reply.type('application/json').send(openapi);
  });
  parts.app.get('/docs/api', async (_request, reply) => {
    const nonce = newNonce();
    return reply
      .header('content-security-policy', policyFor(nonce))
      .type('text/html; charset=utf-8')
      .send(renderApiPage(programVersion, nonce));
  });

  serve(parts, checkPrint, async ({ params }) => {
    const row = await findPrint(parts.database.db, params.code.trim().toUpperCase());
    if (!row)
      return {
        state: 'unknown' as const,
        unitName: null,
        formCode: null,
        periodName: null,
        no: null,
        sentAt: null,
        hash: null,
      };
    return {
      state: row.state,
      unitName: row.unit_name,
      formCode: row.form_code,
      periodName: row.period_name,
      no: row.no,
      sentAt: row.sent_at.toISOString(),
      hash: row.hash,
    };
  });
}
