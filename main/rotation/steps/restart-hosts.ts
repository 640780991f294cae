import { errorView } from '../../errors.ts';
import { LifecycleError } from '../../hosts/lifecycle/errors.ts';
import type { StartRecipe } from '../../hosts/lifecycle/recipe.ts';
import { lookedAhead } from '../look-ahead.ts';
import { nextFor, noteRunning, quitByUs, type Running, withRestart } from '../restarts.ts';
import type { Restart } from '../rotation.schema.ts';
import type { Run } from '../run.ts';

type Recipes = Map<string, StartRecipe>;

/**
 * Notes which hosts run, and quits those that the person let Rekey quit. That, and how they are started again, is on
 * disk before any of them is asked to quit. One that can't be quit goes on, and the person is told to do it.
 *
 * @returns how to start those that are down now.
 */
export async function quitHosts(run: Run): Promise<Recipes> {
  const { programs, startRecipes } = run.parts;
  const asksNobody = run.record.restartHosts.length === 0;
  const ahead = asksNobody ? lookedAhead(run)?.running : null;
  const running: Running = (await (ahead ?? programs.processes())) ?? new Map();
  // Who runs is in the journal with what becomes of the files: after a crash they are noted, and changed, anew.
  if (asksNobody) {
    await run.note(noteRunning(run.record, running));
    return new Map();
  }
  const recipes: Recipes = new Map(await startRecipes.read(run.record.id).catch(() => []));
  const restarts = await prepare(run, running, recipes);
  await run.save(noteRunning({ ...run.record, restarts }, running));
  const ends = await Promise.all(
    run.record.restarts
      .filter(({ id, state }) => state === 'quit' && running.has(id))
      .map((restart) => attempt(restart, () => programs.quit(restart.id, run.parts.delays.quitTimeout))),
  );
  if (ends.length === 0) return recipes;
  const down = new Set(ends.filter(({ state }) => state === 'quit').map(({ id }) => id));
  await run.save({
    restarts: ends.reduce(withRestart, run.record.restarts),
    watched: run.record.watched.filter(({ id }) => !down.has(id)),
  });
  return recipes;
}

/** Starts what was quit, whatever became of the files. One that runs already was started by somebody else. */
export async function startHosts(run: Run, recipes: Recipes): Promise<void> {
  const { programs, startRecipes } = run.parts;
  const down = quitByUs(run.record);
  if (down.length === 0) return;
  for (const restart of down) {
    const { id, name } = restart;
    const processes = (await programs.processes())?.get(id);
    const watched = run.record.watched.filter((host) => host.id !== id);
    if (processes) {
      await run.save({
        restarts: withRestart(run.record.restarts, { ...restart, state: 'wanted' }),
        watched: [...watched, { id, name, processes: [...processes] }],
      });
      continue;
    }
    const started = await attempt({ ...restart, state: 'done' }, () =>
      programs.start(id, known(name, recipes.get(id))),
    );
    await run.save({ restarts: withRestart(run.record.restarts, started), watched });
  }
  await startRecipes.discard(run.record.id).catch(() => {});
}

/** Sees how each host that is to be quit is started, and puts that on disk. What can't be started again isn't quit. */
async function prepare(run: Run, running: Running, recipes: Recipes): Promise<Restart[]> {
  const { programs, startRecipes, places } = run.parts;
  const { record } = run;
  let restarts = record.restarts;
  const hosts = await places.hosts();
  for (const id of record.restartHosts) {
    const next = nextFor(record, id, running.get(id) ?? []);
    const host = hosts.get(id);
    if (!host || next === 'nothing' || next === 'start-later') continue;
    const reload = host.reload === 'restart-server' ? 'restart-server' : 'restart-host';
    const { name, isDesktopApp } = host;
    const state = next === 'quit' ? 'quit' : 'wanted';
    const restart: Restart = { id, name, reload, isDesktopApp, state, problem: null };
    const prepared =
      next === 'quit' ? await attempt(restart, async () => recipes.set(id, await programs.recipe(id))) : restart;
    restarts = withRestart(restarts, prepared);
  }
  const toQuit = restarts.filter(({ id, state }) => state === 'quit' && running.has(id));
  if (toQuit.length === 0) return restarts;
  const kept = startRecipes.keep(record.id, recipes);
  const noted = await Promise.all(toQuit.map((restart) => attempt(restart, () => kept)));
  return noted.reduce(withRestart, restarts);
}

/** The restart as it is once that is done; left to the person, with the reason, when it fails. */
async function attempt(restart: Restart, work: () => Promise<unknown>): Promise<Restart> {
  try {
    await work();
    return restart;
  } catch (error) {
    return { ...restart, state: 'wanted', problem: errorView(error) };
  }
}

function known(name: string, recipe: StartRecipe | undefined): StartRecipe {
  if (recipe) return recipe;
  throw new LifecycleError(
    'host-not-started',
    `Rekey has quit ${name}, and does not know any more how it was started.`,
    `Start ${name} yourself.`,
  );
}
