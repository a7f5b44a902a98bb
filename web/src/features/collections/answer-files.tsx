import { FileDown, FileUp, Paperclip, X } from 'lucide-react';
import { Button, Modal } from 'antd';
import { useRef, useState } from 'react';
import {
  attachFile,
  downloadTemplate,
  readAnswer,
  readFile,
  removeFile,
  uploadAnswer,
} from '@khuevan/core/contract/collection-answers.ts';
import { useQueryClient } from '@tanstack/react-query';
import { addressOf, api, download } from '../../api.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { keyOf } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { collectionsText } from '../../text/collections.ts';
import { generalText } from '../../text/general.ts';
import { useReading, useText } from '../../text/words.ts';
import { useFormat } from '../../ui/format.ts';
import { notify } from '../../ui/notices.ts';
import type { AnswerDraft } from './answer-draft.ts';
import { type Answer, type Collection, useAct } from './collection-data.ts';

/** The template with what there is, and the filled file back. */
export function ExcelMenu({ collection, draft }: { collection: Collection; draft: AnswerDraft }) {
  const t = useText(collectionsText);
  const general = useText(generalText);
  const read = useReading();
  const { number } = useFormat();
  const { unit } = useSession();
  const act = useAct();
  const notifyProblem = useNotifyProblem();
  const [waiting, setWaiting] = useState<File | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [faults, setFaults] = useState<Answer['findings']>([]);
  const params = { unitId: unit.id, collectionId: collection.id };
  const lines = draft.content.rows.length;
  const send = async (file: File, rows: 'replace' | 'add') => {
    setWaiting(null);
    setBusy(true);
    const version = await draft.flush();
    if (version !== null) {
      const taken = await act(() => api(uploadAnswer, { params, query: { version, rows }, file }));
      if (taken) {
        draft.take(taken);
        const placed = taken.findings.filter((each) => each.place !== undefined);
        setFaults(placed);
        notify(placed.length > 0 ? t.uploadedFaults(placed.length) : t.uploaded, {
          tone: placed.length > 0 ? 'bad' : 'good',
        });
      }
    }
    setBusy(false);
  };
  const choose = (file: File | undefined) => {
    if (!file) return;
    if (lines > 0) setWaiting(file);
    else void send(file, 'replace');
  };
  const take = async () => {
    await draft.flush();
    await download(downloadTemplate, { params }).catch(notifyProblem);
  };
  return (
    <div className="kv-stack kv-collections__excel">
      <div className="kv-row">
        <Button icon={<FileDown size={15} aria-hidden />} onClick={() => void take()}>
          {t.template}
        </Button>
        <FileButton
          label={t.upload}
          accept=".xlsx"
          icon={<FileUp size={15} aria-hidden />}
          isBusy={isBusy}
          onFile={choose}
        />
        <span className="kv-muted">{t.uploadHint}</span>
      </div>
      {faults.length > 0 && (
        <ul className="kv-note kv-note--bad kv-collections__faults">
          {faults.slice(0, 20).map((each) => (
            <li key={each.place}>
              <strong>{each.place}</strong>: {read(each.text)}
            </li>
          ))}
          {faults.length > 20 && <li>{t.moreFaults(faults.length - 20)}</li>}
        </ul>
      )}
      {waiting && (
        <Modal open title={t.uploadRowsTitle} footer={null} onCancel={() => setWaiting(null)}>
          <p>{t.uploadRows(number(lines))}</p>
          <div className="kv-row kv-collections__end">
            <Button onClick={() => setWaiting(null)}>{general.cancel}</Button>
            <Button onClick={() => void send(waiting, 'add')}>{t.addRows}</Button>
            <Button type="primary" onClick={() => void send(waiting, 'replace')}>
              {t.replaceRows}
            </Button>
          </div>
        </Modal>
      )}
    </div>
  );
}

interface FileButtonProps {
  label: string;
  accept: string;
  icon: React.ReactNode;
  isBusy: boolean;
  onFile: (file: File | undefined) => void;
}

function FileButton({ label, accept, icon, isBusy, onFile }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button icon={icon} loading={isBusy} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        onChange={(event) => {
          onFile(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
    </>
  );
}

interface FilesProps {
  collectionId: string;
  answer: Answer;
  mayChange: boolean;
}

export function Files({ collectionId, answer, mayChange }: FilesProps) {
  const t = useText(collectionsText);
  const { number } = useFormat();
  const client = useQueryClient();
  const act = useAct();
  const [isBusy, setBusy] = useState(false);
  const params = { unitId: answer.unitId, collectionId };
  const run = async (work: () => Promise<Answer>) => {
    setBusy(true);
    const next = await act(work);
    setBusy(false);
    // Files are beside the cells: an answer that is being typed keeps its own version.
    if (next) client.setQueryData(keyOf(readAnswer, { params }), next);
  };
  return (
    <section className="kv-panel kv-stack" aria-labelledby="collection-files">
      <h2 id="collection-files">{t.files}</h2>
      {answer.files.length === 0 && <p className="kv-muted">{t.noFiles}</p>}
      {answer.files.length > 0 && (
        <ul className="kv-collections__files">
          {answer.files.map((file) => (
            <li key={file.id} className="kv-row">
              <Paperclip size={15} aria-hidden />
              <a href={addressOf(readFile, { params: { ...params, fileId: file.id } })} download>
                {file.name}
              </a>
              <span className="kv-muted">{number(Math.max(1, Math.round(file.size / 1024)))} KB</span>
              {mayChange && (
                <button
                  type="button"
                  className="kv-icon-button"
                  aria-label={t.removeFile(file.name)}
                  disabled={isBusy}
                  onClick={() => void run(() => api(removeFile, { params: { ...params, fileId: file.id } }))}
                >
                  <X size={16} aria-hidden />
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {mayChange && (
        <div className="kv-row">
          <FileButton
            label={t.attach}
            accept=".pdf,.docx,.xlsx,.jpg,.jpeg,.png"
            icon={<Paperclip size={15} aria-hidden />}
            isBusy={isBusy}
            onFile={(file) => file && void run(() => api(attachFile, { params, file }))}
          />
          <span className="kv-muted">{t.filesHint}</span>
        </div>
      )}
    </section>
  );
}
