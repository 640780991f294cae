import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sourceOf } from '../../main/configs/references.ts';
import { Secret } from '../../main/credentials/secret.ts';
import { ValueSources } from '../../main/hosts/value-sources.ts';
import { machines, temporaryFolder } from './machines.ts';

const KEY = 'sk-live-0123456789abcdef';

async function home(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

function sourcesOf(folder: string): ValueSources {
  return new ValueSources({ ...machines.linux, home: folder }, [{ role: 'work', value: new Secret(KEY) }]);
}

describe('a reference', () => {
  it.each([
    ['${ACME_API_KEY}', 'variable', 'ACME_API_KEY'],
    ['${ACME_API_KEY:-default}', 'variable', 'ACME_API_KEY'],
    ['$ACME_API_KEY', 'variable', 'ACME_API_KEY'],
    ['%ACME_API_KEY%', 'variable', 'ACME_API_KEY'],
    ['ACME_API_KEY', 'variable', 'ACME_API_KEY'],
    ['${env:ACME_API_KEY}', 'variable', 'ACME_API_KEY'],
    ['{env:ACME_API_KEY}', 'variable', 'ACME_API_KEY'],
    ['{file:~/key.txt}', 'file', '~/key.txt'],
    ['${file:../key.txt}', 'file', '../key.txt'],
    ['${input:acme-key}', 'input', 'acme-key'],
    ['${{ secrets.ACME_API_KEY }}', 'secret-store', 'ACME_API_KEY'],
    ['$(pass show acme)', 'command', ''],
    ['${command:acme.key}', 'command', ''],
  ])('takes its value from where its notation says: %s', (reference, kind, name) => {
    expect(sourceOf(reference)).toEqual({ kind, name });
  });
});

describe('the value of a variable', () => {
  it.each([
    ['.zshrc', `# keys\nexport ACME_API_KEY=${KEY}\n`, 2],
    ['.bashrc', `if true; then\n  export ACME_API_KEY="${KEY}"\nfi\n`, 2],
    ['.profile', `ACME_API_KEY='${KEY}'; export ACME_API_KEY\n`, 1],
    ['.config/fish/config.fish', `set -gx ACME_API_KEY ${KEY}\n`, 1],
    ['.config/environment.d/keys.conf', `ACME_API_KEY=${KEY}\n`, 1],
    ['.pam_environment', `ACME_API_KEY DEFAULT=${KEY}\n`, 1],
    ['.config/powershell/profile.ps1', `$env:ACME_API_KEY = '${KEY}'\r\n`, 1],
    ['.env', `ACME_API_KEY=${KEY}\n`, 1],
    ['proj/.env', `OTHER=1\nACME_API_KEY=${KEY}\n`, 2],
  ])('is found in %s, with the credential whose key stands there', async (file, text, line) => {
    const folder = await home({ [file]: text });
    const source = await sourcesOf(folder).of(
      { kind: 'variable', name: 'ACME_API_KEY' },
      join(folder, 'proj/.mcp.json'),
    );
    expect(source.setIn).toEqual([{ file: join(folder, file), line, credential: 'work' }]);
  });

  it('is found in the folder above that of the config too: .vscode/mcp.json beside .env', async () => {
    const folder = await home({ 'proj/.env': 'ACME_API_KEY=other\n' });
    const { setIn } = await sourcesOf(folder).of(
      { kind: 'variable', name: 'ACME_API_KEY' },
      join(folder, 'proj/.vscode/mcp.json'),
    );
    expect(setIn).toEqual([{ file: join(folder, 'proj/.env'), line: 1, credential: null }]);
  });

  it.each([
    ['a comment', `# export ACME_API_KEY=${KEY}\n`],
    ['another name that ends so', `MY_ACME_API_KEY=${KEY}\n`],
    ['another name that begins so', `ACME_API_KEY_2=${KEY}\n`],
    ['a use of it', 'echo $ACME_API_KEY\n'],
  ])('is not taken from %s', async (_what, text) => {
    const folder = await home({ '.zshrc': text });
    const { setIn } = await sourcesOf(folder).of({ kind: 'variable', name: 'ACME_API_KEY' }, join(folder, 'x.json'));
    expect(setIn).toEqual([]);
  });

  it('of a file is the file, links and ~ followed, and nothing of what stands in it is told', async () => {
    const folder = await home({ 'keys/acme.txt': `${KEY}\n` });
    const sources = sourcesOf(folder);
    const source = await sources.of({ kind: 'file', name: '~/keys/acme.txt' }, join(folder, 'proj/opencode.json'));
    const file = join(folder, 'keys/acme.txt');
    expect(source).toEqual({ kind: 'file', name: file, setIn: [{ file, line: 1, credential: 'work' }] });
    expect(JSON.stringify(source)).not.toContain(KEY);
    const gone = await sources.of({ kind: 'file', name: './gone.txt' }, join(folder, 'proj/opencode.json'));
    expect(gone).toEqual({ kind: 'file', name: join(folder, 'proj/gone.txt'), setIn: [] });
  });
});
