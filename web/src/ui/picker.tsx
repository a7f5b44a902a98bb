import { ChevronDown } from 'lucide-react';
import { Dropdown, type MenuProps } from 'antd';
import type { ReactNode } from 'react';

interface PickerProps {
  label: string;
  shown: ReactNode;
  items: NonNullable<MenuProps['items']>;
  selected?: string[];
  onPick: (key: string) => void;
  className?: string;
}

/** A button that opens a short menu: unit, school year, account, columns. */
export function Picker({ label, shown, items, selected = [], onPick, className = '' }: PickerProps) {
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items,
        selectedKeys: selected,
        selectable: true,
        onClick: ({ key }) => onPick(key),
        style: { maxHeight: '70vh', overflowY: 'auto' },
      }}
    >
      <button type="button" className={`kv-picker ${className}`} aria-haspopup="menu">
        <span>
          <span className="kv-hidden">{label}: </span>
          {shown}
        </span>
        <ChevronDown size={15} aria-hidden />
      </button>
    </Dropdown>
  );
}
