import { Button, Modal } from 'antd';
import { accountsText } from '../../text/accounts.ts';
import { generalText } from '../../text/general.ts';
import { useText } from '../../text/words.ts';
import { notify } from '../../ui/notices.ts';

/** The only time the password is seen. */
export function TemporaryPasswordDialog({
  username,
  password,
  onClose,
}: {
  username: string;
  password: string;
  onClose: () => void;
}) {
  const t = useText(accountsText);
  const general = useText(generalText);
  const copy = async () => {
    await navigator.clipboard?.writeText(password);
    notify(t.copied);
  };
  return (
    <Modal
      open
      title={t.temporaryTitle}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {general.close}
        </Button>
      }
    >
      <div className="kv-form">
        <p>{t.temporaryHelp(username)}</p>
        <div className="kv-secret">{password}</div>
        {'clipboard' in navigator && (
          <div>
            <Button onClick={() => void copy()}>{t.copy}</Button>
          </div>
        )}
      </div>
    </Modal>
  );
}
