import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { changedLines } from './changed-lines.ts';
import { Promises } from './promises.ts';

describe('npm run demo', () => {
  it('does the main job, keeps every promise, and shows no key', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'demo.ts')], {
      timeout: 30_000,
    });
    expect(stdout).toMatch(/[1-9]\d* promises kept, 0 broken\.\n$/);
    expect(stdout).toContain('withdrawals are blocked until');
    expect(stdout).toContain('~/.codex/config.toml (codex):');
    expect(stdout).toMatch(/- "BITSCALE_API_KEY": "•••• \([0-9a-f]{12}\)"/);
    expect(stdout).not.toMatch(/sk-live-\w{6}|lf_\w{6}|ak_\w{6}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}/);
  });

  it('fails when a promise is broken, and when nothing was promised at all', () => {
    const log = vi.spyOn(console, 'log').mockImplementation(() => {});
    const broken = new Promises();
    broken.check('kept', true);
    broken.check('the key is where it was', false);
    expect(broken.report()).toBe(1);
    expect(log).toHaveBeenCalledWith('Not as promised: the key is where it was');
    expect(new Promises().report()).toBe(1);
    log.mockRestore();
  });

  it('shows the lines that differ, and only them', () => {
    const lines = changedLines(Buffer.from('a\n  b: old\nc'), Buffer.from('a\n  b: new\nc'), (line) =>
      line.toUpperCase(),
    );
    expect(lines).toEqual(['- B: OLD', '+ B: NEW']);
  });
});
