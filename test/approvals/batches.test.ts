import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Approval } from '../../main/approvals/approval.schema.ts';
import { Approvals } from '../../main/approvals/approvals.ts';
import { hostsOfSeveral, questionsOf } from '../../main/approvals/batch.schema.ts';
import { Batches, type Look } from '../../main/approvals/batches.ts';
import { RekeyError } from '../../main/errors.ts';
import type { Plan } from '../../main/rotation/plan.schema.ts';
import { AGENT, PAGE, planOf } from './plan-double.ts';

const APP = {
  id: 'app',
  name: 'An app',
  running: true,
  reload: 'restart-host',
  rewritesFile: true,
  isDesktopApp: true,
} as const;
const LOCKED = { code: 'keychain-locked', message: 'The keychain is locked.', wayOut: 'Unlock it.' };

function planFor(name: string, change: Partial<Plan> = {}): Plan {
  return planOf({ hash: `plan of ${name}`, credential: { id: name, name }, target: { id: name, name }, ...change });
}

const plannable = (name: string, change: Partial<Plan> = {}): Look => ({
  credential: name,
  plan: planFor(name, change),
});
const lockedOut = (name: string): Look => ({ credential: name, problem: LOCKED });

describe('several that are asked for together', () => {
  let told: Approval[];
  let begun: string[];
  let approvals: Approvals;
  let batches: Batches;

  beforeEach(() => {
    vi.useFakeTimers();
    told = [];
    begun = [];
    approvals = new Approvals({ now: () => new Date(), onChange: (approval) => told.push(approval) });
    batches = new Batches(approvals);
  });
  afterEach(() => {
    approvals.close();
    vi.useRealTimers();
  });

  const begin = async ({ id, plan }: Approval): Promise<void> => {
    begun.push(plan.target.name);
    approvals.attach(id, `rotation of ${plan.target.name}`);
  };
  const yesTo = (some: readonly Approval[]) => some.map(({ id, plan }) => ({ id, planHash: plan.hash }));
  const statesNow = (batch: string) =>
    Object.fromEntries(batches.get(batch).approvals.map(({ plan, state }) => [plan.target.name, state]));

  it('have a request each, told in their order, and one name for all', () => {
    const { batch, approvals: asked, refused } = batches.ask([plannable('a'), plannable('b'), plannable('c')], PAGE);
    expect(asked.map(({ plan }) => plan.target.name)).toEqual(['a', 'b', 'c']);
    expect(told.map((approval) => approval.batch)).toEqual([batch, batch, batch]);
    expect(refused).toEqual([]);
    expect(batches.get(batch).approvals).toEqual(asked);
  });

  it.each([
    [1, 120],
    [2, 130],
    [12, 230],
    [49, 600],
    [100, 600],
  ])('can be decided for longer the more there are, ten minutes at most: %i for %i s', (count, seconds) => {
    const looks = Array.from({ length: count }, (_, at) => plannable(`key ${at}`));
    for (const { createdAt, expiresAt } of batches.ask(looks, PAGE).approvals) {
      expect(Date.parse(expiresAt) - Date.parse(createdAt)).toBe(seconds * 1_000);
    }
    vi.advanceTimersByTime(seconds * 1_000 - 1);
    expect(approvals.list().filter(({ state }) => state === 'waiting')).toHaveLength(count);
    vi.advanceTimersByTime(1);
    expect(approvals.list().filter(({ state }) => state === 'expired')).toHaveLength(count);
  });

  it('leave out what can’t be rotated now, each with its reason, and ask for the others', () => {
    approvals.ask(planFor('b'), PAGE);
    const asked = batches.ask([plannable('a'), plannable('b'), lockedOut('c')], {
      ...PAGE,
      via: 'command-line',
    });
    expect(asked.approvals.map(({ plan }) => plan.target.name)).toEqual(['a']);
    expect(asked.refused.map(({ credential, problem }) => [credential, problem.code])).toEqual([
      ['b', 'approval-already-waiting'],
      ['c', 'keychain-locked'],
    ]);
    expect(batches.get(asked.batch).refused).toEqual(asked.refused);
  });

  it('are refused when none is left, each reason told once with the names that it holds for', () => {
    approvals.ask(planFor('b'), PAGE);
    const ask = () =>
      batches.ask([lockedOut('a'), plannable('b'), lockedOut('c')], { ...AGENT, via: 'command-line', client: null });
    expect(ask).toThrow(
      expect.objectContaining({
        code: 'batch-empty',
        message: expect.stringMatching(/^None .*“a”, “c”: The keychain is locked\. Unlock it\. “b”: A rotation/),
      }),
    );
  });

  it('begin when they are confirmed, and those that the person left out are denied', async () => {
    const { batch, approvals: asked } = batches.ask([plannable('a'), plannable('b'), plannable('c')], PAGE);
    const chosen = asked.filter(({ plan }) => plan.target.name !== 'b');
    const { approvals: now, failed } = await batches.approve(batch, yesTo(chosen), 'page', begin);
    expect(failed).toEqual([]);
    expect(begun).toEqual(['a', 'c']);
    expect(statesNow(batch)).toEqual({ a: 'approved', b: 'denied', c: 'approved' });
    expect(now.map(({ rotationId, decidedBy }) => [rotationId, decidedBy])).toEqual([
      ['rotation of a', 'page'],
      [null, 'page'],
      ['rotation of c', 'page'],
    ]);
  });

  it('begin each for itself: one that can’t is told of, and stops no other', async () => {
    const { batch, approvals: asked } = batches.ask([plannable('a'), plannable('b'), plannable('c')], PAGE);
    const { failed } = await batches.approve(batch, yesTo(asked), 'page', async (approval) => {
      if (approval.plan.target.name === 'b') throw new RekeyError('rotation-running', 'Another one runs.', 'Wait.');
      await begin(approval);
    });
    expect(failed).toMatchObject([{ id: asked[1]?.id, credential: 'b', problem: { code: 'rotation-running' } }]);
    expect(begun).toEqual(['a', 'c']);
  });

  it('are confirmed by exactly the plans that were shown: another one waits on', async () => {
    const { batch, approvals: asked } = batches.ask([plannable('a'), plannable('b')], PAGE);
    const [a, b] = yesTo(asked);
    if (!a || !b) throw new Error('two were asked for');
    const { failed } = await batches.approve(batch, [a, { ...b, planHash: 'other' }], 'page', begin);
    expect(failed).toMatchObject([{ credential: 'b', problem: { code: 'approval-plan-changed' } }]);
    expect(statesNow(batch)).toEqual({ a: 'approved', b: 'waiting' });
  });

  it('are confirmed once', async () => {
    const { batch, approvals: asked } = batches.ask([plannable('a'), plannable('b')], PAGE);
    await batches.approve(batch, yesTo(asked), 'page', begin);
    const again = await batches.approve(batch, yesTo(asked), 'page', begin);
    expect(again.failed.map(({ problem }) => problem.code)).toEqual(['approval-decided', 'approval-decided']);
    expect(begun).toEqual(['a', 'b']);
  });

  it('decide nothing by a confirmation that names the request of another batch', async () => {
    const { batch } = batches.ask([plannable('a')], PAGE);
    const other = batches.ask([plannable('b')], PAGE);
    await expect(batches.approve(batch, yesTo(other.approvals), 'page', begin)).rejects.toMatchObject({
      code: 'approval-unknown',
    });
    await expect(batches.approve('nope', [], 'page', begin)).rejects.toMatchObject({ code: 'batch-unknown' });
    expect(statesNow(batch)).toEqual({ a: 'waiting' });
    expect(begun).toEqual([]);
  });

  it('restart no app that reads the files of several of them', async () => {
    const looks = ['a', 'b'].map((name) => plannable(name, { hosts: [APP] }));
    const { batch, approvals: asked } = batches.ask(looks, PAGE);
    const chosen = yesTo(asked).map((one, at) => ({ ...one, restartHosts: at === 0 ? ['app'] : [] }));
    const { failed } = await batches.approve(batch, chosen, 'page', begin);
    expect(failed).toMatchObject([{ credential: 'a', problem: { code: 'approval-restart-refused' } }]);
    expect(statesNow(batch)).toEqual({ a: 'waiting', b: 'approved' });
  });

  it('restart an app that reads the file of one that is chosen', async () => {
    const looks = ['a', 'b'].map((name) => plannable(name, { hosts: [APP] }));
    const { batch, approvals: asked } = batches.ask(looks, PAGE);
    const chosen = yesTo(asked.slice(0, 1)).map((one) => ({ ...one, restartHosts: ['app'] }));
    expect(await batches.approve(batch, chosen, 'page', begin)).toMatchObject({
      failed: [],
      approvals: [{ state: 'approved', restartHosts: ['app'] }, { state: 'denied' }],
    });
  });
});

describe('what waits, as the person is asked', () => {
  const waiting = (id: string, batch: string | null, state: Approval['state'] = 'waiting') => ({ id, batch, state });

  it('is one question for a batch, and one for each other request', () => {
    const all = [waiting('1', null), waiting('2', 'x'), waiting('3', null), waiting('4', 'x'), waiting('5', 'y')];
    const questions = questionsOf([...all, waiting('6', 'y', 'denied')] as Approval[]);
    expect(questions.map((question) => question.map(({ id }) => id))).toEqual([['1'], ['2', '4'], ['3'], ['5']]);
  });

  it('knows the hosts that several keys concern', () => {
    const hosts = (...ids: string[]) => ({ hosts: ids.map((id) => ({ ...APP, id })) });
    expect([...hostsOfSeveral([hosts('a', 'b'), hosts('c'), hosts('b', 'd')])]).toEqual(['b']);
  });
});
