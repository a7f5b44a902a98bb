import { Link } from 'react-router';
import { downloadTemplate } from '@khuevan/core/contract/imports.ts';
import { recordEndpoints } from '@khuevan/core/contract/records.ts';
import { download } from '../../api.ts';
import { paths } from '../../paths.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useSession } from '../../session.tsx';
import { recordsText } from '../../text/records.ts';
import { useText } from '../../text/words.ts';
import { Picker } from '../../ui/picker.tsx';
import type { ListKind } from './collections.ts';

/** Every list goes to Excel, and the same file comes back in. */
export function ExcelMenu({ kind, mayWrite }: { kind: ListKind; mayWrite: boolean }) {
  const t = useText(recordsText);
  const { unit, schoolYear } = useSession();
  const notifyProblem = useNotifyProblem();
  const items = [
    { key: 'export', label: t.downloadList },
    { key: 'template', label: t.templateEmpty },
    { key: 'filled', label: t.templateFilled },
  ];
  const pick = async (key: string) => {
    try {
      if (key === 'export')
        await download(recordEndpoints[kind.name].export, { params: { schoolId: unit.id }, query: { schoolYear } });
      else
        await download(downloadTemplate, {
          params: { unitId: unit.id, kind: kind.name },
          query: { schoolYear, prefilled: key === 'filled' ? 'true' : 'false' },
        });
    } catch (error) {
      notifyProblem(error);
    }
  };
  return (
    <>
      <Picker label={t.downloadExcel} shown={t.downloadExcel} items={items} onPick={(key) => void pick(key)} />
      {mayWrite && (
        <Link className="kv-button" to={paths.imports(unit.id, kind.name)}>
          {t.importExcel}
        </Link>
      )}
    </>
  );
}
