import { describe, expect, it } from 'vitest';
import { rotationText } from '../../bridge/text/rotation.ts';
import { rotationData } from '../../main/mcp/rotation-data.ts';
import type { Restart } from '../../main/rotation/rotation.schema.ts';
import { AGENT } from '../approvals/plan-double.ts';
import { rotationOf } from '../e2e/scripted/rotation.ts';
import { ScriptedCore as Pages } from '../e2e/scripted/scripted-core.ts';

const problem = { code: 'host-still-running', message: 'Two still runs.', wayOut: 'Quit Two yourself.' };
const restarts: Restart[] = [
  { id: 'one', name: 'One', reload: 'restart-host', state: 'wanted', problem: null },
  { id: 'two', name: 'Two', reload: 'restart-host', state: 'wanted', problem },
  { id: 'three', name: 'Three', reload: 'restart-server', state: 'quit', problem: null },
  { id: 'four', name: 'Four', reload: 'restart-host', state: 'done', problem: null },
];
const rotation = rotationOf(new Pages().ask(AGENT), 'ended', { restarts });

describe('an agent and the command line', () => {
  it('hear of the restarts that are left to the person, with the reason why, and of no others', () => {
    expect(rotationData(rotation).restarts).toEqual(['Start One again.', 'Two still runs. Quit Two yourself.']);
    expect(rotationText(rotation)).toMatch(
      /To use the new key:\n {2}Start One again\.\n {2}Two still runs\. Quit Two yourself\.$/,
    );
  });

  it('are told nothing of processes, arguments or environments', () => {
    const watched = [{ id: 'one', name: 'One', processes: [{ pid: 4_242_424, startedAt: null }] }];
    expect(JSON.stringify(rotationData({ ...rotation, watched }))).not.toContain('4242424');
  });
});
