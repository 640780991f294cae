import type { Caller } from '../calls/caller.ts';
import type { Core } from '../calls/dispatch.ts';
import type { Rotation } from '../rotation/rotation.schema.ts';

/** Why the app doesn't end although it was told to. */
export interface WhyStay {
  /** The key that would be lost; null where it can't be told which. */
  readonly name: string | null;
  /** Id of its rotation, where the new key can be copied out of memory. */
  readonly copyable: string | null;
  readonly message: string;
  readonly detail: string;
}

/** What ending now could lose, for the person. Only asked while something can be lost; never throws. */
export async function whyStay(core: Core, caller: Caller): Promise<WhyStay> {
  const rotations = await core.call('listRotations', {}, caller).catch(() => []);
  const inMemory = rotations.find(({ offers }) => offers.includes('copy-key'));
  if (inMemory) return inMemoryOnly(inMemory);
  const running = rotations.find(({ step, waiting }) => step !== 'ended' && waiting === null);
  const name = running?.target.name ?? null;
  return {
    name,
    copyable: null,
    message: name === null ? 'Rekey is replacing a key at this moment.' : `Rekey is replacing the key of “${name}”.`,
    detail: 'Ending it now could lose the new key, so it goes on. It usually takes a few seconds.',
  };
}

function inMemoryOnly({ id, target, waiting }: Rotation): WhyStay {
  const why = waiting ? `${waiting.problem.message} ${waiting.problem.wayOut} ` : '';
  return {
    name: target.name,
    copyable: id,
    message: `The new key of “${target.name}” is in Rekey’s memory only.`,
    detail: `${why}If Rekey ends before the key is kept, nobody has it any more: copy it to a safe place first.`,
  };
}
