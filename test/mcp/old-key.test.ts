import { describe, expect, it } from 'vitest';
import { noPaint, planText } from '../../bridge/text/plan.ts';
import { rotationText } from '../../bridge/text/rotation.ts';
import { graceText, oldKeyText, span } from '../../main/mcp/old-key-words.ts';
import { personCan } from '../../main/mcp/person-can.ts';
import { rotationData } from '../../main/mcp/rotation-data.ts';
import { outcomeText, stepTeller } from '../../main/mcp/words.ts';
import type { Revocation, Rotation } from '../../main/rotation/rotation.schema.ts';
import { AGENT, planOf } from '../approvals/plan-double.ts';
import { ends, rotationOf } from '../e2e/scripted/rotation.ts';
import { ScriptedCore as Pages } from '../e2e/scripted/scripted-core.ts';

const asked = new Pages().ask(AGENT);
const AT = '2026-05-25T10:00:00.000Z';
const problem = { code: 'x', message: 'It is so.', wayOut: 'Do that.' };

function ended(revocation: Revocation | null, change: Partial<Rotation> = {}): Rotation {
  return rotationOf(asked, 'ended', { revocation, ...change });
}

describe('the old key, in words', () => {
  it.each([
    ['rekey', 'due', AT, `The old key works until ${AT}; then Rekey revokes it.`],
    ['service', 'due', AT, `The old key works until ${AT}; then BitScale ends it.`],
    ['person', 'due', null, 'The old key still works: it is to be revoked on the page of BitScale.'],
    ['rekey', 'revoked', AT, 'Rekey has revoked the old key.'],
    ['service', 'revoked', AT, 'BitScale has revoked the old key.'],
    ['person', 'revoked', null, 'The person has revoked the old key.'],
    ['rekey', 'undone', null, 'The old key is the current one again.'],
  ] as const)('by %s, %s', (by, state, at, words) => {
    expect(oldKeyText(ended({ by, state, at, problem: null }))).toBe(words);
  });

  it('that could not be revoked says why and what to do', () => {
    expect(oldKeyText(ended({ by: 'rekey', state: 'held', at: AT, problem }))).toBe(
      'The old key still works and is not revoked yet. It is so. Do that.',
    );
    expect(oldKeyText(ended({ by: 'rekey', state: 'due', at: AT, problem }))).toContain('It is so. Do that.');
  });

  it('is the newer one after an undo, and nothing where it is dead or the rotation runs', () => {
    const revocation = { by: 'rekey', state: 'revoked', at: AT, problem: null } as const;
    expect(oldKeyText(ended(revocation, { way: 'undo' }))).toBe('Rekey has revoked the newer key.');
    expect(oldKeyText(ended(null))).toBeNull();
    expect(oldKeyText(rotationOf(asked, 'staged', { revocation }))).toBeNull();
  });

  it('tells its time as the reader wants it', () => {
    const due = ended({ by: 'rekey', state: 'due', at: AT, problem: null });
    expect(oldKeyText(due, () => 'noon')).toBe('The old key works until noon; then Rekey revokes it.');
  });

  it('names the choice that there is, and what is chosen by default', () => {
    expect(graceText({ choices: [0, 60, 1_440], default: 60 })).toBe(
      'When everything is in place, the old key works on for: not at all, 1 hour (by default), 1 day.',
    );
    expect([30, 60, 90, 1_440, 10_080].map(span)).toEqual(['30 minutes', '1 hour', '90 minutes', '1 day', '1 week']);
  });
});

describe('the old key, as an agent sees it', () => {
  it.each([
    ['due', 'works'],
    ['held', 'works'],
    ['undone', 'works'],
    ['revoked', 'dead'],
  ] as const)('%s: %s', (state, old_key) => {
    const data = rotationData(ended({ by: 'rekey', state, at: AT, problem: null }, { strategy: 'overlap' }));
    expect(data.old_key).toBe(old_key);
    expect(data.old_key_end).not.toBeNull();
  });

  it('is dead after a rotation in place, and unknown after one by hand that noted nothing', () => {
    expect(rotationData(ended(null))).toMatchObject({ old_key: 'dead', old_key_end: null, way: 'request' });
    expect(rotationData(ended(null, { way: 'by-hand' })).old_key).toBe('unknown');
  });
});

describe('what only the person can do', () => {
  it('is told to an agent as theirs, for everything that a rotation offers', () => {
    for (const end of Object.values(ends)) {
      const rotation = end(asked);
      expect(personCan(rotation)).toHaveLength(rotation.offers.length);
      for (const sentence of rotationData(rotation).person_can) expect(sentence).toMatch(/[Pp]erson/);
    }
  });

  it('is never the pasting of a key by the agent', () => {
    const [paste] = personCan(ends['by-hand'](asked));
    expect(paste).toContain('pastes it into Rekey themselves');
    expect(paste).toContain('Do not ask them for the key');
  });

  it('is told at the command line with the command for each', () => {
    const text = rotationText(ends['in-doubt'](asked));
    for (const command of ['rekey resume work', 'rekey adopt work', 'rekey give-up work'])
      expect(text).toContain(command);
    const memory = rotationText(ends['memory-only'](asked));
    expect(memory).toContain('rekey copy-new work');
    const grace = rotationText(ends.grace(asked));
    for (const command of ['rekey revoke work', 'rekey undo work']) expect(grace).toContain(command);
  });
});

describe('a rotation that is none by request', () => {
  it('tells its own steps', () => {
    const told = (way: Rotation['way']): string[] => {
      const steps: string[] = [];
      stepTeller((text) => steps.push(text))(rotationOf(asked, 'promoted', { way }));
      return steps;
    };
    expect(told('by-hand')[2]).toBe('Waiting for the new key, which you make on the page of the service');
    expect(told('undo').slice(-1)).toEqual(['Made the earlier key the current one']);
    expect(told('request')[2]).toBe('Asked the service for a new key');
  });

  it('tells its own end', () => {
    expect(outcomeText(rotationOf(asked, 'ended', { way: 'undo' }))).toBe('“work” is back at its earlier key.');
    expect(outcomeText(rotationOf(asked, 'ended', { way: 'by-hand' }))).toBe('“work” has a new key.');
  });

  it('has a plan that says so', () => {
    const head = (way: Rotation['way']): string | undefined => planText(planOf({ way }), noPaint).split('\n')[0];
    expect(head('request')).toBe('Rotate “work” at BitScale (https://api.bitscale.ai/api/v1)');
    expect(head('by-hand')).toBe('Rotate “work” by hand at BitScale (https://api.bitscale.ai/api/v1)');
    expect(head('undo')).toBe('Go back to the earlier key of “work” at BitScale (https://api.bitscale.ai/api/v1)');
  });
});
