import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../main/calls/caller.ts';
import { RotationWatch } from '../../main/mcp/rotation-watch.ts';
import { ScriptedCore } from './scripted-core.ts';

const caller: Caller = { carrier: 'script', program: null, pid: null, client: null };
const never = new AbortController().signal;

describe('following a request', () => {
  let core: ScriptedCore;
  let watch: RotationWatch;
  beforeEach(() => {
    core = new ScriptedCore({ neverStarts: true });
    watch = new RotationWatch(core.core, 50);
  });
  afterEach(() => {
    watch.close();
    core.close();
    expect(core.listeners).toBe(0);
  });

  it('sees a decision that was made before it was asked for', async () => {
    const asked = await core.core.call('requestRotation', { credential: 'work' }, caller);
    core.approvals.deny(asked.id, 'page');
    expect(await watch.decision(asked, never)).toMatchObject({ state: 'denied' });
  });

  it('ends with the reason of its signal, also when that was aborted before', async () => {
    const asked = await core.core.call('requestRotation', { credential: 'work' }, caller);
    const abort = new AbortController();
    const decision = watch.decision(asked, abort.signal);
    abort.abort(new Error('enough'));
    await expect(decision).rejects.toThrow('enough');
    await expect(watch.decision(asked, abort.signal)).rejects.toThrow('enough');
  });

  it('is told at once why a rotation that was confirmed could not begin', async () => {
    const asked = await core.core.call('requestRotation', { credential: 'work' }, caller);
    await core.approveAsPerson();
    const approved = await watch.decision(asked, never);
    const id = watch.rotationOf(approved, never);
    core.approvals.fail(asked.id, { code: 'rotation-running', message: 'Another one runs.', wayOut: 'Wait.' });
    await expect(id).rejects.toMatchObject({
      code: 'rotation-running',
      message: 'Another one runs.',
      wayOut: 'Wait.',
    });
    // As one that comes to hear of it only now.
    await expect(watch.rotationOf(core.approvals.get(asked.id), never)).rejects.toMatchObject({
      code: 'rotation-running',
    });
  });

  it('does not wait for ever for a rotation that was confirmed and never began', async () => {
    const asked = await core.core.call('requestRotation', { credential: 'work' }, caller);
    await core.approveAsPerson();
    const approved = await watch.decision(asked, never);
    await expect(watch.rotationOf(approved, never)).rejects.toMatchObject({ code: 'not-started' });
  });
});
