import { json, type Reply } from './reply.ts';
import type { Switches } from './switches.ts';

/** Keys of a rotation that has just happened at a stand-in. */
export interface Rotated {
  readonly old: string;
  readonly fresh: string;
}

/** Another origin, where nobody listens. */
const ELSEWHERE = { Location: 'http://127.0.0.1:9/elsewhere' };

/** What is answered instead of rotating, or null when the rotation goes on. @param no how the service says no. */
export function insteadOfRotating(switches: Switches, no: (status: number) => Reply): Reply | 'break' | null {
  if (switches.has('breaks-before-rotating')) return 'break';
  if (switches.has('redirects')) return { status: 302, headers: ELSEWHERE, body: '' };
  if (switches.has('demo-account')) return no(403);
  for (const status of [401, 403, 429, 500] as const) if (switches.has(`refuses-with-${status}`)) return no(status);
  return null;
}

/** What is answered in place of the new key after a rotation, or null when the answer is the documented one. */
export function insteadOfTheKey(switches: Switches, { old, fresh }: Rotated, good: Reply): Reply | 'break' | null {
  const swap = (body: string): Reply => ({ ...good, body });
  if (switches.has('rotates-and-breaks-before-the-answer')) return 'break';
  if (switches.has('rotates-and-answers-502')) return json(502, { message: 'Bad gateway' });
  if (switches.has('rotates-and-answers-garbage')) return swap(`\u0000\u0001{{{ your new key: ${fresh} }}`);
  if (switches.has('rotates-and-answers-a-page')) return page;
  if (switches.has('rotates-and-answers-too-much'))
    return swap(`{"filler":"${'x'.repeat(1_100_000)}",${good.body.slice(1)}`);
  if (switches.has('rotates-and-redirects')) return { status: 307, headers: ELSEWHERE, body: '' };
  if (switches.has('rotates-and-answers-without-key')) return swap('{"success":true,"message":"rotated"}');
  if (switches.has('rotates-and-says-failure')) return swap('{"success":false,"error":"Something went wrong"}');
  if (switches.has('rotates-and-answers-the-old-key')) return swap(good.body.replaceAll(fresh, old));
  if (switches.has('rotates-and-answers-a-broken-key')) return swap(good.body.replaceAll(fresh, `${fresh}\\nx`));
  if (switches.has('rotates-and-answers-twice')) return swap(good.body + good.body);
  return null;
}

const page: Reply = {
  status: 200,
  headers: { 'Content-Type': 'text/html' },
  body: '<!doctype html><title>Welcome</title>',
};
