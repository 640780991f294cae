import type { Canary } from './search.ts';

/** A run of a secret's characters. */
export interface Run {
  readonly canary: string;
  readonly at: number;
  readonly length: number;
}

/** Every run of {@link Runs.SHORTEST} characters holds one of this length that begins at a multiple of it. */
const BLOCK = 6;

interface Block {
  readonly canary: string;
  readonly secret: Buffer;
  /** Where in the secret it begins. */
  readonly at: number;
}

/** Finds runs of characters of secrets in bytes, in one pass over them however many secrets there are. */
export class Runs {
  static readonly SHORTEST = 12;
  /** Which three bytes a block can begin with. */
  readonly #beginnings = new Uint8Array(1 << 24);
  readonly #blocks = new Map<string, Block[]>();

  constructor(canaries: readonly Canary[]) {
    for (const canary of canaries) this.#add(canary);
  }

  in(bytes: Buffer): Run[] {
    const found: Run[] = [];
    let beginning = 0;
    for (let end = 0; end < bytes.length; end++) {
      // Nothing is undefined below the length.
      beginning = ((beginning << 8) | (bytes[end] as number)) & 0xffffff;
      if (this.#beginnings[beginning] !== 1) continue;
      const at = end - 2;
      for (const block of this.#blocks.get(bytes.toString('latin1', at, at + BLOCK)) ?? []) {
        const run = extended(bytes, at, block);
        if (run.length < Runs.SHORTEST || found.some((other) => isSame(other, run))) continue;
        found.push(run);
      }
    }
    return found;
  }

  #add({ name, value, publicBeginning = 0 }: Canary): void {
    const secret = Buffer.from(value.slice(publicBeginning), 'utf8');
    if (secret.length < Runs.SHORTEST) throw new Error(`${name} is too short to be searched for`);
    for (let at = 0; at + BLOCK <= secret.length; at += BLOCK) {
      const text = secret.toString('latin1', at, at + BLOCK);
      this.#blocks.set(text, [...(this.#blocks.get(text) ?? []), { canary: name, secret, at }]);
      this.#beginnings[secret.readUIntBE(at, 3)] = 1;
    }
  }
}

/** As much of the secret as stands there, to both sides of the block. */
function extended(bytes: Buffer, at: number, block: Block): Run {
  const { secret } = block;
  let before = 0;
  while (before < block.at && at > before && bytes[at - before - 1] === secret[block.at - before - 1]) before++;
  let after = BLOCK;
  while (block.at + after < secret.length && bytes[at + after] === secret[block.at + after]) after++;
  return { canary: block.canary, at: at - before, length: before + after };
}

function isSame(one: Run, other: Run): boolean {
  return one.canary === other.canary && one.at === other.at;
}
