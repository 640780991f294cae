import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClaudeCode } from './claude-code.ts';
import { exchange } from './exchange.ts';
import { RecordingServer } from './recording-server.ts';

const OLD = 'sk-live-old-0123456789';
/** No service makes such a key, but somebody may choose one. */
const ODD = 'sk-live-é你🔑\u2028\u0085\u007f\t "\\n" %41#\r\n-end';

// Before any test, since it may take longer than a hook may.
const installed = await ClaudeCode.install();

// What a rotation through the app comes to is told in test/e2e/stories.
describe('Claude Code', { timeout: 90_000 }, () => {
  let home: string;

  beforeEach(async ({ skip }) => {
    if ('missing' in installed) skip(installed.missing);
    home = await mkdtemp(join(tmpdir(), 'rekey-'));
  });
  afterEach(async () => {
    if (home) await rm(home, { recursive: true, force: true });
  });

  it('hands on a key of any language as if it had written it itself', async () => {
    const claude = await ClaudeCode.at(home);
    const server = await RecordingServer.write(join(home, 'server'));
    const given = (key: string) => ({
      args: ['--api-key', key, `--api-key=${key}`, '--config', JSON.stringify({ apiKey: key })],
      env: expect.objectContaining({ BITSCALE_API_KEY: key }),
    });
    for (const [name, scope, key] of [
      ['by-rekey', 'user', OLD],
      ['by-rekey-too', 'project', OLD],
      ['by-itself', 'local', ODD],
    ] as const) {
      const variable = ['-e', `BITSCALE_API_KEY=${key}`];
      const command = server.command(name, ...given(key).args);
      await claude.run('mcp', 'add', name, '-s', scope, ...variable, '--', ...command);
    }

    expect(await exchange(home, OLD, ODD)).toBe(8);
    for (const name of ['by-rekey', 'by-rekey-too', 'by-itself']) {
      await claude.run('mcp', 'get', name);
      expect(await server.given(name)).toEqual(given(ODD));
    }
    // What Claude Code has written of it is found as well.
    expect(await exchange(home, ODD, OLD)).toBe(12);
    await claude.run('mcp', 'get', 'by-itself');
    expect(await server.given('by-itself')).toEqual(given(OLD));
  });
});
