import type { FoundKey, Scan } from '../../main/scan/scan.schema.ts';
import { line, plain, table } from './line.ts';
import { section } from './plan.ts';

/** All keys that were found, file by file, and what could not be looked into. */
export function scanText({ findings, problems }: Scan): string {
  const byFile = Map.groupBy(findings, ({ file }) => file);
  const files = [...byFile].map(([file, keys]) => {
    const [first] = keys;
    const owner = first === undefined ? '' : line` (${first.owner.name})`;
    return `${plain(file)}${owner}\n${table(keys.map(row), '  ')}`;
  });
  const found = files.length === 0 ? ['No key was found in plain text.'] : [files.join('\n\n')];
  return [
    ...found,
    ...section(
      'Could not be looked into:',
      problems.map(({ problem }) => `${problem.message} ${problem.wayOut}`),
    ),
  ].join('\n');
}

function row(key: FoundKey): string[] {
  const times = key.times === 1 ? '' : `, ${key.times} times`;
  return [`line ${key.line}${times}`, foundWhere(key), key.masked, foundWhy(key)];
}

/** Where in its file a key was found. */
export function foundWhere({ where, server, place }: FoundKey): string {
  switch (where) {
    case 'server':
      return [server === null ? '' : `server “${server}”`, place ?? ''].filter(Boolean).join(', ');
    case 'comment':
      return 'in a comment';
    case 'outside-server-table':
      return 'outside the servers';
    case 'copy':
      return 'in a copy';
    case 'broken-file':
      return 'in a broken file';
  }
}

/** Why it counts as a key. */
export function foundWhy({ why }: FoundKey): string {
  switch (why.kind) {
    case 'known':
      return why.isDead ? `an earlier key of “${why.credential}”, dead` : `“${why.credential}”`;
    case 'pattern':
      return `not in Rekey; the form of ${why.service}`;
    case 'entropy':
      return 'not in Rekey; looks random';
  }
}
