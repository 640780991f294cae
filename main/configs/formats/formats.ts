import { dotenv } from './dotenv.ts';
import type { Format } from './format.ts';
import type { FormatName } from './format-name.ts';
import { json } from './json.ts';
import { json5 } from './json5.ts';
import { text } from './text.ts';
import { toml } from './toml.ts';
import { xml } from './xml.ts';
import { yaml } from './yaml.ts';

export const formats: Readonly<Record<FormatName, Format>> = {
  json,
  jsonc: json,
  json5,
  toml,
  yaml,
  xml,
  dotenv,
  text,
};
