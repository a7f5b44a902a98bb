import './notices.css';
import { changeDigest, readDigest } from '@khuevan/core/contract/reminders.ts';
import { api } from '../../api.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useRead, useRefresh } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { noticesText } from '../../text/notices.ts';
import { useReading, useText } from '../../text/words.ts';
import { notify } from '../../ui/notices.ts';
import { Picker } from '../../ui/picker.tsx';

const rhythms = ['daily', 'weekly', 'off'] as const;

/** What the head of a unit has to know, as of now, and how often it is told. */
export default function DigestPanel() {
  const t = useText(noticesText);
  const read = useReading();
  const { unit } = useSession();
  const refresh = useRefresh();
  const notifyProblem = useNotifyProblem();
  const { data } = useRead(readDigest, { params: { unitId: unit.id } }, { staleTime: 60_000 });
  if (!data) return null;
  const choose = async (rhythm: (typeof rhythms)[number]) => {
    try {
      await api(changeDigest, { params: { unitId: unit.id }, body: { rhythm } });
      notify(t.rhythmSaved);
      await refresh(readDigest);
    } catch (error) {
      notifyProblem(error);
    }
  };
  return (
    <section className="kv-panel kv-digest" aria-labelledby="digest">
      <h2 id="digest">{t.digestTitle}</h2>
      {data.lines.length === 0 ? (
        <p className="kv-muted">{t.digestNothing}</p>
      ) : (
        <ul>
          {data.lines.map((line) => (
            <li key={line.vi}>{read(line)}</li>
          ))}
        </ul>
      )}
      <Picker
        label={t.rhythm}
        shown={`${t.rhythm} ${t.rhythms[data.rhythm]}`}
        items={rhythms.map((key) => ({ key, label: t.rhythms[key] }))}
        selected={[data.rhythm]}
        onPick={(key) => void choose(rhythms.find((each) => each === key) ?? 'weekly')}
      />
    </section>
  );
}
