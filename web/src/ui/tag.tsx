import {
  CircleCheck,
  CircleDashed,
  CircleDot,
  ClipboardPen,
  Clock3,
  type LucideIcon,
  TriangleAlert,
  Undo2,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { type ReportState, stateWords } from '@khuevan/core/reports/states.ts';
import { useReading } from '../text/words.ts';

export type Tone = 'good' | 'bad' | 'warn' | 'info' | 'plain';

export function Tag({ tone, icon: Icon, children }: { tone: Tone; icon?: LucideIcon; children: ReactNode }) {
  return (
    <span className={`kv-tag kv-tag--${tone}`}>
      {Icon && <Icon size={14} aria-hidden />}
      {children}
    </span>
  );
}

/** One look for one meaning: used by tags, tiles and tables alike. */
export const stateLook: Record<ReportState, { tone: Tone; icon: LucideIcon }> = {
  'not-started': { tone: 'plain', icon: CircleDashed },
  draft: { tone: 'plain', icon: CircleDot },
  submitted: { tone: 'info', icon: Clock3 },
  returned: { tone: 'bad', icon: Undo2 },
  approved: { tone: 'good', icon: CircleCheck },
  supplement: { tone: 'warn', icon: ClipboardPen },
};

export function StateTag({ state }: { state: ReportState }) {
  const read = useReading();
  return <Tag {...stateLook[state]}>{read(stateWords[state])}</Tag>;
}

export function SeverityTag({ severity, children }: { severity: 'error' | 'warning'; children: ReactNode }) {
  return (
    <Tag tone={severity === 'error' ? 'bad' : 'warn'} icon={TriangleAlert}>
      {children}
    </Tag>
  );
}
