import '../reports/reports.css';
import './checks.css';
import { FileDown, ListChecks } from 'lucide-react';
import { Button } from 'antd';
import { Link } from 'react-router';
import { exportFindings, listFindings } from '@khuevan/core/contract/checks.ts';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { type FindingStage, findingStages, findingStageWords } from '@khuevan/core/checks/stages.ts';
import { useAddressQuery } from '../../address-query.ts';
import { download } from '../../api.ts';
import { Loaded } from '../../loaded.tsx';
import { paths } from '../../paths.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { checksText } from '../../text/checks.ts';
import { useReading, useText } from '../../text/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useFormat } from '../../ui/format.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { SearchInput } from '../../ui/search-input.tsx';
import { Table } from '../../ui/table.tsx';
import { Tag, type Tone } from '../../ui/tag.tsx';
import { type PeriodChoice, WithPeriod } from '../periods/index.ts';

type Listed = ResponseOf<typeof listFindings>;
type UnitFinding = Listed['findings'][number];

const pageSize = 50;

/** What units below still have to correct and explain, and what waits for a word of the reviewer. */
export function Component() {
  return (
    <WithPeriod>{(choice) => <Findings key={`${choice.period.id} ${choice.form.code}`} {...choice} />}</WithPeriod>
  );
}

function Findings({ period, form, pickers }: PeriodChoice) {
  const t = useText(checksText);
  const { number } = useFormat();
  const { unit } = useSession();
  const notifyProblem = useNotifyProblem();
  const [address, changeAddress] = useAddressQuery({ replace: true });
  const stage = findingStages.find((each) => each === address.get('stage'));
  const rule = address.get('rule') ?? undefined;
  const search = address.get('search') ?? undefined;
  const page = Math.max(1, Number(address.get('page')) || 1);
  const asked = { periodId: period.id, formCode: form.code, stage, rule, search };
  const params = { unitId: unit.id };
  const query = useRead(
    listFindings,
    { params, query: { ...asked, page, pageSize } },
    { placeholderData: (previous) => previous },
  );
  const choose = (chosen: Record<string, string | undefined>) =>
    changeAddress((next) => {
      next.delete('page');
      for (const [key, value] of Object.entries(chosen)) {
        if (value) next.set(key, value);
        else next.delete(key);
      }
    });
  return (
    <div className="kv-stack">
      <PageHeader
        title={t.findingsTitle}
        sub={query.data && t.findingsSub(number(query.data.total))}
        actions={
          <>
            {pickers}
            <Button
              icon={<FileDown size={15} aria-hidden />}
              onClick={() => void download(exportFindings, { params, query: asked }).catch(notifyProblem)}
            >
              {t.excel}
            </Button>
          </>
        }
      />
      <p className="kv-muted">{t.findingsHelp}</p>
      <Loaded query={query}>
        {(listed) => (
          <>
            <Stages stages={listed.stages} current={stage} onChoose={(next) => choose({ stage: next })} />
            <div className="kv-filters">
              <SearchInput
                value={search ?? ''}
                label={t.search}
                hint={t.search}
                onSearch={(text) => choose({ search: text.trim() || undefined })}
              />
              <RuleSelect rules={listed.rules} rule={rule} onChoose={(next) => choose({ rule: next })} />
            </div>
            <List findings={listed.findings} />
            <Pager
              page={page}
              pageSize={pageSize}
              total={listed.total}
              onPage={(next) => changeAddress((to) => to.set('page', String(next)))}
            />
          </>
        )}
      </Loaded>
    </div>
  );
}

interface StagesProps {
  stages: Listed['stages'];
  current: FindingStage | undefined;
  onChoose: (stage: FindingStage | undefined) => void;
}

function Stages({ stages, current, onChoose }: StagesProps) {
  const t = useText(checksText);
  const read = useReading();
  const { number } = useFormat();
  const all = Object.values(stages).reduce((sum, count) => sum + count, 0);
  const button = (key: string, word: string, count: number, isOn: boolean, onClick: () => void) => (
    <Button key={key} type={isOn ? 'primary' : 'default'} aria-pressed={isOn} onClick={onClick}>
      {word} · {number(count)}
    </Button>
  );
  return (
    <div className="kv-row" role="group" aria-label={t.stagesLabel}>
      {button('all', t.all, all, current === undefined, () => onChoose(undefined))}
      {findingStages
        .filter((stage) => stages[stage] || stage === current)
        .map((stage) =>
          button(stage, read(findingStageWords[stage]), stages[stage] ?? 0, stage === current, () => onChoose(stage)),
        )}
    </div>
  );
}

interface RuleSelectProps {
  rules: Listed['rules'];
  rule: string | undefined;
  onChoose: (rule: string | undefined) => void;
}

function RuleSelect({ rules, rule, onChoose }: RuleSelectProps) {
  const t = useText(checksText);
  const read = useReading();
  const { number } = useFormat();
  return (
    <select
      className="kv-select"
      aria-label={t.rule}
      value={rule ?? ''}
      onChange={(event) => onChoose(event.target.value || undefined)}
    >
      <option value="">
        {t.rule}: {t.allRules}
      </option>
      {rules.map((each) => (
        <option key={each.rule} value={each.rule}>
          {t.ruleCount(read(each.title), number(each.count), number(each.units))}
        </option>
      ))}
    </select>
  );
}

const tones: Record<FindingStage, Tone> = {
  error: 'bad',
  unexplained: 'warn',
  refused: 'bad',
  waiting: 'info',
  accepted: 'good',
  unlike: 'plain',
};

function List({ findings }: { findings: UnitFinding[] }) {
  const t = useText(checksText);
  const read = useReading();
  const { membership } = useSession();
  if (findings.length === 0)
    return (
      <div className="kv-panel">
        <EmptyState icon={ListChecks} title={t.findingsNone}>
          {t.findingsNoneHelp}
        </EmptyState>
      </div>
    );
  const addressOf = ({ unitId, reportId, cell, stage }: UnitFinding) =>
    paths.review(
      membership.unitId,
      unitId,
      reportId,
      stage === 'error' || stage === 'unexplained' ? { view: 'form', cell: cell ?? undefined } : { view: 'warnings' },
    );
  return (
    <div className="kv-panel kv-panel--flush">
      <Table
        rows={findings}
        keyOf={(each) => `${each.reportId} ${each.key} ${each.stage}`}
        columns={[
          {
            key: 'unit',
            label: t.unit,
            renderCell: (each) => (
              <div className="kv-findings__unit">
                <Link to={addressOf(each)}>{each.unitName}</Link>
                <div className="kv-muted">{each.parentName}</div>
              </div>
            ),
          },
          {
            key: 'stage',
            label: t.stage,
            renderCell: (each) => <Tag tone={tones[each.stage]}>{read(findingStageWords[each.stage])}</Tag>,
          },
          {
            key: 'content',
            label: t.content,
            renderCell: (each) => <div className="kv-findings__content">{read(each.message)}</div>,
          },
          {
            key: 'reason',
            label: t.unitReason,
            renderCell: (each) => (
              <div className="kv-findings__reason">
                {each.reason}
                {each.decision?.note && <div className="kv-muted">{each.decision.note}</div>}
              </div>
            ),
          },
        ]}
      />
    </div>
  );
}
