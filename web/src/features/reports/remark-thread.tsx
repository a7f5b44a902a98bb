import { Button, Input } from 'antd';
import { CircleCheck } from 'lucide-react';
import { type ComponentRef, useEffect, useId, useRef, useState } from 'react';
import { answerRemark } from '@khuevan/core/contract/reviews.ts';
import { api } from '../../api.ts';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { reportsText } from '../../text/reports.ts';
import { useText } from '../../text/words.ts';
import { formatTime, useFormat } from '../../ui/format.ts';
import { useKeptText } from '../../ui/kept-text.ts';
import { notify } from '../../ui/notices.ts';
import { Tag } from '../../ui/tag.tsx';
import type { Remark } from './cell-marks.ts';
import { type Report, useReportAction, useReportChanged } from './report-data.ts';

interface RemarkThreadProps {
  report: Pick<Report, 'unitId' | 'id'>;
  remark: Remark;
  mayAnswer: boolean;
  /** The figure now and in the submission that the remark is about. */
  change?: { before: number | null; after: number | null };
}

/** A remark of a unit above, its answer, or the place to answer it. */
export function RemarkThread({ report, remark, mayAnswer, change }: RemarkThreadProps) {
  const t = useText(reportsText);
  return (
    <div className="kv-remark">
      <p className="kv-remark__by">
        <strong>{remark.authorUnitName}</strong>
        <span className="kv-muted">
          {remark.authorName}, {formatTime(remark.writtenAt)}
        </span>
        {remark.isWorkItem && remark.answer === null && remark.resolvedAt === null && (
          <Tag tone="warn">{t.workItem}</Tag>
        )}
        {remark.resolvedAt !== null && (
          <Tag tone="good" icon={CircleCheck}>
            {t.resolved}
          </Tag>
        )}
      </p>
      <p className="kv-remark__text">{remark.text}</p>
      {remark.answer !== null && (
        <div className="kv-remark__answer">
          <p className="kv-muted">
            {t.answered(remark.answeredByName ?? '', remark.answeredAt ? formatTime(remark.answeredAt) : '')}
          </p>
          <p className="kv-remark__text">{remark.answer}</p>
        </div>
      )}
      {mayAnswer && remark.answer === null && remark.resolvedAt === null && (
        <AnswerBox report={report} remark={remark} {...(change && { change })} />
      )}
    </div>
  );
}

function AnswerBox({ report, remark, change }: Omit<RemarkThreadProps, 'mayAnswer'>) {
  const t = useText(reportsText);
  const general = useText(generalText);
  const id = useId();
  const { number } = useFormat();
  const { me } = useSession();
  const [text, setText, forget] = useKeptText(`${me.account.id}.answer.${remark.id}`);
  const [isOpen, setOpen] = useState(text !== '');
  const [hint, setHint] = useState('');
  const [isSending, setSending] = useState(false);
  const act = useReportAction();
  const changed = useReportChanged();
  const field = useRef<ComponentRef<typeof Input.TextArea>>(null);
  useEffect(() => {
    if (isOpen) field.current?.focus();
  }, [isOpen]);
  const send = async (answer: string) => {
    setSending(true);
    const params = { unitId: report.unitId, reportId: report.id, remarkId: remark.id };
    const done = await act(() => api(answerRemark, { params, body: { answer, version: remark.version } }));
    setSending(false);
    if (!done) return;
    forget();
    notify(t.answerSent);
    await changed();
  };
  const sayFixed = () => {
    if (change && change.before !== change.after)
      void send(t.fixedText(number(change.before) || t.blank, number(change.after) || t.blank));
    else {
      setOpen(true);
      setHint(remark.cell ? t.fixedNot : '');
    }
  };
  if (!isOpen) {
    return (
      <div className="kv-row">
        <Button onClick={() => setOpen(true)}>{t.answer}</Button>
        <Button loading={isSending} onClick={sayFixed}>
          {t.fixed}
        </Button>
      </div>
    );
  }
  return (
    <form
      className="kv-remark__box"
      onSubmit={(event) => {
        event.preventDefault();
        void send(text.trim());
      }}
    >
      <label htmlFor={id} className="kv-field__label">
        {t.answerLabel}
      </label>
      <Input.TextArea
        id={id}
        ref={field}
        value={text}
        maxLength={2000}
        autoSize={{ minRows: 2, maxRows: 8 }}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => setText(event.target.value)}
      />
      {hint && (
        <p id={`${id}-hint`} className="kv-field__hint">
          {hint}
        </p>
      )}
      <div className="kv-row">
        <Button type="primary" htmlType="submit" loading={isSending} disabled={text.trim().length < 2}>
          {t.answerSend}
        </Button>
        <Button onClick={() => setOpen(false)}>{general.cancel}</Button>
      </div>
    </form>
  );
}
