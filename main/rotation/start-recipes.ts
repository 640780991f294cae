import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { accounts } from '../credentials/accounts.ts';
import type { Keychain } from '../credentials/keychain.ts';
import { newSealKey, seal, unseal } from '../credentials/sealed.ts';
import { systemCode } from '../errors.ts';
import { type StartRecipe, StartRecipeSchema } from '../hosts/lifecycle/recipe.ts';
import { writeDurably } from '../storage/write-durably.ts';

const RecipesSchema = z.record(z.string(), StartRecipeSchema);

/**
 * How the hosts that a rotation quits are started again, on disk before they are quit, so that Rekey can start them
 * after a crash. Sealed, with the key in the keychain: a program's environment holds other services' secrets.
 */
export class StartRecipes {
  readonly #folder: string;
  readonly #keychain: Keychain;

  constructor(folder: string, keychain: Keychain) {
    this.#folder = folder;
    this.#keychain = keychain;
  }

  /** @throws {KeychainError} and system errors; nothing may be quit then. */
  async keep(rotationId: string, recipes: ReadonlyMap<string, StartRecipe>): Promise<void> {
    const key = newSealKey();
    await this.#keychain.set(accounts.restart(rotationId), key);
    const bytes = Buffer.from(JSON.stringify(Object.fromEntries(recipes)));
    await writeDurably(this.#path(rotationId), seal(key, bytes, rotationId).toString('base64'));
  }

  /** What {@link keep} has kept, by host; empty when there is nothing or the keychain gives no key to it. */
  async read(rotationId: string): Promise<ReadonlyMap<string, StartRecipe>> {
    try {
      const sealed = Buffer.from(await readFile(this.#path(rotationId), 'utf8'), 'base64');
      const key = await this.#keychain.get(accounts.restart(rotationId));
      if (!key) return new Map();
      const recipes = RecipesSchema.parse(JSON.parse(unseal(key, sealed, rotationId).toString('utf8')));
      return new Map(Object.entries(recipes));
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return new Map();
      throw error;
    }
  }

  async discard(rotationId: string): Promise<void> {
    await rm(this.#path(rotationId), { force: true });
    await this.#keychain.delete(accounts.restart(rotationId));
  }

  #path(rotationId: string): string {
    return join(this.#folder, `${rotationId}.restart`);
  }
}
