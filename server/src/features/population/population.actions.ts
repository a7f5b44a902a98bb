import type { QueryOf, ResponseOf } from '@khuevan/core/contract/endpoint.ts';
import type { importPopulation, listPopulation, readPopulation } from '@khuevan/core/contract/population.ts';
import { ProblemError } from '@khuevan/core/problems.ts';
import { now, today } from '#platform/clock.ts';
import type { Tx, Writing } from '#platform/database.ts';
import { refused } from '#platform/excel-refusals.ts';
import type { Arrived } from '#platform/files.ts';
import type { FileAnswer } from '#platform/http.ts';
import { newId } from '#platform/ids.ts';
import { type ReadPopulation, readPopulationRows } from './population-rows.rules.ts';
import { readFileRows, writePopulationTemplate } from './population-file.ts';
import {
  type NewTable,
  type PlaceRow,
  replaceTables,
  selectCounts,
  selectPlaces,
  selectTables,
  selectYears,
  type PopulationRow,
} from './population.queries.ts';

const mostFaults = 200;

export async function describePopulation(
  tx: Tx,
  unitId: string,
  { year, replaced }: QueryOf<typeof listPopulation>,
): Promise<ResponseOf<typeof listPopulation>> {
  const [tables, years, places] = [
    await selectTables(tx, { year, replaced }),
    await selectYears(tx),
    await selectPlaces(tx, unitId, today()),
  ];
  const known = new Set(tables.filter((each) => !each.replaced_at).map((each) => each.unit_id));
  return {
    years,
    tables: tables.map(describeTable),
    without: places
      .filter((each) => !known.has(each.id) && each.kind !== 'ministry')
      .map(({ id, name, kind }) => ({ id, name, kind })),
  };
}

const describeTable = (row: PopulationRow): ResponseOf<typeof listPopulation>['tables'][number] => ({
  id: row.id,
  unitId: row.unit_id,
  unitName: row.unit_name,
  unitCode: row.unit_code,
  year: row.year,
  source: row.source,
  documentNo: row.document_no,
  fileName: row.file_name,
  fileSha256: row.file_sha256,
  importedBy: row.imported_by_name,
  importedAt: row.imported_at.toISOString(),
  replacedAt: row.replaced_at?.toISOString() ?? null,
  ages: { from: row.first_age, to: row.last_age },
  people: row.people,
});

export async function describeCounts(
  tx: Tx,
  unitId: string,
  populationId: string,
): Promise<ResponseOf<typeof readPopulation>> {
  const rows = await selectCounts(tx, unitId, populationId);
  if (rows.length === 0) throw new ProblemError('not_found');
  return { counts: rows.map(({ minority_female: minorityFemale, ...row }) => ({ ...row, minorityFemale })) };
}

/** The places that the one who imports answers for: the ministry's provinces, a province's offices. */
export async function makeTemplate(tx: Tx, unitId: string, year: number): Promise<FileAnswer> {
  const places = await selectPlaces(tx, unitId, today());
  const isMinistry = places[0]?.kind === 'ministry';
  const listed = isMinistry ? places.filter((each) => each.kind === 'ministry' || each.kind === 'province') : places;
  return writePopulationTemplate(year, listed);
}

export interface JudgedFile {
  read: ReadPopulation;
  places: PlaceRow[];
}

/** @throws ProblemError file_refused when it is no population file at all */
export async function judgeFile(tx: Tx, unitId: string, file: Arrived): Promise<JudgedFile> {
  const places = await selectPlaces(tx, unitId, today());
  const codes = new Set(places.map((place) => place.code));
  const read = readPopulationRows(await readFileRows(file), (code) => codes.has(code));
  if (!read)
    throw refused({
      vi: 'Không thấy dòng tiêu đề có “Mã đơn vị”, “Tuổi”, “Tổng số”. Dùng tệp mẫu dân số của hệ thống.',
      en: 'There is no heading row with “Mã đơn vị”, “Tuổi”, “Tổng số”. Use the template of this system.',
    });
  if (read.rows === 0)
    throw refused({
      vi: 'Tệp chưa có số dân nào. Nhập số vào cột “Tổng số” rồi tải lên lại.',
      en: 'The file has no figures yet. Fill in the column “Tổng số” and upload it again.',
    });
  return { read, places };
}

type Imported = ResponseOf<typeof importPopulation>;

export const describeFaults = ({ read: { rows, places, faults } }: JudgedFile): Imported => ({
  stored: false,
  places: places.size,
  rows,
  replaced: 0,
  faultsTotal: faults.length,
  faults: faults.slice(0, mostFaults),
});

export async function storePopulation(
  { tx, access, audit }: Writing,
  { read, places }: JudgedFile,
  face: QueryOf<typeof importPopulation> & { fileName: string; sha256: string },
): Promise<Imported> {
  const { year, source, documentNo, fileName, sha256 } = face;
  const tables = places.flatMap((place): NewTable[] => {
    const counts = read.places.get(place.code);
    if (!counts) return [];
    const rows = counts.map(({ minorityFemale, ...count }) => ({ ...count, minority_female: minorityFemale }));
    return [{ unitId: place.id, id: newId(), counts: rows }];
  });
  const replaced = await replaceTables(
    tx,
    {
      year,
      source,
      documentNo,
      fileName,
      fileSha256: sha256,
      importedBy: access.actor.accountId,
      importedByName: access.actor.name,
      importedIn: access.unitId,
      at: now(),
    },
    tables,
  );
  audit.subjectKind = 'population';
  audit.detail = { year, source, documentNo, file: fileName, sha256, places: tables.length, replaced };
  return { stored: true, places: tables.length, rows: read.rows, replaced, faultsTotal: 0, faults: [] };
}
