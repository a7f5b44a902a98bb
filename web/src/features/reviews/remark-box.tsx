import { Button, Input } from 'antd';
import { useId, useState } from 'react';
import { addRemark } from '@khuevan/core/contract/reviews.ts';
import { api } from '../../api.ts';
import { useSession } from '../../session.tsx';
import { reviewsText } from '../../text/reviews.ts';
import { useText } from '../../text/words.ts';
import { useKeptText } from '../../ui/kept-text.ts';
import { notify } from '../../ui/notices.ts';
import { type Report, useReportAction, useReportChanged } from '../reports/index.ts';
import { isReason } from '../../ui/reason.ts';

/** A remark on a cell, or on the whole form; what is typed stays on this device until it is stored. */
export function RemarkBox({ report, cell }: { report: Report; cell: string | null }) {
  const t = useText(reviewsText);
  const id = useId();
  const { me } = useSession();
  const act = useReportAction();
  const changed = useReportChanged();
  const [text, setText] = useKeptText(`${me.account.id}.${report.id}.remark.${cell ?? ''}`);
  const [isSending, setSending] = useState(false);
  const send = async () => {
    setSending(true);
    const stored = await act(() =>
      api(addRemark, { params: { unitId: report.unitId, reportId: report.id }, body: { cell, text: text.trim() } }),
    );
    setSending(false);
    if (!stored) return;
    setText('');
    notify(t.remarkSaved);
    await changed();
  };
  return (
    <form
      className="kv-remark__box"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <label htmlFor={id} className="kv-field__label">
        {cell ? t.addRemark : t.addRemarkForm}
      </label>
      <Input.TextArea
        id={id}
        value={text}
        maxLength={2000}
        autoSize={{ minRows: 2, maxRows: 8 }}
        aria-describedby={`${id}-hint`}
        onChange={(event) => setText(event.target.value)}
      />
      <p id={`${id}-hint`} className="kv-field__hint">
        {t.remarkHint}
      </p>
      <div className="kv-row">
        <Button htmlType="submit" loading={isSending} disabled={!isReason(text)}>
          {t.remarkSend}
        </Button>
      </div>
    </form>
  );
}
