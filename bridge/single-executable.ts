import { run } from './run.ts';

// The main script of the packaged `rekey`, which Node runs as CommonJS: nothing can be awaited here.
void run({ kind: 'packaged', program: process.execPath });
