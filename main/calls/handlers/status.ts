import { accounts as ours } from '../../credentials/accounts.ts';
import { KeychainError } from '../../credentials/keychain.ts';
import type { Handlers } from '../dispatch.ts';
import type { CallParts } from '../parts.ts';
import { checkProjectFolders } from '../project-folders.ts';
import { serviceNotices } from '../service-notices.ts';
import { askedBy } from '../who.ts';

type StatusCalls = Pick<
  Handlers,
  'getStatus' | 'show' | 'getSettings' | 'changeSettings' | 'chooseKeychain' | 'unlockKeychain'
>;

export function statusHandlers(parts: CallParts): StatusCalls {
  const { settings, keychain, activity, emit } = parts;
  return {
    getStatus: async () => ({
      version: parts.version,
      pid: process.pid,
      shell: parts.shell,
      platform: parts.machine.platform,
      dataFolder: parts.dataFolder,
      keychain: await keychain.state(),
      notices: [...parts.notices, ...(await serviceNotices(parts))],
    }),

    show: async () => ({ shown: await parts.show() }),

    getSettings: () => settings.read(),

    async changeSettings(change, caller) {
      const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
      const changed = await settings.update((current) => {
        if (change.projectFolders) checkProjectFolders(change.projectFolders, current.projectFolders, parts.machine);
        return { ...current, ...given };
      });
      await activity.add({
        kind: 'settings-changed',
        credential: null,
        rotationId: null,
        ...askedBy(caller),
        detail: Object.keys(given).join(', '),
      });
      emit({ name: 'changed', payload: { topic: 'settings' } });
      emit({ name: 'changed', payload: { topic: 'hosts' } });
      // When their keys are due may be another day now.
      emit({ name: 'changed', payload: { topic: 'credentials' } });
      return changed;
    },

    async chooseKeychain(choice, caller) {
      await refuseWhileRotating(parts);
      const accounts = await parts.credentials.accounts();
      const state = await keychain.choose(choice, accounts, [ours.backups]);
      await activity.add({
        kind: 'keychain-chosen',
        credential: null,
        rotationId: null,
        ...askedBy(caller),
        detail: choice.kind,
      });
      emit({ name: 'changed', payload: { topic: 'status' } });
      emit({ name: 'changed', payload: { topic: 'credentials' } });
      return state;
    },

    async unlockKeychain({ passphrase }) {
      const state = await keychain.unlock(passphrase);
      emit({ name: 'changed', payload: { topic: 'status' } });
      emit({ name: 'changed', payload: { topic: 'credentials' } });
      if (state.status === 'ready') await parts.rotations.recover();
      return state;
    },
  };
}

/** A rotation that has not ended keeps keys of its own in the keychain, which nobody else could find in another one. */
async function refuseWhileRotating(parts: CallParts): Promise<void> {
  const [unfinished] = await parts.rotations.unfinished();
  if (!unfinished) return;
  throw new KeychainError(
    'keychain-failed',
    `A rotation of “${unfinished.target.name}” has not ended yet and needs the present keychain. Nothing was changed.`,
    'Let it end first, then choose again.',
  );
}
