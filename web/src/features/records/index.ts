export { readBlock } from './clipboard.ts';
export { ConflictDialog } from './conflict-dialog.tsx';
export { isPassing } from './passing.ts';
export { newRow, type SheetRow, stateOf, toneOf, valueIn } from './sheet-rows.ts';
export { useSheet } from './use-sheet.ts';
