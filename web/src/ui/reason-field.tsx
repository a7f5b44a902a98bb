import { Input } from 'antd';
import { useState } from 'react';
import { generalText } from '../text/general.ts';
import { useText } from '../text/words.ts';
import { Labelled } from './labelled.tsx';
import { isReason } from './reason.ts';

/** A reason that is asked for and stays with a report. */
export function ReasonField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const general = useText(generalText);
  const [isTouched, setTouched] = useState(false);
  return (
    <Labelled label={general.reason} error={isTouched && !isReason(value) ? general.reasonShort : null} required>
      {(control) => (
        <Input.TextArea
          {...control}
          value={value}
          maxLength={2000}
          autoSize={{ minRows: 2, maxRows: 8 }}
          onBlur={() => setTouched(true)}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  );
}
