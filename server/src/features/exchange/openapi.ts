// OpenAPI 3.1 made from the contract; nothing is written twice.
import { z } from 'zod';
import { allEndpoints } from '@khuevan/core/contract/all.ts';
import type { Endpoint } from '@khuevan/core/contract/endpoint.ts';
import { problems } from '@khuevan/core/problems.ts';

type Json = Record<string, unknown>;

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Json => {
  const { $schema: _dropped, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    target: 'draft-2020-12',
  });
  return rest;
};

export function describeApi(version: string): Json {
  const paths: Record<string, Json> = {};
  for (const [name, endpoint] of Object.entries(allEndpoints)) {
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: operationOf(name, endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Khuê Văn API',
      version,
      summary: 'Cơ sở dữ liệu ngành giáo dục: hồ sơ, báo cáo thống kê, duyệt, tổng hợp',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'kv_session' } },
      schemas: { Problem: problemSchema() },
      responses: {
        Problem: {
          description: 'RFC 9457',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  };
}

function operationOf(name: string, endpoint: Endpoint): Json {
  const signedIn = endpoint.access !== 'public';
  const permission = endpoint.access === 'public' || endpoint.access === 'signed-in' ? undefined : endpoint.access;
  return {
    operationId: name,
    tags: [endpoint.tag],
    summary: endpoint.summary.vi,
    description: permission ? `${endpoint.summary.en}. Permission: \`${permission}\`.` : `${endpoint.summary.en}.`,
    parameters: [
      ...parametersOf(endpoint.params, 'path'),
      ...parametersOf(endpoint.query, 'query'),
      ...(signedIn && endpoint.method !== 'GET' ? [csrfHeader] : []),
    ],
    ...bodyOf(endpoint),
    responses: { 200: answerOf(endpoint), default: { $ref: '#/components/responses/Problem' } },
    security: signedIn ? [{ session: [] }] : [],
  };
}

const csrfHeader: Json = { name: 'x-csrf-token', in: 'header', required: true, schema: { type: 'string' } };

function parametersOf(schema: z.ZodType, place: 'path' | 'query'): Json[] {
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, each]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: each,
  }));
}

function bodyOf(endpoint: Endpoint): Json {
  if (endpoint.method === 'GET' || endpoint.method === 'DELETE') return {};
  if (endpoint.upload) {
    const schema = { type: 'object', properties: { file: { type: 'string', format: 'binary' } }, required: ['file'] };
    return { requestBody: { required: true, content: { 'multipart/form-data': { schema } } } };
  }
  return {
    requestBody: { required: true, content: { 'application/json': { schema: schemaOf(endpoint.body, 'input') } } },
  };
}

function answerOf(endpoint: Endpoint): Json {
  if (endpoint.file)
    return { description: 'File', content: { [endpoint.file]: { schema: { type: 'string', format: 'binary' } } } };
  return { description: 'OK', content: { 'application/json': { schema: schemaOf(endpoint.response, 'output') } } };
}

function problemSchema(): Json {
  const text = { type: 'object', properties: { vi: { type: 'string' }, en: { type: 'string' } } };
  return {
    type: 'object',
    required: ['type', 'title', 'status', 'code', 'text', 'requestId'],
    properties: {
      type: { type: 'string' },
      title: { type: 'string' },
      status: { type: 'integer' },
      code: { type: 'string', enum: Object.keys(problems) },
      text,
      requestId: { type: 'string' },
    },
  };
}
