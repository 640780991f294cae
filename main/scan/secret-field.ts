import { type Literal, pathOf } from '../configs/formats/format.ts';

/**
 * Whether hosts keep secrets where a value stands: in variables, arguments, headers and addresses, and in those fields
 * of a server's entry that the host names itself.
 *
 * @param secretFields below the entry: `oauth.clientSecret`, `auth.*`; `*` alone stands for every field at any depth.
 */
export function isSecretField(literal: Literal, secretFields: readonly string[]): boolean {
  if (literal.place !== 'field') return true;
  const path = pathInEntry(literal);
  return secretFields.some((pattern) => pattern === '*' || fits(path, pattern));
}

/** Without the way to the entry and its name in the table. */
function pathInEntry(literal: Literal): readonly (string | number)[] {
  const { table } = literal.entry;
  return table === null ? pathOf(literal) : pathOf(literal).slice(table.length + 1);
}

function fits(path: readonly (string | number)[], pattern: string): boolean {
  const wanted = pattern.replaceAll('[]', '.[]').split('.');
  return (
    wanted.length === path.length &&
    wanted.every((name, index) => {
      const key = path[index];
      return name === '*' || (name === '[]' ? typeof key === 'number' : name === String(key).replace(/^@/, ''));
    })
  );
}
