/**
 * Notations of config files, as the catalogue of hosts names them. Hosts differ in how strict they read, which is no reason
 * to refuse a file: `json` and `jsonc` are read alike. `text` is any other file: a key in it is reported and never changed.
 */
export type FormatName = 'json' | 'jsonc' | 'json5' | 'toml' | 'yaml' | 'xml' | 'dotenv' | 'text';
