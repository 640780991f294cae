import type { Row } from './row.ts';

/** One row in one line: what the crash has left, and what became of it. */
export function lineOf({ plan, reached, atCrash, atEnd, told, verdict }: Row): string {
  const { strategy, behaviour, moment, also, unlocked } = plan;
  const crash = [moment, ...(also.length > 0 ? [`(= ${also.join(' = ')})`] : []), ...(reached ? [] : ['NOT REACHED'])];
  const { old, fresh, harmed } = atEnd.files;
  return [
    strategy.name,
    behaviour.name,
    crash.join(' '),
    unlocked ? 'keychain open' : 'keychain locked at the start',
    `keychain ${atEnd.keychain}`,
    `service ${changed(atCrash.service, atEnd.service)}`,
    `files ${changed(`${atCrash.files.fresh} new ${atCrash.files.old} old`, `${fresh} new ${old} old`)}, ${harmed} harmed`,
    `journal ${changed(atCrash.journal, atEnd.journal)}`,
    `told ${told.map(({ code }) => code).join(', ') || 'nothing'}`,
    [verdict.key, ...verdict.broken].join('; '),
  ].join(' | ');
}

/** All that anybody was told, each once, with the words. Names of files and times are left out. */
export function wordsOf(rows: readonly Row[]): string[] {
  const all = rows.flatMap(({ told }) => told.map(({ code, words }) => `${code}: ${plain(words)}`));
  return [...new Set(all)].sort();
}

/** `3 rows, 0 lost`, and before that what else was found. */
export function summaryOf(rows: readonly Row[]): { readonly lines: readonly string[]; readonly isGood: boolean } {
  const count = (has: (row: Row) => boolean): number => rows.filter(has).length;
  const lost = count(({ verdict }) => verdict.key === 'LOST');
  const broken = count(({ verdict }) => verdict.broken.length > 0);
  const fates = ['kept', 'unchanged', 'told'].map((key) => `${count(({ verdict }) => verdict.key === key)} ${key}`);
  return {
    lines: [
      `${fates.join(', ')}; ${count(({ reached }) => !reached)} moments not reached; ${broken} with another promise broken`,
      `${rows.length} rows, ${lost} lost`,
    ],
    isGood: rows.length > 0 && lost === 0 && broken === 0,
  };
}

function changed(before: string, after: string): string {
  return before === after ? after : `${before} → ${after}`;
}

function plain(words: string): string {
  return words
    .replaceAll(/\/\S+\/home-\w+/g, '~')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<id>');
}
