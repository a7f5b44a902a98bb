import { CircleCheck, CircleDashed, CircleX, LoaderCircle, type LucideIcon } from 'lucide-react';
import { Button, Modal, Progress } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { readReport, readSubmission } from '@khuevan/core/contract/reports.ts';
import { approveReport } from '@khuevan/core/contract/reviews.ts';
import { api } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useProblemText } from '../../problem-text.tsx';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { reviewsText } from '../../text/reviews.ts';
import { useText } from '../../text/words.ts';
import { useFormat } from '../../ui/format.ts';
import { useReportChanged } from '../reports/index.ts';
import type { BoardUnit } from './board.ts';
import { approveEach, type BulkResult, type BulkServer } from './bulk.ts';
import { useDecided } from './review-data.ts';

const server: BulkServer<BoardUnit> = {
  look: async ({ unitId, id, lastSubmissionNo: no }) => {
    const params = { unitId, reportId: id! };
    const [submission, report] = await Promise.all([
      api(readSubmission, { params: { ...params, no } }),
      api(readReport, { params }),
    ]);
    return {
      warnings: submission.explanations.filter((each) => each.decision?.kind !== 'accepted').length,
      openRemarks: report.remarks.filter((remark) => remark.resolvedAt === null).length,
    };
  },
  approve: ({ unitId, id, lastSubmissionNo: submissionNo }) =>
    api(approveReport, { params: { unitId, reportId: id! }, body: { submissionNo } }),
};

/** Approves one after the other and tells of each what became of it. */
export function BulkDialog({ units, onClose }: { units: BoardUnit[]; onClose: () => void }) {
  const t = useText(reviewsText);
  const general = useText(generalText);
  const { number } = useFormat();
  const changed = useReportChanged();
  const decided = useDecided();
  const stop = useRef<AbortController | null>(null);
  const [results, setResults] = useState<ReadonlyMap<string, BulkResult>>(new Map());
  const [phase, setPhase] = useState<'asking' | 'running' | 'done'>('asking');
  useEffect(() => () => stop.current?.abort(), []);
  const run = async () => {
    const made = new AbortController();
    stop.current = made;
    setPhase('running');
    await approveEach(units, server, made.signal, (unit, result) =>
      setResults((old) => new Map(old).set(unit.unitId, result)),
    );
    setPhase('done');
    await Promise.all([changed(), decided()]);
  };
  const approved = [...results.values()].filter((result) => result.kind === 'approved').length;
  return (
    <Modal
      open
      width={640}
      title={t.bulkTitle}
      mask={{ closable: phase !== 'running' }}
      closable={phase !== 'running'}
      onCancel={onClose}
      footer={
        <>
          {phase === 'asking' && <Button onClick={onClose}>{general.cancel}</Button>}
          {phase === 'asking' && (
            <Button type="primary" onClick={() => void run()}>
              {t.bulkRun}
            </Button>
          )}
          {phase === 'running' && <Button onClick={() => stop.current?.abort()}>{t.bulkStop}</Button>}
          {phase === 'done' && (
            <Button type="primary" onClick={onClose}>
              {general.close}
            </Button>
          )}
        </>
      }
    >
      <p>{t.bulkText(number(units.length))}</p>
      {phase !== 'asking' && (
        <>
          <Progress percent={Math.round((100 * results.size) / units.length)} />
          <p role="status">
            {phase === 'done'
              ? t.bulkDone(number(approved), number(units.length - approved))
              : t.bulkProgress(number(results.size), number(units.length))}
          </p>
          <ul className="kv-bulk">
            {units.map((unit, index) => (
              <Line
                key={unit.unitId}
                unit={unit}
                result={results.get(unit.unitId)}
                isRunning={phase === 'running' && index === results.size}
              />
            ))}
          </ul>
        </>
      )}
    </Modal>
  );
}

const icons: Record<BulkResult['kind'], { icon: LucideIcon; tone: string }> = {
  approved: { icon: CircleCheck, tone: 'kv-good' },
  warnings: { icon: CircleDashed, tone: 'kv-warn' },
  remarks: { icon: CircleDashed, tone: 'kv-warn' },
  stopped: { icon: CircleDashed, tone: 'kv-muted' },
  failed: { icon: CircleX, tone: 'kv-bad' },
};

function Line({ unit, result, isRunning }: { unit: BoardUnit; result: BulkResult | undefined; isRunning: boolean }) {
  const t = useText(reviewsText);
  const { number } = useFormat();
  const { membership } = useSession();
  const problemText = useProblemText();
  const words = t.bulkResults;
  const say = (done: BulkResult) => {
    if (done.kind === 'warnings') return words.warnings(number(done.count));
    return done.kind === 'failed' ? words.failed(problemText(done.error)) : words[done.kind];
  };
  const { icon: Icon, tone } = result
    ? icons[result.kind]
    : { icon: isRunning ? LoaderCircle : CircleDashed, tone: 'kv-muted' };
  return (
    <li>
      <Icon size={16} aria-hidden className={tone} />
      <span>
        {result && result.kind !== 'approved' ? (
          <Link to={paths.review(membership.unitId, unit.unitId, unit.id!)}>{unit.unitName}</Link>
        ) : (
          unit.unitName
        )}
        {result && <span className="kv-muted"> {say(result)}</span>}
      </span>
    </li>
  );
}
