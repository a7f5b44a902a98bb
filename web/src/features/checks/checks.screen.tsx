import './checks.css';
import { SlidersHorizontal } from 'lucide-react';
import { Button } from 'antd';
import { useState } from 'react';
import { listChecks } from '@khuevan/core/contract/checks.ts';
import { checkKinds } from '@khuevan/core/checks/settings.ts';
import { Loaded } from '../../loaded.tsx';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { checksText } from '../../text/checks.ts';
import { useReading, useText } from '../../text/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Tag, type Tone } from '../../ui/tag.tsx';
import { type PeriodChoice, WithPeriod } from '../periods/index.ts';
import { SettingDialog } from './setting-dialog.tsx';
import { type CheckSetting, describeTolerance, type FormCheck, inForce } from './tolerance.ts';

/** Every check of a form in words, with the severity and tolerance in force; who may sets them here. */
export function Component() {
  return <WithPeriod>{(choice) => <Checks key={`${choice.period.id} ${choice.form.code}`} {...choice} />}</WithPeriod>;
}

function Checks({ period, form, pickers }: PeriodChoice) {
  const t = useText(checksText);
  const { unit, may, isOwnUnit } = useSession();
  const [onlySet, setOnlySet] = useState(false);
  const [changed, setChanged] = useState<string | null>(null);
  const query = useRead(listChecks, {
    params: { unitId: unit.id },
    query: { periodId: period.id, formCode: form.code },
  });
  const maySet = isOwnUnit && may('checks.write');
  return (
    <div className="kv-stack">
      <PageHeader title={t.title} sub={t.sub} actions={pickers} />
      <label className="kv-toggle">
        <input type="checkbox" checked={onlySet} onChange={(event) => setOnlySet(event.target.checked)} /> {t.onlySet}
      </label>
      <Loaded query={query}>
        {({ formSlug, checks, history }) => {
          const shown = onlySet ? checks.filter((check) => check.setting !== null) : checks;
          const dialog = checks.find((check) => check.rule === changed);
          return (
            <>
              {shown.length === 0 && (
                <div className="kv-panel">
                  <EmptyState icon={SlidersHorizontal} title={t.noneSet} />
                </div>
              )}
              {checkKinds.map((kind) => (
                <Kind
                  key={kind}
                  kind={kind}
                  checks={shown.filter((check) => check.kind === kind)}
                  onChange={maySet ? setChanged : undefined}
                />
              ))}
              {dialog && (
                <SettingDialog
                  formSlug={formSlug}
                  check={dialog}
                  history={history.filter((each: CheckSetting) => each.rule === dialog.rule)}
                  onClose={() => setChanged(null)}
                />
              )}
            </>
          );
        }}
      </Loaded>
    </div>
  );
}

interface KindProps {
  kind: FormCheck['kind'];
  checks: FormCheck[];
  onChange: ((rule: string) => void) | undefined;
}

function Kind({ kind, checks, onChange }: KindProps) {
  const t = useText(checksText);
  const { number } = useFormat();
  if (checks.length === 0) return null;
  const fixed = checks.filter((check) => check.allowed.length === 1);
  const open = checks.filter((check) => check.allowed.length > 1);
  return (
    <section className="kv-panel kv-stack">
      <h2>
        {t.kinds[kind]} <span className="kv-muted kv-checks__help">{t.kindHelp[kind]}</span>
      </h2>
      {open.length > 0 && (
        <ul className="kv-checks">
          {open.map((check) => (
            <CheckLine key={check.rule} check={check} onChange={onChange} />
          ))}
        </ul>
      )}
      {fixed.length > 0 && (
        <details>
          <summary>{t.byLaw(number(fixed.length))}</summary>
          <ul className="kv-checks">
            {fixed.map((check) => (
              <CheckLine key={check.rule} check={check} onChange={undefined} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

const tones: Record<'off' | 'warning' | 'error', Tone> = { off: 'plain', warning: 'warn', error: 'bad' };

function CheckLine({ check, onChange }: { check: FormCheck; onChange: KindProps['onChange'] }) {
  const t = useText(checksText);
  const read = useReading();
  const { severity, tolerance } = inForce(check);
  return (
    <li>
      <div className="kv-checks__what">
        <p>
          <strong>{read(check.title)}</strong> <Tag tone={tones[severity]}>{t.severities[severity]}</Tag>
          {check.setting && <Tag tone="info">{t.setBy(check.setting.ownerName)}</Tag>}
        </p>
        {check.allowed.length > 1 && severity !== 'off' && check.kind !== 'opening' && (
          <p>{t.tolerance(describeTolerance(tolerance, t))}</p>
        )}
        <p className="kv-muted">{t.source(check.source)}</p>
      </div>
      {onChange && (
        <Button aria-label={t.changeOf(read(check.title))} onClick={() => onChange(check.rule)}>
          {t.change}
        </Button>
      )}
    </li>
  );
}
