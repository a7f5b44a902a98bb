import { CalendarDays } from 'lucide-react';
import { Input } from 'antd';
import { useRef } from 'react';
import { formatDate } from './format.ts';

interface DayFieldProps {
  /** What stands in the field, as typed: dd/mm/yyyy. */
  text: string;
  onText: (text: string) => void;
  calendarLabel: string;
  id?: string;
  'aria-describedby'?: string | undefined;
  'aria-invalid'?: boolean | undefined;
  status?: 'error' | undefined;
  disabled?: boolean;
}

/**
 * A day typed as people write it. The browser's calendar helps, but never shows the day: in its own language it may put the month
 * first.
 */
export function DayField({ text, onText, calendarLabel, disabled = false, status, ...control }: DayFieldProps) {
  const calendar = useRef<HTMLInputElement>(null);
  return (
    <span className="kv-day">
      <Input
        {...control}
        status={status ?? ''}
        value={text}
        inputMode="numeric"
        placeholder="dd/mm/yyyy"
        autoComplete="off"
        disabled={disabled}
        onChange={(event) => onText(event.target.value)}
      />
      <button
        type="button"
        aria-label={calendarLabel}
        disabled={disabled}
        onClick={() => calendar.current?.showPicker()}
      >
        <CalendarDays size={17} aria-hidden />
      </button>
      <input
        ref={calendar}
        type="date"
        tabIndex={-1}
        aria-hidden
        onChange={(event) => event.target.value && onText(formatDate(event.target.value))}
      />
    </span>
  );
}
