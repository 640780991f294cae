/**
 * Rotates one key once, in a process of its own, so that it can run in a session with a real keyring. Takes the kind of
 * keychain, `os` or `file`; prints the milliseconds.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileKeychain } from '../../main/credentials/file-keychain.ts';
import type { Keychain } from '../../main/credentials/keychain.ts';
import { OsKeychain } from '../../main/credentials/os-keychain.ts';
import { Secret } from '../../main/credentials/secret.ts';
import { startBitscale } from '../fakes/bitscale.ts';
import { openSandbox } from '../sandbox/sandbox.ts';
import { placeFiles } from './host-files.ts';

/** Milliseconds in which the HTTP server of this process, the stand-in, has a request. */
class AnsweringTime {
  #sum = 0;
  #since = 0;
  readonly #came = (): void => {
    this.#since = performance.now();
  };
  readonly #answered = (): void => {
    this.#sum += performance.now() - this.#since;
  };

  start(): void {
    subscribe('http.server.request.start', this.#came);
    subscribe('http.server.response.finish', this.#answered);
  }

  stop(): number {
    unsubscribe('http.server.request.start', this.#came);
    unsubscribe('http.server.response.finish', this.#answered);
    return this.#sum;
  }
}

/** From the approval to the end, less the time in which the service has the requests. */
async function rotate(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'rekey-bench-'));
  const keychain = process.argv[2] === 'os' ? new OsKeychain() : await encryptedFile(folder);
  const sandbox = await openSandbox({ keychain, delays: { lookAgain: 0 } });
  const service = await startBitscale();
  const answering = new AnsweringTime();
  try {
    const { paths, projects } = await placeFiles(sandbox.home, service.key);
    await sandbox.call('changeSettings', { projectFolders: [...projects] });
    const credential = { name: 'bench', provider: 'bitscale', key: service.key, baseUrl: service.url, settings: {} };
    await sandbox.call('addCredential', credential);
    const approval = await sandbox.call('requestRotation', { credential: 'bench' });

    answering.start();
    const start = performance.now();
    const rotation = await sandbox.approve(approval);
    const total = performance.now() - start;
    const atService = answering.stop();

    const patched = new Set(rotation.sites.filter(({ state }) => state === 'patched').map(({ site }) => site.file));
    if (rotation.outcome !== 'done' || paths.some((path) => !patched.has(path)))
      throw new Error(`the rotation ended ${rotation.outcome} with ${patched.size} of ${paths.length} files changed`);
    return total - atService;
  } finally {
    answering.stop();
    await service.stop();
    await sandbox.dispose();
    await rm(folder, { recursive: true, force: true });
  }
}

async function encryptedFile(folder: string): Promise<Keychain> {
  const keychain = new FileKeychain(join(folder, 'keychain.json'));
  await keychain.create(new Secret('a passphrase for the bench'));
  return keychain;
}

console.log(await rotate());
