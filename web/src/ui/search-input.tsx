import { Search } from 'lucide-react';
import { Input } from 'antd';
import { useEffect, useEffectEvent, useState } from 'react';

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
  // What was typed stays in sight until it is what was searched: on a slow machine that takes longer than the next letter.
  const [typed, setTyped] = useState<{ text: string; isAsked: boolean } | null>(null);
  const [searched, setSearched] = useState(value);
  if (searched !== value) {
    setSearched(value);
    if (typed?.isAsked) setTyped(null);
  }
  const search = useEffectEvent(onSearch);
  useEffect(() => {
    if (!typed || typed.isAsked) return;
    const timer = setTimeout(() => {
      setTyped({ text: typed.text, isAsked: true });
      search(typed.text);
    }, typingPauseMs);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <Input
      type="search"
      allowClear
      prefix={<Search size={15} aria-hidden />}
      aria-label={label}
      placeholder={hint}
      value={typed?.text ?? value}
      onChange={(event) => setTyped({ text: event.target.value, isAsked: false })}
    />
  );
}
