import { CircleDashed, CircleDot, Clock3, Undo2, type LucideIcon } from 'lucide-react';
import type { AnswerState, CollectionState } from '@khuevan/core/collections/audience.ts';
import type { Tone } from '../../ui/tag.tsx';

/** The same looks as the states of a report. */
export const answerTone: Record<AnswerState, { tone: Tone; icon: LucideIcon }> = {
  'not-started': { tone: 'plain', icon: CircleDashed },
  draft: { tone: 'plain', icon: CircleDot },
  submitted: { tone: 'info', icon: Clock3 },
  returned: { tone: 'bad', icon: Undo2 },
};

export const stateTone: Record<CollectionState, Tone> = { draft: 'plain', open: 'good', closed: 'plain' };

const soonDays = 7;
export const dueTone = (days: number): Tone => (days < 0 ? 'bad' : days <= soonDays ? 'warn' : 'plain');
