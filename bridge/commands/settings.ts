import { resolve } from 'node:path';
import type { RotateEveryDays } from '../../main/credentials/credential.schema.ts';
import { RekeyError } from '../../main/errors.ts';
import type { Settings } from '../../preload/contract.ts';
import { type LanguageChoice, LanguageChoiceSchema } from '../../preload/language.ts';
import type { Arguments, Command } from '../command.ts';
import { line } from '../text/line.ts';
import { periodOf } from '../text/period.ts';
import { WrongUse } from '../wrong-use.ts';

const usage =
  'settings [--scripts on|off] [--rotate-every off|30|60|90] [--language system|en|zh-CN] [--add-folder PATH] [--remove-folder PATH]';

class FolderUnknown extends RekeyError<'settings-folder-unknown'> {}

export const settings: Command = {
  name: 'settings',
  usage,
  summary: 'show or change the settings',
  details: [
    '--scripts: whether `--confirm rotate-now` may stand for a person. The desktop app asks in its own window either way.',
    '--rotate-every: remind you of keys that are so many days old; `rekey remind` sets it for one key.',
    '--language: of the pages, windows, tray and notifications; this command line is always in English.',
    '--add-folder, --remove-folder: a project folder whose .mcp.json, .cursor/mcp.json, .vscode/mcp.json ... is looked at',
    'too; can be given several times. The projects of Claude Code and Gemini CLI are found by themselves.',
    'Only a person can change settings: in Rekey itself, or with this command at a terminal.',
  ],
  options: {
    scripts: { type: 'string' },
    'rotate-every': { type: 'string' },
    language: { type: 'string' },
    'add-folder': { type: 'string', multiple: true },
    'remove-folder': { type: 'string', multiple: true },
  },
  words: [0, 0],
  async run(args, { core }) {
    const asked = askedFor(args);
    const client = await core();
    const now = await client.call('getSettings', {});
    const change = changeOf(now, asked);
    const shown = change ? await client.call('changeSettings', change) : now;
    return { json: shown, text: settingsText(shown) };
  },
};

interface Asked {
  readonly scripts: boolean | null;
  readonly rotateEveryDays: RotateEveryDays | null;
  readonly language: LanguageChoice | null;
  /** Absolute. */
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** @throws {WrongUse} */
function askedFor(args: Arguments): Asked {
  const { scripts } = args.values;
  if (scripts !== undefined && scripts !== 'on' && scripts !== 'off') {
    throw new WrongUse('--scripts is either on or off.', `Usage: rekey ${usage}`);
  }
  return {
    scripts: scripts === undefined ? null : scripts === 'on',
    rotateEveryDays: period(args),
    language: language(args),
    add: folders(args, 'add-folder'),
    remove: folders(args, 'remove-folder'),
  };
}

function period(args: Arguments): RotateEveryDays | null {
  const given = args.values['rotate-every'];
  if (given === undefined) return null;
  const days = periodOf(String(given));
  if (days === undefined) throw new WrongUse('--rotate-every is off, 30, 60 or 90.', `Usage: rekey ${usage}`);
  return days;
}

/** @throws {WrongUse} */
function language(args: Arguments): LanguageChoice | null {
  const given = args.values.language;
  if (given === undefined) return null;
  const { success, data } = LanguageChoiceSchema.safeParse(given);
  if (!success) throw new WrongUse('--language is system, en or zh-CN.', `Usage: rekey ${usage}`);
  return data;
}

function folders(args: Arguments, option: string): string[] {
  const given = args.values[option];
  if (!Array.isArray(given)) return [];
  return given.map((folder) => {
    // An empty path would be the working directory, which is not what an unset variable means.
    if (folder === '') throw new WrongUse('A folder has no name.', `Usage: rekey ${usage}`);
    return resolve(String(folder));
  });
}

/** What to change, or null when only the settings are to be shown. @throws {FolderUnknown} */
function changeOf(now: Settings, { scripts, rotateEveryDays, language, add, remove }: Asked): Partial<Settings> | null {
  const isIn = (folder: string): boolean => now.projectFolders.some((one) => resolve(one) === folder);
  const unknown = remove.find((folder) => !isIn(folder));
  if (unknown !== undefined) {
    throw new FolderUnknown(
      'settings-folder-unknown',
      `“${unknown}” is not among the project folders. Nothing was changed.`,
      'See them with `rekey settings`.',
    );
  }
  const change: Partial<Settings> = {
    ...(scripts !== null && { allowScriptedConfirmation: scripts }),
    ...(rotateEveryDays !== null && { rotateEveryDays }),
    ...(language !== null && { language }),
    ...((add.length > 0 || remove.length > 0) && {
      projectFolders: [...now.projectFolders.filter((one) => !remove.includes(resolve(one))), ...add],
    }),
  };
  return Object.keys(change).length === 0 ? null : change;
}

function settingsText({ allowScriptedConfirmation, rotateEveryDays, language, projectFolders }: Settings): string {
  return [
    line`Confirmation by scripts: ${allowScriptedConfirmation ? 'on' : 'off'}`,
    line`Reminders to rotate: ${rotateEveryDays === 0 ? 'off' : `when a key is ${rotateEveryDays} days old`}`,
    line`Language of the pages: ${language}`,
    ...(projectFolders.length === 0
      ? ['Project folders: none added']
      : ['Project folders:', ...projectFolders.map((folder) => line`  ${folder}`)]),
  ].join('\n');
}
