import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserPresent } from '../../build/test-machine.ts';
import { keyringPresent } from '../credentials/gnome-keyring.ts';
import { belongs } from './belongs.ts';
import { Cast } from './cast.ts';
import { filePlaces, tappedPlaces } from './places.ts';
import { ProcessWatch } from './process-watch.ts';
import { searchFor } from './search.ts';
import { type Stage, setStage } from './stage.ts';
import { type Told, tellStory } from './story.ts';
import { type Allowance, type Place, sweep } from './sweep.ts';

// What is in memory is not looked at: neither core dumps nor V8's heap snapshots, which Rekey never writes.
const canRun = keyringPresent && browserPresent() && existsSync('/proc/self/environ');

describe.skipIf(!canRun)('after the whole life of a dozen keys', { timeout: 120_000 }, () => {
  let cast: Cast;
  let stage: Stage;
  let told: Told;
  let processes: readonly Place[];
  let tapped: readonly Place[];
  let files: readonly Place[];
  let allowed: Readonly<Record<string, Allowance>>;
  const used = new Set<Allowance>();

  beforeAll(async () => {
    cast = await Cast.start();
    stage = await setStage(cast);
    const watch = new ProcessWatch();
    try {
      told = await tellStory(cast, stage);
      await stage.app.stop();
    } finally {
      processes = watch.stop();
    }
    cast.note();
    tapped = await tappedPlaces(stage.tap);
    files = await filePlaces(stage.home);
    allowed = belongs(cast, stage);
  }, 180_000);
  afterAll(async () => {
    await stage?.strike();
    await cast?.stop();
  });

  const leaks = (places: readonly Place[]): readonly string[] => {
    const swept = sweep(places, searchFor(cast.canaries), Object.values(allowed));
    for (const allowance of swept.used) used.add(allowance);
    return swept.leaks;
  };

  it('all of it has happened', () => {
    expect(told.outcomes).toEqual([
      'crash: done',
      'doubt: given-up',
      'found: done',
      'garbage: done',
      'logs: declined',
      'lost: lost, done',
      // There and back.
      'mail: done',
      'mail: done',
      'market: done',
      'wallet agent 7: done',
      'wallet: done',
      // One of its files is broken.
      'work: done-in-part',
    ]);
  });

  it('no secret stands in a file that is not a host’s', () => expect(leaks(files)).toEqual([]));

  it('none did when the app was killed with the service’s answer on the disk', () => {
    expect(told.atTheCrash.map(({ name }) => name)).toContainEqual(expect.stringMatching(/receipts\/.+\.sealed$/));
    expect(leaks(told.atTheCrash)).toEqual([]);
  });

  it('none has passed a socket, a pipe, a file or a started program on its way to anywhere else', () => {
    expect(leaks(tapped)).toEqual([]);
  });

  it('none was printed', () => expect(leaks(told.printed)).toEqual([]));

  it('none was seen in a page, in what it keeps or in what it says to the console', () => {
    expect(leaks(told.pages)).toEqual([]);
  });

  it('none was ever in the arguments or the environment of a process', () => {
    expect(processes.length).toBeGreaterThan(50);
    expect(leaks(processes)).toEqual([]);
  });

  it('every place where one may stand did hold one, so that the search has seen them', () => {
    const unused = Object.entries(allowed).flatMap(([name, allowance]) => (used.has(allowance) ? [] : [name]));
    expect(unused).toEqual([]);
  });
});
