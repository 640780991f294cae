import type { Offer, Rotation } from '../rotation/rotation.schema.ts';

const CAN: Record<Offer, (provider: string) => string> = {
  'go-on': () => 'The person can have Rekey try again.',
  'paste-key': (provider) =>
    `The person makes a new key on the page of ${provider} and pastes it into Rekey themselves. Do not ask them for the key, and do not pass one on.`,
  'copy-key': () =>
    'The new key is in Rekey’s memory: the person can copy it there, and must not quit Rekey before it is kept.',
  'give-up': () => 'The person can give this rotation up.',
  revoke: () => 'The person can have the old key revoked now.',
  undo: () => 'The person can go back to the old key while it works.',
};

/** What the person can do now, for an agent to tell them: none of it is the agent's to do. */
export function personCan({ offers, provider }: Rotation): string[] {
  return offers.map((offer) => CAN[offer](provider.name));
}
