import { Button, InputNumber } from 'antd';
import { useState } from 'react';
import type { ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import { changeCommendationRule, listCommendations, readCommendation } from '@khuevan/core/contract/commendations.ts';
import { commendationRule, type CommendationRule, criteria } from '@khuevan/core/reports/commendation.ts';
import { api } from '../../api.ts';
import { useNotifyProblem } from '../../problem-text.tsx';
import { useRefresh } from '../../query.ts';
import { useSession } from '../../session.tsx';
import { commendationsText } from '../../text/commendations.ts';
import { generalText } from '../../text/general.ts';
import { useText } from '../../text/words.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatSchoolYear, useFormat } from '../../ui/format.ts';
import { Labelled } from '../../ui/labelled.tsx';
import { notify } from '../../ui/notices.ts';

type InForce = ResponseOf<typeof listCommendations>['inForce'];

/** The formula, in sight of whoever sees points by it. */
export function RulePanel({ inForce }: { inForce: InForce }) {
  const t = useText(commendationsText);
  const { number } = useFormat();
  const [isOpen, setOpen] = useState(false);
  const { rule, ownerName, mayChange } = inForce;
  const taken = {
    completeness: 100,
    timeliness: rule.perLateDay,
    returns: rule.perReturn,
    findings: rule.perRefusedReason,
  };
  return (
    <section className="kv-panel">
      <h2>{t.formulaTitle}</h2>
      <div className="kv-scroll">
        <table className="kv-table kv-table--stack" aria-label={t.formulaTitle}>
          <thead>
            <tr>
              <th scope="col">{t.criterion}</th>
              <th scope="col" className="kv-num">
                {t.weight}
              </th>
              <th scope="col">{t.how}</th>
            </tr>
          </thead>
          <tbody>
            {criteria.map((criterion) => (
              <tr key={criterion}>
                <td data-label={t.criterion}>{t.criteria[criterion]}</td>
                <td data-label={t.weight} className="kv-num">
                  {number(rule.weights[criterion])}
                </td>
                <td data-label={t.how}>{t.rules[criterion](number(taken[criterion]))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="kv-muted">
        {t.mean} {ownerName ? t.formula(ownerName) : t.usual}
      </p>
      {mayChange && (
        <p className="kv-board__filters kv-panel__actions">
          <Button onClick={() => setOpen(true)}>{t.change}</Button>
        </p>
      )}
      {isOpen && <RuleDialog inForce={inForce} onClose={() => setOpen(false)} />}
    </section>
  );
}

function RuleDialog({ inForce, onClose }: { inForce: InForce; onClose: () => void }) {
  const t = useText(commendationsText);
  const general = useText(generalText);
  const { unit, schoolYear } = useSession();
  const refresh = useRefresh();
  const notifyProblem = useNotifyProblem();
  const [rule, setRule] = useState<CommendationRule>(inForce.rule);
  const isRight = commendationRule.safeParse(rule).success;
  const isNothing = Object.values(rule.weights).every((weight) => weight === 0);
  const save = async () => {
    try {
      const params = { unitId: unit.id, schoolYear };
      await api(changeCommendationRule, { params, body: { rule, version: inForce.version } });
      notify(t.saved);
    } catch (error) {
      notifyProblem(error);
      throw error;
    } finally {
      await refresh(listCommendations, readCommendation);
    }
  };
  const deductions = ['perLateDay', 'perReturn', 'perRefusedReason'] as const;
  return (
    <Confirm
      title={t.changeTitle(formatSchoolYear(schoolYear))}
      confirm={general.save}
      cancel={general.cancel}
      isDisabled={!isRight}
      onConfirm={save}
      onClose={onClose}
    >
      <div className="kv-form">
        <fieldset className="kv-numbers">
          <legend className="kv-field__label">{t.weight}</legend>
          <p className="kv-field__hint">{t.weightHint}</p>
          {criteria.map((criterion) => (
            <NumberField
              key={criterion}
              label={t.criteria[criterion]}
              value={rule.weights[criterion]}
              isWhole
              onChange={(value) => setRule({ ...rule, weights: { ...rule.weights, [criterion]: value } })}
            />
          ))}
        </fieldset>
        <fieldset className="kv-numbers">
          <legend className="kv-field__label">{t.deductions}</legend>
          <p className="kv-field__hint">{t.deductionsHint}</p>
          {deductions.map((each) => (
            <NumberField
              key={each}
              label={t[each]}
              value={rule[each]}
              onChange={(value) => setRule({ ...rule, [each]: value })}
            />
          ))}
        </fieldset>
        {isNothing && <Failure>{t.wrong}</Failure>}
      </div>
    </Confirm>
  );
}

interface NumberFieldProps {
  label: string;
  value: number;
  isWhole?: boolean;
  onChange: (value: number) => void;
}

/** A number out of bounds stays as it was typed and is said to be wrong, instead of becoming another one unseen. */
function NumberField({ label, value, isWhole = false, onChange }: NumberFieldProps) {
  const t = useText(commendationsText);
  const isRight = value >= 0 && value <= 100 && (!isWhole || Number.isInteger(value));
  return (
    <Labelled label={label} error={isRight ? null : isWhole ? t.wrongWhole : t.wrongNumber}>
      {(control) => (
        <InputNumber {...control} decimalSeparator="," value={value} onChange={(next) => onChange(next ?? 0)} />
      )}
    </Labelled>
  );
}
