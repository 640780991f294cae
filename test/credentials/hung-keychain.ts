/**
 * Run as a process of its own, in a session of its own: stops the session's keyring in the middle, as a prompt that
 * nobody answers does, and prints what Rekey can still do meanwhile and afterwards.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { OsKeychain } from '../../main/credentials/os-keychain.ts';
import { Secret } from '../../main/credentials/secret.ts';
import { errorView } from '../../main/errors.ts';

const keyring = keyringOfThisSession();
const keychain = new OsKeychain();
const impatient = new OsKeychain({ answerWithinMs: 1_000 });
await keychain.set('a', new Secret('before'));

process.kill(keyring, 'SIGSTOP');
const waiting = Array.from({ length: 6 }, () => keychain.get('a'));
const reading = await Promise.race([
  readFile(import.meta.filename).then(() => 'read'),
  new Promise((resolve) => setTimeout(resolve, 5_000, 'stuck')),
]);
const messages = await Promise.all(
  [impatient.get('a'), impatient.set('b', new Secret('too late'))].map((asked) =>
    asked.then(
      () => 'answered',
      (error: unknown) => errorView(error).message,
    ),
  ),
);
process.kill(keyring, 'SIGCONT');
const answers = (await Promise.all(waiting)).map((secret) => secret?.reveal() ?? null);
console.log(JSON.stringify({ reading, messages, answers, neverAsked: await impatient.get('b') }));

function keyringOfThisSession(): number {
  const own = groupOf('self');
  const pid = readdirSync('/proc').find((name) => {
    try {
      return (
        /^\d+$/.test(name) && groupOf(name) === own && readFileSync(`/proc/${name}/comm`, 'utf8').startsWith('gnome-k')
      );
    } catch {
      // Ended meanwhile.
      return false;
    }
  });
  if (pid === undefined) throw new Error('this session has no keyring');
  return Number(pid);
}

function groupOf(pid: string): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2];
}
