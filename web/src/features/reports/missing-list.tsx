import { Download } from 'lucide-react';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { downloadMissing } from '@khuevan/core/contract/reports.ts';
import { ruleFace } from '@khuevan/core/rules/catalogue.ts';
import { download } from '../../api.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { reportsText } from '../../text/reports.ts';
import { useReading, useText } from '../../text/words.ts';
import { formatClock, useFormat } from '../../ui/format.ts';
import { fixAddress, groupMissing, type MissingGroup } from './missing.ts';
import type { Report } from './report-data.ts';

export interface Blocked {
  missingTotal: number;
  missing: Parameters<typeof groupMissing>[0];
  at: number;
}

/** What stands against fetching the data: by part and rule, each line the way to the very cell. */
export function MissingList({ report, blocked }: { report: Report; blocked: Blocked }) {
  const t = useText(reportsText);
  const { number } = useFormat();
  const notifyProblem = useNotifyProblem();
  const [isLoading, setLoading] = useState(false);
  const onDownload = async () => {
    setLoading(true);
    try {
      await download(downloadMissing, { params: { unitId: report.unitId, reportId: report.id } });
    } catch (error) {
      notifyProblem(error);
    } finally {
      setLoading(false);
    }
  };
  return (
    <section className="kv-missing" aria-label={t.blockedTitle(number(blocked.missingTotal))}>
      <header>
        <h3>{t.blockedTitle(number(blocked.missingTotal))}</h3>
        <p>
          {t.blockedHelp} <span className="kv-muted">{t.blockedAt(formatClock(blocked.at))}</span>
        </p>
        {blocked.missing.length < blocked.missingTotal && (
          <p className="kv-muted">{t.blockedShown(number(blocked.missing.length), number(blocked.missingTotal))}</p>
        )}
        <Button icon={<Download size={15} aria-hidden />} loading={isLoading} onClick={() => void onDownload()}>
          {t.downloadMissing}
        </Button>
      </header>
      {groupMissing(blocked.missing).map((part) => (
        <section key={part.part} className="kv-missing__part">
          <h4>{t.missingPart(`${part.part}. ${t.parts[part.part] ?? ''}`, number(part.count))}</h4>
          {part.groups.map((group) => (
            <Group key={`${group.rule} ${group.field}`} group={group} report={report} />
          ))}
        </section>
      ))}
    </section>
  );
}

const shownAtFirst = 8;

function Group({ group, report }: { group: MissingGroup; report: Report }) {
  const t = useText(reportsText);
  const read = useReading();
  const { number } = useFormat();
  const [isOpen, setOpen] = useState(false);
  const shown = isOpen ? group.lines : group.lines.slice(0, shownAtFirst);
  const isOneSentence = group.lines.every((line) => line.message.vi === group.message.vi);
  const face = ruleFace(group.rule);
  return (
    <div className="kv-missing__group">
      <p>
        <strong>{read(isOneSentence ? group.message : face.title)}</strong>{' '}
        <span className="kv-muted">
          {t.missingGroup(number(group.lines.length))}. {t.ruleSource(face.source)}
        </span>
      </p>
      <ul className={isOneSentence ? 'kv-missing__names' : 'kv-missing__lines'}>
        {shown.map((line, index) => {
          const address = fixAddress(report.unitId, report.schoolYear, line);
          const name = line.subject || t.wholeSet;
          return (
            <li key={`${line.recordId} ${index}`}>
              {address ? <Link to={address}>{name}</Link> : name}
              {!isOneSentence && <span> {read(line.message)}</span>}
            </li>
          );
        })}
        {group.lines.length > shown.length && (
          <li>
            <button type="button" className="kv-link" onClick={() => setOpen(true)}>
              {t.showMore(number(group.lines.length - shown.length))}
            </button>
          </li>
        )}
      </ul>
    </div>
  );
}
