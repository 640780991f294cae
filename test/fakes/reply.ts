import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { Switches } from './switches.ts';

/** What a stand-in means to answer. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function json(status: number, document: unknown): Reply {
  return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(document) };
}

/** Sends the answer (`break`: closes the connection instead): whole, cut off, late, slow, or in no form of HTTP. */
export async function deliver(
  reply: Reply | 'break',
  response: ServerResponse,
  switches: Switches = new Switches(),
): Promise<void> {
  const lateness = switches.ms('answersAfterMs');
  if (lateness > 0) await wait(lateness);
  if (reply === 'break') {
    response.destroy();
    return;
  }
  const { status, headers, body } = reply;
  if (switches.has('rotates-and-answers-outside-http')) {
    response.socket?.end(`AHOY there: ${body}\r\n\r\n`);
    return;
  }
  response.writeHead(status, { ...headers, 'Content-Length': Buffer.byteLength(body) });
  if (switches.has('rotates-and-breaks-mid-answer')) {
    response.write(body.slice(0, body.length / 2), () => response.destroy());
    return;
  }
  const pause = switches.ms('dripsEveryMs');
  if (pause > 0) await drip(body, response, pause);
  else response.end(body);
}

async function drip(body: string, response: ServerResponse, everyMs: number): Promise<void> {
  for (const character of body) {
    if (response.destroyed) return;
    response.write(character);
    await wait(everyMs);
  }
  response.end();
}
