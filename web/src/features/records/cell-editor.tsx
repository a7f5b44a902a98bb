import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { recordsText } from '../../text/records.ts';
import { useText } from '../../text/words.ts';
import { type Choice, matchChoices } from './choices.ts';
import type { Entry } from './grid-rows.ts';

interface CellEditorProps {
  label: string;
  /** What stands in the input at first. */
  initial: string;
  /** Typing began by a letter, which replaces what was there. */
  isReplacing: boolean;
  choices: Choice[] | null;
  /** Several choices, parted by ";". */
  isMany?: boolean;
  inputMode?: 'numeric' | 'decimal' | 'text';
  onEntry: (entry: Entry) => void;
  /** Done, and where to go: down with Enter, sideways with Tab. */
  onDone: (entry: Entry, move: 'down' | 'up' | 'next' | 'previous') => void;
  onCancel: () => void;
}

/** The input inside a cell; with a list of choices below it where the field has one. */
export function CellEditor({
  label,
  initial,
  isReplacing,
  choices,
  isMany = false,
  inputMode = 'text',
  onEntry,
  onDone,
  onCancel,
}: CellEditorProps) {
  const [text, setText] = useState(isReplacing ? '' : initial);
  const [isTyped, setTyped] = useState(isReplacing);
  const [index, setIndex] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const listId = useId();
  const last = isMany ? text.slice(text.lastIndexOf(';') + 1) : text;
  const matches = choices ? matchChoices(choices, isTyped ? last : '') : [];
  // What was typed points at the nearest choice; nothing typed points at none.
  const chosen = index >= 0 ? index : isTyped && last.trim() !== '' ? 0 : -1;
  useLayoutEffect(() => {
    input.current?.focus();
    if (!isReplacing) input.current?.select();
  }, [isReplacing]);

  const entryOf = (choice: Choice | undefined, typed: string): Entry => {
    if (!choice) return { text: typed };
    return isMany
      ? { text: [...typed.split(';').slice(0, -1), choice.label].map((part) => part.trim()).join('; ') }
      : { value: choice.value };
  };
  const type = (typed: string) => {
    setText(typed);
    setTyped(true);
    setIndex(-1);
    const part = isMany ? typed.slice(typed.lastIndexOf(';') + 1) : typed;
    const nearest = choices && part.trim() !== '' ? matchChoices(choices, part)[0] : undefined;
    onEntry(entryOf(nearest, typed));
  };
  const pick = (choice: Choice) => onDone(entryOf(choice, text), 'down');
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const { key } = event;
    if (key === 'Enter' || key === 'Tab') {
      event.preventDefault();
      onDone(
        isTyped || index >= 0 ? entryOf(matches[chosen], text) : { text },
        key === 'Tab' ? (event.shiftKey ? 'previous' : 'next') : event.shiftKey ? 'up' : 'down',
      );
    } else if (key === 'Escape') {
      event.preventDefault();
      onCancel();
    } else if (choices && (key === 'ArrowDown' || key === 'ArrowUp')) {
      event.preventDefault();
      const step = key === 'ArrowDown' ? 1 : -1;
      setIndex(Math.max(0, Math.min(matches.length - 1, chosen + step)));
    }
    // The grid would otherwise take the key for its own.
    event.stopPropagation();
  };
  return (
    <>
      <input
        ref={input}
        className="kv-cell-input"
        aria-label={label}
        value={text}
        inputMode={inputMode}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => type(event.target.value)}
        onKeyDown={onKeyDown}
        {...(choices && {
          role: 'combobox',
          'aria-expanded': true,
          'aria-controls': listId,
          'aria-autocomplete': 'list' as const,
          'aria-activedescendant': chosen >= 0 ? `${listId}-${chosen}` : undefined,
        })}
      />
      {choices && <ChoiceList anchor={input} id={listId} choices={matches} chosen={chosen} onPick={pick} />}
    </>
  );
}

interface ChoiceListProps {
  anchor: React.RefObject<HTMLInputElement | null>;
  id: string;
  choices: Choice[];
  chosen: number;
  onPick: (choice: Choice) => void;
}

const tallest = 260;
const widest = 250;

/** Drawn over the page, because cells cut off what sticks out of them. */
function ChoiceList({ anchor, id, choices, chosen, onPick }: ChoiceListProps) {
  const t = useText(recordsText);
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { left, top, bottom, width } = anchor.current!.getBoundingClientRect();
    const { style } = list.current!;
    style.left = `${Math.min(left, innerWidth - widest)}px`;
    style.minWidth = `${Math.max(width, 180)}px`;
    if (bottom + tallest > innerHeight && top > tallest) style.bottom = `${innerHeight - top}px`;
    else style.top = `${bottom}px`;
  }, [anchor]);
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  return createPortal(
    <div ref={list} id={id} role="listbox" aria-label={t.choices} className="kv-choices">
      {choices.length === 0 && <div className="kv-choices__none">{t.noChoice}</div>}
      {choices.map((choice, index) => (
        <div
          key={choice.code}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          onMouseDown={(event) => {
            event.preventDefault();
            onPick(choice);
          }}
        >
          <span className="kv-choices__code">{choice.code}</span>
          {choice.label}
        </div>
      ))}
    </div>,
    document.body,
  );
}
