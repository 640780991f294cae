import { globSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../build/build.ts';
import {
  ALLOWED,
  chosenLicense,
  type Licensed,
  productionLicenses,
  writeLicenses,
} from '../../build/write-licenses.ts';
import { readSbom, type Sbom, writeSbom } from '../../build/write-sbom.ts';
import manifest from '../../package.json' with { type: 'json' };

let folder: string;
let sbom: Sbom;
let licenses: readonly Licensed[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rekey-'));
  sbom = await readSbom();
  licenses = await productionLicenses();
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const called = ({ name, version }: { name: string; version: string }): string => `${name} ${version}`;

/** The packages whose code is in the built programs, by their source maps. */
async function bundled(): Promise<string[]> {
  const maps = await Promise.all(
    globSync('dist/**/*.map', { cwd: root }).map((path) => readFile(join(root, path), 'utf8')),
  );
  const sources = maps.flatMap((map): string[] => JSON.parse(map).sources);
  const inPackages = sources.filter((source) => source.includes('node_modules/'));
  const names = inPackages.map((source) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1] ?? source);
  return [...new Set(names)];
}

describe('the licences', () => {
  it('name every package that the app asks for, or whose code is in its programs', async () => {
    const named = licenses.map(({ name }) => name);
    const inPrograms = await bundled();
    expect(inPrograms).toEqual(expect.arrayContaining(['zod', 'yaml', '@modelcontextprotocol/sdk']));
    expect([...Object.keys(manifest.dependencies), ...inPrograms].filter((name) => !named.includes(name))).toEqual([]);
  });

  it('name no tool of the development', () => {
    const names = licenses.map(({ name }) => name);
    for (const tool of ['typescript', 'vite', 'electron-builder', 'playwright']) expect(names).not.toContain(tool);
  });

  it('are all of the allowed list, and each has its text', () => {
    expect(licenses.filter(({ license }) => !ALLOWED.includes(license))).toEqual([]);
    const short = licenses.filter(({ text }) => text.length < 400 || !/permi(t|ssion)|licen[cs]e/i.test(text));
    expect(short.map(called)).toEqual([]);
  });

  it('cover the Node in the rekey program, by the text of that version', () => {
    const node = licenses.find(({ name }) => name.startsWith('Node.js'));
    expect(node).toMatchObject({
      version: manifest.devDependencies.node,
      text: expect.stringMatching(/^Node\.js is licensed for use as follows/),
    });
    expect(node?.text).toContain('OpenSSL');
  });

  it('are written into one text', async () => {
    const file = join(folder, 'licenses.txt');
    await writeLicenses(file);
    const text = await readFile(file, 'utf8');
    for (const { name, version, license } of licenses) expect(text).toContain(`\n${name} ${version}: ${license}\n`);
    expect(text).not.toContain(root);
  });

  it.each([
    ['MIT', 'MIT'],
    ['(GPL-3.0-only OR MIT)', 'MIT'],
    ['(MIT OR CC0-1.0)', 'MIT'],
  ])('take of %s: %s', (expression, license) => {
    expect(chosenLicense('some-package', expression)).toBe(license);
  });

  it.each(['GPL-3.0-only', '(MIT AND GPL-3.0-only)', 'SEE LICENSE IN LICENSE.txt', 'no licence'])(
    'stop the packaging at %s',
    (expression) => {
      expect(() => chosenLicense('some-package', expression)).toThrow(/some-package is under .+ does not allow/);
    },
  );
});

describe('the list of parts', () => {
  it('is CycloneDX by the standard’s own schema', async () => {
    const file = join(folder, 'sbom.json');
    await writeSbom(file, sbom);
    const validate = await cycloneDx('1.5');
    expect(validate(JSON.parse(await readFile(file, 'utf8')))).toEqual([]);
    expect(validate({ ...sbom, components: [{ type: 'library' }] })).not.toEqual([]);
  });

  it('is Rekey’s, and names each part with its version and checksum', () => {
    expect(sbom.metadata.component).toMatchObject({ name: 'rekey', version: manifest.version, type: 'application' });
    const parts = licenses.filter(({ name }) => !name.startsWith('Node.js')).map(called);
    const { electron, node } = manifest.devDependencies;
    const runtimes = [`electron ${electron}`, `node ${node}`];
    expect(new Set(sbom.components.map(called))).toEqual(new Set([...parts, ...runtimes]));
    for (const component of sbom.components)
      expect(component, called(component)).toMatchObject({ hashes: [{ alg: 'SHA-512' }], purl: expect.any(String) });
  });

  it('says of each part which others it needs, all of the list', () => {
    const refs = [sbom.metadata.component, ...sbom.components].map((component) => component['bom-ref']);
    expect(sbom.dependencies.map(({ ref }) => ref).sort()).toEqual([...refs].sort());
    const needed = sbom.dependencies.flatMap(({ dependsOn }) => dependsOn);
    expect(needed.filter((ref) => !refs.includes(ref))).toEqual([]);
    expect(refs.filter((ref) => ref !== sbom.metadata.component['bom-ref'] && !needed.includes(ref))).toEqual([]);
  });
});

/** @returns what is wrong with a document. */
async function cycloneDx(version: string): Promise<(document: unknown) => unknown[]> {
  const schema = async (name: string) =>
    JSON.parse(
      await readFile(
        join(root, `node_modules/@cyclonedx/cyclonedx-library/res/schema/${name}.SNAPSHOT.schema.json`),
        'utf8',
      ),
    );
  const ajv = new Ajv({
    strict: false,
    // Addresses beyond ASCII: ajv has no check for them.
    formats: { 'iri-reference': true, 'idn-email': true },
  });
  for (const name of ['spdx', 'jsf-0.82'])
    ajv.addSchema(await schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  addFormats.default(ajv);
  const validate = ajv.compile(await schema(`bom-${version}`));
  return (document) => (validate(document) ? [] : (validate.errors ?? []));
}
