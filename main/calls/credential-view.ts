import type { CredentialView } from '../../preload/contract.ts';
import type { Credential } from '../credentials/credential.schema.ts';
import { masked } from '../credentials/mask.ts';
import type { Provider } from '../providers/provider.ts';
import { type Due, dueOf } from '../reminders/due.ts';
import type { Rotation } from '../rotation/rotation.schema.ts';
import type { CallParts } from './parts.ts';

/** Views of credentials as everything stands now. */
export async function credentialViewer({
  keychain,
  rotations,
  providers,
  settings,
  now,
}: Pick<CallParts, 'keychain' | 'rotations' | 'providers' | 'settings' | 'now'>): Promise<
  (credential: Credential) => CredentialView
> {
  const locked = (await keychain.state()).status !== 'ready';
  const all = await rotations.list();
  const { rotateEveryDays } = await settings.read();
  return (credential) => ({
    ...credentialView(credential, providers.find(credential.provider), all, locked),
    ...dueOf(credential, rotateEveryDays, now()),
  });
}

/** The index entry with what the pages show beside it. */
function credentialView(
  credential: Credential,
  provider: Provider | null,
  rotations: readonly Rotation[],
  locked: boolean,
): Omit<CredentialView, keyof Due> {
  const last = rotations.find(
    ({ target, credential: asking, step }) =>
      target.id === credential.id || (asking.id === credential.id && step !== 'ended'),
  );
  return {
    ...credential,
    // A service that is described no longer has only its id.
    providerName: provider?.name ?? credential.provider,
    masked: masked(credential.prefix ?? '', credential.fingerprint),
    state: provider ? stateOf(credential, last, locked) : 'needs-you',
    rotationId: last?.id ?? null,
  };
}

function stateOf(credential: Credential, last: Rotation | undefined, locked: boolean): CredentialView['state'] {
  if (last && last.step !== 'ended') return last.waiting ? 'needs-you' : 'rotating';
  if (locked) return 'locked';
  const left = last !== undefined && (last.outcome === 'done-in-part' || last.outcome === 'lost');
  return left || credential.verification?.state === 'refused' ? 'needs-you' : 'ok';
}
