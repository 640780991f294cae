import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { validateConfiguration } from 'app-builder-lib/out/util/config/config.js';
import { DebugLogger } from 'builder-util';
import { describe, expect, it } from 'vitest';
import { root } from '../../build/build.ts';
import { packaging } from '../../build/electron-builder.ts';
import { ICNS_SIZES, icns, ico } from '../../build/icon-files.ts';

const configOf = (env: NodeJS.ProcessEnv) =>
  packaging({ platform: 'linux', electronDist: '/electron', release: '/release', env });
const validate = (config: ReturnType<typeof configOf>) => validateConfiguration(config, new DebugLogger(false));

describe('the description of the installers', () => {
  it.each([
    ['as it is', {}],
    [
      'for a published version',
      { REKEY_UPDATES_URL: 'https://rekey.example', REKEY_HOMEPAGE: 'https://rekey.example' },
    ],
  ])('is accepted by electron-builder’s schema, %s', async (_title, env) => {
    await validate(configOf(env));
  });

  it('would be refused with a word that electron-builder does not know', async () => {
    const misspelt = { ...configOf({}), electronFuzes: {} };
    await expect(validate(misspelt)).rejects.toThrow(/electronFuzes/);
  });

  it('looks for newer versions only where its publisher says', () => {
    expect(configOf({}).publish).toBeNull();
    expect(configOf({ REKEY_UPDATES_URL: 'https://rekey.example' }).publish).toEqual({
      provider: 'generic',
      url: 'https://rekey.example',
    });
  });

  it('asks for no administrator on Windows, and leaves the keys when it is removed', () => {
    expect(configOf({}).nsis).toMatchObject({
      perMachine: false,
      allowElevation: false,
      deleteAppDataOnUninstall: false,
    });
  });

  it('makes a Debian package only with the page that it has to name', () => {
    expect(configOf({}).linux?.target).toEqual(['AppImage']);
    expect(configOf({ REKEY_HOMEPAGE: 'https://rekey.example' }).linux?.target).toEqual(['AppImage', 'deb']);
  });
});

describe('the icons', () => {
  const icon = (name: string) => readFile(join(root, 'build/icons/app', name));
  const PNG = '\x89PNG';
  const widthOf = (png: Buffer): number => png.readUInt32BE(16);

  it('for macOS hold every size, as Apple’s format says', async () => {
    const bytes = await icon('icon.icns');
    expect(bytes.toString('latin1', 0, 4)).toBe('icns');
    expect(bytes.readUInt32BE(4)).toBe(bytes.length);
    const widths = new Set<number>();
    for (let at = 8; at < bytes.length; at += bytes.readUInt32BE(at + 4)) {
      const picture = bytes.subarray(at + 8, at + bytes.readUInt32BE(at + 4));
      expect(picture.toString('latin1', 0, 4)).toBe(PNG);
      widths.add(widthOf(picture));
    }
    expect([...widths].sort((a, b) => a - b)).toEqual(ICNS_SIZES);
  });

  it('for Windows hold every size that their entries say', async () => {
    const bytes = await icon('icon.ico');
    const sizes = Array.from({ length: bytes.readUInt16LE(4) }, (_, index) => {
      const entry = bytes.subarray(6 + 16 * index);
      const picture = bytes.subarray(entry.readUInt32LE(12), entry.readUInt32LE(12) + entry.readUInt32LE(8));
      expect(picture.toString('latin1', 0, 4)).toBe(PNG);
      expect(widthOf(picture) % 256).toBe(entry.readUInt8(0));
      return widthOf(picture);
    });
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256]);
  });

  it.each([16, 32, 48, 64, 128, 256, 512])('for Linux have one of %d pixels', async (size) => {
    expect(widthOf(await icon(`linux/${size}x${size}.png`))).toBe(size);
  });

  it('are not made of sizes that a format can’t hold', () => {
    const picture = { size: 1_000, bytes: Buffer.alloc(0) };
    expect(() => icns([picture])).toThrow('1000');
    expect(() => ico([picture])).toThrow('1000');
  });
});
