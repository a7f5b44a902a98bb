import './collections.css';
import { ArrowLeft, Printer } from 'lucide-react';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { checkContent } from '@khuevan/core/collections/content.ts';
import { limits } from '@khuevan/core/collections/definition.ts';
import { printAnswer, readAnswer } from '@khuevan/core/contract/collection-answers.ts';
import { addressOf } from '../../api.ts';
import { Loaded } from '../../loaded.tsx';
import { paths } from '../../paths.ts';
import { ProblemView } from '../../problem-text.tsx';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { collectionsText } from '../../text/collections.ts';
import { generalText } from '../../text/general.ts';
import { useText } from '../../text/words.ts';
import { formatDate, formatTime, useFormat } from '../../ui/format.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Pager } from '../../ui/pager.tsx';
import { Tag } from '../../ui/tag.tsx';
import { addRow, pasteBlock, removeRow, typeCell } from './answer-cells.ts';
import { type AnswerDraft, useAnswerDraft } from './answer-draft.ts';
import { ExcelMenu, Files } from './answer-files.tsx';
import { AnswerTable } from './answer-table.tsx';
import { type Answer, type Collection, useCollection } from './collection-data.ts';
import { answerTone, dueTone } from './looks.ts';
import { ReturnButton } from './return-button.tsx';
import { SendPanel } from './send-panel.tsx';

const linesOnPage = 100;

/** The answer of one unit: typed by it, read by those above it. */
export function Component() {
  const { unit } = useSession();
  const { collectionId = '' } = useParams();
  const collection = useCollection(collectionId);
  const answer = useRead(readAnswer, { params: { unitId: unit.id, collectionId } }, { staleTime: 0 });
  return (
    <Loaded query={collection}>
      {(found) => (
        <Loaded query={answer}>
          {(given) => <AnswerScreen key={`${given.unitId} ${given.events.length}`} collection={found} answer={given} />}
        </Loaded>
      )}
    </Loaded>
  );
}

function AnswerScreen({ collection, answer }: { collection: Collection; answer: Answer }) {
  const t = useText(collectionsText);
  const { may } = useSession();
  const draft = useAnswerDraft(answer, collection.id);
  const [isTried, setTried] = useState(false);
  const isOpen = collection.state === 'open';
  const mayType = isOpen && answer.state !== 'submitted' && may('reports.prepare');
  const content = mayType ? draft.content : { cells: answer.cells, rows: answer.rows };
  const findings = mayType ? checkContent(collection.definition, content) : [];
  return (
    <div className="kv-stack">
      <Head collection={collection} answer={answer} />
      {answer.state === 'returned' && answer.returnReason && (
        <div className="kv-note kv-note--bad">{t.returnedNote(answer.returnedByName ?? '', answer.returnReason)}</div>
      )}
      {collection.state === 'closed' && <div className="kv-note kv-note--warn">{t.closedNote}</div>}
      {collection.purpose && <p className="kv-panel kv-collections__purpose">{collection.purpose}</p>}
      <section className="kv-panel kv-stack" aria-label={collection.title}>
        {mayType && <ExcelMenu collection={collection} draft={draft} />}
        <Troubles draft={draft} />
        <Content collection={collection} content={content} draft={draft} mayType={mayType} isTried={isTried} />
      </section>
      {collection.definition.attachments && <Files collectionId={collection.id} answer={answer} mayChange={mayType} />}
      {mayType && (
        <SendPanel
          collection={collection}
          answer={answer}
          draft={draft}
          findings={findings}
          onTry={() => setTried(true)}
        />
      )}
      <Events answer={answer} />
    </div>
  );
}

function Head({ collection, answer }: { collection: Collection; answer: Answer }) {
  const t = useText(collectionsText);
  const general = useText(generalText);
  const { unit, me, isOwnUnit } = useSession();
  const isWaiting = collection.state === 'open' && answer.state !== 'submitted';
  const owner = me.memberships.find((each) => each.unitId === collection.ownerId);
  return (
    <PageHeader
      title={collection.title}
      beside={
        <>
          <Tag {...answerTone[answer.state]}>{t.answers[answer.state]}</Tag>
          {answer.isLate && <Tag tone="warn">{t.late}</Tag>}
          {isWaiting && collection.daysLeft !== null && (
            <Tag tone={dueTone(collection.daysLeft)}>{general.days(collection.daysLeft)}</Tag>
          )}
        </>
      }
      sub={[
        isOwnUnit ? null : answer.unitName,
        t.asked(collection.ownerName),
        answer.dueOn && t.due(formatDate(answer.dueOn)),
        answer.sentAt &&
          answer.state === 'submitted' &&
          t.sentAt(answer.sentNo, formatTime(answer.sentAt), answer.sentByName ?? ''),
        answer.lateReason && `${t.lateReason}: ${answer.lateReason}`,
      ]
        .filter(Boolean)
        .join(' · ')}
      actions={
        <>
          {!isOwnUnit && owner && (
            <Link className="kv-button-link kv-button-link--plain" to={paths.collection(owner.unitId, collection.id)}>
              <ArrowLeft size={15} aria-hidden /> {t.toResult}
            </Link>
          )}
          <a
            className="kv-button-link kv-button-link--plain"
            href={addressOf(printAnswer, { params: { unitId: unit.id, collectionId: collection.id } })}
            target="_blank"
            rel="noreferrer"
          >
            <Printer size={15} aria-hidden /> {t.print}
          </a>
          {owner?.permissions.includes('collections.write') &&
            answer.state === 'submitted' &&
            collection.state === 'open' && <ReturnButton collectionId={collection.id} answer={answer} />}
        </>
      }
    />
  );
}

/** What was typed and is not on the server, and why. */
function Troubles({ draft }: { draft: AnswerDraft }) {
  const t = useText(collectionsText);
  if (draft.conflict)
    return (
      <div className="kv-note kv-note--bad" role="alert">
        {t.conflict}{' '}
        <span className="kv-row">
          <Button size="small" onClick={() => draft.conflict && draft.take(draft.conflict)}>
            {t.takeTheirs}
          </Button>
          <Button size="small" onClick={draft.keepMine}>
            {t.keepMine}
          </Button>
        </span>
      </div>
    );
  if (draft.state === 'held') return <div className="kv-note kv-note--warn">{t.held}</div>;
  return draft.refusal ? <ProblemView error={draft.refusal} /> : null;
}

interface ContentProps {
  collection: Collection;
  content: AnswerDraft['content'];
  draft: AnswerDraft;
  mayType: boolean;
  isTried: boolean;
}

function Content({ collection, content, draft, mayType, isTried }: ContentProps) {
  const t = useText(collectionsText);
  const { number } = useFormat();
  const form = collection.definition;
  const [page, setPage] = useState(1);
  const table = (
    <AnswerTable
      form={form}
      content={content}
      isReadOnly={!mayType}
      isTried={isTried}
      from={(page - 1) * linesOnPage}
      count={linesOnPage}
      onType={(at, text) => draft.change((old) => typeCell(form, old, at, text))}
      onPaste={(at, block) => draft.change((old) => pasteBlock(form, old, at, block))}
      {...(mayType &&
        form.shape === 'list' && { onRemove: (row: number) => draft.change((old) => removeRow(old, row)) })}
    />
  );
  if (form.shape === 'grid') return table;
  const add = () => {
    draft.change(addRow);
    setPage(Math.ceil((content.rows.length + 1) / linesOnPage));
  };
  return (
    <>
      {content.rows.length > 0 && table}
      <Pager page={page} pageSize={linesOnPage} total={content.rows.length} onPage={setPage} />
      <div className="kv-row kv-row--apart">
        <span className="kv-muted">
          {t.lines(number(content.rows.length))}. {mayType && t.listHint}
        </span>
        {mayType && content.rows.length < limits.listRows && <Button onClick={add}>{t.addLine}</Button>}
        {mayType && content.rows.length >= limits.listRows && <span>{t.tooManyLines(number(limits.listRows))}</span>}
      </div>
    </>
  );
}

function Events({ answer }: { answer: Answer }) {
  const t = useText(collectionsText);
  if (answer.events.length === 0) return null;
  return (
    <section className="kv-panel" aria-labelledby="collection-events">
      <h2 id="collection-events">{t.history}</h2>
      <ul className="kv-collections__events">
        {answer.events.map((each) => (
          <li key={`${each.kind} ${each.at}`}>
            {t.events[each.kind]} ({each.no}), {formatTime(each.at)}, {each.accountName}
            {each.reason && `: ${each.reason}`}
          </li>
        ))}
      </ul>
    </section>
  );
}
