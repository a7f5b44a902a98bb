export { compileForm } from './compile.queries.ts';
export { codesOfForm, codesOfSlug, findForm, formOf, formsFolder, loadForms, versionsInForce } from './form-files.ts';
export { serveForms } from './forms.routes.ts';
export { type CellRecord, openCell, type OpenedCell } from './open-cell.queries.ts';
export type { CountingScope } from './sources.queries.ts';
