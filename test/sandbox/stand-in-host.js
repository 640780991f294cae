// A stand-in for Claude Desktop: reads its config once, at its start, keeps it in memory, and writes it whole when it is
// told to (SIGUSR1) and when it ends (SIGTERM), as the real one does at every change of a setting.
import { readFileSync, writeFileSync } from 'node:fs';

const [config, ...options] = process.argv.slice(2);
const inMemory = readFileSync(config, 'utf8');
const write = () => writeFileSync(config, inMemory);

process.on('SIGUSR1', write);
process.on('SIGTERM', () => {
  if (options.includes('--stays')) return;
  write();
  process.exit(0);
});
if (options.includes('--loop')) setInterval(write, 100);
writeFileSync(
  `${config}.state`,
  JSON.stringify({
    pid: process.pid,
    inMemory,
    args: process.argv.slice(3),
    folder: process.cwd(),
    mark: process.env.MARK,
  }),
);
setInterval(() => {}, 60_000);
