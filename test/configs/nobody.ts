import { execFileSync } from 'node:child_process';

const NOBODY = 65_534;

/** Rights don't bind root: what they forbid is tried by a process of another account, which only root can start. */
export const isRoot = process.getuid?.() === 0;

/**
 * Runs code in a process of an account without any rights of its own. The sources are loaded before the rights are
 * given up, since the checkout may be where only root can read.
 * @param code finds `readSnapshot`, `checkWritable`, `writePatched` and an async `report` that prints the code of an error.
 * @returns what it printed, line by line.
 */
export function asNobody(code: string): string[] {
  const source = (name: string): string => JSON.stringify(new URL(`../../main/configs/${name}`, import.meta.url).href);
  const module = `
    import { readSnapshot } from ${source('snapshot.ts')};
    import { checkWritable, writePatched } from ${source('write.ts')};
    const report = (work) => work().then(() => console.log('done'), (error) => console.log(error.code));
    process.setgroups([]);
    process.setgid(${NOBODY});
    process.setuid(${NOBODY});
    ${code}
  `;
  const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', module], {
    encoding: 'utf8',
    cwd: '/',
  });
  return printed.trim().split('\n');
}
