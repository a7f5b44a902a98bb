import type { z } from 'zod';
import type { Permission } from '../permissions.ts';
import type { Text } from '../records/field.ts';

/**
 * One endpoint of the API. Server routes, the typed web client and OpenAPI are made from these and nothing else.
 * Paths carry `{name}` parameters and start below /api/v1.
 */
export interface Endpoint<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  summary: Text;
  tag: string;
  /** `public`: nobody need sign in. `signed-in`: any account. Else the permission needed in the unit of the path. */
  access: 'public' | 'signed-in' | Permission;
  params: P;
  query: Q;
  body: B;
  /** JSON answer. For files see `file`. */
  response: R;
  /** Media type of an answer that is a file. */
  file?: string;
  /** The body is a multipart upload with one file; `body` describes its other fields. */
  upload?: boolean;
}

export type ParamsOf<E> = E extends Endpoint<infer P, z.ZodType, z.ZodType, z.ZodType> ? z.output<P> : never;
export type QueryOf<E> = E extends Endpoint<z.ZodType, infer Q, z.ZodType, z.ZodType> ? z.output<Q> : never;
export type BodyOf<E> = E extends Endpoint<z.ZodType, z.ZodType, infer B, z.ZodType> ? z.output<B> : never;
export type ResponseOf<E> = E extends Endpoint<z.ZodType, z.ZodType, z.ZodType, infer R> ? z.output<R> : never;
/** What a caller may write: defaults may be left out. */
export type QueryInputOf<E> = E extends Endpoint<z.ZodType, infer Q, z.ZodType, z.ZodType> ? z.input<Q> : never;
export type BodyInputOf<E> = E extends Endpoint<z.ZodType, z.ZodType, infer B, z.ZodType> ? z.input<B> : never;
