import { Modal } from 'antd';
import { type ReactNode, useState } from 'react';

interface ConfirmProps {
  title: string;
  children: ReactNode;
  confirm: string;
  cancel: string;
  danger?: boolean;
  isDisabled?: boolean;
  /** The dialog stays open, and busy, until the promise ends; it stays open when the promise fails. */
  onConfirm: () => unknown;
  onClose: () => void;
}

/** Asks before something that is hard to take back. Mounted only while it is open. */
export function Confirm({
  title,
  children,
  confirm,
  cancel,
  danger = false,
  isDisabled = false,
  onConfirm,
  onClose,
}: ConfirmProps) {
  const [isBusy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    try {
      await onConfirm();
      onClose();
    } catch {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={title}
      okText={confirm}
      cancelText={cancel}
      okButtonProps={{ danger, disabled: isDisabled, loading: isBusy }}
      cancelButtonProps={{ disabled: isBusy }}
      onOk={() => void run()}
      onCancel={onClose}
    >
      {children}
    </Modal>
  );
}
