// After the third act: what the province has at each level, counted in plain SQL past all that compiles and adds up.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeName } from '@khuevan/core/codes/index.ts';
import type { Stage } from './stage.ts';
import type { ProvinceFigures } from './province.act.ts';
import type { Story } from './step.ts';

export interface LevelFigures {
  level: string;
  school: number;
  class: number;
  student: number;
  staff: number;
}

const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what);
};

/** @throws Error when a class is of no level, or the primary form's total is not that of the primary level. */
export function playLevels(story: Story, stage: Stage, primary: ProvinceFigures): Promise<LevelFigures[]> {
  return story.step(
    'every level counted in plain SQL; the primary total is that of its level alone',
    async () => {
      const figures = await countLevels(stage);
      const classes = figures.reduce((sum, each) => sum + each.class, 0);
      must(
        classes === stage.built.records.class,
        `${classes} classes are of a level, ${stage.built.records.class} were built`,
      );
      const students = figures.find(({ level }) => level === '02')?.student ?? 0;
      must(students === primary.cells['37.1'], `${students} primary pupils, the form says ${primary.cells['37.1']}`);
      return figures;
    },
    (figures) => Object.fromEntries(figures.map(({ level, student }) => [codeName('level', level, 'vi'), student])),
  );
}

async function countLevels({ owner, schoolYear }: Stage): Promise<LevelFigures[]> {
  const recount = await readFile(join(import.meta.dirname, '../features/demo/recount-levels.sql'), 'utf8');
  const { rows: schools } = await owner.query<{ id: string }>(`select id from unit where kind = 'school'`);
  const { rows } = await owner.query<{
    level: string;
    what: keyof Omit<LevelFigures, 'level'>;
    part: string | null;
    sex: string | null;
    value: number;
  }>(recount, [schools.map(({ id }) => id), schoolYear, `${schoolYear}-09-30`]);
  const figures = new Map<string, LevelFigures>();
  for (const { level, what, value } of rows.filter(({ part, sex }) => part === null && sex === null)) {
    const found = figures.get(level) ?? { level, school: 0, class: 0, student: 0, staff: 0 };
    figures.set(level, { ...found, [what]: value });
  }
  return [...figures.values()];
}
