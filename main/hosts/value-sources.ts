import { dirname, resolve } from 'node:path';
import type { Source } from '../configs/references.ts';
import type { Needle } from '../configs/site.ts';
import { readSnapshot } from '../configs/snapshot.ts';
import type { Machine } from '../machine.ts';
import { thisDisk } from './disk.ts';
import type { ValueSource } from './host.schema.ts';
import type { Place } from './host.ts';
import { locate } from './locate.ts';

/** Profiles are small; what is larger isn't one. */
const MAX_BYTES = 1_000_000;

/** Files in which people set variables for their shells and their desktop, as the shells' manuals name them. */
const PROFILES: readonly Place[] = [
  '~/.zshenv',
  '~/.zprofile',
  '~/.zshrc',
  '~/.zlogin',
  '~/.bash_profile',
  '~/.bash_login',
  '~/.bashrc',
  '~/.profile',
  '~/.xprofile',
  '~/.pam_environment',
  '${XDG_CONFIG_HOME:-~/.config}/fish/config.fish',
  '${XDG_CONFIG_HOME:-~/.config}/fish/conf.d/*.fish',
  '${XDG_CONFIG_HOME:-~/.config}/environment.d/*.conf',
  '~/.env',
  { linux: '/etc/environment' },
  {
    win32: '~/Documents/PowerShell/profile.ps1',
    darwin: '${XDG_CONFIG_HOME:-~/.config}/powershell/profile.ps1',
    linux: '${XDG_CONFIG_HOME:-~/.config}/powershell/profile.ps1',
  },
];

/**
 * Finds where the values of references are set, so that a person knows what to change by hand. Nothing of what stands
 * there is told but whose key it is.
 */
export class ValueSources {
  readonly #machine: Machine;
  readonly #needles: readonly Needle[];
  /** Each file is read once, however many references there are. */
  readonly #lines = new Map<string, Promise<readonly string[]>>();
  #profiles: Promise<readonly string[]> | null = null;

  /** @param needles the keys that Rekey holds; `role` is the credential's name. */
  constructor(machine: Machine, needles: readonly Needle[]) {
    this.#machine = machine;
    this.#needles = needles;
  }

  /** @param config the file in which the reference stands, absolute. */
  async of({ kind, name }: Source, config: string): Promise<ValueSource> {
    if (kind === 'variable') return { kind, name, setIn: await this.#linesThatSet(name, dirname(config)) };
    if (kind !== 'file') return { kind, name, setIn: [] };
    const file = resolve(
      dirname(config),
      name.replace(/^~(?=[\\/])/, () => this.#machine.home),
    );
    const lines = await this.#linesOf(file);
    return {
      kind,
      name: file,
      setIn: lines.length === 0 ? [] : [{ file, line: 1, credential: this.#heldIn(lines.join('\n')) }],
    };
  }

  async #linesThatSet(name: string, folder: string): Promise<ValueSource['setIn']> {
    this.#profiles ??= profilesOf(this.#machine);
    const files = [resolve(folder, '.env'), resolve(dirname(folder), '.env'), ...(await this.#profiles)];
    const sets = setsVariable(name);
    const found = await Promise.all(
      [...new Set(files)].map(async (file) =>
        (await this.#linesOf(file)).flatMap((text, index) =>
          sets.test(text) ? [{ file, line: index + 1, credential: this.#heldIn(text) }] : [],
        ),
      ),
    );
    return found.flat();
  }

  #linesOf(file: string): Promise<readonly string[]> {
    const lines = this.#lines.get(file) ?? readLines(file);
    this.#lines.set(file, lines);
    return lines;
  }

  #heldIn(text: string): string | null {
    return this.#needles.find(({ value }) => text.includes(value.reveal()))?.role ?? null;
  }
}

async function profilesOf(machine: Machine): Promise<readonly string[]> {
  const found = PROFILES.map((place) => locate(place, { machine, projects: [], disk: thisDisk }));
  return (await Promise.all(found)).flat();
}

/** What can't be read sets nothing that Rekey could tell of. */
async function readLines(file: string): Promise<readonly string[]> {
  return readSnapshot(file, { maxBytes: MAX_BYTES }).then(
    ({ bytes }) => bytes.toString().split(/\r?\n/),
    () => [],
  );
}

/** `NAME=`, `export NAME=`, fish's `set -gx NAME`, PowerShell's `$env:NAME =`; not in a comment. */
function setsVariable(name: string): RegExp {
  const variable = name.replace(/[^A-Za-z0-9_]/g, '');
  return new RegExp(
    `^\\s*(?:(?:export|declare\\s+-x|typeset\\s+-x)\\s+)?${variable}\\s*(?:=|DEFAULT=)|^\\s*set\\s+(?:-\\S+\\s+)+${variable}\\s|^\\s*\\$env:${variable}\\s*=`,
    'i',
  );
}
