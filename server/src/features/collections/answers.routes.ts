import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import * as contract from '@khuevan/core/contract/collection-answers.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { type Arrived, openFile, receive } from '#platform/files.ts';
import { serve, type ServerParts } from '#platform/http.ts';
import { readAnswerFile } from './answer-file.ts';
import {
  attach,
  expectFile,
  readAnswer,
  removeAttached,
  requireAttached,
  returnAnswer,
  saveAnswer,
  sendAnswer,
  takeFromFile,
} from './answers.actions.ts';
import { cleanName } from './attachments.ts';
import { describeAnswer, drawPrint } from './prints.actions.ts';
import { requireUnitCode, writeTemplate } from './sheets.actions.ts';

export function serveAnswers(parts: ServerParts): void {
  serve(parts, contract.readAnswer, ({ params, read }) =>
    read(params.unitId, (reading) => readAnswer(reading, params.collectionId)),
  );
  serve(parts, contract.saveAnswer, ({ params, body, write }) =>
    write(params.unitId, 'collection.answer_saved', (writing) => saveAnswer(writing, params.collectionId, body)),
  );
  serve(parts, contract.sendAnswer, ({ params, body, write }) =>
    write(params.unitId, 'collection.answer_sent', (writing) => sendAnswer(writing, params.collectionId, body)),
  );
  serve(parts, contract.returnAnswer, ({ params, body, write }) =>
    write(params.unitId, 'collection.answer_returned', (writing) => returnAnswer(writing, params.collectionId, body)),
  );
  serve(parts, contract.downloadTemplate, ({ params, read }) =>
    read(params.unitId, (reading) => writeTemplate(reading, params.collectionId)),
  );
  serve(parts, contract.printAnswer, async ({ params, read }) =>
    drawPrint(await read(params.unitId, (reading) => describeAnswer(reading, params.collectionId))),
  );
}

/** A form of a few hundred rows needs no more; the upload limit of the server is for whole registers. */
const mostWorkbookMb = 10;

export function serveAnswerFiles(parts: ServerParts): void {
  const { secrets, config } = parts;
  const withFile = async <T>(
    request: FastifyRequest,
    work: (name: string, file: Arrived) => Promise<T>,
  ): Promise<T> => {
    const part: MultipartFile | undefined = request.isMultipart() ? await request.file() : undefined;
    if (!part) throw new ProblemError('invalid_request', { path: 'body', reason: 'multipart/form-data with one file' });
    const file = await receive(secrets, part.file);
    try {
      if (part.file.truncated) throw new ProblemError('file_too_large', { limitMb: config.KHUEVAN_UPLOAD_LIMIT_MB });
      return await work(cleanName(part.filename), file);
    } finally {
      await file.forget();
    }
  };
  serve(parts, contract.uploadAnswer, async ({ params: { unitId, collectionId }, query, request, read, write }) => {
    // Whoever may not answer is told so before the file is taken in; the file is read before the transaction begins.
    const { form, unitCode } = await read(unitId, async (reading) => ({
      form: (await expectFile(reading, collectionId)).definition,
      unitCode: await requireUnitCode(reading),
    }));
    return withFile(request, async (name, file) => {
      if (file.size > mostWorkbookMb * 1024 * 1024)
        throw new ProblemError('file_too_large', { limitMb: mostWorkbookMb });
      const found = await readAnswerFile(file.source, form, { collectionId, unitCode });
      return write(unitId, 'collection.answer_uploaded', (writing) =>
        takeFromFile(writing, collectionId, { ...query, file: name, ...found }),
      );
    });
  });
  serve(parts, contract.attachFile, async ({ params: { unitId, collectionId }, request, read, write }) => {
    await read(unitId, (reading) => expectFile(reading, collectionId));
    return withFile(request, (name, file) =>
      write(unitId, 'collection.file_attached', (writing) => attach(writing, collectionId, { name, file })),
    );
  });
  serve(parts, contract.readFile, async ({ params: { unitId, collectionId, fileId }, read }) => {
    await read(unitId, (reading) => requireAttached(reading, collectionId, fileId));
    const file = await openFile(secrets, (work) => read(unitId, ({ tx }) => work(tx)), unitId, fileId);
    return { fileName: file.name, mediaType: file.mediaType, content: file.stream() };
  });
  serve(parts, contract.removeFile, ({ params, write }) =>
    write(params.unitId, 'collection.file_removed', (writing) =>
      removeAttached(writing, params.collectionId, params.fileId),
    ),
  );
}
