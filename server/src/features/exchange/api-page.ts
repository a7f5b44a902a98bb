// The browsable page of the API: one static page, no script, no library to download.
import { allEndpoints } from '@khuevan/core/contract/all.ts';
import type { Endpoint } from '@khuevan/core/contract/endpoint.ts';
import { problems } from '@khuevan/core/problems.ts';
import { describeApi } from './openapi.ts';

const escape = (value: string) =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

export function renderApiPage(version: string, nonce: string): string {
  const paths = describeApi(version).paths as Record<
    string,
    Record<string, { parameters: unknown; requestBody?: unknown; responses: Record<string, unknown> }>
  >;
  const tags = [...new Set(Object.values(allEndpoints).map((each) => each.tag))];
  const sections = tags.map((tag) => {
    const entries = Object.entries(allEndpoints).filter(([, each]) => each.tag === tag);
    return `<section><h2 id="${tag}">${tag}</h2>${entries.map(([name, each]) => renderEndpoint(name, each, paths[each.path]![each.method.toLowerCase()]!)).join('')}</section>`;
  });
  const faults = Object.entries(problems).map(([code, problem]) => {
    const sample = problem.message(new Proxy({}, { get: (_target, key) => `{${String(key)}}` }));
    return `<tr id="${code}"><td><code>${code}</code></td><td>${problem.status}</td><td>${escape(sample.vi)}<br><small lang="en">${escape(sample.en)}</small></td></tr>`;
  });
  return `<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Khuê Văn API ${escape(version)}</title>
<style nonce="${nonce}">${css}</style></head><body>
<header><h1>Khuê Văn API <small>${escape(version)}</small></h1><p>OpenAPI 3.1: <a href="/api/v1/openapi.json">/api/v1/openapi.json</a></p>
<nav aria-label="Mục lục">${tags.map((tag) => `<a href="#${tag}">${tag}</a>`).join(' ')} <a href="#problems">problems</a></nav></header>
<main>${sections.join('')}<section><h2 id="problems">Problems</h2><table><thead><tr><th scope="col">code</th><th scope="col">HTTP</th><th scope="col">text</th></tr></thead><tbody>${faults.join('')}</tbody></table></section></main></body></html>`;
}

function renderEndpoint(
  name: string,
  endpoint: Endpoint,
  operation: { parameters: unknown; requestBody?: unknown; responses: Record<string, unknown> },
): string {
  const json = (value: unknown) => `<pre tabindex="0">${escape(JSON.stringify(value, null, 2))}</pre>`;
  return `<details id="${escape(name)}"><summary><b class="${endpoint.method}">${endpoint.method}</b> <code>/api/v1${escape(endpoint.path)}</code> <span>${escape(endpoint.summary.vi)}</span></summary>
<p lang="en">${escape(endpoint.summary.en)}</p><p>${escape(endpoint.access)}</p><h3>parameters</h3>${json(operation.parameters)}${operation.requestBody ? `<h3>body</h3>${json(operation.requestBody)}` : ''}<h3>200</h3>${json(operation.responses['200'])}</details>`;
}

const css = `:root{color-scheme:light dark}body{font:16px/1.55 system-ui,sans-serif;max-width:66rem;margin:auto;padding:1rem}nav a{margin-right:.6rem}
details{border-top:1px solid #8884;padding:.35rem 0}summary{cursor:pointer}summary b{display:inline-block;min-width:4.2rem}pre{overflow:auto;background:#8881;padding:.6rem;font-size:13px;max-height:24rem}
table{border-collapse:collapse}td,th{text-align:left;vertical-align:top;padding:.3rem .6rem;border-top:1px solid #8884}`;
