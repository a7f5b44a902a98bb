import { z } from 'zod';
import { codeList, codeName } from '../codes/index.ts';
import type { Field, RecordKind } from './field.ts';

/**
 * A record as it is stored and answered, for the description of the API. Input is looser (parseRecord reads codes by name,
 * dd/mm/yyyy, "x" for yes); an input that already fits the schema is read as it is.
 */
export function recordSchema(kind: RecordKind): z.ZodObject {
  return z
    .object(Object.fromEntries(kind.fields.map((field) => [field.key, fieldSchema(field)])))
    .meta({ title: kind.label.en, description: `${kind.label.vi}. ${kind.source}` });
}

function fieldSchema(field: Field): z.ZodType {
  const { vi, en } = field.label;
  const description = [
    `${vi} / ${en}`,
    field.guidance?.en,
    field.source,
    field.levels && `Only where one of these levels is taught: ${levelNames(field.levels)}`,
    field.sensitive ? 'Sensitive: null without the permission records.sensitive.' : undefined,
  ]
    .filter(Boolean)
    .join('. ');
  const schema = typeSchema(field);
  // What is sensitive comes as null to those who may not see it, though it is required; what is of some levels, in records of others.
  const open = field.required && !field.sensitive && !field.levels ? schema : schema.nullable();
  return (field.readOnly ? open.readonly() : open).meta({ description });
}

const levelNames = (codes: readonly string[]) => codes.map((code) => codeName('level', code, 'en')).join(', ');

function codesOf({ list = '' }: Field): z.ZodType {
  return z.enum(codeList(list).entries.map(({ code }) => code));
}

function typeSchema(field: Field): z.ZodType {
  switch (field.type) {
    case 'text':
    case 'name':
    case 'reference':
      return field.max === undefined ? z.string() : z.string().max(field.max);
    case 'pin':
      return z.string().regex(/^(\d{12}|\d{6}••••\d{2})$/);
    case 'date':
      return z.iso.date();
    case 'integer':
      return z.int().min(0);
    case 'decimal':
      return z.number().min(0);
    case 'boolean':
      return z.boolean();
    case 'code':
      return codesOf(field);
    case 'codes':
      return z.array(codesOf(field)).min(1);
  }
}
