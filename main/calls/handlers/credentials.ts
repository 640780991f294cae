import type { CredentialView } from '../../../preload/contract.ts';
import type { Credential } from '../../credentials/credential.schema.ts';
import type { Secret } from '../../credentials/secret.ts';
import type { Provider, VerificationReading } from '../../providers/provider.ts';
import { askService } from '../../rotation/ask-service.ts';
import { subjectOf } from '../../rotation/run.ts';
import { addCredential } from '../add-credential.ts';
import { copyToClipboard } from '../clipboard.ts';
import { credentialViewer } from '../credential-view.ts';
import type { Handlers } from '../dispatch.ts';
import type { CallParts } from '../parts.ts';
import { CallRefused } from '../policy.ts';
import { askedBy } from '../who.ts';

type CredentialCalls = Pick<
  Handlers,
  'listProviders' | 'listCredentials' | 'addCredential' | 'removeCredential' | 'verifyCredential' | 'copyKey'
>;

export function credentialHandlers(parts: CallParts): CredentialCalls {
  const { credentials, providers } = parts;

  const changed = (): void => {
    parts.emit({ name: 'changed', payload: { topic: 'credentials' } });
    parts.emit({ name: 'changed', payload: { topic: 'hosts' } });
  };

  const viewer = (): Promise<(credential: Credential) => CredentialView> => credentialViewer(parts);

  return {
    listProviders: async () => providers.all().map((provider) => providers.view(provider)),

    async listCredentials() {
      return (await credentials.list()).map(await viewer());
    },

    async addCredential(input, caller) {
      const credential = await addCredential(parts, input);
      await parts.activity.add({
        kind: 'credential-added',
        credential: credential.name,
        rotationId: null,
        ...askedBy(caller),
        detail: credential.provider,
      });
      changed();
      return (await viewer())(credential);
    },

    async removeCredential({ credential: ref }, caller) {
      if (caller.carrier === 'script') await requireScriptsAllowed(parts);
      const credential = await credentials.find(ref);
      await parts.rotations.release(credential);
      await credentials.remove(credential.id);
      await parts.activity.add({
        kind: 'credential-removed',
        credential: credential.name,
        rotationId: null,
        ...askedBy(caller),
        detail: null,
      });
      changed();
      return { removed: credential.name };
    },

    async verifyCredential({ credential: ref }, caller) {
      const found = await credentials.find(ref);
      const provider = providers.get(found.provider);
      const reading = await ask(parts, provider, found, await credentials.secretOf(found.id));
      const verification = {
        state: reading.state,
        at: parts.now().toISOString(),
        account: reading.state === 'accepted' ? reading.account : (found.verification?.account ?? null),
      };
      const credential = await credentials.update(found.id, { verification });
      await parts.activity.add({
        kind: 'credential-verified',
        credential: credential.name,
        rotationId: null,
        ...askedBy(caller),
        detail: reading.state,
      });
      changed();
      return {
        credential: (await viewer())(credential),
        state: reading.state,
        account: verification.account,
        reason: reading.state === 'accepted' ? null : reading.reason,
      };
    },

    async copyKey({ credential: ref }, caller) {
      const credential = await credentials.find(ref);
      const clearedAfterSeconds = await copyToClipboard(parts, await credentials.secretOf(credential.id));
      await parts.activity.add({
        kind: 'key-copied',
        credential: credential.name,
        rotationId: null,
        ...askedBy(caller),
        detail: null,
      });
      return { clearedAfterSeconds };
    },
  };
}

function ask(
  parts: CallParts,
  provider: Provider,
  credential: Credential,
  secret: Secret,
): Promise<VerificationReading> {
  return askService(parts.send, provider, subjectOf(credential, null), secret, parts.verifyTimeoutMs);
}

/** A key that is removed is gone from the keychain: a program alone may do that only where it may also confirm. */
async function requireScriptsAllowed(parts: CallParts): Promise<void> {
  const { allowScriptedConfirmation } = await parts.settings.read();
  if (allowScriptedConfirmation && !parts.desktop) return;
  throw new CallRefused(
    'call-not-allowed',
    'A program can’t remove a key here. Nothing was changed.',
    'Remove it in Rekey itself, or at a terminal.',
  );
}
