import type { Arguments } from './command.ts';
import { WrongUse } from './wrong-use.ts';

/** What `--setting NAME=VALUE`, given any number of times, says. @throws {WrongUse} */
export function settingsOf(args: Arguments, usage: string): Record<string, string> {
  const given = args.values.setting;
  if (!Array.isArray(given)) return {};
  return Object.fromEntries(
    given.map((setting) => {
      const [, name, value] = /^([^=]+)=(.*)$/s.exec(String(setting)) ?? [];
      if (name === undefined || value === undefined)
        throw new WrongUse('A setting is not NAME=VALUE.', `Usage: rekey ${usage}`);
      return [name, value];
    }),
  );
}
