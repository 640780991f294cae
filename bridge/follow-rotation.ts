import type { Approval } from '../main/approvals/approval.schema.ts';
import { RekeyError } from '../main/errors.ts';
import { NotApproved, whyNone } from '../main/mcp/not-approved.ts';
import { RotationWatch } from '../main/mcp/rotation-watch.ts';
import { SITE_STATE, stepTeller } from '../main/mcp/words.ts';
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
  constructor(context: Context, core: CoreClient, watch = new RotationWatch(core)) {
    this.core = core;
    this.signal = AbortSignal.any([context.interrupted, core.ended]);
    this.#watch = watch;
    this.#context = context;
  }

  /** The same for one of several: what it tells begins with the key's name. Ends with this one. */
  named(name: string): RotationFollower {
    const say = (text: string): void => this.#context.say(`${line`${name}`}: ${text.trim()}`);
    return new RotationFollower({ ...this.#context, say }, this.core, this.#watch);
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
      if (!this.#context.interrupted.aborted) throw error;
      throw state === 'approved' ? goesOn() : new NotApproved('withdrawn');
    }
  }

  /** From the decision to the rotation's end, or to where it stands still. @throws {NotApproved}, {NotStarted} */
  async seeThrough(decided: Approval): Promise<Rotation> {
    const none = whyNone(decided);
    if (none) throw none;
    return this.#orGoesOn(async () => {
      const id = await this.#watch.rotationOf(decided, this.signal);
      return this.#follow(await this.core.call('getRotation', { id }), null);
    });
  }

  /** A rotation that was taken up again, as it is now and as it was before. */
  toTheEnd(rotation: Rotation, before: Rotation): Promise<Rotation> {
    return this.#orGoesOn(() => this.#follow(rotation, before));
  }

  close(): void {
    this.#watch.close();
  }

  async #follow(first: Rotation, before: Rotation | null): Promise<Rotation> {
    const { say } = this.#context;
    const tellSteps = stepTeller((text) => say(line`${text}`), before?.history.length);
    const tellSites = siteTeller((text) => say(text), before?.sites ?? []);
    const tell = (rotation: Rotation): void => {
      tellSteps(rotation);
      tellSites(rotation);
    };
    // One that had ended ends once more.
    const stepsBefore = before?.step === 'ended' ? before.history.length : 0;
    return this.#watch.end(first, this.signal, tell, stepsBefore);
  }

  async #orGoesOn<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw this.#context.interrupted.aborted ? goesOn() : error;
    }
  }
}

/** What a command that has followed a rotation says of it. */
export function doneWith(rotation: Rotation): Done {
  return { exitCode: exitCodeOf(rotation), json: rotation, text: `\n${rotationText(rotation)}` };
}

/** Tells each place once for each thing that becomes of it. */
function siteTeller(tell: (text: string) => void, before: readonly SiteResult[]): (rotation: Rotation) => void {
  const told = new Set<string>();
  const news = ({ site, state }: SiteResult): string => line`  ${SITE_STATE[state]}: ${site.file}, line ${site.line}`;
  for (const result of before) told.add(news(result));
  return ({ sites }) => {
    for (const result of sites) {
      const text = news(result);
      if (result.state !== 'pending' && !told.has(text)) tell(text);
      told.add(text);
    }
  };
}

/** In part: the new key is the current one, and something is left to do. */
export function exitCodeOf({ outcome, step }: Rotation): ExitCode {
  if (outcome === 'done') return 0;
  return outcome === 'done-in-part' || step === 'promoted' || step === 'patched' ? 3 : 1;
}

export function goesOn(): RekeyError {
  return new RekeyError(
    'rotation-goes-on',
    'The rotation was confirmed and goes on in Rekey; only this command ends.',
    'See `rekey status` for how it stands.',
  );
}
