import './sheet.css';
import { useParams } from 'react-router';
import { NotFound } from '../../route-failure.tsx';
import { kindOfCollection } from './collections.ts';
import { RecordSheet } from './record-sheet.tsx';

export function Component() {
  const { collection, unitId } = useParams();
  const kind = kindOfCollection(collection);
  return kind ? <RecordSheet key={`${unitId}-${kind.name}`} kind={kind} /> : <NotFound />;
}
