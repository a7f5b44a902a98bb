import { type KeyboardEvent, useRef, useState } from 'react';
import { stateWords } from '@khuevan/core/reports/states.ts';
import { useNavigate } from 'react-router';
import { paths } from '../../paths.ts';
import { useSession } from '../../session.tsx';
import { reviewsText } from '../../text/reviews.ts';
import { useReading, useText } from '../../text/words.ts';
import { formatTime, useFormat } from '../../ui/format.ts';
import { notify } from '../../ui/notices.ts';
import { StateTag, stateLook } from '../../ui/tag.tsx';
import { type BoardGroup, type BoardUnit, lateStep } from './board.ts';

/** A tile for each unit, by the office above it: colour and sign say the state, the number the days it is late. One stop of the Tab key. */
export function BoardGrid({ groups }: { groups: BoardGroup[] }) {
  const t = useText(reviewsText);
  const navigate = useNavigate();
  const { membership, unit: own } = useSession();
  const grid = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const units = groups.flatMap((group) => group.units);
  const entry = units.some((unit) => unit.unitId === current) ? current : units[0]?.unitId;
  const open = (unit: BoardUnit) => {
    if (unit.id) void navigate(paths.review(membership.unitId, unit.unitId, unit.id));
    else notify(`${unit.unitName}: ${t.notOpenable}`, { tone: 'plain' });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const tiles = [...(grid.current?.querySelectorAll<HTMLElement>('button') ?? [])];
    const to = nextTile(event.key, tiles, tiles.indexOf(event.currentTarget));
    if (to === null) return;
    event.preventDefault();
    tiles[to]?.focus();
  };
  return (
    <div ref={grid} className="kv-board">
      {groups.map((group) => (
        <div key={group.id} className="kv-board__group">
          <h3 title={group.name}>{group.id === own.id ? t.directly : t.shortOffice(group.name)}</h3>
          <ul>
            {group.units.map((unit) => (
              <li key={unit.unitId}>
                <Tile
                  unit={unit}
                  isEntry={unit.unitId === entry}
                  onOpen={() => open(unit)}
                  onEnter={() => setCurrent(unit.unitId)}
                  onKeyDown={onKeyDown}
                />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </div>
  );
}

interface TileProps {
  unit: BoardUnit;
  isEntry: boolean;
  onOpen: () => void;
  onEnter: () => void;
  onKeyDown: (event: KeyboardEvent<HTMLElement>) => void;
}

function Tile({ unit, isEntry, onOpen, onEnter, onKeyDown }: TileProps) {
  const t = useText(reviewsText);
  const read = useReading();
  const { number } = useFormat();
  const { icon: Icon } = stateLook[unit.state];
  const state = read(stateWords[unit.state]);
  const days = number(unit.daysLate);
  const said = unit.daysLate > 0 ? t.tileLate(unit.unitName, state, days) : t.tile(unit.unitName, state);
  return (
    <button
      type="button"
      className={`kv-tile kv-tile--${unit.state} kv-tile--late-${lateStep(unit.daysLate)}`}
      tabIndex={isEntry ? 0 : -1}
      aria-label={`${said}, ${t.tileHolder(unit.holderName)}`}
      onClick={onOpen}
      onFocus={onEnter}
      onKeyDown={onKeyDown}
    >
      {unit.daysLate > 0 ? (
        <span aria-hidden>{Math.min(unit.daysLate, 99)}</span>
      ) : (
        <Icon size={13} strokeWidth={2.4} aria-hidden />
      )}
      <span className="kv-tile__card" aria-hidden>
        <strong>{unit.unitName}</strong>
        <span>
          <StateTag state={unit.state} /> {unit.daysLate > 0 && t.lateBy(days)}
        </span>
        <span>{t.tileHolder(unit.holderName)}</span>
        {unit.stateSince && <span>{formatTime(unit.stateSince)}</span>}
      </span>
    </button>
  );
}

/** Left and right by order, up and down by where the tiles stand on the screen. */
function nextTile(key: string, tiles: HTMLElement[], index: number): number | null {
  if (key === 'ArrowRight') return Math.min(index + 1, tiles.length - 1);
  if (key === 'ArrowLeft') return Math.max(index - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return tiles.length - 1;
  if (key !== 'ArrowUp' && key !== 'ArrowDown') return null;
  const from = tiles[index]!.getBoundingClientRect();
  const isBeyond = (box: DOMRect) => (key === 'ArrowDown' ? box.top > from.top + 1 : box.top < from.top - 1);
  const distance = (box: DOMRect) => Math.abs(box.top - from.top) * 1000 + Math.abs(box.left - from.left);
  let best: number | null = null;
  tiles.forEach((tile, place) => {
    const box = tile.getBoundingClientRect();
    if (isBeyond(box) && (best === null || distance(box) < distance(tiles[best]!.getBoundingClientRect())))
      best = place;
  });
  return best;
}
