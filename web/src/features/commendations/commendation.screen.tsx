import { useParams } from 'react-router';
import { useSession } from '../../session.tsx';
import { Explained } from './explained.tsx';

/** Why a unit below has its points. */
export function Component() {
  const { ofUnitId = '' } = useParams();
  const { schoolYear } = useSession();
  return <Explained key={`${ofUnitId} ${schoolYear}`} unitId={ofUnitId} />;
}
