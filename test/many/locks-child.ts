import { join } from 'node:path';
import type { Approval } from '../../main/approvals/approval.schema.ts';
import { BackupStore } from '../../main/backups/backup-store.ts';
import { ChosenKeychain } from '../../main/credentials/chosen-keychain.ts';
import { CredentialIndexSchema } from '../../main/credentials/credential.schema.ts';
import { CredentialStore } from '../../main/credentials/credential-store.ts';
import { errorView } from '../../main/errors.ts';
import { hostPlaces } from '../../main/host-places.ts';
import { hostPrograms } from '../../main/host-programs.ts';
import type { Machine } from '../../main/machine.ts';
import { builtInProviders, ProviderRegistry } from '../../main/providers/registry.ts';
import { send } from '../../main/providers/send.ts';
import { Journal } from '../../main/rotation/journal.ts';
import { DELAYS, type RotationParts } from '../../main/rotation/parts.ts';
import { Receipts } from '../../main/rotation/receipts.ts';
import { Rotations } from '../../main/rotation/rotations.ts';
import { StartRecipes } from '../../main/rotation/start-recipes.ts';
import { JsonFile } from '../../main/storage/json-file.ts';
import { programsBelow } from '../sandbox/sandbox.ts';

// The rotations of a data folder in a process of its own, without the socket by which a second app is kept away: what is
// left between two such processes are the locks. It starts what its parent sends, and ends with it.
const [home = '', folder = '', passphraseFile = ''] = process.argv.slice(2);
const machine: Machine = { platform: 'linux', home, env: { HOME: home, REKEY_PASSPHRASE_FILE: passphraseFile } };
const listPrograms = () => programsBelow(home);
const now = () => new Date();
const onSetAside = (): void => {};
const keychain = new ChosenKeychain({ dataFolder: folder, env: machine.env });
const index = new JsonFile(
  join(folder, 'credentials.json'),
  CredentialIndexSchema,
  { version: 1, credentials: [] },
  onSetAside,
);
const parts: RotationParts = {
  machine,
  now,
  credentials: new CredentialStore({ index, keychain, now }),
  keychain,
  providers: new ProviderRegistry(builtInProviders),
  send,
  places: hostPlaces(machine, async () => [], listPrograms),
  programs: hostPrograms(listPrograms),
  startRecipes: new StartRecipes(join(folder, 'restarts'), keychain),
  journal: new Journal(join(folder, 'rotations'), onSetAside),
  receipts: new Receipts(join(folder, 'receipts'), keychain),
  backups: new BackupStore({ folder: join(folder, 'backups'), keychain, now }),
  delays: { ...DELAYS, lookAgain: 20, verifyRetry: 20 },
  onChange: () => {},
  onEnd: ({ outcome, problem }) => process.send?.({ ended: outcome, problem }),
  onPutBack: () => {},
  onRevoked: () => {},
};
const rotations = new Rotations(parts, join(folder, 'locks'));
process.on('disconnect', () => void rotations.close().then(() => process.exit()));
process.on('message', (approval: Approval) => {
  rotations.start(approval).then(
    () => process.send?.({ started: true }),
    (error: unknown) => process.send?.({ started: false, problem: errorView(error) }),
  );
});
process.send?.({ ready: true });
