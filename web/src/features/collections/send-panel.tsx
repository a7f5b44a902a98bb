import { CircleCheck, TriangleAlert } from 'lucide-react';
import { Button, Input } from 'antd';
import { useState } from 'react';
import type { ContentFinding } from '@khuevan/core/collections/content.ts';
import { rowsOf } from '@khuevan/core/collections/definition.ts';
import { sendAnswer } from '@khuevan/core/contract/collection-answers.ts';
import { api } from '../../api.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useSession } from '../../session.tsx';
import { collectionsText } from '../../text/collections.ts';
import { generalText } from '../../text/general.ts';
import { useReading, useText } from '../../text/words.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Labelled } from '../../ui/labelled.tsx';
import { notify } from '../../ui/notices.ts';
import type { AnswerDraft } from './answer-draft.ts';
import { type Answer, type Collection, useCollectionChanged } from './collection-data.ts';

interface SendPanelProps {
  collection: Collection;
  answer: Answer;
  draft: AnswerDraft;
  findings: ContentFinding[];
  onTry: () => void;
}

const shownFaults = 8;

/** What is left to correct, each thing leading to its cell; then the sending. */
export function SendPanel({ collection, answer, draft, findings, onTry }: SendPanelProps) {
  const t = useText(collectionsText);
  const general = useText(generalText);
  const { me, unit, may } = useSession();
  const changed = useCollectionChanged();
  const notifyProblem = useNotifyProblem();
  const [isAsking, setAsking] = useState(false);
  const [isListed, setListed] = useState(false);
  const [reason, setReason] = useState('');
  const isLate = answer.dueOn !== null && me.today > answer.dueOn;
  const begin = () => {
    onTry();
    setListed(true);
    if (findings.length === 0) setAsking(true);
  };
  const send = async () => {
    const version = await draft.flush();
    try {
      if (version === null) throw draft.refusal ?? new Error('unsaved');
      await api(sendAnswer, {
        params: { unitId: unit.id, collectionId: collection.id },
        body: { version, ...(isLate && { lateReason: reason.trim() }) },
      });
    } catch (error) {
      notifyProblem(error);
      throw error;
    }
    notify(t.sent);
    await changed();
  };
  return (
    <section className="kv-panel kv-stack" aria-label={t.send}>
      {findings.length === 0 ? (
        <p className="kv-row kv-good">
          <CircleCheck size={16} aria-hidden /> {t.faultless}
        </p>
      ) : (
        <p className="kv-row kv-warn">
          <TriangleAlert size={16} aria-hidden /> {t.faultsLeft(findings.length)}
        </p>
      )}
      {isListed && findings.length > 0 && <FaultList collection={collection} findings={findings} />}
      {may('reports.submit') && (
        <div className="kv-row">
          <Button type="primary" size="large" onClick={begin}>
            {t.send}
          </Button>
          <span className="kv-muted">{t.sendNote}</span>
        </div>
      )}
      {isAsking && (
        <Confirm
          title={t.sendTitle}
          confirm={t.send}
          cancel={general.cancel}
          isDisabled={isLate && reason.trim().length < 3}
          onConfirm={send}
          onClose={() => setAsking(false)}
        >
          <p>{t.sendNote}</p>
          {isLate && (
            <Labelled label={t.lateReason} hint={t.lateHint} required>
              {({ status: _, ...control }) => (
                <Input.TextArea
                  {...control}
                  rows={3}
                  value={reason}
                  maxLength={2000}
                  onChange={(event) => setReason(event.target.value)}
                />
              )}
            </Labelled>
          )}
        </Confirm>
      )}
    </section>
  );
}

function FaultList({ collection, findings }: { collection: Collection; findings: ContentFinding[] }) {
  const t = useText(collectionsText);
  const read = useReading();
  const form = collection.definition;
  const nameOf = ({ row, column }: ContentFinding): string => {
    if (row === null || column === null) return collection.title;
    const name =
      form.shape === 'list' ? t.rowNo(Number(row) + 1) : (rowsOf(form).find((each) => each.key === row)?.label ?? row);
    return t.cellOf(name, form.columns.find((each) => each.key === column)?.label ?? column);
  };
  const goTo = ({ row, column }: ContentFinding) => {
    const at = form.shape === 'list' ? row : form.rows.findIndex((each) => each.key === row);
    const across = form.columns.findIndex((each) => each.key === column);
    document.querySelector<HTMLElement>(`[data-at="${at}.${across}"]`)?.focus();
  };
  return (
    <ul className="kv-collections__faults">
      {findings.slice(0, shownFaults).map((each) => (
        <li key={`${each.row} ${each.column} ${each.text.en}`}>
          <button type="button" className="kv-link" onClick={() => goTo(each)}>
            {nameOf(each)}
          </button>
          : {read(each.text)}
        </li>
      ))}
      {findings.length > shownFaults && <li>{t.moreFaults(findings.length - shownFaults)}</li>}
    </ul>
  );
}
