import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const KEPT_FOR_MS = 60_000;

/**
 * Small files that lead the browser to a page with its one-time token.
 *
 * A browser is told what to open in its argument list, which every program on the machine can read. So it is given
 * the name of a file that only this account can read, and the token stands in there.
 */
export class OpeningFiles {
  readonly #folder: string;
  readonly #files = new Map<string, NodeJS.Timeout>();

  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, 'run');
  }

  /** Makes the folder, and takes away what an earlier run left behind. */
  async prepare(): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    for (const name of await readdir(this.#folder)) {
      if (/^open-[\w-]+\.html$/.test(name)) await rm(join(this.#folder, name), { force: true });
    }
  }

  /** A name that nothing has yet. */
  newPath(): string {
    return join(this.#folder, `open-${randomBytes(12).toString('base64url')}.html`);
  }

  /** Writes the file; it stays until {@link remove}, at most for a minute. */
  async write(path: string, url: string): Promise<void> {
    await writeFile(path, redirection(url), { mode: 0o600, flag: 'wx' });
    const timer = setTimeout(() => this.remove(path), KEPT_FOR_MS);
    timer.unref();
    this.#files.set(path, timer);
  }

  async remove(path: string): Promise<void> {
    clearTimeout(this.#files.get(path));
    this.#files.delete(path);
    try {
      await rm(path, { force: true });
    } catch {
      // It stays until the next start takes it away; the token in it is used up or runs out by itself.
    }
  }

  async close(): Promise<void> {
    for (const path of [...this.#files.keys()]) await this.remove(path);
  }
}

function redirection(url: string): string {
  const address = url.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0;url=${address}">
<title>Rekey</title>
<p><a href="${address}">Go on to Rekey</a></p>
</html>
`;
}
