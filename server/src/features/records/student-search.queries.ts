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
    select r.school_id as "schoolId", u.name as "schoolName", r.id, r.full_name as "fullName", r.birth_date as "birthDate", r.class_code as "classCode"
    from search_students(${key}, ${schoolYear}, ${limit}) with ordinality as found (school_id, id, place)
    cross join lateral (select * from student_record s where s.school_id = found.school_id and s.id = found.id offset 0) r
    join unit u on u.id = r.school_id order by found.place`.execute(tx);
  return rows;
}
