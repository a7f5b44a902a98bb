import { PageHeader } from '../../ui/page-header.tsx';
import { recordsText } from '../../text/records.ts';
import { useText } from '../../text/words.ts';

export function Component() {
  const t = useText(recordsText);
  return <PageHeader title={t.profileTitle} />;
}
