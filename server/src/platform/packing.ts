// JSON answers, compressed in one go. They are whole in memory: to send them through streams costs six times as much as the
// compression itself. Everything else is left to @fastify/compress.
import { brotliCompressSync, constants } from 'node:zlib';
import type { FastifyInstance } from 'fastify';

const leastBytes = 1024;
/** Longer ones would hold up everybody else. */
const mostBytes = 512 * 1024;
const params = { [constants.BROTLI_PARAM_QUALITY]: 2, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT };

/** To be called before @fastify/compress is registered: what is compressed here, it leaves alone. */
export function packAnswers(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || payload.length < leastBytes || payload.length > mostBytes) return payload;
    if (reply.hasHeader('content-encoding') || !takesBrotli(request.headers['accept-encoding'])) return payload;
    if (!String(reply.getHeader('content-type')).includes('json')) return payload;
    const text = Buffer.from(payload);
    void reply.removeHeader('content-length').header('content-encoding', 'br').header('vary', 'accept-encoding');
    return brotliCompressSync(text, { params: { ...params, [constants.BROTLI_PARAM_SIZE_HINT]: text.length } });
  });
}

/** RFC 9110: named, and not with a weight of nothing. */
function takesBrotli(accepted: string | string[] | undefined): boolean {
  return String(accepted ?? '')
    .split(',')
    .some((each) => /^\s*br\s*(;\s*q=(0\.0*[1-9]\d*|1(\.0*)?)\s*)?$/i.test(each));
}
