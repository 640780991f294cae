import type { Format } from './format.ts';
import { json } from './json.ts';

/** Names as the catalogue of hosts uses them. Hosts differ in how strict they read, which is no reason to refuse a file. */
export type FormatName = 'json' | 'jsonc';

export const formats: Readonly<Record<FormatName, Format>> = { json, jsonc: json };
