import type { FormatName } from '../../main/configs/formats/format-name.ts';

/** The two keys that stand in turn in the files; of different length, so that everything behind them moves. Made up. */
export const KEYS = ['sk-live-proof-one-0123456789', 'sk-live-proof-two-0123456789-and-longer-than-the-first'] as const;
export const TABLES = [['servers']] as const;

/** Large enough that writing them takes a while. */
const FILLER = Array.from({ length: 150 }, (_, line) => `line ${line}: ${'text of the host itself '.repeat(4)}`);

const TEXTS: Readonly<Record<'json' | 'jsonc' | 'toml' | 'yaml', (key: string) => string>> = {
  json: (key) =>
    JSON.stringify(
      { history: FILLER, servers: { one: { env: { KEY: key } }, two: { args: ['--key', key] } }, more: FILLER },
      null,
      2,
    ),
  jsonc: (key) =>
    [
      '{ // settings',
      ...FILLER.map((text) => `  // ${text}`),
      `  "servers": { "one": { "url": "https://h.invalid/?key=${key}", }, },`,
      '}',
    ].join('\r\n'),
  toml: (key) =>
    [...FILLER.map((text) => `# ${text}`), '[servers.one.env]', `KEY = '${key}'`, `OTHER = """${key}"""`, ''].join(
      '\n',
    ),
  yaml: (key) =>
    [
      ...FILLER.map((text) => `# ${text}`),
      'servers:',
      '  one:',
      '    env:',
      `      KEY: ${key} # ours`,
      `      OTHER: "${key}"`,
      '',
    ].join('\n'),
};

export interface TwoVersions {
  readonly format: FormatName;
  readonly name: string;
  /** With the first key, and with the second one. */
  readonly versions: readonly [Buffer, Buffer];
}

/** A file of each of four formats in the two versions between which a patch changes it. */
export const FILES: readonly TwoVersions[] = (['json', 'jsonc', 'toml', 'yaml'] as const).map((format) => ({
  format,
  name: `config.${format}`,
  versions: [Buffer.from(TEXTS[format](KEYS[0])), Buffer.from(TEXTS[format](KEYS[1]))],
}));
