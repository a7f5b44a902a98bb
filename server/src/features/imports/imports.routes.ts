import type { MultipartFile } from '@fastify/multipart';
import {
  applyImport as applyEndpoint,
  cancelImport as cancelEndpoint,
  downloadMarkedFile,
  listImportFindings,
  listImports as listEndpoint,
  previewImport,
  readImport as readEndpoint,
  startImport as startEndpoint,
  summariseImport,
} from '@khuevan/core/contract/imports.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { normalizeText } from '@khuevan/core/vietnam/text.ts';
import { receive } from '#platform/files.ts';
import { serve, type ServerParts } from '#platform/http.ts';
import {
  applyImport,
  cancelImport,
  judgeUpload,
  listFindings,
  listImports,
  preview,
  readImport,
  startImport,
  summarise,
} from './imports.actions.ts';
import { openMarkedFile } from './marking.actions.ts';
import { prepareReading } from './reading.thread.ts';

const longestName = 150;

/** The last part of whatever path a browser sends, without what could mislead. */
function cleanName(name: string): string {
  return (
    normalizeText(name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1))
      .slice(-longestName)
      .toWellFormed() || 'tep.xlsx'
  );
}

export function serveImporting(parts: ServerParts): void {
  const { secrets, config } = parts;
  serve(parts, startEndpoint, async ({ params: { unitId }, query, request, read, write }) => {
    // Whoever may not import is told so before the file is taken in.
    await read(unitId, async () => undefined);
    const part: MultipartFile | undefined = request.isMultipart() ? await request.file() : undefined;
    if (!part) throw new ProblemError('invalid_request', { path: 'body', reason: 'multipart/form-data with one file' });
    prepareReading(Number(request.headers['content-length']));
    const file = await receive(secrets, part.file);
    try {
      if (part.file.truncated) throw new ProblemError('file_too_large', { limitMb: config.KHUEVAN_UPLOAD_LIMIT_MB });
      await judgeUpload(file);
      return await write(unitId, 'imports.start', (writing) =>
        startImport(writing, { ...query, fileName: cleanName(part.filename), file }),
      );
    } finally {
      await file.forget();
    }
  });
  serve(parts, listEndpoint, ({ params: { unitId }, query, read }) =>
    read(unitId, (reading) => listImports(reading, query)),
  );
  serve(parts, readEndpoint, ({ params: { unitId, id }, read }) => read(unitId, (reading) => readImport(reading, id)));
  serve(parts, summariseImport, ({ params: { unitId, id }, read }) =>
    read(unitId, (reading) => summarise(reading, id)),
  );
  serve(parts, listImportFindings, ({ params: { unitId, id }, query, read }) =>
    read(unitId, (reading) => listFindings(reading, id, query)),
  );
  serve(parts, previewImport, ({ params: { unitId, id }, query, read }) =>
    read(unitId, (reading) => preview(reading, id, query)),
  );
  serve(parts, applyEndpoint, ({ params: { unitId, id }, body, write }) =>
    write(unitId, 'imports.approve', (writing) => applyImport(writing, id, body.mode)),
  );
  serve(parts, cancelEndpoint, ({ params: { unitId, id }, write }) =>
    write(unitId, 'imports.cancel', (writing) => cancelImport(writing, id)),
  );
  serve(parts, downloadMarkedFile, ({ params: { unitId, id }, read }) =>
    openMarkedFile(secrets, (work) => read(unitId, ({ tx }) => work(tx)), unitId, id),
  );
}
