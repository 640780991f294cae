import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { FileKeychain } from '../../main/credentials/file-keychain.ts';
import { OsKeychain } from '../../main/credentials/os-keychain.ts';
import { startRekey } from '../../main/rekey.ts';
import type { CallName } from '../../preload/contract.ts';
import { callerBy, programsBelow } from '../sandbox/sandbox.ts';
import { announceFiles } from './announced-files.ts';
import { AnnouncedKeychain, announceParts } from './announced-parts.ts';
import type { Answer, Question, StartOptions } from './child-messages.ts';
import { PASSPHRASE } from './encrypted-file.ts';
import { Moments } from './moments.ts';

// Rekey's core in a process of its own, which dies at the moment that its parent has named, or remembers all moments.
const [home = '', options = '{}'] = process.argv.slice(2);
const { delays, keychain, unlocked, clockAheadMs }: StartOptions = JSON.parse(options);
const moments = new Moments(home);
announceFiles(home, () => moments);

const encryptedFile = new FileKeychain(join(home, 'rekey', 'keychain.json'));
const inner = keychain === 'os' ? new OsKeychain() : encryptedFile;
if (keychain === 'file' && unlocked) await encryptedFile.unlock(PASSPHRASE);
const rekey = await startRekey({
  machine: { platform: 'linux', home, env: { HOME: home, REKEY_HOME: join(home, 'rekey') } },
  shell: 'browser',
  desktop: false,
  clipboard: null,
  keychain: new AnnouncedKeychain(inner, moments),
  delays,
  listPrograms: () => programsBelow(home),
  wrap: (parts) => announceParts({ ...parts, now: () => new Date(parts.now().getTime() + clockAheadMs) }, moments),
});

/** What a person does, as moments. */
const DEEDS: Partial<Record<CallName, string>> = {
  requestRotation: 'plan',
  approve: 'confirmation',
  adoptKey: 'pasted key',
  revokeOldKey: 'revocation asked for',
};

function call({ name, input }: Extract<Question, { ask: 'call' }>): Promise<unknown> {
  const deed = DEEDS[name];
  const work = () => rekey.core.call(name, input as never, callerBy('page'));
  return deed === undefined ? work() : moments.effect(deed, work);
}

function heapMegabytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

async function answer(question: Question): Promise<unknown> {
  switch (question.ask) {
    case 'call':
      return call(question);
    case 'watch':
      return moments.watch(question.until);
    case 'moments':
      return moments.passed;
    case 'unlock':
      if (keychain === 'file') await encryptedFile.unlock(PASSPHRASE);
      return rekey.core.call('unlockKeychain', {}, callerBy('page'));
    case 'heap':
      return heapMegabytes();
    case 'fingerprint':
      return (await inner.get(question.account))?.fingerprint ?? null;
  }
}

process.on('disconnect', () => void rekey.stop().then(() => process.exit()));
process.on('message', (question: Question) => {
  answer(question).then(
    (value) => process.send?.({ id: question.id, answer: value } satisfies Answer),
    (error: unknown) => process.send?.({ id: question.id, error: String(error) } satisfies Answer),
  );
});
process.send?.({ id: 0 } satisfies Answer);
