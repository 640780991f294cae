import type { ActivityKind } from '../../activity/activity.schema.ts';
import { deleteCopy, patchCopy } from '../../clean-up/copies.ts';
import { redactKey } from '../../clean-up/redact.ts';
import type { Caller } from '../caller.ts';
import type { Handlers } from '../dispatch.ts';
import type { CallParts } from '../parts.ts';
import { askedBy } from '../who.ts';

export function cleanUpHandlers(parts: CallParts): Pick<Handlers, 'redactKey' | 'patchCopy' | 'deleteCopy'> {
  const changed = async (
    kind: ActivityKind,
    credential: string | null,
    file: string,
    caller: Caller,
  ): Promise<void> => {
    await parts.activity.add({ kind, credential, rotationId: null, ...askedBy(caller), detail: file });
    parts.emit({ name: 'changed', payload: { topic: 'hosts' } });
  };

  return {
    async redactKey({ file, credential, alsoCurrent = false }, caller) {
      const redacted = await redactKey(parts, { file, credential, alsoCurrent });
      if (redacted.places > 0) await changed('key-redacted', redacted.credential, redacted.file, caller);
      return redacted;
    },

    async patchCopy({ path, credential }, caller) {
      const patched = await patchCopy(parts, path, credential);
      await changed('copy-patched', patched.credential, path, caller);
      return patched;
    },

    async deleteCopy({ path }, caller) {
      const deleted = await deleteCopy(parts, path);
      await changed('copy-deleted', null, path, caller);
      return deleted;
    },
  };
}
