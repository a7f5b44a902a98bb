import { Search } from 'lucide-react';
import { Input } from 'antd';
import { useRef, useState } from 'react';

const typingPauseMs = 300;

/** Searches once the typing pauses. */
export function SearchInput({
  value,
  label,
  hint,
  onSearch,
}: {
  value: string;
  label: string;
  hint: string;
  onSearch: (text: string) => void;
}) {
  // Null while nothing is being typed: then the searched text shows.
  const [typed, setTyped] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const type = (text: string) => {
    setTyped(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      onSearch(text);
      setTyped(null);
    }, typingPauseMs);
  };
  return (
    <Input
      type="search"
      allowClear
      prefix={<Search size={15} aria-hidden />}
      aria-label={label}
      placeholder={hint}
      value={typed ?? value}
      onChange={(event) => type(event.target.value)}
    />
  );
}
