import { SquarePlus } from 'lucide-react';
import { Link } from 'react-router';
import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import { ledgerText } from '../../text/ledger.ts';
import { useText } from '../../text/words.ts';
import { useFormat } from '../../ui/format.ts';
import type { Report } from './report-data.ts';

interface SupplementNoteProps {
  report: Report;
  form: FormDefinition;
  cellAddress: (cell: string) => string;
}

/** The form got cells after the report was sent: which ones, and what became of the others. */
export function SupplementNote({ report, form, cellAddress }: SupplementNoteProps) {
  const { supplement: t } = useText(ledgerText);
  const { number } = useFormat();
  if (!report.supplement) return null;
  const { cells, keptFrom } = report.supplement;
  const said = report.state === 'supplement' ? t.asked : t.sent;
  return (
    <p className={report.state === 'supplement' ? 'kv-note kv-note--warn' : 'kv-note'}>
      <SquarePlus size={15} aria-hidden /> {said(number(cells.length), form.version)}{' '}
      {report.unitKind === 'school' ? t.kept(keptFrom) : t.summed}{' '}
      {cells[0] && <Link to={cellAddress(cells[0])}>{t.look}</Link>}
    </p>
  );
}
