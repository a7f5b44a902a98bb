export { Autosave, type SaveState } from './autosave.ts';
export {
  type CellMarks,
  differencesOf,
  isOpen,
  markCells,
  type Marks,
  type Remark,
  withoutDoubles,
} from './cell-marks.ts';
export { CellFindings } from './cell-findings.tsx';
export { Differences } from './differences.tsx';
export { type CellPlace, headingOf, headlineOf, labelOf, placeOf } from './form-lines.ts';
export { FormView } from './form-view.tsx';
export { History } from './history.tsx';
export { PartsBehind } from './parts-behind.tsx';
export { RecordsBehind } from './records-behind.tsx';
export { RemarkThread } from './remark-thread.tsx';
export {
  type Report,
  type Submission,
  useForm,
  useReport,
  useReportAction,
  useReportChanged,
  useSubmission,
} from './report-data.ts';
export { SupplementNote } from './supplement-note.tsx';
export { isWorking, type ReportView } from './steps.ts';
export { WorkList } from './work-list.tsx';
