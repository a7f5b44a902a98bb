import './sheet.css';
import { useParams } from 'react-router';
import { levelsAsked } from '@khuevan/core/records/kinds.ts';
import { NotFound } from '../../route-failure.tsx';
import { useSession } from '../../session.tsx';
import { kindOfCollection, offeredKind } from './collections.ts';
import { RecordSheet } from './record-sheet.tsx';

export function Component() {
  const { collection, unitId } = useParams();
  const { unit } = useSession();
  const whole = kindOfCollection(collection);
  const kind = whole && offeredKind(whole, levelsAsked(unit));
  return kind ? <RecordSheet key={`${unitId}-${kind.name}`} kind={kind} /> : <NotFound />;
}
