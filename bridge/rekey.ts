#!/usr/bin/env node
import { fileURLToPath } from 'node:url';
import { run } from './run.ts';

// The folder that holds `dist/`: found here, because this file alone has a fixed place in it.
await run({ kind: 'checkout', root: fileURLToPath(new URL('..', import.meta.url)) });
