import './home.css';
import { CalendarClock, CircleCheck, TriangleAlert } from 'lucide-react';
import { Link } from 'react-router';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { listTasks } from '@khuevan/core/contract/units.ts';
import { ProblemView } from '../../problem-text.tsx';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { menuText } from '../../text/menu.ts';
import { tasksText } from '../../text/tasks.ts';
import { useLanguage, useText } from '../../text/words.ts';
import { Busy, EmptyState } from '../../ui/empty-state.tsx';
import { formatDate, formatTime, formatWeekday, useFormat } from '../../ui/format.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Tag } from '../../ui/tag.tsx';
import { addressOfTask } from './task-address.ts';
import { useTasks } from './tasks.ts';

type Answer = ResponseOf<typeof listTasks>;
type Task = Answer['tasks'][number];

/** Work first: what is due, who waits for it, how many days are left; each line opens the place. */
export function Component() {
  const t = useText(tasksText);
  const general = useText(generalText);
  const menu = useText(menuText);
  const language = useLanguage();
  const { me, unit, may } = useSession();
  const { data, error, refetch } = useTasks();
  const dated = data?.tasks.find((task) => task.daysLeft !== null && task.periodName);
  const deadline = dated ? ` ${t.nextDeadline(dated.daysLeft!, t.deadlineOf(dated.periodName!))}` : '';
  return (
    <>
      <PageHeader title={menu.entries.home} sub={`${t.today(formatWeekday(me.today, language))}${deadline}`} />
      {error ? <ProblemView error={error} onRetry={() => void refetch()} /> : !data && <Busy>{general.loading}</Busy>}
      {data && (
        <div className={data.figures ? 'kv-columns' : undefined}>
          <section className="kv-panel" aria-label={t.list}>
            {data.tasks.length === 0 ? (
              <EmptyState icon={CircleCheck} title={t.nothingTitle}>
                {unit.kind === 'school' && may('records.read') ? t.nothing : t.nothingOffice}
              </EmptyState>
            ) : (
              <ul className="kv-tasks">
                {data.tasks.map((task) => (
                  <TaskLine
                    key={[
                      task.kind,
                      task.periodId,
                      task.formCode,
                      task.recordKind,
                      task.importId,
                      task.collectionId,
                    ].join()}
                    task={task}
                  />
                ))}
              </ul>
            )}
          </section>
          {data.figures && <Figures figures={data.figures} />}
        </div>
      )}
    </>
  );
}

function useTitle(task: Task): string {
  const t = useText(tasksText);
  const period = task.periodName ?? task.formCode ?? '';
  const kind = t.kinds[(task.recordKind ?? 'student') as keyof typeof t.kinds] ?? '';
  switch (task.kind) {
    case 'report-due':
      return t.titles[task.kind](period, task.formCode ?? '');
    case 'records-with-errors':
    case 'records-without-pin':
      return t.titles[task.kind](kind, task.count);
    case 'period-to-open':
      return t.titles[task.kind];
    case 'import-ready':
      return t.titles[task.kind](task.note ?? '', task.count);
    case 'collection-due':
    case 'collection-returned':
      return t.titles[task.kind](period);
    default:
      return t.titles[task.kind](period, task.count);
  }
}

const soonDays = 7;

function TaskLine({ task }: { task: Task }) {
  const t = useText(tasksText);
  const general = useText(generalText);
  const { unit, may } = useSession();
  const title = useTitle(task);
  const facts = [
    task.kind !== 'import-ready' && task.note,
    task.dueOn && t.dueOn(formatDate(task.dueOn)),
    task.since && (task.kind === 'collection-due' ? t.reminded : t.since)(formatTime(task.since)),
  ]
    .filter(Boolean)
    .join(', ');
  const days = task.daysLeft;
  const isMine = task.kind !== 'period-to-open' || may('periods.write');
  return (
    <li className="kv-task">
      <div>
        <h2>{title}</h2>
        <p>
          {t.notes[task.kind]} {facts && `(${facts})`}
        </p>
      </div>
      {days === null ? (
        <span />
      ) : (
        <Tag
          tone={days < 0 ? 'bad' : days <= soonDays ? 'warn' : 'plain'}
          icon={days < 0 ? TriangleAlert : CalendarClock}
        >
          {general.days(days)}
        </Tag>
      )}
      {isMine && (
        <Link className="kv-button" to={addressOfTask(unit.id, task)}>
          {t.actions[task.kind]}
          <span className="kv-hidden">: {title}</span>
        </Link>
      )}
    </li>
  );
}

function Figures({ figures }: { figures: NonNullable<Answer['figures']> }) {
  const t = useText(tasksText);
  const { number, percent } = useFormat();
  const { students, classes, staff, teachers, teachersAtStandard, withPin } = figures;
  const lines: [label: string, value: string, beside: string][] = [
    [t.students, number(students), ''],
    [t.classes, number(classes), ''],
    [t.perClass, classes > 0 ? number(students / classes, { min: 1, max: 1 }) : '', ''],
    [t.staff, number(staff), ''],
    [t.atStandard, percent(teachersAtStandard, teachers), t.partOf(number(teachersAtStandard), number(teachers))],
    [t.withPin, percent(withPin, students), t.partOf(number(withPin), number(students))],
  ];
  return (
    <section className="kv-panel" aria-labelledby="figures">
      <h2 id="figures">{t.figures}</h2>
      <table className="kv-figures">
        <tbody>
          {lines.map(([label, value, beside]) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td>
                <strong>{value}</strong>
              </td>
              <td className="kv-muted">{beside}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
