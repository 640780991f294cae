import { Scanner } from '../../scan/scanner.ts';
import { addCredential } from '../add-credential.ts';
import { credentialViewer } from '../credential-view.ts';
import type { Handlers } from '../dispatch.ts';
import type { CallParts } from '../parts.ts';
import { askedBy } from '../who.ts';

export function scanHandlers(parts: CallParts): Pick<Handlers, 'scanFiles' | 'takeIn'> {
  const scanner = new Scanner(parts);
  const note = parts.activity;

  return {
    async scanFiles(_input, caller) {
      const scan = await scanner.scan();
      await note.add({
        kind: 'files-scanned',
        credential: null,
        rotationId: null,
        ...askedBy(caller),
        detail: null,
      });
      return scan;
    },

    async takeIn({ finding, ...given }, caller) {
      const { view, value } = await scanner.read(finding);
      // The one way of a key that a scan has found: from its file into the keychain.
      const credential = await addCredential(parts, { ...given, key: value.reveal() });
      await note.add({
        kind: 'key-taken-in',
        credential: credential.name,
        rotationId: null,
        ...askedBy(caller),
        detail: view.file,
      });
      for (const topic of ['credentials', 'hosts'] as const) {
        parts.emit({ name: 'changed', payload: { topic } });
      }
      return (await credentialViewer(parts))(credential);
    },
  };
}
