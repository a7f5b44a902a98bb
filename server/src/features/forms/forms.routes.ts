import { listForms, readForm } from '@khuevan/core/contract/periods.ts';
import { serve, type ServerParts } from '#platform/http.ts';
import { findForm, loadForms } from './form-files.ts';

export function serveForms(parts: ServerParts): void {
  // Read at the start: a form that does not hold together stops the program, not a report on its last day.
  loadForms();
  serve(parts, listForms, async () => ({
    forms: loadForms().map(({ code, slug, version, name, level, official, period = 'start', valid }) => ({
      code,
      slug,
      version,
      name,
      level,
      official,
      period,
      valid,
    })),
  }));
  serve(parts, readForm, async ({ params }) => ({ ...findForm(params.slug, params.version) }));
}
