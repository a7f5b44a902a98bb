import { ArrowLeft, FileDown } from 'lucide-react';
import { Button } from 'antd';
import { Link, useParams, useSearchParams } from 'react-router';
import { exportReport, printReport, readReport } from '@khuevan/core/contract/reports.ts';
import { download } from '../../api.ts';
import { Loaded } from '../../loaded.tsx';
import { paths } from '../../paths.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useRead } from '../../query.ts';
import { printsText } from '../../text/prints.ts';
import { reportsText } from '../../text/reports.ts';
import { useText } from '../../text/words.ts';
import { formatTime } from '../../ui/format.ts';
import { PageHeader } from '../../ui/page-header.tsx';
import { Tag } from '../../ui/tag.tsx';
import { PdfView } from './pdf-view.tsx';

/** The print of a submission, or of the draft where the address names none. */
export function Component() {
  const t = useText(printsText);
  const reports = useText(reportsText);
  const notifyProblem = useNotifyProblem();
  const { unitId = '', reportId = '' } = useParams();
  const [search] = useSearchParams();
  const no = Number(search.get('no')) || undefined;
  const params = { unitId, reportId };
  const report = useRead(readReport, { params });
  return (
    <Loaded query={report}>
      {(found) => {
        const sent = found.submissions.find((each) => each.no === no);
        return (
          <div className="kv-stack">
            <PageHeader
              title={no ? `${t.title} ${found.formCode}` : t.draftTitle}
              beside={
                sent ? (
                  <Tag tone="plain">{reports.submissionNo(sent.no, formatTime(sent.sentAt))}</Tag>
                ) : (
                  <Tag tone="warn">{t.draftNote}</Tag>
                )
              }
              sub={`${found.unitName} · ${found.periodName}`}
              actions={
                <>
                  <Link className="kv-button-link kv-button-link--plain" to={paths.report(unitId, reportId)}>
                    <ArrowLeft size={15} aria-hidden /> {t.back}
                  </Link>
                  <Button
                    icon={<FileDown size={15} aria-hidden />}
                    onClick={() => void download(exportReport, { params, query: { no } }).catch(notifyProblem)}
                  >
                    {t.excel}
                  </Button>
                </>
              }
            />
            <PdfView
              endpoint={printReport}
              params={params}
              query={{ no }}
              name={found.formCode}
              version={no ?? found.version}
            />
          </div>
        );
      }}
    </Loaded>
  );
}
