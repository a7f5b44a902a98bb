import type { MultipartFile } from '@fastify/multipart';
import * as contract from '@khuevan/core/contract/population.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { normalizeText } from '@khuevan/core/vietnam/text.ts';
import { receive } from '#platform/files.ts';
import { serve, type ServerParts } from '#platform/http.ts';
import {
  describeCounts,
  describeFaults,
  describePopulation,
  judgeFile,
  makeTemplate,
  storePopulation,
} from './population.actions.ts';

/** A table of a province's places and ages is a few hundred KB. */
const limitMb = 10;
const longestName = 150;

export function servePopulation(parts: ServerParts): void {
  serve(parts, contract.listPopulation, ({ params, query, read }) =>
    read(params.unitId, ({ tx }) => describePopulation(tx, params.unitId, query)),
  );
  serve(parts, contract.downloadPopulationTemplate, ({ params, query, read }) =>
    read(params.unitId, ({ tx }) => makeTemplate(tx, params.unitId, query.year)),
  );
  serve(parts, contract.readPopulation, ({ params, read }) =>
    read(params.unitId, ({ tx }) => describeCounts(tx, params.unitId, params.populationId)),
  );
  serve(parts, contract.importPopulation, async ({ params: { unitId }, query, request, read, write }) => {
    // Whoever may not import is told so before the file is taken in.
    await read(unitId, async () => undefined);
    const part: MultipartFile | undefined = request.isMultipart() ? await request.file() : undefined;
    if (!part) throw new ProblemError('invalid_request', { path: 'body', reason: 'multipart/form-data with one file' });
    const file = await receive(parts.secrets, part.file);
    try {
      if (part.file.truncated || file.size > limitMb * 1024 * 1024)
        throw new ProblemError('file_too_large', { limitMb });
      const judged = await read(unitId, ({ tx }) => judgeFile(tx, unitId, file));
      if (judged.read.faults.length > 0) return describeFaults(judged);
      const fileName = normalizeText(part.filename).slice(-longestName).toWellFormed() || 'dan-so.xlsx';
      return await write(unitId, 'population.imported', (writing) =>
        storePopulation(writing, judged, { ...query, fileName, sha256: file.sha256 }),
      );
    } finally {
      await file.forget();
    }
  });
}
