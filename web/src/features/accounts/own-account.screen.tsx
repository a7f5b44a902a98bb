import { PageHeader } from '../../ui/page-header.tsx';
import { menuText } from '../../text/menu.ts';
import { useText } from '../../text/words.ts';

export function Component() {
  const t = useText(menuText);
  return <PageHeader title={t.entries.home} />;
}
