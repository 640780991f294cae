import type { Path } from '../answer.ts';

/** Places in an answer as a description names them: `data.api_key`, or several. */
export function pathsOf(paths: string | readonly string[] | undefined): Path[] {
  return (typeof paths === 'string' ? [paths] : (paths ?? [])).map((path) => path.split('.'));
}
