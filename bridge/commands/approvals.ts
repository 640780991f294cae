import type { Requester } from '../../main/approvals/approval.schema.ts';
import { type Command, word } from '../command.ts';
import { line, table } from '../text/line.ts';

export const approvals: Command = {
  name: 'approvals',
  usage: 'approvals',
  summary: 'list the rotations that wait for a person',
  options: {},
  words: [0, 0],
  async run(_args, { core }) {
    const waiting = (await (await core()).call('listApprovals', {})).filter(({ state }) => state === 'waiting');
    const rows = waiting.map(({ id, plan, requester, expiresAt }) => [
      id,
      plan.target.name,
      askedBy(requester),
      expiresAt,
    ]);
    return {
      json: waiting,
      text: rows.length === 0 ? 'Nothing waits.' : table([['ID', 'KEY', 'ASKED BY', 'UNTIL'], ...rows]),
    };
  },
};

export const deny: Command = {
  name: 'deny',
  usage: 'deny ID',
  summary: 'refuse a rotation that waits',
  options: {},
  words: [1, 1],
  async run(args, { core }) {
    const approval = await (await core()).call('deny', { id: word(args) });
    return { json: approval, text: line`Denied. “${approval.plan.target.name}” is as it was.` };
  },
};

/** Who asked, as it says of itself. */
export function askedBy({ via, program, pid, client }: Requester): string {
  const process = program === null ? null : pid === null ? program : `${program}, process ${pid}`;
  return [client ? `${client.name} ${client.version}` : via, ...(process ? [`(${process})`] : [])].join(' ');
}
