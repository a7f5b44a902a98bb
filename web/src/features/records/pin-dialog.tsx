import { Input, Modal } from 'antd';
import { useEffect, useState } from 'react';
import { readPin } from '@khuevan/core/contract/records.ts';
import { api } from '../../api.ts';
import { useProblemText } from '../../problem-text.tsx';
import { useSession } from '../../session.tsx';
import { generalText } from '../../text/general.ts';
import { recordsText } from '../../text/records.ts';
import { useText } from '../../text/words.ts';
import { Failure } from '../../ui/failure.tsx';
import { Labelled } from '../../ui/labelled.tsx';

const shownSeconds = 60;
const shortestReason = 3;

/** Shows the full number of one person for a minute, against a reason that the audit log keeps. */
export function PinDialog({
  collection,
  id,
  subject,
  onClose,
}: {
  collection: 'students' | 'staff';
  id: string;
  /** Whose number it is. */
  subject: string;
  onClose: () => void;
}) {
  const t = useText(recordsText);
  const general = useText(generalText);
  const textOf = useProblemText();
  const { unit } = useSession();
  const [reason, setReason] = useState('');
  const [pin, setPin] = useState<string | null | undefined>(undefined);
  const [error, setError] = useState<unknown>(null);
  const [isBusy, setBusy] = useState(false);
  const isShown = pin !== undefined;
  useEffect(() => {
    if (!isShown) return undefined;
    const timer = setTimeout(onClose, shownSeconds * 1000);
    return () => clearTimeout(timer);
  }, [isShown, onClose]);
  const show = async () => {
    setBusy(true);
    setError(null);
    try {
      setPin(
        (await api(readPin, { params: { schoolId: unit.id, collection, id }, body: { reason: reason.trim() } })).pin,
      );
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t.revealTitle(subject)}
      okText={isShown ? general.close : t.revealShow}
      okButtonProps={{ loading: isBusy, disabled: !isShown && reason.trim().length < shortestReason }}
      cancelButtonProps={{ style: isShown ? { display: 'none' } : {} }}
      cancelText={general.cancel}
      onOk={isShown ? onClose : () => void show()}
      onCancel={onClose}
    >
      <div className="kv-form">
        {error ? <Failure>{textOf(error)}</Failure> : null}
        {isShown ? (
          <div aria-live="polite">
            <p className="kv-pin">{pin ?? t.revealNone}</p>
            <p className="kv-muted">{t.revealHides(shownSeconds)}</p>
          </div>
        ) : (
          <>
            <p>{t.revealHelp}</p>
            <Labelled label={t.revealReason} required>
              {(control) => (
                <Input
                  {...control}
                  maxLength={200}
                  value={reason}
                  onChange={(event) => setReason(event.target.value)}
                  onPressEnter={() => reason.trim().length >= shortestReason && void show()}
                />
              )}
            </Labelled>
          </>
        )}
      </div>
    </Modal>
  );
}
