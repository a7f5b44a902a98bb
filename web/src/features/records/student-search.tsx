import './student-search.css';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { searchStudents } from '@khuevan/core/contract/records.ts';
import { paths } from '../../paths.ts';
import { useRead } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { shellText } from '../../text/shell.ts';
import { useText } from '../../text/words.ts';
import { formatDate } from '../../ui/format.ts';

const typingPauseMs = 250;
const shortest = 2;
const limit = 12;

/** Finds a pupil of the unit from anywhere; a result opens the record. */
export default function StudentSearch() {
  const t = useText(shellText);
  const { unit, schoolYear } = useSession();
  const navigate = useNavigate();
  const id = useId();
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  const [chosen, setChosen] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const q = asked.trim();
  const { data } = useRead(
    searchStudents,
    { params: { unitId: unit.id }, query: { q, schoolYear, limit } },
    { enabled: isOpen && q.length >= shortest },
  );
  const students = q.length >= shortest ? (data?.students ?? []) : [];
  const isShown = isOpen && q.length >= shortest && data !== undefined;
  const type = (typed: string) => {
    setText(typed);
    setOpen(true);
    setChosen(0);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setAsked(typed), typingPauseMs);
  };
  const ask = (typed: string) => {
    clearTimeout(timer.current);
    setAsked(typed);
  };
  const pick = (index: number) => {
    const student = students[index];
    if (!student) return;
    setOpen(false);
    setText('');
    void navigate(paths.records(student.schoolId, 'students', { id: student.id }));
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setChosen(Math.max(0, Math.min(students.length - 1, chosen + step)));
      // Not the list that is in sight: it still answers what was typed before.
    } else if (event.key === 'Enter' && asked !== text) ask(text);
    else if (event.key === 'Enter') pick(chosen);
    else if (event.key === 'Escape') setOpen(false);
  };
  return (
    <div className="kv-find kv-wide-only">
      <Search size={15} aria-hidden />
      <input
        role="combobox"
        aria-label={t.searchStudentsLabel}
        aria-expanded={isShown}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={isShown && students[chosen] ? `${id}-${chosen}` : undefined}
        placeholder={t.searchStudents}
        value={text}
        autoComplete="off"
        onChange={(event) => type(event.target.value)}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={press}
      />
      <div id={id} role="listbox" aria-label={t.searchFound} className="kv-find__list" hidden={!isShown}>
        {students.length === 0 && <div className="kv-find__none">{t.searchNone}</div>}
        {students.map((student, index) => (
          <div
            key={`${student.schoolId}-${student.id}`}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            onMouseDown={(event) => {
              event.preventDefault();
              pick(index);
            }}
          >
            <strong>{student.fullName}</strong>
            <span className="kv-muted">
              {formatDate(student.birthDate)} · {student.classCode}
              {unit.kind !== 'school' && ` · ${student.schoolName}`}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}
