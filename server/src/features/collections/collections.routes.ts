import * as contract from '@khuevan/core/contract/collections.ts';
import { serve, type ServerParts } from '#platform/http.ts';
import {
  changeCollection,
  closeCollection,
  createCollection,
  deleteDraft,
  extendCollection,
  listAddressees,
  listCollections,
  publishCollection,
  readCollection,
  remind,
} from './collections.actions.ts';
import { describeResult, drawPrint } from './prints.actions.ts';
import { listAnswers, listJoinedRows, openSum, readSums } from './results.actions.ts';
import { writeResult } from './sheets.actions.ts';

/** What the unit that asks does, and what everybody above an answer sees. */
export function serveAsking(parts: ServerParts): void {
  serve(parts, contract.listCollections, ({ params, read }) => read(params.unitId, listCollections));
  serve(parts, contract.createCollection, ({ params, body, write }) =>
    write(params.unitId, 'collection.created', (writing) => createCollection(writing, body)),
  );
  serve(parts, contract.readCollection, ({ params, read }) =>
    read(params.unitId, (reading) => readCollection(reading, params.collectionId)),
  );
  serve(parts, contract.changeCollection, ({ params, body, write }) =>
    write(params.unitId, 'collection.changed', (writing) => changeCollection(writing, params.collectionId, body)),
  );
  serve(parts, contract.deleteCollection, ({ params, write }) =>
    write(params.unitId, 'collection.removed', (writing) => deleteDraft(writing, params.collectionId)),
  );
  serve(parts, contract.publishCollection, ({ params, body, write }) =>
    write(params.unitId, 'collection.published', (writing) =>
      publishCollection(writing, params.collectionId, body.version),
    ),
  );
  serve(parts, contract.extendCollection, ({ params, body, write }) =>
    write(params.unitId, 'collection.extended', (writing) => extendCollection(writing, params.collectionId, body)),
  );
  serve(parts, contract.closeCollection, ({ params, body, write }) =>
    write(params.unitId, 'collection.closed', (writing) => closeCollection(writing, params.collectionId, body.version)),
  );
  serve(parts, contract.remindUnits, ({ params, write }) =>
    write(params.unitId, 'collection.reminded', (writing) => remind(writing, params.collectionId)),
  );
  serve(parts, contract.listAddressees, ({ params, query, read }) =>
    read(params.unitId, (reading) => listAddressees(reading, query)),
  );
}

export function serveResults(parts: ServerParts): void {
  serve(parts, contract.listAnswers, ({ params, query, read }) =>
    read(params.unitId, (reading) => listAnswers(reading, params.collectionId, query)),
  );
  serve(parts, contract.readSums, ({ params, read }) =>
    read(params.unitId, (reading) => readSums(reading, params.collectionId)),
  );
  serve(parts, contract.openSum, ({ params, query, read }) =>
    read(params.unitId, (reading) => openSum(reading, params.collectionId, params, query)),
  );
  serve(parts, contract.listJoinedRows, ({ params, query, read }) =>
    read(params.unitId, (reading) => listJoinedRows(reading, params.collectionId, query)),
  );
  serve(parts, contract.exportCollection, ({ params, read }) =>
    writeResult((work) => read(params.unitId, work), params.collectionId),
  );
  serve(parts, contract.printCollection, async ({ params, read }) =>
    drawPrint(await read(params.unitId, (reading) => describeResult(reading, params.collectionId))),
  );
}
