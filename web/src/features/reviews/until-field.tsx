import { parseDate } from '@khuevan/core/vietnam/dates.ts';
import { periodsText } from '../../text/periods.ts';
import { reviewsText } from '../../text/reviews.ts';
import { useText } from '../../text/words.ts';
import { DayField } from '../../ui/day-field.tsx';
import { Labelled } from '../../ui/labelled.tsx';

/** The day as the server takes it; null where it cannot be read or has passed. */
export function readUntil(text: string, today: string): string | null {
  const day = parseDate(text);
  return day !== null && day >= today ? day : null;
}

/** The last day on which a unit may work on what is opened for it. */
export function UntilField({ text, today, onText }: { text: string; today: string; onText: (text: string) => void }) {
  const t = useText(reviewsText);
  const periods = useText(periodsText);
  const isWrong = text.length >= 8 && readUntil(text, today) === null;
  return (
    <Labelled label={t.lateOpenUntil} hint={t.lateOpenHint} error={isWrong ? t.lateOpenWrong : null} required>
      {(control) => <DayField {...control} text={text} calendarLabel={periods.calendar} onText={onText} />}
    </Labelled>
  );
}
