export { verifyAggregates } from './aggregates-verify.ts';
export { serveReviews } from './review.routes.ts';
