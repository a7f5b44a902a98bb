import { describeChecks } from '@khuevan/core/checks/settings.ts';
import type { FormDefinition } from '@khuevan/core/forms/definition.ts';
import { checksText } from '../../text/checks.ts';
import { useReading, useText } from '../../text/words.ts';
import { describeTolerance } from '../checks/index.ts';
import type { Submission } from '../reports/index.ts';

/** What units above had set otherwise than the form says, when the report was sent. */
export function SettingsAtSending({ submission, form }: { submission: Submission; form: FormDefinition }) {
  const t = useText(checksText);
  const read = useReading();
  if (submission.checkSettings.length === 0) return null;
  const titles = new Map(describeChecks(form).map(({ rule, title }) => [rule, title]));
  return (
    <section className="kv-panel kv-stack">
      <h2 className="kv-section-title">{t.settingsAtSending}</h2>
      <ul className="kv-explained">
        {submission.checkSettings.map(({ rule, severity, tolerance, ownerName }) => {
          const title = titles.get(rule);
          const parts =
            severity === 'off' || Object.keys(tolerance).length === 0 ? [] : [describeTolerance(tolerance, t)];
          return (
            <li key={rule}>
              <p>{title ? read(title) : rule}</p>
              <p className="kv-muted">{[t.severities[severity], ...parts, t.setBy(ownerName)].join(' · ')}</p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
