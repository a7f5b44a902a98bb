import type { ServerParts } from '#platform/http.ts';
import { serveAnswerFiles, serveAnswers } from './answers.routes.ts';
import { serveAsking, serveResults } from './collections.routes.ts';

export { findCollectionTasks, type CollectionTask } from './collections.actions.ts';

export function serveCollections(parts: ServerParts): void {
  serveAsking(parts);
  serveResults(parts);
  serveAnswers(parts);
  serveAnswerFiles(parts);
}
