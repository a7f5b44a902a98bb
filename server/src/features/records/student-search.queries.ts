import { sql } from 'kysely';
import type { Tx } from '#platform/database.ts';

export interface FoundStudent {
  schoolId: string;
  schoolName: string;
  id: string;
  fullName: string;
  birthDate: string;
  classCode: string;
}

/** Students of every school in the transaction's scope whose folded name holds the folded text. */
export async function searchStudents(tx: Tx, key: string, schoolYear: number, limit: number): Promise<FoundStudent[]> {
  const { rows } = await sql<FoundStudent>`
    select found.school_id as "schoolId", u.name as "schoolName", found.id, found.full_name as "fullName", found.birth_date as "birthDate",
      found.class_code as "classCode"
    from search_students(${key}, ${schoolYear}, ${limit}) with ordinality as found (school_id, id, full_name, birth_date, class_code, place)
    join unit u on u.id = found.school_id order by found.place`.execute(tx);
  return rows;
}
