import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../build/build.ts';
import { entryForms } from '../../main/connect/entry-forms.ts';
import { catalogue } from '../../main/hosts/catalogue/index.ts';
import { hostsSection } from './readme-hosts.ts';

const README = join(root, 'README.md');
const BEGIN = '<!-- hosts: written by UPDATE_README=1 npx vitest run test/checks/readme -->';
const END = '<!-- end of hosts -->';

/** The README with this section between the two marks. */
function withHosts(readme: string, section: string): string {
  const [before, rest, ...more] = readme.split(BEGIN);
  const [, after, ...others] = (rest ?? '').split(END);
  if (before === undefined || after === undefined || more.length + others.length > 0) {
    throw new Error(`README.md is to hold once each, in this order: ${BEGIN} ${END}`);
  }
  return `${before}${BEGIN}\n\n${section}\n\n${END}${after}`;
}

describe('the README', () => {
  it('has the table of hosts that the catalogue makes', async () => {
    const written = await readFile(README, 'utf8');
    const meant = withHosts(written, hostsSection(catalogue));
    if (process.env.UPDATE_README === '1') await writeFile(README, meant);
    else expect(written, 'UPDATE_README=1 npx vitest run test/checks/readme writes it anew').toBe(meant);
  });

  it('says how many hosts Rekey can be connected with', async () => {
    expect(await readFile(README, 'utf8')).toContain(`for ${Object.keys(entryForms).length} of the hosts above`);
  });

  it('has one row for each host, with a place for every key that Rekey changes', () => {
    const rows = hostsSection(catalogue)
      .split('\n')
      .filter((line) => line.startsWith('| '))
      .slice(2);
    expect(rows).toHaveLength(catalogue.length);
    for (const [index, row] of rows.entries()) {
      const cells = row.split('|').map((cell) => cell.trim());
      expect(cells).toHaveLength(8);
      expect(cells[1]).toContain(catalogue[index]?.name);
      expect(row.includes('`'), row).toBe((catalogue[index]?.files.length ?? 0) > 0);
      expect(row).not.toContain('undefined');
    }
  });
});
