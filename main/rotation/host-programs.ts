import type { ProcessMark } from '../hosts/lifecycle/alive.ts';
import type { StartRecipe } from '../hosts/lifecycle/recipe.ts';

/** What a rotation can see of the hosts' programs and do with them; the composition root makes it from `hosts/`. */
export interface HostPrograms {
  /** The processes of each host that runs now, by its id. Null where the system doesn't let processes be listed. */
  processes(): Promise<ReadonlyMap<string, readonly ProcessMark[]> | null>;
  /** How a running host can be started again. @throws {LifecycleError} `host-not-startable`: don't quit it then. */
  recipe(hostId: string): Promise<StartRecipe>;
  /** Asks it to quit and waits until it has. @throws {LifecycleError}: it goes on running. */
  quit(hostId: string, timeoutMs: number): Promise<void>;
  /** @throws {LifecycleError} `host-not-started`. */
  start(hostId: string, recipe: StartRecipe): Promise<void>;
}
