import { type MouseEvent, useEffect, useRef, useState } from 'react';
import type { Place, Range } from './range.ts';

/** The number column stands before the fields. */
export const columnsBefore = 1;
const headerRows = 1;

function placeOf(target: EventTarget): Place | null {
  const cell = target instanceof Element ? target.closest('[role="gridcell"]') : null;
  const row = cell?.parentElement;
  if (!cell || !row) return null;
  const column = Number(cell.getAttribute('aria-colindex')) - 1 - columnsBefore;
  return column < 0 ? null : { row: Number(row.getAttribute('aria-rowindex')) - 1 - headerRows, column };
}

/** The selected cells: by Shift and arrows, by Shift and a click, by dragging. */
export function useRange() {
  const [range, setRange] = useState<Range | null>(null);
  const isDragging = useRef(false);
  useEffect(() => {
    const stop = () => {
      isDragging.current = false;
    };
    addEventListener('mouseup', stop);
    return () => removeEventListener('mouseup', stop);
  }, []);
  const begin = () => {
    isDragging.current = true;
  };
  const extend = (to: Place) =>
    setRange((old) =>
      old && old.to.row === to.row && old.to.column === to.column ? old : { from: old?.from ?? to, to },
    );
  const onMouseMove = (event: MouseEvent) => {
    const place = isDragging.current ? placeOf(event.target) : null;
    if (place) extend(place);
  };
  return { range, setRange, begin, extend, onMouseMove };
}
