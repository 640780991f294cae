/**
 * Looks for one key in all places of the catalogue, in a process of its own and in the home folder that is given, with
 * the projects that are given as a number. Prints `{ ms, files, parsed }`: the time of one look, and how many files were
 * there and had to be parsed.
 */
import { readFile } from 'node:fs/promises';
import { mayHold } from '../../main/configs/may-hold.ts';
import { Secret } from '../../main/credentials/secret.ts';
import { hostPlaces } from '../../main/host-places.ts';
import { survey } from '../../main/rotation/survey.ts';
import { KEY, projectFolder } from './project-files.ts';

const [home = '', count = '0'] = process.argv.slice(2);
const folders = Array.from({ length: Number(count) }, (_, index) => projectFolder(home, index));
const places = hostPlaces({ platform: 'linux', home, env: {} }, async () => folders);
const wanted = {
  needles: [{ role: 'key', value: new Secret(KEY) }],
  envNames: ['ACME_API_KEY'],
  companions: [],
  masks: { before: '', after: '' },
};

const start = performance.now();
const found = await survey(places, [], wanted, { credential: 'bench', home });
const ms = performance.now() - start;

const { files } = await places.files();
const read = await Promise.all(files.map(({ path }) => readFile(path)));
const parsed = read.filter((bytes) => mayHold(bytes, wanted)).length;
const withKey = new Set(found.sites.map(({ file }) => file)).size;
if (files.length !== folders.length || (folders.length > 0 && withKey !== Math.ceil(folders.length / 100))) {
  throw new Error(`${files.length} files and ${withKey} with the key are not what was laid out`);
}
console.log(JSON.stringify({ ms, files: files.length, parsed }));
