import type { Approval } from '../main/approvals/approval.schema.ts';
import { RekeyError } from '../main/errors.ts';
import { NotApproved } from '../main/mcp/not-approved.ts';
import { RotationWatch } from '../main/mcp/rotation-watch.ts';
import { SITE_STATE, stepText } from '../main/mcp/words.ts';
import type { Rotation, SiteResult } from '../main/rotation/rotation.schema.ts';
import type { Context, Done, ExitCode } from './command.ts';
import type { CoreClient } from './core-client.ts';
import { line } from './text/line.ts';
import { rotationText } from './text/rotation.ts';

/** Sees one rotation through at the terminal: the wait for its confirmation, its steps, its end. */
export class RotationFollower {
  readonly core: CoreClient;
  /** Aborted when the person has had enough, or the app is gone. */
  readonly signal: AbortSignal;
  readonly #watch: RotationWatch;
  readonly #context: Context;

  /** Made before the request, so that nothing is missed. */
  constructor(context: Context, core: CoreClient) {
    this.core = core;
    this.signal = AbortSignal.any([context.interrupted, core.ended]);
    this.#watch = new RotationWatch(core);
    this.#context = context;
  }

  decision(asked: Approval): Promise<Approval> {
    return this.#watch.decision(asked, this.signal);
  }

  /** Does something while a request waits; the request is taken back when that fails or is interrupted. */
  async orTakeBack(asked: Approval, work: () => Promise<Approval>): Promise<Approval> {
    try {
      return await work();
    } catch (error) {
      if (this.core.ended.aborted) throw error;
      const { state } = await this.core
        .call('withdraw', { id: asked.id })
        .catch(() => this.core.call('getApproval', { id: asked.id }));
      if (state === 'approved') throw goesOn();
      throw this.#context.interrupted.aborted ? new NotApproved('withdrawn') : error;
    }
  }

  /** From the decision to the end. @throws {NotApproved} */
  async seeThrough(decided: Approval): Promise<Done> {
    if (decided.state !== 'approved') throw new NotApproved(decided.state);
    return this.#orGoesOn(async () => {
      const id = await this.#watch.rotationOf(decided, this.signal);
      return this.#follow(await this.core.call('getRotation', { id }), 0);
    });
  }

  /** A rotation that was taken up again; see {@link RotationWatch.end}. */
  toTheEnd(rotation: Rotation, stepsBefore: number): Promise<Done> {
    return this.#orGoesOn(() => this.#follow(rotation, stepsBefore));
  }

  close(): void {
    this.#watch.close();
  }

  async #follow(first: Rotation, stepsBefore: number): Promise<Done> {
    const rotation = await this.#watch.end(first, this.signal, this.#tell(), stepsBefore);
    return { exitCode: exitCodeOf(rotation), json: rotation, text: `\n${rotationText(rotation)}` };
  }

  async #orGoesOn(work: () => Promise<Done>): Promise<Done> {
    try {
      return await work();
    } catch (error) {
      throw this.#context.interrupted.aborted ? goesOn() : error;
    }
  }

  /** Says each step and each place once. */
  #tell(): (rotation: Rotation) => void {
    let step: Rotation['step'] | null = null;
    const states = new Map<string, SiteResult['state']>();
    return (rotation) => {
      if (rotation.step !== step && rotation.step !== 'ended') this.#context.say(line`${stepText(rotation)}`);
      step = rotation.step;
      for (const { site, state } of rotation.sites) {
        const place = `${site.file}, line ${site.line}`;
        if (state !== 'pending' && states.get(place) !== state)
          this.#context.say(line`  ${SITE_STATE[state]}: ${place}`);
        states.set(place, state);
      }
    };
  }
}

/** In part: the new key is the current one, and something is left to do. */
function exitCodeOf({ outcome, step }: Rotation): ExitCode {
  if (outcome === 'done') return 0;
  return outcome === 'done-in-part' || step === 'promoted' || step === 'patched' ? 3 : 1;
}

function goesOn(): RekeyError {
  return new RekeyError(
    'rotation-goes-on',
    'The rotation was confirmed and goes on in Rekey; only this command ends.',
    'See `rekey status` for how it stands.',
  );
}
