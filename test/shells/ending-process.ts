import { setInterval } from 'node:timers';
import { askAtTerminal } from '../../main/shells/browser/ask-at-terminal.ts';
import { endBySignal } from '../../main/shells/browser/ending.ts';
import type { WhyStay } from '../../main/shells/why-stay.ts';

/** A process that ends as the browser shell does. SIGUSR2 makes it safe to end. */
const [, , copyable = ''] = process.argv;
const why: WhyStay = {
  name: 'work',
  copyable: copyable === '' ? null : copyable,
  message: 'The new key of “work” is in memory only.',
  detail: 'Copy it.',
};
const state = { busy: true };
process.on('SIGUSR2', () => {
  state.busy = false;
  console.log('safe');
});
const onSignal = endBySignal({
  busy: () => state.busy,
  async stop() {
    console.log('put away');
    process.exit(0);
  },
  why: async () => why,
  print: (line) => console.log(line),
  ask: process.stdin.isTTY ? askAtTerminal : null,
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
setInterval(() => {}, 1_000);
console.log(`runs as ${process.pid}.`);
