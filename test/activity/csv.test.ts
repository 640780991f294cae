import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Activity } from '../../main/activity/activity.schema.ts';
import { activityCsv } from '../../main/activity/activity-csv.ts';
import { csv } from '../../main/activity/csv.ts';

/** A strict reader of RFC 4180: what it can't read is an error. */
function read(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const [, quoted, bare = ''] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))/.exec(text.slice(at)) ?? [];
    row.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    at += quoted === undefined ? bare.length : quoted.length + 2;
    if (text.startsWith('\r\n', at)) {
      rows.push(row);
      row = [];
      at += 2;
    } else if (text[at] === ',') at += 1;
    else throw new Error(`not RFC 4180 at ${at}: ${JSON.stringify(text.slice(at, at + 20))}`);
  }
  if (row.length > 0) throw new Error('the last line has no end');
  return rows;
}

const FORMULA = ['=', '+', '-', '@', '\t', '\r', '\n', '\uff1d', '\uff0b', '\uff0d', '\uff20'];
const odd = fc.oneof(
  fc.string({
    unit: fc.constantFrom('"', ',', '\r', '\n', "'", ' ', '=', '+', '-', '@', '\t', '\0', '\u5bc6', '\ud83d\udd11'),
  }),
  fc.string({ unit: 'binary' }),
);
// A row of one empty cell is an empty line, which no reader can tell from none.
const rows = fc
  .integer({ min: 2, max: 6 })
  .chain((width) => fc.array(fc.array(odd, { minLength: width, maxLength: width })));

describe('a table as CSV', () => {
  it('is read back as it was by RFC 4180, but for the apostrophes before formulas', () => {
    fc.assert(
      fc.property(rows, (table) => {
        const back = read(csv(table));
        expect(back).toEqual(
          table.map((row) => row.map((cell) => (FORMULA.includes(cell[0] ?? '') ? `'${cell}` : cell))),
        );
      }),
      { numRuns: 500 },
    );
  });

  it('has no cell that a spreadsheet would compute', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FORMULA), odd, (first, rest) => {
        const [[cell = ''] = []] = read(csv([[`${first}${rest}`, '']]));
        expect(cell.startsWith("'")).toBe(true);
      }),
    );
  });

  it.each([
    ['plain', 'plain'],
    ['', ''],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\r\nlines', '"two\r\nlines"'],
    ['=HYPERLINK("http://x")', '"\'=HYPERLINK(""http://x"")"'],
    ['-1', "'-1"],
    ['@SUM(A1)', "'@SUM(A1)"],
    ['\tx', "'\tx"],
    ['1-2', '1-2'],
  ])('writes %j as %j', (cell, written) => {
    expect(csv([[cell, 'end']])).toBe(`${written},end\r\n`);
  });
});

describe('the activity as CSV', () => {
  const base: Activity = {
    at: '2026-01-02T03:04:05.000Z',
    kind: 'rotation-asked',
    credential: 'work',
    rotationId: null,
    who: 'agent claude-code',
    detail: null,
  };
  const site = { owner: 'Cursor', file: '/home/sam/.cursor/mcp.json', server: null, line: 6, problem: null } as const;
  const ended: Activity = {
    ...base,
    kind: 'rotation-ended',
    rotationId: 'r1',
    who: 'rekey',
    by: {
      via: 'agent',
      program: 'node',
      client: { name: '=cmd|evil', version: '1.0' },
      approver: 'confirmation-window',
    },
    detail: 'done-in-part',
    rotation: {
      id: 'r1',
      requester: { via: 'agent', program: 'node', client: { name: '=cmd|evil', version: '1.0' } },
      approver: 'confirmation-window',
      provider: 'resend',
      way: 'request',
      strategy: 'overlap',
      startedAt: '2026-01-02T03:03:00.000Z',
      endedAt: '2026-01-02T03:04:05.000Z',
      outcome: 'done-in-part',
      oldFingerprint: '0123456789ab',
      newFingerprint: 'ba9876543210',
      sites: [
        { ...site, state: 'patched' },
        { ...site, owner: 'Claude', server: 'mail, "old"', line: 9, state: 'to-do', problem: 'file-not-writable' },
      ],
      restarts: [
        { host: 'Cursor', state: 'wanted', problem: null },
        { host: 'Claude', state: 'done', problem: null },
      ],
      revocation: { by: 'rekey', state: 'held', at: null },
    },
  };

  /** By the names of the columns; empty cells are left out. */
  function table(entries: readonly Activity[]): Record<string, string>[] {
    const [head = [], ...lines] = read(activityCsv(entries));
    return lines.map((cells) =>
      Object.fromEntries(cells.flatMap((cell, index) => (cell ? [[head[index], cell]] : []))),
    );
  }

  it('is a header and nothing else where nothing has happened', () => {
    expect(read(activityCsv([]))).toEqual([
      expect.arrayContaining(['at', 'event', 'credential', 'file', 'site_state']),
    ]);
  });

  it('has one row for an entry, with what is known of who asked', () => {
    expect(table([base])).toEqual([
      { at: base.at, event: 'rotation-asked', credential: 'work', who: 'agent claude-code' },
    ]);
  });

  it('has one row for each place that a rotation went through, each with the rotation', () => {
    const common = {
      at: base.at,
      event: 'rotation-ended',
      credential: 'work',
      who: 'rekey',
      asked_via: 'agent',
      asked_program: 'node',
      asked_client: "'=cmd|evil 1.0",
      approver: 'confirmation-window',
      detail: 'done-in-part',
      rotation_id: 'r1',
      provider: 'resend',
      way: 'request',
      strategy: 'overlap',
      started_at: '2026-01-02T03:03:00.000Z',
      ended_at: '2026-01-02T03:04:05.000Z',
      outcome: 'done-in-part',
      old_fingerprint: '0123456789ab',
      new_fingerprint: 'ba9876543210',
      restarts: 'Cursor: wanted; Claude: done',
      old_key: 'held by rekey',
    };
    expect(table([ended])).toEqual([
      { ...common, owner: 'Cursor', file: site.file, line: '6', site_state: 'patched' },
      {
        ...common,
        owner: 'Claude',
        file: site.file,
        server: 'mail, "old"',
        line: '9',
        site_state: 'to-do',
        problem: 'file-not-writable',
      },
    ]);
  });

  it('has one row for a rotation that went through no place', () => {
    const nowhere = { ...ended, rotation: ended.rotation && { ...ended.rotation, sites: [] } };
    expect(table([nowhere, base])).toHaveLength(2);
  });
});
