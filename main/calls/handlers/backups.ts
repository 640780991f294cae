import { restore } from '../../backups/restore.ts';
import type { Handlers } from '../dispatch.ts';
import type { CallParts } from '../parts.ts';
import { askedBy } from '../who.ts';

export function backupHandlers(parts: CallParts): Pick<Handlers, 'listBackups' | 'restoreBackup'> {
  const { backups, activity, emit } = parts;
  return {
    async listBackups({ file }) {
      if (file === undefined) return backups.list(null);
      const path = await backups.pathOf(file);
      return path === null ? { backups: [], damaged: [] } : backups.list(path);
    },

    async restoreBackup({ file, at, asItWas }, caller) {
      const restored = await restore(parts, { file, at, asItWas: asItWas ?? false });
      await activity.add({
        kind: 'file-restored',
        credential: null,
        rotationId: null,
        ...askedBy(caller),
        detail: `${restored.file}, ${restored.at}`,
      });
      emit({ name: 'changed', payload: { topic: 'hosts' } });
      return restored;
    },
  };
}
