import type { Requester } from '../../main/approvals/approval.schema.ts';
import { questionsOf } from '../../main/approvals/batch.schema.ts';
import { RekeyError } from '../../main/errors.ts';
import { type Command, word } from '../command.ts';
import type { CoreClient } from '../core-client.ts';
import { line, table } from '../text/line.ts';

export const approvals: Command = {
  name: 'approvals',
  usage: 'approvals',
  summary: 'list the rotations that wait for a person',
  options: {},
  words: [0, 0],
  async run(_args, { core }) {
    const waiting = (await (await core()).call('listApprovals', {})).filter(({ state }) => state === 'waiting');
    const rows = questionsOf(waiting).map((question) => {
      const [{ id, batch, requester, expiresAt }] = question;
      const names = question.map(({ plan }) => plan.target.name).reverse();
      return [batch ?? id, names.join(', '), askedBy(requester), expiresAt];
    });
    return {
      json: waiting,
      text: rows.length === 0 ? 'Nothing waits.' : table([['ID', 'KEYS', 'ASKED BY', 'UNTIL'], ...rows]),
    };
  },
};

export const deny: Command = {
  name: 'deny',
  usage: 'deny ID',
  summary: 'refuse a rotation that waits, or all that were asked for together',
  options: {},
  words: [1, 1],
  async run(args, { core }) {
    const client = await core();
    const id = word(args);
    const approval = await ifKnown(client.call('deny', { id }));
    if (approval) return { json: approval, text: line`Denied. “${approval.plan.target.name}” is as it was.` };
    const denied = await denyAll(client, id);
    return {
      json: denied,
      text: `Denied. ${denied.length === 1 ? '1 key is' : `${denied.length} keys are`} as before.`,
    };
  },
};

/** Null for an id that is no request's. */
export async function ifKnown<T>(answer: Promise<T>): Promise<T | null> {
  return answer.catch((error: unknown) => {
    if (error instanceof RekeyError && error.code === 'approval-unknown') return null;
    throw error;
  });
}

async function denyAll(client: CoreClient, batch: string) {
  const { approvals: asked } = await client.call('getBatch', { batch });
  const denied = [];
  for (const { id, state } of asked) if (state === 'waiting') denied.push(await client.call('deny', { id }));
  return denied;
}

/** Who asked, as it says of itself. */
export function askedBy({ via, program, pid, client }: Requester): string {
  const process = program === null ? null : pid === null ? program : `${program}, process ${pid}`;
  return [client ? `${client.name} ${client.version}` : via, ...(process ? [`(${process})`] : [])].join(' ');
}
