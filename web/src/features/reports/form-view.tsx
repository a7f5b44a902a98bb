import './form.css';
import { type ReactNode, useCallback, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { type Cells, cellKey, columnsOf, type FormDefinition } from '@khuevan/core/forms/definition.ts';
import { reportsText } from '../../text/reports.ts';
import { useReading, useText } from '../../text/words.ts';
import { Tag } from '../../ui/tag.tsx';
import { CellInspector } from './cell-inspector.tsx';
import { countMarked, type Marks } from './cell-marks.ts';
import { type CellPlace, type FormTab, neighbourOf, placeOf, tabsOf } from './form-lines.ts';
import { toneIcons } from './form-line.tsx';
import { FormTable } from './form-table.tsx';

/** Below this width the inspector is a drawer; form.css says the same. */
const narrow = matchMedia('(max-width: 1023px)');

function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      narrow.addEventListener('change', listener);
      return () => narrow.removeEventListener('change', listener);
    },
    () => narrow.matches,
  );
}

export interface FormViewProps {
  form: FormDefinition;
  cells: Cells;
  asOf: string;
  marks: Marks;
  previousYear: Cells | null;
  /** The cell that a link asks for. */
  linkedCell?: string | null;
  /** What the inspector shows below the meaning of the cell: findings, remarks, records, parts. */
  renderCell: (place: CellPlace, go: (cell: string) => void) => ReactNode;
}

/** A filled form: its parts as tabs, the table, and what is known about the chosen cell. */
export function FormView({ form, cells, asOf, marks, previousYear, linkedCell, renderCell }: FormViewProps) {
  const t = useText(reportsText);
  const read = useReading();
  const tabs = useMemo(() => tabsOf(form), [form]);
  const [selected, setSelected] = useState<string | null>(linkedCell ?? null);
  const [tabId, setTabId] = useState(() => (linkedCell && placeOf(form, linkedCell)?.tab.id) || tabs[0]!.id);
  const [reach, setReach] = useState<object | null>(() => (linkedCell ? {} : null));
  const [showsPreviousYear, setShowsPreviousYear] = useState(true);
  const [onlyFilled, setOnlyFilled] = useState(true);
  const drawer = useRef<HTMLDialogElement>(null);
  const isNarrow = useIsNarrow();
  const tab = tabs.find((each) => each.id === tabId) ?? tabs[0]!;
  const hidden = useMemo(
    () => (onlyFilled ? emptyColumns(form, tab, cells, marks) : new Set<string>()),
    [onlyFilled, form, tab, cells, marks],
  );
  const go = useCallback(
    (cell: string) => {
      const place = placeOf(form, cell);
      if (!place) return;
      setTabId(place.tab.id);
      setSelected(cell);
      setReach({});
    },
    [form],
  );
  const [followed, setFollowed] = useState(linkedCell);
  if (followed !== linkedCell) {
    setFollowed(linkedCell);
    if (linkedCell) go(linkedCell);
  }
  const openDrawer = () => {
    if (drawer.current && !drawer.current.open) drawer.current.showModal();
  };
  const select = useCallback((cell: string) => setSelected(cell), []);
  const move = (step: Parameters<typeof neighbourOf>[2]) => {
    if (selected) go(neighbourVisible(form, selected, step, hidden));
  };
  const place = selected ? placeOf(form, selected) : undefined;
  const inspected = place && place.tab.id === tab.id ? place : undefined;
  const inspector = inspected ? (
    <CellInspector
      form={form}
      place={inspected}
      value={cells[inspected.key]}
      asOf={asOf}
      marks={marks.get(inspected.key)}
      previousYear={previousYear}
    >
      {renderCell(inspected, go)}
    </CellInspector>
  ) : (
    <p className="kv-muted">{t.inspectorHelp}</p>
  );
  return (
    <div className="kv-formview">
      <FormTabs form={form} tabs={tabs} marks={marks} current={tab.id} onPick={setTabId} />
      <div className="kv-formview__tools">
        {previousYear && <Toggle label={t.showPreviousYear} isOn={showsPreviousYear} onToggle={setShowsPreviousYear} />}
        <Toggle label={t.onlyFilled} isOn={onlyFilled} onToggle={setOnlyFilled} />
        <Legend marks={marks} />
      </div>
      {form.notice && <p className="kv-muted kv-formview__notice">{read(form.notice)}</p>}
      <div className="kv-formview__split">
        <div className="kv-formview__table">
          <FormTable
            form={form}
            tab={tab}
            cells={cells}
            marks={marks}
            previousYear={showsPreviousYear ? previousYear : null}
            hidden={hidden}
            selected={inspected?.key ?? null}
            reach={reach}
            onSelect={select}
            onMove={move}
            onOpen={openDrawer}
          />
        </div>
        {isNarrow ? (
          <dialog ref={drawer} className="kv-cellinfo kv-cellinfo--drawer" aria-label={t.inspectorLabel} closedby="any">
            <div className="kv-cellinfo__inner">
              <button type="button" className="kv-cellinfo__close" onClick={() => drawer.current?.close()}>
                {t.closeInspector}
              </button>
              {inspector}
            </div>
          </dialog>
        ) : (
          <aside className="kv-panel kv-cellinfo kv-cellinfo--beside" aria-label={t.inspectorLabel}>
            {inspector}
          </aside>
        )}
      </div>
      <p className="kv-muted kv-wide-only">{t.keysHelp}</p>
    </div>
  );
}

function FormTabs({
  form,
  tabs,
  marks,
  current,
  onPick,
}: {
  form: FormDefinition;
  tabs: FormTab[];
  marks: Marks;
  current: string;
  onPick: (id: string) => void;
}) {
  const t = useText(reportsText);
  const read = useReading();
  const counts = useMemo(() => {
    const counted = tabs.map((tab) => {
      const rows = new Set(tab.sections.flatMap((section) => section.rows.map((row) => row.code)));
      return [
        tab.id,
        {
          error: countMarked(marks, rows, 'error'),
          warning: countMarked(marks, rows, 'warning'),
          remark: countMarked(marks, rows, 'remark'),
        },
      ] as const;
    });
    return new Map(counted);
  }, [tabs, marks]);
  return (
    <nav className="kv-formview__tabs" aria-label={`${t.formTabs}, ${form.code}`}>
      {tabs.map((tab) => {
        const count = counts.get(tab.id)!;
        return (
          <button
            key={tab.id}
            type="button"
            aria-current={tab.id === current ? 'true' : undefined}
            onClick={() => onPick(tab.id)}
          >
            <strong>{tab.numbers}</strong> {tab.sections.map((section) => read(section.title)).join(', ')}
            {(['error', 'warning', 'remark'] as const).map((tone) => {
              if (count[tone] === 0) return null;
              const Icon = toneIcons[tone];
              return (
                <span
                  key={tone}
                  className={`kv-formview__count kv-formview__count--${tone}`}
                  title={t.toneCount[tone](count[tone])}
                >
                  <Icon size={12} aria-hidden />
                  {count[tone]}
                  <span className="kv-hidden"> ({t.toneCount[tone](count[tone])})</span>
                </span>
              );
            })}
          </button>
        );
      })}
    </nav>
  );
}

function Toggle({ label, isOn, onToggle }: { label: string; isOn: boolean; onToggle: (isOn: boolean) => void }) {
  return (
    <label className="kv-toggle">
      <input type="checkbox" checked={isOn} onChange={(event) => onToggle(event.target.checked)} /> {label}
    </label>
  );
}

/** Only the marks that occur. */
function Legend({ marks }: { marks: Marks }) {
  const t = useText(reportsText);
  const all = [...marks.values()];
  const occurs = {
    error: all.some((each) => each.errors.length > 0),
    warning: all.some((each) => each.warnings.length > 0),
    remark: all.some((each) => each.remarks.length > 0),
    new: all.some((each) => each.isNew),
    changed: all.some((each) => each.change && !each.isNew),
  };
  const tones = { error: 'bad', warning: 'warn', remark: 'info', new: 'info', changed: 'plain' } as const;
  return (
    <span className="kv-formview__legend" role="group" aria-label={t.legend}>
      {(['error', 'warning', 'remark', 'new', 'changed'] as const).map(
        (tone) =>
          occurs[tone] && (
            <Tag key={tone} tone={tones[tone]} icon={toneIcons[tone]}>
              {t.tones[tone]}
            </Tag>
          ),
      )}
    </span>
  );
}

/** Columns in which this tab has no figure but 0, and nothing to look at. The first one always stays. */
function emptyColumns(form: FormDefinition, tab: FormTab, cells: Cells, marks: Marks): Set<string> {
  const columns = columnsOf(form, tab.sections[0]!).slice(1);
  const rows = tab.sections.flatMap((section) => section.rows);
  const isEmpty = (column: string) =>
    rows.every((row) => !cells[cellKey(row.code, column)] && !marks.has(cellKey(row.code, column)));
  const empty = columns.filter((column) => isEmpty(column.code)).map((column) => column.code);
  // Nothing is filled: the form is shown as it is.
  return new Set(empty.length === columns.length ? [] : empty);
}

/** Walks over columns that are left out. */
function neighbourVisible(
  form: FormDefinition,
  cell: string,
  move: Parameters<typeof neighbourOf>[2],
  hidden: ReadonlySet<string>,
): string {
  let next = neighbourOf(form, cell, move);
  for (let from = cell; next !== from && hidden.has(next.slice(next.lastIndexOf('.') + 1));) {
    from = next;
    next = neighbourOf(form, next, move === 'last' ? 'left' : move);
  }
  return hidden.has(next.slice(next.lastIndexOf('.') + 1)) ? cell : next;
}
