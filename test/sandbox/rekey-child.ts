import { startRekey } from '../../main/rekey.ts';
import type { CallName } from '../../preload/contract.ts';
import { callerBy, programsBelow } from './sandbox.ts';

// Rekey's core in a process of its own, which can be killed. Calls come from its parent, and it ends with it.
const [home = '', delays = '{}', account] = process.argv.slice(2);
if (account !== undefined) {
  process.setgroups?.([]);
  process.setgid?.(Number(account));
  process.setuid?.(Number(account));
}
const rekey = await startRekey({
  machine: { platform: 'linux', home, env: { HOME: home, REKEY_HOME: `${home}/rekey` } },
  shell: 'browser',
  desktop: false,
  clipboard: null,
  delays: JSON.parse(delays),
  listPrograms: () => programsBelow(home),
});
process.on('disconnect', () => void rekey.stop().then(() => process.exit()));
process.on('message', ({ id, name, input }: { id: number; name: CallName; input: never }) => {
  rekey.core.call(name, input, callerBy('page')).then(
    (answer) => process.send?.({ id, answer }),
    (error: unknown) => process.send?.({ id, error: String(error) }),
  );
});
process.send?.({ id: 0 });
