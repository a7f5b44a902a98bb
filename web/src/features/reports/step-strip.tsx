import { Check, Circle, CircleAlert } from 'lucide-react';
import { Link } from 'react-router';
import { paths } from '../../paths.ts';
import { reportsText } from '../../text/reports.ts';
import { useText } from '../../text/words.ts';
import type { ReportView, StepState, WizardStep } from './steps.ts';

export interface StepFace {
  step: WizardStep;
  state: StepState;
  title: string;
  /** The number that says how far it is. */
  note: string;
}

interface StepStripProps {
  unitId: string;
  reportId: string;
  steps: StepFace[];
  current: ReportView;
  /** Without the numbers, where the form needs the height. */
  isCompact: boolean;
}

const icons = { done: Check, todo: Circle, attention: CircleAlert };

/** The steps with their state and numbers; each can be gone to at any time. */
export function StepStrip({ unitId, reportId, steps, current, isCompact }: StepStripProps) {
  const t = useText(reportsText);
  return (
    <nav aria-label={t.stepsLabel}>
      <ol className={isCompact ? 'kv-steps kv-steps--compact' : 'kv-steps'}>
        {steps.map(({ step, state, title, note }) => {
          const Icon = icons[state];
          return (
            <li key={step}>
              <Link
                className={`kv-step kv-step--${state}`}
                title={note}
                to={paths.report(unitId, reportId, { step })}
                aria-current={step === current ? 'step' : undefined}
              >
                <span className="kv-step__title">
                  <Icon size={15} strokeWidth={2.5} aria-hidden />
                  {title}
                  <span className="kv-hidden"> ({t.stepStates[state]})</span>
                </span>
                <span className="kv-step__note">{note}</span>
              </Link>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
