import type { Provider, Subject } from './provider.ts';
import { ProviderError } from './provider-error.ts';

/** The answers of a provider whose keys are all of one kind, each rotating itself. */
export const oneKind = {
  kindOf: () => null,
  rotatesAnother: () => false,
  otherSubject: (subject: Subject) => subject,
  managerOf: () => null,
} as const satisfies Partial<Provider>;

/** A service that can be asked about a key, and kills the old one at once. */
export const atOnce = { verifies: true, grace: null, overlap: null } as const satisfies Partial<Provider>;

/** @throws {ProviderError} `agent-id-not-taken`: an agent id that means nothing here must not be passed over. */
export function refuseAgentId({ agentId }: Subject, name: string): void {
  if (agentId === null) return;
  throw new ProviderError(
    'agent-id-not-taken',
    `${name} has no agents: a key there rotates itself only. Nothing was sent.`,
    'Rotate without an agent id.',
  );
}
