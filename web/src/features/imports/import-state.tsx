import {
  Ban,
  CircleCheck,
  CircleX,
  Clock3,
  FileSearch,
  LoaderCircle,
  type LucideIcon,
  TriangleAlert,
} from 'lucide-react';
import type { z } from 'zod';
import type { importState } from '@khuevan/core/contract/imports.ts';
import { importsText } from '../../text/imports.ts';
import { useText } from '../../text/words.ts';
import { Tag, type Tone } from '../../ui/tag.tsx';

export type Import = z.output<typeof importState>;

const looks: Record<Import['state'], { tone: Tone; icon: LucideIcon }> = {
  waiting: { tone: 'plain', icon: Clock3 },
  reading: { tone: 'info', icon: LoaderCircle },
  ready: { tone: 'warn', icon: FileSearch },
  applying: { tone: 'info', icon: LoaderCircle },
  applied: { tone: 'good', icon: CircleCheck },
  refused: { tone: 'bad', icon: CircleX },
  failed: { tone: 'bad', icon: TriangleAlert },
  cancelled: { tone: 'plain', icon: Ban },
};

export function ImportStateTag({ state }: { state: Import['state'] }) {
  const t = useText(importsText);
  return <Tag {...looks[state]}>{t.states[state]}</Tag>;
}

/** While the server works on it, the screen asks again and again. */
export function isAtWork(state: Import['state'] | undefined): boolean {
  return state === 'waiting' || state === 'reading' || state === 'applying';
}

/** The file with its marks is made after the rows are judged. */
export function isMarking({ state, rowsBad, hasMarkedFile }: Import): boolean {
  return state === 'ready' && rowsBad > 0 && !hasMarkedFile;
}

export const pollMs = 1000;
