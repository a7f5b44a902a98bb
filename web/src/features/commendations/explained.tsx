import '../reviews/board.css';
import { Award } from 'lucide-react';
import { Link } from 'react-router';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { readCommendation } from '@khuevan/core/contract/commendations.ts';
import { criteria } from '@khuevan/core/reports/commendation.ts';
import { Loaded } from '../../loaded.tsx';
import { paths } from '../../paths.ts';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { commendationsText } from '../../text/commendations.ts';
import { useText } from '../../text/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatDate, formatSchoolYear, useFormat } from '../../ui/format.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Table } from '../../ui/table.tsx';
import { StateTag } from '../../ui/tag.tsx';
import { RulePanel } from './rule-panel.tsx';

type Own = ResponseOf<typeof readCommendation>;

/** The points of one unit: each that is missing with what took it, and the way to the report where it happened. */
export function Explained({ unitId }: { unitId: string }) {
  const t = useText(commendationsText);
  const { unit, schoolYear } = useSession();
  const query = useRead(readCommendation, { params: { unitId, schoolYear } });
  return (
    <div className="kv-stack">
      <PageHeader
        title={query.data ? t.ownTitle(query.data.unitName) : t.title}
        sub={t.sub(formatSchoolYear(schoolYear))}
        actions={unitId !== unit.id && <Link to={paths.commendations(unit.id)}>{t.back}</Link>}
      />
      <p className="kv-note">{t.proposal}</p>
      <Loaded query={query}>
        {(own) => (
          <>
            {own.score === null ? (
              <div className="kv-panel">
                <EmptyState icon={Award} title={t.none} />
              </div>
            ) : (
              <>
                <Points own={own} />
                <Why own={own} unitId={unitId} />
              </>
            )}
            <RulePanel inForce={own.inForce} />
          </>
        )}
      </Loaded>
    </div>
  );
}

function Points({ own }: { own: Own }) {
  const t = useText(commendationsText);
  const { number } = useFormat();
  const shown = (value: number) => number(value, { min: 1, max: 1 });
  return (
    <div className="kv-counts">
      <section className="kv-panel kv-count">
        <h2>{t.score}</h2>
        <p>
          <strong>{shown(own.score ?? 0)}</strong>
        </p>
      </section>
      {criteria.map((criterion) => (
        <section key={criterion} className="kv-panel kv-count">
          <h2>{t.criteria[criterion]}</h2>
          <p>
            <strong>{shown(own.parts?.[criterion] ?? 0)}</strong>
          </p>
        </section>
      ))}
    </div>
  );
}

type Form = Own['forms'][number];

function Why({ own, unitId }: { own: Own; unitId: string }) {
  const t = useText(commendationsText);
  const { unit } = useSession();
  const addressOf = (reportId: string) =>
    unitId === unit.id
      ? paths.report(unitId, reportId, { step: 'history' })
      : paths.review(unit.id, unitId, reportId, { view: 'history' });
  return (
    <section className="kv-panel">
      <h2>{t.whyTitle}</h2>
      <Table
        rows={own.forms}
        keyOf={(form) => `${form.periodId} ${form.formCode}`}
        columns={[
          {
            key: 'form',
            label: t.period,
            renderCell: (form) => {
              const name = `${form.periodName}, ${form.formCode}`;
              return form.reportId ? <Link to={addressOf(form.reportId)}>{name}</Link> : name;
            },
          },
          { key: 'state', label: t.state, renderCell: (form) => <StateTag state={form.state} /> },
          { key: 'due', label: t.due, renderCell: (form) => form.dueOn && formatDate(form.dueOn) },
          { key: 'sent', label: t.sendings, renderCell: (form) => <Sendings form={form} /> },
          { key: 'taken', label: t.taken, renderCell: (form) => <Taken form={form} /> },
        ]}
      />
    </section>
  );
}

/** Each sending beside the day it was due by: what was late can be counted by eye. */
function Sendings({ form }: { form: Form }) {
  const t = useText(commendationsText);
  if (form.sendings.length === 0) return t.notSent;
  return form.sendings.map(({ on, dueOn }, index) => (
    <div key={`${index} ${on}`}>
      {formatDate(on)} <span className="kv-muted">{dueOn ? t.dueBy(formatDate(dueOn)) : t.dueByNone}</span>
    </div>
  ));
}

function Taken({ form }: { form: Form }) {
  const t = useText(commendationsText);
  const { number } = useFormat();
  const minus = (points: number) => t.minus(number(points, { min: 2, max: 2 }));
  if (form.deductions.length === 0) return <span className="kv-muted">{t.nothingTaken}</span>;
  const whole = form.deductions.reduce((sum, each) => sum + each.points, 0);
  if (form.sendings.length === 0) return `${minus(whole)}: ${t.notSentAtAll}`;
  return (
    <div>
      {form.deductions.map(({ criterion, count, points }) => (
        <div key={criterion}>
          {minus(points)}: {t.reasons[criterion](number(count))}
          {criterion === 'timeliness' && form.isExcused && t.excused}
        </div>
      ))}
    </div>
  );
}
