import type { HttpAnswer } from '../../main/providers/http.ts';
import type { Attempt, Subject } from '../../main/providers/provider.ts';

/** The subject of a test: a key at the default address, without anything special. */
export function subject(partial: Partial<Subject> = {}): Subject {
  return { baseUrl: new URL('https://service.example/api'), kind: null, settings: {}, agentId: null, ...partial };
}

export const attempt: Attempt = {
  idempotencyKey: '0b0a3f64-6d51-4a53-8a1d-2c5c3b7c9d11',
  now: new Date('2026-11-20T12:00:00.000Z'),
  name: 'rekey 2026-11-20 0b0a3f646d51',
  graceMinutes: 0,
};

export const LIMITS = { timeoutMs: 10_000, maxBytes: 1_000_000 };

/** An answer as it arrives; a document is written as JSON. */
export function answer(status: number, body: unknown, partial: Partial<HttpAnswer> = {}): HttpAnswer {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return { status, headers: { 'content-type': 'application/json' }, body: bytes, complete: true, ...partial };
}
