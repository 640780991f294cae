import type { CredentialView, ParsedInput } from '../../../preload/contract.ts';
import type { Credential } from '../../credentials/credential.schema.ts';
import { CredentialError } from '../../credentials/credential-store.ts';
import { Secret } from '../../credentials/secret.ts';
import { RekeyError } from '../../errors.ts';
import { parseBaseUrl } from '../../providers/base-url.ts';
import type { Provider, VerificationReading } from '../../providers/provider.ts';
import { askService } from '../../rotation/ask-service.ts';
import type { Rotation } from '../../rotation/rotation.schema.ts';
import { subjectOf } from '../../rotation/run.ts';
import type { Handlers } from '../dispatch.ts';
import type { CallParts } from '../parts.ts';
import { CallRefused } from '../policy.ts';
import { whoIs } from '../who.ts';

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

  const view = async (credential: Credential): Promise<CredentialView> => {
    const locked = (await parts.keychain.state()).status !== 'ready';
    return viewOf(credential, providers.get(credential.provider), await parts.rotations.list(), locked);
  };

  return {
    listProviders: async () => providers.all().map((provider) => providers.view(provider)),

    async listCredentials() {
      const rotations = await parts.rotations.list();
      const locked = (await parts.keychain.state()).status !== 'ready';
      return (await credentials.list()).map((credential) =>
        viewOf(credential, providers.get(credential.provider), rotations, locked),
      );
    },

    async addCredential(input, caller) {
      const credential = await add(parts, input);
      await parts.activity.add({
        kind: 'credential-added',
        credential: credential.name,
        rotationId: null,
        who: whoIs(caller),
        detail: credential.provider,
      });
      changed();
      return view(credential);
    },

    async removeCredential({ credential: ref }, caller) {
      if (caller.carrier === 'script') await requireScriptsAllowed(parts);
      const credential = await credentials.find(ref);
      await refuseWhileRotating(parts, credential);
      await credentials.remove(credential.id);
      await parts.activity.add({
        kind: 'credential-removed',
        credential: credential.name,
        rotationId: null,
        who: whoIs(caller),
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
        who: whoIs(caller),
        detail: reading.state,
      });
      changed();
      return {
        credential: await view(credential),
        state: reading.state,
        account: verification.account,
        reason: reading.state === 'accepted' ? null : reading.reason,
      };
    },

    async copyKey({ credential: ref }, caller) {
      const credential = await credentials.find(ref);
      const clearedAfterSeconds = await copy(parts, await credentials.secretOf(credential.id));
      await parts.activity.add({
        kind: 'key-copied',
        credential: credential.name,
        rotationId: null,
        who: whoIs(caller),
        detail: null,
      });
      return { clearedAfterSeconds };
    },
  };
}

/** @throws {CredentialError} and the provider's errors, with nothing stored. */
async function add(parts: CallParts, input: ParsedInput<'addCredential'>): Promise<Credential> {
  const provider = parts.providers.get(input.provider);
  const baseUrl = parseBaseUrl(input.baseUrl ?? provider.baseUrls[0]).href;
  const secret = new Secret(input.key);
  if (!provider.keyPattern.test(input.key)) {
    throw new CredentialError(
      'credential-key-form',
      `That does not look like a ${provider.name} key (${provider.keyHint}). Nothing was stored.`,
      'Copy the whole key once more, without spaces around it, and check the provider.',
    );
  }
  const settings = settingsOf(provider, input.settings ?? {});
  await parts.credentials.checkNew({ name: input.name, secret });
  const kind = provider.kindOf(secret);
  const reading = await askService(
    parts.send,
    provider,
    { baseUrl: new URL(baseUrl), kind, settings, agentId: null },
    secret,
    parts.verifyTimeoutMs,
  );
  if (reading.state === 'refused' && !input.evenIfRefused) {
    throw new CredentialError(
      'credential-key-refused',
      `${provider.name} does not accept this key (${reading.reason}). Nothing was stored.`,
      `Get a working key at ${provider.keysPage}, or keep this one all the same by saying so.`,
    );
  }
  return parts.credentials.add({
    name: input.name,
    provider: provider.id,
    baseUrl,
    kind,
    settings: { ...(reading.state === 'accepted' ? reading.settings : {}), ...settings },
    secret,
    verification: {
      state: reading.state,
      at: parts.now().toISOString(),
      account: reading.state === 'accepted' ? reading.account : null,
    },
  });
}

/** Only settings that the provider knows, trimmed; empty ones are left out. */
function settingsOf(provider: Provider, given: Readonly<Record<string, string>>): Record<string, string> {
  const known = new Set(provider.settings.map(({ name }) => name));
  const unknown = Object.keys(given).find((name) => !known.has(name));
  if (unknown !== undefined) {
    const names = [...known].join(', ');
    throw new CredentialError(
      'credential-setting-unknown',
      `${provider.name} has no setting “${unknown}”. Nothing was stored.`,
      names ? `It has: ${names}.` : 'It has none: leave it out.',
    );
  }
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => (value.trim() === '' ? [] : [[name, value.trim()]])),
  );
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

async function refuseWhileRotating(parts: CallParts, credential: Credential): Promise<void> {
  const unfinished = await parts.rotations.unfinished();
  if (!unfinished.some(({ target, credential: asking }) => target.id === credential.id || asking.id === credential.id))
    return;
  throw new CredentialError(
    'credential-rotating',
    `A rotation of “${credential.name}” has not ended yet. Nothing was removed.`,
    'Let it end first.',
  );
}

async function copy(parts: CallParts, secret: Secret): Promise<number> {
  if (parts.clipboard) return parts.clipboard.copySecret(secret);
  throw new RekeyError(
    'clipboard-absent',
    'There is no clipboard on this machine. Nothing was copied.',
    'Open Rekey on a machine with a desktop to copy the key.',
  );
}

/** The index entry with what the pages show beside it. */
function viewOf(
  credential: Credential,
  provider: Provider,
  rotations: readonly Rotation[],
  locked: boolean,
): CredentialView {
  const last = rotations.find(
    ({ target, credential: asking, step }) =>
      target.id === credential.id || (asking.id === credential.id && step !== 'ended'),
  );
  return {
    ...credential,
    providerName: provider.name,
    masked: `•••• (${credential.fingerprint})`,
    state: stateOf(credential, last, locked),
    rotationId: last?.id ?? null,
  };
}

function stateOf(credential: Credential, last: Rotation | undefined, locked: boolean): CredentialView['state'] {
  if (last && last.step !== 'ended') return last.waiting ? 'needs-you' : 'rotating';
  if (locked) return 'locked';
  const left = last !== undefined && (last.outcome === 'done-in-part' || last.outcome === 'lost');
  return left || credential.verification?.state === 'refused' ? 'needs-you' : 'ok';
}
